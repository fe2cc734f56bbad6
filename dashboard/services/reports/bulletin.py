"""Makes the bulletin (通报) of a month: targets off pace by street, who is late, who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from dashboard.analysis.lagging_streets import By
from dashboard.analysis.off_pace import OffPace
from dashboard.base.language import Text, word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.plan import PlanError
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import OffPaceWords
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import status_word
from dashboard.charts.text.wording import plain
from dashboard.disclosure.joint_suppression import NOTHING
from dashboard.services.release import Marked
from dashboard.services.reports.proposal import off_pace
from dashboard.services.reports.sources import Sources
from dashboard.services.reports.target_pages import TargetPages
from dashboard.services.targets.target_marks import marks_of_target, read_points

_BRACKET = re.compile(r"\s*[（(][^（）()]*[）)]$")  # what the best month brought
_NO_TARGETS = Text(
    "这个地区没有目标，不能作通报；请先登记目标",
    "this area has no targets to report on: register some first",
)
PAGE = "/targets"  # where its targets, streets and tasks stand
MOST_TARGETS, MOST_STREETS = 6, 12  # what a page of A4 holds


def bulletin(sources: Sources, selection: Selection, made: date) -> Report:
    """The bulletin without its receipt; raises PlanError where the area has no target."""
    language, period = selection.language, selection.period
    standing = sources.overview.of(selection)
    own = [row for row in standing.rows if row.area == selection.area]
    if not own or period is None:
        raise PlanError(_NO_TARGETS)
    place = sources.areas().name_of(selection.area, language)
    when = periods.name(period, language)
    title = word("bulletin_title", language, area=place)
    pages = TargetPages(sources, selection, standing, NOTHING)
    leaving = (one for one in off_pace(standing, selection.area) if pages.may_leave(one.row))
    behind = [pages.with_streets(one) for one in islice(leaving, MOST_TARGETS)]
    wordings = [OffPaceWords(one, pages.words(one.row)) for one in behind]
    settings = sources.context.settings
    bureau = sources.bureau_of(selection.area, language)
    stop = word("full_stop", language)
    others = pages.others(own, [one.row.target.id for one in behind])
    between = "" if language == "zh" else " "
    lead = between.join(part for part in (pages.lead(own).rstrip(stop) + stop, others) if part)
    return Report(
        title=title,
        subtitle=when,
        bureau=bureau,
        area=selection.area,
        period=str(period),
        made=made,
        language=language,
        pages=(
            ReportPage(PageKind.TITLE, title, level=0),
            _targets(sources, selection, behind, wordings, lead),
            *_late(sources, selection),
            *_tasks(selection, wordings),
        ),
        demo_mark=_demo_mark(sources, selection, Marked((selection.area,), period, language)),
        thousands=settings.thousands,
        compact=True,
    )


def _demo_mark(sources: Sources, selection: Selection, marked: Marked) -> str:
    is_demo = sources.figures.freshness(selection).is_demo
    mark = word("chart_demo", selection.language) if is_demo else ""
    return sources.release.marked(mark, marked)


def _targets(
    sources: Sources,
    selection: Selection,
    behind: list[OffPace],
    wordings: list[OffPaceWords],
    lead: str,
) -> ReportPage:
    """The targets off pace in order, each with its gap and the streets behind it."""
    language = selection.language
    names = ("name", "done", "gap", "streets", "status")
    rows, marks = [], []
    points = read_points(sources.figures, [one.row for one in behind], selection)
    for one, words in zip(behind, wordings, strict=True):
        cells = (
            words.words.name,
            words.words.done,
            words.words.against_base,
            _streets(one, words, sources.areas(), language) or "—",
            status_word(one.row.status, language),
        )
        rows.append((one.row.target.id, cells))
        said = points and marks_of_target(
            one.row, points, sources.catalogue, sources.areas(), language
        )
        marks.append(("", said or "", *[""] * (len(names) - 2)))
    table = plain_table(
        word("bulletin_targets", language),
        [word(f"bulletin_{name}", language) for name in names],
        [cells for _, cells in rows],
        [name for name, _ in rows],
    )
    return ReportPage(
        PageKind.TABLE,
        word("bulletin_targets", language),
        table=replace(table, words=tuple(marks)) if rows else None,
        paragraphs=((Phrase(lead),),),
    )


def _streets(off: OffPace, words: OffPaceWords, areas: Areas, language: str) -> str:
    """The streets behind a target, each with what it lacks."""
    amounts = _amounts(off, words, language)
    return word("list_comma", language).join(
        f"{areas.name_of(street.area, language)} {amount}".strip()
        for street, amount in zip(off.holdbacks.streets, amounts, strict=True)
    )


def _amounts(off: OffPace, words: OffPaceWords, language: str) -> list[str]:
    """What each street lacks; in English the first alone says in which sense."""
    values = [street.value for street in off.holdbacks.streets]
    if off.holdbacks.by is By.LEAST:  # who has done least has often done nothing
        return [""] * len(values)
    if language == "zh":
        return [words.street_amount(value) for value in values]
    first = [words.street_amount(value) for value in values[:1]]
    return first + [plain(value, words.scale, language) for value in values[1:]]


def _late(sources: Sources, selection: Selection) -> Iterator[ReportPage]:
    """Who has not handed in what the month expects of them."""
    language = selection.language
    fresh = sources.figures.freshness(selection)
    late = [area.name[language] for area, _ in fresh.not_reported]
    covered = sources.figures.coverage_words(selection)
    if not (late or covered) and (not fresh.below or fresh.reported < fresh.below):
        return  # nothing is expected of anybody
    names = word("list_comma", language).join(late[:MOST_STREETS])
    texts = [word("bulletin_late", language, count=len(late), names=names)] if late else []
    if covered:
        texts.append(word("bulletin_covered", language, text=covered))
    texts = texts or [word("bulletin_none_late", language)]
    paragraphs = tuple((Phrase(text),) for text in texts)
    yield ReportPage(PageKind.TEXT, word("bulletin_handed_in", language), paragraphs=paragraphs)


def _task(words: OffPaceWords, owner: str, language: str) -> str:
    """One task; a limit is kept until its date, it is not done by then."""
    of, row = words.words, words.off.row
    need = _BRACKET.sub("", of.need or of.short or of.gap)
    key = "bulletin_task_limit" if row.is_limit else "bulletin_task"
    key += "_late" if words.off.months_overdue > 0 else ""
    value = of.amount(row.goal)
    return word(key, language, owner=owner, name=of.name, need=need, due=of.due, value=value)


def _tasks(selection: Selection, wordings: list[OffPaceWords]) -> Iterator[ReportPage]:
    """Who is to do what by when."""
    language = selection.language
    lines = []
    for words in wordings:
        owner = office_name(words.words.target.owner, language) or word(
            "bulletin_no_owner", language
        )
        lines.append(_task(words, owner, language))
    if lines:
        paragraphs = tuple((Phrase(line),) for line in lines)
        yield ReportPage(PageKind.TEXT, word("bulletin_tasks", language), paragraphs=paragraphs)
