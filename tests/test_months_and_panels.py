"""A whole year in one file: months side by side, yearbook panels side by side, sums and names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import read, rules

CITY = "370113"
WENCHANG, PINGAN = "370113001", "370113003"
MONTHS = [f"{month}月" for month in range(1, 13)]
TITLE = "长清区2023年婚姻登记情况统计表"


def found(tidied):
    """Values by indicator, area and period of a sheet without errors."""
    assert not tidied.refused, [finding.message.zh for finding in tidied.findings]
    return {(one.indicator, one.area, str(one.period)): one.value for one in tidied.observations}


def months(figures, title=TITLE, merged=True, key="街道", row=3):
    """A table of streets with 结婚 and 离婚 under each month; ``figures`` by street."""
    head = [key, *[text for month in MONTHS for text in (month, month if merged else None)]]
    below = [None, *["结婚登记", "离婚登记"] * 12]
    areas = [(row - 2, 0, row - 1, 0)] if merged else []
    areas += [(row - 2, at, row - 2, at + 1) for at in range(1, 25, 2)] if merged else []
    if merged:
        head = [key, *[text for month in MONTHS for text in (month, None)]]
    return [[title], head, below, *figures], tuple(areas)


GROWING = [value for month in range(1, 13) for value in (month * 10, month)]
FALLING = [value for month in range(1, 13) for value in (50 - month, 5)]


@pytest.mark.parametrize("merged", [True, False])
def test_months_over_columns_of_their_own_are_read_for_each_month(merged):
    rows, areas = months([["文昌街道", *GROWING], ["平安街道", *GROWING]], merged=merged)
    values = found(read(rows, merged=areas))
    assert values["marriages", WENCHANG, "2023-01"] == 10
    assert values["marriages", PINGAN, "2023-12"] == 120
    assert values["divorces", WENCHANG, "2023-07"] == 7
    assert len(values) == 48


def test_months_above_a_key_that_stands_in_the_lower_row_are_read():
    rows, _ = months([["文昌街道", *GROWING]], merged=False)
    rows[1][0], rows[2][0] = None, "街道"
    assert found(read(rows))["divorces", WENCHANG, "2023-12"] == 12


def test_figures_that_fall_within_the_year_are_those_of_single_months():
    rows, areas = months([["文昌街道", *FALLING], ["平安街道", *GROWING]])
    tidied = read(rows, merged=areas)
    values = found(tidied)
    assert values["marriages_in_month", WENCHANG, "2023-02"] == 48
    assert values["marriages_in_month", PINGAN, "2023-02"] == 20
    assert values["divorces", WENCHANG, "2023-02"] == 5  # 离婚 never falls
    assert [one.severity for one in tidied.findings if one.rule == "months_read_as"] == ["note"]


@pytest.mark.parametrize("word", ["各月", "分月", "当月"])
def test_a_title_that_says_single_months_decides_it(word):
    rows, areas = months([["文昌街道", *GROWING]], title=f"长清区2023年{word}婚姻登记情况统计表")
    values = found(read(rows, merged=areas))
    assert values["marriages_in_month", WENCHANG, "2023-02"] == 20


def test_a_title_that_says_cumulative_decides_it():
    rows, areas = months([["文昌街道", *FALLING]], title="长清区2023年婚姻登记累计情况统计表")
    assert found(read(rows, merged=areas))["marriages", WENCHANG, "2023-02"] == 48


@pytest.mark.parametrize("key", ["街道", "镇街", "单位名称"])
def test_months_as_columns_of_the_indicator_in_the_title_are_read(key):
    rows = [
        ["长清区2023年各街镇结婚登记对数（对）按月统计"],
        ["序号", key, *MONTHS, "合计"],
        [None, "合计", *[2] * 12, 24],
        [1, "文昌街道", *[1, 2] * 6, 18],
        [2, "平安街道", *[1] * 12, 12],
    ]
    values = found(read(rows))
    assert values["marriages_in_month", WENCHANG, "2023-02"] == 2
    assert values["marriages_in_month", CITY, "2023-12"] == 2
    assert values["marriages", PINGAN, "2023-12"] == 12  # 合计 beside the months: the year so far
    assert len(values) == 39


def test_months_beside_indicators_are_read_with_the_year_of_the_title():
    rows = [
        ["长清区2023年婚姻登记情况"],
        ["指标", "单位", *MONTHS[:3]],
        ["结婚登记", "对", 10, 20, 30],
        ["离婚登记", "对", 5, 4, 6],
    ]
    values = found(read(rows))
    assert values == {
        ("marriages", CITY, "2023-01"): 10,
        ("marriages", CITY, "2023-02"): 20,
        ("marriages", CITY, "2023-03"): 30,
        ("divorces_in_month", CITY, "2023-01"): 5,
        ("divorces_in_month", CITY, "2023-02"): 4,
        ("divorces_in_month", CITY, "2023-03"): 6,
    }


def test_months_without_any_year_are_refused():
    rows = [["长清区婚姻登记情况"], ["指标", "单位", *MONTHS[:3]], ["结婚登记", "对", 1, 2, 3]]
    with pytest.raises(ValueError, match="period"):
        read(rows)


@settings(max_examples=15)
@given(st.permutations(range(12)), st.integers(0, 3), st.integers(0, 2))
def test_months_may_stand_in_any_order_and_place(order, down, right):
    body = [GROWING[at * 2 + i] for at in order for i in (0, 1)]
    head = ["街道", *[text for at in order for text in (MONTHS[at], None)]]
    rows = [[TITLE], head, [None, *["结婚登记", "离婚登记"] * 12], ["文昌街道", *body]]
    rows = [[]] * down + [[None] * right + row for row in rows]
    values = found(read(rows))
    assert {values["marriages", WENCHANG, f"2023-{m:02d}"] for m in (1, 12)} == {10, 120}


# ---- rows and names of streets ----

NUMBERS = ["甲", 1, 2]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_row_of_column_numbers_may_stand_anywhere_in_the_header(place):
    rows = [
        ["长清区2024年9月"],
        ["街道", "低保", None],
        [None, "城市低保人数", "农村低保人数"],
        ["文昌街道", 3, 4],
        ["平安街道", 5, 6],
    ]
    rows.insert(place, NUMBERS)
    assert found(read(rows)) == {
        ("urban_dibao_persons", WENCHANG, "2024-09"): 3,
        ("rural_dibao_persons", WENCHANG, "2024-09"): 4,
        ("urban_dibao_persons", PINGAN, "2024-09"): 5,
        ("rural_dibao_persons", PINGAN, "2024-09"): 6,
    }


def test_a_total_may_stand_first_and_other_sums_are_left_out_with_a_note():
    rows = [
        ["长清区2024年9月"],
        ["街道", "结婚登记"],
        ["合  计", 9],
        ["区本级", 2],
        ["文昌街", 3],
        ["平安街道", 4],
        ["小计", 7],
    ]
    tidied = read(rows)
    assert {area: value for (_, area, _), value in found(tidied).items()} == {
        CITY: 9,
        WENCHANG: 3,
        PINGAN: 4,
    }
    assert [(one.severity, one.rule, one.row) for one in tidied.findings] == [
        ("note", "row_left_out", 4),
        ("note", "row_left_out", 7),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "文昌街道办事处",
        "文昌街道办",
        "文昌街道",
        "文昌街",
        "文昌",
        "文 昌",
        "　文昌 街道",
        "文昌\u200b街道",
        "\u200e文昌街道\u200f",
        "文昌\n街道",
        "\ufeff文昌",
    ],
)
def test_a_street_is_known_by_each_way_of_writing_it(name):
    rows = [["长清区2024年9月"], ["街道", "结婚登记"], [name, 3]]
    assert found(read(rows)) == {("marriages", WENCHANG, "2024-09"): 3}


# ---- yearbooks ----

YEARBOOK = [
    ["长清区民政事业主要指标"],
    ["指标", "单位", "2021年", "2022年", "指标", "单位", "2021年", "2022年"],
    ["婚姻登记", None, None, None, "社会救助", None, None, None],
    ["结婚登记", "对", 10, 11, "城市低保人数", "人", "1,000", 990],
    ["离婚登记", "对", 5, "—", "#女性", "人", 400, 390],
]
IN_YEARBOOK = {
    ("marriages", CITY, "2021-12"): 10,
    ("marriages", CITY, "2022-12"): 11,
    ("divorces", CITY, "2021-12"): 5,
    ("divorces", CITY, "2022-12"): None,
    ("urban_dibao_persons", CITY, "2021-12"): 1000,
    ("urban_dibao_persons", CITY, "2022-12"): 990,
    ("urban_dibao_women", CITY, "2021-12"): 400,
    ("urban_dibao_women", CITY, "2022-12"): 390,
}


def test_two_panels_side_by_side_are_both_read():
    assert found(read(YEARBOOK)) == IN_YEARBOOK


def test_the_second_panel_may_have_a_spacer_and_no_heading_of_its_own():
    rows = [[*row[:4], None, *row[4:]] for row in YEARBOOK]
    rows[1][5] = None
    assert found(read(rows)) == IN_YEARBOOK


def test_units_in_names_and_reordered_years_are_read_in_both_panels():
    rows = [
        ["长清区民政事业主要指标（2021—2022年）"],
        ["项 目", 2022, 2021, "项 目", 2022, 2021],
        ["结婚登记(万对)", 0.1, 0.2, "城市低保人数（人）", 7, 8],
        [None] * 6,
        [None, None, None, "#女性（人）", 3, 4],
    ]
    values = found(read(rows))
    assert values["marriages", CITY, "2021-12"] == 2000
    assert values["urban_dibao_women", CITY, "2022-12"] == 3
    assert len(values) == 6


def test_a_growth_column_between_years_is_no_panel():
    rows = [
        ["长清区"],
        ["指标", "2021年", "增长%", "2022年", "增长%"],
        ["结婚登记", 10, 1.5, 11, 2],
    ]
    assert found(read(rows)) == {
        ("marriages", CITY, "2021-12"): 10,
        ("marriages", CITY, "2022-12"): 11,
    }


def test_an_unknown_line_of_the_second_panel_is_refused_by_its_cell():
    rows = [list(row) for row in YEARBOOK]
    rows[3][4] = "优抚对象新类别"
    tidied = read(rows)
    assert rules(tidied)[0] == "unknown_indicator"
    assert (tidied.findings[0].row, tidied.findings[0].column) == (4, "G")


def test_two_panels_of_streets_for_the_indicator_in_the_title_are_both_read():
    rows = [
        ["长清区各街镇结婚登记对数(对)"],
        ["街道", 2021, 2022, "街道", 2021, 2022],
        ["文昌街道", 1, 2, "平安街道", 3, 4],
    ]
    rows[1][3] = None
    values = found(read(rows))
    assert values["marriages", WENCHANG, "2022-12"] == 2
    assert values["marriages", PINGAN, "2021-12"] == 3
