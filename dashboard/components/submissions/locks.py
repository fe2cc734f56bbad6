"""Shows the locked periods in force, the logbook, and the forms that lock and unlock."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.components.shell.fields import labelled, signature_field, text_field
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.shell.role_parts import for_role
from dashboard.services.access.person import Role
from dashboard.services.front_desk import FrontDesk
from dashboard.store.locks import LogEntry

COLUMNS = ("locks_act", "area", "locks_months", "locks_when", "locks_who", "locks_why")
NONE = "none"  # of the control: nothing is chosen yet


def months_of_entry(entry: LogEntry) -> str:
    """The months without their area: 2024-09 or 2024-01..2024-12."""
    return str(entry.months).partition(" ")[2]


def _table(desk: FrontDesk, entries: Sequence[LogEntry], caption: str, language: str) -> Component:
    head = [Cell(word(key, language), scope="col") for key in COLUMNS]
    rows = []
    for entry in entries:
        when = f"{entry.written.astimezone():%Y-%m-%d %H:%M}"
        rows.append(
            Row(
                [
                    Cell(word(f"locks_act_{entry.act}", language)),
                    Cell(area_name(desk, entry.months.area, language), scope="row"),
                    Cell(months_of_entry(entry)),
                    Cell(when),
                    Cell(entry.written_by or "—"),
                    Cell(entry.reason, kind="message"),
                ]
            )
        )
    return real_table(caption, [Row(head)], rows, kind="findings")


def lock_list(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The locks in force, and the logbook folded away."""
    language, logbook = selection.language, desk.locks.logbook()
    locks = desk.locks.in_force()
    shown: list[Component] = [html.P(word("locks_none", language))]
    if locks:
        shown = [_table(desk, locks, word("locks_in_force", language), language)]
    if logbook:
        title = word("locks_logbook", language, count=len(logbook))
        table = _table(desk, list(reversed(logbook)), title, language)
        shown.append(html.Details([html.Summary(title), table], className="logbook"))
    return shown


def locks_notice(desk: FrontDesk, selection: Selection) -> Component | None:
    """Which periods take no figures now, before somebody hands some in; None where all do."""
    language, locks = selection.language, desk.locks.in_force()
    if not locks:
        return None
    names = [
        f"{area_name(desk, lock.months.area, language)} {months_of_entry(lock)}" for lock in locks
    ]
    periods = word("list_comma", language).join(names)
    anchor = html.A(word("locks_title", language), href=link("/completeness", selection) + "#locks")
    return html.Div(
        [word("locks_there", language, periods=periods), " ", anchor], className="notice"
    )


def unlock_choices(desk: FrontDesk, selection: Selection) -> list[dict[str, str]]:
    """The locks in force to choose from; a value is the area and the months."""
    language = selection.language
    empty = {"label": word("locks_choose", language), "value": NONE}
    return [empty] + [
        {
            "label": f"{area_name(desk, lock.months.area, language)} {months_of_entry(lock)}",
            "value": str(lock.months),
        }
        for lock in desk.locks.in_force()
    ]


def _area(desk: FrontDesk, selection: Selection) -> str:
    """The shown area's name, or its code where the name is another's too."""
    name = area_name(desk, selection.area, selection.language)
    return name if len(desk.areas().find(name)) == 1 else selection.area


def _to_markings(language: str) -> Component:
    """The way to the page on which the figures of an area and period are marked."""
    address = f"/markings?lang={language}"
    return html.P(html.A(word("marking_to", language), href=address, **data(reload="1")))


def _to_publications(language: str) -> Component:
    """The way to the page on which periods are published."""
    address = f"/publications?lang={language}"
    return html.P(html.A(word("publication_to", language), href=address, **data(reload="1")))


def locks_card(desk: FrontDesk, selection: Selection) -> Component:
    """Everything about locked periods, with the forms."""
    language = selection.language
    lock = html.Div(
        [
            text_field("locks_area", ids.LOCK_AREA, language, _area(desk, selection)),
            text_field("locks_period", ids.LOCK_PERIOD, language, str(selection.period or "")),
            signature_field("locks_by", ids.LOCK_BY, language),
            text_field("locks_reason", ids.LOCK_REASON, language),
            dbc.Button(word("locks_lock", language), id=ids.LOCK, color="primary"),
        ],
        className="field-grid",
    )
    which = dbc.Select(id=ids.UNLOCK_WHICH, options=unlock_choices(desk, selection), value=NONE)
    unlock = html.Div(
        [
            labelled("locks_which", ids.UNLOCK_WHICH, which, language),
            signature_field("locks_by", ids.UNLOCK_BY, language),
            text_field("locks_reason", ids.UNLOCK_REASON, language),
            dbc.Button(
                word("locks_unlock", language), id=ids.UNLOCK, color="secondary", outline=True
            ),
        ],
        className="field-grid",
    )
    forms = (
        html.H3(word("locks_lock", language)),
        lock,
        html.H3(word("locks_unlock", language)),
        unlock,
    )
    body = [
        html.P(word("locks_text", language), className="lead-text"),
        html.Div(lock_list(desk, selection), id=ids.LOCK_LIST),
        *(for_role(Role.ADMIN, part) for part in forms),
        html.P(id=ids.LOCK_MESSAGE, role="status", className="form-message"),
        for_role(Role.EDITOR, _to_markings(language)),
        for_role(Role.EDITOR, _to_publications(language)),
    ]
    return card(word("locks_title", language), body, "locks")
