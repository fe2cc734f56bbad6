"""Makes scorecards: of a street, or of every street of an area, each on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.kinds.comparison_rows import ComparisonRows
from dashboard.charts.kinds.scorecard import StreetCard, target_lines
from dashboard.charts.model.selection import Selection
from dashboard.services.context import Context
from dashboard.services.figures.comparisons import Comparisons
from dashboard.services.figures.freshness import Freshness
from dashboard.services.submissions.reporting import today
from dashboard.services.targets.targets import Targets


class Scorecards:
    """The scorecards of areas: their targets and headline indicators. Thread-safe."""

    def __init__(
        self,
        context: Context,
        targets: Targets,
        comparisons: Comparisons,
        freshness: Callable[[Sequence[Selection]], list[Freshness]],
    ) -> None:
        """Make them from these targets and comparisons; ``freshness`` of areas' figures."""
        self._context, self._targets, self._comparisons = context, targets, comparisons
        self._freshness = freshness

    def of(self, selection: Selection, below: bool = False) -> list[StreetCard]:
        """The card of the selected area, or one for each area directly below it."""
        make = partial(self._cards, selection, below)
        return self._context.cached("cards", (selection, below, today()), make)

    def _cards(self, selection: Selection, below: bool) -> list[StreetCard]:
        areas, judged = self._context.areas(), self._judged(selection, below)
        codes = [selection.area]
        if below:
            codes = [child.code for child in areas.children(selection.area, selection.period)]
        places = [replace(selection, area=code) for code in codes]
        of_each = zip(
            places, self._comparisons.of_each(places), self._freshness(places), strict=True
        )
        return [
            self._card(place, judged[place.area], rows, fresh) for place, rows, fresh in of_each
        ]

    def _judged(self, selection: Selection, below: bool) -> dict[str, list[Progress]]:
        month, day = (str(one or "") for one in (selection.period, selection.as_known))
        matches: dict[str, list[Progress]] = defaultdict(list)
        for row in self._targets.progress(selection.area, month, below, day):
            matches[row.area].append(row)
        return matches

    def _card(
        self,
        selection: Selection,
        judged: list[Progress],
        rows: ComparisonRows,
        fresh: Freshness,
    ) -> StreetCard:
        language, areas = selection.language, self._context.areas()
        area = areas.get(selection.area)
        topics = [
            (topic.title[language], tuple(listed_rows))
            for topic, listed_rows in rows
            if listed_rows
        ]
        demo = fresh.is_demo or any("demo" in row.grades for row in judged)
        return StreetCard(
            area=selection.area,
            title=areas.name_of(selection.area, language),
            above=areas.name_of(area.parent, language) if area and area.parent else "",
            period=periods.name(selection.period, language) if selection.period else "",
            lines=target_lines(judged, self._context.catalogue, areas, language),
            topics=tuple(topics),
            mark=word("chart_demo", language) if demo else "",
            received=str(fresh.received or ""),
        )
