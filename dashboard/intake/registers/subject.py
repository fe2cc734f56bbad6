"""Works out what a list is about: the type its title names, words that narrow it (民办养老机构)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.registers import RegisterType, RegisterTypes, comparable_text

_SIGNS = re.compile(r"[^一-鿿A-Za-z]+")
_KIND = re.compile(r"^(?:省|市|区|县|街道|镇|乡)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The type a list is titled by and the words before or after it that narrow it.

    ``printed`` is how the list says it (民办养老机构); both are empty where nothing names a type.
    """

    printed: str = ""
    type: RegisterType | None = None
    narrowed: str = ""


def subject_of(
    titles: Iterable[str], registers: RegisterTypes, areas: Areas, area: Area | None
) -> Subject:
    """The subject by the first of these texts that names a type: title, heading, sheet, file."""
    for title in titles:
        found = registers.named_in(title)
        if found is None:
            continue
        word, meant = found
        narrowed = _narrowing(comparable_text(title).replace(word, " ", 1), registers, areas, area)
        return Subject(narrowed + word, meant, narrowed)
    return Subject()


def _narrowing(rest: str, registers: RegisterTypes, areas: Areas, place: Area | None) -> str:
    """What is left of a title without its type, its area, its period and words for a list."""
    names = [code for area in _around(areas, place) for code in (area.name.zh, *area.aliases)]
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(comparable_text(name), " ")
    rest = _SIGNS.sub(" ", rest)
    words = [*registers.of("title", "list"), *registers.of("title", "filler"), "名称"]
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, " ")
    left = [_KIND.sub("", part) for part in rest.split()]
    return "".join(part for part in left if part)


def _around(areas: Areas, area: Area | None) -> list[Area]:
    return [area, *areas.ancestors(area.code)] if area else []
