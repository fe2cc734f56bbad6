"""Builds the form that takes a draft: drop a file, or paste the text."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.shell.card import card
from dashboard.components.shell.entrance import paste_box, small_button, upload_box
from dashboard.components.shell.fields import selects
from dashboard.components.shell.filters import depth
from dashboard.services.front_desk import FrontDesk

FROM_DRAFT = "draft"  # the area that the draft itself says


def area_choice(desk: FrontDesk, area: str, language: str) -> Component:
    """With which area's figures a draft is compared: what it says itself, unless one is chosen."""
    options = [{"label": word("drafts_area_own", language), "value": FROM_DRAFT}]
    options += [
        {"label": "　" * depth(choice) + str(choice["label"]), "value": str(choice["value"])}
        for choice in desk.selections.area_choices(language)
        if choice["kind"] != "street"
    ]
    known = area if any(option["value"] == area for option in options) else FROM_DRAFT
    fields = selects([("drafts_area", ids.DRAFT_AREA, options, known)], language)
    return html.Div(fields)


def draft_form(desk: FrontDesk, area: str, language: str) -> Component:
    """A box for a file and one for text, and where a callback says what is missing.

    The first of several files is checked. ``area`` is the one chosen beforehand, "" for none.
    """
    most = desk.settings.upload_mb
    drop = upload_box(ids.DRAFT_UPLOAD, "drafts_choose", "drafts_formats", most, language)
    button = small_button(ids.DRAFT_CHECK, "drafts_check", language)
    paste = paste_box(ids.DRAFT_PASTE, word("drafts_paste", language), button)
    message = html.P(id=ids.DRAFT_MESSAGE, className="upload-message", role="status")
    earlier = upload_box(
        ids.DRAFT_PREVIOUS, "drafts_previous_choose", "drafts_formats", most, language
    )
    chosen = area_choice(desk, area, language)
    boxes = html.Div([drop, paste, earlier, chosen], className="ways-in")
    return card(word("page_drafts", language), [boxes, message, dcc.Store(id=ids.DRAFT_TOKEN)])
