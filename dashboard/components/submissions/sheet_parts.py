"""Builds the parts of a sheet's preview: recognition, findings, unknown lines, changes, cells."""

from __future__ import annotations

from collections import Counter

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.changes import change_table, chips
from dashboard.components.submissions.drawing import Drawing, open_findings, state_of
from dashboard.components.submissions.findings import counted, sheet_findings
from dashboard.components.submissions.new_streets import streets_part
from dashboard.components.submissions.questions import questions_part
from dashboard.components.submissions.readings import readings_part
from dashboard.components.submissions.recognised import recognised_table
from dashboard.components.submissions.register_part import register_part
from dashboard.components.submissions.understood import understood_table
from dashboard.components.submissions.unknown_lines import lines_table
from dashboard.intake.sheet_preview import SheetPreview

DOCUMENTS = (".docx", ".doc", ".wps")  # a report without a table is checked on another page


def _part(title: str, body: list[Component], kind: str = "") -> Component | None:
    if not body:
        return None
    return html.Section([html.H5(title), *body], className=f"sheet-part {kind}".strip())


def _unknown(drawing: Drawing, sheet: SheetPreview, title: str) -> list[Component]:
    """The unknown lines; one printed twice in the same form is asked once."""
    known, form = drawing.outline["lines"], sheet.receipt.form
    before = {(of, name): text for of, name, text in drawing.answers["lines"]}
    asked = drawing.outline["asked"].setdefault(sheet.receipt.file, [])
    lines, chosen = [], {}
    for line in sheet.unknown:
        if line.name not in asked:
            asked.append(line.name)
        if [form, line.name] in known:
            continue
        chosen[len(known)] = before.get((form, line.name), "")
        lines.append((len(known), line))
        known.append([form, line.name])
    if not lines:
        return []
    language = drawing.language
    parts: list[Component] = [html.P(word("lines_text", language), className="muted")]
    at_once = [pair for pair in lines if pair[1].name not in sheet.worded]
    later = [pair for pair in lines if pair[1].name in sheet.worded]
    if at_once:
        parts += lines_table(drawing, at_once, chosen, title)
    if later:  # answered by the words above, in most cases
        table = lines_table(drawing, later, chosen, title)
        summary = html.Summary(word("lines_of_words", language, count=len(later)))
        parts.append(html.Details([summary, *table], className="table-view"))
    return parts


def sheet_parts(
    drawing: Drawing, sheet: SheetPreview, place: int, counts: Counter[str]
) -> list[Component | None]:
    """The parts in order; what they ask and show is added to the outline."""
    desk, language = drawing.desk, drawing.language
    name = safe(sheet.receipt.sheet) or safe(sheet.receipt.file)
    unanswered = open_findings(sheet, drawing.answers)

    def caption(part: str) -> str:
        return word("preview_caption", language, part=word(f"preview_{part}", language), name=name)

    recognised = None
    if sheet.evidence or sheet.asks:
        table = recognised_table(drawing, sheet, place, caption("recognised"))
        recognised = _part(word("preview_recognised", language), [table])
    text = counted(unanswered, language)
    title = word("preview_findings", language) + (f" · {text}" if text else "")
    later = state_of(sheet, drawing.answers) == "ask"
    findings = sheet_findings(unanswered, language, caption("findings"), later=later)
    if not sheet.receipt.sheet and sheet.receipt.file.lower().endswith(DOCUMENTS):
        address = f"/drafts?lang={language}"
        findings.append(html.P(html.A(word("preview_to_drafts", language), href=address)))
    listed = register_part(drawing, sheet, place, caption("register"))
    changes = change_table(desk, sheet.changes, caption("changes"), language)
    printed = readings_part(drawing, sheet, caption("printed"))
    streets = streets_part(drawing, sheet, place)
    questions = questions_part(drawing, sheet, place, caption("words"))
    lines = _unknown(drawing, sheet, caption("unknown"))
    cells = understood_table(desk, sheet.understood, name, drawing.cells_each, language)
    summary = html.Summary(word("preview_understood", language))
    return [
        html.Div([recognised, _part(title, findings)], className="sheet-grid"),
        _part(word("preview_streets", language), streets),
        _part(word("preview_questions", language), questions),
        _part(word("preview_register", language), listed),
        _part(word("preview_unknown", language), lines),
        _part(word("preview_printed", language), printed),
        _part(
            word("preview_changes", language), [chips(counts, language), *changes] if counts else []
        ),
        html.Details([summary, *cells], className="table-view") if cells else None,
    ]
