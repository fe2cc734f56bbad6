"""Checks tables of a draft: a total row or column against its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from dashboard.base.language import Text
from dashboard.intake.drafts.draft import Passage
from dashboard.intake.drafts.finding import ERROR, DraftFinding, Spot, printed
from dashboard.intake.drafts.mentions import ReadDraft

_TOTAL = re.compile("^ *(?:合 *计|总 *计|小 *计|总数|全[市区县]合计|共计) *$")
_NUMBER = re.compile(r"^ *-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)? *$")
Grid = dict[tuple[int, int], tuple[int, Passage]]
_LEAST_PARTS = 2
_NOT_SUMMED = re.compile("率|比|均|标准|序号|%|年份")


def check_tables(read: ReadDraft) -> Iterator[DraftFinding]:
    """The total rows of every table against the rows above them."""
    grids: dict[int, Grid] = {}
    for number, passage in enumerate(read.draft.passages):
        if passage.table >= 0:
            grid = grids.setdefault(passage.table, {})
            grid.setdefault((passage.row, passage.column), (number, passage))
    for grid in grids.values():
        yield from _rows(grid)


def _rows(grid: Grid) -> Iterator[DraftFinding]:
    rows = sorted({row for row, _ in grid})
    columns = sorted({column for _, column in grid})
    totals = [row for row in rows if (0 in columns) and _is_total(grid, row)]
    if len(totals) != 1:
        return
    total = totals[0]
    above = [row for row in rows if row < total]
    parts = above if total == rows[-1] else [row for row in rows if row > total]
    for column in columns[1:]:
        yield from _column(grid, column, parts, total)


def _is_total(grid: Grid, row: int) -> bool:
    first = grid.get((row, 0))
    return first is not None and bool(_TOTAL.match(first[1].plain))


def _column(grid: Grid, column: int, parts: list[int], total: int) -> Iterator[DraftFinding]:
    printed_total = _value(grid.get((total, column)))
    values = [(row, _value(grid.get((row, column)))) for row in parts]
    known = [(row, value) for row, value in values if value is not None]
    if printed_total is None or len(known) < _LEAST_PARTS:
        return
    if _NOT_SUMMED.search(_words(grid, column, parts)):
        return
    together = sum((value for _, value in known), Decimal(0))
    off = abs(together - printed_total)
    if off <= _room([value for _, value in known]) or off > max(printed_total, together) / 2:
        return
    line = " + ".join(printed(value) for _, value in known[:12]) + (
        " + …" if len(known) > 12 else ""
    )
    message = Text(
        f"表中合计不符：{line} = {printed(together)}，合计写 {printed(printed_total)}",
        f"the table's total is wrong: {line} = {printed(together)}, printed is"
        f" {printed(printed_total)}",
    )
    spots: list[Spot] = []
    for row in (total, known[0][0]):
        number, passage = grid[row, column]
        spots.append((number, 0, len(passage.text)))
    yield DraftFinding("table_total", ERROR, message, tuple(sorted(spots)))


def _words(grid: Grid, column: int, rows: Sequence[int]) -> str:
    """What the cells of a column say that hold no number."""
    cells = (grid.get((row, column)) for row in rows)
    return "".join(cell[1].plain for cell in cells if cell and not _value(cell))


def _room(values: Sequence[Decimal]) -> Decimal:
    """How far the sum of rounded values may be off: half a last digit each."""
    decimals = max(-int(value.as_tuple().exponent) for value in values)
    return Decimal(len(values)) / 2 * Decimal(1).scaleb(-decimals) if decimals > 0 else Decimal(0)


def _value(cell: tuple[int, Passage] | None) -> Decimal | None:
    if cell is None or not _NUMBER.match(cell[1].plain):
        return None
    try:
        return Decimal(cell[1].plain.strip().replace(",", ""))
    except InvalidOperation:
        return None
