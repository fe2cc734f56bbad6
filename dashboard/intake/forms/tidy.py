"""Makes figures in base units, and findings, of one recognised sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.layout import (
    OFFICIAL_FORM,
    OWN_EXPORT,
    STREET_TABLE,
    Recognition,
)
from dashboard.intake.forms.layouts import (
    official_form,
    reimport,
    tidy_table,
)
from dashboard.intake.forms.ledger import Ledger
from dashboard.intake.forms.mapping import Mappings, UnknownRow
from dashboard.intake.understanding.entries import enter_figures
from dashboard.intake.understanding.printed_totals import differing_totals


@dataclass(frozen=True, slots=True)
class Tidied:
    """A sheet's figures and what is to be said of them.

    ``area`` is the code of the sheet's area, of a tidy table that of the area above its rows,
    or empty; ``period`` is the latest period among the figures. Any error among the findings means:
    refuse the sheet. ``unknown`` are the lines of no known indicator, ``mapped`` the names that
    were read (or left out) as somebody mapped them by hand.
    """

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    form: str
    area: str
    period: Period | None
    unknown: tuple[UnknownRow, ...] = ()
    mapped: tuple[tuple[str, str], ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a finding stops the sheet."""
        return any(finding.severity == "error" for finding in self.findings)


def tidy(
    sheet: Sheet,
    recognition: Recognition,
    catalogue: Catalogue,
    areas: Areas,
    *,
    skip_unknown: bool = False,
    mappings: Mappings | None = None,
) -> Tidied:
    """The observations of a recognised sheet, in base units, and the findings.

    With ``skip_unknown`` unknown indicators are left out and listed in a note, else errors.
    ``mappings`` are what people have said of unknown lines of this form.
    """
    ledger = Ledger(
        sheet, recognition, catalogue, areas, skip_unknown=skip_unknown, mappings=mappings
    )
    for remark in sheet.remarks if recognition.layout != OWN_EXPORT else ():
        ledger.note(remark.severity, remark.rule, remark.text, remark.row, remark.column)
    if recognition.understood is not None:
        enter_figures(recognition, catalogue, ledger)
        figures = ledger.observations
        for total in differing_totals(figures, sheet, recognition, areas, catalogue):
            ledger.note("warning", "printed_total", *total)
    elif recognition.layout == OFFICIAL_FORM:
        official_form.read_rows(sheet, recognition, catalogue, ledger)
    elif recognition.layout == OWN_EXPORT:
        reimport.read_rows(sheet, recognition, catalogue, areas, ledger)
    else:
        tidy_table.read_rows(sheet, recognition, catalogue, areas, ledger)
    ledger.close()
    observations = tuple(ledger.observations)
    area = recognition.area.code if recognition.area else _area_above(observations, areas)
    latest = _latest(observations, recognition)
    said = tuple(ledger.used.items())
    unknown = tuple(ledger.unknown_rows)
    found = tuple(ledger.findings)
    if recognition.column("qualifier") is None:  # a column of its own says so itself
        found += tuple(_of_approximate(sheet, observations))
    return Tidied(observations, found, recognition.form, area, latest, unknown, said)


def _of_approximate(sheet: Sheet, observations: Sequence[Observation]) -> Iterator[Finding]:
    """A note that figures are kept as approximate, at the first of them."""
    stated = [one for one in observations if one.qualifier and not one.source.phrase]
    if not stated:
        return
    at, count = stated[0].source, len(stated)
    text = Text(
        f"{count} 个数写明是约数（约、多、左右等），按约数保存，显示时带原来的说法",
        f"{count} figures are stated as approximate: they are kept and shown as such",
    )
    yield Finding("note", "approximate", text, sheet.name, at.row, at.column)


def _latest(observations: Sequence[Observation], recognition: Recognition) -> Period | None:
    """The latest period among the figures; without any, the period that the sheet names."""
    own = recognition.layout == OWN_EXPORT
    latest = max(
        (observation.period for observation in observations if own or not observation.secondary),
        default=None,
    )
    if recognition.period is not None and recognition.layout in (OFFICIAL_FORM, STREET_TABLE):
        return latest or recognition.period.end
    return latest


def _area_above(observations: tuple[Observation, ...], areas: Areas) -> str:
    """The lowest area that is or lies above every observation's area, or empty."""
    codes = list(dict.fromkeys(observation.area for observation in observations))
    if not codes:
        return ""
    chain = [codes[0], *(area.code for area in areas.ancestors(codes[0]))]
    for code in chain:
        if all(areas.is_below(other, code) for other in codes):
            return code
    return ""
