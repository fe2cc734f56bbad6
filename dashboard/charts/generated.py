"""Makes charts that no topic declares, from what an area has of an indicator.

A chart's name is the indicator's id and what is drawn of it: ``urban_dibao_persons-streets``,
``urban_dibao_persons-by_sex``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.topics import Along, ChartSpec, Kind

STREETS, TREND, PARTS = "streets", "trend", "parts"
BY = "by_"  # a dimension of the grid follows
_KINDS = {
    STREETS: (Kind.BAR, Along.AREA),
    TREND: (Kind.LINE, Along.PERIOD),
    PARTS: (Kind.COMPOSITION, Along.COMPONENT),
}
_WITH_PARTS = (Kind.STACKED, Kind.COMPOSITION)
FEWEST = 2  # streets, periods or parts: a single value is a number and no chart


@dataclass(frozen=True, slots=True)
class Held:
    """What there is of an indicator: periods of the area itself, and areas below that have it."""

    periods: int = 0
    below: int = 0
    periods_below: int = 0  # the most that any of them has

    @property
    def is_single(self) -> bool:
        """Whether it is too little for a chart."""
        return max(self.periods, self.periods_below, self.below) < FEWEST


def generated_spec(topic: str, name: str, catalogue: Catalogue) -> ChartSpec | None:
    """The chart of a name such as ``deaths-trend`` on a topic; None where it names none."""
    indicator, _, drawn = name.rpartition("-")
    known = catalogue.indicators.get(indicator)
    dimension = drawn.removeprefix(BY) if drawn.startswith(BY) else ""
    if known is None or known.topic != topic:
        return None
    if dimension and not catalogue.components(indicator, dimension):
        return None
    if not dimension and drawn not in _KINDS:
        return None
    kind, along = _KINDS[PARTS if dimension else drawn]
    return ChartSpec(
        id=name,
        topic=topic,
        kind=kind,
        indicators=(indicator,),
        along=along,
        dimension=dimension,
    )


def is_generated(topic: str, name: str, catalogue: Catalogue) -> bool:
    """Whether a name is that of a chart that can be made on a topic."""
    return generated_spec(topic, name, catalogue) is not None


def shown_by(specs: Iterable[ChartSpec], catalogue: Catalogue) -> set[str]:
    """The indicators that these charts show, and the components of those shown by parts."""
    shown: set[str] = set()
    for spec in specs:
        shown.update(spec.indicators)
        if spec.kind in _WITH_PARTS:
            parts = catalogue.components(spec.indicators[0], spec.dimension)
            shown.update(part.id for part in parts)
    return shown


def generated_specs(
    topic: str, held: Mapping[str, Held], shown: Collection[str], catalogue: Catalogue
) -> list[ChartSpec]:
    """The charts of what an area has in a topic and no chart shows yet.

    What is shown already is still divided by the dimensions of the grid that are known. Charts by
    street come first, then those of most periods; ``held`` is by indicator.
    """
    suppressed = set(shown)
    names: list[tuple[tuple[int, int, int], str]] = []
    for place, (indicator, has) in enumerate(held.items()):
        if _is_twin(indicator, held, catalogue, shown):
            continue
        whole = [] if indicator in suppressed else _drawn(indicator, has, held, catalogue)
        divided = _divided(indicator, held, catalogue)
        for rank, drawn in enumerate([*whole, *divided]):
            names.append(((rank, -has.below, place), f"{indicator}-{drawn}"))
    specs = (generated_spec(topic, name, catalogue) for _, name in sorted(names))
    return [spec for spec in specs if spec is not None]


def _drawn(indicator: str, has: Held, held: Mapping[str, Held], catalogue: Catalogue) -> list[str]:
    """What can be drawn of an indicator, the most telling first."""
    parts = catalogue.components(indicator)
    drawn = [STREETS] if has.below >= FEWEST else []
    drawn += [TREND] if max(has.periods, has.periods_below) >= FEWEST else []
    drawn += [PARTS] if _several(parts, held) else []
    return drawn


def _divided(indicator: str, held: Mapping[str, Held], catalogue: Catalogue) -> list[str]:
    """The dimensions of the grid in which several parts of an indicator are known.

    Those whose parts are its declared components have a chart already.
    """
    same = {part.id for part in catalogue.components(indicator)}
    return [
        f"{BY}{dimension}"
        for dimension, parts in catalogue.breakdowns(indicator).items()
        if _several(parts, held) and not same.issuperset(part.id for part in parts)
    ]


def _several(parts: Iterable[Indicator], held: Mapping[str, Held]) -> bool:
    """Whether there are so many of the parts that they make a chart."""
    return sum(part.id in held for part in parts) >= FEWEST


def _is_twin(
    indicator: str, held: Mapping[str, Held], catalogue: Catalogue, shown: Collection[str]
) -> bool:
    """Whether a month's own figures are also there since January, for as many areas and months."""
    known = catalogue.indicators[indicator]
    twin = known.linked
    if known.accumulation != "in_month" or not twin:
        return False
    own, other = held[indicator], held.get(twin, Held())
    return (
        other.below >= own.below
        and other.periods >= own.periods
        and (twin in held or twin in shown)
    )
