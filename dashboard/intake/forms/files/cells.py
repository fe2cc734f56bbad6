"""Reads a sheet as plain cells, and how a cell reads as text.

Rows and columns are counted from 0 here; ``place`` names a cell as a person counts it (B3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.english_periods import in_chinese
from dashboard.intake.forms.files.number_formats import Display, NumberFormat

Merged = tuple[int, int, int, int]
Place = tuple[int, int]  # row and column of a cell

# Marks without a width of their own: joiners, writing direction, byte order, controls.
_UNSEEN = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_MOST_MERGED = 1_000_000  # cells; what lies in more merged ranges than that is no table
_LOOK_DOWN = 60  # a header further down than this is not looked for
_SPACES = re.compile(r"[ \t\r\n\u3000\xa0\u2000-\u200a\u202f\u205f]+")
_NARROW = str.maketrans("（）：＃／", "():#/")
_REMEMBERED = 200  # characters: the same headings and names stand in sheet after sheet


class FileRefused(ValueError):
    """A file that cannot be read at all; ``finding`` names it, what was expected and what to do."""

    def __init__(self, finding: Finding) -> None:
        """Keeps the finding."""
        super().__init__(finding.message.en)
        self.finding = finding


class Percent(float):
    """A number that its cell's format shows as a percentage: 0.55 that is seen as 55%."""


class Formatted(float):
    """The number that a cell shows where its format changes what is kept: 345.0 for 3450000.

    ``kept`` is the number in the workbook, ``format`` the format that shows it.
    """

    __slots__ = ("format", "kept")
    kept: float
    format: NumberFormat

    @property
    def display(self) -> Display:
        """What the cell shows."""
        return self.format.show(self.kept)


def formatted(number: float, stored: float, by: NumberFormat) -> Formatted:
    """The shown number of a cell that keeps another one."""
    cell = Formatted(number)
    cell.kept, cell.format = stored, by
    return cell


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of a sheet must know of how it was read; row and column count from 0."""

    text: Text
    row: int = -1
    column: int = -1
    rule: str = "hidden"
    severity: str = "note"


@dataclass(frozen=True)
class Sheet:
    """One visible sheet. Cells are str, float, int, bool, date or None; all rows are equally long.

    ``merged`` holds ranges as (first row, first column, last row, last column), all inclusive.
    ``remarks`` are what a reader must know of it: hidden rows, struck text, scaling formats;
    ``comments`` the comments of its cells, by row and column.
    """

    name: str
    rows: tuple[tuple[object, ...], ...]
    merged: tuple[Merged, ...] = ()
    remarks: tuple[Remark, ...] = ()
    comments: Mapping[Place, str] = field(default_factory=dict)

    @cached_property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.rows), default=0)

    @property
    def top_rows(self) -> range:
        """The rows in which a title block or a header may stand."""
        return range(min(len(self.rows), _LOOK_DOWN))

    @cached_property
    def merged_from(self) -> dict[tuple[int, int], Merged]:
        """For each cell inside a merged range, that range; ranges past the last row are cut off."""
        found: dict[tuple[int, int], Merged] = {}
        for area in self.merged:
            top, left, bottom, right = area
            for row in range(top, min(bottom, len(self.rows) - 1) + 1):
                for column in range(left, min(right, self.width - 1) + 1):
                    found[row, column] = area
        return found

    @cached_property
    def _words(self) -> dict[int, dict[int, str]]:
        return {}

    def words(self, row: int) -> dict[int, str]:
        """The texts of a row as headings are compared, by column; not its numbers and dates."""
        if row not in self._words:
            texts = ((at, cell) for at, cell in enumerate(self.rows[row]) if isinstance(cell, str))
            self._words[row] = {at: text for at, cell in texts if (text := squeezed(cell))}
        return self._words[row]

    def cell(self, row: int, column: int) -> object:
        """The cell's own content; None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def spread(self, row: int, column: int) -> object:
        """The content as a person sees it: a merged range shows its first cell everywhere."""
        area = self.merged_from.get((row, column)) if self.merged else None
        return self.cell(area[0], area[1]) if area else self.cell(row, column)


def sheet_of(
    name: str,
    rows: Iterable[Iterable[object]],
    merged: Iterable[Merged] = (),
    remarks: Iterable[Remark] = (),
    comments: Mapping[Place, str] | None = None,
) -> Sheet:
    """A sheet of any rows: blanks become None, rows equally long, blank rows at the end dropped."""
    plain = [[_plain(cell) for cell in row] for row in rows]
    return replace(even_sheet(name, plain, merged, remarks), comments=comments or {})


def even_sheet(
    name: str,
    rows: list[list[object]],
    merged: Iterable[Merged] = (),
    remarks: Iterable[Remark] = (),
) -> Sheet:
    """A sheet of rows of plain cells: made equally long, blank rows at the end dropped."""
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    even = tuple(
        tuple(row) if len(row) == width else (*row, *[None] * (width - len(row))) for row in rows
    )
    return Sheet(name, even, tuple(_within(merged, len(even), width)), tuple(remarks))


def _within(merged: Iterable[Merged], rows: int, columns: int) -> Iterator[Merged]:
    """The merged ranges that begin in the sheet, one a cell, as many as a table may have."""
    begun: set[tuple[int, int]] = set()
    budget = _MOST_MERGED
    for area in merged:
        top, left, bottom, right = area
        if top >= rows or left >= columns or (top, left) in begun:
            continue
        begun.add((top, left))
        budget -= (min(bottom, rows) - top + 1) * (min(right, columns) - left + 1)
        if budget < 0:
            return
        yield area


def _plain(cell: object) -> object:
    if type(cell) is str and cell[:1].isalnum():
        return cell  # nothing unseen, and so not blank
    if type(cell) is float or is_blank(cell):
        return cell if type(cell) is float else None
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, str | bool | int | float | date) else str(cell)


def text_of(cell: object) -> str:
    """A cell as one line of text without outer spaces; 2019.0 is 2019, a date its month 2024-09."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _remembered_line(cell) if len(cell) <= _REMEMBERED else _line(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return _number_line(cell)
    if isinstance(cell, datetime | date):
        return f"{cell.year:04d}-{cell.month:02d}"
    return _line(str(cell))


def _number_line(cell: float) -> str:
    """A number as it is seen, without separators."""
    if isinstance(cell, Percent):
        return f"{round(cell * 100, 10):.15g}%"
    if isinstance(cell, Formatted):
        return _line(cell.display.text.replace(",", ""))
    is_whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15
    return str(int(cell)) if is_whole else str(cell)


def _line(text: str) -> str:
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


_remembered_line = lru_cache(maxsize=50_000)(_line)


def squeezed(cell: object) -> str:
    """A cell's text without any spaces and with half-width brackets and colons, for headings."""
    if isinstance(cell, str) and len(cell) <= _REMEMBERED:
        return _remembered_heading(cell)
    if isinstance(cell, int | float):
        return text_of(cell)
    return text_of(cell).replace(" ", "").translate(_NARROW)


def _heading(text: str) -> str:
    return in_chinese(_line(text)).replace(" ", "").translate(_NARROW)


_remembered_heading = lru_cache(maxsize=50_000)(_heading)


def is_blank(cell: object) -> bool:
    """Whether nothing but spaces stands in the cell."""
    return cell is None or (isinstance(cell, str) and text_of(cell) == "")


def is_number(cell: object) -> bool:
    """Whether the cell holds a number as such, not as text."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def filled(cells: Iterable[object]) -> list[int]:
    """The places in a row that are not blank."""
    return [place for place, cell in enumerate(cells) if not is_blank(cell)]


@lru_cache(maxsize=1024)
def column_letter(column: int) -> str:
    """The column as a spreadsheet names it: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_place(letters: str) -> int:
    """The reverse of ``column_letter``: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def place(row: int, column: int) -> str:
    """A cell as a person names it: place(2, 1) is B3."""
    return f"{column_letter(column)}{row + 1}"
