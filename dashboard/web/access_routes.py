"""Routes the plain pages with forms: sign-in, account, users, audit log, hand-ins that wait."""

from __future__ import annotations

from flask import Blueprint

from dashboard.services.access.secret_key import secret_key
from dashboard.services.front_desk import FrontDesk
from dashboard.web.access_pages import AccessPages
from dashboard.web.form_pages import FormPages
from dashboard.web.forms import Forms
from dashboard.web.hand_in_pages import HandInPages
from dashboard.web.marking_pages import MarkingPages
from dashboard.web.publication_pages import PublicationPages
from dashboard.web.sign_in_pages import SignInPages
from dashboard.web.single_sign_on_pages import SingleSignOnPages


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes of sign-in and access for this desk; their forms are signed with one key."""
    routes = Blueprint("access", __name__)
    key = secret_key(desk.settings.home, desk.settings.secret_key)
    forms = Forms(key)
    SignInPages(desk, forms).add_to(routes)
    SingleSignOnPages(desk, key).add_to(routes)
    AccessPages(desk, forms).add_to(routes)
    HandInPages(desk, forms).add_to(routes)
    FormPages(desk, forms).add_to(routes)
    MarkingPages(desk, forms).add_to(routes)
    PublicationPages(desk, forms).add_to(routes)
    return routes
