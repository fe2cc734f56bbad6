"""Takes a part of a year off a heading that says what is counted too: 1-3月低保人数."""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.catalogue import periods
from dashboard.intake.forms.parts_of_year import PART, with_english, without_section_number
from dashboard.intake.understanding.words import normal

# What may not follow: these words make another time, a change or an age of it.
_OTHER = re.compile(
    r"^(?:[前后内中初比较起至到—~～-]|[上下]旬|\d|以[来前后内上下]|同比|环比|合计|小计|总计)"
)
_NOTHING_COUNTED = re.compile(r"(?:其中)?[:：]?(?:\(\))?")
_EMPTY = re.compile(r"\([_·:、,的]*\)")
_JOINTS = "_·、,"
_LETTER = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=16_384)
def split_part(text: str) -> tuple[str, str] | None:
    """What a heading counts and its part of a year; None where it does not say both.

    低保人数(7月) and 7月末低保人数 are 低保人数 with 7月 or 7月末, 1-3月累计 is 累计 with 1-3月. A
    heading with a year, with two parts of one, or that counts nothing (其中:9月份) stays whole.
    """
    plain = without_section_number(with_english(normal(text)))
    parts = list(PART.finditer(plain))
    if len(parts) != 1 or periods.phrases(plain):
        return None
    start, end = parts[0].span()
    before, behind = plain[:start], plain[end:]
    if _OTHER.match(behind):
        return None
    rest = _EMPTY.sub("", f"{before.rstrip(_JOINTS)}{behind.lstrip(_JOINTS + ':的')}").rstrip(":")
    if _NOTHING_COUNTED.fullmatch(rest) or not _LETTER.search(rest):
        return None
    return rest, parts[0][0].replace("份末", "末").replace("份底", "底")
