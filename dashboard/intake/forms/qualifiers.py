"""Reads words by which a figure is stated as approximate: 约, 多, 余, 左右, 以上, 不少于."""

from __future__ import annotations

import re
from typing import NamedTuple

from dashboard.intake.forms.chinese_numerals import SIGNS, chinese_value
from dashboard.intake.forms.files.cells import Formatted, squeezed, text_of
from dashboard.intake.forms.numerals import is_plain, plain_digits

_BEFORE = "大约|大概|约|将近|接近|近|超过|超|逾|不少于|不低于|至少|不足|不到|不超过"
_AFTER = "多|余|左右|上下|以上|以下|以内"
_STATED = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<figure>-?\d[\d,]*(?:\.\d+)?)(?P<within>多|余)?"
    rf"(?P<scale>[十百千万亿]?)(?P<late>多|余)?(?P<unit>[^\d]*?)(?P<after>{_AFTER})?"
)
_IN_WORDS = re.compile(rf"(?P<before>{_BEFORE})?(?P<figure>[{SIGNS}]+)(?P<rest>.*)")
_FORMAT = re.compile(f"{_BEFORE}|{_AFTER}")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


class Qualified(NamedTuple):
    """A cell without its qualifier, and the qualifier; "" where the figure is stated as it is."""

    cell: object
    qualifier: str = ""


def qualified(cell: object, unit: str = "") -> Qualified:
    """The cell without the word that states it as approximate: 3万多 is 30000, 多; 12万 is 120000.

    Chinese numerals count as digits where such a word stands with them (三万多). ``unit`` is
    printed beside the cell: 4000余万 in a column of 万元 is 4000 of them.
    """
    if isinstance(cell, Formatted):
        shown = _FORMAT.search(cell.display.text)
        return Qualified(cell, shown[0] if shown else "")
    if not isinstance(cell, str) or is_plain(cell):
        return Qualified(cell)
    return _stated(cell, unit) or Qualified(cell)


def _stated(cell: str, unit: str) -> Qualified | None:
    """The figure of a text with its qualifier or scale; None where it has neither."""
    text = plain_digits(squeezed(text_of(cell)))
    match = _STATED.fullmatch(_in_digits(text))
    if match is None:
        return None
    words = [match[name] for name in ("before", "within", "late", "after") if match[name]]
    if not words and not (match["scale"] and text[:1].isdecimal() and not match["unit"]):
        return None
    figure, scale, printed = match["figure"], match["scale"], match["unit"]
    if printed and printed != unit:
        return Qualified(figure + scale + printed, "".join(words))
    if scale and not unit.startswith(scale):
        return Qualified(float(figure.replace(",", "")) * _SCALES[scale], "".join(words))
    return Qualified(figure, "".join(words))


def _in_digits(text: str) -> str:
    """The text with Chinese numerals at its beginning as digits; the last 万 or 亿 stays a word."""
    match = _IN_WORDS.fullmatch(text)
    if match is None:
        return text
    figure, scale = match["figure"], ""
    if figure[-1] in "万亿":
        figure, scale = figure[:-1], figure[-1]
    value = chinese_value(figure)
    return text if value is None else f"{match['before'] or ''}{value}{scale}{match['rest']}"
