"""Builds a dialog that a callback opens over the page, closed by its own buttons alone."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component


def form_dialog(
    name: str,
    title: dbc.ModalTitle,
    body: Sequence[Component],
    answers: Sequence[Component],
    buttons: Sequence[Component],
) -> dbc.Modal:
    """The dialog with the id ``name``, closed; it is called by its title, which has an id too.

    ``answers`` say what became of a click: they stand at the buttons, in sight however long the
    body is.
    """
    return dbc.Modal(
        [
            dbc.ModalHeader(title, close_button=False),
            dbc.ModalBody([*body]),
            dbc.ModalFooter([html.Div([*answers], className="dialog-answers"), *buttons]),
        ],
        id=name,
        labelledby=title.id,
        is_open=False,
        size="lg",
        scrollable=True,
        backdrop="static",
    )
