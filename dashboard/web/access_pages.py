"""Serves users and the audit log to administrators, as plain HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.exports import listing
from dashboard.exports.chart_csv import BYTE_ORDER_MARK
from dashboard.services.access.accounts import SCREEN, Wish
from dashboard.services.access.audit import ACTS, COLUMNS, audit_row
from dashboard.services.access.person import ROLES
from dashboard.services.context import NotFound
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.store.accounts import StoredAccount
from dashboard.store.opening import StoreError
from dashboard.web.answers import file_answer
from dashboard.web.forms import (
    Forms,
    choice,
    field,
    hidden,
    name_field,
    password_field,
    see_other,
    tick,
)
from dashboard.web.html_tables import table
from dashboard.web.sign_in_pages import ACCOUNT, access_page, message

USERS, AUDIT = f"{ACCOUNT}/users", f"{ACCOUNT}/audit"
_REFUSED = 400  # the least status of what was not done
SHOWN = 300  # lines of the audit log on the page
FIELDS: dict[str, tuple[str, ...]] = {  # of each form, by its act
    "add": ("name", "password", "role", "areas"),
    "change": ("name", "role", "areas"),
    "password": ("name", "password"),
    "disable": ("name",),
    "enable": ("name",),
    "everywhere": ("name",),
}


class AccessPages:
    """Answers /access/users and /access/audit for one desk."""

    def __init__(self, desk: FrontDesk, forms: Forms) -> None:
        """Administer this desk."""
        self._desk, self._forms = desk, forms

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        routes.add_url_rule(USERS, "users", self.users, methods=["GET", "POST"])
        routes.add_url_rule(AUDIT, "audit", self.audit)
        routes.add_url_rule(f"{AUDIT}.csv", "audit_csv", self.audit_csv)

    def users(self) -> Response:
        """The users; what was sent is done first."""
        language, text, status = reader_language(), "", 200
        if request.method == "POST":
            text, status = self._change(language)
            if status < _REFUSED:
                done = urlencode({"lang": language, "done": request.form["name"].strip()})
                return see_other(f"{USERS}?{done}")
        elif request.args.get("done", "") in {one.name for one in self._desk.accounts.all()}:
            text = word("access_done", language, name=request.args["done"])
        return self._forms.finish(
            access_page(
                self._desk,
                word("access_users", language),
                message(text) + self._list(language) + self._add(language),
                status,
            )
        )

    def _change(self, language: str) -> tuple[str, int]:
        if not self._forms.is_ours():
            return word("access_form_old", language), 400
        sent, accounts = request.form, self._desk.accounts
        name, act = sent.get("name", ""), sent.get("act", "")
        if not _is_whole(act, sent):  # an absent field would take a right away
            return word("access_form_unknown", language), 400
        acts: dict[str, Callable[[], object]] = {
            "add": lambda: accounts.add(name, _wish(sent, sent["password"])),
            "change": lambda: accounts.change(name, _wish(sent)),
            "password": lambda: accounts.change(name, Wish(password=sent["password"])),
            "disable": lambda: accounts.change(name, Wish(enabled=False)),
            "enable": lambda: accounts.change(name, Wish(enabled=True)),
            "everywhere": lambda: accounts.sign_out_everywhere(name),
        }
        try:
            acts[act]()
        except (StoreError, NotFound, UnknownName) as error:
            return error.text[language], 422
        return "", 200

    def _list(self, language: str) -> str:
        rows = [self._row(account, language) for account in self._desk.accounts.all()]
        heads = ("access_name", "access_rights", "access_change", "access_password", "access_more")
        return table(word("access_users", language), (word(h, language) for h in heads), rows)

    def _row(self, account: StoredAccount, language: str) -> list[str]:
        areas, make = self._desk.areas(), self._forms.form
        parts = [word(f"access_role_{account.role}", language)]
        parts += [areas.name_of(code, language) for code in account.areas]
        parts += [word("access_originals", language)] if account.originals else []
        parts += [word("access_disabled", language)] if account.disabled else []
        name = hidden("name", account.name)
        new = password_field("access_password_new", "password", language, new=True)
        switch = "enable" if account.disabled else "disable"
        rights = [name, *_rights(language, account)]
        is_person = account.role != SCREEN
        change = make(rights, word("access_change", language), USERS, "change")
        password = make([name, new], word("access_password_set", language), USERS, "password")
        return [
            escape(account.name),
            escape(" · ".join(parts)),
            change if is_person else "",
            password if is_person else "",
            make([name], word(f"access_{switch}", language), USERS, switch)
            + make([name], word("access_everywhere", language), USERS, "everywhere"),
        ]

    def _add(self, language: str) -> str:
        fields = [
            name_field("access_name", language),
            password_field("access_password", "password", language, new=True),
            *_rights(language, None),
        ]
        heading = f"<h2>{escape(word('access_add', language))}</h2>"
        return heading + self._forms.form(fields, word("access_add", language), USERS, "add")

    def audit(self) -> Response:
        """The latest lines of the audit log, of one act where asked."""
        language, act = reader_language(), request.args.get("act", "")
        options = [("", word("access_all", language))]
        options += [(one, word(f"audit_{one}", language)) for one in ACTS]
        chooser = choice("audit_act", "act", options, act, language)
        show = escape(word("plain_show", language))
        form = (
            f'<form method="get" action="{AUDIT}">{chooser}'
            f'<p><button type="submit">{show}</button></p></form>'
        )
        rows = [
            [
                f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
                escape(entry.who or word("withdrawing_somebody", language)),
                escape(word(f"audit_{entry.act}", language)),
                escape(entry.what),
                escape(entry.origin),
            ]
            for entry in self._desk.audit.entries(act, limit=SHOWN)
        ]
        heads = ("audit_at", "audit_who", "audit_act", "audit_what", "audit_origin")
        title = word("access_audit", language)
        listed = table(
            word("audit_latest", language, count=SHOWN), (word(h, language) for h in heads), rows
        )
        link = f'<p><a href="{AUDIT}.csv">{escape(word("audit_csv", language))}</a></p>'
        return self._forms.finish(access_page(self._desk, title, form + link + listed))

    def audit_csv(self) -> Response:
        """The whole audit log."""
        rows = map(audit_row, self._desk.audit.entries())
        text = BYTE_ORDER_MARK + listing.as_csv(rows, COLUMNS)
        return file_answer(text.encode(), "audit.csv", "text/csv")


def _rights(language: str, account: StoredAccount | None) -> list[str]:
    roles = [(key, word(f"access_role_{key}", language)) for key in ROLES]
    areas = " ".join(account.areas) if account else ""
    return [
        choice("access_role", "role", roles, account.role if account else "viewer", language),
        field("access_areas", "areas", language, areas),
        tick("access_originals", "originals", language, on=bool(account and account.originals)),
    ]


def _is_whole(act: str, sent: Mapping[str, str]) -> bool:
    """Whether a form is one of this page and has all its fields but the tick, which may be off."""
    return act in FIELDS and all(key in sent for key in FIELDS[act])


def _wish(sent: Mapping[str, str], password: str | None = None) -> Wish:
    """What the form of rights asks for."""
    areas = sent["areas"].replace("，", " ").replace("、", " ").replace(",", " ").split()
    return Wish(sent["role"], areas, "originals" in sent, password)
