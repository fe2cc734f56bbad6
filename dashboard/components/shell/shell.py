"""Builds the frame of every page: header, navigation, breadcrumb, notices, footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import LANGUAGES, known_name, word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.components.logo import ADDRESS, read_logo
from dashboard.components.shell import ids
from dashboard.components.shell.address import link, with_language
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.marking import marking
from dashboard.components.shell.theme_choice import theme_choice
from dashboard.services.access.person import acting_person
from dashboard.services.front_desk import FrontDesk

FIRST_PAGES = (("overview", "/"), ("targets", "/targets"), ("streets", "/street"))
TOPICS = "topics"
# The places of the dashboard in their order: a word, and the pages there, each a word and a path.
PLACES = (
    ("page_overview", (("page_overview", "/"),)),
    ("page_targets", (("page_targets", "/targets"),)),
    ("place_topics", ((TOPICS, ""),)),
    ("page_streets", (("page_streets", "/street"), ("nav_compare", "/compare"))),
    ("page_indicators", (("page_indicators", "/indicators"),)),
    (
        "page_submissions",
        (
            ("page_submissions", "/submissions"),
            ("page_completeness", "/completeness"),
            ("page_drafts", "/drafts"),
        ),
    ),
    ("page_meeting", (("page_meeting", "/meeting"), ("page_report", "/report"))),
)
MARK = 32  # pixels, the height of the logo
WITHOUT_FIGURES = ("/indicators", "/submissions", "/drafts", "/unknown", "/meeting", "/receipt")


def tab_title(desk: FrontDesk, text: str, language: str) -> str:
    """The browser tab's title of a page."""
    return f"{text} · {desk.context.bureau(language)}"


class Place(NamedTuple):
    """A place of the dashboard: its name, and the pages there, each with its name and path."""

    name: str
    pages: tuple[tuple[str, str], ...]


def places(desk: FrontDesk, language: str) -> list[Place]:
    """The places in their order; the topics are the pages of one of them."""
    topics = tuple(
        (topic.title[language], f"/topic/{topic.id}") for topic in desk.catalogue.topic_order()
    )
    return [
        Place(
            word(key, language),
            topics
            if pages[0][0] == TOPICS
            else tuple((word(name, language), path) for name, path in pages),
        )
        for key, pages in PLACES
    ]


def is_at(path: str, shown_path: str) -> bool:
    """Whether the page that is shown is the one at ``path``, or below it."""
    shown_path = shown_path.partition("?")[0]
    return shown_path == path or (path != "/" and shown_path.startswith(path + "/"))


def _place(place: Place, shown_path: str, selection: Selection) -> Component:
    """A place as a link, or as a menu where it has several pages."""
    tabs = [
        html.A(
            name,
            href=link(path, selection),
            className="tab",
            **(aria(current="page") if is_at(path, shown_path) else {}),
        )
        for name, path in place.pages
    ]
    if len(tabs) == 1:
        return html.Li(tabs[0])
    is_here = any(is_at(path, shown_path) for _, path in place.pages)
    head = html.Summary(place.name, className="tab is-here" if is_here else "tab")
    return html.Li(html.Details([head, html.Ul([html.Li(tab) for tab in tabs])], className="place"))


def _logo(desk: FrontDesk) -> Component:
    """The bureau's logo, its room kept before it is there; the name stands beside it."""
    shape = read_logo(desk.settings.logo).shape
    return html.Img(src=ADDRESS, alt="", width=round(MARK * shape), height=MARK, className="logo")


def _language_switch(path: str, selection: Selection) -> Component:
    language = selection.language
    links = [
        html.A(
            word(f"language_{other}", other),
            href=with_language(path, selection, other),
            lang="zh-CN" if other == "zh" else "en",
            className="segment is-on" if other == language else "segment",
            **data(reload="1"),
            **(aria(current="true") if other == language else {}),
        )
        for other in LANGUAGES
    ]
    label = aria(label=word("language", language))
    return html.Nav(links, className="segments languages", **label)


def navigation(desk: FrontDesk, shown_path: str, selection: Selection) -> list[Component]:
    """The bureau's name, the places, the language; behind a button when narrow."""
    language = selection.language
    steps = [_place(place, shown_path, selection) for place in places(desk, language)]
    menu = aria(expanded="false", controls="navigation") | data(action="menu")
    return [
        html.A(
            [
                _logo(desk),
                html.Span(desk.context.bureau(language)),
                *marking(
                    desk.release.on_screen(selection.area, selection.period, selection.language)
                ),
            ],
            href=link("/", selection),
            className="brand",
        ),
        html.Button(word("shell_menu", language), type="button", className="menu-button", **menu),
        html.Nav(
            html.Ul(steps, className="places"),
            id="navigation",
            className="pages",
            **aria(label=word("shell_pages", language)),
        ),
        html.Div(
            [
                html.Button(
                    word("shell_present", language),
                    type="button",
                    className="frame-tool",
                    title=word("shell_present_key", language),
                    **data(action="present"),
                ),
                html.A(
                    word("shell_help", language),
                    href=link("/help", selection),
                    className="frame-tool",
                ),
                *_account_link(language),
                theme_choice(language),
                _language_switch(shown_path, selection),
            ],
            className="frame-tools",
        ),
    ]


def _account_link(language: str) -> list[Component]:
    """The signed-in person's name, which leads to his or her account."""
    name = acting_person().name
    if not name:
        return []
    address, title = f"/access?lang={language}", word("access_own", language)
    return [
        html.A(name, href=address, title=title, className="frame-tool", **data(reload="1")),
    ]


def breadcrumb(desk: FrontDesk, shown_path: str, selection: Selection) -> list[Component]:
    """The way up: every area above leads to its own view, the last one is where we are.

    On an indicator's page the topic and the indicator follow.
    """
    path = "/" if shown_path.startswith("/street/") else shown_path
    areas = desk.selections.breadcrumb(selection.area)
    further = _topic_steps(desk, shown_path, selection)
    steps: list[Component] = []
    for area in areas:
        name = area.name[selection.language]
        if area.code == selection.area and not further:
            steps.append(html.Li(html.Span(name, **aria(current="location"))))
        else:
            steps.append(html.Li(html.A(name, href=link(path, selection, area=area.code))))
    steps += further
    label = aria(label=word("shell_breadcrumb", selection.language))
    return [html.Nav(html.Ol(steps), className="breadcrumb-path", **label)] if steps else []


def _topic_steps(desk: FrontDesk, shown_path: str, selection: Selection) -> list[Component]:
    """The topic of an indicator's page, which leads there, and the indicator; none elsewhere."""
    language, name = selection.language, shown_path.removeprefix("/indicators/")
    indicator = desk.catalogue.indicators.get(name)
    topic = desk.catalogue.topics.get(indicator.topic) if indicator else None
    if indicator is None or topic is None:
        return []
    up = html.A(topic.title[language], href=link(f"/topic/{topic.id}", selection))
    here = html.Span(indicator.name[language], **aria(current="page"))
    return [html.Li(up), html.Li(here)]


def _has_fictional(desk: FrontDesk, selection: Selection) -> bool:
    """Whether the period or the area has fictional figures: targets and trends show other periods.

    A figure of one's own in a fictional district makes none of the others real.
    """
    if desk.figures.freshness(selection).is_demo:
        return True
    choices = desk.selections.area_choices(selection.language)
    return any(choice["demo"] for choice in choices if choice["value"] == selection.area)


def _demo_notice(desk: FrontDesk, selection: Selection) -> Component:
    language = selection.language
    real = next((c for c in desk.selections.area_choices(language) if not c["demo"]), None)
    dismissal = (
        html.A(
            word("demo_real_areas", language, area=real["label"]),
            href=link("/", selection, area=real["value"], period=None) + "#real-areas",
        )
        if real
        else None
    )
    return html.Div(
        [
            html.Strong(word("demo_title", language)),
            " ",
            word("demo_text", language),
            " ",
            dismissal,
        ],
        className="notice notice-demo",
        role="note",
    )


def _moved_notice(selection: Selection) -> Component | None:
    """Says that another period is shown than the address asked for."""
    asked = getattr(selection, "asked", None)
    if asked is None or selection.period is None:
        return None
    language = selection.language
    text = word(
        "period_moved",
        language,
        asked=periods.name(asked, language),
        shown=periods.name(selection.period, language),
    )
    return html.Div(text, className="notice", role="status")


def known_notice(path: str, selection: Selection) -> Component | None:
    """Says that an earlier state of knowledge is shown, and leads back to the latest."""
    language, day = selection.language, selection.as_known
    if day is None:
        return None
    text = word("known_notice", language, day=known_name(day, language))
    if path in WITHOUT_FIGURES:
        text += word("known_lists", language)
    back = html.A(word("known_back", language), href=link(path, selection, as_known=None))
    return html.Div([html.P([text, " ", back])], className="notice notice-known", role="note")


def shows_figures(path: str) -> bool:
    """Whether the page at this path shows figures of the selected area."""
    return path not in WITHOUT_FIGURES and not path.startswith("/help")


def notices(desk: FrontDesk, path: str, selection: Selection) -> list[Component]:
    """What must be known before reading on: an earlier state, fictional figures, another period."""
    known = known_notice(path, selection)
    if not shows_figures(path):
        return [known] if known else []
    shown = [
        known,
        _demo_notice(desk, selection) if _has_fictional(desk, selection) else None,
        _moved_notice(selection),
    ]
    return [notice for notice in shown if notice is not None]


def locked_since(desk: FrontDesk, selection: Selection) -> str:
    """Since when the shown period of the shown area is locked; empty where it is not."""
    period, language = selection.period, selection.language
    lock = desk.locks.over(selection.area, period) if period else None
    if lock is None or period is None:
        return ""
    day = f"{lock.written.astimezone():%Y-%m-%d}"
    return word("lock_since", language, period=periods.name(period, language), day=day)


def footer(desk: FrontDesk, selection: Selection) -> list[Component]:
    """How new the figures are, how far to trust them, which state of the store this is."""
    language, fresh = selection.language, desk.figures.freshness(selection)
    grades = [word(f"grade_{grade}", language) for grade in fresh.grades]
    facts = [
        word("footer_latest", language, period=periods.name(fresh.latest, language))
        if fresh.latest
        else "",
        word("footer_received", language, date=str(fresh.received)) if fresh.received else "",
        word("footer_grade", language, grades=word("list_comma", language).join(grades))
        if grades
        else "",
        locked_since(desk, selection),
        word("footer_version", language, version=fresh.version),
        word("footer_offline", language),
    ]
    return [
        html.P([html.Span(fact) for fact in facts if fact], className=_one_grade(fresh.grades)),
        html.P(
            [
                receipt_button(language),
                html.A(word("code_enter", language), href=link("/receipt", selection)),
            ],
            className="receipt-line",
        ),
    ]


def _one_grade(grades: Sequence[str]) -> str | None:
    """The class that says which one grade all figures of the area have; None of several."""
    return f"one-grade-{grades[0]}" if len(grades) == 1 else None


def skip_link(language: str) -> Component:
    """The first thing the keyboard reaches."""
    return html.A(
        word("shell_skip", language), href="#main", className="skip-link", **data(reload="1")
    )


def receipt_button(language: str) -> Component:
    """The button that gives this view its receipt; only then one is made."""
    button = html.Button(
        word("code_label", language), id=ids.RECEIPT_TAKE, type="button", className="tool"
    )
    taken = html.Span(id=ids.RECEIPT_TAKEN, role="status", className="told")
    return html.Span([button, taken], className="receipt-place")
