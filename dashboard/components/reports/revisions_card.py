"""Builds the list of revised figures that files, pages and meetings carry with an older value."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import figure_query, link
from dashboard.components.shell.card import card
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.figure_uses import Carrier
from dashboard.services.reports.revisions import Revised, named

_MOST, _MOST_CARRIERS = 100, 6  # that are listed


def revisions_card(desk: FrontDesk, selection: Selection) -> Component:
    """The figures with the files and meetings to be corrected; a sentence where there is none."""
    language = selection.language
    found = desk.revisions.of(selection)
    title = word("corrections_card", language, count=len(found))
    if not found:
        return card(title, [html.P(word("corrections_none", language))], "revisions")
    lines = [html.Li(_line(desk, revision, selection)) for revision in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(html.Li(word("code_more", language, count=len(found) - _MOST)))
    address = f"/export/corrections.docx?lang={language}"
    notice = html.A(
        word("corrections_notice", language), href=address, download="", className="tool"
    )
    return card(title, [html.P(notice), html.Ul(lines)], "revisions")


def _line(desk: FrontDesk, one: Revised, selection: Selection) -> list[Component | str]:
    """The figure with a link to its page, both values, and what carries the older one."""
    language = selection.language
    name = named(desk.context.catalogue, desk.areas(), one.figure, language)
    href = f"/figure?{figure_query(one.figure)}&lang={language}"
    parts: list[Component | str] = [
        html.A(name, href=href),
        " ",
        html.Strong(word("carried_values", language, old=one.old, new=one.new)),
        " · ",
    ]
    for place, carrier in enumerate(one.carriers[:_MOST_CARRIERS]):
        parts += ["，" if language == "zh" and place else ", " if place else ""]
        parts.append(_carrier(carrier, selection))
    left = len(one.carriers) - _MOST_CARRIERS
    return [*parts, f" +{left}"] if left > 0 else parts


def _carrier(carrier: Carrier, selection: Selection) -> Component:
    name = " ".join(filter(None, (carrier.kind, carrier.title)))
    plain = Selection("", language=selection.language)
    return html.A(name, href=link(carrier.address or f"/receipt/{carrier.code}", plain))
