"""Months whose own figures prove that they are single months and not counted since January."""

import pytest
from sheets import read, rules
from test_bureau_tables import OTHER, STREET, by_period

TITLE = "长清区2024年婚姻登记情况统计表"
MONTHS = ["1月", "2月", "3月"]


@pytest.mark.parametrize("title", [TITLE, "长清区2024年1-3月婚姻登记情况统计表"])
@pytest.mark.parametrize("values", [(130, 220, 133), (130, 140, 150)])
def test_a_total_beside_columns_of_months_is_their_sum_and_each_month_is_kept(title, values):
    rows = [[title], ["项目", "单位", *MONTHS, "合计"], ["结婚登记", "对", *values, sum(values)]]
    found = by_period(*rows, basis="")
    months = {("marriages_in_month", f"2024-0{at}"): one for at, one in enumerate(values, 1)}
    assert found == {**months, ("marriages", "2024-03"): sum(values)}


@pytest.mark.parametrize("values", [(130, 220, 133), (130, 140, 150)])
def test_a_total_below_rows_of_months_is_their_sum(values):
    rows = [[TITLE], ["月份", "结婚登记(对)"], *zip(MONTHS, values, strict=True)]
    found = by_period(*rows, ["合计", sum(values)], basis="")
    assert found["marriages", "2024-03"] == sum(values)
    assert found["marriages_in_month", "2024-03"] == values[-1]


def test_months_that_rise_without_a_total_are_asked():
    rows = [[TITLE], ["项目", "单位", *MONTHS], ["结婚登记", "对", 130, 140, 150]]
    assert "unknown_basis" in rules(read(rows, basis=""))


def test_a_quarter_not_from_january_is_kept_as_a_span_of_three_months():
    rows = [["长清区2024年第三季度临时救助情况"], ["街道", "救助人次", "金额(元)", "户均救助(元)"]]
    tidied = read([*rows, [STREET, 9, 8000, 900], [OTHER, 5, 7000, 800]], basis="")
    assert not tidied.refused
    assert {(one.indicator, one.since and str(one.since)) for one in tidied.observations} == {
        ("temporary_assistance__person_times__months_3", "2024-07"),
        ("temporary_assistance__money__months_3", "2024-07"),
    }
    assert rules(tidied) == ["column_left_out"]


def test_what_was_done_so_far_of_the_targets_of_a_year_counts_since_january():
    rows = [["长清区2024年民生实事进展(截至2024年8月31日)"], ["街道", "新建助餐点(个)", None]]
    rows += [[None, "目标任务", "已完成"], [STREET, 9, 7], [OTHER, 5, 4]]
    found = {(one.value, one.indicator) for one in read(rows, basis="").observations}
    assert found >= {(7, "meal_points__added_organisations")}


def test_marks_in_place_of_figures_ask_nothing():
    rows = [["长清区2024年11月救助情况"], ["救助类别", "户数", "人数"]]
    rows += [["城市低保", 7, 9], ["农村低保", 3, 4], ["临时救助", "—", "—"]]
    tidied = read(rows, basis="")
    assert {one.value for one in tidied.observations if one.value is not None} == {7, 9, 3, 4}
    assert not tidied.findings


LATE = [f"{number}月" for number in range(1, 13)]
UP_TO_OCTOBER = [130, 220, 133, 140, 150, 120, 118, 160, 170, 131, None, None]
WHOLE = sum(filter(None, UP_TO_OCTOBER))


def as_column(values, total):
    rows = [
        ["长清区婚姻登记情况统计表"],
        ["月份", "结婚登记(对)", None],
        [None, "2023年", "2024年"],
    ]
    before = [100 + at for at in range(12)]
    return [*rows, *zip(LATE, before, values, strict=True), ["合计", sum(before), total]]


def as_row(values, total):
    return [[TITLE], ["项目", "单位", *LATE, "合计"], ["结婚登记", "对", *values, total]]


def as_quarters(values, total):
    thirds = [values[at : at + 3] for at in range(0, 12, 3)]
    quarters = [sum(filter(None, third)) if any(third) else None for third in thirds]
    names = ["一季度", "二季度", "三季度", "四季度"]
    return [[TITLE], ["项目", "单位", *names, "合计"], ["结婚登记", "对", *quarters, total]]


@pytest.mark.parametrize("layout", [as_column, as_row, as_quarters])
def test_a_total_of_months_counts_up_to_the_last_one_that_has_a_figure(layout):
    until = 9 if layout is as_quarters else 10
    values = [*UP_TO_OCTOBER[:until], *[None] * (12 - until)]
    total = sum(filter(None, values))
    tidied = read(layout(values, total), basis="")
    found = {(one.indicator, str(one.period)): one.value for one in tidied.observations}
    assert found["marriages", f"2024-{until:02}"] == total
    assert ("marriages", "2024-12") not in found
    assert ("total_to_date" in rules(tidied)) == (layout is as_column)  # else no column is empty


def test_a_total_that_is_not_that_of_the_months_with_figures_is_asked():
    tidied = read(as_column(UP_TO_OCTOBER, WHOLE + 90), basis="in_month")
    assert "unclear_period" in rules(tidied)
    found = {(one.indicator, str(one.period)) for one in tidied.observations}
    assert found.isdisjoint({("marriages", "2024-12"), ("marriages", "2024-10")})


@pytest.mark.parametrize("parts", [["一季度", "二季度"], ["上半年", "下半年"]])
def test_parts_of_a_year_beside_their_total_do_not_count_since_january(parts):
    rows = [[TITLE], ["项目", "单位", *parts, "合计"], ["结婚登记", "对", 500, 450, 950]]
    found = by_period(*rows, basis="")
    end = "2024-06" if parts[0] == "一季度" else "2024-12"
    assert found["marriages", end] == 950
    assert ("marriages__couples__months_" + ("3" if end == "2024-06" else "6"), end) in found
