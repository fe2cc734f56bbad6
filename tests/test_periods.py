"""Periods: every printed form is read, nothing else is, and a name can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import periods
from dashboard.catalogue.grid import span_start
from dashboard.catalogue.periods import Period, Span, find, parse, phrases

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
    "2025年9-10月": ("2025-10", "2025-09"),
    "2025年7月至9月": ("2025-09", "2025-07"),
    "2024年12月-2025年2月": ("2025-02", "2024-12"),
    "2024-2025年": ("2025-12", "2024-01"),
    "2025年3-4季度": ("2025-12", "2025-07"),
    "2025年1月1日至9月30日": ("2025-09", "2025-01"),
    "二〇一六年九月": ("2016-09", None),
    "二○一六年前三季度": ("2016-09", "2016-01"),
    "16年9月": ("2016-09", None),
    "2024年前三个月": ("2024-03", "2024-01"),
    "2024年前9个月": ("2024-09", "2024-01"),
    "2024年头十个月": ("2024-10", "2024-01"),
    "2024年前两个季度": ("2024-06", "2024-01"),
    "2024年第III季度": ("2024-09", None),
    "2024年首季度": ("2024-03", None),
}


@pytest.mark.parametrize("text", PRINTED)
def test_a_printed_period_ends_in_its_last_month_and_remembers_its_first(text):
    end, since = PRINTED[text]
    span = parse(text)
    assert str(span.end) == end
    assert (str(span.since) if span.since else None) == since


NO_DAYS = ["2025年2月29日", "2016年2月30日", "2026-02-29", "2025/4/31", "2025.2.30", "2025年2月0日"]


@pytest.mark.parametrize("text", [*NO_DAYS, "2025年6月31号", "2024年1月1日至2月30日"])
def test_a_day_that_does_not_exist_is_no_period(text):
    with pytest.raises(ValueError, match="not a period"):
        parse(text)
    (phrase,) = phrases(f"长清区民政统计表（截至{text}）")
    assert phrase.span is None, "it is asked about"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *[(text, "2024-02") for text in ("2024年2月29日", "2024-02-29", "2024/2/29")],
        *[(text, "2000-02") for text in ("2000年2月29日", "2000.2.29")],
        ("2025年2月28日", "2025-02"),
        ("2025年6月30号", "2025-06"),
    ],
)
def test_a_last_day_names_its_month(text, month):
    assert str(parse(text).end) == month
    assert [str(phrase.span.end) for phrase in phrases(f"截至{text}")] == [month]


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


MONTHS = {f"{month}月": month for month in range(1, 13)}
MONTHS |= dict(zip(("九月", "十月份", "十二月末", "元月"), (9, 10, 12, 1), strict=True))
QUARTERS = {"三季度": 9, "第三季度": 9, "Q3": 9, "第2季度末": 6, "四季度": 12, "三季": 9}
SPANS = {
    "7-9月": (7, 9),
    "4—6月": (4, 6),
    "9至10月": (9, 10),
    "九至十月": (9, 10),
    "1－9月": (1, 9),
    "一至三季度": (1, 9),
    "前三季度": (1, 9),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "10月～11月": (10, 11),
}
UNCLEAR = (
    "第40周",
    "第四十周",
    "9、10月",
    "第3期",
    "9月上旬",
    "半年",
    "秋季",
    "9月1-15日",
    "第三批",
)
YEARS = ("2025年", "2025年度", "二〇二五年", "２０２５年")
FRAMES = (
    "示例区{year}{part}街道指标表",
    "{year}{part}",
    "{year} {part} 低保人数",
    "{year}({part})统计表",
    "示例区{year}街道指标表({part})",
    "示例区{year}街道指标表（{part}）",
    "示例区{part}低保情况（{year}）",
)


@given(
    st.sampled_from(FRAMES),
    st.sampled_from(YEARS),
    st.sampled_from([*MONTHS, *QUARTERS, *SPANS, *UNCLEAR]),
)
def test_a_phrase_in_a_title_is_taken_whole_or_asked_about(frame, year, part):
    (phrase, *_) = phrases(frame.format(year=year, part=part))
    if part in UNCLEAR:
        assert phrase.span is None
    elif part in SPANS:
        first, last = SPANS[part]
        assert phrase.span == Span(Period(2025, last), Period(2025, first), last - first + 1)
    else:
        month = MONTHS.get(part) or QUARTERS[part]
        assert phrase.span is not None and phrase.span.end == Period(2025, month)
        assert phrase.span.length == (3 if part in QUARTERS else 0)


@pytest.mark.parametrize(
    "title",
    [
        "2024年四季青街道低保",
        "2024年春晖社区",
        "80周岁以上老年人2024年",
        "2024年初步统计",
        "2024年10个街道",
        "十月社区2024年",
        "2024年第一人民医院",
        "2024年3月龄以下",
        "2024年节前2个月",
        "2024年提前三个月",
        "2024年牵头2个月",
        "2024年提前两季度",
    ],
)
def test_words_that_only_look_like_time_leave_the_year(title):
    (phrase,) = phrases(title)
    assert phrase.span is not None and str(phrase.span.end) == "2024-12"


@pytest.mark.parametrize(
    ("title", "end", "length"),
    [
        ("2024年9月低保(1-9月)", "2024-09", 9),
        ("2024年三季度(1-9月)", "2024-09", 9),
        ("2024年9月(三季度)", "2024-09", 3),
        ("八月湖街道2024年9月低保", "2024-09", 0),
    ],
)
def test_two_words_for_one_period_are_the_longer_one(title, end, length):
    span = find(title)
    assert span is not None and (str(span.end), span.length) == (end, length)


@pytest.mark.parametrize("title", ["2024年9月低保(8月)", "2024-2025学年", "2024年9月与2023年9月"])
def test_two_periods_in_one_title_are_asked_about(title):
    assert phrases(title)[0].span is None


@given(st.text(max_size=30))
def test_no_text_makes_the_parser_fail_otherwise_than_by_saying_so(text):
    try:
        span = parse(text)
    except ValueError:
        return
    assert 1 <= span.end.month <= 12


def test_a_span_within_a_year_is_named_by_its_quarter_or_its_months():
    september, july = Period(2024, 9), Period(2024, 7)
    assert periods.name(september, "zh", "over_span", july) == "2024年第三季度"
    assert periods.name(september, "en", "over_span", july) == "Q3 2024"
    assert periods.name(Period(2024, 8), "zh", "over_span", july) == "2024年7—8月"
    assert periods.name(Period(2024, 8), "en", "over_span", july) == "Jul–Aug 2024"
    assert span_start("temporary_assistance__money__months_3", september) == july
    assert span_start("temporary_assistance__money", september) is None
