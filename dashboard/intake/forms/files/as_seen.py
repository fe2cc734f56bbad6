"""Reads a cell as a person sees it: its format, struck text and formulas are taken into account.

``as_seen`` is asked once for each sheet of a workbook. Whatever makes a cell read differently from
what the workbook keeps, but for separators and rounding, is said in a remark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from dashboard.base.language import Text
from dashboard.intake.forms.files.cell_formats import CellStyle, Runs
from dashboard.intake.forms.files.cells import (
    Percent,
    Place,
    Remark,
    column_letter,
    formatted,
    is_blank,
    is_number,
    place,
    text_of,
)
from dashboard.intake.forms.files.formulas import calculated
from dashboard.intake.forms.files.number_formats import (
    APPROXIMATE,
    Display,
    day_of,
    is_dash,
)
from dashboard.intake.forms.files.sheet_walk import NOT_CALCULATED, Extent
from dashboard.intake.forms.files.struck_text import Struck, struck_remarks

Rows = list[list[Any]]

_DAY_ZERO = datetime(1899, 12, 30)
_SECONDS = 86_400
_CLOSE = 0.005  # of a number: what rounding to the shown digits may hide without a remark
_MOST_NAMED = 12
_ZEROS = ("0", "0.0")
_DEEPEST = 50  # formulas that refer to formulas


def as_seen(rows: Rows, extent: Extent, styles: Sequence[CellStyle]) -> tuple[Rows, list[Remark]]:
    """The cells as a person sees them, and what is to be said of them. Changes ``rows``."""
    view = _View(rows, extent, styles)
    for at, error in extent.errors.items():
        view.put(at, error or "#ERROR")
    view.check_formulas()
    view.leave_out_struck()
    view.show_numbers()
    return rows, view.remarks()


@dataclass
class _View:
    """A sheet while its cells are turned into what is seen."""

    rows: Rows
    extent: Extent
    styles: Sequence[CellStyle]
    struck: Struck = field(default_factory=dict)
    shown: dict[tuple[str, int], list[tuple[int, str]]] = field(default_factory=dict)
    others: list[Remark] = field(default_factory=list)

    def put(self, at: Place, cell: object) -> None:
        """Puts a cell in its place, further out than the rows reach too."""
        row, column = at
        while len(self.rows) <= row:
            self.rows.append([])
        self.rows[row].extend([None] * (column + 1 - len(self.rows[row])))
        self.rows[row][column] = cell

    def cell(self, row: int, column: int) -> object:
        """A cell; None outside the rows."""
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return self.rows[row][column] if inside else None

    def style(self, row: int, column: int) -> CellStyle | None:
        """The style of a cell where it is not a plain one."""
        number = self.extent.style(row, column)
        return self.styles[number] if 0 <= number < len(self.styles) else None

    # Formulas

    def check_formulas(self) -> None:
        """Replaces stored values that are not what their formula gives."""
        known: dict[Place, float | None] = {}
        unsure = []
        for at, (formula, stored) in self.extent.formulas.items():
            value = self._value(at, known, 0)
            if value is not None:
                if not _alike(value, self.cell(*at)):
                    self.put(at, NOT_CALCULATED)
            elif self.extent.is_recalculated and stored in _ZEROS:
                self.put(at, NOT_CALCULATED)
            elif self.extent.is_recalculated and formula:
                unsure.append(at)
        if unsure:
            self.others.append(_unsure(unsure))

    def _value(self, at: Place, known: dict[Place, float | None], depth: int) -> float | None:
        """What a formula gives, None where that is not known here."""
        if at not in known:
            known[at] = None  # a formula that leads back to itself has no value
            formula = self.extent.formulas[at][0]
            if depth < _DEEPEST:
                known[at] = calculated(formula, lambda *to: self._operand(to, known, depth + 1))
        return known[at]

    def _operand(
        self, at: tuple[int, ...], known: dict[Place, float | None], depth: int
    ) -> float | None:
        row, column = at
        if (row, column) in self.extent.formulas:
            return self._value((row, column), known, depth)
        cell = self.cell(row, column)
        if is_blank(cell):
            return 0.0
        return float(cell) if is_number(cell) else None  # type: ignore[arg-type]

    # Struck text

    def leave_out_struck(self) -> None:
        """Takes struck text out of its cells, and the rows of which nothing else is left."""
        if any(style.is_struck for style in self.styles):
            for row in range(len(self.rows)):
                if row in self.extent.styles:
                    self._strike_cells(row)
        for at, runs in self.extent.runs.items():
            self._strike_runs(at, runs)

    def _strike_cells(self, row: int) -> None:
        for column, cell in enumerate(self.rows[row]):
            style = self.style(row, column)
            rich = (row, column) in self.extent.runs
            if style is not None and style.is_struck and not rich and not is_blank(cell):
                self.struck.setdefault(row, {})[column] = text_of(cell)
                self.rows[row][column] = None

    def _strike_runs(self, at: Place, runs: Runs) -> None:
        row, column = at
        style = self.style(row, column)
        whole = style is not None and style.is_struck
        gone = [run.text for run in runs if (whole if run.is_struck is None else run.is_struck)]
        if not "".join(gone).strip():
            return
        left = [run.text for run in runs if not (whole if run.is_struck is None else run.is_struck)]
        self.put(at, "".join(left).strip() or None)
        self.struck.setdefault(row, {})[column] = text_of("".join(gone))

    # Number formats

    def show_numbers(self) -> None:
        """Gives every number and date of a format of its own the look that it has."""
        for row, numbers in self.extent.styles.items():
            if row >= len(self.rows):
                continue
            cells = self.rows[row]
            for column, (number, cell) in enumerate(zip(numbers, cells, strict=False)):
                if 0 <= number < len(self.styles) and cell is not None:
                    cells[column] = self._seen((row, column), cell, self.styles[number])

    def _seen(self, at: Place, cell: object, style: CellStyle) -> object:
        if isinstance(cell, str):
            return self._seen_text(at, cell, style)
        value = float(cell) if type(cell) is float else _serial(cell)
        if value is None or (value.is_integer() and is_number(cell) and style.format.keeps_whole):
            return cell
        decimals = style.format.rounds_to
        if decimals is not None and value and is_number(cell):
            if abs(round(value, decimals) - value) > _CLOSE * abs(value):
                self._note_shown(style, at, f"{value:.15g}", style.format.show(value).text)
            return formatted(value, value, style.format)
        section, _ = style.format.section(value)
        if section is not None and section.is_date:
            return self._seen_day(at, cell, value, style)
        return self._seen_number(at, value, style)

    def _seen_text(self, at: Place, cell: str, style: CellStyle) -> object:
        if not style.format.changes_text or cell.startswith("#"):
            return cell
        shown = style.format.show_text(cell)
        self._note_shown(style, at, cell, shown)
        return shown or None

    def _seen_day(self, at: Place, cell: object, value: float, style: CellStyle) -> object:
        """A date that shows its year and month stays a date; any other is what is printed."""
        section, _ = style.format.section(value)
        day = day_of(value)
        if section is not None and section.shows_year and section.shows_month:
            return cell if isinstance(cell, date) else day
        shown = style.format.show(value).text
        self._note_shown(style, at, day.isoformat() if day else f"{value:g}", shown)
        return shown

    def _seen_number(self, at: Place, value: float, style: CellStyle) -> object:
        display = style.format.show(value)
        if display.number is None:
            if value == 0 and (is_dash(display) or not display.text):
                if not display.text:
                    self._note_shown(style, at, "0", "")
                return value
            self._note_shown(style, at, f"{value:.15g}", display.text)
            return display.text or None
        if display.sign_hidden or _differs(display, value):
            self._note_shown(style, at, f"{value:.15g}", display.text)
        if _is_percent(display, value):
            return Percent(value)
        return formatted(display.number, value, style.format)

    def _note_shown(self, style: CellStyle, at: Place, stored: str, shown: str) -> None:
        """Notes a cell that shows something else than it keeps, by format and column."""
        row, column = at
        cells = self.shown.setdefault((style.format.code, column), [])
        cells.append((row, f"{stored}→{shown or '（空白）'}"))

    # What is said

    def remarks(self) -> list[Remark]:
        """What is to be said of the cells, in the order in which they stand."""
        remarks = struck_remarks(self.rows, self.struck)
        remarks += [_shown(code, column, cells) for (code, column), cells in self.shown.items()]
        return sorted([*remarks, *self.others], key=lambda remark: (remark.row, remark.column))


def _alike(value: float, cell: object) -> bool:
    if not is_number(cell):
        return False
    stored = float(cell)  # type: ignore[arg-type]
    return abs(value - stored) <= 1e-6 * max(1.0, abs(value), abs(stored))


def _serial(cell: object) -> float | None:
    """The number that the workbook keeps for a cell; None for a text or a logical value."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, datetime):
        return (cell - _DAY_ZERO) / timedelta(days=1)
    if isinstance(cell, date):
        return float((cell - _DAY_ZERO.date()).days)
    if isinstance(cell, timedelta):
        return cell.total_seconds() / _SECONDS
    if isinstance(cell, time):
        return (cell.hour * 3600 + cell.minute * 60 + cell.second) / _SECONDS
    return None


def _is_percent(display: Display, value: float) -> bool:
    near = abs((display.number or 0.0) - 100 * value) <= 1e-9 * max(1.0, abs(value) * 100)
    return display.is_percent and not display.words and near


def _differs(display: Display, value: float) -> bool:
    """Whether a cell shows another number than it keeps; a percentage is no other number."""
    if APPROXIMATE.search(display.text):
        return True
    if _is_percent(display, value):
        return False
    return display.number != value or not _is_close(display.text, value)


def _is_close(text: str, value: float) -> bool:
    """Whether what is printed is the number but for rounding; fractions and powers always are."""
    if "/" in text or "E" in text:
        return True
    digits = "".join(sign for sign in text if sign.isdigit() or sign == ".").strip(".")
    if digits.count(".") > 1:
        return True
    return abs(float(digits or "0") - abs(value)) <= _CLOSE * abs(value)


def _shown(code: str, column: int, cells: list[tuple[int, str]]) -> Remark:
    row, first = cells[0]
    letter, count = column_letter(column), len(cells)
    text = Text(
        f"{letter} 列 {count} 个单元格按格式 {code} 显示的内容读入，与所存的不同"
        f"（{place(row, column)}：{first}）",
        f"{count} cells of column {letter} were read as their format {code} shows them, which is "
        f"not what they keep ({place(row, column)}: {first})",
    )
    return Remark(text, row, column, "number_format")


def _unsure(cells: list[Place]) -> Remark:
    named = ", ".join(place(*at) for at in cells[:_MOST_NAMED])
    named += ", …" if len(cells) > _MOST_NAMED else ""
    text = Text(
        f"公式没有在 Excel 或 WPS 中重新计算过，按保存的结果读入：{named}；请打开、保存后再核对",
        f"formulas were not calculated again in Excel or WPS; their stored values were read: "
        f"{named}; open the file, save it and compare",
    )
    return Remark(text, *cells[0], "not_recalculated")
