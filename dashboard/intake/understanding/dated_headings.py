"""Takes a month, quarter or half off a heading that says what is counted too: 7月低保人数."""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.catalogue import periods
from dashboard.intake.understanding.words import is_chinese, normal

_PART = (
    r"(?:(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])月(?:份末?|末|底)?"
    r"|第?[一二三四1-4]季度?末?|[上下]半年)"
)
# What may not follow: these words make another time, a change or an age of it (9月累计, 3月以上).
_OTHER = (
    r"累计|当月|本月|止|[末底日初起以至及和、比与或\-—~～/龄均薪内前后中]|同比|环比|合计|小计|总计"
)
_OF_WHICH = "其中"
_BEFORE = re.compile(rf"({_PART})的?[_·:]?(?!{_OTHER})([^\d月]+)")
_BEHIND = re.compile(rf"([^\d月至到—~～-]+?)[_·:-]?(?:\(({_PART})\)|({_PART}))")


@lru_cache(maxsize=16_384)
def split_part(text: str) -> tuple[str, str] | None:
    """What a heading counts and its month, quarter or half without a year; None where not both.

    低保人数(7月) and 7月末低保人数 are 低保人数 with 7月 or 7月末; 9月累计, a heading with a year
    and 其中:9月份, which counts nothing of its own, are not taken apart.
    """
    plain = normal(text)
    before, behind = _BEFORE.fullmatch(plain), _BEHIND.fullmatch(plain)
    if before:
        part, rest = before.groups()
    elif behind:
        rest, part = behind[1], behind[2] or behind[3]
    else:
        return None
    named = is_chinese(rest) and rest != _OF_WHICH and not periods.phrases(plain)
    return (rest, part.replace("份末", "末")) if named else None
