"""Rules on whole forms: printed changes, codes of editions, and forms made up to be consistent."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sheets import areas, catalogue, sheet
from test_check_time import says
from test_official_form import SICHUAN, form

from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.layouts.printed_changes import printed_changes
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.rules.check import check, check_codes
from dashboard.intake.forms.rules.rules import KnownFigure
from dashboard.intake.forms.tidy import tidy


def judged(rows, known=()):
    """All findings of the rules about a form's cells, its printed changes among them."""
    one = sheet(rows)
    recognition = recognise(one, catalogue(), areas(), Hints(basis="year_to_date"))
    read = tidy(one, recognition, catalogue(), areas(), skip_unknown=True)
    own = [each for each in read.observations if not each.secondary]
    beside = [
        KnownFigure(each.indicator, each.area, each.period, each.value, each.kind)
        for each in read.observations
        if each.secondary and each.value is not None
    ]
    printed = printed_changes(one, recognition, read.observations)
    found = check(own, catalogue(), areas(), known=[*known, *beside], printed=printed)
    return found + check_codes(one, recognition, catalogue())


def cells(found):
    return [(one.rule, f"{one.column}{one.row}") for one in found]


def quarterly(*headings, title="长清区2024年二季度民政统计季报", lines=()):
    return [[title], ["指标名称", "单位", "数量", *headings], *lines]


# ---- printed 同比 and 环比 ----


def test_a_printed_change_is_recomputed_from_its_own_row():
    lines = [["城市低保人数", "人", 110, 100, "10.0%"], ["农村低保人数", "人", 110, 100, "9.0%"]]
    (finding,) = judged(quarterly("上年同期", "同比(%)", lines=lines))
    assert (finding.rule, finding.severity) == ("printed_growth", "warning")
    assert (finding.column, finding.row, finding.value) == ("E", 4, "9.0%")
    assert says(finding, ["印为 9.0%", "110 ÷ 100 − 1", "10.0%"], ["printed as 9.0%", "gives 10"])


@pytest.mark.parametrize(
    ("heading", "printed", "right"),
    [
        ("同比", "5.3%", True),
        ("同比", 0.0526, True),
        ("同比", 1, True),  # the difference itself
        ("同比增减数", 1, True),
        ("同比增减数", 2, False),
        ("同比(%)", 5, True),  # printed without a decimal
        ("同比(%)", 6, False),
        ("同比(%)", 1, False),
        ("同比", "—", True),
    ],
)
def test_a_change_may_be_printed_as_percentage_fraction_or_difference(heading, printed, right):
    rows = quarterly("上年同期", heading, lines=[["孤儿数", "人", 20, 19, printed]])
    assert cells(judged(rows)) == ([] if right else [("printed_growth", "E3")])


def test_the_difference_of_two_rates_may_be_printed_in_points():
    line = ["护理型床位占比", "%", 60, 50]
    assert judged(quarterly("上年同期", "同比(百分点)", lines=[[*line, 10]])) == []
    assert cells(judged(quarterly("上年同期", "同比(百分点)", lines=[[*line, 12]]))) == [
        ("printed_growth", "E3")
    ]


def test_a_change_of_rounded_figures_may_be_off_by_their_last_digit():
    line = ["城市低保支出", "万元", 1.2, 1.1]
    assert judged(quarterly("上年同期", "同比(%)", lines=[[*line, 14.2]])) == []
    assert cells(judged(quarterly("上年同期", "同比(%)", lines=[[*line, 22.0]]))) == [
        ("printed_growth", "E3")
    ]


def test_a_quarter_on_quarter_change_of_figures_since_january_is_said_to_be_one():
    lines = [["城市低保支出", "万元", 2050, 1000, 105], ["农村低保支出", "万元", 2050, 1000, 5]]
    (finding,) = judged(quarterly("上季度", "环比(%)", lines=lines))
    assert (finding.rule, finding.severity) == ("growth_on_to_date", "note")
    assert (finding.column, finding.row) == ("E", 3)
    assert says(
        finding,
        ["按累计数计算", "20,500,000 ÷ 10,000,000 − 1 = +105.0%", "按当期 10,500,000", "+5.0%"],
        ["figures since January", "+105.0%", "of the period itself 10,500,000", "+5.0%"],
    )


def test_every_printed_change_of_a_published_form_is_explained():
    found = judged(form(range(6), SICHUAN))
    assert {one.rule for one in found} == {"growth_on_to_date"}
    assert len(found) == 6
    assert all("而该数不全" in one.message.zh for one in found)


def test_where_last_year_is_not_printed_the_known_figure_of_it_is_used():
    rows = quarterly("同比(%)", lines=[["孤儿数", "人", 20, 25.0]])
    assert judged(rows) == []
    period = recognise(
        sheet(rows), catalogue(), areas(), Hints(basis="year_to_date")
    ).period.end.plus(-12)
    assert judged(rows, known=[KnownFigure("orphans", "370113", period, 16)]) == []
    (finding,) = judged(rows, known=[KnownFigure("orphans", "370113", period, 19)])
    assert (finding.rule, finding.column) == ("printed_growth", "D")


# ---- codes and editions ----


def coded(*lines):
    head = [["四川省2022年三季度民政统计季报表"], ["指标名称", "计量单位", "代码", "数量"]]
    return [*head, *lines]


TOWNS = ["1.镇", "个", "JZH011111000", 2016]


def test_a_form_of_one_edition_is_in_order():
    assert judged(coded(TOWNS, ["2.乡", "个", "JZH011112000", 543])) == []


def test_codes_of_another_edition_are_read_and_said():
    rows = coded(TOWNS, ["2.乡", "个", "JZH011112000", 543], ["1.孤儿", "人", "YZH012311000", 5])
    (finding,) = judged(rows)
    assert (finding.rule, finding.severity) == ("edition_mixed", "note")
    assert (finding.column, finding.row, finding.value) == ("C", 5, "YZH012311000")
    assert says(finding, ["JZH01", "1 个（YZH012311000）属于 YZH 2020"], ["of YZH 2020"])


def test_a_code_of_no_edition_is_said_where_a_figure_stands():
    rows = coded(TOWNS, ["结婚登记", "对", "JZH019999000", 7], ["一、综合", None, "JZH011000000"])
    (finding,) = judged(rows)
    assert (finding.rule, finding.row) == ("edition_unknown_code", 4)
    assert says(finding, ["JZH019999000", "结婚登记"], ["JZH019999000", "not in"])


def test_a_code_beside_another_name_than_its_own_is_a_warning():
    (finding,) = judged(coded(TOWNS, ["2.街道", "个", "JZH011112000", 543]))
    assert (finding.rule, finding.severity, finding.row) == ("edition_name", "warning", 4)
    assert says(finding, ["2.乡", "2.街道"], ["2.乡", "2.街道"])


# ---- forms that are consistent, and the same with one figure broken ----

counts = st.integers(min_value=0, max_value=30_000)


@st.composite
def consistent(draw):
    """Lines of a form in which every sum holds, and the rows of the totals."""
    lines, totals = [], []
    for total, parts, unit in (
        ("城乡低保人数", ("城市低保人数", "农村低保人数"), "人"),
        ("城乡低保户数", ("城市低保户数", "农村低保户数"), "户"),
        ("社会组织总数", ("社会团体数", "民办非企业单位数", "基金会数"), "个"),
        ("孤儿数", ("集中养育孤儿数", "社会散居孤儿数"), "人"),
        ("结婚登记对数", ("内地居民结婚登记对数", "涉外及港澳台居民结婚登记对数"), "对"),
    ):
        values = draw(st.lists(counts, min_size=len(parts), max_size=len(parts)))
        totals.append(len(lines))
        lines.append([total, unit, sum(values)])
        lines += [[part, unit, value] for part, value in zip(parts, values, strict=True)]
    beds = draw(counts)
    lines += [["养老机构床位数", "张", beds], ["护理型床位数", "张", draw(st.integers(0, beds))]]
    return lines, totals


@settings(max_examples=60)
@given(consistent())
def test_no_sum_that_holds_raises_an_alarm(made):
    lines, _ = made
    assert judged(quarterly(lines=lines)) == []


@settings(max_examples=60)
@given(consistent(), st.data())
def test_one_broken_total_is_found_at_its_cell(made, data):
    lines, totals = made
    row = data.draw(st.sampled_from(totals))
    wrong = data.draw(st.integers(min_value=1, max_value=999))
    assume(lines[row][2] < 100_000 - wrong)  # a larger one may have been rounded to thousands
    lines[row][2] += wrong
    found = judged(quarterly(lines=lines))
    assert ("parts_total", f"C{row + 3}") in cells(found)
    assert f"差 {wrong:,}" in next(one for one in found if one.rule == "parts_total").message.zh


@pytest.mark.parametrize("values", [(1949, 1949, 1950), (2001, 2002, 2003)])
def test_figures_beside_their_unit_are_no_years(values):
    head = [["长清区2023年结婚登记情况(累计)"], ["指标名称", "单位", "1月", "2月", "3月"]]
    assert not judged([*head, ["结婚登记对数", "对", *values]])


@settings(max_examples=40)
@given(st.lists(st.integers(0, 9_000), min_size=3, max_size=12), st.data())
def test_a_year_that_grows_is_in_order_and_one_that_falls_is_found(flows, data):
    months = [f"{n}月" for n in range(1, len(flows) + 1)]
    sums = [sum(flows[: n + 1]) for n in range(len(flows))]
    head = [["长清区2023年结婚登记情况(累计)"], ["指标名称", "单位", *months]]
    found = judged([*head, ["结婚登记对数", "对", *sums]])
    assert "to_date_falls" not in {one.rule for one in found}
    place = data.draw(st.integers(1, len(sums) - 1))
    assume(sums[place - 1] > 0 and sums[place - 1] % 1000)
    sums[place] = sums[place - 1] - 1
    found = judged([*head, ["结婚登记对数", "对", *sums]])
    assert ("to_date_falls", f"{chr(ord('C') + place)}3") in cells(found)
