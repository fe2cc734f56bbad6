"""Opens an old .xls workbook in a process of its own: its reader can die over a damaged file.

Run as a script it reads the file on standard input and writes its sheets as JSON on the output;
a crash or an endless loop ends that process only. Nothing of this project is imported here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from io import BytesIO
from typing import Any

import python_calamine as calamine

SECONDS = 60
PASSWORD = "password"
TOO_FAR = "too far"


class OldWorkbookRefused(ValueError):
    """A workbook that cannot be opened: ``reason`` is PASSWORD, TOO_FAR or empty."""

    def __init__(self, reason: str = "", sheet: str = "") -> None:
        """Keeps the reason, and the sheet where it is about one."""
        super().__init__(reason)
        self.reason, self.sheet = reason, sheet


def open_apart(content: bytes, rows: int, columns: int) -> list[dict[str, Any]]:
    """Sheets, each with ``name``, ``rows``, ``merged``, ``hidden``; raises OldWorkbookRefused.

    Sheets beyond ``rows`` × ``columns`` are refused. A date comes as a date.
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
    return answer["sheets"]


def _from_json(cell: object) -> object:
    return date.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell


def _to_json(cell: object) -> object:
    if isinstance(cell, datetime | date):
        return {"date": cell.isoformat()[:10]}
    return cell if isinstance(cell, str | bool | int | float) else str(cell)


def _sheets(content: bytes, rows: int, columns: int) -> dict[str, Any]:
    workbook = calamine.load_workbook(BytesIO(content))
    sheets = []
    for sheet_head in workbook.sheets_metadata:
        if sheet_head.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if sheet_head.visible != calamine.SheetVisibleEnum.Visible:
            sheets.append({"name": sheet_head.name, "rows": [], "merged": [], "hidden": True})
            continue
        sheet = workbook.get_sheet_by_name(sheet_head.name)
        if sheet.total_height > rows or sheet.total_width > columns:
            return {"refused": TOO_FAR, "sheet": sheet_head.name}
        cells = [[_to_json(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        sheets.append(
            {
                "name": sheet_head.name,
                "rows": cells,
                "merged": sheet.merged_cell_ranges or [],
                "hidden": False,
            }
        )
    return {"sheets": sheets}


if __name__ == "__main__":
    try:
        found = _sheets(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except calamine.PasswordError:
        found = {"refused": PASSWORD}
    except calamine.CalamineError:
        found = {"refused": ""}
    sys.stdout.write(json.dumps(found))
