"""Writes what python-docx has no word for: native charts, and figures that know their origin."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu
from lxml import etree

from dashboard.charts.model.chart import Chart
from dashboard.charts.model.report import Phrase
from dashboard.exports.chart_codes import coded
from dashboard.exports.document_styles import LATIN_FACE
from dashboard.exports.native_charts import parts
from dashboard.exports.reference_lines import CONTENT_TYPE, RELATION

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MOST_IN_A_NAME = 40  # Word's limit for the name of a bookmark


class Numbers:
    """Numbers that must differ within one document: of charts, drawings and bookmarks."""

    def __init__(self) -> None:
        """Starts at one."""
        self.charts: Iterator[int] = count(1)
        self.shapes: Iterator[int] = count(1)
        self.figures: Iterator[int] = count(1)


_TYPOGRAPHIC = re.compile("([\u2010-\u2027]+)")  # quotes, dashes: Word takes them for Chinese


def latin_quotes(body: Any) -> None:  # noqa: ANN401
    """Sets curly quotes and dashes of an English text in its Latin typeface.

    Word gives them the East Asian one, which draws them a character wide, unless a run that holds
    nothing else says otherwise.
    """
    for run in list(body.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        if len(texts) != 1 or not _TYPOGRAPHIC.search(texts[0].text or ""):
            continue
        for piece in filter(None, _TYPOGRAPHIC.split(texts[0].text)):
            part = deepcopy(run)
            text = part.find(qn("w:t"))
            text.text = piece
            text.set(qn("xml:space"), "preserve")
            if _TYPOGRAPHIC.match(piece):
                look = part.get_or_add_rPr()
                fonts = look.get_or_add_rFonts()
                fonts.set(qn("w:eastAsia"), LATIN_FACE)
                fonts.set(qn("w:hint"), "default")
            run.addprevious(part)
        run.getparent().remove(run)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of a document: ``size`` is its width and height in EMU, ``code`` names it."""

    chart: Chart
    size: tuple[int, int]
    code: str = ""


def add_chart(paragraph: Any, drawing_of: Drawing, numbers: Numbers) -> None:  # noqa: ANN401
    """Puts a chart with its workbook into a paragraph."""
    chart, size = drawing_of.chart, drawing_of.size
    package, number = paragraph.part.package, next(numbers.charts)
    made = parts(chart, size=size)
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, made.workbook, package)
    tree = etree.fromstring(made.xml)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    link = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    tree.find(f"{{{_CHART_SPACE}}}externalData").set(qn("r:id"), link)
    if made.shapes:
        drawing_name = PackURI(f"/word/drawings/drawing{number}.xml")
        drawn = Part(drawing_name, CONTENT_TYPE, made.shapes, package)
        tree.find(f"{{{_CHART_SPACE}}}userShapes").set(qn("r:id"), part.relate_to(drawn, RELATION))
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    place = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent cx="{Emu(size[0])}" cy="{Emu(size[1])}"/>'
        f'<wp:docPr id="{next(numbers.shapes)}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART_SPACE}">'
        f'<c:chart xmlns:c="{_CHART_SPACE}" r:id="{place}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    described = drawing.find(f".//{qn('wp:docPr')}")
    described.set("title", chart.title)
    described.set("descr", coded(chart.sentence, drawing_of.code))
    paragraph.add_run()._element.append(drawing)


def add_figure(paragraph: Any, phrase: Phrase, numbers: Numbers) -> None:  # noqa: ANN401
    """A figure in a hidden bookmark that is named after its origin."""
    trace = phrase.trace
    if trace is None:
        paragraph.add_run(phrase.text)
        return
    number = next(numbers.figures)
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}"/>')
    start.set(qn("w:name"), bookmark_name(number, trace.text))
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
    paragraph._element.append(start)
    paragraph.add_run(phrase.text)
    paragraph._element.append(end)


def bookmark_name(number: int, origin: str) -> str:
    """_F0012_marriages_990101_2026_10_7: hidden, and within the length that Word allows."""
    name = f"_F{number:04}_" + re.sub(r"[^0-9A-Za-z]+", "_", origin).strip("_")
    if len(name) <= _MOST_IN_A_NAME:
        return name
    return name[: _MOST_IN_A_NAME - 9] + "_" + hashlib.sha256(origin.encode()).hexdigest()[:8]
