"""Titles, subtitles and sentences of slides stay in their places; labels stand beside no line."""

from datetime import date

import pytest
from pptx.oxml.ns import qn
from pptx.util import Pt
from screens import DISTRICT

from dashboard.charts.model.chart import Table
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.plan import DIRECTOR, FULL, Plan
from dashboard.charts.model.report import PageKind
from dashboard.exports.slide_layouts import layout_of
from dashboard.exports.slide_places import fit_head, places
from dashboard.exports.slide_template import CHART
from dashboard.exports.slides import open_template, slides_of
from dashboard.exports.table_shape import half_width, lines_of, width_of, widths_of

MADE = date(2026, 11, 5)
USUAL = {"title": 28, "subtitle": 14, "sentence": 18}
LONG = "Organisations that passed the annual inspection: 520 to be done by Jun 2026, 442 done"


def size_of(shape, name):
    sizes = [paragraph.font.size for paragraph in shape.text_frame.paragraphs]
    return sizes[0].pt if sizes and sizes[0] else USUAL[name]


def lines_in(shape, name):
    points, wide = size_of(shape, name), shape.width / Pt(1)
    texts = [paragraph.text for paragraph in shape.text_frame.paragraphs]
    return sum(lines_of(text, wide / (points * half_width(text))) for text in texts)


def head(text, name="title"):
    slides = open_template(None)
    slide = slides.slides.add_slide(layout_of(slides, CHART))
    shape = places(slide)[name]
    shape.text_frame.text = text
    fit_head(shape, name, [text])
    return shape


def test_a_short_title_has_the_layouts_own_type():
    assert head("结婚登记1,680对").text_frame.paragraphs[0].font.size is None


def test_a_title_a_little_too_long_is_set_smaller_on_one_line_and_a_longer_one_on_two():
    little = head("养老机构床位今年应增600张，此时应增500张，已增101张，少399张")
    assert lines_in(little, "title") == 1 and 22 <= size_of(little, "title") < 28
    longer = head(LONG)
    assert lines_in(longer, "title") == 2 and size_of(longer, "title") >= 22


@pytest.mark.parametrize("name", USUAL)
def test_no_head_is_higher_than_its_place(name):
    for words in (3, 12, 24, 30):
        shape = head("inspection " * words, name)
        high = lines_in(shape, name) * size_of(shape, name) * 1.2
        assert high <= shape.height / Pt(1) or size_of(shape, name) <= 18


def test_a_column_of_long_texts_has_more_room_than_one_of_short_ones():
    row = ["结婚登记对数", "已完成1,680对", "东湖街道少21、清溪镇少18、西山街道少16、" * 2, "落后"]
    table: Table = plain_table("表", ["目标", "已完成", "差在哪里", "状态"], [row] * 3)
    widths = widths_of(table, 720)
    assert widths[2] == max(widths) and widths[3] == min(widths)
    assert widths[3] / 10 >= width_of("落后")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_heads_of_the_directors_deck_stay_in_their_places(samples_desk, language):
    selection = samples_desk.selections.of({"area": DISTRICT, "lang": language}, language)
    deck = slides_of(samples_desk.reports.compose(Plan(deck=DIRECTOR), selection, MADE))
    for slide in deck.slides:
        shapes = places(slide)
        for name in USUAL.keys() & shapes.keys():
            high = lines_in(shapes[name], name) * size_of(shapes[name], name) * 1.2
            assert high <= shapes[name].height / Pt(1), shapes[name].text_frame.text


@pytest.mark.slow
def test_the_last_value_of_a_path_stands_away_from_the_lines_above_it(samples_desk):
    selection = samples_desk.selections.of({"area": DISTRICT}, "zh")
    deck = slides_of(samples_desk.reports.compose(Plan(deck=DIRECTOR), selection, MADE))
    sides = {}
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart and "442" in slide.shapes.title.text_frame.text:
                labels = shape.chart._chartSpace.iter(qn("c:dLbl"))
                sides |= {
                    label.find(qn("c:dLblPos")).get("val"): label.find(qn("c:spPr")) is not None
                    for label in labels
                    if label.find(qn("c:dLblPos")) is not None
                }
    assert sides == {"b": True}  # both lines meet above it; no line shows through the figure


@pytest.mark.slow
def test_a_topic_without_a_table_has_its_key_figures_as_annex(samples_desk):
    selection = samples_desk.selections.of({"area": "370113"}, "zh")
    report = samples_desk.reports.compose(Plan(deck=FULL), selection, MADE)
    titles = [page.title for page in report.pages if page.table is not None]
    assert len(titles) == len(set(titles)), "a table stands twice"
    annexes = [page for page in report.pages if page.kind is PageKind.APPENDIX]
    assert annexes and all(page.table.rows and page.lines for page in annexes)
    chapters = [page for page in report.pages if page.kind is PageKind.CHAPTER]
    tabled = [page for page in report.pages if page.kind in (PageKind.FIGURES, PageKind.APPENDIX)]
    assert len(tabled) >= len(chapters)
