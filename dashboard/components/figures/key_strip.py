"""Builds the strip of a topic's headline figures: value and change, one beside another."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording
from dashboard.components.figures.tiles import (
    Common,
    common_of,
    exact_title,
    missing_tiles,
    stated_once,
)
from dashboard.components.shell.address import figure_link, link
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.tags import change_tag
from dashboard.services.front_desk import FrontDesk

MOST_IN_LINE = 6  # cells; more stand on lines of their own


def shown_tiles(desk: FrontDesk, topic: str, selection: Selection) -> list[Tile]:
    """The headline figures of a topic that the area has."""
    return [tile for tile in _headline(desk, topic, selection) if not tile.is_absent]


def _headline(desk: FrontDesk, topic: str, selection: Selection) -> list[Tile]:
    named = desk.catalogue.topics[topic].headline
    return [*desk.figures.headline_tiles(named, selection).values()]


def period_of_all(tiles: Sequence[Tile], selection: Selection) -> str:
    """The period that all figures are of (2026年1—10月), else the name of the selected month."""
    named = {tile.period for tile in tiles}
    if len(named) == 1:
        return named.pop()
    return periods.name(selection.period, selection.language) if selection.period else ""


def strip_panel(desk: FrontDesk, topic: str, selection: Selection) -> list[Component]:
    """The headline figures of a topic; those without any figure on one line below.

    The marks that all figures share stand in the page's heading.
    """
    tiles = _headline(desk, topic, selection)
    known = [tile for tile in tiles if not tile.is_absent]
    common, path = common_of(known, selection.language), f"/topic/{topic}"
    period = period_of_all(known, selection)
    cells = [_cell(tile, common, selection, path, period) for tile in known]
    parts: list[Component] = []
    if cells:
        size = f"of-{min(len(cells), MOST_IN_LINE)}"
        parts.append(html.Ul(cells, className=f"panel-card key-strip {size}"))
    if said := stated_once(Common(reasons=common.reasons), len(known), selection.language):
        parts.append(html.P(said, className="tiles-missing"))
    return [*parts, *missing_tiles(tiles, selection)]


def _cell(tile: Tile, common: Common, selection: Selection, path: str, period: str) -> Component:
    """One figure; the name leads to the indicator, the number to its source.

    ``period`` stands in the page's heading; a figure of another one says so.
    """
    value: Component = html.Span(tile.value, className="tile-value")
    if tile.figure:
        address = figure_link(tile.figure, path, selection)
        value = html.A(
            tile.value, href=address, className="tile-value figure-link", title=exact_title(tile)
        )
    own = [mark for mark in tile.marks if mark not in common.marks]
    note = dotted(tile.period if tile.period != period else "", *own)
    name = html.A(tile.title, href=link(f"/indicators/{tile.indicator}", selection))
    unit = html.Span(tile.unit, className="tile-unit")
    return html.Li(
        [
            html.H3(name, className="tile-title"),
            html.P([value, " ", unit], className="tile-figure"),
            _change(tile, common, selection.language),
            html.P(tile.step, className="tile-note") if tile.step else None,
            html.P(note, className="tile-note") if note else None,
        ],
        className="key-cell",
    )


def _change(tile: Tile, common: Common, language: str) -> Component | None:
    """The absolute and the relative change, else why there is none where that is not below."""
    if not tile.short:
        return None if common.has(tile.change) else change_tag("", tile.change, tile.tone)
    if not tile.amount or tile.arrow == "unchanged":
        shown = tile.short
    else:
        amount = wording.with_unit_name(tile.amount, tile.unit, language)
        shown = word("chart_comma", language).join((amount, tile.short))
    arrow = "" if tile.arrow == "unchanged" else tile.arrow
    return html.P(change_tag(arrow, shown, tile.tone), title=tile.change)
