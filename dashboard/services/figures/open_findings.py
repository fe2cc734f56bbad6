"""Marks listed figures that do not agree with what the areas below, or their own counts, give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period, listed_end
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query

Row = dict[str, object]


def with_open_findings(
    engine: Engine,
    catalogue: Catalogue,
    areas: Areas,
    rows: Sequence[Mapping[str, object]],
    as_of: datetime | None = None,
) -> list[Row]:
    """The rows of listed figures, "finding" among the marks of those that are contradicted.

    Read for what is listed only: of an area with areas below it, and of rates.
    """
    marked = [dict(row) for row in rows]
    for area, own in _contradictable(catalogue, areas, marked).items():
        months = [_period(row) for row in own]
        names = inputs(catalogue, {str(row["indicator"]) for row in own})
        places = [area, *(child.code for child in areas.children(area))]
        query = Query(sorted(names), places, min(months), max(months), as_of=as_of)
        points = Points(catalogue, areas, read_figures(engine, query))
        for row, month in zip(own, months, strict=True):
            point = points.point(str(row["indicator"]), area, month)
            if point is not None and point.differs is not None:
                row["marks"] = _with_finding(str(row["marks"]))
    return marked


def _contradictable(
    catalogue: Catalogue, areas: Areas, rows: Sequence[Row]
) -> dict[str, list[Row]]:
    """The rows, by area, of figures that others can contradict."""
    by_area: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        meaning, area = catalogue.indicators.get(str(row["indicator"])), str(row["area"])
        if meaning is None or row["value"] is None or row["kind"] != FigureKind.ACTUAL:
            continue
        if meaning.numerator or areas.children(area):
            by_area[area].append(row)
    return by_area


def _period(row: Row) -> Period:
    return listed_end(str(row["period"]))


def _with_finding(marks: str) -> str:
    has = {*marks.split(), str(FigureMark.FINDING)}
    return " ".join(mark for mark in FigureMark if mark in has)
