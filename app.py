"""Creates the Dash app from the settings: services, routes, callbacks, checks of requests."""

from __future__ import annotations

from multiprocessing.util import Finalize
from typing import Any, cast
from urllib.parse import quote

from dash import Dash, ctx, dcc, html, page_container, page_registry, set_props
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from callbacks import (
    charts,
    commentary,
    completeness,
    declaring,
    drafts,
    indicators,
    meetings,
    receipts,
    refreshing,
    reports,
    selection,
    submissions,
    target_edit,
    target_plan,
    target_split,
    targets,
    withdrawing,
)
from dashboard.base import vendor_assets
from dashboard.base.collector import collect_rarely, hold_for_good
from dashboard.base.concurrency_limit import Turns
from dashboard.base.jobs import wait_for_jobs
from dashboard.base.language import LANGUAGES, word
from dashboard.base.logs import write_logs
from dashboard.base.own_assets import own_bundles
from dashboard.base.settings import ROOT, Settings, read_settings
from dashboard.components import logo
from dashboard.components.shell import ids
from dashboard.components.shell.address import LANGUAGE_COOKIE, reader_language
from dashboard.components.shell.attributes import data, write_attributes_in_order
from dashboard.components.shell.error_pages import failed_page, failed_part
from dashboard.components.shell.html_document import PageFiles, document
from dashboard.components.shell.plain_html import plain_address
from dashboard.components.shell.sub_path import inside, sub_path
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reader_desks import ReaderDesks, desk_of_reader
from dashboard.services.shared_cache import cache_config
from dashboard.services.upkeep.nightly_backup import NightlyBackup
from dashboard.store.health import OUTAGES
from dashboard.web import (
    access_log,
    access_routes,
    api,
    below_path,
    call_tokens,
    compression,
    drafts_api,
    gate,
    marked_names,
    openapi,
    origin,
    parameters,
    plain_pages,
    rates,
    refusal_pages,
    register_api,
    request_validation,
    screen_pages,
    security_headers,
    templates_api,
)
from dashboard.web.busy import SECONDS, WAITING, TakingTurns, say_when_busy
from dashboard.web.callback_values import Malformed, checked
from dashboard.web.cookies import set_cookie
from dashboard.web.dash_bundle import DashBundle, bundle_of
from dashboard.web.faults import Server, note_fault
from dashboard.web.first_answers import first_answers
from dashboard.web.gate import is_own_request
from dashboard.web.kept_answers import KeptAnswers, put_panels_in
from dashboard.web.outage import say_when_down
from dashboard.web.preparing import Preparing

CALLBACKS = (
    selection,
    charts,
    declaring,
    indicators,
    submissions,
    drafts,
    completeness,
    withdrawing,
    targets,
    target_edit,
    target_plan,
    target_split,
    commentary,
    reports,
    meetings,
    receipts,
    refreshing,
)
PAGE = "_pages_content"  # where Dash puts the page
NOWHERE = "not_found_404"  # the page for addresses that lead nowhere
LAST_SECONDS = 25  # that a job in the background has when its process is ended
YEAR = 365 * 24 * 3600


class CivilAffairs(Dash):
    """A Dash app whose document is in the reader's language and names no outside address."""

    desk: FrontDesk  # that of whoever acts
    desks: ReaderDesks
    answers: KeptAnswers
    preparing: Preparing
    bundle: DashBundle

    def callback(self, *declared: Any, **options: Any) -> Any:  # noqa: ANN401 - as Dash's own
        """Declare a callback, whose values are checked against its signature."""
        register = super().callback(*declared, **options)
        return lambda function: register(checked(function))

    def strip_relative_path(self, path: str) -> str | None:
        """A path as the browser has it, from the dashboard's root and without outer slashes."""
        return super().strip_relative_path(inside(path, sub_path()))

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # noqa: ANN401
        """The HTML document of a page; ``parts`` are Dash's."""
        language = reader_language()
        page, names = page_at(request.path) or (NOWHERE, {})
        title = page_registry[f"pages.{page}"]["title"](**names)
        first, scripts, styles = (f"/{file.address}" for file in own_bundles().values())
        parts["scripts"] = self.bundle.tags(parts["scripts"])
        files = PageFiles(first, vendor_assets.vendor_tags(language), styles, scripts)
        parts["first_answers"] = first_answers(self.server)
        g.has_no_view = not parts["first_answers"]
        plain = plain_address(quote(request.path)) + self.answers.named_search()
        text = document(language, title, plain, files, parts)
        g.inline_scripts = security_headers.inline_scripts(text)
        return text


def page_at(path: str) -> tuple[str, dict[str, str]] | None:
    """The page file at ``path`` and the names in it, e.g. ("topic", {"topic": "marriage"})."""
    start, _, name = path.rpartition("/")
    for module, page in page_registry.items():
        template = page["path_template"] or ""
        file = module.rpartition(".")[2]
        if file != NOWHERE and not template and page["path"] == path:
            return file, {}
        if name and template.startswith(start + "/<"):
            return file, {template[len(start) + 2 : -1]: name}
    return None


def answer_failures(error: Exception) -> None:
    """Answers a callback that failed, or a page, in words; what went wrong goes to the log."""
    if isinstance(error, (Malformed, HTTPException, *OUTAGES)):
        raise error  # answered with its own status
    language, reference = reader_language(), note_fault(error)
    outputs = ctx.outputs_list if isinstance(ctx.outputs_list, list) else [ctx.outputs_list]
    if any(output and output.get("id") == PAGE for output in outputs):
        g.page_has_failed = True
        set_props(PAGE, {"children": failed_page(language, reference)})
    else:
        set_props(ids.FAILURE, {"children": failed_part(language, reference)})


def status_of(response: Response) -> int:
    """The status of an answer: of a document 404 where its page is not there, 500 if it failed."""
    if request.method not in ("GET", "HEAD") or is_own_request():
        return response.status_code
    if g.get("page_has_failed"):
        return 500
    return 404 if g.get("page_is_missing") else response.status_code


def waiting_words() -> dict[str, Any]:
    """What scripts say of a lost connection and of files that take long, in both languages."""
    lost = {name: f"lost_{name}" for name in ("trying", "unsure", "back", "busy")}
    files = ("preparing", "cancel", "cancelled", "failed", "close")
    keys = lost | {name: f"file_{name}" for name in files}
    return data(
        **{
            f"{n}-{language}": word(key, language)
            for n, key in keys.items()
            for language in LANGUAGES
        }
    )


def create_app(settings: Settings | None = None) -> Dash:
    """The app for these settings (by default the environment's); one per process."""
    settings = settings or read_settings()
    app = CivilAffairs(
        __name__,
        server=cast(Any, Server(__name__)),  # Dash's stubs know a backend's name only
        use_pages=True,
        include_pages_meta=False,
        pages_folder=str(ROOT / "pages"),
        assets_folder=str(ROOT / "assets"),
        assets_ignore=".",  # they are served as bundles
        suppress_callback_exceptions=True,
        serve_locally=True,
        update_title="",
        on_error=answer_failures,
    )
    write_attributes_in_order()
    app.desks = desks = ReaderDesks(FrontDesk(settings))
    app.desk = desk_of_reader(desks)
    server = app.server
    turns = Turns(settings.threads, WAITING, SECONDS)
    app.answers = KeptAnswers(app.desk.kept, app.desk, TakingTurns(turns))
    cast(Server, server).answers = app.answers
    server.extensions["dashboard"] = app.desk
    app.desk.cache.init_app(server, config=cache_config(settings))
    server.config["MAX_CONTENT_LENGTH"] = settings.upload_mb * 1024 * 1024 * 2
    logo.add_logo(server, settings.logo)
    vendor_assets.add_vendor(server)
    vendor_assets.add_files(server, "own", own_bundles())
    server.register_blueprint(access_routes.blueprint(app.desk))
    server.register_blueprint(register_api.blueprint(app.desk))
    server.register_blueprint(drafts_api.blueprint(app.desk))
    server.register_blueprint(templates_api.blueprint(app.desk))
    server.register_blueprint(api.blueprint(app.desk))
    server.register_blueprint(openapi.blueprint(app.desk))
    server.register_blueprint(plain_pages.blueprint(app.desk, page_at))
    server.register_blueprint(screen_pages.blueprint(app.desk))
    access_log.log_requests(server, settings.home, settings.access_log_days)
    say_when_busy(server)
    say_when_down(server)
    security_headers.protect(server)
    compression.compress_answers(server)
    below_path.translate_answers(server)
    refusal_pages.answer_browsers(server, app.desk)
    origin.refuse_foreign(server, settings)
    gate.guard_routes(server, app.desk)
    request_validation.refuse_malformed(server, app.callback_map)
    call_tokens.require_tokens(server, app.desk)
    parameters.refuse_odd(server)
    rates.limit_rates(server, app.desk, app.callback_map)
    gate.guard_callbacks(server, app.callback_map)
    gate.note_files(server, app.desk)
    marked_names.mark_names(server, app.desk)
    app.layout = html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.SELECTION),
            dcc.Store(id=ids.PANELS_DRAWN),
            dcc.Store(id=ids.DRILL_LINK),
            dcc.Store(id=ids.THEME_SHOWN),
            html.Div(id=ids.FAILURE, role="alert", className="failure"),
            html.Div(id=ids.CONNECTION, role="status", className="connection", **waiting_words()),
            page_container,
        ]
    )
    for part in CALLBACKS:
        part.register(app)
    server.after_request(put_panels_in)  # before it is compressed
    app.preparing = Preparing(server, app.desk, turns, app.callback_map)
    app.answers.on_page = app.preparing.note
    app.bundle = bundle_of(app)
    app.bundle.add_to(server)
    below_path.serve_below(server, app.desk)

    @server.before_request
    def look_at_the_store() -> None:
        """Know what any process has declared, before a page says what a figure means."""
        if not request.path.startswith(("/assets/", "/_dash-component-suites/", "/vendor/")):
            desks.look_up()

    @server.teardown_request
    def forget_the_store(_error: BaseException | None) -> None:
        """The next request of this thread looks at the store again."""
        desks.forget_version()

    @server.after_request
    def finish(response: Response) -> Response:
        """Says 404 where no page is, 500 where it failed; keeps the language that was asked for."""
        response.status_code = status_of(response)
        asked = request.args.get("lang", "")
        if asked in LANGUAGES and request.method == "GET":
            set_cookie(response, LANGUAGE_COOKIE, asked, YEAR, for_scripts=True)
        return response

    return app


def create_server(settings: Settings | None = None) -> Flask:
    """The app as a server's worker process runs it: with its log, and ended with care."""
    write_logs()
    Finalize(None, wait_for_jobs, (LAST_SECONDS,), exitpriority=100)
    app = cast(CivilAffairs, create_app(settings))
    server = app.server
    # Dash sets itself up at its first request, which must not come from two readers at once.
    server.test_client().get("/livez")
    hold_for_good()
    collect_rarely()
    NightlyBackup(app.desks.whole.context).begin()
    if app.desk.settings.cache_seconds:
        app.preparing.begin()
    return server
