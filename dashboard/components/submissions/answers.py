"""Reads what a person answers to a preview: area, period and grade of a sheet, and unknown lines.

A control is known by the place of its sheet (or of its line) in the preview, never by words of the
file. An answer counts where its control no longer shows what it showed when it was drawn; an empty
one takes an earlier answer back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, Grade, Level
from dashboard.intake import Handover
from dashboard.intake.sheet_questions import OF_TITLE
from dashboard.intake.submission_request import SheetAnswers
from dashboard.intake.understanding.questions import AND

LEAVE_OUT = "-"  # the choice to leave a line out, as the control knows it
STREET = "street-"  # before the number of an unknown place of a list of institutions
LABEL = "label-"  # before the number of an unknown area of a table, or before its label
READING = "reading:"  # before an indicator as it was read
COVERS = "covers"  # whether such a list covers every street
DISTRICT_NAME, DISTRICT_CODE = "district_name", "district_code"  # of a new district
USUAL = "usual"  # the grade that belongs to the form

Pair = Annotated[list[str], Field(min_length=2, max_length=2)]
Triple = Annotated[list[str], Field(min_length=3, max_length=3)]
Quadruple = Annotated[list[str], Field(min_length=4, max_length=4)]


class Control(TypedDict):
    """The id of a control: what it asks for, and the place of its sheet, line, word or reading."""

    type: Literal["answer"]
    what: str
    place: int


def _of_level(row: list[str]) -> list[str]:
    """The row of an area, whose level exists; raises ValueError."""
    Level(row[2])
    return row


class Outline(TypedDict):
    """What the preview was drawn of: by place, and what each control showed."""

    sheets: list[list[str]]  # file, sheet
    lines: list[list[str]]  # form, printed name
    asked: dict[str, list[str]]  # file -> printed names of its unknown lines
    words: list[str]  # that a person is asked about, or has explained
    readings: list[list[str]]  # file, sheet, READING and the indicator as it was read
    streets: dict[str, list[str]]  # place of a sheet -> its district or "", its unknown streets
    labels: dict[str, list[str]]  # place of a sheet -> its labels of unknown areas, as printed
    shown: dict[str, str]  # the id of a control as text -> its value
    proposed: dict[str, str]  # the same of what the preview itself filled in: sent, it counts
    ready: int  # files that can be stored
    held_back: int  # files that cannot
    needs_note: bool
    open: int  # questions of files that can be stored: what they ask about is left out


AreaRow = Annotated[Quadruple, AfterValidator(_of_level)]


class Answers(TypedDict):
    """All answers so far; ``sheets`` and ``lines`` as lists, since they travel as JSON."""

    sheets: list[Quadruple]  # file, sheet, what (area, period, grade), answer
    lines: list[Triple]  # form, printed name, indicator or LEAVE_OUT
    words: list[Pair]  # word, meaning
    areas: list[AreaRow]  # to be registered: code, name, level, parent
    skip: bool  # leave out every line that is not known
    asked: dict[str, list[str]]  # file -> printed names of its unknown lines, in any preview so far


def no_answers() -> Answers:
    """Nothing answered yet."""
    return {"sheets": [], "lines": [], "words": [], "areas": [], "skip": False, "asked": {}}


def sheet_control(what: str, place: int) -> Control:
    """The id of the control for the area, period or grade of a sheet."""
    return {"type": "answer", "what": what, "place": place}


def line_control(place: int) -> Control:
    """The id of the control for what an unknown line means."""
    return sheet_control("line", place)


def word_control(place: int) -> Control:
    """The id of the control for what a word means."""
    return sheet_control("word", place)


def reading_control(place: int) -> Control:
    """The id of the control that corrects what figures were read as."""
    return sheet_control("reading", place)


def corrections_of(answers: Answers, file: str, sheet: str) -> dict[str, str]:
    """What figures of a sheet were read as, and what is meant instead, or LEAVE_OUT."""
    return {
        what.removeprefix(READING): text
        for of_file, of_sheet, what, text in answers["sheets"]
        if (of_file, of_sheet) == (file, sheet) and what.startswith(READING)
    }


def area_row(area: Area) -> list[str]:
    """An area to be registered, as it travels."""
    return [area.code, area.name.zh, str(area.level), area.parent]


def areas_of(answers: Answers) -> list[Area]:
    """The areas to be registered with the files."""
    return [
        Area(code, Text(name, name), Level(level), parent)
        for code, name, level, parent in answers["areas"]
    ]


def skip_control() -> Control:
    """The id of the box that leaves every unknown line out."""
    return sheet_control("skip", 0)


def written(control: Control) -> str:
    """An id as the browser writes it: what a label refers to."""
    return json.dumps(control, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def changed(outline: Outline, controls: Sequence[Control], values: Sequence[Any]) -> bool:
    """Whether a person changed any control since it was drawn."""
    return any(
        _text(value) not in (outline["shown"][key], outline["proposed"].get(key))
        for key, _, value in _drawn(outline, controls, values)
    )


def _drawn(
    outline: Outline, controls: Sequence[Control], values: Sequence[Any]
) -> Iterator[tuple[str, Control, Any]]:
    """The controls of this preview, each with its id as text and its value; no others."""
    for control, value in zip(controls, values, strict=True):
        key = written(control)
        if key in outline["shown"]:
            yield key, control, value


def _text(value: object) -> str:
    return str(value).strip() if value is not None else ""


def _given(answers: Iterable[tuple[tuple[str, ...], str]]) -> list[list[str]]:
    """The answers that were given, each a row: what it answers, then its text."""
    return [[*key, text] for key, text in answers if text]


def answered(
    before: Answers, outline: Outline, controls: Sequence[Control], values: Sequence[Any]
) -> Answers:
    """The answers with what was changed since the preview was drawn."""
    sheets = {(file, sheet, what): text for file, sheet, what, text in before["sheets"]}
    lines = {(form, name): text for form, name, text in before["lines"]}
    words = {name: text for name, text in before["words"]}
    skip = before["skip"]
    for key, control, value in _drawn(outline, controls, values):
        text, place = _text(value), control["place"]
        if outline["shown"][key] == text:
            continue
        if control["what"] == "skip":
            skip = bool(value)
        elif control["what"] == "line":
            form, name = outline["lines"][place]
            lines[form, name] = text
        elif control["what"] == "word":
            words[outline["words"][place]] = text
        elif control["what"] == "reading":
            file, sheet, was = outline["readings"][place]
            sheets[file, sheet, was] = "" if text == was.removeprefix(READING) else text
        else:
            file, sheet = outline["sheets"][place]
            sheets[file, sheet, _answered_by(outline, control)] = text
    return {
        "sheets": _given(sheets.items()),
        "lines": _given(lines.items()),
        "words": [[name, text] for name, text in words.items() if text],
        "areas": before["areas"],
        "skip": skip,
        "asked": outline["asked"],
    }


def _answered_by(outline: Outline, control: Control) -> str:
    """What a control of a sheet answers; of an unknown area the label as it is printed."""
    what, place = control["what"], str(control["place"])
    if not what.startswith(LABEL):
        return what
    return LABEL + outline["labels"][place][int(what.removeprefix(LABEL))]


def labels_of(answers: Answers, file: str, sheet: str) -> dict[str, str]:
    """The areas that were given for unknown labels of a sheet, or LEAVE_OUT."""
    return {
        what.removeprefix(LABEL): text
        for of_file, of_sheet, what, text in answers["sheets"]
        if (of_file, of_sheet) == (file, sheet) and what.startswith(LABEL)
    }


def handover_of(answers: Answers, note: str = "", file: str = "") -> Handover:
    """The answers as the intake takes them; of ``file`` alone where it is named.

    The intake remembers a meaning by the form it finds, so none is said here.
    """
    by_sheet: dict[tuple[str, str], dict[str, str]] = {}
    for of_file, sheet, what, text in answers["sheets"]:
        by_sheet.setdefault((of_file, sheet), {})[what] = text
    asked = answers["asked"].get(file, [])
    return Handover(
        note=note.strip(),
        skip_unknown=answers["skip"],
        mappings={
            ("", name): meant(text)
            for _, name, text in answers["lines"]
            if not file or name in asked
        },
        words={name: meant(text) for name, text in answers["words"]},
        areas=tuple(areas_of(answers)),
        sheets={key: _sheet_answers(given) for key, given in by_sheet.items()},
    )


def meant(choice: str) -> str:
    """The indicator a choice means; empty for a line that is left out."""
    return "" if choice == LEAVE_OUT else choice


def _sheet_answers(given: Mapping[str, str]) -> SheetAnswers:
    grade = given.get("grade", "")
    known = Grade(grade) if grade in set(Grade) else None
    streets = {
        what.removeprefix(kind): text
        for kind in (STREET, LABEL)
        for what, text in given.items()
        if what.startswith(kind)
    }
    return SheetAnswers(
        area=given.get("area", ""),
        period=given.get("period", ""),
        grade=known,
        basis=given.get("basis", ""),
        unit=given.get("unit", ""),
        title=AND.join(given[what] for what in OF_TITLE if given.get(what)),
        streets=streets,
        covers=given.get(COVERS, ""),
        corrections={
            what.removeprefix(READING): meant(text)
            for what, text in given.items()
            if what.startswith(READING)
        },
    )
