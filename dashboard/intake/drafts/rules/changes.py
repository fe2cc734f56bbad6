"""Checks changes: growth against its values, direction against sign, points against per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.finding import (
    WARNING,
    DraftFinding,
    finding,
    in_unit_of,
    printed,
)
from dashboard.intake.drafts.mention import CHANGE, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact

UP = "提高|提升|增加|增长|上升|扩大|上调|调高|增至|升至|增到|升到|增支|增收|增|升|净增|多|扩增"
DOWN = "下降|降低|减少|下调|回落|压减|压缩|降至|减至|降到|减到|缩减|缩短|减支|减收|降|减|少"
_TO = "到|至|为"
_FROM_TO = re.compile(
    rf"(?:由|从){GAP}{{0,16}}?(?P<base>{M})(?P<verb>提高|提升|增加|增长|上升|扩大|上调|调高|扩增|增|升|调整|调|变"
    rf"|下降|降低|减少|下调|回落|压减|压缩|缩减|降|减)(?:了)?(?:{_TO}){GAP}{{0,10}}?(?P<now>{M})"
)
_AGAINST = re.compile(
    rf"(?P<now>{M})[^。;\ue000-\uf8ff]{{0,6}}?[,(]?(?:同比|环比)?(?:比|较|同比|上年同期|去年同期|上年(?:为|是)|去年(?:为|是))"
    rf"{GAP}{{0,20}}?(?P<base>{M})(?!个?百分点)"
)
_CHANGE = re.compile(
    rf"^(?:[,、(的]|期|同期|相比|净)*(?:同比|环比|比上年|较上年|年均)?(?P<verb>{UP}|{DOWN}|增幅|增速|升幅|涨幅|降幅|减幅|增长率)"
    rf"(?:比列|比例|率|幅度|速度)?(?:了|达到|达|为|约|近|是)*(?P<change>{M})"
)
_CAME_OR_WENT = re.compile("(?:注销|撤销|退出|清退|取消|核减|停办|关停)[^,;。]{0,8}$")
_AGAIN = re.compile("^(?:还要?|仍|又|则|足足)")
_NEUTRAL = frozenset(("调整", "调", "变"))  # verbs of change that say no direction
_RISES = re.compile(f"{UP}|增幅|增速|升幅|涨幅")


def check_changes(read: ReadDraft) -> Iterator[DraftFinding]:
    """Every change of a sentence against the two values it is between."""
    for sentence in read.sentences:
        seen: set[tuple[int, int, int]] = set()
        for pattern in (_FROM_TO, _AGAINST):
            for match in pattern.finditer(sentence.shape):
                base, now = sentence.named(match, "base", "now")
                changed = pattern is _AGAINST and base.kind == CHANGE
                flow = pattern is _AGAINST and _CAME_OR_WENT.search(now.before)
                if changed or flow or not comparable(base, now) or now.place in seen:
                    continue
                if pattern is _AGAINST and _is_mean(now) != _is_mean(base):
                    continue  # 共12亿元，年均2亿元，较8亿元增长: the total is meant
                verb = match.groupdict().get("verb") or ""
                judged = list(_pair(sentence, match, base, now, verb))
                if judged or pattern is _FROM_TO:
                    seen.add(now.place)
                yield from judged
        yield from _signs(sentence)
        yield from _points_of_counts(sentence)
        yield from _points_of_what_is_counted(sentence)
        yield from _points_of_rates(sentence)
        yield from _gaps(sentence)
        yield from _words(sentence)


def _is_mean(mention: Mention) -> bool:
    """Whether an amount is one a year, a head or a place."""
    return re.search("[年月日人户]均|平均|每[人户月年天个]", mention.before) is not None


def _pair(
    sentence: Sentence, match: re.Match[str], base: Mention, now: Mention, verb: str
) -> Iterator[DraftFinding]:
    """A base and a value now: the direction of the verb, and the changes stated after them."""
    if verb and verb not in _NEUTRAL and exact(base, now) and base.amount.value != now.amount.value:
        if bool(_RISES.match(verb)) != (now.amount.value > base.amount.value):
            yield finding("direction", _direction(base, now, verb), (base, now))
            return
    start, end = match.span()
    rest = sentence.shape[max(end, start) :]
    rest = _AGAIN.sub("", rest.removeprefix(now.after))
    while change := _CHANGE.match(rest):
        mention = sentence.mention(change["change"])
        if "年均" in change[0]:
            return  # compound over years that the sentence may not name
        yield from stated_change(base, now, change["verb"], mention)
        rest = rest[change.end() :]


def _direction(base: Mention, now: Mention, verb: str) -> Text:
    line = f"{base.amount.written} → {now.amount.written}"
    return Text(
        f"方向不符：{line}，写的是“{verb}”",
        f"the direction is wrong: {line}, but the text says {verb}",
    )


def stated_change(
    base: Mention, now: Mention, verb: str, change: Mention
) -> Iterator[DraftFinding]:
    """One stated change between two values."""
    if not exact(base, now, change) or not base.amount.value:
        return
    difference = now.amount.value - base.amount.value
    if difference and bool(_RISES.match(verb)) != (difference > 0):
        yield finding("direction", _direction(base, now, verb), (base, now, change))
        return
    dimension = change.amount.dimension
    if dimension == base.amount.dimension == PERCENT:
        yield from _of_rates(base, now, change)
    elif dimension == POINTS:
        yield from _in_points(base, now, change)
    else:
        yield from _of_quantities(base, now, change)


def _in_points(base: Mention, now: Mention, change: Mention) -> Iterator[DraftFinding]:
    difference = abs(now.amount.value - base.amount.value)
    if base.amount.dimension != PERCENT:
        yield finding("points", _no_points(change), (base, now, change))
    elif not _agrees(difference, abs(change.amount.value), change):
        yield _wrong("points_value", base, now, change, f"{printed(difference)}个百分点")


def _of_quantities(base: Mention, now: Mention, change: Mention) -> Iterator[DraftFinding]:
    """The change of a quantity: in per cent, times, or its own unit."""
    difference = abs(now.amount.value - base.amount.value)
    quotient = difference / base.amount.value
    due = {
        PERCENT: ("growth", quotient * 100, f"{_as_printed(quotient * 100, change)}%"),
        TIMES: ("times", quotient, f"{_as_printed(quotient, change)}倍"),
        base.amount.dimension: ("difference", difference, in_unit_of(difference, change)),
    }.get(change.amount.dimension)
    if due and not _agrees(due[1], abs(change.amount.value), change, base, now):
        yield _wrong(due[0], base, now, change, due[2])


def _of_rates(base: Mention, now: Mention, change: Mention) -> Iterator[DraftFinding]:
    """A rate's change in per cent: the difference of two rates is in points."""
    difference = abs(now.amount.value - base.amount.value)
    relative = difference / base.amount.value * 100
    if _agrees(difference, abs(change.amount.value), change):
        due = f"{change.amount.written.rstrip('%')}个百分点"
        message = Text(
            f"两个百分率之差应写个百分点：{base.amount.written} → {now.amount.written}，"
            f"应为 {due}，写的是 {change.amount.written}",
            f"a difference of two rates is in percentage points: {base.amount.written} →"
            f" {now.amount.written} is {due}, printed is {change.amount.written}",
        )
        yield finding("points", message, (base, now, change))
    elif not _agrees(relative, abs(change.amount.value), change, base, now):
        yield _wrong("growth", base, now, change, f"{printed(difference)}个百分点")


def _no_points(change: Mention) -> Text:
    return Text(
        f"数量的增减应写 %，写的是 {change.amount.written}",
        f"the change of a quantity is in per cent, printed is {change.amount.written}",
    )


def _wrong(rule: str, base: Mention, now: Mention, change: Mention, due: str) -> DraftFinding:
    line = f"{base.amount.written} → {now.amount.written}"
    message = Text(
        f"增减与两个数不符：{line} 应为 {due}，写的是 {change.amount.written}",
        f"the change does not fit its two values: {line} is {due}, printed is"
        f" {change.amount.written}",
    )
    return finding(rule, message, (base, now, change))


def _as_printed(value: Decimal, model: Mention) -> str:
    places = max(-int(model.amount.step.as_tuple().exponent), 0)
    return printed(value, max(places, 1))


def _agrees(due: Decimal, stated: Decimal, model: Mention, *others: Mention) -> bool:
    """Whether what is printed is the value due, to its last digit; with room for rounded values."""
    step = model.amount.step
    if abs(due.quantize(step, rounding=ROUND_HALF_UP) - stated) <= 0:
        return True
    room = step * Decimal("0.6")
    for other in others:
        size = abs(other.amount.value) or Decimal(1)
        if other.amount.step != 1:
            relative = other.amount.step / size
            room += relative * (due if model.amount.dimension in {PERCENT, TIMES} else size) / 2
            if model.amount.dimension == PERCENT:
                room += relative * 50
    return abs(due - stated) <= room


_DOUBLE = re.compile(rf"(?:{UP}|{DOWN})(?:了|幅度|率)?(?:为|达)?(?P<change>{M})")


def _signs(sentence: Sentence) -> Iterator[DraftFinding]:
    """A verb of change with a negative figure: 下降-3%."""
    for match in _DOUBLE.finditer(sentence.shape):
        change = sentence.mention(match["change"])
        if change.amount.value < 0:
            message = Text(
                f"增减的方向写了两次：“{sentence.text(match[0])}”",
                f"the direction is stated twice: {sentence.text(match[0])}",
            )
            yield finding("sign", message, (change,))


_IS_RATE = re.compile("(?:率|满意度|占比|比重|比例)(?:为|达到|达|是)?$")
_ON_BASE = re.compile(rf"^(?:同比|环比|(?:比|较)[^,;。]{{1,8}}?)(?:{UP}|{DOWN})(?:了)?$")
_AT_ONCE = 16  # characters between a rate and its change
_COUNTED_POINTS = re.compile(
    rf"(?P<level>{M})[,(]?(?:同比|环比|(?:比|较){GAP}{{2,10}}?)(?:{UP}|{DOWN})(?:了|约)?(?P<change>{M})"
)


def _points_of_counts(sentence: Sentence) -> Iterator[DraftFinding]:
    """A quantity, no rate, that grew by percentage points."""
    for match in _COUNTED_POINTS.finditer(sentence.shape):
        level, change = sentence.named(match, "level", "change")
        plain = level.amount.dimension not in {PERCENT, POINTS, TIMES, ""}
        if plain and change.amount.dimension == POINTS:
            yield finding("points", _no_points(change), (level, change))


_COUNTED = re.compile(
    r"(?:登记|人数|人次|户数|件数|家数|对数|床位|床位数|数量|总数|总量|总额|资金|支出|收入|销量|销售额|募集额|登记量|办理量"
    r"|对象|机构|社会组织|机构数|儿童|老人|老年人|残疾人)(?:同比|环比|(?:比|较)[^,;。]{1,8}?)"
    r"(?:增长|增加|上升|提高|下降|降低|减少|回落)(?:了|约)?$"
)
_RATE = re.compile("率|占|比重|比例|比值|度|份额|%")


def _points_of_rates(sentence: Sentence) -> Iterator[DraftFinding]:
    """A rate and its change in per cent at once: 满意度99.2%,较去年提高1.2%."""
    for rate, change in pairwise(sentence.mentions):
        if change.kind != CHANGE or change.amount.dimension != PERCENT:
            continue
        is_level = rate.amount.dimension == PERCENT and rate.kind != CHANGE
        is_rate = is_level and _IS_RATE.search(rate.before)
        if is_rate and _ON_BASE.match(change.before) and exact(rate, change):
            if change.amount.start - rate.amount.end <= _AT_ONCE:
                written = change.amount.written
                message = Text(
                    f"百分率的增减应写个百分点：{rate.amount.written}，写的是 {written}",
                    f"the change of a rate is in percentage points: {rate.amount.written}, printed"
                    f" is {written}",
                )
                yield finding("points", message, (rate, change), WARNING)


def _points_of_what_is_counted(sentence: Sentence) -> Iterator[DraftFinding]:
    """Words that name a count, and its change in percentage points: 离婚登记同比下降4.5个百分点."""
    for mention in sentence.mentions:
        counted = _COUNTED.search(mention.before)
        if mention.amount.dimension == POINTS and counted and not _RATE.search(mention.before):
            yield finding("points", _no_points(mention), (mention,))


_GAP = re.compile(
    rf"(?P<one>{M})(?:[^。;,\ue000-\uf8ff]{{0,4}}[,(]{GAP}{{0,14}}?(?:目标|指标|要求|任务|平均|标准|水平|上年|去年){GAP}{{0,8}}?)"
    rf"(?P<other>{M})[),]{{1,2}}(?P<verb>超出|超过|超|高出|高于|高|低于|低)(?![^,;。]{{0,3}}[省市国区县]){GAP}{{0,8}}?"
    rf"(?P<gap>{M})"
)


def _gaps(sentence: Sentence) -> Iterator[DraftFinding]:
    """What a rate is above or below the one it is held against: 61.3%,目标55%,超出7.3个百分点."""
    for match in _GAP.finditer(sentence.shape):
        one, other, gap = sentence.named(match, "one", "other", "gap")
        rates = one.amount.dimension == other.amount.dimension == PERCENT
        in_points = rates and gap.amount.dimension == POINTS
        counts = not rates and comparable(one, other, gap)
        if (in_points or counts) and exact(one, other, gap):
            difference = abs(one.amount.value - other.amount.value)
            is_above = match["verb"][0] in "超高"
            if difference and is_above != (one.amount.value > other.amount.value):
                message = Text(
                    f"方向不符：{one.amount.written} “{match['verb']}” {other.amount.written}",
                    f"the wrong direction: {one.amount.written} against {other.amount.written}",
                )
                yield finding("direction", message, (one, other, gap))
            elif not _agrees(difference, abs(gap.amount.value), gap):
                points = f"{printed(difference)}个百分点"
                due = points if in_points else in_unit_of(difference, gap)
                yield _wrong("points_value" if in_points else "difference", other, one, gap, due)


_MIXED = re.compile(
    r"(?:比|较)(?:去年|上年)(?:同期|同月)?[^。;,]{0,6}环比|(?:比|较)上(?:月|季度?)[^。;,]{0,6}同比"
    r"|同比上(?:月|季度)|环比(?:去年|上年)同期"
)


def _words(sentence: Sentence) -> Iterator[DraftFinding]:
    """同比 with the month before, 环比 with the year before."""
    for match in _MIXED.finditer(sentence.shape):
        following = sentence.all_in(sentence.shape[match.start() :])
        marked = following[:1] or list(sentence.mentions[-1:])
        message = Text(
            f"“{match[0]}”：同比是与上年同期比，环比是与上一期比",
            f"{match[0]}: 同比 compares with a year before, 环比 with the period before",
        )
        yield finding("compared_with", message, marked)
