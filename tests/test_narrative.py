"""What a report says in words is true: its numbers are the figures, its words fit the arithmetic.

Every number in a sentence is read back and held against the figure that its trace names.
"""

import re

import pytest
from chart_cases import (
    AREAS,
    CATALOGUE,
    CHANGQING,
    DEMO,
    changqing,
    chart,
    figure,
    marriages,
    points,
    spec,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis import comparisons
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Accumulation, Polarity
from dashboard.catalogue.periods import Period, parse
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.narrative import narrate
from dashboard.charts.text.narrative_phrases import plain_text
from dashboard.charts.text.sentence_traces import traced_sentence

NOW, THEN = Period(2026, 9), Period(2025, 9)
STREETS = [area.code for area in AREAS.children(DEMO) if area.exists_in(THEN)]
SCALES = {"万": 1e4, "亿": 1e8, "thousand ": 1e3, "million ": 1e6}
JUDGING = ("好转", "恶化", "改善", "喜人", "better", "worse", "improv", "deteriorat")


def told(figures, *indicators, area=DEMO, period=NOW, language="zh", smallest=0, **selected):
    selection = Selection(area, period, language=language, **selected)
    return narrate(points(figures), indicators, selection, smallest)


def text(narrative):
    return "\n".join(map(plain_text, narrative.paragraphs))


def numbers(narrative):
    """(number, unit behind it, trace) of every figure."""
    found = []
    for paragraph in narrative.paragraphs:
        for phrase in paragraph:
            if phrase.trace is None:
                continue
            named = CATALOGUE.indicators[phrase.trace.indicator].unit.name
            plain = phrase.text.replace(named.en, re.sub(r"\d", "", named.en))  # beds per 1000
            for size, unit in re.findall(r"([−+]?[\d,]+(?:\.\d+)?)\s?([^\d、，]*)", plain):
                found.append((size, unit, phrase.trace))
    return found


def read(size, unit):
    """A printed number in base units, and half of its last printed place."""
    value = float(size.replace(",", "").replace("−", "-"))
    places = len(size.partition(".")[2])
    factor = next((f for prefix, f in SCALES.items() if unit.startswith(prefix)), 1.0)
    return value * factor, 0.5000001 * 10**-places * factor


def pair(name, now, then, area=DEMO):
    unit = CATALOGUE.indicators[name]
    kind = "standard" if unit.aggregation == "none" else "actual"
    given_values = ((NOW, now), (THEN, then))
    return [
        figure(name, area, period, value, kind=kind)
        for period, value in given_values
        if value is not None
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", list(CATALOGUE.indicators))
def test_of_every_indicator_each_number_is_its_figure_and_each_word_its_direction(name, language):
    unit = CATALOGUE.indicators[name]
    for now, then in ((1234.0, 1100.0), (1100.0, 1234.0), (1000.0, 1000.0), (900.0, None)):
        now, then = (now / 20, then and then / 20) if unit.is_rate else (now, then)
        figures = pair(name, now, then)
        narrative = told(figures, name, language=language)
        said = text(narrative)
        assert "None" not in said and "narrative_" not in said and "{" not in said
        assert said.endswith("。" if language == "zh" else ".")
        change = comparisons.year_on_year(points(figures), name, DEMO, NOW)
        got = [read(size, sign) for size, sign, _ in numbers(narrative)]
        known = [now, then or 0.0, abs(change.value or 0.0), abs(change.absolute or 0.0)]
        assert any(abs(value - now) <= half for value, half in got)
        for value, half in got:
            assert any(abs(value - one) <= half for one in known), (said, value)
        is_level = unit.is_rate or unit.aggregation != "sum"
        rise, fall = ("提高", "降低") if is_level else ("增加", "减少")
        if language == "zh":
            assert (f"同比{rise}" in said) == (change.word == "up")
            assert (f"同比{fall}" in said) == (change.word == "down")
            assert ("同比持平" in said) == (change.word == "unchanged")
        if change.value is not None and unit.is_rate and change.word != "unchanged":
            assert "点" in said or "points" in said
        judged = said.casefold().replace(unit.name[language].casefold(), "")
        assert not any(word in judged for word in JUDGING)
        for _, _, trace in numbers(narrative):
            assert (trace.indicator, trace.area) == (name, DEMO)
            assert parse(trace.period).end in (NOW, THEN)


@settings(max_examples=60)
@given(st.integers(0, 300_000), st.integers(0, 300_000), st.sampled_from(["zh", "en"]))
def test_words_agree_with_the_printed_change_whatever_the_figures(now, then, language):
    said = text(told(pair("marriages", float(now), float(then)), "marriages", language=language))
    smallest_base = CATALOGUE.indicators["marriages"].base_min
    up, down, same, against = (
        ("同比增加", "同比减少", "同比持平", "上年同期为")
        if language == "zh"
        else ("up ", "down ", "unchanged", "against ")
    )
    if then == 0 and now == 0:
        assert said == ""  # there was nothing, and there is nothing
    elif then < max(smallest_base, 1):
        assert against in said and "%" not in said
    else:
        change = float(half_up((now - then) / then * 100, 1))
        assert (up in said, down in said, same in said) == (change > 0, change < 0, change == 0)
        if change:
            assert f"{abs(change):,.1f}%" in said


@settings(max_examples=60)
@given(st.lists(st.integers(0, 900), min_size=len(STREETS), max_size=len(STREETS)))
def test_those_in_front_are_in_front_and_carry_their_own_figures(sizes):
    values = dict(zip(STREETS, map(float, sizes), strict=True))
    figures = [f for code, value in values.items() for f in pair("adoptions", value, None, code)]
    narrative = told(figures, "adoptions", language="en")
    below = [p for p in narrative.paragraphs if plain_text(p).startswith("By ")]
    named = [phrase for p in below for phrase in p if phrase.trace and phrase.trace.area != DEMO]
    for phrase in named:
        assert float(phrase.text.split()[0]) == values[phrase.trace.area]
    if "all streets" in text(narrative):
        assert len(set(sizes)) == 1
    elif named:
        shown = {phrase.trace.area for phrase in named}
        rest = [values[code] for code in STREETS if code not in shown]
        assert min(values[code] for code in shown) > max(rest)


def test_a_paragraph_reads_like_a_work_report():
    figures = pair("dibao_persons", 7093.0, 7600.0)
    figures += pair("urban_dibao_persons", 2491.0, 2575.0)
    figures += pair("rural_dibao_persons", 4602.0, 5025.0)
    assert text(told(figures, "dibao_persons", "urban_dibao_persons")) == (
        "2026年9月末，全区城乡低保7,093人，同比减少507人、下降6.7%，"
        "其中农村低保4,602人（占64.9%，同比减少423人、下降8.4%）、"
        "城市低保2,491人（占35.1%，同比减少84人、下降3.3%）。"
    )
    said = text(told(figures, "dibao_persons", language="en"))
    assert (
        "down 507 people, or 6.7%, year on year, of which rural dibao recipients 4,602 people"
        in said
    )


def test_money_since_january_is_said_to_be_added_up():
    said = text(told(pair("dibao_spending", 38_809_800.0, 35_345_900.0), "dibao_spending"))
    assert (
        said == "2026年1—9月，全区最低生活保障累计支出3,880.98万元，同比增加346.39万元、增长9.8%。"
    )


def test_no_share_is_said_of_parts_that_do_not_make_up_the_whole():
    figures = pair("dibao_persons", 7093.0, None) + pair("urban_dibao_persons", 2491.0, None)
    said = text(told(figures, "dibao_persons"))
    assert "其中城市低保2,491人" in said and "占" not in said


def test_a_month_is_compared_with_the_month_before_only_after_taking_the_total_apart():
    figures = marriages({2026: [100, 100, 150]})
    period = Period(2026, 3)
    said = text(told(figures, "marriages", period=period, comparison="period_on_period"))
    assert said == ("2026年1—3月，全区累计结婚登记350对，3月当月150对，环比增加50对、增长50.0%。")


def test_an_incomplete_total_says_who_has_not_reported():
    figures = changqing()
    period, name = Period(2023, 12), "community_organisations"
    said = text(told(figures, name, area=CHANGQING, period=period))
    assert "450家（10个街镇中4个已报送）" in said and "上年同期没有数据" not in said
    assert "（10个街镇中4个有数据）" in said
    said = text(told(figures, name, area=CHANGQING, period=period, language="en"))
    assert "(4 of 10 streets reported)" in said


def test_a_break_a_missing_base_and_a_disputed_value_are_said_and_not_compared():
    figures = [figure("marriages", "990101004", (year, 12), 100.0) for year in (2021, 2022)]
    said = text(told(figures, "marriages", area="990101004", period=Period(2022, 12)))
    assert "前后不可比" in said and "同比" not in said
    silent = text(told(pair("marriages", 100.0, None), "marriages"))
    assert silent == "2026年1—9月，全区累计结婚登记100对。"  # nothing is there to compare with
    disputed = [
        figure("orphans", DEMO, NOW, 40.0, status="D", others=(42.0,)),
        figure("orphans", DEMO, THEN, 30.0),
    ]
    said = text(told(disputed, "orphans"))
    assert "40人（另有数值42人）" in said and "数值有出入" in said and "%" not in said


def test_zero_and_less_than_nothing_are_said_as_they_are():
    assert "结婚登记0对，同比减少500对、下降100.0%" in text(
        told(pair("marriages", 0.0, 500.0), "marriages")
    )
    said = text(told(pair("dibao_spending", -20_000.0, 1_000_000.0), "dibao_spending"))
    assert "−2.00万元，同比减少102.00万元、下降102.0%" in said


def test_demo_figures_are_called_so():
    demo = [figure("marriages", DEMO, NOW, 100.0, submission=3)]
    assert text(told(demo, "marriages")).endswith("以上为演示数据，不反映任何真实地区的情况。")
    assert "演示" not in text(told(pair("marriages", 100.0, None), "marriages"))


def test_nothing_is_said_where_there_is_nothing():
    assert told([], "marriages").paragraphs == ()
    assert told(pair("marriages", 10.0, None), "marriages", period=Period(2020, 1)).paragraphs == ()


def test_parts_are_told_of_a_total_that_nobody_gives():
    said = text(told(pair("urban_dibao_persons", 2491.0, 2575.0), "dibao_persons"))
    assert said == "2026年9月末，全区城市低保2,491人，同比减少84人、下降3.3%。"


def test_an_older_figure_is_said_with_its_own_time():
    said = text(told([figure("orphans", DEMO, (2025, 12), 40.0)], "orphans"))
    assert said.startswith("2025年末，全区孤儿40人")


def test_a_small_count_is_not_told_nor_what_would_give_it_away():
    small = pair("orphans", 3.0, 20.0)
    assert "3人" in text(told(small, "orphans"))
    assert told(small, "orphans", smallest=5).paragraphs == ()
    base = pair("orphans", 40.0, 4.0)
    said = text(told(base, "orphans", smallest=5))
    assert "40人" in said and "4人" not in said.replace("40人", "") and "%" not in said
    parts = pair("dibao_persons", 100.0, None) + pair("urban_dibao_persons", 97.0, None)
    parts += pair("rural_dibao_persons", 3.0, None)
    said = text(told(parts, "dibao_persons", smallest=5))
    assert "100人" in said and "97" not in said and "3人" not in said
    below = pair("adoptions", 21.0, None)
    below += [
        f
        for place, code in enumerate(STREETS)
        for f in pair("adoptions", 2.0 if place == 0 else 9.0, None, code)
    ]
    assert "从街镇看" not in text(told(below, "adoptions", smallest=5))
    money = pair("dibao_spending", 3.0, None)
    assert "3元" in text(told(money, "dibao_spending", smallest=5))


def test_neutral_figures_are_never_judged():
    neutral = [
        one
        for one in CATALOGUE.indicators.values()
        if one.polarity is Polarity.NEUTRAL and one.accumulation is Accumulation.END_OF_PERIOD
    ]
    assert neutral
    for one in neutral[:10]:
        said = text(told(pair(one.id, 500.0, 100.0), one.id))
        assert not any(word in said for word in JUDGING)


def test_a_charts_sentence_knows_where_its_figures_come_from():
    figures = marriages({2025: [100] * 12, 2026: [90] * 9})
    drawn = chart(spec("line", "marriages"), figures, period=NOW, step="year")
    phrases = traced_sentence(drawn)
    assert plain_text(phrases) == drawn.sentence
    found = {phrase.text: phrase.trace for phrase in phrases if phrase.trace}
    assert found["810"].text == "marriages 990101 2026-09"


def test_a_number_that_two_figures_share_is_not_given_to_one_of_them():
    figures = pair("adoptions", 9.0, None, STREETS[0]) + pair("adoptions", 9.0, None, STREETS[1])
    drawn = chart(spec("bar", "adoptions"), figures, period=NOW)
    assert "9件" in drawn.sentence
    assert [phrase.text for phrase in traced_sentence(drawn) if phrase.trace] == ["18"]  # of all
