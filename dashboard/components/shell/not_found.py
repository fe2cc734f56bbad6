"""Builds the page of an address that leads nowhere: what is missing, and links that lead on."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component
from flask import g, has_request_context

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.headings import title_block
from dashboard.services.front_desk import FrontDesk


def area_is_unknown(desk: FrontDesk, query: Mapping[str, str]) -> bool:
    """Whether the address names an area that is not known; none named is the start area."""
    asked = query.get("area", "").strip()
    return bool(asked) and desk.areas().get(asked) is None


def unknown_part(desk: FrontDesk, query: Mapping[str, str]) -> tuple[str, str] | None:
    """What an address names that is not known, as kind and name; None where all is known."""
    areas = {query.get("area", "").strip(), *map(str.strip, query.get("areas", "").split(","))}
    for code in sorted(areas - {""}):
        if desk.areas().get(code) is None:
            return "area", code
    indicator, topic = query.get("indicator", ""), query.get("topic", "")
    if indicator and indicator not in desk.catalogue.indicators:
        return "indicator", indicator
    if topic and topic not in desk.catalogue.topics:
        return "topic", topic
    return None


def note_missing() -> None:
    """Note that what the present address names is not there: its page answers with 404."""
    if has_request_context():
        g.page_is_missing = True


def not_found(desk: FrontDesk, selection: Selection, what: str, name: str = "") -> list[Component]:
    """The page, noted as missing; ``what`` is page, area, street, indicator or topic.

    ``name`` is what the address said.
    """
    note_missing()
    language = selection.language
    links = [html.A(word("page_overview", language), href=link("/", selection))]
    links += [
        html.A(topic.title[language], href=link(f"/topic/{topic.id}", selection))
        for topic in desk.catalogue.topic_order()
    ]
    links.append(html.A(word("page_indicators", language), href=link("/indicators", selection)))
    if what == "area":
        choices = [c for c in desk.selections.area_choices(language) if c["kind"] != "street"]
        links += [
            html.A(str(c["label"]), href=link("/", selection, area=c["value"], period=None))
            for c in choices
        ]
    if what == "street":
        streets = desk.areas().children(selection.area)
        links += [
            html.A(s.name[language], href=link(f"/street/{s.code}", selection)) for s in streets
        ]
    return [
        *title_block(
            word(f"unknown_{what}", language, name=name[:60]), word("unknown_status", language)
        ),
        html.Section(
            [
                html.P(word("unknown_text", language)),
                html.Ul([html.Li(each) for each in links], className="chips"),
            ],
            className="panel-card",
        ),
    ]
