"""Writes the minutes of a meeting: what was shown with its figures as they were, and who does what.

Nothing is drawn: the figures are those of the meeting's slides, small counts hidden as there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.base.language import day_name, known_name, word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage
from dashboard.charts.text.sentence_traces import traced_sentence
from dashboard.exports.page_remarks import chart_remarks
from dashboard.store.meetings import Meeting
from dashboard.store.questions import Question


def minutes(slides: Report, meeting: Meeting, questions: Sequence[Question], made: date) -> Report:
    """The minutes as a report; ``slides`` are the meeting's, ``questions`` those asked in it.

    ``made`` is today: minutes that are prepared before the meeting bear its day.
    """
    language, held = slides.language, date.fromisoformat(meeting.held)
    title = word("minutes_title", language, title=meeting.title)
    pages = (
        ReportPage(PageKind.TITLE, title, level=0),
        _held(slides, meeting),
        *_shown(slides),
        *_asked(questions, language),
        _decided(language),
    )
    subtitle, made = _day(meeting.held, language), max(made, held)
    return replace(slides, title=title, subtitle=subtitle, pages=pages, made=made)


def _day(held: str, language: str) -> str:
    """2026年11月5日, of a day written 2026-11-05."""
    return day_name(date.fromisoformat(held), language)


def _held(slides: Report, meeting: Meeting) -> ReportPage:
    """When and by whom it was held, of when its figures are; lines for who was there."""
    language = slides.language
    text = word(
        "minutes_held",
        language,
        day=_day(meeting.held, language),
        bureau=slides.bureau,
        title=meeting.title,
        moment=known_name(meeting.known, language),
    )
    head = word("minutes_meeting", language)
    people = [word(f"minutes_{name}", language) for name in ("chaired", "present", "absent")]
    paragraphs = tuple((Phrase(line),) for line in (text, *people))
    return ReportPage(PageKind.TEXT, head, level=1, paragraphs=paragraphs)


def _decided(language: str) -> ReportPage:
    """Lines for what was decided, which nobody but the people of the meeting knows."""
    lines = tuple(
        (Phrase(word("minutes_decision", language, number=number)),) for number in (1, 2, 3)
    )
    return ReportPage(PageKind.TEXT, word("minutes_decided", language), level=1, paragraphs=lines)


def _shown(slides: Report) -> list[ReportPage]:
    """What was shown, in order, each with its sentence."""
    language = slides.language
    since = word("meeting_since", language)
    pages = [
        _of_facts(page, language) if page.chart is None else _of_chart(page, page.chart)
        for page in slides.pages
        if page.kind not in (PageKind.TITLE, PageKind.AGENDA) and page.title != since
    ]
    if not pages:
        return []
    return [ReportPage(PageKind.CHAPTER, word("minutes_shown", language), level=1), *pages]


def _of_chart(page: ReportPage, chart: Chart) -> ReportPage:
    """The sentences of a slide with a chart, else that of the chart; of a target how it stands."""
    if page.target is not None:
        stands = ((Phrase(page.target.sentence),),)
        source = _with_remarks(page.source, chart)
        return ReportPage(PageKind.TEXT, page.target.name, paragraphs=stands, source=source)
    paragraphs = page.paragraphs or (traced_sentence(chart),)
    source = _with_remarks(page.source or chart.source, chart)
    return ReportPage(PageKind.TEXT, chart.title, paragraphs=paragraphs, source=source)


def _with_remarks(source: str, chart: Chart) -> str:
    """A line of sources, behind what must be known of the chart's figures."""
    remarks = chart_remarks(chart)
    said = word("report_remarks", chart.language, text=" ".join(remarks)) if remarks else ""
    return " ".join(filter(None, (said, source)))


def _of_facts(page: ReportPage, language: str) -> ReportPage:
    """The facts of a slide without a chart, such as those of a target, as one paragraph."""
    if page.table is not None:
        return page
    paragraphs = page.paragraphs
    if paragraphs:
        facts = ["".join(phrase.text for phrase in paragraph) for paragraph in paragraphs]
        mark = word("chart_semicolon", language)
        paragraphs = ((Phrase(mark.join(facts) + word("full_stop", language)),),)
    return ReportPage(PageKind.TEXT, page.title, paragraphs=paragraphs, source=page.source)


def _asked(questions: Sequence[Question], language: str) -> list[ReportPage]:
    """The questions with who answers by when; a sentence where none was asked."""
    head = word("minutes_questions", language)
    if not questions:
        none = ((Phrase(word("minutes_no_questions", language)),),)
        return [ReportPage(PageKind.TEXT, head, level=1, paragraphs=none)]
    columns = tuple(
        word(f"minutes_{name}", language) for name in ("question", "owner", "due", "answer")
    )
    rows = [
        (
            question.asked,
            question.owner or "—",
            question.due or "—",
            question.answer or word("minutes_open", language),
        )
        for question in questions
    ]
    return [ReportPage(PageKind.TABLE, head, level=1, table=plain_table(head, columns, rows))]
