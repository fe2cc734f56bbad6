"""Releases lists of institutions: few residents of a home can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.analysis.figure_key import FigureKey
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.registers import RegisterTypes
from dashboard.disclosure.store_guard import SmallCounts
from dashboard.store.registers import ListedRow


def suppresses_residents(
    guard: SmallCounts, rows: Sequence[ListedRow], registers: RegisterTypes
) -> bool:
    """Whether the residents of all rows are hidden.

    They are where one home has fewer than the setting, for the others with their total would give
    it away, and where the figure of an area that they add up to is hidden, or leaves so few beside
    those that are listed: a list as of an earlier day may lack a home.
    """
    residents = [row.institution.residents for row in rows]
    if any(value is not None and 0 < value < guard.least for value in residents):
        return True
    figures = list(_figures(rows, registers))
    if any(0 < abs(rest) < guard.least for rest in _rests(guard, rows, registers)):
        return True
    suppressed = guard.suppressed_figures(figures)
    return any(map(suppressed.hides, figures))


def _rests(
    guard: SmallCounts, rows: Sequence[ListedRow], registers: RegisterTypes
) -> Iterable[float]:
    """What the listed residents of an area and type leave of its figure as it stands now."""
    for key in _figures(rows, registers):
        known = guard.value_of(key)
        if known is not None:
            kinds = {
                k
                for k, register_type in registers.types.items()
                if register_type.residents == key.indicator
            }
            yield known - sum(
                row.institution.residents or 0
                for row in rows
                if row.institution.area == key.area
                and row.institution.kind in kinds
                and row.period == key.period
            )


def _figures(rows: Iterable[ListedRow], registers: RegisterTypes) -> Iterable[FigureKey]:
    """The figures of residents that the rows add up to."""
    for area, kind, period in {
        (row.institution.area, row.institution.kind, row.period) for row in rows
    }:
        declared = registers.types.get(kind)
        if declared is not None and declared.residents:
            yield FigureKey(declared.residents, area, period, kind=FigureKind.ACTUAL)
