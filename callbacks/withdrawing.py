"""A submission is withdrawn or returned, after a question."""

from __future__ import annotations

from collections.abc import Mapping

from dash import Dash, Input, Output, State, ctx, no_update

from callbacks.addresses import language_of, selection_of
from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.submissions.submissions import submission_list
from dashboard.services.context import NotFound
from dashboard.services.front_desk import front_desk
from dashboard.store.opening import StoreError


def ask_first(
    _withdraw: int | None, _return: int | None, reason: str | None, address: str | None
) -> tuple[bool, bool, str]:
    """Which question to show: (withdraw, return, what is missing)."""
    if not (reason or "").strip():
        language = language_of(address)
        return False, False, word("withdrawing_needs_reason", language)
    back = ctx.triggered_id == ids.RETURN_SUBMISSION
    return not back, back, ""


def take_back(
    _clicks: object, number: int, signed: Mapping[str, str | None], address: str | None
) -> tuple[object, object]:
    """Withdraws or returns the submission; says what was done and lists what is left."""
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        return no_update, no_update
    desk, selection = front_desk(), selection_of(address)
    language, back = selection.language, ctx.triggered_id == ids.RETURN_SUBMISSION_CONFIRM
    try:
        by, reason = (signed["by"] or "").strip(), signed["reason"] or ""
        count = desk.submissions.withdraw(number, by, reason, returned=back)
    except (NotFound, StoreError) as error:
        return word("locks_refused", language, reason=error.text[language]), no_update
    key = "withdrawing_done_return" if back else "withdrawing_done_withdraw"
    text = word(key, language, number=number, count=f"{count:,}")
    return text, submission_list(desk, selection)


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.WITHDRAW_CONFIRM, "displayed"),
        Output(ids.RETURN_SUBMISSION_CONFIRM, "displayed"),
        Output(ids.WITHDRAW_MESSAGE, "children"),
        Input(ids.WITHDRAW, "n_clicks"),
        Input(ids.RETURN_SUBMISSION, "n_clicks"),
        State(ids.WITHDRAW_REASON, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(ask_first)
    app.callback(
        Output(ids.WITHDRAW_MESSAGE, "children", allow_duplicate=True),
        Output(ids.SUBMISSION_LIST, "children", allow_duplicate=True),
        inputs={
            "_clicks": (
                Input(ids.WITHDRAW_CONFIRM, "submit_n_clicks"),
                Input(ids.RETURN_SUBMISSION_CONFIRM, "submit_n_clicks"),
            ),
            "number": State(ids.WITHDRAW_NUMBER, "data"),
            "signed": {
                "by": State(ids.WITHDRAW_BY, "value"),
                "reason": State(ids.WITHDRAW_REASON, "value"),
            },
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(take_back)
