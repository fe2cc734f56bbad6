"""Works out which indicator a column heading means, and whether of the month or the year.

A heading is read together with the headings over it. Nothing that narrows the meaning may be left
out: under 女性, 低保人数 is not the number of all recipients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue, plain_name
from dashboard.catalogue.concepts import Indicator

IN_MONTH, TO_DATE = "in_month", "to_date"

_RANGE = re.compile(r"(?:\d{4}年)?0?1月?[-—–~至到](1[0-2]|[2-9])月(?:份|末|底)?")
_TIME = re.compile(
    r"(?:截至|截止)?(?:\d{4}年)?(?:\d{1,2}月?[-—–~至到]\d{1,2}月|\d{1,2}月)(?:份|末|底)?"
    r"|本年累计|年初至今|本年|累计|当月|本月|期末|年末|月末"
)
_GENERIC = re.compile(
    r"城乡|[一二三四五六七八九十]+、|[()\d]|基本|主要|综合|情况|工作|业务|管理|服务|指标|对象|人员|事业"
    r"|统计|数据|数量|方面|设施|资金|合计|总计|其中|机构|[及和与类、.:数]"
)
_SECTION = re.compile(
    r"社会(?:救助|福利|组织|捐赠)?|婚姻(?:登记|管理)?|养老|儿童(?:福利)?|残疾人福利|老年人?福利|殡葬|慈善"
    r"|社区|基层(?:治理|政权)|(?:成员|自治)组织|提供住宿|最低生活保障|低保|特困"
)
_WHOLE = ("合计", "总计", "小计", "计", "总数")
_COUNTED = ("", "人数", "户数", "对数", "数")
_ENDINGS = {
    "人": ("人数",),
    "户": ("户数",),
    "对": ("对数",),
    "个": ("数",),
    "数量": ("数", "人数"),
    "金额": ("支出", "金", "资金"),
    "资金": ("支出", "金"),
    "支出": ("支出",),
}


@dataclass(frozen=True, slots=True)
class Match:
    """What a heading means. ``indicator`` is None where ``reason`` says why it cannot be used."""

    indicator: Indicator | None
    reason: Text
    month: int = 0  # the last month a heading such as 1-10月 names, else 0


_NO_TOTAL = Text(
    "是累计数，而该指标只收当月数；请填当月数，或加 --skip-unknown 跳过",
    "a figure since January, but only the month's is kept of this indicator; "
    "give that, or leave the column out with --skip-unknown",
)


def _find(path: Sequence[str], scopes: Sequence[str], catalogue: Catalogue) -> Indicator | None:
    """Tries the whole path first, then leaves out outer headings that say nothing of their own."""
    for start in range(len(path)):
        used, left_out = path[start:], path[:start]
        for indicator in _named(used, scopes, catalogue):
            if all(_says_nothing(text, indicator, catalogue) for text in left_out):
                return indicator
    return _part_of_whole(path, scopes, catalogue)


def _part_of_whole(
    path: Sequence[str], scopes: Sequence[str], catalogue: Catalogue
) -> Indicator | None:
    """城市低保人数 over 合计 is itself, over 其中:女性 the women among them."""
    if len(path) < 2:
        return None
    *groups, last = path
    if plain_name(last) in ("", "其中"):
        return None
    groups = groups[:-1] if plain_name(groups[-1]) in ("其中", "") else groups
    whole = _find(groups, scopes, catalogue) if groups else None
    if whole is None:
        return None
    return whole if plain_name(last) in _WHOLE else part_of(whole, last, catalogue)


def part_of(whole: Indicator, name: str, catalogue: Catalogue) -> Indicator | None:
    """The one declared part of ``whole`` that a line or heading 其中:女性 below it means, or None.

    By the part's short name in a form (女性), or by its own name without that of the whole.
    """
    short = plain_name(name)
    wholes = [plain_name(text) for text in (whole.name.zh, *whole.aliases)]
    stems = {text.removesuffix(ending) for text in wholes for ending in _COUNTED}
    spoken = {stem + short + ending for stem in stems for ending in _COUNTED}
    indicators = [
        part
        for part in catalogue.children(whole.id)
        if any(plain_name(line.name) == short for line in catalogue.codes_of(part.id))
        or spoken.intersection(plain_name(text) for text in (part.name.zh, *part.aliases))
    ]
    return indicators[0] if short and len(indicators) == 1 else None


def _named(path: Sequence[str], scopes: Sequence[str], catalogue: Catalogue) -> Iterator[Indicator]:
    """Indicators that the headings name when read together, most literal reading first."""
    *groups, last = path
    for scope in (*scopes, ""):
        for ending in (last, *_ENDINGS.get(last, ())):
            for words in _readings(groups, ending):
                # A heading's own numbering must not hide the words after it.
                plain = plain_name(words)
                spoken = (
                    [scope + plain, plain + scope, plain + scope + "人数"] if scope else [plain]
                )
                yield from filter(None, map(catalogue.find_indicator, spoken))
    above = {plain_name(text) for text in groups}
    name = plain_name(last)
    if not groups or any(
        plain_name(line.name) == name and plain_name(line.parent) in above
        for line in catalogue.lines
    ):
        indicator = catalogue.find_line(name=last, parents=groups)
        if indicator is not None:
            yield indicator


def _readings(groups: Sequence[str], last: str) -> tuple[str, str, str, str]:
    """低保/城市/人数 as it stands, in one word, as 城市低保人数; 登记数/结婚 as 结婚登记数."""
    outer, inner = [*groups, last], [*reversed(groups), last]
    return "/".join(outer), "".join(outer), "".join(inner), "".join([last, *groups])


def _says_nothing(heading: str, indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether a heading above only repeats the indicator's own words (婚姻登记, 社会救助)."""
    topic = catalogue.topics.get(indicator.topic)
    words = [indicator.name.zh, *indicator.aliases, topic.title.zh if topic else ""]
    above = catalogue.indicators.get(indicator.parent)
    while above is not None:  # 最低生活保障 over 城市低保金 names the whole of which it is a part
        words += [above.name.zh, *above.aliases]
        above = catalogue.indicators.get(above.parent)
    sentence = "|".join(words)
    text = _GENERIC.sub("", heading)
    if _SECTION.fullmatch(text):
        return True
    open_places = [True] * len(text)
    for start in range(len(text) - 1):
        if text[start : start + 2] in sentence:
            open_places[start] = open_places[start + 1] = False
    return not any(open_places)
