"""An attacker with all lists, charts, reports and languages finds no count below the threshold."""

from itertools import islice

import pytest
from attacker import Attacker

from dashboard.analysis.small_counts import counts_people
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.periods import parse
from dashboard.disclosure.scorecard_guard import suppress_scorecards
from dashboard.disclosure.store_guard import SumGroup
from dashboard.services.filters import Filters

K, DISTRICT = 5, "990101"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(samples_desk):
    return samples_desk


@pytest.fixture(scope="module")
def real(desk):
    """Every stored figure of the demo."""
    filters = Filters(area=DISTRICT, children=True, kinds=["actual"])
    rows = desk.directory.observations(filters)
    return {
        (row["indicator"], row["area"], parse(row["period"]).end): row["value"]
        for row in rows
        if row["value"] is not None
    }


@pytest.fixture(scope="module")
def small(desk, real):
    indicators = desk.catalogue.indicators
    return {
        node
        for node, value in real.items()
        if counts_people(indicators[node[0]]) and 0 < abs(value) < K
    }


@pytest.fixture(scope="module")
def attacker(desk, app):
    """Has the list of all figures as HTTP gives it, in both languages and as of today."""
    found = Attacker(desk.catalogue)
    client = app.server.test_client()
    asked = f"/api/observations?area={DISTRICT}&children=1&restated=1&lang=en&limit=20000"
    while asked:
        answer = client.get(asked)
        found.take_rows(answer.get_json())
        asked = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    return found


def test_the_list_states_no_small_count(attacker, small):
    assert len(attacker.figures) > 80_000
    assert small and not small & set(attacker.figures)


def test_no_two_running_totals_differ_by_a_small_count(attacker):
    assert not [found for found in attacker.differences() if 0 < abs(found[1]) < K]


def test_no_money_divided_by_its_standard_gives_a_small_count(desk, attacker, real, small):
    """By every span of published totals, that of a month as well as that of a year."""
    for (counted, area, before, after), persons in attacker.counts_of_money():
        months = (after.year - before.year) * 12 + after.month - before.month
        if desk.catalogue.indicators[counted].accumulation is Accumulation.END_OF_PERIOD:
            inside = {(counted, area, after.plus(-n)) for n in range(months)}
            assert not inside & small, (counted, area, before, after, persons / months)
        elif (counted, area, after) in real:
            start = real[counted, area, before] if before.year == after.year else 0.0
            many = real[counted, area, after] - start
            assert not 0 < abs(many) < K, (counted, area, before, after, persons)


@pytest.mark.parametrize("year", [2023, 2024])
def test_no_sum_of_whatever_length_bounds_a_small_count_below_the_threshold(
    desk, attacker, small, year
):
    """A linear program over all areas, components and months: each could be K or more."""
    guard, area = desk.release.guard(), desk.areas().get(DISTRICT)
    families = {guard.family_of(name) for name, *_ in small}
    for names in families:
        sums = guard.sums(SumGroup(names, guard.tied(area.code), year))
        cells = {cell for cell, value in sums.derived.items() if 0 < abs(value) < K}
        cells |= {cell for cell, value in sums.values.items() if 0 < abs(value) < K}
        for cell, most in attacker.most(sums, cells):
            assert most >= K - 1e-6, cell


def charts_of(desk, areas, language):
    for topic in desk.catalogue.topic_order():
        for declared in topic.charts:
            for area in areas:
                selection = desk.selections.of({"area": area, "period": "2024-09"}, language)
                yield desk.figures.chart(f"{topic.id}/{declared.id}", selection)


def test_no_chart_shows_or_lets_follow_what_the_list_suppresses(desk, attacker, real, small):
    streets = [area.code for area in desk.areas().children(DISTRICT)]
    for chart in charts_of(desk, [DISTRICT, streets[-1]], "zh"):
        released = desk.release.chart(chart)
        if not released.empty:
            known = len(attacker.figures)
            attacker.take_chart(released)
            assert not attacker.drawn_beside, released.id
            learnt = islice(attacker.figures, known, None)  # what the list has not shown
            assert not [node for node in learnt if node in real], released.id
    counts = [
        (key, value)
        for key, value in (*attacker.figures.items(), *attacker.amounts.items())
        if counts_people(desk.catalogue.indicators[key[0]]) and 0 < abs(value) < K
    ]
    assert not counts
    assert not [found for found in attacker.differences() if 0 < abs(found[1]) < K]
    assert not [node for node, _ in attacker.bases() if node in small]


def test_scorecards_and_progress_state_nothing_else(desk, attacker, app, small):
    selection = desk.selections.of({"area": DISTRICT, "period": "2024-09"}, "en")
    cards = desk.scorecards.of(selection, below=True)
    keys = [key for card in cards for key in card.figures]
    hidden = desk.release.guard().suppressed_figures(keys)
    for card in suppress_scorecards(cards, K, desk.catalogue, hidden):
        for stated in (*card.rows, *card.lines):
            if stated.figure and stated.amount is not None:
                assert stated.figure[:3] not in small
                assert hidden.hides(stated.figure) is False
    rows = app.server.test_client().get(f"/api/progress?area={DISTRICT}&children=1").get_json()
    stated = {
        (row["indicator"], row["area"], parse(row["actual_period"]).end)
        for row in rows
        if row["actual"] is not None and row["actual_period"]
    }
    assert stated and not stated & small
