"""Brings the native charts and texts of an exported deck to other figures, in their places.

Charts are known by the code in their alternative text, texts by the words they were written with:
a text that a person changed is left alone, and so is everything that is not from this program.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pptx import Presentation

from dashboard.base.language import Text, word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.chart_pages import page_of
from dashboard.charts.model.report import ReportPage
from dashboard.exports.chart_codes import ChartCode, coded, page_number, read_code
from dashboard.exports.deck_slides import SlideTwins, Twin, refresh_texts, write_text
from dashboard.exports.native_bullet import (
    alternative_of,
    describe,
    refill_bullet,
    refill_streets,
)
from dashboard.exports.native_charts import refill, values_of
from dashboard.exports.refresh_changes import FileChange
from dashboard.exports.slide_places import BREAK, places
from dashboard.exports.slides import UNREADABLE, page_texts
from dashboard.exports.template_files import TemplateError

_Shape = Any  # python-pptx carries no types


class Renewed(NamedTuple):
    """What a code stands for, before and now: pages whose texts and charts are compared.

    ``then`` is None where the file's own period is not known.
    """

    then: ReportPage | None
    now: ReportPage


Find = Callable[[ChartCode], Renewed | None]


def opened(content: bytes) -> Any:  # noqa: ANN401 - python-pptx carries no types
    """The deck of a file; raises TemplateError."""
    try:
        return Presentation(io.BytesIO(content))
    except UNREADABLE as error:
        raise TemplateError(
            Text("不是 PowerPoint 文件（.pptx）", "not a PowerPoint file (.pptx)")
        ) from error


def receipt_of(content: bytes) -> str:
    """The receipt code that a deck carries; "" where it has none. Raises TemplateError."""
    return str(opened(content).core_properties.comments or "")


def refreshed(
    content: bytes, find: Find, twins: SlideTwins | None = None, receipt: str = ""
) -> tuple[bytes, list[FileChange]]:
    """The deck with its charts and texts of now, and what was changed; raises TemplateError.

    ``twins`` are the slides of its report then and now, None where that is not known; ``receipt``
    is the code of the view that the deck now is.
    """
    deck = opened(content)
    changes: list[FileChange] = []
    for number, slide in enumerate(deck.slides, start=1):
        twin = twins.of(slide) if twins else None
        changes += _slide(number, slide, find, twin)
        if twin is not None:
            changes += refresh_texts(number, slide, twin)
    changes += [FileChange(0, "new", title) for title in twins.new] if twins else []
    if receipt:
        deck.core_properties.comments = receipt
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue(), changes


def _slide(number: int, slide: Any, find: Find, twin: Twin | None) -> Iterator[FileChange]:  # noqa: ANN401
    pages: list[Renewed] = []
    for shape, code in _coded_charts(slide):
        renewed = find(code)
        part = _part(code, renewed)
        if renewed is None or part is None:
            yield FileChange(number, "absent", shape.name)
            continue
        if _chart(shape, code, renewed, part):
            yield FileChange(number, "chart", part.title)
        pages.append(renewed)
    if twin is None or twin.now is None:
        yield from _untwinned(number, slide, pages, twin)


def _untwinned(
    number: int,
    slide: Any,  # noqa: ANN401
    pages: list[Renewed],
    twin: Twin | None,
) -> Iterator[FileChange]:
    """The texts of a slide that the report of now has not, by its first chart."""
    if pages:
        yield from _texts(number, slide, pages[0])
    elif twin is not None:
        yield FileChange(number, "gone")


def _coded_charts(slide: Any) -> Iterator[tuple[_Shape, ChartCode]]:  # noqa: ANN401
    """The charts of a slide that are from this program, each with its code."""
    for shape in slide.shapes:
        code = read_code(alternative_of(shape)) if shape.has_chart else None
        if code is not None:
            yield shape, code


def _part(code: ChartCode, renewed: Renewed | None) -> Chart | None:
    """The page of the chart of now for which a code stands; None where there is no figure."""
    chart = renewed.now.chart if renewed else None
    return page_of(chart, page_number(code)) if chart and not chart.empty else None


def _chart(shape: _Shape, code: ChartCode, renewed: Renewed, chart: Chart) -> bool:
    """Writes the figures of now into a chart; says whether any is another one."""
    before = values_of(shape.chart)
    part, target = dict(code.query).get("part", ""), renewed.now.target
    if part == "bullet" and target is not None and target.bullet is not None:
        refill_bullet(shape, target.bullet, chart.language)
        _describe(shape, target.bullet.description(word("chart_comma", chart.language)))
    elif part == "streets" and target is not None and target.streets:
        refill_streets(shape, target)
        _describe(shape, target.streets_description())
    elif not part:
        refill(shape, chart)
        _describe(shape, chart.sentence)
        if shape.name:
            shape.name = chart.title
    return values_of(shape.chart) != before


def _describe(shape: _Shape, sentence: str) -> None:
    """Writes the sentence of now into the alternative text; the code stays as it stands."""
    alternative = alternative_of(shape)
    code = alternative[alternative.rindex("[") :]
    describe(shape, coded(sentence, code))


def _texts(number: int, slide: Any, renewed: Renewed) -> Iterator[FileChange]:  # noqa: ANN401
    """The texts that stand as they were written then; those a person changed are named."""
    if renewed.then is None:
        return
    then, now = page_texts(renewed.then), page_texts(renewed.now)
    if now["remarks"] and not then["remarks"]:  # a mark has no place of its own on the slide yet
        now["source"] = " · ".join((now["source"], now["remarks"].replace("\n", " ")))
    named = {shape.shape_id: name for name, shape in places(slide).items()}
    for shape in filter(_has_text, slide.shapes):
        text_now = shape.text_frame.text.replace(BREAK, "")
        name = _name_of(text_now, then)
        if name and now.get(name, "") != text_now:
            write_text(shape.text_frame, now.get(name, ""))
            yield FileChange(number, "text", shape.name, text_now, now.get(name, ""))
        elif not name and then.get(named.get(shape.shape_id, ""), ""):
            yield FileChange(number, "kept", shape.name, text_now)


def _has_text(shape: _Shape) -> bool:
    return bool(shape.has_text_frame and shape.text_frame.text.strip())


def _name_of(written: str, then: Mapping[str, str]) -> str:
    """The place whose text of then stands as it was written; "" where a person changed it."""
    names = (name for name, text in then.items() if _is_as_written(name, text, written))
    return next(names, "")


def _is_as_written(name: str, text: str, written: str) -> bool:
    """Whether a text stands as it was written; a source of then also names its day of knowledge."""
    return bool(text) and (text == written or (name == "source" and text.startswith(written)))
