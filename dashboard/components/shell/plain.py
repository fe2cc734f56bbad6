"""Builds the frame of a page without scripts: links, area and period, and what this page is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import LANGUAGES, word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import shell
from dashboard.components.shell.address import link, topic_of, with_language
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.html_document import HTML_LANGUAGE, html_document
from dashboard.components.shell.marking import marking
from dashboard.components.shell.plain_html import ANYWAY, PREFIX, as_html, plain_address
from dashboard.services.front_desk import FrontDesk

# Pages that can only be worked with by scripts; there is nothing to read on them.
WORK_PAGES = {
    "/submissions": "page_submissions",
    "/drafts": "page_drafts",
    "/report": "page_report",
    "/meeting": "page_meeting",
    "/scorecards": "card_print_all",
}
RECEIPT = "/receipt"
MORE_LINKS = (
    ("page_indicators", "/indicators"),
    ("page_completeness", "/completeness"),
    ("page_help", "/help"),
)


def _links(desk: FrontDesk, shown_path: str, selection: Selection) -> Component:
    language = selection.language
    pages = [(word(f"page_{name}", language), path) for name, path in shell.FIRST_PAGES]
    pages += [
        (topic.title[language], f"/topic/{topic.id}") for topic in desk.catalogue.topic_order()
    ]
    pages += [(word(key, language), path) for key, path in MORE_LINKS]
    current = aria(current="page")
    steps = [
        html.Li(html.A(text, href=link(path, selection), **(current if path == shown_path else {})))
        for text, path in pages
    ]
    return html.Nav(html.Ul(steps), **aria(label=word("shell_pages", language)))


def _languages(path: str, selection: Selection) -> Component:
    others = [language for language in LANGUAGES if language != selection.language]
    return html.P(
        [
            html.A(
                word(f"language_{code}", code),
                href=with_language(path, selection, code),
                lang=HTML_LANGUAGE[code],
            )
            for code in others
        ]
    )


def _choice(name: str, text: str, options: Sequence[tuple[str, str]], chosen: str) -> Component:
    listed = [html.Option(shown, value=value, selected=value == chosen) for value, shown in options]
    # A label is left out of pages made for scripts; around a native control it is a plain span.
    return html.P(
        [
            html.Span(text, id=f"{name}-name"),
            " ",
            html.Select(listed, name=name, **aria(labelledby=f"{name}-name")),
        ]
    )


def choices(desk: FrontDesk, path: str, selection: Selection) -> Component:
    """Area and period as a form that the browser sends by itself."""
    language, controls = selection.language, []
    street = path.removeprefix("/street/") if path.startswith("/street/") else ""
    if not street:
        areas = [
            ("　" * int(str(choice["level"])) + str(choice["label"]), str(choice["value"]))
            for choice in desk.selections.area_choices(language)
        ]
        listed = [(value, label) for label, value in areas]
        controls.append(_choice("area", word("filter_area", language), listed, selection.area))
    months = desk.selections.periods(street or selection.area, topic_of(path), selection.as_known)
    named = [(str(month), periods.name(month, language)) for month in months]
    if named:
        controls.append(
            _choice("period", word("filter_period", language), named, str(selection.period))
        )
    button = html.Button(word("plain_show", language), type="submit")
    return html.Form([*controls, button], method="get", action=plain_address(path))


def notice(path: str, selection: Selection) -> Component:
    """What this page is and what the full one needs, in both languages."""
    full = link(path, selection) + ANYWAY
    texts = [
        html.P(
            [
                word("plain_notice", language),
                " ",
                html.Span(word("plain_needs", language)),
                " ",
                html.A(word("plain_full", language), href=full),
            ],
            lang=HTML_LANGUAGE[language],
        )
        for language in sorted(LANGUAGES, key=lambda language: language != selection.language)
    ]
    return html.Div(texts, className="notice", role="note")


def nothing_to_read(shown_path: str, selection: Selection) -> list[Component]:
    """Instead of a page that is all buttons and fields."""
    language = selection.language
    title = next(key for path, key in WORK_PAGES.items() if shown_path.startswith(path))
    anchor = html.A(word("plain_to_figures", language), href=link("/", selection))
    return [
        html.H1(word(title, language)),
        html.P([word("plain_work_page", language), " ", anchor]),
    ]


def receipt_entry(language: str) -> str:
    """The HTML of the form in which the code of a receipt is typed; it needs no script."""
    title, lead = word("page_receipt", language), word("code_text", language)
    label, button = word("code_field", language), word("code_open", language)
    return (
        f"<h1>{escape(title)}</h1><p>{escape(lead)}</p>"
        f'<form action="{PREFIX}{RECEIPT}" method="get"><p><label for="code">{escape(label)}'
        f'</label> <input id="code" name="code" maxlength="40" required> '
        f'<input type="hidden" name="lang" value="{language}">'
        f'<button type="submit">{escape(button)}</button></p></form>'
    )


def plain_body(
    desk: FrontDesk, path: str, selection: Selection, main: str, *, filters: bool
) -> str:
    """The HTML of everything between the body's tags; ``main`` is the page's own, HTML already."""
    language = selection.language
    bureau = html.A(desk.context.bureau(language), href=link("/", selection), className="brand")
    head = html.Header(
        [
            html.A(word("shell_skip", language), href="#main", className="skip"),
            html.P(
                [
                    bureau,
                    " ",
                    *marking(
                        desk.release.on_screen(selection.area, selection.period, selection.language)
                    ),
                ]
            ),
            _languages(path, selection),
            _links(desk, path, selection),
        ]
    )
    head.children += [notice(path, selection)]
    if filters:
        named = aria(label=word("filter_bar", language))
        head.children += [html.Section(choices(desk, path, selection), **named)]
    above = as_html(head, selection.language)
    return f"""{above}
<main id="main">
{main}
</main>
{as_html(html.Footer(shell.footer(desk, selection)), selection.language)}"""


def plain_document(language: str, title: str, body: str) -> str:
    """A whole HTML text around ``body``, which is HTML already; it asks for one style sheet."""
    return html_document(language, title, body, ["plain/plain.css"])
