"""Works out which columns of a table name its rows, which hold figures, and which only remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, squeezed, text_of
from dashboard.intake.understanding.nearly_figures import is_nearly_figure
from dashboard.intake.understanding.row_kinds import is_counting, is_figure, is_mark, is_year

_REMARKS = re.compile(r"备注|说明|备\s*注|联系电话|联系人")
_CHANGE = re.compile("增减|增长|增幅|同比|环比|[较比][上去][年月]")
_SERIAL = re.compile(r"序号|编号|行次|no\.?", re.I)
_NAMED = (headings.AREA, headings.AREA_CODE, headings.PERIOD, headings.UNIT, headings.CODE)
_FIRST_COLUMNS = 4  # where 地区, 时间 or 单位 heads the names of rows
# Figures in words (三万多, 约20) and formulas kept as text; figures among them are plain.
_WRITTEN_OUT = re.compile(
    r"[约近超]?[\d一二三四五六七八九十百千万亿两.]{1,6}[余多]?|[=@+][A-Z\d(].*", re.I
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table by what they hold.

    ``labels`` name the rows; ``figures`` give for each column of figures its own label columns;
    ``texts`` are columns of words that are not read.
    """

    labels: tuple[int, ...]
    figures: dict[int, tuple[int, ...]]
    texts: tuple[int, ...]


def columns_of(sheet: Sheet, grid: Sequence[Sequence[str]], body: Sequence[int]) -> Columns:
    """What the columns hold, by their headings (``grid``) and the rows of the body."""
    labels = [at for at in range(sheet.width) if _is_label(sheet, grid, body, at)]
    figures: dict[int, tuple[int, ...]] = {}
    texts: list[int] = []
    for at in range(sheet.width):
        if _is_remark(grid, at) or _is_blank(sheet, body, at):
            continue
        if at in labels:
            if _is_written_out(sheet, body, at):
                figures[at] = _own_labels(labels, at)
        elif _has_figures(sheet, body, at):
            figures[at] = _own_labels(labels, at)
        else:
            texts.append(at)
    return _split_labels(labels, figures, texts)


def _split_labels(
    labels: Sequence[int], figures: dict[int, tuple[int, ...]], texts: Sequence[int]
) -> Columns:
    """Words right of the figures name no row, unless the headings begin anew (two panels)."""
    first = min(figures, default=0)
    inner = {at for own in figures.values() for at in own}
    names = [at for at in labels if at not in figures]
    left = tuple(at for at in names if at < first or at in inner)
    right = [at for at in names if at > first and at not in inner]
    return Columns(left, figures, (*texts, *right))


def _has_figures(sheet: Sheet, body: Sequence[int], column: int) -> bool:
    cells = [sheet.cell(row, column) for row in body]
    return any(is_nearly_figure(cell) or is_mark(cell) for cell in cells)


def _is_written_out(sheet: Sheet, body: Sequence[int], column: int) -> bool:
    """Whether a column of words gives figures in words: 三万多, 约20."""
    if column == 0:
        return False
    texts = [squeezed(sheet.cell(row, column)) for row in body]
    texts = [text for text in texts if text]
    return not all(map(is_figure, texts)) and all(map(_WRITTEN_OUT.fullmatch, texts))


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
    cells = [sheet.spread(row, column) for row in body]
    cells = [cell for cell in cells if cell is not None]
    if _heads_labels(heading, column):
        counts_areas = column > 0 and headings.AREA.fullmatch(heading) and cells
        return not (counts_areas and not _are_words(cells))  # 街道 | 镇 | 乡: how many of each
    if not cells:
        return bool(grid) and column == 0
    return _are_words(cells) or _are_years(cells, column) or _is_serial(sheet, body, column)


def _heads_labels(heading: str, column: int) -> bool:
    named = any(words.fullmatch(heading) for words in _NAMED)
    return (column < _FIRST_COLUMNS and named) or bool(_SERIAL.fullmatch(heading))


def _are_words(cells: Sequence[object]) -> bool:
    words = sum(not is_nearly_figure(cell) and not is_mark(cell) for cell in cells)
    return words * 2 > len(cells)


def _are_years(cells: Sequence[object], column: int) -> bool:
    return column == 0 and len(cells) > 1 and all(map(is_year, cells))


def _is_serial(sheet: Sheet, body: Sequence[int], column: int) -> bool:
    """Whether a column only counts the rows, left of a column of names."""
    texts = (text_of(sheet.cell(row, column)) for row in body)
    numbers = (int(text) for text in texts if text.isdecimal())
    if next(numbers, 0) != 1 or not is_counting([1, *numbers]):
        return False
    names = [sheet.cell(row, column + 1) for row in body]
    named = sum(isinstance(name, str) and not is_figure(name) for name in names)
    return named * 2 > len(names)
