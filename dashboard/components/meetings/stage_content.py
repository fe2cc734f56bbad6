"""Builds the slides of an agenda, or of a page that is presented by itself.

Components draw them and ask nothing; here the front desk is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard.base.language import day_name, known_name, word
from dashboard.base.whole_numbers import whole_number
from dashboard.catalogue import periods
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.sources import known_words
from dashboard.components.meetings.presenting import Shown, Stage, chart_slides
from dashboard.components.shell.address import ChartLinks, link
from dashboard.services.front_desk import FrontDesk
from dashboard.services.meetings.meetings import Agenda, Slide
from dashboard.services.targets.target_facts import target_facts

Staged = tuple[list[Shown], Stage]

MOST_TITLES = 16  # pages of an agenda that are named on the first slide
KEPT = ("area", "period", "compare")  # of the address: what was shown before the meeting


def _number(asked: Mapping[str, str]) -> int:
    number = whole_number(asked.get("page", ""), 4)
    return 1 if number is None else number


def _drilled(desk: FrontDesk, selection: Selection, asked: Mapping[str, str]) -> Selection | None:
    """The selection a click on a slide has led to; None where the address names none."""
    area, period = desk.areas().get(asked.get("at", "")), None
    if asked.get("on"):
        period = _period(asked["on"])
    if area is None and period is None:
        return None
    return replace(selection, area=area.code if area else selection.area, period=period)


def _deepened(plain: Selection, deeper: Selection | None) -> Selection | None:
    """The selection of the page at the area and the period a click has led to."""
    if deeper is None:
        return None
    return replace(plain, area=deeper.area, period=deeper.period or plain.period)


def _period(text: str) -> periods.Period | None:
    try:
        return periods.parse(text[:20]).end
    except ValueError:
        return None


def stage_of_agenda(desk: FrontDesk, of: Agenda, asked: Mapping[str, str]) -> Staged:
    """The title with the agenda, what came of the last meeting, then a slide a chart or target."""
    language, meeting = of.selection.language, of.meeting
    kept = {name: asked[name] for name in KEPT if asked.get(name)}
    path = f"/meeting/{meeting.id}?" + urlencode({"present": "1", "lang": language, **kept})
    page = _number(asked)
    shown = _opening_slides(desk, of)
    first = len(shown) + 1
    deeper = _drilled(desk, of.selection, asked)
    drawn = desk.meetings.slides(of, {page - first: deeper} if deeper else {})
    for number, slide in enumerate(drawn, start=first):
        drawn_slide = _agenda_slide(desk, slide, number, path)
        is_deeper = deeper is not None and slide.chart is not None and number == page
        shown.append(replace(drawn_slide, up=f"{path}&page={number}") if is_deeper else drawn_slide)
    frozen = word("meeting_frozen", language, moment=known_name(meeting.known, language))
    newer = word("meeting_newer", language) if of.outdated else ""
    leave = f"/meeting/{meeting.id}?" + urlencode({"lang": language, **kept})
    return shown, Stage(
        meeting.title,
        language,
        leave,
        path,
        page,
        meeting.id,
        frozen,
        newer,
        desk.release.on_screen(of.selection.area, of.selection.period, language),
    )


def _opening_slides(desk: FrontDesk, of: Agenda) -> list[Shown]:
    """The title with the agenda, and what came of the last meeting where there was one."""
    language, meeting, last = of.selection.language, of.meeting, desk.meetings.since_last(of)
    titles = tuple(desk.meeting_slides.title_of_page(page, language) for page in of.pages)
    day = day_name(date.fromisoformat(meeting.held), language)
    head = "" if day in meeting.title or meeting.held in meeting.title else day
    left = len(titles) - MOST_TITLES
    if left > 0:
        titles = (*titles[:MOST_TITLES], word("meeting_more_pages", language, count=left))
    opening = ((head, titles or (word("meeting_no_pages", language),)),)
    shown = [Shown(meeting.title, "meeting", meeting.id, parts=opening)]
    if last:
        parts = tuple(
            (head, tuple(lines))
            for head, lines in desk.meeting_slides.since_lines(last, language, 5)
        )
        name = word("meeting_since_of", language, title=last.meeting.title, day=last.meeting.held)
        shown.append(Shown(name, "meeting", last.meeting.id, parts=parts))
    return shown


def _agenda_slide(desk: FrontDesk, slide: Slide, number: int, path: str) -> Shown:
    """One page of the agenda: its chart, or the facts of its target."""
    kind, query = slide.page.kind, slide.page.query
    if slide.chart is not None:
        (drawn,) = _charts(desk, [(slide.ref, slide.selection, slide.chart)], number, path)
        return replace(drawn, kind=kind, query=query, note=slide.page.note)
    language = slide.selection.language
    facts = (
        tuple(target_facts(desk.catalogue, desk.areas(), slide.row, language)) if slide.row else ()
    )
    source = slide.row.target.source if slide.row else ""
    return Shown(
        desk.meeting_slides.title_of_slide(slide, language),
        kind,
        slide.ref,
        query,
        facts=facts,
        source=source,
        note=slide.page.note,
    )


def _charts(
    desk: FrontDesk, charts: Sequence[tuple[str, Selection, Chart]], first: int, path: str
) -> list[Shown]:
    result: list[Shown] = []
    for number, one in enumerate(charts, start=first):
        door = ChartLinks(replace(one[1], present=False), "/", desk.areas())
        (shown,) = chart_slides([one], door, number, path)
        # the bar below says as of when the figures are
        source = one[2].source.removesuffix(known_words(one[1])).removesuffix(" · ")
        result.append(replace(shown, source=source))
    return result


class SlidePlace(NamedTuple):
    """Where a page of an agenda is shown: its first slide, the words for all, the first drawn."""

    number: int
    words: str
    slide: Slide


def slide_places(desk: FrontDesk, of: Agenda) -> dict[int, SlidePlace]:
    """For each page of the agenda by its id, on which of how many slides it is shown."""
    drawn, before = desk.meetings.slides(of), 2 if desk.meetings.since_last(of) else 1
    places: dict[int, list[int]] = {}
    for number, slide in enumerate(drawn, start=before + 1):
        places.setdefault(slide.page.id, []).append(number)
    return {
        page: SlidePlace(
            numbers[0],
            word(
                "meeting_slide" if len(numbers) == 1 else "meeting_slides_at",
                of.selection.language,
                number=numbers[0],
                last=numbers[-1],
                total=before + len(drawn),
            ),
            drawn[numbers[0] - before - 1],
        )
        for page, numbers in places.items()
    }


def _figure_lines(desk: FrontDesk, selection: Selection) -> tuple[str, ...]:
    """The first headline figure of every topic with its period and change, a line each."""
    names = [topic.headline[0] for topic in desk.catalogue.topic_order() if topic.headline]
    tiles = [tile for tile in desk.figures.tiles(names, selection) if tile.figure]
    space = "" if selection.language == "zh" else " "
    return tuple(
        f"{tile.title} {tile.exact}{space}{tile.unit}"
        + word(
            "chart_bracket",
            selection.language,
            text=" · ".join(part for part in (tile.period, tile.change) if part),
        )
        for tile in tiles
    )


def stage_of_overview(
    desk: FrontDesk, path: str, area: str, selection: Selection, asked: Mapping[str, str]
) -> Staged:
    """A slide of headline figures of an area, then a chart of each topic's first one.

    Of the overview the areas below side by side, of a street its course.
    """
    language, chosen = selection.language, replace(selection, area=area, present=False)
    name = desk.areas().name_of(area, language)
    kind = "trend" if path.startswith("/street/") else "streets"
    refs = [
        f"indicator:{topic.headline[0]}/{kind}"
        for topic in desk.catalogue.topic_order()
        if topic.headline
    ]
    period = periods.name(chosen.period, language) if chosen.period else ""
    opening = Shown(name, "view", path, parts=((period, _figure_lines(desk, chosen)),))
    return stage_of_page(desk, StagedPage(path, refs, asked, opening), selection)


@dataclass(frozen=True, slots=True)
class StagedPage:
    """A page that is presented: the names of its charts, and what its address asks for.

    ``opening`` stands before the charts; they are then of the area that the path names, if any.
    """

    path: str
    refs: Sequence[str]
    asked: Mapping[str, str]
    opening: Shown | None = None


def stage_of_page(desk: FrontDesk, of: StagedPage, selection: Selection) -> Staged:
    """The charts of a page with figures, one a slide, with the figures as the page shows them."""
    language, plain, page = selection.language, replace(selection, present=False), _number(of.asked)
    path, opening = of.path, of.opening
    address = link(path, replace(selection, present=True))
    deeper, before = _drilled(desk, plain, of.asked), 1 if opening else 0
    street = path.removeprefix("/street/")
    usual = replace(plain, area=street) if street != path else plain
    drilled = _deepened(plain, deeper)
    drawn = _drawn(desk, of.refs, usual, drilled, page - before)
    shown = _charts(desk, drawn, 1 + before, address)
    if opening:
        mark = next((chart.demo_mark for _, _, chart in drawn if chart.demo_mark), "")
        shown.insert(0, replace(opening, source=mark))
    if deeper and before < page <= len(shown):
        shown[page - 1] = replace(shown[page - 1], up=f"{address}&page={page}")
    if not shown:
        shown = [Shown(word("meeting_nothing", language))]
    known = selection.as_known
    frozen = word("meeting_frozen", language, moment=known_name(known, language)) if known else ""
    leave = link(path, plain)
    return shown, Stage(
        shown[0].title,
        language,
        leave,
        address,
        page,
        "",
        frozen,
        marking=desk.release.on_screen(selection.area, selection.period, language),
    )


def _drawn(
    desk: FrontDesk, refs: Sequence[str], usual: Selection, drilled: Selection | None, at: int
) -> list[tuple[str, Selection, Chart]]:
    """The charts with figures; the one at a place, counted from 1, as it was drilled into."""
    drawn: list[tuple[str, Selection, Chart]] = []
    for ref in refs:
        deeper = drilled if len(drawn) + 1 == at else None
        selection = deeper or usual
        chart = desk.figures.chart(ref, selection)
        if deeper or not chart.empty:
            drawn.append((ref, selection, chart))
    return drawn
