"""Files and pasted tables are previewed, answered, handed in or discarded; samples are removed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from typing_extensions import TypedDict

from callbacks.addresses import language_of, selection_of, triggered_part
from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.submissions import work
from dashboard.components.submissions.answers import Control
from dashboard.components.submissions.choices import Choice, area_choices, further_choices
from dashboard.components.submissions.submissions import submission_list
from dashboard.components.submissions.word_choices import word_choices
from dashboard.components.submissions.work_progress import Stage, stage_of
from dashboard.services.front_desk import front_desk


class Report(TypedDict):
    """A checked report whose figures are to be handed in: its token, and the area it is of."""

    report: str
    area: str


CONTROLS = {"type": "answer", "what": ALL, "place": ALL}
STAGE = (  # the outputs that show the work, in the order of Stage
    (ids.UPLOAD_FORM, "hidden"),
    (ids.PROGRESS_CARD, "hidden"),
    (ids.PROGRESS, "children"),
    (ids.PREVIEW_CARD, "hidden"),
    (ids.PREVIEW, "children"),
    (ids.HAND_IN_MESSAGE, "children"),
    (ids.NOTE_FIELD, "className"),
    (ids.RECEIPTS, "children"),
    (ids.POLL, "max_intervals"),
    (ids.SUBMISSION_LIST, "children"),
    (ids.HAND_IN_WAITS, "data"),
)


def content_of(upload: str) -> bytes:
    """The bytes of what the browser sends as "data:…;base64,…"; empty where it cannot be read."""
    try:
        return base64.b64decode(upload.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        return b""


def preview_files(
    contents: list[str] | None, names: list[str] | None, stored: work.Work | None
) -> tuple[object, object]:
    """Starts the preview of files that were dropped; empties the drop zone."""
    if not contents or not names or len(contents) != len(names):
        return no_update, no_update
    files = [(name, content_of(c)) for name, c in zip(names, contents, strict=True)]
    return work.begin(front_desk(), files, stored), None


def preview_pasted(
    _clicks: int | None,
    text: str | None,
    page: dict[str, str] | None,
    address: str | None,
    stored: work.Work | None,
) -> tuple[object, object, object]:
    """Starts the preview of a pasted table; says so where nothing was pasted."""
    language = language_of(address)
    if not (text or "").strip():
        return no_update, word("paste_nothing", language), no_update
    files = work.pasted(text or "", page, word("paste_name", language))
    return work.begin(front_desk(), files, stored), "", ""


def preview_report(asked: Report | None, stored: work.Work | None, address: str | None) -> object:
    """Starts the preview of a checked report's figures, once for each report."""
    if not asked or (stored or {}).get("report") == asked["report"]:
        return no_update
    language = language_of(address)
    return work.begin_report(front_desk(), asked["report"], asked["area"], language)


def continue_work(
    _clicks: object,
    stored: work.Work | None,
    answers: tuple[list[Control], list[Any]],
    note: str | None,
    address: str | None,
) -> tuple[object, object]:
    """Previews again with the answers, or hands in; says what is missing.

    ``answers`` are the ids of the controls and their values.
    """
    act = work.hand_in if ctx.triggered_id == ids.HAND_IN else work.again
    before = stored or {}
    following, message = act(front_desk(), before, *answers, note or "")
    following = work.of_report(following, before) if following else following
    language = language_of(address)
    return following or no_update, word(message, language) if message else no_update


def register_streets(
    clicks: list[int | None],
    stored: work.Work | None,
    answers: tuple[list[Control], list[Any]],
    address: str | None,
) -> tuple[object, object]:
    """Previews again with the unknown streets registered, or says why they cannot be."""
    if not any(clicks):  # the buttons were only drawn
        return no_update, no_update
    place = triggered_part("place")
    following, message = work.register_streets(front_desk(), stored or {}, *answers, place)
    return following or no_update, message[language_of(address)] if message else no_update


def discard(_clicks: int | None, stored: work.Work | None) -> work.Work:
    """Forgets the files of the preview."""
    return work.discard(front_desk(), stored)


def cancel(_clicks: int | None, stored: work.Work | None) -> bool:
    """Asks the work in hand to stop; the button can be used again."""
    work.cancel(front_desk(), stored)
    return False


def draw_work(stored: work.Work | None, ticks: int | None, address: str | None) -> Stage:
    """Shows the work in hand: the form, progress, the preview or the receipts."""
    return stage_of(
        front_desk(), stored, selection_of(address), ctx.triggered_id == ids.POLL, ticks
    )


def find_areas(text: str | None, chosen: str | None, address: str | None) -> list[Choice]:
    """The areas whose name contains what was typed."""
    language = language_of(address)
    return area_choices(front_desk(), text or "", chosen or "", language)


def find_indicators(
    text: str | None, chosen: str | None, offered: list[Choice], address: str | None
) -> list[Choice]:
    """The indicators that a search for what was typed finds."""
    language = language_of(address)
    return further_choices(front_desk(), text or "", offered, chosen or "", language)


def find_meanings(
    text: str | None, chosen: str | None, stored: work.Work | None, address: str | None
) -> list[Choice]:
    """The meanings of a word that a search for what was typed finds."""
    desk, language = front_desk(), language_of(address)
    asked = work.word_at(desk, stored, triggered_part("place"))
    return word_choices(desk, asked, text or "", chosen or "", language)


def draw_folded(
    _clicks: int | None, stored: work.Work | None, drawn: object, address: str | None
) -> object:
    """Draws a folded part of the preview when it is opened for the first time."""
    language, place = language_of(address), triggered_part("place")
    return no_update if drawn else work.folded_part(front_desk(), stored, place, language)


def ask_to_remove(clicks: int | None) -> bool:
    """Asks before the samples are removed."""
    return bool(clicks)


def remove_samples(
    clicks: int | None, address: str | None
) -> tuple[object, list[Component] | object]:
    """Removes the samples; says how many and lists what is left."""
    if not clicks:
        return no_update, no_update
    count, selection = front_desk().submissions.remove_samples(), selection_of(address)
    text = word("samples_removed", selection.language, count=count)
    return text, submission_list(front_desk(), selection)


# The controls with a search: what each asks for, how it is searched, and what the search needs
# besides what is typed and chosen ("" for the control itself).
SEARCHES: tuple[tuple[str, Callable[..., list[Choice]], tuple[tuple[str, str], ...]], ...] = (
    ("area", find_areas, ()),
    ("line", find_indicators, (("", "options"),)),
    ("reading", find_indicators, (("", "options"),)),
    ("word", find_meanings, ((ids.UPLOAD_WORK, "data"),)),
)


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.UPLOAD_WORK, "data"),
        Output(ids.UPLOAD, "contents"),
        Input(ids.UPLOAD, "contents"),
        State(ids.UPLOAD, "filename"),
        State(ids.UPLOAD_WORK, "data"),
        prevent_initial_call=True,
    )(preview_files)
    app.callback(
        Output(ids.UPLOAD_WORK, "data", allow_duplicate=True),
        Output(ids.UPLOAD_FILES, "children"),
        Output(ids.PASTE, "value"),
        Input(ids.PASTE_PREVIEW, "n_clicks"),
        State(ids.PASTE, "value"),
        State(ids.PASTE_PAGE, "data"),
        State(ids.URL, "search"),
        State(ids.UPLOAD_WORK, "data"),
        prevent_initial_call=True,
    )(preview_pasted)
    app.callback(
        Output(ids.UPLOAD_WORK, "data", allow_duplicate=True),
        Input(ids.UPLOAD_REPORT, "data"),
        State(ids.UPLOAD_WORK, "data"),
        State(ids.URL, "search"),
        prevent_initial_call="initial_duplicate",
    )(preview_report)
    app.callback(
        Output(ids.UPLOAD_WORK, "data", allow_duplicate=True),
        Output(ids.HAND_IN_MESSAGE, "children", allow_duplicate=True),
        inputs={
            "_clicks": (Input(ids.PREVIEW_AGAIN, "n_clicks"), Input(ids.HAND_IN, "n_clicks")),
            "stored": State(ids.UPLOAD_WORK, "data"),
            "answers": (State(CONTROLS, "id"), State(CONTROLS, "value")),
            "note": State(ids.UPLOAD_NOTE, "value"),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(continue_work)
    app.callback(
        Output(ids.UPLOAD_WORK, "data", allow_duplicate=True),
        Output(ids.HAND_IN_MESSAGE, "children", allow_duplicate=True),
        inputs={
            "clicks": Input({"type": "register-streets", "place": ALL}, "n_clicks"),
            "stored": State(ids.UPLOAD_WORK, "data"),
            "answers": (State(CONTROLS, "id"), State(CONTROLS, "value")),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(register_streets)
    app.callback(
        Output(ids.UPLOAD_WORK, "data", allow_duplicate=True),
        Input(ids.DISCARD, "n_clicks"),
        State(ids.UPLOAD_WORK, "data"),
        prevent_initial_call=True,
    )(discard)
    app.callback(
        Output(ids.CANCEL, "disabled"),
        Input(ids.CANCEL, "n_clicks"),
        State(ids.UPLOAD_WORK, "data"),
        prevent_initial_call=True,
    )(cancel)
    app.callback(
        *(Output(name, prop) for name, prop in STAGE),
        Input(ids.UPLOAD_WORK, "data"),
        Input(ids.POLL, "n_intervals"),
        State(ids.URL, "search"),
    )(draw_work)
    app.clientside_callback(
        ClientsideFunction("submissions", "holdBack"),
        Output(ids.HAND_IN, "disabled"),
        Output(ids.PREVIEW_AGAIN, "className"),
        Output(ids.HAND_IN, "className"),
        Output(ids.ANSWER_CHANGED, "hidden"),
        Input(ids.HAND_IN_WAITS, "data"),
        Input(ids.UPLOAD_NOTE, "value"),
        Input(CONTROLS, "value"),
        State(CONTROLS, "id"),
        State(ids.UPLOAD_WORK, "data"),
    )
    for what, find, states in SEARCHES:
        control = {"type": "answer", "what": what, "place": MATCH}
        app.callback(
            Output(control, "options"),
            Input(control, "search_value"),
            State(control, "value"),
            *(State(control if name == "" else name, prop) for name, prop in states),
            State(ids.URL, "search"),
            prevent_initial_call=True,
        )(find)
    app.callback(
        Output({"type": "fold-content", "place": MATCH}, "children"),
        Input({"type": "fold-summary", "place": MATCH}, "n_clicks"),
        State(ids.UPLOAD_WORK, "data"),
        State({"type": "fold-content", "place": MATCH}, "children"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(draw_folded)
    app.callback(
        Output(ids.REMOVE_CONFIRM, "displayed"),
        Input(ids.REMOVE_SAMPLES, "n_clicks"),
        prevent_initial_call=True,
    )(ask_to_remove)
    app.callback(
        Output(ids.REMOVED, "children"),
        Output(ids.SUBMISSION_LIST, "children", allow_duplicate=True),
        Input(ids.REMOVE_CONFIRM, "submit_n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(remove_samples)
