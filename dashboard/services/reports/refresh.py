"""Brings a deck or document that was exported before to another period, in its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES, Text
from dashboard.base.progress import JobProgress
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import PlanError, read_plan
from dashboard.charts.model.report import Report, ReportPage
from dashboard.charts.model.selection import Selection, from_query
from dashboard.charts.model.target_chart import TARGET_CHART
from dashboard.charts.text.sources import known_words
from dashboard.exports.chart_codes import ChartCode, code_of, read_code
from dashboard.exports.deck_refresh import Renewed, receipt_of, refreshed
from dashboard.exports.deck_slides import twins_of
from dashboard.exports.document_refresh import (
    DocumentVersions,
    receipt_of_document,
    refreshed_document,
)
from dashboard.exports.documents import write
from dashboard.exports.refresh_changes import FileChange, lines_of
from dashboard.exports.template_files import TemplateError
from dashboard.services.reports import director
from dashboard.services.reports.bulletin import PAGE as BULLETIN_PAGE
from dashboard.services.reports.bulletin import bulletin
from dashboard.services.reports.compose import compose
from dashboard.services.reports.coverage import covered_by_report
from dashboard.services.reports.finished_files import keep_file
from dashboard.services.reports.receipts import (
    REPORT,
    VIEW,
    Receipts,
    of_page,
    of_report,
    selection_of,
)
from dashboard.services.reports.sources import Sources
from dashboard.store.receipts import Receipt, View, find_receipt


@dataclass(frozen=True, slots=True)
class RefreshWish:
    """A file with its name, the period it is brought to, the language of the list of changes."""

    name: str
    content: bytes
    period: Period
    language: str


@dataclass(frozen=True, slots=True)
class Refreshing:
    """Brings decks and documents of one store to another period."""

    sources: Sources
    receipts: Receipts

    def of(self, content: bytes, period: Period) -> tuple[bytes, list[FileChange]]:
        """A deck or document with the figures of the period, and what was changed.

        Raises TemplateError for a file that is neither.
        """
        with self.sources.context.remembering():
            return self._renewed(content, period)

    def _renewed(self, content: bytes, period: Period) -> tuple[bytes, list[FileChange]]:
        is_deck = suffix_of(content) == PPTX
        code = (receipt_of if is_deck else receipt_of_document)(content)
        receipt = find_receipt(self.sources.context.engine, code)
        both = self._both(receipt, period) if receipt else None
        redrawn = _Redrawn(self.sources, period, receipt, _known_pages(both) if both else {})
        code = both.now.receipt if both else ""
        if is_deck:
            twins = twins_of(*both) if both else None
            return refreshed(content, redrawn.find, twins, code)
        written = (
            DocumentVersions(write(both.then, draws=False), write(both.now, draws=False))
            if both
            else None
        )
        return refreshed_document(content, redrawn.find, written, code)

    def making(self, wish: RefreshWish) -> Callable[[JobProgress], object]:
        """The work of it as a job: its result is {token, name, size, changes, list}, or {refused}.

        ``changes`` are lines, ``list`` is the token of a file of them, ``refused`` is a sentence in
        both languages: {zh, en}.
        """

        def make(progress: JobProgress) -> object:
            progress.step(Text("正在更新文件", "bringing the file to the period"), 0, 1)
            try:
                renewed, changes = self.of(wish.content, wish.period)
            except TemplateError as error:
                return {"refused": {"zh": error.message.zh, "en": error.message.en}}
            if not changes:
                return {"refused": {name: lines_of([], name)[0] for name in LANGUAGES}}
            context, lines = self.sources.context, lines_of(changes, wish.language)
            home, reader = context.settings.home, context.reader
            stem = Path(wish.name.replace("\\", "/")).stem[:80] or "report"
            name = f"{stem}_{wish.period}.{suffix_of(renewed)}"
            listed = "\r\n".join((name, "", *lines, "")).encode("utf-8-sig")
            return {
                "token": keep_file(home, name, renewed, reader),
                "name": name,
                "size": len(renewed),
                "changes": lines,
                "list": keep_file(home, f"{stem}_{wish.period}.txt", listed, reader),
            }

        return make

    def _both(self, receipt: Receipt, period: Period) -> _Both | None:
        """The report of a receipt as it was exported, and as it is now; None where it is none."""
        if not is_bulletin(receipt) and receipt.kind != REPORT:
            return None
        try:
            then = selection_of(receipt.query, receipt)
            then = _as_simple(self.sources, receipt, then)
            now = replace(then, period=period, as_known=None)
            made = receipt.made.astimezone().date()
            before = as_exported(self._report(receipt, then, made), then)
            after = self._report(receipt, now, date.today())
        except PlanError:
            return None
        old, view = self.receipts.printed(receipt), _view_of(receipt, now)
        new = self.receipts.code(view, now, lambda: covered_by_report(after))
        return _Both(replace(before, receipt=old), replace(after, receipt=new))

    def _report(self, receipt: Receipt, selection: Selection, made: date) -> Report:
        """What a receipt stands for, for a selection; raises PlanError."""
        if is_bulletin(receipt):
            return bulletin(self.sources, selection, made)
        return compose(self.sources, read_plan(receipt.ref), selection, made)


def _as_simple(sources: Sources, receipt: Receipt, selection: Selection) -> Selection:
    """The selection without its moment of knowledge, where nothing else is known since."""
    if receipt.version == sources.context.version():
        return replace(selection, as_known=None)
    return selection


def is_bulletin(receipt: Receipt) -> bool:
    """Whether a receipt is that of a monthly bulletin."""
    return receipt.kind == VIEW and receipt.ref.partition("?")[0] == BULLETIN_PAGE


def _view_of(receipt: Receipt, selection: Selection) -> View:
    if is_bulletin(receipt):
        return of_page(BULLETIN_PAGE, "", selection)
    return of_report(read_plan(receipt.ref), selection)


class _Both(NamedTuple):
    """A report as it was exported, and as it is now."""

    then: Report
    now: Report


def _known_pages(both: _Both) -> dict[_Key, Renewed | None]:
    """The pages of charts of both reports, by what their codes say."""
    then, now = ({_key_of(page, report): page for page in report.pages} for report in both)
    return {key: Renewed(then.get(key), page) for key, page in now.items() if key is not None}


_Key = tuple[str, str]  # a chart, and the address of its selection without a period


def _key_of(page: ReportPage, report: Report) -> _Key | None:
    code = read_code(code_of(page.chart, report.query)) if page.chart else None
    return (code.ref, _query_key(dict(code.query))) if code else None


def _query_key(query: dict[str, str]) -> str:
    return str(sorted((name, text) for name, text in query.items() if name not in _PARTS))


_PARTS = ("part", "page")  # of a chart's page on a slide, not of its selection
PPTX, DOCX = "pptx", "docx"
LARGEST = 400 * 2**20  # bytes of all parts of a file, unpacked
_TOO_LARGE = Text("文件展开后过大", "the file is too large once it is unpacked")
_NEITHER = Text(
    "请上传由本系统导出的 .pptx 或 .docx 文件",
    "a .pptx or .docx file that was exported from here is needed",
)


def suffix_of(content: bytes) -> str:
    """PPTX or DOCX by what is in the file, whatever its name; raises TemplateError."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError) as error:
        raise TemplateError(_NEITHER) from error
    if sum(part.file_size for part in parts) > LARGEST:
        raise TemplateError(_TOO_LARGE)
    names = {part.filename for part in parts}
    for name, suffix in (("ppt/presentation.xml", PPTX), ("word/document.xml", DOCX)):
        if name in names:
            return suffix
    raise TemplateError(_NEITHER)


def as_exported(report: Report, selection: Selection) -> Report:
    """A report of earlier knowledge as it was written then: its sources name no day of it."""
    known = known_words(selection)
    ends = f" · {known}"

    def plain(page: ReportPage) -> ReportPage:
        chart = page.chart
        if chart is not None:
            chart = replace(chart, source=chart.source.replace(ends, ""))
        return replace(page, chart=chart, source=page.source.replace(ends, ""))

    return replace(report, pages=tuple(map(plain, report.pages))) if known else report


@dataclass(frozen=True, slots=True)
class _Redrawn:
    """The charts of one deck for a period, and as they stood, where its ``receipt`` is known."""

    sources: Sources
    period: Period
    receipt: Receipt | None = None
    codes: dict[_Key, Renewed | None] = field(default_factory=dict)

    def find(self, code: ChartCode) -> Renewed | None:
        """The page of a chart then and now; None where the chart is known no more."""
        query = {name: value for name, value in code.query if name not in _PARTS}
        key = (code.ref, _query_key(query))
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
        return self._page(ref, _as_simple(self.sources, self.receipt, then))

    def _page(self, ref: str, selection: Selection) -> ReportPage | None:
        """The page that a deck for the director has of a chart, without small counts."""
        standing = self.sources.overview.of(selection)
        drawn = self.sources.figures.chart(ref, selection)
        released, suppressed = self.sources.release.charts_and_suppressed([drawn])
        charts: dict[str, Chart] = {ref: released[0]}
        asked = director.DeckPages(selection, standing, (ref,), charts)
        deck = director.DirectorDeck(self.sources, asked, charts, suppressed)
        if ref.startswith(TARGET_CHART):
            return next(iter(deck.drawn()), None)
        return None if released[0].empty else deck.chart_page(released[0])
