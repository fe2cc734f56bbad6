"""Stacks the components of a total over the years: at most five, and the remainder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, combine, value_of
from dashboard.base.language import Scale
from dashboard.catalogue.concepts import Indicator, Part
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.composition import (
    MOST_COMPONENTS,
    Split,
    largest_words,
    split_at,
    split_notes,
)
from dashboard.charts.kinds.point_series import Where, point_hover, point_series
from dashboard.charts.kinds.trend_marks import Stop, axis_of, event_marks, mark_notes, stop_keys
from dashboard.charts.kinds.trend_years import walk_years, year_stops
from dashboard.charts.model.chart import COMPONENT, Series, Table
from dashboard.charts.model.frame import ChartParts, Frame, Rows, value_cell
from dashboard.charts.text import wording

Layer = tuple[str, list[Point | None], str]  # name, points, indicator ("" for the rest)


def _largest(children: Sequence[Indicator], split: Split) -> list[str]:
    """The components drawn by name, in the catalogue's order: all, or the last year's largest."""
    order = [child.id for child in children]
    if len(order) <= MOST_COMPONENTS:
        return order
    size = {name: point.amount for name, point in split.parts.items()}
    by_size = sorted(order, key=lambda name: -size.get(name, 0.0))
    largest = set(by_size[:MOST_COMPONENTS])
    return [name for name in order if name in largest]


def _left(split: Split, named: Sequence[str]) -> Point | None:
    """Everything not drawn by name: the smaller components, and what no component accounts for."""
    small = [point for name, point in split.parts.items() if name not in named]
    if split.rest <= 0 and not small:
        return None
    value = sum(point.amount for point in small) + max(split.rest, 0.0)
    return combine(value, [*small, *([split.whole] if split.whole else [])], "computed")


def _key_of_rest(splits: Sequence[Split]) -> str:
    """The word for what is not drawn by name, by whether any of it is unexplained."""
    unexplained = any(split.rest > 0 for split in splits)
    return "chart_other_unexplained" if unexplained else "chart_other"


def _layers(frame: Frame, children: Sequence[Indicator], splits: Sequence[Split]) -> list[Layer]:
    """The largest components by name, and what they leave; only those with a value anywhere."""
    with_parts = [split for split in splits if split.parts]
    named = _largest(children, with_parts[-1])
    names = {child.id: child.name[frame.language] for child in children}
    layers: list[Layer] = [(names[n], [split.parts.get(n) for split in splits], n) for n in named]
    rest = [_left(split, named) if split.parts else None for split in splits]
    layers.append((frame.word(_key_of_rest(with_parts)), rest, ""))
    return [layer for layer in layers if any(layer[1])]


def _series(frame: Frame, stops: Sequence[Stop], layer: Layer, scale: Scale) -> Series:
    name, points, part = layer
    meaning = frame.catalogue.indicators[part] if part else frame.main
    hover = []
    for stop, point in zip(stops, points, strict=True):
        change = frame.change(part, frame.area, stop.period) if part else None
        where = Where(stop.name, frame.area, name)
        hover.append(point_hover(frame, where, point, scale, (change, meaning)) if point else "")
    return replace(point_series(frame, name, points, scale, hover), role=COMPONENT)


@dataclass(frozen=True, slots=True)
class _Stack:
    """The layers over the years, the total at each stop, and the scale of all of them."""

    stops: Sequence[Stop]
    splits: Sequence[Split]
    layers: Sequence[Layer]
    scale: Scale

    @property
    def points(self) -> list[Point]:
        """Every point that is drawn."""
        return [point for layer in self.layers for point in layer[1] if point]


def _stack(frame: Frame, children: Sequence[Indicator]) -> _Stack | None:
    """What is drawn; None where no component has a value."""
    last = frame.selection.period or Period(9999, 12)
    stops = year_stops(frame, [walk_years(frame, child, last) for child in (frame.main, *children)])
    splits = [split_at(frame, children, stop.period) for stop in stops]
    if not any(split.parts for split in splits):
        return None
    layers = _layers(frame, children, splits)
    values = [value_of(split.whole) for split in splits]
    values += [value_of(point) for _, points, _ in layers for point in points]
    scale = wording.scale_of(frame.main, values, frame.language)
    return _Stack(stops, splits, layers, scale)


def stacked(frame: Frame) -> ChartParts | None:
    """The draft of components over the years; None where no component has a value."""
    children = frame.catalogue.children(frame.main.id, Part.COMPONENT)
    stack = _stack(frame, children)
    if stack is None:
        return None
    stops, scale, axis = stack.stops, stack.scale, axis_of(stack.stops)
    title = frame.word("chart_composition_years", name=frame.main.name[frame.language])
    parts = [split.parts for split in stack.splits]
    stop, split = [pair for pair in zip(stops, stack.splits, strict=True) if pair[1].parts][-1]
    marks = event_marks(frame, stops)
    notes = [*split_notes(frame, split, children, scale), *mark_notes(frame, marks)]
    if any(axis.unfinished):
        notes.append(frame.word("chart_unfinished_note"))
    return ChartParts(
        title=title,
        area=frame.area,
        scale=scale,
        span=frame.span(stops[0].name, stops[-1].name),
        categories=axis.categories,
        ticks=axis.ticks,
        keys=stop_keys(stops, parts),
        key_kind="period",
        series=tuple(_series(frame, stops, layer, scale) for layer in stack.layers),
        table=_table(frame, title, stack),
        sentence=largest_words(frame, stop.name, split, scale),
        used=tuple(stack.points),
        breaks=marks,
        unfinished=axis.unfinished,
        partial=tuple(bool(split.whole and split.whole.partial) for split in stack.splits),
        chosen=str(stop.period),
        notes=tuple(notes),
    )


def _table(frame: Frame, caption: str, stack: _Stack) -> Table:
    scale, names = stack.scale, [name for name, *_ in stack.layers]
    columns = [frame.word("chart_period"), *names, frame.main.name[frame.language]]
    rows = Rows(f"{caption} ({scale.label})", columns, [0, *([scale.decimals] * (len(names) + 1))])
    absent = frame.word("status_no_figure")
    for i, (stop, split) in enumerate(zip(stack.stops, stack.splits, strict=True)):
        key, cells = FigureKey(frame.main.id, frame.area, stop.period), []
        for _, points, name in stack.layers:
            own = key._replace(indicator=name) if name else None
            why = _absent(frame, own) if own else absent
            cell = value_cell(frame, value_of(points[i]), scale, why, own)
            if not name:
                cell = replace(cell, fact=cell.fact._replace(role=frame.remainder_role))
            cells.append(cell)
        cells.append(value_cell(frame, value_of(split.whole), scale, _absent(frame, key), key))
        rows.add(str(stop.period), stop.name, cells)
    return rows.table()


def _absent(frame: Frame, key: FigureKey) -> str:
    """Why there is no value of a figure: suppressed is said as such."""
    point = frame.points.point(key.indicator, key.area, key.period)
    return frame.absent(point, key.area, key.period)
