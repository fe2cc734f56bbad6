"""Serves lists of institutions as CSV, JSON or workbook, also those that one figure counts."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request

from dashboard.base.language import Text
from dashboard.cli.demo.registers import NAME, register_bytes
from dashboard.components.shell.address import reader_language
from dashboard.exports import listing
from dashboard.exports.register_rows import COLUMNS, MIME
from dashboard.services.context import NotFound
from dashboard.services.figures.register_files import RegisterFiles
from dashboard.services.figures.registers import RegisterFilters
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import refusal

FORMATS = ("json", "csv", "xlsx")


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /api/register and /export/register.csv, .xlsx for this desk."""
    routes = Blueprint("registers", __name__)

    @routes.get("/api/register")
    def list_institutions() -> Response:
        return _answer(desk, request.args.get("format", "json"))

    @routes.get("/export/register-example.xlsx")
    def example() -> Response:
        answer = Response(register_bytes(), mimetype=MIME)
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(NAME, '')}"
        return answer

    @routes.get("/export/own-indicators.csv")
    def own_indicators() -> Response:
        answer = Response(desk.declarations.csv(), mimetype="text/csv")
        answer.headers["Content-Disposition"] = "attachment; filename=indicators.csv"
        return answer

    @routes.get("/export/register.<suffix>")
    def export_institutions(suffix: str) -> Response:
        answer = _answer(desk, suffix)
        if answer.status_code == 200:
            files = RegisterFiles(desk.context, desk.release)
            name = quote(files.title(_asked(), reader_language()), "")
            answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.{suffix}"
        return answer

    return routes


def _asked() -> RegisterFilters:
    names = ("area", "type", "indicator", "period")
    said = {name: request.args.get(name, "") for name in names}
    as_of = request.args.get("as_of", "") or request.args.get("known", "")
    return RegisterFilters(**said, as_of=as_of)


def _answer(desk: FrontDesk, format: str) -> Response:
    if format not in FORMATS:
        return refusal(
            Text(
                f"没有格式“{format}”；可选：{', '.join(FORMATS)}",
                f"format {format!r} is not one of {', '.join(FORMATS)}",
            ),
            400,
        )
    asked, language = _asked(), reader_language()
    try:
        found = desk.registers.listed(asked)
    except UnknownName as error:
        return refusal(error.text[language], 400)
    except NotFound as error:
        return refusal(error.text[language], 404)
    files = RegisterFiles(desk.context, desk.release)  # of whoever acts: not kept
    if format == "xlsx":
        return Response(files.book(found, asked, language), mimetype=MIME)
    rows = files.rows(found, language)
    if format == "csv":
        text = listing.as_csv(rows, COLUMNS)
        return Response("\ufeff" + text, mimetype="text/csv")
    return Response(listing.as_json(rows), mimetype="application/json")
