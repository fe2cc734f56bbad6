"""A large table says what its rows and figures say one by one, and costs little a row."""

from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import areas, catalogue, read
from work import calls_made

from dashboard.catalogue.concepts import Observation, Source
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.layouts import tidy_table
from dashboard.intake.forms.rules import rule_figures
from dashboard.intake.forms.rules.check import AGAINST_STORE, check
from dashboard.intake.forms.rules.rules import KnownFigure

HEAD = ["indicator", "area", "period", "value", "unit", "status", "qualifier", "note"]
STREETS = ("370113001", "370113002")
INDICATORS = ("dibao_persons", "marriages", "marriages_in_month", "temporary_relief_spending")
FIRST = Period(2022, 1)
ROWS = [
    ["dibao_persons", STREETS[0], "2024-05", "12", "", "", "", ""],
    ["dibao_persons", STREETS[0], "2024-06", "12", "", "", "", "再核"],
    ["dibao_persons", STREETS[0], "2024-07", "12", "户", "", "", ""],
    ["dibao_persons", STREETS[1], "2024-05", 1.0, "", "", "", ""],
    ["dibao_persons", STREETS[1], "2024-06", True, "", "", "", ""],
    ["dibao_persons", STREETS[0], "2024-05", "13", "", "", "", ""],
    ["dibao_persons", True, "2024-05", "13", "", "", "", ""],
    ["temporary_relief_spending", STREETS[0], "2024-05", "1.25", "万元", "", "约", ""],
    ["temporary_relief_spending", STREETS[1], "2024-05", "1.25", "万元", "", "约", ""],
    ["temporary_relief_spending", STREETS[1], "2024-06", "约3", "万元", "", "", ""],
    ["temporary_relief_spending", STREETS[0], "2024-06", "—", "万元", "", "", ""],
    ["temporary_relief_spending", STREETS[0], "2024-07", "1" * 16, "万元", "", "", ""],
    ["dibao_persons", STREETS[0], "2024-08", "5", "", "缺报", "", ""],
    ["dibao_persons", STREETS[0], "2024-08", "", "", "缺报", "", ""],
    ["dibao_persons", STREETS[1], "2024-08", "7", "", "初步", "", ""],
    ["dibao_persons", STREETS[0], "2024-09", "7", "", "初步", "", ""],
    ["nothing", STREETS[0], "2024-09", "7", "", "", "", ""],
]


@pytest.mark.parametrize("first", range(len(ROWS)))
def test_rows_alike_mean_what_each_means_by_itself(monkeypatch, first):
    rows = [HEAD, *ROWS[first:], *ROWS[:first], *ROWS]
    alike = read(rows)
    monkeypatch.setattr(tidy_table._RowsAlike, "observation", lambda *_: None)
    by_themselves = read(rows)
    assert repr(alike) == repr(by_themselves)


def observation(indicator, area, at, value):
    return Observation(indicator, area, FIRST.plus(at), value, source=Source("1", at + 2, "D"))


AMOUNTS = st.one_of(st.integers(0, 40).map(float), st.sampled_from([0.0, 3e3, 12_345.5, 2e6, 3e8]))
PLACES = st.tuples(st.sampled_from(INDICATORS), st.sampled_from(STREETS), st.integers(0, 40))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(PLACES, AMOUNTS, max_size=60), st.dictionaries(PLACES, AMOUNTS, max_size=30))
def test_rules_find_in_arrays_what_they_find_one_by_one(stated, known):
    figures = [observation(*place, value) for place, value in stated.items()]
    before = [
        KnownFigure(indicator, area, FIRST.plus(at), value)
        for (indicator, area, at), value in known.items()
    ]
    found = []
    for fewest in (1, 10_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rule_figures, "FEWEST", fewest)
            found.append(check(figures, catalogue(), areas(), kinds=AGAINST_STORE, known=before))
    assert found[0] == found[1]


def test_a_row_of_a_tidy_table_costs_few_calls():
    streets = [street.code for street in areas().children("370113")][:10]
    made = []
    for count in (5, 10):
        keys = product(INDICATORS[:2], streets[:count], range(24))
        rows = [[name, area, str(FIRST.plus(at)), f"{at + 9}", ""] for name, area, at in keys]
        made.append(calls_made(partial(read, [HEAD[:5], *rows])))
    assert (made[1] - made[0]) / (2 * 5 * 24) < 40, "of a street more: its name and 48 rows"
