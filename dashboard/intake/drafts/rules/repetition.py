"""Finds one quantity stated twice with two values, or figures copied to another purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import NOTE, DraftFinding, finding
from dashboard.intake.drafts.mention import ACTUAL, CHANGE, PART, TOTAL, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import exact

_OF_A_CHANGE = re.compile("增加|减少|提高|取消")  # 增加保障金额: of whom another figure says
GENERIC = re.compile(
    "^(?:资金|补贴|投资|投入|活动|项目|问题|培训|人数|标准|事项|困难群众|老年人|社区|建成|完成|新增|服务|工作|经费|补助"
    "|任务|目标|其他|工作人员|党员|群众|机构|全市|全区|全县|我市|我区|我县)?$"
)
_RATE_ALONE = re.compile("^[\u4e00-\u9fff]{1,3}率$")  # 完成率: nothing says of what
LEAST_KEY = 3  # characters of a subject that identifies a quantity
_SUBJECT_FILLER = re.compile(
    r"^(?:全[市区县]|我[市区县局]|[市区县])+|目前|现|^(?:办理|实施|开展|完成|实现|保障|救助)(?=[\u4e00-\u9fff]{3})"
    r"|(?:仅有?|只有|已达|已有|总数)$"
)
_OTHER_SCOPE = re.compile(
    "人均|户均|月均|日均|每|累计以来|历年|首批|第一批|新增|净增|平均|同期|上年|去年|以来新|年初|期初|上月|其余|剩余|还"
    "|比|较|另|再|又|含"
)


def check_repetition(read: ReadDraft) -> Iterator[DraftFinding]:
    """Mentions of one quantity against each other."""
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for mention in read.mentions:
        key = quantity(mention, read)
        if key is not None:
            groups.setdefault(key, []).append(mention)
    heads = _heads(read)
    for same in groups.values():
        yield from _two_values(same, heads)
    yield from _stocks(read)
    yield from _transposed(read)
    yield from _streets(read)
    yield from _referred(read)
    yield from _copied(read)


def subject_key(mention: Mention) -> str:
    """The subject in a form that is alike wherever the quantity is stated; "" where it is vague."""
    words = _SUBJECT_FILLER.sub("", mention.subject)
    if _OF_A_CHANGE.match(words):
        return ""
    if mention.amount.dimension == "元":
        words = re.sub("(?:保障|补助|补贴)?(?:资金|金)$", "", words)
    elif mention.amount.dimension == "人":
        words = re.sub("(?:总)?人数$", "", words)
    if len(words) < LEAST_KEY or GENERIC.match(words) or _RATE_ALONE.match(words):
        return ""
    return words


def quantity(mention: Mention, read: ReadDraft) -> tuple[object, ...] | None:
    """What two mentions of one quantity share: subject, unit, area, period, kind; None if vague."""
    words = subject_key(mention)
    around = mention.before + mention.period_text
    if not words or mention.kind == CHANGE or _OTHER_SCOPE.search(around):
        return None
    if mention.relation == PART and len(words) < 5:
        return None
    if read.draft.passages[mention.passage].kind == "cell":
        return None
    year = mention.period.end.year if mention.period else 0
    month = _month(mention, read)
    return words, mention.amount.dimension, mention.area, year, month, mention.kind


_PARTLY = re.compile("季度|(?<![0-9-])[0-9]{1,2}月(?!底)")
_TO_DATE = re.compile("累计|^[1一]-|^今年以来")
_FROM_JANUARY = re.compile("^截|-|^[1一]月")


def _month(mention: Mention, read: ReadDraft) -> str:
    """The months a figure is about; those of the title where its words say no others.

    今年以来, 截至目前 and, in a half-year report, 截至5月底 or 1-5月 all mean the reported span; in
    a report on a quarter or a month they do not.
    """
    text, title = mention.period_text, read.frame.title
    if title is not None and not title.from_january and _TO_DATE.search(mention.before + text):
        return "to date"
    if _PARTLY.search(text) and not _FROM_JANUARY.search(text):
        return text
    return ""


Place = tuple[int, tuple[int, int]]  # passage and sentence


def _heads(read: ReadDraft) -> dict[Place, Mention]:
    """The first figure of each sentence or part of one, on which the others may hang."""
    heads: dict[Place, Mention] = {}
    for mention in read.mentions:
        heads.setdefault((mention.passage, mention.sentence), mention)
    return heads


def _hang_apart(first: Mention, other: Mention, heads: dict[Place, Mention]) -> bool:
    """Whether two figures hang on others of one kind but different names.

    分散供养718人,发放护理补贴59842元 and 集中供养41人,发放护理补贴22477元 are two quantities.
    """
    one, two = (heads[mention.passage, mention.sentence] for mention in (first, other))
    if one is first or two is other or one.subject in two.subject or two.subject in one.subject:
        return False
    return one.amount.dimension == two.amount.dimension and one.kind == two.kind


def _two_values(same: Sequence[Mention], heads: dict[Place, Mention]) -> Iterator[DraftFinding]:
    first = same[0]
    for other in same[1:]:
        if other.passage == first.passage and other.sentence == first.sentence:
            continue
        if _hang_apart(first, other, heads):
            continue
        if _agree(first, other):
            continue
        yield _two(first.subject, first, other)
        return


def _two(name: str, first: Mention, other: Mention) -> DraftFinding:
    """A finding that what has this name is stated with two values."""
    message = Text(
        f"同一数字两个值：{name} 前写 {first.amount.written}，后写 {other.amount.written}",
        f"one quantity with two values: {name} is {first.amount.written}, then"
        f" {other.amount.written}",
    )
    return finding("two_values", message, (first, other))


def _agree(first: Mention, other: Mention) -> bool:
    """Whether two figures are the same to the digits of the coarser, or their ranges meet."""
    if not exact(first, other):
        (low, high), (least, most) = first.amount.bounds, other.amount.bounds
        above = high is not None and least is not None and high < least
        below = most is not None and low is not None and most < low
        return not (above or below)
    step = max(first.amount.step, other.amount.step)
    room = step / 2 if first.amount.step != other.amount.step else 0
    return abs(first.amount.value - other.amount.value) <= room


_ALL = r"(?:全[市区县旗省]|我[市区县旗])(?:现有|共有|现|共|登记|在册|注册|的)*"
_ALL_BEFORE = re.compile(f"{_ALL}$")
_ALL_NAMED = re.compile(
    rf"^{_ALL}(?P<noun>[\u4e00-\u9fff]{{3,12}}?)(?:总数|总量)?(?:共计|共有|达到|为|共|有|达)*$"
)
_NAMED_ALONE = re.compile(r"^(?P<noun>(?:乡镇|镇级|村级|街道|社区|养老|儿童)[\u4e00-\u9fff]{2,8})$")
_OUT_OF_THEM = re.compile(r"^([\u4e00-\u9fff]{3,12}?)中(?![心小等学医型老高部央])")
_BUILT = re.compile("^(?:累计|共|总共)(?:建成|建有|达到|达|已有|有)?(?:达到?)?$")
_NEW = re.compile("^.*(?:新建|新增|改造|建成|新设)(?:了)?")
_NOUN_ENDS = re.compile("中|的|已|均|全部|内|里")
_SLIP = Decimal("0.2")  # two counts of all this near to each other were meant to be one


def _stocks(read: ReadDraft) -> Iterator[DraftFinding]:
    """All there are of something in two places, nearly alike: 社会组织2143家, 2134家社会组织."""
    stated: dict[tuple[object, ...], Mention] = {}
    last: Mention | None = None
    for mention in read.mentions:
        noun = _noun_of_all(mention) or _noun_before(mention, last)
        last = mention
        if not noun or mention.kind != ACTUAL or not exact(mention) or mention.period is None:
            continue
        key = (noun, mention.amount.dimension, mention.area, mention.period.end.year)
        first = stated.setdefault(key, mention)
        off = abs(first.amount.value - mention.amount.value)
        if 0 < off <= first.amount.value * _SLIP and not _agree(first, mention):
            yield _two(noun, first, mention)


_LEAST_VALUE = 100  # of a number in which digits change places
_LEAST_NAME = 4  # signs


def _transposed(read: ReadDraft) -> Iterator[DraftFinding]:
    """One thing counted twice, the second time with two digits in turn: 4768人, 4678名."""
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for mention in read.mentions:
        amount = mention.amount
        if amount.value >= _LEAST_VALUE and mention.kind != CHANGE:
            key = ("".join(sorted(str(int(amount.value)))), amount.dimension, mention.area)
            groups.setdefault(key, []).append(mention)
    for group in groups.values():
        if len({mention.amount.value for mention in group}) > 1:
            yield from _turned_round(group)


def _turned_round(group: Sequence[Mention]) -> Iterator[DraftFinding]:
    """Figures of the same digits against the first that is named alike."""
    stated: list[tuple[str, Mention]] = []
    for mention in group:
        if _OTHER_SCOPE.search(mention.before) or not exact(mention):
            continue
        name = _counted_name(mention)
        same = [one for known, one in stated if _is_named(mention, name, known)]
        if same and _are_turned(same[0], mention) and _are_of_one_time(same[0], mention):
            yield _two(name, same[0], mention)
        elif len(name) >= _LEAST_NAME:
            stated.append((name, mention))


def _counted_name(mention: Mention) -> str:
    """The noun after a count, else its subject."""
    noun = _NOUN_ENDS.split(mention.after)[0]
    return noun if len(noun) >= _LEAST_NAME else subject_key(mention)


def _is_named(mention: Mention, name: str, known: str) -> bool:
    """Whether a count is of a known name: it ends its words or begins those after it."""
    short, long = sorted((name, known), key=len)
    ends = len(short) >= _LEAST_NAME and (long.endswith(short) or long.startswith(short))
    return ends or mention.after.startswith(known)


def _are_turned(first: Mention, second: Mention) -> bool:
    """Whether two values differ by two neighbouring digits that changed places."""
    one, other = (str(int(mention.amount.value)) for mention in (first, second))
    off = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(off) == 2 and off[1] == off[0] + 1


def _are_of_one_time(first: Mention, second: Mention) -> bool:
    """Whether nothing says that two figures are of different years or of parts of one."""
    spans = [mention.period for mention in (first, second)]
    years = {span.end.year for span in spans if span is not None}
    partly = [mention for mention in (first, second) if _PARTLY.search(mention.period_text)]
    return len(years) <= 1 and len({mention.period_text for mention in partly}) <= 1


_PLACES = re.compile(
    r"^(乡镇\(街道\)|镇\(街道\)|乡镇街道|街道\(乡镇\)|乡镇|镇街|街镇|镇办|村\(社区\)|村\(居\)|行政村|城市社区|社区(?!食堂|社会|养老|服务|工作|居家|矫正|[\u4e00-\u9fff]{0,3}[站点所员]))"
)
_HAS = re.compile("(?:建成|建有|已建|现有|共有|累计|有|登记|拥有|达到?|运营)(?:了)?$")
_HAS_FIRST = re.compile("^.*(?:建成|建有|已建|现有|共有|拥有|登记|设有)(?:了)?")


def _referred(read: ReadDraft) -> Iterator[DraftFinding]:
    """What 23个互助养老点中 refers to, against the stock of that name stated before it."""
    stocks: dict[tuple[str, str], list[Mention]] = {}
    if not any(not one.before and "中" in one.after for one in read.mentions):
        return
    for mention in read.mentions:
        dimension = mention.amount.dimension
        referred = _OUT_OF_THEM.match(mention.after) if not mention.before else None
        if referred and mention.kind == ACTUAL and exact(mention):
            known = stocks.get((referred[1], dimension), [])
            if known and not any(_agree(one, mention) for one in known):
                off = abs(known[-1].amount.value - mention.amount.value)
                if off <= known[-1].amount.value * _SLIP:
                    yield _two(referred[1], known[-1], mention)
        elif mention.kind == ACTUAL and (noun := _noun_of_stock(mention)):
            stocks.setdefault((noun, dimension), []).append(mention)


def _noun_of_stock(mention: Mention) -> str:
    """The noun of 建成互助养老点21个 or of 现有15个乡镇社工站; "" for what is new or planned."""
    if _HAS.search(mention.before):
        noun = _NOUN_ENDS.split(mention.after)[0]
    else:
        noun = _HAS_FIRST.sub("", mention.before) if _HAS_FIRST.search(mention.before) else ""
    return noun if 3 <= len(noun) <= 12 else ""


_ALL_WORDS = ("全部", "所有", "辖")
_ALL_OF_THEM = re.compile("全部|均|都|普遍|全覆盖|无一")


def _streets(read: ReadDraft) -> Iterator[DraftFinding]:
    """All streets of the area against a count of them that is greater, or that is of all too."""
    all_of: dict[tuple[str, str], Mention] = {}
    for mention in read.mentions:
        if mention.amount.dimension != "个":
            continue
        plain = read.draft.passages[mention.passage].plain
        name = _PLACES.match(plain[mention.amount.end : mention.amount.end + 8])
        if name is None or not exact(mention):
            continue
        is_all = _ALL_BEFORE.search(mention.before) or mention.before.endswith(_ALL_WORDS)
        key = (name[1], mention.area)
        first = all_of.get(key)
        if first is None and is_all:
            all_of[key] = mention
        elif first is not None and first.amount.value != mention.amount.value:
            tail = plain[mention.amount.end : mention.amount.end + 24]
            more = mention.amount.value > first.amount.value
            referred = tail.startswith(f"{name[1]}中") and _is_slip(first, mention)
            if more or is_all or referred or _ALL_OF_THEM.search(re.split("[,。;]", tail)[0]):
                yield _two(name[1], first, mention)


def _is_slip(first: Mention, other: Mention) -> bool:
    return abs(first.amount.value - other.amount.value) <= first.amount.value * _SLIP


def _noun_before(mention: Mention, last: Mention | None) -> str:
    """What 累计214处 counts after 新建幸福院18处: the noun of the figure before."""
    if mention.relation != TOTAL or last is None or last.sentence != mention.sentence:
        return ""
    is_other = last.amount.dimension != mention.amount.dimension or mention.after != ""
    if is_other or not _BUILT.match(mention.before):
        return ""
    noun = _NEW.sub("", last.before) if _NEW.search(last.before) else ""
    return noun if 3 <= len(noun) <= 12 else ""


def _noun_of_all(mention: Mention) -> str:
    """What a count is all there are of in the area; "" where it is of some."""
    one_of_them = _OUT_OF_THEM.match(mention.after)
    if one_of_them and not mention.before.endswith(("第", "前")):
        return one_of_them[1]
    if _ALL_BEFORE.search(mention.before):
        noun = _NOUN_ENDS.split(mention.after)[0]
        return noun if 3 <= len(noun) <= 12 else ""
    match = _ALL_NAMED.match(mention.before) or _NAMED_ALONE.match(mention.before)
    return match["noun"] if match else ""


def _copied(read: ReadDraft) -> Iterator[DraftFinding]:
    """Two clauses side by side with the same count and the same money for different purposes."""
    for number, mentions in read.of_passage.items():
        plain = read.draft.passages[number].plain
        pieces: dict[int, list[Mention]] = {}
        for mention in mentions:
            pieces.setdefault(mention.sentence[0], []).append(mention)
        listed = list(pieces.values())
        for first, second in pairwise(listed):
            if len(first) == len(second) == 2 and _same_pair(first, second):
                a, b = (plain[p[0].sentence[0] : p[0].sentence[1]] for p in (first, second))
                if a.strip(";。 ") != b.strip(";。 "):
                    yield finding("copied", _copied_text(first), (*first, *second), NOTE)


def _same_pair(first: Sequence[Mention], second: Sequence[Mention]) -> bool:
    """The same two figures, one of them money, neither of them round and small."""
    same = all(
        a.amount.value == b.amount.value and a.amount.dimension == b.amount.dimension
        for a, b in zip(first, second, strict=True)
    )
    dimensions = {mention.amount.dimension for mention in first}
    return same and "元" in dimensions and len(dimensions) == 2


def _copied_text(pair: Sequence[Mention]) -> Text:
    figures = "、".join(mention.amount.written for mention in pair)
    return Text(
        f"相邻两处数字完全相同（{figures}），用途不同：请核对是否抄错",
        f"two purposes side by side have the same figures ({figures}): copied by mistake?",
    )
