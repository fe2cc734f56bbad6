"""Defines what every service works on: settings, catalogue, store and the one cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from dashboard.base.language import Text, word
from dashboard.base.settings import Settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, all_areas, read_catalogue
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator, Polarity, Unit
from dashboard.services.finished_values import FinishedValues, place_of
from dashboard.store import submissions as handed_in
from dashboard.store.area_changes import read_changes
from dashboard.store.data_version import data_version, data_versions
from dashboard.store.declared import StoredDeclaration, read_declared
from dashboard.store.opening import Engine, open_store
from dashboard.store.reader_engine import base_engine, limited_reader, reader_of, reading_engine
from dashboard.store.reader_views import EVERYTHING, Reader
from dashboard.store.transaction import forget_on_commit

if TYPE_CHECKING:  # Flask takes long to import, and the command line has no cache
    from flask_caching import Cache

T = TypeVar("T")


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


class _Known(NamedTuple):
    """A data version, the indicators declared by then, and the catalogue with them.

    ``common`` is the version of the last change that is not one of figures of single areas,
    ``of_areas`` that of the last change of an area's figures.
    """

    version: int
    declared: tuple[StoredDeclaration, ...]
    catalogue: Catalogue
    common: int = -1
    of_areas: Mapping[str, int] = MappingProxyType({})
    publication: bool = False


def indicator_of(declared: StoredDeclaration, units: Mapping[str, Unit]) -> Indicator:
    """The indicator that a bureau declared."""
    fields = declared.fields
    unit = units[fields.unit]
    is_ratio = fields.aggregation == Aggregation.RATIO
    return Indicator(
        id=declared.id,
        name=Text(fields.name, fields.name),
        definition=Text("", ""),
        domain=fields.topic,
        topic=fields.topic,
        unit=unit,
        decimals=1 if is_ratio else 0,
        accumulation=Accumulation(fields.accumulation),
        aggregation=Aggregation(fields.aggregation),
        polarity=Polarity(fields.polarity),
        numerator=fields.numerator,
        denominator=fields.denominator,
    )


class Context:
    """The settings, the catalogue, the store and the one cache of it. Thread-safe."""

    def __init__(
        self, settings: Settings, catalogue: Catalogue, engine: Engine, cache: Cache | None = None
    ) -> None:
        """Work on the store behind ``engine``; without a cache of an app nothing is kept.

        ``reader`` tells what this one's reader sees from what others see; empty: the store itself.
        """
        self.settings, self._files, self._cache = settings, catalogue, cache
        self.engine, self._values = engine, FinishedValues(cache)
        reader = reader_of(engine)
        self.reader = "" if reader is None else reader.name
        self._unmarked: Engine | None = None
        self._areas: tuple[int, Areas] | None = None
        self._families: tuple[Areas | None, dict[str, tuple[str, ...]]] = (None, {})
        self._known = _Known(-1, (), catalogue)
        self._swap = Lock()
        self._looked_up: ContextVar[int | None] = ContextVar("version of a request", default=None)
        forget_on_commit(engine, self)

    @property
    def catalogue(self) -> Catalogue:
        """What the files declare, and the bureau's own indicators as of the last ``version``.

        A value: whoever holds it sees nothing change.
        """
        return self._known.catalogue

    @property
    def publication(self) -> bool:
        """Whether viewers see what is published alone, as of the last ``version``."""
        return self._known.publication

    @property
    def common_version(self) -> int:
        """The version of the last change that is not one of figures of single areas, as of now."""
        self.version()
        return self._known.common

    def is_open(self, reader: str) -> bool:
        """Whether what was made for the reader of this name may go to this one's reader."""
        return self.reader in ("", EVERYTHING.name, reader)

    def as_seen_by(self, reader: Reader) -> Context:
        """A context of the same store and cache in which drafts are hidden or marked."""
        engine = reading_engine(self.engine, reader)
        return Context(self.settings, self._files, engine, self._cache)

    @property
    def intake_engine(self) -> Engine:
        """The store that files are compared with: as the reader sees it, statuses as they came."""
        reader = limited_reader(self.engine)
        if reader is None:
            return base_engine(self.engine)
        with self._swap:
            if self._unmarked is None:
                self._unmarked = reading_engine(self.engine, Reader(reader.drafts, marked=False))
            return self._unmarked

    def close(self) -> None:
        """Close the connections of a reader's own view; the store itself stays open."""
        for engine in (self.engine, self._unmarked):
            if engine is not None and reader_of(engine):
                engine.dispose()

    def bureau(self, language: str) -> str:
        """The bureau's own name, or the product's."""
        return self.settings.bureau or word("shell_name", language)

    def look_up(self) -> int:
        """Look the data version up; this thread asks no more until it forgets it or writes."""
        self._looked_up.set(None)
        version = self.version()
        self._looked_up.set(version)
        return version

    def forget_version(self) -> None:
        """From now on the version is looked up each time."""
        self._looked_up.set(None)

    def version(self) -> int:
        """The data version; changes with every submission.

        Indicators that any process has declared since are in the catalogue from then on.
        """
        looked_up = self._looked_up.get()
        if looked_up is not None:
            return looked_up
        version = data_version(self.engine)
        if version != self._known.version:
            with self._swap:
                version = self._know()
        return version

    def _know(self) -> int:
        """Swap the catalogue for one with the indicators declared by now; the data version."""
        known = self._known
        versions = data_versions(self.engine, known.version)
        if versions.number == known.version:  # another thread may have been faster
            return known.version
        declared, catalogue = known.declared, known.catalogue
        if versions.common != known.common:
            declared = tuple(read_declared(self.engine))
        if declared != known.declared:
            units = self._files.units
            own = (indicator_of(one, units) for one in declared if one.fields.unit in units)
            catalogue = self._files.with_declared(own)
        of_areas = {**known.of_areas, **versions.areas}
        of_version = (versions.number, declared, catalogue, versions.common, of_areas)
        self._known = _Known(*of_version, versions.publication)
        return versions.number

    def areas(self) -> Areas:
        """All areas, read again only after more than figures was handed in."""
        self.version()
        common = self._known.common
        if self._areas is None or self._areas[0] != common:
            own, changes = handed_in.read_areas(self.engine), read_changes(self.engine)
            self._areas = (common, all_areas(self.catalogue, own, changes))
        return self._areas[1]

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """One piece of work, such as a report: what it asks for twice is made once."""
        looks_up = self._looked_up.get() is None
        if looks_up:
            self.look_up()
        try:
            with self._values.remembering():
                yield
        finally:
            if looks_up:
                self.forget_version()

    def cached(self, name: str, key: object, make: Callable[[], T], area: str = "") -> T:
        """A finished value from the cache, made when it is not there for this data version.

        With ``area`` it depends on the figures of this area, those around it, below and above
        alone: a submission that brings figures of others leaves it.
        """
        return self._values.get(self._place(name, key, area), make)

    def keep(self, name: str, key: object, value: object, area: str) -> None:
        """Put a value into the cache that was made together with others; see ``cached``."""
        self._values.keep(self._place(name, key, area), value)

    def _place(self, name: str, key: object, area: str) -> str:
        """Where a value lies in the cache; nowhere without one."""
        if not self._values.is_open:
            return ""
        version = self.version_around(area) if area else f"{self.version()}"
        return place_of(name, self.reader, version, f"{key!r}")

    def version_around(self, area: str) -> str:
        """The version in which anything changed last that the pages of an area show."""
        family, known = self._family(area), self._known
        return f"{known.common}+{max((known.of_areas.get(code, 0) for code in family), default=0)}"

    def _family(self, area: str) -> tuple[str, ...]:
        """The area, all below the one above it, those above, and what any was made of."""
        areas = self.areas()
        if self._families[0] is not areas:
            self._families = (areas, {})
        families = self._families[1]
        if area not in families:
            above = [ancestor.code for ancestor in areas.ancestors(area)]
            family = [*above, *with_all_below(areas, above[0] if above else area), area]
            families[area] = tuple(areas.with_past(family))
        return families[area]


def with_all_below(areas: Areas, code: str) -> list[str]:
    """The codes of an area and of every one below it."""
    codes, seen = [code], {code}
    for one in codes:
        below = [child.code for child in areas.children(one) if child.code not in seen]
        seen.update(below)  # a loop of parents ends here
        codes += below
    return codes


def open_context(settings: Settings, cache: Cache | None = None) -> Context:
    """Open the store, creating it where needed, and read the catalogue; raises their errors."""
    catalogue = read_catalogue(settings.own_catalogue)
    context = Context(settings, catalogue, open_store(settings.database_url), cache)
    context.version()  # with the indicators that were declared before
    return context


def with_drafts_marked(context: Context) -> Context:
    """The context in which drafts are marked as such where publication is on, else the same."""
    return context.as_seen_by(EVERYTHING) if context.publication else context
