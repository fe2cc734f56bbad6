"""Keeps indicators of a bureau's own: declared on the screen, checked, exported as CSV."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator, Polarity, Unit
from dashboard.exports.csv_lines import csv_line
from dashboard.exports.formulas import harmless
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import signature
from dashboard.services.context import Context
from dashboard.store.declared import Declaration, StoredDeclaration, keep_declared, read_declared

BASES = (Accumulation.END_OF_PERIOD, Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)
AGGREGATIONS = (Aggregation.SUM, Aggregation.NONE, Aggregation.RATIO)
CSV_COLUMNS = (
    "id,name_zh,name_en,topic,unit,decimals,accumulation,aggregation,numerator,denominator,"
    "polarity,source"
)
_OF_ONE_KIND = ("percent", "permille", "multiple")  # dimensions of one quantity over its like
_OF_MONEY = ("money", "money_per_person")
_OF_TWO_KINDS = ("rate",)


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

    def declare(self, declaration: Declaration, by: str) -> str:
        """Checks and keeps an indicator; returns its id. Raises NotDeclarable and StoreError.

        ``declaration.unit`` may be any spelling of a unit: figures are kept in its base unit.
        """
        by = signature(by)
        if not by:
            raise NotDeclarable("declare_by_needed")
        engine = self._context.engine
        identity = keep_declared(engine, self._checked(declaration), by, datetime.now(UTC))
        Audit(engine).note("declare", f"{identity}: {declaration.name}", by)
        self._context.version()  # known here at once
        return identity

    def _checked(self, declaration: Declaration) -> Declaration:
        self._context.version()
        catalogue, name = self._context.catalogue, "".join(declaration.name.split())
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
            if getattr(declaration, field) not in allowed:
                raise NotDeclarable(f"declare_{field}_needed")
        unit = self._base_unit(declaration.unit)
        numerator, denominator = self._parts(declaration, unit)
        return declaration._replace(
            name=name, unit=unit.id, numerator=numerator, denominator=denominator
        )

    def _parts(self, declaration: Declaration, unit: Unit) -> tuple[str, str]:
        """The ids of what a ratio is made of; empty of what is no ratio. Raises NotDeclarable."""
        if declaration.aggregation != Aggregation.RATIO:
            if declaration.numerator.strip() or declaration.denominator.strip():
                raise NotDeclarable("declare_no_ratio")
            return "", ""
        top = self._part(declaration.numerator, "declare_numerator")
        bottom = self._part(declaration.denominator, "declare_denominator")
        if top.id == bottom.id:
            raise NotDeclarable("declare_parts_alike")
        if declaration.accumulation not in (top.accumulation, bottom.accumulation):
            raise NotDeclarable("declare_ratio_basis")
        alike = top.unit.dimension == bottom.unit.dimension
        fits = (
            unit.dimension in _OF_TWO_KINDS
            or (unit.dimension in _OF_ONE_KIND and alike)
            or (unit.dimension in _OF_MONEY and top.unit.dimension == "money")
        )
        if not fits:
            raise NotDeclarable(
                "declare_ratio_unit", unit=unit.name.zh, top=top.name.zh, bottom=bottom.name.zh
            )
        return top.id, bottom.id

    def _part(self, name: str, key: str) -> Indicator:
        """The indicator that a person names, whose streets add up. Raises NotDeclarable."""
        indicator = self._context.catalogue.find_indicator(name) if name.strip() else None
        if indicator is None:
            raise NotDeclarable(f"{key}_needed", name=name.strip() or "—")
        if indicator.aggregation is not Aggregation.SUM:
            raise NotDeclarable("declare_part_adds_up", name=indicator.name.zh)
        return indicator

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
        lines = [csv_line(CSV_COLUMNS.split(","))]
        for declaration in self.all():
            fields = declaration.fields
            decimals = "1" if fields.numerator else "0"
            row = [declaration.id, fields.name, "", fields.topic, fields.unit, decimals]
            row += [fields.accumulation, fields.aggregation, fields.numerator, fields.denominator]
            row += [fields.polarity, f"{declaration.by} {declaration.when:%Y-%m-%d}"]
            lines.append(csv_line(map(harmless, row)))
        return "".join(lines).encode("utf-8-sig")
