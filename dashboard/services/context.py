"""Where and when: areas, periods and selections that exist in this store, kept per data version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar, cast

from flask_caching import Cache

from dashboard.analysis.points import inputs
from dashboard.base.language import Text
from dashboard.base.settings import Settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, all_areas, read_catalogue
from dashboard.catalogue.concepts import Area, Grade, Level
from dashboard.catalogue.periods import Period
from dashboard.charts.model import selection as selections
from dashboard.charts.model.selection import Selection
from dashboard.services.filters import moment_of
from dashboard.store import observations as stored
from dashboard.store import submissions as handed_in
from dashboard.store.area_changes import read_changes
from dashboard.store.tables import open_store

T = TypeVar("T")
MOST_DAYS = 12  # days of hand-ins that are offered


class NotFound(LookupError):
    """A chart, topic, area, indicator or submission that does not exist."""

    def __init__(self, message: str | Text) -> None:
        """Keep the message in both languages; as an exception's text it is English."""
        self.text = message if isinstance(message, Text) else Text(message, message)
        super().__init__(self.text["en"])


def no_such_chart(ref: str, catalogue: Catalogue) -> NotFound:
    """Says that "topic/chart" is not declared, and what there is: charts, or topics."""
    topic = catalogue.topics.get(ref.partition("/")[0])
    there = [chart.id for chart in topic.charts] if topic else list(catalogue.topics)
    return NotFound(
        Text(
            f"没有图表“{ref}”；可选：{'、'.join(there)}",
            f"there is no chart {ref!r}; there are: {', '.join(there)}",
        )
    )


class Context:
    """The catalogue, the store and the one cache, asked for areas and periods. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        """Open the store (creating it where needed) and read the catalogue; raises their errors."""
        self.settings = settings
        self.catalogue = read_catalogue(settings.own_catalogue)
        self.engine = open_store(settings.database_url)
        self.cache = Cache()
        self._areas: tuple[int, Areas] | None = None

    def version(self) -> int:
        """The data version; changes with every submission."""
        return stored.data_version(self.engine)

    def areas(self) -> Areas:
        """All areas, read again only after something was loaded."""
        version = self.version()
        if self._areas is None or self._areas[0] != version:
            own, changes = handed_in.read_areas(self.engine), read_changes(self.engine)
            self._areas = (version, all_areas(self.catalogue, own, changes))
        return self._areas[1]

    def cached(self, name: str, key: object, make: Callable[[], T]) -> T:
        """A finished value from the cache, made when it is not there for this data version."""
        if not hasattr(self.cache, "app"):
            return make()
        place = f"{name}|{self.version()}|{key!r}"
        found = self.cache.get(place)
        if found is None:
            found = make()
            self.cache.set(place, found)
        return cast(T, found)

    def start_area(self) -> str:
        """The area a first visit opens on: the setting, else the area with most figures."""
        return self.cached("start", self.settings.start_area, self._start_area)

    def _start_area(self) -> str:
        areas, counts = self.areas(), stored.areas_with_figures(self.engine)
        wished = areas.find(self.settings.start_area) if self.settings.start_area else []
        if wished:
            return wished[0].code
        above = [
            code for code in counts if (area := areas.get(code)) and area.level is not Level.STREET
        ]
        if counts:
            return max(above or counts, key=lambda code: (counts[code], code))
        own = handed_in.read_areas(self.engine)
        return next((area.code for area in own if area.level is Level.DISTRICT), "000000")

    def places(self, area: str) -> list[str]:
        """The area and those directly below it, and what any of them was made of."""
        areas = self.areas()
        return areas.with_past([area, *(child.code for child in areas.children(area))])

    def periods(self, area: str, topic: str = "", known: date | None = None) -> list[Period]:
        """Periods with figures here or directly below, newest first; of one topic where named.

        With ``known`` those that had figures at the end of that day.
        """
        as_of = moment_of(known)

        def read() -> list[Period]:
            named = self.catalogue.topics.get(topic)
            own = [one.id for one in self.catalogue.indicators.values() if one.topic == topic]
            shown = sorted(inputs(self.catalogue, [*named.headline, *own])) if named else ()
            if as_of is not None and not shown:  # versions lie by indicator: name them all
                shown = sorted(self.catalogue.indicators)
            here = self.areas().get(area)
            # Provinces known only in part say nothing about the country's own periods.
            whole = here is None or here.lists_all_below
            below = self.places(area) if whole else self.areas().with_past([area])
            found = stored.periods_of(self.engine, below, shown, as_of)
            found = found or stored.periods_of(self.engine, self.places(area), shown, as_of)
            return sorted({p for periods in found.values() for p in periods}, reverse=True)

        return self.cached("periods", (area, topic, known), read)

    def hand_ins(self, area: str) -> list[date]:
        """The last days on which something was handed in for an area or those below it."""

        def read() -> list[date]:
            above = [one.code for one in self.areas().ancestors(area)]
            moments = handed_in.received_for(self.engine, self.places(area), above)
            days = {moment.astimezone().date() for moment in moments}
            return sorted(days, reverse=True)[:MOST_DAYS]

        return self.cached("hand-ins", area, read)

    def selection(self, query: Mapping[str, str], language: str, topic: str = "") -> Selection:
        """What an address means here: a known area, and a period for which it has figures.

        A period without figures becomes the nearest that has some; ``asked`` then keeps the wish.
        Without a period the latest is meant: of the topic, where one is named.
        """
        chosen = selections.from_query(query, self.start_area(), language)
        if self.areas().get(chosen.area) is None:
            chosen = replace(chosen, area=self.start_area())
        else:
            chosen = replace(chosen, area=cast(Area, self.areas().get(chosen.area)).code)
        if _lies_ahead(chosen.as_known):
            chosen = replace(chosen, as_known=None, unread=(*chosen.unread, "known"))
        known = chosen.as_known
        existing = self.periods(chosen.area, known=known)
        if not existing or chosen.period in existing:
            return chosen
        if chosen.period is None:
            of_topic = self.periods(chosen.area, topic, known) if topic else existing
            return replace(chosen, period=(of_topic or existing)[0])
        wish = chosen.period
        nearest = min(existing, key=lambda p: abs((p.year - wish.year) * 12 + p.month - wish.month))
        return replace(chosen, period=nearest, asked=wish)

    def within(self, selection: Selection) -> Selection:
        """The selection, of an area that was closed before in its last month."""
        here = self.areas().get(selection.area)
        if here is None or selection.period is None or not here.ended_before(selection.period):
            return selection
        return replace(selection, period=here.valid_to)

    def area_choices(self, language: str) -> list[dict[str, object]]:
        """Areas with figures for the area control: value, label, level (depth) and whether demo."""

        def read() -> list[dict[str, object]]:
            areas, counts = self.areas(), stored.areas_with_figures(self.engine)
            for pair in areas.changes:  # figures of the old area are told for the new one
                if pair.old in counts:
                    counts.setdefault(pair.new, 0)
            demo = handed_in.areas_of_grade(self.engine, counts, Grade.DEMO)
            known = [area for code in counts if (area := areas.get(code))]
            paths = {area.code: [*reversed(areas.ancestors(area.code)), area] for area in known}
            known.sort(key=lambda area: (area.code not in demo, [a.code for a in paths[area.code]]))
            shown = {area.code for area in known}
            return [
                {
                    "value": area.code,
                    "label": area.name[language],
                    "level": sum(above.code in shown for above in paths[area.code][:-1]),
                    "kind": str(area.level),
                    "first": str(area.valid_from or ""),
                    "last": str(area.valid_to or ""),
                    "demo": area.code in demo,
                    "search": f"{area.name.zh} {area.name.en} {area.code}",
                }
                for area in known
            ]

        return self.cached("choices", language, read)

    def breadcrumb(self, area: str) -> list[Area]:
        """The areas above, top first, then the area itself."""
        areas = self.areas()
        here = areas.get(area)
        return [*reversed(areas.ancestors(area)), here] if here else []


def _lies_ahead(known: date | None) -> bool:
    """Whether this day or moment is still to come: what will be known then, nobody knows."""
    now = datetime.now(UTC)
    if isinstance(known, datetime):
        return known > now
    return known is not None and known > now.astimezone().date()
