"""Says how new the figures of an area are, how far to trust them, and who has not reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from dashboard.analysis.point import inputs
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Figure, FigureKind, FigureStatus, Grade
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.services.filters import moment_of
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.submissions import read_sources

_SHOWN = (FigureKind.ACTUAL, FigureKind.STANDARD)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the figures of an area are, how far to trust them, and who has not reported."""

    latest: Period | None
    received: date | None
    grades: tuple[str, ...]
    is_demo: bool
    not_reported: tuple[tuple[Area, int], ...]
    reported: int  # of the areas directly below, those with a figure in the period
    below: int
    version: int = 0


def freshness_of(
    selection: Selection,
    areas: Areas,
    figures: Sequence[Figure],
    received: Mapping[int, date],
    absent: Collection[str],
) -> Freshness:
    """What the selected period holds for the area and those below it.

    ``figures`` are those of the period there, ``received`` the days on which their submissions
    came. ``absent`` are those of which the board of who has handed in says that nothing has come.
    A street that says of single figures that they are not reported is named beside them.
    """
    below = areas.children(selection.area, selection.period)
    reported = {figure.area for figure in figures if figure.value is not None}
    present = {figure.grade for figure in figures}
    days = (received[figure.submission] for figure in figures if figure.submission in received)
    return Freshness(
        latest=max((figure.period for figure in figures), default=None),
        received=max(days, default=None),
        grades=tuple(str(grade) for grade in Grade if grade in present),
        is_demo=Grade.DEMO in present,
        not_reported=_missing(figures, below, absent),
        reported=sum(area.code in reported for area in below),
        below=len(below),
    )


def read_shown(
    engine: Engine,
    catalogue: Catalogue,
    areas: Areas,
    headline: Sequence[str],
    selections: Sequence[Selection],
) -> tuple[list[list[Figure]], dict[int, date]]:
    """The headline figures of several areas in one period, each with those below it.

    They are read together, with the days on which their submissions came.
    """
    families = [
        [selection.area, *(area.code for area in areas.children(selection.area, selection.period))]
        for selection in selections
    ]
    codes = list(dict.fromkeys(chain.from_iterable(families)))
    figures = _shown(engine, sorted(inputs(catalogue, headline)), codes, selections[0])
    rows = read_sources(engine, {figure.submission for figure in figures})
    of_area: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        of_area[figure.area].append(figure)
    each = [[figure for code in family for figure in of_area[code]] for family in families]
    return each, {number: row.received.date() for number, row in rows.items()}


def _shown(
    engine: Engine, indicators: Sequence[str], codes: Sequence[str], selection: Selection
) -> list[Figure]:
    """The figures of the selected period; none without one."""
    if selection.period is None:
        return []
    query = Query(
        indicators=indicators,
        kinds=_SHOWN,
        periods=[selection.period],
        areas=codes,
        as_of=moment_of(selection.as_known),
    )
    return read_figures(engine, query)


def _missing(
    figures: Sequence[Figure], below: Sequence[Area], absent: Collection[str]
) -> tuple[tuple[Area, int], ...]:
    """The areas of which something is missing, with how many figures they say are."""
    stated = Counter(
        figure.area for figure in figures if figure.status == FigureStatus.NOT_REPORTED
    )
    missing = (area for area in below if area.code in stated or area.code in absent)
    return tuple((area, stated[area.code]) for area in missing)
