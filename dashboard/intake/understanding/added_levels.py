"""Leaves out totals of what does not add up: standards and rates of streets or groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Aggregation
from dashboard.catalogue.grid import Grid, IndicatorCell
from dashboard.intake.understanding.understood import Note, Reading, Understood
from dashboard.intake.understanding.words import SCOPE

_ROUNDING = 0.006  # of each figure of a sum, as printed
_FEWEST = 2  # figures of which one is a sum
_LEFT_OUT = Text(
    "标准、比率不能相加，合计中的各数之和未读入",
    "standards and rates do not add up: their sum was left out",
)
_ADDED_UP = ("", "item")  # 基本生活标准 and 照料护理标准 make up what is paid
Value = Callable[[Reading], float | None]
_Whole = tuple[Reading, list[Reading]]  # a figure and its parts


def leave_out_added_levels(understood: Understood, catalogue: Catalogue, value: Value) -> None:
    """Leaves out, with a note, what is the sum of standards or rates of streets or of groups."""
    levels = [reading for reading in understood.readings if _is_level(reading, catalogue)]
    area = understood.area.code if understood.area else ""
    grid = catalogue.grid
    added = {
        id(whole)
        for whole, parts in (*_with_streets(levels, area), *_with_groups(levels, grid))
        if _is_sum(value(whole), [number for reading in parts if (number := value(reading))])
    }
    for reading in levels:
        if id(reading) in added:
            understood.notes.append(Note("column_left_out", _LEFT_OUT, reading.row, reading.column))
    understood.readings = [reading for reading in understood.readings if id(reading) not in added]


def _is_level(reading: Reading, catalogue: Catalogue) -> bool:
    return catalogue.indicators[reading.indicator].aggregation is not Aggregation.SUM


def _is_sum(whole: float | None, parts: Sequence[float]) -> bool:
    if whole is None or len(parts) < _FEWEST:
        return False
    near = _ROUNDING * (len(parts) + 1)
    return abs(whole - sum(parts)) <= near and whole > max(parts)


def _with_streets(levels: Sequence[Reading], area: str) -> Iterator[_Whole]:
    """The figures of the table's area, each with those of the others in the same column."""
    for group in _grouped(
        levels, lambda reading: (reading.column, reading.indicator, reading.span.end, reading.kind)
    ):
        parts = [reading for reading in group if reading.area != area]
        yield from ((reading, parts) for reading in group if reading.area == area)


def _with_groups(levels: Sequence[Reading], grid: Grid) -> Iterator[_Whole]:
    """The figures of each area, each with those of one breakdown of it: 集中, 分散; 城市, 农村."""
    for group in _grouped(levels, lambda reading: (reading.area, reading.span.end, reading.kind)):
        for whole in group:
            parts: dict[str, list[Reading]] = defaultdict(list)
            for reading in group:
                parts[_part_by(grid.cell_at(reading.indicator), grid.cell_at(whole.indicator))] += [
                    reading
                ]
            yield from ((whole, parts[by]) for by in parts if by not in _ADDED_UP)


def _part_by(cell: IndicatorCell | None, whole: IndicatorCell | None) -> str:
    """By what a cell is a part of another: a dimension, the scope, or empty where it is none."""
    if cell is None or whole is None or cell[:2] != whole[:2]:
        return ""
    if cell.values == whole.values and cell.scope and not whole.scope:
        return SCOPE
    own = set(cell.values) - set(whole.values)
    is_part = cell.scope == whole.scope and len(own) == 1 and set(whole.values) < set(cell.values)
    return own.pop()[0] if is_part else ""


def _grouped(
    levels: Iterable[Reading], key: Callable[[Reading], object]
) -> Iterable[list[Reading]]:
    groups: dict[object, list[Reading]] = defaultdict(list)
    for reading in levels:
        groups[key(reading)].append(reading)
    return groups.values()
