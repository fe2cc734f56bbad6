"""Builds the heading of a page: what it shows, of where, and when."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.services.front_desk import FrontDesk


def area_name(desk: FrontDesk, code: str, language: str) -> str:
    """The area's name, or its code where it is not known."""
    return desk.areas().name_of(code, language)


def title_block(
    title: str, subtitle: str = "", text: str = "", more: Component | None = None
) -> list[Component]:
    """A page's h1, with the place and time beside it, a sentence and a way to more behind it."""
    return [
        html.Div(
            [
                html.H1(title),
                html.P(subtitle, className="where") if subtitle else None,
                html.P([text, " ", more] if more else text, className="lead-text")
                if text or more
                else None,
            ],
            className="page-title",
        )
    ]


def heading(desk: FrontDesk, path: str, selection: Selection) -> list[Component]:
    """The heading of the page at the path ``here``."""
    language = selection.language
    place = area_name(desk, selection.area, language)
    when = periods.name(selection.period, language) if selection.period else ""
    where = word("heading_where", language, area=place, period=when) if when else place
    kind, _, name = path.lstrip("/").partition("/")
    if kind == "street":
        compare = html.A(
            word("compare_here", language), href=link("/compare", selection) + f"&areas={name}"
        )
        return title_block(place, when, word("heading_street", language), compare)
    if kind == "indicators" and name in desk.catalogue.indicators:
        return title_block(desk.catalogue.indicators[name].name[language], where)
    if kind in ("targets", "indicators", "submissions", "completeness"):
        return title_block(word(f"page_{kind}", language), "", word(f"heading_{kind}", language))
    return title_block(place, when, word("heading_overview", language))
