"""Several tables on one sheet: what stands over one of them is said of no other."""

import pytest
from sheets import read

TOWNS = ("文昌街道", "崮云湖街道")
TITLE = "长清区2025年5月老年人福利情况"
FIRST = ("old_age_allowance", 100, 200)
SECOND = ("elderly_service_subsidy", 5, 6)


def rows_of(first, second, title=TITLE):
    """Two tables of money, one below the other."""
    above = [[title]] if title else []
    return [
        *above,
        first,
        ["街道", "金额"],
        *([town, value] for town, value in zip(TOWNS, FIRST[1:], strict=True)),
        [],
        second,
        ["街道", "金额"],
        *([town, value] for town, value in zip(TOWNS, SECOND[1:], strict=True)),
    ]


def side_by_side(first, second, headings=("金额", "金额")):
    """Two tables of money, one beside the other."""
    heads = ["街道", headings[0], None, "街道", headings[1]]
    rows = zip(TOWNS, FIRST[1:], SECOND[1:], strict=True)
    return [[TITLE], [*first, None, *second], heads, *([t, a, None, t, b] for t, a, b in rows)]


def found(rows, **said):
    """Value, period and status by programme of the first street."""
    tidied = read(rows, **{"basis": "in_month", **said})
    return {
        one.indicator.split("__")[0].removesuffix("_paid"): (one.value, str(one.period), one.status)
        for one in tidied.observations
        if one.area == "370113001"
    }


def both(rows, **said):
    """Value and period of the two programmes."""
    read_as = found(rows, **said)
    return [read_as.get(name, (None, None))[:2] for name in (FIRST[0], SECOND[0])]


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (rows_of(["一、高龄津贴", "单位:元"], ["二、养老服务补贴", "单位:万元"]), [100, 50000]),
        (rows_of(["一、高龄津贴", "单位:万元"], ["二、养老服务补贴", None]), [1000000, 50000]),
        (
            rows_of(["一、高龄津贴"], ["二、养老服务补贴", "单位:万元"], f"{TITLE}(单位:元)"),
            [100, 50000],
        ),
        (rows_of(["高龄津贴(元)"], ["养老服务补贴(万元)"]), [100, 50000]),
        (
            side_by_side(["高龄津贴", "单位:元"], ["养老服务补贴", "单位:万元"]),
            [100, 50000],
        ),
        (
            side_by_side(
                [None, "单位:元"], [None, "单位:万元"], ("高龄津贴金额", "养老服务补贴金额")
            ),
            [100, 50000],
        ),
    ],
)
def test_a_unit_is_that_of_the_tables_below_it_until_the_next_one(rows, values):
    assert [value for value, _ in both(rows)] == values


def test_one_unit_over_tables_side_by_side_is_that_of_both():
    rows = side_by_side(["填报单位:长清区民政局", None], [None, "单位:万元"])
    rows[2] = ["街道", "高龄津贴金额", None, "街道", "养老服务补贴金额"]
    assert [value for value, _ in both(rows)] == [1000000, 50000]


@pytest.mark.parametrize(
    ("first", "second", "title", "months"),
    [
        ("一、高龄津贴", "二、4月养老服务补贴", TITLE, ("2025-05", "2025-04")),
        ("一、4月高龄津贴", "二、养老服务补贴", TITLE, ("2025-04", "2025-05")),
        ("一、2025年4月高龄津贴", "二、2025年养老服务补贴", TITLE, ("2025-04", "2025-05")),
        ("表1 2025年4月高龄津贴", "表2 2025年6月养老服务补贴", None, ("2025-04", "2025-06")),
    ],
)
def test_a_month_over_one_table_is_that_of_no_other(first, second, title, months):
    rows = rows_of([first, "单位:元"], [second, "单位:元"], title)
    assert [period for _, period in both(rows, area="370113")] == list(months)


def test_months_over_tables_side_by_side_are_each_ones_own():
    rows = side_by_side(["2025年4月高龄津贴", "单位:元"], ["2025年6月高龄津贴", "单位:元"])
    rows[0] = ["长清区高龄津贴发放情况"]
    tidied = read(rows, basis="in_month")
    assert {(str(one.period), one.value) for one in tidied.observations} == {
        ("2025-04", 100),
        ("2025-04", 200),
        ("2025-06", 5),
        ("2025-06", 6),
    }


@pytest.mark.parametrize("label", ["填表日期:2025年7月3日", "统计月份:2025年4月"])
def test_a_label_in_the_row_of_a_title_heads_no_column(label):
    rows = rows_of(["一、高龄津贴", "单位:元"], ["二、养老服务补贴", label])
    month = "2025-04" if "月份" in label else "2025-05"
    assert both(rows) == [(100, "2025-05"), (5, month)]


def test_since_january_over_one_table_is_said_of_no_other():
    rows = rows_of(["一、高龄津贴1-5月累计", "单位:元"], ["二、养老服务补贴", "单位:元"])
    assert "unknown_basis" in {one.rule for one in read(rows, basis="").findings}
    assert {one.indicator for one in read(rows, basis="in_month").observations} == {
        "old_age_allowance_paid",
        "elderly_service_subsidy__money__in_month",
    }


def test_a_table_that_is_called_provisional_makes_its_sheet_so():
    firm, rough = (
        rows_of(["一、高龄津贴", "单位:元"], [f"二、养老服务补贴{said}", "单位:元"])
        for said in ("", "(快报数)")
    )
    statuses = [{status for *_, status in found(rows).values()} for rows in (firm, rough)]
    assert statuses[0] != statuses[1]


def test_a_unit_in_a_line_of_its_own_makes_no_title_of_a_table_one_of_the_sheet():
    rows = rows_of(["高龄津贴", None], ["养老服务补贴", None])
    rows.insert(2, [None, "单位:元"])
    assert both(rows) == [(100, "2025-05"), (5, "2025-05")]


def test_a_unit_below_a_table_is_not_that_of_the_next_one():
    rows = rows_of(["一、高龄津贴", None], ["二、养老服务补贴", None])
    rows.insert(5, [None, "单位:元"])
    assert both(rows) == [(100, "2025-05"), (None, None)]
    assert both([*rows, [None, "单位:万元"]]) == [(100, "2025-05"), (50000, "2025-05")]


def test_the_month_and_the_year_of_the_sheet_are_no_other_periods():
    rows = rows_of(["一、本月", "单位:元"], ["二、本年累计", "单位:元"], "长清区2025年5月高龄津贴")
    assert {(one.indicator, str(one.period)) for one in read(rows, basis="").observations} == {
        ("old_age_allowance__money__in_month", "2025-05"),
        ("old_age_allowance_paid", "2025-05"),
    }
