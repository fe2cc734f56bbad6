"""Gives the words by which a mention may name its quantity, from what stands around its amount.

A sentence says more than a heading: who did it (全市民政系统), that it was done (共支出), for whom
(为1.9万名老人发放高龄津贴). What says nothing of the quantity is taken off; what is left is
understood like a heading, and must name it wholly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.intake.drafts.mention import Mention

_TO_BULLET = re.compile(r"^.*[◆●■▲★◇○→•】]")
_QUOTES = re.compile("[\"“”‘’'《》]")
_TIME = (
    r"(?:20\d\d年?(?:度)?|今年|去年|上年|当年|本年|[当本单]月|全年|截[至止](?:目前)?|目前|[上下]?半年|以来|同期|第?[一二三四]季度|前三季度"
    r"|\d{1,2}(?:-|至|到)\d{1,2}月(?:份)?|\d{1,2}月(?:份|底|末)?(?:\d{1,2}日)?)"
)
_DONE = (
    r"(?:依法|累计建成|共|累计|共计|总共|先后|全面|持续|新?开展|办理|办(?=结婚|离婚)|实施|支出|支付|发放|下发|落实|完成|培育|保障|拨付|兑付|投入"
    r"|接收|接受|募集|收到|筹集(?=[^到])"
    r"|积极|认真|及时|足额|按时|为|对|向|给|有|已|现有?|登记在册|在册)"
)
_LEADS = re.compile(
    rf"^(?:{_TIME}|[我全本][市区县省旗镇](?:民政系统)?|各级|各类|{_DONE}|[,、:]|\d\.)+"
)
_TRAILS = re.compile(
    r"(?:共|累计|共计|合计|总计|总数|达到?了?|为|约|了|有|是|至|到|增加[至到]|每人每[月年]|每[月年]每人"
    r"|(?:比|较|由|从)(?:去年|上年|20\d\d年)(?:年?[底末])?(?:的|为)?|[由从]|提高|上调|调整|提标|惠及)+$"
)
_FILED = re.compile("备案$")  # 完成社区社会组织备案266家: those on file
_ALL_THERE_ARE = re.compile("(?:现有|共有)$")
_WITHIN = re.compile("各类|各级|各项")
_PLANNED = re.compile(
    r"(?:力争|争取|确保|计划|预计|拟|将|要|目标|年底前|年底|到20\d\d年(?:底)?|\d{1,2}月(?:底|末)?前|底前|前)"
)
_SERVED = re.compile(
    r"^(?P<noun>[^,;。]{0,18}?)(?:发放|办理|落实|提供|兑付|支付|实施|开展)(?:了)?(?:一折通)?(?P<what>.+)$"
)
_RECEIVED = re.compile("^(?:享受|领取)(?:了)?(?P<what>[^,;。]*?(?:补贴|津贴|补助|供养|救助))")
_ADAPTED = re.compile("^(?P<noun>[^,;。]{0,16}?)的?(?P<what>(?:居家|家庭)?适老化)(?:项目)?的?改造")
_FOR = re.compile(r"(?:为|给|对|向)(?:[我全本][市区县省旗镇]|符合条件的?|其中)*$")
_PAID = re.compile(r"^(?P<noun>.*?)(?:定期|及时|足额)?(?:发放|支付|兑付|落实)(?P<what>[^,;。]+)$")
_OBJECTS = re.compile("^(?:对象|群众|居民|人员|老人|人)$")
_BEGUN = re.compile("新建|新增")
_LISTED = re.compile(r"[\u4e00-\u9fff]+(?:[、和及][\u4e00-\u9fff]+)+$")
_JOINED = re.compile("[\u4e00-\u9fff](?:和|及|与)[\u4e00-\u9fff]")
MOST = 8  # wordings of a mention


def wordings(mention: Mention) -> Iterator[str]:
    """The words before an amount, or the noun after it, from the fullest to the barest."""
    tried: set[str] = set()
    for text in _wordings(mention):
        text = _QUOTES.sub("", text)
        if len(text) > 1 and text not in tried and len(tried) < MOST:
            tried.add(text)
            yield text


def _wordings(mention: Mention) -> Iterator[str]:
    subject = "" if _loses_a_joint(mention) else mention.subject
    yield subject
    if mention.after and (begun := _BEGUN.match(plain(mention.before, mention.area))):
        yield begun[0] + mention.after  # 新建甲公司2家养老机构
    for text in (subject, mention.before):
        bare = plain(text, mention.area)
        yield bare
        yield _TRAILS.sub("", bare)
        yield re.sub("(?:资|经)?(?:金|费)$", "", _TRAILS.sub("", bare))
        yield _FILED.sub("", _TRAILS.sub("", bare))
    if _ALL_THERE_ARE.search(mention.before) and subject:
        yield subject + "数"  # 现有32个社区: their number


def _loses_a_joint(mention: Mention) -> bool:
    """Whether the subject runs two names into one, of which the words say 甲和乙."""
    joined = _JOINED.search(mention.before)
    return joined is not None and joined[0] not in mention.subject


def plain(text: str, area: str = "") -> str:
    """The words without bullet, area, time, plan and what says only that something was done."""
    text = _PLANNED.sub("", _TO_BULLET.sub("", text))
    before = ""
    while text != before:
        before = text
        text = _LEADS.sub("", text)
        text = text.removeprefix(area) if area else text
    return _WITHIN.sub("", text)


def served(mention: Mention) -> Iterator[str]:
    """What the persons or households that an amount counts were given.

    1.9万名老人发放高龄津贴 are those of the allowance, 25人次发放临时救助 those of the assistance.
    """
    match = _RECEIVED.match(mention.after)
    if match is None and _FOR.search(mention.before):
        match = _SERVED.match(mention.after)
    if match is None:
        match = _ADAPTED.match(mention.after)
    if match is None:
        return
    what, noun = _TRAILS.sub("", plain(match["what"])), match.groupdict().get("noun") or ""
    if "适老化" in what:
        what = "适老化改造"
    yield what
    yield re.sub("(?:资金|金)$", "", what)
    if noun:
        yield noun + what


def is_paid_to(mention: Mention, last: Mention) -> bool:
    """Whether money is stated after whom it was paid to, who are what ``last`` counts."""
    follows = bool(last.after) and mention.before.strip().startswith(last.after[:2])
    return follows and mention.amount.dimension == "元" and _PAID.match(mention.before) is not None


def paid(mention: Mention, recipients: str = "") -> Iterator[str]:
    """What was paid with an amount of money, after to whom: 老年人发放高龄津贴4000万元.

    ``recipients`` are those that the sentence names before, where the words do not; "-" where they
    are several, of whom the money is together.
    """
    match = _PAID.match(_TRAILS.sub("", mention.before))
    if match is None or mention.amount.dimension != "元":
        return
    what = _WITHIN.sub("", match["what"])
    yield what
    yield re.sub("(?:资金|金)$", "", what)
    noun = plain(match["noun"])
    noun = recipients if not noun or _OBJECTS.match(noun) or recipients == "-" else noun
    if noun and noun != "-":
        yield noun + what


def listed_before(plain_text: str, mention: Mention) -> str:
    """The names that an amount counts together: 孤儿、困境儿童 of 在册孤儿、困境儿童194人."""
    match = _LISTED.search(plain_text[max(mention.amount.start - 40, 0) : mention.amount.start])
    return plain(match[0]) if match else ""
