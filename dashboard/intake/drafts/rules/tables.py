"""Checks tables of a draft: a total row or column against its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain

from dashboard.base.language import Text
from dashboard.intake.drafts.draft import Passage
from dashboard.intake.drafts.finding import ERROR, DraftFinding, Spot, printed
from dashboard.intake.drafts.mention import ACTUAL, PART, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.table_text import Column, check_table_text, column_of
from dashboard.intake.drafts.sentence import exact

_TOTAL = re.compile("^ *(?:合 *计|总 *计|小 *计|总数|全[市区县]合计|共计) *$")
_NUMBER = re.compile(r"^ *-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)? *$")
GridCell = tuple[int, Passage]  # the number of a passage of the draft, and the passage
Grid = dict[tuple[int, int], GridCell]
_LEAST_PARTS = 2
_MOST_SHOWN = 12  # parts of a sum
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
    if grids:
        yield from _against_text(read, list(grids.values()))
        yield from _greatest(read, list(grids.values()))
        yield from check_table_text(read, [_columns(grid) for grid in grids.values()])


def _columns(grid: Grid) -> list[Column]:
    """The columns of numbers with a unit in their head, by the names of the rows."""
    heads = _heads(grid)
    rows: dict[int, list[tuple[str, Decimal, Spot, str]]] = {}
    totals: dict[int, Decimal] = {}
    for (row, column), (number, passage) in grid.items():
        first, value = grid.get((row, 0)), _value((number, passage))
        if not column or value is None or first is None:
            continue
        if _is_total(grid, row):
            totals[column] = value
        else:
            name, spot = first[1].plain.strip(), _spot((number, passage))
            rows.setdefault(column, []).append((name, value, spot, passage.text))
    made = [column_of(heads.get(at, ""), row, totals.get(at)) for at, row in rows.items()]
    return [column for column in made if column is not None]


def _heads(grid: Grid) -> dict[int, str]:
    """The words of the first row, by column."""
    return {column: cell[1].plain for (row, column), cell in grid.items() if row == 0}


_UNIT = re.compile(r"[(](?P<scale>万|亿)?(?P<unit>[\u4e00-\u9fff]{1,3})[)] *$")
_SAYS_NOTHING = re.compile(
    r"全[市区县旗省]|我[市区县旗]|城乡|对象|人员|人数|户数|总数|数量|在保|在册|登记|办理|累计|共|数$|[(][^()]*[)]|20\d\d年|\s"
)
_YEAR_OF = re.compile(r"^((?:19|20)\d{2})(?:年|年度|年底|年末)?$")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SLIP = Decimal("0.2")  # a value of the text this near to the table's was meant to be it


def _against_text(read: ReadDraft, grids: Sequence[Grid]) -> Iterator[DraftFinding]:
    """What the text says of a year against the cell of that year under the same name and unit."""
    cells = dict(chain.from_iterable(map(_named_cells, grids)))
    for mention in read.mentions:
        if mention.kind != ACTUAL or mention.relation == PART or not exact(mention):
            continue
        if mention.period is None or read.draft.passages[mention.passage].kind == "cell":
            continue
        name = _SAYS_NOTHING.sub("", mention.subject)
        cell = cells.get((name, mention.amount.dimension, mention.period.end.year))
        if cell is None:
            continue
        number, passage, value = cell
        off = abs(value - mention.amount.value)
        if mention.amount.step < off <= value * _SLIP:
            message = Text(
                f"文字与表不符：{mention.subject} 写 {mention.amount.written}，"
                f"表中为 {passage.text}",
                f"text and table differ: {mention.amount.written} in the text, {passage.text} in"
                " the table",
            )
            spots = (mention.place, _spot((number, passage)))
            yield DraftFinding("two_values", ERROR, message, tuple(sorted(spots)))


def _named_cells(
    grid: Grid,
) -> Iterator[tuple[tuple[str, str, int], tuple[int, Passage, Decimal]]]:
    """The numbers of rows that are named for years, by name, unit and year."""
    heads = _heads(grid)
    for (row, column), (number, passage) in grid.items():
        first, value = grid.get((row, 0)), _value((number, passage))
        year = _YEAR_OF.match(first[1].plain.strip()) if first else None
        unit = _UNIT.search(heads.get(column, ""))
        if year and unit and value is not None and column:
            name = _SAYS_NOTHING.sub("", heads[column])
            scaled = value * _SCALES.get(unit["scale"] or "", Decimal(1))
            yield (name, unit["unit"], int(year[1])), (number, passage, scaled)


_MOST = re.compile(
    r"([\u4e00-\u9fff]{1,6}(?:镇|乡|街道))(?:的)?(?:最多|最高|居首|居首位|排名第一|位居第一)"
)


def _greatest(read: ReadDraft, grids: Sequence[Grid]) -> Iterator[DraftFinding]:
    """A street that the text calls the first, in whose column another has more."""
    for sentence in read.sentences:
        match = _MOST.search(sentence.shape)
        following = sentence.all_in(sentence.shape[match.end() :])[:1] if match else []
        for mention in following:
            for grid in grids:
                yield from _not_the_greatest(grid, match[1] if match else "", mention)


def _most_of_column(grid: Grid, column: int) -> tuple[Decimal, GridCell] | None:
    """The greatest value of a column without its totals, and its cell."""
    values = [
        (value, cell)
        for (row, at), cell in grid.items()
        if at == column and not _is_total(grid, row) and (value := _value(cell)) is not None
    ]
    return max(values, key=lambda one: one[0], default=None)


def _not_the_greatest(grid: Grid, street: str, mention: Mention) -> Iterator[DraftFinding]:
    """The street's first cell with the value that the text states, where a cell has more."""
    for (row, column), cell in grid.items():
        if not _is_row_of(grid, row, street) or not column or _value(cell) != mention.amount.value:
            continue
        most, greatest = _most_of_column(grid, column) or (mention.amount.value, cell)
        if most > mention.amount.value:
            message = Text(
                f"“最多”不符：{street} {mention.amount.written}，表中最大的是 {greatest[1].text}",
                f"not the most: {mention.amount.written}, the greatest of the table is"
                f" {greatest[1].text}",
            )
            spots = (mention.place, _spot(greatest))
            yield DraftFinding("most", ERROR, message, tuple(sorted(spots)))
            return


def _is_row_of(grid: Grid, row: int, street: str) -> bool:
    first = grid.get((row, 0))
    return first is not None and bool(first[1].plain) and street.endswith(first[1].plain.strip())


def _rows(grid: Grid) -> Iterator[DraftFinding]:
    """The one total row against the rows below it, or where it is the last those above it."""
    rows = sorted({row for row, _ in grid})
    columns = sorted({column for _, column in grid})
    totals = [at for at, row in enumerate(rows) if _is_total(grid, row)]
    if len(totals) != 1:
        return
    at = totals[0]
    parts = rows[at + 1 :] or rows[:at]
    for column in columns[1:]:
        yield from _column(grid, column, parts, rows[at])


def _is_total(grid: Grid, row: int) -> bool:
    first = grid.get((row, 0))
    return first is not None and bool(_TOTAL.match(first[1].plain))


def _column(grid: Grid, column: int, parts: list[int], total: int) -> Iterator[DraftFinding]:
    printed_total = _value(grid.get((total, column)))
    cells = [grid[row, column] for row in parts if (row, column) in grid]
    known = [(cell, value) for cell in cells if (value := _value(cell)) is not None]
    if printed_total is None or len(known) < _LEAST_PARTS:
        return
    if _NOT_SUMMED.search(_words(grid, column, parts)):
        return
    values = [value for _, value in known]
    together = sum(values, Decimal(0))
    if not _room(values) < abs(together - printed_total) <= max(printed_total, together) / 2:
        return
    line = _line(values)
    message = Text(
        f"表中合计不符：{line} = {printed(together)}，合计写 {printed(printed_total)}",
        f"the table's total is wrong: {line} = {printed(together)}, printed is"
        f" {printed(printed_total)}",
    )
    spots = sorted((_spot(grid[total, column]), _spot(known[0][0])))
    yield DraftFinding("table_total", ERROR, message, tuple(spots))


def _words(grid: Grid, column: int, rows: Sequence[int]) -> str:
    """What the cells of a column say that hold no number."""
    cells = (grid.get((row, column)) for row in rows)
    return "".join(cell[1].plain for cell in cells if cell and not _value(cell))


def _line(values: Sequence[Decimal]) -> str:
    """A sum as it is shown."""
    more = " + …" if len(values) > _MOST_SHOWN else ""
    return " + ".join(map(printed, values[:_MOST_SHOWN])) + more


def _spot(cell: GridCell) -> Spot:
    """Where a cell of a table stands."""
    number, passage = cell
    return number, 0, len(passage.text)


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
