"""Builds the wall screen: pages without scrolling or controls, legible from across a room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.base.whole_numbers import whole_number
from dashboard.catalogue import periods
from dashboard.catalogue.wall_pages import WallCard, WallPage
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import GROUPS
from dashboard.charts.text.target_words import SIGNS
from dashboard.components.figures.topic_rows import common_marks, headline_tiles
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.marking import marking
from dashboard.components.shell.phrases import dotted
from dashboard.components.wall_cards import (
    CARDS,
    figure_grid,
    figure_tile,
    first_figures,
    latest_moves,
)
from dashboard.services.front_desk import FrontDesk

TILES = 4
LONGEST_TURN = 3600  # seconds


def wall_page(desk: FrontDesk, selection: Selection, asked: dict[str, str]) -> Component:
    """The declared pages of the selected area and period, one upon another.

    ``asked`` is the address's query: ``look=dark`` for a dark room, ``turn`` seconds a page.
    """
    wall = desk.catalogue.wall
    typed = whole_number(asked.get("turn", ""))
    seconds = wall.seconds if typed is None else min(typed, LONGEST_TURN)
    pages = [_page(desk, page, selection) for page in wall.pages]
    faces = [face for face in pages if face is not None] or [_plain_page(desk, selection)]
    look = "dark" if asked.get("look") == "dark" else "projector"
    timing = data(theme=look, seconds=str(seconds), refresh=str(wall.refresh))
    return html.Main(faces, className="wall-page", id="main", **timing)


def _page(desk: FrontDesk, page: WallPage, selection: Selection) -> Component | None:
    """A page with the cards that have something to say; None where none of them has."""
    drawn = [CARDS[card](desk, selection) for card in page.cards]
    cards = [card for card in drawn if card is not None]
    if not cards:
        return None
    under = WallCard.FIGURES not in page.cards or bool(page.figures)
    tiles = _tiles(desk, page, selection) if under else []
    moves = None if WallCard.CHANGES in page.cards else latest_moves(desk, selection)
    return _face(desk, selection, cards, tiles, moves)


def _plain_page(desk: FrontDesk, selection: Selection) -> Component:
    """The page of an area without targets: its figures, or that there are none."""
    grid = figure_grid(desk, selection)
    none = html.P(word("wall_nothing", selection.language), className="wall-none")
    return _face(
        desk, selection, [grid or html.Section(none, className="wall-card wall-empty")], []
    )


def _face(
    desk: FrontDesk,
    selection: Selection,
    cards: list[Component],
    tiles: list[Tile],
    moves: Component | None = None,
) -> Component:
    language = selection.language
    alone = "" if len(cards) > 1 else " is-alone"
    common = common_marks(desk, selection)
    listed = [figure_tile(tile, language, common=common) for tile in tiles]
    return html.Section(
        [
            _head(desk, selection),
            html.Div(cards, className=f"wall-middle{alone}"),
            html.Ul(listed, className="wall-tiles") if listed else None,
            html.Footer([moves, html.P(_foot(desk, selection))], className="wall-foot"),
        ],
        className="wall",
    )


def _head(desk: FrontDesk, selection: Selection) -> Component:
    language, rows = selection.language, desk.target_overview.rows(selection)
    place = desk.areas().name_of(selection.area, language)
    when = periods.name(selection.period, language) if selection.period else ""
    behind = sum(row.status in OFF_PACE for row in rows)
    title = word("wall_title", language, count=len(rows), behind=behind) if rows else place
    tick = word("wall_tick", language) if rows else ""
    about = html.P(dotted(place if rows else "", when, tick), className="wall-where")
    return html.Header(
        [
            *marking(desk.release.on_screen(selection.area, selection.period, selection.language)),
            html.Div([about, html.H1(title)]),
            _bar(rows, language),
        ],
        className="wall-head",
    )


def _bar(rows: Sequence[Progress], language: str) -> Component | None:
    """How many targets are behind, on pace or not judged, as wide as they are many."""
    counts = Counter(row.status for row in rows)
    parts = []
    for name, group in GROUPS.items():
        count = sum(counts[status] for status in group)
        if count:
            sign = html.Span(SIGNS[group[0]] if name != "well" else "●", **aria(hidden="true"))
            text = f"{word(f'group_{name}', language)} {count}"
            style = {"flexGrow": count}
            parts.append(html.Li([sign, " ", text], className=f"group-{name}", style=style))
    return html.Ul(parts, className="wall-bar") if parts else None


def _tiles(desk: FrontDesk, page: WallPage, selection: Selection) -> list[Tile]:
    """The declared figures that the area has, then those of the first topics, as many as fit."""
    named = desk.figures.tiles(page.figures, selection) if page.figures else []
    shown = [tile for tile in named if not tile.is_absent]
    names = {tile.indicator for tile in shown}
    others = [tile for tile in first_figures(desk, selection) if tile.indicator not in names]
    return [*shown, *others][:TILES]


def _foot(desk: FrontDesk, selection: Selection) -> str:
    """What the changes are compared with, and what is to be known of all figures."""
    compared = any(tile.short for tile in headline_tiles(desk, selection).values())
    rule = word("wall_compared", selection.language) if compared else ""
    return dotted(rule, *common_marks(desk, selection))
