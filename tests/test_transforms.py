"""Comparisons: against the right base, de-accumulated first, refused where they mean nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.change import Change, ComparedFigure, compare, kind_of_change
from dashboard.analysis.comparisons import change as change_of
from dashboard.analysis.comparisons import flow, period_on_period, rank, share, year_on_year
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point
from dashboard.analysis.points import Points
from dashboard.analysis.series_breaks import breaks_between, marks_between
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.periods import Period

CATALOGUE = read_catalogue()
AREAS = all_areas(CATALOGUE)
SHENGZHOU = "330683"


def series(indicator, values, area=SHENGZHOU, status="A"):
    """Points of one indicator: {"2024-06": 10.0, …}."""
    figures = [
        Figure(
            indicator,
            area,
            Period(int(p[:4]), int(p[5:])),
            "actual",
            v,
            status,
            None,
            1,
            "official",
        )
        for p, v in values.items()
    ]
    return Points(CATALOGUE, AREAS, figures)


def test_year_to_date_is_compared_with_the_same_months_of_the_year_before():
    points = series("marriages", {"2023-05": 200.0, "2023-12": 900.0, "2024-05": 180.0})
    change = year_on_year(points, "marriages", SHENGZHOU, Period(2024, 5))
    assert (round(change.value, 6), change.base, change.word) == (-10.0, Period(2023, 5), "down")


def test_on_previous_period_de_accumulates_first():
    """A published form prints +105 % where the quarter grew 5 %."""
    points = series("marriages", {"2024-03": 100.0, "2024-06": 205.0})
    change = period_on_period(points, "marriages", SHENGZHOU, Period(2024, 6))
    assert change.value == pytest.approx(5.0)
    assert change.base == Period(2024, 3)


def test_september_minus_june_is_the_third_quarter():
    points = series("marriages", {"2024-03": 100.0, "2024-06": 205.0, "2024-09": 300.0})
    assert flow(points, "marriages", SHENGZHOU, Period(2024, 9), 3).value == 95
    assert flow(points, "marriages", SHENGZHOU, Period(2024, 3), 3).value == 100


def test_a_stock_is_what_it_is_at_the_end_however_many_months_are_asked_for():
    points = series("urban_dibao_persons", {"2024-06": 900.0, "2024-09": 950.0})
    assert flow(points, "urban_dibao_persons", SHENGZHOU, Period(2024, 9), 3).value == 950.0


def test_months_that_come_as_amounts_are_added_up_over_a_quarter():
    months = {"2024-07": 30.0, "2024-08": 20.0, "2024-09": 10.0, "2024-10": 400.0}
    points = series("urban_dibao_persons_added", months)
    point = flow(points, "urban_dibao_persons_added", SHENGZHOU, Period(2024, 9), 3)
    assert (point.value, point.origin) == (60.0, "computed")
    one = flow(points, "urban_dibao_persons_added", SHENGZHOU, Period(2024, 9), 1)
    assert (one.value, one.origin) == (10.0, "stored")
    assert flow(points, "urban_dibao_persons_added", SHENGZHOU, Period(2024, 8), 3) is None
    assert flow(points, "urban_dibao_persons_added", SHENGZHOU, Period(2024, 11), 3) is None


def several(values, area=SHENGZHOU):
    """Points of several indicators: {("marriages", "2024-06"): 10.0, …}."""
    figures = [
        Figure(name, area, Period(int(p[:4]), int(p[5:])), "actual", v, "A", None, 1, "official")
        for (name, p), v in values.items()
    ]
    return Points(CATALOGUE, AREAS, figures)


def test_a_rate_of_the_year_to_date_over_a_quarter_is_made_of_what_happened_in_it():
    values = {("divorces", "2024-06"): 10.0, ("marriages", "2024-06"): 100.0}
    values |= {("divorces", "2024-09"): 40.0, ("marriages", "2024-09"): 150.0}
    points, name = several(values), "divorces_per_100_marriages"
    september, june = Period(2024, 9), Period(2024, 6)
    assert points.value(name, SHENGZHOU, september) == pytest.approx(40 / 150 * 100)
    quarter = flow(points, name, SHENGZHOU, september, 3)
    assert quarter.value == pytest.approx(30 / 50 * 100) and quarter.origin == "computed"
    half = flow(points, name, SHENGZHOU, june, 6)
    assert half.value == pytest.approx(10.0)
    assert flow(points, name, SHENGZHOU, june, 3) is None, "nothing is known of March"


def test_a_rate_over_a_quarter_in_which_nothing_happened_to_divide_by_is_none():
    values = {("divorces", "2024-06"): 10.0, ("marriages", "2024-06"): 100.0}
    values |= {("divorces", "2024-09"): 40.0, ("marriages", "2024-09"): 100.0}
    name = "divorces_per_100_marriages"
    assert flow(several(values), name, SHENGZHOU, Period(2024, 9), 3) is None


def test_january_is_compared_with_december_alone_not_with_the_whole_year():
    points = series("marriages", {"2023-11": 1000.0, "2023-12": 1100.0, "2024-01": 110.0})
    change = period_on_period(points, "marriages", SHENGZHOU, Period(2024, 1))
    assert change.value == pytest.approx(10.0)


def test_a_stock_is_compared_with_the_end_of_the_month_before():
    points = series("orphans", {"2024-01": 100.0, "2024-02": 90.0})
    assert period_on_period(points, "orphans", SHENGZHOU, Period(2024, 2)).value == pytest.approx(
        -10
    )


def test_a_rate_changes_in_points_not_in_percent():
    points = series("nursing_bed_share", {"2023-12": 60.0, "2024-12": 66.0})
    change = year_on_year(points, "nursing_bed_share", SHENGZHOU, Period(2024, 12))
    assert (change.value, change.kind) == (pytest.approx(6.0), "points")


def test_no_growth_is_printed_on_a_base_below_the_smallest_sensible_one():
    smallest = CATALOGUE.indicators["orphans"].base_min
    assert smallest > 2
    change = year_on_year(
        series("orphans", {"2023-12": 2.0, "2024-12": 3.0}), "orphans", SHENGZHOU, Period(2024, 12)
    )
    assert (change.value, change.absolute, change.reason) == (None, 1.0, "base_too_small")


def test_growth_on_zero_and_on_nothing_is_refused_with_different_reasons():
    zero = year_on_year(
        series("orphans", {"2023-12": 0.0, "2024-12": 50.0}), "orphans", SHENGZHOU, Period(2024, 12)
    )
    none = year_on_year(
        series("orphans", {"2024-12": 50.0}), "orphans", SHENGZHOU, Period(2024, 12)
    )
    assert (zero.reason, none.reason) == ("zero_base", "no_base")


def test_a_figure_over_a_span_is_never_compared():
    points = series("temporary_assistance_times_over_span", {"2019-12": 50.0, "2020-12": 60.0})
    change = year_on_year(
        points, "temporary_assistance_times_over_span", SHENGZHOU, Period(2020, 12)
    )
    assert (change.value, change.reason) == (None, "over_span")


def test_a_disputed_figure_is_not_compared():
    points = series("orphans", {"2023-12": 50.0, "2024-12": 60.0}, status="D")
    assert year_on_year(points, "orphans", SHENGZHOU, Period(2024, 12)).reason == "disputed"


def test_a_comparison_across_a_change_of_definition_is_refused_with_its_name():
    points = series("marriage_rate", {"2021-12": 5.1, "2022-12": 5.5}, area="510400")
    change = year_on_year(points, "marriage_rate", "510400", Period(2022, 12))
    assert (change.value, change.reason) == (None, "break_between")
    assert "对数" in change.break_name.zh and change.break_name.en
    elsewhere = series("marriage_rate", {"2021-12": 5.1, "2022-12": 5.5})
    assert year_on_year(elsewhere, "marriage_rate", SHENGZHOU, Period(2022, 12)).reason == ""


def test_a_split_street_is_not_compared_across_its_split_and_the_district_is():
    old = AREAS.get("990101012").predecessor
    for area in (old, "990101012"):
        points = series("orphans", {"2021-12": 50.0, "2022-12": 40.0}, area=area)
        assert year_on_year(points, "orphans", area, Period(2022, 12)).reason == "break_between"
    points = series("orphans", {"2021-12": 50.0, "2022-12": 40.0}, area="990101")
    assert year_on_year(points, "orphans", "990101", Period(2022, 12)).value == pytest.approx(-20)
    assert breaks_between(CATALOGUE, AREAS, "orphans", old, Period(2022, 1), Period(2023, 1)) == []


def test_a_policy_is_marked_and_forbids_nothing():
    marks = marks_between(
        CATALOGUE, AREAS, "divorces", SHENGZHOU, Period(2020, 12), Period(2021, 12)
    )
    assert [mark.is_break for mark in marks] == [False]
    points = series("divorces", {"2020-12": 500.0, "2021-12": 300.0})
    assert year_on_year(points, "divorces", SHENGZHOU, Period(2021, 12)).value == pytest.approx(-40)


def test_two_totals_of_different_streets_are_not_compared():
    figures = [
        Figure("orphans", f"37011300{n}", Period(y, 12), "actual", 60.0, "A", None, 1, "report")
        for n, y in ((1, 2022), (2, 2022), (1, 2023))
    ]
    points = Points(CATALOGUE, AREAS, figures)
    assert year_on_year(points, "orphans", "370113", Period(2023, 12)).reason == "partial_differs"


@pytest.mark.parametrize(
    ("indicator", "tone"),
    [
        ("community_organisations", "better"),
        ("left_behind_children", "worse"),
        ("marriages", "neutral"),
    ],
)
def test_polarity_decides_the_tone_of_a_rise(indicator, tone):
    points = series(indicator, {"2023-12": 500.0, "2024-12": 600.0})
    assert year_on_year(points, indicator, SHENGZHOU, Period(2024, 12)).tone == tone


def test_what_rounds_to_zero_is_called_unchanged():
    points = series("marriages", {"2023-12": 100_000.0, "2024-12": 100_020.0})
    change = year_on_year(points, "marriages", SHENGZHOU, Period(2024, 12))
    assert (change.word, change.tone) == ("unchanged", "none")


@given(st.floats(1000, 1e9), st.floats(1000, 1e9))
def test_the_word_of_a_change_matches_its_arithmetic(then, now):
    points = series("marriages", {"2023-12": then, "2024-12": now})
    change = year_on_year(points, "marriages", SHENGZHOU, Period(2024, 12))
    assert change.value == pytest.approx((now - then) / then * 100)
    assert {
        "up": change.value > 0,
        "down": change.value < 0,
        "unchanged": abs(change.value) <= 0.05 + 1e-9,
    }[change.word]


def test_months_of_a_year_are_de_accumulated_and_a_gap_stays_a_gap():
    points = series("marriages", {"2024-01": 10.0, "2024-02": 30.0, "2024-04": 70.0})
    months = [flow(points, "marriages", SHENGZHOU, Period(2024, month), 1) for month in range(1, 6)]
    values = [point.value if point else None for point in months]
    assert values == [10.0, 20.0, None, None, None]


def test_a_share_is_offered_for_components_only():
    figures = {
        "urban_dibao_persons": 300.0,
        "rural_dibao_persons": 700.0,
        "elderly_beds": 100.0,
        "nursing_beds": 60.0,
    }
    points = Points(
        CATALOGUE,
        AREAS,
        [
            Figure(name, SHENGZHOU, Period(2024, 12), "actual", value, "A", None, 1, "official")
            for name, value in figures.items()
        ],
    )
    assert share(points, "urban_dibao_persons", SHENGZHOU, Period(2024, 12)).value == pytest.approx(
        30
    )
    assert share(points, "nursing_beds", SHENGZHOU, Period(2024, 12)) is None


def test_rank_one_is_the_best_by_polarity_and_equal_values_share_a_place():
    values = {"370113001": 5.0, "370113002": 9.0, "370113003": 9.0}
    for indicator, expected in (
        ("community_organisations", (3, 1, 1)),
        ("left_behind_children", (1, 2, 2)),
    ):
        points = Points(
            CATALOGUE,
            AREAS,
            [
                Figure(indicator, code, Period(2023, 12), "actual", value, "A", None, 1, "report")
                for code, value in values.items()
            ],
        )
        places = rank(points, indicator, [*values, "370113004"], Period(2023, 12))
        assert tuple(places[code][0] for code in values) == expected
        assert "370113004" not in places and places["370113001"][1] == 3


def test_comparing_with_a_missing_figure_says_not_reported():
    assert compared("orphans", None, None).reason == "not_reported"


# ---- every field of a comparison ----


NOW, BASE = Period(2024, 12), Period(2023, 12)


def pair_of(indicator, now, then):
    """Two figures of SHENGZHOU a year apart."""
    keys = [FigureKey(indicator, SHENGZHOU, period) for period in (NOW, BASE)]
    return ComparedFigure(keys[0], now), ComparedFigure(keys[1], then)


def compared(indicator, now, then):
    """The comparison of two points of an indicator a year apart."""
    return compare(CATALOGUE.indicators[indicator], *pair_of(indicator, now, then))


CASES = [  # indicator, now, then, what is said
    ("marriages", None, Point(90.0), {"reason": "not_reported"}),
    ("marriages", Point(None), Point(90.0), {"reason": "not_reported"}),
    ("marriages", Point(90.0), None, {"reason": "no_base"}),
    ("marriages", Point(90.0), Point(90.0, "D"), {"reason": "disputed"}),
    ("marriages", Point(90.0, missing=("1",)), Point(90.0), {"reason": "partial_differs"}),
    ("marriages", Point(90.0), Point(0.0), {"absolute": 90.0, "reason": "zero_base"}),
    (
        "marriages",
        Point(0.0),
        Point(0.0),
        {"value": 0.0, "absolute": 0.0, "word": "unchanged"},
    ),
    (
        "nursing_bed_share",
        Point(41.0),
        Point(40.0),
        {"value": 1.0, "absolute": 1.0, "kind": "points", "word": "up", "tone": "better"},
    ),
    ("nursing_bed_share", None, None, {"kind": "points", "reason": "not_reported"}),
]


@pytest.mark.parametrize(("indicator", "now", "then", "fields"), CASES)
def test_a_comparison_says_all_it_knows(indicator, now, then, fields):
    sides = [side.side for side in pair_of(indicator, now, then)]
    assert compared(indicator, now, then) == Change(*sides, **fields)


@pytest.mark.parametrize(
    ("now", "word"), [(1000.4, "unchanged"), (1000.5, "up"), (999.6, "unchanged"), (999.4, "down")]
)
def test_the_word_follows_the_change_as_it_is_printed(now, word):
    change = compared("marriages", Point(now), Point(1000.0))
    assert (change.word, change.absolute) == (word, now - 1000.0)


def test_a_base_of_the_smallest_sensible_size_bears_a_percentage():
    meaning = CATALOGUE.indicators["marriages"]
    least = meaning.base_min
    assert compared("marriages", Point(2 * least), Point(least)).value == pytest.approx(100)
    refused = compared("marriages", Point(2 * least), Point(least - 0.5))
    assert (refused.value, refused.absolute) == (None, least + 0.5)
    assert (refused.reason, refused.then.value) == ("base_too_small", least - 0.5)


def test_without_a_period_before_the_month_before_is_named_as_the_missing_base():
    points = series("marriages", {"2024-05": 180.0})
    change = period_on_period(points, "marriages", SHENGZHOU, Period(2024, 5))
    assert (change.value, change.base, change.reason) == (None, Period(2024, 4), "no_base")


def test_a_share_needs_a_whole_above_nothing_and_neither_incomplete():
    figures = {"urban_dibao_persons": 300.0, "rural_dibao_persons": 700.0}
    points = several({(name, "2024-05"): value for name, value in figures.items()})
    point = share(points, "urban_dibao_persons", SHENGZHOU, Period(2024, 5))
    assert (round(point.value, 6), point.origin) == (30.0, "computed")
    nothing = several({(name, "2024-05"): 0.0 for name in figures})
    assert share(nothing, "urban_dibao_persons", SHENGZHOU, Period(2024, 5)) is None
    without = several({("rural_dibao_persons", "2024-05"): 7.0})
    assert share(without, "urban_dibao_persons", SHENGZHOU, Period(2024, 5)) is None


def test_what_may_not_be_compared_is_refused_with_the_field_it_is_refused_for():
    name = "grave_treatment_funds_paid_over_span"
    spans = series(name, {"2023-12": 10.0, "2024-12": 12.0})
    change = year_on_year(spans, name, SHENGZHOU, Period(2024, 12))
    assert (change.value, change.base, change.reason) == (None, Period(2023, 12), "over_span")
    rates = series("marriage_rate", {"2021-12": 7.0, "2022-12": 6.0}, area="510400")
    change = year_on_year(rates, "marriage_rate", "510400", Period(2022, 12))
    kind = kind_of_change(CATALOGUE.indicators["marriage_rate"])
    assert (change.value, change.kind, change.base) == (None, kind, Period(2021, 12))
    assert change.reason == "break_between" and change.break_name.zh and change.break_name.en


def test_only_a_chosen_comparison_is_made():
    points = series("marriages", {"2023-05": 200.0, "2024-04": 150.0, "2024-05": 180.0})
    asked = (points, "marriages", SHENGZHOU, Period(2024, 5))
    assert change_of("none", *asked) is None
    assert change_of("year_on_year", *asked) == year_on_year(*asked)
    assert change_of("period_on_period", *asked) == year_on_year(*asked), "a running total"
    stocks = series("orphans", {"2023-05": 200.0, "2024-04": 150.0, "2024-05": 180.0})
    asked = (stocks, "orphans", SHENGZHOU, Period(2024, 5))
    assert change_of("period_on_period", *asked) == period_on_period(*asked)
