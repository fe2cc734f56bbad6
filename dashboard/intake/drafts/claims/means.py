"""Judges means: so much a head, a household, a place, a month or per thousand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.claims.derivation import Derivation, Kind, contradicted, quotient
from dashboard.intake.drafts.claims.quantities import (
    EACH,
    RATIOS,
    TOTAL,
    Quantity,
    after,
    before,
    levels_of,
    of_unit,
    segments,
)
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mention import ACTUAL, PART
from dashboard.intake.forms.chinese_numerals import chinese_number

_KIND = Kind("mean", Text("平均数不符", "the mean is wrong"))
_HEADS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile("人均|每人(?!每[月年]标准)|每名|人平均|每位"), frozenset(("人", "人次"))),
    (re.compile("户均|每户"), frozenset(("户", "户次"))),
    (re.compile("次均|每人次|每次"), frozenset(("人次", "次", "户次"))),
    (re.compile("日均|每天|天均|每日"), frozenset(("天",))),
)
_EACH_UNIT = re.compile(
    r"每(?P<unit>场次?|期|例|件|处|家|对|套|张|座|支|栋|所|站|班|本|条|份|只|台|部|亩|平方米)"
    r"|(?P<short>[场期例件处家对套座支栋所班村镇站床店岗点馆校园院队组])均"
)
_YEARS = re.compile(
    r"(?<!\d)(?P<count>[一两二三四五六七八九十]|\d{1,2})年(?:来|间|累计|共|里|以来|内|时间|新增|投入|支出)"
    r"|(?P<first>20\d\d)年?[-至到](?P<last>20\d\d)年|(?P<plan>“?十[二三四]五”?(?:期间|以来|时期))"
)
_EACH_PLACE = re.compile(
    r"(?:平均)?每个(?P<noun>[\u4e00-\u9fff]{2,5}?)(?=[拥有配备建组织就日月支补投].*|$)"
)
_PLACE_MEAN = re.compile(
    r"(?P<noun>镇街|街镇|乡镇|街道|社区|村居|机构|站点|项目|网格|单位|家庭)平均"
)
_PLACES = frozenset("个 处 家 所 座 支 项".split())
_PER = re.compile(
    r"每(?P<size>千|万|百)(?P<noun>[名位]?[\u4e00-\u9fff]{0,8}?)(?:拥有|配备|有|的)[\u4e00-\u9fff]{0,8}$"
)
_SIZE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}
_MONTHLY = re.compile("每月|月人?均|月户均|/月")
_PAID_MONTHLY = re.compile("每月(?:共|累计)?(?:发放|支出|支付|需|拨付)")
_OF_A_MONTH = re.compile(r"^月|每月|月均|当月|(?<![\d至-])\d{1,2}月(?=发放|支出|拨付|支付)")
_A_MONTH = re.compile("月均|每月平均|平均每月")
_HEADED = re.compile("人|户|新增|净增")
_RECKONED = re.compile("[,(][以按]")
_MEAN = re.compile("均")
_OF_A_KIND = re.compile("[一-鿿]{1,3}型|社区(?=[养床])|机构(?=[养床])|家庭(?=[养床])|公办|民办")
_OTHER = re.compile("每[天日餐年]|日均|年均|/[天日年]|标准|按照|最高|每周")
_ALL_THERE_ARE = re.compile("在[院册住]|现有|共|全")
_NEAR = 24  # characters before a figure in which 每千名 stands
_DAILY = re.compile("日均|每天|每日|天均")
_LEAST = Decimal("0.001")  # of a mean, by which a wrong one is off at least to be of other figures


def means(
    made: Sequence[Quantity], earlier: Sequence[Quantity], plain: str
) -> Iterator[DraftFinding]:
    """Every mean of a sentence; ``earlier`` are the amounts before it."""
    for group in segments(made):
        for claim in group:
            per = _per(claim, plain) if "每" in plain else None
            if claim.dimension in RATIOS or (claim.role != EACH and per is None):
                continue
            known = [*earlier, *before(claim, made), *_in_brackets(claim, made)]
            judged = (
                (per and _per_thousand(claim, per, known))
                or _of_time(claim, _near(claim, made, group), plain)
                or _per_head(claim, _near(claim, made, group), earlier)
            )
            if judged is not None:
                yield judged


def _per(claim: Quantity, plain: str) -> re.Match[str] | None:
    """What a mean is of so many of: 每千名老人 before 拥有床位34张."""
    end = claim.mention.amount.start
    words = plain[max(claim.mention.sentence[0], end - _NEAR) : end]
    return _PER.search(words)


def _near(claim: Quantity, made: Sequence[Quantity], group: Sequence[Quantity]) -> list[Quantity]:
    """The figures that a mean may be of: those of its group before it, or around a total after."""
    totals = _total_after(claim, group)
    near = [*before(claim, made), *totals] if totals else before(claim, group)
    return [*near, *_in_brackets(claim, made)]


def _of_time(claim: Quantity, near: Sequence[Quantity], plain: str) -> DraftFinding | None:
    """So much a day, a year or a month, of the one sum before it."""
    sums = of_unit(levels_of(near), claim.dimension)
    if len(sums) != 1:
        return None
    judged = None if _counts_days(near) else _daily(claim, sums[0])
    return judged or _yearly(claim, sums[0], plain) or _monthly(claim, sums[0])


def _in_brackets(claim: Quantity, made: Sequence[Quantity]) -> list[Quantity]:
    """The figure in brackets at once after a mean: 每万人拥有8家(常住人口60万人)."""
    return [one for one in made if one.order == claim.order + 1 and one.lead.startswith("(")]


def _total_after(claim: Quantity, group: Sequence[Quantity]) -> list[Quantity]:
    """The sum at once after a mean: 人均15小时,累计78万小时; 以发放1768.2万元、4.21万人计算."""
    following = after(claim, group)
    if following and _RECKONED.match(following[0].lead) and "计" in following[-1].tail:
        return [one for one in following if one.is_operand]
    same = of_unit(following[:1], claim.dimension)
    return [one for one in same if one.role == TOTAL or _is_all_of(one, claim)]


def _is_all_of(one: Quantity, claim: Quantity) -> bool:
    """Whether a figure is all there are of what a mean counts: 每名照护老人4人,在院老人7400人."""
    if one.own.startswith("累计"):
        return True
    return _ALL_THERE_ARE.match(one.own) is not None and _about_the_same(one, claim)


def _per_head(
    claim: Quantity, near: Sequence[Quantity], earlier: Sequence[Quantity]
) -> DraftFinding | None:
    sums = [] if _is_rate_of_part(claim, near) else _sums(claim, near)
    if not sums:
        return None
    heads = _heads(claim, near) or _heads_before(claim, sums[-1], earlier)
    called = _all_means(sums, heads, claim)
    least, most = claim.value * _LEAST, claim.value / _LEAST
    likely = [derived for derived in called if least <= derived.value <= most]
    return contradicted(_KIND, claim, likely, called) if likely else None


def _sums(claim: Quantity, near: Sequence[Quantity]) -> list[Quantity]:
    """What a mean may divide: sums; a day's figures where it is a day's too."""
    same = of_unit(near, claim.dimension)
    daily = [one for one in same if _DAILY.search(one.own)] if _DAILY.search(claim.own) else []
    if daily or _OTHER.search(claim.own):
        return daily
    sums = [one for one in levels_of(same) if not one.is_each]
    return sums or [one for one in same if _PAID_MONTHLY.search(one.own)]


def _is_rate_of_part(claim: Quantity, near: Sequence[Quantity]) -> bool:
    """Whether so much for each is of a part alone: 其中低保户200户、每户800元."""
    last = near[-1] if near else None
    is_part = last is not None and (last.mention.relation == PART or "其中" in last.own)
    return is_part and claim.own.startswith("每") and not _MEAN.search(claim.own)


def _of_each(each: re.Match[str], claim: Quantity, counted: Sequence[Quantity]) -> list[Quantity]:
    """The counts of a unit that is named, else of the places that it is short for."""
    unit = (each["unit"] or each["short"]).replace("场次", "场")
    same = of_unit(counted, unit) or of_unit(counted, f"{unit}次")
    return same or _places(unit, claim, counted)


def _all_means(
    sums: Sequence[Quantity], heads: Sequence[Quantity], claim: Quantity
) -> list[Derivation]:
    """Every sum by every count, the nearest first."""
    pairs = [(one, head) for head in heads[::-1] for one in sums[::-1] if one is not head]
    return [derived for one, head in pairs for derived in _means(one, head, claim)]


def _heads_before(claim: Quantity, total: Quantity, earlier: Sequence[Quantity]) -> list[Quantity]:
    """The greatest count of its passage that is of the same as a sum."""
    passage = claim.mention.passage
    named = [one for one in earlier if one.mention.passage == passage]
    place = _EACH_PLACE.search(claim.own) or _PLACE_MEAN.search(claim.own)
    if place:
        return _named_places(place["noun"], claim, levels_of(named))[-1:]
    named = [one for one in named if _about_the_same(total, one)]
    return sorted(_heads(claim, named), key=lambda one: one.value)[-1:]


def _means(total: Quantity, head: Quantity, claim: Quantity) -> list[Derivation]:
    """A sum by its count, and by its months where the mean is a month's."""
    months = (1,) if _OF_A_MONTH.search(total.own) else _months(claim)
    if "累计" in head.own:
        months = (*months, 1)  # each month's persons are counted
    derived = [_mean(total, head, month) for month in months]
    return [one for one in derived if one is not None]


def _mean(total: Quantity, head: Quantity, months: int) -> Derivation | None:
    derived = quotient(total, head, Decimal(1) / months)
    if derived is None or months == 1:
        return derived
    return Derivation(derived.value, derived.room, derived.operands, f"{derived.line} ÷ {months}")


def _months(claim: Quantity) -> tuple[int, ...]:
    """By how many months a sum is divided too: those of its period."""
    if not _MONTHLY.search(claim.own + claim.mention.amount.written):
        return (1,)
    span = claim.mention.period
    return (span.length,) if span is not None and 1 < span.length <= 12 else ()


def _heads(claim: Quantity, near: Sequence[Quantity]) -> list[Quantity]:
    """What a mean divides by: the counts of the unit or of the noun that it names."""
    counted = [one for one in levels_of(near) if one.is_exact]
    place = _PLACE_MEAN.search(claim.own) or _EACH_PLACE.search(claim.own)
    if place:
        return _places(place["noun"], claim, counted)
    each = _EACH_UNIT.search(claim.own)
    if each:
        return _of_each(each, claim, counted)
    units = next((units for pattern, units in _HEADS if pattern.search(claim.own)), ())
    return [one for one in counted if one.dimension in units]


def _named_places(noun: str, claim: Quantity, counted: Sequence[Quantity]) -> list[Quantity]:
    return [one for one in counted if _is_place(one, claim) and noun in one.words()]


def _places(noun: str, claim: Quantity, counted: Sequence[Quantity]) -> list[Quantity]:
    """The counts of the places that a mean names; the only count of places where none is named."""
    places = [one for one in counted if _is_place(one, claim)]
    return _named_places(noun, claim, counted) or (places if len(places) == 1 else [])


def _per_thousand(
    claim: Quantity, per: re.Match[str], earlier: Sequence[Quantity]
) -> DraftFinding | None:
    """Beds per thousand persons, organisations per ten thousand."""
    heads = [one for one in earlier if one.dimension == "人" and _shares(per["noun"], one)]
    sums = [one for one in of_unit(levels_of(earlier), claim.dimension) if _is_of(one, claim)]
    called = [
        derived
        for one in sums[::-1]
        for head in heads[::-1]
        if head.value >= _SIZE["万"] and (derived := quotient(one, head, _SIZE[per["size"]]))
    ]
    return contradicted(_KIND, claim, called, []) if called else None


def _is_of(total: Quantity, claim: Quantity) -> bool:
    """Whether a sum is no kind of what a mean counts: 护理型床位 where it is of 床位."""
    kind = _OF_A_KIND.search(total.own)
    return kind is None or kind[0] in claim.words()


def _is_place(one: Quantity, claim: Quantity) -> bool:
    return one.dimension in _PLACES and one.dimension != claim.dimension


def _about_the_same(total: Quantity, head: Quantity) -> bool:
    """Whether two figures have two signs in a row in common."""
    words = head.words()
    return any(total.own[at : at + 2] in words for at in range(2, len(total.own) - 1))


def _shares(noun: str, head: Quantity) -> bool:
    """Whether a count is of what is named; of all people where nothing is."""
    words = head.words()
    noun = noun.strip("名位人")
    if not noun or noun in {"常住", "户籍"}:
        return "人口" in words or "居民" in words
    return noun[:1] in words and noun[-1:] in words


def _yearly(claim: Quantity, total: Quantity, plain: str) -> DraftFinding | None:
    """So much a year, of what several years came to; ``plain`` is the passage."""
    if not re.search("年均|平均每年|每年平均", claim.own):
        return None
    start = claim.mention.sentence[0]
    spans = list(_YEARS.finditer(plain, start, claim.mention.amount.start))
    years = _years(spans[-1]) if spans else 0
    return contradicted(_KIND, claim, [_divided(total, years)], []) if years >= 2 else None


def _monthly(claim: Quantity, total: Quantity) -> DraftFinding | None:
    """So much a month, of the months of a sum's period."""
    span = total.mention.period
    if span is None or not 1 < span.length <= 12 or claim.mention.kind != ACTUAL:
        return None
    if not _A_MONTH.search(claim.own) or _HEADED.search(claim.own):
        return None
    return contradicted(_KIND, claim, [_divided(total, span.length)], [])


def _years(span: re.Match[str]) -> int:
    """How many years a phrase names."""
    if span["count"]:
        number = span["count"]
        return int(number) if number.isdecimal() else int(chinese_number(number) or 0)
    return int(span["last"]) - int(span["first"]) + 1 if span["first"] else 5


def _daily(claim: Quantity, total: Quantity) -> DraftFinding | None:
    """So much a day, of any number of days that a sum's period may have."""
    months = total.mention.period.length if total.mention.period else 0
    if not months or not _DAILY.search(claim.own):
        return None
    most, fewest = (_divided(total, days) for days in (_most_days(months), _fewest_days(months)))
    if most.value <= claim.value <= fewest.value:
        return None
    nearest = fewest if claim.value > fewest.value else most
    return contradicted(_KIND, claim, [nearest], [])


def _divided(total: Quantity, count: int) -> Derivation:
    """A sum by so many days, months or years."""
    line = f"{total.mention.amount.written} ÷ {count}"
    return Derivation(total.value / count, total.half / count, (total,), line)


def _most_days(months: int) -> int:
    """The calendar days of the longest months in a row."""
    return 31 * months - months // 3


def _fewest_days(months: int) -> int:
    """The working days of the months in a row that have the most holidays.

    A month with the Spring Festival has 16, January and February together 36, a half-year 115 or
    more.
    """
    return 19 * months - 3


def _counts_days(near: Sequence[Quantity]) -> bool:
    return any(one.dimension == "天" for one in near)
