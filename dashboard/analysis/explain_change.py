"""Explains why a figure changed: its change split, read from points, or why there is no split."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.analysis.change import ComparedFigure
from dashboard.analysis.comparisons import refusal_of
from dashboard.analysis.decomposition import (
    AreaEffect,
    Fraction,
    agrees,
    split_rate,
    split_sum,
    together,
)
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value
from dashboard.analysis.points import Points
from dashboard.analysis.series_breaks import breaks_between
from dashboard.base.language import Text
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    FigureStatus,
    Indicator,
    Part,
)
from dashboard.catalogue.periods import Period, months_between

Pair = tuple[Point, Point]  # of the earlier and the later period


@dataclass(frozen=True, slots=True)
class Explained:
    """A change in base units (of a rate in its own unit), split; or the reason why it is not.

    ``parts`` are areas or components with their change, the largest first; ``rest`` is what none of
    them accounts for. Of a rate ``effects`` are by area ("" where only the whole is known).
    ``left_out`` are areas without both figures; ``only_common`` says that start and end are those
    of the others alone. ``used`` are the points behind it, ``base`` those they are compared with.
    """

    since: Period
    until: Period
    start: float = 0.0
    end: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    pairs: dict[str, tuple[float, float]] = field(default_factory=dict)
    rest: float = 0.0
    effects: dict[str, AreaEffect] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    of: int = 0
    only_common: bool = False
    used: tuple[Point, ...] = ()
    base: tuple[Point, ...] = ()
    reason: str = ""
    break_name: Text | None = None


def earlier_periods(points: Points, indicator: str, area: str, until: Period) -> list[Period]:
    """Periods with a figure that may be compared with ``until``, newest first.

    A year-to-date figure is compared with the same months of another year only.
    """
    meaning = points.catalogue.indicators[indicator]
    to_date = meaning.accumulation in (Accumulation.YEAR_TO_DATE, Accumulation.OVER_SPAN)
    return [
        period
        for period in reversed(points.periods(indicator, area))
        if period < until and (not to_date or period.month == until.month)
    ]


def usual_since(periods: Sequence[Period], until: Period) -> Period | None:
    """The same month a year before, where it has a figure; else the one nearest to it."""
    wish = until.plus(-12)
    return min(
        periods,
        key=lambda p: (abs(months_between(p, wish)), p.key),
        default=None,
    )


def explain(
    points: Points, indicator: str, area: str, since: Period, until: Period, *, by_area: bool = True
) -> Explained:
    """The change of an indicator in an area between two periods, by area or by component."""
    meaning, blank = points.catalogue.indicators[indicator], Explained(since, until)
    refusal = _refusal(points, meaning, area, since, until)
    if refusal is not None:
        return refusal
    if meaning.aggregation is Aggregation.RATIO:
        return _of_rate(points, meaning, area, blank)
    return _of_sum(points, meaning, area, blank, by_area)


def _refusal(
    points: Points, meaning: Indicator, area: str, since: Period, until: Period
) -> Explained | None:
    ends = [points.point(meaning.id, area, period) for period in (since, until)]
    reason, name = "", None
    if meaning.accumulation is Accumulation.OVER_SPAN:
        reason = "over_span"
    elif breaks := breaks_between(points.catalogue, points.areas, meaning.id, area, since, until):
        reason, name = "break_between", breaks[-1].name
    elif any(end is not None and end.status == FigureStatus.DISPUTED for end in ends):
        reason = "disputed"
    elif meaning.aggregation is Aggregation.NONE:
        reason = "no_parts"
    else:
        keys = [FigureKey(meaning.id, area, period) for period in (since, until)]
        then, now = map(ComparedFigure, keys, ends)
        refusal = refusal_of(points, meaning, now, then)
        reason = refusal.reason if refusal else ""
    return Explained(since, until, reason=reason, break_name=name) if reason else None


def _pair(points: Points, indicator: str, area: str, at: Explained) -> Pair | None:
    """The two points, where both have a value."""
    then, now = (points.point(indicator, area, period) for period in (at.since, at.until))
    return (then, now) if has_value(then) and has_value(now) else None


def _values(pair: Pair) -> tuple[float, float]:
    return pair[0].amount, pair[1].amount


@dataclass(frozen=True, slots=True)
class _Sums:
    """The parts of a sum with both figures, and the names of all that could have them."""

    pairs: dict[str, Pair]
    names: tuple[str, ...]

    def values(self, which: int) -> dict[str, float]:
        """The earlier (0) or the later (1) values by name."""
        return {name: pair[which].amount for name, pair in self.pairs.items()}

    @property
    def unpaired(self) -> tuple[str, ...]:
        """Those that lack a figure."""
        return tuple(name for name in self.names if name not in self.pairs)


def _sums(points: Points, meaning: Indicator, area: str, at: Explained, by_area: bool) -> _Sums:
    """The parts by area, or by component."""
    if by_area:
        names = [child.code for child in points.areas.children(area, at.until)]
        each = {name: _pair(points, meaning.id, name, at) for name in names}
    else:
        names = [child.id for child in points.catalogue.children(meaning.id, Part.COMPONENT)]
        each = {name: _pair(points, name, area, at) for name in names}
    return _Sums({name: pair for name, pair in each.items() if pair}, tuple(each))


def _of_sum(
    points: Points, meaning: Indicator, area: str, at: Explained, by_area: bool
) -> Explained:
    whole = _pair(points, meaning.id, area, at)
    sums = _sums(points, meaning, area, at, by_area)
    if whole is None or len(sums.pairs) < 2:
        return Explained(at.since, at.until, reason="no_parts" if whole else "no_base")
    then, now = sums.values(0), sums.values(1)
    start, end = _values(whole)
    only_common = set(whole[0].missing) != set(whole[1].missing)
    if only_common:
        start, end = math.fsum(then.values()), math.fsum(now.values())
    parts, rest = split_sum(end - start, then, now)
    pairs = [whole, *sums.pairs.values()]
    return Explained(
        at.since,
        at.until,
        start,
        end,
        parts,
        {name: (then[name], now[name]) for name in sums.pairs},
        rest,
        left_out=sums.unpaired if by_area else (),
        of=len(sums.names),
        only_common=only_common,
        used=tuple(pair[1] for pair in pairs),
        base=tuple(pair[0] for pair in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Rate:
    """Numerator and denominator of a rate in both periods, and the points they are read from."""

    then: Fraction
    now: Fraction
    base: tuple[Point, ...]
    used: tuple[Point, ...]


def _rate(points: Points, meaning: Indicator, area: str, at: Explained) -> _Rate | None:
    """The rate in both periods; None where a side is missing, incomplete or not above 0."""
    top = _pair(points, meaning.numerator, area, at)
    bottom = _pair(points, meaning.denominator, area, at)
    if top is None or bottom is None or any(point.partial for point in (*top, *bottom)):
        return None
    months = (at.since.month, at.until.month) if meaning.per_month else (1, 1)
    then = Fraction(top[0].amount, bottom[0].amount * months[0])
    now = Fraction(top[1].amount, bottom[1].amount * months[1])
    if then.denominator <= 0 or now.denominator <= 0:
        return None
    return _Rate(then, now, (top[0], bottom[0]), (top[1], bottom[1]))


def _of_rate(points: Points, meaning: Indicator, area: str, at: Explained) -> Explained:
    below = [child.code for child in points.areas.children(area, at.until)]
    each = {code: _rate(points, meaning, code, at) for code in below}
    rates = {code: rate for code, rate in each.items() if rate is not None}
    missing = tuple(code for code in below if code not in rates)
    whole = _rate(points, meaning, area, at)
    if whole is not None and not _makes_up(whole, rates):
        # What is known below is not the whole: only its own two sides are told apart.
        rates, missing = {"": whole}, ()
    if not rates:
        return Explained(at.since, at.until, reason="no_parts")
    return replace(
        _split(rates, at, meaning.unit.multiplier),
        left_out=missing,
        of=len(below),
        only_common=whole is None,
    )


def _split(rates: Mapping[str, _Rate], at: Explained, times: float) -> Explained:
    """The change of a rate that those of the parts make up, the largest effect first."""
    then = {code: rate.then for code, rate in rates.items()}
    now = {code: rate.now for code, rate in rates.items()}
    effects = split_rate(then, now, times)
    order = sorted(effects, key=lambda code: (-abs(effects[code].total), code))
    return replace(
        at,
        start=together(then).rate * times,
        end=together(now).rate * times,
        pairs={code: (then[code].rate * times, now[code].rate * times) for code in order},
        effects={code: effects[code] for code in order},
        used=tuple(point for rate in rates.values() for point in rate.used),
        base=tuple(point for rate in rates.values() for point in rate.base),
    )


def _makes_up(whole: _Rate, rates: Mapping[str, _Rate]) -> bool:
    """Whether the parts' figures add up to those of the whole in both periods."""
    if not rates:
        return False
    then = together({code: rate.then for code, rate in rates.items()})
    now = together({code: rate.now for code, rate in rates.items()})
    sides = zip((*whole.then, *whole.now), (*then, *now), strict=True)
    return all(agrees(own, summed) for own, summed in sides)
