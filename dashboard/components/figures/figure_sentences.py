"""Builds the search for figures to write with: each as a sentence to copy, with its receipt."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import figure_link
from dashboard.components.shell.card import card
from dashboard.components.shell.file_names import safe
from dashboard.services.figures.figure_sentences import FigureSentence
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.receipts import of_chart

PAGE_PATH = "/figures"


def sentence_search(text: str, selection: Selection) -> Component:
    """The search box; it is sent as an address, so that an answer can be sent to a colleague."""
    language = selection.language
    hidden = [
        dcc.Input(type="hidden", name=name, value=value)
        for name, value in (
            ("area", selection.area),
            ("period", str(selection.period or "")),
            ("lang", language),
        )
    ]
    label = word("figures_search", language)
    box = dbc.Input(name="q", value=text, placeholder=label, maxlength=60, autocomplete="off")
    button = dbc.Button(word("figures_find", language), type="submit", color="primary")
    row = html.Div([html.Label([html.Span(label, className="visually-hidden"), box]), button])
    return html.Form([*hidden, row], method="get", action=PAGE_PATH, className="figure-search")


def sentence_list(desk: FrontDesk, text: str, selection: Selection) -> Component:
    """The sentences with the receipt of each; what is missing where there are none."""
    language = selection.language
    sentences = desk.figure_sentences.find(text, selection)
    if not sentences:
        key = "figures_none" if text.strip() else "figures_hint"
        return html.P(word(key, language), className="muted")
    return html.Div(
        [_sentence(desk, sentence, number, selection) for number, sentence in enumerate(sentences)],
        className="card-stack",
    )


def _sentence(
    desk: FrontDesk, sentence: FigureSentence, number: int, selection: Selection
) -> Component:
    language = selection.language
    code = desk.receipts.code(of_chart(sentence.chart, selection), selection)
    receipt = word("figures_receipt", language, code=code) if code else ""
    name = f"figure-sentence-{number}"
    meaning = desk.catalogue.indicators[sentence.key.indicator]
    copy = dcc.Clipboard(
        target_id=name, title=word("figures_copy", language), className="figure-copy"
    )
    lines: list[Component | None] = [
        html.P(f"{safe(sentence.text, 1200)}{receipt}", id=name, className="lead-text"),
        html.P(
            [
                copy,
                html.A(
                    word("figures_page", language),
                    href=figure_link(sentence.key, PAGE_PATH, selection),
                ),
            ],
            className="figure-tools",
        ),
    ]
    return card(meaning.name[language], lines)
