"""What a stage shows: the slides of an agenda, or the charts of a page that is presented by itself.

Components draw them and ask nothing; here the front desk is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from dashboard.base.language import known_name, word
from dashboard.catalogue import periods
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.sources import known_words
from dashboard.components.meetings.presenting import Shown, Stage, chart_slides
from dashboard.components.shell.address import Door, link
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.meeting_slides import page_name, since_lines, title_of
from dashboard.services.reports.meetings import Agenda, Slide, since_last, slides
from dashboard.services.targets.target_facts import target_facts

Staged = tuple[list[Shown], Stage]


def _number(asked: Mapping[str, str]) -> int:
    text = asked.get("page", "1")
    return int(text) if text.isdigit() and len(text) < 5 else 1


def _drilled(desk: FrontDesk, selection: Selection, asked: Mapping[str, str]) -> Selection | None:
    """The selection a click on a slide has led to; None where the address names none."""
    area, period = desk.areas().get(asked.get("at", "")), None
    if asked.get("on"):
        period = _period(asked["on"])
    if area is None and period is None:
        return None
    return replace(selection, area=area.code if area else selection.area, period=period)


def _period(text: str) -> periods.Period | None:
    try:
        return periods.parse(text[:20]).end
    except ValueError:
        return None


def stage_of_agenda(desk: FrontDesk, of: Agenda, asked: Mapping[str, str]) -> Staged:
    """The title with the agenda, what came of the last meeting, then a slide a chart or target."""
    say, meeting = of.selection.language, of.meeting
    here = f"/meeting/{meeting.id}?" + urlencode({"present": "1", "lang": say})
    page = _number(asked)
    shown = _opening_slides(desk, of)
    first = len(shown) + 1
    deeper = _drilled(desk, of.selection, asked)
    drawn = slides(desk, of, {page - first: deeper} if deeper else {})
    for number, slide in enumerate(drawn, start=first):
        one = _agenda_slide(desk, slide, number, here)
        is_deeper = deeper is not None and slide.chart is not None and number == page
        shown.append(replace(one, up=f"{here}&page={number}") if is_deeper else one)
    frozen = word("meeting_frozen", say, moment=known_name(meeting.known, say))
    newer = word("meeting_newer", say) if of.outdated else ""
    leave = f"/meeting/{meeting.id}?lang={say}"
    return shown, Stage(meeting.title, say, leave, here, page, meeting.id, frozen, newer)


def _opening_slides(desk: FrontDesk, of: Agenda) -> list[Shown]:
    """The title with the agenda, and what came of the last meeting where there was one."""
    say, meeting, last = of.selection.language, of.meeting, since_last(desk, of)
    titles = tuple(page_name(desk, page, say) for page in of.pages)
    opening = ((meeting.held, titles or (word("meeting_no_pages", say),)),)
    shown = [Shown(meeting.title, "meeting", meeting.id, parts=opening)]
    if last:
        parts = tuple((head, tuple(lines)) for head, lines in since_lines(desk, last, say, 5))
        name = word("meeting_since_of", say, title=last.meeting.title, day=last.meeting.held)
        shown.append(Shown(name, "meeting", last.meeting.id, parts=parts))
    return shown


def _agenda_slide(desk: FrontDesk, slide: Slide, number: int, here: str) -> Shown:
    """One page of the agenda: its chart, or the facts of its target."""
    kind, query = slide.page.kind, slide.page.query
    if slide.chart is not None:
        (one,) = _charts(desk, [(slide.ref, slide.selection, slide.chart)], number, here)
        return replace(one, kind=kind, query=query)
    say = slide.selection.language
    facts = tuple(target_facts(desk.catalogue, slide.row, say)) if slide.row else ()
    source = slide.row.target.source if slide.row else ""
    return Shown(title_of(desk, slide, say), kind, slide.ref, query, facts=facts, source=source)


def _charts(
    desk: FrontDesk, charts: Sequence[tuple[str, Selection, Chart]], first: int, here: str
) -> list[Shown]:
    found: list[Shown] = []
    for number, one in enumerate(charts, start=first):
        door = Door(replace(one[1], present=False), "/", desk.areas())
        (shown,) = chart_slides([one], door, number, here)
        # the bar below says as of when the figures are
        source = one[2].source.removesuffix(known_words(one[1])).removesuffix(" · ")
        found.append(replace(shown, source=source))
    return found


def slide_numbers(desk: FrontDesk, of: Agenda) -> dict[int, str]:
    """For each page of the agenda by its id, on which of how many slides it is shown."""
    drawn, before = slides(desk, of), 2 if since_last(desk, of) else 1
    places: dict[int, list[int]] = {}
    for number, slide in enumerate(drawn, start=before + 1):
        places.setdefault(slide.page.id, []).append(number)
    return {
        page: word(
            "meeting_slide" if len(numbers) == 1 else "meeting_slides_at",
            of.selection.language,
            number=numbers[0],
            last=numbers[-1],
            total=before + len(drawn),
        )
        for page, numbers in places.items()
    }


def _figure_lines(desk: FrontDesk, selection: Selection) -> tuple[str, ...]:
    """The first headline figure of every topic with its period and change, a line each."""
    names = [topic.headline[0] for topic in desk.catalogue.topic_order() if topic.headline]
    tiles = [one for one in desk.figures.tiles(names, selection) if one.figure]
    space = "" if selection.language == "zh" else " "
    return tuple(
        f"{one.title} {one.value}{space}{one.unit}"
        + word(
            "chart_bracket",
            selection.language,
            text=" · ".join(part for part in (one.period, one.change) if part),
        )
        for one in tiles
    )


def stage_of_overview(
    desk: FrontDesk, path: str, area: str, selection: Selection, asked: Mapping[str, str]
) -> Staged:
    """A slide of headline figures of an area, then a chart of each topic's first one.

    Of the overview the areas below side by side, of a street its course.
    """
    say, here = selection.language, replace(selection, area=area, present=False)
    place = desk.areas().get(area)
    name = place.name[say] if place else area
    kind = "trend" if path.startswith("/street/") else "streets"
    refs = [
        f"indicator:{topic.headline[0]}/{kind}"
        for topic in desk.catalogue.topic_order()
        if topic.headline
    ]
    period = periods.name(here.period, say) if here.period else ""
    opening = Shown(name, "view", path, parts=((period, _figure_lines(desk, here)),))
    return stage_of_page(desk, path, refs, selection, asked, opening)


def stage_of_page(
    desk: FrontDesk,
    path: str,
    refs: Sequence[str],
    selection: Selection,
    asked: Mapping[str, str],
    opening: Shown | None = None,
) -> Staged:
    """The charts of a page with figures, one a slide, with the figures as the page shows them.

    ``opening`` stands before them; the charts are then of the area that the path names, if any.
    """
    say, plain, page = selection.language, replace(selection, present=False), _number(asked)
    here = link(path, replace(selection, present=True))
    deeper, before = _drilled(desk, plain, asked), 1 if opening else 0
    street = path.removeprefix("/street/")
    usual = replace(plain, area=street) if street != path else plain
    drilled = (
        replace(plain, area=deeper.area, period=deeper.period or plain.period) if deeper else None
    )
    drawn = _drawn(desk, refs, usual, drilled, page - before)
    shown = _charts(desk, drawn, 1 + before, here)
    if opening:
        mark = next((one.demo_mark for _, _, one in drawn if one.demo_mark), "")
        shown.insert(0, replace(opening, source=mark))
    if deeper and before < page <= len(shown):
        shown[page - 1] = replace(shown[page - 1], up=f"{here}&page={page}")
    if not shown:
        shown = [Shown(word("meeting_nothing", say))]
    known = selection.as_known
    frozen = word("meeting_frozen", say, moment=known_name(known, say)) if known else ""
    leave = link(path, plain)
    return shown, Stage(shown[0].title, say, leave, here, page, "", frozen)


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
