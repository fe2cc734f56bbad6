"""Every change of a target: when, who, why, and what was altered."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.charts.selection import Selection
from dashboard.components.desk import Desk
from dashboard.components.grid import Cell, Row, real_table
from dashboard.components.places import card
from dashboard.forms.target_entry import cells_of
from dashboard.language import word
from dashboard.store.targets import TargetChange

COLUMNS = ("locks_when", "locks_who", "locks_why", "target_changed")


def altered(desk: Desk, change: TargetChange, say: str) -> str:
    """What a change altered, each as before → after; "new" for the first entry."""
    after = cells_of(change.after, desk.catalogue, say)
    if change.before is None:
        return word("target_added", say)
    before = cells_of(change.before, desk.catalogue, say)
    before["retired"], after["retired"] = change.before.retired, change.after.retired
    parts = [
        word("target_altered", say, name=word(f"role_{role}", say),
             before=before[role] or "—", after=value or "—")
        for role, value in after.items()
        if before[role] != value
    ]  # fmt: skip
    return word("list_semicolon", say).join(parts) or "—"


def history_card(desk: Desk, name: str, selection: Selection) -> Component:
    """The changes, newest first."""
    say, changes = selection.language, desk.target_history(name)
    title = word("target_history", say)
    if not changes:
        return card(title, [html.P(word("target_history_none", say), className="empty")])
    head = [Cell(word(key, say), scope="col") for key in COLUMNS]
    rows = [
        Row(
            [
                Cell(f"{one.written.astimezone():%Y-%m-%d %H:%M}", small=one.place),
                Cell(one.written_by or "—"),
                Cell(one.reason or "—", kind="message"),
                Cell(altered(desk, one, say), kind="message"),
            ]
        )
        for one in reversed(changes)
    ]
    return card(title, [real_table(title, [Row(head)], rows, kind="findings", quiet=True)])
