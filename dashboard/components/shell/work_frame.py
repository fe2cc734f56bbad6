"""Builds the frame of pages that the server writes in full: account, users, forms, hand-ins.

Header, topics and work pages are those of every other page; below them stand the reader's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from flask import request

from dashboard.base.language import LANGUAGES, word
from dashboard.components.logo import ADDRESS
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.html_document import HTML_LANGUAGE, html_document
from dashboard.components.shell.marking import marking
from dashboard.components.shell.plain_html import as_html
from dashboard.components.shell.shell import MARK, places
from dashboard.services.access.person import Person, Role, acting_person
from dashboard.services.front_desk import FrontDesk

STYLES = ("10-base/tokens.css", "10-base/base.css", "20-shell/shell.css", "plain/work.css")
SIGN_IN, ACCOUNT, MARKINGS = "/sign-in", "/access", "/markings"
PUBLICATIONS = "/publications"
HAND_INS, FILL = "/hand-ins", "/hand-ins/form"
USERS, AUDIT, API = f"{ACCOUNT}/users", f"{ACCOUNT}/audit", "/api/"
Link = tuple[str, str]  # a path and its words
_NOBODY = Person("", Role.VIEWER)


def work_document(desk: FrontDesk, title: str, main: str, *, is_bare: bool = False) -> str:
    """The whole HTML text of a page in this frame; ``main`` is HTML already.

    Whoever has not signed in sees the bureau's name and the languages alone; so does everybody
    where it ``is_bare``: then it asks neither who acts nor for anything that is stored.
    """
    language, person = reader_language(), _NOBODY if is_bare else acting_person()
    is_known = not is_bare and (person.signed_in or not desk.settings.needs_sign_in)
    own = _tabs(own_links(person, language), "own-pages", language) if is_known else ""
    body = (
        f'<a href="#main" class="skip-link">{escape(word("shell_skip", language))}</a>'
        f'<div class="page"><header class="masthead"><div class="panel-nav">'
        f"{_brand(desk, language, is_known=is_known)}"
        f"{_pages(desk, language) if is_known else ''}{_tools(person, language)}</div></header>"
        f'<main id="main">{own}<div class="page-title"><h1>{escape(title)}</h1></div>{main}</main>'
        f'<footer class="colophon"><p>{escape(word("footer_offline", language))}</p></footer></div>'
    )
    return html_document(language, title, body, STYLES, themed=True)


def refused_document(
    desk: FrontDesk, title: str, text: str, language: str, *, is_bare: bool = False
) -> str:
    """The whole HTML text of a page that says why nothing is shown, and who is signed in as what.

    ``is_bare`` is that of ``work_document``.
    """
    person = _NOBODY if is_bare else acting_person()
    who = ""
    if person.signed_in:
        role = word(f"access_role_{person.role.key}", language)
        who = f"<p>{escape(word('access_signed_in_as', language, name=person.name, role=role))}</p>"
    is_stranger = not is_bare and desk.settings.needs_sign_in and not person.signed_in
    path, key = (SIGN_IN, "access_sign_in") if is_stranger else ("/", "page_overview")
    main = (
        f'<p class="notice" role="status">{escape(text)}</p>{who}'
        f'<p><a href="{path}?lang={language}">{escape(word(key, language))}</a></p>'
    )
    return work_document(desk, title, main, is_bare=is_bare)


def own_links(person: Person, language: str) -> list[Link]:
    """The pages of this frame that a person may open."""
    links = [(ACCOUNT, "access_own"), (API, "api_title")]
    if person.role >= Role.CONTRIBUTOR:
        links = [(FILL, "fill_title"), (HAND_INS, "waiting_title"), *links]
    if person.role >= Role.EDITOR:
        links[2:2] = [(MARKINGS, "marking_title"), (PUBLICATIONS, "publication_title")]
    if person.role >= Role.ADMIN:
        links += [(USERS, "access_users"), (AUDIT, "access_audit")]
    return [(path, word(key, language)) for path, key in links]


def _brand(desk: FrontDesk, language: str, *, is_known: bool) -> str:
    marked = as_html(marking(desk.release.marking)) if is_known else ""
    return (
        f'<a href="/?lang={language}" class="brand"><img src="{ADDRESS}" alt="" height="{MARK}"'
        f' class="logo"><span>{escape(desk.context.bureau(language))}</span>{marked}</a>'
    )


def _pages(desk: FrontDesk, language: str) -> str:
    """What every page of the dashboard leads to, as there: the places, several pages in a menu."""
    steps = []
    for place in places(desk, language):
        links = [(path, name) for name, path in place.pages]
        below = _steps(links, language)
        if len(links) > 1:
            below = (
                f'<li><details class="place"><summary class="tab">{escape(place.name)}</summary>'
                f"<ul>{below}</ul></details></li>"
            )
        steps.append(below)
    label = escape(word("shell_pages", language))
    return f'<nav class="pages" aria-label="{label}"><ul class="places">{"".join(steps)}</ul></nav>'


def _tabs(links: Sequence[Link], kind: str, language: str) -> str:
    label = escape(word("shell_own_pages", language))
    steps = _steps(links, language)
    return f'<nav class="{kind}" aria-label="{label}"><ul>{steps}</ul></nav>'


def _steps(links: Sequence[Link], language: str) -> str:
    """Each link as a tab; the one that leads here, or nearest above, is marked."""
    here = [path for path, _ in links if f"{request.path}/".startswith(f"{path.rstrip('/')}/")]
    nearest = max((path for path in here if path != "/"), key=len, default="")
    return "".join(_step(link, language, is_current=link[0] == nearest) for link in links)


def _step(link: Link, language: str, *, is_current: bool) -> str:
    path, text = link
    current = ' aria-current="page"' if is_current else ""
    address = f"{escape(path)}?lang={language}"
    return f'<li><a href="{address}" class="tab"{current}>{escape(text)}</a></li>'


def _tools(person: Person, language: str) -> str:
    """Help, the reader's name, the languages."""
    links: list[Link] = []
    if person.name:
        links = [("/help", word("shell_help", language)), (ACCOUNT, person.name)]
    shown = "".join(
        f'<a href="{path}?lang={language}" class="frame-tool">{escape(text)}</a>'
        for path, text in links
    )
    languages = "".join(_language(code, language) for code in LANGUAGES)
    label = escape(word("language", language))
    return (
        f'<div class="frame-tools">{shown}'
        f'<nav class="segments languages" aria-label="{label}">{languages}</nav></div>'
    )


def _language(code: str, language: str) -> str:
    """This page in a language, with what else its address says."""
    address = "?" + urlencode({**request.args.to_dict(), "lang": code})
    current = ' aria-current="true"' if code == language else ""
    kind = "segment is-on" if code == language else "segment"
    return (
        f'<a href="{escape(address)}" lang="{HTML_LANGUAGE[code]}" class="{kind}"{current}>'
        f"{escape(word(f'language_{code}', code))}</a>"
    )
