"""Finds tables in plain text: lines whose cells are divided by tabs or strokes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dashboard.intake.drafts.draft import Passage, narrow

_DIVIDER = re.compile(r"\t|[|｜]")
_RULE = re.compile(r"^[\s|｜:+-]+$")  # the line below the head of a table in Markdown
_NUMBER = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?$")
_LEAST_ROWS = 2  # with numbers


def passages_of(lines: Sequence[str]) -> Iterator[Passage]:
    """The lines as passages, those of tables as cells.

    A table is lines one below the other with as many cells, two of which hold numbers at least:
    what a page prints above a report, such as its date of publication, is none.
    """
    table = 0
    at = 0
    while at < len(lines):
        rows = _rows(lines, at)
        if rows:
            yield from _cells(rows, table)
            table += 1
            at += len(rows)
        else:
            yield Passage(lines[at])
            at += 1


def _rows(lines: Sequence[str], at: int) -> list[list[str]]:
    """The rows of cells from a line on; [] where no table begins there."""
    rows: list[list[str]] = []
    for line in lines[at:]:
        cells = _cells_of(line)
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    with_numbers = sum(any(_NUMBER.match(narrow(cell)) for cell in row) for row in rows)
    return rows if with_numbers >= _LEAST_ROWS else []


def _cells_of(line: str) -> list[str]:
    """The cells of a line; strokes at its ends enclose it."""
    bare = line.strip(" ")
    bare = bare.strip("|｜") if bare[:1] in "|｜" and bare[-1:] in "|｜" else bare
    return [cell.strip() for cell in _DIVIDER.split(bare)]


def _cells(rows: Sequence[Sequence[str]], table: int) -> Iterator[Passage]:
    for row, cells in enumerate(rows):
        if _RULE.match("".join(cells)):
            continue
        for column, cell in enumerate(cells):
            if cell:
                yield Passage(cell, "cell", table, row, column)
