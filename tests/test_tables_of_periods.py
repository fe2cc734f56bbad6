"""Tables whose columns and rows are several periods: nothing is stored under another one."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from sheets import read

from dashboard.intake.forms.layout import FormRefused

A, B = "文昌街道", "平安街道"
Meant = dict[float, tuple[str, str]]
_MONTH, _QUARTER, _HALF = "marriages_in_month", "marriages__couples__months_3", "months_6"
_MONEY, _PAID = "urban_dibao_spending", "temporary_assistance_spending"


class Printed(NamedTuple):
    """A sheet, what each of its values means, and whether something of it may be asked."""

    rows: list[list[object]]
    meant: Meant
    merged: tuple[tuple[int, int, int, int], ...] = ()
    name: str = "Sheet1"
    may_ask: bool = False


MONTHS_IN_QUARTERS = Printed(
    [
        ["长清区2024年上半年结婚登记对数分月统计表"],
        ["街道", "一季度", None, None, None, "二季度", None, None, None],
        [None, "1月", "2月", "3月", "小计", "4月", "5月", "6月", "小计"],
        [A, 31, 22, 43, 96, 14, 55, 36, 105],
        [B, 61, 52, 73, 186, 44, 85, 66, 195],
    ],
    {
        **{value: (_MONTH, "2024-01") for value in (31, 61)},
        **{value: (_MONTH, "2024-02") for value in (22, 52)},
        **{value: (_MONTH, "2024-03") for value in (43, 73)},
        **{value: ("marriages", "2024-03") for value in (96, 186)},
        **{value: (_MONTH, "2024-04") for value in (14, 44)},
        **{value: (_MONTH, "2024-05") for value in (55, 85)},
        **{value: (_MONTH, "2024-06") for value in (36, 66)},
        **{value: (_QUARTER, "2024-06") for value in (105, 195)},
    },
    ((1, 1, 1, 4), (1, 5, 1, 8)),
    may_ask=True,
)
MONTH_TO_DATE_YEAR_BEFORE = Printed(
    [
        ["长清区2024年9月社会救助月报"],
        ["街道", "城市低保金支出（万元）", None, None, "临时救助支出（万元）", None, None],
        [None, "本月", "累计", "上年同期", "9月当月", "1—9月累计", "去年1-9月"],
        [A, 11, 101, 91, 12, 112, 92],
        [B, 21, 201, 191, 22, 212, 192],
    ],
    {
        **{value * 1e4: ("urban_dibao_spending_in_month", "2024-09") for value in (11, 21)},
        **{value * 1e4: (_MONEY, "2024-09") for value in (101, 201)},
        **{value * 1e4: (_MONEY, "2023-09") for value in (91, 191)},
        **{value * 1e4: ("temporary_assistance__money__in_month", "2024-09") for value in (12, 22)},
        **{value * 1e4: (_PAID, "2024-09") for value in (112, 212)},
        **{value * 1e4: (_PAID, "2023-09") for value in (92, 192)},
    },
    ((1, 1, 1, 3), (1, 4, 1, 6)),
    may_ask=True,
)
TWO_YEARS_BESIDE = Printed(
    [
        ["长清区婚姻登记情况对比表"],
        ["街道", "2024年1-9月", None, "2023年1-9月", None, "结婚登记增减"],
        [None, "结婚登记", "离婚登记", "结婚登记", "离婚登记", None],
        [A, 301, 31, 311, 33, -10],
        [B, 401, 41, 421, 47, -20],
    ],
    {
        **{value: ("marriages", "2024-09") for value in (301, 401)},
        **{value: ("divorces", "2024-09") for value in (31, 41)},
        **{value: ("marriages", "2023-09") for value in (311, 421)},
        **{value: ("divorces", "2023-09") for value in (33, 47)},
    },
    ((1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 2, 5), (1, 0, 2, 0)),
)
HALF_YEARS = Printed(
    [
        ["长清区2023年城市低保情况统计表"],
        ["街道", "上半年", None, "下半年", None],
        [None, "月末在保人数（人）", "支出资金（万元）", "月末在保人数（人）", "支出资金（万元）"],
        [A, 701, 71, 711, 73],
        [B, 801, 81, 811, 83],
    ],
    {
        **{value: ("urban_dibao_persons", "2023-06") for value in (701, 801)},
        **{value * 1e4: (_MONEY, "2023-06") for value in (71, 81)},
        **{value: ("urban_dibao_persons", "2023-12") for value in (711, 811)},
        **{value * 1e4: (f"urban_dibao__money__{_HALF}", "2023-12") for value in (73, 83)},
    },
    ((1, 1, 1, 2), (1, 3, 1, 4)),
    may_ask=True,
)
FISCAL_AND_CALENDAR = Printed(
    [
        ["长清区临时救助支出情况（单位：万元）"],
        ["街道", "2023年4月—2024年3月", "2023年", "2024年1-3月", "2023年度（4月至次年3月）"],
        [A, 501, 601, 151, 502],
        [B, 511, 611, 161, 512],
    ],
    {
        **{
            value * 1e4: ("temporary_assistance__money__months_12", "2024-03")
            for value in (501, 511)
        },
        **{value * 1e4: (_PAID, "2023-12") for value in (601, 611)},
        **{value * 1e4: (_PAID, "2024-03") for value in (151, 161)},
    },
    may_ask=True,
)
LINES_AND_SECTIONS = Printed(
    [
        ["长清区2024年8月民政指标完成情况"],
        ["指标名称", "计量单位", "数量"],
        ["一、8月当月"],
        ["结婚登记", "对", 131],
        ["离婚登记", "对", 31],
        ["二、1-8月累计"],
        ["结婚登记", "对", 931],
        ["离婚登记", "对", 231],
        ["三、8月末"],
        ["城市低保人数", "人", 1931],
        ["四、去年1-8月"],
        ["结婚登记", "对", 941],
        ["五、二季度"],
        ["离婚登记", "对", 97],
    ],
    {
        131: (_MONTH, "2024-08"),
        31: ("divorces_in_month", "2024-08"),
        931: ("marriages", "2024-08"),
        231: ("divorces", "2024-08"),
        1931: ("urban_dibao_persons", "2024-08"),
        941: ("marriages", "2023-08"),
        97: ("divorces__couples__months_3", "2024-06"),
    },
    may_ask=True,
)
MONTHS_AND_TOTAL = Printed(
    [
        ["长清区2024年上半年婚姻登记分月情况"],
        ["登记类别", "计量单位", "1月", "2月", "3月", "4月", "5月", "6月", "1-6月合计"],
        ["结婚登记", "对", 218, 291, 213, 325, 317, 143, 1507],
        ["离婚登记", "对", 79, 62, 51, 93, 77, 100, 462],
    ],
    {
        **{
            value: (name, f"2024-{month:02d}")
            for name, values in (
                (_MONTH, (218, 291, 213, 325, 317, 143)),
                ("divorces_in_month", (79, 62, 51, 93, 77, 100)),
            )
            for month, value in enumerate(values, 1)
        },
        1507: ("marriages", "2024-06"),
        462: ("divorces", "2024-06"),
    },
)
TABLES = {
    "months and their total": MONTHS_AND_TOTAL,
    "months in quarters": MONTHS_IN_QUARTERS,
    "month, to date, year before": MONTH_TO_DATE_YEAR_BEFORE,
    "two years beside": TWO_YEARS_BESIDE,
    "half-years": HALF_YEARS,
    "fiscal and calendar": FISCAL_AND_CALENDAR,
    "lines and sections": LINES_AND_SECTIONS,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_figure_is_of_its_own_period_or_asked(name: str) -> None:
    printed = TABLES[name]
    try:
        tidied = read(printed.rows, printed.name, printed.merged, area="长清区", basis="")
    except FormRefused as refused:
        assert printed.may_ask, [one.message.zh for one in refused.findings]
        return
    stored = {
        (one.value, one.indicator, str(one.period))
        for one in tidied.observations
        if one.value is not None
    }
    meant = {(value, *cell) for value, cell in printed.meant.items()}
    assert stored <= meant, sorted(stored - meant)
    if not printed.may_ask:
        assert stored == meant, [one.message.zh for one in tidied.findings]
    else:
        asked = [one for one in tidied.findings if one.severity in ("error", "warning")]
        assert stored == meant or asked


@pytest.mark.parametrize(
    "said", ["统计时间：2023年8月31日", "统计时间：2024年8月", "报告期：2024年8月"]
)
def test_a_labelled_month_that_is_not_the_titles_is_refused(said: str) -> None:
    rows = [["长清区2024年9月民政统计表"], [said], ["街道", "城市低保人数(人)"], ["文昌街道", 30]]
    with pytest.raises(FormRefused) as refused:
        read(rows, area="长清区")
    assert "2024年9月" in str(refused.value)


@pytest.mark.parametrize("figures", [(10, 30, 60, 60), (10, 20, 30, 100), (10, 20, 30, 0)])
def test_quarters_that_do_not_make_up_their_total_are_asked(figures):
    rows = [["长清区2026年结婚登记情况表"], ["街道", "一季度", "二季度", "三季度", "合计"]]
    tidied = read([*rows, ["文昌街道", *figures]], basis="")
    assert "unclear_period" in {one.rule for one in tidied.findings}
    assert figures[3] not in {
        one.value for one in tidied.observations if one.indicator == "marriages"
    }


@pytest.mark.parametrize("second", ["下半年", "二季度"])
def test_a_total_of_one_part_of_a_year_counts_to_its_end(second):
    first = {"下半年": "上半年", "二季度": "一季度"}[second]
    rows = [["长清区2026年结婚登记情况表"], ["街道", first, second, "合计"]]
    tidied = read([*rows, ["文昌街道", 10, None, 10], ["归德街道", 12, None, 12]], basis="")
    assert {one.period.month for one in tidied.observations} == {6 if first == "上半年" else 3}


def test_a_year_beside_quarters_of_which_the_last_are_empty_counts_to_the_last_one():
    rows = [["长清区2025年结婚登记情况表"], ["街道", "一季度", "二季度", "三季度", "全年"]]
    tidied = read([*rows, ["文昌街道", 10, 20, None, 30]], basis="")
    assert {str(one.period) for one in tidied.observations} == {"2025-03", "2025-06"}


def test_a_total_printed_with_fewer_decimals_is_the_sum_of_its_quarters():
    rows = [["长清区2026年农村低保资金支出(万元)"], ["街道", "一季度", "二季度", "合计"]]
    tidied = read([*rows, ["文昌街道", 10.25, 20.13, 30.4]], basis="")
    assert not tidied.findings and len(tidied.observations) == 3


def test_a_group_of_changes_against_the_year_before_is_left_out_with_its_headings():
    rows = [["长清区临时救助工作半年对比表"]]
    rows += [["街道", "2025年上半年", None, "2024年上半年", None, "同比增减(%)", None]]
    rows += [[None, *["救助人次", "救助金额(万元)"] * 2, "人次", "金额"]]
    rows += [["文昌街道", 69, 6.45, 74, 6.23, -6.8, 3.5], ["平安街道", 78, 8, 74, 8.65, 5.4, -7.5]]
    tidied = read(rows, basis="")
    assert not tidied.refused
    assert {str(one.period) for one in tidied.observations} == {"2025-06", "2024-06"}
    assert len(tidied.observations) == 8
