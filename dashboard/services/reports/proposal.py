"""Proposes what a deck for the director shows: the targets off pace, then what changed most.

Every proposal has its reason in words. Nothing is proposed that has no figures, and no chart of
fewer than three values: those are key figures, which stand in a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from dashboard.analysis import comparisons
from dashboard.analysis.change import Change
from dashboard.analysis.off_pace import OFF_PACE, OffPace
from dashboard.base.language import word
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along, Kind
from dashboard.charts.generated import TREND
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import FIGURES
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.target_chart import PATH, TARGET_CHART
from dashboard.charts.text.change_words import change_tag
from dashboard.charts.text.target_words import TargetWords, status_word
from dashboard.services.figures.comparisons import headlines
from dashboard.services.reports.sources import Sources
from dashboard.services.targets.target_overview import AreaTargets

MOST_TARGETS, MOST_CHARTS = 4, 4
FEWEST_VALUES = 3  # of which a chart is drawn
ENOUGH = 5  # pages of targets and charts beside which single figures are not needed
MOST_OF_A_TOPIC = 2
_POINTS = 3.0  # a percentage point of a rate weighs as much as so many percent of an amount


@dataclass(frozen=True, slots=True)
class Pick:
    """A page that is proposed: its ref, what it is called, and why it is proposed.

    ``chart`` is its chart where that has been drawn already.
    """

    ref: str
    name: str
    reason: str
    chart: Chart | None = field(default=None, compare=False, repr=False)


def target_ref(name: str) -> str:
    """The chart of a target, as a plan names it."""
    return f"{TARGET_CHART}{name}/{PATH}"


def off_pace(standing: AreaTargets, area: str) -> list[OffPace]:
    """An area's own targets off pace, the furthest behind first."""
    return [one for one in standing.in_sight if one.row.status in OFF_PACE and one.row.area == area]


def propose(
    sources: Sources,
    selection: Selection,
    standing: AreaTargets,
    topics: Collection[str] = (),
) -> list[Pick]:
    """The pages of a deck for the director after its conclusions, in order.

    ``standing`` is how the area's targets stand; ``topics`` are the only ones that are looked at,
    where there are any.
    """
    if selection.period is None:
        return []
    language, areas, catalogue = selection.language, sources.areas(), sources.catalogue
    known = catalogue.indicators
    targets = [
        one
        for one in off_pace(standing, selection.area)
        if not topics or known[one.row.target.indicator].topic in topics
    ][:MOST_TARGETS]
    picks = []
    for one in targets:
        words = TargetWords(one.row, catalogue, areas, language)
        status = status_word(one.row.status, language)
        reason = word("deck_reason_target", language, status=status, text=words.titled(whole=False))
        picks.append(Pick(target_ref(one.row.target.id), words.name, reason))
    shown = {target.row.target.indicator for target in targets}
    picks += _changed(sources, selection, shown, topics)
    if len(picks) < ENOUGH and deck_figures(sources, selection, topics):
        picks.append(Pick(FIGURES, word("deck_figures", language), word("deck_few", language)))
    return picks


def _changed(
    sources: Sources, selection: Selection, shown: Collection[str], wanted: Collection[str]
) -> Iterator[Pick]:
    """The charts of what changed most against the year before, at most two of a topic.

    No chart states what an earlier one has stated.
    """
    catalogue, language = sources.catalogue, selection.language
    topics: Counter[str] = Counter()
    said, given = set[str](), 0
    changed = [
        (name, change)
        for name, change in changes(sources, selection)
        if name not in shown and (not wanted or catalogue.indicators[name].topic in wanted)
    ]
    likely = _likely(catalogue, [name for name, _ in changed])
    drawn = dict(zip(likely, sources.figures.read_together(likely, selection), strict=True))
    for name, change in changed:
        topic = catalogue.indicators[name].topic
        if topics[topic] >= MOST_OF_A_TOPIC or name in said:
            continue
        ref, drawn_indicators = trend_of(catalogue, name, said)
        chart = drawn.get(ref) or sources.figures.chart(ref, selection)
        if not is_drawn(chart) or not chart.finding:
            continue
        topics[topic] += 1
        said |= drawn_indicators
        tag = change_tag(change, catalogue.indicators[name], language)
        yield Pick(ref, _title(sources, chart, selection), tag, chart)
        given += 1
        if given == MOST_CHARTS:
            return


def _likely(catalogue: Catalogue, names: Sequence[str]) -> list[str]:
    """The charts that are proposed where each of them says enough: most often all of them."""
    topics: Counter[str] = Counter()
    likely, said = [], set[str]()
    for name in names:
        topic = catalogue.indicators[name].topic
        if topics[topic] < MOST_OF_A_TOPIC and name not in said:
            topics[topic] += 1
            ref, drawn_indicators = trend_of(catalogue, name, said)
            said |= drawn_indicators
            likely.append(ref)
    return list(dict.fromkeys(likely))[:MOST_CHARTS]


def _title(sources: Sources, chart: Chart, selection: Selection) -> str:
    """The chart's title without the name of the area."""
    place = sources.areas().name_of(selection.area, selection.language)
    return chart.title.removeprefix(place).removesuffix(f", {place}").strip() or chart.title


def changes(sources: Sources, selection: Selection) -> list[tuple[str, Change]]:
    """The headline indicators that can be compared with the year before, largest change first."""
    last = selection.period
    if last is None:
        return []
    names, first = headlines(sources.catalogue), Period(last.year - 1, 1)
    points = sources.figures.points(
        names, selection.area, first, last, below=True, known=selection.as_known
    )
    compared = (
        (name, comparisons.year_on_year(points, name, selection.area, last)) for name in names
    )
    known = [(name, change) for name, change in compared if change.value]
    return sorted(known, key=lambda one: -_size(one[1]))


def _size(change: Change) -> float:
    return abs(change.value or 0.0) * (_POINTS if change.kind == "points" else 1.0)


def trend_of(
    catalogue: Catalogue, indicator: str, said: Collection[str] = ()
) -> tuple[str, frozenset[str]]:
    """The trend of an indicator, and what it draws: the topic's own chart, else one made for it.

    The topic's own is taken only where it draws nothing that is ``said`` already.
    """
    topic = catalogue.indicators[indicator].topic
    for spec in catalogue.topics[topic].charts if topic in catalogue.topics else ():
        is_trend = spec.kind is Kind.LINE and spec.along is Along.PERIOD
        if is_trend and spec.indicators[0] == indicator and not {*spec.indicators} & {*said}:
            return f"{topic}/{spec.id}", frozenset(spec.indicators)
    return f"{topic}/{indicator}-{TREND}", frozenset([indicator])


def is_drawn(chart: Chart) -> bool:
    """Whether a chart is a picture of at least three values, no part of which is nearly all."""
    return says_more(chart) and chart.kind is not Kind.TABLE


_OVER_TIME = (Kind.LINE, Kind.COLUMN, Kind.SEASON, Kind.STACKED)


def says_more(chart: Chart) -> bool:
    """Whether a chart says more than a table of key figures does."""
    if chart.empty or chart.is_one_sided or not chart.series:
        return not chart.empty and chart.kind is Kind.TABLE
    if chart.kind is Kind.TABLE:
        return True
    return most_values(chart) >= (FEWEST_VALUES if chart.kind in _OVER_TIME else 2)


def most_values(chart: Chart) -> int:
    """How many values the fullest series of a chart has."""
    return max((_count(series.values) for series in chart.series), default=0)


def _count(values: Sequence[float | None]) -> int:
    return sum(value is not None for value in values)


_WEIGHTY = ("人", "人次", "户", "对", "张", "家")


def _weight(meaning: Indicator) -> int:
    """How much a figure weighs among those of its topic: people first, then money, then the rest.

    A work report counts projects, kinds and articles too, which say least of its topic.
    """
    is_limit = meaning.aggregation is Aggregation.NONE and not meaning.is_rate
    if is_limit or meaning.accumulation is Accumulation.OVER_SPAN:
        return 3  # a limit or standard by itself, and what is of nobody knows which years
    if meaning.unit.name["zh"] in _WEIGHTY:
        return 0
    return 1 if meaning.unit.dimension in ("money", "percent") else 2


def key_figures(sources: Sources, selection: Selection, wanted: Collection[str] = ()) -> list[Tile]:
    """The figures of an area that make no chart, those of the headlines first, topic by topic."""
    return _figures(sources, selection, wanted, ())


def deck_figures(
    sources: Sources, selection: Selection, wanted: Collection[str] = ()
) -> list[Tile]:
    """The key figures of a deck: with the headlines of this month that have no base to compare.

    No chart of what changed shows these, however large they are.
    """
    compared = {name for name, _ in changes(sources, selection)}
    alone = [name for name in headlines(sources.catalogue) if name not in compared]
    newest = sources.figures.tiles(alone, selection) if alone else []
    current = [
        tile.indicator for tile in newest if tile.figure and tile.figure.period == selection.period
    ]
    return _figures(sources, selection, wanted, current)


def _figures(
    sources: Sources, selection: Selection, wanted: Collection[str], alone: Collection[str]
) -> list[Tile]:
    """The figures of too few periods for a chart, and those that stand ``alone``."""
    topics, known = sources.catalogue.topic_order(), sources.catalogue.indicators
    names: list[str] = []
    for topic in topics:
        if wanted and topic.id not in wanted:
            continue
        held = sources.topics.held(topic.id, selection)
        few = [name for name in alone if known[name].topic == topic.id]
        few += [
            name
            for name, has in held.items()
            if 0 < has.periods < FEWEST_VALUES and name not in few
        ]
        ranks = {name: (name not in topic.headline, _weight(known[name])) for name in few}
        few.sort(key=ranks.__getitem__)
        names += [name for name in few if known[name].linked not in names]
    tiles = sources.figures.tiles(names, selection) if names else []
    return [tile for tile in tiles if tile.figure is not None]
