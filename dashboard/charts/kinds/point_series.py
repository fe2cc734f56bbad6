"""Makes a series of points: their values, the mark of each, and the text shown at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard.analysis.change import Change
from dashboard.analysis.point import Point, value_of
from dashboard.base.language import Scale
from dashboard.catalogue.concepts import Indicator
from dashboard.charts.model.chart import MAIN, Series
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import wording
from dashboard.charts.text.hover import hover_change, hover_head, hover_text


class Where(NamedTuple):
    """What a point is the value of: a period in words, an area's code, and a name where several
    things are shown ("" else)."""

    period: str
    area: str
    name: str = ""


def point_series(
    frame: Frame,
    name: str,
    points: Mapping[str, Point | None] | Sequence[Point | None],
    scale: Scale,
    hover: Sequence[str],
) -> Series:
    """The points as the main series of a chart; ``hover`` is the text shown at each.

    Points of several areas are a mapping by the areas' codes.
    """
    codes = list(points) if isinstance(points, Mapping) else [frame.area] * len(points)
    points = list(points.values()) if isinstance(points, Mapping) else points
    values = tuple(value_of(point) for point in points)
    return Series(
        name=name,
        values=values,
        role=MAIN,
        hover=tuple(hover),
        statuses=tuple(wording.mark(point) for point in points),
        texts=tuple(wording.quantity(value, scale, frame.language) for value in values),
        labels=tuple(wording.plain(value, scale, frame.language) for value in values),
        remarks=tuple(
            wording.point_remarks(point, frame.areas, code, scale, frame.language)
            for code, point in zip(codes, points, strict=True)
        ),
    )


def point_hover(
    frame: Frame, where: Where, point: Point, scale: Scale, change: tuple[Change | None, Indicator]
) -> str:
    """The text shown at a point: when, where, how much, and compared with what."""
    head = hover_head(frame, where.period, frame.name(where.area), where.name)
    return hover_text(frame, head, point, scale, hover_change(frame, *change), where.area)
