"""Finds tables in plain text: lines whose cells are divided by tabs or strokes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

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
    cut = ((_cells_of(line), line) for line in lines)
    for width, alike in groupby(cut, key=lambda pair: len(pair[0])):
        run = list(alike)
        rows = [cells for cells, _ in run]
        with_numbers = sum(any(_NUMBER.match(narrow(cell)) for cell in row) for row in rows)
        if width > 1 and with_numbers >= _LEAST_ROWS:
            yield from _cells(rows, table)
            table += 1
        else:
            yield from (Passage(line) for _, line in run)


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
