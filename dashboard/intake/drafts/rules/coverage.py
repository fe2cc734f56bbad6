"""Checks how many of all are meant: those served against all there are, quotas, posts a village."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import NOTE, WARNING, DraftFinding, finding, printed
from dashboard.intake.drafts.mention import ACTUAL, CHANGE, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, exact

_SCOPE = re.compile(r"(?:全[市区县旗]|我[市区县旗])(?:共有?|现有)?$")
_TO_EACH = re.compile(r"(?:对|为)(?:全[市区县旗])?$")
_NOUN = re.compile(
    r"^[\u4e00-\u9fff]{2,14}?(?:养老(?:服务)?机构|养老院|敬老院|社会组织|社区|公墓|福利院)"
    r"|^(?:养老(?:服务)?机构|养老院|敬老院|社会组织|公墓|福利院)"
)
_ALL_OF = re.compile(
    r"(?:全[市区县旗]|我[市区县旗])(?:共有?|现有|有)"
    r"(养老(?:服务)?机构|养老院|敬老院|社会组织|公墓|福利院)(?:共)?$"
)
_ON_FILE = re.compile("在[保册][^,;。]{0,4}$|现有[^,;。]{0,4}$")
_FILED = re.compile(
    r"在[册保](孤儿|事实无人抚养儿童|特困(?:供养)?人员|低保对象|困境儿童|农村留守儿童)(?:共|共有|计)?$"
)
_ALLOWANCE = re.compile("发放[^,;。]{0,4}(?:基本生活|保障金|供养金|低保金|养育|补贴)")
_BENEFICIARY = re.compile(
    r"^(孤儿|事实无人抚养儿童|特困(?:供养)?人员|低保对象|困境儿童|农村留守儿童)"
)
# Posts and bodies of which every village and community has one: their counts are of one size.
_ONE_A_VILLAGE = re.compile(
    r"(?:村[(]居[)]|村级|村居|村)?(儿童主任|社会救助协理员|社会救助协管员|红白理事会|村级公共事务委员会)"
)
_NEAR = Decimal("0.1")
_QUOTA = re.compile(
    rf"每(?:个|家|处)?(?P<place>社区|村|街道|镇|机构){GAP}{{0,12}}?(?:不少于|不低于|至少)?(?P<each>{M})"
)
_PLACES = re.compile(
    rf"(?P<places>{M})(?:个)?(?:城市|农村)?(?P<place>社区|村|街道|镇|机构),(?:已)?完成{GAP}{{0,12}}(?P<done>{M})"
)


def check_coverage(read: ReadDraft) -> Iterator[DraftFinding]:
    """Counts of those served against counts of all, over the whole draft."""
    yield from _more_than_all(read)
    yield from _paid_of_those_on_file(read)
    yield from _posts(read)
    yield from _classifiers(read)
    for mentions in _sentences_of_passages(read):
        yield from _quota(mentions)


def _sentences_of_passages(read: ReadDraft) -> Iterator[list[Sentence]]:
    groups: dict[int, list[Sentence]] = {}
    for sentence in read.sentences:
        groups.setdefault(sentence.passage, []).append(sentence)
    yield from groups.values()


def _institutions(mention: Mention) -> str:
    """What an amount counts, in a form that is alike however it is called; "" for anything else."""
    match = _NOUN.match(mention.after) or _ALL_OF.search(mention.before)
    apart = mention.kind != ACTUAL or mention.amount.dimension not in {"家", "个", "所", "处"}
    return "" if match is None or apart else match[match.lastindex or 0].replace("服务", "")


def _more_than_all(read: ReadDraft) -> Iterator[DraftFinding]:
    """More institutions examined than there are, or all of them, and another number."""
    of_noun: dict[str, list[Mention]] = {}
    for mention in read.mentions:
        noun = _institutions(mention)
        if noun:
            of_noun.setdefault(noun, []).append(mention)
    for noun, mentions in of_noun.items():
        stated = (
            one for one in mentions if _SCOPE.search(one.before) or _ALL_OF.search(one.before)
        )
        total = next(stated, None)
        if total is None:
            continue
        for other in mentions:
            if other is not total and exact(total, other) and _contradicts(read, total, other):
                message = Text(
                    f"{noun}共 {total.amount.written}，另一处写 {other.amount.written}：请核对",
                    f"{total.amount.written} of {noun} in all, {other.amount.written} in"
                    " another place",
                )
                yield finding("two_values", message, (total, other), WARNING)
                break


def _contradicts(read: ReadDraft, total: Mention, other: Mention) -> bool:
    plain = read.draft.passages[other.passage].plain
    tail = plain[other.amount.end : other.amount.end + 30]
    is_all = re.match(r"[\u4e00-\u9fff]{2,10}(?:全部|均已|全覆盖|逐一)", tail) is not None
    more = bool(_TO_EACH.search(other.before)) and other.amount.value > total.amount.value
    return more or (is_all and other.amount.value != total.amount.value)


def _paid_of_those_on_file(read: ReadDraft) -> Iterator[DraftFinding]:
    """Those on file against those who were paid the allowance of all of them."""
    on_file = _on_file(read)
    for mention in read.mentions:
        match = _BENEFICIARY.match(mention.after)
        if match is None or match[1] not in on_file or mention.amount.dimension != "人":
            continue
        stock = on_file[match[1]]
        if _is_paid(read, mention) and _is_slightly_off(mention, stock):
            message = Text(
                f"{match[1]}在保 {stock.amount.written}，发放 {mention.amount.written}：请核对",
                f"{stock.amount.written} of {match[1]} on file, {mention.amount.written} paid",
            )
            yield finding("two_values", message, (stock, mention), NOTE)


def _on_file(read: ReadDraft) -> dict[str, Mention]:
    """The first count of the persons on file, by what they are called."""
    on_file: dict[str, Mention] = {}
    for mention in read.mentions:
        if mention.kind == CHANGE or mention.amount.dimension != "人":
            continue
        match = _FILED.search(mention.before)
        if match is None and _ON_FILE.search(mention.before):
            match = _BENEFICIARY.match(mention.after)
        if match:
            on_file.setdefault(match[1], mention)
    return on_file


def _is_paid(read: ReadDraft, mention: Mention) -> bool:
    """Whether a count is of those who were paid an allowance."""
    plain = read.draft.passages[mention.passage].plain
    tail = plain[mention.amount.end : mention.sentence[1]]
    return bool(_ALLOWANCE.search(tail)) and not _ON_FILE.search(mention.before)


def _is_slightly_off(mention: Mention, stock: Mention) -> bool:
    """Whether an exact count is near that of those on file, yet another one."""
    off = abs(stock.amount.value - mention.amount.value)
    return 0 < off <= stock.amount.value * _NEAR and exact(stock, mention)


def _posts(read: ReadDraft) -> Iterator[DraftFinding]:
    """Posts of which every village has one, in different numbers."""
    posts: dict[str, Mention] = {}
    for mention in read.mentions:
        plain = read.draft.passages[mention.passage].plain
        follows = _ONE_A_VILLAGE.match(plain, mention.amount.end)
        match = follows or _ONE_A_VILLAGE.search(mention.before)
        if match and mention.kind != CHANGE and mention.amount.dimension in {"人", "个"}:
            if not mention.area.endswith(("镇", "乡", "街道")) and exact(mention):
                posts.setdefault(match[1], mention)
    counted = list(posts.items())
    for at, (name, first) in enumerate(counted):
        for other_name, second in counted[at + 1 :]:
            off = abs(first.amount.value - second.amount.value)
            if 0 < off <= first.amount.value * _NEAR:
                message = Text(
                    f"每村一名（个）的应一致：{name} {first.amount.written}，"
                    f"{other_name} {second.amount.written}：请核对",
                    f"one a village each, yet {first.amount.written} of {name} and"
                    f" {second.amount.written} of {other_name}",
                )
                yield finding("per_village", message, (first, second), NOTE)
                return


_CLASSIFIERS = {"家", "支", "所", "处", "座"}
_NAMED = re.compile(r"[\u4e00-\u9fff]{4}$")


def _classifiers(read: ReadDraft) -> Iterator[DraftFinding]:
    """One kind of thing counted with two classifiers side by side: 社区基金107支, 5家社区基金."""
    for mentions in read.of_passage.values():
        for first, second in pairwise(mentions):
            units = {first.amount.dimension, second.amount.dimension}
            named = _NAMED.search(first.before)
            if len(units) != 2 or not units <= _CLASSIFIERS or named is None:
                continue
            if named[0] in second.after[:10] and first.kind == second.kind:
                message = Text(
                    f"同一事物两种量词：{named[0]}{first.amount.written}，{second.amount.written}",
                    f"{named[0]} counted in two units: {first.amount.written} and"
                    f" {second.amount.written}",
                )
                yield finding("unit", message, (first, second), NOTE)


def _quota(sentences: Sequence[Sentence]) -> Iterator[DraftFinding]:
    """So many in each place, and fewer than that in places that are called complete."""
    quotas: dict[str, Mention] = {}
    for sentence in sentences:
        for match in _QUOTA.finditer(sentence.shape):
            each = sentence.mention(match["each"])
            if each.amount.qualifier in {"不少于", "不低于", "至少"}:
                quotas[match["place"]] = each
        for match in _PLACES.finditer(sentence.shape):
            quota = quotas.get(match["place"])
            places, done = sentence.named(match, "places", "done")
            if quota is None or not exact(places, done):
                continue
            due = quota.amount.value * places.amount.value
            if done.amount.value < due:
                line = f"{places.amount.written} × {quota.amount.value} = {printed(due)}"
                message = Text(
                    f"低于应有数：{line}，写完成 {done.amount.written}",
                    f"fewer than due: {line}, {done.amount.written} are called complete",
                )
                yield finding("shortfall", message, (quota, places, done), NOTE)
                break
