"""Handing in: the chosen files by name, check or store, take the samples out."""

from __future__ import annotations

import base64
import binascii

from dash import Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from dashboard.catalogue.concepts import Grade
from dashboard.components import ids
from dashboard.components.address import query_of, reader_language
from dashboard.components.submissions import receipt_cards, submission_list
from dashboard.intake import Handover
from dashboard.language import word
from dashboard.service import front_desk


def content_of(upload: str) -> bytes:
    """The bytes of what the browser sends as "data:…;base64,…"; empty where it cannot be read."""
    try:
        return base64.b64decode(upload.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        return b""


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""

    @app.callback(
        Output(ids.UPLOAD_FILES, "children"),
        Input(ids.UPLOAD, "filename"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def name_files(names: list[str] | None, address: str | None) -> str:
        say = reader_language(query_of(address))
        return (
            word("upload_chosen", say, files=word("list_comma", say).join(names)) if names else ""
        )

    @app.callback(
        Output(ids.RECEIPTS, "children"),
        Output(ids.SUBMISSION_LIST, "children"),
        Input(ids.CHECK, "n_clicks"),
        Input(ids.HAND_IN, "n_clicks"),
        State(ids.UPLOAD, "contents"),
        State(ids.UPLOAD, "filename"),
        State(ids.UPLOAD_AREA, "value"),
        State(ids.UPLOAD_PERIOD, "value"),
        State(ids.UPLOAD_GRADE, "value"),
        State(ids.UPLOAD_NOTE, "value"),
        State(ids.UPLOAD_SKIP, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def hand_in(
        _check: int | None,
        _hand_in: int | None,
        contents: list[str] | None,
        names: list[str] | None,
        area: str | None,
        period: str | None,
        grade: str | None,
        note: str | None,
        skip: bool | None,
        address: str | None,
    ) -> tuple[object, object]:
        desk, query = front_desk(), query_of(address)
        selection = desk.selection(query, reader_language(query))
        say = selection.language
        if not contents or not names:
            return word("upload_nothing", say), no_update
        handover = Handover(
            area=(area or "").strip(),
            period=(period or "").strip(),
            grade=Grade(grade) if grade in set(Grade) else None,
            skip_unknown=bool(skip),
            dry_run=ctx.triggered_id == ids.CHECK,
            note=(note or "").strip(),
        )
        files = [(name, content_of(c)) for name, c in zip(names, contents, strict=True)]
        receipts = desk.receive(files, handover)
        shown = receipt_cards(desk, receipts, handover.dry_run, say)
        return shown, no_update if handover.dry_run else submission_list(desk, selection)

    @app.callback(
        Output(ids.REMOVE_CONFIRM, "displayed"),
        Input(ids.REMOVE_SAMPLES, "n_clicks"),
        prevent_initial_call=True,
    )
    def ask(clicks: int | None) -> bool:
        return bool(clicks)

    @app.callback(
        Output(ids.REMOVED, "children"),
        Output(ids.SUBMISSION_LIST, "children", allow_duplicate=True),
        Input(ids.REMOVE_CONFIRM, "submit_n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def remove(clicks: int | None, address: str | None) -> tuple[object, list[Component] | object]:
        if not clicks:
            return no_update, no_update
        desk, query = front_desk(), query_of(address)
        count = desk.remove_samples()
        selection = desk.selection(query, reader_language(query))
        said = word("samples_removed", selection.language, count=count)
        return said, submission_list(desk, selection)
