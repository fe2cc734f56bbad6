"""Finds columns printed for comparison only: changes, and figures of an earlier period."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.catalogue.catalogue import Catalogue
from dashboard.intake.understanding.phrases import strip_unit
from dashboard.intake.understanding.words import normal

_CHANGE = re.compile(
    r"(?:[较比]?[上去](?:年|月|季度?)(?:同期|末)?|同比|环比)*"
    r"(?:增减|增长|增幅|升降|降幅|变化|变动|同比|环比)(?:额|数|量|值|率|幅度?|情况)?[±%％()]*"
    r"|[较比](?:[上去](?:年|月|季度?|期)|[年月季期])(?:同期|同月|末|底|初)?"
    r"(?:净?(?:增减|增加|增长|减少|变化|变动|升降))?(?:数|额|量)?[±%％()]*"
    r"|近[\d一二两三四五六七八九十]+年(?:平均|年均|均值)?(?:数|值)?"
    r"|.{0,8}(?:同比|环比)(?:增减|增长|增幅|升降|降幅|变化|变动|增加|减少)?"
    r"(?:额|数|量|值|率|幅度?|情况)?[±%％()]*"
)
_WITH_BEFORE = re.compile("同比|环比|[较比][上去]")  # 变化情况 may stand over 新增 and 退出 as well
_DERIVED = re.compile(
    r"(?:预算|资金)?(?:执行率|使用率)|(?:任务|目标)?完成率|(?:支出|完成)进度|占比|比重"
    r"|户均(?:救助|补助|发放|支出)?(?:金额|资金|额|水平|标准|数)?"
)
_YEAR_BEFORE = re.compile(r"(?:上年|去年|上一?年度)(?:同期|同月)?(?:累计)?数?|同期数?")
_EARLIER = re.compile(
    r"(?:上(?:年|月|季度?|期)|去年|上一?年度)(?:同期|同月|[年月季]?末)?"
    r"(?:累计|在册|在享|在保|实有|保障|享受|救助|供养)?(?:对象|人员|家庭)?(?:情况)?"
    r"(?:数|户数|人数|人次|对数|床位数|机构数)?"
    r"|期初(?:在保|保障)?(?:数|户数|人数)?|同期数?"
)


def says_year_before(heading: str, catalogue: Catalogue) -> bool:
    """Whether a heading says nothing but that the figures are of a year before: 上年同期."""
    return bool(_YEAR_BEFORE.fullmatch(normal(strip_unit(heading, catalogue))))


def names_no_basis(heading: str, catalogue: Catalogue) -> bool:
    """Whether a heading says that its figures are of a year before, not over which time."""
    plain = normal(strip_unit(heading, catalogue))
    return bool(_YEAR_BEFORE.fullmatch(plain)) and "同月" not in plain and "累计" not in plain


def without_year_before(heading: str, catalogue: Catalogue) -> str:
    """What a heading says besides that its figures are of a year before: 上年同期累计 is 累计."""
    plain = normal(strip_unit(heading, catalogue))
    return "累计" if "累计" in plain else "当月" if "同月" in plain else ""


def names_change(path: Sequence[str], is_year_before: bool, catalogue: Catalogue) -> bool:
    """Whether headings are of a change, or of an earlier period that is not the year before."""
    plain = _plain(path, catalogue)
    if not plain:
        return False
    earlier = any(map(_EARLIER.fullmatch, plain)) and not is_year_before
    is_group = any(_WITH_BEFORE.search(one) and _CHANGE.fullmatch(one) for one in plain[:-1])
    is_change = is_group or bool(_CHANGE.fullmatch(plain[-1]))
    return is_change or earlier or says_derived(path, catalogue)


def says_derived(path: Sequence[str], catalogue: Catalogue) -> bool:
    """Whether headings are of what other columns give: 完成率, 占比, 户均救助."""
    plain = _plain(path, catalogue)
    return bool(plain) and bool(_DERIVED.fullmatch(plain[-1]))


def _plain(path: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Headings without units and without signs of percent."""
    plain = [strip_unit(text, catalogue) for text in path]
    return [text.replace("(%)", "") for text in plain if text]
