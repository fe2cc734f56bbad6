"""Finds where the tables of a sheet stand: captions, heading rows, rows of figures, labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Place, Sheet, filled, squeezed
from dashboard.intake.understanding.body_rows import BodyRows, RowWords
from dashboard.intake.understanding.columns import columns_of
from dashboard.intake.understanding.row_kinds import RowKind, is_figure, is_mark, kind_of


@dataclass(frozen=True, eq=False)
class Region:
    """One table of a sheet. Rows and columns count from 0.

    ``labels`` are the columns that name the rows; ``figures`` give for each column of figures the
    label columns that are its own. ``outer`` are the captions that it shares with the sheet's other
    tables; those of the first table, and of all side by side, are among its ``captions``.
    """

    sheet: Sheet
    captions: tuple[Place, ...]
    header: tuple[int, ...]
    body: tuple[int, ...]
    labels: tuple[int, ...] = ()
    figures: dict[int, tuple[int, ...]] = field(default_factory=dict)
    texts: tuple[int, ...] = ()  # columns of words beside the figures, not read
    grid: tuple[tuple[str, ...], ...] = ()
    outer: tuple[Place, ...] = ()
    _paths: dict[int, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def path(self, column: int) -> tuple[str, ...]:
        """The headings over a column, outermost first, each once."""
        if column not in self._paths:
            self._paths[column] = headings.heading_path([*map(list, self.grid)], column)
        return self._paths[column]

    @property
    def top(self) -> int:
        """The first row of the header, or of the figures where there is none."""
        return self.header[0] if self.header else self.body[0]


@dataclass
class _Table:
    """The rows of one table as they are found."""

    captions: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)


class _TableRows:
    """Sorts the rows of a sheet, from top to bottom, into its tables."""

    def __init__(self, sheet: Sheet, words: RowWords) -> None:
        self._sheet = sheet
        alone = [kind_of(sheet, row) for row in range(len(sheet.rows))]
        kinds = [_in_title(alone, row) for row in range(len(alone))]
        self._kinds = BodyRows(sheet, kinds, words).kinds()
        self._table = _Table()
        self._tables: list[_Table] = []

    def tables(self) -> list[_Table]:
        """The tables that have rows of figures."""
        for row, kind in enumerate(self._kinds):
            if kind in (RowKind.FIGURES, RowKind.NUMBERS):
                self._take_figures(row, kind)
            elif kind is RowKind.HEADING or (
                kind is RowKind.CAPTION and _is_group(self._sheet, row)
            ):
                self._take_heading(row, kind)
            elif kind is RowKind.CAPTION:
                self._take_caption(row)
        self._close()
        return self._tables

    def _close(self) -> None:
        """Ends a table that has rows of figures; what stands above a table belongs to it."""
        if self._table.body:
            self._table.body = self._without_notes(self._table.body)
            self._tables.append(self._table)
            self._table = _Table()

    def _without_notes(self, body: Sequence[int]) -> list[int]:
        """The rows to the last of figures: what stands below are notes."""
        last = max((at for at, row in enumerate(body) if self._has_figures(row)), default=-1)
        return list(body[: last + 1])

    def _has_figures(self, row: int) -> bool:
        cells = self._sheet.rows[row]
        return self._kinds[row] is RowKind.FIGURES or any(is_figure(c) or is_mark(c) for c in cells)

    def _take_figures(self, row: int, kind: RowKind) -> None:
        table = self._table
        if not (table.header or table.body) and len(filled(self._sheet.rows[row])) == 1:
            table.captions.append(row)  # a number alone above a table: 9
        elif kind is RowKind.FIGURES or table.body:
            table.body.append(row)

    def _take_heading(self, row: int, kind: RowKind) -> None:
        self._close()
        table = self._table
        title = not table.header and kind is RowKind.CAPTION and not _heads(self._kinds, row)
        (table.captions if title else table.header).append(row)

    def _take_caption(self, row: int) -> None:
        if _begins_table(self._kinds, row):
            self._close()
        table = self._table
        if not table.header:
            table.captions.append(row)
        elif not table.body and self._first(row) > self._first(table.header[0]):
            table.header.append(row)  # the one heading of its row
        else:
            table.body.append(row)  # a section of the rows: 一、综合

    def _first(self, row: int) -> int:
        return filled(self._sheet.rows[row])[0]


def find_regions(sheet: Sheet, words: RowWords) -> list[Region]:
    """The tables of a sheet from top to bottom; empty where no row holds a figure."""
    regions = [_region(sheet, table) for table in _TableRows(sheet, words).tables()]
    return [region for region in regions if region is not None] or _unreadable(sheet)


def _in_title(kinds: Sequence[RowKind], row: int) -> RowKind:
    """The kind of a row; a row above 填表人:… and the headings belongs to the title."""
    below = [kind for kind in kinds[row + 1 : row + 5] if kind is not RowKind.BLANK]
    if kinds[row] is RowKind.HEADING and below[:2] == [RowKind.NOTE, RowKind.HEADING]:
        return RowKind.CAPTION
    return kinds[row]


def _unreadable(sheet: Sheet) -> list[Region]:
    """The table under a heading of areas in which no cell can be read as a figure."""
    for row in range(len(sheet.rows) - 1):
        if kind_of(sheet, row) is RowKind.FIGURES:
            continue  # 镇 | 143 is a line with its figure, no heading
        places = filled(sheet.rows[row])
        named = [at for at in places if headings.AREA.fullmatch(squeezed(sheet.cell(row, at)))]
        region = _unread_below(sheet, row, named[0]) if named and len(places) > 1 else None
        if region is not None:
            return [region]
    return []


def _unread_below(sheet: Sheet, row: int, names: int) -> Region | None:
    """The table below a heading row whose column ``names`` has the areas."""
    rows = range(row + 1, len(sheet.rows))
    body = tuple(other for other in rows if squeezed(sheet.cell(other, names)))
    captions = tuple((above, at) for above in range(row) for at in filled(sheet.rows[above]))
    figures: dict[int, tuple[int, ...]] = {
        at: (names,) for at in filled(sheet.rows[row]) if at > names
    }
    grid = tuple(map(tuple, headings.heading_grid(sheet, [row])))
    if not body or not figures:
        return None
    return Region(sheet, captions, (row,), body, (names,), figures, (), grid)


def _heads(kinds: Sequence[RowKind], row: int) -> bool:
    following = [kind for kind in kinds[row + 1 :] if kind is not RowKind.BLANK]
    return bool(following) and following[0] in (RowKind.HEADING, RowKind.NUMBERS)


def _is_group(sheet: Sheet, row: int) -> bool:
    """Whether one text in a row is a heading over some columns, and no title over all of them."""
    places = filled(sheet.rows[row])
    if len(places) != 1 or places[0] == 0:
        return False
    merged = sheet.merged_from.get((row, places[0]))
    text = squeezed(sheet.cell(row, places[0]))
    width = merged[3] - merged[1] + 1 if merged else 1
    return ":" not in text.removeprefix("其中:") and 1 < width < sheet.width - 1


def _begins_table(kinds: Sequence[RowKind], row: int) -> bool:
    """Whether the captions from this row on stand over another table's headings."""
    for kind in kinds[row + 1 :]:
        if kind in (RowKind.BLANK, RowKind.CAPTION, RowKind.NOTE):
            continue
        return kind is RowKind.HEADING
    return False


def _region(sheet: Sheet, table: _Table) -> Region | None:
    header, body = table.header, table.body
    if not body:
        return None
    grid = headings.heading_grid(sheet, header) if header else []
    columns = columns_of(sheet, grid, body)
    if not columns.figures or (not header and len(columns.figures) > 1):
        return None  # figures side by side without headings are not guessed
    return Region(
        sheet,
        captions=tuple((row, at) for row in table.captions for at in filled(sheet.rows[row])),
        header=tuple(header),
        body=tuple(body),
        labels=columns.labels,
        figures=columns.figures,
        texts=columns.texts,
        grid=tuple(tuple(line) for line in grid),
    )
