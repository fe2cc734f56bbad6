"""Reads ratios that are written as words: 过半, 半数以上, 近一半, 翻一番."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dashboard.intake.drafts.amounts import PERCENT, TIMES, Amount
from dashboard.intake.drafts.mention import CHANGE, Mention

_WORDED = re.compile(
    r"(?P<half>(?:超|近|约|不到|不足|超过|将近|接近)?(?:一半|半数)(?:以上|以下|左右|多)?|(?<!时间)(?<!时间过半[、,]任务)过半(?!天|个|年))"
    r"|(?P<double>(?:近)?翻(?:了)?(?P<times>[一两二三])?(?:番|倍))"
)
_TIMES = {None: 2, "一": 2, "两": 4, "二": 4, "三": 8}
_COARSE = Decimal(4)  # points within which 一半 is meant


def worded(plain: str, model: Mention, end: int) -> Iterator[Mention]:
    """The worded ratios from the beginning of a mention's sentence to a place, as mentions."""
    for match in _WORDED.finditer(plain, model.sentence[0], end):
        if match["half"]:
            words = re.sub("一半|半数|过半", "", match[0]) or ("超" if "过半" in match[0] else "")
            value, step, unit = Decimal(50), _COARSE, PERCENT
        else:
            words = "近" if match[0].startswith("近") else ""
            value, step, unit = Decimal(_TIMES[match["times"]]), Decimal("0.2"), TIMES
        amount = Amount(match.start(), match.end(), match[0], value, step, unit, unit, words)
        yield replace(model, amount=amount, before="", after="", kind=CHANGE, relation="")
