"""Recognises rows that are no street of their own, and the district of a table's streets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area

OWN = re.compile(
    r"(?:全[区县市省镇]|本[区县市])?(?:合计|总计)|全区|全县|全市|全省|全国|全街道?|全镇|total"
)
FOOTER = re.compile(
    r"(?:注|说明|备注)\d*[:、.]|.*(?:负责人|填表人|填报人|审核人|制表人|电话|日期)[:]?.*"
)


def common_district(labels: Iterable[str], areas: Areas) -> Area | None:
    """The one area directly above every named street, or None where that is not certain."""
    candidates: set[str] | None = None
    for label in labels:
        matches = areas.find(label)
        parents = {area.parent for area in matches if area.parent}
        if parents:
            candidates = parents if candidates is None else candidates & parents
    if candidates is not None and len(candidates) == 1:
        return areas.get(candidates.pop())
    return None
