"""Lists what a sheet asks the person who hands it in: its basis once, and each word once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.intake.open_sheets import Taken
from dashboard.intake.understanding.questions import BASIS, WORD, Question

BASES = ("in_month", "year_to_date", "end_of_period")
_RULES = {"unknown_basis": BASIS, "unknown_indicator": WORD}


class Asked(NamedTuple):
    """One question: ``kind`` is basis or word; ``figures`` is how many wait for it.

    ``figures`` is 0 where it is not known yet: another question must be answered first.
    """

    kind: str
    text: Text
    word: str = ""
    figures: int = 0


def asked_of(taken: Taken) -> tuple[Asked, ...]:
    """The questions of a sheet that was read as a bureau's own table."""
    understood = taken.found.understood
    if understood is None:
        return ()
    return _once(
        Asked(question.kind, question.text, question.word, len(question.cells))
        for question in understood.questions
        if question.kind == BASIS or (question.kind == WORD and question.word)
    )


def asked_in(findings: Iterable[Finding]) -> tuple[Asked, ...]:
    """The questions of a sheet that was refused before its figures were read."""
    asked = []
    for finding in findings:
        kind = _RULES.get(finding.rule, "")
        is_word = kind == WORD and finding.value and "--word" in finding.message.en
        if kind == BASIS or is_word:
            text = Text(finding.message.zh.partition("；")[0], finding.message.en.partition(";")[0])
            asked.append(Asked(kind, text, finding.value))
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


def waits_for_word(question: Question) -> bool:
    """Whether a question is asked as a word rather than line by line."""
    return question.kind == WORD and bool(question.word)
