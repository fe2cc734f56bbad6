"""Writes the one sentence of a chart by rules; it is the picture's text alternative too.

Every number is the one the chart shows; a word such as 增长 comes from the same comparison as the
tile's; an incomplete total is never called a total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.analysis.points import Point
from dashboard.analysis.transforms import Change
from dashboard.base.language import Scale, number
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, FigureStatus, Polarity
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.trend_marks import Line
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import wording

MOST_NAMES = 3


def _remark(frame: Frame, point: Point, area: str, scale: Scale) -> str:
    """Partial totals, provisional and disputed values, in brackets behind the value."""
    parts = [wording.partial_words(point, frame.areas, area, frame.language)]
    if point.status in (FigureStatus.PROVISIONAL, FigureStatus.DISPUTED):
        parts.append(wording.status_words(point, scale, frame.language))
    text = frame.word("chart_comma").join(part for part in parts if part)
    return frame.word("chart_bracket", text=text) if text else ""


def _value(frame: Frame, point: Point, scale: Scale) -> str:
    return wording.quantity(point.value, scale, frame.language)


def _statement(frame: Frame, line: Line, place: int, scale: Scale, change: Change | None) -> str:
    """结婚登记1,234对,同比下降5.6%, of one line at one stop."""
    point = line.points[place]
    assert point is not None
    value = _value(frame, point, scale) + _remark(frame, point, frame.area, scale)
    if not frame.plain:
        what = frame.word(f"sentence_measure_{frame.spec.transform}")
        return frame.word("sentence_measured", name=line.name, what=what, value=value)
    name = wording.spoken_name(line.indicator, frame.language)
    text = frame.word("sentence_named_value", name=name, value=value)
    compared = wording.change_sentence(change, frame.comparison, line.indicator, frame.language)
    return frame.word("chart_comma").join(part for part in (text, compared) if part)


def _begun(text: str) -> str:
    """A sentence with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def of_trend(frame: Frame, lines: Sequence[Line], scale: Scale) -> str:
    """The latest point of the first line, and the others at the same stop, each compared."""
    first = next((line for line in lines if any(line.points)), lines[0])
    place = max((i for i, point in enumerate(first.points) if point is not None), default=None)
    if place is None:
        return ""
    statements = [
        _statement(frame, line, place, scale, line.changes[place])
        for line in lines
        if line.points[place] is not None
    ]
    sentence = frame.word(
        "sentence_subject",
        period=first.spans[place],
        area=frame.name(frame.area),
        text=frame.word("chart_semicolon").join(statements),
    )
    return _begun(sentence)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a ranked chart has to say: areas with values best first, the whole, and the target."""

    scope: str
    period: Period
    points: Mapping[str, Point]
    expected: int
    whole: Point | None
    target: float | None
    chosen: str = ""


def _parent(frame: Frame, code: str) -> str:
    area = frame.place(code)
    return area.parent if area else ""


def _names(frame: Frame, codes: Sequence[str]) -> str:
    named = frame.word("chart_list_comma").join(frame.name(code) for code in codes[:MOST_NAMES])
    if len(codes) <= MOST_NAMES:
        return named
    below = wording.below_name(frame.areas, _parent(frame, codes[0]), frame.language)
    return frame.word("chart_and_more", names=named, count=len(codes), below=below)


def _superlatives(frame: Frame) -> tuple[str, str]:
    """The keys of the words for the greatest and the least: of an amount, or of a level."""
    of_amount = frame.plain and frame.main.aggregation is Aggregation.SUM
    return ("most", "least") if of_amount else ("highest", "lowest")


def _extremes(frame: Frame, ranking: Ranking, scale: Scale) -> str:
    """Who has most and who least; names every one that shares the place."""
    values = {
        code: half_up((point.value or 0.0) / scale.factor, scale.decimals)
        for code, point in ranking.points.items()
    }
    high, low = max(values.values()), min(values.values())
    most, least = _superlatives(frame)

    def said(size: float) -> str:
        return wording.with_unit(
            number(size, scale.decimals, frame.language), scale, frame.language
        )

    if len(values) == 1:
        code = next(iter(values))
        return frame.word("sentence_only", name=frame.name(code), value=said(high))
    if high == low:
        below = wording.below_name(frame.areas, ranking.scope, frame.language)
        return frame.word("sentence_all_equal", count=len(values), below=below, value=said(high))
    tops = [code for code, value in values.items() if value == high]
    bottoms = [code for code, value in values.items() if value == low]
    return frame.word("chart_comma").join(
        (
            frame.word(f"sentence_{most}", name=_names(frame, tops), value=said(high)),
            frame.word(f"sentence_{least}", name=_names(frame, bottoms), value=said(low)),
        )
    )


def _reached(frame: Frame, ranking: Ranking, scale: Scale) -> str:
    """How many reach the target, where a direction is good and all have the same target."""
    target, polarity = ranking.target, frame.main.polarity
    if target is None or polarity is Polarity.NEUTRAL or not frame.plain:
        return ""
    low = polarity is Polarity.LOWER_BETTER
    reached = sum(
        (point.value or 0.0) <= target if low else (point.value or 0.0) >= target
        for point in ranking.points.values()
    )
    return frame.word(
        "sentence_reached",
        target=wording.quantity(target, scale, frame.language),
        count=reached,
        of=len(ranking.points),
    )


def of_ranking(frame: Frame, ranking: Ranking, scale: Scale) -> str:
    """The chosen one's place, most and least, the whole with what is missing, the target."""
    parts = []
    chosen = ranking.points.get(ranking.chosen)
    if chosen is not None and len(ranking.points) > 1:
        ahead = list(ranking.points)
        size = half_up((chosen.value or 0.0) / scale.factor, scale.decimals)
        place = 1 + next(
            i
            for i, code in enumerate(ahead)
            if half_up((ranking.points[code].value or 0.0) / scale.factor, scale.decimals) == size
        )
        parts.append(
            frame.word(
                "sentence_place",
                name=frame.name(ranking.chosen),
                value=_value(frame, chosen, scale) + _remark(frame, chosen, ranking.chosen, scale),
                place=place,
                count=len(ranking.points),
            )
        )
    parts.append(_extremes(frame, ranking, scale))
    if ranking.whole is not None and ranking.whole.value is not None:
        name = wording.whole_name(frame.place(ranking.scope), ranking.scope, frame.language)
        value = _value(frame, ranking.whole, scale)
        remark = _remark(frame, ranking.whole, ranking.scope, scale)
        parts.append(frame.word("sentence_whole", name=name, value=value + remark))
    reached = _reached(frame, ranking, scale)
    parts += [reached] if reached else []
    period = wording.plain_period(ranking.period, frame.main, frame.language)
    text = frame.word("chart_semicolon").join(parts)
    return _begun(frame.word("sentence_then", period=period, text=text))


def of_parts(
    frame: Frame, span: str, largest: str, value: str, share: float | None, known: int
) -> str:
    """The largest of the ``known`` components; its share only where they are complete."""
    key = "sentence_part_share"
    if share is None:
        key = "sentence_part" if known > 1 else "sentence_part_only"
    sentence = frame.word(
        key,
        period=span,
        area=frame.name(frame.area),
        whole=wording.in_sentence(frame.main.name[frame.language], frame.language),
        name=wording.in_sentence(largest, frame.language),
        value=value,
        share=number(share, 1, frame.language) + "%",
    )
    return _begun(sentence)


def of_season(frame: Frame, high: tuple[str, str], low: tuple[str, str]) -> str:
    """The highest and the lowest cell of a year × month table, (name, value) each."""
    name = frame.main.name[frame.language]
    area = frame.name(frame.area)
    if high == low:
        return frame.word("sentence_season_one", area=area, name=name, when=high[0], value=high[1])
    return frame.word(
        "sentence_season",
        area=area,
        name=name,
        high=high[0],
        most=high[1],
        low=low[0],
        least=low[1],
    )


def of_directions(frame: Frame, changes: Sequence[Change | None]) -> str:
    """How many areas rose, fell or stayed; "" where nothing could be compared."""
    words = [change.word for change in changes if change is not None and change.value is not None]
    if not words:
        return ""
    return frame.word(
        "sentence_directions",
        comparison=wording.comparison_name(frame.comparison, frame.language),
        count=len(words),
        up=words.count("up"),
        down=words.count("down"),
        same=words.count("unchanged"),
    )
