"""Tiles, the board and the comparison rows say the same as the charts, in fewer words."""

from dataclasses import replace

import pytest
from chart_cases import (
    AREAS,
    CHANGQING,
    DEMO,
    PER_COMMUNITY,
    YEAR,
    changqing,
    figure,
    marriages,
    points,
)

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Polarity
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.comparison_rows import build_comparison_rows
from dashboard.charts.kinds.street_board import build_board
from dashboard.charts.kinds.tiles import build_tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.levels import level_tone, level_word, levels
from dashboard.components.figures.topic_rows import row_tile

NOW = Period(2026, 10)


def tile(figures, indicator, area=DEMO, period=NOW, **selected):
    return build_tile(points(figures), indicator, Selection(area, period, **selected))


def test_a_tile_says_its_change_in_a_number_and_a_word():
    figures = marriages({2025: [100] * 12, 2026: [95] * 10})
    shown = tile(figures, "marriages")
    assert (shown.value, shown.unit, shown.period) == ("950", "对", "2026年1—10月")
    assert shown.change == "同比 −5.0% 下降"
    assert (shown.arrow, shown.tone) == ("down", "neutral")


def test_a_tile_colours_by_what_is_good():
    def coverage(now):
        return [
            figure("facility_coverage", DEMO, (2025, 10), 80.0),
            figure("facility_coverage", DEMO, (2026, 10), now),
        ]

    assert tile(coverage(85.0), "facility_coverage").tone == "better"
    assert tile(coverage(75.0), "facility_coverage").tone == "worse"
    assert tile(coverage(85.0), "facility_coverage").change == "同比 +5.0个百分点 增长"
    fewer = [figure("left_behind_children", DEMO, (y, 10), v) for y, v in ((2025, 90), (2026, 80))]
    assert tile(fewer, "left_behind_children").tone == "better"


def test_a_tile_in_english():
    figures = marriages({2025: [100] * 12, 2026: [95] * 10})
    shown = tile(figures, "marriages", language="en")
    assert shown.change == "−5.0% year on year (down)"
    assert shown.period == "Jan–Oct 2026"


def test_a_refused_comparison_is_a_reason_and_no_arrow():
    figures = [figure("marriages", DEMO, NOW, 50.0)]
    shown = tile(figures, "marriages")
    assert (shown.arrow, shown.tone) == ("", "none")
    assert "上年同期没有数据" in shown.change


def test_no_comparison_leaves_the_change_out():
    figures = marriages({2025: [100] * 12, 2026: [95] * 10})
    assert tile(figures, "marriages", comparison="none").change == ""


def test_an_older_figure_says_that_it_is_older():
    shown = tile([figure("communities", DEMO, (2025, 12), 120.0)], "communities")
    assert (shown.value, shown.period) == ("120", "2025年末")
    assert "2026年10月末没有数据" in shown.note


def test_a_december_without_figures_is_not_called_a_year_without_figures():
    shown = tile(
        [figure("communities", DEMO, (2026, 11), 120.0)], "communities", period=Period(2026, 12)
    )
    assert (shown.period, shown.note) == ("2026年11月末", "2026年12月没有数据")


def test_a_trend_that_begins_elsewhere_than_the_page_says_names_its_start():
    years = [figure("communities", DEMO, (year, 12), 120.0) for year in (2024, 2025)]
    shown = tile(years, "communities")
    assert shown.start_period == Period(2024, 12)
    notes = [
        row_tile(shown, shown.marks, Selection(DEMO, NOW), since=since).children[2].children
        for since in (Period(2022, 10), Period(2024, 12))
    ]
    assert notes == ["2025年末 · 小图由 2024年12月 起", "2025年末"]


def test_nothing_at_all_is_a_dash_and_a_word():
    shown = tile([], "communities")
    assert (shown.value, shown.note, shown.sparkline) == ("—", "还没有数据", ())


def test_an_incomplete_total_and_demo_figures_are_noted():
    shown = tile(changqing(), "community_organisations", CHANGQING, YEAR)
    assert shown.value == "450"
    assert "10个街镇中4个有数据" in shown.note
    demo = tile([figure("communities", DEMO, NOW, 120.0, submission=3)], "communities")
    assert "演示数据" in demo.note


def test_the_sparkline_of_a_running_total_is_its_months():
    figures = marriages({2025: [10] * 12, 2026: [20] * 10})
    assert tile(figures, "marriages").sparkline == (*[10.0] * 3, *[20.0] * 10)


def test_the_sparkline_of_yearly_figures_leaves_gaps_and_part_years_out():
    figures = [figure("marriages", DEMO, (year, 12), float(year)) for year in (2021, 2022, 2025)]
    figures.append(figure("marriages", DEMO, NOW, 7.0))
    assert tile(figures, "marriages").sparkline == (2021, 2022, None, None, 2025)


# ---- levels ----


def test_levels_are_fifths_by_rank():
    assert levels(dict(enumerate([10.0, 20.0, 30.0, 40.0, 50.0]))) == dict(
        enumerate([1, 2, 3, 4, 5])
    )


def test_equal_values_share_a_level_and_missing_ones_have_none():
    found = levels({"a": 1.0, "b": 1.0, "c": 9.0, "d": None})
    assert found["a"] == found["b"] < found["c"]
    assert found["d"] == 0
    assert levels({"a": 5.0, "b": 5.0}) == {"a": 3, "b": 3}


@pytest.mark.parametrize(
    ("level", "polarity", "word", "tone"),
    [
        (5, Polarity.HIGHER_BETTER, "好", "better"),
        (1, Polarity.LOWER_BETTER, "差", "worse"),
        (5, Polarity.NEUTRAL, "高", "neutral"),
        (2, Polarity.NEUTRAL, "较低", "neutral"),
        (0, Polarity.NEUTRAL, "", "neutral"),
    ],
)
def test_a_level_has_a_word_and_a_tone(level, polarity, word, tone):
    assert (level_word(level, polarity, "zh"), level_tone(level, polarity)) == (word, tone)


# ---- board and comparison rows ----


def test_the_board_has_a_row_for_every_street_and_a_word_in_every_cell():
    names = ["community_organisations", PER_COMMUNITY, "marriages"]
    board = build_board(points(changqing()), names, Selection(CHANGQING, YEAR))
    assert [column.indicator for column in board.columns] == names[:2]  # no marriages known
    assert [column.topic for column in board.columns] == ["社会组织", "社会组织"]
    assert len(board.rows) == 10
    cells = {row.area: row.cells for row in board.rows}
    assert (cells["370113003"][1].text, cells["370113003"][1].word) == ("10.8", "好")
    assert cells["370113002"][1].tone == "worse"
    assert (cells["370113005"][0].text, cells["370113005"][0].level) == ("—", 0)


def test_the_board_calls_few_good_where_less_is_better():
    figures = [
        figure("left_behind_children", f"99010100{place}", YEAR, float(place))
        for place in range(1, 6)
    ]
    board = build_board(points(figures), ["left_behind_children"], Selection(DEMO, YEAR))
    words = {row.area: row.cells[0].word for row in board.rows}
    assert (words["990101001"], words["990101005"]) == ("低", "高"), "a raw count is no grade"


def test_the_board_calls_low_rates_good_where_less_is_better():
    figures = [
        figure("contact_not_restored_share", f"99010100{place}", YEAR, float(place))
        for place in range(1, 6)
    ]
    board = build_board(points(figures), ["contact_not_restored_share"], Selection(DEMO, YEAR))
    words = {row.area: row.cells[0].word for row in board.rows}
    assert (words["990101001"], words["990101005"]) == ("好", "差")


def test_a_street_that_reaches_its_target_is_not_called_poor():
    figures = [*changqing(), figure(PER_COMMUNITY, CHANGQING, YEAR, 4.0, kind="target")]
    figures = [one for one in figures if one.kind == "actual" or one.value == 4.0]
    board = build_board(points(figures), [PER_COMMUNITY], Selection(CHANGQING, YEAR))
    cells = [row.cells[0] for row in board.rows if row.cells[0].level]
    assert min(float(cell.text) for cell in cells) > 4.0, "every one reaches it"
    assert {cell.word for cell in cells} <= {"好", "较好", "中"}
    assert "worse" not in {cell.tone for cell in cells}


def test_an_empty_board_has_no_rows():
    assert build_board(points([]), ["marriages"], Selection(DEMO, YEAR)).rows == ()


def test_the_comparison_rows_place_a_street_among_its_neighbours():
    (row,) = build_comparison_rows(
        points(changqing()), [PER_COMMUNITY], Selection("370113001", YEAR)
    )
    assert (row.value, row.rank) == ("10.2", (2, 4))
    assert row.district == "7.5个/社区 (10个街镇中4个有数据)"
    assert (row.worst, row.best, row.target) == ("4.3", "10.8", "10.0个/社区")
    assert (row.lowest, row.highest) == (0.0, 1.0)
    assert 0.9 < row.mine < 1
    assert row.middle < row.mine


def test_the_worst_is_always_on_the_left():
    figures = [
        figure(name, f"99010100{place}", YEAR, float(place))
        for place in range(1, 4)
        for name in ("contact_not_restored_share", "left_behind_children")
    ]
    names = ["contact_not_restored_share", "left_behind_children"]
    rate, count = build_comparison_rows(points(figures), names, Selection("990101003", YEAR))
    assert (rate.mine, rate.rank) == (0.0, (3, 3))
    assert (count.mine, count.rank) == (0.0, None), "a raw count is not ranked as performance"


def test_a_street_alone_has_no_strip_and_no_rank():
    figures = [figure("orphans", "990101001", YEAR, 4.0)]
    (row,) = build_comparison_rows(points(figures), ["orphans"], Selection("990101001", YEAR))
    assert (row.rank, row.lowest, row.mine) == (None, None, None)


def test_the_share_of_a_county_is_not_called_that_of_a_district():
    figures = [figure("orphans", "990101001", YEAR, 10.0), figure("orphans", DEMO, YEAR, 30.0)]
    county = Areas(
        replace(area, name=Text("示例县", "Demo County")) if area.code == DEMO else area
        for area in AREAS
    )
    rows = build_comparison_rows(points(figures, county), ["orphans"], Selection("990101001", YEAR))
    assert [row.distance for row in rows] == ["占全县33.3%"]


def test_an_indicator_without_a_figure_has_no_row():
    assert build_comparison_rows(points([]), ["orphans"], Selection("990101001", YEAR)) == []
