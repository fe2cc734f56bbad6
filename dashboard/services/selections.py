"""Lists what can be selected in a store: areas, their periods; reads what an address asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from dashboard.analysis.default_period import default_period
from dashboard.analysis.point import inputs
from dashboard.analysis.reporting import expected_below
from dashboard.base.language import LANGUAGES, Text, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Grade, Level
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period, months_between
from dashboard.charts.model import selection as selections
from dashboard.charts.model.selection import Selection
from dashboard.services.context import Context
from dashboard.services.filters import UnknownName, moment_of
from dashboard.store import observations as stored
from dashboard.store import submissions as handed_in

PUBLISHED = (Grade.OFFICIAL, Grade.SECONDARY, Grade.REPORT)  # a bureau's own tables are not
MOST_DAYS = 12  # days of hand-ins that are offered
FIRST_YEAR = 1900  # of a day of knowledge; clocks cannot convert the first years of all


class Selections:
    """The areas and periods that have figures. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Select among the figures in the store of this context."""
        self._context = context
        self._engine = context.engine
        self._areas = context.areas

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def start_area(self) -> str:
        """The area a first visit opens on: the setting, else the area with most figures."""
        return self._context.cached("start", self._context.settings.start_area, self._start_area)

    def _figures_of_areas(self) -> dict[str, int]:
        """The number of figures of each area that has any; the caller's own to change."""

        def read() -> dict[str, int]:
            return stored.areas_with_figures(self._engine)

        return {**self._context.cached("figures-of-areas", "", read)}

    def _start_area(self) -> str:
        areas, counts = self._areas(), self._figures_of_areas()
        asked = self._context.settings.start_area
        wished = areas.find(asked) if asked else []
        if wished:
            return wished[0].code
        above = [code for code in counts if _is_above_streets(areas, code)]
        if above:
            return max(above, key=lambda code: (counts[code], code))
        if counts:
            return _fullest_above(areas, counts)
        own = handed_in.read_areas(self._engine)
        return next((area.code for area in own if area.level is Level.DISTRICT), "000000")

    def with_below(self, area: str) -> list[str]:
        """The area and those directly below it, and what any of them was made of."""
        areas = self._areas()
        return areas.with_past([area, *(child.code for child in areas.children(area))])

    def periods(self, area: str, topic: str = "", known: date | None = None) -> list[Period]:
        """Periods with figures here or directly below, newest first; of one topic where named.

        With ``known`` those that had figures at the end of that day.
        """
        as_of = moment_of(known)

        def read() -> list[Period]:
            shown = self._looked_at(area, topic, known)
            below = self._of_whole(area)
            found = stored.periods_of(self._engine, below, shown, as_of)
            found = found or stored.periods_of(self._engine, self.with_below(area), shown, as_of)
            return sorted({p for periods in found.values() for p in periods}, reverse=True)

        return self._context.cached("periods", (area, topic, known), read, area)

    def indicators_of_topic(self, area: str, topic: str) -> list[str]:
        """The declared indicators of a topic, and cells of the grid that the area has figures of.

        Or those directly below it.
        """
        known = self._catalogue.indicators

        def read() -> list[str]:
            return stored.indicators_of(self._engine, self.with_below(area))

        present = self._context.cached("indicators-of", area, read, area)
        declared = [indicator.id for indicator in known.values() if indicator.topic == topic]
        composed = [name for name in present if name in known and known[name].topic == topic]
        return list(dict.fromkeys([*declared, *composed]))

    def _looked_at(self, area: str, topic: str, known: date | None) -> list[str]:
        """The indicators that a topic's page shows for an area; none named where all are."""
        named = self._catalogue.topics.get(topic)
        if named:
            own = self.indicators_of_topic(area, topic)
            return sorted(inputs(self._catalogue, [*named.headline, *own]))
        # versions lie by indicator: name them all
        return sorted(self._catalogue.indicators) if known is not None else []

    def _of_whole(self, area: str) -> list[str]:
        """The area and those below, without those of a country or province known only in part.

        They say nothing about its own periods.
        """
        place = self._areas().get(area)
        whole = place is None or place.lists_all_below
        return self.with_below(area) if whole else self._areas().with_past([area])

    def default_period(
        self, area: str, topic: str = "", known: date | None = None
    ) -> Period | None:
        """The period shown where none is asked for; None where there are no figures.

        The latest in which the expected areas below have reported: as large a share of them as
        the setting ``reported_share`` says. Where nobody is expected, the latest with most of the
        figures. Of one topic where named and the area has figures of it.
        """

        def read() -> Period | None:
            areas, share = self._areas(), self._context.settings.reported_share / 100
            shown, as_of = self._looked_at(area, topic, known), moment_of(known)
            counts = stored.figures_by_period(self._engine, self._of_whole(area), shown, as_of)
            counts = counts or stored.figures_by_period(
                self._engine, self.with_below(area), shown, as_of
            )
            return default_period(
                counts, lambda p: [one.code for one in expected_below(areas, area, p)], share
            )

        latest = self._context.cached("default-period", (area, topic, known), read, area)
        return self.default_period(area, known=known) if latest is None and topic else latest

    def hand_ins(self, area: str) -> list[date]:
        """The last days on which something was handed in for an area or those below it."""

        def read() -> list[date]:
            above = [ancestor.code for ancestor in self._areas().ancestors(area)]
            moments = handed_in.received_for(self._engine, self.with_below(area), above)
            days = {moment.astimezone().date() for moment in moments}
            return sorted(days, reverse=True)[:MOST_DAYS]

        return self._context.cached("hand-ins", area, read, area)

    def of(self, query: Mapping[str, str], language: str, topic: str = "") -> Selection:
        """What an address means here: a known area, and a period for which it has figures.

        A period without figures becomes the nearest that has some; ``asked`` then keeps the wish.
        Without a period the default one is meant: of the topic, where one is named.
        """
        chosen = self._in_known_area(selections.from_query(query, self.start_area(), language))
        if _is_unknowable(chosen.as_known):
            chosen = replace(chosen, as_known=None, unread=(*chosen.unread, "known"))
        known = chosen.as_known
        existing = self.periods(chosen.area, known=known)
        if not existing or chosen.period in existing:
            return chosen
        if chosen.period is None:
            return replace(chosen, period=self.default_period(chosen.area, topic, known))
        wish = chosen.period
        nearest = min(existing, key=lambda p: abs(months_between(p, wish)))
        return replace(chosen, period=nearest, asked=wish)

    def of_file(self, query: Mapping[str, str], language: str, topic: str = "") -> Selection:
        """What the address of a file means; raises UnknownName where a part of it means nothing.

        A page shows the usual instead and says so; in a file nobody would see the difference.
        """
        chosen = self.of(query, language, topic)
        if chosen.unread:
            raise UnknownName(_unread_parts(query, chosen.unread))
        return chosen

    def _in_known_area(self, chosen: Selection) -> Selection:
        """The selection, of the area a first visit opens on where nobody knows the one named."""
        area = self._areas().get(chosen.area)
        if area is not None:
            return replace(chosen, area=area.code)
        start = self.start_area()
        unread = chosen.unread if chosen.area == start else ("area", *chosen.unread)
        return replace(chosen, area=start, unread=unread)

    def within(self, selection: Selection) -> Selection:
        """The selection, of an area that was closed before in its last month."""
        here = self._areas().get(selection.area)
        if here is None or selection.period is None or not here.ended_before(selection.period):
            return selection
        return replace(selection, period=here.valid_to)

    def area_choices(self, language: str) -> list[dict[str, object]]:
        """Areas with figures for the area control: value, label, level (depth) and whether demo."""

        def read() -> list[dict[str, object]]:
            areas, counts = self._areas(), self._figures_of_areas()
            for pair in areas.changes:  # figures of the old area are told for the new one
                if pair.old in counts:
                    counts.setdefault(pair.new, 0)
            grades = handed_in.grades_of_areas(self._engine)
            demo = {code for code in counts if grades.get(code) == Grade.DEMO}
            known = _with_above(areas, counts)
            published = [code for code in counts if grades.get(code) in PUBLISHED]
            with_published = {area.code for area in _with_above(areas, published)}
            demo |= _above_demo_alone(areas, known, counts, demo)
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
                    "published": area.code in with_published,
                    "search": f"{area.name.zh} {area.name.en} {area.code}",
                }
                for area in known
            ]

        return self._context.cached("choices", language, read)

    def breadcrumb(self, area: str) -> list[Area]:
        """The areas above, top first, then the area itself."""
        areas = self._areas()
        here = areas.get(area)
        return [*reversed(areas.ancestors(area)), here] if here else []


def _unread_parts(query: Mapping[str, str], names: Collection[str]) -> Text:
    """What of an address nobody can read, each part by its name and as it was written."""
    sentences = {}
    for language in LANGUAGES:
        parts = [
            word(
                "unread_part",
                language,
                name=word(f"unread_{name}", language),
                text=query[name][:40],
            )
            for name in names
        ]
        names_text = word("list_comma", language).join(parts)
        sentences[language] = word("unread_file", language, names=names_text)
    return Text(**sentences)


def _is_above_streets(areas: Areas, code: str) -> bool:
    area = areas.get(code)
    return area is not None and area.level is not Level.STREET


def _fullest_above(areas: Areas, counts: Mapping[str, int]) -> str:
    """The area whose streets have the most figures; one that lies in no area stands for itself."""
    sums: Counter[str] = Counter()
    for code, count in counts.items():
        whole = next(iter(areas.ancestors(code)), None)
        sums[whole.code if whole else code] += count
    return max(sums, key=lambda code: (sums[code], code))


def _with_above(areas: Areas, counts: Collection[str]) -> list[Area]:
    """The areas with figures, and those above a street: an area exists where a street has any."""
    known = {area.code: area for code in counts if (area := areas.get(code))}
    streets = [area for area in known.values() if area.level is Level.STREET]
    for street in streets:
        for above in areas.ancestors(street.code)[:1]:
            known.setdefault(above.code, above)
    return list(known.values())


def _above_demo_alone(
    areas: Areas, known: Collection[Area], counts: Collection[str], demo: Collection[str]
) -> set[str]:
    """The areas without own figures whose streets have none but demo figures."""
    return {
        area.code
        for area in known
        if area.code not in counts
        and all(c.code in demo for c in areas.children(area.code) if c.code in counts)
    }


def _is_unknowable(known: date | None) -> bool:
    """Whether this day or moment is still to come, or before all that may have been known."""
    if known is not None and known.year < FIRST_YEAR:
        return True
    now = datetime.now(UTC)
    if isinstance(known, datetime):
        return known > now
    return known is not None and known > now.astimezone().date()
