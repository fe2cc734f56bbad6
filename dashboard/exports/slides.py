"""Writes a report as slides: native charts and tables in a template with named layouts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from zipfile import BadZipFile

from lxml import etree
from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.exc import PackageNotFoundError

from dashboard.base.language import Text, word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.report import PageKind, Paragraph, Report, ReportPage
from dashboard.charts.model.target_slide import TargetSlide
from dashboard.exports import slide_template as template
from dashboard.exports.chart_codes import code_of, coded
from dashboard.exports.deck_order import deck_pages
from dashboard.exports.file_properties import drop_thumbnail, stamp
from dashboard.exports.native_bullet import (
    describe,
    draw_bullet,
    draw_streets,
    label_bullet,
    path_box,
)
from dashboard.exports.native_charts import Box, draw
from dashboard.exports.page_remarks import page_remarks
from dashboard.exports.running_text import printed
from dashboard.exports.slide_cards import MOST_CARDS, add_cards
from dashboard.exports.slide_layouts import layout_of
from dashboard.exports.slide_lines import broken_findings, broken_head
from dashboard.exports.slide_places import (
    add_remarks,
    fit,
    fit_head,
    list_findings,
    make_room,
    page_number,
    places,
    set_type,
    spread,
    take_rest,
    take_room,
)
from dashboard.exports.slide_tables import add_table, pages_of
from dashboard.exports.template_files import TemplateError

_Slide = Any  # python-pptx carries no types
_LAYOUTS = {
    PageKind.TITLE: template.TITLE,
    PageKind.AGENDA: template.AGENDA,
    PageKind.CHAPTER: template.CHAPTER,
    PageKind.CHART: template.CHART,
    PageKind.SCORECARD: template.CHART,
    PageKind.TABLE: template.CHART,
    PageKind.FIGURES: template.CHART,
    PageKind.APPENDIX: template.CHART,
    PageKind.TEXT: template.TEXT,
    PageKind.FINDINGS: template.CHART,
}

UNREADABLE = (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError, OSError)
_HEADED = (
    PageKind.CHART,
    PageKind.SCORECARD,
    PageKind.TABLE,
    PageKind.FIGURES,
    PageKind.APPENDIX,
)
_COVERS = (PageKind.TITLE, PageKind.CHAPTER)  # their title has most of the slide to itself
_NO_TITLE = Text(
    "模板里没有带标题的版式；请在“幻灯片母版”里给版式加上标题占位符",
    "the template has no layout with a title: add a title placeholder in the slide master",
)


_NOT_WHOLE = Text(
    "模板缺少部件，打不开；请在 PowerPoint 或 WPS 中另存后再用",
    "a part of the template is missing: save it anew in PowerPoint or WPS",
)


def open_template(content: bytes | None) -> Any:  # noqa: ANN401
    """The presentation of a template without its slides; None is the shipped one.

    Raises TemplateError for a file that is no .pptx, an empty one too, or has no title anywhere.
    """
    try:
        given = template.template_bytes() if content is None else content
        slides = Presentation(io.BytesIO(given))
    except UNREADABLE as error:
        raise TemplateError(
            Text(
                "模板不是 PowerPoint 文件（.pptx）", "the template is not a PowerPoint file (.pptx)"
            )
        ) from error
    while len(slides.slides._sldIdLst):
        first = slides.slides._sldIdLst[0]
        slides.part.drop_rel(first.rId)
        slides.slides._sldIdLst.remove(first)
    try:
        layout = layout_of(slides, template.CHART)
    except KeyError as error:  # python-pptx follows a reference to a part that is not there
        raise TemplateError(_NOT_WHOLE) from error
    if layout is None:
        raise TemplateError(_NO_TITLE)
    return slides


def _write(place: Any, lines: Iterable[str]) -> None:  # noqa: ANN401
    """Fills a placeholder, a paragraph a line."""
    lines = list(lines)
    frame = place.text_frame
    frame.text = lines[0] if lines else ""
    for line in lines[1:]:
        frame.add_paragraph().text = line


def paragraph_texts(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The text of each paragraph."""
    return ["".join(phrase.text for phrase in paragraph) for paragraph in paragraphs]


def _box(place: Any) -> Box:  # noqa: ANN401
    return Box(place.left, place.top, place.width, place.height)


def _drop(place: Any) -> None:  # noqa: ANN401
    place._element.getparent().remove(place._element)


class _How(NamedTuple):
    """For which selection, as an address, charts are drawn; without ``draws`` their texts alone."""

    query: str
    draws: bool = True


def _draw_chart(slide: _Slide, page: ReportPage, content: Any, how: _How) -> None:  # noqa: ANN401
    chart = page.chart
    if chart is None or chart.empty:
        _write(content, [chart.empty if chart else ""])
        return
    box = _box(content)
    _drop(content)
    if chart.kind is Kind.TABLE:
        add_table(slide, chart.table, box)
    elif page.target is not None:
        _draw_target(slide, page, box, how)
    else:
        _add_chart(slide, chart, box, how)


def _add_chart(slide: _Slide, chart: Chart, box: Box, how: _How, points: float = 14) -> None:
    if not how.draws:
        return
    frame = draw(chart, slide.shapes, box, points)
    frame.name = chart.title
    describe(frame, coded(chart.sentence, code_of(chart, how.query)))


def _draw_target(slide: _Slide, page: ReportPage, box: Box, how: _How) -> None:
    """The task as a bullet, the path below it, the streets and the reason at its side."""
    chart, target = page.chart, page.target
    assert chart is not None and target is not None
    path, side = path_box(box, target)
    if target.bullet is not None:
        label_bullet(slide, target.bullet, box, word("chart_comma", chart.language))
        if how.draws:
            bullet = draw_bullet(slide, target.bullet, box, chart.language)
            description = target.bullet.description(word("chart_comma", chart.language))
            describe(bullet, coded(description, code_of(chart, how.query, "bullet")))
    if target.facts is not None:
        add_cards(slide, target.facts, path)
    else:
        _add_chart(slide, chart, path, how)
    streets = draw_streets(slide, target, side, chart.language, how.draws) if side.width else None
    if streets is not None:
        code = code_of(chart, how.query, "streets")
        describe(streets, coded(target.streets_description(), code))


def _draw_table(slide: _Slide, page: ReportPage, content: Any, how: _How) -> None:  # noqa: ANN401
    if page.table is None:
        return _draw_chart(slide, page, content, how)
    box = _box(content)
    _drop(content)
    add_table(slide, page.table, box)
    return None


def _draw_text(slide: _Slide, page: ReportPage, content: Any, _how: _How) -> None:  # noqa: ANN401
    lines = paragraph_texts(page.paragraphs) or page.lines
    if lines:
        _write(content, lines)
    else:
        _drop(content)


def _draw_figures(slide: _Slide, page: ReportPage, content: Any, how: _How) -> None:  # noqa: ANN401
    """A few figures as large cards; more of them as a table."""
    if page.table is None or len(page.table.rows) > MOST_CARDS:
        return _draw_table(slide, page, content, how)
    box = _box(content)
    _drop(content)
    add_cards(slide, page.table, box)
    return None


def _draw_paragraphs(slide: _Slide, page: ReportPage, content: Any, how: _How) -> None:  # noqa: ANN401
    """A text, in type as large as its place allows."""
    _draw_text(slide, page, content, how)
    if page.paragraphs:
        spread(content, paragraph_texts(page.paragraphs))


def _draw_agenda(slide: _Slide, page: ReportPage, content: Any, _how: _How) -> None:  # noqa: ANN401
    """The titles numbered, spread over their place."""
    _write(content, page.lines)
    list_findings(content, page.lines)


def _draw_findings(slide: _Slide, page: ReportPage, content: Any, _how: _How) -> None:  # noqa: ANN401
    """The findings numbered, in large type, spread over their place."""
    lines = broken_findings(content, paragraph_texts(page.paragraphs))
    _write(content, lines)
    list_findings(content, lines)


_DRAW: dict[PageKind, Callable[[_Slide, ReportPage, Any, _How], None]] = {
    PageKind.TITLE: _draw_text,
    PageKind.AGENDA: _draw_agenda,
    PageKind.CHAPTER: _draw_paragraphs,
    PageKind.TEXT: _draw_paragraphs,
    PageKind.FINDINGS: _draw_findings,
    PageKind.CHART: _draw_chart,
    PageKind.SCORECARD: _draw_table,
    PageKind.TABLE: _draw_table,
    PageKind.FIGURES: _draw_figures,
    PageKind.APPENDIX: _draw_table,
}


def _add_number(slide: _Slide) -> None:
    """The page number: python-pptx leaves a layout's own out of its slides."""
    shape = page_number(slide)
    if shape is not None:
        slide.shapes._spTree.append(etree.fromstring(etree.tostring(shape._element)))


def _subtitle(report: Report, page: ReportPage) -> str:
    """The page's own, the report's on its first pages, else that of the chart."""
    is_first = page.kind is PageKind.TITLE or page.level == 0
    if is_first and not page.subtitle:
        return report.subtitle
    return page.explained


def _texts(report: Report, page: ReportPage) -> dict[str, list[str]]:
    """The lines of each text of a slide, by the name of its place."""
    chart = page.chart
    sentence = [chart.sentence] if chart and not chart.empty else []
    texts = {
        "title": [page.message],
        "subtitle": [_subtitle(report, page)],
        # the paragraphs of other pages are their content
        "sentence": (paragraph_texts(page.paragraphs) or sentence) if page.kind in _HEADED else [],
        "source": [page.source or (chart.source if chart else "")],
        "mark": [" · ".join(text for text in (report.demo_mark, report.receipt) if text)],
    }
    return {name: _printed(lines, report.language) for name, lines in texts.items()}


def _printed(lines: Iterable[str], language: str) -> list[str]:
    return [printed(line, language) for line in lines]


def page_texts(page: ReportPage) -> dict[str, str]:
    """The texts of a chart's page by the name of their place, as they stand on its slide."""
    chart = page.chart
    language = chart.language if chart else "zh"
    sentence = paragraph_texts(page.paragraphs) or ([chart.sentence] if chart else [])
    source = page.source or (chart.source if chart else "")
    texts = {
        "title": page.message,
        "label": chart.title if chart else "",  # of a page that is not titled by its finding
        "subtitle": page.explained,
        "unit": chart.subtitle if chart else "",
        "sentence": "\n".join(sentence),
        "source": source,
        "remarks": "\n".join(page_remarks(page, language)),
    }
    texts |= _target_texts(page.target, language) if page.target else {}
    return {name: printed(text, language) for name, text in texts.items()}


def _target_texts(target: TargetSlide, language: str) -> dict[str, str]:
    """The texts beside a target's path, and those of its task where that is known."""
    head = word("deck_where", language, what=target.head)
    texts = {"reason": target.why, "where": head if target.streets else ""}
    bullet = target.bullet
    if bullet is not None:
        done = bullet.done_line(word("chart_comma", language))
        texts |= {"done": done, "end": bullet.end_text}
    return texts


def _write_places(shapes: dict[str, Any], texts: dict[str, list[str]], headed: bool) -> None:
    """Fills the places of a slide that have a text, and removes the others."""
    for name in [name for name in texts if name in shapes]:
        if any(texts[name]):
            lines = broken_head(shapes[name], name, texts[name]) if headed else texts[name]
            _write(shapes[name], lines)
            set_type(shapes[name], name)
            if headed:
                fit_head(shapes[name], name, lines)
        else:
            _drop(shapes[name])


def _as_printed(page: ReportPage, language: str) -> ReportPage:
    """The page with its own texts as they stand on a slide."""
    paragraphs = tuple(
        tuple(replace(phrase, text=printed(phrase.text, language)) for phrase in paragraph)
        for paragraph in page.paragraphs
    )
    return replace(page, paragraphs=paragraphs, lines=tuple(_printed(page.lines, language)))


@dataclass(frozen=True, slots=True)
class _Deck:
    """A deck while it is written: ``own`` is a bureau's template, ``draws`` whether charts are."""

    slides: Any  # python-pptx carries no types
    report: Report
    own: bool
    draws: bool


def _remarks(page: ReportPage, language: str) -> list[str]:
    """The remarks below its content; a card of a key figure says itself what must be known."""
    if page.kind not in _HEADED or page.kind is PageKind.FIGURES:
        return []
    return _printed(page_remarks(page, language), language)


def _add(deck: _Deck, page: ReportPage) -> None:
    slides, report, own = deck.slides, deck.report, deck.own
    page = _as_printed(page, report.language)
    slide = slides.slides.add_slide(layout_of(slides, _LAYOUTS[page.kind]))
    shapes, headed = places(slide), page.kind in _HEADED
    texts = _texts(report, page)
    filled = {name for name, lines in texts.items() if any(lines)}
    if "sentence" not in filled:
        take_room(shapes)
    make_room(slides, slide, shapes, filled)
    _write_places(shapes, texts, page.kind not in _COVERS)
    if not own:  # the type of a bureau's template is not known
        take_rest(shapes, texts["sentence"])
    content = shapes["content"]
    add_remarks(slide, content, _remarks(page, report.language))
    _DRAW[page.kind](slide, page, content, _How(report.query, deck.draws))
    if own and not headed:
        fit(content, paragraph_texts(page.paragraphs) or list(page.lines))
    _add_number(slide)
    if page.notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(page.notes)


def slides_of(report: Report, own_template: bytes | None = None, *, draws: bool = True) -> Any:  # noqa: ANN401
    """The report as a presentation; without ``draws`` it has its texts and tables, no charts.

    Raises TemplateError.
    """
    slides = open_template(own_template)
    slides.core_properties.title = report.title
    slides.core_properties.comments = report.receipt
    stamp(slides.core_properties, report.bureau, report.language)
    drop_thumbnail(slides)
    deck = _Deck(slides, report, own_template is not None, draws)
    for _, page in deck_pages(report):
        if page.kind is PageKind.TITLE and report.hidden:
            page = replace(page, lines=(*page.lines, report.hidden))
        for report_page in pages_of(page):
            _add(deck, report_page)
    return slides


def slides_bytes(report: Report, own_template: bytes | None = None) -> bytes:
    """The report as a .pptx in the shipped template or the bureau's own; raises TemplateError."""
    written = io.BytesIO()
    slides_of(report, own_template).save(written)
    return written.getvalue()
