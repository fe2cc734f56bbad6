"""Slides in templates that know nothing of this program: PowerPoint's and WPS's usual layouts."""

import io

import pytest
from chart_cases import one_of_each_kind
from pptx import Presentation
from test_slides import chart_page, read_back, report, texts

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.report import PageKind, Phrase, ReportPage
from dashboard.exports.running_text import closed_up
from dashboard.exports.slides import slides_bytes

CHARTS = one_of_each_kind()
CHINESE = {
    "Title Slide": "标题幻灯片",
    "Title and Content": "标题和内容",
    "Section Header": "节标题",
    "Title Only": "仅标题",
}


def template(names=None, keep=None):
    """PowerPoint's plain 4:3 template, its layouts renamed, those not in ``keep`` taken out."""
    slides = Presentation()
    for layout in list(slides.slide_layouts):
        if keep is not None and layout.name not in keep:
            slides.slide_layouts.remove(layout)
        else:
            layout._element.cSld.set("name", (names or {}).get(layout.name, layout.name))
    written = io.BytesIO()
    slides.save(written)
    return written.getvalue()


PAGES = (
    ReportPage(PageKind.TITLE, "题目"),
    ReportPage(PageKind.AGENDA, "目录", lines=("一", "二", "三")),
    ReportPage(PageKind.CHAPTER, "社会救助", lines=("两张图",)),
    chart_page(CHARTS[Kind.BAR]),
    chart_page(CHARTS[Kind.TABLE]),
    ReportPage(PageKind.TEXT, "文字", paragraphs=((Phrase("一句话。"),),)),
)


def overlapping(slide):
    boxes = [
        (shape.name, shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
        for shape in slide.shapes
    ]
    return [
        (one[0], other[0])
        for i, one in enumerate(boxes)
        for other in boxes[i + 1 :]
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


@pytest.mark.parametrize("names", [None, CHINESE], ids=["english", "chinese"])
def test_a_template_with_the_usual_layouts_gets_every_word_of_the_report(names):
    content = slides_bytes(report(*PAGES, mark="演示数据"), template(names))
    slides = read_back(content)
    assert len(slides) == len(PAGES)
    for slide, page in zip(slides, PAGES, strict=True):
        words = texts(slide)
        assert page.message in words
        assert any("演示数据" in text and "K7Q2-M4XD" in text for text in words)
    for slide, kind in zip(slides[3:5], (Kind.BAR, Kind.TABLE), strict=True):
        shown = CHARTS[kind]
        assert {shown.explained, shown.sentence, closed_up(shown.source)} <= set(texts(slide))
        assert any(shape.has_chart or shape.has_table for shape in slide.shapes)


def test_nothing_lies_over_anything_else_or_off_the_slide():
    content = slides_bytes(report(*PAGES, mark="演示数据"), template())
    shown = Presentation(io.BytesIO(content))
    for slide in shown.slides:
        assert overlapping(slide) == []
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= shown.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= shown.slide_height


def test_a_layout_with_a_title_alone_takes_a_chart():
    keep = ("Title Slide", "Section Header", "Title Only")
    shown = CHARTS[Kind.LINE]
    own = template(
        {"Title Slide": "封面", "Title Only": "图表", "Title and Content": "目录", "Blank": "文字"},
        (*keep, "Title and Content", "Blank"),
    )
    (slide,) = read_back(slides_bytes(report(chart_page(shown)), own))
    assert {shown.headline, shown.explained, shown.sentence, closed_up(shown.source)} <= set(
        texts(slide)
    )
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    assert frame.height > 0.4 * 6858000 and overlapping(slide) == []
