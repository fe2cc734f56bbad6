"""What it would take: ends add up, plans become milestones, what cannot be planned says why."""

import json
import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from screens import DISTRICT, named, page_layout, text_of
from target_cases import judged, points_of

from dashboard.analysis.actuals import ratio_parts
from dashboard.analysis.plan_pace import PaceRow, milestones_of, pace_row, slider, why_no_plan
from dashboard.analysis.target_status import Status
from dashboard.base.settings import ROOT, read_settings
from dashboard.catalogue.periods import Period, parse
from dashboard.catalogue.targets import Milestone, Path
from dashboard.components.targets.target_plan import plan_card
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError

pytestmark = pytest.mark.slow

MONTH = "2026-10"
MARRIAGES = f"marriages:{DISTRICT}:2026-12:at_least"
BEDS = f"nursing_bed_share:{DISTRICT}:2026-12:at_least"
QUOTA = f"community_organisations_per_community:{DISTRICT}:2026-12:ratio"
SPENDING = f"social_assistance_spending:{DISTRICT}:2026-12:at_most"
DOCUMENT = (ROOT / "docs" / "formulas.md").read_text(encoding="utf-8")
WORKED = next(
    json.loads(block)
    for block in re.findall(r"(?s)```json\n(.*?)```", DOCUMENT)
    if "paces" in block
)


@pytest.fixture
def desk(own_home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home), "DASHBOARD_CACHE": "0"}))


def plan_of(desk, name, area=DISTRICT):
    row = desk.targets.standing(name, area, MONTH)
    return row, desk.targets.pace_plan(row)


def shown(app, name, **query):
    """What the page gives the script to draw."""
    page = page_layout(app, "/targets", area=DISTRICT, period=MONTH, target=name, **query)
    (box,) = [one for one in named(page, "Div") if getattr(one, "data-plan", None)]
    return json.loads(getattr(box, "data-plan"))


def test_the_documents_worked_example_is_what_is_computed():
    row = judged(WORKED)
    way = pace_row(row, ratio_parts(points_of(WORKED), WORKED["indicator"], row.area, row.period))
    assert (way.months, way.remaining, way.needed) == (
        WORKED["months"],
        WORKED["remaining"],
        WORKED["needed"],
    )
    ends = [way.end(pace) for pace in WORKED["paces"]]
    assert ends == pytest.approx(WORKED["ends"])
    assert [way.met(pace) for pace in WORKED["paces"]] == WORKED["met"]


def test_the_worked_rate_is_numerator_over_denominator():
    example = WORKED["rate"]
    way = PaceRow(
        "a",
        "t",
        example["numerator"],
        example["months"],
        0,
        0,
        denominator=example["denominator"],
        multiplier=100,
    )
    assert way.end(example["pace"]) == pytest.approx(example["end"])


@pytest.mark.parametrize("name", [MARRIAGES, BEDS])
def test_the_pace_needed_meets_the_target_exactly_and_less_does_not(desk, name):
    _, plan = plan_of(desk, name)
    for one in (plan.whole, *plan.streets):
        assert one.met(one.needed)
        if one.needed:
            assert not one.met(one.needed * 0.99)
            assert one.needed * one.months == pytest.approx(one.remaining)


def test_the_streets_plans_add_up_to_the_whole(desk):
    _, plan = plan_of(desk, MARRIAGES)
    assert len(plan.streets) == 12
    paces = {one.area: one.needed + at for at, one in enumerate(plan.streets)}
    ends = math.fsum(one.end(paces[one.area]) for one in plan.streets)
    assert plan.whole.end(plan.pace(paces)) == pytest.approx(ends + plan.rest)


def test_a_rates_total_is_no_mean_of_the_streets_rates(desk):
    _, plan = plan_of(desk, QUOTA)
    paces = {one.area: 3.0 for one in plan.streets}
    assert len(paces) == 12
    tops = sum(one.actual + 3.0 * one.months for one in plan.streets)
    bottoms = sum(one.denominator for one in plan.streets)
    assert plan.whole.end(plan.pace(paces)) == pytest.approx(tops / bottoms)
    mean = sum(one.end(3.0) for one in plan.streets) / len(plan.streets)
    assert abs(mean - plan.whole.end(plan.pace(paces))) > 0.01


def test_of_a_limit_more_than_what_is_left_breaks_it(desk):
    _, plan = plan_of(desk, SPENDING)
    assert plan.whole.limited
    assert plan.whole.met(plan.whole.needed)
    assert plan.whole.met(0)
    assert not plan.whole.met(plan.whole.needed * 1.01)
    top, step, start = slider(plan.whole, 100.0)
    assert abs(start - plan.whole.recent) <= step / 2 * (1 + 1e-9)
    assert top >= 2 * plan.whole.needed


MONTHLY = some.one_of(some.none(), some.floats(0, 1e8))


@given(some.floats(0, 1e8), MONTHLY, MONTHLY, some.integers(1, 11))
def test_a_slider_reaches_twice_the_need_and_the_best_month_and_starts_at_the_recent_pace(
    needed, best, recent, months
):
    low = needed * months
    row = PaceRow("a", "t", 0.0, months, low, needed, best, low=low, recent=recent)
    top, step, start = slider(row, 1.0)
    assert top >= max(2 * needed, best or 0.0, recent or 0.0) * (1 - 1e-9)
    assert abs(start - (recent or 0.0)) <= step / 2 * (1 + 1e-9)
    assert 0 <= start <= top
    assert start % step == 0


def test_a_plan_is_kept_for_the_target_and_its_streets_with_who_and_why(desk):
    row, plan = plan_of(desk, MARRIAGES)
    paces = {one.area: 10.0 for one in plan.streets}
    with pytest.raises(StoreError):
        desk.editing.keep_pace(row, paces, "王", " ")
    changed = desk.editing.keep_pace(row, paces, "王主任", "冲刺两个月")
    assert len(changed) == 13
    kept = desk.targets.get(MARRIAGES)
    assert kept.path is Path.MILESTONES
    assert kept.milestones == (
        Milestone(Period(2026, 10), round(row.expected, 6)),
        Milestone(Period(2026, 11), row.actual + 120),
        Milestone(Period(2026, 12), row.actual + 240),
    )
    last = desk.targets.history(MARRIAGES)[-1]
    assert (last.written_by, last.reason) == ("王主任", "冲刺两个月")
    street = plan.streets[0]
    own = desk.targets.get(street.target)
    assert own.milestones[-1].value == street.actual + 20
    assert (
        desk.editing.keep_pace(
            desk.targets.standing(MARRIAGES, DISTRICT, MONTH), paces, "王", "再存"
        )
        == []
    )


def test_saving_a_plan_makes_nobody_less_behind_today(desk):
    name = f"elderly_beds:{DISTRICT}:2026-12:increase"
    row, plan = plan_of(desk, name)
    assert row.status is Status.BEHIND
    desk.editing.keep_pace(row, {one.area: 1.0 for one in plan.streets}, "王", "按实际能力")
    after = desk.targets.standing(name, DISTRICT, MONTH)
    assert (after.status, after.gap) == (row.status, pytest.approx(row.gap))
    assert after.target.value == row.target.value


def test_without_targets_of_their_own_the_streets_sum_is_the_districts_plan(desk):
    row, plan = plan_of(desk, QUOTA)
    assert plan.streets and not any(one.own for one in plan.streets)
    paces = {one.area: 2.0 for one in plan.streets}
    assert desk.editing.keep_pace(row, paces, "王", "逐街道排定") == [QUOTA]
    end = desk.targets.get(QUOTA).milestones[-1].value
    assert end == pytest.approx(plan.whole.end(2.0 * len(plan.streets)))
    cells = desk.editing.cells(QUOTA, "zh")
    assert desk.editing.typed(cells, QUOTA).milestones == desk.targets.get(QUOTA).milestones


def test_a_rate_of_the_whole_is_no_target_of_its_streets(desk):
    row, plan = plan_of(desk, BEDS)
    assert not plan.streets and plan.rows == (plan.whole,)
    assert not [
        one for one in desk.targets.progress("990101001", MONTH) if one.target == row.target
    ]


def test_a_street_cannot_rewrite_the_districts_target_and_paces_must_be_numbers(desk):
    street = desk.targets.standing(QUOTA, "990101001", MONTH)
    with pytest.raises(StoreError):
        desk.editing.keep_pace(street, {"990101001": 1.0}, "王", "试")
    row, _ = plan_of(desk, MARRIAGES)
    for paces in ({"990101001": -1.0}, {"990101001": math.nan}, {"elsewhere": 1.0}):
        with pytest.raises(UnknownName):
            desk.editing.keep_pace(row, paces, "王", "试")
    assert desk.targets.get(MARRIAGES).path is not Path.MILESTONES


def test_earlier_milestones_stay_and_later_ones_make_way_for_the_plan():
    example = WORKED | {"path": "milestones", "milestones": "2024-03=50; 2024-09=250"}
    row = judged(example)
    kept = milestones_of(pace_row(row, None), 20, row)
    assert kept[0] == Milestone(parse("2024-03").end, 50.0)
    assert kept[1] == Milestone(parse("2024-06").end, row.expected)
    assert [one.period.month for one in kept] == [3, 6, 7, 8, 9, 10, 11, 12]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_planned_says_what_is_missing(app, language):
    for name in (
        f"visit_rate:{DISTRICT}:2026-12:at_least",
        f"organisations_inspected:{DISTRICT}:2026-06:at_least",
    ):
        with app.server.test_request_context("/"):
            row = app.desk.targets.standing(name, DISTRICT, MONTH)
            why = app.desk.targets.pace_plan(row)
            assert why in ("no_actual", "over")
            where = replace(app.desk.selections.of({"area": DISTRICT}, language), language=language)
            card = plan_card(app.desk, row, where)
            assert len(text_of(card)) > 20
            assert not [one for one in named(card, "Div") if getattr(one, "data-plan", None)]


def test_a_standard_and_a_level_that_is_to_fall_are_not_planned(desk):
    row, _ = plan_of(desk, MARRIAGES)
    beds = desk.catalogue.indicators["elderly_beds"]
    assert why_no_plan(replace(row, is_limit=True), beds) == "falls"
    standard = next(
        one for one in desk.catalogue.indicators.values() if str(one.aggregation) == "none"
    )
    assert why_no_plan(row, standard) == "rate"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_gives_each_slider_a_name_and_every_street_a_row(app, language):
    spec = shown(app, MARRIAGES, lang=language)
    assert len(spec["rows"]) == 12
    assert len({row["label"] for row in spec["rows"]}) == 12
    for row in spec["rows"]:
        assert row["name"] in row["label"]
        assert 0 <= row["start"] <= row["top"]
    assert spec["total"]["actual"] == sum(row["actual"] for row in spec["rows"])


def test_the_page_as_known_on_a_day_offers_no_plan(app):
    day = str(app.desk.selections.hand_ins(DISTRICT)[0])
    page = page_layout(app, "/targets", area=DISTRICT, period=MONTH, target=MARRIAGES, known=day)
    assert text_of(page)
    assert not [one for one in named(page, "Div") if getattr(one, "data-plan", None)]
