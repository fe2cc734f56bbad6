"""How long pages take for a city of 65 streets and for a province of 1,800, in one store.

Run ``python -m benchmarks.places``: milliseconds of processor time with nothing made and again, KiB
compressed, statements and rows. Everything is inserted directly, with fixed values.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain, islice, product
from pathlib import Path

from app import CivilAffairs, create_app
from benchmarks.counting import counted
from benchmarks.rows import current, stated
from dashboard.base.language import Text
from dashboard.base.settings import read_settings
from dashboard.catalogue.catalogue import Catalogue, read_catalogue
from dashboard.catalogue.concepts import Aggregation, Area, Grade, Level, SubmissionHead
from dashboard.catalogue.periods import Period
from dashboard.store.area_rows import keep_areas
from dashboard.store.bulk_insert import insert_rows
from dashboard.store.opening import open_store
from dashboard.store.record import NewSubmission, record
from dashboard.store.roll_ups import count_figures
from dashboard.store.tables import observation, revision
from dashboard.store.transaction import writing

TOPICS = ("assistance", "marriage", "elderly")
MONTHS = [Period(2024, 12), *(Period(2025, month) for month in range(1, 13))]
PROVINCE, CITY = "980000", "970100"
BATCH = 60_000
PAGES = (
    "/?area={0}",
    "/topic/marriage?area={0}",
    "/topic/assistance?area={0}",
    "/completeness?area={0}",
    "/compare?area={0}",
    "/export/marriage/registrations.csv?area={0}",
)


def areas() -> list[Area]:
    """A province of 10 cities, 150 districts and 1,800 streets; a city of 65 streets."""
    made = [_area(PROVINCE, Level.PROVINCE, ""), _area(CITY, Level.CITY, "")]
    for city in range(1, 11):
        code = f"98{city:02d}00"
        made.append(_area(code, Level.CITY, PROVINCE))
        for district in range(1, 16):
            made += _district(f"98{city:02d}{district:02d}", code)
    return [*made, *(_area(f"970100{n:03d}", Level.STREET, CITY) for n in range(1, 66))]


def _district(code: str, parent: str) -> list[Area]:
    below = [_area(f"{code}{n:03d}", Level.STREET, code) for n in range(1, 13)]
    return [_area(code, Level.DISTRICT, parent), *below]


def _area(code: str, level: Level, parent: str) -> Area:
    return Area(code, Text(f"地区{code}", f"Area {code}"), level, parent)


def indicators(catalogue: Catalogue) -> list[str]:
    """The first of three topics that can be added."""
    added = [one for one in catalogue.indicators.values() if one.aggregation is Aggregation.SUM]
    by_topic = ([one.id for one in added if one.topic == topic][:20] for topic in TOPICS)
    return list(chain.from_iterable(by_topic))


def fill(home: Path) -> int:
    """Make the store in a home folder; returns how many figures it holds."""
    engine = open_store(f"sqlite:///{home / 'dashboard.sqlite'}")
    places, names = areas(), indicators(read_catalogue())
    # Totals are made of the areas directly below: each level above the streets' has its own report.
    stating = [area.code for area in places if area.code not in (PROVINCE, CITY)]
    with writing(engine) as connection:
        keep_areas(connection, places)
    numbers = {}
    for month in MONTHS:
        head = SubmissionHead(f"{month}.csv", "1", "tidy", PROVINCE, month, Grade.OFFICIAL)
        when = datetime(month.year, month.month, 28, tzinfo=UTC)
        numbers[month] = record(engine, [NewSubmission(head, ())], when)[0]
    keys = product(names, stating, enumerate(MONTHS))
    with writing(engine) as connection:
        while batch := list(islice(keys, BATCH)):
            figures = [
                ((name, area, month.key, "actual"), numbers[month], float(at * 3 + 7))
                for name, area, (at, month) in batch
            ]
            insert_rows(
                connection,
                revision,
                [stated(key, number, at, value) for at, (key, number, value) in enumerate(figures)],
            )
            insert_rows(connection, observation, [current(*figure) for figure in figures])
        count_figures(connection)
    engine.dispose()
    return len(names) * len(stating) * len(MONTHS)


def lines(app: CivilAffairs, area: str) -> Iterator[str]:
    """A line of the table for each page of an area."""
    client, desk = app.server.test_client(), app.desk
    for page in PAGES:
        took = []
        with counted(desk.context.engine) as work:
            for _ in range(2):
                start = time.process_time()
                answer = client.get(page.format(area), headers={"Accept-Encoding": "br"})
                took.append((time.process_time() - start) * 1000)
        size = len(answer.get_data()) / 1024
        cells = (page.format(area), f"{took[0]:,.0f}", f"{took[1]:,.0f}", f"{size:,.0f}")
        yield f"| `{cells[0]}` | {' | '.join(cells[1:])} | {work.statements} | {work.rows:,} |"


def main() -> None:
    """Print the table."""
    print(f"{date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        count = fill(Path(folder))
        size = (Path(folder) / "dashboard.sqlite").stat().st_size
        print(f"{count:,} figures, {size / count:.0f} bytes each", flush=True)
        app = create_app(read_settings({"DASHBOARD_HOME": folder}))
        app.server.test_client().get("/help")
        print(
            "| page | first, ms | again, ms | KiB | statements | rows |\n|---|---|---|---|---|---|"
        )
        for area in (CITY, PROVINCE):
            for line in lines(app, area):
                print(line, flush=True)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
