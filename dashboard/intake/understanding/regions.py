"""Where the tables of a sheet stand: captions, heading rows, rows of figures, label columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, filled, is_number, squeezed, text_of
from dashboard.intake.forms.numerals import UnreadableNumber, read_value

_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_NOTE = re.compile(
    r"(?:注|说明|备注)\d*[:、.].*|.*(?:负责人|填表人|填报人|审核人|制表人|联系电话)[:]?.*"
)
_NUMBERED = re.compile(r"序号|编号|栏次|行次|列次|甲|no\.?", re.I)
_REMARKS = re.compile(r"备注|说明|备\s*注|联系电话|联系人")
_CHANGE = re.compile("增减|增长|增幅|同比|环比|[较比][上去][年月]")
_SERIAL = re.compile(r"序号|编号|行次|no\.?", re.I)
# Figures in words (三万多, 约20) and formulas kept as text; figures among them are plain.
_WRITTEN = re.compile(
    r"[约近超]?[\d一二三四五六七八九十百千万亿两.]{1,6}[余多]?|[=@+][A-Z\d(].*", re.I
)


class Kind(StrEnum):
    """What a row is."""

    BLANK = "blank"
    CAPTION = "caption"  # one text, or labels such as 填报单位：…
    HEADING = "heading"  # several texts and no figure
    NUMBERS = "numbers"  # the columns' numbers
    FIGURES = "figures"
    NOTE = "note"  # footnotes and signatures


@dataclass(frozen=True, eq=False)
class Region:
    """One table of a sheet. Rows and columns count from 0.

    ``labels`` are the columns that name the rows; ``figures`` give for each column of figures the
    label columns that are its own.
    """

    sheet: Sheet
    captions: tuple[tuple[int, int], ...]  # cells
    header: tuple[int, ...]
    body: tuple[int, ...]
    labels: tuple[int, ...] = ()
    figures: dict[int, tuple[int, ...]] = field(default_factory=dict)
    texts: tuple[int, ...] = ()  # columns of words beside the figures, not read
    grid: tuple[tuple[str, ...], ...] = ()
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


def is_figure(cell: object) -> bool:
    """Whether a cell holds a number, as such or as text; marks such as — are none."""
    if is_number(cell):
        return True
    if not isinstance(cell, str) or not any(letter.isdigit() for letter in cell):
        return False
    try:
        return read_value(cell).value is not None
    except UnreadableNumber:
        return False


def is_mark(cell: object) -> bool:
    """Whether a cell says that there is no figure: —, /, 未报."""
    text = squeezed(cell)
    if text.startswith("#未计算") or (text.startswith("#") and text.isascii() and len(text) > 2):
        return True  # a formula's error stands where a figure should
    return text in ("-", "--", "—", "——", "/", "…", "未报", "缺报", "*", "**", "***", "无")


def _is_year(cell: object) -> bool:
    text = text_of(cell)
    return bool(re.fullmatch(r"\d{4}", text)) and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _distinct(sheet: Sheet, row: int) -> list[int]:
    """The filled places of a row, a merged range once."""
    return filled(sheet.rows[row])


def _is_numbers_row(sheet: Sheet, row: int) -> bool:
    if headings.is_letters_row(sheet, row):
        return True
    texts = [squeezed(sheet.cell(row, at)) for at in filled(sheet.rows[row])]
    if texts and _NUMBERED.fullmatch(texts[0]):
        texts = texts[1:]
        plain = [text.strip("()") for text in texts]
        numbers = [int(text) for text in plain if text.isdecimal()]
        if len(numbers) < len(plain) or len(numbers) < 1:
            return False
        return all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return False


def kind_of(sheet: Sheet, row: int) -> Kind:
    """What a row of the sheet is, seen alone."""
    places = _distinct(sheet, row)
    if not places:
        return Kind.BLANK
    if _is_numbers_row(sheet, row):
        return Kind.NUMBERS
    cells = [sheet.cell(row, at) for at in places]
    texts = [squeezed(cell) for cell in cells]
    if _NOTE.fullmatch(texts[0]) and not any(map(is_figure, cells[1:])):
        return Kind.NOTE
    figures = [cell for cell in cells if is_figure(cell)]
    years = [cell for cell in figures if _is_year(cell)]
    if figures and len(years) == len(figures) and (len(years) > 1 or len(places) == 1):
        if len(places) == 1:
            return Kind.CAPTION
        spans = [int(text_of(cell)) for cell in years]
        if len(set(spans)) > 1 or len(places) == len(years):
            return Kind.HEADING
    if figures:
        return Kind.FIGURES
    periods = {text for text in texts if headings.is_period_word(text)}
    if len(periods) < 3 and all(":" in text or text in periods for text in texts):
        return Kind.CAPTION
    if len(places) == 1:
        return Kind.CAPTION
    marks = sum(map(is_mark, cells))
    if marks and marks >= len(cells) - 2 and marks * 2 >= len(cells):
        return Kind.FIGURES
    labelled = sum(":" in text and not text.startswith("其中") for text in texts)
    if any(re.match(r"(?:计量)?单位:.|填[报表]单位:", text) for text in texts):
        labelled += len(texts) - labelled == 1  # a title and the unit beside it
    return Kind.CAPTION if labelled * 2 > len(texts) else Kind.HEADING


def find_regions(sheet: Sheet) -> list[Region]:
    """The tables of a sheet from top to bottom; empty where no row holds a figure."""
    found: list[tuple[list[int], list[int], list[int]]] = []
    captions: list[int] = []
    header: list[int] = []
    body: list[int] = []
    kinds = [kind_of(sheet, row) for row in range(len(sheet.rows))]
    kinds = [_in_title(kinds, row) for row in range(len(kinds))]
    for row, kind in enumerate(kinds):
        if kind in (Kind.BLANK, Kind.NOTE):
            continue
        if kind is Kind.NUMBERS and not body:
            continue
        if kind in (Kind.FIGURES, Kind.NUMBERS):
            body.append(row)
        elif kind is Kind.HEADING or (kind is Kind.CAPTION and _is_group(sheet, row)):
            if body:
                found.append((captions, header, body))
                captions, header, body = [], [], []
            if not header and kind is Kind.CAPTION and not _heads(kinds, row):
                captions.append(row)
            else:
                header.append(row)
        elif body and _begins_table(kinds, row):
            found.append((captions, header, body))
            captions, header, body = [row], [], []
        elif header and not body and _distinct(sheet, row)[0] > _distinct(sheet, header[0])[0]:
            header.append(row)  # the one heading of its row
        elif header:
            body.append(row)  # a section of the rows: 一、综合
        else:
            captions.append(row)
    if body:
        found.append((captions, header, body))
    regions = [_region(sheet, *one) for one in found]
    return [region for region in regions if region is not None] or _unreadable(sheet)


def _in_title(kinds: Sequence[Kind], row: int) -> Kind:
    """The kind of a row; a row above 填表人:… and the headings belongs to the title."""
    below = [kind for kind in kinds[row + 1 : row + 5] if kind is not Kind.BLANK]
    if kinds[row] is Kind.HEADING and below[:2] == [Kind.NOTE, Kind.HEADING]:
        return Kind.CAPTION
    return kinds[row]


def _unreadable(sheet: Sheet) -> list[Region]:
    """The table under a heading of areas in which no cell can be read as a figure."""
    for row in range(len(sheet.rows) - 1):
        places = filled(sheet.rows[row])
        named = [at for at in places if headings.AREA.fullmatch(squeezed(sheet.cell(row, at)))]
        if not named or len(places) < 2:
            continue
        body = tuple(
            r for r in range(row + 1, len(sheet.rows)) if squeezed(sheet.cell(r, named[0]))
        )
        captions = tuple((r, at) for r in range(row) for at in filled(sheet.rows[r]))
        figures: dict[int, tuple[int, ...]] = {at: (named[0],) for at in places if at > named[0]}
        grid = tuple(map(tuple, headings.heading_grid(sheet, [row])))
        if body and figures:
            return [Region(sheet, captions, (row,), body, (named[0],), figures, (), grid)]
    return []


def _heads(kinds: Sequence[Kind], row: int) -> bool:
    following = [kind for kind in kinds[row + 1 :] if kind is not Kind.BLANK]
    return bool(following) and following[0] in (Kind.HEADING, Kind.NUMBERS)


def _is_group(sheet: Sheet, row: int) -> bool:
    """Whether one text in a row is a heading over some columns, and no title over all of them."""
    places = _distinct(sheet, row)
    if len(places) != 1 or places[0] == 0:
        return False
    merged = sheet.merged_from.get((row, places[0]))
    text = squeezed(sheet.cell(row, places[0]))
    width = merged[3] - merged[1] + 1 if merged else 1
    return ":" not in text.removeprefix("其中:") and 1 < width < sheet.width - 1


def _begins_table(kinds: Sequence[Kind], row: int) -> bool:
    """Whether the captions from this row on stand over another table's headings."""
    for kind in kinds[row + 1 :]:
        if kind in (Kind.BLANK, Kind.CAPTION, Kind.NOTE):
            continue
        return kind is Kind.HEADING
    return False


def _region(sheet: Sheet, captions: list[int], header: list[int], body: list[int]) -> Region | None:
    while body and not any(is_figure(c) or is_mark(c) for c in sheet.rows[body[-1]]):
        body = body[:-1]  # what stands below the last figures are notes
    cells = [(row, at) for row in captions for at in filled(sheet.rows[row])]
    grid = headings.heading_grid(sheet, header) if header else []
    if not body:
        return None
    width = range(sheet.width)
    labels = [at for at in width if _is_label(sheet, grid, body, at)]
    remarks = [at for at in width if _is_remark(grid, at)]
    figures: dict[int, tuple[int, ...]] = {}
    texts: list[int] = []
    for at in width:
        if at in remarks or _is_blank(sheet, body, at):
            continue
        if at in labels and not _is_written_out(sheet, body, at):
            continue
        filled_in = any(is_figure(sheet.cell(r, at)) or is_mark(sheet.cell(r, at)) for r in body)
        if not filled_in and at not in labels:
            texts.append(at)
        else:
            figures[at] = _own_labels(labels, at)
    if not figures or (not header and len(figures) > 1):
        return None  # figures side by side without headings are not guessed
    # Words right of the figures name no row, unless the headings begin anew (two panels).
    first = min(figures)
    inner = {at for own in figures.values() for at in own}
    texts += [at for at in labels if at > first and at not in inner and at not in figures]
    kept = tuple(at for at in labels if at not in figures and (at < first or at in inner))
    lines = tuple(tuple(line) for line in grid)
    return Region(
        sheet, tuple(cells), tuple(header), tuple(body), kept, figures, tuple(texts), lines
    )


def _is_written_out(sheet: Sheet, body: Sequence[int], column: int) -> bool:
    """Whether a column of words gives figures that cannot be read: 三万多, 约20."""
    if column == 0:
        return False
    texts = [squeezed(sheet.cell(row, column)) for row in body]
    texts = [text for text in texts if text]
    return not all(map(is_figure, texts)) and all(map(_WRITTEN.fullmatch, texts))


def _own_labels(labels: Sequence[int], column: int) -> tuple[int, ...]:
    """The run of label columns nearest to the left of a column."""
    left = [at for at in labels if at < column]
    if not left:
        return tuple(labels[:1])  # the names may stand right of the figures
    own = left[-1:]
    while own and own[0] - 1 in left:
        own.insert(0, own[0] - 1)
    return tuple(own)


def _is_blank(sheet: Sheet, body: Sequence[int], column: int) -> bool:
    return all(sheet.cell(row, column) is None for row in body)


def _heading_of(grid: Sequence[Sequence[str]], column: int) -> str:
    return next((line[column] for line in reversed(grid) if line[column]), "")


def _is_remark(grid: Sequence[Sequence[str]], column: int) -> bool:
    return bool(_REMARKS.fullmatch(_heading_of(grid, column)))


def _is_label(
    sheet: Sheet, grid: Sequence[Sequence[str]], body: Sequence[int], column: int
) -> bool:
    heading = _heading_of(grid, column)
    if _is_remark(grid, column) or _CHANGE.search(heading):
        return False
    named = (headings.AREA, headings.AREA_CODE, headings.PERIOD, headings.UNIT, headings.CODE)
    if column < 4 and any(words.fullmatch(heading) for words in named):
        return True
    if _SERIAL.fullmatch(heading):
        return True
    cells = [sheet.spread(row, column) for row in body]
    cells = [cell for cell in cells if cell is not None]
    if not cells:
        return bool(grid) and column == 0
    words = sum(not is_figure(cell) and not is_mark(cell) for cell in cells)
    if words * 2 > len(cells):
        return True
    if column == 0 and all(map(_is_year, cells)) and len(cells) > 1:
        return True
    return _is_serial(sheet, body, column)


def _is_serial(sheet: Sheet, body: Sequence[int], column: int) -> bool:
    """Whether a column only counts the rows, beside a column of names."""
    texts = [text_of(sheet.cell(row, column)) for row in body]
    numbers = [int(text) for text in texts if text.isdecimal()]
    names = [sheet.cell(row, column + 1) for row in body]
    named = sum(isinstance(name, str) and not is_figure(name) for name in names)
    counting = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return bool(numbers) and numbers[0] == 1 and counting and named * 2 > len(names)
