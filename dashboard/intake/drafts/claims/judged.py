"""Checks what each sentence states of its own figures against those figures."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.intake.drafts.claims.changes import changes
from dashboard.intake.drafts.claims.means import means
from dashboard.intake.drafts.claims.quantities import Quantity, quantities
from dashboard.intake.drafts.claims.series import counted_times, rows
from dashboard.intake.drafts.claims.shares import shares
from dashboard.intake.drafts.claims.sums import sums
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mentions import ReadDraft

_LAST = 60  # amounts before a sentence that its claims may be about


def check_claims(read: ReadDraft) -> Iterator[DraftFinding]:
    """Changes, shares, sums, means and rows of every sentence."""
    earlier: list[Quantity] = []
    for sentence in read.sentences:
        plain = read.draft.passages[sentence.passage].plain
        made = quantities(plain, sentence.mentions)
        yield from changes(made)
        yield from sums(made)
        yield from shares(made, earlier)
        yield from means(made, earlier, plain)
        yield from rows(made, plain)
        earlier = [*earlier, *made][-_LAST:]
    for number, passage in enumerate(read.draft.passages):
        yield from counted_times(passage.plain, number)
