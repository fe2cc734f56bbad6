"""Lists observations: what there is, where, and from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from dashboard.analysis.figure_marks import listed_marks
from dashboard.analysis.point import Point
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.disclosure.row_guard import PLACE
from dashboard.services.figures.computed_rates import rates, row_of
from dashboard.services.figures.open_findings import Row, with_open_findings
from dashboard.services.figures.restatements import restatements
from dashboard.services.filters import (
    ALL,
    Filters,
    months_of,
    one_area,
    one_indicator,
    query_of,
)
from dashboard.store import observations as stored
from dashboard.store.current import further_values
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.versions import Version, read_versions

PART = 1_000  # figures that are read at once


def observations(
    engine: Engine, catalogue: Catalogue, areas: Areas, filters: Filters
) -> Iterator[dict[str, object]]:
    """Figures as rows for CSV and JSON, in base units; raises UnknownName for a filter's word.

    Every row names the submission it came with and where it was published. Of a rate that is asked
    for by name and area, what follows from its counts is listed too, without a submission. PLACE is
    the source without the words in which the value was stated, and no column of a list.
    """
    query = query_of(catalogue, areas, filters)
    yield from derived(engine, catalogue, areas, filters)
    rows = stated(engine, catalogue, areas, query, filters)
    if filters.versions == ALL or filters.grades:
        yield from rows
        return
    for part in batched(rows, PART):
        yield from with_open_findings(engine, catalogue, areas, part, query.as_of)


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in parts of at most ``size``."""
    source = iter(rows)
    while part := list(islice(source, size)):
        yield part


def derived(
    engine: Engine, catalogue: Catalogue, areas: Areas, filters: Filters
) -> Iterator[dict[str, object]]:
    """The rates and the restated figures that belong to a list; raises UnknownName."""
    query = query_of(catalogue, areas, filters)
    if filters.versions != ALL and not filters.as_of:
        for rate in rates(engine, catalogue, areas, query):
            yield row_of(rate, catalogue, areas, filters.language)
    if filters.restated:
        yield from restatements(engine, catalogue, areas, query, filters.language)


def stated(
    engine: Engine, catalogue: Catalogue, areas: Areas, query: Query, filters: Filters
) -> Iterator[dict[str, object]]:
    """The figures of a query as submissions stated them."""
    revisions = stored.read_revisions(engine, query)
    for row in revisions if filters.versions == ALL else current(revisions, query.as_of):
        indicator = catalogue.indicators.get(row.indicator)
        yield {
            "indicator": row.indicator,
            "indicator_name": indicator.name[filters.language] if indicator else row.indicator,
            "area": row.area,
            "area_name": areas.name_of(row.area, filters.language),
            "period": str(row.period),
            "kind": row.kind,
            "value": row.value,
            "basis": str(indicator.accumulation) if indicator else "",
            "unit": indicator.unit.name[filters.language] if indicator else "",
            "status": row.status or FigureStatus.FINAL,
            "grade": row.grade,
            "submission": row.submission,
            "source": source_text(row),
            "since": str(row.since) if row.since else "",  # of a span: its first month
            "qualifier": row.qualifier,
            "marks": listed_marks(_stated_point(row)),
            PLACE: source_place(row),
        }


def _stated_point(row: stored.Revision) -> Point:
    """A stored figure as the point of its marks."""
    return Point(row.value, row.status, grades=frozenset({row.grade}), qualifier=row.qualifier)


def figures_of(
    engine: Engine,
    indicators: Sequence[str],
    area: str,
    last: Period,
    as_of: datetime | None = None,
) -> list[stored.Revision]:
    """The current figures of one area up to ``last``, each with the words it was stated in."""
    query = Query(indicators=indicators, areas=[area], last=last, as_of=as_of)
    return current(stored.read_revisions(engine, query), as_of)


def current(
    revisions: Iterable[stored.Revision], as_of: datetime | None = None
) -> list[stored.Revision]:
    """One row a figure: what its latest submission states, disputed where it states two values.

    What was withdrawn counts no more; of ``as_of``, what was withdrawn by then.
    """
    latest: dict[tuple[str, str, Period, str], list[stored.Revision]] = {}
    for row in revisions:
        if row.withdrawn is not None and (as_of is None or row.withdrawn <= as_of):
            continue
        statements = latest.setdefault((row.indicator, row.area, row.period, row.kind), [])
        if statements and statements[0].submission != row.submission:
            if statements[0].submission > row.submission:
                continue
            statements.clear()
        statements.append(row)
    return [_standing(statements) for _, statements in sorted(latest.items())]


def _standing(statements: Sequence[stored.Revision]) -> stored.Revision:
    """What stands of one submission's statements of a figure: the first value, perhaps disputed."""
    first = next((row for row in statements if row.value is not None), statements[0])
    if further_values(row.value for row in statements if row.value is not None):
        return first._replace(status=FigureStatus.DISPUTED)
    return first


def history(
    engine: Engine, catalogue: Catalogue, areas: Areas, indicator: str, area: str, period: str
) -> list[Version]:
    """Every version of one figure, oldest first, each with its submission, file and cell.

    Takes an indicator's id, code or name, an area's code or name, and a period; raises UnknownName.
    """
    _, last = months_of(period)
    chosen = one_indicator(catalogue, indicator).id
    return read_versions(engine, chosen, one_area(areas, area).code, last)


def source_place(row: stored.Revision) -> str:
    """Where a figure was published: the title, else file, sheet and cell."""
    cell = f"{row.column}{row.row}" if row.column and row.row else ""
    return row.title or " ".join(part for part in (row.file, row.sheet, cell) if part)


def source_text(row: stored.Revision) -> str:
    """Where a figure came from: the place with the words it was stated in."""
    qualifier = f"（{row.qualifier}）" if row.qualifier and row.qualifier not in row.phrase else ""
    parts = [source_place(row), f"“{row.phrase}”" if row.phrase else "", qualifier]
    return " · ".join(part for part in parts if part)
