"""A period in a heading, a label, a section, a caption or a sheet's name never vanishes."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import catalogue, read

from dashboard.catalogue.concepts import Accumulation, Observation
from dashboard.catalogue.periods import Period, Span, parse
from dashboard.intake.forms.layout import FormRefused
from dashboard.intake.forms.parts_of_year import names_other_time, part_of_year, span_of_part
from dashboard.intake.understanding.dated_headings import split_part

A, B = "平安街道", "文昌街道"
FIRST, SECOND = 34, 45  # the figures of the two streets
YEAR = 2017
TITLES = ("2017年", "2017年9月", "2017年1-9月", "2017年三季度", "2017年上半年")
_CHINESE = "零一二三四五六七八九十"


class PrintedPeriod(NamedTuple):
    """A phrase of time, the month in which it ends, and how many months it counts."""

    text: str
    end: Period
    months: int


def _chinese(number: int) -> str:
    return f"十{_CHINESE[number - 10] if number > 10 else ''}" if number > 9 else _CHINESE[number]


@st.composite
def months(draw: st.DrawFn) -> PrintedPeriod:
    number = draw(st.integers(1, 12))
    write = draw(st.sampled_from([str, _chinese]))
    ends = draw(st.sampled_from(["月", "月份", "月末", "月底"]))
    before = draw(st.sampled_from(["", "", "截至", "截止到", "至"]))
    return PrintedPeriod(f"{before}{write(number)}{ends}", Period(YEAR, number), 1)


@st.composite
def spans(draw: st.DrawFn) -> PrintedPeriod:
    first = draw(st.sampled_from([1, 1, 1, 2, 4, 7, 10]))
    last = draw(st.integers(first + 1, 12))
    write = draw(st.sampled_from([str, _chinese]))
    joint = draw(st.sampled_from(["-", "—", "至", "到", "~", "月-", "月至"]))
    ends = draw(st.sampled_from(["月", "月份"]))
    year = draw(st.sampled_from([("", 0), ("", 0), ("去年", 1), ("2016年", 1)]))
    text = f"{year[0]}{write(first)}{joint}{write(last)}{ends}"
    return PrintedPeriod(text, Period(YEAR - year[1], last), last - first + 1)


@st.composite
def seasons(draw: st.DrawFn) -> PrintedPeriod:
    at = draw(st.integers(1, 4))
    word, end, length = draw(
        st.sampled_from(
            [
                (f"{_CHINESE[at]}季度", 3 * at, 3),
                (f"第{_CHINESE[at]}季度", 3 * at, 3),
                (f"Q{at}", 3 * at, 3),
                ("上半年", 6, 6),
                ("下半年", 12, 6),
                ("前三季度", 9, 9),
                (f"前{at + 1}个月", at + 1, at + 1),
                ("Jan-Mar", 3, 3),
            ]
        )
    )
    return PrintedPeriod(word, Period(YEAR, end), length)


PHRASES = st.one_of(months(), spans(), seasons())
NAMED = {  # what is counted, its unit
    "结婚登记": "对",
    "当月结婚登记": "对",
    "本年累计结婚登记": "对",
    "城市低保人数": "人",
    "城市低保金累计支出": "万元",
}
PLACES = ("behind", "before", "group", "row", "section", "caption", "sheet name")


def sheet_of(place: str, title: str, word: str, phrase: str) -> dict[str, object]:
    """A sheet of one column or line that names a phrase at a place."""
    title = f"长清区{title}民政统计表"
    figures = [[A, FIRST], [B, SECOND]]
    if place == "behind":
        return {"rows": [[title], ["街道", f"{word}（{phrase}）"], *figures]}
    if place == "before":
        return {"rows": [[title], ["街道", f"{phrase}{word}"], *figures]}
    if place == "group":
        both = [[street, value, 3] for street, value in figures]
        heads = [["街道", phrase, None], [None, word, "离婚登记"]]
        return {"rows": [[title], *heads, *both], "merged": ((1, 1, 1, 2), (1, 0, 2, 0))}
    head = ["指标名称", "计量单位", "数量"]
    if place == "row":
        return {"rows": [[title], head, [f"{word}（{phrase}）", NAMED[word], FIRST]]}
    if place == "section":
        return {"rows": [[title], head, [phrase], [word, NAMED[word], FIRST]]}
    if place == "caption":
        return {"rows": [[title], [f"（{phrase}）"], ["街道", word], *figures]}
    return {"rows": [[title], ["街道", word], *figures], "name": phrase}


def stored(sheet: dict[str, object], basis: str = "") -> list[Observation]:
    """The figures stored of a sheet under test; none where the sheet is refused."""
    try:
        tidied = read(basis=basis, **sheet)
    except FormRefused:
        return []
    counted = {value * factor for value in (FIRST, SECOND) for factor in (1, 10_000)}
    return [one for one in tidied.observations if one.value in counted]


@settings(max_examples=120, deadline=None)
@given(PHRASES, st.sampled_from(PLACES), st.sampled_from(TITLES), st.sampled_from([*NAMED]))
def test_a_period_is_that_of_its_phrase_or_asked(said, place, title, word):
    for basis in ("", "in_month"):
        for one in stored(sheet_of(place, title, word, said.text), basis):
            assert one.period == said.end, (said, place, title, word, one.indicator)
            indicator = catalogue().indicators[one.indicator]
            of_title = place in ("caption", "sheet name")  # 本月 of 1-6月 is its last month
            if indicator.accumulation is Accumulation.IN_MONTH and not of_title:
                assert said.months == 1, (said, place, title, word)


@settings(max_examples=80, deadline=None)
@given(PHRASES, PHRASES, st.sampled_from(TITLES))
def test_the_inner_of_two_levels_counts_or_is_asked(outer, inner, title):
    sheet = sheet_of("group", title, "结婚登记", outer.text)
    sheet["rows"][2][1] = f"结婚登记（{inner.text}）"  # type: ignore[index]
    year = inner.end.year if "年" in inner.text and "半年" not in inner.text else outer.end.year
    for one in stored(sheet, "in_month"):
        assert one.period == Period(year, inner.end.month), (outer, inner, title, one.indicator)


@pytest.mark.parametrize("title", ["2017年", "2017年9月"])
@pytest.mark.parametrize("place", ["behind", "before", "group", "row", "section"])
@pytest.mark.parametrize(
    "phrase",
    ["1、2、3月", "3月上旬", "3月15日", "13月", "第40周", "3月前", "2016年第40周", "上月", "春季"],
)
def test_a_time_that_is_not_understood_is_asked(phrase, place, title):
    assert not stored(sheet_of(place, title, "结婚登记", phrase), "in_month")


@pytest.mark.parametrize(
    ("word", "phrase", "title", "meant"),
    [
        ("结婚登记", "1-3月", "2017年", ("marriages", "2017-03")),
        ("本年累计结婚登记", "1-3月", "2017年", ("marriages", "2017-03")),
        ("城市低保人数", "1-3月", "2017年", ("urban_dibao_persons", "2017-03")),
        ("城市低保人数", "3月末", "2017年", ("urban_dibao_persons", "2017-03")),
        ("当月结婚登记", "8月", "2017年9月", ("marriages_in_month", "2017-08")),
        ("结婚登记", "去年1-3月", "2017年", ("marriages", "2016-03")),
        ("结婚登记", "7-9月", "2017年", ("marriages__couples__months_3", "2017-09")),
    ],
)
@pytest.mark.parametrize("place", ["behind", "before", "group", "row", "section"])
def test_what_is_said_whole_is_read(place, word, phrase, title, meant):
    found = stored(sheet_of(place, title, word, phrase))
    assert {(one.indicator, str(one.period)) for one in found} == {meant}


def test_a_contradiction_names_both_times():
    tidied = read([["长清区2017年9月统计表"], ["街道", "结婚登记（1-3月）"], [A, 3], [B, 4]])
    (finding,) = [one for one in tidied.findings if one.rule == "unclear_period"]
    assert "2017年9月" in finding.message.zh and "1-3月" in finding.message.zh
    assert "Sep 2017" in finding.message.en and not tidied.observations


def test_a_caption_of_another_month_than_the_title_is_refused():
    rows = [["长清区2017年9月统计表"], ["（1-3月累计）"], ["街道", "结婚登记"], [A, 3], [B, 4]]
    with pytest.raises(FormRefused) as refused:
        read(rows)
    (finding,) = refused.value.findings
    assert "2017年9月" in finding.message.zh and "1-3月" in finding.message.zh


@pytest.mark.parametrize("line", ["结婚登记（1-3月）", "结婚登记对数（2016年）"])
def test_a_line_of_a_statutory_form_has_no_other_period(line):
    head = ["指标名称", "代码", "计量单位", "数量"]
    rows = [["长清区2017年9月民政统计表"], ["表号：", "社服01"], head, [line, "A", "对", 3]]
    assert not [one for one in read(rows).observations if one.value == 3]


@pytest.mark.parametrize("bracket", ["3.15", "Mar", "2017/3", "03", "1-3", "Q5", "2a", "A"])
@pytest.mark.parametrize("place", ["behind", "row"])
def test_a_number_in_brackets_is_asked(place, bracket):
    found = stored(sheet_of(place, "2017年", "结婚登记", bracket), "in_month")
    assert {str(one.period) for one in found} <= {"2017-03"}


@pytest.mark.parametrize("mark", ["（2）", "①", "[1]"])
def test_the_sign_of_a_note_is_left_out_and_said(mark):
    tidied = read([["长清区2017年统计表"], ["街道", f"结婚登记{mark}"], [A, FIRST], [B, SECOND]])
    assert {one.indicator for one in tidied.observations} == {"marriages"}
    assert [one.severity for one in tidied.findings if one.rule == "footnote"] == ["note"]


@pytest.mark.parametrize(
    "word", ["结婚登記", "當月結婚登記", "農村低保人數", "城市低保戶數", "養老機構數"]
)
def test_traditional_characters_are_asked_as_words(word):
    title = "長清區2017年民政統計表"
    tidied = read([[title], ["街道", word], [A, 3], [B, 4]], area="长清区", basis="")
    assert not tidied.observations
    assert any("是什么意思" in one.message.zh for one in tidied.findings)


@pytest.mark.parametrize(
    ("part", "end", "length"),
    [
        ("前两季度", 6, 6),
        ("III季度", 9, 3),
        ("3月31日", 3, 0),
        ("二至三季度", 9, 6),
        ("一、8月", 8, 0),
        ("元月至三月", 3, 3),
    ],
)
def test_parts_of_a_year(part, end, length):
    span = span_of_part(part_of_year(part), YEAR)
    assert span is not None
    assert (span.end, span.length) == (Period(YEAR, end), length)


@pytest.mark.parametrize("text", ["12月龄", "3月以上", "二十月", "3月15日", "人数", "5个月", ""])
def test_what_is_no_part_of_a_year(text):
    assert part_of_year(text) == ""
    assert split_part(text) is None


def test_a_budget_year_is_no_running_total():
    rows = [["长清区临时救助支出（单位：万元）"], ["街道", "2023年4月—2024年3月"]]
    found = read([*rows, [A, 3], [B, 4]], area="长清区").observations
    assert {one.indicator for one in found} == {"temporary_assistance__money__months_12"}


def test_a_phrase_of_two_months_may_be_a_number_and_a_month():
    assert span_of_part(part_of_year("一、二月"), YEAR) != Span(Period(YEAR, 2))


def test_a_span_that_ends_alike_but_is_of_another_length_is_another_time():
    to_september = parse("2017年1-9月")
    assert names_other_time("第三季度结婚登记", to_september)
    assert not names_other_time("9月末城市低保人数", to_september)
    assert not names_other_time("1-9月结婚登记", to_september)


def test_twelve_months_of_two_years_give_a_month_no_year():
    rows = [["长清区城市低保人数"], ["期间", "9月", "10月"], ["2023年7月—2024年6月", FIRST, SECOND]]
    found = stored({"rows": rows})
    assert not found


@pytest.mark.parametrize(
    "phrase",
    ["一二季度", "二三月", "近三个月", "后两个季度", "末季度", "上季度", "四个季度", "最后一季度"],
)
def test_a_time_in_a_title_that_is_not_understood_is_no_whole_year(phrase):
    try:
        tidied = read([[f"长清区2017年{phrase}结婚登记情况"], ["街道", "结婚登记(对)"], [A, 34]])
    except FormRefused as refused:
        assert "unknown_period" in {finding.rule for finding in refused.findings}
    else:
        assert tidied.refused
