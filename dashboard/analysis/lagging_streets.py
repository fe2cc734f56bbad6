"""Works out which streets hold a target back, and by how much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dashboard.analysis.actuals import done_by
from dashboard.analysis.contributions import REST, Contribution
from dashboard.analysis.point import has_value, is_complete
from dashboard.analysis.points import Points
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_task import Manner
from dashboard.catalogue.periods import Period

MOST = 3
_RISING = (Manner.SPEND, Manner.LIMIT, Manner.FALL)  # more is worse
_COUNTED = (Manner.ADD, Manner.REACH, Manner.DO)


class By(StrEnum):
    """What the amounts of the streets are."""

    GAP = "gap"  # each street's part of the gap
    LEAST = "least"  # what was done since the target's start, least first
    RISE = "rise"  # how much more than a year before, most first
    NONE = "none"  # no street has a figure


class StreetPart(NamedTuple):
    """A street and its amount in base units; of a rate, in those of its numerator."""

    area: str
    value: float


@dataclass(frozen=True, slots=True)
class Holdbacks:
    """The streets that hold a target back, at most ``MOST``, the worst first.

    ``share`` is what they make up of the gap, in percent, None where others are ahead. ``short`` of
    ``known`` streets are below what is due of them; ``idle`` ones have brought nothing.
    """

    by: By = By.NONE
    streets: tuple[StreetPart, ...] = ()
    share: float | None = None
    short: int = 0
    known: int = 0
    idle: tuple[str, ...] = ()


def of_parts(contributions: Sequence[Contribution], parts: Sequence[Progress]) -> Holdbacks:
    """The streets with the largest parts of a gap; none where the gap is not theirs."""
    streets = [contribution for contribution in contributions if contribution.area != REST]
    short = sorted(
        (street for street in streets if street.value < 0),
        key=lambda contribution: contribution.value,
    )
    if not short:
        return Holdbacks()
    worst = short[:MOST]
    gap = math.fsum(contribution.value for contribution in contributions)
    together = math.fsum(contribution.value for contribution in worst)
    share = together / gap * 100 if gap < 0 and len(short) == len(streets) else None
    idle = tuple(part.area for part in parts if _brought_nothing(part))
    chosen = tuple(StreetPart(contribution.area, -contribution.value) for contribution in worst)
    return Holdbacks(By.GAP, chosen, share, len(short), len(streets), idle)


def _brought_nothing(part: Progress) -> bool:
    task = part.task
    return task is not None and task.manner in _COUNTED and task.total > 0 and task.done <= 0


def of_levels(row: Progress, points: Points, streets: Sequence[str]) -> Holdbacks:
    """Where no street has a part in a target: who did least, or rose most on the year before.

    Streets are compared only where every one of them is known.
    """
    task, at = row.task, row.actual_period
    if task is None or at is None or not streets:
        return Holdbacks()
    rises = task.manner in _RISING
    if not rises and task.manner not in _COUNTED:
        return Holdbacks()
    back = _year_before if rises else _since_start
    amounts = {code: back(row, points, code, at) for code in streets}
    known = [StreetPart(code, amount) for code, amount in amounts.items() if amount is not None]
    if len(known) < len(amounts):
        return Holdbacks()
    return _most_or_least(known, rises)


def _most_or_least(parts: Sequence[StreetPart], rises: bool) -> Holdbacks:
    """The streets that rose most, or did least."""
    sign = -1 if rises else 1
    ordered = sorted(parts, key=lambda part: (sign * part.value, part.area))
    chosen = tuple(part for part in ordered[:MOST] if part.value > 0 or not rises)
    if not chosen:
        return Holdbacks()
    return Holdbacks(By.RISE if rises else By.LEAST, chosen, known=len(parts))


def _done(row: Progress, points: Points, area: str, at: Period) -> float | None:
    start = row.target.start
    first = Period(start.year - (row.target.period.year - at.year), start.month)
    point = done_by(points, row.target.indicator, area, min(first, at), at)
    return point.value if has_value(point) and is_complete(point) else None


def _since_start(row: Progress, points: Points, area: str, at: Period) -> float | None:
    """What an area has brought since the target's start."""
    now = _done(row, points, area, at)
    if now is None or row.task is None or row.task.manner is not Manner.ADD:
        return now
    start = row.base_period or row.target.start.plus(-1)
    before = points.value(row.target.indicator, area, start)
    return None if before is None else now - before


def _year_before(row: Progress, points: Points, area: str, at: Period) -> float | None:
    """How much more an area has than at the same time of the year before."""
    then = at.plus(-12)
    if points.is_broken(area, then, at):
        return None
    now, before = _done(row, points, area, at), _done(row, points, area, then)
    return None if now is None or before is None else now - before
