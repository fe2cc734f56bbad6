"""Builds the overview's figures of an area that has few: cards by topic, in source order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.topic_rows import row_tile, topic_rows, without_figures
from dashboard.components.shell.address import link
from dashboard.services.figures.stated_figures import StatedFigure, StatedFigures, StatedGroup
from dashboard.services.front_desk import FrontDesk

MOST = 4  # of each topic, the rest is folded
YEAR = 12  # months


def overview_topics(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The headline figures of all topics; of an area that has few, all it has."""
    if not desk.selections.area_choices(selection.language):
        return []  # a store without figures has its first card
    stated = desk.stated.of(selection)
    if stated is None or not stated.groups:
        return topic_rows(desk, selection)
    return [html.Section(_parts(desk, stated, selection), className="overview-section")]


def _parts(desk: FrontDesk, stated: StatedFigures, selection: Selection) -> list[Component]:
    language = selection.language
    title = word("stated_report" if stated.is_report else "stated_title", language)
    text = word("stated_text", language)
    head = html.Div([html.H2(title), html.P(text)], className="section-head")
    open_rows, folded, left = [], [], 0
    for group in stated.groups:
        recent = [figure for figure in group.figures if figure.is_recent]
        shown = _leading(recent or list(group.figures))
        rest = [figure for figure in group.figures if figure not in shown]
        open_rows.append(_row(desk, group, shown, selection))
        if rest:
            folded.append(_row(desk, group, rest, selection))
            left += len(rest)
    parts: list[Component] = [head, html.Div(open_rows, className="panel-card topic-rows")]
    if folded:
        summary = html.Summary(html.Strong(word("stated_more", language, count=left)))
        rows = html.Div(folded, className="topic-rows")
        parts.append(html.Details([summary, rows], className="more-charts stated-more panel-card"))
    parts += _below(desk, stated, selection)
    return parts


def _leading(figures: Sequence[StatedFigure]) -> list[StatedFigure]:
    """The figures that stand open, in the order of the source: those with a change come first."""
    chosen = sorted(figures, key=lambda stated_figure: not stated_figure.tile.short)[:MOST]
    return [figure for figure in figures if figure in chosen]


def _row(
    desk: FrontDesk, group: StatedGroup, figures: Sequence[StatedFigure], selection: Selection
) -> Component:
    """A topic's figures; that nothing is compared is said once below all of them."""
    cells = [
        row_tile(
            figure.tile if figure.tile.short else replace(figure.tile, change=""),
            (),
            selection,
            figure.phrase,
        )
        for figure in figures
    ]
    name = html.H3(_name(desk, group, selection))
    return html.Section([name, html.Ul(cells)], className="topic-row topic-card")


def _name(desk: FrontDesk, group: StatedGroup, selection: Selection) -> Component | str:
    language = selection.language
    if group.months:
        years, rest = divmod(group.months, YEAR)
        if rest:
            return word("stated_span_months", language, count=group.months)
        return word(f"stated_span_{years}" if years <= 5 else "stated_span", language, count=years)
    if not group.topic:
        return word("stated_no_topic", language)
    title = desk.catalogue.topics[group.topic].title[language]
    return html.A(title, href=link(f"/topic/{group.topic}", selection))


def _below(desk: FrontDesk, stated: StatedFigures, selection: Selection) -> list[Component]:
    """The topics without figures, what makes figures comparable, and the sources; a line each."""
    language = selection.language
    there = {group.topic for group in stated.groups}
    names = [
        html.A(topic.title[language], href=link(f"/topic/{topic.id}", selection))
        for topic in desk.catalogue.topic_order()
        if topic.id not in there
    ]
    parts = [without_figures(names, True, language)] if names else []
    if not stated.is_compared and selection.period is not None:
        parts.append(
            html.P(
                [
                    word("stated_uncompared", language, year=selection.period.year - 1),
                    " ",
                    html.A(word("absent_hand_in", language), href=link("/submissions", selection)),
                ],
                className="stated-note muted",
            )
        )
    listed = word("list_comma", language).join(stated.sources[:3])
    key = "stated_sources" if len(stated.sources) <= 3 else "stated_sources_more"
    text = word(key, language, names=listed, count=len(stated.sources) - 3)
    return [*parts, html.P(text, className="stated-note muted")]
