"""Reads what a change is measured against, and what it says that it is of.

同比增加6对 is measured against twelve months before; 比上年末 against the December before, which
only a stock has; 环比 against the month before, which only stocks and single months have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.periods import Period
from dashboard.intake.drafts.claims.changes import names_more
from dashboard.intake.drafts.mention import Mention

YEAR = 12  # months
_YEAR_END = re.compile(r"(?:(?P<year>20\d\d)年|[去上]年)年?[底末]|年初")
_MONTH_END = re.compile(r"[比较](?P<month>\d{1,2})月(?:份)?[底末]")
_SAME_MONTHS = re.compile(r"同比|同期")
_NAMED_YEAR = re.compile(r"(20\d\d)年")
_YEAR_BEFORE = re.compile("去年|上年")
_MONTH_BEFORE = re.compile("环比|上月|上个月")
_FALL = re.compile(r"下降|降低|减少|下调|减幅|降幅|回落|减$|降$|少$|少了$")
CHANGES = re.compile(
    r"增长|增加|提高|提升|上升|下降|降低|减少|上调|下调|增幅|降幅|增速|多|少|[增减升降](?=了?(?:近|约|超)?$)"
)
_COMPARED = re.compile(
    "[,(]?(?:同比|环比|(?:比|较|与|和|同|跟)(?:上|去|前|20|年初|同期)|同期).*$|(?:净?[增减]|提高|提升|上升|下降|降低|多|少).*$"
)
_JOINED = re.compile(
    r"[、和,及与;]{0,2}(?:同比)?(?:净?[增减][加少长]?|上升|下降|降低|提高|提升|上涨|回落)?(?:了|约|近)?"
)


def falls(words: str) -> bool:
    """Whether the words at a change say that it is a fall."""
    return _FALL.search(words) is not None


def months_back(words: str, indicator: Indicator, period: Period) -> int:
    """How many months before ``period`` a change of an indicator begins; 0 where it is not certain.

    Within a year 比上年 may be against its end: only 同比 and 同期 are certain.
    """
    is_stock = indicator.accumulation is Accumulation.END_OF_PERIOD
    end = _YEAR_END.search(words)
    if end:
        years = period.year - int(end["year"]) - 1 if end["year"] else 0
        return max(years * YEAR + period.month, 0) if is_stock else 0
    month = _MONTH_END.search(words)
    if month:
        return is_stock * max(period.month - int(month["month"]), 0)
    if _SAME_MONTHS.search(words) or period.month == YEAR:
        return _years_back(words, period) * YEAR
    is_single = is_stock or indicator.accumulation is Accumulation.IN_MONTH
    return int(is_single and _MONTH_BEFORE.search(words) is not None)


def _years_back(words: str, period: Period) -> int:
    """How many years before ``period`` a change begins that is against whole years; or 0."""
    year = _NAMED_YEAR.search(words)
    if year:
        return max(period.year - int(year[1]), 0)
    return int(bool(_SAME_MONTHS.search(words) or _YEAR_BEFORE.search(words)))


def own_subject(words: str) -> str:
    """What a change says that it is of: 结婚登记 of 结婚登记同比增加; "" where it says nothing."""
    if not names_more(words):
        return ""
    return _COMPARED.sub("", words) or words


def run_of_changes(plain: str, mentions: Sequence[Mention]) -> int:
    """How many of the mentions, from the first on, are changes of one list: 分别增长6%、下降3%."""
    count = 1
    while count < len(mentions) and mentions[count].sentence == mentions[0].sentence:
        between = plain[mentions[count - 1].amount.end : mentions[count].amount.start]
        if mentions[count].passage != mentions[0].passage or not _JOINED.fullmatch(between):
            break
        count += 1
    return count
