"""Builds the overview's topics, one row each: the value first, its change and its small trend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.tiles import exact_title
from dashboard.components.shell.address import figure_link, link
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.sparks import index_trend
from dashboard.components.shell.tags import change_tag
from dashboard.services.figures.comparisons import headlines
from dashboard.services.front_desk import FrontDesk

MOST = 4  # of each topic


def headline_tiles(desk: FrontDesk, selection: Selection) -> dict[str, Tile]:
    """The headline figures of all topics, read together, by indicator."""
    tiles = desk.figures.headline_tiles(headlines(desk.catalogue), selection)
    return {name: tile for name, tile in tiles.items() if not tile.is_absent}


def common_marks(desk: FrontDesk, selection: Selection) -> tuple[str, ...]:
    """What holds of every headline figure, such as that all are provisional: it is said once."""
    tiles = list(headline_tiles(desk, selection).values())
    if not tiles:
        return ()
    return tuple(mark for mark in tiles[0].marks if all(mark in tile.marks for tile in tiles))


def topic_rows(desk: FrontDesk, selection: Selection) -> list[Component]:
    """A row for every topic with a headline figure; the others in a line, by what they have."""
    tiles, language = headline_tiles(desk, selection), selection.language
    common = common_marks(desk, selection)
    since = _usual_start(tiles.values())
    rows = list[Component]()
    others, without = list[Component](), list[Component]()
    for topic in desk.catalogue.topic_order():
        address = link(f"/topic/{topic.id}", selection)
        name = html.A(topic.title[language], href=address)
        shown = [tiles[one] for one in topic.headline if one in tiles][:MOST]
        if not shown:
            has_others = bool(desk.topics.held(topic.id, selection))
            (others if has_others else without).append(name)
            continue
        cells = [row_tile(tile, common, selection, since=since) for tile in shown]
        rows.append(html.Section([html.H3(name), html.Ul(cells)], className="topic-row topic-card"))
    parts: list[Component] = []
    if rows:
        head = _head(since, language)
        parts = [head, html.Div(rows, className="panel-card topic-rows")]
    if others:
        parts.append(_listed(word("topics_other", language), others, language))
    if without:
        parts.append(without_figures(without, bool(rows or others), language))
    return [html.Section(parts, className="overview-section")] if parts else []


def _usual_start(tiles: Iterable[Tile]) -> Period | None:
    """The month in which most small trends begin, the earliest of equally many; None of none."""
    starts = Counter(tile.start_period for tile in tiles if tile.start_period and _is_drawn(tile))
    return min(starts, key=lambda month: (-starts[month], month), default=None)


def _is_drawn(tile: Tile) -> bool:
    return sum(value is not None for value in tile.years) > 1


def without_figures(names: Sequence[Component], some: bool, language: str) -> Component:
    """The topics without figures, in one line."""
    key = "topics_without_more" if some else "topics_without"
    return _listed(word(key, language, count=len(names)), names, language)


def _listed(lead: str, names: Sequence[Component], language: str) -> Component:
    listed: list[Component | str] = [lead]
    for place, name in enumerate(names):
        listed += [word("list_comma", language), name] if place else [name]
    return html.P(listed, className="tiles-missing")


def _head(since: Period | None, language: str) -> Component:
    """The title, and the rule of the small trends where one is drawn."""
    rule = None
    if since:
        rule = html.P(word("topics_rule", language, first=periods.name(since, language)))
    title = html.H2(word("topics_title", language))
    return html.Div([title, rule], className="section-head")


def row_tile(
    tile: Tile,
    common: Sequence[str],
    selection: Selection,
    phrase: str = "",
    since: Period | None = None,
) -> Component:
    """One headline figure; the name leads to the indicator, the number to its source.

    ``phrase`` are the words in which the source states it; ``since`` is the month in which the
    page says that small trends begin: one that begins in another names it.
    """
    language = selection.language
    trend = index_trend(tile.years, word("spark_alt", language, indicator=tile.title))
    address = link(f"/indicators/{tile.indicator}", selection)
    value: Component = html.Span(tile.value, className="tile-value")
    if tile.figure:
        href = figure_link(tile.figure, "/", selection)
        value = html.A(
            tile.value, href=href, className="tile-value figure-link", title=exact_title(tile)
        )
    older = tile.figure is not None and tile.figure.period != selection.period
    own = [mark for mark in tile.marks if mark not in common]
    note = dotted(tile.period if older else "", *own, _own_start(tile, since, language))
    start = html.Span(tile.start, className="trend-start") if trend else None
    name = html.Span(html.A(tile.title, href=address), className="row-tile-name")
    quoted = word("figures_phrase", language, phrase=phrase) if phrase else ""
    unit = html.Span(tile.unit, className="tile-unit")
    return html.Li(
        [
            html.P([name, _change(tile)], className="row-tile-head"),
            html.P(
                [
                    html.Span([value, " ", unit], className="row-tile-figure"),
                    html.Span([start, trend.component()], className="row-tile-trend")
                    if trend
                    else None,
                ],
                className="row-tile-body",
            ),
            html.P(note, className="tile-note") if note else None,
            html.P(quoted, className="tile-note") if quoted else None,
        ],
        className="row-tile",
    )


def _own_start(tile: Tile, since: Period | None, language: str) -> str:
    """Where a small trend begins that does not begin where the page says; else ""."""
    start = tile.start_period
    if since is None or start is None or start == since or not _is_drawn(tile):
        return ""
    return word("topics_own_start", language, first=periods.name(start, language))


def _change(tile: Tile) -> Component | None:
    """The change as a sign and a number; why there is none where the reader asks for it."""
    if tile.short:
        shown = change_tag("" if tile.arrow == "unchanged" else tile.arrow, tile.short, tile.tone)
        return html.Span(shown, title=tile.change)
    if not tile.change:
        return None
    reason = html.Span(tile.change, className="visually-hidden")
    return html.Span(["—", reason], className="change tone-none", title=tile.change)
