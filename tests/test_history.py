"""From a figure to its cell: every version, where it stood, and what took its place."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.base.settings import read_settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.concepts import FigureKind, Source
from dashboard.services.figures.observations import history
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.store.record import record
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw
from dashboard.web.api import blueprint
from dashboard.web.parameters import refuse_odd

pytestmark = pytest.mark.slow

CELL = Source("汇总", 7, "D")


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


@pytest.fixture
def versions(store, catalogue):
    """The versions of a figure of 文昌街道."""
    areas: Areas = all_areas(catalogue, [])

    def read(indicator="marriages", area="370113001", period="2024-09"):
        return history(store, catalogue, areas, indicator, area, period)

    return read


def hand_in(store, *figures, **head):
    return record(store, [arrival(*figures, **head)], WHEN)[0]


def test_each_version_names_its_submission_file_sheet_and_cell(store, versions):
    number = hand_in(store, stated(5.0, source=CELL), submitted_by="李", grade="report")
    (version,) = versions()
    assert (version.value, version.submission, version.file) == (5.0, number, "2024年9月.xlsx")
    assert (version.sheet, version.column, version.row) == ("汇总", "D", 7)
    assert (version.received, version.submitted_by, version.grade) == (WHEN, "李", "report")
    assert (version.superseded_by, version.withdrawn) == (None, None)


def test_each_version_names_the_one_that_took_its_place(store, versions):
    first, second, third = (hand_in(store, stated(value)) for value in (1.0, 2.0, 3.0))
    assert [(v.value, v.superseded_by) for v in versions()] == [
        (1.0, second),
        (2.0, third),
        (3.0, None),
    ]
    withdraw(store, second, Decision("王", WHEN + timedelta(days=1), "wrong month"))
    assert [(v.submission, v.superseded_by) for v in versions()] == [
        (first, third),
        (second, None),
        (third, None),
    ]
    taken_back = versions()[1]
    assert (taken_back.withdrawn_by, taken_back.withdrawn_reason) == ("王", "wrong month")


def test_two_statements_of_one_submission_do_not_supersede_each_other(store, versions):
    hand_in(store, stated(50.0), stated(52.0))
    assert [(v.value, v.statement, v.superseded_by) for v in versions()] == [
        (50.0, 1, None),
        (52.0, 2, None),
    ]


def test_a_target_does_not_supersede_what_was_reached(store, versions):
    hand_in(store, stated(50.0))
    hand_in(store, stated(80.0, kind=FigureKind.TARGET))
    assert [(v.kind, v.superseded_by) for v in versions()] == [("actual", None), ("target", None)]


def test_names_are_understood_and_unknown_ones_refused(store, versions):
    hand_in(store, stated(50.0))
    assert len(versions("结婚登记对数", "文昌街道", "2024年9月")) == 1
    assert versions(period="2024Q3") == versions()
    assert versions(period="2024-08") == versions(area="370113") == []
    for wrong in ({"indicator": "nobody"}, {"area": "nowhere"}, {"period": ""}, {"period": "x"}):
        with pytest.raises(UnknownName):
            versions(**wrong)


def test_it_is_answered_over_http_as_json_and_csv(own_home):
    server = Flask("test")
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))
    server.register_blueprint(blueprint(desk))
    refuse_odd(server)
    browser = server.test_client()
    address = "/api/history?indicator=tekun_spending&area=42-unnamed&period=2024-05"
    rows = browser.get(address).json
    assert [row["value"] for row in rows] == [30867500.0, 20862200.0]
    assert all(row["file"] == "hubei_city_2024h1.csv" and row["cell"] for row in rows)
    table = list(
        csv.DictReader(io.StringIO(browser.get(address + "&format=csv").text.lstrip("\ufeff")))
    )
    assert [row["cell"] for row in table] == [row["cell"] for row in rows]
    refused = browser.get("/api/history?indicator=nobody&area=42-unnamed&period=2024-05")
    assert refused.status_code == 400 and "nobody" in refused.json["error"]
    assert browser.get("/api/history").status_code == 400
