"""The list of meetings, and a form for a new one."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.meetings.agendas import meeting_list, new_meeting
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.role_parts import for_role
from dashboard.components.shell.shell import tab_title
from dashboard.services.access.person import Role
from dashboard.services.front_desk import front_desk
from dashboard.services.submissions.reporting import today


def layout(**query: object) -> Component:
    """The page; how an agenda is filled is said at its top."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    language = selection.language
    content = [
        *title_block(word("page_meeting", language), "", word("meeting_text", language)),
        meeting_list(desk.meetings.all(), selection),
        for_role(Role.EDITOR, new_meeting(selection, today().isoformat())),
    ]
    return screen(desk, "/meeting", selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_meeting", language), language)


register_page(__name__, path="/meeting", title=title, layout=layout, order=7)
