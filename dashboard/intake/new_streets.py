"""Proposes areas for streets that a table names and the list of areas lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas, normal_code
from dashboard.catalogue.concepts import Area, Finding, Level

STREETS_EACH = 999  # three digits below a district's code
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）])")
_OFFICE = re.compile(r"(?:街道办事处|街道办|街办)$")
_DISTRICT = re.compile(
    r"^(?:[一-鿿]{2,6}?(?:省|自治区|市|自治州))*([一-鿿]{1,9}?(?:自治县|区|县|市|旗))"
)
_NO_STREET = re.compile(r".*(?:[区县市省州旗]|合计|总计|小计|本级|机关|平均|其他)|\d+")
_TOTAL = re.compile(r".*(?:合计|总计|小计|平均)|\d+")
_OWN_LEVEL = re.compile(r".{0,8}?(?:本级|[区县市省州旗]直属?|直属)")
UNKNOWN = "unknown_area"
_RULES = (UNKNOWN, "row_left_out")
_CODE = re.compile(r"\d{6}")


class Unlisted(NamedTuple):
    """Streets of a sheet that no list knows, named as they would be registered.

    ``district`` is the code of the district they are in, empty where it is not known; ``title``
    is then the district that the title names, as a proposal. ``labels`` are all labels of unknown
    areas as printed, those that name no street among them: each may be a known area.
    """

    names: tuple[str, ...]
    district: str
    title: str = ""
    labels: tuple[str, ...] = ()


class NotRegistrable(ValueError):
    """A district or a street that cannot be registered; ``key`` is a key of words."""

    def __init__(self, key: str, **values: object) -> None:
        """Keeps what the sentence needs."""
        super().__init__(key)
        self.key, self.values = key, values


def street_name(printed: str) -> str:
    """A street's name without its number in the table, and as a street rather than its office."""
    plain = re.sub(r"[\s　]+", "", printed)
    return _OFFICE.sub("街道", _NUMBERING.sub("", plain)).strip(":：*#")


def unlisted_streets(
    findings: Iterable[Finding], area: Area | None, titles: Sequence[str]
) -> Unlisted | None:
    """The unknown areas of a sheet and the streets among them; None where there is none.

    ``area`` is the sheet's own, where it is known; ``titles`` may name the district.
    """
    left_out = {finding.value: finding.rule for finding in findings if finding.rule in _RULES}
    streets = _registrable(left_out, area)
    labels = _unknown_labels(left_out)
    if not streets and not labels:
        return None
    own_only = all(map(is_own_level, streets))
    if area is not None and (own_only or area.level is Level.DISTRICT):
        return Unlisted(streets, area.code, labels=labels)
    title = next(filter(None, map(titled_district, titles)), "")
    return Unlisted(streets, "", title, labels)


def _registrable(left_out: Mapping[str, str], area: Area | None) -> tuple[str, ...]:
    """The streets among labels with the rule that left each out, as they would be registered."""
    names = {street_name(text): rule for text, rule in left_out.items() if text}
    return tuple(name for name, rule in names.items() if _is_registrable(name, rule, area))


def _unknown_labels(left_out: Mapping[str, str]) -> tuple[str, ...]:
    """The printed areas that no list has, totals excepted."""
    return tuple(
        text
        for text, rule in left_out.items()
        if text and rule == UNKNOWN and not _TOTAL.fullmatch(street_name(text))
    )


def _is_registrable(name: str, rule: str, area: Area | None) -> bool:
    """Whether a label is a street that no list has, or the own level of the sheet's area."""
    if is_own_level(name):
        kind = name[0] if name[0] in "区县市省州旗" else ""
        return area is None or area.name.zh.endswith(kind)
    return rule == UNKNOWN and 2 <= len(name) <= 30 and not is_no_street(name)


def is_own_level(name: str) -> bool:
    """Whether a label is what a city or district does itself: 市本级, 县直."""
    return bool(_OWN_LEVEL.fullmatch(name))


def own_level_name(printed: str, above: Area) -> str:
    """The name of an area's own level: 市本级 of 临江市 is 临江市本级."""
    name = above.name.zh
    return name + printed.removeprefix(name).removeprefix(name[-1])


def is_no_street(name: str) -> bool:
    """Whether a label is a district, a total or a number rather than a street."""
    return bool(_NO_STREET.fullmatch(name))


def titled_district(title: str) -> str:
    """The district that a title begins with: 青石区 of 青石区2026年三季度低保人数统计表."""
    match = _DISTRICT.match(re.sub(r"[\s　]+", "", title))
    return match[1] if match else ""


def district_of(code: str, name: str, areas: Areas) -> Area:
    """A new district, or the known one of this code; raises NotRegistrable."""
    code, name = normal_code(code), re.sub(r"[\s　]+", "", name)
    if not _CODE.fullmatch(code):
        raise NotRegistrable("register_district_code", code=code)
    if not 2 <= len(name) <= 40:
        raise NotRegistrable("register_district_name")
    known = areas.get(code)
    if known is None:
        above = (areas.get(code[:4] + "00"), areas.get(code[:2] + "0000"))
        parent = next((area.code for area in above if area), "")
        return Area(code, Text(name, name), Level.DISTRICT, parent)
    if known.name.zh != name:
        raise NotRegistrable("register_code_taken", code=code, name=known.name.zh)
    return known


def proposed_streets(names: Sequence[str], district: Area, areas: Areas) -> list[Area]:
    """The streets with the lowest free codes of nine digits below their district's.

    Raises NotRegistrable where there are more than its codes allow.
    """
    codes = (f"{district.code}{number:03d}" for number in range(1, STREETS_EACH + 1))
    free = (code for code in codes if areas.get(code) is None)
    names = [own_level_name(name, district) if is_own_level(name) else name for name in names]
    streets = [
        Area(code, Text(name, name), Level.STREET, district.code)
        for code, name in zip(free, names, strict=False)
    ]
    if len(streets) < len(names):
        raise NotRegistrable("register_too_many", most=STREETS_EACH)
    return streets


def registered(unlisted: Iterable[Unlisted], district: str, areas: Areas) -> list[Area]:
    """The areas to be registered for the unknown streets of several sheets, each once.

    ``district`` is CODE=NAME; it is needed for sheets whose district is not known. Raises
    NotRegistrable.
    """
    new: list[Area] = []
    for street in unlisted:
        known = areas.joined(new)
        above = _district_of(street, district, known)
        new += [above] if known.get(above.code) is None else []
        new += _below(above, street.names, known)
    return new


def _district_of(one: Unlisted, district: str, known: Areas) -> Area:
    """The area of a sheet's unknown streets: its own, else the one given as CODE=NAME."""
    above = known.get(one.district) if one.district else None
    if above is not None:
        return above
    code, _, name = district.partition("=")
    if not name.strip():
        raise NotRegistrable("cli_district_how", name=one.title or "区县")
    return district_of(code, name, known)


def _below(above: Area, names: Sequence[str], known: Areas) -> list[Area]:
    """The areas proposed below one for names that it does not have yet."""
    listed = {area.name.zh for area in known.children(above.code)}
    missing = [
        name
        for name in names
        if (own_level_name(name, above) if is_own_level(name) else name) not in listed
    ]
    if above.level is Level.DISTRICT:
        return proposed_streets(missing, above, known)
    return [_own_level_of(above, name, known) for name in missing if is_own_level(name)]


def _own_level_of(above: Area, printed: str, areas: Areas) -> Area:
    """The own level of a city or province, with the lowest free code one level below it."""
    digits, level = (4, Level.DISTRICT) if above.level is Level.CITY else (2, Level.CITY)
    codes = (f"{above.code[:digits]}{number:02d}".ljust(6, "0") for number in range(1, 100))
    code = next((code for code in codes if areas.get(code) is None), "")
    if not code:
        raise NotRegistrable("register_too_many", most=99)
    name = own_level_name(printed, above)
    return Area(code, Text(name, name), level, above.code)


def taken_codes(new: Iterable[Area], areas: Areas) -> Finding | None:
    """The finding that stops a hand-in whose new areas' codes are others' by now."""
    for area in new:
        known = areas.get(area.code)
        if known is not None and known.name.zh != area.name.zh:
            message = Text(
                f"代码 {area.code} 已是“{known.name.zh}”，不能再登记“{area.name.zh}”；请重新登记",
                f"the code {area.code} is {known.name.zh}'s by now and cannot be "
                f"{area.name.zh}'s: register the streets again",
            )
            return Finding("error", "area_code_taken", message, value=area.code)
    return None
