"""Makes a deck for the director: conclusions, then a page with one message a chart that matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import FIGURES, Plan
from dashboard.charts.model.report import PageKind, Phrase, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.target_chart import TARGET_CHART, target_of
from dashboard.charts.text.sentence_traces import traced_sentence
from dashboard.disclosure.joint_suppression import JointSuppression
from dashboard.disclosure.suppressed_chart import has_suppressed_cell, suppression_note
from dashboard.services.reports.key_figures import KeyFigures, released
from dashboard.services.reports.proposal import deck_figures, is_drawn, propose
from dashboard.services.reports.sources import Sources
from dashboard.services.reports.target_pages import TargetPages
from dashboard.services.targets.target_overview import AreaTargets

MOST_PAGES, MOST_FINDINGS = 10, 5
MOST_OF_FIGURES = 4  # pages
FEWEST_FINDINGS = 2  # fewer are no page of their own
MOST_OF_TARGETS = 4  # findings, where others follow


@dataclass(frozen=True, slots=True)
class DeckPages:
    """The pages of one area: how its targets stand, the pages in order, the charts as drawn."""

    selection: Selection
    standing: AreaTargets
    refs: tuple[str, ...]
    drawn: Mapping[str, Chart]


@dataclass(frozen=True, slots=True)
class DirectorDeck:
    """The pages of one area: ``asked`` in order, the ``charts`` among them as they are released.

    ``left_out`` says of each chosen chart that is not shown why.
    """

    sources: Sources
    asked: DeckPages
    charts: Mapping[str, Chart]
    suppressed: JointSuppression
    topics: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def selection(self) -> Selection:
        """Area, period and language."""
        return self.asked.selection

    @property
    def refs(self) -> tuple[str, ...]:
        """The pages in order."""
        return self.asked.refs

    @property
    def _language(self) -> str:
        return self.selection.language

    @property
    def _targets(self) -> TargetPages:
        return TargetPages(self.sources, self.selection, self.asked.standing, self.suppressed)

    def pages(self, bureau: str) -> list[ReportPage]:
        """The conclusions, the pages of targets and charts, then the key figures."""
        drawn = list(self.drawn())
        figures = self._figures() if FIGURES in self.refs else None
        room = min(MOST_PAGES - 1 - len(drawn), MOST_OF_FIGURES)
        tables, left = figures.pages(room) if figures else ([], 0)
        findings = _mixed([page for page in drawn if page.target], drawn)
        if figures:
            findings += [figures.phrase(tile) for tile in figures.leading()]
        pages = [*drawn, *tables]
        if len(pages) == 1 and len(findings) <= FEWEST_FINDINGS + 1:
            return pages
        closing = self._closing(left)
        first = self._conclusions(findings[:MOST_FINDINGS], bureau, closing)
        return [first, *pages] if findings else pages

    def hides_any(self) -> bool:
        """Whether small counts are hidden on any page."""
        figures = self._figures() if FIGURES in self.refs else None
        hidden = figures is not None and figures.hides_any
        return hidden or any(map(has_suppressed_cell, self.charts.values()))

    def _figures(self) -> KeyFigures:
        tiles = deck_figures(self.sources, self.selection, self.topics)
        return released(self.sources, self.selection, tiles, self.suppressed)

    def drawn(self) -> Iterator[ReportPage]:
        """A page for each target and chart that has something to say."""
        for ref in self.refs:
            chart = self.charts.get(ref)
            if chart is None:
                continue
            if ref.startswith(TARGET_CHART):
                off = self.asked.standing.off_pace(target_of(ref))
                if off is not None and not chart.empty and self._targets.may_leave(off.row):
                    yield self._targets.page(off, chart)
            elif is_drawn(chart):
                yield self.chart_page(chart)

    def chart_page(self, chart: Chart) -> ReportPage:
        """The page of a chart: its finding, the chart, and one line."""
        note = ""
        if has_suppressed_cell(chart):
            least = self.sources.context.settings.small_cells
            note = suppression_note(least, self._language)
        return ReportPage(
            PageKind.CHART,
            chart.headline,
            chart=chart,
            source=" · ".join(text for text in (chart.source, note) if text),
            paragraphs=(traced_sentence(chart),),
            notes=self.sources.figures.definitions(chart, self._language),
            subtitle=chart.explained,
        )

    def _conclusions(self, findings: Sequence[str], bureau: str, closing: str) -> ReportPage:
        rows = self.asked.standing.rows
        place = self.sources.areas().name_of(self.selection.area, self._language)
        period = self.selection.period
        when = periods.name(period, self._language) if period else ""
        own = [row for row in rows if row.area == self.selection.area]
        title = word("deck_conclusions", self._language, area=place, period=when)
        if own and any(ref.startswith(TARGET_CHART) for ref in self.refs):
            title = self._targets.lead(own)
        return ReportPage(
            PageKind.FINDINGS,
            title,
            level=0,
            paragraphs=tuple((Phrase(text),) for text in (*findings, *self._other_targets())),
            source=closing,
            subtitle=" · ".join(text for text in (place, when, bureau) if text),
        )

    def _closing(self, left: int) -> str:
        """What is not shown: topics without figures, and figures for which there is no room."""
        topics = [
            topic
            for topic in self.sources.catalogue.topic_order()
            if not self.topics or topic.id in self.topics
        ]
        absent = [
            topic.title[self._language]
            for topic in topics
            if not self.sources.topics.held(topic.id, self.selection)
        ]
        texts = []
        if absent:
            names = word("list_comma", self._language).join(absent)
            texts.append(word("deck_absent", self._language, names=names))
        if left:
            texts.append(word("deck_left", self._language, count=left))
        texts += self.left_out
        return " ".join(texts) if self._language == "en" else "".join(texts)

    def _other_targets(self) -> Iterator[str]:
        """The targets that the heading counts as behind and that have no page."""
        shown = [
            ref.removeprefix(TARGET_CHART).partition("/")[0]
            for ref in self.refs
            if ref.startswith(TARGET_CHART)
        ]
        own = [row for row in self.asked.standing.rows if row.area == self.selection.area]
        others = self._targets.others(own, shown) if shown else ""
        if others:
            yield others.rstrip(word("full_stop", self._language))


def _mixed(targets: Sequence[ReportPage], pages: Sequence[ReportPage]) -> list[str]:
    """The titles of the pages: of targets not more than leave room for what changed."""
    others = [page for page in pages if page.target is None]
    room = max(MOST_FINDINGS - len(others), MOST_OF_TARGETS)
    shown = [page.title for page in targets[:room]]
    return [*shown, *(page.title for page in others)]


def asked_of(sources: Sources, plan: Plan, selection: Selection) -> DeckPages:
    """The pages that a plan asks for, else those that are proposed, with their charts."""
    standing = sources.overview.of(selection)
    if plan.charts:
        known = [ref for ref in plan.charts if ref != FIGURES and is_known(sources, ref)]
        drawn = {ref: sources.figures.chart(ref, selection) for ref in known}
        return DeckPages(selection, standing, plan.charts, drawn)
    picks = propose(sources, selection, standing, plan.topics)
    drawn = {
        pick.ref: pick.chart or sources.figures.chart(pick.ref, selection)
        for pick in picks
        if pick.ref != FIGURES
    }
    return DeckPages(selection, standing, tuple(pick.ref for pick in picks), drawn)


def is_known(sources: Sources, ref: str) -> bool:
    """Whether there is such a chart, or such a target."""
    if ref.startswith(TARGET_CHART):
        return any(target.id == target_of(ref) for target in sources.targets.all())
    return sources.has_chart(ref)
