"""Works out where a year ends if it goes on as before: one stated, simple method and its range."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.pace import Pace
from dashboard.analysis.point import Point, is_complete
from dashboard.analysis.target_goals import Goal

HISTORICAL, LINEAR, REACHED = "historical", "linear", "reached"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The figure expected on the date due, base units; ``low`` and ``high`` where there is history.

    ``method`` is "historical" (to date ÷ median share of the earlier years at this month),
    "linear" (on as so far, by the calendar) or "reached" (the date is there); empty without any.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = ""


NO_FORECAST = Forecast()


def forecast(goal: Goal, actual: Point, pace: Pace, flows: bool, ended: bool) -> Forecast:
    """The forecast of what was done by now; none for an incomplete total."""
    if not is_complete(actual):
        return NO_FORECAST
    if ended:
        return Forecast(actual.value, method=REACHED)
    if flows:
        return _of_flow(actual.amount, pace)
    if goal.base is None or goal.start is None or not pace.calendar:
        return NO_FORECAST
    return Forecast(goal.start + (actual.amount - goal.start) / pace.calendar, method=LINEAR)


def _of_flow(value: float, pace: Pace) -> Forecast:
    """By the earlier years' share at this month where there are any, else by the calendar."""
    share = pace.historical
    if not share:
        return Forecast(value / pace.calendar, method=LINEAR) if pace.calendar else NO_FORECAST
    low, high = pace.range or (0.0, 0.0)
    if not low:
        return Forecast(value / share, method=HISTORICAL)
    return Forecast(value / share, value / high, value / low, HISTORICAL)
