"""Figures are plain, valid plotly, and draw exactly what the chart says."""

import json
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from chart_cases import (
    CHANGQING,
    DEMO,
    PER_COMMUNITY,
    YEAR,
    changqing,
    chart,
    marriages,
    one_of_each_kind,
    spec,
)
from chart_cases import figure as stored

from dashboard.catalogue.topics import Kind, Step
from dashboard.charts.plotly.figures import RENDERERS, figure
from dashboard.charts.plotly.theme import SCREEN, contrast

CHARTS = one_of_each_kind()


def test_every_kind_has_a_renderer():
    assert set(RENDERERS) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_plotly_accepts_every_kind(kind):
    drawn = figure(CHARTS[kind])
    assert go.Figure(drawn).data
    assert drawn["layout"]["height"] >= 80


@pytest.mark.parametrize("kind", list(Kind))
def test_a_figure_is_plain_json_without_a_template(kind):
    drawn = figure(CHARTS[kind])
    assert json.loads(json.dumps(drawn)) == drawn
    assert "template" not in drawn["layout"]
    assert len(json.dumps(drawn)) < 20_000


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.COLUMN, Kind.STACKED])
def test_trends_draw_the_series_in_the_unit_shown(kind):
    shown = CHARTS[kind]
    drawn = figure(shown)
    named = {trace["name"]: trace for trace in reversed(drawn["data"])}
    for series in shown.series:
        values = [value for value in named[series.name]["y"] if value is not None]
        assert values == [shown.shown(value) for value in series.values if value is not None]


def test_money_is_drawn_in_the_unit_of_its_subtitle():
    figures = [stored("dibao_spending", DEMO, YEAR, 12_345_600.0)]
    drawn = figure(chart(spec("line", "dibao_spending"), figures, period=YEAR))
    assert drawn["data"][0]["y"] == [1234.56]


def test_a_click_tells_the_area_or_the_period():
    bars = figure(CHARTS[Kind.BAR])["data"][0]
    assert bars["customdata"][0] == ["area", CHARTS[Kind.BAR].keys[0]]
    line = figure(CHARTS[Kind.LINE])["data"][0]
    assert ["period", "2024-05"] in line["customdata"]
    assert len(line["customdata"]) == len(line["x"]) == len(line["hovertext"])


def test_a_line_is_interrupted_at_a_break():
    figures = [stored("marriages", "990101004", (year, 12), 100.0) for year in range(2019, 2025)]
    shown = chart(spec("line", "marriages"), figures, "990101004", (2024, 12))
    drawn = figure(shown)
    (at,) = [mark.category for mark in shown.breaks if mark.is_break]
    place = drawn["data"][0]["y"].index(None)
    assert drawn["data"][0]["x"][place] == at - 0.5
    (label,) = [a for a in drawn["layout"]["annotations"] if a["font"]["color"] == SCREEN.worse]
    assert label["text"].replace("<br>", " ") in {
        mark.label for mark in shown.breaks if mark.is_break
    }


def test_an_unfinished_year_is_open_and_joined_by_a_dotted_line():
    drawn = figure(CHARTS[Kind.LINE])
    line, dotted = drawn["data"]
    assert line["marker"]["symbol"][-1] == "circle-open"
    assert line["y"][-2] is None
    assert dotted["line"]["dash"] == "dot" and dotted["x"][1] == line["x"][-1]


def test_missing_years_are_not_bridged():
    figures = [stored("marriages", DEMO, (year, 12), 100.0) for year in (2019, 2022)]
    drawn = figure(chart(spec("line", "marriages"), figures, period=(2022, 12)))
    assert drawn["data"][0]["y"] == [100, None, 100]


def test_a_running_total_is_joined_over_months_without_a_figure():
    figures = [stored("marriages", DEMO, (2026, month), month * 10.0) for month in (3, 6, 9)]
    shown = chart(spec("line", "marriages", step=Step.CUMULATIVE), figures, period=(2026, 9))
    assert None not in figure(shown)["data"][0]["y"]


def test_bars_carry_full_names_values_and_lines():
    drawn = figure(chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR))
    assert drawn["layout"]["yaxis"]["ticktext"] == [
        "平安街道",
        "文昌街道",
        "万德街道",
        "<b>崮云湖街道</b>",  # below the target
    ]
    numbers = [a for a in drawn["layout"]["annotations"] if a["xref"] == "paper"]
    assert [a["text"] for a in numbers] == ["10.8", "10.2", "10.0", "<b>4.3</b>"]
    assert [a["y"] for a in numbers] == drawn["data"][0]["y"]
    assert [round(line["x0"], 1) for line in drawn["layout"]["shapes"]] == [7.5, 10.0]
    low, high = drawn["layout"]["xaxis"]["range"]
    assert low == 0 < max(drawn["data"][0]["x"]) < high


def test_the_chosen_street_has_its_own_colour():
    shown = chart(spec("bar", PER_COMMUNITY), changqing(), "370113001", YEAR)
    colours = figure(shown)["data"][0]["marker"]["color"]
    assert colours.count(SCREEN.primary) == 1
    assert colours[shown.keys.index("370113001")] == SCREEN.primary


def test_who_is_on_the_bad_side_of_the_line_has_the_colour_of_the_worse():
    shown = chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR)
    assert shown.worse == (False, False, False, True)
    colours = figure(shown)["data"][0]["marker"]["color"]
    assert colours == [SCREEN.quiet_bar] * 3 + [SCREEN.categorical[1]]


def test_amounts_and_rates_without_a_good_direction_are_not_judged():
    counts = [stored("orphans", f"9901010{n:02d}", YEAR, float(n)) for n in range(1, 12)]
    shown = chart(spec("bar", "orphans"), counts, DEMO, YEAR)
    assert shown.worse == ()
    assert set(figure(shown)["data"][0]["marker"]["color"]) == {SCREEN.quiet_bar}


def test_more_streets_make_a_taller_figure_and_never_a_smaller_letter():
    few = figure(chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR))
    figures = [stored("orphans", f"9901010{n:02d}", YEAR, float(n)) for n in range(1, 12)]
    many = figure(chart(spec("bar", "orphans"), figures, DEMO, YEAR))
    assert many["layout"]["height"] - few["layout"]["height"] >= 28 * 6
    for drawn in (few, many):
        assert drawn["layout"]["yaxis"]["tickfont"]["size"] >= 12
        assert {a["font"]["size"] for a in drawn["layout"]["annotations"]} == {SCREEN.small}


def test_labels_are_never_turned_and_few_enough():
    figures = [stored("marriages", DEMO, (year, 12), 1.0) for year in range(1985, 2025)]
    axis = figure(chart(spec("line", "marriages"), figures, period=(2024, 12)))["layout"]["xaxis"]
    assert axis["tickangle"] == 0
    assert len(axis["ticktext"]) <= 8
    assert axis["ticktext"][-1] == "2024"


def test_the_heat_table_shows_a_text_in_every_cell():
    shown = CHARTS[Kind.SEASON]
    drawn = figure(shown)
    texts = [a["text"] for a in drawn["layout"]["annotations"]]
    assert len(texts) == len(shown.categories) * len(shown.series)
    assert set(drawn["data"][0]["z"][0]) <= {1, 2, 3, 4, 5, None}
    assert drawn["data"][0]["z"][7][-1] is None  # August of the unfinished year


def test_lines_are_named_at_their_ends_with_their_last_value():
    figures = marriages({2025: [100] * 12, 2026: [99] * 12})
    figures += marriages({2025: [10] * 12, 2026: [9] * 12}, indicator="divorces")
    lines = spec("line", "marriages", "divorces")
    two = figure(chart(lines, figures, period=(2026, 12), step="year"))
    assert not two["layout"]["showlegend"]
    named = {a["text"]: a["y"] for a in two["layout"]["annotations"]}
    assert set(named) == {"结婚登记对数<br><b>1,188</b>", "离婚登记对数<br><b>108</b>"}
    assert named["结婚登记对数<br><b>1,188</b>"] > named["离婚登记对数<br><b>108</b>"]


def test_more_lines_than_can_be_named_get_a_legend():
    names = ("orphans", "unattended_children", "children_in_difficulty", "child_directors")
    figures = [stored(name, DEMO, (y, 12), 10.0 + y) for name in names for y in (2022, 2023)]
    four = chart(spec("line", *names), figures, period=(2023, 12))
    assert not figure(four)["layout"]["showlegend"]
    eight = replace(four, series=four.series * 2)
    assert figure(eight)["layout"]["showlegend"]


def test_stacks_are_named_beside_the_last_one():
    drawn = figure(CHARTS[Kind.STACKED])
    assert not drawn["layout"]["showlegend"]
    texts = {a["text"].replace("<br>", "") for a in drawn["layout"]["annotations"]}
    assert {series.name for series in CHARTS[Kind.STACKED].series} <= texts


def test_few_columns_carry_their_numbers_and_many_only_the_last():
    figures = [stored("orphans", DEMO, (year, 12), float(year)) for year in range(2020, 2024)]
    few = figure(chart(spec("column", "orphans"), figures, period=YEAR))
    assert [a["text"] for a in few["layout"]["annotations"]] == ["2,020", "2,021", "2,022", "2,023"]
    figures = marriages({year: [100 + year] * 12 for year in (2021, 2022, 2023)})
    many = figure(chart(spec("column", "marriages", step=Step.MONTH), figures, period=(2023, 12)))
    assert [a["text"] for a in many["layout"]["annotations"]] == ["<b>2,123</b>"]


def test_demo_figures_are_marked_in_the_picture_itself():
    figures = [stored("orphans", DEMO, YEAR, 10.0, submission=3)]
    drawn = figure(chart(spec("line", "orphans"), figures, period=YEAR))
    assert [a["text"] for a in drawn["layout"]["annotations"] if a.get("name") == "demo"] == [
        "演示数据"
    ]
    assert drawn["layout"]["meta"]["demo"] == "演示数据"
    honest = figure(CHARTS[Kind.LINE])
    assert not [a for a in honest["layout"]["annotations"] if a.get("name") == "demo"]


def test_a_picture_can_be_given_its_title_and_source():
    meta = figure(CHARTS[Kind.BAR])["layout"]["meta"]
    assert meta["title"] == CHARTS[Kind.BAR].headline  # what it finds, as its card says
    assert meta["title"] == "结婚登记对数：南园街道最多（60对），东湖街道最少（50对）"
    assert meta["source"].startswith("来源")


def test_an_empty_chart_draws_its_sentence():
    shown = chart(spec("line", "orphans"), [], period=YEAR)
    drawn = figure(shown)
    assert go.Figure(drawn).layout.annotations[0].text == shown.empty
    assert drawn["data"] == []


def test_zero_everywhere_still_has_an_axis():
    figures = [stored("orphans", DEMO, (year, 12), 0.0) for year in (2022, 2023)]
    drawn = figure(chart(spec("line", "orphans"), figures, period=YEAR))
    low, high = drawn["layout"]["yaxis"]["range"]
    assert low == 0 and 1 <= high < 1.2


def test_another_theme_changes_colours_only():
    paper = replace(SCREEN, primary="#000000")
    shown = CHARTS[Kind.COMPOSITION]
    assert set(figure(shown, paper)["data"][0]["marker"]["color"]) == {"#000000"}
    assert figure(shown, paper)["data"][0]["x"] == figure(shown)["data"][0]["x"]


def test_status_colours_and_texts_can_be_read():
    for colour in (SCREEN.better, SCREEN.worse, SCREEN.warning, SCREEN.text, SCREEN.muted):
        assert contrast(colour, SCREEN.background) >= 4.5
    for shade in SCREEN.sequential[:-1]:
        assert contrast(SCREEN.text, shade) >= 4.5
    assert contrast(SCREEN.background, SCREEN.sequential[-1]) >= 4.5
    for colour in SCREEN.categorical:
        assert contrast(colour, SCREEN.background) >= 3
