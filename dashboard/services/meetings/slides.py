"""Makes slides of a meeting's agenda, the same as on its stage, for PowerPoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.lagging_streets import Holdbacks
from dashboard.analysis.off_pace import OffPace
from dashboard.analysis.progress import Progress
from dashboard.base.language import known_name, word
from dashboard.catalogue import periods
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.plan import Plan
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.sentence_traces import traced_sentence
from dashboard.charts.text.target_words import TargetWords, status_word
from dashboard.disclosure.joint_suppression import NOTHING, JointSuppression
from dashboard.disclosure.row_guard import suppressed_standings
from dashboard.disclosure.suppressed_chart import has_suppressed_cell, suppression_note
from dashboard.services.context import NotFound
from dashboard.services.filters import moment_of
from dashboard.services.meetings.meetings import Agenda, Meetings, SinceLast, Slide, selection_at
from dashboard.services.release import Marked
from dashboard.services.reports.coverage import covered_by_pages
from dashboard.services.reports.key_figures import released
from dashboard.services.reports.proposal import key_figures, says_more, target_ref
from dashboard.services.reports.receipts import Receipts, of_report
from dashboard.services.reports.sources import Sources
from dashboard.services.reports.target_pages import TargetPages
from dashboard.services.targets.target_facts import target_facts, target_name
from dashboard.store.meetings import CHART, TOPIC, MeetingPage
from dashboard.store.receipts import last_change


@dataclass(frozen=True, slots=True)
class _Released:
    """A slide with its chart, or its target's path, as it leaves.

    ``hidden`` is what must not be said of its target, ``suppressed`` what the file hides.
    """

    slide: Slide
    chart: Chart | None
    hidden: frozenset[str]
    suppressed: JointSuppression

    @property
    def is_unmeasured(self) -> bool:
        """Whether it is a target that has no figure, of which nothing is hidden."""
        row = self.slide.row
        return row is not None and row.actual is None and not self.hidden


def _is_unmeasured(shown: _Released | ReportPage) -> bool:
    return isinstance(shown, _Released) and shown.is_unmeasured


def _stands_on(shown: _Released, page: MeetingPage) -> bool:
    """Whether a page of the agenda has this slide; a topic's charts of too few values do not."""
    if shown.slide.page.id != page.id:
        return False
    return page.kind != TOPIC or (shown.chart is not None and says_more(shown.chart))


class MeetingSlides:
    """Agendas as slides: what each is called, and all of them as a report. Thread-safe."""

    def __init__(self, sources: Sources, meetings: Meetings, receipts: Receipts) -> None:
        """Write the slides of these meetings, each file with a receipt."""
        self._sources, self._meetings, self._receipts = sources, meetings, receipts

    def report(self, of: Agenda) -> Report:
        """The agenda as pages: title, agenda, what came of the last meeting, a page a slide."""
        language, meeting = of.selection.language, of.meeting
        slides = self._meetings.slides(of)
        drawn = self._released(slides)
        contents = list(self._contents(of, drawn))
        smallest = self._sources.context.settings.small_cells
        shown = [slide.chart for slide in drawn if slide.chart]
        pages = [*self._first_pages(of), *self._pages(contents, language)]
        hides_any = any((*(slide.hidden for slide in drawn), *map(has_suppressed_cell, shown)))
        refs = dict.fromkeys(slide.ref for slide in slides if slide.chart)
        demo = word("chart_demo", language)
        plan = Plan(charts=tuple(refs), title=meeting.title)
        return Report(
            title=meeting.title,
            subtitle=word("meeting_frozen", language, moment=known_name(meeting.known, language)),
            bureau=self._sources.bureau_of(meeting.area, language),
            area=self._sources.areas().name_of(meeting.area, language),
            period=str(of.selection.period or ""),
            made=date.today(),
            language=language,
            pages=tuple(pages),
            demo_mark=self._sources.release.marked(
                demo if any(demo in chart.demo_mark for chart in shown) else "",
                Marked((meeting.area,), of.selection.period, language),
            ),
            hidden=suppression_note(smallest, language) if hides_any else "",
            receipt=self._receipts.code(
                of_report(plan, of.selection), of.selection, partial(covered_by_pages, pages)
            ),
        )

    def _first_pages(self, of: Agenda) -> list[ReportPage]:
        """Title, agenda and what came of the last meeting."""
        language, meeting = of.selection.language, of.meeting
        lines = (self._sources.bureau_of(meeting.area, language), meeting.held)
        titles = tuple(self.title_of_page(page, language) for page in of.pages)
        return [
            ReportPage(PageKind.TITLE, meeting.title, level=0, lines=lines),
            ReportPage(PageKind.AGENDA, word("report_agenda", language), lines=titles),
            *self._since_page(of),
        ]

    def _since_page(self, of: Agenda) -> list[ReportPage]:
        """What came of the last meeting; nothing where this is the first."""
        language, last = of.selection.language, self._meetings.since_last(of, leaves=True)
        if last is None or last.is_empty:
            return []
        headed = self.since_lines(last, language)
        lines = [
            word("meeting_fact", language, name=head, text=line)
            for head, lines in headed
            for line in lines
        ]
        paragraphs = tuple((Phrase(line),) for line in lines)
        return [ReportPage(PageKind.TEXT, word("meeting_since", language), paragraphs=paragraphs)]

    def title_of_slide(self, slide: Slide, language: str) -> str:
        """What a slide is called."""
        if slide.chart is not None:
            return slide.chart.headline
        if slide.row is not None:
            return target_name(self._sources.catalogue, self._sources.areas(), slide.row, language)
        return word("meeting_target_gone", language)

    def since_lines(
        self, last: SinceLast, language: str, most: int = 8
    ) -> Iterator[tuple[str, list[str]]]:
        """Headings with their lines: changed figures, changed statuses, open questions."""
        figures = [
            f"{self._figure_name(changed.figure, language)} {changed.old} → {changed.new}"
            for changed in last.changed[:most]
        ]
        statuses = [
            f"{target_name(self._sources.catalogue, self._sources.areas(), new, language)}: "
            + status_word(old.status, language)
            + " → "
            + status_word(new.status, language)
            for old, new in last.statuses[:most]
        ]
        asked = [
            " · ".join(filter(None, (question.asked, question.owner, question.due)))
            for question in last.questions[:most]
        ]
        for key, lines, count in (
            ("figures", figures, len(last.changed)),
            ("statuses", statuses, len(last.statuses)),
            ("questions", asked, len(last.questions)),
        ):
            head = word(f"meeting_since_{key}", language, count=count)
            more = [word("code_more", language, count=count - most)] if count > most else []
            yield head, (lines + more) or [word("meeting_none", language)]

    def _figure_name(self, figure: FigureKey, language: str) -> str:
        """Area, period and indicator; the code of what is no longer known."""
        meaning = self._sources.catalogue.indicators.get(figure.indicator)
        return " ".join(
            (
                self._sources.areas().name_of(figure.area, language),
                periods.name(figure.period, language),
                meaning.name[language] if meaning else figure.indicator,
            )
        )

    def title_of_page(self, page: MeetingPage, language: str) -> str:
        """What a page of an agenda is called while it is prepared."""
        if page.kind == TOPIC and page.ref in self._sources.catalogue.topics:
            return self._sources.catalogue.topics[page.ref].title[language]
        selection = selection_at(page.query, last_change(self._sources.context.engine), language)
        try:
            if page.kind == CHART:
                return self._sources.figures.chart(
                    page.ref, replace(selection, as_known=None)
                ).title
            target = self._sources.targets.get(page.ref)
        except NotFound:
            return page.ref
        meaning = self._sources.catalogue.indicators[target.indicator]
        parts = (self._sources.areas().name_of(target.area, language), meaning.name[language])
        due = periods.name(target.period, language)
        name = ("" if language == "zh" else " ").join(parts)
        return word("meeting_target_name", language, name=name, due=due)

    def _released(self, slides: list[Slide]) -> list[_Released]:
        """The slides without the small counts that are hidden in whatever leaves."""
        drawn = [slide.chart or self._path(slide) for slide in slides]
        charts, suppressed = self._sources.release.charts_and_suppressed(
            [chart for chart in drawn if chart]
        )
        rows = [slide.row for slide in slides if slide.row]
        known = next((slide.selection.as_known for slide in slides), None)
        guard = self._sources.release.guard(moment_of(known))
        released, gone = iter(charts), iter(suppressed_standings(guard, rows, suppressed))
        return [
            _Released(
                slide,
                next(released) if chart else None,
                next(gone) if slide.row else frozenset(),
                suppressed,
            )
            for slide, chart in zip(slides, drawn, strict=True)
        ]

    def _path(self, slide: Slide) -> Chart | None:
        """The path of a slide's target; None of a slide that has none."""
        if slide.row is None:
            return None
        return self._sources.figures.chart(target_ref(slide.row.target.id), slide.selection)

    def _contents(self, of: Agenda, drawn: list[_Released]) -> Iterator[_Released | ReportPage]:
        """What the pages of the agenda say: slides, and behind those of the last topic figures.

        A topic's charts of too few values stand among these figures.
        """
        suppressed = drawn[0].suppressed if drawn else NOTHING
        topics = [page for page in of.pages if page.kind == TOPIC]
        for page in of.pages:
            yield from (shown for shown in drawn if _stands_on(shown, page))
            if topics and page == topics[-1]:
                yield from self._figures_of(topics, of, suppressed)

    def _figures_of(
        self, topics: list[MeetingPage], of: Agenda, suppressed: JointSuppression
    ) -> Iterator[ReportPage]:
        """The figures of topics that make no chart, those of one area and period together."""
        known, language = of.meeting.known, of.selection.language
        asked: dict[Selection, dict[str, str]] = {}
        for page in topics:
            asked.setdefault(selection_at(page.query, known, language), {})[page.ref] = page.note
        for selection, notes in asked.items():
            tiles = key_figures(self._sources, selection, notes) if selection.period else []
            figures = released(self._sources, selection, tiles, suppressed)
            pages, _ = figures.pages(len(tiles))
            said = tuple(filter(None, notes.values()))
            yield from (replace(page, notes=said) for page in pages)

    def _pages(self, contents: list[_Released | ReportPage], language: str) -> Iterator[ReportPage]:
        """A page a slide; targets without a figure that follow each other share one."""
        for is_unmeasured, group in groupby(contents, _is_unmeasured):
            if is_unmeasured:
                slides = [shown.slide for shown in group if isinstance(shown, _Released)]
                yield self._unmeasured_page(slides, language)
                continue
            for shown in group:
                yield shown if isinstance(shown, ReportPage) else self._page(shown, language)

    def _unmeasured_page(self, slides: list[Slide], language: str) -> ReportPage:
        """The targets that have no figure as one table: what was set, until when, and why."""
        catalogue, areas = self._sources.catalogue, self._sources.areas()
        rows = [slide.row for slide in slides if slide.row]
        notes = tuple(slide.page.note for slide in slides if slide.page.note)
        lines = []
        for row in rows:
            words = TargetWords(row, catalogue, areas, language)
            reasons = word("list_semicolon", language).join(words.reasons)
            lines.append((words.name, words.to_do, words.due, reasons or "—"))
        names = ("targets_col_name", "meeting_target_goal", "meeting_target_until")
        columns = [word(name, language) for name in (*names, "meeting_target_reason")]
        title = word("meeting_unmeasured", language, count=len(rows))
        sources = dict.fromkeys(row.target.source for row in rows if row.target.source)
        source = word("list_semicolon", language).join(sources)
        table = plain_table(title, columns, lines)
        return ReportPage(PageKind.TABLE, title, table=table, source=source, notes=notes)

    def _page(self, released: _Released, language: str) -> ReportPage:
        slide, chart = released.slide, released.chart
        if slide.row is not None:
            return self._target_page(released, slide.row, language)
        title = chart.headline if chart else self.title_of_slide(slide, language)
        own = tuple(filter(None, [slide.page.note]))
        if chart is None:
            return ReportPage(PageKind.TEXT, title, notes=own)
        if chart.empty:
            empty = ((Phrase(chart.empty),),)
            return ReportPage(PageKind.TEXT, title, paragraphs=empty, notes=own)
        return ReportPage(
            PageKind.CHART,
            title,
            chart=chart,
            source=chart.source,
            paragraphs=(traced_sentence(chart),),
            notes=(*own, *self._sources.figures.definitions(chart, language)),
        )

    def _target_page(self, released: _Released, row: Progress, language: str) -> ReportPage:
        """The task as a bullet with its path; what may be said where a figure is hidden."""
        slide, chart, note = released.slide, released.chart, released.slide.page.note
        notes = tuple(filter(None, [note]))
        if chart is None or released.hidden:
            return replace(self._facts_page(released, row, language), notes=notes)
        standing = self._sources.overview.of(slide.selection)
        off = standing.off_pace(row.target.id) or OffPace(row, Holdbacks())
        pages = TargetPages(self._sources, slide.selection, standing, released.suppressed)
        page = pages.page(replace(off, row=row), chart)
        return replace(page, notes=(*notes, *page.notes))

    def _facts_page(self, released: _Released, row: Progress, language: str) -> ReportPage:
        """What may be said of a target of which a figure is hidden."""
        facts = target_facts(
            self._sources.catalogue, self._sources.areas(), row, language, released.hidden
        )
        lines = tuple(
            (Phrase(word("meeting_fact", language, name=name, text=sentence)),)
            for name, sentence in facts
        )
        title = self.title_of_slide(released.slide, language)
        # not its source, whose free text may state the figure
        return ReportPage(PageKind.TEXT, title, paragraphs=lines)
