"""Checks lists: 分别 with as many figures as names, counted names, numbers of headings, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import ERROR, WARNING, DraftFinding, finding
from dashboard.intake.drafts.mention import CHANGE, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import M, Sentence, comparable, exact
from dashboard.intake.forms.chinese_numerals import chinese_number

_RESPECTIVELY = re.compile(
    r"(?P<names>(?:[^。;,、\ue000-\uf8ff()]{1,20}、){1,20}[^。;,、\ue000-\uf8ff()]{1,30}?)分别"
    rf"[^。;,、\ue000-\uf8ff]{{0,8}}(?P<list>{M}(?:[、,和及]{M})*)"
)
_FIGURES = re.compile(
    rf"(?P<names>{M}(?:[^。;,\ue000-\uf8ff]{{0,10}}、[^。;,\ue000-\uf8ff]{{0,10}}{M}){{1,12}})[^。;\ue000-\uf8ff]{{0,4}},(?:同比|比上年|较上年|环比)?分别(?:同比)?"
    rf"(?:增长|下降|占|增加|减少)[^。;,、\ue000-\uf8ff]{{0,8}}(?P<list>{M}(?:[、,和及]{M})*)"
)
_COUNTED = re.compile(
    r",?共(?:计)?(?P<count>[2-9]|[二两三四五六七八九十]|1\d)(?P<unit>类|大类|个方面|项|个|家|种|条)(?P<tail>[^\d]|$)"
)
_NAMES = re.compile(r"(?<![^。;,:()])[^。;,:()、]{2,14}(?:、[^。;,:()、]{2,14}){1,20}$")
NEAR = 160  # characters before a count in which the names it counts stand
_HEADINGS = (
    re.compile(r"^ *([一二三四五六七八九十]{1,3})、"),
    re.compile(r"^ *\(([一二三四五六七八九十]{1,3})\)"),
)


def check_lists(read: ReadDraft) -> Iterator[DraftFinding]:
    """What a draft lists against what it says of the list."""
    for sentence in read.sentences:
        yield from _respectively(sentence)
        yield from _reversed(sentence)
    yield from _counted(read)
    yield from _named_before(read)
    yield from _named_in_brackets(read)
    yield from _numbering(read)


def _respectively(sentence: Sentence) -> Iterator[DraftFinding]:
    for match in _RESPECTIVELY.finditer(sentence.shape):
        figures = sentence.all_in(match["list"])
        least = match["names"].count("、") + 1
        joints = len(re.findall("和|及|与|以及", match["names"]))
        if len(figures) < least or len(figures) > least + joints:
            yield finding("respectively", _lengths(str(least), len(figures)), figures)
    for match in _FIGURES.finditer(sentence.shape):
        names, figures = sentence.all_in(match["names"]), sentence.all_in(match["list"])
        if len(names) != len(figures) and comparable(*figures):
            yield finding(
                "respectively", _lengths(str(len(names)), len(figures)), [*names, *figures]
            )


def _lengths(names: str, figures: int) -> Text:
    return Text(
        f"“分别”前列 {names} 项，后给 {figures} 个数",
        f"分别: {names} named, {figures} figures given",
    )


_RANGE = re.compile(rf"(?P<low>{M})(?:-|至|到)(?P<high>{M})(?!年)")


def _reversed(sentence: Sentence) -> Iterator[DraftFinding]:
    """A range whose first figure is the greater."""
    for match in _RANGE.finditer(sentence.shape):
        low, high = sentence.named(match, "low", "high")
        before = sentence.shape[max(match.start() - 18, 0) : match.start()]
        moved = re.search("由|从|降|减|提前|缩", before)
        if not moved and comparable(low, high) and exact(low, high):
            if low.amount.value > high.amount.value:
                message = Text(
                    f"区间写反：{low.amount.written} 至 {high.amount.written}",
                    f"a range the wrong way round: {low.amount.written} to {high.amount.written}",
                )
                yield finding("range", message, (low, high))


def _counted(read: ReadDraft) -> Iterator[DraftFinding]:
    """A、B、C共四类: as many names as are counted, where the list does not end with 等."""
    for number, passage in enumerate(read.draft.passages):
        for match in _COUNTED.finditer(passage.plain):
            start = max(match.start() - NEAR, 0)
            listed = _NAMES.search(passage.plain[start : match.start()])
            count = chinese_number(match["count"])
            if listed is None or count is None or re.search(r"等|以及|和|及|与|\d", listed[0]):
                continue
            names = listed[0].split("、")
            if Decimal(len(names)) != count:
                message = Text(
                    f"列了 {len(names)} 项，写共 {match['count']}{match['unit']}",
                    f"{len(names)} are listed, the text counts {match['count']}",
                )
                spot = (number, start + listed.start(), match.start("tail"))
                yield DraftFinding("counted", ERROR, message, (spot,))


_PLACE_NAMES = re.compile(
    r"(?:^|[。;,:在于])(?P<names>[\u4e00-\u9fff]{2,5}(?:、[\u4e00-\u9fff]{2,5}){1,19})(?P<more>等)?$"
)
_PLACES = re.compile("乡镇|街道|镇|乡|社区|行政村|村|县|区|市|部门|单位")


def _named_before(read: ReadDraft) -> Iterator[DraftFinding]:
    """Places named just before their count: 城关、东坪、石桥、柳林4个镇."""
    for mention in read.mentions:
        amount = mention.amount
        plain = read.draft.passages[mention.passage].plain
        if not _counts_places(mention, plain):
            continue
        start = max(amount.start - NEAR, mention.sentence[0])
        match = _PLACE_NAMES.search(plain[start : amount.start])
        if match is None or re.search("[和及与]", match["names"]):
            continue
        count = len(match["names"].split("、"))
        if count > amount.value or (count < amount.value and not match["more"]):
            message = Text(
                f"列了 {count} 项，写 {amount.written}",
                f"{count} are listed, the text counts {amount.written}",
            )
            spot = (mention.passage, start + match.start("names"), amount.end)
            yield DraftFinding("counted", ERROR, message, (spot,))


def _counts_places(mention: Mention, plain: str) -> bool:
    """Whether it counts as many places as may be listed; ``plain`` is its passage."""
    amount = mention.amount
    is_count = amount.dimension == "个" and 2 <= amount.value <= _MOST_NAMES
    return is_count and exact(mention) and _PLACES.match(plain, amount.end) is not None


_IN_BRACKETS = re.compile(
    r"[(](?!含|其中|包括|不含|如|例如|即每|主要)(?P<names>[^()\d;:,。]{2,80})[)]"
)
_NAMEABLE = frozenset("家 个 处 所 座 支 条 项 类 大类".split())
_MOST_NAMES = 20
_SHORT = 12  # characters of a name


def _named_in_brackets(read: ReadDraft) -> Iterator[DraftFinding]:
    """A count and the names of what it counts in brackets after it: 5家(甲、乙、丙、丁)."""
    for mention in read.mentions:
        amount = mention.amount
        is_count = amount.dimension in _NAMEABLE and 2 <= amount.value <= _MOST_NAMES
        if not is_count or not exact(mention) or mention.kind == CHANGE:
            continue
        plain = read.draft.passages[mention.passage].plain
        match = _IN_BRACKETS.match(plain, amount.end)
        names = match["names"].split("、") if match else []
        is_list = len(names) > 1 and not re.search("等|以及|和|及|与|各|或", "".join(names))
        if is_list and max(map(len, names)) <= _SHORT and len(names) != amount.value:
            message = Text(
                f"列了 {len(names)} 项，写 {amount.written}",
                f"{len(names)} are listed, the text counts {amount.written}",
            )
            spot = (mention.passage, amount.start, match.end() if match else amount.end)
            yield DraftFinding("counted", ERROR, message, (spot,))


def _numbering(read: ReadDraft) -> Iterator[DraftFinding]:
    """Headings whose numbers skip one or come twice."""
    last = {0: 0, 1: 0}
    for number, passage in enumerate(read.draft.passages):
        if passage.kind != "paragraph" or not passage.plain:
            continue
        for level, pattern in enumerate(_HEADINGS):
            match = pattern.match(passage.plain)
            if match is None:
                continue
            value = int(chinese_number(match[1]) or 0)
            expected = last[level] + 1
            if value not in {expected, 1} and last[level]:
                message = Text(
                    f"序号不连续：应为第 {expected}，写的是“{match[0].strip()}”",
                    f"numbering: number {expected} is due, printed is {match[0].strip()}",
                )
                spot = (number, match.start(1), match.end(1))
                yield DraftFinding("numbering", WARNING, message, (spot,))
            last[level] = value
            if level == 0:
                last[1] = 0
