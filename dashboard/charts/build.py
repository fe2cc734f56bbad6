"""Builds a Chart from a declared chart, a selection and points; says which figures it needs.

A chart kind is one entry in CHART_KINDS; whatever all kinds share is joined on here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dashboard.analysis.point import Point, inputs
from dashboard.analysis.points import Points
from dashboard.analysis.restated_notes import restated_notes
from dashboard.base.language import Scale
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.outlines import Outline
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import ChartSpec, Kind, Step, Transform
from dashboard.charts.kinds.change_waterfall import why
from dashboard.charts.kinds.composition import composition
from dashboard.charts.kinds.ranked_bars import ranked
from dashboard.charts.kinds.season import season
from dashboard.charts.kinds.stack import stacked
from dashboard.charts.kinds.street_map import street_map
from dashboard.charts.kinds.street_table import street_table
from dashboard.charts.kinds.trend_months import cumulative_trend, month_trend
from dashboard.charts.kinds.trend_years import year_trend
from dashboard.charts.model.chart import Chart, Need, SourceNote, Table
from dashboard.charts.model.frame import ChartParts, Frame
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.absence import nothing_there
from dashboard.charts.text.chart_marks import chart_marks, noted
from dashboard.charts.text.sources import Origin, known_line, known_words, origin
from dashboard.charts.text.wording import below_name, in_sentence

Builder = Callable[[Frame], ChartParts | None]


YEARS_WITHOUT_MONTHS = 7  # before the selected one, drawn where figures come by the year alone


class TrendStep(NamedTuple):
    """A step of time in which a trend is drawn; ``years_back`` as of a chart kind."""

    builder: Builder
    years_back: int | None


TREND_STEPS: dict[str, TrendStep] = {
    Step.YEAR: TrendStep(year_trend, None),
    Step.MONTH: TrendStep(month_trend, YEARS_WITHOUT_MONTHS),
    Step.CUMULATIVE: TrendStep(cumulative_trend, YEARS_WITHOUT_MONTHS),
}


def _step(spec: ChartSpec, selection: Selection) -> str:
    """The step a trend is drawn in: the reader's where this kind can, else the declared one."""
    if selection.step == Step.CUMULATIVE and spec.kind is Kind.COLUMN:
        return str(spec.step)
    return selection.step or str(spec.step)


FEWEST_YEARS = 3  # fewer are drawn by months where figures come by the month


def _trend(frame: Frame) -> ChartParts | None:
    """The trend in the chosen step, else in the declared one, else by years.

    Fewer than three years are drawn by months, unless the reader chose a step or the chart draws
    changes or shares, which months of their own do not give.
    """
    steps = [_step(frame.spec, frame.selection), str(frame.spec.step), str(Step.YEAR)]
    by_years = frame.spec.step is Step.YEAR and frame.spec.transform is Transform.VALUE
    if by_years and not frame.selection.step and _years(frame) < FEWEST_YEARS:
        steps.insert(0, str(Step.MONTH))
    for step in dict.fromkeys(steps):
        draft = TREND_STEPS[step].builder(frame)
        if draft is not None:
            return draft
    return None


def _years(frame: Frame) -> int:
    """In how many years the area has a figure of the chart's first indicator."""
    last, years = frame.end([frame.area]), set[int]()
    name, area = frame.main.id, frame.area
    for period in reversed(frame.points.candidates(name, area) if last else []):
        is_new = period.year not in years and period <= (last or period)
        if is_new and frame.points.has(name, area, period):
            years.add(period.year)
    return len(years)


class ChartKind(NamedTuple):
    """How charts of a kind are made.

    ``years_back`` are the years of figures before the selected one, None for the whole history; a
    trend asks its step for them. ``usual_title`` is the word for a chart that its topic gives no
    title; without one it is called as its indicator.
    """

    builder: Builder
    years_back: int | None
    usual_title: str = ""


CHART_KINDS: dict[Kind, ChartKind] = {
    Kind.LINE: ChartKind(_trend, None),
    Kind.COLUMN: ChartKind(_trend, None, "chart_by_month"),
    Kind.BAR: ChartKind(ranked, 1, "chart_of_each"),
    Kind.STACKED: ChartKind(stacked, None, "chart_composition_years"),
    Kind.COMPOSITION: ChartKind(composition, 1, "chart_composition"),
    Kind.SEASON: ChartKind(season, 7, "chart_season"),
    Kind.TABLE: ChartKind(street_table, 9, "chart_of_each_over_years"),
    Kind.WATERFALL: ChartKind(why, 5, "why_title"),
    Kind.MAP: ChartKind(street_map, 1, "chart_map_title"),
}


def needed(spec: ChartSpec, selection: Selection, catalogue: Catalogue, areas: Areas) -> Need:
    """The figures to fetch for this chart: it grows with what is shown, not with what is kept."""
    period, back = selection.period, _years_back(spec, selection)
    indicators = inputs(catalogue, _drawn_indicators(spec, catalogue))
    return Need(
        indicators=tuple(sorted(indicators)),
        areas=tuple(areas.with_past(_drawn_areas(spec, selection.area, areas))),
        first=Period(period.year - back, 1) if period and back is not None else None,
        last=Period(period.year, 12) if period else None,  # a year's target is kept in December
    )


def _drawn_indicators(spec: ChartSpec, catalogue: Catalogue) -> list[str]:
    """The declared indicators, and what shares are taken of."""
    names = list(spec.indicators)
    if spec.transform is Transform.SHARE:
        names += [catalogue.indicators[name].parent for name in spec.indicators]
    if spec.dimension:
        names += [part.id for part in catalogue.components(names[0], spec.dimension)]
    return [name for name in names if name]


def _drawn_areas(spec: ChartSpec, area: str, areas: Areas) -> dict[str, None]:
    """The area, those below, and those above with their targets; siblings where they compare."""
    above = [place.code for place in areas.ancestors(area)]
    places = [area, *(child.code for child in areas.children(area))]
    if above and spec.kind in (Kind.BAR, Kind.TABLE, Kind.MAP):
        places += [sibling.code for sibling in areas.children(above[0])]
    return dict.fromkeys([*places, *above])


def _years_back(spec: ChartSpec, selection: Selection) -> int | None:
    kind = CHART_KINDS[spec.kind]
    if kind.builder is _trend:
        return TREND_STEPS[_step(spec, selection)].years_back
    return kind.years_back


def _facts(frame: Frame, title: str, subtitle: str, source: Origin) -> tuple[tuple[str, str], ...]:
    rows = [("chart_fact_title", title), ("chart_fact_subtitle", subtitle)]
    rows += [("chart_fact_source", source.names)] if source.names else []
    rows += [("chart_fact_grade", frame.word(f"grade_{source.grade}"))] if source.grade else []
    rows += [("chart_fact_received", source.received)] if source.received else []
    rows += [("chart_fact_mark", frame.word("chart_demo"))] if source.is_demo else []
    rows += [("chart_fact_known", known)] if (known := known_words(frame.selection)) else []
    return tuple((frame.word(key), text) for key, text in rows)


def _empty(frame: Frame) -> Chart:
    """The chart that says what is not there, and what the nearest period is."""
    name = frame.main.name[frame.language]
    if frame.spec.kind is Kind.WATERFALL:
        name = in_sentence(name, frame.language)
    many = frame.spec.kind is Kind.MAP
    below = below_name(frame.areas, frame.area, frame.language, many=many)
    key = CHART_KINDS[frame.spec.kind].usual_title
    usual = frame.word(key, name=name, below=below) if key else name
    title = frame.spec.title[frame.language] if frame.spec.title else usual
    title = frame.word("chart_title", area=frame.name(frame.area), title=title)
    sentence = nothing_there(frame)
    table, known = Table(title, (), (), (), (), ()), known_words(frame.selection)
    return Chart(
        id=f"{frame.spec.topic}/{frame.spec.id}",
        kind=frame.spec.kind,
        title=title,
        subtitle="",
        unit="",
        scale=Scale(1.0, "", 0),
        categories=(),
        keys=(),
        key_kind="",
        series=(),
        targets=(),
        breaks=(),
        partial=(),
        chosen="",
        source=known,
        grade="",
        is_demo=False,
        notes=(),
        sentence=sentence,
        table=table,
        decimals=0,
        language=frame.language,
        empty=sentence,
        facts=((frame.word("chart_fact_known"), known),) if known else (),
    )


def build_chart(
    spec: ChartSpec,
    selection: Selection,
    points: Points,
    catalogue: Catalogue,
    areas: Areas,
    sources: Mapping[int, SourceNote],
    known: Sequence[Period] = (),
    outlines: Mapping[str, Outline] | None = None,
) -> Chart:
    """The finished chart in the selection's language.

    ``sources`` are the submissions behind the points by number; ``known`` further periods with
    figures (beyond what was fetched), from which an empty chart names the nearest; ``outlines`` the
    boundaries of areas by code, for maps.
    """
    frame = Frame(spec, selection, points, catalogue, areas, sources, tuple(known), outlines or {})
    return chart_of(frame, CHART_KINDS[spec.kind].builder(frame))


def _notes(frame: Frame, points: Sequence[Point]) -> list[str]:
    """What is noted of the points used, whatever the kind: restated ones, secondary ones."""
    secondary = any(Grade.SECONDARY in point.grades for point in points)
    notes = [frame.word("chart_secondary_note")] if secondary else []
    return [*restated_notes(points, frame.areas, frame.language), *notes]


def chart_of(frame: Frame, draft: ChartParts | None) -> Chart:
    """The chart of a draft; an empty one that says what is not there, of none."""
    if draft is None:
        return _empty(frame)
    spec, selection, sources = frame.spec, frame.selection, frame.sources
    own = spec.title[frame.language] if spec.title else draft.title
    title = frame.word("chart_title", area=frame.name(draft.area), title=own)
    unit = draft.unit or draft.scale.label
    subtitle = frame.word("chart_subtitle", unit=unit, period=draft.span)
    source = origin(draft.used, sources, frame.language)
    marks = chart_marks(frame, draft, is_demo=source.is_demo)
    return Chart(
        id=f"{spec.topic}/{spec.id}",
        kind=spec.kind,
        title=title,
        subtitle=subtitle,
        unit=unit,
        scale=draft.scale,
        categories=draft.categories,
        keys=draft.keys,
        key_kind=draft.key_kind,
        series=draft.series,
        targets=draft.targets,
        breaks=draft.breaks,
        partial=draft.partial,
        chosen=draft.chosen,
        worse=draft.worse,
        small=draft.small,
        source=known_line(source.line, selection),
        grade=source.grade,
        is_demo=source.is_demo,
        notes=noted((*draft.notes, *_notes(frame, (*draft.used, *draft.bases))), marks),
        sentence=draft.sentence,
        table=draft.table,
        decimals=draft.scale.decimals,
        language=frame.language,
        alternatives=draft.alternatives,
        step=draft.step,
        ticks=draft.ticks,
        unfinished=draft.unfinished,
        demo_mark=frame.word("chart_demo") if source.is_demo else "",
        facts=_facts(frame, title, subtitle, source),
        area=draft.area,
        periods=draft.periods,
        earlier=draft.earlier,
        since=draft.since,
        map=draft.map,
        marks=marks,
        stated=draft.stated,
        finding=draft.finding,
        gap=draft.gap,
    )
