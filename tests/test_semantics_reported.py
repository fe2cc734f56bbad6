"""What streets have reported is told from what they have not: on page, in interface and export."""

import csv
import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from semantic_files import DISTRICT, FOLDER, desk_of, load
from stores import handing_in

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.intake import Handover, receive
from dashboard.services.front_desk import FrontDesk
from dashboard.web.api import blueprint

SEPTEMBER = "2026-09"
FIRST, SECOND = (datetime(2026, 9, day, 8, tzinfo=UTC) for day in (10, 12))
PER_COMMUNITY, ON_NOTHING = "community_organisations_per_community", "990202002"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    home = tmp_path_factory.mktemp("reported")
    assert set(load(home, "areas", "changes", "act", "dib", "dibao").values()) == {0}
    return desk_of(home)


@pytest.fixture(scope="module")
def revised(tmp_path_factory):
    """Two submissions of the same figure, two days apart: 120, then 140."""
    home = tmp_path_factory.mktemp("revised")
    load(home, "areas")
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(home), "DASHBOARD_CACHE": "0"}))
    store = handing_in(desk.context.engine, desk.catalogue, desk.areas())
    for name, when in (("rev1", FIRST), ("rev2", SECOND)):
        content = (FOLDER / f"{name}.csv").read_bytes()
        (receipt,) = receive(store, [(f"{name}.csv", content)], Handover(note="已核对"), when)
        assert receipt.id is not None
    return desk


def view(desk, area=DISTRICT, period=SEPTEMBER, **asked):
    return desk.selections.of({"area": area, "period": period, "compare": "yoy"} | asked, "zh")


def tile(desk, indicator, **asked):
    (shown,) = desk.figures.tiles([indicator], view(desk, **asked))
    return shown


def answer(desk, address, **query):
    server = Flask(__name__)
    server.register_blueprint(blueprint(desk))
    given = server.test_client().get(address, query_string=query)
    assert given.status_code == 200, given.text
    return given


def exported(desk, ref, **asked):
    """The rows of an exported CSV below its metadata, by their first cell."""
    query = {"area": DISTRICT, "period": SEPTEMBER, **asked}
    text = answer(desk, f"/export/{ref}.csv", **query).get_data(as_text=True)
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "\ufeff#"))]
    return {row[0]: row[1:] for row in csv.reader(io.StringIO("\n".join(lines)))}


# ---- 50 organisations, no community ----


@pytest.mark.slow
def test_a_rate_on_nothing_cannot_be_computed_and_is_not_called_unreported(desk):
    words = "分母为零，无法计算"
    key = FigureKey(PER_COMMUNITY, ON_NOTHING, Period(2026, 9))
    assert desk.figures.page(key, view(desk)).status == words
    shown = tile(desk, PER_COMMUNITY, area=ON_NOTHING)
    assert (shown.value, shown.note) == ("—", words)
    assert tile(desk, "community_organisations", area=ON_NOTHING).value == "50"
    chart = desk.figures.chart(f"indicator:{PER_COMMUNITY}/streets", view(desk))
    assert f"{words}：乙水街道。" in chart.notes and not any("缺报" in note for note in chart.notes)
    row = exported(desk, f"indicator:{PER_COMMUNITY}/streets")["乙水街道"]
    assert row[0] == "" and row[3:5] == ["50", "0"] and words in row[-1]


# ---- parts of 550 and 250 beside a total of 801 ----


def test_parts_that_miss_their_total_by_their_rounding_leave_a_rest_and_no_shares(desk):
    shown = tile(desk, "dibao_spending")
    assert (shown.value, shown.unit, shown.change) == ("801.0", "万元", "同比 +0.1% 增长")
    assert shown.exact == "801.00", "only the headline has four figures at most"
    chart = desk.figures.chart("indicator:dibao_spending/why_parts", view(desk))
    assert ("其他", "+1.00") in {(texts[0], texts[-1]) for _, texts in chart.table.rows}
    assert "%" not in " ".join(text for _, texts in chart.table.rows for text in texts)
    row = exported(desk, "indicator:dibao_spending/trend")["2026年1—9月"]
    assert float(row[0]) == 801.0


# ---- three of four streets ----


def test_a_total_without_one_street_says_so_and_is_not_compared(desk):
    shown = tile(desk, "dibao_persons")
    assert (shown.value, shown.note) == ("3,650", "4个街镇中3个有数据")
    assert shown.change == "两期上报的地区不同，不作比较"
    chart = desk.figures.chart("indicator:dibao_persons/streets", view(desk))
    assert "缺报：乙水街道。" in chart.notes
    rows = exported(desk, "indicator:dibao_persons/streets")
    assert (rows["全区"][0], rows["全区"][1], rows["乙水街道"][0]) == ("3650", "", "")
    merged = rows["己新街道"]
    assert (merged[0], round(float(merged[1]), 1)) == ("1350", -50.0), "against 1,300 and 1,400"


# ---- 120, then 140 ----


def test_a_figure_as_of_the_day_between_two_submissions_is_the_first_one(revised):
    indicator, street = "temporary_assistance_times", "990202001"
    between = "2026-09-11"
    for known, value in ((between, "120"), ("", "140")):
        asked = {"known": known} if known else {}
        shown = tile(revised, indicator, area=street, period="2026-08", **asked)
        assert shown.value == value
        query = {"indicator": indicator, "area": street, "as_of": known}
        rows = answer(revised, "/api/observations", **query).get_json()
        (row,) = [row for row in rows if row["period"] == "2026-08"]
        assert row["value"] == float(value)
        exports = exported(
            revised, f"indicator:{indicator}/trend", area=street, period="2026-08", **asked
        )
        assert exports["2026年1—8月"][0] == value
