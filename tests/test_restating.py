"""Earlier figures told for merged, split and renamed areas, by the rule of each change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.comparisons import flow, year_on_year
from dashboard.analysis.points import Points
from dashboard.analysis.restatement import rule_of
from dashboard.analysis.series_breaks import breaks_between, marks_between
from dashboard.base.language import Text
from dashboard.catalogue.area_changes import AreaChange, ChangeKind, ChangeRule
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Area, Figure, FigureStatus, Level
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period

CATALOGUE = read_catalogue()
MERGE, SPLIT, RENAME = ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.RENAME
ADD, APPORTION, BREAK = ChangeRule.ADD, ChangeRule.APPORTION, ChangeRule.NOT_COMPARABLE
LATE = Period(2030, 12)
YEARS = [Period(year, 12) for year in range(2019, 2026)]


def change(month, kind, old, new, rule, share=1.0):
    return AreaChange(Period(*map(int, month.split("-"))), kind, old, new, rule, share)


def merged(month="2022-07", rule=ADD):
    return [change(month, MERGE, old, "N", rule) for old in "AB"]


def split(month="2022-07", shares=(0.6, 0.4), rule=APPORTION):
    return [
        change(month, SPLIT, "A", new, rule, share) for new, share in zip("AN", shares, strict=True)
    ]


def areas(*changes):
    own = [Area("D", Text("测区", "District"), Level.DISTRICT)]
    own += [Area(c, Text(f"{c}街道", f"Street {c}"), Level.STREET, "D") for c in "ABCNM"]
    ever = {code for one in changes for code in (one.old, one.new)} | set("ABC")
    return Areas(
        [area for area in own if area.level is Level.DISTRICT or area.code in ever], changes
    )


def told(changes, values, indicator="orphans", boundaries_of=LATE):
    """Points of {(area, "2021-12"): value} or {(indicator, area, month): value}."""
    figures = []
    for key, value in values.items():
        name, area, month = key if len(key) == 3 else (indicator, *key)
        period = Period(*map(int, month.split("-")))
        status = "A" if value is not None else "L"
        figures.append(Figure(name, area, period, "actual", value, status, None, 1, "management"))
    return Points(CATALOGUE, areas(*changes), figures, boundaries_of)


def at(month):
    return Period(*map(int, month.split("-")))


# ---- add ----


def test_a_merged_streets_earlier_figures_are_the_sum_of_the_old_ones_and_marked():
    points = told(merged(), {("A", "2021-12"): 5.0, ("B", "2021-12"): 3.0, ("N", "2022-12"): 9.0})
    before = points.point("orphans", "N", at("2021-12"))
    assert (before.value, {one.old for one in before.restated}) == (8.0, {"A", "B"})
    assert points.point("orphans", "N", at("2022-12")).restated == ()
    assert points.periods("orphans", "N") == (at("2021-12"), at("2022-12"))


def test_with_one_old_street_missing_there_is_no_sum_and_the_missing_one_is_named():
    for absent in ({}, {("B", "2021-12"): None}):
        points = told(merged(), {("A", "2021-12"): 5.0, **absent})
        before = points.point("orphans", "N", at("2021-12"))
        assert (before.value, before.missing) == (None, ("B",))
        assert at("2021-12") not in points.periods("orphans", "N")


def test_where_no_old_street_has_anything_nothing_is_said():
    assert told(merged(), {}).point("orphans", "N", at("2021-12")) is None


def test_the_old_streets_keep_their_own_figures_until_the_merger():
    points = told(merged(), {("A", "2021-12"): 5.0, ("B", "2021-12"): 3.0})
    assert points.value("orphans", "A", at("2021-12")) == 5.0
    assert points.areas.get("A").valid_to == at("2022-06")
    assert points.areas.get("N").valid_from == at("2022-07")


def test_the_district_counts_the_old_streets_before_and_the_new_one_after_never_both():
    values = {(a, m): v for a, v in (("A", 5.0), ("B", 3.0), ("C", 1.0)) for m in ("2021-12",)}
    values |= {("N", "2022-12"): 9.0, ("C", "2022-12"): 2.0, ("A", "2022-12"): 100.0}
    points = told(merged(), values)
    assert points.point("orphans", "D", at("2021-12")).value == 9.0
    after = points.point("orphans", "D", at("2022-12"))
    assert (after.value, after.partial) == (11.0, None)


def test_streets_that_are_missing_follow_from_those_that_exist():
    points = told(merged(), {("A", "2021-12"): 5.0, ("C", "2022-12"): 2.0})
    assert points.point("orphans", "D", at("2021-12")).missing == ("B", "C")
    assert points.point("orphans", "D", at("2022-12")).missing == ("N",)


def test_a_street_that_takes_in_another_goes_on_with_both():
    pairs = [change("2022-07", MERGE, old, "A", ADD) for old in "AB"]
    values = {("A", "2021-12"): 50.0, ("B", "2021-12"): 30.0, ("A", "2022-12"): 100.0}
    points = told(pairs, values)
    assert points.value("orphans", "A", at("2021-12")) == 80.0
    assert year_on_year(points, "orphans", "A", at("2022-12")).value == pytest.approx(25)
    assert points.in_boundaries_of(at("2021-12")).value("orphans", "A", at("2021-12")) == 50.0
    assert points.in_boundaries_of(None).value("orphans", "A", at("2021-12")) == 50.0
    assert points.point("orphans", "D", at("2021-12")).missing == ("C",)
    assert points.value("orphans", "D", at("2021-12")) == 80.0


def test_a_rate_is_computed_from_the_restated_counts_and_not_from_the_old_rates():
    rate, top, bottom = "divorces_per_100_marriages", "divorces", "marriages"
    values = {
        (top, "A", "2021-12"): 10.0,
        (bottom, "A", "2021-12"): 100.0,
        (top, "B", "2021-12"): 30.0,
        (bottom, "B", "2021-12"): 60.0,
    }
    point = told(merged(), values).point(rate, "N", at("2021-12"))
    assert point.value == pytest.approx(40 / 160 * 100)
    assert point.restated


def test_a_standard_goes_over_only_where_it_was_the_same_everywhere():
    standard = "urban_dibao_standard"
    same = told(merged(), {("A", "2021-12"): 900.0, ("B", "2021-12"): 900.0}, standard)
    assert same.value(standard, "N", at("2021-12")) == 900.0
    point = told(merged(), {("A", "2021-12"): 900.0, ("B", "2021-12"): 880.0}, standard).point(
        standard, "N", at("2021-12")
    )
    assert (point.value, point.missing) == (None, ())


def test_a_comparison_with_a_restated_year_is_a_comparison():
    values = {("A", "2021-12"): 50.0, ("B", "2021-12"): 30.0, ("N", "2022-12"): 100.0}
    points = told(merged(), values)
    assert year_on_year(points, "orphans", "N", at("2022-12")).value == pytest.approx(25)


# ---- apportion ----


def test_a_split_streets_earlier_figures_are_shares_and_estimates():
    points = told(split(), {("A", "2021-12"): 7.0})
    new, rest = (points.point("orphans", code, at("2021-12")) for code in "NA")
    assert (new.value, rest.value) == (pytest.approx(2.8), pytest.approx(4.2))
    assert new.is_estimate and rest.is_estimate
    assert points.in_boundaries_of(None).value("orphans", "A", at("2021-12")) == 7.0
    assert points.value("orphans", "D", at("2021-12")) == 7.0


def test_shares_rounded_by_hand_still_add_back_to_the_whole():
    pairs = [change("2022-07", SPLIT, "A", new, APPORTION, 0.333) for new in "ANM"]
    points = told(pairs, {("A", "2021-12"): 100.0})
    parts = [points.value("orphans", code, at("2021-12")) for code in "ANM"]
    assert sum(parts) == pytest.approx(100.0)


def test_a_standard_is_not_divided_by_a_split():
    points = told(split(), {("A", "2021-12"): 900.0}, "urban_dibao_standard")
    assert points.value("urban_dibao_standard", "N", at("2021-12")) == 900.0


def test_a_rate_of_a_split_street_is_that_of_the_old_one():
    values = {("divorces", "A", "2021-12"): 10.0, ("marriages", "A", "2021-12"): 40.0}
    points = told(split(), values)
    assert points.value("divorces_per_100_marriages", "N", at("2021-12")) == pytest.approx(25.0)


# ---- rename and not comparable ----


def test_a_renamed_streets_series_goes_on_unmarked():
    pairs = [change("2022-07", RENAME, "A", "N", ADD)]
    points = told(pairs, {("A", "2021-12"): 5.0, ("N", "2022-12"): 6.0})
    before = points.point("orphans", "N", at("2021-12"))
    assert (before.value, before.restated) == (5.0, ())
    standard = told(pairs, {("A", "2021-12"): 900.0}, "urban_dibao_standard")
    assert standard.value("urban_dibao_standard", "N", at("2021-12")) == 900.0


def test_what_is_not_comparable_is_not_restated_and_its_comparison_is_refused_with_the_reason():
    points = told(split(rule=BREAK, shares=(1, 1)), {("A", "2021-12"): 7.0, ("A", "2022-12"): 4.0})
    assert points.point("orphans", "N", at("2021-12")) is None
    assert points.value("orphans", "A", at("2021-12")) == 7.0  # as it was
    refused = year_on_year(points, "orphans", "A", at("2022-12"))
    assert (refused.value, refused.reason) == (None, "break_between")
    assert "A街道" in refused.break_name.zh
    gone = told(merged(rule=BREAK), {("A", "2021-12"): 5.0, ("B", "2021-12"): 3.0})
    assert gone.point("orphans", "N", at("2021-12")) is None
    assert gone.value("orphans", "D", at("2021-12")) == 8.0


def test_every_change_is_an_event_and_only_the_incomparable_a_break():
    for changes, is_break in ((merged(), False), (merged(rule=BREAK), True)):
        known = areas(*changes)
        span = (CATALOGUE, known, "orphans", "N", at("2021-12"), at("2023-12"))
        assert [mark.is_break for mark in marks_between(*span)] == [is_break]
        assert bool(breaks_between(*span)) is is_break
        assert marks_between(*span[:3], "C", *span[4:]) == []


# ---- chains ----


def test_two_changes_one_after_the_other_are_both_applied():
    pairs = [*merged("2020-07")]
    pairs += [
        change("2022-07", SPLIT, "N", new, APPORTION, share)
        for new, share in (("N", 0.75), ("M", 0.25))
    ]
    values = {("A", "2019-12"): 5.0, ("B", "2019-12"): 3.0, ("N", "2021-12"): 10.0}
    points = told(pairs, values)
    first = points.point("orphans", "M", at("2019-12"))
    assert (first.value, len(first.restated)) == (2.0, 3)
    assert points.value("orphans", "N", at("2019-12")) == 6.0
    assert points.value("orphans", "M", at("2021-12")) == 2.5
    between = points.in_boundaries_of(at("2021-12"))
    assert between.value("orphans", "N", at("2019-12")) == 8.0
    assert points.value("orphans", "D", at("2019-12")) == 8.0


def test_a_split_and_a_later_merger_give_the_whole_back():
    pairs = [*split("2020-07"), *[change("2022-07", MERGE, old, "M", ADD) for old in "AN"]]
    points = told(pairs, {("A", "2019-12"): 7.0, ("A", "2021-12"): 4.0, ("N", "2021-12"): 5.0})
    assert points.value("orphans", "M", at("2019-12")) == pytest.approx(7.0)
    assert points.value("orphans", "M", at("2021-12")) == 9.0


# ---- within a year ----


def test_the_year_to_date_of_a_merged_street_goes_on_from_the_old_ones():
    values = {("A", "2022-06"): 50.0, ("B", "2022-06"): 30.0, ("N", "2022-07"): 95.0}
    points = told(merged(), values, "marriages")
    assert points.value("marriages", "N", at("2022-06")) == 80.0
    assert points.value("marriages_in_month", "N", at("2022-07")) == 15.0
    assert flow(points, "marriages", "N", at("2022-07"), 1).value == 15.0


def test_the_year_to_date_follows_from_the_old_streets_months_and_the_new_ones():
    months = {(a, f"2022-0{m}"): 2.0 for a in "AB" for m in range(1, 7)}
    months |= {("N", "2022-07"): 5.0}
    points = told(merged(), months, "marriages_in_month")
    assert points.value("marriages", "N", at("2022-07")) == 29.0


@pytest.mark.parametrize("changes", [split(), split(rule=BREAK, shares=(1, 1))])
def test_no_month_follows_across_a_change_that_is_not_added(changes):
    values = {("A", "2022-06"): 50.0, ("N", "2022-07"): 25.0, ("A", "2022-07"): 40.0}
    points = told(changes, values, "marriages")
    for code in "AN":
        assert points.value("marriages_in_month", code, at("2022-07")) is None
        assert flow(points, "marriages", code, at("2022-07"), 1) is None
    months = {("A", f"2022-0{m}"): 2.0 for m in range(1, 8)} | {("N", "2022-07"): 1.0}
    points = told(changes, months, "marriages_in_month")
    totals = [points.point("marriages", code, at("2022-07")) for code in "AN"]
    kept, founded = totals
    assert (founded.value, founded.since, set(founded.marks)) == (
        1.0,
        at("2022-07"),
        {FigureMark.AFTER_BREAK},
    ), "what came of the division counts from its first month"
    if changes[0].rule is BREAK:
        assert (kept.value, kept.status) == (None, FigureStatus.NOT_COMPUTABLE)
    else:
        assert (kept.value, kept.restated) == (14.0, ()), "the amounts that it reported itself"
        whole = points.point("marriages", "D", at("2022-07"))
        assert (whole.value, whole.marks) == (15.0, frozenset())


# ---- laws ----

amounts = st.floats(0, 1e9, allow_nan=False)


@given(
    st.lists(st.tuples(amounts, amounts, amounts), min_size=1, max_size=len(YEARS)),
    st.integers(0, len(YEARS)),
)
def test_a_merger_with_add_never_changes_the_districts_total(years, place):
    month = f"{2019 + place}-06"
    figures, merged_figures = {}, {}
    for period, (a, b, c) in zip(YEARS, years, strict=False):
        figures |= {(code, str(period)): v for code, v in zip("ABC", (a, b, c), strict=True)}
        later = {("N", str(period)): a + b, ("C", str(period)): c}
        before = {(code, str(period)): v for code, v in zip("ABC", (a, b, c), strict=True)}
        merged_figures |= later if period >= at(month) else before
    whole = told([], figures)
    changed = told(merged(month), merged_figures)
    for period, (a, b, _) in zip(YEARS, years, strict=False):
        assert changed.value("orphans", "D", period) == pytest.approx(
            whole.value("orphans", "D", period)
        )
        assert changed.value("orphans", "N", period) == pytest.approx(a + b)


@given(amounts, st.lists(st.integers(1, 1000), min_size=3, max_size=3))
def test_a_split_by_shares_adds_back_to_the_old_figure(value, weights):
    shares = [weight / sum(weights) for weight in weights]
    pairs = [
        change("2022-07", SPLIT, "A", new, APPORTION, share)
        for new, share in zip("ANM", shares, strict=True)
    ]
    points = told(pairs, {("A", "2021-12"): value})
    parts = [points.value("orphans", code, at("2021-12")) for code in "ANM"]
    assert sum(parts) == pytest.approx(value)
    assert points.value("orphans", "D", at("2021-12")) == value


# ---- what a change is called on a trend ----


@pytest.mark.parametrize(
    ("changes", "area", "zh", "en"),
    [
        (merged(), "N", "A街道、B街道合并为N街道", "Street A, Street B merged into Street N"),
        (split(), "N", "N街道由A街道析出", "Street N split from Street A"),
        (split(), "A", "A街道析出部分区域", "part of Street A split off"),
        (
            [change("2022-07", RENAME, "A", "N", ADD)],
            "N",
            "A街道更名为N街道",
            "Street A renamed Street N",
        ),
    ],
)
def test_a_change_is_named_in_both_languages(changes, area, zh, en):
    known = areas(*changes)
    (mark,) = marks_between(CATALOGUE, known, "orphans", area, at("2022-06"), at("2022-07"))
    assert (mark.name.zh, mark.name["en"], mark.period) == (zh, en, at("2022-07"))
    assert not marks_between(CATALOGUE, known, "orphans", area, at("2022-07"), at("2022-12"))
    assert not marks_between(CATALOGUE, known, "orphans", area, at("2022-01"), at("2022-06"))


def test_a_street_that_was_split_off_in_a_list_is_an_event_and_a_break():
    old = Area("A", Text("A街道", "Street A"), Level.STREET, "D")
    new = Area("N", Text("N街道", "Street N"), Level.STREET, "D", at("2022-07"), None, "A")
    known = Areas([Area("D", Text("测区", "District"), Level.DISTRICT), old, new], [])
    names = [
        (mark.name.zh, mark.name["en"], mark.is_break)
        for mark in marks_between(CATALOGUE, known, "orphans", "A", at("2022-01"), at("2022-12"))
    ]
    assert names == [("N街道由A街道析出", "Street N split from Street A", True)]


def test_the_less_certain_rule_is_the_one_that_is_named():
    added, shared = change("2022-07", MERGE, "A", "N", ADD), split()[0]
    assert rule_of((added,)) is ADD and rule_of((added, shared)) is APPORTION


def test_what_cannot_be_restated_says_by_which_change_and_without_whom():
    points = told(merged(), {("A", "2021-12"): 4.0})
    point = points.point("orphans", "N", at("2021-12"))
    assert (point.value, point.status, point.origin) == (None, "L", "computed")
    assert point.missing == ("B",) and point.restated == tuple(sorted(merged()))


def test_a_street_split_within_the_year_is_not_compared_with_a_share_of_the_year_before():
    """Its months until the split are those of the undivided street, in this year's figure."""
    values = {
        ("marriages", "A", "2025-09"): 500.0,
        ("marriages", "A", "2026-06"): 350.0,
        ("marriages", "A", "2026-09"): 656.0,
        ("marriages", "N", "2026-09"): 80.0,
        ("marriages", "A", "2027-09"): 400.0,
    }
    points = told(split("2026-07"), values, boundaries_of=at("2027-12"))
    for area in "AN":
        made = year_on_year(points, "marriages", area, at("2026-09"))
        assert (made.value, made.reason) == (None, "split_within"), "656 against 60 % of 500"
    made = year_on_year(points, "marriages", "A", at("2027-09"))
    assert (made.value, made.reason) == (None, "split_within"), "2026 counts half of what is gone"


def test_a_stock_and_a_street_merged_within_the_year_are_compared():
    points = told(split("2026-07"), {("A", "2025-09"): 100.0, ("A", "2026-09"): 66.0})
    assert year_on_year(points, "orphans", "A", at("2026-09")).value == pytest.approx(10.0)
    values = {
        ("marriages", "A", "2025-09"): 400.0,
        ("marriages", "B", "2025-09"): 543.0,
        ("marriages", "N", "2026-09"): 818.0,
    }
    points = told(merged("2026-07"), values)
    assert year_on_year(points, "marriages", "N", at("2026-09")).value == pytest.approx(
        -13.2556, abs=1e-3
    )
