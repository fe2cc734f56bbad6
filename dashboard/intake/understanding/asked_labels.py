"""Chooses the heading or label a question is put about, so that a person can explain it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import is_chinese, normal, without_number

_OF_WHICH = re.compile("^其中:?")


def asked_label(
    gap: Gap, column: Sequence[Phrase], row: Sequence[Phrase], titles: Sequence[Phrase]
) -> str:
    """The heading or label that can be explained; empty where the gap is about a printed word.

    ``column`` and ``row`` are innermost first. A row's label is asked about its programme, a
    column's heading about what it measures.
    """
    if gap.kind == asked.WORD:
        printed = any(
            gap.word and gap.word in normal(phrase.text) for phrase in (*column, *row, *titles)
        )
        if printed:
            return ""
    elif gap.kind not in (asked.PROGRAMME_KIND, asked.MEASURE_KIND):
        return ""
    first, other = (row, column) if gap.kind == asked.PROGRAMME_KIND else (column, row)
    innermost = (_chinese(first), _chinese(other), _foreign(first), _foreign(other))
    return next((_label(phrase) for phrase in innermost if phrase is not None), "")


def _chinese(phrases: Sequence[Phrase]) -> Phrase | None:
    """The innermost heading or label with a meaning; the English of a bilingual one has none."""
    return next(
        (phrase for phrase in phrases if is_chinese(phrase.text) and not phrase.is_empty), None
    )


def _foreign(phrases: Sequence[Phrase]) -> Phrase | None:
    """The innermost heading or label of a table in another language."""
    return next((phrase for phrase in phrases if phrase.unknown), None)


def _label(phrase: Phrase) -> str:
    """A heading or label as it is compared: without its unit, its number and 其中."""
    text = "".join(token.text for token in phrase.tokens)
    return _OF_WHICH.sub("", without_number(text)).strip(":")
