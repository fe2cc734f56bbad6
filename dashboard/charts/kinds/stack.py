"""The components of a total stacked over the years: at most five, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.points import Point, combine
from dashboard.base.language import Scale
from dashboard.catalogue.concepts import Indicator, Part
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.parts import MOST_COMPONENTS, Split, split_at, split_notes
from dashboard.charts.kinds.trend_marks import Stop, event_marks, mark_notes
from dashboard.charts.kinds.trend_years import walk_years, year_stops
from dashboard.charts.model.chart import COMPONENT, Series, Table
from dashboard.charts.model.frame import Draft, Frame, Rows, value_cell
from dashboard.charts.text import sentences, wording
from dashboard.charts.text.hover import hover_change, hover_head, hover_text

Layer = tuple[str, list[Point | None], str]  # name, points, indicator ("" for the rest)


def _largest(children: Sequence[Indicator], split: Split) -> list[str]:
    """The components drawn by name, in the catalogue's order: all, or the last year's largest."""
    order = [child.id for child in children]
    if len(order) <= MOST_COMPONENTS:
        return order
    by_size = sorted(order, key=lambda name: -_size(split.parts.get(name)))
    kept = set(by_size[:MOST_COMPONENTS])
    return [name for name in order if name in kept]


def _size(point: Point | None) -> float:
    return point.value or 0.0 if point else 0.0


def _left(split: Split, kept: Sequence[str]) -> Point | None:
    """Everything not drawn by name: the smaller components, and what no component accounts for."""
    small = [point for name, point in split.parts.items() if name not in kept]
    if split.rest <= 0 and not small:
        return None
    value = sum(_size(point) for point in small) + max(split.rest, 0.0)
    return combine(value, [*small, *([split.whole] if split.whole else [])], "computed")


def _layers(frame: Frame, children: Sequence[Indicator], splits: Sequence[Split]) -> list[Layer]:
    with_parts = [split for split in splits if split.parts]
    kept = _largest(children, with_parts[-1])
    names = {child.id: child.name[frame.language] for child in children}
    layers: list[Layer] = [(names[k], [split.parts.get(k) for split in splits], k) for k in kept]
    left = [_left(split, kept) if split.parts else None for split in splits]
    if any(left):
        unexplained = any(split.rest > 0 for split in with_parts)
        key = "chart_other_unexplained" if unexplained else "chart_other"
        layers.append((frame.say(key), left, ""))
    return [layer for layer in layers if any(layer[1])]


def _series(frame: Frame, stops: Sequence[Stop], layer: Layer, scale: Scale) -> Series:
    name, points, part = layer
    hover = []
    for stop, point in zip(stops, points, strict=True):
        what = hover_head(frame, stop.name, frame.name(frame.area), name)
        change = frame.change(part, frame.area, stop.period) if part else None
        short = hover_change(frame, change, frame.catalogue.indicators[part]) if part else ""
        hover.append(hover_text(frame, what, point, scale, short) if point else "")
    values = tuple(point.value if point else None for point in points)
    return Series(
        name=name,
        values=values,
        role=COMPONENT,
        hover=tuple(hover),
        statuses=tuple(wording.mark(point) for point in points),
        texts=tuple(wording.quantity(value, scale, frame.language) for value in values),
        labels=tuple(wording.plain(value, scale, frame.language) for value in values),
    )


def stacked(frame: Frame) -> Draft | None:
    """The draft of components over the years; None where no component has a value."""
    children = frame.catalogue.children(frame.main.id, Part.COMPONENT)
    last = frame.selection.period or Period(9999, 12)
    stops = year_stops(frame, [walk_years(frame, child, last) for child in (frame.main, *children)])
    splits = [split_at(frame, children, stop.period) for stop in stops]
    if not any(split.parts for split in splits):
        return None
    layers = _layers(frame, children, splits)
    wholes = [split.whole.value if split.whole else None for split in splits]
    drawn = [point.value for _, points, _ in layers for point in points if point]
    scale = wording.scale_of(frame.main, [*wholes, *drawn], frame.language)
    title = frame.say("chart_composition_years", name=frame.main.name[frame.language])
    latest = max(i for i, split in enumerate(splits) if split.parts)
    split, stop = splits[latest], stops[latest]
    top = max(split.parts, key=lambda name: _size(split.parts[name]))
    share = None
    if split.complete and split.whole and split.whole.value:
        share = _size(split.parts[top]) / split.whole.value * 100
    marks = event_marks(frame, stops)
    notes = [*split_notes(frame, split, children, scale), *mark_notes(frame, marks)]
    if any(one.unfinished for one in stops):
        notes.append(frame.say("chart_unfinished_note"))
    return Draft(
        title=title,
        area=frame.area,
        scale=scale,
        span=frame.span(stops[0].name, stops[-1].name),
        categories=tuple(one.name for one in stops),
        ticks=tuple(one.tick for one in stops),
        keys=tuple(
            str(one.period) if here.parts else "" for one, here in zip(stops, splits, strict=True)
        ),
        key_kind="period",
        series=tuple(_series(frame, stops, layer, scale) for layer in layers),
        table=_table(frame, title, stops, layers, wholes, scale),
        sentence=sentences.of_parts(
            frame,
            stop.name,
            frame.catalogue.indicators[top].name[frame.language],
            wording.quantity(_size(split.parts[top]), scale, frame.language),
            share,
            len(split.parts),
        ),
        used=tuple(point for _, points, _ in layers for point in points if point),
        breaks=marks,
        unfinished=tuple(one.unfinished for one in stops),
        partial=tuple(bool(here.whole and here.whole.partial) for here in splits),
        chosen=str(stop.period),
        notes=tuple(notes),
    )


def _table(
    frame: Frame,
    caption: str,
    stops: Sequence[Stop],
    layers: Sequence[Layer],
    wholes: Sequence[float | None],
    scale: Scale,
) -> Table:
    names = [name for name, *_ in layers]
    columns = [frame.say("chart_period"), *names, frame.main.name[frame.language]]
    rows = Rows(f"{caption} ({scale.label})", columns, [0, *([scale.decimals] * (len(names) + 1))])
    for i, stop in enumerate(stops):
        absent, cells = frame.say("status_no_figure"), []
        for _, points, name in layers:
            point, key = points[i], FigureKey(name, frame.area, stop.period) if name else None
            cell = value_cell(frame, point.value if point else None, scale, absent, key)
            if not name:
                cell = replace(cell, fact=cell.fact._replace(role=frame.remainder_role))
            cells.append(cell)
        key = FigureKey(frame.main.id, frame.area, stop.period)
        cells.append(value_cell(frame, wholes[i], scale, absent, key))
        rows.add(str(stop.period), stop.name, cells)
    return rows.table()
