"""Lists every revised figure that files, pages and meetings carry with an older value.

What left says what it covers: the receipts are read, not the history of all figures, so that the
list costs what was exported and not what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Text, known_name, word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.plan import PlanError
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.services.meetings.meetings import charts_of_page, selection_at
from dashboard.services.reports.changes import changes_between
from dashboard.services.reports.coverage import Covered, changed_since, read_covered
from dashboard.services.reports.figure_uses import Carrier, carrier_of, refuse_small
from dashboard.services.reports.receipts import Receipts, of_page
from dashboard.services.reports.sources import Sources
from dashboard.store.meetings import Meeting, read_meetings, read_pages
from dashboard.store.receipts import Receipt, last_change, latest_receipts
from dashboard.store.versions import read_versions

PAGE = "/receipt"  # where the list stands
MOST_RECEIPTS, MOST_MEETINGS = 200, 10  # that are looked at, the newest


class Revised(NamedTuple):
    """A figure that is another now: the value that left and what stands, as printed, and where."""

    figure: FigureKey
    old: str
    new: str
    carriers: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class Revisions:
    """The revised figures of one store, and the notice of them."""

    sources: Sources
    receipts: Receipts

    def of(self, selection: Selection) -> list[Revised]:
        """Every revised figure with what carries its older value, those carried most first."""
        key = (selection.language, self._newest())
        return self.sources.context.cached("revised", key, lambda: self._read(selection.language))

    def _newest(self) -> str:
        """What was exported last and which agendas there are: with others the list is another."""
        engine = self.sources.context.engine
        codes = [receipt.code for receipt in latest_receipts(engine, 1)]
        held = [f"{meeting.id}{meeting.known}" for meeting in read_meetings(engine)[:MOST_MEETINGS]]
        return " ".join((*codes, *held))

    def _read(self, language: str) -> list[Revised]:
        with self.sources.context.remembering():
            found = {**_of_receipts(self.sources, language)}
            for key, carrier in _of_meetings(self.sources, language):
                found.setdefault(key, []).append(carrier)
        listed = [Revised(*key, tuple(carriers)) for key, carriers in found.items()]
        return sorted(listed, key=lambda revision: -len(revision.carriers))

    def notice(self, selection: Selection, made: date) -> Report:
        """The notice (更正说明) of all of them; raises PlanError where there is none."""
        language = selection.language
        listed = [
            revision for revision in self.of(selection) if _may_leave(self.sources, revision.figure)
        ]
        if not listed:
            raise PlanError(_NONE)
        title = word("corrections_title", language)
        view = of_page(PAGE, "", selection)
        return Report(
            title=title,
            subtitle=made.isoformat(),
            bureau=self.sources.bureau_of(selection.area, language),
            area=selection.area,
            period=str(selection.period or ""),
            made=made,
            language=language,
            pages=(
                ReportPage(PageKind.TITLE, title, level=0),
                self._what(listed, language),
                _where(listed, language),
            ),
            receipt=self.receipts.code(view, selection, tuple),
            thousands=self.sources.context.settings.thousands,
        )

    def _what(self, listed: Sequence[Revised], language: str) -> ReportPage:
        names = ("name", "old_value", "new_value", "reason", "since")
        columns = [word(f"corrections_{name}", language) for name in names]
        rows = [
            (
                named(self.sources.catalogue, self.sources.areas(), revision.figure, language),
                revision.old,
                revision.new,
                *_why(self.sources, revision.figure, language),
            )
            for revision in listed
        ]
        head = word("correction_content", language)
        lead = word("corrections_lead", language, count=len(rows))
        table = plain_table(head, columns, rows)
        return ReportPage(PageKind.TABLE, head, level=1, table=table, paragraphs=((Phrase(lead),),))


_NONE = Text("没有引用了旧数的材料", "no file carries an older value")


def named(catalogue: Catalogue, areas: Areas, figure: FigureKey, language: str) -> str:
    """长清区2024年6月结婚登记对数: what a figure is."""
    meaning = catalogue.indicators[figure.indicator]
    return word(
        "correction_what",
        language,
        area=areas.name_of(figure.area, language),
        period=periods.name(figure.period, language),
        name=meaning.name[language],
    )


_Key = tuple[FigureKey, str, str]  # a figure, its old and its new value as printed


def _of_receipts(sources: Sources, language: str) -> dict[_Key, list[Carrier]]:
    """The receipts with older values, by figure and value."""
    receipts = latest_receipts(sources.context.engine, MOST_RECEIPTS)
    carried: dict[Covered, list[Receipt]] = {}
    for receipt in receipts:
        for covered in read_covered(receipt.covers):
            carried.setdefault(covered, []).append(receipt)
    found: dict[_Key, list[Carrier]] = {}
    for layer in _layers(list(carried)):
        values = {covered_figure.figure: covered_figure for covered_figure in layer}
        for changed in changed_since(sources, layer, Selection("", language=language)):
            key = (changed.figure, changed.old, changed.new)
            texts = (changed.old, changed.new)
            found[key] = [
                carrier_of(receipt, texts, language) for receipt in carried[values[changed.figure]]
            ]
    return found


def _layers(covered: Sequence[Covered]) -> Iterator[list[Covered]]:
    """The figures such that none stands twice in a list: one left with several values."""
    waiting = list(covered)
    while waiting:
        layer: dict[FigureKey, Covered] = {}
        rest = []
        for covered_figure in waiting:
            if covered_figure.figure in layer:
                rest.append(covered_figure)
            else:
                layer[covered_figure.figure] = covered_figure
        yield list(layer.values())
        waiting = rest


def _of_meetings(sources: Sources, language: str) -> Iterator[tuple[_Key, Carrier]]:
    """The agendas whose frozen figures are others now."""
    engine = sources.context.engine
    latest = last_change(engine)
    for meeting in read_meetings(engine)[:MOST_MEETINGS]:
        if latest <= meeting.known:
            continue
        asked = []
        for page in read_pages(engine, meeting.id):
            shown = selection_at(page.query, meeting.known, language)
            asked += charts_of_page(sources.catalogue, page, shown)
        asked = [one for one in asked if sources.has_chart(one[0])]
        now = replace(selection_at(meeting.query, meeting.known, language), as_known=None)
        for changed in changes_between(sources, asked, now):
            carrier = _carrier_of_meeting(meeting, (changed.old, changed.new), language)
            yield (changed.figure, changed.old, changed.new), carrier


def _carrier_of_meeting(meeting: Meeting, texts: tuple[str, str], language: str) -> Carrier:
    kind, made = word("carried_meeting", language), known_name(meeting.known, language)
    return Carrier("", kind, meeting.title, made, *texts, address=f"/meeting/{meeting.id}")


def _may_leave(sources: Sources, figure: FigureKey) -> bool:
    """Whether no version of the figure is a small count, nor hidden."""
    versions = read_versions(sources.context.engine, figure.indicator, figure.area, figure.period)
    try:
        refuse_small(sources, figure, versions)
    except PlanError:
        return False
    return True


def _why(sources: Sources, figure: FigureKey, language: str) -> tuple[str, str]:
    """The reason and the moment of what stands now; of a computed figure neither."""
    standing = [
        version
        for version in read_versions(
            sources.context.engine, figure.indicator, figure.area, figure.period
        )
        if version.withdrawn is None and version.kind in ("actual", "standard")
    ]
    if not standing:
        return word("corrections_computed", language), ""
    last = standing[-1]
    reason = last.note or word("correction_no_reason", language)
    return reason, known_name(last.received, language)


def _where(listed: Sequence[Revised], language: str) -> ReportPage:
    """The files, pages and meetings with older values, each once."""
    carriers = dict.fromkeys(
        (carrier.title or carrier.kind, carrier.code or carrier.kind, carrier.made)
        for revised in listed
        for carrier in revised.carriers
    )
    names = ("file", "code", "made")
    columns = [word(f"carried_{name}", language) for name in names]
    head = word("correction_where", language)
    return ReportPage(
        PageKind.TABLE, head, level=1, table=plain_table(head, columns, list(carriers))
    )
