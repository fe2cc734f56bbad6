"""Defines the look of an official document after GB/T 9704: paper, margins, typefaces, spacing.

Sizes are the traditional ones: 二号 is 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt, 五号 10.5 pt.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TITLE_FACE, BODY_FACE = "方正小标宋简体", "仿宋_GB2312"
HEADING_FACE, SECTION_FACE, FOOT_FACE = "黑体", "楷体_GB2312", "宋体"
LATIN_FACE = "Times New Roman"
PAPER = (Mm(210), Mm(297))
MARGINS = {"top": Mm(37), "bottom": Mm(35), "left": Mm(28), "right": Mm(26)}
LINE = Pt(28)
TEXT_WIDTH = Mm(210 - 28 - 26)


class Look(NamedTuple):
    """A paragraph style: typeface, size in points, how it stands."""

    name: str
    face: str
    points: float
    bold: bool = False
    centred: bool = False
    indented: bool = False  # two characters, as Chinese paragraphs are
    line: bool = True  # on the document's fixed line spacing
    outline: int = 0  # 1, 2 … for headings


TITLE = Look("Report title", TITLE_FACE, 22, centred=True)
SUBTITLE = Look("Report subtitle", SECTION_FACE, 16, centred=True)
CHAPTER = Look("Report chapter", HEADING_FACE, 16, indented=True, outline=1)
SECTION = Look("Report section", SECTION_FACE, 16, indented=True, outline=2)
POINT = Look("Report point", BODY_FACE, 16, bold=True, indented=True, outline=3)
SUBPOINT = Look("Report subpoint", BODY_FACE, 16, indented=True, outline=4)
BODY = Look("Report body", BODY_FACE, 16, indented=True)
CAPTION = Look("Report caption", HEADING_FACE, 12, centred=True, line=False)
UNIT = Look("Report unit", BODY_FACE, 10.5, line=False)
CELL = Look("Report cell", BODY_FACE, 10.5, line=False)
SMALL_CELL = Look("Report small cell", BODY_FACE, 9, line=False)  # of tables of many columns
SOURCE = Look("Report source", BODY_FACE, 10.5, line=False)
SIGNED = Look("Report signatures", BODY_FACE, 12)
ANNEX = Look("Report annex", HEADING_FACE, 16, outline=1)
LOOKS = (
    TITLE,
    SUBTITLE,
    CHAPTER,
    SECTION,
    POINT,
    SUBPOINT,
    BODY,
    CAPTION,
    UNIT,
    CELL,
    SMALL_CELL,
    SOURCE,
    SIGNED,
    ANNEX,
)


def _fonts(properties: Any, face: str) -> None:  # noqa: ANN401 - python-docx is untyped
    fonts = properties.get_or_add_rFonts()
    for where in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(where), LATIN_FACE)
    fonts.set(qn("w:eastAsia"), face)


def _add_style(document: Any, look: Look) -> None:  # noqa: ANN401
    style = document.styles.add_style(look.name, 1)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(look.points), look.bold
    _fonts(style.element.get_or_add_rPr(), look.face)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if look.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    if look.centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look.indented:
        indent = style.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(int(look.points * 2 * 20)))
    if look.outline:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.outline - 1))
        style.element.get_or_add_pPr().append(level)
        form.keep_with_next = True


def field(paragraph: Any, instruction: str) -> None:  # noqa: ANN401
    """Adds a field that the reader's Word fills in: PAGE, NUMPAGES."""
    for kind, text in (("begin", ""), ("", instruction), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)


def _add_feet(section: Any, mark: str) -> None:  # noqa: ANN401
    """The page number between dashes, right on odd and left on even pages, and the mark of demo
    figures at the head of each.
    """
    odd, even = (
        (section.footer, section.header),
        (section.even_page_footer, section.even_page_header),
    )
    for (footer, header), side in ((odd, "right"), (even, "left")):
        foot = footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        indent = foot._element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn(f"w:{side}Chars"), "100")  # a character from the edge, as GB/T 9704 has it
        foot.add_run("— ")
        field(foot, "PAGE")
        foot.add_run(" —")
        for run in foot.runs:
            run.font.size = Pt(14)
            _fonts(run._element.get_or_add_rPr(), FOOT_FACE)
        head = header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if mark:
            run = head.add_run(mark)
            run.font.size, run.font.color.rgb = Pt(10.5), RGBColor(0x8A, 0x5A, 0x00)
            _fonts(run._element.get_or_add_rPr(), HEADING_FACE)


CLOSE = {"zh": (Pt(20), Pt(14)), "en": (Pt(15), Pt(11))}  # lines and type; English is longer
CLOSE_MARGINS = {"top": Mm(28), "bottom": Mm(25)}


def set_closer(document: Any, language: str) -> None:  # noqa: ANN401
    """Sets text and headings smaller on closer lines: what is to take one page."""
    line, size = CLOSE[language]
    for look in (CHAPTER, SECTION, BODY):
        style = document.styles[look.name]
        style.font.size, style.paragraph_format.line_spacing = size, line
    for side, width in CLOSE_MARGINS.items():
        setattr(document.sections[0], f"{side}_margin", width)


def prepare(document: Any, language: str, mark: str) -> None:  # noqa: ANN401
    """Gives an empty document its paper, styles, language, page numbers and mark."""
    section = document.sections[0]
    section.page_width, section.page_height = PAPER
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", width)
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    normal = document.styles["Normal"]
    normal.font.size = Pt(BODY.points)
    properties = normal.element.get_or_add_rPr()
    _fonts(properties, BODY_FACE)
    spoken = OxmlElement("w:lang")
    # digits are no Chinese, also in a Chinese text: in that language they may break anywhere
    spoken.set(qn("w:val"), "en-GB" if language == "en" else "en-US")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    properties.append(spoken)
    for look in LOOKS:
        _add_style(document, look)
    parts = (document.styles.element, "w:lang"), (document.settings.element, "w:themeFontLang")
    for element, name in parts:  # of the settings: by it the typefaces of the theme are chosen
        for earlier in element.iter(qn(name)):
            earlier.set(qn("w:val"), spoken.get(qn("w:val")))
            earlier.set(qn("w:eastAsia"), "zh-CN")
    document.settings.odd_and_even_pages_header_footer = True
    _add_feet(section, mark)
