"""Builds the page on which a street is chosen: streets by targets, or the streets by name."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Level
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name, title_block
from dashboard.components.shell.phrases import dotted
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.components.targets.target_matrix import matrix_section
from dashboard.services.front_desk import FrontDesk

PAGE_PATH = "/street"


def streets_panel(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The heading, the streets by targets where they have any, and every street with figures."""
    language, area = selection.language, selection.area
    when = periods.name(selection.period, language) if selection.period else ""
    where = dotted(area_name(desk, area, language), when)
    title = title_block(word("page_streets", language), where, word("heading_streets", language))
    streets = _with_figures(desk, selection)
    if not streets:
        return [*title, *_links_to_districts(desk, selection)]
    choice = TargetChoice(area, str(selection.period or ""))
    matrix = matrix_section(desk, desk.target_overview.of(selection), choice, selection)
    links = [(name, link(f"{PAGE_PATH}/{code}", selection)) for code, name in streets]
    text = word("streets_with_figures", language, count=len(links))
    return [part for part in (*title, matrix, _listed(text, links)) if part is not None]


def _with_figures(desk: FrontDesk, selection: Selection) -> list[tuple[str, str]]:
    """Code and name of the areas directly below that have figures."""
    offered = {choice["value"] for choice in desk.selections.area_choices(selection.language)}
    return [
        (child.code, child.name[selection.language])
        for child in desk.areas().children(selection.area)
        if child.level is Level.STREET and child.code in offered
    ]


def _links_to_districts(desk: FrontDesk, selection: Selection) -> list[Component]:
    """That the area has no streets with figures, and the areas that have some."""
    language, areas = selection.language, desk.areas()
    offered = (areas.get(str(choice["value"])) for choice in desk.selections.area_choices(language))
    above = dict.fromkeys(area.parent for area in offered if area and area.level is Level.STREET)
    links = [
        (areas.name_of(code, language), link(PAGE_PATH, selection, area=code, period=None))
        for code in above
        if code
    ]
    place = area_name(desk, selection.area, language)
    if not links:
        return [html.P(word("streets_nowhere", language), className="empty")]
    return [_listed(word("streets_none", language, area=place), links)]


def _listed(text: str, links: list[tuple[str, str]]) -> Component:
    """A card with links to follow."""
    items = html.Ul([html.Li(html.A(name, href=href)) for name, href in links], className="chips")
    return card(text, [items])
