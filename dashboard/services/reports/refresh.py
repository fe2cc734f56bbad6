"""Brings a deck that was exported before to another period: the charts that it holds, redrawn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.base.language import DEFAULT_LANGUAGE
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import PlanError, read_plan
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.charts.model.selection import Selection, from_query
from dashboard.charts.model.target_chart import TARGET_CHART
from dashboard.exports.chart_codes import ChartCode
from dashboard.exports.deck_refresh import Change, Renewed, receipt_of, refreshed
from dashboard.services.reports import director
from dashboard.services.reports.compose import compose
from dashboard.services.reports.coverage import covered_by_report
from dashboard.services.reports.receipts import REPORT, Receipts, of_report, selection_of
from dashboard.services.reports.sources import Sources
from dashboard.store.receipts import Receipt, find_receipt


@dataclass(frozen=True, slots=True)
class Refreshing:
    """Brings decks of one store to another period."""

    sources: Sources
    receipts: Receipts

    def of(self, content: bytes, period: Period) -> tuple[bytes, list[Change]]:
        """The deck with the figures of the period, and what was changed; raises TemplateError."""
        receipt = find_receipt(self.sources.context.engine, receipt_of(content))
        redrawn = _Redrawn(self.sources, period, receipt)
        words, code = self._words(receipt, period) if receipt else ({}, "")
        return refreshed(content, redrawn.find, words, code)

    def _words(self, receipt: Receipt, period: Period) -> tuple[dict[str, str], str]:
        """The texts of pages without charts then and now, and the receipt of the deck as it is."""
        if receipt.kind != REPORT:
            return {}, ""
        try:
            plan = read_plan(receipt.ref)
            then = selection_of(receipt.query, receipt)
            now = replace(then, period=period, as_known=None)
            before = compose(self.sources, plan, then, date.today())
            after = compose(self.sources, plan, now, date.today())
        except PlanError:
            return {}, ""
        words = _paired(before, after)
        old = self.receipts.printed(receipt)
        new = self.receipts.code(of_report(plan, now), now, lambda: covered_by_report(after))
        marks = [" · ".join(filter(None, (before.demo_mark, code))) for code in (old, new)]
        return {**words, marks[0]: marks[1]}, new


def _paired(before: Report, after: Report) -> dict[str, str]:
    """The texts of the conclusions and of the title page, as they stood and as they are."""
    words = {before.subtitle: after.subtitle}
    for kind in (PageKind.FINDINGS, PageKind.TITLE):
        old, new = _first_of(before, kind), _first_of(after, kind)
        if old is None or new is None:
            continue
        words |= {old.title: new.title, old.subtitle: new.subtitle, _text_of(old): _text_of(new)}
        words |= {old.source: new.source}
    return {then: now for then, now in words.items() if then and now}


def _first_of(report: Report, kind: PageKind) -> ReportPage | None:
    return next((page for page in report.pages if page.kind is kind), None)


def _text_of(page: ReportPage) -> str:
    return "\n".join("".join(phrase.text for phrase in one) for one in page.paragraphs)


@dataclass(frozen=True, slots=True)
class _Redrawn:
    """The charts of one deck for a period, and as they stood, where its ``receipt`` is known."""

    sources: Sources
    period: Period
    receipt: Receipt | None = None
    codes: dict[tuple[str, str], Renewed | None] = field(default_factory=dict)

    def find(self, code: ChartCode) -> Renewed | None:
        """The page of a chart then and now; None where the chart is known no more."""
        query = {name: value for name, value in code.query if name != "part"}
        key = (code.ref, str(sorted(query.items())))
        if key not in self.codes:
            self.codes[key] = self._renewed(code.ref, query)
        return self.codes[key]

    def _renewed(self, ref: str, query: dict[str, str]) -> Renewed | None:
        if not director.is_known(self.sources, ref) or "area" not in query:
            return None
        selection = from_query(query, query["area"], DEFAULT_LANGUAGE)
        now = self._page(ref, replace(selection, period=self.period))
        if now is None:
            return None
        return Renewed(self._before(ref, selection), now)

    def _before(self, ref: str, selection: Selection) -> ReportPage | None:
        """The page as it was exported; None where that is not known."""
        if self.receipt is None:
            return None
        exported = selection_of(self.receipt.query, self.receipt)
        then = replace(selection, period=exported.period, as_known=exported.as_known)
        return self._page(ref, then)

    def _page(self, ref: str, selection: Selection) -> ReportPage | None:
        """The page that a deck for the director has of a chart, without small counts."""
        standing = self.sources.overview.of(selection)
        drawn = self.sources.figures.chart(ref, selection)
        released, suppressed = self.sources.release.charts_and_suppressed([drawn])
        charts: dict[str, Chart] = {ref: released[0]}
        asked = director.Asked(selection, standing, (ref,), charts)
        deck = director.DirectorDeck(self.sources, asked, charts, suppressed)
        if ref.startswith(TARGET_CHART):
            return next(iter(deck.drawn()), None)
        return None if released[0].empty else deck.chart_page(released[0])
