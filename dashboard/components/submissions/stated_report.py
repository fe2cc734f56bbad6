"""Builds a stored work report in its own order: a card for each figure, with its words."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.catalogue.concepts import FigureKind, Observation
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.wording import period_name, quantity, scale_of
from dashboard.components.shell.address import figure_link
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.phrases import dotted
from dashboard.services.front_desk import FrontDesk

MOST = 600  # figures of a report


def stated_report(desk: FrontDesk, number: int, selection: Selection) -> Component | None:
    """The figures of a submission with the words that state them; None where it quotes none."""
    stated = [
        observation for observation in desk.submissions.stated(number) if observation.source.phrase
    ]
    if not stated:
        return None
    language = selection.language
    title = next(
        (observation.source.title for observation in stated if observation.source.title), ""
    )
    cells = [_figure(desk, observation, selection) for observation in stated[:MOST]]
    address = f"/export/report-figures.{{}}?submission={number}&lang={language}"
    links = [
        html.A(
            word(key, language), href=address.format(ending), className="tool", **data(reload="1")
        )
        for ending, key in (("xlsx", "report_cards_xlsx"), ("csv", "report_cards_csv"))
    ]
    head = word("report_cards_text", language, count=len(stated), title=title)
    body = [html.P(head), html.P(links, className="draft-downloads"), _cards(cells)]
    return card(word("report_cards_title", language), body)


def _cards(cells: Sequence[Component]) -> Component:
    return html.Ol(list(cells), className="report-cards")


def _figure(desk: FrontDesk, stated: Observation, selection: Selection) -> Component:
    language = selection.language
    indicator = desk.catalogue.indicators.get(stated.indicator)
    key = FigureKey(stated.indicator, stated.area, stated.period, kind=stated.kind)
    link = figure_link(key, "/submissions", selection)
    if indicator is None:
        name, value, period = stated.indicator, str(stated.value or "—"), str(stated.period)
    else:
        name = indicator.name[language]
        value = quantity(stated.value, scale_of(indicator, [stated.value], language), language)
        period = period_name(stated.period, indicator, language)
    kind = "" if stated.kind is FigureKind.ACTUAL else word(f"kind_{stated.kind}", language)
    note = dotted(area_name(desk, stated.area, language), period, kind, stated.qualifier)
    return html.Li(
        [
            html.P(name, className="row-tile-name"),
            html.P(html.A(value, href=link, className="tile-value figure-link")),
            html.P(note, className="tile-note"),
            html.P(
                word("figures_phrase", language, phrase=stated.source.phrase), className="tile-note"
            ),
        ],
        className="row-tile",
    )
