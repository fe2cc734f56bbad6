"""Tells texts that stand for a figure, readable or not (约500, 12万, 3,5, 510；), from words."""

from __future__ import annotations

import re

from dashboard.intake.forms.files.cells import squeezed
from dashboard.intake.forms.numerals import UnreadableNumber, plain_digits, read_value
from dashboard.intake.forms.qualifiers import qualified
from dashboard.intake.understanding.row_kinds import is_figure

_MISTYPED = re.compile(r"(?=.*\d)[-+]?[\d,.;:；：，。、·'\"‘’“”?？!！%‰]+(?:[eE][-+]?\d+)?[,.;；，。、?？!！]*")
_DATE = re.compile(r"(?:19|20)\d{2}[.,、:]\d{1,2}(?:[.,、:]\d{1,2})?[.,、。]?")


def is_nearly_figure(cell: object) -> bool:
    """Whether a cell holds a figure, or a text that can only be meant as one."""
    if is_figure(cell):
        return True
    if not isinstance(cell, str):
        return False
    text = plain_digits(squeezed(cell))
    if _MISTYPED.fullmatch(text) and not _DATE.fullmatch(text):
        return True
    return _is_approximate(cell)


def _is_approximate(cell: str) -> bool:
    """Whether a text is a figure with its qualifier or scale: 约500, 12万."""
    bare = qualified(cell).cell
    if bare is cell:
        return False
    try:
        return is_figure(bare) or read_value(bare).value is not None
    except UnreadableNumber:
        return False
