"""Judges shares: 占比, rates named for what they count, completion of a plan, tenths in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT
from dashboard.intake.drafts.claims.derivation import (
    Derivation,
    Kind,
    contradicted,
    quotient,
    written,
)
from dashboard.intake.drafts.claims.quantities import (
    BASE,
    CHANGE,
    EACH,
    IN_BEDS,
    JOINTS,
    PLAN,
    RATIOS,
    REST,
    TOTAL,
    Quantity,
    after,
    before,
    exact_operands,
    of_unit,
    segments,
)
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mention import PART
from dashboard.intake.drafts.rules.parts import splits_completely

_KIND = Kind("share", Text("占比不符", "the share is wrong"))
_DONE = Kind("completion", Text("占比不符", "the share is wrong"))
_HUNDRED = Decimal(100)
_OF = re.compile(
    r"(?:占|(?<![一-鿿]{8})[恰仅约刚好正]*(?:为|是|相当于)(?=[^,的]{2,}的(?:近|约)?$))(?P<of>[^,]*)$"
)
_AT_ONCE = re.compile(" *(?:[\u4e00-\u9fff]{0,6}(?:目标|任务|计划|总[数量额]))?的")
_AT_ONCE_AFTER = re.compile("[,(](?:[为即达共有]|计)?$")
_OF_WHOLE = re.compile(r"(?:占|为|完成|达到?|是)[^,]*$")
_RATE = re.compile(
    r"(?P<more>[\u4e00-\u9fff]{0,4})(?P<name>[\u4e00-\u9fff]{2})(?:率|比例|比率|进度|面)(?:达到了?|达|为|约|是|仅为|仅|只有|升至|超|近|接近)*$"
)
_COMPLETED = re.compile(
    r"^(?:前三季度|截至|[上下]半年|截至目前|目前|[一二三四]季度|\d{1,2}月底?|占|完成|达到?|为|进度|完成率|完成进度|支出进度|完成比例|全年|年度|年|目标|任务|计划|预算|投资|数|量|的|率|执行|约|总)+$"
)
_NEGATIVE = re.compile("空置|闲置|未|不合格|剩余|缺口|流失|逾期|超期")
_EMPTY = re.compile(
    "全年|当年|上年|今年|本年|年度|[上下]半年|前三季度|全[市区县省]|我[市区县]|总数|总量|总人数|总额|总户数|总|全部|比例|比重|比|例|的|为|其|数|量|达|到|约|近|超过?"
)
_GENERIC = frozenset("龄化 覆盖 完成 达标 整改 办结 开工 完工 竣工 支出 执行".split())
_OF_BEDS = frozenset("使用 利用 入住 空置 闲置".split())
_WITHIN = re.compile("中[,有的已尚]{0,3}|其中|里")
_DUE = re.compile("(?:应[^,]*|需|共|总数)$")
_DONE_OF_DUE = re.compile("^[实已]")
_ACTUAL = re.compile("实际|已|完成|累计|^[即为]")
_TWO = 2
_MOST_ADDED = 10  # amounts around a share from which another one may explain it
_NAME = 2  # signs by which a share names its figure
_REACH = 4  # amounts before a rate among which its part is


def shares(made: Sequence[Quantity], earlier: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """Every percentage of a sentence that is a share; ``earlier`` are the amounts before it."""
    for group in segments(made):
        for claim in filter(_is_share, group):
            following = of_unit(made[claim.order + 1 :][:1], PERCENT)
            if following and following[0].raises:
                continue  # 由38%提高到65%
            judged = _judged(claim, made, group, earlier)
            if judged is not None:
                yield judged


def _is_share(claim: Quantity) -> bool:
    """Whether it is a percentage, and no level of a rate or a change."""
    is_level = claim.raises or claim.role in {CHANGE, BASE, EACH, PLAN}
    return claim.dimension == PERCENT and (not is_level or _is_share_word(claim))


def _is_share_word(claim: Quantity) -> bool:
    of_plan = _COMPLETED.match(claim.own) or claim.own.endswith("的")
    return "占" in claim.own or (claim.role == PLAN and bool(of_plan))


def _judged(
    claim: Quantity,
    made: Sequence[Quantity],
    group: Sequence[Quantity],
    earlier: Sequence[Quantity],
) -> DraftFinding | None:
    """A share against the figures that its words name, else those that stand around it."""
    for judge in (_of_the_one_before, _completion, _of_named, _rate):
        near = made if judge is _of_named else group
        called, kind = judge(claim, before(claim, near), earlier)
        if called:
            if judge is _of_named:
                wholes = made if _names(claim, near) else None
            else:
                wholes = _of_rate(called, made) if judge is _rate else _wholes_in(called)
            return contradicted(kind, claim, called, _others(claim, made, wholes))
    in_turn = _in_turn(claim, group, earlier)
    return contradicted(_KIND, claim, in_turn, ()) if in_turn else _near_by(claim, made, group)


def _near_by(
    claim: Quantity, made: Sequence[Quantity], group: Sequence[Quantity]
) -> DraftFinding | None:
    """A share against the figures around it, where none before it is named."""
    called = _around(claim, group) or _completion(claim, group, ())[0] or _due_after(claim, group)
    wholes = made if _OF.search(claim.own) else None
    if _COMPLETED.match(claim.own):
        wholes = _wholes_in(called)
    return contradicted(_KIND, claim, called, _others(claim, made, wholes))


def _wholes_in(called: Sequence[Derivation]) -> Sequence[Quantity]:
    return [one.operands[-1] for one in called]


def _of_rate(called: Sequence[Derivation], made: Sequence[Quantity]) -> Sequence[Quantity] | None:
    """The figures of the unit of a rate; None where it divides two units (persons, beds)."""
    part, whole = called[0].operands[0], called[0].operands[-1]
    return of_unit(made, whole.dimension) if part.dimension == whole.dimension else None


_Called = tuple[list[Derivation], Kind]


def _names(claim: Quantity, made: Sequence[Quantity]) -> bool:
    """Whether the words of a share name its whole, or one part of all before it."""
    of = _OF.search(claim.own)
    if of is None:
        return False
    return len(_EMPTY.sub("", of["of"])) > 2 or len(_named_parts(claim, before(claim, made))) == 1


def _others(
    claim: Quantity, made: Sequence[Quantity], wholes: Sequence[Quantity] | None = None
) -> Iterator[Derivation]:
    """Any other share of the sentence; of an open range only what is no more than its whole.

    ``wholes`` are those that it may be of by its words: of nothing else, and of no two together.
    """
    if _NEGATIVE.search(claim.own):
        return
    operands = _operands_near(claim, made)
    for whole in operands if wholes is None else [one for one in operands if one in wholes]:
        parts = [one for one in of_unit(operands, whole.dimension) if one is not whole]
        yield from _of_whole(claim, whole, parts, wholes is None and claim.is_exact)
    if claim.is_exact:
        yield from _of_runs(operands[:_MOST_ADDED])


def _operands_near(claim: Quantity, made: Sequence[Quantity]) -> list[Quantity]:
    """The figures around a share that it may be of."""
    near = [one for one in made if abs(one.order - claim.order) <= _MOST_ADDED]
    return [one for one in near if one.is_operand and one.dimension not in RATIOS]


def _of_whole(
    claim: Quantity, whole: Quantity, parts: Sequence[Quantity], together: bool
) -> Iterator[Derivation]:
    """The shares of one figure, and of it ``together`` with each other one."""
    for part in parts:
        if together and part.value + whole.value:
            yield _of_both(part, whole)
        if claim.is_exact or part.value <= whole.value:
            yield from _either(part, whole, closed=claim.is_exact and together)


def _of_both(part: Quantity, other: Quantity) -> Derivation:
    """A part of the two together."""
    both = part.value + other.value
    value = part.value / both * _HUNDRED
    relative = (part.half / part.value if part.value else 0) + (part.half + other.half) / both
    line = f"{written(part)} ÷ ({written(part)} + {written(other)})"
    return Derivation(value, value * relative, (part, other), line)


def _of_runs(operands: Sequence[Quantity]) -> Iterator[Derivation]:
    """Two or more parts together of a whole before them."""
    for at, whole in enumerate(operands):
        same = of_unit(operands[at + 1 :], whole.dimension)
        same = [one for one in same if one.role != TOTAL]
        for end in range(2, len(same) + 1):
            for begin in range(end - 1):
                run = same[begin:end]
                value = sum((one.value for one in run), Decimal(0))
                if 0 < value <= whole.value:
                    room = sum((one.half for one in run), Decimal(0)) / whole.value * _HUNDRED
                    yield Derivation(value / whole.value * _HUNDRED, room, (*run, whole), "")


def _either(part: Quantity, whole: Quantity, *, closed: bool) -> Iterator[Derivation]:
    """Part ÷ whole, and what is left of it."""
    derived = quotient(part, whole, _HUNDRED)
    if derived is None:
        return
    yield derived
    if closed and derived.value <= _HUNDRED:
        yield _rest(derived)


def _rest(derived: Derivation) -> Derivation:
    line = f"1 − {derived.line}"
    return replace(derived, value=_HUNDRED - derived.value, line=line)


def _named_earlier(whole: Quantity, earlier: Sequence[Quantity]) -> list[Quantity]:
    """Earlier parts named like a whole, with all others: what fits by one is not raised."""
    subject = re.split("占|完成|为|达", whole.own)[0]
    alike = [one for one in earlier if _is_part(one, whole)]
    named = [one for one in alike if _named(subject, one)]
    return [*alike, *named] if named else []


def _of_the_one_before(
    claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> _Called:
    """占57万人的24%: the whole stands just before the share, the part before the two."""
    whole = made[-1] if made else None
    if whole is None or not _leads_to(whole, claim):
        return [], _KIND
    same = [one for one in made[:-1] if _is_part(one, whole)] or _named_earlier(whole, earlier)
    kind = _DONE if whole.role == PLAN else _KIND
    same = sorted(same[::-1], key=lambda one: one.mention.relation == PART)
    return _quotients(same, whole), kind


def _leads_to(whole: Quantity, claim: Quantity) -> bool:
    """Whether a share is of the figure just before it by its words: 占57万人 before 的24%."""
    is_at_once = _AT_ONCE.match(claim.lead) is not None and len(claim.lead) <= 10
    return whole.is_operand and is_at_once and _OF_WHOLE.search(whole.own) is not None


def _in_turn(
    claim: Quantity, group: Sequence[Quantity], earlier: Sequence[Quantity]
) -> list[Derivation]:
    """A share of a list after 分别占: of the figure at its place in the list before."""
    row = [one for one in of_unit(group, PERCENT) if _is_in_row(one, claim, group)]
    if claim not in row or len(row) < 2 or "分别" not in row[0].own:
        return []
    known = exact_operands(before(row[0], group))
    parts = known[-len(row) :]
    if len(parts) != len(row) or of_unit(parts, parts[0].dimension) != parts:
        return []
    part = parts[row.index(claim)]
    wholes = known[: -len(row)] or _last_sentence(part, earlier)
    return _shares_of(part, [one for one in wholes if _may_be_whole(one, parts[0])])


def _shares_of(part: Quantity, wholes: Sequence[Quantity]) -> list[Derivation]:
    """A part as a share of each whole."""
    return [found for one in wholes for found in _quotients([part], one)]


def _is_in_row(one: Quantity, claim: Quantity, group: Sequence[Quantity]) -> bool:
    """Whether nothing but joints stands between two figures."""
    first, last = sorted((one.order, claim.order))
    between = [other for other in group if first < other.order <= last]
    return all(other.lead.strip() in JOINTS for other in between)


def _around(claim: Quantity, group: Sequence[Quantity]) -> list[Derivation]:
    """A share whose figures follow it, each named before it: 甲占乙的八成,乙3500元中甲2100元."""
    following = after(claim, exact_operands(group))
    of, last = _OF.search(claim.own), next(iter(before(claim, group)[-1:]), None)
    if of is not None:
        first = [one for one in following[:1] if _AT_ONCE_AFTER.match(one.lead)]
        if last and first and _is_part(first[0], last):
            return _quotients(first, last)
        return _named_after(claim, of, following, last)
    if last is None or not _AT_ONCE.match(claim.lead):
        return []
    done = [one for one in following if _ACTUAL.search(one.own) and _is_part(one, last)]
    return _quotients(done[:1], last)


def _named_after(
    claim: Quantity,
    of: re.Match[str],
    following: Sequence[Quantity],
    last: Quantity | None,
) -> list[Derivation]:
    """The figures after a share that are named as what it is of and as its part.

    A bare 占 is of the figure before it: 5.6万人,占常住人口的28%,常住人口20万人.
    """
    named = _EMPTY.sub("", of["of"]) or of["of"].rstrip("的")
    wholes = [one for one in following if _named(named, one)]
    own = claim.own[: of.start()]
    if not own and last is not None and len(named) > 2:
        return _shares_of(last, [one for one in wholes if _may_be_whole(one, last)])
    parts = [one for one in following if _named(own, one) and one not in wholes]
    return [found for part in parts for found in _shares_of(part, of_unit(wholes, part.dimension))]


def _due_after(claim: Quantity, group: Sequence[Quantity]) -> list[Derivation]:
    """A rate between its part and what is due: 参保5.2万人,参保率65%,应参保8万人."""
    rate, last = _RATE.search(claim.own), next(iter(before(claim, group)[-1:]), None)
    if rate is None or last is None:
        return []
    if rate["name"] not in _GENERIC and not set(rate["name"]) <= set(last.lead + last.tail):
        return []
    following = after(claim, group)[:1]
    due = [one for one in following if _DUE.search(one.own) and _is_part(one, last)]
    return _shares_of(last, due)


def _is_part(one: Quantity, whole: Quantity) -> bool:
    return one.dimension == whole.dimension and one.is_operand and one.is_exact


def _quotients(parts: Iterable[Quantity], whole: Quantity) -> list[Derivation]:
    derived = (quotient(part, whole, _HUNDRED) for part in parts)
    return [one for one in derived if one is not None]


def _named(words: str, quantity: Quantity) -> bool:
    """Whether words of two signs or more stand at a quantity."""
    around = quantity.introduced + quantity.tail
    return len(words) > 1 and any(words[at : at + 2] in around for at in range(len(words) - 1))


def _of_named(claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]) -> _Called:
    """占…: the part just before, of a whole that the words name or the sentence has."""
    of = _OF.search(claim.own)
    part = _part_named(claim, made) if of and made else None
    if of is None or part is None or "分别" in claim.own or not exact_operands([part]):
        return [], _KIND
    named = _EMPTY.sub("", of["of"])
    if not named and any(_names_a_whole(one) for one in made):
        return [], _KIND  # 占总人口的14.7%,其中市区24万人,占15.9%: of those of the city
    other = None if named else _other_half(part, made)
    if other is not None:
        return [_of_both(part, other)], _KIND
    wholes = _wholes_of(part, named, made, earlier)
    return _shares_of(part, wholes[::-1]), _KIND


def _part_named(claim: Quantity, made: Sequence[Quantity]) -> Quantity:
    """The figure that the words before 占 name; the last one where they name none or several."""
    named = _named_parts(claim, made)
    return named[0] if len(named) == 1 else made[-1]


def _named_parts(claim: Quantity, made: Sequence[Quantity]) -> list[Quantity]:
    """The figures with the first words of a share: 公办床位占 of 公办机构床位1200张."""
    name = re.split("占|为|是|相当", claim.own)[0][:_NAME]
    return [one for one in made if len(name) == _NAME and name in one.own]


def _names_a_whole(one: Quantity) -> bool:
    of = _OF.search(one.own) if one.dimension == PERCENT else None
    return of is not None and of["of"].rstrip("的约近") != ""


def _other_half(part: Quantity, made: Sequence[Quantity]) -> Quantity | None:
    """The other one of two figures that together are all, where no other is of their unit."""
    same = [one for one in made if one.dimension == part.dimension and one.is_operand]
    if len(same) != _TWO or part not in same or part.dimension in RATIOS:
        return None
    joined = same[1].order == same[0].order + 1 and same[1].lead.startswith(("、", "和"))
    are_all = joined and not _WITHIN.search(same[1].lead)
    if are_all or splits_completely([one.own + one.tail[:8] for one in same]):
        return same[0] if part is same[1] else same[1]
    return None


def _wholes_of(
    part: Quantity, named: str, made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> list[Quantity]:
    """What a part may be a share of: what is named; else all before, where its sentence has one."""
    if part.dimension in RATIOS:
        return []
    wholes = [one for one in (*earlier, *made[:-1]) if _may_be_whole(one, part)]
    if len(named) > 1:
        return [one for one in wholes if _named(named, one)]
    holding = [one for one in made if one in wholes and _holds(one, part, made)]
    if part is not made[-1]:
        return holding
    return wholes if holding else _of_the_last_sentence(part, made, earlier)


def _of_the_last_sentence(
    part: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> list[Quantity]:
    """What a part that opens its sentence with 其中 is of: figures of the sentence before."""
    opens = part is made[0] and part.lead.startswith("其中")
    last = _last_sentence(part, earlier) if opens else []
    return [one for one in last if _may_be_whole(one, part)]


def _may_be_whole(one: Quantity, part: Quantity) -> bool:
    return _is_part(one, part) and one.value >= part.value


def _holds(whole: Quantity, part: Quantity, made: Sequence[Quantity]) -> bool:
    """Whether words between two figures say that the second is of the first."""
    between = [one for one in made if whole.order < one.order <= part.order]
    alone = len([one for one in made if _is_part(one, whole)]) == 2 and whole in made[-3:-1]
    return alone or any(_WITHIN.search(one.lead) for one in between) or "全部" in whole.own


def _rate(claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]) -> _Called:
    """A rate named for what it counts: 应参加年检552家,已参加年检524家,参检率94.9%."""
    rate = _RATE.search(claim.own)
    if rate is None:
        return [], _KIND
    usable = exact_operands(made)
    if rate["name"] in _OF_BEDS and not (rate["name"] == "使用" and _parts_named("使用", usable)):
        return _of_beds(claim, [*earlier, *usable]), _KIND
    return _of_parts(claim, rate, usable, earlier), _KIND


def _of_parts(
    claim: Quantity,
    rate: re.Match[str],
    usable: Sequence[Quantity],
    earlier: Sequence[Quantity],
) -> list[Derivation]:
    """A rate of the figures that it is named for."""
    parts = _parts_named(rate["name"], usable)[::-1]
    for part in sorted(parts, key=lambda one: -_alike(rate["more"], one)):
        wholes = [one for one in usable if one.order < part.order and _may_be_whole(one, part)]
        if wholes:
            return [found for one in wholes[::-1] for found in _as_named(part, one, claim)]
    if len(parts) == 1 and not _NEGATIVE.search(claim.own):
        wholes = _wholes_before(parts[0], usable, earlier)
        return _shares_of(parts[0], wholes)
    is_named = not parts and rate["name"] not in _GENERIC
    return _of_the_two(usable) if is_named and len(usable) == _TWO else []


def _of_the_two(usable: Sequence[Quantity]) -> list[Derivation]:
    """The second of two figures as a share of the first: 240户中,不符合条件的18户."""
    whole, part = usable
    holds = _WITHIN.search(whole.tail + part.lead) and _is_part(whole, part)
    return _shares_of(part, [whole]) if holds else []


def _wholes_before(
    part: Quantity, usable: Sequence[Quantity], earlier: Sequence[Quantity]
) -> list[Quantity]:
    """What a part alone in its sentence is of: all of its unit in the sentence before."""
    last = _last_sentence(part, earlier) if len(usable) == 1 else []
    return [one for one in last if _may_be_whole(one, part)]


def _last_sentence(part: Quantity, earlier: Sequence[Quantity]) -> list[Quantity]:
    """The figures of the sentence before that of a part, in its passage."""
    passage = [one for one in earlier if one.mention.passage == part.mention.passage]
    return [one for one in passage if one.mention.sentence == passage[-1].mention.sentence]


def _parts_named(name: str, usable: Sequence[Quantity]) -> list[Quantity]:
    """The last figures that a rate is named for; the last one where the name is of any."""
    near = [one for one in usable[-_REACH:] if one.dimension not in RATIOS]
    parts = [one for one in near if set(name) <= set(one.lead + one.tail)]
    if all(_DUE.search(one.own) for one in parts):
        done = [
            one for one in near[-1:] if _DONE_OF_DUE.search(one.own) and set(name) & set(one.own)
        ]
        parts = done or parts
    last = [one for one in near[-1:] if one.mention.relation != PART]
    return parts or (last if name in _GENERIC else [])


def _alike(words: str, one: Quantity) -> int:
    """How many signs of the words are the figure's too: 集中供养率 is no 分散供养."""
    return len(set(words) & set(one.lead + one.tail))


def _as_named(part: Quantity, whole: Quantity, claim: Quantity) -> list[Derivation]:
    """The share of a part, or of what is left where the part is what is not."""
    derived = quotient(part, whole, _HUNDRED)
    if derived is None:
        return []
    negative = bool(_NEGATIVE.search(part.words()) or "尚" in part.own)
    return [_rest(derived)] if negative != bool(_NEGATIVE.search(claim.own)) else [derived]


def _of_beds(claim: Quantity, known: Sequence[Quantity]) -> list[Derivation]:
    """Occupied or empty beds: 人 of 张."""
    persons = [one for one in of_unit(known, "人") if IN_BEDS.search(one.words())]
    beds = [one for one in of_unit(known, "张") if "床位" in one.lead + one.tail]
    if not persons or not beds or persons[-1].mention.sentence != claim.mention.sentence:
        return []
    called = _shares_of(persons[-1], beds[::-1])
    usable = [one for one in called if one.value <= _HUNDRED] or called[:1]
    return [_rest(one) if _NEGATIVE.search(claim.own) else one for one in usable]


def _is_half_alone(claim: Quantity) -> bool:
    """Whether a sentence says 过半 of the plan before it: 目标1500万元,已募集856万元,过半."""
    return not claim.own and "半" in claim.mention.amount.written and claim.tail in {"", "。"}


def _completion(claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]) -> _Called:
    """How much of a plan is done."""
    if not (_COMPLETED.match(claim.own) or _is_half_alone(claim)):
        return [], _DONE
    usable = exact_operands(made)
    plans = [one for one in usable if one.role == PLAN and one.dimension not in RATIOS]
    if not plans:
        return [], _DONE
    plan = plans[-1]
    done = [one for one in of_unit(usable, plan.dimension) if one.role not in {PLAN, REST}]
    left = [one for one in of_unit(after(claim, usable), plan.dimension) if one.role == REST]
    if left and not done:
        return [_rest(one) for one in _quotients(left[:1], plan)], _DONE
    return _quotients((after(plan, done) or done)[::-1], plan), _DONE
