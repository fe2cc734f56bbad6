"""Opens an old .xls workbook in a process of its own: its reader can die over a damaged file.

Run as a script it reads the file on standard input and writes its sheets as JSON on the output;
a crash or an endless loop ends that process only. Nothing of this project is imported here. Values
come from one reader, number formats and struck text from another, which knows them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import python_calamine as calamine
import xlrd

SECONDS = 60
MAX_MEMORY = 1024 * 1024 * 1024  # bytes
MAX_FORMATTED = 20_000_000  # bytes; the formats of a larger file would take too long to read
PASSWORD = "password"
TOO_FAR = "too far"


class OldWorkbookRefused(ValueError):
    """A workbook that cannot be opened: ``reason`` is PASSWORD, TOO_FAR or empty."""

    def __init__(self, reason: str = "", sheet: str = "") -> None:
        """Keeps the reason, and the sheet where it is about one."""
        super().__init__(reason)
        self.reason, self.sheet = reason, sheet


def open_apart(content: bytes, rows: int, columns: int) -> dict[str, Any]:
    """The workbook's ``sheets`` and ``styles``; raises OldWorkbookRefused.

    A sheet has ``name``, ``rows``, ``merged`` and ``hidden``; where formats could be read, also
    ``styles`` (by row, the number of each cell's style), ``runs``, ``hidden_rows`` and
    ``hidden_columns``. A style is a pair of format code and struck font; ``styles`` is None where
    formats could not be read. Sheets beyond ``rows`` × ``columns`` are refused. A date comes as a
    date.
    """
    command = [sys.executable, "-P", __file__, str(rows), str(columns)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise OldWorkbookRefused from None
    if done.returncode:
        raise OldWorkbookRefused
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise OldWorkbookRefused(answer["refused"], answer.get("sheet", ""))
    for sheet in answer["sheets"]:
        sheet["rows"] = [[_from_json(cell) for cell in row] for row in sheet["rows"]]
    return answer


def _bound() -> None:
    """Bound the memory of this process, where the system can."""
    with suppress(ImportError):  # on Windows only the time is bounded
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _from_json(cell: object) -> object:
    return date.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell


def _to_json(cell: object) -> object:
    if isinstance(cell, datetime | date):
        return {"date": cell.isoformat()[:10]}
    return cell if isinstance(cell, str | bool | int | float) else str(cell)


def _workbook(content: bytes, rows: int, columns: int) -> dict[str, Any]:
    workbook = calamine.load_workbook(BytesIO(content))
    formats = _formats(content)
    sheets = []
    for head in workbook.sheets_metadata:
        if head.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if head.visible != calamine.SheetVisibleEnum.Visible:
            sheets.append({"name": head.name, "rows": [], "merged": [], "hidden": True})
            continue
        sheet = workbook.get_sheet_by_name(head.name)
        if sheet.total_height > rows or sheet.total_width > columns:
            return {"refused": TOO_FAR, "sheet": head.name}
        sheets.append(_values(sheet, head.name) | _looks(formats, head.name))
    return {"sheets": sheets, "styles": None if formats is None else _styles(formats)}


def _values(sheet: calamine.CalamineSheet, name: str) -> dict[str, Any]:
    cells = [[_to_json(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = sheet.merged_cell_ranges or []
    return {"name": name, "rows": cells, "merged": merged, "hidden": False}


def _formats(content: bytes) -> xlrd.Book | None:
    """The workbook with its formats; None where they cannot be read."""
    if len(content) > MAX_FORMATTED:
        return None
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=StringIO())
    except Exception:
        # Over damaged formats xlrd raises whatever it stumbles over (struct, index, assertion
        # errors …), no class of its own. The values are read by another reader: none is lost.
        return None


def _styles(book: xlrd.Book) -> list[tuple[str, bool]]:
    """Format code and struck font of each style."""
    matches = []
    for style in book.xf_list:
        known = book.format_map.get(style.format_key)
        font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
        matches.append((known.format_str if known else "General", bool(font and font.struck_out)))
    return matches


def _looks(book: xlrd.Book | None, name: str) -> dict[str, Any]:
    """What a sheet's cells look like, by place."""
    if book is None or name not in book.sheet_names():
        return {}
    sheet = book.sheet_by_name(name)
    runs = [
        (row, column, _runs(book, sheet.cell_value(row, column), starts))
        for (row, column), starts in sheet.rich_text_runlist_map.items()
    ]
    hidden = [row for row, look in sheet.rowinfo_map.items() if look.hidden and row < sheet.nrows]
    return {
        "styles": {row: _indexes(sheet, row) for row in range(sheet.nrows)},
        "runs": runs,
        "hidden_rows": hidden,
        "hidden_columns": [at for at, look in sheet.colinfo_map.items() if look.hidden],
    }


def _indexes(sheet: xlrd.sheet.Sheet, row: int) -> list[int]:
    """The numbers of the styles of a row's cells, -1 for blank ones."""
    blank = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    return [
        -1 if kind in blank else sheet.cell_xf_index(row, column)
        for column, kind in enumerate(sheet.row_types(row))
    ]


def _runs(
    book: xlrd.Book, text: object, starts: list[tuple[int, int]]
) -> list[tuple[str, bool | None]]:
    """A text as runs: (text, whether its font is struck, None for the font of the cell)."""
    whole = str(text)
    runs: list[tuple[str, bool | None]] = [(whole[: starts[0][0]] if starts else whole, None)]
    for number, (start, font) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(whole)
        struck = font < len(book.font_list) and bool(book.font_list[font].struck_out)
        runs.append((whole[start:end], struck))
    return [run for run in runs if run[0]]


if __name__ == "__main__":
    _bound()
    try:
        answer = _workbook(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except calamine.PasswordError:
        answer = {"refused": PASSWORD}
    except calamine.CalamineError:
        answer = {"refused": ""}
    sys.stdout.write(json.dumps(answer))
