"""Builds a street's scorecard: its targets and headline indicators in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.progress import Progress, Status
from dashboard.analysis.reasons import amount
from dashboard.base.language import number, word
from dashboard.catalogue import periods
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import TargetKind
from dashboard.charts.kinds.comparison_rows import ComparisonRow
from dashboard.charts.model.chart import NO_FACT, Fact, Role, Table
from dashboard.charts.model.frame import Cell, Rows
from dashboard.charts.text.target_words import CLOCK, SIGNS, status_word

TONES = {
    Status.AHEAD: "better",
    Status.DONE: "better",
    Status.ON_PACE: "neutral",
    Status.BEHIND: "worse",
    Status.MISSED: "worse",
}
_ASKED = {TargetKind.AT_MOST: "≤ ", TargetKind.EXACTLY: "= ", TargetKind.INCREASE: "+"}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of one area as it is printed; ``tone`` is better, worse, neutral or none.

    ``gap`` is in percentage points, ``note`` why it cannot be judged or is judged in part.
    """

    indicator: str
    name: str
    asked: str
    due: str
    actual: str
    actual_period: str
    completion: str
    gap: str
    needed: str
    status: Status
    status_word: str
    tone: str
    note: str = ""
    figure: FigureKey | None = None  # what ``actual`` is
    amount: float | None = None  # ``actual`` in base units
    suppressed: bool = False

    @property
    def sign(self) -> str:
        """The status as a symbol."""
        return SIGNS[self.status]


@dataclass(frozen=True, slots=True)
class StreetCard:
    """The scorecard of one area and period; ``mark`` says that its figures are samples."""

    area: str
    title: str
    above: str
    period: str
    lines: tuple[TargetLine, ...]
    topics: tuple[tuple[str, tuple[ComparisonRow, ...]], ...]
    mark: str = ""
    received: str = ""

    def count(self, *statuses: Status) -> int:
        """How many targets have one of these statuses."""
        return sum(line.status in statuses for line in self.lines)

    def counted(self, language: str) -> str:
        """How many targets are done, on pace, behind, or without a judgement."""
        return word(
            "card_counts",
            language,
            done=self.count(Status.DONE, Status.AHEAD),
            pace=self.count(Status.ON_PACE),
            behind=self.count(Status.BEHIND, Status.MISSED),
            other=self.count(Status.NOT_DUE, Status.CANNOT_JUDGE),
        )

    @property
    def rows(self) -> list[ComparisonRow]:
        """The headline indicators of all topics."""
        return [row for _, rows in self.topics for row in rows]

    @property
    def figures(self) -> list[FigureKey]:
        """Which figures are shown."""
        keys = [row.figure for row in self.rows] + [line.figure for line in self.lines]
        return [key for key in keys if key is not None]


def _percent(value: float | None, language: str) -> str:
    return "—" if value is None else number(value, 1, language) + "%"


def _asked(row: Progress, catalogue: Catalogue, language: str) -> str:
    target, meaning = row.target, catalogue.indicators[row.target.indicator]
    reached = f" (→ {amount(row.goal, meaning, language)})" if row.goal is not None else ""
    if target.kind is TargetKind.GROWTH:
        places = 1 if target.value % 1 else 0
        unit = word("chart_points", language) if meaning.is_rate else "%"
        return number(target.value, places, language, sign=True) + unit + reached
    text = _ASKED.get(target.kind, "≥ ") + amount(target.value, meaning, language)
    return text + (reached if target.kind is TargetKind.INCREASE else "")


def target_line(row: Progress, catalogue: Catalogue, language: str) -> TargetLine:
    """How one target stands, in words."""
    meaning, needed = catalogue.indicators[row.target.indicator], "—"
    if row.needed_per_month is not None:
        counted = catalogue.indicators[row.remaining_indicator or meaning.id]
        needed = amount(row.needed_per_month, counted, language)
        if row.is_limit and row.remaining is None:
            needed = "≤ " + needed
    reasons = [reason.words[language] for reason in row.reasons if reason.key not in CLOCK]
    return TargetLine(
        indicator=meaning.id,
        name=meaning.name[language],
        asked=_asked(row, catalogue, language),
        due=periods.name(row.target.period, language),
        actual=amount(row.actual, meaning, language) if row.actual is not None else "—",
        actual_period=periods.name(row.actual_period, language) if row.actual_period else "",
        completion=_percent(row.completion, language),
        gap=number(row.gap, 1, language, sign=True),
        needed=needed,
        status=row.status,
        status_word=status_word(row.status, language),
        tone=TONES.get(row.status, "none"),
        note=word("card_semicolon", language).join(reasons),
        figure=FigureKey(meaning.id, row.area, row.actual_period) if row.actual_period else None,
        amount=row.actual,
    )


def target_lines(
    rows: Iterable[Progress], catalogue: Catalogue, language: str
) -> tuple[TargetLine, ...]:
    """The targets of an area, those furthest behind first; what has no gap comes last."""
    order = sorted(rows, key=lambda row: (row.gap is None, row.gap or 0.0, row.target.id))
    return tuple(target_line(row, catalogue, language) for row in order)


def headline_first(
    card: StreetCard, room: float, weight: Callable[[ComparisonRow], float] | None = None
) -> list[ComparisonRow]:
    """The headline indicators that fit: the first of every topic, then the second of each …

    A row takes ``weight`` of the room, without one 1. Those among the targets come last.
    """
    judged = {line.indicator for line in card.lines}
    turns = [
        (row.indicator in judged, turn, place, row)
        for place, (_, rows) in enumerate(card.topics)
        for turn, row in enumerate(sorted(rows, key=lambda one: one.indicator in judged))
    ]
    chosen = set()
    for *_, row in sorted(turns, key=lambda one: one[:3]):
        room -= weight(row) if weight else 1
        if room < 0:
            break
        chosen.add(row.indicator)
    return [row for row in card.rows if row.indicator in chosen]


def value_words(row: ComparisonRow, language: str) -> str:
    """The value with its unit."""
    space = "" if language == "zh" or row.unit in ("%", "‰") else " "
    return row.value if row.value == "—" else f"{row.value}{space}{row.unit}"


def rank_words(row: ComparisonRow, language: str) -> str:
    """第3/12, 3 of 12; a dash where nothing compares."""
    if row.rank is None:
        return "—"
    return word("card_rank", language, rank=row.rank[0], of=row.rank[1])


def card_table(card: StreetCard, language: str, most: int) -> tuple[Table, int]:
    """Targets, then as many headline indicators as fit into ``most`` rows; and how many do not."""
    names = ("name", "value", "goal", "done", "rank", "status")
    columns = [word(f"card_col_{name}", language) for name in names]
    rows = Rows(card.title, columns, [0] * len(columns))
    ranks = {row.indicator: rank_words(row, language) for row in card.rows}
    for line in card.lines:
        status = Cell(f"{line.sign} {line.status_word}", tone=line.tone)
        done = [line.actual, line.asked, line.completion, ranks.get(line.indicator, "—")]
        cells = [Cell(line.actual, word=line.note, fact=_fact(line.figure, line.amount))]
        rows.add(line.indicator, line.name, [*cells, *map(Cell, done[1:]), status])
    shown = headline_first(card, most - len(card.lines))
    for row in shown:
        rows.add(row.indicator, row.title, _headline_cells(row, language))
    return rows.table(), len(card.rows) - len(shown)


def _headline_cells(row: ComparisonRow, language: str) -> list[Cell]:
    value = value_words(row, language)
    first = Cell(value, word=word("status_small_count", language) if row.suppressed else row.remark)
    first = replace(first, fact=_fact(row.figure, row.amount))
    change = Cell(row.change or "—", tone=row.tone)
    return [first, Cell(row.district), change, Cell(rank_words(row, language)), Cell("—")]


def _fact(figure: FigureKey | None, amount: float | None) -> Fact:
    """What a cell of a scorecard states; nothing where the amount is suppressed."""
    return Fact(Role.AMOUNT, amount, figure) if figure is not None else NO_FACT
