"""Lists what a sheet asks the person who hands it in: its basis once, and each word once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.intake.open_sheets import Taken
from dashboard.intake.understanding.gaps import no_measure
from dashboard.intake.understanding.questions import (
    BASIS,
    MEASURE_KIND,
    PROGRAMME_KIND,
    TITLE_KIND,
    UNIT,
    WORD,
    Question,
)

TITLE_PROGRAMME, TITLE_MEASURE, TITLE_MARK = "title_programme", "title_measure", "title_mark"
OF_TITLE = (TITLE_PROGRAMME, TITLE_MEASURE, TITLE_MARK)
MARKS = {"target": "目标", "plan": "预算", "added": "新增", "left": "退出"}
_OF_TITLE = {
    PROGRAMME_KIND: TITLE_PROGRAMME,
    MEASURE_KIND: TITLE_MEASURE,
    TITLE_KIND: TITLE_MARK,
}
BASES = ("in_month", "year_to_date", "end_of_period")
UNITS = ("元", "万元")
_RULES = {
    "unknown_basis": BASIS,
    "unknown_indicator": WORD,
    "missing_unit": UNIT,
    "unsaid_unit": UNIT,
}
_OF_ANY_TABLE = ("missing_unit", "unknown_basis")


class Asked(NamedTuple):
    """One question: ``kind`` is basis, unit, word or of the title; ``figures`` wait for its answer.

    ``figures`` is 0 where it is not known yet: another question must be answered first. ``answer``
    is what was answered before, where it is no longer open.
    """

    kind: str
    text: Text
    word: str = ""
    figures: int = 0
    answer: str = ""


def asked_of(taken: Taken) -> tuple[Asked, ...]:
    """The questions of a sheet: all of a bureau's own table, unit and basis of another."""
    understood = taken.found.understood
    if understood is None:
        findings = taken.read.findings
        return asked_in(one for one in findings if one.rule in _OF_ANY_TABLE)
    return _once(_asked(understood.questions))


def _asked(questions: Iterable[Question]) -> Iterator[Asked]:
    for question in questions:
        waiting = len(question.cells)
        if question.kind == BASIS or (question.kind == WORD and question.word):
            yield Asked(question.kind, question.text, question.word, waiting)
        elif question.kind == UNIT and not question.word:
            yield Asked(UNIT, question.text, "", waiting)
        elif question.kind != MEASURE_KIND or question.text == no_measure().text:
            of_title = _OF_TITLE.get(question.kind)
            if of_title:
                yield Asked(of_title, question.text, "", waiting)


def asked_in(findings: Iterable[Finding], questions: Sequence[Question] = ()) -> tuple[Asked, ...]:
    """The questions of a sheet that was refused before its figures were read.

    ``questions`` are those of a bureau's own table.
    """
    if questions:
        return _once(_asked(questions))
    asked = []
    for finding in findings:
        kind = _RULES.get(finding.rule, "")
        is_word = kind == WORD and finding.value and "--word" in finding.message.en
        if kind in (BASIS, UNIT) or is_word:
            text = Text(finding.message.zh.partition("；")[0], finding.message.en.partition(";")[0])
            asked.append(Asked(kind, text, finding.value if is_word else ""))
    return _once(asked)


def _once(questions: Iterable[Asked]) -> tuple[Asked, ...]:
    """The questions with those about one word joined, the basis first."""
    joined: dict[tuple[str, str], Asked] = {}
    for question in questions:
        key = (question.kind, question.word)
        known = joined.get(key)
        joined[key] = (
            question._replace(figures=question.figures + known.figures) if known else question
        )
    return tuple(sorted(joined.values(), key=lambda one: one.kind != BASIS))


def is_asked_of_title(question: Question) -> bool:
    """Whether a question is asked once for all figures whose headings leave it open."""
    is_other = question.kind == MEASURE_KIND and question.text != no_measure().text
    return question.kind in _OF_TITLE and not is_other


def waits_for_word(question: Question) -> bool:
    """Whether a question is asked as a word rather than line by line."""
    return question.kind == WORD and bool(question.word)
