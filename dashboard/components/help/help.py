"""Builds the help page: a start in three minutes, the pages, who does what, how to read signs."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.base.settings import ROOT
from dashboard.charts.model.selection import Selection
from dashboard.components.help.help_signs import sign_tables
from dashboard.components.help.shortcuts import shortcuts_button
from dashboard.components.help.tour import tour_link
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import title_block
from dashboard.services.front_desk import FrontDesk

PAGE_PATH = "/help"
ACCESS = "accessibility"  # the statement, among the topics' names
START = 5  # steps of the start in three minutes
WHO = ("leader", "office", "statistician", "administrator")
# What help says of a page is "help_page_<name>", its own name "page_<name>".
PAGES = {
    "overview": "/",
    "targets": "/targets",
    "indicators": "/indicators",
    "submissions": "/submissions",
    "completeness": "/completeness",
    "drafts": "/drafts",
    "figures": "/figures",
    "report": "/report",
    "meeting": "/meeting",
    "receipt": "/receipt",
}


def _facts(pairs: Sequence[tuple[str | Component, str]]) -> Component:
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(text)]) for name, text in pairs], className="help-list"
    )


def _pages(desk: FrontDesk, selection: Selection) -> Component:
    language = selection.language
    first = desk.catalogue.topic_order()[:1]
    pairs: list[tuple[str | Component, str]] = []
    for name, path in PAGES.items():
        page = html.A(word(f"page_{name}", language), href=link(path, selection))
        pairs.append((page, word(f"help_page_{name}", language)))
        if name == "targets":
            pairs += [
                (
                    html.A(topic.title[language], href=link(f"/topic/{topic.id}", selection)),
                    word("help_page_topic", language),
                )
                for topic in first
            ]
            pairs.append((word("area_street", language), word("help_page_street", language)))
    return _facts(pairs)


def statement(language: str) -> str:
    """The accessibility statement in Markdown, from the documents; "" where there is none."""
    names = ["accessibility.md"]
    if language == "zh":
        names = ["accessibility.zh-CN.md", "accessibility.zh.md", *names]
    files = (ROOT / "docs" / name for name in names)
    first = next((file for file in files if file.is_file()), None)
    return first.read_text(encoding="utf-8") if first else ""


def _more(selection: Selection) -> list[Component]:
    language = selection.language
    anchors: list[Component] = [tour_link(selection), shortcuts_button(language)]
    if statement(language):
        address = link(f"{PAGE_PATH}/{ACCESS}", selection)
        anchors.append(html.A(word("help_access", language), href=address))
    return [
        html.Ul([html.Li(anchor) for anchor in anchors], className="chips"),
        html.H3(word("help_browsers", language)),
        html.P(word("help_browsers_text", language)),
    ]


def help_page(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Everything on one page, so that it can be searched and printed."""
    language = selection.language
    steps = [html.Li(word(f"help_start_{n}", language)) for n in range(1, START + 1)]
    topics = [
        html.A(topic.title[language], href=link(f"{PAGE_PATH}/{topic.id}", selection))
        for topic in desk.catalogue.topic_order()
    ]
    who = [
        (word(f"help_who_{role}", language), word(f"help_who_{role}_text", language))
        for role in WHO
    ]
    return [
        *title_block(word("page_help", language), "", word("help_lead", language)),
        card(word("help_start", language), [html.Ol(steps), html.P(tour_link(selection))]),
        card(word("help_pages", language), [_pages(desk, selection)]),
        card(word("help_who", language), [_facts(who)]),
        card(word("help_signs", language), sign_tables(language), "signs"),
        card(
            word("help_topics", language),
            [html.Ul([html.Li(entry) for entry in topics], className="chips")],
            "topics",
        ),
        card(word("help_more", language), _more(selection), "more"),
    ]


def statement_page(selection: Selection) -> list[Component]:
    """The accessibility statement as it stands in the documents."""
    language = selection.language
    back = html.P(html.A(word("help_all", language), href=link(PAGE_PATH, selection)))
    text = dcc.Markdown(statement(language), className="document")
    return [back, html.Section(text, className="panel-card")]
