"""Builds the part of the report page that brings an exported file to the chosen period."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.entrance import upload_box
from dashboard.services.front_desk import FrontDesk


def refresh_part(desk: FrontDesk, selection: Selection) -> Component:
    """A box for the file and what becomes of it; the period is the page's own.

    The first of several files is taken.
    """
    language, period = selection.language, selection.period
    when = periods.name(period, language) if period else ""
    drop = upload_box(
        ids.REFRESH_FILE,
        "refresh_choose",
        "refresh_formats",
        desk.settings.upload_mb,
        language,
    )
    return html.Section(
        [
            html.H2(word("refresh_title", language)),
            html.P(word("refresh_help", language, period=when), className="muted"),
            drop,
            html.P(id=ids.REFRESH_MESSAGE, className="upload-message", role="status"),
        ],
        className="panel-card",
    )
