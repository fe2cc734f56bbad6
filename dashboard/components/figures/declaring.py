"""Builds the form that declares an indicator of a bureau's own: six fields, and who declares it."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Aggregation, Polarity
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import data
from dashboard.components.shell.fields import signature_input
from dashboard.services.declarations import AGGREGATIONS, BASES
from dashboard.services.front_desk import FrontDesk


def declaring_form(desk: FrontDesk, selection: Selection) -> Component:
    """The form, folded until it is opened, and the download of what was declared."""
    language = selection.language
    topics = [(topic.id, topic.title[language]) for topic in desk.catalogue.topic_order()]
    fields = [
        _text(ids.DECLARE_NAME, "declare_name", language),
        _text(ids.DECLARE_UNIT, "declare_unit", language),
        _select(ids.DECLARE_BASIS, "declare_basis", [*map(str, BASES)], language),
        _select(ids.DECLARE_SUM, "declare_sum", [*map(str, AGGREGATIONS)], language),
        _text(ids.DECLARE_NUMERATOR, "declare_numerator", language, ids.DECLARE_PARTS),
        _text(ids.DECLARE_DENOMINATOR, "declare_denominator", language, ids.DECLARE_PARTS),
        _select(ids.DECLARE_GOOD, "declare_good", [*map(str, Polarity)], language),
        _labelled(
            ids.DECLARE_TOPIC,
            "declare_topic",
            _choices(ids.DECLARE_TOPIC, topics, language),
            language,
        ),
        _labelled(ids.DECLARE_BY, "declare_by", signature_input(ids.DECLARE_BY), language),
    ]
    file = html.A(
        word("declare_download", language), href="/export/own-indicators.csv", **data(reload="1")
    )
    body = [
        html.Summary(word("declare_title", language)),
        html.P(word("declare_text", language), className="muted"),
        html.Div(fields, className="filters"),
        html.Datalist([html.Option(value=name) for name in _parts(desk)], id=ids.DECLARE_PARTS),
        dbc.Button(word("declare_send", language), id=ids.DECLARE, color="primary", size="sm"),
        html.P(id=ids.DECLARE_MESSAGE, role="status"),
        html.P(file),
    ]
    return html.Details(body, className="panel-card declaring")


def _labelled(own: str, key: str, control: Component, language: str) -> Component:
    return html.Div([html.Label(word(key, language), htmlFor=own), control], className="filter")


def _parts(desk: FrontDesk) -> list[str]:
    """The names of the indicators that a ratio can be made of: those whose streets add up."""
    every = desk.catalogue.indicators.values()
    return [indicator.name.zh for indicator in every if indicator.aggregation is Aggregation.SUM]


def _text(own: str, key: str, language: str, choices: str = "") -> Component:
    """A field for text; ``choices`` is the id of a list of what may be typed."""
    hint = word(f"{key}_hint", language)
    field = dbc.Input(id=own, size="sm", maxlength=60, placeholder=hint, autocomplete="off")
    if choices:
        field.list = choices
    return _labelled(own, key, field, language)


def _select(own: str, key: str, values: list[str], language: str) -> Component:
    choices = [(value, word(f"{key}_{value}", language)) for value in values]
    return _labelled(own, key, _choices(own, choices, language), language)


def _choices(own: str, choices: list[tuple[str, str]], language: str) -> Component:
    empty = {"value": "", "label": word("basis_choose", language)}
    options = [empty, *({"value": value, "label": label} for value, label in choices)]
    return dbc.Select(id=own, options=options, value="", size="sm")
