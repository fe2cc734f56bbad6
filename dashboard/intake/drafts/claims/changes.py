"""Judges changes: differences, growth, points and multiples against the value now and its base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, product
from operator import attrgetter

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.claims.derivation import (
    Derivation,
    Kind,
    contradicted,
    difference,
    growth,
    quotient,
    written,
)
from dashboard.intake.drafts.claims.quantities import (
    BASE,
    CHANGE,
    EACH,
    JOINTS,
    LEVEL,
    PLAN,
    RATIOS,
    TOTAL,
    Quantity,
    before,
    exact_operands,
    levels_of,
    of_unit,
    segments,
)
from dashboard.intake.drafts.finding import DraftFinding, finding
from dashboard.intake.drafts.mention import Mention

_HUNDRED = Decimal(100)
_BARE = 7  # signs of 由上年同期的
_REACH = 5  # amounts between a change and what it is of
_DIFFERENCE = Kind("difference", Text("增减与两个数不符", "the change does not fit its two values"))
_GROWTH = Kind("growth", Text("增减与两个数不符", "the change does not fit its two values"))
_POINTS = Kind("points_value", Text("增减与两个数不符", "the change does not fit its two values"))
_MULTIPLE = Kind("times", Text("倍数不符", "the multiple is wrong"))
_YEARLY = re.compile("年均|月均|平均每年")
_NEW = re.compile("新(?:增|注册|建|成立|登记|纳入|加入|发展|招)[\u4e00-\u9fff]{0,8}$")
_GONE = re.compile("(?:注销|撤销|关停|清退|退出|停办|减少)[\u4e00-\u9fff]{0,8}$")
_EARNED = re.compile("收入|接收|募集|筹集|收到|入[院住库]|新接收")
_SPENT = re.compile("支出|使用|拨付|离院|出院|转出")
_LEFT = re.compile("结余|结存|盈余|净|余额")
_STOCK_BEFORE = re.compile("年底|年初|年末|原有|期初|季末|月末")
_ALONE = re.compile("当月|单月|当季|[一二三四]季度(?=净)")
_NEUTRAL = re.compile(
    r"其中|同比|环比|分别|相比|较|比|[去上]年|同期|全年|今年|年均|年底|年末|年初|半年|[一二三四]季度|\d{1,4}[年月日]?|当[月季]|净|原定|实际|进一步|将|再"
    r"|[的了为达到约近也又均总共各数量额人户人数户数件数总量]|幅度|增幅|降幅|提幅|增长率|累计|合计|[,、:()“”\"]|市|区|县|全|一年|目标|任务|计划|省定|市定"
)
_VERB = re.compile(
    "多[出接待]{1,2}|相差|"
    "净?增[加长收幅速]?|提高|提升|上升|上调|上涨|扩大|扩增|多[建收发支办养出]?|高出?|超出|超|快|延长|升幅|涨幅|净?减[少幅]?|下降|降低|降幅?|下调"
    "|回落|压减|压缩|缩减|缩短|少[建收发支办]?|低|慢|节约|节省|完成|募集|救助"
)
_SINCE = re.compile(r"[较比与](20\d\d)年(?:[年底末初]|同期)*")
_SENTENCE_PART = re.compile("[;。]")
_DATED = re.compile(r"20\d\d年")
_TWO_APART = re.compile("[两二](?:地|者|镇|街道?|乡|村|项|个|家)[^,]{0,4}(?:相差|差距|差)")
_BASES = re.compile("[比较与和]|同比|环比")
_TURN = re.compile(
    "(?P<up>提高|提升|增加|增长|上升|扩大|上调|上涨|扩增|攀升|增)|(?P<down>下降|降低|减少|下调|回落|压减|压缩|缩减|缩短|降|减)"
)
_FROM = re.compile("[由从自]|(?<![较比])(?:原来|原有)")


def changes(made: Sequence[Quantity], earlier: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """Every change of a sentence against its two values; ``earlier`` are the amounts before it."""
    yield from _raised(made)
    for group in segments(made):
        for claim in group:
            judged = None
            if claim.role == CHANGE and not _YEARLY.search(claim.own):
                judged = (
                    _turned(claim, made)
                    or _mixed(claim, made)
                    or _judged(claim, made, group, earlier)
                )
            elif _ALONE.search(claim.own) and claim.role == LEVEL:
                judged = _month(claim, made)
            elif _NEW.search(claim.own):
                judged = _new(claim, group)
            if judged is not None:
                yield judged


def _judged(
    claim: Quantity,
    made: Sequence[Quantity],
    group: Sequence[Quantity],
    earlier: Sequence[Quantity],
) -> DraftFinding | None:
    """A change against what came and went, its two values, or a difference before it."""
    net = _net(claim, group)
    if net is not None:
        return net
    certain = _since_named(claim, made) or _in_turn(claim, made) or _just_risen(claim, made)
    if certain is not None:
        return between(claim, *certain, ())
    pair = (
        _two_named(claim, made, earlier)
        or _pair(claim, group)
        or _apart(claim, made)
        or _rise_at_once(claim, made)
        or _now_earlier(claim, made, earlier)
    )
    if pair is None:
        return _by_difference(claim, made, earlier)
    return between(claim, *pair, made)


def _raised(made: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """What rose or fell from one value to another, against its verb: 由800元提高到750元."""
    for now, base in _risen(made):
        verb = _TURN.search(now.own)
        sign = 0 if verb is None else (1 if verb["up"] else -1)
        if sign * (now.value - base.value) < 0 and now.is_exact and base.is_exact:
            line = f"{written(base)} → {written(now)}"
            yield _wrong_direction(line, now.own, (base, now))


def between(
    claim: Quantity, now: Quantity, base: Quantity, made: Sequence[Quantity]
) -> DraftFinding | None:
    """A change against the two values it is between."""
    if claim.dimension == POINTS and base.dimension not in RATIOS:
        return no_points(claim.mention, [base.mention, now.mention])
    kind, called = _called(claim, now, base)
    if kind is None or called is None:
        return None
    if called.gives(claim) and _against_sign(claim, now, base):
        return _direction_finding(claim, now, base)
    if claim.dimension == base.dimension == PERCENT and difference(now, base).gives(claim):
        return _not_in_points(claim, now, base)
    return contradicted(kind, claim, [called], _others(claim, made))


def no_points(change: Mention, others: Sequence[Mention] = ()) -> DraftFinding:
    """The finding that a count, no rate, grew by percentage points."""
    message = Text(
        f"数量的增减应写 %，写的是 {change.amount.written}",
        f"the change of a quantity is in per cent, printed is {change.amount.written}",
    )
    return finding("points", message, [*others, change])


def _mixed(claim: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """Two counts that changed, one in per cent and one in points: 分别下降0.6%和7.7个百分点."""
    pair = made[max(claim.order - 1, 0) : claim.order + 1]
    in_points = [one for one in pair if one.dimension == POINTS]
    if {one.dimension for one in pair} != {PERCENT, POINTS} or "分别" not in pair[0].own:
        return None
    levels = exact_operands(before(pair[0], made))[-2:]
    are_counts = len([one for one in levels if one.dimension not in RATIOS]) == len(pair)
    joined = claim.lead.strip() in JOINTS and pair[0].role == CHANGE
    return no_points(in_points[0].mention) if joined and are_counts else None


def _not_in_points(claim: Quantity, now: Quantity, base: Quantity) -> DraftFinding | None:
    """The difference of two rates, printed in per cent."""
    line, stated = f"{written(base)} → {written(now)}", written(claim)
    due = f"{stated.rstrip('%')}个百分点"
    message = Text(
        f"两个百分率之差应写个百分点：{line}，应为 {due}，写的是 {stated}",
        f"a difference of two rates is in percentage points: {line} is {due}, printed is {stated}",
    )
    return finding("points", message, [one.mention for one in (base, now, claim)])


def _called(
    claim: Quantity, now: Quantity, base: Quantity
) -> tuple[Kind | None, Derivation | None]:
    """What a change between two values must be, in its unit."""
    if claim.dimension == base.dimension and claim.dimension != PERCENT:
        return _DIFFERENCE, difference(now, base)
    if claim.dimension == POINTS:
        as_printed = replace(difference(now, base), room=Decimal(0))
        return (_POINTS, as_printed) if base.dimension == PERCENT else (None, None)
    if base.dimension in RATIOS and claim.dimension != base.dimension:
        return None, None
    if claim.dimension == PERCENT:
        return _GROWTH, growth(now, base, _HUNDRED)
    if claim.dimension == TIMES:
        grown = claim.sign != 0 and "翻" not in written(claim)
        return _MULTIPLE, (growth(now, base, Decimal(1)) if grown else quotient(now, base))
    return None, None


def _others(claim: Quantity, made: Sequence[Quantity]) -> Iterator[Derivation]:
    """The same change between any other two values of the sentence."""
    operands = [one for one in made if one.role != CHANGE]
    just_before = [one for one in operands if one.order == claim.order - 1 and one.role == BASE]
    last = just_before if claim.dimension in RATIOS else []
    for base, now in product(last or operands, operands):
        if now.dimension != base.dimension or claim.sign * (now.value - base.value) < 0:
            continue
        derived = _called(claim, now, base)[1]
        if derived is not None:
            yield derived
    if claim.dimension == PERCENT:
        for gap in filter(_is_difference, made):
            yield from _shares_of(gap, operands)


def _is_difference(one: Quantity) -> bool:
    """Whether it is a change in a unit of its own, not in per cent, points or multiples."""
    return one.role == CHANGE and one.dimension not in RATIOS


def _shares_of(gap: Quantity, operands: Sequence[Quantity]) -> Iterator[Derivation]:
    """A difference as a share of a base, or of what a value now was before it."""
    for level in operands:
        is_now = level.role not in {BASE, PLAN}
        base = level.value - gap.sign * gap.value if is_now else level.value
        if level.dimension == gap.dimension and base > 0 and gap.value:
            value = gap.value / base * _HUNDRED
            room = value * (gap.half / gap.value + level.half / base)
            yield Derivation(value, room, (gap, level), "")


def _pair(claim: Quantity, made: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The value now and the base that the words at a change and at its neighbours name."""
    near = [one for one in _values_of(claim, made) if abs(one.order - claim.order) <= _REACH]
    if "差" in claim.own and claim.sign == 0:
        return _only_two(near)
    bases = [one for one in near if _is_base(one, claim)]
    for base in sorted(bases, key=lambda one: abs(one.order - claim.order)):
        now = _now_of(base, claim, near)
        if now is not None:
            return (now, base) if _is_about(claim, now, base) else None
    return None


def _since_named(claim: Quantity, made: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The last figure of a row of years, and that of the year that a change is from."""
    since = _SINCE.search(claim.own)
    row = _values_of(claim, before(claim, made))
    if since is None or not row or row[-1].order != claim.order - 1:
        return None
    bases = [one for one in row[:-1] if f"{since[1]}年" in one.own]
    is_row = all(_DATED.search(one.own) for one in row[-2:])
    return (row[-1], bases[0]) if len(bases) == 1 and is_row else None


_COMPARED = re.compile("^(?P<name>[\u4e00-\u9fff]{3,}?)(?:人数|数量|数)?[比较][^,]*$")


def _now_earlier(
    claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """A change from a base whose value now stands in a sentence before: 结婚登记较上年的3298对."""
    base = made[claim.order - 1] if claim.order else None
    compared = _COMPARED.match(base.own) if base is not None and base.role == BASE else None
    if base is None or compared is None or not _fits_unit(claim, base):
        return None
    same = of_unit(levels_of(earlier), base.dimension)
    nows = [one for one in same if one.own.endswith(compared["name"]) and one.is_exact]
    is_one = len({one.value for one in nows}) == 1 and not names_more(claim.own)
    return (nows[0], base) if is_one and nows[0].mention.area == base.mention.area else None


_TWO_NAMED = re.compile(
    "^(?P<now>[\u4e00-\u9fff]{2,8}?)(?:比(?P<base>[\u4e00-\u9fff]{2,8}?)(?:[高低多少长短大小]出?|增加|减少|增长|下降|上升|提高|降低)"
    "|(?:是|为|相当于)(?P<of>[\u4e00-\u9fff]{2,8}?)的)(?:约|近)?$"
)


def _two_named(
    claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """The only two figures of its passage that a change names: 东湖街道是青岩镇的4.1倍."""
    names = _TWO_NAMED.match(claim.own)
    if names is None:
        return None
    passage = claim.mention.passage
    known = [one for one in (*earlier, *before(claim, made)) if one.mention.passage == passage]
    known = [one for one in known if one.role != CHANGE and _fits_unit(claim, one)]
    nows, bases = (
        [one for one in known if name in _SENTENCE_PART.split(one.introduced, 1)[-1]]
        for name in (names["now"], names["base"] or names["of"])
    )
    pairs = [
        (now, base)
        for now, base in product(nows, bases)
        if now is not base and now.dimension == base.dimension
    ]
    return pairs[0] if len(pairs) == 1 else None


def _apart(claim: Quantity, made: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """两地相差: the only two figures of its unit in the sentence, the last one at once before."""
    if not _TWO_APART.search(claim.own):
        return None
    near = [one for one in _values_of(claim, before(claim, made)) if one.role == LEVEL]
    return _only_two(near)


def _only_two(near: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    return (near[0], near[1]) if len(near) == 2 else None


def _rise_at_once(claim: Quantity, made: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The two values before a change, the second of which the first rose or fell to."""
    if claim.order < 2:
        return None
    base, now = made[claim.order - 2], made[claim.order - 1]
    same = base.dimension == now.dimension and base.is_operand and now.raises
    return (now, base) if same and claim.dimension in {*RATIOS, base.dimension} else None


def _just_risen(claim: Quantity, made: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The two values before a change whose words name nothing else: 由905元提高到970元,提高65元."""
    risen = _rise_at_once(claim, made)
    is_alone = risen is not None and _FROM.search(risen[1].own) and not _BASES.search(claim.own)
    return risen if is_alone and not names_more(claim.own) else None


def _values_of(claim: Quantity, made: Sequence[Quantity]) -> list[Quantity]:
    """Those that a change may be between by their unit."""
    return [one for one in made if one.role != CHANGE and _fits_unit(claim, one)]


def _fits_unit(claim: Quantity, one: Quantity) -> bool:
    if claim.dimension == POINTS:
        return one.dimension == PERCENT
    if claim.dimension in {PERCENT, TIMES}:
        return one.dimension not in RATIOS
    return one.dimension == claim.dimension


def _is_base(one: Quantity, claim: Quantity) -> bool:
    if one.role in {BASE, PLAN} and not one.raises:
        return True
    in_brackets = one.order == claim.order + 1 and one.lead == "(" and len(one.own) > 1
    if in_brackets and one.own.rstrip("为是") in claim.own:
        return True
    just_before = one.order == claim.order - 1 and claim.lead.strip() in {"的", "的近", "的约"}
    return just_before and claim.dimension == TIMES


def _now_of(base: Quantity, claim: Quantity, near: Sequence[Quantity]) -> Quantity | None:
    """The value now of a base: what it rose to; else the level before the two; else after."""
    same = [one for one in of_unit(near, base.dimension) if one is not base]
    raised = [one for one in same if one.raises and one.order > base.order]
    if raised:
        return raised[0]
    return None if _FROM.search(base.own) else _nearest_level(same, base, claim)


def _nearest_level(same: Sequence[Quantity], base: Quantity, claim: Quantity) -> Quantity | None:
    """The last level before a base and its change, else between them, else just after."""
    levels = [one for one in same if one.role in {LEVEL, TOTAL, EACH}]
    if claim.dimension != TIMES and base.dimension == "元":
        levels = [one for one in levels if one.is_each == base.is_each or one.raises]
    for end in sorted((base, claim), key=attrgetter("order")):
        until = before(end, levels)
        if until:
            return until[-1]
    return next((one for one in levels if one.order == claim.order + 1), None)


def _is_about(claim: Quantity, now: Quantity, base: Quantity) -> bool:
    """Whether the words of a change name nothing else than its values."""
    residue = _residue(claim.own)
    if len(residue) < 2 or (base.order > claim.order and len(base.own) <= _BARE):
        return True
    around = now.lead + now.tail + base.lead + base.tail
    return any(residue[at : at + 2] in around for at in range(len(residue) - 1))


def _residue(words: str) -> str:
    """What the words at a change name besides that something changed."""
    return _VERB.sub("", _NEUTRAL.sub("", words))


def names_more(words: str) -> bool:
    """Whether the words at a change name what it is of."""
    return len(_residue(words)) > 1


def _in_turn(claim: Quantity, made: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The pair that stands at the same place before 分别 as a change does after it."""
    first = claim.order
    while first > 0 and "分别" not in made[first].own and made[first].lead.strip() in JOINTS:
        first -= 1
    if "分别" not in made[first].own:
        return None
    last = claim.order
    while last + 1 < len(made) and made[last + 1].lead.strip() in JOINTS:
        last += 1
    pairs = _risen(made[:first])
    count = last - first + 1
    return pairs[-count:][claim.order - first] if 1 < count <= len(pairs) else None


def _risen(made: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Values that rose or fell, with the one before each that it is from: 由60元提高到80元."""
    return [
        (now, base)
        for base, now in pairwise(made)
        if now.raises and base.dimension == now.dimension and _FROM.search(base.own)
    ]


def _by_difference(
    claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> DraftFinding | None:
    """A growth rate after a difference and the value now, without the base."""
    if claim.dimension != PERCENT or claim.order < 1:
        return None
    gap = made[claim.order - 1]
    levels = of_unit(levels_of(before(gap, made)), gap.dimension)
    base = made[gap.order - 1] if gap.order else None
    if base is not None and not levels and _is_change_of(gap, base) and not names_more(claim.own):
        called = quotient(gap, base, _HUNDRED)
        return contradicted(_GROWTH, claim, [called], _others(claim, made)) if called else None
    return _after_gap(claim, gap, levels or _named_before(gap, earlier), made)


def _after_gap(
    claim: Quantity, gap: Quantity, levels: Sequence[Quantity], made: Sequence[Quantity]
) -> DraftFinding | None:
    """A growth rate after a difference, of the one value now."""
    if not _is_difference(gap) or not gap.sign or len(levels) != 1:
        return None
    called = _growth_to(levels[0], gap)
    is_about = _is_about(claim, levels[0], gap) and _is_about(gap, levels[0], gap)
    if called is None or not is_about:
        return None
    return contradicted(_GROWTH, claim, [called], _others(claim, made))


def _named_before(gap: Quantity, earlier: Sequence[Quantity]) -> list[Quantity]:
    """The figure before a sentence that a difference names: 低保对象较上年同期减少392人."""
    named = _COMPARED.match(gap.own)
    same = [one for one in of_unit(levels_of(earlier), gap.dimension) if one.is_exact]
    same = [one for one in same if one.mention.passage == gap.mention.passage]
    return [one for one in same if named is not None and one.own.endswith(named["name"])]


def _is_change_of(gap: Quantity, base: Quantity) -> bool:
    """Whether a difference is from the base before it: 与2020年底的1420家相比,增加426家."""
    is_base = base.role == BASE and base.dimension == gap.dimension
    return _is_difference(gap) and gap.sign != 0 and is_base and not names_more(gap.own)


def _growth_to(level: Quantity, gap: Quantity) -> Derivation | None:
    """A difference as a share of what a level was before it."""
    base = level.value - gap.sign * gap.value
    if base <= 0:
        return None
    value = gap.value / base * _HUNDRED
    room = value * (gap.half / gap.value + level.half / base) if gap.value else Decimal(0)
    line = f"{written(gap)} ÷ ({written(level)} {'−' if gap.sign > 0 else '+'} {written(gap)})"
    return Derivation(value, room, (level, gap), line)


def _turned(claim: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """A difference and at once its rate in the other direction."""
    if claim.order < 1 or claim.dimension != PERCENT:
        return None
    gap = made[claim.order - 1]
    opposite = gap.sign * claim.sign < 0 and _is_difference(gap)
    if not opposite or names_more(claim.own):
        return None
    words = f"{gap.own[-6:]}{written(gap)},{claim.own}{written(claim)}"
    message = Text(f"方向不符：“{words}”", f"two directions for one change: {words}")
    return finding("direction", message, (gap.mention, claim.mention))


def _against_sign(claim: Quantity, now: Quantity, base: Quantity) -> bool:
    return claim.sign * (now.value - base.value) < 0 and now.is_exact and base.is_exact


def _direction_finding(claim: Quantity, now: Quantity, base: Quantity) -> DraftFinding:
    line = f"{written(base)} → {written(now)}"
    return _wrong_direction(line, f"{claim.own[-6:]}{written(claim)}", (base, now, claim))


def _wrong_direction(line: str, words: str, places: Sequence[Quantity]) -> DraftFinding:
    message = Text(
        f"方向不符：{line}，写的是“{words}”",
        f"the direction is wrong: {line}, but the text says {words}",
    )
    return finding("direction", message, [one.mention for one in places])


def _month(claim: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """The month's own figure against the two cumulative ones before it."""
    levels = [
        one
        for one in made[: claim.order]
        if one.dimension == claim.dimension and one.role in {LEVEL, BASE, TOTAL}
    ]
    if len(levels) != 2 or not max(levels[0].value, claim.value) < levels[1].value:
        return None
    called = difference(levels[1], levels[0])
    return contradicted(_DIFFERENCE, claim, [called], _others(claim, made))


def _new(claim: Quantity, group: Sequence[Quantity]) -> DraftFinding | None:
    """What was added, where the only other two figures of its unit are the stocks around it."""
    others = [one for one in of_unit(group, claim.dimension) if one is not claim]
    levels = levels_of(others)
    is_risen = len(levels) == 1 and levels[0].raises
    bases = [one for one in others if one.role == BASE]
    bases = [one for one in bases if is_risen or _STOCK_BEFORE.search(one.own)]
    if len(others) != 2 or len(bases) != 1 or len(levels) != 1:
        return None
    now, base = levels[0], bases[0]
    if now.value < max(base.value, claim.value):
        return None
    return contradicted(_DIFFERENCE, claim, [difference(now, base)], [])


def _came_and_went(near: Sequence[Quantity]) -> bool:
    return _NEW.search(near[0].own) is not None and _GONE.search(near[1].own) is not None


def _earned_and_spent(near: Sequence[Quantity], claim: Quantity) -> bool:
    """Whether two figures are what came in and went out, and the change is of what is left."""
    came, went = _EARNED.search(near[0].own), _SPENT.search(near[1].own)
    return bool(came and went and _LEFT.search(claim.own))


def _net(claim: Quantity, group: Sequence[Quantity]) -> DraftFinding | None:
    """A net change against what came and what went before it."""
    near = of_unit(before(claim, group), claim.dimension)[-2:]
    if len(near) != 2 or not (_came_and_went(near) or _earned_and_spent(near, claim)):
        return None
    called = difference(*near)
    if called.gives(claim) and claim.sign * (near[0].value - near[1].value) < 0:
        return _direction_finding(claim, near[0], near[1])
    return contradicted(_DIFFERENCE, claim, [called], _others(claim, group))
