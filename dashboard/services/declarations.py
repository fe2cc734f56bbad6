"""Indicators of a bureau's own: declared on the screen, checked, kept, exported as CSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from dashboard.catalogue.concepts import Accumulation, Aggregation, Polarity, Unit
from dashboard.services.context import Context
from dashboard.store.declared import Declaration, StoredDeclaration, keep_declared, read_declared

BASES = (Accumulation.END_OF_PERIOD, Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)
AGGREGATIONS = (Aggregation.SUM, Aggregation.NONE)  # a ratio needs two indicators: a file's row
CSV_COLUMNS = "id,name_zh,name_en,topic,unit,decimals,accumulation,aggregation,polarity,source"


class NotDeclarable(ValueError):
    """A field that cannot be used; ``key`` is a key of words."""

    def __init__(self, key: str, **values: object) -> None:
        """Keeps what the sentence needs."""
        super().__init__(key)
        self.key, self.values = key, values


class Declarations:
    """Declares indicators, which every process knows with the next data version. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep them in the store of this context."""
        self._context = context

    def all(self) -> list[StoredDeclaration]:
        """All declared indicators, oldest first."""
        return read_declared(self._context.engine)

    def declare(self, asked: Declaration, by: str) -> str:
        """Checks and keeps an indicator; returns its id. Raises NotDeclarable and StoreError.

        ``asked.unit`` may be any spelling of a unit: figures are kept in its base unit.
        """
        if not by.strip():
            raise NotDeclarable("declare_by_needed")
        identity = keep_declared(
            self._context.engine, self._checked(asked), by.strip(), datetime.now(UTC)
        )
        self._context.version()  # known here at once
        return identity

    def _checked(self, asked: Declaration) -> Declaration:
        catalogue, name = self._context.catalogue, "".join(asked.name.split())
        self._context.version()
        if not 2 <= len(name) <= 60:
            raise NotDeclarable("declare_name_needed")
        known = catalogue.find_indicator(name)
        if known is not None:
            raise NotDeclarable("declare_name_taken", name=name, id=known.id)
        choices = (
            ("accumulation", [*map(str, BASES)]),
            ("aggregation", [*map(str, AGGREGATIONS)]),
            ("polarity", [*map(str, Polarity)]),
            ("topic", [*catalogue.topics]),
        )
        for field, allowed in choices:
            if getattr(asked, field) not in allowed:
                raise NotDeclarable(f"declare_{field}_needed")
        return asked._replace(name=name, unit=self._base_unit(asked.unit).id)

    def _base_unit(self, spelling: str) -> Unit:
        units = self._context.catalogue.units
        unit = self._context.catalogue.find_unit(spelling)
        if unit is None:
            raise NotDeclarable("declare_unit_unknown", unit=spelling.strip() or "—")
        if unit.factor == 1:
            return unit
        return next(
            sibling_unit
            for sibling_unit in units.values()
            if sibling_unit.dimension == unit.dimension and sibling_unit.factor == 1
        )

    def csv(self) -> bytes:
        """The declared indicators as an indicators.csv of a bureau's own catalogue."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(CSV_COLUMNS.split(","))
        for declaration in self.all():
            name, unit, accumulation, aggregation, polarity, topic = declaration.fields
            source = f"{declaration.by} {declaration.when:%Y-%m-%d}"
            rows.writerow(
                [
                    declaration.id,
                    name,
                    "",
                    topic,
                    unit,
                    0,
                    accumulation,
                    aggregation,
                    polarity,
                    source,
                ]
            )
        return text.getvalue().encode("utf-8-sig")
