"""Builds the button that puts what is shown on an agenda, and the question on which."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection, to_query
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.role_parts import for_role
from dashboard.services.access.person import Role
from dashboard.store.meetings import Meeting

NEW = "new"  # in the place of a meeting's id: one that is made for it


def agenda_button(
    language: str, kind: str, ref: str, drawn: Selection | None = None, described: str = ""
) -> list[Component]:
    """The button for a chart, a topic or a target, and where it says what became of it.

    ``drawn`` is what it is drawn with, where that is not what the address says; ``described`` is
    the id of what tells one chart's button from another's.
    """
    key = "meeting_add" if kind == "chart" else f"meeting_add_{kind}"
    named = aria(describedby=described) if described else {}
    button = html.Button(
        word(key, language),
        id=ids.agenda_add(kind, ref),
        value=to_query(drawn) if drawn else "",
        type="button",
        className="tool",
        **(named | data(action="agenda", kind=kind)),
    )
    return [
        for_role(Role.EDITOR, button),
        html.Span(id=ids.agenda_added(kind, ref), role="status", className="told"),
    ]


def which_agenda(
    kind: str, ref: str, meetings: Sequence[Meeting], language: str
) -> list[Component]:
    """The question on which agenda it goes: a button for each, and one for a new one of today."""
    choices = [(meeting.id, f"{meeting.title} · {meeting.held}") for meeting in meetings]
    choices.append((NEW, word("meeting_new_today", language)))
    buttons = [
        html.Button(
            text, id=ids.agenda_to(kind, ref, name), type="button", className="tool agenda-choice"
        )
        for name, text in choices
    ]
    return [html.Span(word("meeting_which", language)), *buttons]
