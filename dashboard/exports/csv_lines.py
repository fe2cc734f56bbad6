"""Writes lines of CSV files that a reader reads whole which takes "#" for a remark.

A remark is never quoted, and a cell that holds "#" always is.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.exports.formulas import harmless_name

_QUOTED = frozenset(',"\r\n#')
_ESCAPES = (("%", "%25"), (",", "%2C"), ('"', "%22"))


def csv_line(cells: Iterable[str], end: str = "\r\n") -> str:
    """One row of data with its line end."""
    return ",".join(map(_cell, cells)) + end


def _cell(text: str) -> str:
    if not _QUOTED.intersection(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def remark_line(*texts: str) -> str:
    """A line that begins with "#": texts with commas between, none of them quoted.

    To a spreadsheet each comma begins a cell, also one inside a text.
    """
    cells = " ".join(",".join(texts).split()).split(",")
    return f"# {','.join(map(harmless_name, cells))}\r\n"


def machine_line(cells: Iterable[str]) -> str:
    """A line of cells that a program reads again; their own commas and quotes are escaped."""
    return ",".join(escaped(harmless_name(cell)) for cell in cells) + "\r\n"


def escaped(text: str) -> str:
    """A text without commas and quotes; ``intake`` reads it back."""
    for sign, code in _ESCAPES:
        text = text.replace(sign, code)
    return " ".join(text.split())
