"""Months whose own figures prove that they are single months and not counted since January."""

import pytest
from sheets import read, rules
from test_bureau_tables import by_period

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
