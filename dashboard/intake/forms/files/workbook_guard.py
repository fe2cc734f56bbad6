"""Looks into an .xlsx package before it is opened: its real size, and how far its cells reach.

A reader that lays a sheet out as a rectangle needs memory for every cell up to the last one, so two
cells far apart would take the machine down. Formula errors are noted: the reader shows blanks.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

from dashboard.base.language import Text
from dashboard.intake.forms.files.cell_formats import percent_styles
from dashboard.intake.forms.files.cells import column_place

MAX_UNPACKED = 500 * 1024 * 1024  # bytes
MAX_PARTS = 5000
MAX_ROWS = 200_000
MAX_COLUMNS = 512

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CHUNK = 1 << 20


class PackageRefused(ValueError):
    """A package that must not be opened; ``message`` says why and what to do."""

    def __init__(self, message: Text) -> None:
        """Keeps the message."""
        super().__init__(message.en)
        self.message = message


@dataclass
class Extent:
    """How far a sheet's content reaches, and what its reader does not show.

    ``errors`` are formula errors and formulas without a stored value by (row, column) from 0,
    ``hidden`` the hidden rows that hold something, ``hidden_columns`` the hidden columns,
    ``percents`` the cells whose format shows their number as a percentage.
    """

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)


NOT_CALCULATED = "#未计算"  # what stands for a formula whose value was never stored


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


def inspect_package(content: bytes) -> dict[str, Extent]:
    """The extent of every worksheet by sheet name; raises PackageRefused.

    Every part is unpacked once as a stream, so that a size the package lies about is noticed.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_sizes(package)
            percents = percent_styles(package)
            return {
                name: _extent(package, part, name, percents)
                for name, part in _sheet_parts(package).items()
            }
    except PackageRefused:
        raise
    except _DAMAGE as error:
        raise PackageRefused(DAMAGED) from error


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
    for element in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION)) or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            name = element.get("name", "")
            if name in parts:
                raise ValueError(f"two sheets are called {name}")  # one of them would go unseen
            parts[name] = posixpath.normpath(path)
    return parts


def _extent(package: zipfile.ZipFile, part: str, sheet: str, percents: frozenset[str]) -> Extent:
    """Walks one sheet's XML. Cells that only carry a format do not count."""
    extent = Extent()
    row = column = -1
    kind = style = ""
    awaits_error = is_hidden = has_formula = has_value = in_value = False
    error_text: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, awaits_error, is_hidden
        nonlocal has_formula, has_value, in_value
        tag = tag if ":" not in tag else tag.rpartition(":")[2]
        if tag == "row":
            row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else row + 1
            column = -1
            is_hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "c":
            has_formula = has_value = False
            row, column = _reference(attributes.get("r", "")) or (row, column + 1)
            kind, style = attributes.get("t", ""), attributes.get("s", "")
        elif tag in ("v", "is", "f"):
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                raise PackageRefused(too_far(sheet))
            if row >= extent.rows:
                extent.rows = row + 1
            if column >= extent.columns:
                extent.columns = column + 1
            awaits_error = tag == "v" and kind == "e"
            if tag == "v" and style in percents and kind in ("", "n"):
                extent.percents.add((row, column))
            has_formula, in_value = has_formula or tag == "f", tag == "v"
            if is_hidden and extent.hidden[-1:] != [row]:
                extent.hidden.append(row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "0"))
            extent.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def end(tag: str) -> None:
        nonlocal awaits_error, in_value
        in_value = False
        tag = tag if ":" not in tag else tag.rpartition(":")[2]
        # A formula whose text is empty is often stored without a value: that is a blank.
        if tag == "c" and has_formula and not has_value and kind != "str":
            extent.errors[row, column] = NOT_CALCULATED
        if awaits_error and tag == "v":
            extent.errors[row, column] = "".join(error_text).strip()
            error_text.clear()
            awaits_error = False

    def characters(text: str) -> None:
        nonlocal has_value
        has_value = has_value or in_value
        if awaits_error:
            error_text.append(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    with package.open(part) as stream:
        parser.ParseFile(stream)
    extent.hidden_columns = {at for at in extent.hidden_columns if at < extent.columns}
    return extent


@lru_cache(maxsize=1 << 16)  # the sheets of one workbook name much the same cells
def _reference(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of a reference such as B3, or None where none is written."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or not digits:
        return None
    return int(digits) - 1, column_place(letters)
