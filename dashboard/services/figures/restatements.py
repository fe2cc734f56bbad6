"""Lists earlier figures restated for the areas of today; nobody reported them so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from dashboard.analysis.figure_marks import listed_marks
from dashboard.analysis.point import Point, inputs
from dashboard.analysis.points import Points
from dashboard.analysis.restated_notes import restated_notes
from dashboard.analysis.restatement import rule_of
from dashboard.base.language import word
from dashboard.catalogue.area_changes import ChangeRule
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureKind, Grade
from dashboard.catalogue.periods import Period
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query

# What stands in the column "status": added up, or estimated by share.
STATUSES = {ChangeRule.ADD: "R", ChangeRule.APPORTION: "E"}


def restatements(
    engine: Engine, catalogue: Catalogue, areas: Areas, query: Query, language: str
) -> Iterator[dict[str, object]]:
    """One row for every figure that follows by rule for an area that was merged or split since.

    In base units; ``status`` is R or E, ``source`` says by which rule from which areas. Of all
    changed areas where the query names none.
    """
    if query.kinds and FigureKind.ACTUAL not in query.kinds:
        return
    places = query.areas or sorted({pair.new for pair in areas.changes})
    for area in places:
        if areas.changes.made(area):
            yield from _of_area(engine, catalogue, areas, replace(query, areas=[area]), language)


def _of_area(
    engine: Engine, catalogue: Catalogue, areas: Areas, query: Query, language: str
) -> Iterator[dict[str, object]]:
    (area,) = query.areas
    past = areas.with_past([area])
    below = [child.code for code in past for child in areas.children(code)]
    asked = replace(
        query,
        areas=list(dict.fromkeys([*past, *below])),
        indicators=sorted(inputs(catalogue, query.indicators)) if query.indicators else (),
        first=None,
        last=None,
        kinds=(),
    )
    figures = read_figures(engine, asked)
    points = Points(catalogue, areas, figures, areas.boundaries_of(area, None))
    names = query.indicators or sorted({figure.indicator for figure in figures})
    for name in names:
        for period in filter(partial(_is_asked, query), points.periods(name, area)):
            point = points.point(name, area, period)
            if point is not None and point.value is not None and point.restated:
                yield _row(catalogue, areas, (name, area, period), point, language)


def _is_asked(query: Query, period: Period) -> bool:
    """Whether a period lies between the first and the last that are asked for."""
    return not (query.first and period < query.first) and not (query.last and period > query.last)


def _row(
    catalogue: Catalogue,
    areas: Areas,
    key: tuple[str, str, Period],
    point: Point,
    language: str,
) -> dict[str, object]:
    name, area, period = key
    indicator = catalogue.indicators[name]
    grades = [str(grade) for grade in Grade if grade in point.grades]
    notes = restated_notes([point], areas, language)
    sentence = word(f"status_restated_{rule_of(point.restated)}", language)
    return {
        "indicator": name,
        "indicator_name": indicator.name[language],
        "area": area,
        "area_name": areas.name_of(area, language),
        "period": str(period),
        "kind": str(FigureKind.ACTUAL),
        "value": point.value,
        "unit": indicator.unit.name[language],
        "status": STATUSES[rule_of(point.restated)],
        "grade": grades[-1] if grades else "",
        "submission": "",
        "source": " ".join([sentence, *notes]),
        "since": "",
        "qualifier": "",
        "marks": listed_marks(point),
    }
