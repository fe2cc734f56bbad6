"""Compares what a draft's mentions mean with stored figures: they agree, or what the store says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point
from dashboard.analysis.points import Points
from dashboard.catalogue.periods import Period
from dashboard.intake.drafts.meanings import Meant

AGREES, DIFFERS, OTHER_PERIOD, UNIT, CONTRADICTS, ABSENT, HIDDEN = (
    "agrees",
    "differs",
    "other_period",
    "unit",
    "contradicts",
    "absent",
    "hidden",
)
OBJECTED = (DIFFERS, CONTRADICTS, UNIT, OTHER_PERIOD)  # what a draft should be corrected for
NO_AREA, NO_FIGURE = "no_area", "no_figure"
_SLIPS = tuple(Decimal(size) for size in (10, 100, 1000, 10_000, 100_000_000))
_SLIP_SLACK = Decimal("0.005")
_LEAST_DIGITS = 3  # of a value that names the period it is of
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """A mention against the store.

    ``key`` names the stored figure compared with, ``stored`` is its value in base units, or the
    change the stored figures give; None where there is none or it is hidden. ``why`` says what is
    missing where the verdict is absent.
    """

    meant: Meant
    verdict: str
    key: FigureKey | None = None
    stored: float | None = None
    why: str = ""


def compare(meant: Meant, area: str, points: Points) -> Compared:
    """A mention with a meaning, against the points of its area."""
    if not meant.indicator or meant.period is None:
        return Compared(meant, ABSENT, why=meant.why)
    if not area:
        return Compared(meant, ABSENT, why=NO_AREA)
    key = FigureKey(meant.indicator, area, meant.period)
    if meant.change:
        return _changed(meant, key, points)
    point = points.point(*key[:3])
    if point is None or point.value is None or point.partial:
        return _elsewhen(meant, key, points) or Compared(meant, ABSENT, key, why=NO_FIGURE)
    if any(_is_meant(meant, value) for value in (point.value, *point.others)):
        return Compared(meant, AGREES, key, point.value)
    if point.is_approximate and _is_near(meant, point.value):
        return Compared(meant, AGREES, key, point.value)
    return _differs(meant, key, point, points)


def _differs(meant: Meant, key: FigureKey, point: Point, points: Points) -> Compared:
    stored = point.amount
    if _is_slip(meant.value, stored):
        return Compared(meant, UNIT, key, stored)
    return _elsewhen(meant, key, points) or Compared(meant, DIFFERS, key, stored)


def _is_meant(meant: Meant, stored: float) -> bool:
    """Whether a stored value is what is printed, as rounded and qualified there."""
    amount = meant.mention.amount
    value = Decimal(str(round(stored, 6)))
    low, high = amount.bounds
    scale = meant.value / amount.value if amount.value else Decimal(1)  # a year's by its months
    above = low is None or low * scale <= value
    return above and (high is None or value <= high * scale)


def _is_near(meant: Meant, stored: float) -> bool:
    return abs(float(meant.value) - stored) <= 0.1 * abs(stored)


def _is_slip(value: Decimal, stored: float) -> bool:
    """Whether the values differ by a power of ten that units differ by, and nothing else."""
    if not value or not stored:
        return False
    ratio = abs(Decimal(str(stored)) / value)
    return any(
        abs(ratio / slip - 1) <= _SLIP_SLACK or abs(ratio * slip - 1) <= _SLIP_SLACK
        for slip in _SLIPS
    )


def _elsewhen(meant: Meant, key: FigureKey, points: Points) -> Compared | None:
    """The figure of another period that is exactly what is printed; None where there is none."""
    amount = meant.mention.amount
    if not amount.is_exact or len(amount.value.normalize().as_tuple().digits) < _LEAST_DIGITS:
        return None
    same = [
        period
        for period in points.periods(key.indicator, key.area)
        if period != key.period and _is_stored(meant, key, period, points)
    ]
    if not same:
        return None
    nearest = min(same, key=lambda period: abs(_months(period) - _months(key.period)))
    return Compared(
        meant, OTHER_PERIOD, key._replace(period=nearest), points.value(*key[:2], nearest)
    )


def _is_stored(meant: Meant, key: FigureKey, period: Period, points: Points) -> bool:
    value = points.value(key.indicator, key.area, period)
    return value is not None and _is_meant(meant, value)


def _months(period: Period) -> int:
    return period.year * _YEAR + period.month


def _changed(meant: Meant, key: FigureKey, points: Points) -> Compared:
    """A printed change against that of the stored figures."""
    now = points.point(*key[:3])
    then = points.point(key.indicator, key.area, key.period.plus(-meant.back))
    if now is None or then is None or now.value is None or then.value is None:
        return Compared(meant, ABSENT, key, why=NO_FIGURE)
    if now.partial or then.partial or (meant.change == "%" and not then.value):
        return Compared(meant, ABSENT, key, why=NO_FIGURE)
    change = now.amount - then.amount
    if meant.change == "%":
        change = change / then.amount * 100
    amount = meant.mention.amount
    sign = -1 if meant.value < 0 else 1
    low, high = amount.bounds
    size = Decimal(str(round(change, 6))) * sign
    fits = (low is None or low <= size) and (high is None or size <= high)
    return Compared(meant, AGREES if fits else CONTRADICTS, key, change)
