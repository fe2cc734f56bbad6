"""Builds the heading of a topic's page: its finding, and below it the topic, area and period."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.base.language import word
from dashboard.catalogue.topics import Topic
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import headline
from dashboard.components.figures.key_strip import period_of_all, shown_tiles
from dashboard.components.figures.tiles import common_of
from dashboard.components.figures.topic_sections import leading
from dashboard.components.shell.address import link
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.phrases import clauses, dotted
from dashboard.services.front_desk import FrontDesk


def topic_heading(desk: FrontDesk, topic: Topic, selection: Selection) -> list[Component]:
    """The finding as the page's h1, else the topic's name; then what, where, when and how sure."""
    language = selection.language
    finding, name = topic_finding(desk, topic, selection), topic.title[language]
    text = topic.description[language]
    description = None
    if not finding and text != "—":
        description = html.P(text, className="lead-text")
    about = html.A(
        word("help_topic_link", language),
        href=link(f"/help/{topic.id}", selection),
        className="help-link",
    )
    said = _where(desk, topic, selection, named=bool(finding))
    where = html.P([said, " ", about], className="where")
    block = [html.H1(clauses(finding) if finding else name), where, description]
    return [html.Div([part for part in block if part], className="page-title topic-title")]


def _where(desk: FrontDesk, topic: Topic, selection: Selection, *, named: bool) -> str:
    """The topic where the finding stands above, the area, the period, the comparison, the marks."""
    language = selection.language
    tiles = shown_tiles(desk, topic.id, selection)
    compared = any(tile.short for tile in tiles)
    return dotted(
        topic.title[language] if named else "",
        area_name(desk, selection.area, language),
        period_of_all(tiles, selection),
        word(f"compared_{selection.comparison}", language) if compared else "",
        *common_of(tiles, language).marks,
    )


def topic_finding(desk: FrontDesk, topic: Topic, selection: Selection) -> str:
    """How many of the topic's targets are behind, else the first chart's finding; "" else.

    An only target stands before what ranks the streets.
    """
    known, language = desk.catalogue.indicators, selection.language
    rows = [
        row
        for row in desk.target_overview.rows(selection)
        if known[row.target.indicator].topic == topic.id
    ]
    if any(row.status in OFF_PACE for row in rows):
        return headline(rows, desk.catalogue, desk.areas(), language)
    shown = desk.topics.of(topic.id, selection)
    opened = leading(shown.declared, topic, desk.catalogue)
    finding = _first_finding(chart for chart in opened if chart.key_kind != "area")
    if not finding and len(rows) == 1 and rows[0].actual is not None:
        return headline(rows, desk.catalogue, desk.areas(), language)
    return finding or _first_finding(opened)


def _first_finding(charts: Iterable[Chart]) -> str:
    """What the first chart that finds something says; "" where none does."""
    return next((chart.finding for chart in charts if chart.finding), "")
