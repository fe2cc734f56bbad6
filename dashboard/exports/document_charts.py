"""Writes other figures into the native charts of a Word document that a person may have changed."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree
from pptx import Presentation
from pptx.chart.chart import Chart as NativeChart
from pptx.oxml import parse_xml

from dashboard.charts.model.chart import Chart
from dashboard.exports.native_charts import Box, draw, refill, values_of
from dashboard.exports.reference_lines import CONTENT_TYPE, RELATION

_CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_BOOK = f"{{{_CHART_SPACE}}}externalData"
_SHAPES = f"{{{_CHART_SPACE}}}userShapes"
_Part = Any  # python-docx and python-pptx carry no types


class _Frame(NamedTuple):
    """A chart with its size in EMU, as a slide's frame has them."""

    chart: Any
    width: int
    height: int


class DrawnChart(NamedTuple):
    """A chart of a document: its description and its part."""

    described: Any
    part: _Part
    size: tuple[int, int]


def charts_of(document: Any) -> list[DrawnChart]:  # noqa: ANN401
    """The native charts of a document, in order."""
    charts = []
    for drawing in document.element.body.iter(qn("w:drawing")):
        chart = drawing.find(f".//{{{_CHART_SPACE}}}chart")
        described, extent = (drawing.find(f".//{qn(tag)}") for tag in ("wp:docPr", "wp:extent"))
        part = document.part.related_parts.get(chart.get(qn("r:id"))) if chart is not None else None
        if part is not None and described is not None and extent is not None:
            size = (int(extent.get("cx")), int(extent.get("cy")))
            charts.append(DrawnChart(described, part, size))
    return charts


def redraw(drawn: DrawnChart, chart: Chart) -> bool:
    """Writes the figures of a chart into its place; says whether any is another one.

    Workbook, caches, axis, marks and lines across it are those of now; look and size stay.
    """
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    model = draw(chart, slide.shapes, Box(0, 0, *drawn.size), 10.5).chart.part
    element = parse_xml(drawn.part.blob)
    _lead(element, _BOOK, _link(model, RELATIONSHIP_TYPE.PACKAGE))
    _lead(element, _SHAPES, _link(model, RELATION))
    model._element = element
    native = NativeChart(element, model)
    before = values_of(native)
    refill(_Frame(native, *drawn.size), chart)
    _put_back(drawn.part, model)
    return values_of(native) != before


def _link(part: _Part, kind: str) -> str:
    """The id of a part's relation of this kind; "" where it has none."""
    return next((name for name, rel in part.rels.items() if rel.reltype == kind), "")


def _lead(element: Any, tag: str, link: str) -> None:  # noqa: ANN401
    """Lets the element of this tag name that relation; removes it where there is none."""
    for found in element.findall(tag):
        if link:
            found.set(qn("r:id"), link)
        else:
            element.remove(found)


def _put_back(part: _Part, model: _Part) -> None:
    """Stores what was written into a slide's chart in that of the document."""
    _store(part, RELATIONSHIP_TYPE.PACKAGE, model.chart_workbook.xlsx_part.blob)
    link = _link(model, RELATION)
    is_crossed = model._element.find(_SHAPES) is not None and link
    if is_crossed:
        _store(part, RELATION, model.rels[link].target_part.blob)
    tree = etree.fromstring(model.blob)
    _lead(tree, _BOOK, _link(part, RELATIONSHIP_TYPE.PACKAGE))
    _lead(tree, _SHAPES, _link(part, RELATION) if is_crossed else "")
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _store(part: _Part, kind: str, content: bytes) -> None:
    """Writes the content into the related part of this kind, a new one where there is none."""
    link = _link(part, kind)
    if link:
        part.rels[link].target_part._blob = content
        return
    folder = str(part.partname).rpartition("/")[2].removesuffix(".xml")
    is_book = kind == RELATIONSHIP_TYPE.PACKAGE
    name = f"/word/embeddings/{folder}_new.xlsx" if is_book else f"/word/drawings/{folder}_new.xml"
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    new = Part(PackURI(name), book if is_book else CONTENT_TYPE, content, part.package)
    part.relate_to(new, kind)
