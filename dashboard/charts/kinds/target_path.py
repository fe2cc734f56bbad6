"""Draws what was done for a target by each month against what was expected by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.path import PathStep
from dashboard.analysis.point import Point, value_of
from dashboard.analysis.points import Points
from dashboard.base.language import Scale
from dashboard.catalogue import periods
from dashboard.catalogue.topics import Along, ChartSpec, Kind, Step
from dashboard.charts.build import chart_of
from dashboard.charts.kinds.point_series import point_series
from dashboard.charts.kinds.trend_marks import Stop, axis_of, event_marks, mark_notes
from dashboard.charts.model.chart import COMPARISON, Chart, Series, SourceNote, Table
from dashboard.charts.model.frame import ChartParts, Frame, Rows, value_cell
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.target_chart import PATH, TARGET_CHART
from dashboard.charts.text.hover import hover_head
from dashboard.charts.text.target_words import TargetWords
from dashboard.charts.text.wording import plain, quantity, whole_scale

YEAR_END = 12


def build_target_path(
    words: TargetWords,
    steps: Sequence[PathStep],
    points: Points,
    selection: Selection,
    sources: Mapping[int, SourceNote],
) -> Chart:
    """The finished chart. ``selection.area`` is the area that is judged."""
    owner = f"{TARGET_CHART}{words.target.id}"
    spec = ChartSpec(
        PATH, owner, Kind.LINE, (words.target.indicator,), along=Along.PERIOD, step=Step.MONTH
    )
    frame = Frame(spec, selection, points, words.catalogue, words.areas, sources)
    return chart_of(frame, _draft(frame, words, steps) if any(s.actual for s in steps) else None)


def _series(
    frame: Frame, name: str, points: Sequence[Point | None], scale: Scale, stops: Sequence[Stop]
) -> Series:
    """The points as a series, each with its value alone as the text shown at it."""
    return _hovered(frame, point_series(frame, name, points, scale, ()), stops)


def _hovered(frame: Frame, series: Series, stops: Sequence[Stop]) -> Series:
    place = frame.name(frame.area)
    hover = tuple(
        "" if value is None else f"{hover_head(frame, stop.name, place, series.name)} {text}"
        for stop, value, text in zip(stops, series.values, series.texts, strict=True)
    )
    return replace(series, hover=hover)


def _line(
    frame: Frame, name: str, values: Sequence[float | None], scale: Scale, stops: Sequence[Stop]
) -> Series:
    """A line to read the figures against: an expectation, the goal; a whole number as such."""
    scales = [scale if value is None else whole_scale(scale, value) for value in values]
    if frame.main.is_rate:
        scales = [scale] * len(values)
    pairs = list(zip(values, scales, strict=True))
    series = Series(
        name=name,
        values=tuple(values),
        role=COMPARISON,
        hover=(),
        statuses=("",) * len(stops),
        texts=tuple(quantity(value, own, frame.language) for value, own in pairs),
        labels=tuple(plain(value, own, frame.language) for value, own in pairs),
        remarks=((),) * len(stops),
    )
    return _hovered(frame, series, stops)


def _all_series(
    frame: Frame, words: TargetWords, steps: Sequence[PathStep], stops: Sequence[Stop]
) -> tuple[Scale, list[Series]]:
    """What was done, what was expected by then, and the goal, in one scale."""
    actual = [step.actual for step in steps]
    lines = {
        "path_expected": [step.expected for step in steps],
        "path_goal": [words.row.goal] * len(steps),
    }
    scale = frame.scale([*map(value_of, actual), *(v for line in lines.values() for v in line)])
    series = [_series(frame, frame.word("path_actual"), actual, scale, stops)]
    series += [
        _line(frame, frame.word(key), values, scale, stops)
        for key, values in lines.items()
        if any(value is not None for value in values)
    ]
    expected = frame.word("path_expected")
    named = _expected_at_end(frame, steps, words.row.is_limit)
    return scale, [
        replace(line, end_name=named) if line.name == expected else line for line in series
    ]


def _expected_at_end(frame: Frame, steps: Sequence[PathStep], is_limit: bool) -> str:
    """年末应达到, of a limit 年末不超过: what the last value of the line stands for."""
    key = "path_limit" if is_limit else "path_expected"
    last = [step.period for step in steps if step.expected is not None][-1:]
    if not last:
        return ""
    if last[0].month == YEAR_END:
        return frame.word(f"{key}_year")
    return frame.word(f"{key}_by", period=periods.name(last[0], frame.language))


def _table(
    frame: Frame,
    words: TargetWords,
    steps: Sequence[PathStep],
    series: Sequence[Series],
    scale: Scale,
) -> Table:
    rows = Rows(words.name, [frame.word("chart_period")], [0])
    for line in series:
        rows.add_column(f"{line.name} ({scale.label})", scale.decimals)
    for place, step in enumerate(steps):
        key = FigureKey(words.target.indicator, frame.area, step.period) if step.actual else None
        cells = [value_cell(frame, value_of(step.actual), scale, figure=key)]
        cells += [value_cell(frame, line.values[place], scale) for line in series[1:]]
        rows.add(str(step.period), periods.name(step.period, frame.language), cells)
    return rows.table()


def _draft(frame: Frame, words: TargetWords, steps: Sequence[PathStep]) -> ChartParts:
    stops = [
        Stop(
            step.period,
            periods.name(step.period, frame.language),
            _tick(step, place, len(steps) <= 24, frame.language),
        )
        for place, step in enumerate(steps)
    ]
    axis = axis_of(stops)
    scale, series = _all_series(frame, words, steps, stops)
    events = event_marks(frame, stops)
    actual = [step.actual for step in steps]
    return ChartParts(
        title=frame.word("path_title", name=words.name),
        span=frame.span(stops[0].name, stops[-1].name),
        area=frame.area,
        scale=scale,
        categories=axis.categories,
        ticks=axis.ticks,
        keys=("",) * len(stops),
        key_kind="",
        series=tuple(series),
        table=_table(frame, words, steps, series, scale),
        sentence=words.sentence,
        used=tuple(filter(None, actual)),
        breaks=events,
        partial=tuple(bool(point and point.partial) for point in actual),
        unfinished=axis.unfinished,
        notes=(words.clock, *mark_notes(frame, events)),
        step=PATH,
    )


def _tick(step: PathStep, place: int, short: bool, language: str) -> str:
    month = periods.month_name(step.period.month, language)
    if step.period.month == 1 or place == 0:
        return f"{month}<br>{step.period.year}"
    return month if short and step.period.month % 2 == 0 else ""
