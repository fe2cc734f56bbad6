"""Joins the names of several areas for a title of one line."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.charts.text.wording import below_names

MOST_NAMED = 3  # one by one


def named_together(areas: Areas, codes: Sequence[str], language: str) -> str:
    """The areas by name; of many below one area that area and how many they are."""
    known = [area for code in codes if (area := areas.get(code))]
    parents = {area.parent for area in known}
    if len(codes) > MOST_NAMED and len(parents) == 1 and "" not in parents:
        parent = parents.pop()
        names, above = below_names(areas, parent, language), areas.name_of(parent, language)
        return word("report_streets_of", language, area=above, count=len(codes), **names)
    return word("list_comma", language).join(areas.name_of(code, language) for code in codes)
