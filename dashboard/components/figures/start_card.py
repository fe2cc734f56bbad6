"""Shows what to do first in a store without figures: three questions, each with its answer."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Level
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria, data
from dashboard.services.front_desk import FrontDesk


def start_card(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Which bureau, which streets, a first table; nothing once there are figures."""
    language = selection.language
    if desk.selections.area_choices(language):
        return []
    own = desk.areas().get(selection.area)
    district = own if own is not None and own.level is Level.DISTRICT else None
    below = len(desk.areas().children(district.code)) if district else 0
    streets = word("start_streets_known", language, count=below) if below else ""
    steps = [
        _step("bureau", district.name[language] if district else "", None, language),
        _step("streets", streets, "" if streets else "streets", language),
        _step("table", "", "month", language),
    ]
    hand_in = html.A(
        word("welcome_start", language),
        href=link("/submissions", selection),
        className="btn btn-primary",
    )
    look = html.P(word("welcome_look", language), className="muted")
    body = [html.Ol(steps, className="start-steps"), html.Div([hand_in, look])]
    return [
        html.Section(body, className="panel-card", **aria(label=word("welcome_title", language)))
    ]


def _step(name: str, answer: str, template: str | None, language: str) -> Component:
    """A question with its answer, else how it is answered and an empty table to download."""
    known = html.P([html.Span("✓ ", className="start-done"), answer]) if answer else None
    file = None
    if template and not answer:
        address = f"/export/template-{template}.xlsx?lang={language}"
        label = word(f"start_download_{template}", language)
        file = html.P(html.A(label, href=address, **data(reload="1")))
    text = None if answer else html.P(word(f"start_{name}_text", language))
    return html.Li([html.H2(word(f"start_{name}", language)), known, text, file])
