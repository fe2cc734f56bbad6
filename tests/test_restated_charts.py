"""Restated figures on charts, tiles, tables and in files: marked, explained, never doubled."""

import pytest

from dashboard.__main__ import main
from dashboard.base.settings import read_settings
from dashboard.charts.model.chart import RESTATED
from dashboard.exports.chart_csv import csv_text
from dashboard.exports.machine_readable_sheet import machine_rows
from dashboard.services.front_desk import FrontDesk

pytestmark = pytest.mark.slow

SPLIT = """date,kind,from,to,share,rule,source
2022-01,split,990101004,990101004,0.6,apportion,Order 9
2022-01,split,990101004,990101012,0.4,apportion,Order 9
"""
MERGER = """date,kind,from,to,share,rule,source
2025-01,merge,990101010,990101013,,add,Order 31
2025-01,merge,990101011,990101013,,add,Order 31
"""
NEW = "code,name,level,name_en,parent\n990101013,云青镇,street,Yunqing Town,990101\n"


@pytest.fixture
def desks(own_home, tmp_path, monkeypatch):
    """The desk before and after the changes came in."""
    monkeypatch.setenv("DASHBOARD_HOME", str(own_home))
    settings = read_settings({"DASHBOARD_HOME": str(own_home)})
    before = FrontDesk(settings)
    view = before.selections.of({"area": "990101", "period": "2023-12"}, "en")
    before.whole = before.figures.chart("indicator:marriages/trend", view)
    for name, text in (("areas.csv", NEW), ("split.csv", SPLIT), ("merger.csv", MERGER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("areas.csv", "split.csv", "merger.csv")]
    assert main(["load", *files]) == 0
    return before, FrontDesk(settings)


def view(desk, area, period, language="en"):
    return desk.selections.of({"area": area, "period": period}, language)


def test_a_trend_marks_restated_years_and_says_by_which_rule(desks):
    _, desk = desks
    chart = desk.figures.chart("indicator:marriages/trend", view(desk, "990101012", "2023-12"))
    statuses = dict(zip(chart.categories, chart.series[0].statuses, strict=True))
    assert statuses["2021"] == RESTATED and statuses["2022"] != RESTATED
    assert any("40.0% of Beiqiao" in note and "Order 9" in note for note in chart.notes)
    assert [mark.is_break for mark in chart.breaks if "split from" in mark.label] == [False]
    words = {
        row[0]: word
        for (row, word) in zip(
            (cells for _, cells in chart.table.rows), chart.table.words, strict=True
        )
    }
    assert any("estimated by share" in word for word in words["2021"])
    assert not any("estimated" in word for word in words["2023"])


def test_what_was_restated_does_not_come_back_as_if_reported(desks):
    _, desk = desks
    chart = desk.figures.chart("indicator:marriages/trend", view(desk, "990101012", "2023-12"))
    keys = machine_rows(chart)[1]
    assert "2023-12" in keys and "2021-12" not in keys
    assert "estimated by share" in csv_text(chart)


def test_the_districts_trend_is_what_it_was(desks):
    before, desk = desks
    now = desk.figures.chart("indicator:marriages/trend", view(desk, "990101", "2023-12"))
    assert now.series[0].values == before.whole.series[0].values
    assert RESTATED not in now.series[0].statuses


def test_streets_of_a_period_are_those_that_existed_in_it(desks):
    _, desk = desks
    for period, there, gone in (
        ("2024-12", {"990101010", "990101011"}, {"990101013"}),
        ("2025-06", set(), {"990101010", "990101011"}),
    ):
        chart = desk.figures.chart("indicator:marriages/streets", view(desk, "990101", period))
        assert there <= set(chart.keys) and not gone & set(chart.keys)
        assert RESTATED not in chart.series[0].statuses
        codes = {row.area for row in desk.figures.board(view(desk, "990101", period)).rows}
        assert there <= codes and not gone & codes
    missing = {
        area.code
        for area, _ in desk.figures.freshness(view(desk, "990101", "2025-06")).not_reported
    }
    assert missing == {"990101013"}


def test_streets_over_years_show_the_new_one_restated_and_name_the_closed_ones(desks):
    _, desk = desks
    chart = desk.figures.chart("indicator:marriages/table", view(desk, "990101", "2025-06"))
    assert "990101013" in chart.keys and not {"990101010", "990101011"} & set(chart.keys)
    row = chart.keys.index("990101013")
    assert {series.statuses[row] for series in chart.series[:-1]} == {RESTATED}
    assert any("Yunling" in note and "Qingyan" in note and "closed" in note for note in chart.notes)
    earlier = desk.figures.chart("indicator:marriages/table", view(desk, "990101", "2024-12"))
    assert {"990101010", "990101011"} <= set(earlier.keys)
    assert "990101013" not in earlier.keys


def test_a_tile_says_when_its_value_or_its_base_is_restated(desks):
    _, desk = desks
    (tile,) = desk.figures.tiles(["marriages"], view(desk, "990101012", "2022-12"))
    assert "compared with a figure estimated by share" in tile.note and tile.change
    (tile,) = desk.figures.tiles(["marriages"], view(desk, "990101013", "2024-12"))
    assert "added up for today's area" in tile.note
    old = [
        desk.figures.tiles(["marriages"], view(desk, code, "2024-12"))[0]
        for code in ("990101010", "990101011")
    ]
    assert int(tile.value) == sum(int(one.value) for one in old)


def test_a_closed_street_is_shown_in_its_last_month(desks):
    _, desk = desks
    (tile,) = desk.figures.tiles(["marriages"], view(desk, "990101010", "2026-06"))
    assert tile.period == "2024"
    choices = {choice["value"]: choice for choice in desk.selections.area_choices("en")}
    assert choices["990101010"]["last"] == "2024-12" and choices["990101013"]["first"] == "2025-01"


def test_a_new_street_is_compared_with_its_neighbours(desks):
    _, desk = desks
    rows = {
        row.indicator: row
        for _, rows in desk.comparisons.of(view(desk, "990101012", "2022-12"))
        for row in rows
    }
    assert rows["marriages"].highest == 1.0, "it stands on the strip of the others"
    rows = {
        row.indicator: row
        for _, rows in desk.comparisons.of(view(desk, "990101013", "2024-12"))
        for row in rows
    }
    assert "added up" in rows["marriages"].period
    assert "of 12" not in rows["marriages"].district  # the district's own figure, not a sum of two
