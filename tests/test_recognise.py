"""Recognising a sheet: its layout, and the area, period and unit it speaks of, with evidence."""

from datetime import date

import pytest
from sheets import areas, catalogue, sheet

from dashboard.catalogue.periods import Period
from dashboard.intake.forms.layout import GIVEN, Citation, FormRefused, Hints
from dashboard.intake.forms.recognise import recognise

FORM = ["指标名称", "计量单位", "代码", "数量", "上季度"]
LINE = ["结婚登记", "对", None, 5, 4]


def known(rows, name="Sheet1", merged=(), area="", period=""):
    return recognise(sheet(rows, name, merged), catalogue(), areas(), Hints(area, period))


def refused(rows, name="Sheet1", area="", period="", merged=()):
    with pytest.raises(FormRefused) as caught:
        known(rows, name, merged, area, period)
    return caught.value.findings


def test_a_form_is_known_by_its_header_block():
    found = known(
        [
            ["全国民政统计季报表"],
            ["", "表　　号：", "JBZH0001"],
            ["综合机关名称：四川省民政厅", None, "制表机关：民政部"],
            ["行政区划代码：510000000000", "2022年 三季度", "有效期至：2023年12月"],
            FORM,
            ["甲", "乙", "丙", 1, 2],
            LINE,
        ]
    )
    assert (found.layout, found.form, found.title) == (
        "official_form",
        "JBZH0001",
        "全国民政统计季报表",
    )
    assert found.area and found.area.code == "510000"
    assert found.period and (found.period.end, found.period.length) == (Period(2022, 9), 3)
    assert (found.header_rows, found.first_row) == ((4,), 6)
    roles = {column.role: column.place for column in found.columns}
    assert roles == {"name": 0, "unit": 1, "code": 2, "value": 3, "side": 4}
    assert str(found.evidence["period"]) == "B4: 2022年 三季度"
    assert str(found.evidence["area"]).startswith("A4")


def test_the_header_may_stand_after_empty_rows_and_columns_in_any_order():
    rows = [
        [],
        [None, "邵阳市民政统计月报 2024年10月"],
        [],
        [None, "代码", "数量", "指标名称", "计量单位", "九月份", "环比"],
        [None, None, 202, "(一)乡级行政区划", "个", 202, None],
    ]
    found = known(rows)
    assert found.area and found.area.code == "430500"
    roles = {column.role: column.place for column in found.columns if column.role != "side"}
    assert roles == {"code": 1, "value": 2, "name": 3, "unit": 4}


@pytest.mark.parametrize(
    ("cells", "name", "end"),
    [
        (["长清区2024年9月民政统计月报"], "Sheet1", (2024, 9)),
        (["长清区民政统计月报", "2022年三季度"], "Sheet1", (2022, 9)),
        (["长清区2018年民政统计月报"], "1月", (2018, 1)),
        (["长清区民政统计月报"], "2024-09", (2024, 9)),
        (["长清区2024年度统计表", "报告期别：2024年1—5月"], "Sheet1", (2024, 5)),
        (["长清区2019年度", "05", "月"], "Sheet1", (2019, 5)),
        (["长清区2024年统计表", "填报日期：2025年1月12日"], "Sheet1", (2024, 12)),
        (["长清区2024年上半年统计表", "国统制[2023]83号", "2024年7月5日"], "Sheet1", (2024, 6)),
        (["长清区统计表", "截至2024年10月31日"], "Sheet1", (2024, 10)),
        (["长清区统计表", "报告期：", date(2024, 3, 1)], "Sheet1", (2024, 3)),
    ],
)
def test_the_period_is_read_from_title_block_or_sheet_name(cells, name, end):
    assert known([cells, FORM, LINE], name).period.end == end


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("填报单位：济南市长清区民政局", "370113"),
        ("编制单位：长清区民政局", "370113"),
        ("地区编码：370113", "370113"),
        ("济南市长清区平安街道民政统计表", "370113003"),
        ("填报单位：文昌街道办事处", "370113001"),
        ("全国民政统计表", "000000"),
    ],
)
def test_the_area_is_read_from_code_office_or_title(cell, code):
    assert known([[cell], ["2024年9月"], FORM, LINE]).area.code == code


def test_what_the_person_says_wins_over_the_sheet():
    found = known([["长清区2024年9月"], FORM, LINE], area="德化县", period="2023Q2")
    assert found.area.code == "350526"
    assert found.period.end == Period(2023, 6)
    assert found.evidence["area"] == Citation(GIVEN, "德化县")


def test_a_sheet_without_area_and_period_is_refused_naming_the_options():
    findings = refused([["民政统计月报"], FORM, LINE])
    assert [finding.rule for finding in findings] == ["unknown_area", "unknown_period"]
    assert "--area" in findings[0].message.zh
    assert "--period" in findings[1].message.en


def test_two_different_periods_are_refused_with_both_cells():
    (finding,) = refused([["长清区2024年9月月报", "2024年8月"], FORM, LINE])
    assert finding.rule == "unknown_period"
    assert "A1" in finding.message.zh
    assert "B1" in finding.message.zh


def test_a_senseless_hint_is_refused():
    assert refused([["长清区2024年9月"], FORM, LINE], area="无名")[0].rule == "unknown_area"
    assert refused([["长清区2024年9月"], FORM, LINE], period="soon")[0].rule == "unknown_period"
    assert "370113003" in refused([["2024年9月"], FORM, LINE], area="平安街道")[0].message.zh


@pytest.mark.parametrize(
    "title",
    [
        "长清区2031年3月民政统计表（2031年4月报）",
        "长清区2023年民政统计表（2024年3月上报）",
        "长清区2031年3月民政统计表(2031年4月份月报)",
        "长清区2025年民政统计表（截至2025年2月29日）",
    ],
)
def test_a_month_of_reporting_that_is_not_the_period_is_asked_about(title):
    (finding,) = refused([[title], FORM, LINE])
    assert (finding.rule, finding.row) == ("unknown_period", 1)
    assert "--period" in finding.message.zh


@pytest.mark.parametrize(
    "title",
    [
        "2026年3月长清区民政统计表（2026年2月）",
        "2025年长清区民政统计表（2025年9月）",
        "2025年第二季度长清区民政统计表 2025年7月",
    ],
)
def test_a_title_of_two_periods_is_asked_about(title):
    (finding,) = refused([[title], FORM, LINE])
    assert (finding.rule, finding.row) == ("unknown_period", 1)
    assert "两个时间" in finding.message.zh


def test_a_period_named_twice_is_one():
    title = "2025年第三季度长清区民政统计表（2025年7-9月）"
    found = recognise(sheet([[title], FORM, LINE]), catalogue(), areas(), Hints())
    assert (str(found.period.end), found.period.length) == ("2025-09", 3)


@pytest.mark.parametrize("title", ["2024年9月表（2024年9月报）", "2024年统计月报（2024年9月报）"])
def test_a_month_of_reporting_within_the_period_is_the_period(title):
    one = sheet([[f"长清区{title}"], FORM, LINE])
    found = recognise(one, catalogue(), areas(), Hints(basis="year_to_date"))
    assert str(found.period.end) == "2024-09"


def test_a_sheet_of_no_known_layout_is_refused():
    (finding,) = refused([["会议纪要"], ["议题", "结论"], ["预算", "通过"]])
    assert finding.rule == "unknown_layout"


def test_merged_headings_of_several_rows_belong_to_all_their_columns():
    found = known(
        [
            ["长清区2024年9月救助情况", None, None, None, "单位：人、万元"],
            ["街道", "低保", None, None, "临时救助"],
            [None, "城市", None, "农村", None],
            [None, "户数", "人数", "人数", "人次"],
            [1, 2, 3, 4, 5],
            ["文昌街道", 1, 2, 3, 4],
        ],
        merged=((1, 0, 3, 0), (1, 1, 1, 3), (2, 1, 2, 2), (1, 4, 2, 4)),
    )
    assert found.layout == "street_table"
    assert found.first_row == 5
    assert [unit.id for unit in found.units] == ["person", "ten_thousand_yuan"]
    headings = [column.heading for column in found.columns if column.role == "indicator"]
    assert headings == [
        ("低保", "城市", "户数"),
        ("低保", "城市", "人数"),
        ("低保", "农村", "人数"),
        ("临时救助", "人次"),
    ]


def test_headings_that_stand_only_in_their_first_column_are_carried_to_the_right():
    found = known(
        [
            ["长清区2024年9月"],
            ["街道", "低保", None, None, "婚姻登记"],
            [None, "城市", None, "农村", "结婚登记"],
            [None, "户数", "人数", "人数", None],
            ["文昌街道", 1, 2, 3, 4],
        ]
    )
    headings = [column.heading for column in found.columns if column.role == "indicator"]
    assert headings == [
        ("低保", "城市", "户数"),
        ("低保", "城市", "人数"),
        ("低保", "农村", "人数"),
        ("婚姻登记", "结婚登记"),
    ]


def test_the_streets_name_their_district_where_nothing_else_does():
    rows = [["2024年9月"], ["街道", "结婚登记"], ["张夏街道", 1], ["平安街道", 2]]
    assert known(rows).area.code == "370113"
    (finding,) = refused([["2024年9月"], ["街道", "结婚登记"], ["平安街道", 2]])
    assert finding.rule == "unknown_area"


def test_a_table_of_years_needs_no_period():
    found = known(
        [
            ["长清区婚姻登记情况"],
            ["指标", "单位", "2019年", 2020, "2021"],
            ["结婚登记", "对", 1, 2, 3],
        ]
    )
    assert found.layout == "year_table"
    assert [c.span.end.year for c in found.columns if c.role == "year"] == [2019, 2020, 2021]


def test_a_tidy_table_names_area_and_period_in_its_rows():
    found = known(
        [["指标", "地区", "报告期", "数值", "说明"], ["marriages", "370113", "2024-05", 3]]
    )
    assert (found.layout, found.area, found.period) == ("tidy", None, None)


def test_a_provisional_mark_in_the_title_is_seen():
    for title, firmness in (
        ("长清区2024年9月民政统计快报", "P"),
        ("长清区2024年9月民政统计月报", "A"),
        ("长清区2024年9月民政统计月报（征求意见稿）", "T"),
        ("长清区2024年9月民政统计快报（草稿）", "T"),
    ):
        assert known([[title], FORM, LINE]).firmness == firmness
