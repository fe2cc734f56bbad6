"""A target's chart: what was done by each month against what was expected by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.path import PathStep
from dashboard.analysis.points import Points
from dashboard.base.language import Scale
from dashboard.catalogue import periods
from dashboard.catalogue.topics import Along, ChartSpec, Kind, Step
from dashboard.charts.build import chart_of
from dashboard.charts.kinds.trend_marks import Stop, event_marks, mark_notes
from dashboard.charts.model.chart import COMPARISON, MAIN, Chart, Series, SourceNote
from dashboard.charts.model.frame import Draft, Frame, Rows, value_cell
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording
from dashboard.charts.text.hover import hover_head
from dashboard.charts.text.target_words import TargetWords

TARGET_CHART = "target:"  # the name of a target's chart begins with it
PATH = "path"  # the step of a target's chart; its axis need not begin at zero


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
    frame: Frame,
    name: str,
    values: Sequence[float | None],
    scale: Scale,
    stops: Sequence[Stop],
    role: str,
    statuses: Sequence[str],
) -> Series:
    texts = tuple(wording.quantity(value, scale, frame.language) for value in values)
    place = frame.name(frame.area)
    hover = tuple(
        "" if value is None else f"{hover_head(frame, stop.name, place, name)} {text}"
        for stop, value, text in zip(stops, values, texts, strict=True)
    )
    labels = tuple(wording.plain(value, scale, frame.language) for value in values)
    return Series(name, tuple(values), tuple(statuses), texts, role, hover, labels)


def _draft(frame: Frame, words: TargetWords, steps: Sequence[PathStep]) -> Draft:
    say, language = frame.say, frame.language
    short = len(steps) <= 24
    stops = [
        Stop(
            step.period,
            periods.name(step.period, language),
            _tick(step, place, short, language),
        )
        for place, step in enumerate(steps)
    ]
    done = [step.actual.value if step.actual else None for step in steps]
    expected = [step.expected for step in steps]
    goal: list[float | None] = [words.row.goal] * len(steps)
    scale = frame.scale([*done, *expected, *goal])
    none = [""] * len(steps)
    marks = [wording.mark(step.actual) if step.actual else "" for step in steps]
    actual = _series(frame, say("path_actual"), done, scale, stops, MAIN, marks)
    series = [actual]
    if any(value is not None for value in expected):
        series.append(
            _series(frame, say("path_expected"), expected, scale, stops, COMPARISON, none)
        )
    if words.row.goal is not None:
        series.append(_series(frame, say("path_goal"), goal, scale, stops, COMPARISON, none))
    rows = Rows(words.name, [say("chart_period")], [0])
    for one in series:
        rows.columns.append(f"{one.name} ({scale.label})")
        rows.decimals.append(scale.decimals)
    for place, (stop, step) in enumerate(zip(stops, steps, strict=True)):
        key = FigureKey(words.target.indicator, frame.area, step.period) if step.actual else None
        cells = [value_cell(frame, done[place], scale, figure=key)]
        cells += [value_cell(frame, one.values[place], scale) for one in series[1:]]
        rows.add(str(step.period), stop.name, cells)
    events = event_marks(frame, stops)
    used = tuple(step.actual for step in steps if step.actual)
    return Draft(
        title=say("path_title", name=words.name),
        span=frame.span(stops[0].name, stops[-1].name),
        area=frame.area,
        scale=scale,
        categories=tuple(stop.name for stop in stops),
        ticks=tuple(stop.tick for stop in stops),
        keys=tuple("" for _ in stops),
        key_kind="",
        series=tuple(series),
        table=rows.table(),
        sentence=words.sentence,
        used=used,
        breaks=events,
        partial=tuple(bool(step.actual and step.actual.partial) for step in steps),
        unfinished=tuple(False for _ in stops),
        notes=(words.clock, *mark_notes(frame, events)),
        step=PATH,
    )


def _tick(step: PathStep, place: int, short: bool, language: str) -> str:
    month = periods.month_name(step.period.month, language)
    if step.period.month == 1 or place == 0:
        return f"{month}<br>{step.period.year}"
    return month if short and step.period.month % 2 == 0 else ""
