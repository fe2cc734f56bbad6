"""What docs/performance.md reports, with one command: `make bench`, `python -m benchmarks`.

``python -m benchmarks [HOME] [SIZES]`` copies the store of a home folder with the samples (the
environment's by default) and grows each copy to so many figures of other places (100000,2000000)
and 2,000 submissions. Pages are opened on all copies in turn, round by round; medians are printed
with the fastest and the slowest round. Nothing is written outside a temporary folder.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import brotli

from app import CivilAffairs, create_app
from benchmarks.clicks import copy_home
from benchmarks.counting import counted
from benchmarks.drawn import drawn_lines
from benchmarks.growth import grow
from dashboard.base.concurrency_limit import Turns
from dashboard.base.settings import read_settings
from dashboard.services.front_desk import FrontDesk
from dashboard.store.observations import read_figures
from dashboard.store.opening import open_store
from dashboard.store.query import Query
from dashboard.web.busy import SECONDS, WAITING, TakingTurns
from dashboard.web.kept_answers import KeptAnswers

SIZES, SUBMISSIONS, ROUNDS = "100000,2000000", 2_000, 3
AREA = "990101"
PAGES = (
    "/",
    "/topic/assistance",
    "/topic/marriage",
    "/street/990101001",
    "/targets",
    "/indicators",
    "/completeness",
    "/submissions",
    "/scorecards",
)


class Opened(NamedTuple):
    """One opening of a page: processor time in milliseconds, statements and rows of the store."""

    milliseconds: float
    statements: int
    rows: int


def grown(folder: Path, figures: int) -> FrontDesk:
    """The services over a copy of the environment's store, grown by so many figures."""
    home = folder / str(figures)
    home.mkdir()
    copy_home(home)
    engine = open_store(f"sqlite:///{home / 'dashboard.sqlite'}")
    grow(engine, figures, SUBMISSIONS)
    engine.dispose()
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(home)}))


def use(app: CivilAffairs, desk: FrontDesk) -> None:
    """Let the app answer from these services."""
    app.desk = desk
    app.server.extensions["dashboard"] = desk
    server: Any = app.server
    server.answers = KeptAnswers(desk.kept, desk, TakingTurns(Turns(4, WAITING, SECONDS)))
    desk.cache.init_app(app.server, config={"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 2000})


def opening(app: CivilAffairs, desk: FrontDesk, path: str) -> Opened:
    """What one document of a page takes, compressed, with whatever is in the cache."""
    client = app.server.test_client()
    with counted(desk.context.engine) as work:
        start = time.process_time()
        client.get(f"{path}?area={AREA}", headers={"Accept-Encoding": "br"})
        spent = (time.process_time() - start) * 1000
    return Opened(spent, work.statements, work.rows)


def spread(values: list[float]) -> str:
    """The median, and the fastest and the slowest."""
    return f"{median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def rows_of_pages(app: CivilAffairs, desks: dict[int, FrontDesk]) -> Iterator[str]:
    """A line of the table for each page: every size cold, and warm."""
    runs: dict[tuple[str, int, bool], list[Opened]] = {}
    for _ in range(ROUNDS):
        for path in PAGES:
            for size, desk in desks.items():
                use(app, desk)
                desk.cache.clear()
                desk.kept.clear()
                for warm in (False, True):
                    runs.setdefault((path, size, warm), []).append(opening(app, desk, path))
    for path in PAGES:
        cells = [f"`{path}`"]
        for size in desks:
            cold, warm = runs[path, size, False], runs[path, size, True]
            cells.append(spread([one.milliseconds for one in cold]))
            cells.append(f"{cold[-1].statements} / {cold[-1].rows}")
            cells.append(spread([one.milliseconds for one in warm]))
        yield f"| {' | '.join(cells)} |"


def least(app: CivilAffairs, desk: FrontDesk) -> str:
    """What reading a topic's figures, writing them as JSON and compressing them takes alone."""
    names = desk.selections.indicators_of_topic(AREA, "assistance")
    query = Query(names, desk.selections.with_below(AREA))
    taken: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        figures = read_figures(desk.context.engine, query)
        text = json.dumps([[one.indicator, one.area, one.value] for one in figures])
        brotli.compress(text.encode(), quality=4)
        taken.append((time.process_time() - start) * 1000)
    return f"all {len(figures)} figures of a topic read, as JSON, compressed: {spread(taken)} ms"


def printed(lines: Callable[[], Iterator[str]]) -> None:
    """Print lines as they come."""
    for line in lines():
        print(line, flush=True)


def main(arguments: list[str]) -> int:
    """Print the tables."""
    if arguments:
        os.environ["DASHBOARD_HOME"] = arguments[0]
    sizes = [int(one) for one in (arguments[1] if len(arguments) > 1 else SIZES).split(",")]
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python", end=" ")
    print(f"{platform.python_version()}, load {os.getloadavg()[0]:.1f}; {ROUNDS} rounds")
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-"))
    try:
        desks: dict[int, FrontDesk] = {size: grown(folder, size) for size in sizes}
        made: Any = create_app(desks[sizes[0]].settings)
        app: CivilAffairs = made
        app.server.test_client().get("/help")
        head = [f"{size:,}: cold ms | statements / rows | warm ms" for size in sizes]
        print(f"| page | {' | '.join(head)} |\n|{'---|' * (3 * len(sizes) + 1)}")
        printed(lambda: rows_of_pages(app, desks))
        print(least(app, desks[sizes[0]]))
        use(app, desks[sizes[0]])
        printed(lambda: drawn_lines(app.server, f"/topic/marriage?area={AREA}", ROUNDS))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
