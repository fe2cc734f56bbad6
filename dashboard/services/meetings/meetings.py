"""Puts a meeting together: its slides as known when it was made, and what came of the last.

Figures are frozen: every slide is drawn as of the agenda's moment, however often it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from dashboard.analysis.progress import Progress
from dashboard.base.language import DEFAULT_LANGUAGE, Text, in_both, word
from dashboard.catalogue.concepts import Level
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection, from_query, known_text
from dashboard.charts.text.changed import Changed
from dashboard.disclosure.row_guard import suppressed_standings
from dashboard.services.context import NotFound
from dashboard.services.reports.changes import changes_between
from dashboard.services.reports.receipts import query_for
from dashboard.services.reports.sources import Asked, Sources
from dashboard.services.submissions.reporting import today
from dashboard.store import meetings as agendas
from dashboard.store.meetings import (
    CHART,
    TARGET,
    TOPIC,
    Meeting,
    MeetingPage,
    read_meeting,
    read_meetings,
    read_pages,
)
from dashboard.store.opening import StoreError
from dashboard.store.questions import Question, read_questions
from dashboard.store.receipts import last_change

MOST_OFFERED = 6  # agendas that are offered where something is added


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide of a page: a chart, or a target's standing. ``note`` is the speaker's.

    ``row`` is None for a target that is known no more, or not judged in its area.
    """

    page: MeetingPage
    selection: Selection
    ref: str
    chart: Chart | None = None
    row: Progress | None = None


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What came of the meeting before: changed figures and statuses, and questions still open.

    ``statuses`` are how a target stood then, and how it stands as of this meeting's moment.
    """

    meeting: Meeting
    changed: tuple[Changed, ...]
    statuses: tuple[tuple[Progress, Progress], ...]
    questions: tuple[Question, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing came of it."""
        return not (self.changed or self.statuses or self.questions)


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting with its pages; ``outdated`` says that newer figures exist."""

    meeting: Meeting
    pages: tuple[MeetingPage, ...]
    selection: Selection
    outdated: bool


def selection_at(query: str, known: datetime, language: str = "") -> Selection:
    """What a page was added with, as known at a moment, in a language where one is named."""
    selection = from_query(dict(parse_qsl(query)), "", DEFAULT_LANGUAGE)
    return replace(
        selection, as_known=known, language=language or selection.language, present=False
    )


def charts_of_page(catalogue: Catalogue, page: MeetingPage, selection: Selection) -> Asked:
    """The charts of an agenda's page: one, or a topic's; none of a target."""
    if page.kind == CHART:
        return [(page.ref, selection)]
    topic = catalogue.topics.get(page.ref)
    if page.kind != TOPIC or topic is None:
        return []
    return [(f"{topic.id}/{chart.id}", selection) for chart in topic.charts]


def _refuse_twice(page: MeetingPage, opened: Agenda) -> None:
    """Raises StoreError where the same chart, topic or target stands on the agenda already."""
    for number, other in enumerate(opened.pages, start=1):
        if (other.kind, other.ref, other.query) == (page.kind, page.ref, page.query):
            title = opened.meeting.title
            fields = {"title": title, "number": number}
            raise StoreError(in_both("meeting_twice", **fields))


class Meetings:
    """The agendas of meetings: prepared, frozen, shown as slides. Thread-safe."""

    def __init__(self, sources: Sources) -> None:
        """Keep the agendas in the store of these services and draw their pages with them."""
        self._sources, self._engine = sources, sources.context.engine

    def all(self) -> list[Meeting]:
        """All agendas, the latest first."""
        return read_meetings(self._engine)

    def get(self, name: str, language: str = "") -> Agenda:
        """The agenda of this id; raises NotFound."""
        meeting = read_meeting(self._engine, name)
        if meeting is None:
            raise NotFound(Text(f"没有会议“{name}”", f"meeting {name} is not known"))
        pages = tuple(read_pages(self._engine, name))
        selection = selection_at(meeting.query, meeting.known, language)
        outdated = last_change(self._engine) > meeting.known
        return Agenda(meeting, pages, selection, outdated)

    # ---- preparing ----------------------------------------------------------------------

    def make(self, selection: Selection, title: str, held: str, by: str = "") -> str:
        """A new agenda of the selected area, of a street its district; its id. Raises StoreError.

        ``held`` is the day, 2024-10-08. The figures are frozen as they are known now.
        """
        area = self._sources.areas().get(selection.area)
        if area is not None and area.level is Level.STREET and area.parent:
            selection = replace(selection, area=area.parent)
        query, known, now = query_for(selection), last_change(self._engine), datetime.now(UTC)
        head = Meeting("", title, held, selection.area, query, known, now, by)
        return agendas.make_meeting(self._engine, head)

    def change(self, name: str, title: str, held: str) -> None:
        """Another title and day; raises StoreError."""
        agendas.change_meeting(self._engine, name, title, held)

    def freeze(self, name: str) -> None:
        """Freezes the figures of an agenda as they are known now; raises StoreError."""
        agendas.freeze_meeting(self._engine, name, last_change(self._engine))

    def add(self, kind: str, ref: str, selection: Selection, name: str) -> tuple[Meeting, int]:
        """A page at the end of an agenda; the agenda, and how many pages it has now.

        Raises NotFound for an unknown chart, target, topic or agenda, and StoreError, also where
        the same stands on it already.
        """
        self.refuse_unknown(kind, ref)
        opened = self.get(name)
        page = MeetingPage(0, opened.meeting.id, 0, kind, ref, query_for(selection), "")
        _refuse_twice(page, opened)
        agendas.add_page(self._engine, page)
        return opened.meeting, len(opened.pages) + 1

    def refuse_unknown(self, kind: str, ref: str) -> None:
        """Raises NotFound for one that there is not, StoreError for what is of no such kind."""
        if kind == CHART:
            self._sources.figures.spec(ref)
        elif kind == TARGET:
            self._sources.targets.get(ref)
        elif kind != TOPIC:
            raise StoreError(
                Text(f"“{kind}”不能加入议程", f"{kind} is none of chart, topic, target")
            )
        elif ref not in self._sources.catalogue.topics:
            raise NotFound(Text(f"没有“{ref}”", f"there is no {ref!r}"))

    def offered(self) -> list[Meeting]:
        """The agendas that something may be added to: those to come by day, then the latest."""
        day, every = today().isoformat(), self.all()
        coming = [meeting for meeting in every if meeting.held >= day]
        over = [meeting for meeting in every if meeting.held < day]
        return [*reversed(coming), *over][:MOST_OFFERED]

    def make_today(self, selection: Selection) -> str:
        """A new agenda for today with the usual title; its id. Raises StoreError."""
        day = today().isoformat()
        return self.make(selection, word("meeting_usual", selection.language, day=day), day)

    def move(self, page: int, by: int) -> None:
        """Exchanges a page with the one before (-1) or after it (1)."""
        agendas.move_page(self._engine, page, by)

    def note(self, page: int, note: str) -> None:
        """Keeps what the speaker wants to remember on a page; raises StoreError."""
        agendas.note_page(self._engine, page, note)

    def remove(self, page: int) -> None:
        """Takes a page off its agenda; what was asked on it stays."""
        agendas.remove_page(self._engine, page)

    # ---- showing ------------------------------------------------------------------------

    def slides(self, of: Agenda, drilled: dict[int, Selection] | None = None) -> list[Slide]:
        """Every slide in order; charts of a topic without figures are left out.

        ``drilled`` are the selections of slides, by their number from 0, that a click has led to.
        """
        slides: list[Slide] = []
        for page in of.pages:
            selection = selection_at(page.query, of.meeting.known, of.selection.language)
            if page.kind == TARGET:
                slides.append(self._target_slide(of, page, selection))
                continue
            for ref, one in charts_of_page(self._sources.catalogue, page, selection):
                try:
                    chart = self._sources.figures.chart(ref, one)
                except NotFound:
                    continue
                if chart.empty and page.kind == TOPIC:
                    continue
                there = (drilled or {}).get(len(slides))
                if there is not None:
                    one = replace(one, area=there.area, period=there.period or one.period)
                    chart = self._sources.figures.chart(ref, one)
                slides.append(Slide(page, one, ref, chart))
        return slides

    def _target_slide(self, of: Agenda, page: MeetingPage, selection: Selection) -> Slide:
        """How a target stands in the meeting's period: one meeting, one period.

        A target of other years stands as on the page it was added from, else as it ended.
        """
        for period in self._periods(of, page, selection):
            shown = replace(selection, period=period)
            row = self.target_row(page, shown) if period else None
            if row is not None:
                return Slide(page, shown, page.ref, row=row)
        return Slide(page, selection, page.ref)

    def _periods(
        self, of: Agenda, page: MeetingPage, selection: Selection
    ) -> Iterator[Period | None]:
        """The periods in which a target may stand, each asked for when those before fail."""
        yield of.selection.period
        if selection.period != of.selection.period:
            yield selection.period
        yield self._due(page)

    def _due(self, page: MeetingPage) -> Period | None:
        """When a page's target is due; None where it is known no more."""
        try:
            return self._sources.targets.get(page.ref).period
        except NotFound:
            return None

    def target_row(self, page: MeetingPage, selection: Selection) -> Progress | None:
        """How a target stands in the selection's period, as of its moment.

        None where it is known no more.
        """
        rows = self._rows(selection.area, selection.as_known, selection.period)
        return next((row for row in rows if row.target.id == page.ref), None)

    def since_last(self, of: Agenda, leaves: bool = False) -> SinceLast | None:
        """What came of the last meeting of the same area; None where this is the first.

        Small counts of people stay hidden where the list ``leaves`` the house.
        """
        meeting = of.meeting
        of_area = [one for one in read_meetings(self._engine) if one.area == meeting.area]
        earlier = [one for one in of_area if (one.held, one.made) < (meeting.held, meeting.made)]
        if not earlier:
            return None
        last = earlier[0]
        asked: Asked = []
        for page in read_pages(self._engine, last.id):
            shown = selection_at(page.query, last.known, of.selection.language)
            asked += charts_of_page(self._sources.catalogue, page, shown)
        asked = [(ref, selection) for ref, selection in asked if self._sources.has_chart(ref)]
        changed = changes_between(self._sources, asked, of.selection, leaves)
        return SinceLast(
            last,
            tuple(changed),
            tuple(self._changed_statuses(last, meeting, leaves)),
            tuple(read_questions(self._engine, only_open=True)),
        )

    def _rows(self, area: str, known: object, period: Period | None = None) -> list[Progress]:
        """All targets of an area in a period, judged by what was known at a moment."""
        moment = known_text(known) if isinstance(known, datetime) else ""
        if self._sources.areas().get(area) is None:
            return []
        month = str(period or "")
        return self._sources.context.cached(
            "rows-known",
            (area, moment, month),
            lambda: self._sources.targets.progress(area, month, as_of=moment),
        )

    def _changed_statuses(
        self, last: Meeting, now: Meeting, leaves: bool
    ) -> list[tuple[Progress, Progress]]:
        """Of each target how it stood in the last meeting's period, and how in this one's.

        A status of which a hidden figure is judged is none that ``leaves``.
        """
        before = {(row.target.id, row.area): row for row in self._of_meeting(last, now.area)}
        after = self._of_meeting(now, now.area)
        pairs = [(before.get((row.target.id, row.area)), row) for row in after]
        moved = [(old, new) for old, new in pairs if old is not None and old.status != new.status]
        if not leaves:
            return moved
        guard = self._sources.release.guard()
        return [pair for pair in moved if not any(suppressed_standings(guard, pair))]

    def _of_meeting(self, meeting: Meeting, area: str) -> list[Progress]:
        period = selection_at(meeting.query, meeting.known).period
        return self._rows(area, meeting.known, period)
