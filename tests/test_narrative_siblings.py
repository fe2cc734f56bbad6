"""An area among those beside it: its place is counted, its share and distance worked out again."""

import re

import pytest
from chart_cases import AREAS, CATALOGUE, DEMO, figure, points
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.catalogue.concepts import Polarity
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.narrative import narrate
from dashboard.charts.text.narrative_phrases import plain_text

NOW = Period(2026, 9)
STREETS = [area.code for area in AREAS.children(DEMO, NOW)]
HERE = STREETS[0]
LOW = next(
    one.id
    for one in CATALOGUE.indicators.values()
    if one.performance is Polarity.LOWER_BETTER and one.numerator
)
SENTENCE = {"zh": re.compile(r"^在\d+个街镇中"), "en": re.compile(r"^Among the \d+ streets")}


def among(figures, *indicators, language="zh", smallest=0, area=HERE):
    """The sentence and its traces, or "" where there is none."""
    selection = Selection(area, NOW, language=language)
    known = points(figures)
    told = narrate(known, indicators, selection, smallest, beside=known)
    found = [one for one in told.paragraphs if SENTENCE[language].match(plain_text(one))]
    return (plain_text(found[0]), found[0]) if found else ("", ())


def counts(name, values):
    return [
        figure(name, code, NOW, value)
        for code, value in zip(STREETS, values, strict=False)
        if value is not None
    ]


def shares(values):
    """Nursing beds as percentages of a hundred beds a street."""
    beds = [100 if value is not None else None for value in values]
    return [*counts("nursing_beds", values), *counts("elderly_beds", beds)]


@given(st.lists(st.integers(5, 40), min_size=len(STREETS), max_size=len(STREETS)))
def test_the_place_of_a_rate_is_how_many_are_before(values):
    assume(len(set(values)) > 1)
    text, phrases = among(shares(values), "nursing_bed_share")
    place = 1 + sum(value > values[0] for value in values)
    tied = "并列" if values.count(values[0]) > 1 else ""
    assert f"护理型床位占比居{tied}第{place}位" in text
    traced = [one.trace for one in phrases if one.trace]
    assert {one.area for one in traced} == {HERE}


@given(st.lists(st.integers(5, 40), min_size=len(STREETS), max_size=len(STREETS)))
def test_a_raw_count_has_a_share_of_all_and_no_place(values):
    text, phrases = among(counts("marriages", values), "marriages")
    assert text.endswith("%。") and "结婚登记占全区的" in text and "位" not in text
    printed = float(re.search(r"([\d.]+)%", text)[1])
    assert abs(printed - values[0] / sum(values) * 100) <= 0.0500001
    traced = [one.trace for one in phrases if one.trace]
    assert {one.area for one in traced} == {HERE} and len(traced) == 1


def test_english_says_the_same():
    rising = range(30, 30 + len(STREETS))
    text, _ = among(shares(rising), "nursing_bed_share", language="en")
    assert f"ranks {len(STREETS)}, " in text
    text, _ = among(counts("marriages", rising), "marriages", language="en")
    assert "marriages registered, " in text and "% of all Demo District" in text


def test_where_less_is_better_the_lowest_is_first_and_that_is_said():
    text, _ = among(counts(LOW, range(30, 30 + len(STREETS))), LOW)
    assert "第1位（由低到高）" in text


def test_of_a_partial_whole_there_is_a_place_and_no_distance():
    text, _ = among(shares([9, 7, 8, 5]), "nursing_bed_share")
    assert text.endswith("护理型床位占比在有数据的4个中居第1位。")
    assert among(counts("marriages", [9, 7, 8, 5]), "marriages")[0] == ""


@pytest.mark.parametrize(
    ("values", "smallest"),
    [
        ([9, 7], 0),
        ([None, 7, 8, 9], 0),
        ([9, 3, *range(10, 8 + len(STREETS))], 5),
    ],
    ids=["two only", "none of its own", "a small count beside it"],
)
def test_nothing_is_told_where_nothing_compares_or_too_much_would_be_told(values, smallest):
    assert among(counts("marriages", values), "marriages", smallest=smallest)[0] == ""


def test_nothing_is_told_of_a_rate_that_is_the_same_everywhere():
    assert among(shares([7] * len(STREETS)), "nursing_bed_share")[0] == ""


def test_a_rate_stands_above_or_below_the_whole_by_points():
    text, _ = among(shares(range(1, 1 + len(STREETS))), "nursing_bed_share")
    middle = (1 + len(STREETS)) / 2
    assert f"第{len(STREETS)}位，比全区低{middle - 1:.1f}个百分点" in text


def test_a_district_without_neighbours_has_no_place():
    figures = counts("marriages", range(30, 30 + len(STREETS)))
    assert among(figures, "marriages", area=DEMO)[0] == ""
