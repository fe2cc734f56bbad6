"""Computes rates that no file states, from their counts, for the list of observations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from dashboard.analysis.figure_marks import listed_marks
from dashboard.analysis.point import STORED, Point, inputs
from dashboard.analysis.points import Points
from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Aggregation, FigureKind, Grade, Indicator
from dashboard.catalogue.periods import Period
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query


class Rate(NamedTuple):
    """A computed rate of one area and period."""

    indicator: Indicator
    area: str
    period: Period
    point: Point


def _asks_for_outcomes(query: Query) -> bool:
    """Whether a query names areas and asks for what was reached."""
    return bool(query.areas) and (not query.kinds or FigureKind.ACTUAL in query.kinds)


def rates(engine: Engine, catalogue: Catalogue, areas: Areas, query: Query) -> Iterator[Rate]:
    """The rates among the query's indicators, for its areas, as Σ numerator ÷ Σ denominator.

    Nothing without indicators and areas in the query, and nothing that a file states itself.
    """
    named = (catalogue.indicators[name] for name in query.indicators)
    wanted = [indicator for indicator in named if indicator.aggregation is Aggregation.RATIO]
    if not wanted or not _asks_for_outcomes(query):
        return
    below = [child.code for code in query.areas for child in areas.children(code)]
    asked = replace(
        query,
        indicators=sorted(inputs(catalogue, [meaning.id for meaning in wanted])),
        areas=list(dict.fromkeys([*query.areas, *below])),
        kinds=(),
    )
    points = Points(catalogue, areas, read_figures(engine, asked))
    for indicator, area in product(wanted, query.areas):
        yield from _computed(points, indicator, area)


def _computed(points: Points, indicator: Indicator, area: str) -> Iterator[Rate]:
    for period in points.periods(indicator.id, area):
        point = points.point(indicator.id, area, period)
        if point is not None and point.origin != STORED:
            yield Rate(indicator, area, period, point)


def row_of(rate: Rate, catalogue: Catalogue, areas: Areas, language: str) -> dict[str, object]:
    """The rate as a row of the list; its source says from what it was computed."""
    place, top, bottom = (
        areas.get(rate.area),
        catalogue.indicators[rate.indicator.numerator],
        catalogue.indicators[rate.indicator.denominator],
    )
    source = word("list_computed", language, top=top.name[language], bottom=bottom.name[language])
    if rate.point.partial:
        reported, expected = rate.point.partial
        source += word("list_partial", language, reported=reported, expected=expected)
    grades = [str(grade) for grade in Grade if grade in rate.point.grades]
    return {
        "indicator": rate.indicator.id,
        "indicator_name": rate.indicator.name[language],
        "area": rate.area,
        "area_name": place.name[language] if place else rate.area,
        "period": str(rate.period),
        "kind": str(FigureKind.ACTUAL),
        "value": rate.point.value,
        "unit": rate.indicator.unit.name[language],
        "status": str(rate.point.status),
        "grade": grades[-1] if grades else "",
        "submission": "",
        "source": source,
        "since": "",
        "qualifier": "",
        "marks": listed_marks(rate.point),
    }
