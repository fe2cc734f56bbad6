"""Builds the list of files and pages that a figure left in, on the figure's own page."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import figure_query
from dashboard.components.shell.card import card
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.figure_uses import Carrier

_MOST = 12  # that are listed


def carried_card(desk: FrontDesk, figure: FigureKey, selection: Selection) -> Component | None:
    """The files with the figure, those with an old value marked; None where it never left."""
    language = selection.language
    found = desk.carriers.of(figure, selection)
    if not found:
        return None
    old = [carrier for carrier in found if carrier.old]
    shown = [*old, *(carrier for carrier in found if not carrier.old)]
    lines = [html.Li(_line(carrier, language)) for carrier in shown[:_MOST]]
    if len(found) > _MOST:
        lines.append(html.Li(word("code_more", language, count=len(found) - _MOST)))
    head = word("carried_lead_old" if old else "carried_lead", language, count=len(old))
    notice = None
    if old:
        address = f"/export/correction.docx?{figure_query(figure)}&lang={language}"
        text = word("carried_notice", language)
        notice = html.P(html.A(text, href=address, download="", className="tool"))
    title = word("carried_title", language, count=len(found))
    return card(title, [html.P(head), html.Ul(lines), notice])


def _line(one: Carrier, language: str) -> list[Component | str]:
    """What it is with a link to its receipt, when it was made, and the old value with the new."""
    name = " · ".join(filter(None, (one.kind, one.title)))
    anchor = html.A(one.code, href=f"/receipt/{one.code}?lang={language}")
    parts: list[Component | str] = [f"{one.made} · {name} · ", anchor]
    if one.old:
        values = word("carried_values", language, old=one.old, new=one.new)
        parts += [
            " ",
            html.Strong(word("carried_old", language), className="tone-worse"),
            " ",
            values,
        ]
    return parts
