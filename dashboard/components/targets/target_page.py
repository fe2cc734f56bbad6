"""Builds the page of an open target: its standing in words and figures, and its course so far."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.targets import Target
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import SIGNS, TargetWords, status_word
from dashboard.components.figures.cards import chart_card
from dashboard.components.shell.address import ChartLinks, figure_link, link
from dashboard.components.shell.agenda_button import agenda_button
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.tags import badge
from dashboard.components.targets.bullets import bullet
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.components.targets.target_list import legend, words_of
from dashboard.services.front_desk import FrontDesk


def status_tag(row: Progress, language: str) -> Component:
    """The status as a sign, a word and a colour."""
    sign = html.Span(SIGNS[row.status], className="chip-sign", **aria(hidden="true"))
    return html.Span(
        [sign, status_word(row.status, language)], className=f"status-pill status-{row.status}"
    )


def _facts(row: Progress, words: TargetWords, selection: Selection) -> list[Component]:
    """What is done, lacks, is expected and needed, each under its heading."""
    language = selection.language
    facts: list[tuple[str, Component | str, str]] = [
        ("done", words.done or "—", words.to_do),
        ("gap", words.gap or "—", words.due_now),
        ("level", _actual(row, words, selection), _of_goal(row, words)),
        ("forecast", words.forecast, words.interval or _method(row, language)),
        ("needed", words.needed, words.best or words.short),
    ]
    return [
        html.Div(
            [
                html.Dt(word(f"targets_col_{name}", language)),
                html.Dd([html.Strong(value), html.Small(small) if small else None]),
            ]
        )
        for name, value, small in facts
    ]


def head_card(desk: FrontDesk, row: Progress, selection: Selection) -> Component:
    """The target's name, how it stands in one sentence and in figures, and by which clock."""
    language, words = selection.language, words_of(desk, row, selection.language)
    drawing = bullet(row, is_flow(words.indicator), words.sentence, 560)
    about = [words.place, words.asked, words.due_by]
    about.append(office_name(row.target.owner, language))
    reasons = list(words.reasons)
    source = _source(row, selection)
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(words.name),
                            html.P(" · ".join(filter(None, about)), className="subtitle"),
                        ]
                    ),
                    html.Div(
                        [status_tag(row, language), badge(str(row.target.grade), False, language)],
                        className="badges",
                    ),
                ],
                className="card-head",
            ),
            html.P(words.sentence, className="sentence target-sentence"),
            html.Div([drawing.component(), legend(language)], className="wide-bullet")
            if drawing
            else None,
            html.Dl(_facts(row, words, selection), className="target-facts"),
            html.Ul([html.Li(reason) for reason in reasons], className="notes")
            if reasons
            else None,
            html.P(words.clock, className="muted target-clock") if words.clock else None,
            source,
            html.Div(agenda_button(language, "target", row.target.id), className="agenda-tools"),
            _retired(row, language),
            _moved(desk, row.target, language),
        ],
        className="panel-card target-head",
    )


def _retired(row: Progress, language: str) -> Component | None:
    if not row.target.retired:
        return None
    return html.P(word("target_retired", language, reason=row.target.retired), className="notice")


def _moved(desk: FrontDesk, target: Target, language: str) -> Component | None:
    """Where a target went whose area was merged, split or renamed, and what it was made of."""
    text = desk.targets.moves(target, language)
    return html.P(text, className="notice") if text else None


def _of_goal(row: Progress, words: TargetWords) -> str:
    """The level that is asked for, which stands on this page alone."""
    return "" if row.goal is None else f"/ {words.amount(row.goal)}"


def _method(row: Progress, language: str) -> str:
    forecast = row.forecast
    return word(f"method_{forecast.method}", language) if forecast.method else ""


def _actual(row: Progress, words: TargetWords, selection: Selection) -> Component | str:
    if row.actual_period is None:
        return "—"
    key = FigureKey(row.target.indicator, row.area, row.actual_period)
    return html.A(
        words.actual,
        href=figure_link(key, "/targets", selection),
        className="figure-link",
    )


def _source(row: Progress, selection: Selection) -> Component | None:
    """The sentence that sets the target; one that a report states leads to its figure's page."""
    language, target = selection.language, row.target
    if not target.source:
        return None
    text: list[Component | str] = [word("target_source", language), " ", target.source]
    if not target.registered:
        key = FigureKey(target.indicator, target.area, target.period, kind=FigureKind.TARGET)
        text += [
            " ",
            html.A(
                word("target_source_figure", language), href=figure_link(key, "/targets", selection)
            ),
        ]
    indicator = html.A(
        word("target_indicator", language), href=link(f"/indicators/{target.indicator}", selection)
    )
    return html.P([*text, " ", indicator], className="source")


def chart_part(desk: FrontDesk, row: Progress, selection: Selection) -> list[Component]:
    """What was done by each month against what was expected."""
    at = replace(selection, area=row.area, period=row.period, asked=None)
    ref = f"target:{row.target.id}/path"
    return chart_card(
        desk.figures.chart(ref, at), ref, ChartLinks(selection, "/targets", desk.areas()), at
    )


def link_back(choice: TargetChoice, selection: Selection, *openers: Component | None) -> Component:
    """Back to the list, as it was narrowed; and the buttons that change or divide the target."""
    href = choice.address(selection, target="", at="")
    arrow = html.Span("‹ ", **aria(hidden="true"))
    text = word("targets_back", selection.language)
    back = html.A([arrow, text], href=href, **data(page="1"))
    buttons = html.Div(openers, className="way-actions")
    return html.Div([html.P(back, className="figure-back"), buttons], className="target-way-back")
