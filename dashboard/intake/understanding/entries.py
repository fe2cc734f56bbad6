"""Writes what was understood into the ledger as entries, and what was not as findings."""

from __future__ import annotations

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureStatus, Finding
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.files.cells import column_letter
from dashboard.intake.forms.layout import Recognition
from dashboard.intake.forms.ledger import Ledger
from dashboard.intake.forms.mapping import UnknownRow
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.questions import Question
from dashboard.intake.understanding.sheet import finding_of
from dashboard.intake.understanding.understood import Reading, Understood

_ALWAYS_ANSWERED = (asked.AREA, asked.PERIOD, asked.BASIS, asked.LIST, asked.MISMATCH)
# What is asked of a line or column whatever the share of figures understood: what does not need the
# answer does not wait for it.
_OF_A_LINE = (asked.WORD, asked.MEASURE_KIND, asked.PROGRAMME_KIND, asked.SPAN)
# The share of figures that must be understood before others that contradict each other or lack a
# unit may be left out.
_ENOUGH = 0.5


def enter_figures(recognition: Recognition, catalogue: Catalogue, ledger: Ledger) -> None:
    """Enters every figure understood; says every question, each once."""
    understood = recognition.understood
    if understood is None:
        raise ValueError("the sheet was not read as a bureau's own table")
    for note in understood.notes:
        ledger.note("note", note.rule, note.text, note.row, note.column)
    for name, said in understood.mapped.items():
        ledger.note_mapped(name, said, understood.mapped_at[name])
    for reading in understood.readings:
        indicator = catalogue.indicators[reading.indicator]
        cell = ledger.sheet.cell(reading.row, reading.column)
        ledger.enter(
            Entry(
                indicator,
                reading.area,
                reading.span,
                cell,
                reading.row,
                reading.column,
                reading.unit,
                reading.kind,
                _status(reading, recognition),
                secondary=reading.secondary,
            )
        )
    _ask(understood, ledger)


def _status(reading: Reading, recognition: Recognition) -> FigureStatus | None:
    """Provisional where a remark calls a figure an estimate; a draft stays one."""
    is_final = recognition.firmness is FigureStatus.FINAL
    return FigureStatus.PROVISIONAL if reading.is_estimate and is_final else None


def _ask(understood: Understood, ledger: Ledger) -> None:
    """Findings of the questions: errors, or warnings where the rest may be taken without them.

    A warning is answered, or passed over with a note; the figures it speaks of are then left out.
    """
    enough = len(understood.readings) >= _ENOUGH * max(understood.figures, 1)
    for question in understood.questions:
        if question.kind == asked.LEAVE_OUT:
            _note_left_out(question, ledger)
            continue
        must = question.kind in _ALWAYS_ANSWERED and not _is_of_row(question)
        if not must:
            ledger.unknown_rows += _lines(understood, question)
        if (ledger.skips_unknown or _is_stated_out(understood, question)) and not must:
            ledger.note("note", "unknown_indicator", _left_out(question), *question.cells[0])
            continue
        waits = question.kind != asked.MISMATCH and (
            enough or (question.kind in _OF_A_LINE and bool(understood.readings))
        )
        severity = "error" if must or not waits else "warning"
        ledger.findings.append(finding_of(question, severity))


def _is_stated_out(understood: Understood, question: Question) -> bool:
    """Whether a person says that what waits for a unit is not read."""
    return understood.leaves_out_unitless and question.kind == asked.UNIT and not question.word


def _is_of_row(question: Question) -> bool:
    """Whether it is about the area of one row or column, which can be left out."""
    return question.kind in (asked.AREA, asked.MISMATCH) and bool(question.word)


def _lines(understood: Understood, question: Question) -> list[UnknownRow]:
    """The lines and columns that wait for the answer, each once, as they may be mapped by hand."""
    lines: dict[str, UnknownRow] = {}
    for row, column in question.cells:
        name = understood.line_names.get((row, column), "")
        if name:
            lines.setdefault(name, UnknownRow(*understood.line_places[name], name))
    return list(lines.values())


def _left_out(question: Question) -> Text:
    count = len(question.cells)
    return Text(
        f"{question.text.zh}；{count} 个数未读入",
        f"{question.text.en}; {count} figures were left out",
    )


def _note_left_out(question: Question, ledger: Ledger) -> None:
    count = len(question.cells)
    text = Text(
        f"含“{question.word}”的 {count} 个数按说明不读入",
        f"{count} figures with {question.word!r} were left out as stated",
    )
    row, column = question.cells[0]
    name, letter = ledger.sheet.name, column_letter(column)
    ledger.findings.append(
        Finding("note", "mapped_indicator", text, name, row + 1, letter, question.word)
    )
