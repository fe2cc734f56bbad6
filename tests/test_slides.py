"""Slides: native charts whose figures are those on screen, in a template a bureau can replace."""

import io
from dataclasses import replace

import pytest
from chart_cases import one_of_each_kind
from natives import merged
from pptx import Presentation
from report_pages import chart_page, report

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.report import PageKind, Phrase, ReportPage
from dashboard.exports.native_charts import TYPES, parts
from dashboard.exports.running_text import closed_up
from dashboard.exports.slide_places import BREAK
from dashboard.exports.slide_tables import ROWS
from dashboard.exports.slide_template import NAMES, template_bytes
from dashboard.exports.slides import slides_bytes
from dashboard.exports.template_files import TemplateError

BOTH = {language: one_of_each_kind(language) for language in ("zh", "en")}
CHARTS = BOTH["zh"]


def read_back(content):
    return list(Presentation(io.BytesIO(content)).slides)


def texts(slide):
    """What stands on a slide, titles of several lines in one."""
    shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return [text.replace(BREAK, "") for text in shown]


def the_chart(slide):
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    return frame.chart


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TABLE])
def test_a_native_chart_has_the_figures_of_the_screen(kind, language):
    shown = BOTH[language][kind]
    (slide,) = read_back(slides_bytes(report(chart_page(shown))))
    drawn = the_chart(slide)
    assert drawn.chart_type == TYPES[kind]
    assert tuple(drawn.plots[0].categories) == shown.categories
    got = merged((series.name, series.values) for series in drawn.plots[0].series)
    expected = merged((one.name, map(shown.shown, one.values)) for one in shown.series)
    assert got == {name: pytest.approx(values) for name, values in expected.items()}


def test_the_workbook_in_a_chart_holds_the_same_figures():
    openpyxl = pytest.importorskip("openpyxl")
    shown = CHARTS[Kind.STACKED]
    book = openpyxl.load_workbook(io.BytesIO(parts(shown).workbook))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][1:] == tuple(series.name for series in shown.series)
    assert [row[0] for row in rows[1:]] == list(shown.categories)
    first = [shown.shown(value) for value in shown.series[0].values]
    assert [row[1] for row in rows[1:]] == pytest.approx(first)


def test_a_table_is_native_cells_with_the_words_of_its_colours():
    shown = CHARTS[Kind.TABLE]
    (slide,) = read_back(slides_bytes(report(chart_page(shown))))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    cells = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert tuple(cells[0]) == shown.table.columns
    for got, (_, row) in zip(cells[1:], shown.table.rows, strict=True):
        assert all(mine.startswith(theirs) for mine, theirs in zip(got, row, strict=True))


def test_a_long_table_goes_on_over_slides_and_loses_no_row():
    table = CHARTS[Kind.TABLE].table
    times = 2 * ROWS // len(table.rows) + 1
    long = replace(
        table,
        rows=table.rows * times,
        numbers=table.numbers * times,
        tones=table.tones * times,
        words=table.words * times,
    )
    page = ReportPage(PageKind.TABLE, "附表", table=long, source="来源")
    slides = read_back(slides_bytes(report(page)))
    assert len(slides) == -(-len(long.rows) // ROWS) > 1
    frames = [shape for slide in slides for shape in slide.shapes if shape.has_table]
    assert sum(len(frame.table.rows) - 1 for frame in frames) == len(long.rows)
    assert f"（2/{len(slides)}）" in " ".join(texts(slides[1]))


def test_title_sentence_source_mark_and_receipt_stand_on_the_slide():
    shown = CHARTS[Kind.LINE]
    (slide,) = read_back(slides_bytes(report(chart_page(shown), mark="演示数据")))
    words = texts(slide)
    expected = {shown.headline, shown.explained, shown.sentence, closed_up(shown.source)}
    assert expected <= set(words) and shown.headline != shown.title
    assert any("演示数据" in text and "K7Q2-M4XD" in text for text in words)


def test_the_demo_mark_stands_on_every_slide():
    pages = [
        ReportPage(PageKind.TITLE, "题目"),
        ReportPage(PageKind.AGENDA, "目录", lines=("一", "二", "三")),
        ReportPage(PageKind.TEXT, "文字", paragraphs=((Phrase("一句话。"),),)),
        chart_page(CHARTS[Kind.BAR]),
        chart_page(CHARTS[Kind.TABLE]),
    ]
    slides = read_back(slides_bytes(report(*pages, mark="演示数据")))
    assert len(slides) == len(pages)
    for slide in slides:
        assert "演示数据" in " ".join(texts(slide))


def test_every_slide_but_the_first_has_its_number_and_no_empty_placeholder():
    pages = [ReportPage(PageKind.TITLE, "题目"), chart_page(CHARTS[Kind.COLUMN])]
    first, second = read_back(slides_bytes(report(*pages)))
    numbers = [s for s in second.shapes if s.is_placeholder and "slidenum" in _xml(s)]
    assert len(numbers) == 1 and not any("slidenum" in _xml(s) for s in first.shapes)
    for slide in (first, second):
        assert all(shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame)


def _xml(shape):
    return shape._element.xml


def test_definitions_stand_in_the_notes():
    page = chart_page(CHARTS[Kind.LINE], notes=("口径：…", "单位：…"))
    (slide,) = read_back(slides_bytes(report(page)))
    assert slide.notes_slide.notes_text_frame.text == "口径：…\n单位：…"


def test_an_empty_chart_says_so_in_its_place():
    absent = replace(CHARTS[Kind.LINE], series=(), categories=(), empty="还没有数据。")
    (slide,) = read_back(slides_bytes(report(chart_page(absent))))
    assert "还没有数据。" in texts(slide) and not any(s.has_chart for s in slide.shapes)


def test_chinese_has_a_font_of_its_own():
    assert b"<a:ea " in parts(CHARTS[Kind.LINE]).xml


def own_template(rename):
    slides = Presentation(io.BytesIO(template_bytes()))
    for layout in slides.slide_layouts:
        layout._element.cSld.set("name", rename.get(layout.name, layout.name))
        for number, place in enumerate(layout.placeholders):
            place._element.nvSpPr.cNvPr.set("name", f"Placeholder {number}")
    slides.slides.add_slide(slides.slide_layouts[0])
    written = io.BytesIO()
    slides.save(written)
    return written.getvalue()


def test_a_bureaus_template_may_name_its_layouts_in_chinese():
    shown = CHARTS[Kind.BAR]
    content = slides_bytes(report(chart_page(shown)), own_template(NAMES))
    (slide,) = read_back(content)  # the template's own slide is not among them
    assert slide.slide_layout.name == "图表" and shown.headline in texts(slide)
    assert the_chart(slide).plots[0].series[0].values


@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x03\x04 cut", b"\x00" * 100])
def test_what_is_no_template_is_refused_in_a_sentence(content):
    with pytest.raises(TemplateError, match=r"\.pptx"):
        slides_bytes(report(), content)
