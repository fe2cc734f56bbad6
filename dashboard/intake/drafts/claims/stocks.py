"""Judges what there is after more is added: 助餐点155个 before 新建助餐点10个,总数达到165个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.claims.derivation import Kind, contradicted, total_of
from dashboard.intake.drafts.claims.quantities import LEVEL, PLAN, TOTAL, Quantity, of_unit
from dashboard.intake.drafts.finding import DraftFinding

_KIND = Kind("stock", Text("期初、增减与期末不符", "the stock does not follow"))
_ADDED = re.compile(
    "(?:新[增建设开]|再[增建设开]|增[设建])(?:成|立|办|设|加)?(?P<name>[\u4e00-\u9fff]{2,})$"
)
_REACHED = re.compile("(?:总数|总量|累计|年底|年末|届时|[\u4e00-\u9fff]{3,})(?:将|预计)?达到?$")
_COUNT = re.compile("(?:总数|总量|数量|数)$")


def reached(made: Sequence[Quantity], earlier: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """A total after an addition, where the figure before it stands earlier in the draft."""
    for added, claim in pairwise(made):
        named = _ADDED.search(added.own) if added.dimension == claim.dimension else None
        if named is None or not _REACHED.search(claim.own) or claim.value <= added.value:
            continue
        bases = [one for one in of_unit(earlier, claim.dimension) if _is_base(one, named["name"])]
        if not {one.mention.area for one in bases} <= {claim.mention.area}:
            continue
        called = [total_of([one, added]) for one in bases]
        judged = contradicted(_KIND, claim, called[::-1], []) if called else None
        yield from [judged] if judged is not None else []


def _is_base(one: Quantity, name: str) -> bool:
    """Whether a figure is how many of what is named there are."""
    is_level = one.role in {LEVEL, TOTAL, PLAN} and one.is_exact and not one.is_each
    return is_level and not _ADDED.search(one.own) and _COUNT.sub("", one.own).endswith(name)
