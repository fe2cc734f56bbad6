"""Lists every figure and target of an area in a topic, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.points import Points
from dashboard.base.language import Text, word
from dashboard.catalogue.concepts import Figure, FigureKind, FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.charts.text import wording
from dashboard.store.observations import Revision

Row = TypeVar("Row", Revision, Figure)
_ABSENT = {
    FigureStatus.NOT_REPORTED: "status_not_reported",
    FigureStatus.SUPPRESSED: "status_suppressed",
    FigureStatus.BLANK: "status_blank",
}
_MARKS = {
    FigureStatus.PROVISIONAL: "status_provisional",
    FigureStatus.DRAFT: "mark_draft",
    FigureStatus.DISPUTED: "figures_disputed",
}
AHEAD = 12  # months beyond the selected period in which a target or plan still belongs to it


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure as read: its kind and period in words, the value with its unit, its source."""

    indicator: str
    title: str
    kind: str
    value: str
    period: str
    status: str
    grade: str
    source: str
    phrase: str
    submission: int
    place: str  # sheet and cell in the file it came with
    figure: FigureKey


def latest_of_each(rows: Iterable[Row], period: Period) -> list[Row]:
    """The newest figure of each indicator up to ``period``, and the targets of a year ahead."""
    newest: dict[tuple[str, str], Row] = {}
    for row in rows:
        ahead = AHEAD if row.kind in (FigureKind.TARGET, FigureKind.PLAN) else 0
        key = (row.indicator, row.kind)
        if row.period <= period.plus(ahead) and (
            key not in newest or newest[key].period <= row.period
        ):
            newest[key] = row
    return list(newest.values())


def build_line(
    row: Revision, points: Points, findings: Sequence[Text], language: str
) -> FigureLine:
    """One figure in the words of the language, with what contradicts it.

    ``findings`` are what the rules found at its cell.
    """
    meaning = points.catalogue.indicators[row.indicator]
    scale = wording.scale_of(meaning, [row.value], language)
    absent = word(_ABSENT.get(FigureStatus(row.status), "status_no_figure"), language)
    cell = f"{row.column}{row.row}" if row.column and row.row else ""
    return FigureLine(
        indicator=row.indicator,
        title=meaning.name[language],
        kind=word(f"kind_{row.kind}", language),
        value=absent if row.value is None else wording.quantity(row.value, scale, language),
        period=wording.period_name(row.period, meaning, language, row.since),
        status=" · ".join((*_marks(row, language), *_findings(row, points, findings, language))),
        grade=row.grade,
        source=row.title or row.file,
        phrase=row.phrase,
        submission=row.submission,
        place=" ".join(part for part in (row.sheet, cell) if part),
        figure=FigureKey(row.indicator, row.area, row.period, kind=row.kind),
    )


def _findings(row: Revision, points: Points, findings: Sequence[Text], language: str) -> list[str]:
    """That other figures contradict it, and what was found at its cell."""
    said = [word("figure_finding", language, message=text[language]) for text in findings]
    if row.kind not in (FigureKind.ACTUAL, FigureKind.STANDARD):
        return said
    point = points.point(row.indicator, row.area, row.period)
    if point is None or point.differs is None:
        return said
    scale = wording.scale_of(points.catalogue.indicators[row.indicator], [row.value], language)
    return [wording.disagreement_words(point, scale, language), *said]


def _marks(row: Revision, language: str) -> list[str]:
    """What must be known of the figure as it was stated: provisional, disputed, approximate."""
    key = _MARKS.get(FigureStatus(row.status))
    marks = [word(key, language)] if key else []
    if row.qualifier:
        marks.append(word("mark_qualified", language, qualifier=row.qualifier))
    return marks
