"""Makes a store larger with figures of other places, so that what the pages show stays the same.

Everything is inserted directly, with fixed values: a run gives the same store every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice, product

from benchmarks.rows import current, stated
from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period
from dashboard.store.area_rows import keep_areas
from dashboard.store.bulk_insert import Row, insert_rows
from dashboard.store.observations import indicators_with_figures
from dashboard.store.opening import Connection, Engine
from dashboard.store.record import insert_submission
from dashboard.store.roll_ups import count_figures
from dashboard.store.tables import observation, reported, revision
from dashboard.store.transaction import writing

MONTHS = [Period(year, month).key for year in range(2016, 2026) for month in range(1, 13)]
INDICATORS = 40
STREETS = 12  # of a district
BATCH = 60_000
WIDE = 4  # submissions that hold a half of all figures, and some of the place that is shown
SHOWN_STREET, SHOWN_PERIOD = "990101001", 201412


def grow(engine: Engine, figures: int, submissions: int) -> None:
    """Add about so many figures and exactly so many submissions, of streets that nobody looks at.

    Half of the figures came with WIDE submissions, which also state a figure of a sample street, in
    a period of its own; the others with one submission a district and month, in turn.
    """
    indicators = sorted(indicators_with_figures(engine))[:INDICATORS]
    count = max(1, round(figures / (len(indicators) * len(MONTHS) * STREETS)))
    districts = [f"98{number // 100 + 1:02d}{number % 100 + 1:02d}" for number in range(count)]
    with writing(engine) as connection:
        keep_areas(connection, _areas(districts))
        numbers = _submissions(connection, districts, submissions)
        _figures(connection, indicators, districts, numbers)
        _shown(connection, indicators[0], numbers[:WIDE])
        count_figures(connection)


def _areas(districts: Sequence[str]) -> list[Area]:
    areas = []
    for code in districts:
        areas.append(Area(code, Text(f"远区{code}", f"Far district {code}"), Level.DISTRICT))
        for street in _streets(code):
            name = Text(f"远街{street}", f"Far street {street}")
            areas.append(Area(street, name, Level.STREET, parent=code))
    return areas


def _streets(district: str) -> list[str]:
    return [f"{district}{number:03d}" for number in range(1, STREETS + 1)]


def _submissions(connection: Connection, districts: Sequence[str], count: int) -> list[int]:
    """The numbers of new submissions, the wide ones first."""
    rows = [
        {
            "file": f"{number}.xlsx",
            "sheet": "1",
            "form": "tidy" if number < WIDE else "JZH01",
            "title": "",
            "area": districts[number % len(districts)],
            "period": None if number < WIDE else MONTHS[number % len(MONTHS)],
            "grade": "demo",
            "received": datetime(2026, 1, 5, tzinfo=UTC),
            "submitted_by": "",
            "note": "",
            "is_sample": True,
            "figures": 1,
            "findings": 0,
        }
        for number in range(count)
    ]
    return [insert_submission(connection, row) for row in rows]


def _figures(
    connection: Connection,
    indicators: Sequence[str],
    districts: Sequence[str],
    numbers: Sequence[int],
) -> None:
    counts: dict[tuple[str, int, int], int] = {}
    figures = _keys(indicators, districts, numbers)
    while batch := list(islice(figures, BATCH)):
        revisions: list[Row] = []
        observations: list[Row] = []
        for sequence, (indicator, area, period, number, value) in enumerate(batch):
            key = (indicator, area, period, "actual")
            revisions.append(stated(key, number, sequence, value))
            observations.append(current(key, number, value))
            counts[area, number, period] = counts.get((area, number, period), 0) + 1
        insert_rows(connection, revision, revisions)
        insert_rows(connection, observation, observations)
    insert_rows(connection, reported, [(*key, n, n) for key, n in sorted(counts.items())])


def _keys(
    indicators: Sequence[str], districts: Sequence[str], numbers: Sequence[int]
) -> Iterator[tuple[str, str, int, int, float]]:
    for at, indicator in enumerate(indicators):
        for (place, district), (month, period) in product(enumerate(districts), enumerate(MONTHS)):
            turn = place * len(MONTHS) + month
            number = numbers[turn % WIDE if at % 2 else WIDE + turn % (len(numbers) - WIDE)]
            for street in _streets(district):
                yield indicator, street, period, number, float(turn % 97 + at + 7)


def _shown(connection: Connection, indicator: str, numbers: Sequence[int]) -> None:
    key = (indicator, SHOWN_STREET, SHOWN_PERIOD, "actual")
    last = BATCH + 1
    insert_rows(connection, revision, [stated(key, number, last, 7.0) for number in numbers])
    insert_rows(connection, observation, [current(key, numbers[-1], 7.0)])
    insert_rows(
        connection, reported, [(SHOWN_STREET, number, SHOWN_PERIOD, 1, 1) for number in numbers]
    )
