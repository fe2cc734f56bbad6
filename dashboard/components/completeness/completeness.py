"""Builds the board of submissions: one sentence, and a table of streets and periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.wording import below_names
from dashboard.components.completeness.completeness_choice import LAST, Choice
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.completeness import (
    UNASKED,
    Completeness,
    ExpectedForm,
    FormState,
    standing_note,
)
from dashboard.services.submissions.coverage import coverage_words, form_label

# Colour never speaks alone: every state has its sign and its word too.
SIGNS = {
    FormState.REPORTED: "✓",
    FormState.CORRECTED: "✎",
    FormState.LATE: "◷",
    FormState.RETURNED: "↩",
    FormState.WITHDRAWN: "↶",
    FormState.MISSING: "✕",
    FormState.NOT_DUE: "○",
}
HAVE_COME = (FormState.REPORTED, FormState.LATE, FormState.CORRECTED)


def span_of(board: Completeness, form: str, span: str, now: Period) -> list[Period]:
    """The periods shown: a year's, or those of the twelve months to the last one that has ended.

    Later ones of which something has come are shown too.
    """
    known = board.periods(form)
    if span != LAST:
        return [period for period in known if str(period.year) == span]
    begun = [period for period in known if period < now or board.has_come(period, form)]
    last = max(begun, default=None)
    return [p for p in begun if last and last.plus(-12) < p]


def _rows(board: Completeness, areas: Areas, choice: Choice, shown: Sequence[Period]) -> list[str]:
    """The area itself first, then those below that have a state anywhere in the span."""
    periods_shown = set(shown)
    there = {
        s.area
        for s in board.standings.values()
        if s.period in periods_shown and choice.form in ("", s.form)
    }
    below = [area.code for area in areas.children(choice.area) if area.code in there]
    return [*([choice.area] if choice.area in there else []), *below]


def sentence(
    board: Completeness, choice: Choice, rows: Sequence[str], period: Period, language: str
) -> str:
    """How many of those expected are in which state in one period."""
    counts = board.counts(rows, period, choice.form)
    parts = word("chart_comma", language).join(
        word(
            "completeness_part",
            language,
            count=counts[state],
            state=word(f"state_{state}", language),
        )
        for state in SIGNS
        if counts[state] or state is FormState.REPORTED
    )
    streets = choice.area not in rows
    who = word("chart_many_street" if streets else "completeness_units", language)
    when = periods.name(period, language)
    expected = sum(counts.values())
    return word(
        "completeness_sentence", language, period=when, expected=expected, who=who, parts=parts
    )


def _begun(desk: FrontDesk, choice: Choice, period: Period, language: str) -> str:
    """What has come of a period that is not over, and what has not."""
    coverage = desk.reporting.coverage(choice.area, period)
    text = coverage_words(coverage, desk.areas(), choice.area, language, whole=True)
    when = periods.name(period, language)
    return word("completeness_begun", language, period=when, text=text) if text else ""


def _cell(
    board: Completeness, place: tuple[str, Period], choice: Choice, selection: Selection
) -> Cell:
    standing = board.of(*place, choice.form)
    if standing is None:
        return Cell("—", kind="state-none")
    language, key = selection.language, f"{standing.area}.{standing.period}"
    description = standing_note(standing, language)
    return Cell(
        word(f"state_{standing.state}", language),
        arrow=SIGNS[standing.state],
        href=choice.address(selection, key),
        as_page=True,
        kind=f"state state-{standing.state}",
        small=_share_of_forms(board, standing, choice, language)
        or (f"{standing.received:%m-%d}" if standing.received else ""),
        meaning=description,
    )


def _share_of_forms(
    board: Completeness, standing: ExpectedForm, choice: Choice, language: str
) -> str:
    """How many of several forms have come, where the worst state alone would hide them."""
    each = [] if choice.form else board.each(standing.area, standing.period)
    count = sum(one.counts for one in each)
    if standing.counts or not count:
        return ""
    return word("completeness_forms", language, count=count, total=len(each))


def _summary(counts: Sequence[Mapping[FormState, int]], language: str) -> Row:
    """How many have come of how many, a month each."""
    totals = [f"{sum(c[s] for s in HAVE_COME)}/{sum(c.values())}" for c in counts]
    first = Cell(word("completeness_summary", language), scope="row")
    return Row([first, *map(Cell, totals)], kind="summary")


def board_card(
    desk: FrontDesk, choice: Choice, board: Completeness, selection: Selection, now: Period
) -> list[Component]:
    """Sentence, table and how the forms are expected."""
    language, areas = selection.language, desk.areas()
    form = choice.form if choice.form in board.forms else ""
    choice = replace(choice, form=form)
    shown = span_of(board, form, choice.span, now)
    title = word("completeness_title", language, **below_names(areas, choice.area, language))
    if not shown:
        key = "completeness_none_in_span" if board.forms else "completeness_nothing"
        return [card(title, [html.P(word(key, language), className="empty")])]
    rows = _rows(board, areas, choice, shown)
    newest = max((p for p in shown if p < now), default=shown[-1])
    head = [Cell(word("area", language), scope="col")]
    head += [Cell(periods.name(p, language), scope="col") for p in shown]
    body = []
    for code in rows:
        cells = [_cell(board, (code, p), choice, selection) for p in shown]
        body.append(Row([Cell(area_name(desk, code, language), scope="row"), *cells]))
    body.append(_summary([board.counts(rows, p, form) for p in shown], language))
    caption = f"{area_name(desk, choice.area, language)} · {title}"
    table = real_table(
        caption, [Row(head)], body, kind="board completeness", box="scroll-board", quiet=True
    )
    said = sentence(board, choice, rows, newest, language)
    summary = html.P(said, className="sentence", role="status")
    begun = [
        html.P(text, className="sentence")
        for period in shown
        if period > newest and (text := _begun(desk, choice, period, language))
    ]
    return [
        card(
            title,
            [summary, *begun, _legend(language), table, _expected(desk, board, form, language)],
        )
    ]


def _legend(language: str) -> Component:
    keys = [
        html.Li(
            [
                html.Span(SIGNS[state], className=f"state-{state} state-sign"),
                word(f"state_{state}", language),
            ]
        )
        for state in SIGNS
    ]
    return html.Ul(keys, className="state-legend")


def _expected(desk: FrontDesk, board: Completeness, form: str, language: str) -> Component:
    texts = []
    for expected_form in board.forms.values():
        if form in ("", expected_form.name):
            key = "completeness_unasked" if expected_form.name in UNASKED else "completeness_rhythm"
            rhythm, days = word(expected_form.rhythm.word, language), desk.settings.due_day
            text = word(
                key,
                language,
                form=form_label(expected_form, language, layout=True),
                rhythm=rhythm,
                days=days,
            )
            texts.append(html.Li(text))
    return html.Ul(texts, className="plain-list muted rhythms")
