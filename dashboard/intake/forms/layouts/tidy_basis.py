"""Works out on which basis a row of a tidy table counts: as its column, name or person says."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, FigureKind, Indicator
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.files.cells import squeezed
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.phrases import label_phrase
from dashboard.intake.understanding.stated_basis import basis_of
from dashboard.intake.understanding.words import TO_DATE

_WORDS = {
    Accumulation.IN_MONTH: (
        *("in_month", "当月", "本月", "当月数", "本月数", "月度数", "当月发生", "当月发生数"),
        *("本月发生", "本月发生数", "单月", "单月数", "当月值", "inmonth", "ofthemonth"),
        *("withinthemonth", "ofthemonth(flow)", "monthly"),
    ),
    Accumulation.YEAR_TO_DATE: (
        *(
            "year_to_date",
            "本年累计",
            "累计",
            "累计数",
            "本年累计数",
            "累计值",
            "年累计",
            "年初至今",
        ),
        *("自1月起", "自1月1日起", "1月起", "1月至当月", "1月至本月", "累计数:自1月1日起"),
        *("年内累计", "全年累计", "当年累计", "今年累计", "yeartodate", "ytd", "since1january"),
        *("sincejanuary", "sincejanuary(flow)", "cumulative", "本年累计数(1月至当月)"),
    ),
    Accumulation.END_OF_PERIOD: (
        *("end_of_period", "期末", "期末数", "末", "月末", "月末数", "年末", "年末数", "季末"),
        *("季末数", "时点", "时点数", "期末数:截至期末", "期末数(时点)", "存量", "endofperiod"),
        *("endofmonth", "endofyear", "attheendoftheperiod", "attheendoftheperiod(stock)"),
        *("stock",),
    ),
    Accumulation.OVER_SPAN: (
        *("over_span", "时段", "时段数", "overaspan", "overspan"),
        *("时段数:所述时段内,不作比较", "overastatedspan;nevercompared"),
    ),
}
_BASIS_OF = {word: basis for basis, words in _WORDS.items() for word in words}
_NAMES = {
    Accumulation.IN_MONTH: Text("当月数（in_month）", "in_month"),
    Accumulation.YEAR_TO_DATE: Text("本年累计数（year_to_date）", "year_to_date"),
    Accumulation.END_OF_PERIOD: Text("期末数（end_of_period）", "end_of_period"),
    Accumulation.OVER_SPAN: Text("时段数（over_span）", "over_span"),
}
_QUARTER, _YEAR = 3, 12  # months
_OF_QUARTER = (
    "in_quarter",
    "本季度",
    "本季",
    "当季",
    "本季度数",
    "季度数",
    "ofthequarter",
    "quarterly",
)
_FLOWS = (Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)
_OF_A_YEAR = (FigureKind.TARGET, FigureKind.PLAN)  # amounts for a whole year


class BasisRefused(ValueError):
    """A row's basis that is not understood, or not one of its indicator's; says what is needed."""

    def __init__(self, rule: str, message: Text) -> None:
        """Keeps the rule and the message in both languages."""
        super().__init__(message.en)
        self.rule, self.message = rule, message


@dataclass(frozen=True, slots=True)
class RowBasis:
    """What a row says of its basis; ``word`` is empty where its column is, or where none is."""

    name: str  # of the indicator as printed
    word: str
    kind: FigureKind
    span: Span


def on_basis(indicator: Indicator, row: RowBasis, answer: str, catalogue: Catalogue) -> Indicator:
    """The indicator, or its twin on the row's basis; raises BasisRefused.

    ``answer`` (an Accumulation value or empty) is what a person says of flows whose basis the
    table does not say: it changes nothing that column, name or period say.
    """
    stated = _stated(indicator, row, answer, catalogue)
    if stated is None:
        return indicator
    named = _named(indicator, row.name, catalogue)
    if named is not None and named is not stated:
        raise _contradicted(indicator, stated, row)
    twin = _twin(indicator, stated, row.span, catalogue)
    if twin is None:
        raise _contradicted(indicator, stated, row)
    return twin


def _stated(
    indicator: Indicator, row: RowBasis, answer: str, catalogue: Catalogue
) -> Accumulation | None:
    """The basis that column, indicator or person state; None where there is nothing to state."""
    if row.word:
        stated = _basis_of_word(row)
        if stated is None:
            raise _unknown(row.word, indicator)
        return stated
    if indicator.accumulation is Accumulation.IN_MONTH and _is_part_of_year(row.span):
        return Accumulation.IN_MONTH
    if not _is_open(indicator, row, catalogue):
        return None
    if answer:
        return Accumulation(answer)
    if _is_part_of_year(row.span) and row.span.first.month > 1 and row.name != indicator.id:
        raise _not_said(indicator)  # an id says it: its definition is since January
    return None


def _basis_of_word(row: RowBasis) -> Accumulation | None:
    """What the column of the basis says; 本季度 is the quarter of the row alone."""
    word = _plain(row.word)
    if row.span.length == _QUARTER and word in _OF_QUARTER:
        return Accumulation.IN_MONTH
    return _BASIS_OF.get(word)


def _is_part_of_year(span: Span) -> bool:
    """Whether a period is several months that are not said to begin in January: a quarter."""
    return 1 < span.length < _YEAR and not span.from_january


def _twin(
    indicator: Indicator, basis: Accumulation, span: Span, catalogue: Catalogue
) -> Indicator | None:
    """The same flow on a basis: of several months alone it is that of so many months."""
    if basis is Accumulation.IN_MONTH and _is_part_of_year(span):
        cell = catalogue.grid.cell_at(indicator.id)
        if cell is None:
            return None
        alone = cell._replace(in_month=False, months=span.length)
        return catalogue.indicators.get(catalogue.grid.id_of(alone))
    if indicator.accumulation is basis:
        return indicator
    twin = catalogue.indicators.get(indicator.linked) if basis in _FLOWS else None
    return twin if twin is not None and twin.accumulation is basis else None


def _plain(word: str) -> str:
    """A word of the column without spaces, in lower case, its signs narrow."""
    return squeezed(word).translate(str.maketrans("（）：，；", "():,;")).casefold()


def _is_open(indicator: Indicator, row: RowBasis, catalogue: Catalogue) -> bool:
    """Whether nothing of the row says over which time its flow counts."""
    if indicator.accumulation not in _FLOWS or row.kind in _OF_A_YEAR:
        return False
    if row.span.from_january or row.span.length >= _YEAR:
        return False
    return _named(indicator, row.name, catalogue) is None


def _named(indicator: Indicator, name: str, catalogue: Catalogue) -> Accumulation | None:
    """The basis that a flow's printed name itself says: 当月结婚登记, 本年累计发放; else None."""
    if indicator.accumulation is Accumulation.IN_MONTH:
        return Accumulation.IN_MONTH
    if indicator.accumulation is not Accumulation.YEAR_TO_DATE or name == indicator.id:
        return None
    phrase = label_phrase(name, lexicon_of(catalogue.grid), catalogue)
    is_to_date = basis_of([list(phrase.facts())]) == TO_DATE
    return Accumulation.YEAR_TO_DATE if is_to_date else None


def _possible(indicator: Indicator) -> tuple[Accumulation, ...]:
    """The bases on which an indicator and its twin are kept."""
    return _FLOWS if indicator.linked else (indicator.accumulation,)


def _not_said(indicator: Indicator) -> BasisRefused:
    """That a quarter's flow may be of the quarter alone or since January."""
    zh, en = indicator.name.zh, indicator.name.en
    message = Text(
        f"“{zh}”的这一期没有写明是这几个月的数还是年初以来的累计数；请加“口径”列(本季度、本年累计)，"
        "或用 --basis in_month（这几个月）或 year_to_date（本年累计）说明",
        f"{en}: whether the figure is of these months alone or since January is not said; add a "
        "column basis (in_quarter, year_to_date), or say --basis in_month or year_to_date",
    )
    return BasisRefused("unknown_basis", message)


def _unknown(word: str, indicator: Indicator) -> BasisRefused:
    zh, en = _listed(_possible(indicator))
    message = Text(
        f"口径“{word}”看不懂；“{indicator.name.zh}”应填 {zh}",
        f"basis {word!r} is not known; for {indicator.name.en} {en} is needed",
    )
    return BasisRefused("basis_not_known", message)


def _contradicted(indicator: Indicator, stated: Accumulation, row: RowBasis) -> BasisRefused:
    """That an indicator, or the name by which the row calls it, is not of the stated basis."""
    possible = _possible(indicator)
    own = possible if stated not in possible else (indicator.accumulation,)
    zh, en = _listed(own)
    said_zh, said_en = (row.word, repr(row.word)) if row.word else _answered(stated)
    message = Text(
        f"“{indicator.name.zh}”没有按“{said_zh}”统计的数；应为 {zh}，请改正口径或指标",
        f"{indicator.name.en} is not counted as {said_en}: {en} is needed; mend basis or indicator",
    )
    return BasisRefused("wrong_basis", message)


def _answered(stated: Accumulation) -> tuple[str, str]:
    return f"--basis {stated}", f"--basis {stated} says"


def _listed(bases: tuple[Accumulation, ...]) -> tuple[str, str]:
    return (
        "或".join(_NAMES[basis].zh for basis in bases),
        " or ".join(_NAMES[basis].en for basis in bases),
    )
