"""The statutory form: published figures in any order of the columns, with or without codes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import of, read, rules

from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period

# 四川省, third quarter of 2022: name, unit, code, figure, quarter before, change
SICHUAN = [
    ["一、综合", None, "JZH011000000", None, None, None],
    ["(一)乡级行政区划", None, "JZH011110000", "3,101", "3,101", None],
    ["　　1.镇", "个", "JZH011111000", 2016, 2016, None],
    ["　　2.乡", "个", "JZH011112000", 543, 543, None],
    ["(二)民政事业费累计支出", "万元", "JZH011310000", "1,750,824.6", "1,142,713.9", 53.22],
    ["　　1.社会福利", "万元", "JZH011211000", "352,560.6", "228,682.6", 54.17],
    ["　　　其中:(1)儿童福利", "万元", "JZH011211100", "43,925.6", "29,083.3", 51.03],
    ["　　2.社会救助", "万元", "JZH011212000", "1,268,862.3", "824,657.9", 53.87],
    ["　　　(1)最低生活保障", "万元", "JZH011212100", "936,537.8", "614,443.6", 52.42],
    ["　　　　A 城市低保累计支出", "万元", "JZH011212110", "176,058.1", "117,034.0", 50.43],
    ["　　　　I 城市低保金", "万元", "JZH011212111", "174,730.1", None, None],
]
SICHUAN_HEAD = [
    ["指标名称", "计量单位", "代码", "数量", "上季度", "环比(%)"],
    ["甲", "乙", "丙", 1, 2, 3],
]
SICHUAN_VALUES = {
    "township_divisions": 3101,
    "towns": 2016,
    "townships": 543,
    "civil_affairs_spending": 17_508_246_000,
    "social_welfare_spending": 3_525_606_000,
    "child_welfare_spending": 439_256_000,
    "social_assistance_spending": 12_688_623_000,
    "dibao_spending": 9_365_378_000,
    "urban_dibao_spending": 1_760_581_000,
    "urban_dibao_paid": 1_747_301_000,
}
FOOT = [
    "单位负责人：张三",
    None,
    "填表人：李四",
    "联系电话 028-1234",
    None,
    "报出日期：2022年10月12日",
]


def form(columns, lines, foot=()):
    head = [[row[c] for c in columns] for row in SICHUAN_HEAD]
    body = [[row[c] for c in columns] for row in lines]
    return [["四川省2022年三季度民政统计季报表"], *head, *body, *foot]


def test_a_published_quarterly_form_is_read_in_base_units():
    tidied = read(form(range(6), SICHUAN, [FOOT]))
    assert of(tidied) == SICHUAN_VALUES
    own = [one for one in tidied.observations if not one.secondary]
    assert {one.period for one in own} == {Period(2022, 9)}
    assert (tidied.area, tidied.period) == ("510000", Period(2022, 9))
    where = own[3].source
    assert (where.sheet, where.row, where.column) == ("Sheet1", 8, "D")


@settings(max_examples=20)
@given(st.permutations(range(6)), st.integers(0, 3), st.integers(0, 2))
def test_a_form_is_read_the_same_with_columns_reordered_and_moved(columns, down, right):
    rows = [[]] * down + [[None] * right + row for row in form(columns, SICHUAN)]
    assert of(read(rows)) == SICHUAN_VALUES


@pytest.mark.parametrize("columns", [(0, 1, 3, 4, 5), (3, 1, 0)])
def test_a_form_without_codes_is_read_by_names_and_headings(columns):
    assert of(read(form(columns, SICHUAN))) == SICHUAN_VALUES


def test_a_monthly_form_with_a_month_beside_the_figure_is_read():
    # 邵阳市, October 2024
    rows = [
        ["综合机关名称：邵阳市民政局", "表号：JZH01", "批准文号：国统制[2023]83号", "2024年10月"],
        ["指标名称", "代码", "单位", "数量", "九月份", "环比"],
        ["(一)乡级行政区划", "JZH011110000", "个", 202, 202, None],
        ["(二)民政事业费累计支出", "JZH011310000", "万元", "154,084.4", "138,714.2", 11.08],
        ["(3)残疾人福利", "JZH011211300", "万元", "17,077.7", "15,260.5", 11.91],
    ]
    tidied = read(rows)
    assert tidied.form == "JZH01"
    assert of(tidied) == {
        "township_divisions": 202,
        "civil_affairs_spending": 1_540_844_000,
        "disability_welfare_spending": 170_777_000,
    }


def test_a_known_line_with_a_unit_and_no_figure_is_blank_and_a_heading_is_nothing():
    lines = [
        ["一、综合", None, None, None],
        ["最低生活保障支出", "万元", None, None],
        ["结婚登记", "对", None, 0],
    ]
    rows = [["四川省2024年9月"], ["指标名称", "单位", "代码", "数量"], *lines]
    found = {one.indicator: (one.value, one.status) for one in read(rows).observations}
    assert found == {
        "dibao_spending": (None, FigureStatus.BLANK),
        "marriages": (0, FigureStatus.FINAL),
    }


def small_form(*lines, head=("指标名称", "单位", "数量")):
    return [["四川省2024年9月民政统计月报"], list(head), *lines]


def test_an_unknown_line_is_an_error_or_listed_when_skipped():
    rows = small_form(
        ["结婚登记", "对", 5], ["优抚对象新类别", "人", 7], ["无数字的标题", None, None]
    )
    refused = read(rows)
    (finding,) = refused.findings
    assert (finding.severity, finding.rule, finding.row, finding.column) == (
        "error",
        "unknown_indicator",
        4,
        "C",
    )
    skipped = read(rows, skip_unknown=True)
    assert of(skipped) == {"marriages": 5}
    assert [(one.severity, one.rule) for one in skipped.findings] == [("note", "unknown_indicator")]
    assert "优抚对象新类别" in skipped.findings[0].message.zh


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (["结婚登记", "人", 5], "wrong_unit"),
        (["结婚登记", "车", 5], "unknown_unit"),
        (["结婚登记", "对", "若干"], "unreadable_number"),
        (["结婚登记", "对", True], "unreadable_number"),
        (["结婚登记", "对", "12.5%"], "wrong_unit"),
        (["困境儿童数", "487,828", None], "misplaced_number"),
        ([None, "对", 5], "unnamed_figure"),
        (["慈善支出", None, 5], "missing_unit"),
    ],
)
def test_a_line_that_cannot_be_trusted_is_refused_by_cell(line, rule):
    (finding,) = read(small_form(line, ["离婚登记", "对", 2])).findings
    assert (finding.severity, finding.rule, finding.row) == ("error", rule, 3)
    assert finding.column in ("B", "C")
    assert finding.message.zh != finding.message.en


def test_a_line_that_stands_twice_is_refused_naming_both_cells():
    (finding,) = read(small_form(["结婚登记", "对", 5], ["结婚登记", "对", 6])).findings
    assert finding.rule == "duplicate"
    assert "C3" in finding.message.zh
    assert "C4" in finding.message.zh


def test_a_rate_may_be_printed_in_the_unit_of_what_it_counts():
    tidied = read(small_form(["每个社区社会组织数", "支", 13]))
    assert of(tidied) == {"community_organisations_per_community": 13}
    assert rules(read(small_form(["每个社区社会组织数", "人", 13]))) == ["wrong_unit"]


def test_cases_and_things_count_alike():
    assert of(read(small_form(["收养登记", "个", 5]))) == {"adoptions": 5}


def test_figures_of_a_provisional_form_are_provisional():
    rows = small_form(["结婚登记", "对", 5])
    rows[0] = ["四川省2024年9月民政统计快报"]
    assert read(rows).observations[0].status is FigureStatus.PROVISIONAL


def test_figures_of_a_draft_are_drafts_and_a_blank_of_one_is_none():
    rows = small_form(["结婚登记", "对", 5])
    rows[0] = ["四川省2024年9月民政统计月报（征求意见稿）"]
    assert read(rows).observations[0].status is FigureStatus.DRAFT
    rows = small_form(["结婚登记", "对", 5], ["离婚登记", "对", "—"])
    rows[0] = ["四川省2024年9月民政统计月报（草稿）"]
    assert [one.status for one in read(rows).observations if one.value is None] != ["T"]


def test_a_sheet_without_any_figure_is_refused():
    assert rules(read(small_form(["一、综合", None, None]))) == ["no_figures"]


def test_a_wrong_unit_is_refused_at_its_own_cell():
    rows = [
        ["长清区民政统计月报 2025年3月"],
        ["指标名称", "计量单位", "数量"],
        ["结婚登记", "万元", 12],
    ]
    (finding,) = [one for one in read(rows).findings if one.severity == "error"]
    assert (finding.rule, finding.row, finding.column) == ("wrong_unit", 3, "B")
    assert finding.value == "万元"
