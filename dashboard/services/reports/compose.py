"""Composes a report: a plan's pages for a selection, with the charts that the screen shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.base.language import Text, word
from dashboard.catalogue import periods
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.topics import Kind, Topic
from dashboard.charts.generated import is_generated
from dashboard.charts.kinds.scorecard import StreetCard, card_table
from dashboard.charts.kinds.street_map import once_each
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import (
    CHARTS,
    DIRECTOR,
    FIGURES,
    WITH_APPENDIX,
    Plan,
    checked,
)
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage
from dashboard.charts.model.selection import Selection, to_query
from dashboard.charts.model.target_chart import PATH, TARGET_CHART
from dashboard.charts.text.area_names import named_together
from dashboard.charts.text.sentence_traces import traced_sentence
from dashboard.disclosure.joint_suppression import NOTHING, JointSuppression
from dashboard.disclosure.scorecard_guard import hides, suppress_scorecards
from dashboard.disclosure.suppressed_chart import has_suppressed_cell, suppression_note
from dashboard.services.filters import moment_of
from dashboard.services.release import Marked
from dashboard.services.reports import director
from dashboard.services.reports.key_figures import released
from dashboard.services.reports.left_out import left_out
from dashboard.services.reports.proposal import is_drawn, key_figures, says_more
from dashboard.services.reports.sources import Sources, refs_of, topics_of
from dashboard.services.reports.topic_text import topic_text

_FEWEST_ANNEXED = 5  # figures of an annex
MOST_ROWS = 12  # rows of a scorecard: as many as one slide holds
_ALONE = {"agenda", "scorecard", "sources"}
Step = Callable[[Text, int, int], None]  # what is happening, how many steps of how many are done


def quietly(what: Text, done: int, total: int) -> None:
    """Nobody waits for this one."""


@dataclass(frozen=True, slots=True)
class _Work:
    """One report in the making."""

    sources: Sources
    plan: Plan
    selection: Selection
    step: Step
    hidden: JointSuppression = NOTHING  # besides what is hidden in whatever leaves

    @property
    def smallest(self) -> int:
        """Counts of people below it do not leave the house."""
        return self.sources.context.settings.small_cells

    @property
    def bureau(self) -> str:
        """Whose report it is: the bureau of the settings, else that of the area."""
        return self.sources.bureau_of(self.selection.area, self.selection.language)

    def word(self, key: str, **fields: object) -> str:
        return word(key, self.selection.language, **fields)

    def name(self, area: str) -> str:
        return self.sources.areas().name_of(area, self.selection.language)


def _source(work: _Work, chart: Chart) -> str:
    """Where the figures come from, and that some are hidden where they are."""
    note = (
        suppression_note(work.smallest, work.selection.language)
        if has_suppressed_cell(chart)
        else ""
    )
    return " · ".join(text for text in (chart.source, note) if text)


def _chapter(work: _Work, topic: Topic, area: str, charts: list[Chart]) -> Iterator[ReportPage]:
    """A topic's heading, what it says, its charts, and a sentence about those without figures."""
    language = work.selection.language
    pages = []
    if work.plan.has("text"):
        report_page = topic_text(
            work.sources, topic, replace(work.selection, area=area), work.hidden
        )
        pages += [report_page] if report_page else []
    if work.plan.has("charts"):
        shown = _shown_charts(charts)
        pages += [_chart_page(work, chart) for chart in shown if not _is_appended(work, chart)]
        tables = _key_figures(
            work, topic, area, [chart for chart in charts if not says_more(chart)]
        )
        pages += [page for page in tables if work.plan.charts or not _is_stated(page, pages)]
    if pages:
        lines = (topic.description[language],)
        yield ReportPage(PageKind.CHAPTER, topic.title[language], level=1, lines=lines)
        yield from pages


def _key_figures(work: _Work, topic: Topic, area: str, left: list[Chart]) -> Iterator[ReportPage]:
    """What the area has of the topic in too few values to be drawn, as one table.

    Where the charts were chosen one by one, it has the figures of the chosen ones that are ``left``
    undrawn, and no others.
    """
    selection = replace(work.selection, area=area)
    if selection.period is None:
        return
    if work.plan.charts:
        tiles = _tiles_of(work, left, selection)
    else:
        tiles = key_figures(work.sources, selection, {topic.id})
    figures = released(work.sources, selection, tiles, work.hidden) if tiles else None
    if figures and figures.tiles:
        title = work.word("deck_figures_of", topic=topic.title[work.selection.language])
        yield figures.page(figures.tiles, title)


def _traces(pages: Iterable[ReportPage]) -> set[tuple[str, str]]:
    """The indicators and areas whose figures the texts of pages state."""
    return {
        (phrase.trace.indicator, phrase.trace.area)
        for page in pages
        for paragraph in page.paragraphs
        for phrase in paragraph
        if phrase.trace
    }


def _is_stated(table: ReportPage, pages: list[ReportPage]) -> bool:
    """Whether the texts of a chapter have said all that a table of figures would repeat."""
    traces = _traces(page for page in pages if page.kind is PageKind.TEXT)
    facts = table.table.facts if table.table else ()
    figures = [fact.figure for row in facts for fact in row if fact.figure]
    return all((figure.indicator, figure.area) in traces for figure in figures)


def _tiles_of(work: _Work, charts: list[Chart], selection: Selection) -> list[Tile]:
    """The figures of charts that have some, each once."""
    figures = work.sources.figures
    shown = (chart for chart in charts if not chart.empty)
    names = dict.fromkeys(name for chart in shown for name in figures.spec(chart.id).indicators)
    tiles = figures.tiles(list(names), selection) if names else []
    return [tile for tile in tiles if tile.figure is not None]


def _is_appended(work: _Work, chart: Chart) -> bool:
    """Whether a chart is a table that stands in the appendix."""
    return chart.kind is Kind.TABLE and work.plan.has("appendix")


def _chart_page(work: _Work, chart: Chart) -> ReportPage:
    return ReportPage(
        PageKind.CHART,
        chart.title,
        chart=chart,
        source=_source(work, chart),
        paragraphs=(traced_sentence(chart),),
        notes=work.sources.figures.definitions(chart, work.selection.language),
    )


def _without_figures(
    work: _Work, drawn: Mapping[tuple[str, str], list[Chart]], pages: list[ReportPage]
) -> Iterator[ReportPage]:
    """One closing line: the topics without figures, else the charts that have none."""
    named = {page.title for page in pages if page.kind is PageKind.CHAPTER}
    chosen = _absent_charts(work, drawn, named) if work.plan.charts else ()
    texts = [*_absent_topics(work, drawn, named), *chosen]
    if texts:
        text = ("" if work.selection.language == "zh" else " ").join(texts)
        title = work.word("report_without_figures_title")
        yield ReportPage(PageKind.TEXT, title, level=1, paragraphs=((Phrase(text),),))


def _absent_topics(
    work: _Work, drawn: Iterable[tuple[str, str]], named: Collection[str]
) -> Iterator[str]:
    """The sentence that topics have no figures: those whose titles head no chapter."""
    topics = work.sources.catalogue.topics
    titles = dict.fromkeys(topics[name].title[work.selection.language] for _, name in drawn)
    absent = [title for title in titles if title not in named]
    if absent:
        yield work.word("deck_absent", names=work.word("list_comma").join(absent))


def _absent_charts(
    work: _Work, drawn: Mapping[tuple[str, str], list[Chart]], named: Collection[str]
) -> Iterator[str]:
    """The sentence that charts have no figures, where there are chapters."""
    empty = [chart for chart in _listed(drawn) if chart.empty]
    if empty and named:
        yield work.word("report_charts_absent", count=len(empty))


def _listed(drawn: Mapping[tuple[str, str], list[Chart]]) -> list[Chart]:
    """The charts of all areas and topics, in order."""
    return [chart for charts in drawn.values() for chart in charts]


def _cards(work: _Work, areas: list[str]) -> list[StreetCard]:
    """The scorecards of the areas; those of one parent are read together."""
    found: dict[str, StreetCard] = {}
    parent = _common_parent(work, areas)
    if parent:
        work.step(Text("正在计算记分卡", "working out scorecards"), 0, len(areas))
        whole = replace(work.selection, area=parent)
        found = {card.area: card for card in work.sources.scorecards.of(whole, below=True)}
    for place, area in enumerate(areas):
        work.step(Text("正在计算记分卡", "working out scorecards"), place, len(areas))
        if area not in found:
            (found[area],) = work.sources.scorecards.of(replace(work.selection, area=area))
    return [found[area] for area in areas]


def _common_parent(work: _Work, areas: list[str]) -> str:
    """The area directly above several areas; "" where there is none, or they are of several."""
    places = [work.sources.areas().get(area) for area in areas]
    parents = {place.parent for place in places if place}
    return parents.pop() if len(areas) > 1 and len(parents) == 1 else ""


def _scorecards(work: _Work, cards: list[StreetCard]) -> Iterator[ReportPage]:
    """One page for every area: its targets with their status, then headline indicators."""
    text_of, language = work.word, work.selection.language
    for card in cards:
        table, left = card_table(card, language, max(MOST_ROWS, len(card.lines)))
        if table.rows:
            texts = [card.counted(language)] if card.lines else []
            if left and not work.plan.has("text"):  # else they stand in its chapters
                texts.append(text_of("card_left", count=left))
            yield ReportPage(
                PageKind.SCORECARD,
                text_of("card_title", area=card.title, period=card.period),
                table=table,
                paragraphs=tuple((Phrase(text),) for text in texts),
                notes=(text_of("card_legend"),),
                source=text_of("card_source", day=card.received or "—"),
            )


def _has_numbers(chart: Chart) -> bool:
    """Whether any cell of the chart's table holds a number: an empty form is no annex."""
    return any(number is not None for row in chart.table.numbers for number in row)


def _appendix(
    work: _Work, drawn: Mapping[tuple[str, str], list[Chart]], pages: Sequence[ReportPage]
) -> Iterator[ReportPage]:
    """附表: the tables of each topic; one with the key figures of those that have none."""
    tabled = {page.subtitle for page in pages if page.kind is PageKind.FIGURES}
    left: dict[str, list[str]] = {}
    for (area, name), charts in drawn.items():
        tables = list(_form_tables(work, charts))
        yield from tables
        topic = work.sources.catalogue.topics[name].title[work.selection.language]
        if not tables and f"{work.name(area)} · {topic}" not in tabled:
            left.setdefault(area, []).append(name)
    for area, names in () if work.plan.charts else left.items():
        yield from _annex_of_figures(work, area, names)


def _annex_of_figures(work: _Work, area: str, topics: Collection[str]) -> Iterator[ReportPage]:
    """The key figures of these topics as one table; a few, which the text states, are none."""
    selection = replace(work.selection, area=area)
    if selection.period is None:
        return
    tiles = key_figures(work.sources, selection, topics)
    figures = released(work.sources, selection, tiles, work.hidden)
    if len(figures.tiles) >= _FEWEST_ANNEXED:
        page = figures.page(figures.tiles, work.word("report_annex_figures"))
        when = periods.name(selection.period, selection.language)
        yield replace(page, kind=PageKind.APPENDIX, lines=(when,))


def _form_tables(work: _Work, charts: list[Chart]) -> Iterator[ReportPage]:
    for chart in charts:
        if chart.kind is Kind.TABLE and not chart.empty and _has_numbers(chart):
            yield ReportPage(
                PageKind.APPENDIX,
                chart.title,
                chart=chart,
                table=chart.table,
                lines=(chart.subtitle,),
                source=_source(work, chart),
            )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The charts of a report as released, and what is hidden in it besides.

    ``by_topic`` are those of the full set by area and topic, ``first`` by area those of the pages
    for the director.
    """

    by_topic: Mapping[tuple[str, str], list[Chart]]
    first: Mapping[str, director.DeckPages]
    suppressed: JointSuppression = NOTHING

    @property
    def charts(self) -> list[Chart]:
        """All of them."""
        full = [chart for listed in self.by_topic.values() for chart in listed]
        return [*full, *(chart for asked in self.first.values() for chart in asked.drawn.values())]


def _drawn(work: _Work, areas: list[str]) -> _Drawn:
    """The charts of the report, none of which tells what another hides; and what they hide."""
    first = _drawn_first(work, areas) if work.plan.is_for_director else {}
    if work.plan.deck == DIRECTOR:
        return _released(work, {}, first)
    plan = work.plan
    if plan.deck == WITH_APPENDIX:  # what was chosen for the first pages is not all there is
        work = replace(work, plan=replace(plan, charts=()))
    return _released(work, _drawn_by_topic(work, areas), first)


def _drawn_first(work: _Work, areas: list[str]) -> dict[str, director.DeckPages]:
    """The charts of the pages for the director, by area."""
    asked = {}
    for done, area in enumerate(areas):
        work.step(Text("正在挑选要点", "choosing what matters"), done, len(areas))
        selection = replace(work.selection, area=area)
        asked[area] = director.asked_of(work.sources, work.plan, selection)
    return asked


def _released(
    work: _Work,
    by_topic: Mapping[tuple[str, str], list[Chart]],
    first: Mapping[str, director.DeckPages],
) -> _Drawn:
    charts, suppressed = work.sources.release.charts_and_suppressed(_Drawn(by_topic, first).charts)
    released = iter(charts)
    full = {key: [next(released) for _ in listed] for key, listed in by_topic.items()}
    pages = {
        area: replace(asked, drawn={ref: next(released) for ref in asked.drawn})
        for area, asked in first.items()
    }
    return _Drawn(full, pages, suppressed)


def _drawn_by_topic(work: _Work, areas: list[str]) -> dict[tuple[str, str], list[Chart]]:
    """The charts by area and topic, before anything is hidden."""
    places = [
        (area, topic, ref)
        for area in areas
        for topic in topics_of(work.sources.catalogue, work.plan)
        for ref in refs_of(work.plan, topic)
    ]
    drawn = []
    for done, (area, topic, ref) in enumerate(places):
        work.step(
            Text(f"正在计算 {topic.title.zh}", f"working out {topic.title.en}"), done, len(places)
        )
        drawn.append(work.sources.figures.chart(ref, replace(work.selection, area=area)))
    matches: dict[tuple[str, str], list[Chart]] = {
        (area, topic.id): []
        for area in areas
        for topic in topics_of(work.sources.catalogue, work.plan)
    }
    for (area, topic, _), chart in zip(places, drawn, strict=True):
        matches[area, topic.id].append(chart)
    return matches


def compose(
    sources: Sources,
    plan: Plan,
    selection: Selection,
    made: date,
    step: Step = quietly,
) -> Report:
    """The finished report without its receipt; raises PlanError for a plan of unknown names."""
    work = _Work(sources, checked_plan(sources, plan), selection, step)
    areas = list(plan.areas) or [selection.area]
    # A report of scorecards alone needs no chapters.
    drawn = _drawn(work, areas) if set(plan.parts) - _ALONE else _Drawn({}, {})
    work = replace(work, hidden=drawn.suppressed if plan.has("charts") else NOTHING)
    cards = _released_cards(work, areas) if plan.has("scorecard") and not plan.deck else []
    title = plan.title or _usual_title(work, areas)
    left = _left_out(work, drawn)
    decks = _decks(work, drawn, left)
    inner = _inner_pages(work, cards, drawn.by_topic, left)
    if plan.is_for_director:
        pages = _pages_for_director(work, decks)
    else:
        pages = _first_pages(work, title, made, inner)
    return Report(
        title=title,
        subtitle=periods.name(selection.period, selection.language) if selection.period else "",
        bureau=work.bureau,
        area=selection.area,
        period=str(selection.period or ""),
        made=made,
        language=selection.language,
        pages=(*pages, *inner),
        hidden=_hidden(work, drawn.charts, cards, decks),
        demo_mark=_demo_mark(work, drawn.charts, cards),
        thousands=work.sources.context.settings.thousands,
        query=to_query(selection, as_known=None, present=False).removeprefix("?"),
        left_out=left,
        place=work.name(areas[0]) if len(areas) == 1 else "",
    )


def _decks(work: _Work, drawn: _Drawn, left: tuple[str, ...]) -> list[director.DirectorDeck]:
    """The pages for the director of each area; none where the plan has none."""
    topics = work.plan.topics
    return [
        director.DirectorDeck(work.sources, asked, asked.drawn, drawn.suppressed, topics, left)
        for asked in drawn.first.values()
    ]


def _pages_for_director(work: _Work, decks: list[director.DirectorDeck]) -> list[ReportPage]:
    return [page for deck in decks for page in deck.pages(work.bureau)]


def _left_out(work: _Work, drawn: _Drawn) -> tuple[str, ...]:
    """Which of the charts that were chosen one by one are not shown, and why."""
    plan = work.plan
    if not plan.charts or not plan.has("charts"):
        return ()
    listed = _listed(drawn.by_topic)
    if plan.is_for_director:
        listed = [chart for asked in drawn.first.values() for chart in asked.drawn.values()]
        shown = list(filter(_is_on_first_pages, listed))
    elif plan.deck == CHARTS:
        shown = _shown_charts(listed)
    else:  # what makes no picture stands among the key figures
        shown = [chart for chart in listed if not chart.empty]
    return left_out(listed, shown, work.selection.language)


def _is_on_first_pages(chart: Chart) -> bool:
    """Whether the pages for the director show a chart that was chosen."""
    return is_drawn(chart) or chart.id.startswith(TARGET_CHART)


def _shown_charts(charts: list[Chart]) -> list[Chart]:
    """Those that say more than a table, each once."""
    return once_each([chart for chart in charts if says_more(chart)])


def _has_too_few(chart: Chart) -> bool:
    """Whether a chart has figures, but too few to be drawn."""
    return not chart.empty and not says_more(chart)


def _counted(work: _Work, pages: list[ReportPage], few: int) -> list[ReportPage]:
    """The pages; below the last one how many charts have too few figures to be among them."""
    if not few or not pages:
        return pages
    said = work.word("left_few_charts", count=few)
    source = " · ".join(text for text in (pages[-1].source, said) if text)
    return [*pages[:-1], replace(pages[-1], source=source)]


def _closing(work: _Work, left: tuple[str, ...]) -> Iterator[ReportPage]:
    """The last page of a deck of charts: what was chosen and is not shown."""
    if left:
        title = work.word("report_without_figures_title")
        yield ReportPage(PageKind.TEXT, title, paragraphs=tuple((Phrase(one),) for one in left))


def _hidden(
    work: _Work,
    charts: list[Chart],
    cards: list[StreetCard],
    decks: list[director.DirectorDeck],
) -> str:
    """The note that small counts are hidden; "" where none are."""
    hides_any = any(map(has_suppressed_cell, charts)) or hides(cards)
    hides_any = hides_any or any(deck.hides_any() for deck in decks)
    return suppression_note(work.smallest, work.selection.language) if hides_any else ""


def _demo_mark(work: _Work, charts: list[Chart], cards: list[StreetCard]) -> str:
    """The bureau's own mark and that of figures for show; "" where there is neither."""
    marks = [*(chart.demo_mark for chart in charts), *(card.mark for card in cards)]
    if work.plan.is_for_director and not charts:
        is_demo = work.sources.figures.freshness(work.selection).is_demo
        marks.append(work.word("chart_demo") if is_demo else "")
    demo = work.word("chart_demo")
    mark = demo if any(demo in mark for mark in marks) else ""
    selection = work.selection
    areas = work.plan.areas or (selection.area,)
    shown = Marked(areas, selection.period, selection.language, work.plan.marking)
    return work.sources.release.marked(mark, shown)


def _inner_pages(
    work: _Work,
    cards: list[StreetCard],
    drawn: Mapping[tuple[str, str], list[Chart]],
    left: tuple[str, ...],
) -> list[ReportPage]:
    """The scorecards, the chapters by area and topic, and the appendix where the plan has one.

    Of a deck of charts the charts, then what is ``left`` out of it.
    """
    pages = list(_scorecards(work, cards))
    if work.plan.deck == CHARTS:
        return _chart_deck(work, pages, _listed(drawn), left)
    areas = dict.fromkeys(area for area, _ in drawn)
    for area in areas:
        chapters = _chapters(work, area, drawn)
        pages += _under_area(work, area, chapters) if len(areas) > 1 else chapters
    pages += _without_figures(work, drawn, pages)
    if work.plan.has("appendix"):
        pages += _appendix(work, drawn, pages)
    return pages


def _chart_deck(
    work: _Work, pages: list[ReportPage], drawn: list[Chart], left: tuple[str, ...]
) -> list[ReportPage]:
    """The pages before and a page a chart, then what is ``left`` out; nothing without a page."""
    pages = [*pages, *(_chart_page(work, chart) for chart in _shown_charts(drawn))]
    few = [] if work.plan.charts else [chart for chart in drawn if _has_too_few(chart)]
    return [*_counted(work, pages, len(few)), *_closing(work, left)] if pages else []


def _chapters(
    work: _Work, area: str, drawn: Mapping[tuple[str, str], list[Chart]]
) -> list[ReportPage]:
    """The chapters of one area, a topic after the other."""
    topics = work.sources.catalogue.topics
    return [
        page
        for (place, name), charts in drawn.items()
        if place == area
        for page in _chapter(work, topics[name], area, charts)
    ]


def _under_area(work: _Work, area: str, chapters: list[ReportPage]) -> Iterator[ReportPage]:
    """The chapters of one of several areas, a level below a heading with its name."""
    if chapters:
        yield ReportPage(PageKind.CHAPTER, work.name(area), level=1)
        yield from (replace(page, level=page.level + 1) for page in chapters)


def checked_plan(sources: Sources, plan: Plan) -> Plan:
    """The plan; raises PlanError where it names what does not exist."""
    topics = sources.catalogue.topic_order()
    names: dict[str, Container[str]] = {
        topic.id: _Names(topic, sources.catalogue) for topic in topics
    }
    if plan.is_for_director:
        owner, _, name = FIGURES.partition("/")
        names[owner] = {name}
        names |= {f"{TARGET_CHART}{target.id}": {PATH} for target in sources.targets.all()}
    return checked(plan, names, {area.code for area in sources.areas()})


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a topic's charts: the declared ones and those that can be made."""

    topic: Topic
    catalogue: Catalogue

    def __contains__(self, name: object) -> bool:
        """Whether there is a chart of this name."""
        if not isinstance(name, str):
            return False
        declared = self.topic.chart(name) is not None
        return declared or is_generated(self.topic.id, name, self.catalogue)


def _released_cards(work: _Work, areas: list[str]) -> list[StreetCard]:
    """The scorecards without small counts, and without what those of the charts follow from."""
    cards = _cards(work, areas)
    keys = [key for card in cards for key in card.figures]
    guard = work.sources.release.guard(moment_of(work.selection.as_known))
    suppressed = guard.suppressed_figures(keys, work.hidden)
    return suppress_scorecards(cards, work.smallest, work.sources.catalogue, suppressed)


def _usual_title(work: _Work, areas: list[str]) -> str:
    place = named_together(work.sources.areas(), areas, work.selection.language)
    return work.word("report_title", area=place)


def _first_pages(work: _Work, title: str, made: date, inner: list[ReportPage]) -> list[ReportPage]:
    """The title page, and the agenda of the chapters where the plan has one.

    A deck of charts has neither.
    """
    if work.plan.deck == CHARTS:
        return []
    day = work.word("report_made", day=made.isoformat())
    pages = [ReportPage(PageKind.TITLE, title, level=0, lines=(work.bureau, day))]
    if work.plan.has("agenda"):
        chapters = dict.fromkeys(
            page.title for page in inner if page.kind is PageKind.CHAPTER and page.level == 1
        )
        pages.append(ReportPage(PageKind.AGENDA, work.word("report_agenda"), lines=tuple(chapters)))
    return pages
