"""Builds the page and the sentence shown after a failure, without a traceback."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.attributes import data


def failed_page(language: str, reference: str = "") -> Component:
    """A page of its own; it asks the store for nothing, for that may be what failed.

    ``reference`` is the number under which the failure stands in the log.
    """
    again = html.A(word("failed_again", language), href="", **data(reload="1"))
    home = html.A(word("page_overview", language), href="/", **data(reload="1"))
    return html.Main(
        [
            html.H1(word("failed_title", language)),
            html.P(word("failed_status", language), className="where"),
            html.P([word("failed_text", language), *_reference(language, reference)]),
            html.Ul([html.Li(again), html.Li(home)], className="chips"),
        ],
        id="main",
        className="failed-page",
        tabIndex=-1,
    )


def failed_part(language: str, reference: str = "") -> list[Component | str]:
    """The sentence for a part of a page, with the way to try again."""
    reload = html.A(word("failed_reload", language), href="", **data(reload="1"))
    return [word("failed_part", language), *_reference(language, reference), " ", reload]


def _reference(language: str, reference: str) -> list[str]:
    return [" ", word("fault_reference", language, reference=reference)] if reference else []
