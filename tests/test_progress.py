"""Targets against actual figures and time elapsed: each kind at its edges, and the real reports."""

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sheets import areas, catalogue
from target_cases import AREA, figure, judged

from dashboard.analysis.actuals import RatioParts
from dashboard.analysis.contributions import REST, of_rate, of_sum
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status, Thresholds
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.charts.text.target_words import TargetWords

HOMES = {"indicator": "homes_adapted", "kind": "at_least", "value": 300, "due": "2024"}
BEDS = {"indicator": "elderly_beds", "kind": "at_least", "value": 5200, "due": "2024"}


def stands(example, asked="2024-06", **changed):
    return judged(example | {"asked": asked} | changed)


def keys(row):
    return [reason.key for reason in row.reasons]


# ---- what cannot be judged, and why ----


def test_without_a_figure_nothing_is_made_up():
    row = stands(HOMES)
    assert (row.status, keys(row)) == (Status.NOT_JUDGED, ["not_reported"])
    assert (row.actual, row.completion, row.gap, row.forecast.value) == (None,) * 4
    assert row.elapsed == 50


def test_a_figure_of_the_year_before_is_not_this_years():
    row = stands(BEDS, figures={"2023-12": 5000})
    assert (row.actual, keys(row)) == (None, ["not_reported"])


def test_a_disputed_figure_is_shown_and_not_judged():
    more = [figure("homes_adapted", AREA, "2024-06", 140.0, "D")]
    row = stands(HOMES, more=more)
    assert (row.actual, row.status, keys(row)) == (140, Status.NOT_JUDGED, ["disputed"])


@pytest.mark.parametrize(("status", "named"), [("T", "（草稿）"), ("P", ""), ("A", "")])
def test_that_a_figure_is_a_draft_stands_beside_every_amount_of_it(status, named):
    more = [
        figure("homes_adapted", AREA, f"2024-0{month}", 20.0 * month, status) for month in (5, 6)
    ]
    words = TargetWords(stands(HOMES, more=more), catalogue(), areas(), "zh")
    assert (words.done, words.actual) == (f"已完成120户（40%）{named}", f"120户{named}")
    assert words.done in words.sentence and words.done in words.standing


def test_what_is_not_all_of_a_task_is_not_printed_as_all_of_it():
    for reached, named in ((398.0, "99.5%"), (399.9, "99.98%"), (400.0, "100%")):
        row = stands(HOMES | {"value": 400}, figures={"2024-05": 200.0, "2024-06": reached})
        assert f"（{named}）" in TargetWords(row, catalogue(), areas(), "zh").done


def test_growth_needs_a_base_that_bears_it():
    growth = HOMES | {"kind": "growth", "value": 10}
    now = {"2024-06": 100}
    assert keys(stands(growth, figures=now)) == ["no_base"]
    assert keys(stands(growth, figures=now | {"2023-12": 0})) == ["zero_base"]
    assert keys(stands(growth, figures=now | {"2023-12": 5})) == ["base_too_small"]
    assert stands(growth, figures=now | {"2023-12": 200}).goal == pytest.approx(220)
    assert stands(growth, figures=now, base=400).goal == pytest.approx(440)


def test_growth_on_a_negative_base_grows_upwards():
    row = stands(BEDS | {"kind": "growth", "value": 2}, figures={"2023-12": -50, "2024-06": 5})
    assert row.goal == pytest.approx(-49)


def test_growth_across_a_break_is_refused():
    homes = {"indicator": "elderly_institutions", "kind": "growth", "value": 2, "due": "2019"}
    row = stands(homes, "2019-06", figures={"2018-12": 50, "2019-06": 51})
    assert (row.status, keys(row)) == (Status.NOT_JUDGED, ["break"])


def test_growth_of_a_rate_is_in_points():
    rate = {"indicator": "visit_rate", "kind": "growth", "value": 5, "due": "2024"}
    assert stands(rate, figures={"2023-12": 80, "2024-06": 83}).goal == 85


def test_a_rate_without_a_known_start_is_not_judged_on_the_way():
    rate = {"indicator": "visit_rate", "kind": "at_least", "value": 90, "due": "2024"}
    row = stands(rate, figures={"2024-06": 60})
    assert (row.status, keys(row)[0]) == (Status.NOT_JUDGED, "no_start")
    assert stands(rate, "2024-12", figures={"2024-12": 60}).status is Status.OVERDUE


def test_a_count_without_a_base_starts_at_its_last_figure_and_says_so():
    beds = BEDS | {"value": 450}
    row = stands(beds, figures={"2024-06": 398})
    assert (row.status, keys(row)[0]) == (Status.NOT_JUDGED, "no_start")
    assert (row.completion, row.expected, row.gap) == (None, None, None)
    assert "填写基数" in row.reason.zh and "enter a base" in row.reason.en
    assert stands(beds, figures={"2024-06": 460}).status is Status.DONE
    known = stands(beds, figures={"2023-08": 378, "2024-06": 398})
    assert (known.base, known.base_period, known.expected) == (378, Period(2023, 8), 414)
    texts = [TargetWords(known, catalogue(), areas(), language).clock for language in ("zh", "en")]
    assert "起点按2023年8月末378张。" in texts[0]
    assert "Counted from 378 beds, end of Aug 2023." in texts[1]
    added = stands(
        beds | {"kind": "increase", "value": 72}, figures={"2023-08": 378, "2024-06": 398}
    )
    assert (added.base, added.goal) == (378, 450)


def test_single_months_make_the_running_total_and_those_missing_are_named():
    times = {"indicator": "temporary_assistance_times", "kind": "at_least", "value": 120}

    def of(months):
        known = {f"2024-{month:02d}": 10 for month in months}
        twin = {"temporary_assistance__person_times__in_month": known}
        return stands(times | {"due": "2024"}, "2024-09", figures=twin)

    assert (of(range(1, 10)).actual, of(range(1, 10)).status) == (90, Status.ON_PACE)
    late = of((9,))
    assert (late.actual, keys(late)) == (None, ["months_missing"])
    assert "缺2024年1—8月" in late.reason.zh and "Jan" in late.reason.en
    gap = of((1, 2, 4, 5, 7, 8, 9))
    assert gap.actual == 20 and "缺2024年3月、2024年6月" in gap.reason.zh


@pytest.mark.parametrize(
    ("parts", "actual"),
    [
        (("care_institution", "care_home"), 100),
        (("sex_female", "sex_male"), 100),
        (("care_institution",), None),
        (("disability_grade_first", "disability_grade_second"), None),
    ],
)
def test_parts_that_are_all_there_can_be_make_up_a_whole_that_nobody_reports(parts, actual):
    tekun = {"indicator": "tekun_persons", "kind": "at_least", "value": 120, "base": 50}
    values = (40, 60)
    known = {
        f"tekun__persons__{part}": {"2024-06": value}
        for part, value in zip(parts, values, strict=False)
    }
    assert stands(tekun | {"due": "2024"}, figures=known).actual == actual


def test_milestones_need_no_start():
    steps = {"path": "milestones", "milestones": "2024-03=390;2024-09=420"}
    row = stands(BEDS | {"value": 450} | steps, figures={"2024-06": 398})
    assert (row.expected, row.status) == (405, Status.ON_PACE)
    assert stands(BEDS | steps, "2024-02", figures={"2024-02": 398}).expected is None


def test_a_target_that_has_not_begun_is_not_due():
    row = stands(HOMES, since="2024-09")
    assert (row.status, keys(row), row.elapsed) == (Status.NOT_DUE, ["not_started"], None)


# ---- edges of the arithmetic ----


def test_a_target_of_zero_has_no_percentage():
    most = stands(BEDS | {"kind": "at_most", "value": 0}, "2024-12", figures={"2024-12": 60})
    assert (most.status, most.completion) == (Status.OVERDUE, None)
    none = stands(BEDS | {"kind": "at_most", "value": 0}, "2024-12", figures={"2024-12": 0})
    assert none.status is Status.DONE


def test_more_than_the_target_is_more_than_a_hundred_percent():
    row = stands(HOMES, figures={"2024-06": 330})
    assert (row.status, row.completion, row.needed_per_month) == (
        Status.DONE,
        pytest.approx(110),
        None,
    )


def test_a_fraction_of_an_hair_short_is_not_short():
    assert stands(HOMES | {"value": 0.1 + 0.2}, figures={"2024-06": 0.3}).status is Status.DONE


def test_the_thresholds_decide_what_is_behind():
    example = HOMES | {"asked": "2024-06", "figures": {"2024-06": 141}}  # 3 points behind
    assert judged(example).status is Status.ON_PACE
    assert judged(example, thresholds=Thresholds(5, 3)).status is Status.BEHIND
    exact = HOMES | {"asked": "2024-06", "figures": {"2024-06": 165}}
    assert judged(exact).status is Status.AHEAD  # 5 points: at the threshold


def test_a_limit_on_a_flow_is_missed_as_soon_as_it_is_exceeded():
    most = HOMES | {"kind": "at_most"}
    assert stands(most, figures={"2024-06": 301}).status is Status.OVER_LIMIT
    assert stands(most, figures={"2024-06": 170}).status is Status.BEHIND
    assert stands(most, figures={"2024-06": 100}).status is Status.AHEAD
    assert stands(most, "2024-12", figures={"2024-12": 300}).status is Status.DONE


def test_a_level_within_its_limit_is_on_pace_until_the_date():
    most = BEDS | {"kind": "at_most"}
    assert stands(most, figures={"2023-12": 5000, "2024-06": 5100}).status is Status.ON_PACE
    assert stands(most, figures={"2023-12": 5000, "2024-06": 5300}).status is Status.BEHIND
    done = stands(most, figures={"2023-12": 5400, "2024-06": 5100})
    assert (done.status, done.completion) == (Status.DONE, 150)


def test_exactly_is_missed_on_either_side():
    exact = HOMES | {"kind": "exactly", "tolerance": 0.1}
    assert stands(exact, "2024-12", figures={"2024-12": 260}).status is Status.OVERDUE
    assert stands(exact, "2024-12", figures={"2024-12": 270}).status is Status.DONE
    assert stands(exact, figures={"2024-06": 331}).status is Status.OVER_LIMIT
    assert stands(exact, figures={"2024-06": 290}).status is Status.ON_PACE  # no more is asked for


def test_by_a_date_is_done_or_missed():
    dated = BEDS | {"kind": "by_date", "due": "2024-06"}
    assert stands(dated, "2024-03", figures={"2024-03": 5100}).status is Status.NOT_DUE
    assert stands(dated, "2024-03", figures={"2024-03": 5200}).status is Status.DONE
    assert stands(dated, "2024-09", figures={"2024-06": 5100}).status is Status.OVERDUE
    late = stands(dated, "2024-09", figures={"2024-05": 5100, "2024-08": 5200})
    assert (late.status, late.actual_period) == (Status.NOT_JUDGED, Period(2024, 5))


def test_what_is_due_at_the_end_is_not_behind_before():
    row = stands(HOMES | {"path": "at_end"}, "2024-11", figures={"2024-11": 0})
    assert (row.status, row.expected, row.gap) == (Status.NOT_DUE, None, None)
    end = stands(HOMES | {"path": "at_end"}, "2024-12", figures={"2024-12": 100})
    assert end.status is Status.OVERDUE


def test_a_target_of_a_half_year_is_judged_at_its_end():
    half = HOMES | {"due": "2024-06"}
    assert stands(half, "2024-03", figures={"2024-03": 150}).elapsed == 50
    row = stands(half, "2024-10", figures={"2024-06": 290, "2024-10": 400})
    assert (row.status, row.actual) == (Status.OVERDUE, 290)


def test_a_span_over_several_years_adds_whole_years():
    span = HOMES | {"since": "2023-01", "value": 600}
    row = stands(span, figures={"2023-12": 290, "2024-06": 150})
    assert (row.actual, row.elapsed, row.status) == (440, 75, Status.ON_PACE)
    assert stands(span, figures={"2024-06": 150}).actual is None


def test_an_old_figure_is_judged_at_its_own_month():
    row = stands(HOMES, "2024-12", figures={"2024-06": 150})
    assert (row.actual_period, row.elapsed, row.status) == (Period(2024, 6), 50, Status.ON_PACE)
    assert "up_to" in keys(row)


def test_a_level_already_there_has_nothing_to_gain():
    there = stands(BEDS, figures={"2023-12": 5300, "2024-06": 5150})
    assert (there.expected, there.status) == (5200, Status.ON_PACE)
    assert (there.gap, there.task_gap) == (-50, pytest.approx(-50 / 52))


def test_an_incomplete_total_is_judged_only_where_what_is_missing_alters_nothing():
    streets = {"370113001": {"homes_adapted": 100}, "370113002": {"homes_adapted": 50}}
    row = stands(HOMES, "2024-12", streets=streets)
    assert (row.actual, row.partial, row.status) == (150, (2, 10), Status.NOT_JUDGED)
    assert "partial" in keys(row) and row.forecast.value is None
    assert (row.gap, row.completion, row.needed_per_month) == (None, None, None)
    assert stands(HOMES | {"value": 140}, "2024-12", streets=streets).status is Status.DONE
    most = stands(HOMES | {"kind": "at_most"}, "2024-12", streets=streets)
    assert most.status is Status.NOT_JUDGED
    known = stands(HOMES | {"kind": "at_most", "value": 140}, "2024-06", streets=streets)
    assert known.status is Status.OVER_LIMIT


def test_a_base_of_other_areas_is_refused():
    streets = {
        "370113001": {"elderly_beds": {"2023-12": 100, "2024-06": 110}},
        "370113002": {"elderly_beds": {"2024-06": 50}},
    }
    row = stands(BEDS | {"kind": "increase", "value": 100}, streets=streets)
    assert (row.status, keys(row)) == (Status.NOT_JUDGED, ["partial_differs"])


def test_the_curve_leaves_out_years_that_are_not_complete():
    figures = {"2021-05": 900, "2022-12": 1000, "2023-05": 300, "2023-12": 1000, "2024-05": 310}
    homes = HOMES | {"value": 1000, "path": "historical"}
    row = stands(homes, "2024-05", figures=figures)
    assert row.elapsed == row.elapsed_calendar, "one year alone is no rule"
    assert keys(row)[0] == "one_year" and row.forecast.method == "linear"
    two = stands(homes, "2024-05", figures=figures | {"2022-05": 400})
    assert (two.history_years, two.elapsed) == ((2022, 2023), 35)
    assert two.forecast.method == "historical"
    bare = stands(HOMES | {"path": "historical"}, figures={"2024-06": 150})
    assert bare.elapsed == 50 and "no_history" in keys(bare)


def test_the_best_month_stands_beside_what_is_needed():
    figures = {"2024-01": 10, "2024-02": 60, "2024-03": 90, "2024-04": 100}
    row = stands(HOMES, "2024-04", figures=figures)
    assert row.best_month == (Period(2024, 2), 50)
    assert row.needed_per_month == 25


# ---- what holds it back ----

AMOUNTS = some.integers(-(10**9), 10**9)


def part(area, goal, actual):
    target = Target("homes_adapted", area, Period(2024, 12), TargetKind.AT_LEAST, goal)
    return Progress(target, area, Period(2024, 6), goal=goal, actual=actual, expected=goal / 2)


@given(some.lists(some.tuples(some.integers(0, 10**6), some.one_of(some.none(), AMOUNTS))), AMOUNTS)
def test_contributions_to_a_sum_add_up_to_the_gap(streets, actual):
    goal = sum(goal for goal, _ in streets)
    parts = [part(f"s{n}", goal, found) for n, (goal, found) in enumerate(streets)]
    whole = part("all", goal, actual)
    found = of_sum(whole, parts)
    size = abs(actual) + goal + sum(abs(one or 0) for _, one in streets)
    total = math.fsum(one.value for one in found)
    assert math.isclose(total, actual - goal / 2, abs_tol=1e-9 * size)
    if all(one is not None for _, one in streets) and sum(one for _, one in streets) == actual:
        assert all(one.area != REST for one in found if abs(one.value) > 1e-9 * size)


@given(
    some.dictionaries(some.text(min_size=1), some.tuples(AMOUNTS, some.integers(1, 10**6))),
    some.floats(0, 1000),
)
def test_contributions_to_a_rate_add_up_to_what_is_short(streets, rate):
    parts = {name: RatioParts(top, bottom, 100.0) for name, (top, bottom) in streets.items()}
    whole = RatioParts(
        sum(top for top, _ in streets.values()), sum(low for _, low in streets.values()), 100.0
    )
    found = of_rate(whole, parts, rate)
    size = sum(abs(top) + low * rate for top, low in streets.values())
    assert math.isclose(
        math.fsum(one.value for one in found), -whole.short_of(rate), abs_tol=1e-9 * (size + 1)
    )
    assert [one.value for one in found] == sorted(one.value for one in found if one.area != REST)


# ---- the real reports and the demo district ----


@pytest.fixture
def desk(samples_desk):
    return samples_desk


def by_area(rows, indicator):
    return {row.area: row for row in rows if row.target.indicator == indicator}


def test_changqing_the_quota_of_community_organisations(desk):
    rows = by_area(
        desk.targets.progress("长清区", "2023", True), "community_organisations_per_community"
    )
    for street in ("370113001", "370113003", "370113007"):
        assert rows[street].status is Status.DONE, street
    behind, whole = rows["370113002"], rows["370113"]
    assert (behind.status, round(behind.actual, 1), behind.remaining) == (Status.BEHIND, 4.3, 159)
    assert (whole.status, whole.remaining, whole.partial) == (Status.NOT_JUDGED, 150, (4, 10))
    assert "159" in behind.reason.zh and "10 个街镇中缺 6 个" in whole.reason.zh
    parts = desk.targets.contributions(whole)
    assert [one.value for one in parts] == [-159, 0, 3, 6]


def test_linzi_the_stations_against_time_elapsed(desk):
    row = by_area(desk.targets.progress("临淄区", "2022-06"), "social_work_stations")["370305"]
    assert (row.actual, row.target.value, row.elapsed) == (7, 12, 50)
    assert (row.completion, row.expected_share) == (0, 50), "of the 5 to be added"
    assert row.status is Status.BEHIND  # it was 7 in December too


def test_shengzhou_what_is_not_reported_is_not_made_up(desk):
    rows = desk.targets.progress("嵊州市", "2022")
    assert len(rows) == 37
    judged_ones = {r.target.indicator for r in rows if r.status is not Status.NOT_JUDGED}
    assert judged_ones == {"dibao_standard", "tekun_standard"}
    for row in rows:
        if row.target.indicator not in judged_ones:
            assert (row.actual, keys(row)) == (None, ["not_reported"]), row.target.id
            assert row.target.source


def test_every_target_and_plan_of_the_reports_is_there(desk):
    stated = {
        (row["indicator"], row["area"])
        for file in sorted((desk_samples()).glob("*.csv"))
        for row in csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
        if row["kind"] in ("target", "plan")
    }
    rows = {(row.target.indicator, row.area): row for row in desk.targets.progress()}
    assert len(stated) == 55  # of 56 rows: one target is stated twice
    assert stated <= rows.keys()
    twice = rows["certified_social_workers_added", "330683"].target
    assert twice.source.count("新增持证社工") == 2


def desk_samples():
    from dashboard.base.settings import ROOT

    return ROOT / "data" / "samples" / "reports"


def test_every_status_occurs_in_the_demo_district(desk):
    rows = desk.targets.progress("990101", "2026-10", True)
    assert {row.status for row in rows} == set(Status) - {Status.OVER_LIMIT}
    assert {row.target.grade for row in rows} == {"demo"}


def test_the_demo_streets_make_up_the_districts_gaps(desk):
    rows = desk.targets.progress("990101", "2026-10")
    for name in ("marriages", "homes_adapted", "elderly_beds"):
        (row,) = (row for row in rows if row.target.indicator == name)
        parts = desk.targets.contributions(row)
        assert len(parts) == 12 and all(one.area for one in parts)
        assert math.fsum(p.value for p in parts) == pytest.approx(row.actual - row.expected)


def test_marriages_have_a_curve_of_their_own(desk):
    row = by_area(desk.targets.progress("990101", "2026-02"), "marriages")["990101"]
    assert row.history_years == (2023, 2024, 2025)
    assert abs(row.elapsed_historical - row.elapsed_calendar) > 1
    assert row.elapsed == row.elapsed_historical
    assert "2023–2025" in row.reason.en


def test_the_interface_prints_what_the_command_line_prints(app, desk):
    answer = app.server.test_client().get("/api/progress?area=370305&period=2022-06&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert list(rows[0]) == (
        "target,indicator,area,area_name,period,kind,target_value,base,actual,actual_period,"
        "completion,expected_share,elapsed,expected,gap,status,status_name,standing,reason,"
        "forecast,needed_per_month,source,marks"
    ).split(",")
    (stations,) = [row for row in rows if row["indicator"] == "social_work_stations"]
    assert (stations["completion"], stations["expected_share"]) == ("0", "50")
    assert (stations["gap"], stations["status_name"]) == ("-2.5", "落后")
    assert "应增5处，已增0处（0%），此时应增3处（50%），少3处，落后" in stations["standing"]
    assert app.server.test_client().get("/api/progress?area=nowhere").status_code == 400
    assert len(desk.targets.progress("临淄区", "2022-06")) == len(rows)


@pytest.mark.parametrize(
    ("kind", "due"), [("at_most", "至2024年12月"), ("at_least", "2024年12月到期")]
)
def test_a_limit_holds_until_its_date_and_is_not_due_by_it(kind, due):
    row = stands(BEDS | {"kind": kind}, figures={"2023-12": 5000, "2024-06": 5300})
    assert TargetWords(row, catalogue(), areas(), "zh").due_by == due
