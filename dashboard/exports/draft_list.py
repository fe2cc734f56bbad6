"""Writes the findings of a draft and the figures read in it, as a workbook of two sheets."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from dashboard.base.language import word
from dashboard.exports.workbooks import HARMLESS
from dashboard.intake.drafts.check import CheckedDraft
from dashboard.intake.drafts.earlier_report import Succession
from dashboard.intake.drafts.mention import Mention

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FINDINGS = ("severity", "message", "place", "figures", "text", "note", "mark")
FIGURES = (
    "place",
    "written",
    "value",
    "unit",
    "qualifier",
    "subject",
    "area",
    "period",
    "kind",
    "deadline",
    "store",
    "text",
)
SUCCESSION = ("result", "subject", "then", "now", "place")
_WIDTHS = {"message": 60, "text": 60, "figures": 26, "subject": 26, "note": 26, "store": 40}
_AROUND = 24  # characters of text shown on each side


def findings_book(
    checked: CheckedDraft,
    notes: Mapping[str, str],
    language: str,
    remarks: Mapping[tuple[int, int, int], str] | None = None,
    succession: Sequence[Succession] = (),
) -> bytes:
    """The workbook; ``notes`` are those of accepted findings by mark.

    ``remarks`` say what the store has of a mention, by its place; ``succession`` is the comparison
    with the previous report, a third sheet where there is one.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, HARMLESS) as book:
        look = book.add_format({"text_wrap": True, "valign": "top", "font_name": "Microsoft YaHei"})
        findings = [
            *(_notice_row(notice[language], language) for notice in checked.draft.notices),
            *(_finding_row(checked, at, notes, language) for at in range(len(checked.findings))),
        ]
        figures = [
            _figure_row(checked, mention, (remarks or {}).get(mention.place, ""), language)
            for mention in checked.read.mentions
        ]
        sheets = [("drafts_findings", FINDINGS, findings), ("drafts_figures", FIGURES, figures)]
        if succession:
            rows = [_succession_row(one, language) for one in succession]
            sheets.append(("drafts_previous_title", SUCCESSION, rows))
        for name, columns, rows in sheets:
            sheet = book.add_worksheet(word(name, language))
            head = [word(f"drafts_column_{column}", language) for column in columns]
            _write(sheet, [head, *rows], columns, look)
    return made.getvalue()


def _write(
    sheet: Any,  # noqa: ANN401 - XlsxWriter is untyped
    rows: Sequence[Sequence[object]],
    columns: Sequence[str],
    look: Any,  # noqa: ANN401
) -> None:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, float):
                sheet.write_number(row, column, value, look)
            else:
                sheet.write_string(row, column, str(value), look)
    for column, name in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(name, 12))
    sheet.freeze_panes(1, 0)


def _notice_row(notice: str, language: str) -> list[object]:
    """A row that says what was not read, in the columns of the findings."""
    cells: dict[str, object] = {"severity": word("severity_note", language), "message": notice}
    return [cells.get(column, "") for column in FINDINGS]


def _finding_row(
    checked: CheckedDraft, at: int, notes: Mapping[str, str], language: str
) -> list[object]:
    draft_finding = checked.findings[at]
    texts = [checked.draft.passages[passage].text for passage, _, _ in draft_finding.spots]
    figures = [
        text[start:end] for text, (_, start, end) in zip(texts, draft_finding.spots, strict=True)
    ]
    mark = checked.mark(draft_finding)
    return [
        word(f"severity_{draft_finding.severity}", language),
        draft_finding.message[language],
        ", ".join(
            str(number + 1) for number in dict.fromkeys(spot[0] for spot in draft_finding.spots)
        ),
        " / ".join(figure[:40] for figure in figures),
        " … ".join(
            dict.fromkeys(
                around(text, start, end)
                for text, (_, start, end) in zip(texts, draft_finding.spots, strict=True)
            )
        ),
        notes.get(mark, ""),
        mark,
    ]


def around(text: str, start: int, end: int) -> str:
    """The words on both sides of a place."""
    return text[max(start - _AROUND, 0) : end + _AROUND].replace("\n", " ").strip()


def _figure_row(
    checked: CheckedDraft, mention: Mention, remark: str, language: str
) -> list[object]:
    amount = mention.amount
    text = checked.draft.passages[mention.passage].text
    span = mention.period
    return [
        str(mention.passage + 1),
        amount.written,
        float(amount.value),
        amount.dimension,
        amount.qualifier,
        mention.subject,
        mention.area,
        str(span.end) if span else "",
        word(f"drafts_kind_{mention.kind}", language),
        mention.deadline,
        remark,
        around(text, amount.start, amount.end),
    ]


def _succession_row(succession: Succession, language: str) -> list[object]:
    return [
        word(f"drafts_previous_{succession.result}", language),
        succession.subject,
        succession.then.amount.written if succession.then else "",
        succession.now.amount.written if succession.now else "",
        str(succession.now.passage + 1) if succession.now else "",
    ]
