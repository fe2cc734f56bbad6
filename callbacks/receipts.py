"""A view gets its receipt on demand, and a typed code is opened."""

from __future__ import annotations

from urllib.parse import quote

from dash import Dash, Input, Output, State, html, no_update

from callbacks.addresses import language_of, selection_of
from dashboard.components.shell import ids
from dashboard.services.front_desk import front_desk
from dashboard.services.reports import receipts
from dashboard.store.opening import StoreError
from dashboard.store.receipt_codes import printed_code


def take(clicks: int | None, path: str | None, address: str | None) -> object:
    """Gives the page its receipt; the code leads to what it stands for."""
    if not clicks:
        return no_update
    selection = selection_of(address)
    view = receipts.of_page(path or "/", address or "", selection)
    try:
        code = printed_code(front_desk().receipts.take(view, selection).code)
    except StoreError as error:
        return error.text[selection.language]
    return html.A(code, href=f"/receipt/{code}")


def find(_sent: int | None, typed: str | None, address: str | None) -> str:
    """The address of the receipt with this code, however it was typed."""
    code = "".join(sign for sign in (typed or "")[:40] if sign.isalnum())
    return f"/receipt/{quote(code)}?lang={language_of(address)}"


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.RECEIPT_TAKEN, "children"),
        Input(ids.RECEIPT_TAKE, "n_clicks"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(take)
    app.callback(
        Output(ids.RECEIPT_TURN, "href"),
        Input(ids.RECEIPT_FIND, "n_submit"),
        State(ids.RECEIPT_CODE, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(find)
