"""Writes the finding of a chart: one short sentence with its subject that can stand as a title.

Where nothing is to be said, or a figure in it would need a remark, there is none: the chart's
neutral title stands then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

from dashboard.analysis.change import Change, Label
from dashboard.analysis.point import Point, is_complete
from dashboard.base.language import Scale
from dashboard.base.rounding import half_up
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, Aggregation, FigureStatus, Polarity
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import change_words, wording

FEWEST = 3  # areas of which a ranking says who is first
MOST_NAMES = 2  # that share a place
_SIDES = {Polarity.HIGHER_BETTER: "below", Polarity.LOWER_BETTER: "above"}


def is_firm(point: Point | None) -> TypeGuard[Point]:
    """Whether a value can be stated without a remark: complete, undisputed, not approximate."""
    if not is_complete(point):
        return False
    return point.status != FigureStatus.DISPUTED and not point.is_approximate and not point.restated


def of_change(frame: Frame, point: Point | None, change: Change | None, scale: Scale) -> str:
    """结婚登记1,680对，比上年同期少6对: the latest value against the same time a year before."""
    if not frame.shows_values or not is_firm(point):
        return ""
    if change is None or change.absolute is None or not _is_firm_on_year(change):
        return ""
    fields = {
        "name": _dated_name(frame, change),
        "value": wording.quantity(point.value, scale, frame.language),
    }
    if change.word == "unchanged":
        return frame.word("finding_unchanged", **fields)
    amount = wording.quantity(abs(change.absolute), scale, frame.language)
    if change.kind == "points":
        amount = change_words.change_size(change, frame.main, frame.language)
    is_level = frame.main.aggregation is not Aggregation.SUM or frame.main.is_rate
    is_less = frame.main.unit.dimension == "money" and change.word == "down"
    kind = "_level" if is_level else "_money" if is_less else ""
    return frame.word(f"finding_{change.word}{kind}", **fields, amount=amount)


def gap_words(frame: Frame, change: Change | None, scale: Scale) -> str:
    """比同期多139: an absolute change in the chart's unit; "" where there is none."""
    if change is None or not change.absolute or change.kind == "points":
        return ""
    amount = wording.plain(abs(change.absolute), scale, frame.language)
    return frame.word(f"gap_{change.word}", amount=amount)


def _is_firm_on_year(change: Change) -> bool:
    """Whether a change is against the year before, known and not approximate."""
    if change.label is not Label.YEAR_ON_YEAR:
        return False
    return change.value is not None and not change.is_approximate


def _dated_name(frame: Frame, change: Change) -> str:
    """The name of the indicator, with the month where its figure is of one month only."""
    name = frame.main.name[frame.language]
    if frame.language == "zh":  # 结婚登记1,680对, not 结婚登记对数1,680对
        name = wording.spoken_name(frame.main, "zh").removesuffix("为")
    figure = change.now.figure
    if figure.months != 1 or frame.main.accumulation is Accumulation.IN_MONTH:
        return name
    return frame.word("finding_month", month=periods.name(figure.period, frame.language), name=name)


def of_ranking(
    frame: Frame, points: Mapping[str, Point], whole: Point | None, scope: str, scale: Scale
) -> str:
    """5个街镇低于全区平均，青岩镇最低; of an amount who has most and who least."""
    firm = all(is_firm(point) for point in points.values())
    if not frame.shows_values or len(points) < FEWEST or not firm:
        return ""
    printed = {
        code: half_up(point.amount / scale.factor, scale.decimals) for code, point in points.items()
    }
    if frame.main.aggregation is Aggregation.SUM:
        return _ends(frame, printed, points, scale)
    side = _SIDES.get(frame.main.polarity)
    if side is None or not is_firm(whole):
        return ""
    worse, names = _worse(printed, half_up(whole.amount / scale.factor, scale.decimals), side)
    if not 0 < len(names) <= MOST_NAMES:
        return ""
    return frame.word(
        f"finding_{side}",
        name=frame.main.name[frame.language],
        count=worse,
        below=wording.below_name(frame.areas, scope, frame.language, many=worse != 1),
        whole=wording.whole_name(frame.place(scope), scope, frame.language),
        worst=_names(frame, names),
    )


def _worse(printed: Mapping[str, float], middle: float, side: str) -> tuple[int, list[str]]:
    """How many streets are on the worse side of the whole, and which of them are the farthest."""
    is_below = side == "below"
    worse = {
        code: value
        for code, value in printed.items()
        if (value < middle if is_below else value > middle)
    }
    end = (min if is_below else max)(worse.values(), default=middle)
    return len(worse), [code for code, value in worse.items() if value == end]


def _ends(
    frame: Frame, printed: Mapping[str, float], points: Mapping[str, Point], scale: Scale
) -> str:
    """Who has most and who least of an amount; "" where they all have the same."""
    high, low = max(printed.values()), min(printed.values())
    tops = [code for code, value in printed.items() if value == high]
    bottoms = [code for code, value in printed.items() if value == low]
    if high == low or max(len(tops), len(bottoms)) > MOST_NAMES:
        return ""
    most, least = (
        wording.quantity(points[codes[0]].value, scale, frame.language) for codes in (tops, bottoms)
    )
    return frame.word(
        "finding_ends",
        name=frame.main.name[frame.language],
        top=_names(frame, tops),
        most=most,
        bottom=_names(frame, bottoms),
        least=least,
    )


def _names(frame: Frame, codes: list[str]) -> str:
    return frame.word("chart_list_comma").join(frame.name(code) for code in codes)
