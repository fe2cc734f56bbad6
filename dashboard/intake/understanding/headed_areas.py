"""Reads areas that stand as headings over the columns of a table: 指标 | 东湖街道 | 西山街道."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.catalogue.concepts import Area
from dashboard.intake.understanding.labels import AREA, RowLabels
from dashboard.intake.understanding.places import Finder
from dashboard.intake.understanding.regions import Region


@dataclass(frozen=True, eq=False)
class HeadedAreas:
    """For each column whose heading is an area, that area; none where headings are no areas.

    ``level`` is the level of the headings that name them. A column without an area is a total or
    an area that is not in the list.
    """

    region: Region
    areas: Mapping[int, Area | None] = field(default_factory=dict)
    level: int = -1

    def heading(self, column: int) -> str:
        """The heading of a column at the level of the areas."""
        return _heading(self.region, column, self.level)

    def other_headings(self, column: int) -> list[str]:
        """The headings over a column without that of its area, outermost first."""
        texts = list(self.region.path(column))
        if column in self.areas and self.heading(column):
            del texts[self.level]
        return texts


def areas_in_headings(region: Region, labels: RowLabels, finder: Finder) -> HeadedAreas:
    """The areas that headings name, where no label column does."""
    if AREA not in labels.roles.values():
        for level in (-1, 0):
            areas = _areas_of_level(region, finder, level)
            if areas:
                return HeadedAreas(region, areas, level)
    return HeadedAreas(region)


def _areas_of_level(region: Region, finder: Finder, level: int) -> dict[int, Area | None]:
    """The areas that the headings of one level name, where most of them do."""
    texts = {at: _heading(region, at, level) for at in region.figures}
    named = [text for text in texts.values() if text]
    if not named or finder.share(named) <= (0.5 if len(set(named)) > 1 else 0.99):
        return {}
    found: dict[int, Area | None] = {}
    for at, text in texts.items():
        areas = finder.find(text) if text else []
        found[at] = areas[0] if len(areas) == 1 else None
    return found


def _heading(region: Region, column: int, level: int) -> str:
    path = region.path(column)
    return path[level] if path else ""
