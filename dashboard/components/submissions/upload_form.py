"""Builds the form that takes files and pasted tables, and the room for their preview."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.card import card
from dashboard.components.shell.entrance import paste_box, small_button, upload_box
from dashboard.services.front_desk import FrontDesk

TICK = 500  # milliseconds between two looks at a running job
NOTE, NOTE_NEEDED = "filter note-field", "filter note-field is-needed"  # class names


def upload_form(desk: FrontDesk, selection: Selection) -> Component:
    """A box for files and one for a pasted table, side by side."""
    language, most = selection.language, desk.settings.upload_mb
    drop = upload_box(ids.UPLOAD, "upload_choose", "upload_formats", most, language)
    button = small_button(ids.PASTE_PREVIEW, "paste_preview", language)
    label, hint = word("paste_label", language), word("paste_hint", language)
    paste = paste_box(ids.PASTE, label, button, hint, ids.PASTE_PAGE)
    body: list[Component | None] = [
        html.P(word("upload_text", language), className="lead-text"),
        html.Div([drop, paste], className="ways-in"),
        html.P(id=ids.UPLOAD_FILES, className="upload-message", role="status"),
        _templates(desk, selection),
        _example(language) if desk.submissions.has_samples() else None,
        dcc.Store(id=ids.PASTE_PAGE),
    ]
    return html.Div(card(word("upload_title", language), body), id=ids.UPLOAD_FORM)


def _templates(desk: FrontDesk, selection: Selection) -> Component:
    """Empty tables to be filled in, made for the district in view."""
    language = selection.language
    tail = f"?area={selection.area}&lang={language}"
    links: list[Component | str] = [word("template_text", language)]
    for place, kind in enumerate(("streets", "month", "targets")):
        links.append(word("list_comma", language) if place else "")
        address = f"/export/template-{kind}.xlsx{tail}"
        links.append(html.A(word(f"template_{kind}", language), href=address, **data(reload="1")))
    fill = f"/hand-ins/form?lang={language}"
    links += [
        word("list_comma", language),
        html.A(word("fill_link", language), href=fill, **data(reload="1")),
    ]
    return html.P(links, className="muted")


def _example(language: str) -> Component:
    """The demo district's list of institutions, to be downloaded and dropped."""
    link = html.A(
        word("upload_register_example", language),
        href="/export/register-example.xlsx",
        **data(reload="1"),
    )
    return html.P([word("upload_register", language), link], className="muted")


def work_area(selection: Selection, report: str = "") -> Component:
    """Progress, preview, the bar to hand in, and receipts: empty until there is work.

    ``report`` is the token of a checked report whose figures are previewed at once.
    The session store keeps which work it is, so that a reload finds it again.
    """
    language = selection.language
    asked = {"report": report, "area": selection.area} if report else None
    progress = html.Section(
        [
            html.Div(id=ids.PROGRESS, role="status"),
            small_button(ids.CANCEL, "work_cancel", language),
        ],
        id=ids.PROGRESS_CARD,
        hidden=True,
        className="panel-card work-progress",
        **aria(label=word("work_progress", language)),
    )
    note = html.Div(
        [
            html.Label(word("upload_note", language), htmlFor=ids.UPLOAD_NOTE),
            dbc.Input(id=ids.UPLOAD_NOTE, maxlength=500, autocomplete="off"),
        ],
        id=ids.NOTE_FIELD,
        className=NOTE,
    )
    buttons = html.Div(
        [
            html.Button(
                word("work_hand_in", language),
                id=ids.HAND_IN,
                type="button",
                className="btn btn-primary",
                **aria(describedby=ids.HAND_IN_MESSAGE),
            ),
            html.Button(
                word("work_again", language),
                id=ids.PREVIEW_AGAIN,
                type="button",
                className="btn btn-outline-secondary",
            ),
            dbc.Button(
                word("work_discard", language), id=ids.DISCARD, color="danger", outline=True
            ),
        ],
        className="buttons",
    )
    text = word("work_answered", language)
    changed = html.P(text, id=ids.ANSWER_CHANGED, role="status", hidden=True)
    bar = html.Div(
        [
            html.P(id=ids.HAND_IN_MESSAGE, role="status"),
            html.Div([note, changed, buttons]),
        ],
        className="hand-in-bar",
    )
    preview = html.Section(
        [
            html.Div(
                [
                    html.H2(word("preview_title", language)),
                    html.Span(word("preview_not_stored", language), className="tag state-note"),
                ],
                className="preview-title",
            ),
            html.Div(id=ids.PREVIEW),
            bar,
        ],
        id=ids.PREVIEW_CARD,
        hidden=True,
        className="panel-card",
    )
    return html.Div(
        [
            dcc.Store(id=ids.UPLOAD_WORK, storage_type="session"),
            dcc.Store(id=ids.UPLOAD_REPORT, data=asked),
            dcc.Store(id=ids.HAND_IN_WAITS, data=""),
            dcc.Interval(id=ids.POLL, interval=TICK, max_intervals=0),
            progress,
            preview,
            html.Div(id=ids.RECEIPTS, role="status"),
        ],
        className="work-area",
    )
