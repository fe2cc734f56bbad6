"""A table by street lying on its side: a column per street, a line per indicator."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sheets import read, rules, values

TITLE = ["长清区2025年上半年婚姻登记情况"]
STREETS = {"文昌街道": "370113001", "平安街道": "370113003", "崮云湖街道": "370113002"}
LINES = {"结婚登记(对)": "marriages", "离婚登记(对)": "divorces", "孤儿数(人)": "orphans"}


def sideways(figures, total=True):
    head = ["指标", *STREETS, *(["合计"] if total else [])]
    rows = [
        [line, *numbers, *([sum(numbers)] if total else [])]
        for line, numbers in zip(LINES, figures, strict=True)
    ]
    return [TITLE, head, *rows]


def upright(figures):
    columns = [[line, *numbers, sum(numbers)] for line, numbers in zip(LINES, figures, strict=True)]
    return [TITLE, *([list(row) for row in zip(["街道", *STREETS, "合计"], *columns, strict=True)])]


# Without what could be a year: a column of those makes a table of years, which is refused with a
# word on the line it cannot place.
count = st.integers(0, 1899) | st.integers(2101, 10**6)
counts = st.lists(count, min_size=3, max_size=3)


@pytest.mark.slow
@given(st.lists(counts, min_size=3, max_size=3))
@example([[0, 50, 1899]] * 3)  # totals that could be years
def test_a_table_says_the_same_lying_on_its_side(figures):
    lying = read(sideways(figures))
    assert not lying.refused
    assert values(lying) == values(read(upright(figures)))
    assert len(values(lying)) == 12


def test_every_figure_keeps_the_cell_that_it_stands_in():
    tidied = read(sideways([[30, 20, 10], [12, 8, 4], [1, 0, 2]]))
    cells = {
        (one.indicator, one.area): f"{one.source.column}{one.source.row}"
        for one in tidied.observations
    }
    assert cells["marriages", "370113001"] == "B3"
    assert cells["divorces", "370113002"] == "D4"
    assert cells["orphans", "370113"] == "E5"


def test_a_street_that_is_not_known_is_refused_by_its_heading():
    rows = sideways([[30, 20, 10], [12, 8, 4], [1, 0, 2]])
    rows[1][2] = "平安街到"
    tidied = read(rows)
    (finding,) = tidied.findings
    assert (finding.rule, finding.column, finding.row, finding.value) == (
        "unknown_area",
        "C",
        2,
        "平安街到",
    )
    assert "平安街到" in finding.message.zh and "平安街到" in finding.message.en


def test_a_line_that_is_not_known_is_said_once_and_not_for_every_street():
    rows = sideways([[30, 20, 10], [12, 8, 4], [1, 0, 2]])
    rows[2][0] = "没有的指标"
    tidied = read(rows)
    assert rules(tidied) == ["unknown_indicator"]
    assert len(tidied.unknown) == 1


def test_what_stands_below_a_street_is_its_figure_and_its_figure_a_year_ago():
    rows = [
        TITLE,
        ["序号", "指标/街道", "计量单位", "文昌街道", None, "合计", None],
        [None, None, None, "上年同期", "本年累计", "上年同期", "本年累计"],
        [1, "结婚登记", "对", 28, 30, 50, 52],
        ["填表人：王", None, None, "2025年7月1日"],
    ]
    tidied = read(rows, merged=[(1, 3, 1, 4), (1, 5, 1, 6)])
    found = {(one.area, str(one.period), one.secondary): one.value for one in tidied.observations}
    assert not tidied.refused
    assert found == {
        ("370113001", "2025-06", False): 30,
        ("370113001", "2024-06", True): 28,
        ("370113", "2025-06", False): 52,
        ("370113", "2024-06", True): 50,
    }


def test_the_district_is_known_by_its_streets_where_the_title_names_none():
    rows = sideways([[30, 20, 10], [12, 8, 4], [1, 0, 2]])
    rows[0] = ["2025年上半年婚姻登记情况"]
    assert read(rows).area == "370113"


def test_a_form_says_which_columns_it_could_not_place():
    rows = [TITLE, ["指标", "甲街道", "合计"], ["结婚登记(对)", 30, 50]]
    tidied = read(rows)
    assert values(tidied) == {("marriages", "370113"): 50}
    (finding,) = tidied.findings
    assert (finding.rule, finding.column) == ("column_left_out", "B")


def test_a_total_in_the_column_of_serial_numbers_and_signatures_below_are_understood():
    rows = [
        TITLE,
        ["序号", "街道", "结婚登记(对)"],
        [1, "文昌街道", 30],
        [2, "平安街道", 20],
        ["合计", None, 50],
        ["单位负责人：张", "统计负责人：李", "2025年7月3日"],
    ]
    tidied = read(rows)
    assert not tidied.refused
    assert values(tidied)["marriages", "370113"] == 50


def test_a_heading_over_parts_may_stand_after_them_in_the_name():
    rows = [TITLE, ["街道", "登记数(对)", None], [None, "结婚", "离婚"], ["文昌街道", 30, 12]]
    found = values(read(rows, merged=[(1, 0, 2, 0), (1, 1, 1, 2)]))
    assert found == {("marriages", "370113001"): 30, ("divorces", "370113001"): 12}


def test_the_month_may_stand_in_the_headings_alone():
    rows = [["街道", "2025年6月城乡低保人数", "2025年6月城乡低保户数"], ["文昌街道", 120, 80]]
    found = read(rows)
    assert {(str(one.period), one.value) for one in found.observations} == {
        ("2025-06", 120),
        ("2025-06", 80),
    }
    rows[0][2] = "2024年6月城乡低保户数"
    found = read(rows)
    assert {str(one.period) for one in found.observations} == {"2025-06", "2024-06"}
