"""Looks into an .xlsx package before it is opened: its real size, and how far its cells reach.

A reader that lays a sheet out as a rectangle needs memory for every cell up to the last one, so two
cells far apart would take the machine down.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

from dashboard.base.language import Text
from dashboard.intake.forms.files.cell_comments import cell_comments
from dashboard.intake.forms.files.cell_formats import (
    CellStyle,
    cell_styles,
    local,
    rich_strings,
)
from dashboard.intake.forms.files.sheet_walk import BeyondLimits, Extent, Look, walk

MAX_UNPACKED = 500 * 1024 * 1024  # bytes
MAX_PARTS = 5000
MAX_ROWS = 200_000
MAX_COLUMNS = 512

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CHUNK = 1 << 20
_WORKBOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"


class PackageRefused(ValueError):
    """A package that must not be opened; ``message`` says why and what to do."""

    def __init__(self, message: Text) -> None:
        """Keeps the message."""
        super().__init__(message.en)
        self.message = message


DAMAGED = Text(
    "文件已损坏或不完整；请在 Excel 或 WPS 中打开后另存为 .xlsx 再报送",
    "the file is damaged or cut short; open it in Excel or WPS and save it as .xlsx again",
)
TOO_BIG = Text(
    "解压后超过 500 MB;请删去无关的工作表和图片后再报送",
    "it unpacks to more than 500 MB; remove sheets and pictures that do not belong and try again",
)


def too_far(sheet: str) -> Text:
    """The message for a sheet that reaches beyond the limits."""
    return Text(
        f"工作表“{sheet}”超出 {MAX_ROWS:,} 行 × {MAX_COLUMNS} 列；"
        "请删去数据区以外的内容，数据更多时请分几个文件报送",
        f"sheet {sheet!r} reaches beyond {MAX_ROWS:,} rows × {MAX_COLUMNS} columns; "
        "clear what stands outside the table, or split the table into several files",
    )


# What the standard library raises over a damaged package: LookupError for a missing part or an
# unknown encoding, RuntimeError for an encrypted part, ValueError for a senseless number.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
    expat.ExpatError,
    ElementTree.ParseError,
)


@dataclass(frozen=True)
class Inspected:
    """What a package holds beside the values of its cells: extents by sheet name, and styles."""

    extents: dict[str, Extent]
    styles: list[CellStyle]


def inspect_package(content: bytes) -> Inspected:
    """The extent of every worksheet, and the styles of cells; raises PackageRefused.

    Every part is unpacked once as a stream, so that a size the package lies about is noticed.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_sizes(package)
            styles = cell_styles(package)
            look = _look(package, styles)
            extents = {}
            for name, part in _sheet_parts(package).items():
                extents[name] = _walked(package, part, name, look)
            return Inspected(extents, styles)
    except PackageRefused:
        raise
    except _DAMAGE as error:
        raise PackageRefused(DAMAGED) from error


def _look(package: zipfile.ZipFile, styles: list[CellStyle]) -> Look:
    struck = any(style.is_struck for style in styles) or _holds(package, _STRINGS, b"trike")
    return Look(
        MAX_ROWS,
        MAX_COLUMNS,
        frozenset(str(at) for at, style in enumerate(styles) if not style.is_plain),
        rich_strings(package) if struck else {},
        all_formulas=_is_recalculated(package),
    )


def _is_recalculated(package: zipfile.ZipFile) -> bool:
    """Whether the program that wrote the workbook left its formulas to be calculated on opening."""
    return any(
        local(element.tag) == "calcPr" and element.get("fullCalcOnLoad") in ("1", "true")
        for element in ElementTree.fromstring(package.read(_WORKBOOK))
    )


def _holds(package: zipfile.ZipFile, part: str, words: bytes) -> bool:
    """Whether a part holds these bytes."""
    if part not in package.namelist():
        return False
    before = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if words in before + chunk:
                return True
            before = chunk[-len(words) :]
    return False


def _walked(package: zipfile.ZipFile, part: str, sheet: str, look: Look) -> Extent:
    try:
        with package.open(part) as stream:
            extent = walk(stream, look)
    except BeyondLimits:
        raise PackageRefused(too_far(sheet)) from None
    extent.comments = cell_comments(package, part)
    return extent


def _check_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise PackageRefused(TOO_BIG)
    for part in parts:
        with package.open(part) as stream:
            while stream.read(_CHUNK):
                pass


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names and the parts that hold them."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    parts: dict[str, str] = {}
    for element in ElementTree.fromstring(package.read(_WORKBOOK)).iter():
        if local(element.tag) == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION)) or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            name = element.get("name", "")
            if name in parts:
                raise ValueError(f"two sheets are called {name}")  # one of them would go unseen
            parts[name] = posixpath.normpath(path)
    return parts
