"""Finds the area a row of a table by street speaks of: by code, name, or as the own line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas, normal_code
from dashboard.catalogue.concepts import Area
from dashboard.intake.forms.stated_area import OFFICE

OWN = re.compile(
    r"(?:全[区县市省镇]|本[区县市])?(?:合计|总计)|全区|全县|全市|全省|全国|全街道?|全镇|total"
)
SKIPPED = re.compile(
    r"(?:其中:)?[^:]{0,8}小计|.*(?:区|县|市)(?:本级|直属|级)|本级|局机关|机关|其他|平均"
)
FOOTER = re.compile(
    r"(?:注|说明|备注)\d*[:、.]|.*(?:负责人|填表人|填报人|审核人|制表人|电话|日期)[:]?.*"
)


class _NoArea(ValueError):
    """A row whose area is not known, or that is none: severity, rule and why."""

    def __init__(self, severity: str, rule: str, message: Text) -> None:
        super().__init__(message.en)
        self.severity, self.rule, self.message = severity, rule, message


def _area(name: str, code: str, row: int, district: Area | None, areas: Areas) -> Area | None:
    """The area of a name and a code; raises _NoArea."""
    if OWN.fullmatch(name) or (district and name in (district.name.zh, *district.aliases)):
        return district
    if SKIPPED.fullmatch(name):
        raise _NoArea("note", "row_left_out", _left_out(name, row))
    within = district.code if district else ""
    by_code, by_name = _by_code(code, within, areas), _by_name(name, within, areas)
    if by_code and by_name and by_code[0] not in by_name:
        raise _NoArea("error", "area_mismatch", _mismatch(name, code, row, by_code[0]))
    matches = by_code or by_name
    if len(matches) == 1:
        return matches[0]
    raise _NoArea("error", "unknown_area", _unknown(name or code, district, several=bool(matches)))


def _by_code(code: str, within: str, areas: Areas) -> list[Area]:
    """The area of a code, where it lies within the district."""
    area = areas.get(normal_code(code)) if code else None
    inside = area is not None and (not within or areas.is_below(area.code, within))
    return [area] if area is not None and inside else []


def _by_name(name: str, within: str, areas: Areas) -> list[Area]:
    """The areas of a name, or of a name with its office taken off."""
    if not name:
        return []
    return areas.find(name, within) or areas.find(OFFICE.sub("", name), within)


def _left_out(name: str, row: int) -> Text:
    return Text(
        f"第 {row + 1} 行“{name}”不是一个地区，未读入",
        f"row {row + 1}, {name}: not an area of its own; it was left out",
    )


def _mismatch(name: str, code: str, row: int, by_code: Area) -> Text:
    return Text(
        f"第 {row + 1} 行的代码 {code}({by_code.name.zh})与名称“{name}”不符；请改正",
        f"row {row + 1}: the code {code} is {by_code.name.zh}, the name says {name}; mend one",
    )


def _unknown(label: str, district: Area | None, *, several: bool) -> Text:
    place_name = district.name.zh if district else "地区表"
    return Text(
        f"“{label}”在{place_name}中{'不止一个' if several else '没有'}；"
        "请改正名称、填写区划代码，或先在地区表中登记",
        f"{label}: {'several' if several else 'no'} such area in {place_name}; "
        "mend the name, give its code, or add it to the list of areas",
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
