"""Shows the sheet itself with the reading of each column above it, and its correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.figure_words import indicator_name
from dashboard.components.shell.file_names import safe
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.submissions.answers import (
    LEAVE_OUT,
    READING,
    corrections_of,
    reading_control,
    written,
)
from dashboard.components.submissions.choices import Choice, search_list
from dashboard.components.submissions.drawing import Drawing, open_findings
from dashboard.components.submissions.findings import by_severity
from dashboard.intake.corrections import alternatives, columns_as_read, in_column
from dashboard.intake.sheet_preview import SheetPreview
from dashboard.services.front_desk import FrontDesk

MARKED = ("error", "warning")  # findings whose cells are marked in the sheet
MOST_NAMES = 2  # readings named above one column
MOST_READINGS = 30
MOST_CHOICES = 12  # of one slot
MOST_COLUMNS = 12  # of one indicator, corrected one by one


def readings_part(drawing: Drawing, sheet: SheetPreview, title: str) -> list[Component]:
    """The printed sheet under its readings, then each reading with its correction."""
    if sheet.printed is None or sheet.register is not None:
        return []
    return [_table(drawing, sheet, title), *_readings(drawing, sheet)]


def _table(drawing: Drawing, sheet: SheetPreview, title: str) -> Component:
    language, printed = drawing.language, sheet.printed
    assert printed is not None
    head = _head(drawing, sheet, printed.columns)
    wrong = {
        (finding.row, finding.column): finding.severity
        for finding in reversed(by_severity(open_findings(sheet, drawing.answers)))
        if finding.severity in MARKED and not finding.rule.startswith("unknown_")
    }
    rows = []
    for number, row in zip(printed.numbers, printed.rows, strict=True):
        cells = (
            _as_printed(text, wrong.get((number, column), ""), language)
            for column, text in zip(printed.columns, row, strict=True)
        )
        rows.append(Row([Cell(str(number), scope="row"), *cells]))
    table = real_table(title, [Row(head)], rows, kind="as-printed", box="scroll-understood")
    if not printed.more_rows:
        return table
    more_rows = word("preview_more_rows", language, count=printed.more_rows)
    return html.Div([table, html.P(more_rows, className="muted")])


def _head(drawing: Drawing, sheet: SheetPreview, columns: Sequence[str]) -> list[Cell]:
    """The letters of the columns, each with the indicators that were read from it."""
    language = drawing.language
    read: dict[str, dict[str, None]] = defaultdict(dict)
    for cell in sheet.understood:
        read[cell.column].setdefault(cell.indicator)
    waits = {line.column for line in sheet.unknown}
    head = [Cell("", scope="col")]
    for column in columns:
        names = [indicator_name(drawing.desk, name, language) for name in read[column]]
        more = word("readings_more", language, count=len(names) - MOST_NAMES)
        shown = names[:MOST_NAMES] + ([more] if len(names) > MOST_NAMES else [])
        text = dotted(*shown) or (word("readings_unknown", language) if column in waits else "")
        head.append(Cell(column, scope="col", code=True, small=text))
    return head


def _as_printed(text: str, severity: str, language: str) -> Cell:
    """A cell of the sheet; one with a finding is marked and says so."""
    if not severity:
        return Cell(safe(text, 40), code=True)
    meaning = word(f"severity_{severity}", language)
    return Cell(safe(text, 40), code=True, kind=f"has-{severity}", meaning=meaning)


def _readings(drawing: Drawing, sheet: SheetPreview) -> list[Component]:
    """One row an indicator, then one a column where it has several: what it is instead."""
    if not sheet.is_correctable:
        return []
    language = drawing.language
    corrected = corrections_of(drawing.answers, sheet.receipt.file, sheet.receipt.sheet)
    shown = [(cell.indicator, cell.column) for cell in sheet.understood]
    rows = []
    for was, columns in list(columns_as_read(shown, corrected).items())[:MOST_READINGS]:
        rows.append(_reading_row(drawing, sheet, was, "", columns))
        if len(columns) > 1:
            rows += [
                _reading_row(drawing, sheet, was, column, [column])
                for column in columns[:MOST_COLUMNS]
            ]
    if not rows:
        return []
    title = word("readings_correct", language)
    table = html.Table(
        [html.Caption(title, className="visually-hidden"), html.Tbody(rows)],
        className="recognised unknown-lines",
    )
    return [html.Details([html.Summary(title), table], className="table-view")]


def _reading_row(
    drawing: Drawing, sheet: SheetPreview, was: str, column: str, columns: list[str]
) -> Component:
    """The correction of one reading in all its columns, or in ``column`` alone."""
    language, desk = drawing.language, drawing.desk
    key = (sheet.receipt.file, sheet.receipt.sheet)
    corrected = corrections_of(drawing.answers, *key)
    said_of = in_column(was, column)
    meant = corrected.get(said_of, corrected.get(was, was))
    control = reading_control(len(drawing.outline["readings"]))
    drawing.outline["readings"].append([*key, f"{READING}{said_of}"])
    drawing.outline["shown"][written(control)] = meant
    name = indicator_name(desk, was, language)
    label = word("readings_in_column", language, name=name, column=column) if column else name
    choices = reading_choices(desk, was, language)
    if meant not in {choice["value"] for choice in choices}:
        choices.insert(0, _choice(desk, meant, "", language))
    return html.Tr(
        [
            html.Th(html.Label(label, htmlFor=written(control)), scope="row"),
            html.Td(html.Code(" ".join(columns))),
            html.Td(search_list(control, choices, meant, word("line_choose", language), language)),
        ],
        className="one-column" if column else "",
    )


def _choice(desk: FrontDesk, indicator: str, slot: str, language: str) -> Choice:
    name = indicator_name(desk, indicator, language)
    label = word(f"readings_{slot}", language, name=name) if slot else name
    meant = desk.catalogue.indicators[indicator]
    return {
        "value": indicator,
        "label": label,
        "search": f"{meant.name.zh} {meant.name.en} {label}",
    }


def reading_choices(desk: FrontDesk, indicator: str, language: str) -> list[Choice]:
    """The reading itself, what differs in one slot from it, and leaving it out last."""
    choices = {indicator: _choice(desk, indicator, "", language)}
    for slot, others in alternatives(indicator, desk.catalogue).items():
        for other in others[:MOST_CHOICES]:
            choices.setdefault(other, _choice(desk, other, slot, language))
    leave = word("readings_leave_out", language)
    return [*choices.values(), {"value": LEAVE_OUT, "label": leave, "search": leave}]
