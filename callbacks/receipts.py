"""A view gets its receipt on demand, and a typed code is opened."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from dash import Dash, Input, Output, State, html, no_update

from callbacks.addresses import language_of, selection_of
from dashboard.components.reports.comparing import Comparing, comparing_of
from dashboard.components.shell import ids
from dashboard.components.shell.absence import unread_text
from dashboard.components.shell.sub_path import inside, sub_path
from dashboard.services.front_desk import front_desk
from dashboard.services.reports import receipts
from dashboard.services.reports.receipts import Reopened
from dashboard.store.opening import StoreError
from dashboard.store.receipt_codes import printed_code


def take(clicks: int | None, path: str | None, address: str | None) -> object:
    """Gives the page its receipt; the code leads to what it stands for."""
    if not clicks:
        return no_update
    selection, place = selection_of(address), inside(path or "/", sub_path())
    if unread := unread_text(place, selection):
        return unread
    view = receipts.of_page(place, address or "", selection)
    try:
        code = printed_code(front_desk().receipts.take(view, selection).code)
    except StoreError as error:
        return error.text[selection.language]
    return html.A(code, href=f"/receipt/{code}")


def find(_sent: int | None, typed: str | None, address: str | None) -> str:
    """The address of the receipt with this code, however it was typed."""
    code = "".join(sign for sign in (typed or "")[:40] if sign.isalnum())
    return f"/receipt/{quote(code)}?lang={language_of(address)}"


def compare(clicks: int | None, opened: list[str] | None) -> object:
    """Begins to compare the open receipt with the figures of today; the job's id."""
    reopened = _reopened(opened)
    if not clicks or reopened is None:
        return no_update
    desk = front_desk()
    return desk.jobs.start(desk.receipts.comparing(reopened))


def draw_comparison(
    job: str | None, ticks: int | None, opened: list[str] | None
) -> Comparing | tuple[object, object]:
    """Shows how far the comparison is, then what has changed."""
    reopened = _reopened(opened) if job else None
    if job is None or reopened is None or opened is None:
        return no_update, no_update
    return comparing_of(front_desk(), job, reopened, ticks or 0, opened[1])


def _reopened(opened: list[str] | None) -> Reopened | None:
    """The open receipt, by its code and the language of the page."""
    reopened = front_desk().receipts.reopen(opened[0]) if opened else None
    if reopened is None or opened is None:
        return None
    return replace(reopened, selection=replace(reopened.selection, language=opened[1]))


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
    app.callback(
        Output(ids.RECEIPT_JOB, "data"),
        Input(ids.RECEIPT_COMPARE, "n_clicks"),
        State(ids.RECEIPT_OF, "data"),
        prevent_initial_call=True,
    )(compare)
    app.callback(
        Output(ids.RECEIPT_COMPARED, "children"),
        Output(ids.RECEIPT_POLL, "max_intervals"),
        Input(ids.RECEIPT_JOB, "data"),
        Input(ids.RECEIPT_POLL, "n_intervals"),
        State(ids.RECEIPT_OF, "data"),
        prevent_initial_call=True,
    )(draw_comparison)
