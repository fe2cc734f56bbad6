"""What a page asks of the store follows from what it shows, not from what is stored."""

import sqlite3
from contextlib import closing
from typing import NamedTuple

import pytest
from dash import page_registry
from flask import Flask

from benchmarks.counting import Work, counted
from benchmarks.growth import grow
from dashboard.base.settings import ROOT, read_settings
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import open_store

pytestmark = pytest.mark.slow

SMALL, LARGE = (58_000, 400), (290_000, 2_000)  # figures of other places, and submissions


class Most(NamedTuple):
    """The most statements of a page: with nothing made yet, and with everything made."""

    cold: int
    warm: int


MOST = {  # one statement of each page reads how its figures are marked
    "/": Most(28, 3),
    "/topic/marriage": Most(31, 3),
    "/street/990101001": Most(26, 3),
    "/targets": Most(18, 3),
    # each line has its figure and its target's standing: the targets, those that reports state and
    # the figures they are judged by are five statements for all lines
    "/indicators": Most(23, 3),
    "/indicators/marriages": Most(30, 6),
    "/completeness": Most(20, 6),
    "/submissions": Most(20, 10),
    "/scorecards": Most(15, 3),
    "/meeting": Most(15, 3),
    "/report": Most(45, 4),
}
NAMES = {"topic": "topic", "street": "street", "indicators": "indicator"}


@pytest.fixture(scope="module")
def works(app, samples, tmp_path_factory):
    """The work of each page, cold and warm, on a store and on one five times as large."""
    return [
        {path: _work(home, path) for path in MOST}
        for home in (
            _grown(samples, tmp_path_factory.mktemp("grown"), *by) for by in (SMALL, LARGE)
        )
    ]


def _grown(samples, home, figures, submissions):
    with (
        closing(sqlite3.connect(samples / "dashboard.sqlite")) as old,
        closing(sqlite3.connect(home / "dashboard.sqlite")) as new,
    ):
        old.backup(new)
    engine = open_store(f"sqlite:///{home / 'dashboard.sqlite'}")
    grow(engine, figures, submissions)
    engine.dispose()
    return home


def _work(home, path) -> tuple[Work, Work]:
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(home)}))
    server = Flask(__name__, root_path=str(ROOT))
    server.extensions["dashboard"] = desk
    desk.cache.init_app(server, config={"CACHE_TYPE": "SimpleCache"})
    first, _, name = path[1:].partition("/")
    page = page_registry[f"pages.{_page(first, name)}"]
    names = {NAMES[first]: name} if name else {}
    works = []
    with server.test_request_context(path):
        for _ in range(2):
            with counted(desk.context.engine) as work:
                desk.context.look_up()
                page["layout"](area="990101", **names)
                desk.context.forget_version()
            works.append(work)
    desk.context.engine.dispose()
    return tuple(works)


def _page(first, name):
    if name:
        return NAMES[first]
    return {"": "overview", "meeting": "meetings"}.get(first, first)


@pytest.mark.parametrize("path", MOST)
def test_statements_and_rows_do_not_grow_with_the_store(works, path):
    (small, small_warm), (large, large_warm) = (work[path] for work in works)
    assert large.statements == small.statements
    assert large_warm.statements == small_warm.statements
    # the control lists every area that has figures: three rows an area, and a list of indicators
    # that counts them reads one for each area
    assert large.rows <= small.rows + 400
    assert large.steps <= small.steps * 1.3 + 200


@pytest.mark.parametrize("path", MOST)
def test_a_page_asks_few_statements(works, path):
    for cold, warm in (work[path] for work in works):
        assert cold.statements <= MOST[path].cold, cold.texts
        assert warm.statements <= MOST[path].warm, warm.texts
