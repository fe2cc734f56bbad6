"""Builds the list of submissions, the findings of one, and the removal of the samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.base.whole_numbers import LONGEST, whole_number
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import figure_tail, link
from dashboard.components.shell.card import card
from dashboard.components.shell.file_names import form_name
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.not_found import note_missing
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.components.submissions.findings import findings_table
from dashboard.components.submissions.stated_report import stated_report
from dashboard.components.submissions.withdrawing import take_back_cell, withdrawn_state
from dashboard.intake.forms.layout import YEAR_TABLE
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.store.submissions import SubmissionRow

Column = Callable[[FrontDesk, SubmissionRow, Selection], Cell]


def _file(_: FrontDesk, row: SubmissionRow, selection: Selection) -> Cell:
    state = word("submission_sample", selection.language) if row.is_sample else ""
    if row.withdrawn:
        state = withdrawn_state(row, selection.language)
    received = f"/api/submissions/{row.id}/file" if row.sha256 else ""
    return Cell(row.file, scope="row", small=state, code=not received, href=received)


def _findings(_: FrontDesk, row: SubmissionRow, selection: Selection) -> Cell:
    if not row.findings:
        return Cell("—")
    address = link("/submissions", selection) + f"&submission={row.id}"
    text = word("submission_findings_count", selection.language, count=row.findings)
    return Cell(text, href=address, as_page=True)


def _period(
    first: Mapping[int, Period], _: FrontDesk, row: SubmissionRow, selection: Selection
) -> Cell:
    """The period; of a table whose columns are periods all of them. ``first`` are their first."""
    if row.period is None:
        return Cell("—", key="")
    named = periods.name_of_all(first.get(row.id, row.period), row.period, selection.language)
    return Cell(named, key=str(row.period))


def _grade(_: FrontDesk, row: SubmissionRow, selection: Selection) -> Cell:
    text = word(f"grade_{row.grade}", selection.language)
    return Cell(text, pill=f"badge-grade grade-{row.grade}")


def _figures(_: FrontDesk, row: SubmissionRow, selection: Selection) -> Cell:
    """How many; of a report they lead to its page."""
    if row.grade != Grade.REPORT:
        return Cell(str(row.figures), kind="number")
    address = link("/submissions", selection) + f"&submission={row.id}"
    return Cell(str(row.figures), kind="number", href=address, as_page=True)


# A column of the list: its name in the words file after "submission_", and its cell of a row.

COLUMNS: dict[str, Column] = {
    "when": lambda desk, row, s: Cell(row.received.strftime("%Y-%m-%d %H:%M")),
    "file": _file,
    "sheet": lambda desk, row, s: Cell(row.sheet or "—", code=True),
    "form": lambda desk, row, s: Cell(form_name(row.form, s.language) if row.form else "—"),
    "area": lambda desk, row, s: Cell(area_name(desk, row.area, s.language) if row.area else "—"),
    "period": lambda desk, row, s: _period({}, desk, row, s),
    "grade": _grade,
    "figures": _figures,
    "findings": _findings,
    "take_back_column": lambda desk, row, s: take_back_cell(row, s),
}


def submission_list(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The latest submissions, newest first."""
    language, rows = selection.language, desk.submissions.latest()
    title = word("submission_list", language)
    if not rows:
        return [card(title, [html.P(word("submission_none", language), className="empty")])]
    head = head_row("submission", COLUMNS, language, {"figures"})
    first = desk.submissions.first_periods([row.id for row in rows if row.form == YEAR_TABLE])
    columns = COLUMNS | {"period": partial(_period, first)}
    body = [Row([cell(desk, row, selection) for cell in columns.values()]) for row in rows]
    table = real_table(
        title, [head], body, kind="submissions as-cards", box="scroll-long", quiet=True
    )
    return [card(title, [table])]


def submission_detail(desk: FrontDesk, number: str, selection: Selection) -> Component | None:
    """What was found in one submission, and a report's figures; None where none is named."""
    if not number:
        return None
    try:
        desk.submissions.get(whole_number(number) or 0)
    except NotFound as error:
        note_missing()
        title = word("submission_detail", selection.language, number=number[:LONGEST])
        return card(title, [html.P(error.text[selection.language])])
    report = stated_report(desk, int(number), selection)
    return html.Div([_found(desk, number, selection), report], className="card-stack")


def _found(desk: FrontDesk, number: str, selection: Selection) -> Component:
    language = selection.language
    findings = desk.submissions.findings(int(number))
    title = word("submission_detail", language, number=number)
    if not findings:
        return card(title, [html.P(word("submission_no_findings", language))])
    tail = figure_tail("/submissions", selection)
    figures = desk.submissions.figures_at(int(number))
    return card(title, [findings_table(findings, language, title, figures, tail)])


def samples_card(desk: FrontDesk, selection: Selection) -> Component | None:
    """The way to take the samples out again, after a question; None where there are none."""
    if not desk.submissions.has_samples():
        return None
    language = selection.language
    button = dbc.Button(
        word("samples_remove", language),
        id=ids.REMOVE_SAMPLES,
        color="danger",
        outline=True,
        size="sm",
    )
    body = [
        html.P(word("samples_text", language)),
        button,
        dcc.ConfirmDialog(id=ids.REMOVE_CONFIRM, message=word("samples_confirm", language)),
        html.Div(id=ids.REMOVED, role="status"),
    ]
    return card(word("samples_title", language), body)
