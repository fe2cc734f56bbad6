"""Checks a file's figures against the store: earlier months, standards, the day of hand-in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.check_across_files import check_across_files
from dashboard.intake.check_between_sheets import check_between_sheets
from dashboard.intake.forms.rules.check import AGAINST_STORE, check, shipped_rules
from dashboard.intake.forms.rules.rules import Handed, KnownFigure
from dashboard.intake.open_sheets import OpenedFile
from dashboard.store.observations import read_values
from dashboard.store.opening import Engine
from dashboard.store.query import Query

BACK = 24  # months of history that a figure is held against


def check_with_store(
    engine: Engine, file: OpenedFile, catalogue: Catalogue, areas: Areas, when: Period | None
) -> None:
    """Adds to the file's receipts and arrivals what disagrees with the store or with itself.

    ``when`` is the month of the hand-in; None where figures of the future are allowed.
    """
    everything = [observation for arrival in file.arrivals for observation in arrival.observations]
    own = [observation for observation in everything if not observation.secondary]
    # The file's own figures are newer than the store's; what it prints beside them of other periods
    # is rounded, and stands only where nothing better is known.
    known = [
        *_history(engine, own, catalogue, areas),
        *_published(engine, own, catalogue, areas),
        *_of(observation for observation in everything if observation.secondary),
    ]
    handed = {arrival.head.sheet: Handed(arrival.head.form, when) for arrival in file.arrivals}
    printed = [change for sheet in file.printed for change in sheet]
    findings = check(
        own, catalogue, areas, kinds=AGAINST_STORE, known=known, handed=handed, printed=printed
    )
    _add(file, findings)
    _add(file, check_between_sheets(own, catalogue, areas))
    _add(file, check_across_files(engine, own, catalogue, areas, handed))


def _add(file: OpenedFile, new_findings: Sequence[Finding]) -> None:
    """Adds each finding to the receipt and the arrival of its sheet."""
    by_sheet: dict[str, list[Finding]] = defaultdict(list)
    for finding in new_findings:
        by_sheet[finding.sheet].append(finding)
    for place, (arrival, at) in enumerate(zip(file.arrivals, file.places, strict=True)):
        known = {_place(each) for each in arrival.findings}
        added = by_sheet.pop(arrival.head.sheet, [])
        added = [each for each in added if _place(each) not in known]
        findings = (*arrival.findings, *added)
        file.arrivals[place] = replace(arrival, findings=findings)
        file.receipts[at] = replace(file.receipts[at], findings=findings)


def _place(finding: Finding) -> tuple[object, ...]:
    """The rule and the cell of a finding; of one at no cell all that it says."""
    if finding.row:
        return (finding.rule, finding.row, finding.column)
    return (finding.rule, finding.message)


def _of(observations: Iterable[Observation]) -> Iterator[KnownFigure]:
    for observation in observations:
        if observation.value is not None and observation.since is None:
            yield KnownFigure(
                observation.indicator,
                observation.area,
                observation.period,
                observation.value,
                observation.kind,
            )


def _history(
    engine: Engine, own: Sequence[Observation], catalogue: Catalogue, areas: Areas
) -> Iterator[KnownFigure]:
    """The store's figures of the same quantities and those that a rule names beside them.

    Those of the areas that were merged into one of the file's are among them.
    """
    if not own:
        return
    first, last = (
        min(observation.period for observation in own),
        max(observation.period for observation in own),
    )
    indicators = {observation.indicator for observation in own}
    linked = {
        catalogue.indicators[name].linked for name in indicators & catalogue.indicators.keys()
    }
    indicators |= linked & catalogue.indicators.keys()
    for rule in shipped_rules(catalogue):
        if rule.kind in AGAINST_STORE and indicators & set(rule.indicators):
            indicators |= set(rule.indicators) & catalogue.indicators.keys()
    places = areas.with_past(sorted({observation.area for observation in own}))
    span = (first.plus(-BACK), Period(last.year, 12))
    query = Query(sorted(indicators), sorted(places), first=span[0], last=span[1])
    yield from known_figures(engine, query)


def _published(
    engine: Engine, own: Sequence[Observation], catalogue: Catalogue, areas: Areas
) -> Iterator[KnownFigure]:
    """Standards in force in the areas above those of the file."""
    wanted = _standards({observation.indicator for observation in own}, catalogue)
    above = {
        each.code
        for code in {observation.area for observation in own}
        for each in areas.ancestors(code)
    }
    if wanted and above:
        last = max(observation.period for observation in own)
        first = min(observation.period for observation in own).plus(-BACK)
        yield from known_figures(
            engine, Query(sorted(wanted), sorted(above), first=first, last=last)
        )


def _standards(present: set[str], catalogue: Catalogue) -> set[str]:
    """The standards against which money of these indicators is held."""
    return {
        name
        for rule in shipped_rules(catalogue)
        if rule.kind == "per_person" and rule.indicators[0] in present
        for name in rule.indicators[2:]
    }


def known_figures(engine: Engine, query: Query) -> Iterator[KnownFigure]:
    """The store's current values as figures to compare with."""
    for indicator, area, period, kind, value in read_values(engine, query):
        yield KnownFigure(indicator, area, period, value, kind)
