"""Applies what was answered of the same form before: of the same title, headings and unit.

Only what the sheet asks is answered so, and a note says what, by whom and when. Answers of a form
that differs by its title alone are proposed in a note, and never applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Unit
from dashboard.catalogue.grid import Grid
from dashboard.intake.forms.files.cells import text_of
from dashboard.intake.forms.layout import Hints
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.labels import NAME
from dashboard.intake.understanding.phrases import PERIOD
from dashboard.intake.understanding.questions import Answers, Question
from dashboard.intake.understanding.understood import Note, Understood
from dashboard.intake.understanding.words import normal

ANSWERS = "answers"  # the first part of the form under which they are kept
WORD, STREET = "word:", "street:"  # before a word or a printed area
_MONTHS = re.compile(r"(?:\d{1,2}月?[-—–~至到])?\d{1,2}(?:月份?|季度)[末底]?")
_ANSWERED = frozenset(
    (
        asked.BASIS,
        asked.UNIT,
        asked.WORD,
        asked.AREA,
        asked.PROGRAMME_KIND,
        asked.MEASURE_KIND,
        asked.TITLE_KIND,
    )
)
_OF_SHEET = frozenset((asked.BASIS, asked.UNIT))
_WORDS = _ANSWERED - {*_OF_SHEET, asked.AREA}
_NAMES = {
    asked.BASIS: Text("口径时限", "basis"),
    asked.UNIT: Text("单位", "unit"),
    WORD + asked.TITLES[0]: Text("标题", "the title"),
}
_MEANINGS = {
    "in_month": Text("当月数", "in the month"),
    "year_to_date": Text("本年累计数", "year to date"),
    "end_of_period": Text("期末数", "end of period"),
    "元": Text("元", "yuan"),
    "万元": Text("万元", "10,000 yuan"),
    "": Text("不读入", "left out"),
    "-": Text("不读入", "left out"),
    "nothing": Text("没有意义", "nothing"),
}


class FormKey(NamedTuple):
    """A form of one district: its title without the period, and a digest of headings and unit."""

    district: str
    frame: str
    title: str

    def __str__(self) -> str:
        """As it is kept: answers:370113:1f…:农村低保情况表."""
        return ":".join((ANSWERS, *self))

    @classmethod
    def parse(cls, kept: str) -> FormKey | None:
        """The form of a kept answer; None of a form of anything else."""
        first, _, rest = kept.partition(":")
        parts = rest.split(":", 2)
        return cls(*parts) if first == ANSWERS and len(parts) == 3 else None


class SheetForm(NamedTuple):
    """What a sheet says of its form, and what answers are named by."""

    title: str
    units: Sequence[Unit]
    grid: Grid
    areas: Areas


class Remembered(NamedTuple):
    """An answer of an earlier hand-in: ``name`` is basis, unit, WORD or STREET with what it is of.

    ``form`` is None for a word of the bureau's vocabulary.
    """

    form: FormKey | None
    name: str
    answer: str
    by: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What a sheet asked, and what answered it.

    ``needed`` are the kinds of questions that it asked in one of its readings;
    ``unit`` is the one by which it was read; ``applied`` are the remembered answers.
    """

    form: FormKey
    unit: str = ""
    needed: frozenset[str] = frozenset()
    applied: tuple[Remembered, ...] = field(default=())


def without_period(text: str) -> str:
    """A title or heading without what differs from month to month."""
    return re.sub(r"[()\s]", "", _MONTHS.sub("", PERIOD.sub("", normal(text))))


def form_key(title: str, units: Sequence[Unit], understood: Understood) -> FormKey:
    """By what the answers of a sheet are kept; 1-9月 and 三季度 are other forms than 9月."""
    district = understood.area.code if understood.area else ""
    spans = [phrase.span for phrase in periods.phrases(title) if phrase.span]
    frame = [unit.id for unit in units] + [f"{one.length}{one.from_january}" for one in spans]
    for region in understood.regions:
        frame += [
            without_period("/".join(region.path(at))) for at in (*region.labels, *region.figures)
        ]
    if understood.regions and NAME in understood.roles.values():
        first = understood.regions[0]
        names = [at for at, role in understood.roles.items() if role == NAME]
        frame += [
            without_period(text_of(first.sheet.spread(row, at)))
            for row in first.body
            for at in names
        ]
    digest = sha256("\n".join(frame).encode()).hexdigest()[:16]
    return FormKey(district, digest, without_period(title))


def read_with_answers(
    read: Callable[[Answers], Understood],
    form: SheetForm,
    given: Answers,
    kept: Iterable[Remembered],
) -> tuple[Understood, Answered]:
    """The sheet read by what is given now, else by what was answered of the same form before.

    It is read without basis and unit first: what it does not ask needs no answer. Often they are
    asked only when its words are known, and the unit after the basis: so it is read again until
    no answer is left for what it asks.
    """
    bare = replace(given, basis="", unit="")
    understood = read(bare)
    key = form_key(form.title, form.units, understood)
    if not understood.questions:
        return understood, Answered(key, given.unit)
    of_district = [one for one in kept if one.form and one.form[:2] == key[:2] and key.district]
    left = [one for one in of_district if one.form == key and _is_open(one.name, given)]
    last = _read_on(read, _Reading(understood, bare, _kinds(understood)), given, left)
    understood = last.understood
    understood.notes += _notes(last.same, understood.questions, of_district, form)
    return understood, Answered(key, last.said.unit, last.needed, last.same)


class _Reading(NamedTuple):
    """A reading by what is ``said``; what it and those before it asked; the answers applied."""

    understood: Understood
    said: Answers
    needed: frozenset[str]
    same: tuple[Remembered, ...] = ()


def _read_on(
    read: Callable[[Answers], Understood],
    reading: _Reading,
    given: Answers,
    left: Sequence[Remembered],
) -> _Reading:
    """The last reading: basis and unit given now count where they are asked, or words no more."""
    base = reading.said
    while True:
        asks = _kinds(reading.understood)
        new = [one for one in left if one not in reading.same and asks & _answered_by(one.name)]
        base = given if not new or asks & _OF_SHEET else base
        same = (*reading.same, *new)
        said = _with(base, same)
        if said == reading.said:
            return reading._replace(same=same)
        understood = read(said)
        reading = _Reading(understood, said, reading.needed | _kinds(understood), same)


def _kinds(understood: Understood) -> frozenset[str]:
    return frozenset(question.kind for question in understood.questions)


def _answered_by(name: str) -> frozenset[str]:
    """The kinds of questions that a remembered answer of this name answers."""
    if name in _OF_SHEET:
        return frozenset((name,))
    return frozenset((asked.AREA,)) if name.startswith(STREET) else _WORDS


def note_vocabulary(understood: Understood, hints: Hints, form: SheetForm) -> None:
    """Says which words of the sheet were read as the bureau explained them before."""
    before = [
        one
        for one in hints.kept
        if one.form is None
        and one.name in understood.words
        and hints.words.get(one.name) == one.answer
    ]
    understood.notes += [_note("remembered_answer", _VOCABULARY, before, form)] if before else []


def _is_open(name: str, given: Answers) -> bool:
    """Whether nothing else was said of it with this hand-in."""
    if name in _OF_SHEET:
        return not getattr(given, name)
    if name.startswith(STREET):
        return name.removeprefix(STREET) not in given.streets
    return name.removeprefix(WORD) not in given.words


def _with(given: Answers, kept: Iterable[Remembered]) -> Answers:
    said = {one.name: one.answer for one in kept}
    words = {name.removeprefix(WORD): text for name, text in said.items() if name.startswith(WORD)}
    streets = {
        name.removeprefix(STREET): text for name, text in said.items() if name.startswith(STREET)
    }
    return replace(
        given,
        basis=said.get(asked.BASIS, given.basis),
        unit=said.get(asked.UNIT, given.unit),
        words={**given.words, **words},
        streets={**given.streets, **streets},
    )


_SAME = Text("同一报表上次的回答已套用", "answered as last time for the same form")
_VOCABULARY = Text("按本单位以前的说明读", "read as explained before")
_ALIKE = Text(
    "表头和单位相同的《{title}》上次这样回答，本表标题不同，没有套用，请核对后回答",
    "the form “{title}” has the same headings and unit and was answered so; the title differs, so "
    "nothing was applied: check and answer",
)


def _notes(
    same: Sequence[Remembered],
    open_now: Sequence[Question],
    of_district: Sequence[Remembered],
    form: SheetForm,
) -> Iterator[Note]:
    """What was applied; where the sheet still asks, what a form with another title was answered."""
    if same:
        yield _note("remembered_answer", _SAME, same, form)
    elif any(question.kind in _ANSWERED for question in open_now) and of_district:
        latest = max(of_district, key=lambda one: one.when).form
        title = latest.title if latest else ""
        intro = Text(_ALIKE.zh.format(title=title), _ALIKE.en.format(title=title))
        alike = [one for one in of_district if one.form == latest]
        yield _note("alike_answer", intro, alike, form)


def _note(rule: str, intro: Text, answers: Sequence[Remembered], form: SheetForm) -> Note:
    zh = "；".join(_said(one, form, "zh") for one in answers)
    en = "; ".join(_said(one, form, "en") for one in answers)
    return Note(rule, Text(f"{intro.zh}：{zh}", f"{intro.en}: {en}"))


def _said(one: Remembered, form: SheetForm, language: str) -> str:
    """One answer with who gave it, when: 口径时限=当月数（李 2026-10-08）."""
    plain = one.name.removeprefix(WORD).removeprefix(STREET)
    name = _NAMES.get(one.name, Text(f"“{plain}”", f"“{plain}”"))[language]
    parts = one.answer.split(asked.AND)
    meant = "+".join(_meant(part, form, language) for part in parts)
    who = f"{one.by} {one.when.astimezone():%Y-%m-%d}".strip()
    return f"{name}={meant}" + (f"（{who}）" if language == "zh" else f" ({who})")


def _meant(answer: str, form: SheetForm, language: str) -> str:
    """An answer by the name of what it names: a programme, a measure, an area, a basis."""
    for named in (form.grid.programmes, form.grid.measures):
        if answer in named:
            return named[answer].name[language]
    if answer in _MEANINGS:
        return _MEANINGS[answer][language]
    return form.areas.name_of(answer, language) if answer.isdecimal() else answer
