"""Takes off the words around an amount what says nothing of it: 累计发放低保金 is 低保."""

from __future__ import annotations

import re

_NEUTRAL = re.compile(
    r"其中|截至目前|目前|截至|截止|今年以来|今年|全年|以来|累计|共计|合计|总计|共有|共|总|分别|已经|已|现有"
    r"|达到|达|为|至|到|约|的|了|均|各|有|是|合计|先后|全部|持续|新增(?=$)|其他|另外|另|同时|以及|和|与|及|并"
)
_TIME = re.compile(r"^(?!\d+(?:-\d+)?周?岁)[\d年月份日\-]+")
_MONEY_WORDS = re.compile(
    r"^(?:发放|支出|落实|支付|兑付)|(?:发放|支出|兑付|使用)?(?:资金|补贴资金|金额|补助资金|款项|经费|金|款)$|发放$|支出$"
)


def plain_subject(words: str, dimension: str) -> str:
    """The words without what says nothing of the quantity: 累计发放低保金 is 低保."""
    short = _NEUTRAL.sub("", _TIME.sub("", words))
    if dimension == "元":
        before = None
        while before != short:
            before, short = short, _MONEY_WORDS.sub("", short)
    return short.strip(" \"“”'")
