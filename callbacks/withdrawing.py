"""A submission is withdrawn or returned, after a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dash import Dash, Input, Output, State, ctx, html, no_update

from callbacks.addresses import language_of, selection_of
from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.submissions.submissions import submission_list
from dashboard.components.submissions.withdrawing import withdrawing_card
from dashboard.components.submissions.work import HAND_IN, Work
from dashboard.components.submissions.work_progress import stage_of
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


class TakenBack(NamedTuple):
    """The outputs of taking back: what stands in the way, the card, the list, the receipts."""

    message: object = no_update
    card: object = no_update
    submissions: object = no_update
    receipts: object = no_update


def take_back(
    _clicks: object,
    number: int,
    signed: Mapping[str, str | None],
    stored: Work | None,
    address: str | None,
) -> TakenBack:
    """Withdraws or returns the submission; shows it as it is now wherever it stands."""
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        return TakenBack()
    desk, selection = front_desk(), selection_of(address)
    language, back = selection.language, ctx.triggered_id == ids.RETURN_SUBMISSION_CONFIRM
    try:
        by, reason = (signed["by"] or "").strip(), signed["reason"] or ""
        count = desk.submissions.withdraw(number, by, reason, returned=back)
    except (NotFound, StoreError) as error:
        return TakenBack(word("locks_refused", language, reason=error.text[language]))
    key = "withdrawing_done_return" if back else "withdrawing_done_withdraw"
    text = word(key, language, number=number, count=f"{count:,}")
    card = [
        html.P(text, id=ids.WITHDRAW_MESSAGE, role="status", className="notice"),
        withdrawing_card(desk, str(number), selection),
    ]
    receipts: object = no_update
    if (stored or {}).get("act") == HAND_IN:
        receipts = stage_of(desk, stored, selection, True, None).receipts
    return TakenBack(card=card, submissions=submission_list(desk, selection), receipts=receipts)


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
        Output(ids.WITHDRAWING, "children"),
        Output(ids.SUBMISSION_LIST, "children", allow_duplicate=True),
        Output(ids.RECEIPTS, "children", allow_duplicate=True),
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
            "stored": State(ids.UPLOAD_WORK, "data"),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(take_back)
