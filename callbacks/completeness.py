"""The board follows its controls; periods are locked and unlocked."""

from __future__ import annotations

from collections.abc import Mapping

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.addresses import selection_of
from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.submissions.locks import NONE, lock_list, unlock_choices
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import front_desk
from dashboard.store.opening import StoreError

Outputs = tuple[object, object, object]


def _done(key: str, months: object, selection: Selection) -> Outputs:
    desk, text = front_desk(), word(key, selection.language, months=months)
    return text, lock_list(desk, selection), unlock_choices(desk, selection)


def _refused(error: UnknownName | StoreError, selection: Selection) -> Outputs:
    language = selection.language
    return word("locks_refused", language, reason=error.text[language]), no_update, no_update


def lock(_clicks: int | None, typed: Mapping[str, str | None], address: str | None) -> Outputs:
    """Locks a period of an area; says which months, or why not."""
    selection = selection_of(address)
    fields = (typed[name] or "" for name in ("area", "period", "by", "reason"))
    try:
        months = front_desk().locks.lock(*fields)
    except (UnknownName, StoreError) as error:
        return _refused(error, selection)
    return _done("locks_locked", months, selection)


def unlock(
    _clicks: int | None,
    which: str | None,
    by: str | None,
    reason: str | None,
    address: str | None,
) -> Outputs:
    """Unlocks the chosen period; says which months, or why not."""
    selection = selection_of(address)
    if not which or which == NONE:
        return word("locks_choose_first", selection.language), no_update, no_update
    area, _, period = which.partition(" ")
    try:
        months = front_desk().locks.unlock(area, period, by or "", reason or "")
    except (UnknownName, StoreError) as error:
        return _refused(error, selection)
    return _done("locks_unlocked", months, selection)


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.clientside_callback(
        ClientsideFunction("completeness", "turnToBoard"),
        Output(ids.DRILL_LINK, "data", allow_duplicate=True),
        Input(ids.COMPLETENESS_AREA, "value"),
        Input(ids.COMPLETENESS_FORM, "value"),
        Input(ids.COMPLETENESS_SPAN, "value"),
        State(ids.COMPLETENESS_DRAWN, "data"),
        prevent_initial_call=True,
    )
    outputs = [
        Output(ids.LOCK_MESSAGE, "children"),
        Output(ids.LOCK_LIST, "children"),
        Output(ids.UNLOCK_WHICH, "options"),
    ]
    app.callback(
        *outputs,
        inputs={
            "_clicks": Input(ids.LOCK, "n_clicks"),
            "typed": {
                "area": State(ids.LOCK_AREA, "value"),
                "period": State(ids.LOCK_PERIOD, "value"),
                "by": State(ids.LOCK_BY, "value"),
                "reason": State(ids.LOCK_REASON, "value"),
            },
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(lock)
    app.callback(
        *(
            Output(output.component_id, output.component_property, allow_duplicate=True)
            for output in outputs
        ),
        Input(ids.UNLOCK, "n_clicks"),
        State(ids.UNLOCK_WHICH, "value"),
        State(ids.UNLOCK_BY, "value"),
        State(ids.UNLOCK_REASON, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(unlock)
