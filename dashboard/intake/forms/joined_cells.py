"""Splits name, unit and figure run together in one cell: 30.4亿元, 养老机构床位万张11.3."""

from __future__ import annotations

import re

from dashboard.catalogue.catalogue import Catalogue
from dashboard.intake.forms.files.cells import squeezed
from dashboard.intake.forms.headings import find_unit

_FIGURE = r"[-+−－]?[\d０-９][\d０-９,，.．]*"
_UNIT_FIRST = re.compile(rf"([^\d０-９]{{1,8}}?)[:：]?({_FIGURE})")
_UNIT_LAST = re.compile(rf"({_FIGURE})([^\d０-９]{{1,8}})")
_LINE_END = re.compile(rf"^(.*?[^\d０-９.,，．+−－-])({_FIGURE})([^\d０-９]{{0,6}})$")
_LONGEST_UNIT = 6


def glued(cell: object, catalogue: Catalogue) -> tuple[str, str] | None:
    """The figure and the unit of a cell that holds both (亿元30.4, 30.4亿元), or None."""
    if not isinstance(cell, str):
        return None
    text = squeezed(cell)
    for pattern, unit, figure in ((_UNIT_FIRST, 1, 2), (_UNIT_LAST, 2, 1)):
        match = pattern.fullmatch(text)
        if match and find_unit(match[unit], catalogue) is not None:
            return match[figure], match[unit]
    return None


def split_line(text: str, catalogue: Catalogue) -> tuple[str, str]:
    """Name and figure of a line in one cell: 养老机构床位万张11.3 is 养老机构床位 and 万张11.3."""
    match = _LINE_END.match(squeezed(text))
    if match is None or (match[3] and find_unit(match[3], catalogue) is None):
        return text, ""
    name, unit = without_unit(match[1].rstrip(":："), catalogue)
    return name, (unit if not match[3] else "") + match[2] + match[3]


def without_unit(name: str, catalogue: Catalogue) -> tuple[str, str]:
    """A name and the unit that ends it without brackets; a name that is known as it is stays."""
    text = squeezed(name)
    if catalogue.find_line("", text) is not None:
        return text, ""
    for length in range(_LONGEST_UNIT, 0, -1):
        shorter, spelling = text[:-length], text[-length:]
        if len(shorter) > 1 and find_unit(spelling, catalogue) is not None:
            return shorter.rstrip(",，、:"), spelling
    return text, ""
