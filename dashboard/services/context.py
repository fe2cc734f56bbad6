"""What every service works on: settings, catalogue, store and the one cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from dashboard.base.language import Text
from dashboard.base.settings import Settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, all_areas, read_catalogue
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator, Polarity, Unit
from dashboard.store import submissions as handed_in
from dashboard.store.area_changes import read_changes
from dashboard.store.data_version import data_version
from dashboard.store.declared import StoredDeclaration, read_declared
from dashboard.store.opening import Engine
from dashboard.store.tables import open_store

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
    """A data version, the indicators declared by then, and the catalogue with them."""

    version: int
    declared: tuple[StoredDeclaration, ...]
    catalogue: Catalogue


def indicator_of(kept: StoredDeclaration, units: Mapping[str, Unit]) -> Indicator:
    """The indicator that a bureau declared."""
    fields = kept.fields
    unit = units[fields.unit]
    is_ratio = fields.aggregation == Aggregation.RATIO
    return Indicator(
        id=kept.id,
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
        """Work on the store behind ``engine``; without a cache of an app nothing is kept."""
        self.settings, self._files = settings, catalogue
        self.engine, self.cache = engine, cache
        self._areas: tuple[int, Areas] | None = None
        self._known = _Known(-1, (), catalogue)
        self._swap = Lock()

    @property
    def catalogue(self) -> Catalogue:
        """What the files declare, and the bureau's own indicators as of the last ``version``.

        A value: whoever holds it sees nothing change.
        """
        return self._known.catalogue

    def version(self) -> int:
        """The data version; changes with every submission.

        Indicators that any process has declared since are in the catalogue from then on.
        """
        version = data_version(self.engine)
        if version != self._known.version:
            with self._swap:
                version = self._know()
        return version

    def _know(self) -> int:
        """Swap the catalogue for one with the indicators declared by now; the data version."""
        version = data_version(self.engine)  # another thread may have been faster
        if version == self._known.version:
            return version
        declared = tuple(read_declared(self.engine))
        catalogue = self._known.catalogue
        if declared != self._known.declared:
            units = self._files.units
            own = (indicator_of(one, units) for one in declared if one.fields.unit in units)
            catalogue = self._files.with_declared(own)
        self._known = _Known(version, declared, catalogue)
        return version

    def areas(self) -> Areas:
        """All areas, read again only after something was loaded."""
        version = self.version()
        if self._areas is None or self._areas[0] != version:
            own, changes = handed_in.read_areas(self.engine), read_changes(self.engine)
            self._areas = (version, all_areas(self.catalogue, own, changes))
        return self._areas[1]

    def cached(self, name: str, key: object, make: Callable[[], T]) -> T:
        """A finished value from the cache, made when it is not there for this data version."""
        if self.cache is None or not hasattr(self.cache, "app"):
            return make()
        place = f"{name}|{self.version()}|{key!r}"
        found = self.cache.get(place)
        if found is None:
            found = make()
            self.cache.set(place, found)
        return cast(T, found)


def open_context(settings: Settings, cache: Cache | None = None) -> Context:
    """Open the store, creating it where needed, and read the catalogue; raises their errors."""
    catalogue = read_catalogue(settings.own_catalogue)
    context = Context(settings, catalogue, open_store(settings.database_url), cache)
    context.version()  # with the indicators that were declared before
    return context
