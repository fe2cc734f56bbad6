"""Remarks around a table (注：…): applied where understood whole, else asked or noted."""

import pytest
from sheets import read, rules

STREET, OTHER = "文昌街道", "崮云湖街道"
HOUSEHOLDS, PERSONS = "urban_dibao_households", "urban_dibao_persons"
MONEY = "urban_dibao_spending_in_month"


def _rows(remark, money="资金(元)", above=()):
    heads = ["街道", "户数", "人数", money]
    rows = [["长清区2024年9月城市低保情况"], *([line] for line in above), heads]
    return [*rows, [STREET, 34, 50, 30000], [OTHER, 45, 60, 40000], [remark]]


def _read(remark, **said):
    tidied = read(_rows(remark), **({"basis": "in_month"} | said))
    first = tidied.observations[0].area if tidied.observations else ""
    found = {one.indicator: one.value for one in tidied.observations if one.area == first}
    return found, tidied


def test_the_unit_of_a_remark_counts_for_what_it_names():
    found, _ = _read("注：人数单位为百人")
    assert (found[HOUSEHOLDS], found[PERSONS]) == (34, 5000)
    rows = _rows("注：1.资金单位：百元；2.户数单位：户", money="资金")
    found = {one.indicator: one.value for one in read(rows, basis="in_month").observations[:3]}
    assert found[MONEY] == 3_000_000 and found[HOUSEHOLDS] == 34


@pytest.mark.parametrize("remark", ["注：全区人数单位为百人", "填表说明：人数单位为百人"])
def test_the_unit_of_a_remark_counts_whatever_stands_before_it(remark):
    found, _ = _read(remark)
    assert found == {HOUSEHOLDS: 34, PERSONS: 5000, MONEY: 30000}


@pytest.mark.parametrize("above", [True, False])
def test_a_remark_above_the_table_counts_too(above):
    rows = _rows("", above=["注：人数以百人为单位"] if above else ())
    found = {one.indicator: one.value for one in read(rows, basis="in_month").observations}
    assert found[PERSONS] == (6000 if above else 60)


OPEN = {  # what a remark says, and the figures that wait for an answer
    "注：金额单位为万元": {MONEY},
    "注：资金单位为十元": {MONEY},
    "注：本表人数为累计数": {PERSONS},
    "注：资金为8月份发放数": {MONEY},
    "注：资金为上月数": {MONEY},
    "注：户数不含三无人员": {HOUSEHOLDS},
    "注：人数含低保边缘人口": {PERSONS},
    "说明：人数仅统计户籍人口": {PERSONS},
    "备注：本表数据为2023年9月数": {HOUSEHOLDS, PERSONS, MONEY},
    "注：以上数据均为预计数": {HOUSEHOLDS, PERSONS, MONEY},
    "注：资金为本年累计数，人数为期末数": {MONEY},
    "注：资金不是当月数": {MONEY},
    "注：以上数据非累计数": {MONEY},
    "注：资金不含本月": {MONEY},
    "注：资金为本月发放的一次性数": {MONEY},
    "注：全区资金均为预计数": {MONEY},
    "注：各街道人数不含三无人员": {PERSONS},
    "注：城乡资金单位为百元": {MONEY},
    "注：平安街道数据另报，资金单位为百元": {MONEY},
    "注：平安街道资金单位为百元": {MONEY},
    "注：平安街道人数单位为百人": {PERSONS},
    "填报说明：资金单位为百元": {MONEY},
    "填表说明：人数不含三无人员": {PERSONS},
    "审核口径：户数不含三无人员": {HOUSEHOLDS},
    "注：人数执行口径不含三无人员": {PERSONS},
    "注：人数不含本级及三无人员": {PERSONS},
    "注：人数包括退出人员": {PERSONS},
}


@pytest.mark.parametrize("remark", OPEN)
def test_a_remark_that_may_change_figures_is_asked_and_answered(remark):
    heads = ["街道", "户数", "人数", "本月资金(元)"]
    rows = [["长清区2024年9月城市低保情况"], heads, [STREET, 34, 50, 30000], [remark]]
    tidied = read(rows, basis="")
    left = {HOUSEHOLDS, PERSONS, MONEY} - {one.indicator for one in tidied.observations}
    assert left == OPEN[remark]
    asked = next(one.value for one in tidied.findings if one.severity != "note")
    answered = read(rows, basis="", words={asked: "nothing"})
    assert {one.indicator for one in answered.observations} == {HOUSEHOLDS, PERSONS, MONEY}
    assert not answered.refused


def test_a_basis_of_a_remark_counts_where_nothing_else_says_it():
    found = {one.indicator for one in read(_rows("注：资金为当月发放数"), basis="").observations}
    assert MONEY in found
    asked = read(_rows("注：本月新增人员次月发放", money="资金(元)"), basis="")
    assert "unknown_basis" in rules(asked), "of no figures of the table"


def test_a_part_of_the_area_that_is_left_out_is_asked_of_the_total_only():
    rows = [*_rows("")[:-1], ["合计", 79, 110, 70000], ["注：人数不含平安街道"]]
    found = read(rows, basis="in_month").observations
    persons = [one.value for one in found if one.indicator == PERSONS]
    assert (persons, len(found)) == ([50, 60], 8)


@pytest.mark.parametrize(
    "remark",
    [
        "注：人数不含特困人员",
        "注：2023年起人数不含单人户",
        "注：平安街道数据另报，截至8月",
        "注：2024年7月起低保标准调整为1000元",
        "注：资金同比增长3%",
        "数据来源：2023年统计年鉴",
        "填表人：张三 2024年10月8日",
        "注：本表仅供内部参考",
        "注：本表仅限内部使用",
        "注：资金包括中央、省级补助资金",
        "填报日期：本月25日前",
    ],
)
def test_other_remarks_are_noted_and_change_nothing(remark):
    found, tidied = _read(remark)
    assert found == {HOUSEHOLDS: 34, PERSONS: 50, MONEY: 30000}
    assert ("footnote" in rules(tidied)) == remark.startswith("注")


def test_a_label_that_a_remark_repeats_is_asked_as_a_label():
    assert read([["街道", False], ["上", 0, 0, "上"]], area="370113", period="2024-09").refused
