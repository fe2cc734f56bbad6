"""Checks a file's figures with the stored ones they belong to: totals, parts, rates, streets.

Rules about figures of one period look at everything that the hand-in touches, whichever file it
came in. A finding stands at the cell of the figure it speaks of; of a stored one at the sheet to
which that belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import (
    Figure,
    FigureKind,
    FigureStatus,
    Finding,
    Indicator,
    Observation,
    Source,
)
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.check import ACROSS, check, shipped_rules
from dashboard.intake.forms.rules.rules import Handed
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query


def check_across_files(
    engine: Engine,
    own: Sequence[Observation],
    catalogue: Catalogue,
    areas: Areas,
    handed: dict[str, Handed],
) -> list[Finding]:
    """What the file's figures and the stored ones beside them contradict, and neither do alone."""
    if not own:
        return []
    related = _read_related(engine, own, catalogue, areas)
    if not related:
        return []
    stored = _lent_places(related, own, areas)
    if not stored:
        return []
    before = set(check(stored, catalogue, areas, kinds=ACROSS, handed=handed))
    together = check([*own, *stored], catalogue, areas, kinds=ACROSS, handed=handed)
    return [finding for finding in together if finding not in before]


def _read_related(
    engine: Engine, own: Sequence[Observation], catalogue: Catalogue, areas: Areas
) -> list[Figure]:
    """The stored figures of the same periods that stand with the file's in a total or a rate."""
    present = {observation.indicator for observation in own} & catalogue.indicators.keys()
    query = Query(
        sorted(_related_indicators(present, catalogue)),
        sorted(_related_areas({observation.area for observation in own}, areas)),
        periods=sorted({observation.period for observation in own}),
    )
    figures = read_figures(engine, query)
    if not figures:
        return []
    keys = {observation.key for observation in own}
    return [figure for figure in figures if _key_of(figure) not in keys]


def _key_of(figure: Figure) -> tuple[str, str, int, str]:
    return (figure.indicator, figure.area, figure.period.key, figure.kind)


def _related_indicators(present: set[str], catalogue: Catalogue) -> set[str]:
    """Totals, parts, numerators, denominators and rates of these, and what rules name with them."""
    related = set(present)
    for name in present:
        related |= set(_of_total(catalogue.indicators[name], catalogue))
    for indicator in catalogue.indicators.values():
        if {indicator.numerator, indicator.denominator} & present:
            related |= {indicator.id, indicator.numerator, indicator.denominator}
    for rule in shipped_rules(catalogue):
        if rule.kind in ACROSS and present & set(rule.indicators):
            related |= set(rule.indicators)
    return (related - {""}) & catalogue.indicators.keys()


def _of_total(indicator: Indicator, catalogue: Catalogue) -> Iterator[str]:
    """The indicator's total, the other parts of it, its own parts, and the sides of a rate."""
    yield from (indicator.parent, indicator.numerator, indicator.denominator)
    for total in filter(None, (indicator.id, indicator.parent)):
        yield from (child.id for child in catalogue.children(total))


def _related_areas(present: set[str], areas: Areas) -> set[str]:
    """These areas, those above them, and all directly below either."""
    heads = present | {area.parent for code in present if (area := areas.get(code))} - {""}
    return heads | {child.code for head in heads for child in areas.children(head)}


def _lent_places(
    figures: Iterable[Figure], own: Sequence[Observation], areas: Areas
) -> list[Observation]:
    """The stored figures as observations, each at the sheet with the figure nearest to it."""
    places = _Places(own, areas)
    lent = []
    for figure in figures:
        source = places.nearest(figure)
        if source is not None:
            lent.append(
                Observation(
                    figure.indicator,
                    figure.area,
                    figure.period,
                    figure.value,
                    FigureKind(figure.kind),
                    FigureStatus(figure.status),
                    figure.since,
                    source._replace(row=0, column=""),
                )
            )
    return lent


class _Places:
    """Where the file's figures stand, by what a stored one may have in common with them."""

    def __init__(self, own: Sequence[Observation], areas: Areas) -> None:
        self._areas = areas
        self._families: dict[str, list[str]] = {}
        self._of_indicator: dict[tuple[str, Period], Source] = {}
        self._of_area: dict[tuple[str, Period], Source] = {}
        self._of_family: dict[tuple[str, Period], Source] = {}
        for observation in own:
            self._of_indicator.setdefault(
                (observation.indicator, observation.period), observation.source
            )
            if (observation.area, observation.period) in self._of_area:
                continue  # its family has its place already
            self._of_area[observation.area, observation.period] = observation.source
            for code in self._family(observation.area):
                self._of_family.setdefault((code, observation.period), observation.source)

    def nearest(self, figure: Figure) -> Source | None:
        """The place of a figure of the same area and period, else indicator, else family."""
        period = figure.period
        return (
            self._of_area.get((figure.area, period))
            or self._of_indicator.get((figure.indicator, period))
            or self._of_family.get((figure.area, period))
        )

    def _family(self, code: str) -> list[str]:
        """The area above, and all below either."""
        if code not in self._families:
            self._families[code] = sorted(_related_areas({code}, self._areas))
        return self._families[code]
