"""Finds the files and pages that a figure left in, and writes a notice where it was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.small_counts import is_small
from dashboard.base.language import Text, known_name, word
from dashboard.catalogue import periods
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.plan import PlanError, read_plan
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage, Trace
from dashboard.charts.model.selection import Selection
from dashboard.services.reports.coverage import Covered, changed_since, fragment_of, read_covered
from dashboard.services.reports.receipts import REPORT, Receipts, of_page
from dashboard.services.reports.sources import Sources
from dashboard.store.receipt_codes import printed_code
from dashboard.store.receipts import Receipt, receipts_covering
from dashboard.store.versions import Version, read_versions

MOST = 50  # receipts that are looked at, the newest


@dataclass(frozen=True, slots=True)
class Carriers:
    """Where figures of one store went."""

    sources: Sources
    receipts: Receipts

    def of(self, figure: FigureKey, selection: Selection) -> list[Carrier]:
        """The files and pages that carry a figure, newest first."""
        return carriers(self.sources, figure, selection)

    def correction(self, figure: FigureKey, selection: Selection, made: date) -> Report:
        """The notice (更正说明) of a figure; raises PlanError where there is none to be made."""
        report = correction(self.sources, figure, selection, made)
        named = {"indicator": figure.indicator, "area": figure.area, "period": str(figure.period)}
        named |= {"months": str(figure.months)} if figure.months else {}
        named |= {"kind": figure.kind} if figure.kind else {}
        view = of_page("/figure", urlencode(named), selection)
        return replace(report, receipt=self.receipts.code(view, selection, tuple))


class Carrier(NamedTuple):
    """A file or page with a figure: its receipt, what it is, its value, and what stands now.

    ``old`` is "" where the figure is still the same; ``address`` leads to a meeting, which has no
    code.
    """

    code: str
    kind: str
    title: str
    made: str
    old: str = ""
    new: str = ""
    address: str = ""


def carriers(sources: Sources, figure: FigureKey, selection: Selection) -> list[Carrier]:
    """The files and pages that carry a figure, newest first."""
    plain = figure._replace(kind="")
    found = receipts_covering(sources.context.engine, fragment_of(plain), MOST)
    changes: dict[float, tuple[str, str]] = {}
    listed = []
    for receipt in found:
        covered = read_covered(receipt.covers)
        value = next(
            (covered_figure.value for covered_figure in covered if covered_figure.figure == plain),
            None,
        )
        if value is None:
            continue
        if value not in changes:
            changed = changed_since(sources, [Covered(plain, value)], _at(selection, figure))
            changes[value] = (changed[0].old, changed[0].new) if changed else ("", "")
        listed.append(carrier_of(receipt, changes[value], selection.language))
    return listed


def _at(selection: Selection, figure: FigureKey) -> Selection:
    """The figure's own period, as known now."""
    return replace(selection, area=figure.area, period=figure.period, as_known=None)


def carrier_of(receipt: Receipt, texts: tuple[str, str], language: str) -> Carrier:
    """What a receipt stands for, with the value in it and the one of now."""
    title = ""
    if receipt.kind == REPORT:
        try:
            title = read_plan(receipt.ref).title
        except PlanError:
            title = ""
    made = known_name(receipt.made, language)
    kind = word(f"carried_{receipt.kind}", language)
    return Carrier(printed_code(receipt.code), kind, title, made, *texts)


def correction(sources: Sources, figure: FigureKey, selection: Selection, made: date) -> Report:
    """The notice (更正说明): old, new, why, since when, and what carries the old figure.

    Raises PlanError where the figure was never another one, or may not leave.
    """
    language, engine = selection.language, sources.context.engine
    versions = [
        version
        for version in read_versions(engine, figure.indicator, figure.area, figure.period)
        if version.kind in ("actual", "standard") and version.value is not None
    ]
    standing = [version for version in versions if version.withdrawn is None]
    old = _before(versions, standing)
    if old is None or not standing or old.value is None:
        raise PlanError(_NEVER)
    refuse_small(sources, figure, versions)
    new = standing[-1]
    changed = changed_since(sources, [Covered(figure, old.value)], _at(selection, figure))
    if not changed:
        raise PlanError(_NEVER)
    texts = (changed[0].old, changed[0].new)
    place = sources.areas().name_of(figure.area, language)
    name = sources.catalogue.indicators[figure.indicator].name[language]
    period = periods.name(figure.period, language)
    fields = {"area": place, "period": period, "name": name}
    title = word("correction_title", language, **fields)
    return Report(
        title=title,
        subtitle="",
        bureau=sources.bureau_of(figure.area, language),
        area=figure.area,
        period=str(figure.period),
        made=made,
        language=language,
        pages=(
            ReportPage(PageKind.TITLE, title, level=0),
            _what(figure, new, (word("correction_what", language, **fields), *texts), language),
            _why(old, new, language),
            *_where(carriers(sources, figure, selection), language),
        ),
        thousands=sources.context.settings.thousands,
    )


_NEVER = Text("这个数没有更正过", "this figure was never corrected")
_HIDDEN = Text("这个数涉及少数人，不能对外说明", "this figure is of few people and must not leave")


def _before(versions: list[Version], standing: list[Version]) -> Version | None:
    """The version in force before the one that stands: the last with another value."""
    if not standing:
        return None
    others = [version for version in versions if version.value != standing[-1].value]
    return others[-1] if others else None


def refuse_small(sources: Sources, figure: FigureKey, versions: list[Version]) -> None:
    """Raises PlanError where any version is a small count, or the figure is hidden."""
    meaning = sources.catalogue.indicators[figure.indicator]
    least = sources.context.settings.small_cells
    hidden = sources.release.guard().suppressed_figures([figure])
    if hidden.hides(figure) or any(is_small(version.value, meaning, least) for version in versions):
        raise PlanError(_HIDDEN)


def _what(
    figure: FigureKey, new: Version, words: tuple[str, str, str], language: str
) -> ReportPage:
    head, old_text, new_text = words
    trace = Trace(figure.indicator, figure.area, str(figure.period), new.submission)
    sentence = (
        Phrase(word("correction_old", language, what=head, old=old_text)),
        Phrase(new_text, trace),
        Phrase(word("full_stop", language)),
    )
    return ReportPage(
        PageKind.TEXT, word("correction_content", language), level=1, paragraphs=(sentence,)
    )


def _why(old: Version, new: Version, language: str) -> ReportPage:
    reason = old.withdrawn_reason or new.note or word("correction_no_reason", language)
    since = known_name(new.received, language)
    lines = (
        word("correction_reason", language, reason=reason),
        word("correction_since", language, moment=since, file=new.file or "—"),
    )
    paragraphs = tuple((Phrase(line),) for line in lines)
    return ReportPage(
        PageKind.TEXT, word("correction_why", language), level=1, paragraphs=paragraphs
    )


def _where(found: list[Carrier], language: str) -> Iterator[ReportPage]:
    """The files and pages with the old figure; a sentence where there is none."""
    head = word("correction_where", language)
    rows = [
        (carrier.title or carrier.kind, carrier.code, carrier.made, carrier.old)
        for carrier in found
        if carrier.old
    ]
    if not rows:
        none = ((Phrase(word("correction_nowhere", language)),),)
        yield ReportPage(PageKind.TEXT, head, level=1, paragraphs=none)
        return
    names = ("file", "code", "made", "old_value")
    columns = [word(f"carried_{name}", language) for name in names]
    yield ReportPage(PageKind.TABLE, head, level=1, table=plain_table(head, columns, rows))
