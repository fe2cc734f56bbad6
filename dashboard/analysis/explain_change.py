"""Why a figure changed: the split of its change, read from points, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.analysis.decomposition import (
    Effect,
    Fraction,
    agrees,
    split_rate,
    split_sum,
    together,
)
from dashboard.analysis.point import Point
from dashboard.analysis.points import Points
from dashboard.analysis.transforms import breaks_between
from dashboard.base.language import Text
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    FigureStatus,
    Indicator,
    Part,
)
from dashboard.catalogue.periods import Period

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
    effects: dict[str, Effect] = field(default_factory=dict)
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
        key=lambda p: (abs((p.year - wish.year) * 12 + p.month - wish.month), p.key),
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
    elif found := breaks_between(points.catalogue, points.areas, meaning.id, area, since, until):
        reason, name = "break_between", found[-1].name
    elif any(end is not None and end.status == FigureStatus.DISPUTED for end in ends):
        reason = "disputed"
    elif meaning.aggregation is Aggregation.NONE:
        reason = "no_parts"
    return Explained(since, until, reason=reason, break_name=name) if reason else None


def _pair(points: Points, indicator: str, area: str, at: Explained) -> Pair | None:
    """The two points, where both have a complete value."""
    then, now = (points.point(indicator, area, period) for period in (at.since, at.until))
    if then is None or now is None or then.value is None or now.value is None:
        return None
    return then, now


def _values(pair: Pair) -> tuple[float, float]:
    return pair[0].value or 0.0, pair[1].value or 0.0


def _of_sum(
    points: Points, meaning: Indicator, area: str, at: Explained, by_area: bool
) -> Explained:
    whole = _pair(points, meaning.id, area, at)
    below = [one.code for one in points.areas.children(area, at.until)] if by_area else []
    components = points.catalogue.children(meaning.id, Part.COMPONENT)
    if by_area:
        pairs = {code: _pair(points, meaning.id, code, at) for code in below}
    else:
        pairs = {child.id: _pair(points, child.id, area, at) for child in components}
    found = {name: pair for name, pair in pairs.items() if pair is not None}
    if whole is None or len(found) < 2:
        return Explained(at.since, at.until, reason="no_parts" if whole else "no_base")
    then = {name: _values(pair)[0] for name, pair in found.items()}
    now = {name: _values(pair)[1] for name, pair in found.items()}
    common = set(whole[0].missing) != set(whole[1].missing)
    start, end = _values(whole)
    if common:
        start, end = math.fsum(then.values()), math.fsum(now.values())
    parts, rest = split_sum(end - start, then, now)
    missing = [name for name in pairs if name not in found] if by_area else []
    return Explained(
        at.since,
        at.until,
        start,
        end,
        parts,
        {n: (then[n], now[n]) for n in found},
        rest,
        left_out=tuple(missing),
        of=len(pairs),
        only_common=common,
        used=(whole[1], *(p[1] for p in found.values())),
        base=(whole[0], *(p[0] for p in found.values())),
    )


def _fractions(
    points: Points, meaning: Indicator, area: str, at: Explained
) -> tuple[Fraction, Fraction, tuple[Point, ...]] | None:
    """Numerator and denominator in both periods; None where one is missing or not above 0."""
    top = _pair(points, meaning.numerator, area, at)
    bottom = _pair(points, meaning.denominator, area, at)
    if top is None or bottom is None or any(one.partial for one in (*top, *bottom)):
        return None
    months = (at.since.month, at.until.month) if meaning.per_month else (1, 1)
    then = Fraction(_values(top)[0], _values(bottom)[0] * months[0])
    now = Fraction(_values(top)[1], _values(bottom)[1] * months[1])
    if then.denominator <= 0 or now.denominator <= 0:
        return None
    return then, now, (top[0], bottom[0], top[1], bottom[1])


def _of_rate(points: Points, meaning: Indicator, area: str, at: Explained) -> Explained:
    below = [one.code for one in points.areas.children(area, at.until)]
    each = {code: _fractions(points, meaning, code, at) for code in below}
    found = {code: three for code, three in each.items() if three is not None}
    whole = _fractions(points, meaning, area, at)
    then = {code: three[0] for code, three in found.items()}
    now = {code: three[1] for code, three in found.items()}
    missing = tuple(code for code in below if code not in found)
    if whole is not None and not _makes_up(whole, then, now):
        # What is known below is not the whole: only its own two sides are told apart.
        then, now, found, missing = {"": whole[0]}, {"": whole[1]}, {"": whole}, ()
    if not found:
        return Explained(at.since, at.until, reason="no_parts")
    effects = split_rate(then, now, meaning.unit.multiplier)
    order = sorted(effects, key=lambda code: (-abs(effects[code].total), code))
    times = meaning.unit.multiplier
    points_used = [three[2] for three in found.values()]
    return Explained(
        at.since,
        at.until,
        together(then).rate * times,
        together(now).rate * times,
        pairs={code: (then[code].rate * times, now[code].rate * times) for code in order},
        effects={code: effects[code] for code in order},
        left_out=missing,
        of=len(below),
        only_common=whole is None,
        used=tuple(p for four in points_used for p in four[2:]),
        base=tuple(p for four in points_used for p in four[:2]),
    )


def _makes_up(
    whole: tuple[Fraction, Fraction, tuple[Point, ...]],
    then: dict[str, Fraction],
    now: dict[str, Fraction],
) -> bool:
    """Whether the parts' figures add up to those of the whole in both periods."""
    if not then:
        return False
    sides = zip((*whole[0], *whole[1]), (*together(then), *together(now)), strict=True)
    return all(agrees(one, other) for one, other in sides)
