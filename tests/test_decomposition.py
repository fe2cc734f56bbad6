"""Why a figure changed: the split adds up, says who is missing, and is refused where it must be."""

import json
import math
import re
from dataclasses import replace

import pytest
from chart_cases import AREAS, CATALOGUE, CHANGQING, DEMO, chart, figure, points, spec
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.decomposition import Fraction, split_rate, split_sum, summed, together
from dashboard.analysis.explain_change import earlier_periods, explain, usual_since
from dashboard.base.settings import ROOT
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along, Kind
from dashboard.charts.kinds.waterfall import (
    BASE,
    DOWN,
    TOTAL,
    UP,
    WaterfallStep,
    levels_of,
    stacked_series,
)
from dashboard.exports.native_charts import TYPES, parts

STREETS = ("990101001", "990101002", "990101003")
THEN, NOW = Period(2023, 12), Period(2024, 12)
RATE, TOP, BOTTOM = (
    "community_organisations_per_community",
    "community_organisations",
    "communities",
)

counts = st.integers(0, 10**9).map(float)
bases = st.integers(1, 10**9).map(float)
fractions = st.builds(Fraction, counts, bases)
changes = st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=14)


def of_streets(indicator, values, period):
    return [
        figure(indicator, code, (period.year, period.month), value)
        for code, value in zip(STREETS, values, strict=False)
        if value is not None
    ]


# ---- the arithmetic ----


@given(st.lists(st.tuples(fractions, fractions), min_size=1, max_size=20))
def test_the_effects_of_all_areas_add_up_to_the_change_of_the_rate(pairs):
    then = {str(at): one for at, (one, _) in enumerate(pairs)}
    now = {str(at): one for at, (_, one) in enumerate(pairs)}
    change = together(now).rate - together(then).rate
    effects = split_rate(then, now)
    size = max(one.rate for one in (*then.values(), *now.values()))
    assert summed(effects).total == pytest.approx(change, rel=1e-9, abs=1e-9 * max(size, 1e-9))


def test_one_area_alone_has_no_mix():
    (effect,) = split_rate({"a": Fraction(3, 10)}, {"a": Fraction(5, 12)}).values()
    assert effect.mix == 0


def test_an_area_that_did_not_change_has_only_mix():
    then = {"a": Fraction(10, 100), "b": Fraction(30, 100)}
    now = {"a": Fraction(10, 100), "b": Fraction(90, 300)}
    effects = split_rate(then, now)
    assert effects["a"][:2] == (0, 0) and effects["a"].mix > 0  # the low one weighs less


@given(
    st.dictionaries(st.text(max_size=3), st.tuples(counts, counts), min_size=1, max_size=15),
    st.floats(-1e10, 1e10, allow_nan=False),
)
def test_the_parts_of_a_sum_and_the_rest_add_up_to_its_change(pairs, change):
    then, now = ({name: pair[side] for name, pair in pairs.items()} for side in (0, 1))
    found, rest = split_sum(change, then, now)
    size = max([abs(change), *then.values(), *now.values(), 1.0])
    assert math.fsum(found.values()) + rest == pytest.approx(change, abs=1e-8 * size)
    sizes = [abs(value) for value in found.values()]
    assert sizes == sorted(sizes, reverse=True)


def test_the_document_says_what_is_computed():
    text = (ROOT / "docs" / "formulas.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?s)```json\n(.*?)```", text)
    (block,) = [one for one in blocks if "effects" in one]
    stated = json.loads(block)
    then, now = (
        {name: Fraction(*pair) for name, pair in stated[side].items()} for side in ("then", "now")
    )
    times = stated["multiplier"]
    assert [together(then).rate * times, together(now).rate * times] == stated["rates"]
    effects = split_rate(then, now, times)
    for name, expected in stated["effects"].items():
        assert list(effects[name]) == pytest.approx(expected)
    assert summed(effects).total == pytest.approx(stated["change"])


# ---- the waterfall ----


@given(changes)
def test_every_column_begins_where_the_one_before_ended_and_is_as_long_as_its_change(values):
    steps = [WaterfallStep(str(at), value, False, "", "") for at, value in enumerate(values)]
    total = math.fsum(values)
    steps.append(WaterfallStep("whole", total, True, "", ""))
    drawn = stacked_series(steps, {role: role for role in (BASE, TOTAL, UP, DOWN)})
    for place, (start, end) in enumerate(levels_of(steps)):
        shown = [one.values[place] or 0.0 for one in drawn if one.role != BASE]
        assert sum(map(abs, shown)) == pytest.approx(abs(steps[place].value), abs=1e-3)
        every = [one.values[place] or 0.0 for one in drawn]
        high, low = sum(v for v in every if v > 0), sum(v for v in every if v < 0)
        assert high == pytest.approx(max(start, end, 0), abs=1e-3)
        assert low == pytest.approx(min(start, end, 0), abs=1e-3)


def two_years(then, now, indicator="dibao_persons"):
    return of_streets(indicator, then, THEN) + of_streets(indicator, now, NOW)


def why(figures, indicator="dibao_persons", area=DEMO, **selected):
    drawn = spec("waterfall", indicator)
    return chart(drawn, figures, area, (NOW.year, NOW.month), **selected)


def complete(then, now):
    """Figures of every street of the district, the further ones unchanged."""
    codes = [one.code for one in AREAS.children(DEMO)]
    found = []
    for at, code in enumerate(codes):
        for period, values in ((THEN, then), (NOW, now)):
            value = values[at] if at < len(values) else 5.0
            found.append(figure("dibao_persons", code, (period.year, period.month), value))
    return found


def test_a_sum_is_split_by_street_and_adds_up():
    drawn = why(complete([10.0, 20.0, 30.0], [14.0, 19.0, 30.0]))
    assert drawn.kind is Kind.WATERFALL and drawn.since == "2023-12"
    signed = [
        sum(
            (one.values[at] or 0.0) * (-1 if one.role == DOWN else 1)
            for one in drawn.series
            if one.role != BASE
        )
        for at in range(len(drawn.categories))
    ]
    assert signed[-1] == 3 and sum(signed[:-1]) == 3
    assert drawn.keys[0] == STREETS[0] and drawn.categories[-1] == "合计变动"
    assert "增加3人" in drawn.sentence


def test_the_native_chart_hides_the_base_and_shows_every_change():
    drawn = why(complete([10.0, 20.0, 30.0], [14.0, 19.0, 30.0]))
    assert "STACKED" in TYPES[Kind.WATERFALL].name
    xml = parts(drawn).xml.decode()
    first = xml[xml.index("<c:ser>") : xml.index("</c:ser>")]
    assert "<a:noFill/>" in first
    assert "+4" in xml and "−1" in xml


def test_streets_without_both_figures_are_named_and_left_out():
    drawn = why(two_years([10.0, 20.0, 30.0], [14.0, 19.0, None]))
    note = next(note for note in drawn.notes if note.startswith("不完整"))
    assert AREAS.name_of(STREETS[2], "zh") in note
    assert drawn.table.rows[-1][1][0] == "两期均有数据的2个合计"
    assert drawn.table.numbers[-1][1:] == (30.0, 33.0, 3.0)


def test_a_rate_is_split_into_numerator_denominator_and_mix():
    figures = two_years([10.0, 30.0], [20.0, 30.0], TOP) + two_years([4.0, 4.0], [4.0, 6.0], BOTTOM)
    found = explain(points(figures), RATE, DEMO, THEN, NOW)
    assert summed(found.effects).total == pytest.approx(found.end - found.start)
    assert found.start == pytest.approx(5.0) and found.end == pytest.approx(5.0)
    assert summed(found.effects).numerator > 0 > summed(found.effects).denominator
    drawn = why(figures, RATE)
    assert drawn.categories == ("分子变动", "分母变动", "结构变动", "合计变动")
    assert [key for key, _ in drawn.table.rows][-1] == DEMO


def test_where_the_streets_do_not_make_up_the_whole_no_mix_is_made_up():
    figures = two_years([10.0, 30.0], [20.0, 30.0], TOP) + two_years([4.0, 4.0], [4.0, 6.0], BOTTOM)
    for period, (top, bottom) in ((THEN, (100.0, 20.0)), (NOW, (120.0, 20.0))):
        at = (period.year, period.month)
        figures += [figure(TOP, DEMO, at, top), figure(BOTTOM, DEMO, at, bottom)]
    drawn = why(figures, RATE)
    assert drawn.categories == ("分子变动", "分母变动", "合计变动")
    assert any("未计算结构变动" in note for note in drawn.notes)


def test_a_component_chart_splits_by_component():
    at = [(THEN.year, THEN.month), (NOW.year, NOW.month)]
    figures = [
        figure(name, DEMO, when, value)
        for name, values in {
            "urban_dibao_persons": (10.0, 8.0),
            "rural_dibao_persons": (20.0, 25.0),
        }.items()
        for when, value in zip(at, values, strict=True)
    ]
    found = explain(points(figures), "dibao_persons", DEMO, THEN, NOW, by_area=False)
    assert found.parts == {"rural_dibao_persons": 5.0, "urban_dibao_persons": -2.0}
    assert (found.start, found.end, found.rest) == (30.0, 33.0, 0.0)


# ---- periods and refusals ----


def test_a_running_total_is_compared_with_the_same_months_only():
    figures = [
        figure("marriages", STREETS[0], when, 10.0)
        for when in ((2022, 12), (2023, 6), (2023, 12), (2024, 6), (2024, 12))
    ]
    found = earlier_periods(points(figures), "marriages", STREETS[0], NOW)
    assert [str(one) for one in found] == ["2023-12", "2022-12"]


def test_the_same_month_of_last_year_is_usual_and_another_can_be_chosen():
    assert usual_since([Period(2024, 11), Period(2023, 12), Period(2022, 12)], NOW) == THEN
    figures = complete([10.0], [14.0])
    figures += [figure("dibao_persons", one.code, (2022, 12), 1.0) for one in AREAS.children(DEMO)]
    assert why(figures).since == "2023-12"
    assert why(figures, since=Period(2022, 12)).since == "2022-12"
    assert why(figures, since=Period(2021, 12)).since == "2023-12"  # only periods that exist


def test_a_change_across_a_break_is_refused_with_the_reason():
    broken = [event for event in CATALOGUE.events if event.is_break]
    assert broken
    event = broken[0]
    name = event.indicators[0] if event.indicators else "dibao_persons"
    area = event.area or CHANGQING
    since, until = event.period.plus(-12), event.period.plus(1)
    found = explain(points([]), name, area, since, until)
    assert found.reason == "break_between" and found.break_name == event.name


def test_without_components_the_refusal_names_them_while_the_areas_are_split():
    figures = complete([10.0, 4.0], [14.0, 6.0])
    declared = spec(Kind.WATERFALL, "dibao_persons")
    by_area = chart(replace(declared, along=Along.AREA), figures)
    by_part = chart(replace(declared, along=Along.COMPONENT), figures)
    assert not by_area.empty
    assert "分项" in by_part.empty and "下级地区" not in by_part.empty


def test_a_disputed_figure_is_not_split():
    figures = complete([10.0], [14.0])
    figures.append(figure("dibao_persons", DEMO, (2024, 12), 80.0, status="D", others=(81.0,)))
    drawn = why(figures)
    assert "争议" in drawn.empty and not drawn.series
