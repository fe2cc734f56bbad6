"""Checks a draft against itself: every rule over its mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from dashboard.base.language import Text
from dashboard.base.packages import unpacked_size
from dashboard.base.separate_process import Bounds, TooMuch, run_apart
from dashboard.intake.drafts.claims.judged import check_claims
from dashboard.intake.drafts.draft import Draft, UnreadableDraft
from dashboard.intake.drafts.finding import DraftFinding, Spot
from dashboard.intake.drafts.mentions import ReadDraft, read_mentions
from dashboard.intake.drafts.reading import pasted_draft, read_draft
from dashboard.intake.drafts.rules.changes import check_changes
from dashboard.intake.drafts.rules.coverage import check_coverage
from dashboard.intake.drafts.rules.dates import check_dates
from dashboard.intake.drafts.rules.earlier_values import check_earlier_values
from dashboard.intake.drafts.rules.listed import check_listed
from dashboard.intake.drafts.rules.lists import check_lists
from dashboard.intake.drafts.rules.parts import check_parts, check_streets
from dashboard.intake.drafts.rules.payments import check_payments
from dashboard.intake.drafts.rules.places import check_places
from dashboard.intake.drafts.rules.plans import check_plans
from dashboard.intake.drafts.rules.ranks import check_ranks
from dashboard.intake.drafts.rules.rates import check_rates
from dashboard.intake.drafts.rules.ratios import check_ratios
from dashboard.intake.drafts.rules.repetition import check_repetition
from dashboard.intake.drafts.rules.sums import check_sums
from dashboard.intake.drafts.rules.tables import check_tables
from dashboard.intake.drafts.rules.units import check_units
from dashboard.intake.drafts.unread import unread_notices

LARGE = 300_000  # bytes, unpacked, from which a draft is read and checked apart
BOUNDS = Bounds(60, 1024)
_STOPPED = Text(
    f"检查这个文件超过 {BOUNDS.seconds} 秒或需要的内存太多；请分成几部分检查",
    f"checking this file took more than {BOUNDS.seconds} seconds or too much memory; check it in"
    " parts",
)
PASTED = ".pasted"  # the ending under which pasted text waits
RULES: tuple[Callable[[ReadDraft], Iterator[DraftFinding]], ...] = (
    check_parts,
    check_streets,
    check_changes,
    check_earlier_values,
    check_sums,
    check_ratios,
    check_rates,
    check_places,
    check_units,
    check_payments,
    check_coverage,
    check_repetition,
    check_plans,
    check_dates,
    check_ranks,
    check_lists,
    check_listed,
    check_tables,
    check_claims,
)


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft, what was read in it, and what its rules object to, in reading order."""

    read: ReadDraft
    findings: tuple[DraftFinding, ...]

    @property
    def draft(self) -> Draft:
        """The draft itself."""
        return self.read.draft

    def mark(self, finding: DraftFinding) -> str:
        """The short mark under which a finding is accepted."""
        return finding.mark([passage.text for passage in self.draft.passages])

    def joined(
        self, more: Iterable[DraftFinding], stored: Iterable[DraftFinding] = ()
    ) -> CheckedDraft:
        """The same with further findings, in reading order; none of a rule and place twice.

        What the store says of a figure, ``stored``, is added to a finding of that figure.
        """
        known = {(finding.rule, spot) for finding in self.findings for spot in finding.spots}
        new = [one for one in more if known.isdisjoint((one.rule, spot) for spot in one.spots)]
        found = [*self.findings, *new]
        for one in stored:
            same = (at for at, other in enumerate(found) if set(one.spots) & set(other.spots))
            at = next(same, None)
            if at is None:
                found.append(one)
            else:
                found[at] = found[at].with_store(one)
        return replace(self, findings=tuple(sorted(found, key=lambda finding: finding.spots)))


def check_draft(draft: Draft) -> CheckedDraft:
    """Check a draft against itself; its notices also say how many sentences were not read."""
    notices = (*draft.notices, *unread_notices(draft.passages))
    read = read_mentions(replace(draft, notices=notices))
    findings: list[DraftFinding] = []
    known: dict[Spot, list[DraftFinding]] = {}  # by place: two rules may come to one
    for rule in RULES:
        for finding in rule(read):
            others = (other for spot in finding.spots for other in known.get(spot, ()))
            if any(finding.repeats(other) for other in others):
                continue
            findings.append(finding)
            for spot in set(finding.spots):
                known.setdefault(spot, []).append(finding)
    return CheckedDraft(read, tuple(sorted(findings, key=lambda found: found.spots)))


def check_file(name: str, content: bytes) -> CheckedDraft:
    """Check the draft in a file; raises UnreadableDraft, also for what takes too long.

    Pasted text comes under a name that ends in PASTED, in UTF-8. A large file is read and checked
    in a process of its own.
    """
    size = unpacked_size(content)
    if (len(content) if size is None else size) <= LARGE and content[:4] != b"%PDF":
        return check_draft(_read(name, content))
    try:
        answer = run_apart(f"{__name__}:check_or_say", (name, content), BOUNDS)
    except TooMuch:
        raise UnreadableDraft(_STOPPED) from None
    if isinstance(answer, Text):
        raise UnreadableDraft(answer)
    checked: CheckedDraft = answer
    return checked


def _read(name: str, content: bytes) -> Draft:
    if name.endswith(PASTED):
        return pasted_draft(name.removesuffix(PASTED), content.decode("utf-8"))
    return read_draft(name, content)


def check_or_say(name: str, content: bytes) -> CheckedDraft | Text:
    """The checked draft in a file, or why it cannot be read."""
    try:
        return check_draft(_read(name, content))
    except UnreadableDraft as unreadable:
        return unreadable.text
