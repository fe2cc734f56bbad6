"""Checks what each sentence states of its own figures against those figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.intake.drafts.claims.changes import changes
from dashboard.intake.drafts.claims.durations import durations, years_of_title
from dashboard.intake.drafts.claims.extremes import extremes
from dashboard.intake.drafts.claims.means import means
from dashboard.intake.drafts.claims.pace import met, paces
from dashboard.intake.drafts.claims.proportions import proportions
from dashboard.intake.drafts.claims.quantities import CHANGE, Quantity, quantities
from dashboard.intake.drafts.claims.series import all_done, counted_times, rows
from dashboard.intake.drafts.claims.shares import shares
from dashboard.intake.drafts.claims.spans_within import within
from dashboard.intake.drafts.claims.stocks import reached
from dashboard.intake.drafts.claims.sums import sums
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mentions import ReadDraft

_LAST = 60  # amounts before a sentence that its claims may be about


def check_claims(read: ReadDraft) -> Iterator[DraftFinding]:
    """Changes, shares, sums, means and rows of every sentence."""
    earlier: list[Quantity] = []
    last: list[Quantity] = []
    for sentence in read.sentences:
        plain = read.draft.passages[sentence.passage].plain
        made = quantities(plain, sentence.mentions)
        if len(made) > 1:
            yield from reached(made, earlier)
            yield from rows(made, plain)
            yield from extremes(made, plain)
            yield from met(made, plain)
        if made:
            if len(made) > 1 or made[0].role == CHANGE:
                yield from changes(made, earlier)
            yield from sums(made, _of_one_passage(last, made))
            yield from within(made, earlier)
            if "时间" in plain or "序时" in plain or "过半" in plain:
                yield from paces(made, plain)
            yield from proportions(made, earlier, plain)
            yield from all_done(made, plain)
        yield from shares(made, earlier)
        yield from means(made, earlier, plain)
        earlier, last = [*earlier, *made][-_LAST:], made
    for number, passage in enumerate(read.draft.passages):
        yield from counted_times(passage.plain, number)
        yield from durations(passage.plain, number, read.frame.year)
        yield from years_of_title(passage.plain, number, read.frame.title)


def _of_one_passage(last: Sequence[Quantity], made: Sequence[Quantity]) -> Sequence[Quantity]:
    """The sentence before, where it is of the same passage."""
    return last if last and last[0].mention.passage == made[0].mention.passage else []
