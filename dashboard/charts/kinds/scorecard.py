"""Builds a street's scorecard: its targets and headline indicators in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import TargetKind
from dashboard.charts.kinds.comparison_rows import ComparisonRow
from dashboard.charts.model.chart import NO_FACT, CellFact, CellRole, Table
from dashboard.charts.model.frame import Rows, TableCell
from dashboard.charts.text.target_words import SIGNS, TargetWords, place_in_order, status_word

TONES = {
    Status.AHEAD: "better",
    Status.DONE: "better",
    Status.ON_PACE: "neutral",
    Status.BEHIND: "worse",
    Status.OVERDUE: "worse",
    Status.OVER_LIMIT: "worse",
}
FROM_BASE = (TargetKind.GROWTH, TargetKind.INCREASE)  # whose goal would say the base


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of one area as it is printed; ``tone`` is better, worse, neutral or none.

    ``asked``, ``actual``, ``expected`` and ``gap`` are on one base, in the words of every page;
    ``plan`` is what was set, without figures. ``note`` says what limits the judgement.
    """

    indicator: str
    name: str
    asked: str
    due: str
    actual: str
    actual_period: str
    expected: str
    gap: str
    needed: str
    status: Status
    status_word: str
    tone: str
    note: str = ""
    plan: str = ""
    figure: FigureKey | None = None  # what ``actual`` is
    amount: float | None = None  # ``actual`` in base units
    suppressed: bool = False
    not_judged: str = ""  # what stands in the place of the status where that is hidden

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
        """How many targets are done, on pace, behind, or without a judgement; none of a kind is
        not mentioned."""
        counts = {
            "done": self.count(Status.DONE, Status.AHEAD),
            "pace": self.count(Status.ON_PACE),
            "behind": self.count(Status.BEHIND, Status.OVERDUE, Status.OVER_LIMIT),
            "other": self.count(Status.NOT_DUE, Status.NOT_JUDGED),
        }
        parts = [
            word(f"card_count_{kind}", language, count=count)
            for kind, count in counts.items()
            if count
        ]
        return word("card_counts", language, parts=word("chart_comma", language).join(parts))

    @property
    def rows(self) -> list[ComparisonRow]:
        """The headline indicators of all topics."""
        return [row for _, rows in self.topics for row in rows]

    @property
    def figures(self) -> list[FigureKey]:
        """Which figures are shown."""
        keys = [row.figure for row in self.rows] + [line.figure for line in self.lines]
        return [key for key in keys if key is not None]


def target_line(row: Progress, catalogue: Catalogue, areas: Areas, language: str) -> TargetLine:
    """How one target stands, in words."""
    words = TargetWords(row, catalogue, areas, language)
    meaning = words.indicator
    return TargetLine(
        indicator=meaning.id,
        name=words.name,
        asked=words.to_do,
        due=words.due,
        actual=words.done or "—",
        actual_period=periods.name(row.actual_period, language) if row.actual_period else "",
        expected=words.due_now or "—",
        gap=words.gap or "—",
        needed=words.needed,
        status=row.status,
        status_word=status_word(row.status, language),
        not_judged=status_word(Status.NOT_JUDGED, language),
        tone=TONES.get(row.status, "none"),
        note=word("card_semicolon", language).join(words.reasons),
        plan=words.asked if row.target.kind not in FROM_BASE else "—",
        figure=FigureKey(meaning.id, row.area, row.actual_period) if row.actual_period else None,
        amount=row.actual,
    )


def target_lines(
    rows: Iterable[Progress], catalogue: Catalogue, areas: Areas, language: str
) -> tuple[TargetLine, ...]:
    """The targets of an area, those furthest behind first; what has no gap comes last."""
    order = sorted(rows, key=place_in_order)
    return tuple(target_line(row, catalogue, areas, language) for row in order)


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
        for turn, row in enumerate(
            sorted(rows, key=lambda comparison_row: comparison_row.indicator in judged)
        )
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


def with_step(row: ComparisonRow, language: str) -> str:
    """The change, and where 环比 is chosen the last month of a running total with its own."""
    return word("card_semicolon", language).join(text for text in (row.change, row.step) if text)


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
        status = TableCell(f"{line.sign} {line.status_word}", tone=line.tone)
        gap = word("chart_comma", language).join(p for p in (line.expected, line.gap) if p != "—")
        done = [line.actual, line.asked, gap or "—", ranks.get(line.indicator, "—")]
        cells = [TableCell(line.actual, word=line.note, fact=_fact(line.figure, line.amount))]
        rows.add(line.indicator, line.name, [*cells, *map(TableCell, done[1:]), status])
    shown = headline_first(card, most - len(card.lines))
    for row in shown:
        rows.add(row.indicator, row.title, _headline_cells(row, language))
    rows.drop_empty_columns(first=2)
    return rows.table(), len(card.rows) - len(shown)


def _headline_cells(row: ComparisonRow, language: str) -> list[TableCell]:
    value = value_words(row, language)
    first = TableCell(
        value, word=word("status_small_count", language) if row.suppressed else row.remark
    )
    first = replace(first, fact=_fact(row.figure, row.amount))
    change = TableCell(with_step(row, language) or "—", tone=row.tone)
    return [
        first,
        TableCell(row.district),
        change,
        TableCell(rank_words(row, language)),
        TableCell("—"),
    ]


def _fact(figure: FigureKey | None, amount: float | None) -> CellFact:
    """What a cell of a scorecard states; nothing where the amount is suppressed."""
    return CellFact(CellRole.AMOUNT, amount, figure) if figure is not None else NO_FACT
