"""A report is put together, saved by name, made in the background and cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from dash import ALL, MATCH, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from callbacks.addresses import language_of, selection_of, triggered_part
from dashboard.base.jobs import JobGone
from dashboard.base.language import LANGUAGES, word
from dashboard.charts.model.plan import FULL, PlanError
from dashboard.components.reports.report_choice import (
    Form,
    form_of,
    is_flat,
    is_page_of_deck,
    ordered,
    refs_of,
)
from dashboard.components.reports.report_form import PROPOSED, USUAL, saved_options
from dashboard.components.reports.report_outline import outline
from dashboard.components.reports.report_work import Making, making_of
from dashboard.components.reports.template_part import template_part
from dashboard.components.shell import ids
from dashboard.exports.template_files import TemplateError, read_offered
from dashboard.exports.template_preview import preview_of
from dashboard.services.front_desk import front_desk
from dashboard.services.reports.make import BULLETIN, ReportWish
from dashboard.store.opening import StoreError

CHARTS = {"type": "report-charts", "topic": ALL}
MAKE = {"type": "report-make", "format": ALL}
FORM = [
    State(ids.REPORT_AREAS, "value"),
    State(ids.REPORT_TITLE, "value"),
    State(ids.REPORT_PARTS, "value"),
    State(ids.REPORT_ORDER, "data"),
    State(ids.REPORT_DECK, "value"),
    State(ids.REPORT_MARKING, "value"),
]
Strings = list[str] | None


def order_charts(checked: list[Strings], before: Strings, deck: str | None = None) -> object:
    """Puts the checked charts in order: new ones come last in their topic."""
    order = ordered(before or [], (ref for refs in checked for ref in refs or ()), deck)
    return no_update if order == before else order


def uncheck_all(_clicks: int | None, lists: list[dict[str, str]]) -> tuple[object, object]:
    """Unchecks every chart."""
    return [[] for _ in lists], []


def check_all(_clicks: int | None, options: list[dict[str, str]]) -> list[str]:
    """Checks every chart of a topic."""
    return [option["value"] for option in options]


def draw_outline(
    areas: Strings, parts: Strings, order: Strings, deck: str | None, address: str | None
) -> list[Component]:
    """Draws the outline of the report as it is chosen."""
    topics = front_desk().catalogue.topics
    known = [
        ref
        for ref in order or ()
        if ref.partition("/")[0] in topics or (is_flat(deck) and is_page_of_deck(ref))
    ]
    form = Form(areas, "", parts, known, deck or "")
    return outline(front_desk(), form.plan(), selection_of(address))


def draw_template(slides: str | None, address: str | None) -> object:
    """Draws what goes where in the chosen template, or says what is wrong with it."""
    language, home = language_of(address), front_desk().settings.home
    if slides in (None, USUAL):
        return None
    try:
        return template_part(preview_of(read_offered(home, str(slides))), language)
    except TemplateError as error:
        return html.P(error.message[language], className="notice notice-worse")


def start_making(
    _clicks: list[int | None],
    slides: str | None,
    language: str | None,
    address: str | None,
    *form: object,
) -> tuple[object, object]:
    """Starts to make the file in the background; returns the job's id."""
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        return no_update, no_update
    selection, plan = selection_of(address), form_of(form).plan()
    asked = ctx.triggered_id
    is_bulletin = isinstance(asked, dict) and asked["format"] == BULLETIN
    if not plan.charts and not is_bulletin:
        return no_update, word("report_choose", selection.language)
    spoken = language if language in LANGUAGES else selection.language
    read_in = replace(selection, language=spoken)
    wish = ReportWish(
        plan, read_in, triggered_part("format"), "" if slides in (None, USUAL) else str(slides)
    )
    desk = front_desk()
    return desk.jobs.start(desk.reports.making(wish)), ""


def draw_making(job: str | None, ticks: int | None, address: str | None) -> Making:
    """Shows how far the file is, and the link to it once it is made."""
    return making_of(front_desk(), job, ticks, language_of(address))


def cancel(_clicks: int | None, job: str | None) -> bool:
    """Asks the job to stop; the button can be used again."""
    with suppress(JobGone):  # it is over: nothing is left to be stopped
        front_desk().jobs.cancel(job or "")
    return False


def open_saved(name: str | None, lists: list[dict[str, str]], areas: Strings) -> tuple[Any, ...]:
    """Sets the controls to what a saved report asks for."""
    desk = front_desk()
    plan = desk.plans.get(name) if name else None
    if plan is None:
        return ([no_update] * len(lists), *[no_update] * 7)
    refs = refs_of(desk, plan)
    checked = [[ref for ref in refs if _is_of(ref, group["topic"])] for group in lists]
    deck = plan.deck or FULL
    found = (list(plan.areas) or areas, plan.title, list(plan.parts), plan.name, deck)
    return checked, refs, *found, plan.marking


def _is_of(ref: str, topic: str) -> bool:
    """Whether a chart stands in the list of a topic, or in that of proposed pages."""
    if topic == PROPOSED:
        return is_page_of_deck(ref)
    return ref.startswith(f"{topic}/")


def change_saved(
    _clicks: object, saved: Mapping[str, str | None], form: Sequence[object], address: str | None
) -> tuple[object, object]:
    """Saves, renames or removes a saved report; says what was done.

    ``saved`` holds the chosen report, the name typed and who signs (chosen, name, by).
    """
    desk, language, act = front_desk(), language_of(address), str(ctx.triggered_id)
    chosen, new = saved["chosen"], (saved["name"] or "").strip()
    who = (saved["by"] or "").strip()
    try:
        if act == ids.REPORT_SAVE:
            desk.plans.keep(new, form_of(form).plan(), who)
        elif act == ids.REPORT_RENAME:
            desk.plans.rename(chosen or "", new, who)
        else:
            desk.plans.remove(chosen or "", who)
    except PlanError as error:
        return error.message[language], no_update
    except StoreError as error:
        return error.text[language], no_update
    return word(act.replace("-", "_") + "_done", language, name=new or chosen), saved_options(desk)


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.REPORT_ORDER, "data", allow_duplicate=True),
        Input(CHARTS, "value"),
        State(ids.REPORT_ORDER, "data"),
        State(ids.REPORT_DECK, "value"),
        prevent_initial_call=True,
    )(order_charts)
    app.callback(
        Output(CHARTS, "value", allow_duplicate=True),
        Output(ids.REPORT_ORDER, "data", allow_duplicate=True),
        Input(ids.REPORT_NONE, "n_clicks"),
        State(CHARTS, "id"),
        prevent_initial_call=True,
    )(uncheck_all)
    app.callback(
        Output({"type": "report-charts", "topic": MATCH}, "value", allow_duplicate=True),
        Input({"type": "report-all", "topic": MATCH}, "n_clicks"),
        State({"type": "report-charts", "topic": MATCH}, "options"),
        prevent_initial_call=True,
    )(check_all)
    app.callback(
        Output(ids.REPORT_OUTLINE, "children"),
        Input(ids.REPORT_AREAS, "value"),
        Input(ids.REPORT_PARTS, "value"),
        Input(ids.REPORT_ORDER, "data"),
        Input(ids.REPORT_DECK, "value"),
        Input(ids.URL, "search"),
    )(draw_outline)
    app.callback(
        Output(ids.REPORT_TEMPLATE, "children"),
        Input(ids.REPORT_SLIDES, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(draw_template)
    app.callback(
        Output(ids.REPORT_JOB, "data"),
        Output(ids.REPORT_DONE, "children", allow_duplicate=True),
        Input(MAKE, "n_clicks"),
        State(ids.REPORT_SLIDES, "value"),
        State(ids.REPORT_LANGUAGE, "value"),
        State(ids.URL, "search"),
        *FORM,
        prevent_initial_call=True,
    )(start_making)
    app.callback(
        Output(ids.REPORT_PROGRESS + "-card", "hidden"),
        Output(ids.REPORT_PROGRESS, "children"),
        Output(ids.REPORT_DONE, "children"),
        Output(ids.REPORT_POLL, "max_intervals"),
        Input(ids.REPORT_JOB, "data"),
        Input(ids.REPORT_POLL, "n_intervals"),
        State(ids.URL, "search"),
    )(draw_making)
    app.callback(
        Output(ids.REPORT_CANCEL, "disabled"),
        Input(ids.REPORT_CANCEL, "n_clicks"),
        State(ids.REPORT_JOB, "data"),
        prevent_initial_call=True,
    )(cancel)
    app.callback(
        Output(CHARTS, "value"),
        Output(ids.REPORT_ORDER, "data", allow_duplicate=True),
        Output(ids.REPORT_AREAS, "value"),
        Output(ids.REPORT_TITLE, "value"),
        Output(ids.REPORT_PARTS, "value"),
        Output(ids.REPORT_NAME, "value"),
        Output(ids.REPORT_DECK, "value"),
        Output(ids.REPORT_MARKING, "value"),
        Input(ids.REPORT_SAVED, "value"),
        State(CHARTS, "id"),
        State(ids.REPORT_AREAS, "value"),
        prevent_initial_call=True,
    )(open_saved)
    app.callback(
        Output(ids.REPORT_MESSAGE, "children"),
        Output(ids.REPORT_SAVED, "options"),
        inputs={
            "_clicks": (
                Input(ids.REPORT_SAVE, "n_clicks"),
                Input(ids.REPORT_RENAME, "n_clicks"),
                Input(ids.REPORT_REMOVE, "n_clicks"),
            ),
            "saved": {
                "chosen": State(ids.REPORT_SAVED, "value"),
                "name": State(ids.REPORT_NAME, "value"),
                "by": State(ids.REPORT_BY, "value"),
            },
            "form": tuple(FORM),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(change_saved)
