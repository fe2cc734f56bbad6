"""Periods: every printed form is read, nothing else is, and a name can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import periods
from dashboard.catalogue.periods import Period, find, parse

PRINTED = {
    "2023": ("2023-12", "2023-01"),
    "2024-09": ("2024-09", None),
    "202409": ("2024-09", None),
    "2024/9": ("2024-09", None),
    "2024Q3": ("2024-09", None),
    "2024Q1-Q3": ("2024-09", "2024-01"),
    "2021H1": ("2021-06", "2021-01"),
    "2022H2": ("2022-12", "2022-07"),
    "2024年": ("2024-12", "2024-01"),
    "2024年度": ("2024-12", "2024-01"),
    "2024年9月": ("2024-09", None),
    "2024年九月": ("2024-09", None),
    "2024年十二月": ("2024-12", None),
    "２０２４年９月": ("2024-09", None),
    "2019年度 05 月": ("2019-05", None),
    "2024年1—5月": ("2024-05", "2024-01"),
    "2024年1-10月": ("2024-10", "2024-01"),
    "2024年上半年": ("2024-06", "2024-01"),
    "2022年三季度": ("2022-09", None),
    "2022年第三季度": ("2022-09", None),
    "2022年前三季度": ("2022-09", "2022-01"),
    "2024年5月末": ("2024-05", None),
    "2024-01..2024-05": ("2024-05", "2024-01"),
    "2020..2024": ("2024-12", "2020-01"),
    "..2023": ("2023-12", None),
}


@pytest.mark.parametrize("text", PRINTED)
def test_a_printed_period_ends_in_its_last_month_and_remembers_its_first(text):
    end, since = PRINTED[text]
    span = parse(text)
    assert str(span.end) == end
    assert (str(span.since) if span.since else None) == since


@pytest.mark.parametrize(
    "text", ["", "2024-13", "2024-00", "24年", "2024Q5", "九月", "2024..2020", "1845", "x", "3万多"]
)
def test_what_is_not_a_period_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError, match=r"period|span"):
        parse(text)


@given(st.integers(1950, 2099), st.integers(1, 12), st.integers(-300, 300))
def test_counting_months_forward_and_back_returns(year, month, months):
    period = Period(year, month)
    assert period.plus(months).plus(-months) == period
    assert periods.from_key(period.key) == period
    assert parse(str(period)).end == period


@given(st.integers(1950, 2099), st.integers(1, 12))
def test_a_period_named_in_chinese_is_read_back(year, month):
    period = Period(year, month)
    for accumulation in ("", "year_to_date", "end_of_period"):
        assert parse(periods.name(period, "zh", accumulation)).end == period


def test_an_unfinished_year_to_date_is_named_by_its_months_and_a_whole_one_by_its_year():
    assert periods.name(Period(2024, 5), "zh", "year_to_date") == "2024年1—5月"
    assert periods.name(Period(2024, 5), "en", "year_to_date") == "Jan–May 2024"
    assert periods.name(Period(2024, 12), "zh", "year_to_date") == "2024年"
    assert periods.name(Period(2024, 5), "zh", "end_of_period") == "2024年5月末"
    assert periods.name(Period(2024, 12), "zh", "over_span", Period(2020, 1)) == "2020—2024年"


def test_a_period_is_found_inside_a_title():
    found = find("示例区街道民政指标表(2024年9月)")
    assert found is not None and str(found.end) == "2024-09"
    assert find("民政统计月报表") is None


@given(st.text(max_size=30))
def test_no_text_makes_the_parser_fail_otherwise_than_by_saying_so(text):
    try:
        span = parse(text)
    except ValueError:
        return
    assert 1 <= span.end.month <= 12
