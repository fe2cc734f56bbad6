"""Maps the streets of one period as tiles, or as outlines where the bureau supplies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.catalogue.concepts import Area, Polarity
from dashboard.catalogue.outlines import Outline, bounds, flattened, room_for_name
from dashboard.catalogue.topics import Kind
from dashboard.charts.kinds.ranked_bars import absence_of, draft_of, rank, short_absence_of
from dashboard.charts.kinds.street_rows import Ranked
from dashboard.charts.model.chart import Chart, Shape, StreetMap
from dashboard.charts.model.frame import ChartParts, Frame
from dashboard.charts.model.map_classes import Grading, classes_of
from dashboard.charts.model.selection import OUTLINES, TILES
from dashboard.charts.model.tile_grid import tile_grid
from dashboard.charts.text import wording

_GAP = 0.04  # of a tile's side, left free around it


def _tile(row: int, column: int) -> Shape:
    left, right, low, high = column + _GAP, column + 1 - _GAP, -row - 1 + _GAP, -row - _GAP
    ring = ((left, low), (right, low), (right, high), (left, high), (left, low))
    return Shape((ring,), (column + 0.5, -row - 0.5), 1 - 3 * _GAP)


def _outlines(codes: Sequence[str], outlines: Mapping[str, Outline]) -> tuple[Shape, ...]:
    """The shapes with distances to the east and to the north drawn alike."""
    known = [outlines[code] for code in codes if code in outlines]
    _, south, _, north = bounds(p for outline in known for ring in outline.rings for p in ring)
    shapes = []
    for code in codes:
        rings = flattened(outlines[code].rings, (south + north) / 2) if code in outlines else ()
        shapes.append(Shape(rings, *(room_for_name(rings) if rings else ((0.0, 0.0), 0.0))))
    return tuple(shapes)


def _with_absent(frame: Frame, draft: ChartParts, ranked: Ranked) -> ChartParts:
    """The draft with a category for every street that has no value, and the word for why."""
    absent, series = ranked.absent, draft.series[0]
    why = tuple(absence_of(frame, ranked.scope, area, ranked.period) for area in absent)
    short = tuple(short_absence_of(frame, ranked.scope, area, ranked.period) for area in absent)
    names = [area.name[frame.language] for area in absent]
    hover = [
        frame.word("map_absent_hover", name=name, reason=reason)
        for name, reason in zip(names, why, strict=True)
    ]
    series = replace(
        series,
        values=series.values + (None,) * len(absent),
        statuses=series.statuses + ("",) * len(absent),
        texts=series.texts + why,
        labels=series.labels + short,
        hover=series.hover + tuple(hover),
        remarks=series.remarks + ((),) * len(absent),
    )
    return replace(
        draft,
        series=(series,),
        categories=(*draft.categories, *names),
        keys=(*draft.keys, *(area.code for area in absent)),
        partial=draft.partial + (False,) * len(absent),
        unfinished=draft.unfinished + (False,) * len(absent),
        worse=draft.worse and draft.worse + (False,) * len(absent),
    )


class _Drawing(NamedTuple):
    """In which form the streets are drawn, of which that can be chosen; the shapes, and how."""

    form: str
    forms: tuple[str, ...]
    shapes: tuple[Shape, ...]
    how: str


def _drawing(frame: Frame, areas: Sequence[Area], codes: Sequence[str]) -> _Drawing:
    """The shapes of the codes in the form chosen, outlines where there are any."""
    forms = (OUTLINES, TILES) if any(code in frame.outlines for code in codes) else (TILES,)
    form = frame.selection.shape if frame.selection.shape in forms else forms[0]
    if form == OUTLINES:
        how = frame.word("map_how_outlines")
        return _Drawing(form, forms, _outlines(codes, frame.outlines), how)
    tiles, placed_by = tile_grid(areas, frame.outlines)
    shapes = tuple(_tile(*tiles[code]) for code in codes)
    return _Drawing(form, forms, shapes, frame.word(f"map_how_{placed_by}"))


def _outline_notes(frame: Frame, areas: Sequence[Area]) -> list[str]:
    """Which streets have no outline."""
    without = [area.name[frame.language] for area in areas if area.code not in frame.outlines]
    names = frame.word("chart_list_comma").join(without)
    return [frame.word("map_without_outline", names=names)] if without else []


def _sentence(frame: Frame, ranked: Ranked, sentence: str) -> str:
    """The ranking's sentence, and how many streets have no value."""
    count = len(ranked.absent)
    if not count:
        return sentence
    below = wording.below_name(frame.areas, ranked.scope.code, frame.language, many=count > 1)
    return frame.word("map_sentence_absent", text=sentence, count=count, below=below)


def _grading(frame: Frame, ranked: Ranked) -> Grading:
    """In which direction the classes are graded, and the target that is not missed by who is low.

    Raw counts and what is drawn instead of values are not graded.
    """
    if not frame.shows_values or frame.main.performance is Polarity.NEUTRAL:
        return Grading(Polarity.NEUTRAL)
    target = frame.points.target(frame.main.id, ranked.scope.code, ranked.period)
    return Grading(frame.main.performance, target.value if target else None)


def street_map(frame: Frame) -> ChartParts | None:
    """The draft of a map: every street of the period, those without a value too."""
    ranking = rank(frame)
    if ranking is None:
        return None
    frame, ranked = ranking
    draft = _with_absent(frame, draft_of(frame, ranked), ranked)
    areas = ranked.scope.children
    drawing = _drawing(frame, areas, draft.keys)
    notes = _outline_notes(frame, areas) if drawing.form == OUTLINES else []
    series = draft.series[0]
    grading = _grading(frame, ranked)
    shades, classes = classes_of(series.values, draft.scale, grading, frame.language)
    below = wording.below_name(frame.areas, ranked.scope.code, frame.language, many=True)
    return replace(
        draft,
        notes=(*draft.notes, *notes),
        title=frame.word("chart_map_title", name=series.name, below=below),
        sentence=_sentence(frame, ranked, draft.sentence),
        series=(replace(series, levels=shades),),
        targets=(),
        map=StreetMap(
            drawing.form,
            drawing.forms,
            drawing.shapes,
            classes,
            grading.is_graded,
            grading.lowest_best,
            frame.word("map_absent") if ranked.absent else "",
            drawing.how,
            grading.target,
        ),
    )


def once_each(charts: Sequence[Chart]) -> list[Chart]:
    """The charts without the maps whose figures stand among them as bars already.

    A map leaves the house as ranked bars: the same ones would stand there twice.
    """
    bars = {_streets_of(chart) for chart in charts if chart.kind is Kind.BAR}
    return [
        chart for chart in charts if chart.kind is not Kind.MAP or _streets_of(chart) not in bars
    ]


def _streets_of(chart: Chart) -> tuple[str, frozenset[tuple[str, float | None]]]:
    """What a chart of streets shows, whatever their order; none of those without a value."""
    series = chart.series[0]
    pairs = zip(chart.keys, series.values, strict=True)
    return series.name, frozenset(pair for pair in pairs if pair[1] is not None)
