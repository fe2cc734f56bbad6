"""Numbers and nouns agree in English, in every unit and in every word of the screen."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.reasons import amount
from dashboard.base.english import agreeing, counted, singular
from dashboard.base.language import WORDS_FILE, Scale, scale_for, word
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.charts.text.narrative_phrases import filled, plain_text
from dashboard.charts.text.wording import quantity

CATALOGUE = read_catalogue()
UNITS = {meaning.unit.name.en for meaning in CATALOGUE.indicators.values()}
SCALED = ("thousand ", "million ", "10 ", "100 ", "per ")
NO_PLURAL = {"%", "‰", "yuan", "m²", "remains", "grade", "jin (0.5 kg)"}
PLURALS = (
    "areas boundaries changes charts communities days districts errors figures files indicators "
    "institutions months notes rows sheets streets submissions targets topics warnings workbooks "
    "years others"
).split()


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("people", "person"),
        ("person-times", "person-time"),
        ("communities", "community"),
        ("facilities", "facility"),
        ("burial plots", "burial plot"),
        ("couples a day", "couple a day"),
        ("beds per 1000 people", "bed per 1000 people"),
        ("cases", "case"),
        ("thousand people", "thousand people"),
        ("yuan per person per month", "yuan per person per month"),
        ("%", "%"),
        ("per community", "per community"),
    ],
)
def test_one_of_what_is_counted(many, one):
    assert singular(many) == one


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_one_of_a_unit_is_never_a_plural(unit):
    text = quantity(1.0, Scale(1.0, unit, 0), "en")
    head = re.split(r" (?:a|per) |/| \(", unit)[0]
    plural = head.split()[-1].endswith("s") or head == "people"
    if plural and head not in NO_PLURAL and not unit.startswith(SCALED):
        assert text == f"1 {singular(unit)}" != f"1 {unit}"
    else:
        assert text.split()[0] in ("1", "1%", "1‰")
        assert singular(unit) == unit or head.split()[-1] == "times"


@given(st.sampled_from(sorted(UNITS)), st.integers(-9999, 9999))
def test_only_one_takes_the_singular(unit, value):
    text = quantity(float(value), Scale(1.0, unit, 0), "en")
    assert text.endswith(singular(unit) if abs(value) == 1 else unit)


@given(st.sampled_from(sorted(CATALOGUE.indicators)), st.integers(-3, 3))
def test_an_amount_in_a_reason_agrees_as_one_on_a_chart_does(name, value):
    meaning = CATALOGUE.indicators[name]
    scale = scale_for(value, meaning.unit.name, meaning.unit.dimension, meaning.decimals, "en")
    assert amount(float(value), meaning, "en") == quantity(float(value), scale, "en")


def test_a_decimal_one_is_many_as_it_is_read():
    assert counted("1.0", "hours") == "hours" and counted("−1", "people") == "person"


def test_chinese_units_stay_as_they_are():
    assert quantity(1.0, Scale(1.0, "人", 0), "zh") == "1人"


def test_a_word_agrees_with_its_count():
    text = "{count} {count:street|streets} {count:was|were} left"
    assert agreeing(text, {"count": 1}) == "{count} street was left"
    assert agreeing(text, {"count": 12}) == "{count} streets were left"
    assert word("receipt_figures", "en", count=1) == "1 figure"
    assert plain_text(filled("receipt_figures", "en", count="1")) == "1 figure"


def english():
    with WORDS_FILE.open(encoding="utf-8-sig", newline="") as handle:
        return [(row["key"], row["en"]) for row in csv.DictReader(handle)]


def test_no_english_word_has_a_plural_behind_a_count_without_its_singular():
    fixed = {"of", "expected", "whole", "below", "most"}  # "1 of 12 streets"
    more = "further|more|sample|complete|headline|other|street"
    behind = re.compile(rf"\{{(\w+)\}} (?:(?:{more}) )?({'|'.join(PLURALS)})\b")
    wrong = [
        (key, match.group())
        for key, text in english()
        for match in behind.finditer(text)
        if match.group(1) not in fixed and not key.startswith("count_")
    ]
    assert wrong == []


def test_every_choice_of_a_word_is_made():
    for key, text in english():
        fields = {name: 1 for name in re.findall(r"\{(\w+)", text)}
        if "|" in text and fields:
            assert "|" not in word(key, "en", **fields), key
