"""Defines a change: the two figures it was computed from, and everything that follows from them.

Its label (同比, 环比, 比上季度) is derived from the two periods, never chosen apart from them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value, value_of
from dashboard.base.language import Text
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Accumulation, FigureStatus, Indicator, Polarity
from dashboard.catalogue.periods import Period, months_between


class Label(StrEnum):
    """What a change is called, by how far its two periods are apart."""

    YEAR_ON_YEAR = "year_on_year"  # 同比
    ON_MONTH = "on_month"  # 环比
    ON_QUARTER = "on_quarter"
    ON_HALF_YEAR = "on_half_year"


_LABELS = {
    1: Label.ON_MONTH,
    3: Label.ON_QUARTER,
    6: Label.ON_HALF_YEAR,
    12: Label.YEAR_ON_YEAR,
}


class Side(NamedTuple):
    """One of the two figures that are compared, and its value in base units."""

    figure: FigureKey
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A comparison of two figures of one quantity, or why there is none.

    ``now`` and ``then`` name both figures with their values. ``value`` is in percent, or in points
    where ``kind`` is "points"; ``absolute`` in base units. ``word`` is up, down or unchanged;
    ``tone`` better, worse, neutral or none. ``reason`` is the key of the word of a refusal.
    ``is_approximate`` where one of the two figures was stated as 约, 多, 余: so is the change.
    Raises ValueError where no comparison has a name for two such periods.
    """

    now: Side
    then: Side
    value: float | None = None
    absolute: float | None = None
    kind: str = "percent"
    word: str = ""
    tone: str = "none"
    reason: str = ""
    break_name: Text | None = None
    is_approximate: bool = False

    def __post_init__(self) -> None:
        """Refuses a pair that is of two quantities or areas, or has no name."""
        same = self.now.figure[:2] == self.then.figure[:2]
        if not same or self.apart not in _LABELS:
            raise ValueError(f"no comparison of {self.now.figure} with {self.then.figure}")

    @property
    def apart(self) -> int:
        """How many months lie between the two periods."""
        return months_between(self.then.figure.period, self.now.figure.period)

    @property
    def label(self) -> Label:
        """What the change is called."""
        return _LABELS[self.apart]

    @property
    def base(self) -> Period:
        """The period that is compared with."""
        return self.then.figure.period


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure that is compared: its key and its point."""

    figure: FigureKey
    point: Point | None

    @property
    def side(self) -> Side:
        """The figure with its value."""
        return Side(self.figure, value_of(self.point))


def kind_of_change(indicator: Indicator) -> str:
    """In what a change is given: "points" of a rate, "percent" of anything else."""
    return "points" if indicator.is_rate else "percent"


def refused(
    indicator: Indicator,
    now: ComparedFigure,
    then: ComparedFigure,
    reason: str,
    break_name: Text | None = None,
) -> Change:
    """The change of two figures that are not compared, with the reason why."""
    kind = kind_of_change(indicator)
    return Change(now.side, then.side, kind=kind, reason=reason, break_name=break_name)


class Difference(NamedTuple):
    """What lies between two values of one quantity; the fields are those of a ``Change``."""

    value: float | None = None
    absolute: float | None = None
    kind: str = "percent"
    word: str = ""
    tone: str = "none"
    reason: str = ""
    is_approximate: bool = False


def difference_of(indicator: Indicator, now: Point | None, then: Point | None) -> Difference:
    """The difference of two points: of a rate in points, else in percent of the earlier one."""
    kind, reason = kind_of_change(indicator), _reason(now, then)
    if reason or not has_value(now) or not has_value(then):
        return Difference(kind=kind, reason=reason)
    absolute = now.amount - then.amount
    value, reason = _measured(indicator, absolute, then.amount)
    about = now.is_approximate or then.is_approximate
    if value is None:
        return Difference(None, absolute, kind, reason=reason, is_approximate=about)
    word = _direction(half_up(value, 1))
    return Difference(value, absolute, kind, word, _tone(indicator, word), "", about)


def compare(indicator: Indicator, now: ComparedFigure, then: ComparedFigure) -> Change:
    """Two figures of one quantity; a rate in points, everything else in percent of the base.

    Raises ValueError where a running total would be compared with another month of its year.
    """
    _assert_same_months(indicator, now.figure, then.figure)
    change = Change(now.side, then.side)
    return replace(change, **difference_of(indicator, now.point, then.point)._asdict())


def _assert_same_months(indicator: Indicator, now: FigureKey, then: FigureKey) -> None:
    """A running total is compared with the same months of another year only."""
    apart = months_between(then.period, now.period)
    total = indicator.accumulation is Accumulation.YEAR_TO_DATE
    months = {key.months or key.period.month for key in (now, then)}
    if total and apart < 12 and months != {apart}:
        raise ValueError(f"{now} is a running total: not to be compared with {then}")


def _reason(now: Point | None, then: Point | None) -> str:
    """Why two points are not compared; "" where they are."""
    if not has_value(now):
        return "not_reported"
    if not has_value(then):
        return "no_base"
    if FigureStatus.DISPUTED in (now.status, then.status):
        return "disputed"
    return "partial_differs" if set(now.missing) != set(then.missing) else ""


def _measured(indicator: Indicator, absolute: float, base: float) -> tuple[float | None, str]:
    """A difference in points or in percent of its base; None and the reason where neither is."""
    if indicator.is_rate:
        return absolute, ""
    if base == 0:
        return (None, "zero_base") if absolute else (0.0, "")
    if abs(base) < indicator.base_min:
        return None, "base_too_small"
    return absolute / abs(base) * 100, ""


def _direction(rounded: float) -> str:
    if rounded > 0:
        return "up"
    return "down" if rounded < 0 else "unchanged"


def _tone(indicator: Indicator, word: str) -> str:
    if word == "unchanged":
        return "none"
    if indicator.polarity is Polarity.NEUTRAL:
        return "neutral"
    return "better" if (word == "up") == (indicator.polarity is Polarity.HIGHER_BETTER) else "worse"
