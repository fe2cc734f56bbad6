"""Names one figure: indicator, area, period, and of how many months it is the amount."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.periods import Period


class FigureKey(NamedTuple):
    """What a shown number is. ``months`` of them end with ``period``; 0 as the figure stands.

    ``kind`` is a FigureKind, "" for what charts show: the actual value, else the standard.
    """

    indicator: str
    area: str
    period: Period
    months: int = 0
    kind: str = ""


def spanning(meaning: Indicator, area: str, period: Period, months: int) -> FigureKey:
    """The key of what happened in ``months``; without them where the figure says so itself."""
    added = meaning.accumulation is Accumulation.IN_MONTH and months > 1
    taken_off = meaning.accumulation is Accumulation.YEAR_TO_DATE and period.month != months
    return FigureKey(meaning.id, area, period, months if added or taken_off else 0)
