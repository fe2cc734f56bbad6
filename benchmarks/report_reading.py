"""How well work reports are read: ``python -m benchmarks.reports DIR``.

DIR, or folders in it, holds the reports (.txt) and report_facts.csv, a row a figure with its source
phrase. Prints precision and recall of mentions, then how often their value with unit, period, area
and kind agree with the facts, by report; how often programme and measure are those of the fact,
where the catalogue has them ("slots": of all such facts; "slots right": of those given any; with
--list those of another indicator are listed, to be judged by reading), and
which contradictions of the list beside this file, or in DIR, are found.

The indicator of a fact stands in a column of its own, else in the samples of the same report.
"""

from __future__ import annotations

import csv
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from dashboard.base.settings import ROOT
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.period_phrases import parse
from dashboard.intake.drafts.amounts import PERCENT, amounts
from dashboard.intake.drafts.check import CheckedDraft, check_draft
from dashboard.intake.drafts.draft import narrow
from dashboard.intake.drafts.meanings import Meanings
from dashboard.intake.drafts.mention import Mention
from dashboard.intake.drafts.reading import read_draft

CONTRADICTIONS = Path(__file__).with_name("report_contradictions.csv")
SAMPLES = ROOT / "data" / "samples" / "reports"
MOST = 5000  # mentions of a report
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_KINDS = {"plan": "target", "target": "target", "standard": "standard", "actual": "actual"}
Row = Mapping[str, str]


@dataclass(slots=True)
class Score:
    """What agrees of how many."""

    right: int = 0
    of: int = 0

    def add(self, agrees: bool) -> None:
        """Count one."""
        self.right += agrees
        self.of += 1

    def __str__(self) -> str:
        """The share and its counts."""
        return f"{self.right / self.of if self.of else 1:.3f} ({self.right}/{self.of})"


def measure(folder: Path, *, listed: bool = False) -> None:
    """Print the scores of every report in a folder; ``listed`` names what disagrees."""
    facts = _rows(next(folder.rglob("report_facts.csv")))
    own_list = folder / CONTRADICTIONS.name
    expected = _rows(own_list if own_list.exists() else CONTRADICTIONS)
    for file in sorted(folder.rglob("*.txt")):
        own = [row for row in facts if row["report"] == file.name]
        if not own:
            continue
        begun = time.perf_counter()
        checked = check_draft(read_draft(file.name, file.read_bytes()))
        seconds = time.perf_counter() - begun
        sys.stdout.write(f"{file.name}  {seconds:.3f} s\n")
        for name, score in scores_of(checked, file.stem, own, listed=listed).items():
            sys.stdout.write(f"  {name:22} {score}\n")
        _contradictions(checked, [row for row in expected if row["report"] == file.name])


def scores_of(
    checked: CheckedDraft, stem: str, facts: Sequence[Row], *, listed: bool = False
) -> dict[str, Score]:
    """The scores of one report by name; ``stem`` is the name of its file without its ending."""
    scores = _scores(checked, facts, listed)
    return scores | _slots(checked, facts, _indicators(stem, facts), listed)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _scores(checked: CheckedDraft, facts: Sequence[Row], listed: bool) -> dict[str, Score]:
    names = ("mentions recall", "mentions precision", "value and unit", "period", "area", "kind")
    scores = {name: Score() for name in names}
    matched: set[tuple[int, int, int]] = set()
    for fact in facts:
        mention = _mention_of(fact, checked)
        scores["mentions recall"].add(mention is not None)
        if mention is None:
            _tell(listed, "missed", fact)
            continue
        matched.add(mention.place)
        for name, agrees in _agreements(mention, fact).items():
            scores[name].add(agrees)
            if not agrees:
                _tell(listed, name, fact, mention)
    for mention in checked.read.mentions:
        scores["mentions precision"].add(mention.place in matched)
        if mention.place not in matched and listed:
            sys.stdout.write(f"    no fact: {mention.before}[{mention.amount.written}]\n")
    return scores


def _indicators(stem: str, facts: Sequence[Row]) -> dict[tuple[str, str], set[str]]:
    """The indicators of facts by value and phrase: a cell of the grid, or one of its own."""
    sample = SAMPLES / f"{stem}.csv"
    rows = _rows(sample) if sample.exists() else facts
    known: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        phrase = row.get("phrase") or row.get("source_phrase", "")
        if row.get("indicator"):
            known.setdefault((row["value"], phrase), set()).add(row["indicator"])
    return known


def _slots(
    checked: CheckedDraft,
    facts: Sequence[Row],
    indicators: Mapping[tuple[str, str], set[str]],
    listed: bool,
) -> dict[str, Score]:
    """How often a fact of a cell of the grid is given it, and how often what is given is right."""
    catalogue = read_catalogue()
    meant = {one.mention.place: one for one in Meanings(catalogue).of(checked.read, MOST)}
    scores = {"slots": Score(), "slots right": Score()}
    for fact in facts:
        mention = _mention_of(fact, checked)
        due = indicators.get((fact["value"], fact["source_phrase"]), set())
        if mention is None or not due:
            continue
        read = meant[mention.place]
        given = "" if read.change else read.indicator or read.named
        if any(catalogue.grid.cell_at(one) for one in due):
            scores["slots"].add(given in due)
            if given:
                scores["slots right"].add(given in due)
        _list_slot(bool(listed and given and given not in due), "judge", fact, due, given)
    return scores


def _list_slot(listed: bool, name: str, fact: Row, due: set[str], given: str) -> None:
    if listed:
        expected = "|".join(sorted(due))
        sys.stdout.write(f"    {name}: «{fact['source_phrase']}» {expected}, read {given or '—'}\n")


def _tell(listed: bool, what: str, fact: Row, mention: Mention | None = None) -> None:
    if listed:
        read = ""
        if mention:
            end = mention.period.end if mention.period else None
            read = f" | {mention.amount.written} {end} {mention.area} {mention.kind}"
        sys.stdout.write(
            f"    {what}: {fact['value']}{fact['unit']} {fact['period']} {fact['area']}"
            f" {fact['kind']} «{fact['source_phrase']}»{read}\n"
        )


def _agreements(mention: Mention, fact: Row) -> dict[str, bool]:
    areas = {fact["area"], fact["breakdown"]}
    return {
        "value and unit": _same_unit(mention, fact["unit"]),
        "period": _same_period(mention, fact),
        "area": mention.area in areas or (not mention.area and "湖北" in fact["area"]),
        "kind": mention.kind in {_KINDS.get(fact["kind"], "actual"), "change"},
    }


def _same_period(mention: Mention, fact: Row) -> bool:
    """Whether the month agrees; of a standard that of a year in which it came into force too."""
    end, due = mention.period.end if mention.period else None, parse(fact["period"]).end
    in_force = mention.in_force is not None and end is not None and end.year == due.year
    return end == due or (in_force and due.month == 12)


def _value(fact: Row) -> Decimal:
    return Decimal(fact["value"]) * _SCALES.get(fact["unit"][:1], Decimal(1))


def _same_unit(mention: Mention, unit: str) -> bool:
    base = unit.lstrip("万亿").partition("/")[0]
    dimension = mention.amount.dimension
    if base == "%":
        return dimension == PERCENT
    (read,) = amounts(f"1{base}") or [None]
    known = read.dimension if read else base
    return known == dimension or (not dimension and base == "元")


def _mention_of(fact: Row, checked: CheckedDraft) -> Mention | None:
    """The mention of a fact's value within its source phrase; None where there is none."""
    value = _value(fact)
    inside = [m for m in _within(narrow(fact["source_phrase"]), checked) if m.amount.value == value]
    unit = [mention for mention in inside if _same_unit(mention, fact["unit"])]
    return next(iter(unit or inside), None)


def _within(phrase: str, checked: CheckedDraft) -> Iterator[Mention]:
    """The mentions that overlap a phrase wherever it stands; blanks do not count."""
    pattern = re.compile(r"\s*".join(re.escape(sign) for sign in re.sub(r"\s", "", phrase)))
    for number, mentions in checked.read.of_passage.items():
        for match in pattern.finditer(checked.draft.passages[number].plain):
            for mention in mentions:
                if mention.amount.start < match.end() and mention.amount.end > match.start():
                    yield mention


def _contradictions(checked: CheckedDraft, expected: Sequence[Row]) -> None:
    """Which of the list are found, and which findings the list does not hold."""
    found: set[int] = set()
    hits = Score()
    for row in expected:
        figures = row["figures"].split("|")
        at = [
            number
            for number, finding in enumerate(checked.findings)
            if row["rule"] in ("", finding.rule)
            and all(figure in finding.message.zh for figure in figures)
        ]
        hits.add(bool(at))
        found.update(at)
        if not at:
            sys.stdout.write(f"  not found: {row['reason']}\n")
    sys.stdout.write(f"  {'contradictions recall':22} {hits}\n")
    for number, finding in enumerate(checked.findings):
        if number not in found:
            sys.stdout.write(f"  not on the list: {finding.rule} {finding.message.zh}\n")
