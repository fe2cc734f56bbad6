"""Builds the first block of an indicator's page: its value, its change and its course."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.trend import Trend, trend
from dashboard.base.language import word
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.course_row import CourseRow
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.course_cells import course_cells, course_head
from dashboard.components.figures.tiles import ABSENT
from dashboard.components.shell.address import figure_link, figure_tail
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.shell.sparks import index_trend
from dashboard.components.shell.tags import change_tag
from dashboard.services.front_desk import FrontDesk

TREND_SIZE = (220, 56)  # pixels


def key_figure(desk: FrontDesk, indicator: str, selection: Selection) -> list[Component]:
    """The value with its change, and what it was; one line where the area has no figure."""
    (tile,) = desk.figures.tiles([indicator], selection)
    if tile.value == ABSENT:
        return []  # the notices and the charts say what is missing, and what is nearest
    path = f"/indicators/{indicator}"
    rows, unit = desk.figures.courses(indicator, selection)
    body = [
        html.H2(word("key_figure", selection.language), className="visually-hidden"),
        html.Div([_value(tile, path, selection), _course(tile, selection)], className="key-parts"),
    ]
    if rows:
        body.append(_table(rows, unit, path, selection))
    return [html.Section(body, className="panel-card key-figure")]


def _value(tile: Tile, path: str, selection: Selection) -> Component:
    """The number, its change in words and what must be known of it."""
    value: Component = html.Strong(tile.exact or tile.value)
    if tile.figure is not None:
        address = figure_link(tile.figure, path, selection)
        value = html.A(value, href=address, className="figure-link")
    return html.Div(
        [
            html.P([value, " ", html.Span(tile.unit)], className="key-value"),
            change_tag(tile.arrow, tile.change, tile.tone),
            html.P(tile.step, className="muted") if tile.step else None,
            html.P(dotted(tile.period, *tile.marks), className="muted"),
        ]
    )


def _course(tile: Tile, selection: Selection) -> Component | None:
    """The same month of the last years as a small trend, and where it is going by the rule."""
    language = selection.language
    drawn = index_trend(tile.years, word("spark_alt", language, indicator=tile.title), *TREND_SIZE)
    if drawn is None:
        return None
    going = trend(tile.years)
    text = word(f"trend_{going}", language)
    rule = html.P(text, title=word("trend_rule", language), className="muted")
    start = html.Span(tile.start, className="trend-start")
    return html.Div(
        [
            html.Div([start, drawn.component()], className="key-trend"),
            rule if going is not Trend.NOT_JUDGED else None,
        ]
    )


def _table(rows: Sequence[CourseRow], unit: str, path: str, selection: Selection) -> Component:
    """Start, end, absolute and relative change: since a year before, and since longer ago."""
    language = selection.language
    head = course_head(word("course_from", language), unit, language)
    body = [Row([Cell(row.since, scope="row"), *course_cells(row)]) for row in rows]
    caption = word("course_caption", language, until=rows[0].until, unit=unit)
    tail = figure_tail(path, selection)
    return real_table(caption, [head], body, kind="courses", tail=tail)
