"""A figure over some months goes with a hidden month: 4-6月 less April and May is June.

And two such figures that are shown do not differ by a small count, nor do parts by sex or cause
that the store holds leave one of their whole.
"""

from itertools import combinations

import numpy as np
import pytest
from chart_cases import DEMO
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from stores import WHEN, arrival, stated

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import SuppressedFigures, family, sides
from dashboard.analysis.stored_sums import StoredSums, counts_to_suppress
from dashboard.base.settings import read_settings
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.periods import Period
from dashboard.services.front_desk import FrontDesk
from dashboard.store.record import record

CATALOGUE = read_catalogue()
AREAS = all_areas(CATALOGUE, [])
SPAN = "temporary_assistance__person_times__months_3"
TWO = "temporary_assistance__person_times__months_2"
AREA = "370113001"
K = 5
TO_DATE = sides(CATALOGUE, SPAN)[1]
BY_MONTH = CATALOGUE.indicators[TO_DATE].linked


def hidden(indicator, period):
    nodes = frozenset({(indicator, AREA, period)})
    return SuppressedFigures(nodes, CATALOGUE, AREAS)


def key(period):
    return FigureKey(SPAN, AREA, period)


def test_a_figure_over_some_months_follows_from_each_of_its_months():
    assert hidden(BY_MONTH, Period(2024, 5)).hides(key(Period(2024, 6)))
    assert not hidden(BY_MONTH, Period(2024, 5)).hides(key(Period(2024, 9)))


def test_a_figure_over_some_months_follows_from_the_running_totals_around_it():
    assert hidden(TO_DATE, Period(2024, 3)).hides(key(Period(2024, 6)))
    assert not hidden(TO_DATE, Period(2024, 5)).hides(key(Period(2024, 6)))


def test_a_hidden_quarter_does_not_hide_the_next():
    assert hidden(SPAN, Period(2024, 6)).hides(key(Period(2024, 6)))
    assert not hidden(SPAN, Period(2024, 6)).hides(key(Period(2024, 9)))


# ---- what two figures leave ----


def shown_of(figures, area=AREA):
    """The figures (indicator, month) of 2024 that are shown, of these."""
    nodes = {(name, area, Period(2024, month)): value for (name, month), value in figures.items()}
    gone = counts_to_suppress(StoredSums(nodes, CATALOGUE, AREAS).read(), (), K)
    return {(name, period.month) for name, _, period in set(nodes) - gone}


PAIRS = {
    "the same end": {(SPAN, 6): 30.0, (TWO, 6): 27.0},
    "the same start": {(SPAN, 6): 30.0, (TWO, 5): 27.0},
    "two months beside": {(SPAN, 6): 30.0, (BY_MONTH, 5): 14.0, (BY_MONTH, 6): 13.0},
    "running totals around": {(TO_DATE, 3): 20.0, (TO_DATE, 6): 50.0, (TWO, 6): 28.0},
    "a span without any": {(TWO, 7): 0.0, (TWO, 8): 5.0, (SPAN, 10): 6.0},
    "a month within, tied to what is before": {(TWO, 6): 11.0, (BY_MONTH, 7): 5.0, (SPAN, 8): 6.0},
    "a total without any before": {(TWO, 7): 5.0, (TWO, 8): 6.0, (TO_DATE, 8): 6.0},
    "a chain": {(SPAN, 4): 40.0, (SPAN, 6): 38.0, (TWO, 4): 20.0, (TWO, 6): 15.0},
}


@pytest.mark.parametrize("pair", PAIRS)
def test_spans_that_differ_by_a_small_count_are_not_all_shown(pair):
    shown = shown_of(PAIRS[pair])
    assert shown < set(PAIRS[pair])
    assert shown, "one of them is enough"


def test_spans_that_differ_by_many_are_shown():
    figures = {(SPAN, 6): 30.0, (TWO, 6): 20.0, (TO_DATE, 6): 60.0, (TO_DATE, 3): 30.0}
    assert shown_of(figures) == set(figures)
    apart = {(SPAN, 3): 30.0, (SPAN, 6): 31.0, (SPAN, 9): 33.0}
    assert shown_of(apart) == set(apart), "spans that no sum ties together may be alike"


def possible(shown):
    """The least and most that any span of months can have had, to a reader: two tables.

    ``shown`` are (first, last, amount); each month has had zero or more. What a span has had is
    the difference of two running totals, and each amount bounds one from both sides: the most is
    the shortest way from one to the other, which is what the linear program gives.
    """
    most = np.full((13, 13), np.inf)
    np.fill_diagonal(most, 0.0)
    for month in range(12):
        most[month + 1, month] = 0.0  # no month has had less than nothing
    for first, last, amount in shown:
        most[first, last] = min(most[first, last], amount)
        most[last, first] = min(most[last, first], -amount)
    for between in range(13):
        most = np.minimum(most, most[:, between, None] + most[between])
    return -most.T, most


def test_what_is_possible_is_what_a_linear_program_finds():
    shown = [(0, 6, 30.0), (3, 6, 11.0), (2, 8, 17.0), (7, 8, 4.0)]
    least, most = possible(shown)
    rows = [[1.0 if a <= month < b else 0.0 for month in range(12)] for a, b, _ in shown]
    sums = [amount for *_, amount in shown]
    for first, last in combinations(range(13), 2):
        aim = np.array([1.0 if first <= month < last else 0.0 for month in range(12)])
        for sign, bound in ((1, least[first, last]), (-1, most[first, last])):
            found = linprog(sign * aim, A_eq=rows, b_eq=sums, bounds=[(0, None)] * 12)
            assert bound == pytest.approx(np.inf if found.status == 3 else sign * found.fun)


LENGTHS = {TO_DATE: 0, BY_MONTH: 1, TWO: 2, SPAN: 3}


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 9), min_size=12, max_size=12),
    st.sets(
        st.tuples(st.sampled_from(sorted(LENGTHS)), st.integers(3, 12)), min_size=2, max_size=9
    ),
)
def test_no_small_amount_between_two_months_follows_from_spans_totals_and_months(months, kept):
    def of(name, month):
        first = month - LENGTHS[name] if LENGTHS[name] else 0
        return first, month, float(sum(months[first:month]))

    figures = {each: of(*each)[2] for each in kept}
    shown = [of(*each) for each in shown_of(figures)]
    least, most = possible(shown)
    for first, last in combinations(sorted({end for a, b, _ in shown for end in (a, b)}), 2):
        real, bound = sum(months[first:last]), most[first, last]
        assert least[first, last] <= real <= bound
        assert not (0 < real < K and bound < K), (figures, shown, first, last, bound)


# ---- parts that nobody declared ----

WHOLE = "dibao_persons"
WOMEN, MEN = "dibao__persons__sex_female", "dibao__persons__sex_male"


def test_parts_by_sex_belong_to_the_family_of_their_whole_where_they_are_stored():
    assert WOMEN not in family(CATALOGUE, WHOLE)
    assert {WOMEN, MEN} <= family(CATALOGUE, WHOLE, [WHOLE, WOMEN, MEN])
    assert family(CATALOGUE, WOMEN, [WHOLE, WOMEN, MEN]) == family(
        CATALOGUE, WHOLE, [WHOLE, WOMEN, MEN]
    )
    assert SPAN in family(CATALOGUE, TO_DATE, [SPAN])


@pytest.mark.parametrize(
    "figures",
    [
        {(WHOLE, 6): 30.0, (MEN, 6): 27.0},
        {(WHOLE, 6): 30.0, (MEN, 6): 27.0, (WOMEN, 6): 3.0},
        {(WHOLE, 6): 30.0, ("urban_dibao_persons", 6): 27.0},
        {(WHOLE, 6): 30.0, ("dibao__persons__age_a60_up", 6): 28.0},
    ],
)
def test_a_part_that_leaves_a_small_rest_of_its_whole_is_not_shown_with_it(figures):
    shown = shown_of(figures)
    large = {each for each, value in figures.items() if value > K}
    assert shown < large


@pytest.fixture
def desk(tmp_path):
    """Four streets with persons by sex, of one street three women; and two overlapping spans."""
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    streets = [area.code for area in desk.areas().children(DEMO)][:4]
    figures = []
    for code, women in zip(streets, (30, 3, 40, 50), strict=True):
        figures += [stated(100.0, WHOLE, code), stated(float(women), WOMEN, code)]
        figures.append(stated(100.0 - women, MEN, code))
        figures.append(stated(60.0, SPAN, code))
        figures.append(stated(60.0 - women / 2 + 0.5 * (women % 2), TWO, code))
    record(desk.context.engine, [arrival(*figures, area=DEMO)], WHEN)
    return desk


def test_lists_over_http_give_neither_a_rest_nor_a_difference(desk):
    from flask import Flask

    from dashboard.web.api import blueprint

    server = Flask("lists")
    server.register_blueprint(blueprint(desk))
    rows = server.test_client().get(f"/api/observations?area={DEMO}&children=1").get_json()
    values = {(row["indicator"], row["area"]): row["value"] for row in rows}
    small = [area for (name, area), value in values.items() if name == WOMEN and value is None]
    assert small
    second = desk.areas().children(DEMO)[1].code
    assert second in small
    assert None in (values[WHOLE, second], values[MEN, second])
    assert None in (values[SPAN, second], values[TWO, second])
