"""The report page: its charts and parts in order, as slides, document, workbook or PDF."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.reports.report_form import report_form
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.shell import tab_title
from dashboard.exports.template_files import own_slides
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/report"


def layout(**query: object) -> Component:
    """The form; area, period and comparison stand in the address."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    language = selection.language
    heading = html.Div(
        [
            html.H1(word("page_report", language)),
            html.P(word("report_lead", language), className="lead-in"),
        ]
    )
    content = [heading, *report_form(desk, selection, own_slides(desk.settings.home))]
    return screen(desk, PAGE_PATH, selection, content)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_report", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=7)
