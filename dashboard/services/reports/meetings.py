"""A meeting put together: its slides as known when the agenda was made, and what came of the last.

Figures are frozen: every slide is drawn as of the agenda's moment, however often it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl

from dashboard.analysis.progress import Progress
from dashboard.base.language import DEFAULT_LANGUAGE
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection, from_query, known_text
from dashboard.charts.text.changed import Changed
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.reopen_receipt import Asked, changes_between
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
from dashboard.store.questions import Question, read_questions
from dashboard.store.receipts import last_change


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


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting with its pages; ``outdated`` says that newer figures exist."""

    meeting: Meeting
    pages: tuple[MeetingPage, ...]
    selection: Selection
    outdated: bool


def selection_at(query: str, known: datetime, language: str = "") -> Selection:
    """What a page was added with, as known at a moment, in a language where one is named."""
    found = from_query(dict(parse_qsl(query)), "", DEFAULT_LANGUAGE)
    return replace(found, as_known=known, language=language or found.language, present=False)


def agenda(desk: FrontDesk, name: str, language: str = "") -> Agenda:
    """The agenda of this id; raises NotFound."""
    meeting = read_meeting(desk.context.engine, name)
    if meeting is None:
        raise NotFound(f"meeting {name} is not known")
    pages = tuple(read_pages(desk.context.engine, name))
    selection = selection_at(meeting.query, meeting.known, language)
    outdated = last_change(desk.context.engine) > meeting.known
    return Agenda(meeting, pages, selection, outdated)


def charts_of_page(desk: FrontDesk, page: MeetingPage, selection: Selection) -> Asked:
    """The charts of an agenda's page: one, or a topic's; none of a target."""
    if page.kind == CHART:
        return [(page.ref, selection)]
    topic = desk.catalogue.topics.get(page.ref)
    if page.kind != TOPIC or topic is None:
        return []
    return [(f"{topic.id}/{chart.id}", selection) for chart in topic.charts]


def slides(desk: FrontDesk, of: Agenda, drilled: dict[int, Selection] | None = None) -> list[Slide]:
    """Every slide in order; charts of a topic without figures are left out.

    ``drilled`` are the selections of slides, by their number from 0, that a click has led to.
    """
    found: list[Slide] = []
    for page in of.pages:
        selection = selection_at(page.query, of.meeting.known, of.selection.language)
        if page.kind == TARGET:
            found.append(Slide(page, selection, page.ref, row=target_row(desk, page, selection)))
            continue
        for ref, one in charts_of_page(desk, page, selection):
            try:
                chart = desk.figures.chart(ref, one)
            except NotFound:
                continue
            if chart.empty and page.kind == TOPIC:
                continue
            there = (drilled or {}).get(len(found))
            if there is not None:
                one = replace(one, area=there.area, period=there.period or one.period)
                chart = desk.figures.chart(ref, one)
            found.append(Slide(page, one, ref, chart))
    return found


def target_row(desk: FrontDesk, page: MeetingPage, selection: Selection) -> Progress | None:
    """How a target stands as of the selection's moment; None where it is known no more."""
    rows = _rows(desk, selection.area, selection.as_known)
    return next((row for row in rows if row.target.id == page.ref), None)


def _rows(desk: FrontDesk, area: str, known: object) -> list[Progress]:
    """All targets of an area, judged by what was known at a moment."""
    moment = known_text(known) if isinstance(known, datetime) else ""
    if desk.areas().get(area) is None:
        return []
    return desk.context.cached(
        "rows-known", (area, moment), lambda: desk.targets.progress(area, as_of=moment)
    )


def since_last(desk: FrontDesk, of: Agenda, leaves: bool = False) -> SinceLast | None:
    """What came of the last meeting of the same area; None where this is the first.

    Small counts of people stay hidden where the list ``leaves`` the house.
    """
    here = of.meeting
    of_area = [one for one in read_meetings(desk.context.engine) if one.area == here.area]
    earlier = [one for one in of_area if (one.held, one.made) < (here.held, here.made)]
    if not earlier:
        return None
    last = earlier[0]
    asked: Asked = []
    for page in read_pages(desk.context.engine, last.id):
        shown = selection_at(page.query, last.known, of.selection.language)
        asked += charts_of_page(desk, page, shown)
    asked = [(ref, one) for ref, one in asked if _is_chart(desk, ref)]
    changed = changes_between(desk, asked, of.selection, leaves)
    return SinceLast(
        last,
        tuple(changed),
        tuple(_changed_statuses(desk, here.area, last.known, here.known)),
        tuple(read_questions(desk.context.engine, only_open=True)),
    )


def _is_chart(desk: FrontDesk, ref: str) -> bool:
    try:
        desk.figures.spec(ref)
    except NotFound:
        return False
    return True


def _changed_statuses(
    desk: FrontDesk, area: str, then: datetime, now: datetime
) -> list[tuple[Progress, Progress]]:
    before = {(row.target.id, row.area): row for row in _rows(desk, area, then)}
    after = _rows(desk, area, now)
    pairs = [(before.get((row.target.id, row.area)), row) for row in after]
    return [(old, new) for old, new in pairs if old is not None and old.status != new.status]
