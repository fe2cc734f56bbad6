"""Builds the form that takes a draft: drop a file, or paste the text."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.shell.card import card
from dashboard.components.shell.entrance import paste_box, small_button, upload_box
from dashboard.services.front_desk import FrontDesk


def draft_form(desk: FrontDesk, language: str) -> Component:
    """A box for a file and one for text, and where a callback says what is missing.

    The first of several files is checked.
    """
    most = desk.settings.upload_mb
    drop = upload_box(ids.DRAFT_UPLOAD, "drafts_choose", "drafts_formats", most, language)
    button = small_button(ids.DRAFT_CHECK, "drafts_check", language)
    paste = paste_box(ids.DRAFT_PASTE, word("drafts_paste", language), button)
    message = html.P(id=ids.DRAFT_MESSAGE, className="upload-message", role="status")
    earlier = upload_box(
        ids.DRAFT_PREVIOUS, "drafts_previous_choose", "drafts_formats", most, language
    )
    boxes = html.Div([drop, paste, earlier], className="ways-in")
    return card(word("page_drafts", language), [boxes, message, dcc.Store(id=ids.DRAFT_TOKEN)])
