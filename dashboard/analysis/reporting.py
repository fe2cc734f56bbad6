"""Works out who is expected to report and who is missing: one answer for totals, pages, board."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.periods import Period


def expected_below(areas: Areas, area: str, period: Period) -> tuple[Area, ...]:
    """Those areas directly below of which figures are expected; none where not all are known."""
    return tuple(one for one in parts_below(areas, area, period) if not one.is_own_level)


def parts_below(areas: Areas, area: str, period: Period) -> tuple[Area, ...]:
    """The areas directly below that existed in the period; none where not all of them are known."""
    whole = areas.get(area)
    listed = whole is not None and whole.lists_all_below
    return areas.children(area, period) if listed else ()


def missing_of(expected: Sequence[Area], has: Callable[[str], bool]) -> tuple[Area, ...]:
    """Those expected for which ``has`` says no, in their order."""
    return tuple(area for area in expected if not has(area.code))


def most_have(expected: Sequence[Area], has: Callable[[str], bool]) -> bool:
    """Whether more than half of those expected have reported.

    Where most report, one that does not is missed; a few figures say nothing of the others.
    """
    return (len(expected) - len(missing_of(expected, has))) * 2 > len(expected)
