"""Reads chinese numerals of a count: 三万 is 30000, 一千二百零五 is 1205."""

from __future__ import annotations

import re
from decimal import Decimal

SIGNS = "零〇一二两三四五六七八九十百千万亿"
_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LONGEST = 40  # letters; 九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九 has 31
_DIGIT = "[一二两三四五六七八九]"
_BELOW_TEN_THOUSAND = re.compile(
    rf"(?:(?P<thousands>{_DIGIT})千)?(?:零?(?P<hundreds>{_DIGIT})百)?"
    rf"(?:零?(?P<tens>{_DIGIT})?(?P<ten>十))?(?P<zero>零)?(?P<ones>{_DIGIT})?"
)
_SCALES = (("亿", 100_000_000), ("万", 10_000))


def chinese_value(text: str) -> int | None:
    """The number; None where the text is none, or may be read twice (三百五: 350 or 305).

    A text longer than any number of a count is none: the time taken is bounded.
    """
    if len(text) > _LONGEST:
        return None
    text = text.replace("〇", "零")
    for sign, size in _SCALES:
        head, scale, tail = text.rpartition(sign)
        if sign in head:
            return None  # 一百万二十万 is no number
        if scale:
            return _scaled(head, tail, size)
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    match = _BELOW_TEN_THOUSAND.fullmatch(text)
    if not text or match is None:
        return None
    higher = match["thousands"] or match["hundreds"]
    if match["ones"] and higher and not match["ten"] and not match["zero"]:
        return None
    if match["zero"] and not match["ones"]:
        return None
    tens = (_digit(match["tens"]) or 1) if match["ten"] else 0
    thousands, hundreds = _digit(match["thousands"]), _digit(match["hundreds"])
    return thousands * 1000 + hundreds * 100 + tens * 10 + _digit(match["ones"])


def chinese_number(text: str) -> Decimal | None:
    """The value of a numeral in running text: 两, 三千五百, 一百二十点五, 零点三, 百, or digits.

    None where it is no number, or may be read twice.
    """
    if text.isdecimal():
        return Decimal(text)
    whole, point, decimals = text.partition("点")
    value = 0 if whole in {"零", "〇"} else chinese_value(re.sub("^(?=[百千])", "一", whole))
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not all(sign in _DIGITS for sign in decimals):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[sign]) for sign in decimals)}")


def _scaled(head: str, tail: str, size: int) -> int | None:
    """Head times ``size`` plus tail; None where the tail is one digit of a rank not stated."""
    if len(tail) == 1 and tail != "十":
        return None
    above, below = chinese_value(head), chinese_value(tail) if tail else 0
    return None if above is None or below is None else above * size + below


def _digit(sign: str | None) -> int:
    return _DIGITS[sign] if sign else 0
