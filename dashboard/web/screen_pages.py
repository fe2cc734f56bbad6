"""Serves the wall screen to whoever has its token: one page, without sign-in and Dash's scripts."""

from __future__ import annotations

from flask import Blueprint, Response, request

from dashboard.base.language import word
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.element_html import element_html
from dashboard.components.shell.html_document import html_document
from dashboard.components.wall import wall_page
from dashboard.services.access.person import Person, Role, set_acting
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import refusal
from dashboard.web.proxies import sender

STYLES = (
    "10-base/tokens.css",
    "10-base/base.css",
    "30-charts/cards.css",
    "40-tables/tables.css",
    "50-targets/overview.css",
    "plain/wall.css",
)
SCRIPT = "60-meetings/wall.js"


def blueprint(desk: FrontDesk) -> Blueprint:
    """The route /screen/<token> of this desk."""
    routes = Blueprint("screens", __name__)

    def screen(token: str) -> Response:
        asked = plain_query(request.args.to_dict())
        language = reader_language(asked)
        name = desk.accounts.screen_of(token)
        if not name:
            return refusal(word("access_screen_gone", language), 404)
        set_acting(Person(name, Role.VIEWER, origin=sender()))
        selection = desk.selections.of(asked, language)
        page = element_html(wall_page(desk, selection, asked))
        answer = Response(
            html_document(
                language,
                word("page_wall", language),
                f'{page}\n<script src="/assets/{SCRIPT}"></script>',
                STYLES,
            ),
            mimetype="text/html",
        )
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds the token
        return answer

    routes.add_url_rule("/screen/<token>", "screen", screen)
    return routes
