"""Writes the text shown at a point: when, where, how much, and compared with what.

2024年1—5月 文昌街道 1,234万元，同比+5.6%; Jan–May 2024, Wenchang: 12.34 million yuan, +5.6% on a
year before. The same stands in the chart's sentence and its table: nobody has to point.
"""

from __future__ import annotations

from dashboard.analysis.change import Change
from dashboard.analysis.point import Point
from dashboard.base.language import Scale
from dashboard.catalogue.concepts import Indicator
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import change_words, wording

# Refusals of figures that both stand, which no reader sees from the drawing.
_OF_TWO_KINDS = ("break_between", "split_within", "own_against_sum", "partial_differs", "disputed")


def hover_head(frame: Frame, period: str, place: str, name: str = "") -> str:
    """The period, the place by its name, and what it is where the chart shows several things."""
    key = "hover_head_named" if name else "hover_head"
    name = wording.in_sentence(name, frame.language)
    text = frame.word(key, period=period, area=place, name=name)
    return text[:1].upper() + text[1:]


def hover_change(frame: Frame, change: Change | None, indicator: Indicator) -> str:
    """The comparison, rates in points, or why two figures are of two kinds; "" of nothing."""
    if change is None:
        return ""
    if change.value is None:
        refused = change.reason in _OF_TWO_KINDS
        return change_words.reason_words(change, indicator, frame.language) if refused else ""
    name = change_words.label_name(change, frame.language)
    if change.word == "unchanged":
        text = frame.word("hover_change_same", comparison=name)
        return change_words.qualified(change, text, frame.language)
    amount = change_words.change_number(change, indicator, frame.language)
    return frame.word("hover_change", comparison=name, amount=amount)


def hover_text(
    frame: Frame, what: str, point: Point, scale: Scale, change: str, area: str = ""
) -> str:
    """The value behind ``what``, its comparison, and whatever must be known of it in brackets."""
    code = area or frame.area
    comma = frame.word("chart_comma")
    parts = [f"{what} {wording.quantity(point.value, scale, frame.language)}"]
    parts += [change] if change else []
    partial = wording.partial_words(point, frame.areas, code, frame.language)
    status = wording.status_words(point, scale, frame.language)
    text = comma.join(parts)
    for remark in (partial, status):
        text += frame.word("chart_bracket", text=remark) if remark else ""
    return text
