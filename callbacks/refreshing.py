"""An exported deck or document is dropped and brought to the page's period in the background."""

from __future__ import annotations

from dash import Dash, Input, Output, State, no_update

from callbacks.addresses import selection_of
from callbacks.submissions import content_of
from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.services.front_desk import front_desk
from dashboard.services.reports.refresh import RefreshWish

Started = tuple[object, object, object]  # job, message, contents of the drop zone


def start_refreshing(
    contents: list[str] | None, names: list[str] | None, address: str | None
) -> Started:
    """Starts to bring the dropped file to the page's period; returns the job's id."""
    if not contents or not names:
        return no_update, no_update, no_update
    desk, selection = front_desk(), selection_of(address)
    language, content = selection.language, content_of(contents[0])
    if selection.period is None:
        return no_update, word("refresh_no_period", language), None
    if len(content) > desk.settings.upload_mb * 2**20:
        too_large = word("upload_too_large", language, most=desk.settings.upload_mb)
        return no_update, too_large, None
    wish = RefreshWish(names[0], content, selection.period, language)
    return desk.jobs.start(desk.refreshing.making(wish)), "", None


def register(app: Dash) -> None:
    """Adds the callback to the app."""
    app.callback(
        Output(ids.REPORT_JOB, "data", allow_duplicate=True),
        Output(ids.REFRESH_MESSAGE, "children"),
        Output(ids.REFRESH_FILE, "contents"),
        Input(ids.REFRESH_FILE, "contents"),
        State(ids.REFRESH_FILE, "filename"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(start_refreshing)
