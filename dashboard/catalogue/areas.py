"""Looks areas up by code or by the several ways a name is written, and holds them as a tree.

Takes a national list (45,000 streets) as well as ten rows: every look-up is a dictionary access.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.catalogue.area_changes import AreaChange, Changes
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period

_TAIL = re.compile(r"(街道办事处|街道办|办事处|街道|地区|民族乡|镇|乡|街|社区|村)$")
_DISTRICT_TAIL = re.compile(r"(自治县|市|区|县|省)$")

# A name without its peoples: 龙池土家族乡 is 龙池乡 where it is short, 双江拉祜族佤族自治县 双江县.
_OF_PEOPLES = re.compile(
    r"(.{2,}?)(?:(?:[汉满蒙回藏苗彝壮瑶白傣黎佤畲水土羌怒京]|蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳"
    r"|高山|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克"
    r"|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族)+(?:民族|自治)?([乡镇县州])"
)

_VILLAGE = re.compile(r"(?:村|社区)$")

_BETWEEN_LETTERS = re.compile(r"[\s　'’‘`.-]+")
_STREET_KINDS = ("subdistrict", "street", "streetoffice", "subdistrictoffice")
_ENGLISH_TAIL = re.compile(
    r"(?<=..)(?:subdistrict|street|town|township|village|community|district|county|city|province)$"
)

_LONGEST_PATH = 60  # characters


def normal_code(code: str) -> str:
    """A division code without the zeros that only fill it up: 510000000000 → 510000."""
    code = str(code).strip()
    if len(code) == 12 and code.isdecimal():
        for length in (6, 9):
            if code[length:] == "0" * (12 - length):
                return code[:length]
    if len(code) == 9 and code.isdecimal() and code[6:] == "000":
        return code[:6]
    return code


def short_name(name: str) -> str:
    """A street's name without its kind: 文昌街道办事处, 文昌街道 and 文昌街 are all 文昌."""
    name = re.sub(r"[\s　]+", "", name)
    shorter = _TAIL.sub("", name)
    return shorter if len(shorter) >= 2 else name


def _without_peoples(name: str) -> str:
    """A name as it is written short, without the peoples it is of; empty where it names none."""
    match = _OF_PEOPLES.fullmatch(name)
    return f"{match[1]}{match[2]}" if match else ""


def _english(text: str) -> str:
    """An English name as names are compared: without spaces, apostrophes, hyphens and capitals."""
    return _BETWEEN_LETTERS.sub("", text).casefold()


def _english_names(area: Area) -> set[str]:
    """An area's English name, and without its kind: pinganstreet is pingansubdistrict."""
    name = _english(area.name.en)
    plain = _ENGLISH_TAIL.sub("", name)
    kinds = _STREET_KINDS if area.level is Level.STREET and plain != name else ()
    return {name, plain, *(plain + kind for kind in kinds)}


class Areas:
    """All known areas. A later one of the same code wins; children come in the order of codes.

    What the changes say of an area's first and last month holds where its list does not say it.
    """

    def __init__(self, areas: Iterable[Area] = (), changes: Iterable[AreaChange] = ()) -> None:
        """Index the areas by code, by every way their names are written, and by parent."""
        self.changes = Changes(changes)
        self._listed = {area.code: area for area in areas}
        self._by_code = {code: self._dated(area) for code, area in self._listed.items()}
        self._by_name: dict[str, list[Area]] = defaultdict(list)
        self._children: dict[str, list[Area]] = defaultdict(list)
        self._carved: dict[str, list[Area]] = defaultdict(list)
        self._above: dict[str, tuple[Area, ...]] = {}
        for area in sorted(self._by_code.values(), key=lambda area: area.code):
            names = {area.name.zh, *_english_names(area), *area.aliases}
            for name in {area.name.zh, _without_peoples(area.name.zh) or area.name.zh}:
                is_street = area.level is Level.STREET
                names |= {name, short_name(name) if is_street else _DISTRICT_TAIL.sub("", name)}
            for name in names - {""}:
                self._by_name[name].append(area)
            if area.parent:
                self._children[area.parent].append(area)
            if area.predecessor:
                self._carved[area.predecessor].append(area)

    def _dated(self, area: Area) -> Area:
        """The area with the months that follow from the changes."""
        first = area.valid_from or self.changes.opened_in(area.code)
        last = area.valid_to or self.changes.closed_in(area.code)
        if (first, last) == (area.valid_from, area.valid_to):
            return area
        return replace(area, valid_from=first, valid_to=last)

    def joined(self, more: Iterable[Area]) -> Areas:
        """These areas and more, which win over those of the same code."""
        return Areas([*self._listed.values(), *more], self.changes)

    def without(self, code: str) -> Areas:
        """These areas without this one and those below it."""
        remaining = (area for area in self._listed.values() if not self.is_below(area.code, code))
        return Areas(remaining, self.changes)

    def listed(self, code: str) -> Area | None:
        """The area as its list gives it, whatever the changes say; or None."""
        return self._listed.get(code)

    def __len__(self) -> int:
        """How many areas are known."""
        return len(self._by_code)

    def __iter__(self) -> Iterator[Area]:
        """All areas, in the order they were given."""
        return iter(self._by_code.values())

    def get(self, code: str) -> Area | None:
        """The area of this code (12, 9 or 6 digits), or None."""
        return self._by_code.get(code) or self._by_code.get(normal_code(code))

    def name_of(self, code: str, language: str) -> str:
        """The area's name, its code where it is not known."""
        area = self.get(code)
        return area.name[language] if area else code

    def find(self, text: str, within: str = "") -> list[Area]:
        """Areas meant by a code or a name; only ``within`` and below it where that is given.

        An exact name comes before a name with its kind (街道, 镇, 县) left off, and before one
        with the names of the areas above it (济南市长清区文昌街道).
        """
        text = str(text).strip()
        if re.search(r"[一-鿿]", text):
            text = re.sub(r"[\s　]+", "", text)
        direct = self.get(text)
        areas = [direct] if direct is not None else self._named(text)
        return [area for area in areas if not within or self.is_below(area.code, within)]

    def _named(self, text: str) -> list[Area]:
        """Areas of this name, the closest kind of match only."""
        named = self._by_name.get(text) or self._by_name.get(_english(text)) or []
        exact = [area for area in named if area.name.zh == text]
        return exact or named or self._of_kind(text) or self._by_path(text)

    def _of_kind(self, text: str) -> list[Area]:
        """Areas of this name without its kind; 石塘村 is a village and never the town 石塘镇."""
        named = self._by_name.get(short_name(text)) or []
        if not _VILLAGE.search(text):
            return named
        return [area for area in named if _VILLAGE.search(area.name.zh)]

    def _by_path(self, text: str) -> list[Area]:
        """Areas whose name stands behind nothing but the names of areas above them."""
        for cut in range(2, len(text) - 1) if len(text) <= _LONGEST_PATH else ():
            rest = text[cut:]
            named = self._by_name.get(rest) or self._of_kind(rest)
            areas = [area for area in named if self._are_above(text[:cut], area)]
            if areas:
                return areas
        return []

    def _are_above(self, text: str, area: Area) -> bool:
        """Whether a text is made of names of areas above this one, the highest first."""
        for above in reversed(self.ancestors(area.code)):
            for name in (above.name.zh, _DISTRICT_TAIL.sub("", above.name.zh)):
                if name and text.startswith(name):
                    text = text.removeprefix(name)
                    break
        return not text

    def is_below(self, code: str, ancestor: str) -> bool:
        """Whether ``code`` is ``ancestor`` or lies below it."""
        return code == ancestor or any(area.code == ancestor for area in self.ancestors(code))

    def children(self, code: str, period: Period | None = None) -> tuple[Area, ...]:
        """The areas directly below, those that existed in ``period`` where one is given."""
        below = self._children.get(code, ())
        return tuple(area for area in below if period is None or area.exists_in(period))

    def ancestors(self, code: str) -> tuple[Area, ...]:
        """The areas above, nearest first; stops at a loop or an unknown parent."""
        if code in self._above:
            return self._above[code]
        above: list[Area] = []
        area = self._by_code.get(code)
        while area is not None and area.parent and area.parent not in {a.code for a in above}:
            area = self._by_code.get(area.parent)
            if area is None or area.code == code:
                break
            above.append(area)
        if code in self._by_code:
            self._above[code] = tuple(above)
        return tuple(above)

    def boundary_changes(self, code: str) -> tuple[tuple[Period, Area], ...]:
        """When the area's boundary changed, and the area that was carved out (itself, if new).

        Only where nobody has stated since how figures go over: see ``changes``.
        """
        carved = [*self._carved.get(code, ())]
        area = self._by_code.get(code)
        if area is not None and area.predecessor:
            carved.append(area)
        changes = [
            (new.valid_from, new)
            for new in carved
            if new.valid_from and not self._is_stated(new, new.valid_from)
        ]
        return tuple(sorted(changes, key=lambda change: change[0]))

    def _is_stated(self, new: Area, period: Period) -> bool:
        """Whether a change says what this area was made of in this month."""
        return any(step.period == period for step in self.changes.made(new.code))

    def boundaries_of(self, code: str, period: Period | None) -> Period | None:
        """The month in whose boundaries an area's course up to ``period`` is told.

        That month, or the first of an area that came later; None where no area ever changed.
        """
        if not self.changes:
            return None
        area, month = self._by_code.get(code), period or Period(9999, 12)
        return max(month, area.valid_from) if area and area.valid_from else month

    def with_past(self, codes: Iterable[str]) -> list[str]:
        """The codes and all areas they were made of: whose figures are read to tell theirs."""
        every = list(codes)
        if self.changes:
            every += [old for code in every for old in self.changes.before(code)]
        return list(dict.fromkeys(every))
