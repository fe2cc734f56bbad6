"""Says once for a whole chart which of its figures have which mark.

The sentences stand on the page of the chart in every format, whatever the format can draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.analysis.restated_notes import restated_notes
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.charts.model.chart import COMPARISON, Remark, Series
from dashboard.charts.model.frame import ChartParts, Frame
from dashboard.charts.text import wording

MOST_NAMES = 3  # figures that a sentence names before it counts the others


def chart_marks(frame: Frame, draft: ChartParts, *, is_demo: bool) -> tuple[Remark, ...]:
    """Every mark of the figures drawn, each with a sentence, in the order of the marks."""
    groups = _by_words(draft)
    for point in draft.used:  # a whole that no bar shows, a part of what is drawn
        for remark in wording.point_remarks(
            point, frame.areas, draft.area, draft.scale, frame.language
        ):
            if all(group.mark is not remark.mark for group in groups):
                groups.setdefault(remark, [])
    remarks = [
        Remark(one.mark, _sentence(frame, one, names))
        for one, names in groups.items()
        if one.mark is not FigureMark.RESTATED  # the rule of each is said once
    ]
    remarks += _of_the_whole(frame, draft)
    if any(draft.unfinished):
        remarks.append(Remark(FigureMark.UNFINISHED, frame.word("chart_unfinished_note")))
    if is_demo:
        remarks.append(Remark(FigureMark.DEMO, frame.word("chart_demo")))
    order = list(FigureMark)
    return tuple(sorted(remarks, key=lambda one: order.index(one.mark)))


def _of_the_whole(frame: Frame, draft: ChartParts) -> Iterator[Remark]:
    """By which rules figures were restated, and where the series breaks."""
    points = (*draft.used, *draft.bases)
    for text in restated_notes(points, frame.areas, frame.language):
        yield Remark(FigureMark.RESTATED, text)
    for mark in draft.breaks:
        if mark.is_break:
            yield Remark(FigureMark.AFTER_BREAK, frame.word("chart_break_note", label=mark.label))


def noted(notes: Sequence[str], marks: Sequence[Remark]) -> tuple[str, ...]:
    """A chart's notes with the sentences of its marks that they lack; demo has its own place."""
    lacking = [mark.words for mark in marks if mark.mark is not FigureMark.DEMO]
    text_of_notes = "".join(notes)
    return (*notes, *(text for text in lacking if text not in text_of_notes))


def _by_words(draft: ChartParts) -> dict[Remark, list[str]]:
    """The names of the figures that have a mark, by the mark and its words."""
    groups: dict[Remark, list[str]] = {}
    several = len([one for one in draft.series if one.role != COMPARISON]) > 1
    for series in draft.series:
        for place, remarks in _places(series):
            name = draft.categories[place]
            for remark in remarks:
                groups.setdefault(remark, []).append(f"{series.name} {name}" if several else name)
    return groups


def _places(series: Series) -> Iterator[tuple[int, tuple[Remark, ...]]]:
    return ((place, remarks) for place, remarks in enumerate(series.remarks) if remarks)


def _sentence(frame: Frame, remark: Remark, names: Sequence[str]) -> str:
    if not names:
        return frame.word("mark_some", words=remark.words)
    shown = frame.word("chart_list_comma").join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        shown = frame.word("mark_more", names=shown, count=len(names), more=len(names) - MOST_NAMES)
    return frame.word("mark_note", names=shown, words=remark.words)
