"""Builds a tile: one headline figure with its period, its change in words and its course."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.trend import trend
from dashboard.base.language import word
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import figure_link, link
from dashboard.components.shell.sparks import sparkline
from dashboard.components.shell.tags import change_tag

ABSENT = "—"  # a tile of which nothing is known


def exact_title(shown: Tile) -> str | None:
    """The value as tables print it, with its unit, where the tile shows fewer figures."""
    is_rounded = shown.exact not in ("", shown.value)
    return f"{shown.exact} {shown.unit}".strip() if is_rounded else None


def tile(shown: Tile, selection: Selection, path: str = "/") -> Component:
    """One figure; the title leads to the indicator's own page, the number to its source.

    ``here`` is the path of the page it stands on.
    """
    language = selection.language
    spark = sparkline(shown.sparkline, word("spark_alt", language, indicator=shown.title))
    address = link(f"/indicators/{shown.indicator}", selection)
    figure = html.P(
        [
            html.A(
                shown.value,
                href=figure_link(shown.figure, path, selection),
                className="tile-value figure-link",
                title=exact_title(shown),
            )
            if shown.figure
            else html.Span(shown.value, className="tile-value"),
            " " if shown.unit else None,  # ends with the line where the unit begins the next one
            html.Span(shown.unit, className="tile-unit") if shown.unit else None,
        ],
        className="tile-figure",
    )
    going = word(f"trend_{trend(shown.years)}", language) if shown.value != ABSENT else ""
    limits = " · ".join(text for text in (shown.period, shown.note) if text)
    return html.Li(
        [
            html.H3(html.A(shown.title, href=address), className="tile-title"),
            figure,
            change_tag(shown.arrow, shown.change, shown.tone),
            html.P(shown.step, className="tile-note") if shown.step else None,
            spark.component() if spark else None,
            html.P(limits, className="tile-note") if limits else None,
            html.P(going, className="tile-note", title=word("trend_rule", language))
            if spark and going
            else None,
        ],
        className="tile",
    )


def tile_grid(tiles: Sequence[Tile], selection: Selection, path: str = "/") -> list[Component]:
    """Tiles side by side, as many as fit; indicators without any figure on one line below."""
    known = [tile(shown, selection, path) for shown in tiles if shown.value != ABSENT]
    missing: list[Component | str] = []
    for shown in tiles:
        if shown.value == ABSENT:
            address = link(f"/indicators/{shown.indicator}", selection)
            comma = word("list_comma", selection.language) if missing else ""
            missing += [comma, html.A(shown.title, href=address)]
    parts: list[Component] = [html.Ul(known, className="tiles")] if known else []
    if missing:
        text = word("tiles_missing", selection.language)
        parts.append(html.P([text, *missing], className="tiles-missing"))
    return parts
