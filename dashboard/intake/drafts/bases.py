"""Recognises the phrases of time that a comparison is made with: 比上年同期, 与2020年相比.

Such a phrase says what a change is measured against. It dates the figure that follows it at once
(比上年同期的5189张), and no other figure of its sentence.
"""

from __future__ import annotations

import re

_LED = re.compile(r"(?:(?<![占之])比|较|相[比较]于|比起)(?:于)?(?:其)?$")
_WITH = re.compile(r"[与同和跟]$")
_CLOSED = re.compile(
    r"^(?:的?同期|同月|的?(?:[末底初份]|水平|数据?|基数))*(?:相比|比较|相较|对比|比(?=[,增下减上]))"
)
_CLOSED_LATER = re.compile(r"^[^,;。!?\n]{0,24}?(?:相比|比较|相较|对比|持平)")
_LONGEST_LEAD = 4  # characters
_AT_ONCE = re.compile(r"^[的为是有达共计数约近仅只]*$")
_CHANGES = re.compile("[相对]比|相较|比较|增|减|升|降|提高|多|少|回落|持平")
_TIME = re.compile(
    r"(?:(?:19|20)\d\d年(?:度)?(?:(?:1-)?\d{1,2}月|[上下]半年|第?[一二三四1-4]季度|前三季度)?"
    r"|[去上]年(?:同期)?|(?:1-)?\d{1,2}月)(?:份|底|末|初)?"
)


def is_base(plain: str, start: int, end: int) -> bool:
    """Whether the phrase of time at ``start``..``end`` is what a comparison is made with."""
    before, after = plain[max(start - _LONGEST_LEAD, 0) : start], plain[end : end + 40]
    if _LED.search(before) or _CLOSED.match(after):
        return True
    return bool(_WITH.search(before) and _CLOSED_LATER.match(after))


def dates_next(between: str) -> bool:
    """Whether an amount after a base and these words is the base's own figure."""
    return bool(_AT_ONCE.match(between)) or not _CHANGES.search(between)


def without_bases(plain: str) -> str:
    """A text with blanks in place of the times that its comparisons are made with."""
    return _TIME.sub(
        lambda match: " " * len(match[0]) if is_base(plain, *match.span()) else match[0], plain
    )
