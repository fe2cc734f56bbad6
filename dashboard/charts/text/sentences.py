"""Writes the one sentence of a chart by rules; it is the picture's text alternative too.

Every number is the one the chart shows; a word such as 增长 comes from the same comparison as the
tile's; an incomplete total is never called a total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.analysis.change import Change
from dashboard.analysis.point import Point, is_complete
from dashboard.base.language import Scale, number
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, Polarity
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.trend_marks import Line
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import change_words, wording

MOST_NAMES = 3


def _remark(frame: Frame, point: Point, area: str, scale: Scale) -> str:
    """Every mark of the value, in brackets behind it."""
    remarks = wording.point_remarks(point, frame.areas, area, scale, frame.language)
    text = frame.word("chart_comma").join(remark.words for remark in remarks)
    return frame.word("chart_bracket", text=text) if text else ""


def _value(frame: Frame, point: Point, scale: Scale) -> str:
    return wording.quantity(point.value, scale, frame.language)


def _statement(frame: Frame, line: Line, place: int, scale: Scale, change: Change | None) -> str:
    """结婚登记1,234对,同比下降5.6%, of one line at one stop."""
    point = line.points[place]
    assert point is not None
    value = _value(frame, point, scale) + _remark(frame, point, frame.area, scale)
    if not frame.shows_values:
        what = frame.word(f"sentence_measure_{frame.spec.transform}")
        return frame.word("sentence_measured", name=line.name, what=what, value=value)
    name = wording.spoken_name(line.indicator, frame.language)
    text = frame.word("sentence_named_value", name=name, value=value)
    compared = change_words.change_sentence(change, line.indicator, frame.language)
    step = change_words.step_sentence(_step(frame, line, place), line.indicator, frame.language)
    return frame.word("chart_comma").join(part for part in (text, compared, step) if part)


def _step(frame: Frame, line: Line, place: int) -> Change | None:
    """The last step of a running total that is stated as it stands."""
    key = line.keys[place]
    if key.months or not frame.shows_values or _is_step_itself(line):
        return None
    return frame.step(key.indicator, key.area, key.period)


def _is_step_itself(line: Line) -> bool:
    """Whether the line is of what happened in each step: its January has no months in its key."""
    return any(key.months for key in line.keys)


def steps_of(frame: Frame, lines: Sequence[Line]) -> list[Change]:
    """The steps that the sentence of a trend states besides its values."""
    place = _latest(lines)
    if place is None:
        return []
    steps = [_step(frame, line, place) for line in lines if line.points[place]]
    return [step for step in steps if step is not None]


def _first_with_points(lines: Sequence[Line]) -> Line:
    """The first line that has a point; the first of all where none has."""
    return next((line for line in lines if any(line.points)), lines[0])


def _latest(lines: Sequence[Line]) -> int | None:
    """The place of the newest point of the first line that has one."""
    points = _first_with_points(lines).points
    return max((i for i, point in enumerate(points) if point is not None), default=None)


def _begun(text: str) -> str:
    """A sentence with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def of_trend(frame: Frame, lines: Sequence[Line], scale: Scale) -> str:
    """The latest point of the first line, and the others at the same stop, each compared."""
    place = _latest(lines)
    if place is None:
        return ""
    statements = [
        _statement(frame, line, place, scale, line.changes[place])
        for line in lines
        if line.points[place] is not None
    ]
    sentence = frame.word(
        "sentence_subject",
        period=_first_with_points(lines).spans[place],
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
    of_amount = frame.shows_values and frame.main.aggregation is Aggregation.SUM
    return ("most", "least") if of_amount else ("highest", "lowest")


def _extremes(frame: Frame, ranking: Ranking, scale: Scale) -> str:
    """Who has most and who least; of those that share a place the first are named, all counted."""
    values = {
        code: half_up((point.value or 0.0) / scale.factor, scale.decimals)
        for code, point in ranking.points.items()
    }
    high, low = max(values.values()), min(values.values())
    most, least = _superlatives(frame)

    def quantity_text(size: float) -> str:
        return wording.with_unit(
            number(size, scale.decimals, frame.language), scale, frame.language
        )

    if len(values) == 1:
        code = next(iter(values))
        return frame.word("sentence_only", name=frame.name(code), value=quantity_text(high))
    if high == low:
        below = wording.below_name(frame.areas, ranking.scope, frame.language)
        return frame.word(
            "sentence_all_equal", count=len(values), below=below, value=quantity_text(high)
        )
    tops = [code for code, value in values.items() if value == high]
    bottoms = [code for code, value in values.items() if value == low]
    ends = [
        frame.word(f"sentence_{most}", name=_names(frame, tops), value=quantity_text(high)),
        frame.word(f"sentence_{least}", name=_names(frame, bottoms), value=quantity_text(low)),
    ]
    if frame.main.polarity is Polarity.LOWER_BETTER:
        ends.reverse()  # the good end first, as the areas are ordered
    return frame.word("chart_comma").join(ends)


def _reached(frame: Frame, ranking: Ranking, scale: Scale) -> str:
    """How many reach the target, where a direction is good and all have the same target."""
    target, polarity = ranking.target, frame.main.polarity
    if target is None or polarity is Polarity.NEUTRAL or not frame.shows_values:
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


def _chosen(frame: Frame, ranking: Ranking, scale: Scale) -> str:
    """The chosen area: its place where areas may be ranked, else its share of a known whole."""
    chosen = ranking.points[ranking.chosen]
    fields = {
        "name": frame.name(ranking.chosen),
        "value": _value(frame, chosen, scale) + _remark(frame, chosen, ranking.chosen, scale),
    }
    if frame.is_ranked and len(ranking.points) > 1:
        place, count = _place(ranking, scale), len(ranking.points)
        return frame.word("sentence_place", **fields, place=place, count=count)
    share = _share_of_whole(frame, ranking, chosen)
    if not share:
        return frame.word("sentence_own", **fields)
    whole = wording.whole_name(frame.place(ranking.scope), ranking.scope, frame.language)
    return frame.word("sentence_own_share", **fields, whole=whole, share=share)


def _place(ranking: Ranking, scale: Scale) -> int:
    """The chosen area's place among those that are there; what is printed alike shares one."""
    printed = [
        half_up(point.amount / scale.factor, scale.decimals) for point in ranking.points.values()
    ]
    return printed.index(printed[list(ranking.points).index(ranking.chosen)]) + 1


def _share_of_whole(frame: Frame, ranking: Ranking, chosen: Point) -> str:
    """The percentage of a complete sum that the chosen area makes up; "" where there is none."""
    summed = frame.shows_values and frame.main.aggregation is Aggregation.SUM
    whole = ranking.whole
    if not summed or not is_complete(whole) or whole.differs or not whole.amount > 0:
        return ""
    if not 0 <= chosen.amount <= whole.amount:
        return ""
    return number(chosen.amount / whole.amount * 100, 1, frame.language) + "%"


def of_ranking(frame: Frame, ranking: Ranking, scale: Scale) -> str:
    """The chosen one's place, most and least, the whole with what is missing, the target."""
    parts = []
    parts += [_chosen(frame, ranking, scale)] if ranking.chosen in ranking.points else []
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


def of_season(frame: Frame, high: tuple[str, str], low: tuple[str, str], left: int = 0) -> str:
    """The highest and the lowest cell of a year × month table, (name, value) each.

    ``left`` cells count other areas than the rest and were not compared.
    """
    name = frame.main.name[frame.language]
    area = frame.name(frame.area)
    if high == low:
        text = frame.word("sentence_season_one", area=area, name=name, when=high[0], value=high[1])
        return text + _not_compared(frame, left)
    text = frame.word(
        "sentence_season",
        area=area,
        name=name,
        high=high[0],
        most=high[1],
        low=low[0],
        least=low[1],
    )
    return text + _not_compared(frame, left)


def _not_compared(frame: Frame, left: int) -> str:
    """That some cells count other areas than the rest; "" where none does."""
    below = wording.below_name(frame.areas, frame.area, frame.language, many=True)
    return frame.word("sentence_season_left", count=left, below=below) if left else ""


def of_directions(frame: Frame, scope: str, changes: Sequence[Change | None]) -> str:
    """How many of the areas of ``scope`` rose, fell or stayed; "" where none could be compared."""
    made = change_words.made(changes)
    if not made:
        return ""
    between = frame.word("chart_list_comma")
    return frame.word(
        f"sentence_directions_{'all' if len(made) == len(changes) else 'some'}",
        below=wording.below_name(frame.areas, scope, frame.language, many=True),
        comparison=change_words.label_name(made[0], frame.language),
        count=len(made),
        of=len(changes),
        counted=between.join(change_words.counted_directions(made, frame.language)),
    )
