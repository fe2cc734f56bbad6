"""Walks the XML of one sheet: how far its cells reach, and what the cell reader does not give.

The reader of cells gives values only; styles, struck runs, formulas and hidden rows are noted here,
before a sheet is laid out as a rectangle.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from dashboard.intake.forms.files.cell_formats import Run, Runs, is_struck
from dashboard.intake.forms.files.cells import column_place

PLAIN = -1  # the style of a cell that shows what it keeps
_TRUE = ("1", "true")
NOT_CALCULATED = "#未计算"  # what stands for a formula whose value was never stored


class BeyondLimits(ValueError):
    """A cell that stands further out than a table reaches."""


@dataclass
class Extent:
    """How far a sheet's content reaches, and what its reader does not show.

    Places are (row, column) from 0. ``errors`` are formula errors and formulas without a stored
    value, ``formulas`` the text and stored value of the others, ``hidden`` the hidden rows that
    hold something, ``hidden_columns`` the hidden columns. ``styles`` gives for a row the number of
    the style of each column, -1 for a plain one; ``runs`` are texts of which a part may be struck.
    """

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    styles: dict[int, array[int]] = field(default_factory=dict)
    runs: dict[tuple[int, int], Runs] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    hides_zeros: bool = False
    is_recalculated: bool = False  # whether a program leaves its formulas to be calculated

    def style(self, row: int, column: int) -> int:
        """The number of a cell's style, -1 for a plain one."""
        styles = self.styles.get(row)
        return styles[column] if styles is not None and column < len(styles) else PLAIN


@dataclass(frozen=True)
class Look:
    """What a walk pays attention to: limits, styles that are not plain, texts with runs.

    ``all_formulas`` is True where stored values may be out of date; else only those that are 0
    are noted.
    """

    rows: int
    columns: int
    styles: Collection[str] = ()
    strings: Mapping[int, Runs] = field(default_factory=dict)
    all_formulas: bool = False


def walk(stream: IO[bytes], look: Look) -> Extent:
    """The extent of a sheet; raises BeyondLimits. Cells that only carry a format do not count."""
    walker = _Walker(look)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.characters
    parser.ParseFile(stream)
    extent = walker.extent
    extent.hidden_columns = {at for at in extent.hidden_columns if at < extent.columns}
    return extent


class _Walker:
    """The state of a walk: the cell it stands in and the texts it has collected there."""

    def __init__(self, look: Look) -> None:
        self.extent, self._look = Extent(is_recalculated=look.all_formulas), look
        self._row = self._column = -1
        self._kind = self._style = ""
        self._is_hidden = self._has_formula = self._has_content = False
        self._texts: dict[str, list[str]] = {}
        self._within = ""
        self._runs: list[Run] = []
        self._font: ElementTree.Element | None = None
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "is": self._start_inline,
            "f": self._start_formula,
            "t": self._start_text,
            "rPr": self._start_font,
            "strike": self._strike,
            "col": self._start_column,
            "sheetView": self._start_view,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        handler = self._starts.get(tag if ":" not in tag else tag.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    def end(self, tag: str) -> None:
        tag = tag if ":" not in tag else tag.rpartition(":")[2]
        if tag == "c":
            self._end_cell()
        elif tag == "r" and "is" in self._texts:
            self._end_run()
        if tag == self._within:
            self._within = ""

    def characters(self, text: str) -> None:
        if self._within:
            self._texts.setdefault(self._within, []).append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        self._is_hidden = attributes.get("hidden") in _TRUE

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = reference(attributes.get("r", ""))
        self._row, self._column = place or (self._row, self._column + 1)
        self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
        self._has_formula = self._has_content = False
        if self._texts:
            self._texts = {}
        if self._runs:
            self._runs = []

    def _start_value(self, attributes: dict[str, str]) -> None:
        self._content()
        if self._has_formula or self._kind == "e" or (self._kind == "s" and self._look.strings):
            self._within = "v"

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._content()
        self._has_formula, self._within = True, "f"

    def _start_inline(self, attributes: dict[str, str]) -> None:
        self._content()
        self._texts["is"] = []

    def _start_text(self, attributes: dict[str, str]) -> None:
        if "is" in self._texts:
            self._within = "t"

    def _start_font(self, attributes: dict[str, str]) -> None:
        self._font = ElementTree.Element("rPr")

    def _strike(self, attributes: dict[str, str]) -> None:
        if self._font is not None:
            ElementTree.SubElement(self._font, "strike", attributes)

    def _end_run(self) -> None:
        struck = None if self._font is None else is_struck(self._font)
        self._runs.append(Run("".join(self._texts.pop("t", ())), struck))
        self._font = None

    def _content(self) -> None:
        """Notes that something stands in the cell; raises BeyondLimits."""
        if self._has_content:
            return
        self._has_content = True
        row, column, extent = self._row, self._column, self.extent
        if row >= self._look.rows or column >= self._look.columns:
            raise BeyondLimits
        if row >= extent.rows:
            extent.rows = row + 1
        if column >= extent.columns:
            extent.columns = column + 1
        if self._is_hidden and extent.hidden[-1:] != [row]:
            extent.hidden.append(row)
        if self._style in self._look.styles:
            self._note_style(row, column)

    def _note_style(self, row: int, column: int) -> None:
        styles = self.extent.styles.get(row)
        if styles is None:
            styles = self.extent.styles[row] = array("i")
        if column > len(styles):
            styles.extend([PLAIN] * (column - len(styles)))
        if column == len(styles):
            styles.append(int(self._style))
        else:
            styles[column] = int(self._style)

    def _end_cell(self) -> None:
        if not (self._texts or self._has_formula):
            return
        place = self._row, self._column
        value = "".join(self._texts.get("v", ()))
        if self._kind == "e" and "v" in self._texts:
            self.extent.errors[place] = value.strip()
        elif self._has_formula:
            self._end_formula(place, value)
        elif runs := self._runs_of(value):
            self.extent.runs[place] = runs

    def _runs_of(self, value: str) -> Runs | None:
        """The runs of a text, shared or in the cell itself; None where no run differs."""
        if self._kind == "s" and self._look.strings and value.strip().isdecimal():
            return self._look.strings.get(int(value))
        is_marked = any(run.is_struck is not None for run in self._runs)
        return tuple(self._runs) if is_marked else None

    def _end_formula(self, place: tuple[int, int], value: str) -> None:
        # A formula whose text is empty is often stored without a value: that is a blank.
        if self._kind == "str":
            return
        if not value.strip():
            self.extent.errors[place] = NOT_CALCULATED
        elif self._look.all_formulas or value.strip() in ("0", "0.0"):
            self.extent.formulas[place] = "".join(self._texts.get("f", ())), value.strip()

    def _start_view(self, attributes: dict[str, str]) -> None:
        self.extent.hides_zeros = attributes.get("showZeros", "1") not in _TRUE

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "0"))
            self.extent.hidden_columns.update(range(first - 1, min(last, self._look.columns)))


@lru_cache(maxsize=1 << 16)  # the sheets of one workbook name much the same cells
def reference(text: str) -> tuple[int, int] | None:
    """Row and column from 0 of a reference such as B3, or None where none is written."""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or not digits:
        return None
    return int(digits) - 1, column_place(letters)
