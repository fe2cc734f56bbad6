"""Reads how a figure is written in a cell: as number, text, a mark for nothing, or unreadably."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureStatus
from dashboard.intake.forms.files.cells import Percent, is_number, text_of

_WIDTH = str.maketrans("０１２３４５６７８９．，－﹣−–＋％（）＊／", "0123456789.,----+%()*/")
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(\.\d+)?([%‰]?)")
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_DIGITS = re.compile(r"[-+(]?\d[\d,.]*[^\d.、]{0,3}")
_NOTHING = re.compile(r"-+|—+|…+|\.{2,}|/+|~|空|空白")
_HIDDEN = re.compile(r"\*+")
_NOT_REPORTED = frozenset({"未报", "缺报", "未上报", "未报送", "notreported"})
_LARGEST = 1e15


class UnreadableNumber(ValueError):
    """A cell that holds something, but not a figure; ``message`` says what was expected."""

    def __init__(self, message: Text) -> None:
        """Keeps the message."""
        super().__init__(message.en)
        self.message = message


class Reading(NamedTuple):
    """A cell's figure as written; ``status`` says why a ``value`` is None, ``sign`` is % or ‰."""

    value: float | None
    status: FigureStatus = FigureStatus.FINAL
    sign: str = ""


_EXPECTED = Text(
    "应为数字，如 1245 或 1,245.0；没有数字请留空，未报送请写“未报”",
    "a number such as 1245 or 1,245.0 is needed; leave the cell blank where there is none",
)
_DATE = Text(
    "是日期，应为数字；请把单元格格式改为常规后重填",
    "a date; a number is needed: set the cell's format to general",
)
_LOGICAL = Text("是逻辑值，应为数字", "a logical value; a number is needed")
_NOT_CALCULATED = Text(
    "公式没有保存结果；请在 Excel 或 WPS 中打开、保存后再报送",
    "a formula whose value was never stored; open the file in Excel or WPS and save it",
)
_FORMULA = Text(
    "公式出错；请修正公式或直接填写数字", "a formula error; mend the formula or write the number"
)


def plain_digits(text: str) -> str:
    """The text with full-width digits and signs as half-width ones."""
    return text.translate(_WIDTH)


def is_plain(cell: object) -> bool:
    """Whether a cell's text is digits alone, as nearly all are: no sign, unit, mark or word."""
    return type(cell) is str and _PLAIN.fullmatch(cell) is not None


def looks_like_number(cell: object) -> bool:
    """Whether a cell holds a number or a text of digits, with a unit or mark behind it: 1,234人."""
    return is_number(cell) or (isinstance(cell, str) and bool(_DIGITS.fullmatch(cell.strip())))


def printed_decimals(cell: object) -> int:
    """How many decimals a figure was printed with: 1 of 100.0, those that matter of a number."""
    if isinstance(cell, str):
        if cell.isdigit() and cell.isascii():
            return 0
        text = plain_digits(cell).replace(" ", "").rstrip("%‰)")
    else:
        text = format(cell, ".15g") if isinstance(cell, float) else str(cell)
    _, point, decimals = text.partition(".")
    return len(decimals) if point and decimals.isdigit() else 0


def read_plain(cell: object) -> Reading:
    """The figure in a cell that is a number or digits alone; raises UnreadableNumber as below."""
    return Reading(_finite(float(cell)))  # type: ignore[arg-type]


def read_value(cell: object) -> Reading:
    """The figure in a cell; raises UnreadableNumber for text, dates, logical values and errors.

    Blank, "—", "…" and "/" are BLANK, "未报" is NOT_REPORTED, "*" alone is SUPPRESSED.
    """
    if type(cell) is float or is_plain(cell):
        return read_plain(cell)
    if isinstance(cell, Percent):
        return Reading(round(_finite(cell * 100), 10), sign="%")
    if isinstance(cell, bool | date):
        raise UnreadableNumber(_LOGICAL if isinstance(cell, bool) else _DATE)
    if isinstance(cell, int | float):
        return Reading(_finite(float(cell)))
    text = text_of(cell).translate(_WIDTH)
    squeezed = text.replace(" ", "")
    nothing = _mark(squeezed)
    if nothing is not None:
        return Reading(None, nothing)
    if squeezed.startswith("#"):
        uncalculated = squeezed.startswith("#未计算")
        raise UnreadableNumber(_NOT_CALCULATED if uncalculated else _FORMULA)
    return _from_text(text)


def _mark(text: str) -> FigureStatus | None:
    """Why a cell holds no number, where a mark says so."""
    if not text or _NOTHING.fullmatch(text):
        return FigureStatus.BLANK
    if _HIDDEN.fullmatch(text):
        return FigureStatus.SUPPRESSED
    return FigureStatus.NOT_REPORTED if text.casefold() in _NOT_REPORTED else None


def _from_text(text: str) -> Reading:
    text = re.sub(r"\s*([,.%‰()+-])\s*", r"\1", text)
    in_brackets = text.startswith("(") and text.endswith(")")
    match = _NUMBER.fullmatch(text[1:-1] if in_brackets else text)
    if match is None or not _is_figure(match, in_brackets=in_brackets):
        raise UnreadableNumber(_EXPECTED)
    whole = re.sub(r"[, ]", "", match[2] or "0")
    size = float(whole + (match[3] or ""))
    negative = in_brackets or match[1] == "-"
    return Reading(_finite(-size if negative else size), sign=match[4])


def _is_figure(match: re.Match[str], *, in_brackets: bool) -> bool:
    """Whether there are digits, and brackets or a sign but not both."""
    return bool(match[2] or match[3]) and not (in_brackets and match[1])


def _finite(value: float) -> float:
    if not math.isfinite(value) or abs(value) >= _LARGEST:
        raise UnreadableNumber(_EXPECTED)
    return value + 0.0
