"""Judges figures of one quantity whose periods lie within each other.

What was done from January to August is no more than what was done from January to September, and
the 9月当月 no more than either. Two figures are of one quantity where their words name the same;
a figure whose words name nothing (累计发放) goes on with the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.spans import Period, Span
from dashboard.intake.drafts.claims.quantities import LEVEL, RATIOS, TOTAL, Quantity
from dashboard.intake.drafts.finding import DraftFinding, finding

_LAST = 12  # figures before one that are looked at
_NO_FLOW = re.compile(
    "净|结余|结存|余额|在[册保院住校]|现有|共有|标准|平均|均|最[多少高低]|目标|计划|预算|任务"
)
_STOCK = re.compile(r"^截|[末底初]$|同期|以来$|目前")
_UNTIL = re.compile(r"^截[至止].*\d月")
_TIME = re.compile(
    r"(?:(?:20\d\d年|今年|全年|本[年月季]|当[月季年日]|单[月季]|[上下]半年|前三季度|第?[一二三四]季度"
    r"|\d{1,2}(?:-|至|到)\d{1,2}月(?:份)?|\d{1,2}月(?:份)?|前?[\d一二三四五六七八九十]+个月))"
)
_DONE = re.compile(
    "其中|累计|共计|合计|[共已又再仅约达为了就]|全[市区县旗镇]|我[市区县旗]|办理|发放|支出|实施|开展|完成|拨付|接待|受理|募集|救助|服务|惠及|资金|[,、:]"
)
_LEAST = 2  # signs of a name


@dataclass(frozen=True, slots=True)
class _Dated:
    quantity: Quantity
    name: str
    since: Period
    end: Period


def within(made: Sequence[Quantity], earlier: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """The figures of a sentence against those of its passage whose periods hold theirs."""
    if not any(one.mention.period_text for one in made):
        return
    passage = made[0].mention.passage
    dated = _dated([*[one for one in earlier if one.mention.passage == passage], *made])
    for at, one in enumerate(dated):
        if one.quantity.order >= len(made) or made[one.quantity.order] is not one.quantity:
            continue
        for other in dated[max(at - _LAST, 0) : at][::-1]:
            short, long = sorted((other, one), key=_length)
            if _is_of(short, long) and _exceeds(short.quantity, long.quantity):
                yield _finding(short.quantity, long.quantity)
                break


def _dated(row: Sequence[Quantity]) -> list[_Dated]:
    """The flows of a row that say their period, each with its name or that of the one before."""
    found: list[_Dated] = []
    names: dict[str, str] = {}  # by unit
    for one in row:
        if one.role not in {LEVEL, TOTAL}:
            continue
        own = _name(one)
        name = own if len(own) >= _LEAST else names.get(one.dimension, "")
        names[one.dimension] = name
        span = one.mention.period
        if name and span is not None and _is_flow(one):
            found.append(_Dated(one, name, _since(span, one.mention.period_text), span.end))
    return found


def _name(one: Quantity) -> str:
    return _DONE.sub("", _TIME.sub("", one.own))


def _is_flow(one: Quantity) -> bool:
    """Whether it counts what was done in a period that its own words say."""
    text = one.mention.period_text
    is_own = text != "" and text in one.introduced
    if _STOCK.search(text) and not (_UNTIL.match(text) and "累计" in one.own):
        return False
    is_level = one.role in {LEVEL, TOTAL} and not one.raises and not one.is_each
    return is_own and is_level and one.dimension not in RATIOS and not _NO_FLOW.search(one.own)


def _since(span: Span, text: str) -> Period:
    if _UNTIL.match(text):
        return Period(span.end.year, 1)
    return span.since or span.end.plus(1 - max(span.length, 1))


def _length(one: _Dated) -> int:
    return (one.end.year - one.since.year) * 12 + one.end.month - one.since.month


def _is_of(short: _Dated, long: _Dated) -> bool:
    """Whether both count the same in the same area, the first within the period of the second."""
    first, second = short.quantity, long.quantity
    same = first.dimension == second.dimension and first.mention.area == second.mention.area
    named = short.name in long.name or long.name in short.name
    inside = long.since <= short.since and short.end <= long.end
    return same and named and inside and _length(short) < _length(long)


def _exceeds(short: Quantity, long: Quantity) -> bool:
    least, most = short.mention.amount.bounds[0], long.mention.amount.bounds[1]
    return least is not None and most is not None and least > most


def _finding(short: Quantity, long: Quantity) -> DraftFinding:
    part, whole = (
        f"{one.mention.period_text}{one.mention.amount.written}" for one in (short, long)
    )
    message = Text(
        f"时段较短的数大于包含它的时段的数：{part}，{whole}",
        f"the figure of a shorter period is greater than that of the longer one: {part}, {whole}",
    )
    return finding("period_within", message, (short.mention, long.mention))
