"""A map of streets: where each one stands, its class, and the same figures in whatever leaves."""

import io
from dataclasses import replace
from datetime import date

import pytest
from area_lists import read_area_csv
from chart_cases import (
    AREAS,
    CATALOGUE,
    CHANGQING,
    DEMO,
    PER_COMMUNITY,
    SOURCES,
    YEAR,
    changqing,
    figure,
    points,
    spec,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from dashboard.analysis.small_counts import HIDDEN
from dashboard.base.language import Text
from dashboard.catalogue.area_list import AreaError
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.outlines import Outline, middle, room_for_name, signed_area, turned
from dashboard.charts.build import build_chart
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.tile_grid import DECLARED, LISTED, PLACED, tile_grid
from dashboard.charts.plotly.figures import figure as draw
from dashboard.charts.plotly.theme import SCREEN, contrast
from dashboard.disclosure.chart_guard import suppress_chart
from dashboard.exports.formats import FORMATS
from dashboard.exports.slides import slides_bytes

STREETS = [area.code for area in AREAS.children(DEMO)]
PERIOD = (2026, 12)


def square(west, south, size=1.0, hole=None):
    def ring(x, y, side):
        return ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))

    rings = (ring(west, south, size),)
    if hole:
        rings += (turned(ring(*hole), anticlockwise=False),)
    return Outline(rings)


def of_streets(values, indicator="adoptions"):
    return [
        figure(indicator, code, PERIOD, float(value))
        for code, value in zip(STREETS, values, strict=False)
        if value is not None
    ]


def street_map(figures, area=DEMO, indicator="adoptions", outlines=None, period=PERIOD, **chosen):
    from dashboard.catalogue.periods import Period

    selection = Selection(area, period if isinstance(period, Period) else Period(*period), **chosen)
    declared = spec("map", indicator)
    return build_chart(
        declared, selection, points(figures), CATALOGUE, AREAS, SOURCES, (), outlines or {}
    )


# ---- where each tile stands ----


def places(count, tiles=()):
    own = dict(tiles)
    return [
        Area(str(at), Text(f"街道{at}"), Level.STREET, "1", tile=own.get(at)) for at in range(count)
    ]


def test_tiles_stand_in_the_order_of_the_list_where_nothing_says_where_they_lie():
    tiles, found_by = tile_grid(places(6), {})
    assert found_by == LISTED
    assert list(tiles.values()) == [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)]


def test_declared_tiles_count_where_every_street_has_one():
    tiles, found_by = tile_grid(places(2, {0: (3, 2), 1: (2, 4)}), {})
    assert (tiles, found_by) == ({"0": (1, 0), "1": (0, 2)}, DECLARED)
    assert tile_grid(places(2, {0: (3, 2)}), {})[1] == LISTED


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(100, 101), st.floats(30, 31)), min_size=2, max_size=25))
def test_outlines_give_every_street_a_tile_of_its_own(where):
    outlines = {str(at): square(x, y, 0.01) for at, (x, y) in enumerate(where)}
    tiles, found_by = tile_grid(places(len(where)), outlines)
    assert found_by == PLACED
    assert len(set(tiles.values())) == len(where)


def test_tiles_keep_north_up_and_east_right():
    where = {"0": (0, 2), "1": (1, 2), "2": (0, 1), "3": (1, 1), "4": (0, 0), "5": (1, 0)}
    tiles, _ = tile_grid(places(6), {code: square(x, y) for code, (x, y) in where.items()})
    assert tiles == {code: (2 - y, x) for code, (x, y) in where.items()}


def test_a_name_stands_within_its_street_beside_a_hole():
    outline = square(0, 0, 4, hole=(1, 1, 2))
    assert sum(map(signed_area, outline.rings)) == 16 - 4
    assert middle(outline.rings) == pytest.approx((2, 2))
    (x, y), room = room_for_name(outline.rings)
    assert not (1 < x < 3 and 1 < y < 3)
    assert room > 0


# ---- declared columns ----

HEAD = "code,name,level,parent,tile_row,tile_column\n"


def areas_of(*rows):
    known = [Area("37", Text("某区"), Level.DISTRICT)]
    return read_area_csv(HEAD + "\n".join(rows), known)


def test_declared_tiles_are_read():
    one, other = areas_of("3701,甲街道,street,37,1,2", "3702,乙街道,street,37,,")
    assert (one.tile, other.tile) == ((1, 2), None)


@pytest.mark.parametrize("tile", ["1,", ",1", "0,1", "1.5,1", "a,1", "61,1", "-1,1"])
def test_a_tile_needs_both_numbers_whole(tile):
    with pytest.raises(AreaError) as refusal:
        areas_of(f"3701,甲街道,street,37,{tile}")
    assert refusal.value.column.startswith("tile_") and "1 to 60" in refusal.value.message.en


def test_two_streets_cannot_stand_on_one_tile():
    with pytest.raises(AreaError) as refusal:
        areas_of("3701,甲街道,street,37,2,2", "3702,乙街道,street,37,2,2")
    assert refusal.value.line == 3 and "甲街道" in refusal.value.message.zh


# ---- the chart ----


def test_every_street_is_on_the_map_and_the_sentence_counts_those_without_a_value():
    chart = street_map(changqing(), CHANGQING, PER_COMMUNITY, period=YEAR)
    assert len(chart.keys) == len(chart.map.shapes) == len(AREAS.children(CHANGQING)) == 10
    missing = [
        key for key, level in zip(chart.keys, chart.series[0].levels, strict=True) if not level
    ]
    assert len(missing) == 6
    assert chart.sentence.endswith("另有6个街镇没有数值。")
    assert all(chart.series[0].labels)  # a number, or the word for why there is none
    assert chart.map.absent
    assert "不表示方位" in chart.drawn_subtitle
    assert "不表示方位" not in chart.subtitle  # which stands over bars, too


def test_a_good_direction_has_words_and_colours_of_its_own():
    good = street_map(changqing(), CHANGQING, PER_COMMUNITY, period=YEAR, language="en")
    assert good.map.is_graded and good.map.classes[0].label.startswith("good: 10.8 (1)")
    neutral = street_map(of_streets(range(12)), language="en")
    assert not neutral.map.is_graded and neutral.map.classes[0].label.startswith("high: ")
    one, other = (
        next(trace["fillcolor"] for trace in draw(chart)["data"] if trace.get("fill"))
        for chart in (good, neutral)
    )
    assert one in SCREEN.graded and other in SCREEN.sequential


def test_text_can_be_read_on_every_colour():
    for chart in (
        street_map(of_streets(range(12))),
        street_map(of_streets(range(12), "elderly_beds"), indicator="elderly_beds"),
    ):
        drawn = draw(chart)["data"]
        grounds = [trace["fillcolor"] for trace in drawn if trace.get("fill")]
        inks = next(trace for trace in drawn if trace["mode"] == "text")["textfont"]["color"]
        assert len(set(grounds)) == 5
        for ink, ground in zip(inks, grounds, strict=True):
            assert contrast(ink, ground) >= 4.5


def test_equal_values_are_of_one_class():
    chart = street_map(of_streets([7] * 12))
    assert [one.label for one in chart.map.classes] == ["中：7（12个）"]


def test_outlines_are_drawn_where_there_are_some_and_tiles_on_request():
    outlines = {code: square(at % 4, at // 4) for at, code in enumerate(STREETS[:-1])}
    chart = street_map(of_streets(range(10, 22)), outlines=outlines)
    assert (chart.map.form, chart.map.forms) == ("outlines", ("outlines", "tiles"))
    assert any("新城街道" in note for note in chart.notes)  # has none
    filled = [trace for trace in draw(chart)["data"] if trace.get("fill")]
    assert [trace["meta"][1] for trace in filled].count(STREETS[0]) == 1 and len(filled) == 11
    tiles = street_map(of_streets(range(10, 22)), outlines=outlines, shape="tiles")
    assert tiles.map.form == "tiles" and tiles.series == chart.series


def test_the_chosen_street_is_marked_and_drawn_last():
    chart = street_map(of_streets(range(10, 22)), STREETS[3])
    last = [trace for trace in draw(chart)["data"] if trace.get("fill")][-1]
    assert last["meta"] == ["area", STREETS[3]] and last["line"]["color"] == SCREEN.text


def test_a_long_name_is_folded_and_whole_at_hand():
    chart = street_map(of_streets(range(10, 22)), language="en")
    name = "Xincheng Subdistrict with a very long name that nobody could print on a tile"
    long = replace(chart, categories=(name, *chart.categories[1:]))
    drawn = draw(long)["data"]
    assert next(trace for trace in drawn if trace.get("fill"))["name"] == name
    label = next(trace for trace in drawn if trace["mode"] == "text")["text"][0]
    assert "…" in label and label.count("<br>") == 3


# ---- what leaves ----


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_no_class_of_what_leaves_tells_a_hidden_count(values):
    chart = suppress_chart(street_map(of_streets(values)), 5, CATALOGUE)
    real = dict(zip(STREETS, values, strict=True))
    seen = [value for value in chart.series[0].values if value is not None]
    for key, value, level, label in zip(
        chart.keys,
        chart.series[0].values,
        chart.series[0].levels,
        chart.series[0].labels,
        strict=True,
    ):
        assert (value is None) == (level == 0) == (label == HIDDEN)
        assert value is None or value == real[key]
        assert not 0 < real[key] < 5 or value is None
    ends = {
        int(text)
        for one in chart.map.classes
        for text in one.label.split("：")[1].split("（")[0].split("—")
    }
    assert ends <= {int(value) for value in seen}
    assert len(chart.map.shapes) == len(chart.keys)


def test_a_hidden_street_stays_on_its_own_tile():
    chart = street_map(of_streets([3, *range(20, 31)]))
    kept = dict(zip(chart.keys, chart.map.shapes, strict=True))
    left = suppress_chart(chart, 5, CATALOGUE)
    assert HIDDEN in left.series[0].labels
    assert dict(zip(left.keys, left.map.shapes, strict=True)) == kept


def test_a_slide_has_the_same_figures_as_ranked_bars_and_says_so():
    chart = street_map(changqing(), CHANGQING, PER_COMMUNITY, period=YEAR)
    page = ReportPage(PageKind.CHART, chart.title, chart=chart, source=chart.source)
    slides = Presentation(
        io.BytesIO(
            slides_bytes(Report("题", "", "局", "370113", "2023", date(2024, 1, 2), "zh", (page,)))
        )
    )
    (native,) = [s.chart for slide in slides.slides for s in slide.shapes if s.has_chart]
    assert "按大小排列" in native.chart_title.text_frame.text
    (series,) = native.plots[0].series
    assert list(series.values) == list(chart.series[0].values)
    assert list(native.plots[0].categories) == list(chart.categories)


@pytest.mark.parametrize("format_id", ["csv", "xlsx"])
def test_what_has_no_value_leaves_with_its_reason(format_id):
    chart = street_map(changqing(), CHANGQING, PER_COMMUNITY, period=YEAR)
    content = FORMATS[format_id].render(chart)
    if format_id == "csv":
        assert content.decode("utf-8-sig").count("无数据") >= 6
    assert content
