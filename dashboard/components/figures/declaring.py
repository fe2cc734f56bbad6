"""The form that declares an indicator of a bureau's own: six fields, and who declares it."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Aggregation, Polarity
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import data
from dashboard.services.declarations import AGGREGATIONS, BASES
from dashboard.services.front_desk import FrontDesk


def declaring_form(desk: FrontDesk, selection: Selection) -> Component:
    """The form, folded until it is opened, and the download of what was declared."""
    say = selection.language
    topics = [(topic.id, topic.title[say]) for topic in desk.catalogue.topic_order()]
    fields = [
        _text(ids.DECLARE_NAME, "declare_name", say),
        _text(ids.DECLARE_UNIT, "declare_unit", say),
        _select(ids.DECLARE_BASIS, "declare_basis", [*map(str, BASES)], say),
        _select(ids.DECLARE_SUM, "declare_sum", [*map(str, AGGREGATIONS)], say),
        _text(ids.DECLARE_NUMERATOR, "declare_numerator", say, ids.DECLARE_PARTS),
        _text(ids.DECLARE_DENOMINATOR, "declare_denominator", say, ids.DECLARE_PARTS),
        _select(ids.DECLARE_GOOD, "declare_good", [*map(str, Polarity)], say),
        _labelled(
            ids.DECLARE_TOPIC, "declare_topic", _choices(ids.DECLARE_TOPIC, topics, say), say
        ),
        _text(ids.DECLARE_BY, "declare_by", say),
    ]
    file = html.A(
        word("declare_download", say), href="/export/own-indicators.csv", **data(reload="1")
    )
    body = [
        html.Summary(word("declare_title", say)),
        html.P(word("declare_text", say), className="muted"),
        html.Div(fields, className="filters"),
        html.Datalist([html.Option(value=name) for name in _parts(desk)], id=ids.DECLARE_PARTS),
        dbc.Button(word("declare_send", say), id=ids.DECLARE, color="primary", size="sm"),
        html.P(id=ids.DECLARE_SAID, role="status"),
        html.P(file),
    ]
    return html.Details(body, className="panel-card declaring")


def _labelled(own: str, key: str, control: Component, say: str) -> Component:
    return html.Div([html.Label(word(key, say), htmlFor=own), control], className="filter")


def _parts(desk: FrontDesk) -> list[str]:
    """The names of the indicators that a ratio can be made of: those whose streets add up."""
    every = desk.catalogue.indicators.values()
    return [one.name.zh for one in every if one.aggregation is Aggregation.SUM]


def _text(own: str, key: str, say: str, choices: str = "") -> Component:
    """A field for text; ``choices`` is the id of a list of what may be typed."""
    hint = word(f"{key}_hint", say)
    field = dbc.Input(id=own, size="sm", maxlength=60, placeholder=hint, autocomplete="off")
    if choices:
        field.list = choices
    return _labelled(own, key, field, say)


def _select(own: str, key: str, values: list[str], say: str) -> Component:
    choices = [(value, word(f"{key}_{value}", say)) for value in values]
    return _labelled(own, key, _choices(own, choices, say), say)


def _choices(own: str, choices: list[tuple[str, str]], say: str) -> Component:
    empty = {"value": "", "label": word("basis_choose", say)}
    options = [empty, *({"value": value, "label": label} for value, label in choices)]
    return dbc.Select(id=own, options=options, value="", size="sm")
