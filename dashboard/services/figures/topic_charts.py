"""Chooses the charts of a topic's page: those declared with figures, those made from the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.topics import ChartSpec
from dashboard.charts.generated import STREETS, TREND, Held, generated_specs, shown_by
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.services.context import Context
from dashboard.services.figures.figures import Figures
from dashboard.services.filters import moment_of
from dashboard.services.selections import Selections
from dashboard.store import observations as stored

MOST_MADE = 24  # charts made for a page; further indicators are named


@dataclass(frozen=True, slots=True)
class TopicCharts:
    """The charts of a topic for an area: ``declared`` with figures, ``made`` from the rest.

    ``absent`` are the titles of declared charts without figures, ``single`` the tiles of
    indicators with too few figures for a chart, ``further`` the ids of those for which
    there was no room.
    """

    declared: tuple[Chart, ...]
    made: tuple[Chart, ...]
    absent: tuple[str, ...]
    single: tuple[Tile, ...]
    further: tuple[str, ...]


class TopicPages:
    """Chooses and draws the charts of a topic in a few statements. Thread-safe."""

    def __init__(self, context: Context, selections: Selections, figures: Figures) -> None:
        """Draw from the figures in the store of this context."""
        self._context, self._selections, self._figures = context, selections, figures

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def held(self, topic: str, selection: Selection) -> dict[str, Held]:
        """What the area and those below have of the topic's indicators, in the catalogue's order.

        Up to the end of the selected year, as charts look.
        """
        return self._of_topic(topic, self._held_of_area(selection))

    def _held_of_topic(self, topic: str, selection: Selection) -> dict[str, Held]:
        """The same of a page about one topic: the figures of others are not counted."""
        names = tuple(self._selections.indicators_of_topic(selection.area, topic))
        return self._of_topic(topic, self._held_of_area(selection, names)) if names else {}

    def _of_topic(self, topic: str, of_area: Mapping[str, Held]) -> dict[str, Held]:
        known = self._catalogue.indicators
        named = [name for name in of_area if name in known and known[name].topic == topic]
        order = {name: place for place, name in enumerate(known)}
        named.sort(key=lambda name: (order.get(name, len(order)), name))
        return {name: of_area[name] for name in named}

    def _held_of_area(
        self, selection: Selection, indicators: tuple[str, ...] = ()
    ) -> dict[str, Held]:
        area, last, known = selection.area, selection.period, selection.as_known

        def read() -> dict[str, Held]:
            places = self._selections.with_below(area)
            rows = stored.holdings(self._context.engine, places, indicators, last, moment_of(known))
            own: dict[str, int] = {}
            below: dict[str, list[int]] = defaultdict(list)
            for row in rows:
                if row.area == area:
                    own[row.indicator] = row.periods
                else:
                    below[row.indicator].append(row.periods)
            return {
                name: Held(own.get(name, 0), len(below[name]), max(below[name], default=0))
                for name in {**own, **below}
            }

        return self._context.cached("held", (area, last, known, indicators), read, area)

    def refs(self, topic: str, selection: Selection) -> list[str]:
        """The charts of all figures an area has of a topic, as "topic/chart".

        First the declared ones that have figures, then those made from the rest, then one of
        each indicator with too few figures for a chart of a page.
        """
        selection = self._selections.within(selection)

        def read() -> list[str]:
            drawn = self._figures.charts(self._catalogue.topics[topic].charts, selection)
            return self._refs(topic, drawn, selection)

        return self._context.cached("topic-refs", (topic, selection), read, selection.area)

    def refs_of_each(self, selection: Selection) -> dict[str, list[str]]:
        """The same of every topic in order, whose figures are read together."""
        selection = self._selections.within(selection)

        def read() -> dict[str, list[str]]:
            topics = self._catalogue.topic_order()
            specs = [spec for topic in topics for spec in topic.charts]
            drawn = iter(self._figures.charts(specs, selection))
            return {
                topic.id: self._refs(topic.id, list(islice(drawn, len(topic.charts))), selection)
                for topic in topics
            }

        return self._context.cached("topics-refs", selection, read, selection.area)

    def _refs(self, topic: str, drawn: Sequence[Chart], selection: Selection) -> list[str]:
        """The charts of a topic of which the declared ones are drawn."""
        held, specs = self.held(topic, selection), self._catalogue.topics[topic].charts
        declared = [spec for spec, chart in zip(specs, drawn, strict=True) if not chart.empty]
        shown = shown_by(declared, self._catalogue)
        made = generated_specs(topic, held, shown, self._catalogue)
        shown |= shown_by(made, self._catalogue)
        known = self._catalogue.indicators
        single = [
            f"{name}-{TREND if has.periods else STREETS}"
            for name, has in held.items()
            if name not in shown and (has.is_single or known[name].linked not in shown)
        ]
        return [f"{topic}/{name}" for name in (*(spec.id for spec in (*declared, *made)), *single)]

    def of(self, topic: str, selection: Selection) -> TopicCharts:
        """The charts of a declared topic's page; raises KeyError for an unknown topic."""
        selection = self._selections.within(selection)
        return self._context.cached(
            "topic-charts", (topic, selection), lambda: self._of(topic, selection), selection.area
        )

    def _of(self, topic: str, selection: Selection) -> TopicCharts:
        specs = self._catalogue.topics[topic].charts
        drawn = self._figures.charts(specs, selection)
        shown = self._pictured(specs, drawn)
        held = self._held_of_topic(topic, selection)
        made = generated_specs(topic, held, shown, self._catalogue)
        room, left = made[:MOST_MADE], made[MOST_MADE:]
        charts = self._figures.charts(room, selection)
        shown |= self._pictured(room, charts)
        further = dict.fromkeys(spec.indicators[0] for spec in left)
        return TopicCharts(
            declared=tuple(chart for chart in drawn if not chart.empty),
            made=tuple(chart for chart in charts if not chart.empty),
            absent=self._absent(drawn, selection),
            single=tuple(self._single(topic, held, shown | set(further), selection)),
            further=tuple(name for name in further if name not in shown),
        )

    def _pictured(self, specs: Sequence[ChartSpec], charts: Sequence[Chart]) -> set[str]:
        """The indicators of the charts that have figures."""
        pairs = zip(specs, charts, strict=True)
        return shown_by([spec for spec, chart in pairs if not chart.empty], self._catalogue)

    def _absent(self, drawn: Sequence[Chart], selection: Selection) -> tuple[str, ...]:
        """The titles of charts without figures, without the area that all of them name."""
        place = self._context.areas().name_of(selection.area, selection.language)
        titles = (chart.title for chart in drawn if chart.empty)
        return tuple(
            dict.fromkeys(t.removeprefix(place).removesuffix(f", {place}") for t in titles)
        )

    def _single(
        self, topic: str, held: dict[str, Held], pictured: set[str], selection: Selection
    ) -> list[Tile]:
        """Tiles of the indicators that no chart and no headline tile shows, a twin of one apart."""
        headline = self._catalogue.topics[topic].headline
        known = self._catalogue.indicators
        names = [
            name
            for name in held
            if name not in pictured
            and name not in headline
            and (held[name].is_single or known[name].linked not in pictured)
        ]
        return self._figures.tiles(names, selection) if names else []
