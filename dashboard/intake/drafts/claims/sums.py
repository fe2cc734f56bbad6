"""Judges sums: totals after or before their parts, what is left, products of so much each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.catalogue.spans import Span
from dashboard.intake.drafts.claims.derivation import (
    Derivation,
    Kind,
    contradicted,
    rest_of,
    total_of,
    written,
)
from dashboard.intake.drafts.claims.quantities import (
    BASE,
    CHANGE,
    EACH,
    IN_BEDS,
    LEVEL,
    PLAN,
    RATIOS,
    REST,
    TOTAL,
    Quantity,
    after,
    before,
    of_unit,
    segments,
)
from dashboard.intake.drafts.finding import DraftFinding, finding
from dashboard.intake.drafts.rules.parts import splits_completely
from dashboard.intake.forms.chinese_numerals import chinese_number

_SUM = Kind("parts", Text("各部分之和与总数不符", "the parts do not add up to the total"))
_REST = Kind("remainder", Text("剩余数不符", "what is left is wrong"))
_STOCK = Kind("stock", Text("期初、增减与期末不符", "the stock does not follow"))
_UNIT = Kind("unit", Text("单位可能有误", "the unit looks wrong"))
_PRODUCT = Kind("each_times", Text("人数、标准与总额不符", "the sum does not follow"))
_TOTAL = re.compile(
    "(?:合计|共计|总计|总共|一共|相加|之和|累计|总[数量额]|(?<!公)共)(?:有|为|达到?|约|[\u4e00-\u9fff]{0,4})$"
)
_OF_SEVERAL = re.compile(
    r"(?:以上|上述|这|(?P<first>前))?(?P<count>[两二三四五六七八九])(?:个|名|位)?"
    r"(?:项|类|者|乡?镇|街|村|社?区|年|批|期|级|家|处|单位)[^,]{0,8}$"
)
_TOGETHER = re.compile("合计|共计|总计|相加|之和")
_PERIODS = re.compile(r"[一二三四]季度|[上下]半年|\d{1,2}月|20\d\d年")
_WHOLE_PERIOD = re.compile("全年|半年|上半年|前三季度")
_ONLY_PERIOD = re.compile(r"(?:其中)?(?:20\d\d年|[上下]半年|[一二三四]季度|\d{1,2}月)(?:份)?$")
_SORTED = re.compile(
    "(?:按[^,]{0,8}(?:分|看|类|类别|划分|统计)(?:来看)?|分(?:季度|月|类|街镇)(?:来)?看),"
)
_THE_OTHERS = re.compile("^(?:其他|其余|其它|另外|剩余|余下)")
_NOT = re.compile("[不未非](?:予|能|曾|被)?")
_SAME = re.compile(
    r"[两二三四五六七八九]+(?:项|类|者|镇|街道?|村|区|县|年|个月|部分|种|批|期|级)?(?:季度)?(?:资金|补助|儿童|对象|人员|业务|机构|街道|乡镇|项目|工作)?|半年|全年|前三季度|上半年|全[县区市镇]|[,、:()的]"
)
_NEAR = Decimal("0.25")  # of a total, by which a wrong sum of parts is off at most
_HALF = Decimal("0.5")
_LISTED = Decimal("0.1")
_ALL_OF_IT = re.compile("^(?:全[市县区旗]|我[市县区旗]|现有|共|目前)")
_ALL_TOGETHER = re.compile("各类|累计|共|合计|总|全部|筹集|投入")
_ALL_KINDS = re.compile("各类|各项|共|合计|总")
_MOST_OF_IT = Decimal("0.2")
_TEN_THOUSAND = Decimal(10_000)
_SAME_SIZE = Decimal("0.02")
_YEAR = 12  # months
_A_HEAD = re.compile("每[人户名位]")
_REACH = 4  # amounts between so much for each and the sum
_SUMMED = re.compile("共|合计|总计|累计|总额|需")
_LISTS = re.compile("[,:(]|中")
_OF_WHICH = re.compile("其中|含")
_AMONG = re.compile("[^,]{0,12}中[,:]")
_CLOSE = Decimal("0.05")
_GRADE = re.compile(r"[\dA-Za-z一二三四五六七八九十]+")
_RUNS = ("ABCDEFG", "一二三四五六七", "1234567")
_SENTENCE_PART = re.compile("[,;:。]")
_SO_MANY_TOGETHER = re.compile(
    r"(?P<count>[两二三四五六])(?:层|楼|栋|处|个|家|项|批|期|次|地|镇|村|类|者)[^,]{0,4}(?:共|合计|总共)[^,]{0,4}$"
)
_LONGEST = 18  # signs of a part's name
_FEW = 10
_TWO = 2
_THREE = 3  # figures of which two make up the third
_SHORT = 4  # signs of a name that only says which part
_YEARLY = re.compile("年均|平均每年|每年(?:平均)?")
_IN_YEARS = re.compile("(?:近)?(?P<count>[两二三四五六七八九])年(?:来|间|共|累计|里|内)?")
_EACH_PERSON = re.compile("每[名位]")
_SLIPS = tuple(Decimal(size) for size in ("0.01", "0.1", "10", "100"))
_SAME_POINT = Decimal("0.005")
_PER_MONTH = re.compile("每月|月均|/月|每人每月|·月")
_MONTHS: tuple[Decimal, ...] = (Decimal(1), Decimal(12), Decimal(6), Decimal(3), Decimal(9))
_OPENING = re.compile("结转|年初|期初|上年末|上年结余|去年底|原有|年初余额")
_INFLOW = re.compile(
    "新[增开建办设]|接收|接受|募集|收入|新建|新成立|登记|收到|筹集|新登记|增加|纳入|进入|入[库院住站]"
)
_OUTFLOW = re.compile(
    "支出|注销|关停|使用|退出|清退|减少|撤销|拨付|支付|发放|核减|停[办业保]|取消|转出|销毁|离[院开站]|出院"
)
_BALANCE = re.compile("余额|结余|结存")
_DONE = re.compile("已[\u4e00-\u9fff]{2}")
_CLOSING = re.compile("年末|期末|尚余|结余|结存|余额|月末|年底|季末|目前")
_STATUS = re.compile(
    "^(?:其中)?(?:已|正|立行立改|立即整改|限期|在建|未|尚|剩|其余|待|还有|仍有|完工|开工|完成|竣工|拟|整改|办结)"
)


def sums(made: Sequence[Quantity], earlier: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """Every total and every remainder of a sentence; ``earlier`` is the sentence before."""
    judged = _of_the_sentence_before(made, earlier) or _several_before(made[0], earlier)
    if judged is not None:
        yield judged
    groups = segments(made)
    for before_it, group in zip(((), *groups), groups, strict=False):
        if len(group) < _TWO:
            continue
        judged = _of_halves(group, before_it, are_near=True) if before_it else None
        if judged is not None:
            yield judged
        for claim in group[1:]:
            if claim.dimension not in RATIOS and claim.is_exact and claim.role != CHANGE:
                judged = _judged(claim, group) or _rest_of_before(claim, group, earlier)
                if judged is not None:
                    yield judged
        yield from _wholes(group)
        yield from _out_of_scale(group)
        yield from _more_than_all(group)


def _more_than_all(group: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """More that have something than there are: 慈善组织57家,78家具有公开募捐资格."""
    for whole, part in pairwise(group):
        if part.dimension != whole.dimension or part.value <= whole.value:
            continue
        is_of = part.lead in {",", ",其中"} and _HAVE.match(part.tail) is not None
        if is_of and whole.role in {LEVEL, TOTAL} and whole.is_exact and part.is_exact:
            yield finding("of_which", _above(part, whole), (whole.mention, part.mention))


def _above(part: Quantity, whole: Quantity) -> Text:
    return Text(
        f"其中的 {written(part)}（{part.tail[:16]}）大于总数 {written(whole)}",
        f"the part {written(part)} is greater than its total {written(whole)}",
    )


def _of_the_sentence_before(
    made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> DraftFinding | None:
    """All figures of a sentence against the last total of its unit in the one before."""
    same = of_unit(earlier, made[0].dimension)
    if _is_complete_list(made):
        return _of_any([one for one in same if one.is_operand and not one.is_each], made)
    if len(same) == 1 and len(made) >= _THREE and _are_plain(made):
        return _of_the_total(same[0], made)
    return _of_halves(made, earlier)


def _of_halves(
    made: Sequence[Quantity], earlier: Sequence[Quantity], *, are_near: bool = False
) -> DraftFinding | None:
    """Parts that split a whole completely, of the figure before that counts the same.

    Of figures of the same sentence, which are ``near``, the words need not say that it does.
    """
    parts = [one for one in made if one.dimension not in RATIOS]
    wholes = _of_the_unit(parts[0], earlier) if len(parts) > 1 else []
    wholes = wholes if are_near else [one for one in wholes if _is_named(one, parts[0])]
    if not wholes or not _are_plain(parts):
        return None
    if not splits_completely([one.own + one.tail[:8] for one in parts]):
        return None
    return _of_any(wholes, parts)


def _is_named(whole: Quantity, part: Quantity) -> bool:
    """Whether a whole has two signs in a row of a part's words."""
    return any(part.own[at : at + 2] in whole.own for at in range(len(part.own) - 1))


def _several_before(claim: Quantity, earlier: Sequence[Quantity]) -> DraftFinding | None:
    """A total of so many at the head of a sentence, of the one before: 两项合计330万元."""
    several = _OF_SEVERAL.match(claim.own) if _TOGETHER.search(claim.own) else None
    if several is None or claim.is_each or not claim.is_exact:
        return None
    called = [total_of(parts) for parts in _lists(claim, earlier) if len(parts) == _count(several)]
    return contradicted(_SUM, claim, called, []) if called else None


def _lists(claim: Quantity, earlier: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """What a sentence may list in the unit of a total: its totals, the last of each part, all."""
    groups = [_of_the_unit(claim, group) for group in segments(earlier)]
    same = [one for group in groups for one in group if not one.is_each]
    yield [one for one in same if one.role == TOTAL]
    yield [group[-1] for group in groups if group]
    yield same


def _count(several: re.Match[str]) -> int:
    return int(chinese_number(several["count"]) or 0)


def _of_the_total(whole: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """Three figures or more against the total that ends the sentence before."""
    due = total_of(made)
    are_kinds = all(one.own.endswith("的") for one in made)
    is_total = (are_kinds or _ALL_TOGETHER.search(whole.own)) and whole.is_exact
    if not is_total or not _is_near(due, whole, _LISTED) or _largest(made) >= whole.value:
        return None
    return contradicted(_SUM, whole, [due], [])


def _is_complete_list(made: Sequence[Quantity]) -> bool:
    """Whether a sentence lists all: 其中重度64人,其他48人; 按类别,救助类1420件,老龄类980件."""
    is_listed = made[0].own.startswith("其中") and _THE_OTHERS.search(made[-1].own) is not None
    is_listed = is_listed or (len(made) > 1 and all(_STATUS.search(one.own) for one in made))
    return (is_listed or _SORTED.match(made[0].lead) is not None) and _are_plain(made)


def _of_any(wholes: Sequence[Quantity], made: Sequence[Quantity]) -> DraftFinding | None:
    """Parts with the others against the figures of the sentence before, one of which they make."""
    due = total_of(made)
    near = [one for one in wholes if _is_near(due, one, _NEAR) and one.is_exact]
    if not near or any(due.gives(one) for one in wholes):
        return None
    whole = min(near, key=lambda one: abs(due.value - one.value))
    return contradicted(_SUM, whole, [due], [])


def _are_plain(made: Sequence[Quantity]) -> bool:
    """Whether all are exact levels of one unit."""
    is_one_unit = len({one.dimension for one in made}) == 1
    return is_one_unit and all(one.role in {LEVEL, REST} and one.is_exact for one in made)


def _largest(parts: Sequence[Quantity]) -> Decimal:
    return max(one.value for one in parts)


def _out_of_scale(group: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """A sum of money ten thousand times what so much for each of so many comes to."""
    money = [one for one in of_unit(group, "元") if one.role != CHANGE]
    each = [one for one in money if one.is_each and _A_HEAD.search(one.own)]
    totals = [one for one in money if not one.is_each]
    heads = [one for one in (*of_unit(group, "人"), *of_unit(group, "户")) if one.role == LEVEL]
    if not len(each) == len(totals) == len(heads) == 1:
        return
    due = next((one for one in _monthly(heads[0], each[0]) if _is_off(one, totals[0])), None)
    judged = contradicted(_UNIT, totals[0], [due], []) if due is not None else None
    yield from [judged] if judged is not None else []


def _monthly(heads: Quantity, each: Quantity) -> list[Derivation]:
    return [_times(heads, each, Decimal(months)) for months in range(1, _YEAR + 1)]


def _is_off(due: Derivation, total: Quantity) -> bool:
    """Whether a sum is ten thousand times what is due."""
    scaled = due.value * _TEN_THOUSAND
    return bool(scaled) and abs(total.value / scaled - 1) < _SAME_SIZE


def _judged(claim: Quantity, group: Sequence[Quantity]) -> DraftFinding | None:
    """What is wrong with a total, a product, a remainder or a stock; None where nothing is."""
    stock = _at_the_end(claim, group)
    if stock is not None:
        return contradicted(_STOCK, claim, [stock], [])
    product = _product(claim, group) or _of_years(claim, group)
    if product:
        return contradicted(_PRODUCT, claim, product, [])
    halves = _other_side(claim, group)
    if halves:
        return contradicted(_REST, claim, halves, [])
    return _total(claim, group) or _rest(claim, group) or _of_its_period(claim, group)


def _other_side(claim: Quantity, group: Sequence[Quantity]) -> list[Derivation]:
    """What lies below a bound, after what lies above it: 75%以上的9个,低于75%的4个."""
    earlier = before(claim, group)
    bounds = [one for one in earlier if not one.is_exact]
    if len(bounds) < _TWO or bounds[-1] is not earlier[-1] or not _are_two_sides(*bounds[-2:]):
        return []
    same = _before(claim, group)
    if len(same) < _TWO or same[-1].order != bounds[-2].order + 1:
        return []
    return [rest_of(one, same[-1:]) for one in same[-2::-1] if one.value >= same[-1].value][:1]


def _are_two_sides(first: Quantity, second: Quantity) -> bool:
    """Whether one is a bound from below and the other the same from above."""
    is_one = first.dimension == second.dimension and first.value == second.value
    return is_one and (first.mention.amount.bounds[0] is None) != (
        second.mention.amount.bounds[0] is None
    )


def _before(claim: Quantity, made: Sequence[Quantity]) -> list[Quantity]:
    """What may be a part before a figure: of its unit."""
    return _of_the_unit(claim, before(claim, made))


def _of_the_unit(claim: Quantity, made: Sequence[Quantity]) -> list[Quantity]:
    return [one for one in of_unit(made, claim.dimension) if one.is_operand]


def _total(claim: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """A figure that is said to be the sum of those before it."""
    cue = _TOTAL.search(claim.own)
    if cue is None and _WHOLE_PERIOD.match(claim.own):
        return _of_periods(claim, made)
    several = _several(claim, made)
    if claim.is_each or claim.role == BASE or cue is several is None:
        cases = _of_cases(claim, made)
        return contradicted(_SUM, claim, cases, []) if cases else None
    called = _ends(_before(claim, made))
    if several is None:
        usable = _of_the_same(called, claim, cue) or _of_cases(claim, made)
    elif several["first"]:
        usable = _of_the_first(_count(several), claim, made)
    else:
        usable = _so_many(_count(several), called, claim, made)
    near = [one for one in usable if _may_be_all(one, claim)]
    return contradicted(_SUM, claim, near, called) if near else None


def _ends(parts: Sequence[Quantity]) -> list[Derivation]:
    """The sums of figures from each on to the last."""
    return [total_of(parts[at:]) for at, one in enumerate(parts) if _is_several(one, parts)]


def _of_the_same(
    called: Sequence[Derivation], claim: Quantity, cue: re.Match[str] | None
) -> list[Derivation]:
    """The sums of figures that a total names; of all before it where they nearly make it."""
    usable = [one for one in called if _is_of_them(claim, cue, one.operands)]
    return usable + [one for one in called[:1] if _is_near(one, claim, _LISTED)]


_HAVE = re.compile("具有|具备|获|已|被|持有|持证|拥有|建有|设有|达到|通过|符合|完成|实现|纳入")
_CASES = frozenset("件 项 例 起 宗 笔 对 人次".split())
_SITES = frozenset("家 个 处 所 座".split())
_ADDED = re.compile("共|合计|总计|总共|一共|累计")


def _of_cases(claim: Quantity, made: Sequence[Quantity]) -> list[Derivation]:
    """The sum of a list of cases in units of their own: 登记3126对、补证864件,合计3990件."""
    kinds = next((kinds for kinds in (_CASES, _SITES) if claim.dimension in kinds), None)
    is_sum = claim.role == TOTAL and (kinds is _SITES or _ADDED.match(claim.own))
    parts = _run_of_cases(before(claim, made)) if kinds and is_sum else []
    if kinds is _SITES and not all(part.dimension in _SITES for part in parts):
        return []
    called = [total_of(parts)] if len(parts) >= _TWO else []
    return [due for due in called if _is_near(due, claim, _NEAR)]


def _is_several(one: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether figures from one on are more than one: it counts for several, or others follow."""
    return one is not parts[-1] or one.times > 1


def _run_of_cases(last: Sequence[Quantity]) -> list[Quantity]:
    """The counts that a list joined by 、 ends with."""
    run: list[Quantity] = []
    for one in reversed(last):
        if not _is_counted(one) or not one.is_exact or one.role != LEVEL:
            break
        run.insert(0, one)
        if not one.lead.startswith(("、", "和", "及", ",")):
            return run
    return []


def _may_be_all(derived: Derivation, claim: Quantity) -> bool:
    """Whether parts come near to a total that is greater than each."""
    if all(part.times > 1 for part in derived.operands):
        return True  # 男、女各65人,共130人
    return _is_near(derived, claim, _NEAR) and _largest(derived.operands) < claim.value


def _several(claim: Quantity, made: Sequence[Quantity]) -> re.Match[str] | None:
    """How many figures a total names: 两项补助资金, and none of a plan (三年目标)."""
    if claim.role == PLAN and not _TOTAL.search(claim.own):
        return None
    return _OF_SEVERAL.match(_with_its_number(claim, made))


def _so_many(
    count: int, called: Sequence[Derivation], claim: Quantity, made: Sequence[Quantity]
) -> list[Derivation]:
    """The sums of as many figures as a total names; of any unit where cases are added up."""
    usable = [one for one in called if len(one.operands) == count]
    if usable or claim.dimension == "元" or not _TOTAL.search(claim.own):
        return usable
    parts = [one for one in before(claim, made) if _is_counted(one)][-count:]
    return [total_of(parts)] if len(parts) == count else []


def _of_the_first(count: int, claim: Quantity, made: Sequence[Quantity]) -> list[Derivation]:
    """The sum of as many figures at the head of the list before a total: 前三个街镇合计."""
    parts = _before(claim, made)
    heads = [at for at, one in enumerate(parts) if not one.lead.startswith(("、", "和"))]
    listed = parts[heads[-1] :] if heads else []
    return [total_of(listed[:count])] if len(listed) >= count else []


def _is_counted(one: Quantity) -> bool:
    """Whether it counts cases, of whatever unit: 对 and 件 add up to 三项业务."""
    small = one.dimension in {"项", "类", "期", "批", "场", "轮"} and one.value < _FEW
    return one.is_operand and one.dimension not in RATIOS | {"元"} and not small


def _is_near(derived: Derivation, claim: Quantity, share: Decimal) -> bool:
    return abs(derived.value - claim.value) <= claim.value * share


def _of_periods(claim: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """A year's figure after those of its halves, quarters or months."""
    parts = [one for one in _before(claim, made) if _PERIODS.search(one.own)]
    called = [total_of(parts)] if len(parts) > 1 else []
    near = [one for one in called if _is_near(one, claim, _NEAR)]
    return contradicted(_SUM, claim, near, called) if near else None


def _of_its_period(claim: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """A figure of what is left of a longer period after a shorter one: 1-6月, 一季度, 二季度."""
    if len(made) < _THREE or not claim.mention.period_text or not _is_dated(claim):
        return None
    dated = [one for one in of_unit(made, claim.dimension) if _is_dated(one)]
    if len(dated) != _THREE or claim is not dated[-1]:
        return None
    first, longest = sorted(dated[:2], key=_length)
    spans = [one.mention.period for one in (first, claim, longest)]
    if not claim.value < longest.value or not _make_up(*spans):
        return None
    return contradicted(_SUM, claim, [rest_of(longest, [first])], [])


def _length(one: Quantity) -> int:
    return one.mention.period.length if one.mention.period else 0


def _is_dated(one: Quantity) -> bool:
    span = one.mention.period
    is_level = one.role not in {CHANGE, EACH} and one.is_exact
    return is_level and span is not None and span.length > 1 and one.mention.period_text != ""


def _make_up(first: Span | None, second: Span | None, whole: Span | None) -> bool:
    """Whether two spans follow each other and make up the third."""
    if first is None or second is None or whole is None:
        return False
    begins = [span.first for span in (first, second, whole)]
    return begins[1] == first.end.plus(1) and begins[2] == begins[0] and whole.end == second.end


def _is_of_them(claim: Quantity, cue: re.Match[str] | None, parts: Sequence[Quantity]) -> bool:
    """Whether the words of a total name nothing but its parts."""
    if cue is None or _TOGETHER.search(claim.own) or cue[0][:2] in {"总数", "总量"}:
        return True
    named = _SAME.sub("", claim.own[: cue.start()])
    if len(named) < 2:
        return True
    pairs = {named[at : at + 2] for at in range(len(named) - 1)}
    return all(any(pair in part.words() for pair in pairs) for part in parts)


def _with_its_number(claim: Quantity, made: Sequence[Quantity]) -> str:
    """The words at a figure with a number that stands among them: 两项补助资金."""
    if len(claim.own) < len(claim.lead.strip()):
        return claim.own
    last = next(iter(before(claim, made)[-1:]), None)
    if last is None:
        return claim.own
    return f"{'前' * last.own.endswith('前')}{written(last)}{claim.own}"


def _product(claim: Quantity, made: Sequence[Quantity]) -> list[Derivation]:
    """A sum of so much for each, of so many."""
    earlier = before(claim, made)
    each = next((one for one in earlier[-_REACH:] if one.role == EACH), None)
    if each is None or not _is_to_be_met(each, claim, earlier):
        return []
    stretch = [one.lead for one in earlier if one.order > each.order]
    said = _SUMMED.search("".join([*stretch, claim.lead])) is not None
    own = _EACH_PERSON.sub("每人", each.own)
    if not said and not any(f"每{one.dimension}" in own for one in earlier):
        return []
    called = _products(each, earlier)
    near = [one for one in called if _is_near(one, claim, _NEAR) or _is_slip(one, claim)]
    return near or (called[:1] if said else [])


def _is_to_be_met(each: Quantity, claim: Quantity, earlier: Sequence[Quantity]) -> bool:
    """Whether no sum before so much for each is of it yet: 培训600人次,分6期,每期100人次."""
    if not _are_alike(each.dimension, claim.dimension):
        return False
    first = before(each, earlier)
    totals = [one for one in first if _are_alike(one.dimension, each.dimension)]
    return not any(due.gives(one) for due in _products(each, first) for one in totals)


def _are_alike(first: str, second: str) -> bool:
    """Whether two units may be of one product: 每期45人 gives 人次 too."""
    return first == second or {first, second} == {"人", "人次"}


def _of_years(claim: Quantity, made: Sequence[Quantity]) -> list[Derivation]:
    """What so much a year comes to in the years that a sum names: 每年24家,五年120家."""
    years, last = _IN_YEARS.match(claim.own), next(iter(before(claim, made)[-1:]), None)
    yearly = last is not None and last.dimension == claim.dimension and _YEARLY.search(last.own)
    if last is None or not years or not yearly:
        return []
    count = chinese_number(years["count"]) or Decimal(0)
    line = f"{written(last)} × {years['count']}年"
    return [Derivation(last.value * count, (last.half or Decimal("0.5")) * count, (last,), line)]


def _is_slip(due: Derivation, claim: Quantity) -> bool:
    """Whether a sum is what is due but for its decimal point."""
    ratio = due.value / claim.value if claim.value else Decimal(0)
    return any(abs(ratio / size - 1) < _SAME_POINT for size in _SLIPS)


def _products(each: Quantity, earlier: Sequence[Quantity]) -> list[Derivation]:
    """So much for each times every count before it, and times the months where it is monthly."""
    counts = [one for one in earlier if one.role in {LEVEL, TOTAL, PLAN}]
    counts = [one for one in counts if one.dimension not in RATIOS | {"元", each.dimension}]
    stated = [one for one in counts if one.dimension == "个" and one.tail.startswith("月")]
    months = tuple(one.value for one in stated)
    if not months:
        is_monthly = _PER_MONTH.search(each.words() + written(each)) is not None
        months = _MONTHS[1:] if is_monthly else _MONTHS[:1]
    heads = [one for one in counts[::-1] if one not in stated]
    return [_times(one, each, month) for one in heads for month in months]


def _times(count: Quantity, each: Quantity, months: Decimal) -> Derivation:
    value = count.value * each.value * months
    room = count.half * each.value * months
    line = f"{written(count)} × {written(each)}" + (f" × {months}" if months > 1 else "")
    return Derivation(value, room, (count, each), line)


def _rest(claim: Quantity, made: Sequence[Quantity]) -> DraftFinding | None:
    """What is said to be left of a whole, after its parts or before what is done."""
    earlier = _before_rest(claim, made) if claim.role == REST else []
    if not earlier or (_BALANCE.search(claim.own) and claim.value > earlier[0].value):
        return None  # a balance to which something came that the sentence does not say
    done = [one for one in of_unit(after(claim, made)[:1], claim.dimension) if _DONE.match(one.own)]
    if done and len(earlier) == 1 and earlier[0].value > done[0].value:
        return contradicted(_REST, claim, [rest_of(earlier[0], done)], [])
    for at in range(len(earlier) - 2, -1, -1):
        whole, parts = earlier[at], earlier[at + 1 :]
        if _STATUS.search(whole.own):
            continue  # 完工5所、在建3所、未开工1所: three states
        if whole.role != BASE and whole.value >= sum(part.value for part in parts):
            called = [rest_of(whole, parts)]
            return contradicted(_REST, claim, called, _other_rests(whole, parts, earlier))
    return None


def _rest_of_before(
    claim: Quantity, made: Sequence[Quantity], earlier: Sequence[Quantity]
) -> DraftFinding | None:
    """What is left of the one figure of its unit in the sentence before, after its part."""
    parts = _before(claim, made) if claim.role == REST and not _BALANCE.search(claim.own) else []
    wholes = _of_the_unit(claim, earlier) if len(parts) == 1 else []
    if len(wholes) != 1 or wholes[0].value <= parts[0].value or not wholes[0].is_exact:
        return None
    called = rest_of(wholes[0], parts)
    return contradicted(_REST, claim, [called], []) if _is_near(called, claim, _HALF) else None


def _before_rest(claim: Quantity, made: Sequence[Quantity]) -> list[Quantity]:
    """The figures that something may be left of: of its unit, and the persons in beds."""
    in_beds = claim.dimension == "张" and "空" in claim.own
    return [
        one
        for one in before(claim, made)
        if one.is_operand
        and (one.dimension == claim.dimension or (in_beds and IN_BEDS.search(one.words())))
    ]


def _other_rests(
    whole: Quantity, parts: Sequence[Quantity], earlier: Sequence[Quantity]
) -> list[Derivation]:
    """What is left of a whole without one of its parts, and of any figure without others."""
    others = [rest_of(whole, parts[-1:]), rest_of(whole, parts[:1])]
    others += [rest_of(one, [part]) for one in earlier for part in earlier if part is not one]
    return others + [rest_of(one, earlier[k + 1 :]) for k, one in enumerate(earlier[:-1])]


def _at_the_end(claim: Quantity, made: Sequence[Quantity]) -> Derivation | None:
    """A stock at the end against that at the beginning, what came and what went."""
    if len(made) < _THREE or not _CLOSING.search(claim.lead[-12:]):
        return None
    opening = [one for one in _before(claim, made) if _OPENING.search(one.own)]
    if len(opening) != 1:
        return None
    return _after_flows(opening[0], [one for one in _before(claim, made) if one not in opening])


def _after_flows(opening: Quantity, flows: Sequence[Quantity]) -> Derivation | None:
    """The stock after what came and what went; None where a flow is neither."""
    came = [one for one in flows if _INFLOW.search(one.own)]
    went = [one for one in flows if _OUTFLOW.search(one.own) and not _INFLOW.search(one.own)]
    if not came or not went or len(came) + len(went) != len(flows):
        return None
    return _closing([opening, *came], went)


def _closing(came: Sequence[Quantity], went: Sequence[Quantity]) -> Derivation:
    """What there is after what came and what went."""
    more, less = total_of(came), total_of(went)
    line = " − ".join([more.line, *(written(one) for one in went)])
    return Derivation(more.value - less.value, more.room + less.room, (*came, *went), line)


def _wholes(made: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """A figure and the ones of its unit after it, which nearly make it up."""
    for dimension in {one.dimension for one in made} - RATIOS:
        same = [one for one in made if one.dimension == dimension and not one.is_each]
        at = 0
        while at < len(same) - 2:
            judged, at = _whole(same, at)
            if judged is not None:
                yield judged


def _whole(same: Sequence[Quantity], at: int) -> tuple[DraftFinding | None, int]:
    """The finding at a figure that may be a whole, and where to go on."""
    whole, parts = same[at], _parts(same, at)
    if len(parts) < 2 or not whole.is_operand or whole.role in {BASE, PLAN} or not whole.is_exact:
        return None, at + 1
    prefixes = [total_of(parts[:end]) for end in range(2, len(parts) + 1)]
    due = prefixes[-1]
    off = due.value - whole.value
    if abs(off) > whole.value * _room(whole, parts, off):
        fits = any(one.gives(whole) for one in prefixes)
        return None, at + 1 + (len(parts) if fits else 0)
    judged = contradicted(_SUM, whole, [due], prefixes)
    return judged, at + 1 + len(parts)


def _parts(same: Sequence[Quantity], at: int) -> list[Quantity]:
    """The smaller figures after one, up to the next as large or a change."""
    parts: list[Quantity] = []
    for one in same[at + 1 :]:
        is_base = one.role == BASE and not _ONLY_PERIOD.match(one.own)
        stops = one.value >= same[at].value or one.role in {CHANGE, PLAN} or is_base
        if stops or ";" in one.lead or not one.is_exact:
            break
        if parts and _TOTAL.search(one.own):
            break
        parts.append(one)
    return parts


def _are_opposite(first: str, second: str) -> bool:
    """Whether one name is the other with a not: 通过, 不予通过."""
    short, long = sorted((first.removeprefix("其中"), second), key=len)
    bare = _NOT.sub("", long)
    return bare != long and len(bare) > 1 and bare in short


def _room(whole: Quantity, parts: Sequence[Quantity], off: Decimal) -> Decimal:
    """By which share of a whole its parts may miss it and still be meant to make it up."""
    lead, own = parts[0].introduced, [one.own for one in parts]
    if whole.role == REST or not _LISTS.search(lead) or max(map(len, own)) > _LONGEST:
        return Decimal(0)
    if _lists_all(whole, parts, off):
        return _NEAR
    if _ALL_KINDS.search(whole.own) and len(parts) > _TWO and not _OF_WHICH.search(lead):
        return _MOST_OF_IT
    if all(_STATUS.search(words) or _PERIODS.search(words) for words in own):
        return _NEAR
    if len(parts) == _TWO:
        return _room_of_two(whole, parts, off)
    if _OF_WHICH.search(lead) and off < 0:
        return _CLOSE
    return _LISTED


def _lists_all(whole: Quantity, parts: Sequence[Quantity], off: Decimal) -> bool:
    """Whether words say that the parts are all there are."""
    own = [one.own for one in parts]
    is_some = off < 0 and _OF_WHICH.search(parts[0].introduced) is not None
    if _names_so_many(whole, len(parts)) or _names_its_parts(whole, own):
        return True
    return _are_grades(own) and (not is_some or _are_in_turn(own))


def _are_in_turn(own: Sequence[str]) -> bool:
    """Whether grades run from the first on: A类, B类, C类; 一级, 二级, 三级."""
    grades = "".join(found[0] for words in own if (found := _GRADE.search(words)))
    return len(grades) == len(own) >= _THREE and any(run.startswith(grades) for run in _RUNS)


def _are_grades(own: Sequence[str]) -> bool:
    """Whether the names of parts differ by a grade alone: 5A级, 4A级, 3A级; 一层, 二层."""
    bare = {_GRADE.sub("", words.removeprefix("其中")) for words in own}
    return len(bare) == 1 and "" not in bare and len(set(own)) == len(own)


def _names_its_parts(whole: Quantity, own: Sequence[str]) -> bool:
    """Whether a whole names each of its parts: 低保、特困人员合计."""
    words = _SENTENCE_PART.split(whole.lead)[-1]
    return all(len(name) > 1 and name in words for name in own)


def _names_so_many(whole: Quantity, count: int) -> bool:
    """Whether a whole says of how many it is together: 上下两层共1240平方米."""
    said = _SO_MANY_TOGETHER.search(whole.own)
    return said is not None and chinese_number(said["count"]) == count


def _room_of_two(whole: Quantity, parts: Sequence[Quantity], off: Decimal) -> Decimal:
    """The same of two parts, which are seldom all there are."""
    lead, own = parts[0].introduced, [one.own for one in parts]
    if _are_opposite(*own) or splits_completely([one.own + one.tail[:8] for one in parts]):
        return _HALF if off > 0 else _NEAR
    if _OF_WHICH.search(lead):
        return _LISTED if off > 0 else Decimal(0)
    if _AMONG.match(lead):
        return _LISTED
    if max(map(len, own)) > _SHORT or whole.dimension == "元":
        return Decimal(0)
    if off > 0 and _ALL_OF_IT.search(whole.own):
        return _NEAR
    return _LISTED if parts[1].lead.endswith("、" + own[1]) else Decimal(0)
