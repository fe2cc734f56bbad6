"""Which indicator a column heading means, and whether it is the month's or the year's figure.

A heading is read together with the headings over it. Nothing that narrows the meaning may be left
out: under 女性, 低保人数 is not the number of all recipients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue, plain_name
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.intake.forms.files.cells import squeezed
from dashboard.intake.forms.ledger import UNKNOWN

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


NO_TWIN = Text(
    "是当月数，而该指标只收本年累计数；请填累计数，或加 --skip-unknown 跳过",
    "a month's figure, but only the figure since January is kept of this indicator; "
    "give that, or leave the column out with --skip-unknown",
)
_NO_TOTAL = Text(
    "是累计数，而该指标只收当月数；请填当月数，或加 --skip-unknown 跳过",
    "a figure since January, but only the month's is kept of this indicator; "
    "give that, or leave the column out with --skip-unknown",
)


def span_word(text: str) -> str:
    """IN_MONTH where a text says 当月 or 本月, TO_DATE where it says 累计 or 1-10月, else empty."""
    if re.search("当月|本月|分月|各月|逐月", text):
        return IN_MONTH
    return TO_DATE if "累计" in text or _RANGE.search(text) else ""


def match_heading(path: Sequence[str], title: str, catalogue: Catalogue) -> Match:
    """The indicator of a column with the headings ``path``, outermost first."""
    return _match(tuple(path), _scopes(title), _title_word(title), catalogue)


@lru_cache(maxsize=20_000)  # every sheet of a workbook has the same headings
def _match(
    path: tuple[str, ...], scopes: tuple[str, ...], title_word: str, catalogue: Catalogue
) -> Match:
    whole = "".join(path)
    month_range = _RANGE.search(whole)
    month = int(month_range[1]) if month_range else 0
    if len(path) == 1 and "/" in whole and catalogue.find_indicator(whole) is None:
        path = tuple(whole.split("/"))
    found = _find(path, scopes, catalogue)
    if found is None:
        plain = [_TIME.sub("", text) for text in path]
        found = _find([text for text in plain if text.strip(":/")], scopes, catalogue)
    if found is None:
        return Match(None, UNKNOWN, month)
    return _in_its_span(found, span_word(whole) or title_word, catalogue, month)


@lru_cache(maxsize=1024)
def _title_word(title: str) -> str:
    word = span_word(title)
    return word if word == IN_MONTH else ""


def _in_its_span(found: Indicator, word: str, catalogue: Catalogue, month: int) -> Match:
    """The month's or the year's twin, as the heading says; refused where there is no such twin."""
    wanted = {IN_MONTH: Accumulation.IN_MONTH, TO_DATE: Accumulation.YEAR_TO_DATE}.get(word)
    counted = (Accumulation.IN_MONTH, Accumulation.YEAR_TO_DATE)
    if wanted is None or found.accumulation not in counted or found.accumulation is wanted:
        return Match(found, Text(""), month)
    twin = catalogue.indicators.get(found.linked)
    if twin is not None and twin.accumulation is wanted:
        return Match(twin, Text(""), month)
    return Match(None, NO_TWIN if word == IN_MONTH else _NO_TOTAL, month)


def of_single_months(found: Indicator, word: str, catalogue: Catalogue) -> Indicator | None:
    """The indicator, or its twin where ``word`` says 当月; None where there is no such twin."""
    return _in_its_span(found, word if word == IN_MONTH else "", catalogue, 0).indicator


def _find(path: Sequence[str], scopes: Sequence[str], catalogue: Catalogue) -> Indicator | None:
    """Tries the whole path first, then leaves out outer headings that say nothing of their own."""
    for start in range(len(path)):
        used, left_out = path[start:], path[:start]
        for found in _named(used, scopes, catalogue):
            if all(_says_nothing(text, found, catalogue) for text in left_out):
                return found
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
    found = [
        part
        for part in catalogue.children(whole.id)
        if any(plain_name(line.name) == short for line in catalogue.codes_of(part.id))
        or spoken.intersection(plain_name(text) for text in (part.name.zh, *part.aliases))
    ]
    return found[0] if short and len(found) == 1 else None


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
        found = catalogue.find_line(name=last, parents=groups)
        if found is not None:
            yield found


def _readings(groups: Sequence[str], last: str) -> tuple[str, str, str, str]:
    """低保/城市/人数 as it stands, in one word, as 城市低保人数; 登记数/结婚 as 结婚登记数."""
    outer, inner = [*groups, last], [*reversed(groups), last]
    return "/".join(outer), "".join(outer), "".join(inner), "".join([last, *groups])


@lru_cache(maxsize=1024)
def _scopes(title: str) -> tuple[str, ...]:
    """What a title such as 城市低保情况表 adds to every heading below it."""
    title = squeezed(title)
    kinds = [kind for kind in ("城市", "城镇", "农村") if kind in title]
    if len(kinds) != 1 or "城乡" in title:
        return ()
    kind = "农村" if kinds == ["农村"] else "城市"
    if re.search("低保|最低生活保障", title):
        return (kind, f"{kind}低保")
    return (f"{kind}特困", kind) if "特困" in title else (kind,)


def _says_nothing(heading: str, indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether a heading above only repeats the indicator's own words (婚姻登记, 社会救助)."""
    topic = catalogue.topics.get(indicator.topic)
    words = [indicator.name.zh, *indicator.aliases, topic.title.zh if topic else ""]
    above = catalogue.indicators.get(indicator.parent)
    while above is not None:  # 最低生活保障 over 城市低保金 names the whole of which it is a part
        words += [above.name.zh, *above.aliases]
        above = catalogue.indicators.get(above.parent)
    said = "|".join(words)
    text = _GENERIC.sub("", heading)
    if _SECTION.fullmatch(text):
        return True
    kept = [True] * len(text)
    for start in range(len(text) - 1):
        if text[start : start + 2] in said:
            kept[start] = kept[start + 1] = False
    return not any(kept)


def titled_indicator(title: str, catalogue: Catalogue) -> Indicator | None:
    """The indicator that a title names: the one whose name in it is longest."""
    plain = plain_name(title)
    named = [
        (len(name), one)
        for one in catalogue.indicators.values()
        for text in (one.name.zh, *one.aliases)
        if len(name := plain_name(text)) > 2 and name in plain
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None
