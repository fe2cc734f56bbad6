"""Where nobody asked for a period, the latest that has been reported is shown."""

import pytest

from dashboard.analysis.default_period import default_period
from dashboard.base.settings import SettingsError, read_settings
from dashboard.catalogue.periods import Period

MAY, JUNE, JULY = Period(2026, 5), Period(2026, 6), Period(2026, 7)
STREETS = [f"s{number}" for number in range(10)]


def reported(**months):
    """Counts by period: how many of the ten streets have a figure."""
    named = {"may": MAY, "june": JUNE, "july": JULY}
    return {named[m]: dict.fromkeys(STREETS[:count], 3) for m, count in months.items()}


def of(counts, share=0.8, expected=STREETS):
    return default_period(counts, lambda period: expected, share)


def test_it_is_the_latest_month_in_which_the_expected_streets_have_reported():
    assert of(reported(may=10, june=8, july=2)) == JUNE
    assert of(reported(may=10, june=7, july=2)) == MAY
    assert of(reported(may=10, june=7, july=2), share=0.2) == JULY


def test_the_districts_own_figures_do_not_stand_for_its_streets():
    counts = reported(may=9) | {JUNE: {"district": 50}}
    assert of(counts) == MAY


@pytest.mark.parametrize("months", [["may"], ["may", "june"]])
def test_a_table_of_one_indicator_is_no_report(months):
    counts = reported(**dict.fromkeys(months, 10))
    assert of(counts | {JULY: dict.fromkeys(STREETS, 1)}) == max(counts)
    assert of(counts | {JULY: dict.fromkeys(STREETS, 2)}) == JULY


def test_a_table_of_last_year_does_not_hold_the_first_month_back():
    last_year, small = {Period(2025, 12): dict.fromkeys(STREETS, 30)}, dict.fromkeys(STREETS, 3)
    assert of(last_year | {JULY: small}) == JULY
    assert of(last_year | {JULY: small, JUNE: small}) == JULY
    assert of(last_year | {Period(2026, 2): small}) == Period(2025, 12), "as one month of the next"


def test_where_nobody_is_expected_it_is_the_latest_with_most_of_the_figures():
    counts = {MAY: {"d": 10}, JUNE: {"d": 9}, JULY: {"d": 2}}
    assert of(counts, expected=()) == JUNE
    assert of(counts | {JULY: {"d": 6}}, expected=()) == JULY


def test_streets_that_were_silent_for_a_year_are_not_waited_for():
    old = {Period(2024, 5): dict.fromkeys(STREETS, 3)}
    assert of(old | {JUNE: {"d": 4}}) == JUNE


def test_without_figures_there_is_none():
    assert of({}) is None


@pytest.mark.parametrize("share", ["0", "101", "most"])
def test_a_share_that_makes_no_sense_is_refused(share):
    with pytest.raises(SettingsError, match="DASHBOARD_REPORTED_SHARE"):
        read_settings({"DASHBOARD_REPORTED_SHARE": share})


def test_the_demo_district_opens_on_a_month_that_its_streets_have_reported(samples_desk):
    chosen = samples_desk.selections.of({"area": "990101"}, "zh", "marriage")
    assert chosen.period == Period(2026, 10)
    assert samples_desk.selections.default_period("990101") == Period(2026, 10)
