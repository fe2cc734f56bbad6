"""Builds the report page: its choices, the outline, the buttons that make it, and saved reports."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import LANGUAGES, word
from dashboard.base.settings import LONGEST_MARKING
from dashboard.catalogue.topics import Topic
from dashboard.charts.model.plan import DECKS, DIRECTOR, FIGURES, PARTS
from dashboard.charts.model.selection import Selection
from dashboard.components.reports.refresh_part import refresh_part
from dashboard.components.reports.report_outline import chart_name, made_name
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.fields import signature_input
from dashboard.components.shell.filters import depth
from dashboard.components.shell.role_parts import for_role
from dashboard.components.shell.sparks import sparkline
from dashboard.services.access.person import Role
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.make import BULLETIN
from dashboard.services.reports.proposal import Pick

FORMATS = ("pptx", "docx", "xlsx", "pdf")
USUAL = "-"  # the shipped slide template, as the control knows it
PROPOSED = "proposed"  # the list of proposed pages, as those of topics are named
POLL = 400  # milliseconds


def _field(label: str, control: Component, name: str, kind: str = "") -> Component:
    return html.Div([html.Label(label, htmlFor=name), control], className=f"filter {kind}".strip())


def _group(label: str, control: Component) -> Component:
    return html.Fieldset([html.Legend(label), control], className="filter")


def area_options(desk: FrontDesk, language: str) -> list[dict[str, object]]:
    """The areas that a report may be about, those below one indented."""
    return [
        {"label": "\u3000" * depth(c) + str(c["label"]), "value": c["value"], "search": c["search"]}
        for c in desk.selections.area_choices(language)
    ]


def _options(
    desk: FrontDesk, topic: Topic, every: Sequence[str], selection: Selection
) -> list[dict[str, str]]:
    """The declared charts of a topic, then one of every other figure that the area has of it."""
    declared = [f"{topic.id}/{chart.id}" for chart in topic.charts]
    options = []
    for ref in declared:
        title, has_figures = chart_name(desk, ref, selection)
        mark = "" if has_figures else f" · {word('report_no_figures', selection.language)}"
        options.append({"label": title + mark, "value": ref})
    made = [ref for ref in every if ref not in declared]
    return options + [{"label": made_name(desk, ref, selection), "value": ref} for ref in made]


def _topics(desk: FrontDesk, selection: Selection, chosen: list[str]) -> Component:
    language, folded = selection.language, []
    refs = desk.topics.refs_of_each(selection)  # reads the figures of all charts together
    for topic in desk.catalogue.topic_order():
        options = _options(desk, topic, refs[topic.id], selection)
        checks = dbc.Checklist(
            id=ids.report_charts(topic.id),
            options=options,
            value=[option["value"] for option in options if option["value"] in chosen],
        )
        every = html.Button(
            word("report_all", language),
            id=ids.report_all(topic.id),
            type="button",
            className="tool",
            disabled=not options,
        )
        folded.append(
            html.Details(
                [html.Summary(topic.title[language]), every, checks],
                className="report-topic",
            )
        )
    none = html.Button(
        word("report_none", language), id=ids.REPORT_NONE, type="button", className="tool"
    )
    return html.Div([none, *folded])


def _deck(language: str) -> Component:
    """Which kind of deck is made."""
    return dbc.RadioItems(
        id=ids.REPORT_DECK,
        options=[{"label": word(f"report_deck_{deck}", language), "value": deck} for deck in DECKS],
        value=DIRECTOR,
        inline=True,
    )


def _proposed(desk: FrontDesk, picks: list[Pick], selection: Selection) -> Component:
    """The pages that are proposed, each with its course and its reason."""
    language = selection.language
    options = [{"label": _labelled(desk, pick, selection), "value": pick.ref} for pick in picks]
    checks = dbc.Checklist(
        id=ids.report_charts(PROPOSED),
        options=options,
        value=[pick.ref for pick in picks],
    )
    text = word("report_proposed_help" if picks else "report_proposed_none", language)
    return html.Div([html.P(text, className="muted"), checks], className="report-proposed")


def _labelled(desk: FrontDesk, pick: Pick, selection: Selection) -> Component:
    reason = html.Small(pick.reason, className="muted")
    course = None
    if pick.ref != FIGURES:
        chart = desk.figures.chart(pick.ref, selection)
        values = chart.series[0].values if chart.series else ()
        course = sparkline(values, "", 84, 24)
    drawn = html.Span(course.component() if course else None)
    return html.Span([drawn, html.Span([pick.name, " ", reason])], className="proposed-page")


def _choices(desk: FrontDesk, selection: Selection) -> list[Component]:
    language = selection.language
    areas = dcc.Dropdown(
        id=ids.REPORT_AREAS,
        options=area_options(desk, language),
        value=[selection.area],
        multi=True,
        maxHeight=380,
        placeholder=word("report_areas", language),
        labels={
            "search": word("filter_search", language),
            "clear_search": word("filter_clear", language),
            "clear_selection": word("filter_clear", language),
            "no_options_found": word("filter_none_found", language),
        },
    )
    title = dbc.Input(
        id=ids.REPORT_TITLE,
        value="",
        maxlength=200,
        placeholder=word("report_title_usual", language),
    )
    marking = dbc.Input(
        id=ids.REPORT_MARKING,
        value="",
        maxlength=LONGEST_MARKING,
        placeholder=word("report_marking_usual", language),
    )
    parts = dbc.Checklist(
        id=ids.REPORT_PARTS,
        options=[{"label": word(f"report_part_{part}", language), "value": part} for part in PARTS],
        value=list(PARTS),
        inline=True,
    )
    languages = dbc.RadioItems(
        id=ids.REPORT_LANGUAGE,
        options=[
            {"label": word(f"language_{language}", language), "value": language}
            for language in LANGUAGES
        ],
        value=language,
        inline=True,
    )
    return [
        _field(word("report_areas", language), areas, ids.REPORT_AREAS),
        _field(word("report_title_label", language), title, ids.REPORT_TITLE),
        _field(word("report_marking_label", language), marking, ids.REPORT_MARKING),
        _group(word("report_parts", language), parts),
        _group(word("language", language), languages),
    ]


def saved_options(desk: FrontDesk) -> list[dict[str, str]]:
    """The saved reports, as a list to choose from."""
    return [{"label": row.name, "value": row.name} for row in desk.plans.all()]


def _saved(desk: FrontDesk, language: str) -> Component:
    chosen = dbc.Select(
        id=ids.REPORT_SAVED,
        options=saved_options(desk),
        placeholder=word("report_saved_none", language),
    )
    name = dbc.Input(id=ids.REPORT_NAME, value="", maxlength=60)
    by = signature_input(ids.REPORT_BY, 60)
    naming = (
        _field(word("report_name", language), name, ids.REPORT_NAME),
        _field(word("report_by", language), by, ids.REPORT_BY),
    )
    buttons = [
        dbc.Button(word(key, language), id=name_of, color="secondary", outline=True, size="sm")
        for key, name_of in (
            ("report_save", ids.REPORT_SAVE),
            ("report_rename", ids.REPORT_RENAME),
            ("report_remove", ids.REPORT_REMOVE),
        )
    ]
    return html.Section(
        [
            html.H2(word("report_saved", language)),
            html.Div(
                [
                    _field(word("report_saved_choose", language), chosen, ids.REPORT_SAVED),
                    *(for_role(Role.EDITOR, field) for field in naming),
                ],
                className="field-grid",
            ),
            for_role(Role.EDITOR, html.Div(buttons, className="buttons")),
            html.P(id=ids.REPORT_MESSAGE, className="form-message", role="status"),
        ],
        className="panel-card",
    )


def _make(slides: list[str], language: str) -> Component:
    own = dbc.Select(
        id=ids.REPORT_SLIDES,
        options=[{"label": word("report_slides_usual", language), "value": USUAL}]
        + [{"label": name, "value": name} for name in slides],
        value=USUAL,
    )
    buttons = [
        dbc.Button(word(f"report_make_{form}", language), id=ids.report_make(form), color="primary")
        for form in FORMATS
    ]
    buttons.append(
        dbc.Button(
            word("report_make_bulletin", language),
            id=ids.report_make(BULLETIN),
            color="secondary",
            outline=True,
        )
    )
    progress = html.Div(
        [
            html.Div(id=ids.REPORT_PROGRESS, role="status"),
            dbc.Button(
                word("report_cancel", language),
                id=ids.REPORT_CANCEL,
                color="secondary",
                outline=True,
            ),
        ],
        id=ids.REPORT_PROGRESS + "-card",
        className="work-progress",
        hidden=True,
    )
    return html.Section(
        [
            html.H2(word("report_make", language)),
            _field(word("report_slides", language), own, ids.REPORT_SLIDES, "report-slides"),
            html.Div(id=ids.REPORT_TEMPLATE, role="status"),
            html.Div(
                buttons,
                className="buttons",
                role="group",
                **aria(label=word("report_make", language)),
            ),
            progress,
            html.Div(id=ids.REPORT_DONE, role="status"),
        ],
        className="panel-card",
    )


def report_form(desk: FrontDesk, selection: Selection, slides: list[str]) -> list[Component]:
    """The blocks of the page; ``slides`` are the bureau's own templates."""
    language = selection.language
    picks = desk.reports.proposed(selection)
    chosen = [pick.ref for pick in picks]
    return [
        html.Div(
            [
                html.Section(
                    [
                        html.H2(word("report_contents_title", language)),
                        _group(word("report_deck", language), _deck(language)),
                        html.H3(word("report_proposed", language)),
                        _proposed(desk, picks, selection),
                        *_choices(desk, selection),
                        html.H3(word("report_charts", language)),
                        _topics(desk, selection, chosen),
                    ],
                    className="panel-card",
                ),
                html.Div(
                    [
                        _make(slides, language),
                        html.Section(
                            [
                                html.H2(word("report_outline", language)),
                                html.P(word("report_outline_help", language), className="muted"),
                                html.Div(id=ids.REPORT_OUTLINE),
                            ],
                            className="panel-card",
                        ),
                        refresh_part(desk, selection),
                        _saved(desk, language),
                    ],
                    className="report-side",
                ),
            ],
            className="report-builder",
        ),
        dcc.Store(id=ids.REPORT_ORDER, data=chosen),
        dcc.Store(id=ids.REPORT_JOB, storage_type="session"),
        dcc.Interval(id=ids.REPORT_POLL, interval=POLL, max_intervals=0),
    ]
