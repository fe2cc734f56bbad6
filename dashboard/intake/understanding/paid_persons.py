"""Asks whether persons paid over several months are those at the end or all payments."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.catalogue.periods import Span
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.table import Knowledge
from dashboard.intake.understanding.words import MEASURE

_PAID = re.compile("发放|实发|应发")
_COUNTED_TO_DATE = {"persons": "person_times", "households": "household_times"}


def paid_over_span(
    known: Knowledge, phrases: Iterable[Phrase], meaning: Meaning, span: Span
) -> Gap | None:
    """The question about 发放人数 of a benefit over several months; None where it is clear.

    A person's own explanation of the heading answers it.
    """
    cell = meaning.cell
    if cell is None or span.length < 2 or cell.measure not in _COUNTED_TO_DATE:
        return None
    if known.grid.programmes[cell.programme].kind != "benefit":
        return None
    measures = known.grid.measures
    for phrase in phrases:
        for token in phrase.tokens:
            is_paid = token.has(MEASURE, cell.measure) and _PAID.search(token.text)
            if is_paid and token.text not in known.lexicon.whole:
                counted = measures[_COUNTED_TO_DATE[cell.measure]]
                return gaps.end_or_times(token.text, measures[cell.measure], counted)
    return None
