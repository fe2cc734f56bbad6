"""Finds lines not understood but named: mapped by a person, or by an indicator's whole name."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.intake.forms.files.cells import text_of
from dashboard.intake.forms.mapping import mapping_key
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.places import names_period
from dashboard.intake.understanding.printed_units import PrintedUnits
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column
from dashboard.intake.understanding.table_rows import Row
from dashboard.intake.understanding.title_words import TitleWords
from dashboard.intake.understanding.whole_names import WholeNames


@dataclass(frozen=True, slots=True)
class Line:
    """A line or column that is not understood.

    ``name`` is how a person maps it, ``mapped`` what somebody mapped it to (None where nobody
    did, empty where it is left out), ``indicator`` what is read of it, or empty, ``basis`` what
    the sheet says of its basis, or empty.
    """

    name: str
    mapped: str | None
    indicator: str
    basis: str = ""


class NamedLines:
    """Names the lines of one table that are not understood."""

    def __init__(
        self, table: Table, names: WholeNames, units: PrintedUnits, titles: TitleWords
    ) -> None:
        """Names are looked up among those of the table's catalogue."""
        self._table, self._names, self._units, self._titles = table, names, units, titles

    def line(self, gap: Gap, column: Column, row: Row) -> Line:
        """The line of a figure that a gap keeps from being understood."""
        name = self._name(column, row)
        mapped = self._mapped(name)
        indicator = self._declared(gap, column, row) if mapped is None else mapped
        known = indicator in self._table.known.catalogue.indicators
        basis = self._names.stated_basis((*column.inner, *row.phrases))
        return Line(name, mapped, indicator if known else "", basis)

    def _declared(self, gap: Gap, column: Column, row: Row) -> str:
        """The indicator outside the grid that a line names, where no title makes it another."""
        if self._titles.gap((*column.inner, *row.phrases)):
            return ""
        return self._names.declared(gap, column, row)

    def _mapped(self, name: str) -> str | None:
        mapped = self._table.known.answers.mapped
        of_name = mapped.get(mapping_key(name))
        without_unit = name.rpartition("(")[0] or name
        return of_name if of_name is not None else mapped.get(mapping_key(without_unit))

    def _name(self, column: Column, row: Row) -> str:
        labels = [" ".join(text_of(phrase.text).split()) for phrase in row.phrases[:1]]
        words = [*self._table.headed.other_headings(column.at), *labels]
        name = "/".join(word for word in words if word and not names_period(word))
        unit = self._units.printed(column, row)
        return f"{name}({unit.name.zh})" if unit and unit.name.zh not in name else name
