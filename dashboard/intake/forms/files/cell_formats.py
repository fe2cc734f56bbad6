"""Reads the cell styles of an .xlsx package: number formats, and whether the font is struck."""

from __future__ import annotations

import zipfile
from typing import NamedTuple
from xml.etree import ElementTree

from dashboard.intake.forms.files.number_formats import (
    BUILT_IN,
    GENERAL,
    NumberFormat,
    read_format,
)

_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_FALSE = ("0", "false", "off")


class CellStyle(NamedTuple):
    """How cells of one style show what they hold."""

    format: NumberFormat
    is_struck: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether cells show what they hold as it is."""
        return self.format.is_general and not self.is_struck


class Run(NamedTuple):
    """A piece of a text with a font of its own; ``is_struck`` None means the cell's font."""

    text: str
    is_struck: bool | None = None


Runs = tuple[Run, ...]


def cell_styles(package: zipfile.ZipFile) -> list[CellStyle]:
    """The cell styles in the order in which cells name them; raises ParseError."""
    if _STYLES not in package.namelist():
        return []
    parts = {local(part.tag): part for part in ElementTree.fromstring(package.read(_STYLES))}
    formats = {str(number): code for number, code in BUILT_IN.items()}
    formats |= {
        each.get("numFmtId", ""): each.get("formatCode", "") for each in parts.get("numFmts", ())
    }
    struck = [is_struck(font) for font in parts.get("fonts", ())]
    return [_style(each, formats, struck) for each in parts.get("cellXfs", ())]


def _style(element: ElementTree.Element, formats: dict[str, str], struck: list[bool]) -> CellStyle:
    code = formats.get(element.get("numFmtId", "0"), GENERAL)
    font = element.get("fontId", "0")
    known = font.isdecimal() and int(font) < len(struck)
    return CellStyle(read_format(code), known and struck[int(font)])


def is_struck(font: ElementTree.Element) -> bool:
    """Whether a font draws a line through its text."""
    return any(
        local(each.tag) in ("strike", "dstrike") and each.get("val", "1") not in _FALSE
        for each in font
    )


def rich_strings(package: zipfile.ZipFile) -> dict[int, Runs]:
    """The runs of those shared strings that have a font of their own in some run, by number."""
    if _STRINGS not in package.namelist():
        return {}
    found: dict[int, Runs] = {}
    number = -1
    with package.open(_STRINGS) as stream:
        for _, element in ElementTree.iterparse(stream):
            if local(element.tag) == "si":
                number += 1
                runs = runs_of(element)
                if any(run.is_struck is not None for run in runs):
                    found[number] = runs
                element.clear()
    return found


def runs_of(item: ElementTree.Element) -> Runs:
    """The runs of a shared or inline string; readings (furigana) are no part of it."""
    return tuple(_run(element) for element in item if local(element.tag) in ("r", "t"))


def _run(element: ElementTree.Element) -> Run:
    """A run with a font of its own, or a plain text."""
    if local(element.tag) == "t":
        return Run(element.text or "")
    text = "".join(each.text or "" for each in element if local(each.tag) == "t")
    font = next((each for each in element if local(each.tag) == "rPr"), None)
    return Run(text, None if font is None else is_struck(font))


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]
