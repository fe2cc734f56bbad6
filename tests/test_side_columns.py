"""Columns for comparison: each figure is kept for its own period, unless a better one is there."""

import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import areas, beside, catalogue, of, read, rules
from stores import WHEN, fresh_store, handing_in
from test_official_form import SICHUAN, form

from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.intake import Handover, receive
from dashboard.store.observations import read_figures, read_revisions
from dashboard.store.query import Query


def monthly(
    *headings, title="长清区2024年10月民政统计月报", cells=(), line=("结婚登记", "对", 900)
):
    head = ["指标名称", "单位", "数量", *headings]
    return [[title], head, [*line, *cells]]


def test_the_quarter_before_of_a_published_form_is_kept_for_its_own_quarter():
    found = beside(read(form(range(6), SICHUAN)))
    assert found["civil_affairs_spending", "2022-06"] == 11_427_139_000
    assert found["township_divisions", "2022-06"] == 3101
    assert len(found) == 9  # neither the blank cell nor any percentage


@settings(max_examples=15)
@given(st.permutations(range(6)))
def test_the_quarter_before_is_found_wherever_its_column_stands(columns):
    assert beside(read(form(columns, SICHUAN))) == beside(read(form(range(6), SICHUAN)))


@pytest.mark.parametrize(
    ("title", "heading", "period"),
    [
        ("长清区2024年10月民政统计月报", "上年", "2023-10"),
        ("长清区2024年10月民政统计月报", "上年同期数", "2023-10"),
        ("长清区2024年10月民政统计月报", "去年同期", "2023-10"),
        ("长清区2024年10月民政统计月报", "上年数据", "2023-10"),
        ("长清区2024年10月民政统计月报", "上年末", "2023-12"),
        ("长清区2024年10月民政统计月报", "上季度", "2024-09"),
        ("长清区2024年8月民政统计月报", "上季度", "2024-06"),
        ("长清区2024年一季度民政统计季报", "上季度", "2023-12"),
        ("长清区2024年10月民政统计月报", "上月", "2024-09"),
        ("长清区2024年10月民政统计月报", "九月份", "2024-09"),
        ("长清区2024年10月民政统计月报", "9月末", "2024-09"),
        ("长清区2024年10月民政统计月报", "十二月份", "2023-12"),
        ("长清区2024年10月民政统计月报", "2023年10月", "2023-10"),
        ("长清区2024年10月民政统计月报", "九月份（对）", "2024-09"),
        ("长清区2024年10月民政统计月报", "上期", "2024-09"),
        ("长清区2024年9月民政统计月报", "上期", "2024-08"),
        ("长清区2024年9月民政统计季报", "上期", "2024-06"),
        ("长清区2024年三季度民政统计表", "上期数", "2024-06"),
        ("长清区2024年1月民政统计月报", "上期", "2023-12"),
        ("长清区2024年1月民政统计季报", "上期", "2023-12"),
        ("长清区2024年民政统计年报", "上期", "2023-12"),
    ],
)
def test_a_heading_says_of_which_period_its_figures_are(title, heading, period):
    tidied = read(monthly(heading, title=title, cells=["880"]))
    assert beside(tidied) == {("marriages", period): 880}
    assert of(tidied) == {"marriages": 900}
    assert tidied.period == tidied.observations[0].period


@pytest.mark.parametrize(
    "heading",
    [
        "同比",
        "环比(%)",
        "同比增减",
        "比上年同期",
        "较上月增长",
        "与上年相比",
        "十月份",
        "占比",
        "备注",
    ],
)
def test_changes_and_shares_are_no_figures_of_their_own(heading):
    tidied = read(monthly(heading, cells=[12.5]))
    assert (beside(tidied), rules(tidied)) == ({}, [])


def test_group_headings_are_read_together_with_what_stands_under_them():
    rows = [
        ["长清区2024年10月民政统计月报"],
        ["指标名称", "单位", "数量", "上年同期", None, "上月", None],
        [None, None, None, "数量", "同比", "数量", "环比"],
        ["结婚登记", "对", 900, 950, -5.3, 800, 12.5],
    ]
    assert beside(read(rows)) == {("marriages", "2023-10"): 950, ("marriages", "2024-09"): 800}


@pytest.mark.parametrize(
    "title",
    [
        "长清区2019年6月民政统计月报（季报表）",
        "长清区2020年度民政统计月报",
        "长清区2024年上半年统计",
    ],
)
def test_a_column_whose_period_cannot_be_told_is_left_out_with_a_note(title):
    tidied = read(monthly("上期", title=title, cells=[880]))
    assert beside(tidied) == {}
    assert [(one.severity, one.rule, one.column) for one in tidied.findings] == [
        ("note", "column_left_out", "D")
    ]


def test_an_unreadable_figure_beside_warns_and_stops_nothing():
    tidied = read(monthly("上月", cells=["若干"]))
    assert (of(tidied), beside(tidied)) == ({"marriages": 900}, {})
    assert [(one.severity, one.rule) for one in tidied.findings] == [
        ("warning", "unreadable_number")
    ]


@pytest.mark.parametrize("mark", [None, "—", "未报", "*"])
def test_a_mark_for_nothing_beside_says_nothing_of_the_other_period(mark):
    assert beside(read(monthly("上月", cells=[mark]))) == {}


def test_two_columns_of_one_period_that_differ_warn_and_the_first_is_read():
    tidied = read(monthly("上月", "九月份", "上期", cells=[800, 810, 800]))
    assert beside(tidied) == {("marriages", "2024-09"): 800}
    assert rules(tidied) == ["duplicate"]


def test_a_sheet_with_nothing_but_comparisons_holds_no_figures():
    tidied = read(monthly("上月", line=("结婚登记", None, None), cells=[800]))
    assert rules(tidied) == ["no_figures"]


# ---- beside what the store holds ----


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


def workbook(*sheets):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return content.getvalue()


def hand_in(store, *sheets, dry_run=False, note="已核对"):
    files = [("月报.xlsx", workbook(*sheets))]
    handover = Handover(dry_run=dry_run, note=note)
    return receive(handing_in(store, catalogue(), areas()), files, handover, WHEN)


def current(store, period):
    query = Query(["marriages"], ["370113"], periods=[Period(*period)])
    return [figure.value for figure in read_figures(store, query)]


OCTOBER = monthly("九月份", cells=[800])
SEPTEMBER = "长清区2024年9月民政统计月报"


def test_a_figure_beside_fills_a_gap_and_gives_way_to_the_form_of_its_own_period(store):
    (receipt,) = hand_in(store, OCTOBER)
    assert (receipt.observations, receipt.findings) == (2, ())
    assert (current(store, (2024, 9)), current(store, (2024, 10))) == ([800], [900])
    hand_in(store, monthly(title=SEPTEMBER, line=("结婚登记", "对", 805)))
    assert current(store, (2024, 9)) == [805]


def test_a_figure_beside_never_replaces_one_that_is_there_and_a_difference_warns(store):
    hand_in(store, monthly(title=SEPTEMBER, line=("结婚登记", "对", 805)))
    (preview,) = hand_in(store, OCTOBER, dry_run=True)
    (receipt,) = hand_in(store, OCTOBER)
    assert preview.findings == receipt.findings
    (finding,) = receipt.findings
    assert (finding.severity, finding.rule, finding.value) == ("warning", "compared_figure", "800")
    assert (finding.row, finding.column) == (3, "D")
    assert "805" in finding.message.zh and "800" in finding.message.en
    assert (receipt.observations, current(store, (2024, 9))) == (1, [805])
    assert len(read_revisions(store, Query(["marriages"], ["370113"]))) == 2


def test_a_figure_beside_takes_the_place_of_a_missing_report(store):
    hand_in(store, monthly(title=SEPTEMBER, line=("结婚登记", "对", "未报")))
    (receipt,) = hand_in(store, OCTOBER)
    assert (receipt.findings, current(store, (2024, 9))) == ((), [800])


@pytest.mark.parametrize(("printed", "warns"), [("0.08", False), ("0.09", True), (0.1, False)])
def test_a_difference_of_rounding_only_does_not_warn(store, printed, warns):
    hand_in(store, monthly(title=SEPTEMBER, line=("结婚登记", "对", 805)))
    october = monthly("九月份", line=("结婚登记", "万对", 0.09), cells=[printed])
    (receipt,) = hand_in(store, october)
    assert bool(receipt.findings) == warns


def test_the_months_of_one_file_count_as_known_in_any_order(store):
    september = monthly(title=SEPTEMBER, line=("结婚登记", "对", 805))
    first, second = hand_in(store, september, OCTOBER)
    assert (first.findings, len(second.findings)) == ((), 1)
    assert (current(store, (2024, 9)), current(store, (2024, 10))) == ([805], [900])
    zero = monthly(title="长清区2024年1月民政统计月报", line=("结婚登记", "对", 0))
    february = monthly(
        "上月", title="长清区2024年2月民政统计月报", line=("结婚登记", "对", 7), cells=[5]
    )
    hand_in(store, february, zero)
    assert current(store, (2024, 1)) == [0]


def test_a_blank_of_the_sheet_itself_is_kept_as_blank(store):
    hand_in(store, monthly("上月", line=("结婚登记", "对", None), cells=[800]))
    query = Query(["marriages"], ["370113"], periods=[Period(2024, 10)])
    assert [figure.status for figure in read_figures(store, query)] == [FigureStatus.BLANK]
