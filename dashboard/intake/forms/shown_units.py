"""Reads units that a number format prints beside a figure (345.0万), and scales that it applies.

A format may show 3450000 as 345.0万 or as 3,450. What is shown must agree with the unit of the
column; where it does not, the figure is refused and the unit asked for.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from dashboard.base.language import Text, number
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Unit
from dashboard.intake.forms.files.cells import Formatted

_MULTIPLES = {
    "百": 1e2,
    "千": 1e3,
    "k": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
}
_KEPT_IN = (1, 1e3, 1e4, 1e6, 1e8)  # what one of a workbook's numbers may be, in base units
_SIGNS = ("%", "％", "‰")


class Figure(NamedTuple):
    """A figure as it is printed: the number, or text with its sign, and its unit's spelling."""

    cell: object
    unit: str = ""


class UnitContradicted(ValueError):
    """What a cell shows does not go with the unit of its column; ``message`` asks for one."""

    def __init__(self, message: Text) -> None:
        """Keeps the message."""
        super().__init__(message.en)
        self.message = message


def shown_figure(
    cell: Formatted, beside: Unit | None, wanted: Unit, catalogue: Catalogue
) -> Figure:
    """The figure that a formatted cell shows, with the unit printed in the cell, if any.

    ``beside`` is the unit of the column or the sheet, ``wanted`` that of the indicator. Raises
    UnitContradicted.
    """
    words = cell.display.words
    if not words:
        return Figure(cell)
    if words in _SIGNS:
        return Figure(f"{float(cell):.15g}{words}")
    multiple = _MULTIPLES.get(words.casefold())
    if multiple is None:
        if catalogue.find_unit(words) is None:
            raise UnitContradicted(_unknown(cell))
        return Figure(cell, words)
    if beside is None or beside.factor == 1:
        return _multiplied(cell, multiple, beside or wanted)
    if beside.factor == multiple:
        return Figure(cell, beside.name.zh)
    raise UnitContradicted(_two_multiples(cell, beside))


def _multiplied(cell: Formatted, multiple: float, unit: Unit) -> Figure:
    if _is_odd(cell, float(cell) * multiple):
        raise UnitContradicted(_scaled(cell, unit))
    return Figure(float(cell) * multiple, unit.name.zh)


def check_scale(cell: object, unit: Unit) -> None:
    """Refuses a scaled number under a unit that the scale does not lead to.

    3450000 shown as 3,450 is thousands of yuan; under 元 nobody knows whether it is. Raises
    UnitContradicted.
    """
    if not isinstance(cell, Formatted) or not cell.kept or cell.display.is_percent:
        return
    is_scaled = float(cell) != cell.kept
    is_mixed = cell.format.mixes_scales and not is_scaled and unit.factor != 1
    if is_mixed or _is_odd(cell, float(cell) * unit.factor):
        raise UnitContradicted(_scaled(cell, unit))


def _is_odd(cell: Formatted, value: float) -> bool:
    """Whether a scaled number comes to another value than the one kept, in any usual unit."""
    if float(cell) == cell.kept or not cell.kept:
        return False
    return not any(math.isclose(value / cell.kept, known) for known in _KEPT_IN)


def _as_stored(cell: Formatted, language: str) -> str:
    places = 0 if cell.kept.is_integer() else 2
    return number(cell.kept, places, language)


def _unknown(cell: Formatted) -> Text:
    return Text(
        f"显示为“{cell.display.text}”，“{cell.display.words}”不是已知的计量单位；请改正格式或写明单位",
        f"is shown as {cell.display.text!r}; {cell.display.words!r} is no known unit: "
        "mend the format or name the unit",
    )


def _two_multiples(cell: Formatted, beside: Unit) -> Text:
    return Text(
        f"显示为“{cell.display.text}”，而计量单位是{beside.name.zh}；请改正其一",
        f"is shown as {cell.display.text!r} where the unit is {beside.name.en}; mend one of them",
    )


def _scaled(cell: Formatted, unit: Unit) -> Text:
    return Text(
        f"按格式 {cell.format.code} 显示为“{cell.display.text}”，所存的是 "
        f"{_as_stored(cell, 'zh')}，计量单位为{unit.name.zh}；请写明实际单位，或把格式改为常规",
        f"is shown as {cell.display.text!r} by its format {cell.format.code} and kept as "
        f"{_as_stored(cell, 'en')} in {unit.name.en}; name the real unit, or set "
        "the format to general",
    )
