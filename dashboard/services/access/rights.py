"""Lists which role each route and callback needs. What it does not name is refused.

``docs/access.md`` shows it to people; a test compares both and tries every row as every role.
"""

from __future__ import annotations

from dashboard.services.access.person import Person, Role

ANYONE = 0  # also who has not signed in
ORIGINALS = 9  # a right of its own, given beside the role
# As the table of docs/access.md abbreviates them.
V, C, E, A = Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR, Role.ADMIN

# Flask's rule of a route -> the least role. Callbacks have a table of their own below.
ROUTES: dict[str, int] = {
    # sign-in, its assets, whether the server is well
    "/healthz": ANYONE,
    "/livez": ANYONE,
    "/sign-in": ANYONE,
    "/sign-in/provider": ANYONE,
    "/sign-in/provider/answer": ANYONE,
    "/logo": ANYONE,
    "/assets/<path:filename>": ANYONE,
    "/screen/<token>": ANYONE,  # the page asks for the token of a wall screen itself
    # pages
    "/": V,
    "/<path:path>": V,
    "/plain": V,
    "/plain/": V,
    "/plain/<path:path>": V,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": V,
    "/_dash-component-suites/dash/dcc/<version>.dash_renderer.js": V,
    "/_dash-dependencies": V,
    "/_dash-layout": V,
    "/_dash-update-component": V,
    "/_favicon.ico": V,
    "/_reload-hash": V,
    "/own/<version>/<name>": V,
    "/static/<path:filename>": V,
    "/vendor/<version>/<name>": V,
    # lists and files
    "/api/": V,
    "/api/<path:rest>": V,
    "/api/openapi.json": V,
    "/api/areas": V,
    "/api/changes": V,
    "/api/completeness": V,
    "/api/figure/<path:ref>": V,
    "/api/hand-ins": C,
    "/api/history": V,
    "/api/indicators": V,
    "/api/meetings/<name>.<suffix>": V,
    "/api/meetings/<name>/minutes.docx": V,
    "/api/observations": V,
    "/api/progress": V,
    "/api/receipts": V,
    "/api/register": V,
    "/api/reports/<token>": V,
    "/api/submissions": V,
    "/api/submissions/<int:number>/file": ORIGINALS,
    "/export/<path:place>": V,
    "/export/correction.docx": V,
    "/export/corrections.docx": V,
    "/export/draft-comments.docx": V,
    "/export/draft-findings.xlsx": V,
    "/export/report-figures.xlsx": V,
    "/export/report-figures.csv": V,
    "/export/figures/<topic>.<suffix>": V,
    "/export/own-indicators.csv": V,
    "/export/register-example.xlsx": V,
    "/export/register.<suffix>": V,
    "/export/targets.xlsx": V,
    "/export/template-<kind>.xlsx": V,
    # oneself, users, the audit log
    "/sign-out": V,
    "/access": V,
    "/hand-ins": C,
    "/hand-ins/form": C,
    "/hand-ins/<int:number>": C,
    "/markings": E,
    "/publications": E,
    "/access/users": A,
    "/access/audit": A,
    "/access/audit.csv": A,
}

# A callback's module and name -> the least role. Those of pages that only draw are a viewer's.
CALLBACKS: dict[str, int] = {
    "dash.dash.update": V,  # Dash's own, which draws a page
    "callbacks.charts.redraw": V,
    "callbacks.indicators.search": V,
    "callbacks.receipts.take": V,
    "callbacks.receipts.compare": V,
    "callbacks.receipts.draw_comparison": V,
    "callbacks.receipts.find": V,
    "callbacks.drafts.check": V,
    "callbacks.drafts.compare": V,
    "callbacks.drafts.compare_with": V,
    "callbacks.drafts.accept": E,
    "callbacks.reports.order_charts": V,
    "callbacks.reports.uncheck_all": V,
    "callbacks.reports.check_all": V,
    "callbacks.reports.draw_outline": V,
    "callbacks.reports.draw_template": V,
    "callbacks.reports.start_making": V,
    "callbacks.reports.draw_making": V,
    "callbacks.reports.cancel": V,
    "callbacks.reports.open_saved": V,
    "callbacks.refreshing.start_refreshing": V,
    "callbacks.reports.change_saved": E,
    "callbacks.submissions.draw_work": V,
    "callbacks.submissions.preview_files": C,
    "callbacks.submissions.preview_pasted": C,
    "callbacks.submissions.preview_report": C,
    "callbacks.submissions.continue_work": C,
    "callbacks.submissions.register_streets": E,
    "callbacks.submissions.discard": C,
    "callbacks.submissions.cancel": C,
    "callbacks.submissions.find_areas": C,
    "callbacks.submissions.find_indicators": C,
    "callbacks.submissions.find_meanings": C,
    "callbacks.submissions.draw_folded": C,
    "callbacks.submissions.ask_to_remove": A,
    "callbacks.submissions.remove_samples": A,
    "callbacks.withdrawing.ask_first": E,
    "callbacks.withdrawing.take_back": E,
    "callbacks.completeness.lock": A,
    "callbacks.completeness.unlock": A,
    "callbacks.declaring.declare": E,
    "callbacks.target_edit.open_dialog": E,
    "callbacks.target_edit.try_typed": E,
    "callbacks.target_edit.keep_typed": E,
    "callbacks.target_plan.keep_plan": E,
    "callbacks.target_split.open_dialog": E,
    "callbacks.target_split.offer_bases": E,
    "callbacks.target_split.preview_parts": E,
    "callbacks.target_split.keep_parts": E,
    "callbacks.commentary.show_form": E,
    "callbacks.commentary.keep_comment": E,
    "callbacks.meetings.make_meeting": E,
    "callbacks.meetings.change_agenda": E,
    "callbacks.meetings.ask_which": E,
    "callbacks.meetings.add_page": E,
    "callbacks.meetings.ask": E,
    "callbacks.meetings.follow_up": E,
}


def least_for_route(rule: str | None) -> int:
    """The least role for a route; an administrator for one that the table does not name."""
    return ROUTES.get(rule or "", A)


def least_for_callback(name: str) -> int:
    """The least role for a callback; an administrator for one that the table does not name."""
    return CALLBACKS.get(name, A)


def may(person: Person | None, least: int) -> bool:
    """Whether a person, or None who has not signed in, may do what needs ``least``."""
    if least == ANYONE:
        return True
    if person is None:
        return False
    return person.originals if least == ORIGINALS else person.role >= least
