"""The verdict on a target, rule by rule: completion, gap, status and forecast at their edges."""

from dataclasses import replace

import pytest
from target_cases import judged

from dashboard.analysis.actuals import RatioParts, best_month, months_of, ratio_parts
from dashboard.analysis.forecast import HISTORICAL, LINEAR, NO_FORECAST, REACHED, Forecast, forecast
from dashboard.analysis.pace import Pace, milestone_level, pace_of
from dashboard.analysis.point import Point
from dashboard.analysis.points import Points
from dashboard.analysis.reasons import Reason
from dashboard.analysis.target_goals import Goal
from dashboard.analysis.target_status import Status, TargetStanding, Thresholds, judge, task_gap
from dashboard.analysis.target_task import task_of
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Milestone, Target, TargetKind
from dashboard.charts.text.target_words import TargetWords

KINDS = TargetKind
CATALOGUE = read_catalogue()


def standing(kind, actual, goal, *, expected=None, flows=False, ended=False, tolerance=0.0):
    """A target of 100 beds, say, with the figure and the goal."""
    point = actual if isinstance(actual, Point) else Point(actual)
    target = Target(
        "elderly_beds", "370113", Period(2024, 12), kind, goal.value or 0.0, tolerance=tolerance
    )
    return TargetStanding(target, goal, point, expected, flows, ended, 1.0)


def limit(start=None, value=100.0):
    return Goal(value, start, True, measure=value)


def task(at):
    return task_of(CATALOGUE.indicators["elderly_beds"], at)


@pytest.mark.parametrize(
    ("start", "actual", "percent"),
    [
        (200.0, 150.0, 50.0),  # half of the way down
        (200.0, 100.0, 100.0),
        (200.0, 90.0, pytest.approx(110.0)),
        (200.0, 210.0, None),  # the other way: no percentage of completion is negative
        (None, 90.0, None),  # within a limit, or beyond it, there is no way to go
        (50.0, 125.0, None),
    ],
)
def test_the_share_of_the_way_down_to_a_limit(start, actual, percent):
    found = task(standing(KINDS.AT_MOST, actual, limit(start)))
    assert found.share(found.done) == percent


@pytest.mark.parametrize(
    ("actual", "percent"), [(30.0, 30.0), (100.0, 100.0), (130.0, 130.0), (0.0, 0.0), (-5.0, None)]
)
def test_the_share_of_what_is_to_be_reached(actual, percent):
    found = task(standing(KINDS.AT_LEAST, actual, Goal(100.0, 0.0, measure=100.0)))
    assert found.share(found.done) == percent


@pytest.mark.parametrize(
    ("partial", "flows", "origin", "status"),
    [
        (None, False, "stored", Status.DONE),
        ((3, 4), False, "stored", Status.DONE),  # what is missing can only add
        ((3, 4), True, "computed", Status.DONE),
        ((3, 4), False, "computed", Status.NOT_JUDGED),  # a rate with areas missing may yet fall
        (None, False, "computed", Status.DONE),
    ],
)
def test_what_is_reached_is_done_where_it_is_certain(partial, flows, origin, status):
    point = Point(120.0, origin=origin, partial=partial)
    at = standing(KINDS.AT_LEAST, point, Goal(100.0, 0.0, measure=100.0), flows=flows)
    assert judge(at, Thresholds()) is status


@pytest.mark.parametrize(
    ("actual", "ended", "flows", "status"),
    [
        (110.0, False, False, Status.DONE),  # the edge of what is tolerated
        (110.0, True, False, Status.DONE),
        (111.0, True, False, Status.OVERDUE),
        (111.0, False, True, Status.OVER_LIMIT),
        (111.0, False, False, Status.BEHIND),  # not ahead: it has to come down again
        (89.0, True, False, Status.OVERDUE),
    ],
)
def test_exactly_has_two_edges(actual, ended, flows, status):
    goal = Goal(100.0, 0.0, measure=100.0)
    at = standing(KINDS.EXACTLY, actual, goal, ended=ended, flows=flows, tolerance=0.1)
    assert judge(at, Thresholds()) is status


@pytest.mark.parametrize(
    ("start", "actual", "ended", "status"),
    [
        (200.0, 95.0, False, Status.DONE),
        (None, 95.0, False, Status.ON_PACE),
        (None, 105.0, False, Status.BEHIND),
        (200.0, 105.0, True, Status.OVERDUE),
        (None, 95.0, True, Status.DONE),
        (200.0, 150.0, False, Status.ON_PACE),
    ],
)
def test_a_limited_level_falls_to_its_aim_or_stays_below_it(start, actual, ended, status):
    at = standing(KINDS.AT_MOST, actual, limit(start), ended=ended, expected=150.0)
    assert judge(at, Thresholds()) is status


def test_a_gap_is_in_points_of_the_way():
    up = standing(KINDS.AT_LEAST, 60.0, Goal(100.0, 20.0, measure=100.0), expected=64.0)
    assert task_gap(up) == pytest.approx(-5.0)
    down = standing(KINDS.AT_MOST, 140.0, limit(200.0), expected=150.0)
    assert task_gap(down) == pytest.approx(10.0)
    assert task_gap(standing(KINDS.AT_LEAST, 60.0, Goal(100.0, 20.0, measure=100.0))) is None


HALF = Pace(0.5, ((2023, 0.4), (2022, 0.8)))


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (HALF, Forecast(60 / 0.6, 60 / 0.8, 60 / 0.4, HISTORICAL)),
        (Pace(0.5, ((2023, 0.4),)), Forecast(120.0, method=LINEAR)),
        (Pace(0.5), Forecast(120.0, method=LINEAR)),
        (Pace(0.0), NO_FORECAST),
    ],
)
def test_a_flow_goes_on_as_in_earlier_years_or_by_the_calendar(pace, expected):
    made = forecast(Goal(100.0, 0.0, measure=100.0), Point(60.0), pace, True, False)
    assert (made.method, made.low is None) == (expected.method, expected.low is None)
    assert made.value == pytest.approx(expected.value) and made.high == pytest.approx(expected.high)
    assert made.low == pytest.approx(expected.low)


def test_a_level_goes_on_from_its_base_and_ends_where_it_is():
    goal = Goal(100.0, 20.0, base=20.0, measure=100.0)
    assert forecast(goal, Point(50.0), Pace(0.5), False, False) == Forecast(80.0, method=LINEAR)
    assert forecast(goal, Point(50.0), Pace(0.5), False, True) == Forecast(50.0, method=REACHED)
    partial = Point(50.0, partial=(3, 4))
    assert forecast(goal, partial, Pace(0.5), False, False) == NO_FORECAST
    nowhere = Goal(100.0, None, measure=100.0)
    assert forecast(nowhere, Point(50.0), Pace(0.5), False, False) == NO_FORECAST


def test_what_a_rate_lacks_is_counted_in_its_numerator():
    sums = RatioParts(30.0, 200.0, 100.0)
    assert sums.short_of(20.0) == 10.0 and sums.short_of(15.0) == 0.0
    assert sums.short_of(10.0) == -10.0


def test_milestones_are_joined_by_straight_lines_and_lead_to_the_goal():
    steps = (Milestone(Period(2024, 3), 20.0), Milestone(Period(2024, 6), 50.0))
    target = Target(
        "elderly_beds", "370113", Period(2024, 12), KINDS.AT_LEAST, 110.0, milestones=steps
    )
    expected = {1: 12.0, 2: 16.0, 3: 20.0, 4: 30.0, 6: 50.0, 9: 80.0, 12: 110.0}
    levels = {m: milestone_level(target, 8.0, 110.0, Period(2024, m)) for m in expected}
    assert levels == pytest.approx(expected)
    ending = (*steps, Milestone(Period(2024, 12), 90.0))
    to_the_end = replace(target, milestones=ending)
    assert milestone_level(to_the_end, 8.0, 110.0, Period(2024, 12)) == 90.0
    assert milestone_level(to_the_end, 8.0, 110.0, Period(2025, 3)) == 90.0


def of_2024(values):
    """Points of 2024: {(indicator, area): value}."""
    figures = [
        Figure(name, area, Period(2024, 12), "actual", value, "A", None, 1, "official")
        for (name, area), value in values.items()
    ]
    return Points(CATALOGUE, all_areas(CATALOGUE), figures)


RATE = "community_organisations_per_community"
TOP = CATALOGUE.indicators[RATE].numerator
BOTTOM = CATALOGUE.indicators[RATE].denominator
YEAR = Period(2024, 12)


def test_the_sums_behind_a_rate_are_the_areas_own_or_those_below_that_have_both():
    own = of_2024({(TOP, "370113"): 40.0, (BOTTOM, "370113"): 2000.0})
    assert ratio_parts(own, RATE, "370113", YEAR) == RatioParts(40.0, 2000.0, 1.0)
    streets = {(TOP, "370113001"): 10.0, (BOTTOM, "370113001"): 500.0}
    streets |= {(TOP, "370113002"): 5.0, (BOTTOM, "370113003"): 300.0}
    below = of_2024(streets)
    assert ratio_parts(below, RATE, "370113", YEAR) == RatioParts(10.0, 500.0, 1.0)
    assert ratio_parts(of_2024({}), RATE, "370113", YEAR) is None
    assert ratio_parts(own, TOP, "370113", YEAR) is None, "no rate"


def test_a_rate_of_some_streets_says_how_many_and_which_are_missing():
    streets = {(TOP, "370113001"): 10.0, (BOTTOM, "370113001"): 500.0}
    streets |= {(TOP, "370113002"): 30.0, (BOTTOM, "370113002"): 1500.0}
    streets |= {(TOP, "370113003"): 5.0}
    point = of_2024(streets).point(RATE, "370113", YEAR)
    below = [area.code for area in all_areas(CATALOGUE).children("370113", YEAR)]
    assert point.value == pytest.approx(40 / 2000)
    assert point.partial == (2, len(below))
    assert point.missing == tuple(code for code in below if code not in ("370113001", "370113002"))


def monthly(name, values, area="370113"):
    """Points of one indicator: {"2024-06": 10.0, …}; a value may come with its status."""
    figures = []
    for month, stated in values.items():
        value, status = stated if isinstance(stated, tuple) else (stated, "A")
        period = Period(int(month[:4]), int(month[5:]))
        figures.append(Figure(name, area, period, "actual", value, status, None, 1, "official"))
    return Points(CATALOGUE, all_areas(CATALOGUE), figures)


def test_the_best_month_of_a_level_is_the_one_in_which_it_rose_most():
    levels = {"2023-12": 100.0, "2024-01": 110.0, "2024-02": 150.0, "2024-03": 190.0}
    points = monthly("elderly_beds", levels | {"2024-05": 500.0, "2024-06": 505.0})
    found = best_month(
        points, "elderly_beds", "370113", months_of(Period(2024, 1), Period(2024, 6))
    )
    assert found == (Period(2024, 2), 40.0), "of equal months the earlier; May has no April"
    first = best_month(points, "elderly_beds", "370113", [Period(2024, 1)])
    assert first == (Period(2024, 1), 10.0)
    assert best_month(points, "elderly_beds", "370113", [Period(2025, 1), Period(2025, 2)]) is None


def test_the_best_month_of_a_level_that_is_to_fall_is_the_one_in_which_it_fell_most():
    levels = {"2023-12": 100.0, "2024-01": 90.0, "2024-02": 68.0, "2024-03": 75.0}
    months = months_of(Period(2024, 1), Period(2024, 3))
    points = monthly("orphans", levels)
    assert best_month(points, "orphans", "370113", months, True) == (Period(2024, 2), 22.0)
    assert best_month(points, "orphans", "370113", months[2:], True) is None


def test_the_best_month_of_a_flow_is_the_one_with_the_largest_amount():
    points = monthly("marriages", {"2024-01": 30.0, "2024-02": 100.0, "2024-03": 120.0})
    found = best_month(points, "marriages", "370113", months_of(Period(2024, 1), Period(2024, 3)))
    assert found == (Period(2024, 2), 70.0)


@pytest.mark.parametrize(
    ("changed", "years"),
    [
        ({}, (2021, 2022, 2023)),
        ({"2022-06": (45.0, "D")}, (2021, 2023)),
        ({"2022-12": (90.0, "D")}, (2021, 2023)),
        ({"2022-12": 0.0}, (2021, 2023)),
        ({"2022-12": 40.0}, (2021, 2023)),  # less by the end than in the middle
        ({"2022-06": 90.0}, (2021, 2022, 2023)),
    ],
)
def test_the_curve_of_a_year_is_made_of_complete_undisputed_years(changed, years):
    values = {}
    for year, middle, end in ((2020, 10.0, 90.0), (2021, 30.0, 60.0), (2022, 45.0, 90.0)):
        values |= {f"{year}-06": middle, f"{year}-12": end}
    points = monthly("marriages", values | {"2023-06": 40.0, "2023-12": 100.0} | changed)
    target = Target("marriages", "370113", Period(2024, 12), KINDS.AT_LEAST, 100.0)
    pace = pace_of(points, target, "370113", Period(2024, 6))
    assert (pace.calendar, pace.years) == (0.5, years)
    assert dict(pace.curve)[2023] == pytest.approx(0.4)
    assert dict(pace.curve)[2021] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("missing", "said"), [(18.2, "还差 19张"), (0.3, "还差 1张"), (18.0, "还差 18张")]
)
def test_what_is_still_needed_is_rounded_up_in_words_too(missing, said):
    """18 of 18.2 missing beds are not enough."""
    beds = CATALOGUE.indicators["elderly_beds"]
    assert Reason("short", {"indicator": beds, "base": missing}).words.zh == said


@pytest.mark.parametrize("numerator", ["divorces", "rural_dibao_persons"])
def test_a_rate_above_its_limit_asks_for_fewer_only_of_what_can_fall(numerator):
    """Divorces since January do not fall again; people on an allowance do."""
    rate, other = {
        "divorces": ("divorces_per_100_marriages", "marriages"),
        "rural_dibao_persons": ("rural_dibao_share", "urban_dibao_persons"),
    }[numerator]
    before, after = (500.0, 500.0), (470.0, 530.0)
    figures = {
        name: {"2023-12": start, "2024-09": now}
        for name, start, now in zip((numerator, other), before, after, strict=True)
    }
    example = {
        "indicator": rate,
        "kind": "at_most",
        "value": 40.0,
        "due": "2024",
        "asked": "2024-09",
    }
    row = judged(example | {"figures": figures})
    words = TargetWords(row, CATALOGUE, all_areas(CATALOGUE), "zh")
    assert "需完成" not in words.standing
    if numerator == "divorces":
        assert row.remaining is None and "每月" not in words.standing
    else:
        assert "今后每月需减少24人" in words.standing
