"""Small counts of people do not leave the house, and cannot be worked out from what does."""

import csv
import io
from itertools import pairwise

import pytest
from chart_cases import AREAS, CATALOGUE, DEMO, chart, figure, marriages, spec
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.small_counts import HIDDEN
from dashboard.base.settings import read_settings
from dashboard.catalogue.topics import Kind, Step
from dashboard.disclosure.chart_guard import suppress_chart
from dashboard.disclosure.suppressed_chart import has_suppressed_cell
from dashboard.exports.chart_csv import csv_text
from dashboard.services.front_desk import FrontDesk

pytestmark = pytest.mark.slow

K = 5
PERIOD = (2026, 12)
STREETS = [area.code for area in AREAS.children(DEMO)]
COUNT = st.integers(0, 12)


def of_streets(values, indicator="adoptions", period=PERIOD, total=None):
    whole = sum(values) if total is None else total
    figures = [figure(indicator, DEMO, period, float(whole))]
    return figures + [
        figure(indicator, code, period, float(value))
        for code, value in zip(STREETS, values, strict=False)
    ]


def guarded(drawn, smallest=K):
    return suppress_chart(drawn, smallest, CATALOGUE)


def could_be_otherwise(hidden, together):
    """Whether hidden counts, none of them zero, have more than one way to make their sum."""
    return together > hidden >= 2


@settings(max_examples=150)
@given(st.lists(COUNT, min_size=len(STREETS), max_size=len(STREETS)))
def test_no_street_can_be_worked_out_from_the_others_and_the_total(values):
    shown = guarded(chart(spec("bar", "adoptions"), of_streets(values), DEMO, PERIOD))
    rows = {key: cells[1] for key, cells in shown.table.rows}
    real = {**dict(zip(STREETS, values, strict=True)), DEMO: sum(values)}
    for code, text in rows.items():
        assert text == HIDDEN or float(text) == real[code]
        if 0 < real[code] < K:
            assert text == HIDDEN
    gone = [code for code in STREETS if rows[code] == HIDDEN]
    if rows[DEMO] != HIDDEN and any(0 < real[code] < K for code in gone):
        together = sum(values) - sum(real[code] for code in STREETS if code not in gone)
        assert could_be_otherwise(len(gone), together) or 0 in (real[code] for code in gone)
    drawn = {key: value for key, value in zip(shown.keys, shown.series[0].values, strict=True)}
    assert all(drawn[code] is None for code in gone if code in drawn)
    if gone:
        assert shown.targets == ()  # the mean times the number of streets is the total


@settings(max_examples=100)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_no_month_can_be_taken_from_two_running_totals(months):
    drawn = chart(
        spec("line", "marriages", step=Step.CUMULATIVE), marriages({2026: months}), DEMO, PERIOD
    )
    if drawn.empty:
        return
    kept = [value for value in guarded(drawn).series[0].values if value is not None]
    steps = [after - before for before, after in pairwise([0.0, *kept])]
    assert not any(0 < step < K for step in steps)


@settings(max_examples=100)
@given(
    st.lists(st.integers(0, 20), min_size=12, max_size=12), st.sampled_from(["column", "season"])
)
def test_no_month_can_be_taken_from_the_others_and_the_year(months, kind):
    drawn = chart(spec(kind, "marriages", step=Step.MONTH), marriages({2026: months}), DEMO, PERIOD)
    if drawn.empty:
        return
    values = guarded(drawn).series[0].values
    gone = [real for real, value in zip(months, values, strict=True) if value is None]
    assert all(value is None for real, value in zip(months, values, strict=True) if 0 < real < K)
    if gone and 0 not in gone and sum(months) >= K:  # a smaller total of the year is hidden itself
        assert could_be_otherwise(len(gone), sum(gone))


@settings(max_examples=100)
@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=2),
    st.sampled_from(["composition", "stacked", "line"]),
)
def test_no_part_can_be_taken_from_the_other_and_the_whole(parts, kind):
    names = ("urban_dibao_persons", "rural_dibao_persons")
    figures = [figure("dibao_persons", DEMO, PERIOD, float(sum(parts)))]
    figures += [
        figure(name, DEMO, PERIOD, float(value)) for name, value in zip(names, parts, strict=True)
    ]
    meant = ("dibao_persons", *names) if kind == "line" else ("dibao_persons",)
    shown = guarded(chart(spec(kind, *meant), figures, DEMO, PERIOD))
    real = {
        CATALOGUE.indicators[name].name.zh: value for name, value in zip(names, parts, strict=True)
    }
    hidden = [value for value in real.values() if 0 < value < K]
    texts = [cell for _, cells in shown.table.rows for cell in cells[1:]]
    if not hidden or 0 in parts:
        return
    assert texts.count(HIDDEN) >= 2
    assert not any(f"{value}" in texts for value in parts)
    assert not any("%" in text for text in texts) and "%" not in shown.sentence


def test_growth_does_not_give_a_small_base_away():
    figures = of_streets([90, 80, 70], "orphans") + of_streets([4, 76, 70], "orphans", (2025, 12))
    shown = chart(spec("bar", "orphans"), figures, DEMO, PERIOD)
    changes = {key: cells[2] for key, cells in guarded(shown).table.rows}
    assert changes[STREETS[0]] == HIDDEN
    # nor do the others': their bases are known from their growth, and that of all is no secret
    assert changes[STREETS[1]] == HIDDEN and changes[DEMO] == "+60.0%"


def test_a_rate_goes_with_the_small_count_it_is_made_of():
    figures = []
    for code, married, divorced in (
        (STREETS[0], 40.0, 3.0),
        (STREETS[1], 50.0, 25.0),
        (STREETS[2], 60.0, 30.0),
    ):
        figures += [
            figure("marriages", code, PERIOD, married),
            figure("divorces", code, PERIOD, divorced),
        ]
    shown = chart(spec("bar", "divorces_per_100_marriages"), figures, DEMO, PERIOD)
    row = dict(guarded(shown).table.rows)[STREETS[0]]
    assert row[1] == HIDDEN and "3" not in row and "7.5" not in row


def test_hidden_ones_stand_last_and_have_no_place():
    shown = guarded(chart(spec("bar", "adoptions"), of_streets([9, 3, 2, 8, 30]), DEMO, PERIOD))
    texts = [cells[1] for key, cells in shown.table.rows if key != DEMO and cells[1] != "—"]
    assert texts == sorted(texts, key=lambda text: text == HIDDEN) and HIDDEN in texts
    assert shown.categories[0] == AREAS.get(STREETS[4]).name.zh
    assert len(shown.categories) == len(shown.series[0].values) == len(shown.keys)
    assert "1" not in [cells[-1] for _, cells in shown.table.rows]


def test_money_zero_and_large_counts_stay():
    money = chart(
        spec("bar", "dibao_spending"), of_streets([3, 4, 90], "dibao_spending"), DEMO, PERIOD
    )
    zeros = chart(spec("bar", "adoptions"), of_streets([0, 0, 9]), DEMO, PERIOD)
    assert guarded(money) is money and guarded(zeros) is zeros
    small = chart(spec("bar", "adoptions"), of_streets([3, 4, 90]), DEMO, PERIOD)
    assert guarded(small, 0) is small and guarded(small) is not small


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_export_says_that_something_is_hidden_and_does_not_say_what(language):
    drawn = chart(spec("bar", "adoptions"), of_streets([3, 7, 40]), DEMO, PERIOD, language=language)
    shown = guarded(drawn)
    assert has_suppressed_cell(shown) and not has_suppressed_cell(drawn)
    written = csv_text(shown)
    assert HIDDEN in written and str(K) in shown.notes[-1] and shown.notes[-1] in written
    assert shown.sentence != drawn.sentence
    rows = list(csv.reader(io.StringIO(written)))
    name = AREAS.get(STREETS[0]).name[language]
    assert not any("3" in row[1:] for row in rows if row and row[0] == name)
    assert not any(char.isdigit() for text in shown.series[0].hover for char in text)


def test_what_leaves_over_http_and_in_reports_is_guarded(samples, app):
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(samples)}))
    query = "area=990101&period=2024-09"
    ref = "children/left_behind_by_street"
    answer = app.server.test_client().get(f"/export/{ref}.csv?{query}")
    assert HIDDEN in answer.get_data(as_text=True).replace("# ", "")
    selection = desk.selections.of({"area": "990101", "period": "2024-09"}, "zh")
    assert not has_suppressed_cell(
        desk.figures.chart(ref, selection)
    )  # inside the house all is seen


def test_a_setting_that_hides_nothing_can_be_made():
    assert read_settings({"DASHBOARD_SMALL_CELLS": "0"}).small_cells == 0
    assert read_settings({}).small_cells == K


def test_every_kind_of_chart_can_be_guarded():
    figures = of_streets([3, 7, 40], "marriages", (2026, 3))
    figures += marriages({2026: [2, 30, 40], 2025: [3, 20, 30]})
    for kind in Kind:
        shown = guarded(chart(spec(kind, "marriages"), figures, DEMO, (2026, 3)))
        for series in shown.series:
            assert len(series.values) == len(shown.categories) == len(series.texts)
        for (_, cells), numbers in zip(shown.table.rows, shown.table.numbers, strict=True):
            assert all(n is None for n, cell in zip(numbers, cells, strict=True) if cell == HIDDEN)


def test_what_is_printed_in_ten_thousands_is_no_small_count():
    """31,000 reads 3.10 beside a neighbour above a million, and so does its other value."""
    figures = of_streets([31_000, 1_200_000], "dibao_persons")
    figures[1] = figure("dibao_persons", STREETS[0], PERIOD, 31_000.0, status="D", others=[32_000])
    for kind in ("bar", "table"):
        drawn = chart(spec(kind, "dibao_persons"), figures, DEMO, PERIOD)
        assert "3.10" in dict(drawn.table.rows)[STREETS[0]]
        assert guarded(drawn) is drawn


def test_the_other_value_of_a_disputed_figure_is_hidden_where_it_is_small():
    figures = of_streets([40, 60], "dibao_persons")
    figures[1] = figure("dibao_persons", STREETS[0], PERIOD, 40.0, status="D", others=[3])
    shown = guarded(chart(spec("bar", "dibao_persons"), figures, DEMO, PERIOD))
    assert dict(shown.table.rows)[STREETS[0]][1] == HIDDEN


def test_a_waterfall_draws_no_change_of_a_hidden_count():
    now, then = [40, 3, 90, 55], [30, 20, 60, 70]
    figures = of_streets(now, "orphans") + of_streets(then, "orphans", (2025, 12))
    drawn = chart(spec("waterfall", "orphans"), figures, DEMO, PERIOD)
    shown = guarded(drawn)
    rows = {key: facts for (key, _), facts in zip(shown.table.rows, shown.table.facts, strict=True)}
    assert [fact.suppressed for fact in rows[STREETS[1]]] == [False, False, True, True]
    assert [fact.suppressed for fact in rows[STREETS[2]]] == [False] * 4
    sizes = {
        key: [one.values[at] for one in shown.series if one.role != "base"]
        for at, key in enumerate(shown.keys)
    }
    assert set(sizes[STREETS[1]]) == {None} and 30.0 in sizes[STREETS[2]]
    bases = dict(zip(shown.keys, shown.series[0].values, strict=True))
    assert bases[STREETS[2]] == 0.0 and shown.categories[-1] == drawn.categories[-1]
    drawn_values = {value for one in shown.series for value in one.values}
    assert 17.0 not in drawn_values
