"""Judges whether the stored value of a formula is the value that it has.

Programs that write workbooks store 0 for a formula that nobody has calculated. Formulas of numbers,
cells, SUM and the four operations are calculated here; of others it is not known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from dashboard.intake.forms.files.cells import column_place

_TOKEN = re.compile(
    r"\s*(?:(\d+\.?\d*(?:E[+-]?\d+)?|\.\d+)|(\$?[A-Z]{1,3}\$?\d+)|(SUM)(?=\()|(.))", re.IGNORECASE
)
_MOST_CELLS = 100_000  # of one SUM
_LONGEST = 2000  # characters of a formula that is looked at
_DEEPEST = 40  # brackets within brackets

NumberAt = Callable[[int, int], "float | None"]


class _Unknown(ValueError):
    """A formula that is not calculated here."""


def calculated(formula: str, number_at: NumberAt) -> float | None:
    """The value of a formula, None where it is not known.

    ``number_at`` gives the number in a cell (row and column from 0), 0 for a blank one, None where
    the cell holds something else.
    """
    if not formula or len(formula) > _LONGEST:
        return None
    try:
        value = _Formula(formula, number_at).value()
    except (_Unknown, ZeroDivisionError, OverflowError):
        return None
    return value if math.isfinite(value) else None


class _Formula:
    """A formula read from left to right."""

    def __init__(self, text: str, number_at: NumberAt) -> None:
        self._tokens = [
            (match.lastindex or 0, match[match.lastindex or 0])
            for match in _TOKEN.finditer(text.strip().removeprefix("="))
        ]
        self._at = self._depth = 0
        self._number_at = number_at

    def value(self) -> float:
        value = self._sum()
        if self._at < len(self._tokens):
            raise _Unknown
        return value

    def _next(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, *wanted: str) -> str:
        """The next token where it is one of those wanted, else an empty text."""
        if self._next() in wanted and self._next():
            self._at += 1
            return self._tokens[self._at - 1][1]
        return ""

    def _sum(self) -> float:
        value = self._product()
        while sign := self._take("+", "-"):
            value += self._product() if sign == "+" else -self._product()
        return value

    def _product(self) -> float:
        value = self._signed()
        while sign := self._take("*", "/"):
            factor = self._signed()
            value = value * factor if sign == "*" else value / factor
        return value

    def _signed(self) -> float:
        sign = 1.0
        while mark := self._take("+", "-"):
            sign = -sign if mark == "-" else sign
        value = sign * self._term()
        while self._take("%"):
            value /= 100
        return value

    def _term(self) -> float:
        if self._at >= len(self._tokens):
            raise _Unknown
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == 1:
            return float(text)
        if kind == 2 and self._next() != ":":
            return self._cell(*_place(text))
        if kind == 3:
            return self._sum_of_cells()
        if text != "(":
            raise _Unknown
        return self._bracket()

    def _bracket(self) -> float:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unknown
        value = self._sum()
        self._depth -= 1
        if not self._take(")"):
            raise _Unknown
        return value

    def _sum_of_cells(self) -> float:
        self._take("(")
        total = self._argument()
        while self._take(","):
            total += self._argument()
        if not self._take(")"):
            raise _Unknown
        return total

    def _argument(self) -> float:
        tokens = self._tokens[self._at : self._at + 3]
        if [kind for kind, _ in tokens] != [2, 4, 2] or tokens[1][1] != ":":
            return self._sum()
        self._at += 3
        (top, left), (bottom, right) = _place(tokens[0][1]), _place(tokens[2][1])
        if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
            raise _Unknown
        return sum(
            self._cell(row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )

    def _cell(self, row: int, column: int) -> float:
        value = self._number_at(row, column)
        if value is None:
            raise _Unknown
        return value


def _place(reference: str) -> tuple[int, int]:
    plain = reference.replace("$", "")
    letters = plain.rstrip("0123456789")
    return int(plain[len(letters) :]) - 1, column_place(letters)
