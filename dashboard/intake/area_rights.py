"""Judges whether a file is about areas of which its sender may hand figures in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Finding
from dashboard.intake.open_sheets import OpenedFile
from dashboard.store.record import NewSubmission

_NAMED = 5  # areas that the sentence names
_LISTS = "*"  # stands for what concerns all areas: lists of areas, changes, boundaries, targets


def foreign_areas(
    file: OpenedFile, arrivals: Sequence[NewSubmission], own: Collection[str]
) -> frozenset[str]:
    """The areas of the file that are not among ``own``; "*" where it is a list about all areas."""
    about = {observation.area for arrival in arrivals for observation in arrival.observations}
    about |= {arrival.head.area for arrival in arrivals if not arrival.observations}
    lists = any(arrival.changes or arrival.outlines or arrival.proposed for arrival in arrivals)
    if lists or file.areas or file.targets:
        about.add(_LISTS)
    return frozenset(about - set(own) - {""})


def not_ones_own(foreign: frozenset[str], areas: Areas) -> Finding:
    """The error that refuses the file and names the areas."""
    codes = sorted(foreign - {_LISTS})[:_NAMED] if foreign != {_LISTS} else []
    zh = "、".join(areas.name_of(code, "zh") for code in codes) or "全部地区的名单"
    en = ", ".join(areas.name_of(code, "en") for code in codes) or "a list about all areas"
    message = Text(
        f"您只能报送自己地区的数据；本文件涉及：{zh}",
        f"you hand in for your own areas only; this file is about: {en}",
    )
    return Finding("error", "own_areas", message)
