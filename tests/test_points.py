"""Points: what follows from stored figures, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.point import COMPUTED, ROLLED_UP, STORED, inputs
from dashboard.analysis.points import Points
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.periods import Period

CATALOGUE = read_catalogue()
AREAS = all_areas(CATALOGUE)
CHANGQING = "370113"
YEAR = Period(2023, 12)
STREETS = {
    "370113001": (266, 26),
    "370113002": (121, 28),
    "370113003": (43, 4),
    "370113007": (20, 2),
}


def figure(
    indicator, area, period, value, *, kind="actual", status="A", grade="report", submission=1
):
    return Figure(indicator, area, period, kind, value, status, None, submission, grade)


def points(*figures):
    return Points(CATALOGUE, AREAS, figures)


@pytest.fixture
def changqing():
    figures = [
        figure("communities", CHANGQING, YEAR, 60.0),
        figure("community_organisations_per_community", CHANGQING, YEAR, 10.0, kind="target"),
    ]
    for code, (organisations, communities) in STREETS.items():
        figures.append(figure("community_organisations", code, YEAR, float(organisations)))
        figures.append(figure("communities", code, YEAR, float(communities)))
    return points(*figures)


def test_a_rate_is_the_sum_of_numerators_over_the_sum_of_denominators(changqing):
    rate = changqing.point("community_organisations_per_community", CHANGQING, YEAR)
    mean_of_rates = sum(o / c for o, c in STREETS.values()) / 4
    assert rate.value == pytest.approx(450 / 60)
    assert rate.value != pytest.approx(mean_of_rates)
    assert rate.origin == COMPUTED


@pytest.mark.parametrize(
    ("street", "rate"),
    [("370113001", 10.2), ("370113002", 4.3), ("370113003", 10.8), ("370113007", 10.0)],
)
def test_each_street_has_its_own_rate(changqing, street, rate):
    assert round(changqing.value("community_organisations_per_community", street, YEAR), 1) == rate


def test_a_total_with_streets_missing_says_how_many_and_which(changqing):
    total = changqing.point("community_organisations", CHANGQING, YEAR)
    assert (total.value, total.partial, total.origin) == (450, (4, 10), ROLLED_UP)
    assert set(total.missing) == {area.code for area in AREAS.children(CHANGQING)} - set(STREETS)


def test_a_rates_target_holds_for_the_streets_and_a_sums_does_not(changqing):
    assert changqing.target("community_organisations_per_community", "370113001", YEAR).value == 10
    only_sum = points(figure("orphans", CHANGQING, YEAR, 50.0, kind="target"))
    assert only_sum.target("orphans", CHANGQING, YEAR).value == 50
    assert only_sum.target("orphans", "370113001", YEAR) is None


def test_a_standard_in_yuan_is_never_rolled_up():
    found = points(*(figure("urban_dibao_standard", code, YEAR, 900.0) for code in STREETS))
    assert found.point("urban_dibao_standard", CHANGQING, YEAR) is None


def test_nothing_is_rolled_up_where_not_all_areas_below_are_known():
    found = points(
        figure("marriages", "370113", YEAR, 100.0),
        figure("marriages", "370100", YEAR, None, status="L"),
    )
    assert found.point("marriages", "370000", YEAR) is None


def test_the_month_follows_from_two_year_to_date_figures_and_january_from_one():
    found = points(
        *(
            figure("marriages", CHANGQING, Period(2023, m), v)
            for m, v in ((1, 10.0), (2, 25.0), (4, 60.0))
        )
    )
    assert found.value("marriages_in_month", CHANGQING, Period(2023, 1)) == 10
    assert found.value("marriages_in_month", CHANGQING, Period(2023, 2)) == 15
    assert found.value("marriages_in_month", CHANGQING, Period(2023, 4)) is None


def test_the_year_to_date_follows_from_its_months_only_where_every_month_is_there():
    months = [figure("marriages_in_month", CHANGQING, Period(2023, m), 10.0) for m in (1, 2, 4)]
    found = points(*months)
    assert found.value("marriages", CHANGQING, Period(2023, 2)) == 20
    assert found.value("marriages", CHANGQING, Period(2023, 4)) is None


@given(st.lists(st.integers(0, 10_000), min_size=12, max_size=12))
def test_months_and_year_to_date_are_the_same_quantity(months):
    found = points(
        *(
            figure("divorces_in_month", CHANGQING, Period(2020, m), float(v))
            for m, v in enumerate(months, 1)
        )
    )
    to_date = [
        figure(
            "divorces",
            CHANGQING,
            Period(2020, m),
            found.value("divorces", CHANGQING, Period(2020, m)),
        )
        for m in range(1, 13)
    ]
    back = points(*to_date)
    assert [
        back.value("divorces_in_month", CHANGQING, Period(2020, m)) for m in range(1, 13)
    ] == months


def test_a_parent_follows_from_its_components_only_where_all_are_there():
    one = figure("urban_dibao_persons", CHANGQING, YEAR, 300.0)
    both = points(one, figure("rural_dibao_persons", CHANGQING, YEAR, 700.0))
    assert both.point("dibao_persons", CHANGQING, YEAR).value == 1000
    assert both.point("dibao_persons", CHANGQING, YEAR).origin == COMPUTED
    assert points(one).point("dibao_persons", CHANGQING, YEAR) is None


def test_of_which_children_never_make_up_their_parent():
    found = points(figure("nursing_beds", CHANGQING, YEAR, 30.0))
    assert found.point("elderly_beds", CHANGQING, YEAR) is None


def test_a_stored_total_wins_over_the_sum_of_the_streets():
    found = points(
        figure("orphans", CHANGQING, YEAR, 99.0), figure("orphans", "370113001", YEAR, 5.0)
    )
    point = found.point("orphans", CHANGQING, YEAR)
    assert (point.value, point.origin, point.partial) == (99.0, STORED, None)


def test_zero_blank_suppressed_and_not_reported_differ():
    found = points(
        figure("orphans", "370113001", YEAR, 0.0),
        figure("orphans", "370113002", YEAR, None, status="L"),
        figure("orphans", "370113003", YEAR, None, status="S"),
        figure("orphans", "370113004", YEAR, None, status="B"),
    )
    states = [found.point("orphans", f"37011300{n}", YEAR) for n in (1, 2, 3, 4)]
    assert [(p.value, p.status) for p in states] == [
        (0.0, "A"),
        (None, "L"),
        (None, "S"),
        (None, "B"),
    ]
    assert found.point("orphans", "370113005", YEAR) is None
    assert found.point("orphans", CHANGQING, YEAR).partial == (1, 10)


def test_an_allowance_per_person_and_month_divides_by_the_months_elapsed():
    june = Period(2023, 6)
    found = points(
        figure("urban_dibao_paid", CHANGQING, june, 600_000.0),
        figure("urban_dibao_persons", CHANGQING, june, 200.0),
    )
    assert found.value("urban_dibao_per_person", CHANGQING, june) == pytest.approx(500)


def test_a_reported_rate_is_kept_where_its_parts_are_not_known():
    found = points(figure("tekun_disabled_care_rate", CHANGQING, YEAR, 60.0))
    assert found.point("tekun_disabled_care_rate", CHANGQING, YEAR).origin == STORED


def test_a_denominator_of_zero_gives_no_rate():
    found = points(
        figure("marriages", CHANGQING, YEAR, 0.0), figure("divorces", CHANGQING, YEAR, 3.0)
    )
    rate = found.point("divorces_per_100_marriages", CHANGQING, YEAR)
    assert (rate.value, rate.status) == (None, "N")


def test_a_figure_made_of_others_is_as_firm_as_the_least_firm_and_keeps_all_grades():
    found = points(
        figure(
            "urban_dibao_persons", CHANGQING, YEAR, 1.0, status="P", grade="official", submission=7
        ),
        figure("rural_dibao_persons", CHANGQING, YEAR, 2.0, submission=8),
    )
    point = found.point("dibao_persons", CHANGQING, YEAR)
    assert (point.status, point.submissions, point.grades) == ("P", {7, 8}, {"official", "report"})


def test_a_figure_over_a_span_is_never_summed_over_streets():
    found = points(
        *(figure("temporary_assistance_times_over_span", code, YEAR, 5.0) for code in STREETS)
    )
    assert found.point("temporary_assistance_times_over_span", CHANGQING, YEAR) is None


def test_what_must_be_fetched_includes_the_twins_the_parts_and_both_sides_of_a_ratio():
    needed = inputs(CATALOGUE, ["divorces_per_100_marriages", "dibao_persons"])
    assert {
        "divorces",
        "marriages",
        "marriages_in_month",
        "urban_dibao_persons",
        "rural_dibao_persons",
    } <= needed
    assert "nursing_beds" not in inputs(CATALOGUE, ["elderly_beds"])


def test_only_periods_with_a_value_are_offered():
    found = points(
        figure("orphans", CHANGQING, Period(2022, 12), None, status="L"),
        figure("orphans", CHANGQING, YEAR, 3.0),
    )
    assert found.periods("orphans", CHANGQING) == (YEAR,)
