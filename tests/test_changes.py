"""A change names its two figures; its label, periods and values agree wherever it is shown."""

import re

import pytest
from chart_cases import DEMO, chart, figure, marriages, points, spec

from dashboard.analysis.change import Change, ComparedFigure, Label, Side, compare
from dashboard.analysis.comparisons import change, flow_change, last_step, point_at
from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.topics import Step
from dashboard.charts.kinds.tiles import build_tile
from dashboard.charts.model.chart import CellRole
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.change_words import column_name, label_name
from dashboard.charts.text.narrative import narrate
from dashboard.charts.text.narrative_phrases import plain_text

CATALOGUE = read_catalogue()
OCTOBER = Period(2026, 10)
POP = "period_on_period"


def side(month, months=0, value=1.0, indicator="marriages"):
    return Side(FigureKey(indicator, DEMO, Period(*month), months), value)


# ---- the object ----


@pytest.mark.parametrize(
    ("then", "label", "zh"),
    [
        ((2025, 10), Label.YEAR_ON_YEAR, "同比"),
        ((2026, 9), Label.ON_MONTH, "环比"),
        ((2026, 7), Label.ON_QUARTER, "比上季度"),
        ((2026, 4), Label.ON_HALF_YEAR, "比前半年"),
    ],
)
def test_the_label_follows_from_the_two_periods(then, label, zh):
    made = Change(side((2026, 10)), side(then), 1.0)
    assert (made.label, label_name(made, "zh"), made.base) == (label, zh, Period(*then))
    assert column_name([made, None], "zh") == zh


@pytest.mark.parametrize("then", [(2026, 8), (2026, 10), (2024, 10), (2027, 10)])
def test_a_pair_that_no_comparison_has_a_name_for_is_no_change(then):
    with pytest.raises(ValueError):
        Change(side((2026, 10)), side(then), 1.0)


def test_two_quantities_or_areas_are_no_change():
    with pytest.raises(ValueError):
        Change(side((2026, 10)), side((2025, 10), indicator="divorces"))
    with pytest.raises(ValueError):
        Change(side((2026, 10)), Side(FigureKey("marriages", "990101001", Period(2025, 10)), 1.0))


def test_a_running_total_is_never_compared_with_another_month_of_its_year():
    keys = [FigureKey("marriages", DEMO, Period(2026, month)) for month in (10, 9)]
    with pytest.raises(ValueError):
        compare(CATALOGUE.indicators["marriages"], *(ComparedFigure(key, None) for key in keys))


def test_a_column_of_several_labels_is_headed_by_none_of_them():
    mixed = [Change(side((2026, 10)), side(then), 1.0) for then in ((2026, 9), (2026, 7))]
    assert column_name(mixed, "zh") == "变化"


# ---- running totals and their steps ----


@pytest.fixture(scope="module")
def demo():
    """Couples a month; October 2026 has 206 after 166, the year so far 1,680 after 1,686."""
    return marriages(
        {
            2025: [169, 168, 168, 168, 169, 168, 169, 169, 169, 169, 150, 150],
            2026: [164, 164, 163, 163, 163, 163, 164, 164, 166, 206],
        }
    )


def test_a_running_total_keeps_its_year_whatever_is_chosen(demo):
    read = points(demo)
    for comparison in ("year_on_year", POP):
        made = change(comparison, read, "marriages", DEMO, OCTOBER)
        assert (made.label, made.now.value, made.then.value) == (Label.YEAR_ON_YEAR, 1680, 1686)
    step = last_step(POP, read, "marriages", DEMO, OCTOBER)
    assert (step.label, step.now.value, step.then.value) == (Label.ON_MONTH, 206, 166)
    assert (step.now.figure.months, step.then.figure.months) == (1, 1)
    assert last_step("year_on_year", read, "marriages", DEMO, OCTOBER) is None


@pytest.mark.parametrize(
    ("language", "whole", "month"),
    [
        ("zh", "结婚登记1,680对，同比减少6对、下降0.4%", "10月当月206对，环比增加40对、增长24.1%"),
        (
            "en",
            "marriages registered 1,680 couples, down 6 couples, or 0.4%, year on year",
            "206 couples in Oct 2026, up 40 couples, or 24.1%, on the month before",
        ),
    ],
)
def test_a_sentence_states_the_month_with_its_own_value(demo, language, whole, month):
    running = spec("line", "marriages", step=Step.CUMULATIVE)
    drawn = chart(running, demo, period=OCTOBER, comparison=POP, language=language)
    assert whole in drawn.sentence and month in drawn.sentence
    view = Selection(DEMO, OCTOBER, POP, language=language)
    told = "".join(map(plain_text, narrate(points(demo), ["marriages"], view).paragraphs))
    assert month in told and ("、下降0.4%" in told or "or 0.4%, year on year" in told)


def test_a_tile_calls_the_year_so_far_by_its_year_and_the_month_by_itself(demo):
    tile = build_tile(points(demo), "marriages", Selection(DEMO, OCTOBER, POP))
    assert (tile.value, tile.change) == ("1,680", "同比 −0.4% 下降")
    assert tile.step == "10月当月206对，环比 +24.1% 增长"
    assert build_tile(points(demo), "marriages", Selection(DEMO, OCTOBER)).step == ""


def test_a_chart_of_months_compares_months(demo):
    drawn = chart(spec("line", "marriages", step=Step.MONTH), demo, period=OCTOBER, comparison=POP)
    assert "结婚登记206对，环比增加40对、增长24.1%" in drawn.sentence
    assert drawn.table.columns[-1] == "环比"


def test_quarters_are_compared_with_quarters():
    figures = [
        figure("marriages", DEMO, period, value)
        for period, value in (((2026, 3), 100.0), ((2026, 6), 205.0))
    ]
    tile = build_tile(points(figures), "marriages", Selection(DEMO, Period(2026, 6), POP))
    assert tile.step == "2026年第2季度105对，比上季度 +5.0% 增长"


def test_a_year_of_months_is_compared_with_a_year():
    figures = [
        figure("urban_dibao_persons_added", DEMO, (year, month), float(year - 2000))
        for year in (2023, 2024)
        for month in range(1, 13)
    ]
    key = FigureKey("urban_dibao_persons_added", DEMO, Period(2024, 12), 12)
    made = flow_change(POP, points(figures), key, 12)
    assert (made.label, made.now.value, made.then.value) == (Label.YEAR_ON_YEAR, 288, 276)


# ---- every change that is shown anywhere ----


def shown_changes(drawn):
    """Each change of a chart's table: the heading of its column, and its fact."""
    for _, facts in zip(drawn.table.rows, drawn.table.facts, strict=True):
        for heading, fact in zip(drawn.table.columns, facts, strict=True):
            if fact.role is CellRole.CHANGE and fact.value is not None:
                yield heading, fact


LABELS = {12: "year_on_year", 1: "on_month", 3: "on_quarter", 6: "on_half_year"}


def disagreement(read, heading, fact, language):
    """What does not fit a change: its heading, its periods or its two values; "" for nothing."""
    key = fact.figure
    meaning = CATALOGUE.indicators[key.indicator]
    apart = months_between(fact.base, key.period)
    names = [word(f"change_{name}", language) for name in (LABELS.get(apart), "several")]
    is_drawn = names[0] in heading and heading.endswith("%)")  # the change is what is drawn
    if heading not in names and not is_drawn:
        return f"{heading} of {key} and {fact.base}"
    to_date = meaning.accumulation is Accumulation.YEAR_TO_DATE
    if to_date and apart < 12 and (key.months or key.period.month) != apart:
        return f"a running total {key} against {fact.base}"
    now = point_at(read, key).value
    exact = now - fact.then if meaning.is_rate else (now - fact.then) / abs(fact.then or 1) * 100
    return "" if abs(exact - fact.value) < 1e-6 else f"{fact.value} of {now} and {fact.then}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("compare_by", "language"), [("yoy", "zh"), ("pop", "zh"), ("pop", "en"), ("none", "en")]
)
@pytest.mark.parametrize("area", ["990101", "990101001"])
def test_label_periods_and_values_of_every_change_agree(samples_desk, area, compare_by, language):
    desk, wrong, count = samples_desk, [], 0
    topics = desk.catalogue.topic_order()
    specs = [one for topic in topics for one in topic.charts if str(one.kind) != "waterfall"]
    names = {name for one in specs for name in one.indicators}
    read = desk.figures.points(sorted(names), area, Period(2012, 1), OCTOBER)
    for step in ("", "month", "cumulative"):
        asked = {"area": area, "period": "2026-10", "compare": compare_by, "step": step}
        for drawn in desk.figures.charts(specs, desk.selections.of(asked, language)):
            for heading, fact in shown_changes(drawn):
                if fact.figure.area == area:
                    count += 1
                    problem = disagreement(read, heading, fact, language)
                    wrong += [(drawn.id, problem)] if problem else []
    assert wrong == [], wrong[:10]
    assert count > 50 or compare_by == "none", count


@pytest.mark.slow
def test_no_running_total_is_called_by_its_month_in_any_sentence(samples_desk):
    """环比 stands behind 当月, a quarter or a stock, never behind months since January."""
    desk = samples_desk
    since_january = re.compile(r"1—\d+月[^。]*")
    for area in ("990101", "990101003"):
        view = desk.selections.of({"area": area, "period": "2026-10", "compare": "pop"}, "zh")
        for topic in desk.catalogue.topic_order():
            for drawn in desk.figures.charts(list(topic.charts), view):
                for clause in since_january.findall(drawn.sentence):
                    before, found, _ = clause.partition("环比")
                    assert not found or "当月" in before, drawn.sentence
