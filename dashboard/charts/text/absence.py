"""Says what is missing where nothing can be drawn, and which period has figures."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.topics import Kind
from dashboard.charts.kinds.change_waterfall import why_not
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import wording

# what to say where an area has figures, but not in the detail that a kind of chart needs
_FINER = {
    Kind.BAR: "sentence_nothing_below",
    Kind.TABLE: "sentence_nothing_below",
    Kind.SEASON: "sentence_nothing_monthly",
    Kind.STACKED: "sentence_nothing_parts",
    Kind.COMPOSITION: "sentence_nothing_parts",
}


def _known(frame: Frame) -> set[Period]:
    """Periods for which this kind of chart would have something to draw."""
    below = [area.code for area in frame.areas.children(frame.area)]
    places = below if frame.spec.kind in (Kind.BAR, Kind.TABLE) else [frame.area, *below]
    return {period for code in places for period in frame.points.periods(frame.main.id, code)}


def nothing_there(frame: Frame) -> str:
    """An honest empty state: 张夏街道2021年没有数据;最近的是2022年。

    Where the area has figures, but not in the detail the chart needs, it says that instead.
    """
    if frame.spec.kind is Kind.WATERFALL:
        return why_not(frame)
    area, name = frame.name(frame.area), frame.main.name[frame.language]
    period, periods = frame.selection.period, _known(frame)
    if period is not None and periods and period not in periods:
        return _nearest(frame, period, periods)
    if frame.spec.kind in _FINER and frame.points.periods(frame.main.id, frame.area):
        below = wording.below_name(frame.areas, frame.area, frame.language)
        return frame.word(_FINER[frame.spec.kind], area=area, name=name, below=below)
    known = set(frame.known)
    if period is None or not known or period in known:
        return frame.word("sentence_nothing", area=area, name=name)
    return _nearest(frame, period, known)


def _nearest(frame: Frame, period: Period, known: Iterable[Period]) -> str:
    nearest = min(known, key=lambda p: (abs(months_between(p, period)), -p.key))
    return frame.word(
        "sentence_nearest",
        area=frame.name(frame.area),
        period=wording.missing_period(period, nearest, frame.main, frame.language),
        nearest=wording.plain_period(nearest, frame.main, frame.language),
    )
