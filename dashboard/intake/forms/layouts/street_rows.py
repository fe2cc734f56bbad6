"""Which area a row of a table by street speaks of: by code, by name, or the district's own line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas, normal_code
from dashboard.catalogue.concepts import Area
from dashboard.intake.forms.files.cells import Sheet, squeezed
from dashboard.intake.forms.layout import Recognition
from dashboard.intake.forms.ledger import Ledger
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


def area_of_row(
    sheet: Sheet,
    recognition: Recognition,
    row: int,
    areas: Areas,
    ledger: Ledger,
    carried: str = "",
) -> Area | None:
    """The row's area, or None with a finding that says why the row is not read.

    ``carried`` is the name further up, for rows without one (several months of a street).
    """
    name_column = recognition.column("area") or recognition.column("name")
    code_column = recognition.column("area_code")
    name = squeezed(sheet.spread(row, name_column.place)) if name_column else ""
    name = name or carried
    code = squeezed(sheet.spread(row, code_column.place)) if code_column else ""
    at = name_column.place if name_column else code_column.place if code_column else 0
    district = recognition.area
    if OWN.fullmatch(name) or (district and name in (district.name.zh, *district.aliases)):
        return district
    if SKIPPED.fullmatch(name):
        message = Text(
            f"第 {row + 1} 行“{name}”不是一个地区，未读入",
            f"row {row + 1}, {name}: not an area of its own; it was left out",
        )
        ledger.note("note", "row_left_out", message, row, at)
        return None
    within = district.code if district else ""
    by_code = areas.get(normal_code(code)) if code else None
    by_name = areas.find(name, within) if name else []
    by_name = by_name or (areas.find(OFFICE.sub("", name), within) if name else [])
    if by_code is not None and within and not areas.is_below(by_code.code, within):
        by_code = None
    if by_code is not None and by_name and by_code not in by_name:
        message = Text(
            f"第 {row + 1} 行的代码 {code}({by_code.name.zh})与名称“{name}”不符；请改正",
            f"row {row + 1}: the code {code} is {by_code.name.zh}, the name says {name}; mend one",
        )
        ledger.error("area_mismatch", message, row, at)
        return None
    found = [by_code] if by_code is not None else by_name
    if len(found) == 1:
        return found[0]
    place_name = district.name.zh if district else "地区表"
    message = Text(
        f"“{name or code}”在{place_name}中{'不止一个' if found else '没有'}；"
        "请改正名称、填写区划代码，或先在地区表中登记",
        f"{name or code}: {'several' if found else 'no'} such area in {place_name}; "
        "mend the name, give its code, or add it to the list of areas",
    )
    ledger.error("unknown_area", message, row, at)
    return None


def common_district(labels: Iterable[str], areas: Areas) -> Area | None:
    """The one area directly above every named street, or None where that is not certain."""
    candidates: set[str] | None = None
    for label in labels:
        found = areas.find(label)
        parents = {area.parent for area in found if area.parent}
        if parents:
            candidates = parents if candidates is None else candidates & parents
    if candidates is not None and len(candidates) == 1:
        return areas.get(candidates.pop())
    return None
