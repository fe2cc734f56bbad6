"""How long the store takes with many figures in it: medians in milliseconds.

Run ``python -m benchmarks.store [figures]``; the default is 1.7 million current figures. With an
address of an empty PostgreSQL database in DASHBOARD_TEST_POSTGRES it measures that instead.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.rows import current, stated
from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, Grade, Level, Observation, Source, SubmissionHead
from dashboard.catalogue.periods import Period
from dashboard.store import observations
from dashboard.store.area_rows import keep_areas
from dashboard.store.bulk_insert import insert_rows
from dashboard.store.data_version import data_version
from dashboard.store.opening import Engine, open_store
from dashboard.store.query import Query
from dashboard.store.record import NewSubmission, record, remove_samples
from dashboard.store.roll_ups import count_figures
from dashboard.store.tables import observation, revision
from dashboard.store.transaction import writing

INDICATORS = [f"indicator_{n:02d}" for n in range(60)]
PERIODS = [Period(year, month) for year in range(2015, 2025) for month in range(1, 13)]
BATCH = 50_000


def area_codes(count: int) -> list[str]:
    """Street codes, twelve to a district."""
    return [f"{370100 + n // 12:06d}{n % 12 + 1:03d}" for n in range(count)]


def fill(engine: Engine, areas: list[str]) -> None:
    """One submission a month, every indicator of every area, straight into the tables."""
    numbers = []
    for period in PERIODS:
        head = SubmissionHead(
            f"{period}.xlsx", "1", "JBZH0001", areas[0][:6], period, Grade.OFFICIAL
        )
        received = datetime(period.year, period.month, 28, tzinfo=UTC)
        numbers += record(engine, [NewSubmission(head, ())], received)
    keys = product(INDICATORS, areas, enumerate(PERIODS))
    with writing(engine) as connection:
        while batch := list(islice(keys, BATCH)):
            figures = [
                ((indicator, area, period.key, "actual"), numbers[at], float(at * 7 + 7))
                for indicator, area, (at, period) in batch
            ]
            insert_rows(connection, observation, [current(*figure) for figure in figures])
            insert_rows(
                connection,
                revision,
                [
                    stated(key, number, sequence, value)
                    for sequence, (key, number, value) in enumerate(figures)
                ],
            )
        count_figures(connection)


def timed(call: Callable[[], object], times: int = 7) -> float:
    """The median of several calls in milliseconds; the first one warms up."""
    spans = []
    for _ in range(times + 1):
        start = perf_counter()
        call()
        spans.append((perf_counter() - start) * 1000)
    return median(spans[1:])


def reads(engine: Engine, areas: list[str]) -> Iterator[tuple[str, float]]:
    """Each question of the pages and its time."""
    street, district = areas[:1], areas[:12]
    many = [*areas, *(f"9{n:08d}" for n in range(50_000 - len(areas)))]
    latest = [PERIODS[-1]]
    chart = Query(INDICATORS[:1], district, PERIODS[0], PERIODS[-1])
    figures = observations.read_figures
    asked: dict[str, Callable[[], object]] = {
        "1 indicator × 12 areas × 10 years": lambda: figures(engine, chart),
        "the same within grades": lambda: figures(
            engine, Query(INDICATORS[:1], district, PERIODS[0], PERIODS[-1], grades=["official"])
        ),
        "the same, every revision": lambda: observations.read_revisions(engine, chart),
        "60 indicators × 1 area × 1 period": lambda: figures(
            engine, Query(INDICATORS, street, periods=latest)
        ),
        "60 indicators × 12 areas × 2 years": lambda: figures(
            engine, Query(INDICATORS, district, PERIODS[-24], PERIODS[-1])
        ),
        "1 indicator × every area × 1 period": lambda: figures(
            engine, Query(INDICATORS[:1], periods=latest)
        ),
        "1 indicator × 50,000 areas × 1 period": lambda: figures(
            engine, Query(INDICATORS[:1], many, periods=latest)
        ),
        "60 indicators × 50,000 areas × 1 period": lambda: figures(
            engine, Query(INDICATORS, many, periods=latest)
        ),
        "periods_of 1 area": lambda: observations.periods_of(engine, street),
        "periods_of 12 areas": lambda: observations.periods_of(engine, district),
        "periods_of 12 areas, 5 indicators": lambda: observations.periods_of(
            engine, district, INDICATORS[:5]
        ),
        "coverage": lambda: observations.coverage(engine, INDICATORS[30]),
        "areas_with_figures": lambda: observations.areas_with_figures(engine),
        "areas_with_figures, 1 indicator": lambda: observations.areas_with_figures(
            engine, INDICATORS[:1]
        ),
        "indicators_with_figures": lambda: observations.indicators_with_figures(engine),
        "data_version": lambda: data_version(engine),
    }
    for name, call in asked.items():
        yield name, timed(call)


def large_arrival(areas: list[str], value: float, is_sample: bool) -> NewSubmission:
    """70,000 figures of one submission."""
    keys = islice(product(areas, PERIODS[::-1], INDICATORS), 70_000)
    head = SubmissionHead(
        "全年.xlsx", "1", "JZH01", "370100", None, Grade.OFFICIAL, is_sample=is_sample
    )
    return NewSubmission(
        head,
        [
            Observation(indicator, area, period, value, source=Source("1", row, "D"))
            for row, (area, period, indicator) in enumerate(keys)
        ],
    )


def writes(engine: Engine, areas: list[str]) -> Iterator[tuple[str, float]]:
    """Loading, what readers feel of it, and taking samples out again."""
    now = datetime.now(UTC)
    spans: list[float] = []
    done = threading.Event()
    chart = Query(INDICATORS[:1], areas[-12:], PERIODS[0], PERIODS[-1])

    def keep_reading() -> None:
        while not done.wait(0.01):
            start = perf_counter()
            observations.read_figures(engine, chart)
            spans.append((perf_counter() - start) * 1000)

    def load(is_sample: bool) -> float:
        arrivals = [large_arrival(areas, 5.0, is_sample)]
        start = perf_counter()
        record(engine, arrivals, now)
        return (perf_counter() - start) * 1000

    yield "record 70,000 figures that supersede", median(load(False) for _ in range(3))
    reader = threading.Thread(target=keep_reading)
    reader.start()
    yield "record 70,000 samples while one reads", load(True)
    done.set()
    reader.join()
    yield "  the reader's 95th percentile (one process)", quantiles(spans, n=20)[-1]
    start = perf_counter()
    remove_samples(engine)
    yield "remove_samples, 70,000 figures", (perf_counter() - start) * 1000
    national = [Area(code, Text(code), Level.STREET) for code in area_codes(45_000)]

    def keep_all() -> None:
        with writing(engine) as connection:
            keep_areas(connection, national)

    yield "keep_areas, 45,000", timed(keep_all, 3)


def measure(address: str, figures: int) -> Iterator[str]:
    """Fill a new store and say line by line how long everything takes."""
    start = perf_counter()
    engine = open_store(address)
    yield f"{'open a new store':44}{(perf_counter() - start) * 1000:10.2f}"
    areas = area_codes(max(12, figures // (len(INDICATORS) * len(PERIODS))))
    start = perf_counter()
    fill(engine, areas)
    size = len(areas) * len(INDICATORS) * len(PERIODS)
    yield f"filled with {size:,} figures in {perf_counter() - start:.0f} s"
    yield f"{'bytes a figure, with one revision each':44}{_bytes(engine) / size:10.0f}"
    for name, milliseconds in (*reads(engine, areas), *writes(engine, areas)):
        yield f"{name:44}{milliseconds:10.2f}"
    engine.dispose()


def _bytes(engine: Engine) -> int:
    """What the database takes on disk."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            size = connection.exec_driver_sql("SELECT pg_database_size(current_database())")
            return int(size.scalar_one())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(str(engine.url.database)).stat().st_size


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_700_000
    with tempfile.TemporaryDirectory() as folder:
        own = f"sqlite:///{(Path(folder) / 'store.sqlite').as_posix()}"
        for line in measure(os.environ.get("DASHBOARD_TEST_POSTGRES") or own, wanted):
            print(line, flush=True)
