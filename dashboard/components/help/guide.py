"""Builds the help line of every page: keys, the plain page, and who printed it when."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import day_name, word
from dashboard.charts.model.selection import Selection
from dashboard.components.help.shortcuts import shortcuts_button
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import data
from dashboard.components.shell.plain_html import plain_address
from dashboard.services.front_desk import FrontDesk


def guide_line(desk: FrontDesk, path: str, selection: Selection) -> list[Component]:
    """The last lines of a page's foot; the one with bureau and day is seen on paper only."""
    language = selection.language
    plain = plain_address(link(path, selection))
    made = word(
        "print_made",
        language,
        bureau=desk.context.bureau(language),
        day=day_name(date.today(), language),
    )
    return [
        html.P(
            [
                html.A(word("page_help", language), href=link("/help", selection)),
                shortcuts_button(language),
                html.A(word("plain_this", language), href=plain, **data(reload="1")),
            ],
            className="guide-line",
        ),
        html.P(made, className="paper-only"),
    ]
