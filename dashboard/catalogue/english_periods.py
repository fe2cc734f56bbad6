"""Writes English words of time the way Chinese tables do: September 2026 is 2026年9月."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

_LONGEST = 400  # characters; a longer text is no heading and no title
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS = ("first", "second", "third", "fourth")
_IN_CHINESE = re.compile("[年月季]")
_LATIN = re.compile("[A-Za-z]{3}|[Qq][1-4]")
_YEAR = r"((?:19|20)\d{2})(?!\d)"
_MONTH = (
    r"(?<![A-Za-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![A-Za-z])\.?"
)
_TO = r"\s*(?:[-–—~]|to|through)\s*"
_OF = r"(?:\s*,\s*|\s+of\s+|\s*[-/]\s*|\s*)"
_DAY = r"(?<!\d)([0-3]?\d)(?:st|nd|rd|th)?"
_ORDINAL = rf"(?<![A-Za-z\d])({'|'.join(_ORDINALS)}|[1-4](?:st|nd|rd|th))\s*"


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _place(ordinal: str) -> int:
    """The number of an ordinal: third and 3rd are 3."""
    return int(ordinal[0]) if ordinal[0].isdigit() else _ORDINALS.index(ordinal.lower()) + 1


def _half(year: str, ordinal: str) -> str:
    return f"{year}{'上' if _place(ordinal) == 1 else '下'}半年"


_FORMS: tuple[tuple[str, Callable[..., str]], ...] = (
    (_MONTH + _TO + _MONTH + _OF + _YEAR, lambda a, b, y: f"{y}年{_month(a)}-{_month(b)}月"),
    (_YEAR + _OF + _MONTH + _TO + _MONTH, lambda y, a, b: f"{y}年{_month(a)}-{_month(b)}月"),
    (_DAY + r"\s*" + _MONTH + _OF + _YEAR, lambda d, m, y: f"{y}年{_month(m)}月{int(d)}日"),
    (_MONTH + r"\s*" + _DAY + r"\s*,\s*" + _YEAR, lambda m, d, y: f"{y}年{_month(m)}月{int(d)}日"),
    (_MONTH + _OF + _YEAR, lambda m, y: f"{y}年{_month(m)}月"),
    (_YEAR + _OF + _MONTH, lambda y, m: f"{y}年{_month(m)}月"),
    (
        rf"(?<![A-Za-z])q([1-4]){_TO}q?([1-4]){_OF}{_YEAR}",
        lambda a, b, y: f"{y}年{a}-{b}季度",
    ),
    (r"(?<![A-Za-z\d-])q([1-4])" + _OF + _YEAR, lambda q, y: f"{y}年{q}季度"),
    (_ORDINAL + "quarter" + _OF + _YEAR, lambda o, y: f"{y}年{_place(o)}季度"),
    (_YEAR + _OF + _ORDINAL + "quarter", lambda y, o: f"{y}年{_place(o)}季度"),
    (_ORDINAL + "half" + _OF + _YEAR, lambda o, y: _half(f"{y}年", o)),
    (_YEAR + _OF + _ORDINAL + "half", lambda y, o: _half(f"{y}年", o)),
    (r"(?<=[A-Za-z])(?:\s*,\s*|\s+)(?:in\s+|year\s+)?" + _YEAR + r"(?![-/.年])", "{}年".format),
    (r"^" + _YEAR + r"\s+(?=[A-Za-z])", "{}年".format),
)
_ANYWHERE = tuple((re.compile(form, re.IGNORECASE), write) for form, write in _FORMS)
_ALONE: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = tuple(
    (re.compile(form, re.IGNORECASE), write)
    for form, write in (
        (_MONTH + _TO + _MONTH, lambda a, b: f"{_month(a)}-{_month(b)}月"),
        (_MONTH, lambda m: f"{_month(m)}月"),
        (_ORDINAL + "quarter", lambda o: f"{_place(o)}季度"),
        (_ORDINAL + "half(?:[ -]year)?", lambda o: _half("", o)),
    )
)


@lru_cache(maxsize=16_384)
def in_chinese(text: str) -> str:
    """A text with its English periods in Chinese; one with Chinese words of time is as it is.

    Urban beneficiaries, Sept. 2026 → Urban beneficiaries, 2026年9月; a whole text July → 7月. A
    month without its year inside a longer text is not one: may, march.
    """
    if len(text) > _LONGEST or not _LATIN.search(text) or _IN_CHINESE.search(text):
        return text
    for form, write in _ALONE:
        if match := form.fullmatch(text.strip()):
            return write(*match.groups())
    for form, write in _ANYWHERE:
        text = form.sub(partial(_written, write), text)
    return text


def _written(write: Callable[..., str], match: re.Match[str]) -> str:
    return write(*match.groups())
