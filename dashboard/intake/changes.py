"""Compares each figure of a hand-in with what is stored."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import NamedTuple

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureKind, FigureStatus, Observation
from dashboard.catalogue.periods import Period
from dashboard.store.earlier_submissions import CurrentFigure, Key, standing_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query

NEW, REVISED, UNCHANGED, MISSING = "new", "revised", "unchanged", "missing"
MARKED = "marked"  # the value stays, whether it is provisional, final or disputed changes
_SAME = 1e-9  # 1.1 万元 and 11,000 元 differ in the last bit only: one value, not two


class FigureDifference(NamedTuple):
    """One figure against what is stored, in base units. Of a missing one the old is all there is.

    ``row`` and ``column`` are in this sheet (0 and "" for a missing figure); ``submission`` is the
    one the old value came with, None where there is none or it stands in the same hand-in.
    ``period`` of a missing figure is that of the old one.
    """

    state: str
    indicator: str
    area: str
    period: Period
    kind: FigureKind
    old: float | None
    new: float | None
    old_status: str
    new_status: str
    row: int
    column: str
    submission: int | None
    grows: bool = True  # whether a rate of change makes sense of this figure

    @property
    def percent(self) -> float | None:
        """The change in percent of the old value; None where that says nothing."""
        if not self.grows or self.old is None or self.new is None or self.old <= 0:
            return None
        return (self.new - self.old) / self.old * 100


def standing_of(engine: Engine, observations: Sequence[Observation]) -> dict[Key, CurrentFigure]:
    """What the store holds of the same quantities in the span of these figures."""
    if not observations:
        return {}
    query = Query(
        sorted({observation.indicator for observation in observations}),
        sorted({observation.area for observation in observations}),
        min(observation.period for observation in observations),
        max(observation.period for observation in observations),
    )
    return standing_figures(engine, query)


def compare(
    observations: Iterable[Observation],
    standing: Mapping[Key, CurrentFigure],
    pending: MutableMapping[Key, CurrentFigure],
    catalogue: Catalogue,
) -> list[FigureDifference]:
    """Each figure that would be stored, once, against the store, in the sheet's order.

    ``pending`` holds what earlier sheets of the same hand-in would make current, and gains this
    sheet's figures.
    """
    stated: dict[Key, list[Observation]] = {}
    for observation in observations:
        stated.setdefault(observation.key, []).append(observation)
    changes = []
    for key, statements in stated.items():
        first, status = _settled(statements)
        old = pending.get(key) or standing.get(key)
        new = CurrentFigure(first.value, status, first.since.key if first.since else None, None)
        changes.append(_change(first, old, new, catalogue))
        pending[key] = new
    return changes


def _settled(statements: list[Observation]) -> tuple[Observation, str]:
    """The statement that will be current and its status: two values make it disputed."""
    if len(statements) == 1:
        return statements[0], statements[0].status.value
    valued = [statement for statement in statements if statement.value is not None]
    first = valued[0] if valued else statements[0]
    if any(not _alike(observation.value, first.value) for observation in valued[1:]):
        return first, FigureStatus.DISPUTED.value
    return first, first.status.value


def _change(
    at: Observation, old: CurrentFigure | None, new: CurrentFigure, catalogue: Catalogue
) -> FigureDifference:
    if old is None:
        state = NEW
    else:
        same = _alike(old.value, new.value) and old.since == new.since
        state = REVISED if not same else UNCHANGED if old.status == new.status else MARKED
    indicator = catalogue.indicators[at.indicator]
    before = old.value if old else None
    grows = not indicator.is_rate and not (before is not None and before < indicator.base_min)
    return FigureDifference(
        state,
        at.indicator,
        at.area,
        at.period,
        at.kind,
        before,
        new.value,
        old.status if old else "",
        new.status,
        at.source.row,
        at.source.column,
        old.submission if old else None,
        grows,
    )


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or math.isclose(one, other, rel_tol=_SAME)
