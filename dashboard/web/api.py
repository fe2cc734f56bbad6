"""The same figures over HTTP: lists as CSV or JSON, a chart's table as a file, a health check."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, request

from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES, word
from dashboard.disclosure.chart_guard import hidden_note
from dashboard.disclosure.progress_rows import PROGRESS_COLUMNS
from dashboard.disclosure.row_guard import hide_figures, hide_progress
from dashboard.disclosure.target_guard import hide_bases
from dashboard.exports import listing
from dashboard.exports.chromium import PrintError
from dashboard.exports.formats import FORMATS, PICTURES
from dashboard.exports.pictures import picture_figure, read_wish
from dashboard.exports.target_register import MIME, register_workbook
from dashboard.services.context import NotFound
from dashboard.services.figures.observations import Filters, UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.reporting import COMPLETENESS_COLUMNS
from dashboard.store.opening import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.charts.model.chart import Chart

_TRUE = ("1", "true", "yes")


def _language() -> str:
    asked = request.args.get("lang", "")
    kept = request.cookies.get("lang", "")
    return asked if asked in LANGUAGES else kept if kept in LANGUAGES else DEFAULT_LANGUAGE


def _answer(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> Response:
    """Rows in the asked format; "json" unless CSV is asked for."""
    if request.args.get("format", "json") == "csv":
        return Response(listing.as_csv(rows, columns), mimetype="text/csv")
    return Response(listing.as_json(rows), mimetype="application/json")


def _unknown_format() -> Response | None:
    """Refuses a list in a format nobody writes before its figures are read."""
    asked = request.args.get("format", "json")
    if asked in ("csv", "json") or not request.path.startswith("/api/"):
        return None
    return _refusal(f"format {asked!r} is not one of csv, json", 400)


def _refusal(message: str, status: int) -> Response:
    content = json.dumps({"error": message}, ensure_ascii=False)
    return Response(content, status=status, mimetype="application/json")


def _list(name: str) -> list[str]:
    return [part for value in request.args.getlist(name) for part in value.split(",") if part]


def _rendered(chart: Chart, suffix: str) -> tuple[bytes, str]:
    """The file and its MIME type; a picture as the query asks for it. Raises PrintError."""
    if suffix in PICTURES:
        picture = PICTURES[suffix]
        return picture.render(chart, read_wish(request.args)), picture.mime
    return FORMATS[suffix].render(chart), FORMATS[suffix].mime


def file_name(chart: Chart) -> str:
    """A chart's title and subtitle as the name of a file."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", f"{chart.title}_{chart.subtitle}").strip("_")[:80]


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /api/…, /export/… and /healthz for this desk."""
    routes = Blueprint("api", __name__)
    routes.before_request(_unknown_format)

    @routes.get("/healthz")
    def healthz() -> Response:
        content = json.dumps({"status": "ok", "data_version": desk.version()})
        return Response(content, mimetype="application/json")

    @routes.get("/api/observations")
    def list_observations() -> Response:
        filters = Filters(
            indicators=_list("indicator"),
            area=request.args.get("area", ""),
            children=request.args.get("children", "").lower() in _TRUE,
            first=request.args.get("from", ""),
            last=request.args.get("to", ""),
            kinds=_list("kind"),
            grades=_list("grade"),
            versions=request.args.get("versions", "current"),
            language=_language(),
            restated=request.args.get("restated", "").lower() in _TRUE,
            as_of=request.args.get("as_of", "") or request.args.get("known", ""),
        )
        try:
            found = desk.directory.observations(filters)
            rows = hide_figures(desk.release.guard(), found)
        except UnknownName as error:
            return _refusal(str(error), 400)
        return _answer(rows, listing.COLUMNS)

    @routes.get("/api/indicators")
    def list_indicators() -> Response:
        language = _language()
        rows: list[dict[str, object]] = [
            {
                "id": one.id,
                "name": one.name[language],
                "definition": one.definition[language],
                "domain": one.domain,
                "topic": one.topic,
                "unit": one.unit.name[language],
                "accumulation": str(one.accumulation),
                "aggregation": str(one.aggregation),
                "numerator": one.numerator,
                "denominator": one.denominator,
                "polarity": str(one.polarity),
                "parent": one.parent,
                "part": str(one.part or ""),
            }
            for one in desk.catalogue.indicators.values()
        ]
        return _answer(rows, rows[0].keys() if rows else ())

    @routes.get("/api/areas")
    def list_areas() -> Response:
        language = _language()
        rows: list[dict[str, object]] = [
            {
                "code": area.code,
                "name": area.name[language],
                "level": str(area.level),
                "parent": area.parent,
                "valid_from": str(area.valid_from or ""),
                "valid_to": str(area.valid_to or ""),
            }
            for area in desk.areas()
        ]
        return _answer(rows, ("code", "name", "level", "parent", "valid_from", "valid_to"))

    @routes.get("/api/changes")
    def list_changes() -> Response:
        rows = [
            listing.change_row(row, desk.areas(), _language())
            for row in desk.submissions.area_changes()
        ]
        return _answer(rows, listing.CHANGE_COLUMNS)

    @routes.get("/api/progress")
    def list_progress() -> Response:
        children = request.args.get("children", "").lower() in _TRUE
        area, period, day = (request.args.get(name, "") for name in ("area", "period", "as_of"))
        try:
            found = desk.targets.progress(area, period, children, day)
        except UnknownName as error:
            return _refusal(str(error), 400)
        rows = hide_progress(desk.release.guard(), found, _language())
        return _answer(rows, PROGRESS_COLUMNS)

    @routes.get("/api/history")
    def list_versions() -> Response:
        asked = [request.args.get(name, "") for name in ("indicator", "area", "period")]
        try:
            found = desk.directory.history(*asked)
        except UnknownName as error:
            return _refusal(str(error), 400)
        rows = hide_figures(desk.release.guard(), map(listing.version_row, found))
        return _answer(rows, listing.VERSION_COLUMNS)

    @routes.get("/api/completeness")
    def list_completeness() -> Response:
        area, period, form = (request.args.get(name, "") for name in ("area", "period", "form"))
        try:
            rows = desk.reporting.rows(area, period, form, _language())
        except UnknownName as error:
            return _refusal(str(error), 400)
        return _answer(rows, COMPLETENESS_COLUMNS)

    @routes.get("/api/submissions")
    def list_submissions() -> Response:
        rows = map(listing.submission_row, desk.submissions.latest())
        return _answer(rows, listing.SUBMISSION_COLUMNS)

    @routes.get("/api/submissions/<int:number>/file")
    def received_file(number: int) -> Response:
        try:
            name, content = desk.submissions.file(number)
        except (NotFound, StoreError) as error:
            return _refusal(str(error), 404 if isinstance(error, NotFound) else 500)
        # never as what it claims to be: a browser must not open what anybody handed in
        answer = Response(content, mimetype="application/octet-stream")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, '')}"
        return answer

    @routes.get("/export/targets.xlsx")
    def register() -> Response:
        area, language = request.args.get("area", ""), _language()
        targets = [one for one in desk.targets.all() if area in ("", one.area)]
        kept, hidden = hide_bases(desk.release.guard(), [one for one in targets if not one.retired])
        note = hidden_note(desk.settings.small_cells, language)
        content = register_workbook(kept, desk.catalogue, language, hidden, note)
        answer = Response(content, mimetype=MIME)
        name = quote(f"{word('page_targets', language)}_{area}".strip("_"))
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.xlsx"
        return answer

    @routes.get("/api/reports/<token>")
    def made_report(token: str) -> Response:
        found = desk.reports.finished(token)
        if found is None:
            return _refusal("this report is not there, or no more", 404)
        name, content = found
        answer = Response(content, mimetype="application/octet-stream")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, '')}"
        return answer

    @routes.get("/api/figure/<path:ref>")
    def chart_figure(ref: str) -> Response:
        try:
            shown = desk.figures.chart(ref, desk.selections.of(request.args, _language()))
            chart = desk.release.chart(shown)
        except NotFound:
            return _refusal(f"chart {ref!r} is not known", 404)
        content = json.dumps(picture_figure(chart), ensure_ascii=False)
        return Response(content, mimetype="application/json")

    @routes.get("/export/<path:place>")
    def export(place: str) -> Response:
        ref, _, suffix = place.rpartition(".")
        if suffix not in FORMATS | PICTURES:
            known = ", ".join([*FORMATS, *PICTURES])
            return _refusal(f"format {suffix!r} is not one of {known}", 404)
        selection = desk.selections.of(request.args, _language())
        try:
            chart = desk.release.chart(desk.receipts.stamped_chart(ref, selection))
            content, mime = _rendered(chart, suffix)
        except NotFound:
            return _refusal(f"chart {ref!r} is not known", 404)
        except PrintError as error:
            return _refusal(error.message[selection.language], 503)
        answer = Response(content, mimetype=mime)
        answer.headers["Content-Disposition"] = (
            f"attachment; filename*=UTF-8''{quote(file_name(chart))}.{suffix}"
        )
        return answer

    return routes
