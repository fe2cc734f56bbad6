"""Builds the tour of five steps over the overview, offered at the first visit.

``assets/80-help/tour.js`` runs it.
"""

from __future__ import annotations

import json

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import data

OPEN = "#tour"  # at the end of the overview's address it opens the tour
# What each step lights up: the first of these that is there and can be seen.
STEPS = (
    ("place", ".filter-band"),
    ("card", ".row-tile, .topic-card"),
    ("down", ".board tbody th, .board, .breadcrumb-path"),
    ("targets", ".off-pace, .panel-target_lead, a[href^='/targets']"),
    ("out", "nav a[href^='/report'], a[href^='/meeting'], .menu-button"),
)
WORDS = (
    "name",
    "offer",
    "start",
    "not_now",
    "next",
    "back",
    "end",
    "close",
    "count",
    "absent",
    "again",
)


def tour_words(language: str) -> Component:
    """An element that carries the tour's words and places; nothing of it is seen."""
    words: dict[str, object] = {name: word(f"tour_{name}", language) for name in WORDS}
    words["steps"] = [
        {
            "title": word(f"tour_{name}_title", language),
            "text": word(f"tour_{name}", language),
            "at": places,
        }
        for name, places in STEPS
    ]
    return html.Div(
        id="tour-words", hidden=True, **data(tour=json.dumps(words, ensure_ascii=False))
    )


def tour_link(selection: Selection) -> Component:
    """Opens the tour again, from any page."""
    return html.A(word("help_tour", selection.language), href=link("/", selection) + OPEN)
