"""Builds the wall screen: one page without scrolling or controls, legible from across a room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.off_pace import OFF_PACE, OffPace
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import GROUPS, OffPaceWords
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import SIGNS
from dashboard.components.figures.tiles import exact_title
from dashboard.components.figures.topic_rows import headline_tiles
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.sparks import index_trend
from dashboard.components.shell.tags import change_tag
from dashboard.components.targets.off_pace import pace_bar
from dashboard.components.targets.target_list import words_of
from dashboard.services.front_desk import FrontDesk
from dashboard.services.targets.target_overview import AreaTargets

LINES = 4  # targets off pace that fit
TILES = 4
STREETS = 16


def wall_screen(desk: FrontDesk, selection: Selection) -> Component:
    """The targets off pace, the streets by how many they are behind in, a figure a topic."""
    targets = desk.target_overview.of(selection)
    language = selection.language
    return html.Main(
        [
            _head(desk, targets, selection),
            html.Div(
                [_lines(desk, targets, selection), _streets(desk, targets, selection)],
                className="wall-middle",
            ),
            html.Ul(
                [_tile(tile, language) for tile in _chosen(desk, selection)],
                className="wall-tiles",
            ),
            html.P(_foot(desk, selection), className="wall-foot"),
        ],
        className="wall",
        id="main",
    )


def _head(desk: FrontDesk, targets: AreaTargets, selection: Selection) -> Component:
    language, rows = selection.language, targets.rows
    place = desk.areas().name_of(selection.area, language)
    when = periods.name(selection.period, language) if selection.period else ""
    behind = sum(row.status in OFF_PACE for row in rows)
    title = word("wall_title", language, count=len(rows), behind=behind) if rows else place
    counts = Counter(row.status for row in rows)
    parts = []
    for name, group in GROUPS.items():
        count = sum(counts[status] for status in group)
        if count:
            sign = html.Span(SIGNS[group[0]] if name != "well" else "●", **aria(hidden="true"))
            text = f"{word(f'group_{name}', language)} {count}"
            style = {"flexGrow": count}
            parts.append(html.Li([sign, " ", text], className=f"group-{name}", style=style))
    about = html.P(dotted(place, when), className="wall-where")
    bar = html.Ul(parts, className="wall-bar") if parts else None
    return html.Header([html.Div([about, html.H1(title)]), bar], className="wall-head")


def _lines(desk: FrontDesk, targets: AreaTargets, selection: Selection) -> Component:
    """The targets that are furthest behind, one line each."""
    language = selection.language
    behind = [off for off in targets.in_sight if off.row.status in OFF_PACE][:LINES]
    if not behind:
        none = word("wall_none_behind", language)
        return html.Section(html.P(none, className="wall-none"), className="wall-card")
    lines = [_line(desk, off, language) for off in behind]
    return html.Section(html.Ol(lines), className="wall-card wall-lines")


def _line(desk: FrontDesk, off: OffPace, language: str) -> Component:
    off_words = OffPaceWords(off, words_of(desk, off.row, language))
    words, areas = off_words.words, desk.areas()
    streets = [
        html.Li(
            [
                html.Span(areas.name_of(street.area, language)),
                html.Strong(off_words.street_amount(street.value)),
            ]
        )
        for street in off.holdbacks.streets
    ]
    return html.Li(
        [
            html.Div([html.H2(words.name), html.P(office_name(off.row.target.owner, language))]),
            html.Div([pace_bar(off.row, is_flow(words.indicator)), html.P(words.done)]),
            html.Div([html.P(words.gap, className="wall-gap"), html.P(off_words.since_due)]),
            html.Div(
                [html.P(off_words.where()), html.Ul(streets) if streets else None],
                className="wall-where-streets",
            ),
        ],
        className=f"status-{off.row.status}",
    )


def _streets(desk: FrontDesk, targets: AreaTargets, selection: Selection) -> Component | None:
    """The streets, those behind in most targets first; their shade says in how many."""
    language = selection.language
    behind: Counter[str] = Counter()
    for row in targets.parts:
        behind[row.area] += row.status in OFF_PACE
    if not behind:
        return None
    most = max(max(behind.values()), 1)
    ordered = sorted(behind, key=lambda code: (-behind[code], code))[:STREETS]
    tiles = []
    for code in ordered:
        count = behind[code]
        level = round(count / most * 3)
        name = html.Span(desk.areas().name_of(code, language))
        number = html.Strong(str(count) if count else "–")
        tiles.append(html.Li([name, number], className=f"wall-level-{level}"))
    listed = len({row.target.indicator for row in targets.parts})
    return html.Section(
        [
            html.H2(word("wall_streets", language)),
            html.P(word("wall_streets_of", language, count=listed)),
            html.Ul(tiles),
        ],
        className="wall-card wall-streets",
    )


def _chosen(desk: FrontDesk, selection: Selection) -> list[Tile]:
    """One figure of each of the first topics that have any."""
    tiles = headline_tiles(desk, selection)
    first = (
        next((tiles[name] for name in topic.headline if name in tiles), None)
        for topic in desk.catalogue.topic_order()
    )
    return [tile for tile in first if tile is not None][:TILES]


def _tile(tile: Tile, language: str) -> Component:
    trend = index_trend(tile.years, word("spark_alt", language, indicator=tile.title), 160, 56)
    arrow = "" if tile.arrow == "unchanged" else tile.arrow
    return html.Li(
        [
            html.H2(tile.title),
            html.P([html.Strong(tile.value, title=exact_title(tile)), " ", html.Span(tile.unit)]),
            html.Div(
                [change_tag(arrow, tile.short, tile.tone), trend.component() if trend else None]
            ),
        ],
        className="wall-card",
    )


def _foot(desk: FrontDesk, selection: Selection) -> str:
    """What the changes are compared with, and what is to be known of all figures."""
    language = selection.language
    tiles: Sequence[Tile] = list(headline_tiles(desk, selection).values())
    marks = (
        [mark for mark in tiles[0].marks if all(mark in t.marks for t in tiles)] if tiles else []
    )
    fresh = desk.figures.freshness(selection)
    received = word("foot_received", language, date=str(fresh.received)) if fresh.received else ""
    return dotted(word("wall_tick", language), word("wall_compared", language), received, *marks)
