"""The streets of one period on a map: a tile each, or their outlines where the bureau gave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.catalogue.concepts import Area, Polarity
from dashboard.catalogue.outlines import Outline, bounds, flattened, room_for_name
from dashboard.catalogue.periods import parse
from dashboard.catalogue.topics import Kind
from dashboard.charts.kinds.street_rows import Scope, scope_of
from dashboard.charts.kinds.streets import ranked
from dashboard.charts.model.chart import Chart, Shape, StreetMap
from dashboard.charts.model.frame import Draft, Frame
from dashboard.charts.model.map_classes import classes_of
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
    there = [outlines[code] for code in codes if code in outlines]
    _, south, _, north = bounds(p for outline in there for ring in outline.rings for p in ring)
    shapes = []
    for code in codes:
        rings = flattened(outlines[code].rings, (south + north) / 2) if code in outlines else ()
        shapes.append(Shape(rings, *(room_for_name(rings) if rings else ((0.0, 0.0), 0.0))))
    return tuple(shapes)


def _absent_series(frame: Frame, draft: Draft, scope: Scope, absent: Sequence[Area]) -> Draft:
    """The draft with a category for every street that has no value, and the word for why."""
    period, series = parse(draft.periods[0]).end, draft.series[0]
    why = []
    for area in absent:
        point = frame.points.point(frame.main.id, area.code, period)
        if point is not None and point.value is not None:
            why.append(frame.say("chart_not_comparable"))
        else:
            why.append(wording.absent_word(point, area, period, frame.language, due=scope.due))
    names = [area.name[frame.language] for area in absent]
    hover = [
        frame.say("map_absent_hover", name=name, reason=reason)
        for name, reason in zip(names, why, strict=True)
    ]
    nothing = (None,) * len(absent)
    series = replace(
        series,
        values=series.values + nothing,
        statuses=series.statuses + ("",) * len(absent),
        texts=series.texts + tuple(why),
        labels=series.labels + tuple(why),
        hover=series.hover + tuple(hover),
    )
    return replace(
        draft,
        series=(series,),
        categories=(*draft.categories, *names),
        keys=(*draft.keys, *(area.code for area in absent)),
        partial=draft.partial + (False,) * len(absent),
        unfinished=draft.unfinished + (False,) * len(absent),
    )


def street_map(frame: Frame) -> Draft | None:
    """The draft of a map: every street of the period, those without a value too."""
    draft = ranked(frame)
    if draft is None:
        return None
    period = parse(draft.periods[0]).end
    scope = scope_of(frame)
    shown = [area for area in scope.children if not area.ended_before(period)]
    absent = [area for area in shown if area.code not in draft.keys]
    frame = replace(frame, points=frame.points.told(period))
    draft = _absent_series(frame, draft, scope, absent)
    tiles, found_by = tile_grid(shown, frame.outlines)
    forms = (OUTLINES, TILES) if any(code in frame.outlines for code in draft.keys) else (TILES,)
    form = frame.selection.shape if frame.selection.shape in forms else forms[0]
    notes = list(draft.notes)
    if form == TILES:
        shapes, say = tuple(_tile(*tiles[code]) for code in draft.keys), f"map_how_{found_by}"
    else:
        shapes, say = _outlines(draft.keys, frame.outlines), "map_how_outlines"
        without = [area.name[frame.language] for area in shown if area.code not in frame.outlines]
        if without:
            names = frame.say("chart_list_comma").join(without)
            notes.append(frame.say("map_without_outline", names=names))
    graded = frame.plain and frame.main.polarity is not Polarity.NEUTRAL
    lowest_best = graded and frame.main.polarity is Polarity.LOWER_BETTER
    series = draft.series[0]
    levels, classes = classes_of(series.values, draft.scale, graded, lowest_best, frame.language)
    sentence = draft.sentence
    if absent:
        below = wording.below_name(frame.areas, scope.code, frame.language, many=len(absent) > 1)
        sentence = frame.say("map_sentence_absent", said=sentence, count=len(absent), below=below)
    below = wording.below_name(frame.areas, scope.code, frame.language, many=True)
    return replace(
        draft,
        notes=tuple(notes),
        title=frame.say("chart_map_title", name=series.name, below=below),
        sentence=sentence,
        series=(replace(series, levels=levels),),
        targets=(),
        map=StreetMap(
            form,
            forms,
            shapes,
            classes,
            graded,
            lowest_best,
            frame.say("map_absent") if absent else "",
            frame.say(say),
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
    there = zip(chart.keys, series.values, strict=True)
    return series.name, frozenset(pair for pair in there if pair[1] is not None)
