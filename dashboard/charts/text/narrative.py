"""Writes a topic's figures as paragraphs by rules, in the style of work reports.

First the area itself, each headline indicator with its comparison and components; then the areas
below it, which are first and which rose or fell; then its place among those beside it; last what
must be known of the figures.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.figure_relations import SuppressedFigures
from dashboard.analysis.point import Point
from dashboard.analysis.points import Points
from dashboard.base.language import word
from dashboard.catalogue.concepts import Grade, Part
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import ChartSpec, Kind
from dashboard.charts.model.frame import LOOK_BACK, Frame
from dashboard.charts.model.report import Paragraph
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording
from dashboard.charts.text.narrative_clauses import ClauseWriter
from dashboard.charts.text.narrative_phrases import as_paragraph, begun, filled, joined
from dashboard.charts.text.narrative_siblings import among_neighbours
from dashboard.charts.text.narrative_streets import of_streets

MOST_RANKED = 3  # indicators that are ranked by street too


@dataclass(frozen=True, slots=True)
class Narrative:
    """Paragraphs whose figures have traces, and the points they are made from."""

    paragraphs: tuple[Paragraph, ...]
    used: tuple[Point, ...]


def _frame(points: Points, indicator: str, selection: Selection) -> Frame:
    spec = ChartSpec("narrative", "", Kind.COMPOSITION, (indicator,))
    return Frame(spec, selection, points, points.catalogue, points.areas, {})


def _latest(frame: Frame) -> Period | None:
    """The latest period with a value, near the selected one."""
    chosen = frame.selection.period
    known = [
        period
        for period in frame.points.periods(frame.main.id, frame.area)
        if chosen is None or chosen.plus(-LOOK_BACK) <= period <= chosen
    ]
    return max(known, default=None)


def _own(writers: Sequence[ClauseWriter], selection: Selection) -> list[Paragraph]:
    """Sentences about the area itself, one for each span of time."""
    groups: dict[str, list[Paragraph]] = {}
    area, language = selection.area, selection.language
    for writer in writers:
        clause = () if writer.indicator.id in writer.mentioned else writer.value(area)
        if clause:
            point = writer.frame.points.point(writer.indicator.id, area, writer.period)
            since = point.since if point else None
            span = wording.period_name(writer.period, writer.indicator, language, since)
            groups.setdefault(span, []).append(clause)
    if not groups:
        return []
    place = writers[0].frame.place(area)
    name = wording.whole_name(place, area, language)
    between = word("chart_semicolon", language)
    sentences = [
        filled("sentence_subject", language, period=span, area=name, text=joined(clause, between))
        for span, clause in groups.items()
    ]
    return [joined([begun(sentence) for sentence in sentences], "" if language == "zh" else " ")]


def _below(writers: Sequence[ClauseWriter], selection: Selection) -> list[Paragraph]:
    """One sentence about the areas below, where their figures are known."""
    clauses = [clause for writer in writers if (clause := of_streets(writer))][:MOST_RANKED]
    if not clauses:
        return []
    language = selection.language
    below = wording.below_name(writers[0].frame.areas, selection.area, language)
    text = joined(clauses, word("chart_semicolon", language))
    return [begun(filled("narrative_by_street", language, below=below, text=text))]


def _components(frame: Frame, known: Collection[str]) -> list[str]:
    """The components of a frame's indicator that are not among those known."""
    children = frame.points.catalogue.children(frame.main.id, Part.COMPONENT)
    return [child.id for child in children if child.id not in known]


def narrate(
    points: Points,
    indicators: Sequence[str],
    selection: Selection,
    smallest: int = 0,
    hidden: SuppressedFigures | None = None,
    beside: Points | None = None,
) -> Narrative:
    """One to four paragraphs on these indicators; none where there are no figures.

    ``beside`` holds the area above with all areas directly below it; without it no place is stated.
    Persons, couples and households fewer than ``smallest`` are left out, and so is what is
    ``hidden`` in exports; of 0 nothing is left out.
    """
    writers, used, parts = [], list[Point](), set[str]()
    waiting = list(indicators)
    while waiting:
        frame = _frame(points, waiting.pop(0), selection)
        period = _latest(frame)
        if period is not None:
            writers.append(ClauseWriter(frame, frame.main, period, smallest, used, parts, hidden))
        else:  # a total that nobody gives: the parts that are known are stated
            known = {*indicators, *(writer.indicator.id for writer in writers)}
            waiting[:0] = _components(frame, known)
    paragraphs = [*_own(writers, selection), *_below(writers, selection)]
    if beside is not None:
        among = [
            replace(writer, frame=_frame(beside, writer.indicator.id, selection))
            for writer in writers
        ]
        paragraphs += among_neighbours(among, selection.area)
    if paragraphs and any(Grade.DEMO in point.grades for point in used):
        paragraphs.append(as_paragraph(word("narrative_demo", selection.language)))
    return Narrative(tuple(paragraphs), tuple(used))
