"""Builds the rows of the list of indicators: value, change and small trend of the chosen area."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.topics import Topic
from dashboard.charts.kinds.tiles import YEARS_BACK, Tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import SIGNS, in_order, status_word
from dashboard.components.figures.tables import classes, tone_class
from dashboard.components.shell.address import figure_tail, link, target_link
from dashboard.components.shell.more_rows import more_rows
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import UNSORTED, Cell, Row, real_table
from dashboard.components.shell.sparks import index_trend
from dashboard.services.figures.indicators import IndicatorRow
from dashboard.services.front_desk import FrontDesk

ABSENT = "—"
TREND_SIZE = (190, 26)  # pixels


@dataclass(frozen=True, slots=True)
class ListFigures:
    """The figures and targets of the list's indicators; ``narrowed`` where not all are listed."""

    tiles: Mapping[str, Tile]
    targets: Mapping[str, Sequence[Progress]]
    narrowed: bool

    @property
    def common(self) -> tuple[str, ...]:
        """The marks of every figure, which stand once above the list."""
        return marks_of_all(self.tiles.values())

    def behind(self, rows: Sequence[IndicatorRow]) -> int:
        """How many targets of these indicators are off pace."""
        judged = [target for row in rows for target in self.targets.get(row.indicator.id, ())]
        return sum(target.status in OFF_PACE for target in judged)


def indicator_groups(
    desk: FrontDesk, rows: Sequence[IndicatorRow], figures: ListFigures, selection: Selection
) -> list[Component]:
    """A block a topic that opens, those with most targets behind first; all open where narrowed."""
    by_topic: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        by_topic.setdefault(row.indicator.topic, []).append(row)
    topics = [topic for topic in desk.catalogue.topic_order() if topic.id in by_topic]
    topics.sort(key=lambda topic: -figures.behind(by_topic[topic.id]))
    groups: list[Component] = []
    empty: list[Component] = []
    names: list[str] = []
    for topic in topics:
        of_topic = by_topic[topic.id]
        has_figures = any(row.indicator.id in figures.tiles for row in of_topic)
        is_open = figures.narrowed or (has_figures and not groups)
        group = _topic_block(topic, of_topic, figures, selection, is_open=is_open)
        if has_figures or figures.narrowed:
            groups.append(group)
        else:
            empty.append(group)
            names.append(topic.title[selection.language])
    return [*groups, *_empty_topics(empty, names, selection.language)]


def _topic_block(
    topic: Topic,
    rows: Sequence[IndicatorRow],
    figures: ListFigures,
    selection: Selection,
    *,
    is_open: bool,
) -> Component:
    """A topic's indicators: those with a value in a table, headline ones first, then the others."""
    language, title = selection.language, topic.title[selection.language]
    first = {name: place for place, name in enumerate(topic.headline)}
    known = [row for row in rows if row.indicator.id in figures.tiles]
    known.sort(key=lambda row: first.get(row.indicator.id, len(first)))
    missing = [row for row in rows if row.indicator.id not in figures.tiles]
    counts = _counts(len(known), figures.behind(rows), language)
    body: list[Component | None] = [html.Summary([html.H2(title), " ", *counts])]
    if known:
        body += [_table(title, known, figures, selection), more_rows(len(known), language)]
    if missing:
        body.append(_missing(missing, selection, all_open=figures.narrowed or not known))
    shown = [part for part in body if part is not None]
    return html.Details(shown, open=is_open, className="panel-card indicator-group")


def _empty_topics(
    groups: Sequence[Component], names: Sequence[str], language: str
) -> list[Component]:
    """The topics without any figure, in one block that opens; nothing where each has some."""
    if not groups:
        return []
    listed = word("list_comma", language).join(names)
    text = word("indicators_empty_topics", language, count=len(groups), names=listed)
    return [
        html.Details([html.Summary(text), *groups], className="panel-card indicator-empty muted")
    ]


def _counts(known: int, behind: int, language: str) -> list[Component]:
    """How many indicators have a value, and how many of their targets are off pace."""
    counts: list[Component] = [
        html.Span(word("indicators_of", language, count=known), className="muted")
    ]
    if behind:
        text = word("indicators_behind", language, count=behind)
        counts.append(html.Strong(text, className="is-off"))
    return counts


def shown_tiles(
    desk: FrontDesk, rows: Sequence[IndicatorRow], selection: Selection
) -> dict[str, Tile]:
    """What the area has of these indicators, rates that follow from others too, read together."""
    held = {
        name
        for topic in desk.catalogue.topic_order()
        for name in desk.topics.held(topic.id, selection)
    }
    names = [row.indicator.id for row in rows if _is_there(row.indicator, held)]
    tiles = desk.figures.tiles(names, selection) if names else []
    return {tile.indicator: tile for tile in tiles if tile.value != ABSENT}


def _is_there(indicator: Indicator, held: Collection[str]) -> bool:
    if indicator.id in held:
        return True
    return bool(indicator.numerator) and {indicator.numerator, indicator.denominator} <= set(held)


def marks_of_all(tiles: Collection[Tile]) -> tuple[str, ...]:
    """What holds of every figure of the list, which is said once above it."""
    first = next(iter(tiles), None)
    if first is None:
        return ()
    return tuple(mark for mark in first.marks if all(mark in tile.marks for tile in tiles))


def targets_by_indicator(desk: FrontDesk, selection: Selection) -> dict[str, list[Progress]]:
    """The area's targets by indicator, furthest behind first."""
    result: dict[str, list[Progress]] = {}
    for row in in_order(desk.target_overview.rows(selection)):
        result.setdefault(row.target.indicator, []).append(row)
    return result


def _table(
    title: str, rows: Sequence[IndicatorRow], figures: ListFigures, selection: Selection
) -> Component:
    """The rows of a topic."""
    language, period = selection.language, selection.period
    common = figures.common
    first = periods.name(period.plus(-12 * YEARS_BACK), language) if period else ""
    head = [
        Cell(word("indicators_name", language), scope="col", sort="text"),
        Cell(word("targets_col_name", language), scope="col"),
        Cell(word("indicators_now", language), scope="col", kind="number", sort=UNSORTED),
        Cell(word("declare_unit", language), scope="col", sort=UNSORTED),
        Cell(
            word(f"indicators_amount_{selection.comparison}", language),
            scope="col",
            kind="number",
            sort=UNSORTED,
        ),
        Cell(word("indicators_change", language), scope="col", kind="number"),
        Cell(first, scope="col", kind="number trend-head", sort=UNSORTED),
        Cell(word("indicators_trend", language), scope="col", kind="trend-head"),
    ]
    body = [
        _row(
            row.indicator,
            figures.tiles[row.indicator.id],
            figures.targets.get(row.indicator.id, ()),
            common,
            selection,
        )
        for row in rows
    ]
    tail = figure_tail("/indicators", selection)
    kind = "indicator-rows"
    return real_table(title, [Row(head)], body, kind=kind, quiet=True, tail=tail)


def _row(
    indicator: Indicator,
    tile: Tile,
    targets: Sequence[Progress],
    common: Collection[str],
    selection: Selection,
) -> Row:
    language = selection.language
    older = tile.figure is not None and tile.figure.period != selection.period
    own = [mark for mark in tile.marks if mark not in common]
    runs = indicator.accumulation is Accumulation.YEAR_TO_DATE
    basis = word("indicators_running", language) if runs and not older else ""
    note = dotted(basis, tile.period if older else "", *own)
    return Row(
        [
            Cell(
                tile.title,
                scope="row",
                href=link(f"/indicators/{tile.indicator}", selection),
                small=note,
                key=tile.title,
            ),
            _target(targets, selection),
            Cell(tile.value, kind="number strong", figure=tile.figure),
            Cell(tile.unit, kind="unit"),
            Cell(tile.amount, kind=classes("number", tone_class(tile.tone if tile.amount else ""))),
            Cell(
                tile.short or ABSENT,
                kind=f"number tone-{tile.tone}",
                meaning=tile.change if not tile.short else "",
            ),
            Cell(tile.start if len(tile.years) > 1 else "", kind="number trend-from"),
            Cell(
                drawing=index_trend(
                    tile.years, word("spark_alt", language, indicator=tile.title), *TREND_SIZE
                )
            ),
        ]
    )


def _target(targets: Sequence[Progress], selection: Selection) -> Cell:
    """How the indicator's target stands that is furthest behind."""
    if not targets:
        return Cell("")
    row, language = targets[0], selection.language
    return Cell(
        status_word(row.status, language),
        href=target_link(row.target.id, row.area, selection),
        as_page=True,
        arrow=SIGNS[row.status],
        kind="target-of" + (" is-off" if row.status in OFF_PACE else ""),
    )


def _missing(rows: Sequence[IndicatorRow], selection: Selection, *, all_open: bool) -> Component:
    """The indicators without a figure here, in a block that opens."""
    language = selection.language
    names = [
        html.Li(
            html.A(
                row.indicator.name[language],
                href=link(f"/indicators/{row.indicator.id}", selection),
            )
        )
        for row in rows
    ]
    summary = html.Summary(word("indicators_missing", language, count=len(rows)))
    return html.Details(
        [summary, html.Ul(names, className="chips")], open=all_open, className="indicators-missing"
    )
