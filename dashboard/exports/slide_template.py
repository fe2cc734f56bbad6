"""Makes the slide template that ships: 16:9, five named layouts, from python-pptx's blank one.

A bureau puts its own .pptx in its place: any file that has a layout with a title will do. The
placeholders of a layout are told apart by their names, else by their places.
"""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.exports.office_fonts import CHINESE_FONT, LATIN_FONT

TITLE, AGENDA, CHAPTER, CHART, TEXT = "Title", "Agenda", "Chapter", "Chart", "Text"
NAMES = {
    TITLE: "封面",
    AGENDA: "目录",
    CHAPTER: "章节",
    CHART: "图表",
    TEXT: "文字",
}
_TYPES = {TITLE: "title", AGENDA: "obj", CHAPTER: "secHead", CHART: "obj", TEXT: "obj"}
WIDTH, HEIGHT = 13.333, 7.5  # inches
_LEFT, _WIDE = 0.6, 12.13


class Field(NamedTuple):
    """A placeholder of a layout: its name and type, place in inches, type size and colour."""

    name: str
    kind: str
    idx: int
    left: float
    top: float
    width: float
    height: float
    points: float
    tint: str
    bold: bool = False
    anchor: str = "t"
    align: str = "l"


def _fields(theme: Theme) -> dict[str, list[Field]]:
    """The placeholders of each layout. Sizes can be read from the back of a meeting room."""
    foot = [
        Field("source", "body", 15, _LEFT, 6.92, 8.2, 0.4, 11, theme.muted, anchor="ctr"),
        Field("mark", "body", 16, 8.9, 6.92, 3.1, 0.4, 11, theme.warning, True, "ctr", "r"),
        Field("page", "sldNum", 12, 12.05, 6.92, 0.68, 0.4, 11, theme.muted, False, "ctr", "r"),
    ]
    heading = [
        Field("title", "title", 0, _LEFT, 0.28, _WIDE, 0.82, 28, theme.text, True, "b"),
        Field("subtitle", "body", 13, _LEFT, 1.1, _WIDE, 0.4, 14, theme.muted),
    ]
    return {
        TITLE: [
            Field("title", "ctrTitle", 0, 1.1, 2.1, 11.1, 1.3, 40, theme.text, True, "b"),
            Field("subtitle", "subTitle", 1, 1.1, 3.5, 11.1, 0.9, 22, theme.muted),
            Field("content", "body", 14, 1.1, 4.7, 11.1, 1.2, 16, theme.muted),
            *foot[1:2],
        ],
        AGENDA: [
            heading[0],
            Field("content", "body", 1, _LEFT, 1.6, _WIDE, 5.1, 22, theme.text),
            *foot,
        ],
        CHAPTER: [
            Field("title", "title", 0, 1.1, 2.6, 11.1, 1.2, 36, theme.primary, True, "b"),
            Field("content", "body", 1, 1.1, 3.9, 11.1, 1.6, 18, theme.muted),
            *foot,
        ],
        CHART: [
            *heading,
            Field("sentence", "body", 1, _LEFT, 1.55, _WIDE, 0.86, 18, theme.text),
            Field("content", "obj", 14, _LEFT, 2.45, _WIDE, 4.4, 16, theme.text),
            *foot,
        ],
        TEXT: [
            heading[0],
            Field("content", "body", 1, _LEFT, 1.4, _WIDE, 5.4, 18, theme.text),
            *foot,
        ],
    }


def _shape(number: int, field: Field) -> Any:  # noqa: ANN401 - lxml's element
    """The placeholder's XML, as PowerPoint writes it."""
    left, top, width, height = (
        int(Inches(side)) for side in (field.left, field.top, field.width, field.height)
    )
    kind = "" if field.kind == "obj" else f' type="{field.kind}"'
    idx = f' idx="{field.idx}"' if field.idx else ""
    bold = int(field.bold)
    run = (
        f'<a:defRPr sz="{int(field.points * 100)}" b="{bold}">'
        f'<a:solidFill><a:srgbClr val="{field.tint.lstrip("#").upper()}"/></a:solidFill>'
        "</a:defRPr>"
    )
    text = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        '<a:rPr lang="zh-CN"/><a:t>‹#›</a:t></a:fld>'
        if field.kind == "sldNum"
        else f'<a:r><a:rPr lang="zh-CN"/><a:t>{field.name}</a:t></a:r>'
    )
    spaces = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    )
    return etree.fromstring(
        f'<p:sp {spaces}><p:nvSpPr><p:cNvPr id="{number}" name="{field.name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{kind}{idx}/></p:nvPr>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{field.anchor}">'
        "<a:normAutofit/></a:bodyPr><a:lstStyle>"
        f'<a:lvl1pPr marL="0" indent="0" algn="{field.align}"><a:spcBef><a:spcPts val="0"/>'
        f"</a:spcBef><a:buNone/>{run}</a:lvl1pPr></a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _rule(number: int, theme: Theme) -> Any:  # noqa: ANN401
    """A narrow bar in the primary colour at the left edge: the only ornament."""
    spaces = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    )
    return etree.fromstring(
        f'<p:sp {spaces}><p:nvSpPr><p:cNvPr id="{number}" name="edge"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{int(Inches(0.14))}" '
        f'cy="{int(Inches(HEIGHT))}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{theme.primary.lstrip("#").upper()}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _set_fonts(slides: Any, theme: Theme) -> None:  # noqa: ANN401
    """The theme's fonts and colours: what a user picks in PowerPoint then fits the rest."""
    part = next(
        rel.target_part
        for rel in slides.slide_masters[0].part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    root = etree.fromstring(part.blob)
    for which in ("majorFont", "minorFont"):
        fonts = root.find(f".//{qn('a:' + which)}")
        fonts.find(qn("a:latin")).set("typeface", LATIN_FONT)
        fonts.find(qn("a:ea")).set("typeface", CHINESE_FONT)
    tints = {f"accent{i + 1}": tint for i, tint in enumerate(theme.categorical)}
    tints |= {"dk2": theme.text, "hlink": theme.primary}
    for name, tint in tints.items():
        slot = root.find(f".//{qn('a:' + name)}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", tint.lstrip("#").upper())
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def template_bytes(theme: Theme = SCREEN) -> bytes:
    """The shipped template as a .pptx, to be used as it is or changed in PowerPoint."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _set_fonts(slides, theme)
    layouts, fields = slides.slide_layouts, _fields(theme)
    for surplus in list(layouts)[len(fields) :]:
        layouts.remove(surplus)
    for layout, (name, placeholders) in zip(list(layouts), fields.items(), strict=True):
        layout._element.cSld.set("name", name)
        layout._element.set("type", _TYPES[name])
        tree = layout.shapes._spTree
        for shape in list(layout.shapes):
            tree.remove(shape._element)
        tree.append(_rule(2, theme))
        for number, field in enumerate(placeholders, start=3):
            tree.append(_shape(number, field))
    written = io.BytesIO()
    slides.save(written)
    return written.getvalue()
