"""Gives each amount of a sentence its role: level, base, plan, part, change, share, mean, total.

A role follows from the words at the amount alone, never from the order of the amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.claims.worded import worded
from dashboard.intake.drafts.mention import Mention

LEVEL, BASE, PLAN, CHANGE, EACH, REST, TOTAL = (
    "level",
    "base",
    "plan",
    "change",
    "each",
    "rest",
    "total",
)
_OPERANDS = frozenset((LEVEL, BASE, PLAN, TOTAL, REST))
RATIOS = frozenset((PERCENT, POINTS, TIMES))
_COARSEST = Decimal("0.025")  # of a value: what is printed as 2万元 is seldom 2.4
MOST = 40  # amounts of a sentence that are looked at
UP = (
    "(?<!新)净?增(?:加|长|收|支|幅|速|长率)?|提高|提升|上升|上调|上涨|扩大|扩增"
    "|(?<![许很众诸大最])多[\u4e00-\u9fff]{0,3}|高出?|超出|超额|超|快|延长|升幅|涨幅|提幅|拉长"
)
DOWN = (
    "净?减(?:少|支|收|幅)?|下降|降低|降幅?|下调|回落|压减|压缩|缩减|缩短"
    "|(?<![不至缺])少[\u4e00-\u9fff]{0,2}|低|慢|节约|节省"
)
_ENDS = (
    "(?:年度|全年)?(?:任务|目标|计划)?数?(?:率|幅度|幅)?"
    "(?:了|将?达到|达|为|近|约|分别|各|足足|整整|又|仅|均)*$"
)
_CHANGE = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN})|(?P<gap>相差|差距(?:缩小|扩大|拉大)?到?)){_ENDS}"
)
NEW_VALUE = re.compile(
    r"(?:提高|提升|增加|增长|上升|扩大|发展|壮大|攀升|上涨|增|升|下降|降低|减少|回落|压缩|缩短|缩减|压减|降|减|调整|提标|上调|下调|扩增|变)(?:了)?[到至为成]"
)
_BASE = re.compile(
    r"(?<![自理])由|从(?![事业])|(?<![占对同环])比(?!例|重|列|对)|较(?![好大多高强为快差])|[与同和跟](?=[^,]*(?:同期|上年|去年|年初|[年月]|标准))"
    r"|上年|去年|同期|年初(?!计划|确定|安排|下达|部署)|上季度|上月|前年|以前|原来|原有|原定|[年季度月][末底初](?:的|为|是)?$|20\d\d年的?$|“?十[二三四]五"
)
_ABOVE = re.compile("(?:(?P<up>高于|快于|多于|超过)|低于|慢于|少于)(?![^,]*(?:序时|时间))")
_PLAN = re.compile(
    "任务|目标|年初确定|下达|民生实事|预期|计划(?!生育)|预算|应|需(?!求)|省定|市定|国定|规定|核定|要求|标准"
)
_EACH = re.compile(
    "(?<!平)[人户次场处件例年月日天周家班期村镇站床座套支栋店岗点馆校园院队组]均(?!衡|等|已|为)|平均|每|折合|(?:[街镇乡村社区站]{2}|机构|个案)平均|/[人户月年]|(?<![全])各$"
)
_REST = re.compile(
    r"(?:空置|空余|空闲|其余|剩余|余下|剩下|还剩|尚剩|尚余|仍有|还有|尚有|余|尚缺|尚需|还需|尚待|缺口|还差|尚差|还缺|缺|未[\u4e00-\u9fff]{1,6}|结余|结存|实付|自付|自费)"
    r"[^,]{0,8}$"
)
_REST_AFTER = re.compile(
    r"^(?:因[^,]{1,6})?(?:请假|缺席|缺勤|未(?!来|成年)|待[办核整处])|^[\u4e00-\u9fff]{0,4}?(?:尚未|仍未|还未|尚待|仍在|正在|还在|不(?:符合|予|合格|达标|通过))"
)
_TOTAL = re.compile(
    r"(?:合计|共计|总计|累计|总数|总额|总量|共有|共需|总共|一共|相加|之和|(?<![公])共)[^,]{0,10}$"
)
_TOO_MUCH = re.compile(r"(?:人均|户均|共|合计|累计)?多[发领报付占计](?:放|取)?$")
_CLAUSE = re.compile(r"[,;:、()]")
JOINTS = frozenset("、 和 及 与 以及 ,".split())
_EACH_OF_NAMED = re.compile(
    r"(?:^|[,;:(])[、和]?(?P<names>[^,;:()]*[、和与及][^,;:()]*)各(?:[新建设立增开发放补助安排投入有配备]{1,4})?$"
)
IN_BEDS = re.compile("入住|收住|在[站院住]")
_JOINED = re.compile("[、和与及]")
_TWO_NAMES = re.compile(
    r"(村|乡?镇|社区|街道?|县|乡)\((?:社区|居|街道?|村|[市区镇]|县[、,]?[市区]?|市、区)\)"
)


@dataclass(slots=True, eq=False)
class Quantity:
    """An amount of a sentence with its role.

    ``lead`` are the words since the amount before, ``own`` those of its clause, ``tail`` those
    after it up to the next amount or the end of its clause. ``sign`` is the direction of a change.
    """

    mention: Mention
    order: int
    lead: str
    own: str
    tail: str
    role: str
    sign: int
    raises: bool  # it is what something rose or fell to
    is_each: bool  # it is so much for each, whatever else it is
    introduced: str = ""  # the lead; that of the figure it is paired with where it has none
    times: int = 1  # of how many it is so much each: 三、四季度各6个
    value: Decimal = field(init=False)
    dimension: str = field(init=False)
    is_exact: bool = field(init=False)
    half: Decimal = field(init=False)
    is_operand: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what is asked often.

        ``half`` is how far the true value may be from the printed one: half of its last digit.
        """
        amount = self.mention.amount
        is_counted = amount.step == 1 and amount.dimension not in RATIOS
        room = min(amount.step / 2, abs(amount.value) * _COARSEST)
        self.value, self.dimension = amount.value * self.times, amount.dimension
        self.is_exact = amount.is_exact
        self.half = Decimal(0) if is_counted else room * self.times
        self.is_operand = self.role in _OPERANDS

    def words(self) -> str:
        """All words at the amount, and what it counts."""
        return f"{self.own}{self.tail}|{self.mention.subject}"


def quantities(plain: str, mentions: Sequence[Mention]) -> list[Quantity]:
    """The amounts of a sentence with their roles, in order; ``plain`` is its passage."""
    if not mentions:
        return []
    start, end = mentions[0].sentence[0], mentions[-1].sentence[1]
    ratios = worded(plain, mentions[0], end)
    found = sorted((*mentions[:MOST], *ratios), key=lambda one: one.amount.start)
    ends = [*(mention.amount.start for mention in found[1:]), end]
    made: list[Quantity] = []
    for mention, following in zip(found, ends, strict=True):
        lead = plain[start : mention.amount.start]
        start = mention.amount.end
        made.append(_quantity(mention, lead, plain[start:following], made))
    return made


def _quantity(mention: Mention, lead: str, after: str, made: Sequence[Quantity]) -> Quantity:
    """An amount between the words that lead to it and those after it; ``made`` are before it."""
    if "(" in lead or "(" in after:
        lead, after = (_TWO_NAMES.sub(r"\1", words) for words in (lead, after))  # 村(社区)
    own, introduced = _CLAUSE.split(lead)[-1].strip(" “”\"'"), lead
    if not lead and made:
        own, introduced = made[-1].own, made[-1].introduced  # 城市低保1204户1873人
    tail = _CLAUSE.split(after)[0]
    raises = NEW_VALUE.search(own) is not None
    role, sign = _role(mention.amount.dimension, own, raises)
    if role == LEVEL and not own and _REST_AFTER.match(tail):
        role = REST
    if (model := _joined_to(lead, made)) is not None:
        role, sign = model.role, model.sign
    times = _times(lead) if "各" in lead and role in {EACH, LEVEL} else 1
    if times > 1:
        role = LEVEL
    is_each = times == 1 and (role == EACH or _EACH.search(own) is not None)
    words = (lead, own, tail)
    return Quantity(mention, len(made), *words, role, sign, raises, is_each, introduced, times)


def _times(lead: str) -> int:
    """How many names have so much each: 三、四季度各; one where the words do not say."""
    of_named = _EACH_OF_NAMED.search(lead)
    return len(_JOINED.findall(of_named["names"])) + 1 if of_named else 1


def _joined_to(lead: str, made: Sequence[Quantity]) -> Quantity | None:
    """The change or base that an amount is joined to, whose role it has: 增长5.1%和10%."""
    is_joined = made and made[-1].role in {CHANGE, BASE} and lead.strip() in JOINTS
    return made[-1] if is_joined else None


def _role(dimension: str, own: str, raises: bool) -> tuple[str, int]:
    change = _CHANGE.search(own)
    if change and not _TOO_MUCH.match(own):
        return CHANGE, 1 if change["up"] else (-1 if change["down"] else 0)
    if dimension in {POINTS, TIMES}:
        above = _ABOVE.search(own)
        return CHANGE, (1 if above["up"] else -1) if above else 0
    if raises:
        return LEVEL, 0
    if not own or not _ANY_ROLE.search(own):
        return LEVEL, 0
    return next(role for role, pattern in _ROLES if pattern.search(own)), 0


_ROLES = ((REST, _REST), (BASE, _BASE), (EACH, _EACH), (PLAN, _PLAN), (TOTAL, _TOTAL))
_ANY_ROLE = re.compile("|".join(pattern.pattern for _, pattern in _ROLES))


def segments(made: Sequence[Quantity]) -> list[Sequence[Quantity]]:
    """The amounts of a sentence between its semicolons."""
    begins = [at for at, one in enumerate(made) if at and ";" in one.lead]
    if not begins:
        return [made] if made else []
    return [made[at:end] for at, end in pairwise((0, *begins, len(made)))]


def stretch(made: Sequence[Quantity]) -> tuple[int, int]:
    """Where a sentence begins and ends in its passage, with its parts after semicolons."""
    return made[0].mention.sentence[0], made[-1].mention.sentence[1]


def before(claim: Quantity, group: Sequence[Quantity]) -> list[Quantity]:
    """Those of a group that stand before a quantity."""
    return [one for one in group if one.order < claim.order]


def after(claim: Quantity, group: Sequence[Quantity]) -> list[Quantity]:
    """Those of a group that stand after a quantity."""
    return [one for one in group if one.order > claim.order]


def of_unit(group: Sequence[Quantity], dimension: str) -> list[Quantity]:
    """Those of a group in one base unit."""
    return [one for one in group if one.dimension == dimension]


def levels_of(group: Sequence[Quantity]) -> list[Quantity]:
    """Those of a group that are levels or totals."""
    return [one for one in group if one.role in {LEVEL, TOTAL}]


def exact_operands(group: Sequence[Quantity]) -> list[Quantity]:
    """Those of a group that another figure may be worked out from, and are no ranges."""
    return [one for one in group if one.is_operand and one.is_exact]
