"""Handing in: what has come, what was found in it, and the form to hand in more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.analysis.derivation import FigureKey
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Finding, Grade
from dashboard.charts.selection import Selection
from dashboard.components import ids
from dashboard.components.address import figure_tail, link
from dashboard.components.attributes import data
from dashboard.components.desk import Desk
from dashboard.components.grid import Cell, Row, real_table
from dashboard.components.headings import area_name
from dashboard.components.places import card
from dashboard.components.withdrawing import take_back_cell, withdrawn_state
from dashboard.intake import Receipt
from dashboard.language import word
from dashboard.store.submissions import SubmissionRow

COLUMNS = ("when", "file", "sheet", "form", "area", "period", "grade", "figures", "findings",
           "take_back_column")  # fmt: skip
FINDING_COLUMNS = ("severity", "sheet", "row", "column", "value", "message")
USUAL = "usual"  # the grade that belongs to the form
GRADES = (Grade.OFFICIAL, Grade.REPORT, Grade.MANAGEMENT)


def findings_table(
    findings: Sequence[Finding],
    language: str,
    caption: str,
    figures: Mapping[tuple[str, int, str], FigureKey] | None = None,
    tail: str = "",
) -> Component:
    """Findings with the cell each is about and what was expected there.

    ``figures`` are those that stand in the cells of the file: the value leads to them.
    """
    head = [Cell(word(f"finding_{name}", language), scope="col") for name in FINDING_COLUMNS]
    rows = []
    for finding in findings:
        said = word(f"severity_{finding.severity}", language)
        texts = (finding.sheet, str(finding.row or ""), finding.column, finding.value)
        cells = [Cell(said, scope="row", kind=f"severity severity-{finding.severity}")]
        place = (finding.sheet, finding.row, finding.column)
        figure = figures.get(place) if figures else None
        cells += [
            Cell(text or "—", code=bool(text), figure=figure if last else None)
            for text, last in zip(texts, (False, False, False, True), strict=True)
        ]
        rows.append(Row([*cells, Cell(finding.message[language], kind="message")]))
    return real_table(caption, [Row(head)], rows, kind="findings", tail=tail)


def form_name(form: str, language: str) -> str:
    """A layout in words; an official form's own number is its name."""
    text = word(f"form_{form}", language)
    return form if text == f"form_{form}" else text


def _row(desk: Desk, row: SubmissionRow, selection: Selection) -> Row:
    say = selection.language
    findings = Cell("—")
    if row.findings:
        address = link("/submissions", selection) + f"&submission={row.id}"
        text = word("submission_findings_count", say, count=row.findings)
        findings = Cell(text, href=address, as_page=True)
    state = word("submission_sample", say) if row.is_sample else ""
    if row.withdrawn:
        state = withdrawn_state(row, say)
    received = f"/api/submissions/{row.id}/file" if row.sha256 else ""
    return Row(
        [
            Cell(row.received.strftime("%Y-%m-%d %H:%M")),
            Cell(row.file, scope="row", small=state, code=not received, href=received),
            Cell(row.sheet or "—", code=True),
            Cell(form_name(row.form, say) if row.form else "—"),
            Cell(area_name(desk, row.area, say) if row.area else "—"),
            Cell(periods.name(row.period, say) if row.period else "—"),
            Cell(word(f"grade_{row.grade}", say), pill=f"badge-grade grade-{row.grade}"),
            Cell(str(row.figures), kind="number"),
            findings,
            take_back_cell(row, selection),
        ]
    )


def submission_list(desk: Desk, selection: Selection) -> list[Component]:
    """The latest submissions, newest first."""
    say, rows = selection.language, desk.submissions()
    title = word("submission_list", say)
    if not rows:
        return [card(title, [html.P(word("submission_none", say), className="empty")])]
    head = [
        Cell(
            word(f"submission_{name}", say),
            scope="col",
            kind="number" if name == "figures" else "",
        )
        for name in COLUMNS
    ]
    body = [_row(desk, row, selection) for row in rows]
    table = real_table(title, [Row(head)], body, kind="submissions", box="scroll-long", quiet=True)
    return [card(title, [table])]


def submission_detail(desk: Desk, number: str, selection: Selection) -> Component | None:
    """What was found in one submission; None where the address names none."""
    if not number.isdecimal():
        return None
    say = selection.language
    findings = desk.findings(int(number))
    title = word("submission_detail", say, number=number)
    if not findings:
        return card(title, [html.P(word("submission_no_findings", say))])
    tail = figure_tail("/submissions", selection)
    figures = desk.figures_at(int(number))
    return card(title, [findings_table(findings, say, title, figures, tail)])


def _field(label: str, control: Component, name: str, hint: str = "") -> Component:
    said = html.Small(hint, className="muted") if hint else None
    return html.Div([html.Label(label, htmlFor=name), control, said], className="filter")


def upload_form(desk: Desk, selection: Selection) -> Component:
    """Choose files, say what the files do not, check or hand in."""
    say = selection.language
    grades = [{"label": word("upload_grade_usual", say), "value": USUAL}]
    grades += [{"label": word(f"grade_{grade}", say), "value": str(grade)} for grade in GRADES]
    drop = dcc.Upload(
        id=ids.UPLOAD,
        children=html.Div(
            [html.Strong(word("upload_choose", say)), html.Span(word("upload_formats", say))],
            className="drop-text",
        ),
        multiple=True,
        max_size=desk.settings.upload_mb * 1024 * 1024,
        className="drop-zone",
        className_active="drop-zone is-over",
    )
    area = dbc.Input(id=ids.UPLOAD_AREA, placeholder=word("upload_area_hint", say))
    period = dbc.Input(id=ids.UPLOAD_PERIOD, placeholder="2024-09")
    note = dbc.Input(id=ids.UPLOAD_NOTE, maxlength=500)
    fields = [
        _field(word("upload_area", say), area, ids.UPLOAD_AREA),
        _field(word("upload_period", say), period, ids.UPLOAD_PERIOD),
        _field(
            word("grade", say),
            dbc.Select(id=ids.UPLOAD_GRADE, options=grades, value=USUAL),
            ids.UPLOAD_GRADE,
        ),
        _field(word("upload_note", say), note, ids.UPLOAD_NOTE),
    ]
    skip = dbc.Checkbox(id=ids.UPLOAD_SKIP, label=word("upload_skip", say), value=False)
    buttons = html.Div(
        [
            dbc.Button(word("upload_check", say), id=ids.CHECK, color="secondary", outline=True),
            dbc.Button(word("upload_hand_in", say), id=ids.HAND_IN, color="primary"),
        ],
        className="buttons",
    )
    body: list[Component | None] = [
        html.P(word("upload_text", say), className="lead-text"),
        html.Div(drop, className="upload-box", **data(label=word("upload_choose", say))),
        html.Div(id=ids.UPLOAD_FILES, className="muted", role="status"),
        html.Div(fields, className="field-grid"),
        skip,
        buttons,
        dcc.Loading(html.Div(id=ids.RECEIPTS, role="status"), type="dot"),
    ]
    return card(word("upload_title", say), body)


def samples_card(desk: Desk, selection: Selection) -> Component | None:
    """The way to take the samples out again, after a question; None where there are none."""
    if not desk.has_samples():
        return None
    say = selection.language
    button = dbc.Button(
        word("samples_remove", say), id=ids.REMOVE_SAMPLES, color="danger", outline=True, size="sm"
    )
    body = [
        html.P(word("samples_text", say)),
        button,
        dcc.ConfirmDialog(id=ids.REMOVE_CONFIRM, message=word("samples_confirm", say)),
        html.Div(id=ids.REMOVED, role="status"),
    ]
    return card(word("samples_title", say), body)


def _outcome(receipt: Receipt, dry_run: bool, language: str) -> tuple[str, str]:
    if receipt.refused:
        return "refused", word("receipt_refused", language)
    if dry_run:
        return "checked", word("receipt_checked", language)
    if receipt.id is None and not (receipt.areas or receipt.targets):
        return "refused", word("receipt_held_back", language)
    return "stored", word("receipt_stored", language)


def receipt_cards(
    desk: Desk, receipts: Sequence[Receipt], dry_run: bool, language: str
) -> list[Component]:
    """What became of every sheet, in words, with its findings by cell."""
    cards: list[Component] = []
    for receipt in receipts:
        kind, outcome = _outcome(receipt, dry_run, language)
        said = [
            receipt.form and word("receipt_form", language, form=form_name(receipt.form, language)),
            receipt.area and area_name(desk, receipt.area, language),
            receipt.period,
            receipt.grade and word(f"grade_{receipt.grade}", language),
            word("receipt_changes", language, count=receipt.changes)
            if receipt.changes
            else word("receipt_figures", language, count=receipt.observations),
            word("receipt_areas", language, count=receipt.areas) if receipt.areas else "",
        ]
        name = " · ".join(text for text in (receipt.file, receipt.sheet) if text)
        findings = list(receipt.findings)
        caption = word("receipt_findings", language, file=name, count=len(findings))
        cards.append(
            html.Div(
                [
                    html.H3(
                        [html.Code(name), html.Span(outcome, className=f"outcome outcome-{kind}")]
                    ),
                    html.P(" · ".join(text for text in said if text), className="muted"),
                    findings_table(findings, language, caption) if findings else None,
                ],
                className=f"receipt receipt-{kind}",
            )
        )
    return cards
