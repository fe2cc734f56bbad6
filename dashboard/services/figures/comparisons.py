"""Compares streets with their neighbours, headline by headline, for pages and scorecards."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.comparison_rows import NEAR, ComparisonRows, build_comparison_rows
from dashboard.charts.model.selection import Selection
from dashboard.services.context import Context
from dashboard.services.filters import moment_of
from dashboard.services.selections import Selections
from dashboard.store import observations as stored
from dashboard.store.query import Query


def headlines(catalogue: Catalogue) -> list[str]:
    """The headline indicators of all topics, in the order of the topics."""
    names = [name for topic in catalogue.topic_order() for name in topic.headline]
    return list(dict.fromkeys(names))


class Comparisons:
    """Compares streets of one district by their headline indicators. Thread-safe."""

    def __init__(self, context: Context, selections: Selections) -> None:
        """Compare the figures in the store of this context."""
        self._context, self._selections = context, selections

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def of(self, selection: Selection) -> ComparisonRows:
        """Every headline indicator of one street among its neighbours, by topic."""
        selection = self._selections.within(selection)
        return self._context.cached(
            "comparison-rows",
            selection,
            lambda: self.of_each([selection])[0],
            selection.area,
        )

    def of_each(self, selections: Sequence[Selection]) -> list[ComparisonRows]:
        """The same for areas of one parent in one period; their figures are read once."""
        selections = [self._selections.within(selection) for selection in selections]
        if not selections:
            return []
        areas, last = self._context.areas(), selections[0].period
        points = self._points(selections)
        return [
            self._by_topic(
                points.in_boundaries_of(areas.boundaries_of(selection.area, last)), selection
            )
            for selection in selections
        ]

    def _points(self, selections: Sequence[Selection]) -> Points:
        """The figures of these areas and of those they are compared with, read once."""
        areas, last = self._context.areas(), selections[0].period
        here = areas.get(selections[0].area)
        # Without an area above, the ones below: their sums, and whether they contradict its own.
        around = self._selections.with_below(here.parent or here.code) if here else []
        ids = sorted(inputs(self._catalogue, headlines(self._catalogue)))
        # A course of years for the areas themselves, a year for those they are compared with.
        until = Period(last.year, 12) if last else None  # a year's target is kept in December
        first, as_of = Period(last.year - 9, 1) if last else None, moment_of(selections[0].as_known)
        shown = [selection.area for selection in selections]
        mine = areas.with_past([*shown, *around[:1]])  # the district's beside them
        own = Query(ids, mine, first, until, as_of=as_of)
        others = [code for code in areas.with_past(around) if code not in own.areas]
        beside = Query(ids, others, last.plus(-NEAR) if last else None, until, as_of=as_of)
        figures = stored.read_figures(self._context.engine, own)
        figures += stored.read_figures(self._context.engine, beside) if others else []
        return Points(self._catalogue, areas, figures, areas.boundaries_of(shown[0], last))

    def _by_topic(self, points: Points, selection: Selection) -> ComparisonRows:
        """The rows of one area, whose boundaries the points are in, by topic."""
        return [
            (topic, build_comparison_rows(points, topic.headline, selection))
            for topic in self._catalogue.topic_order()
        ]
