"""The help page of one topic, and the accessibility statement."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.help.help import ACCESS, PAGE_PATH, statement, statement_page
from dashboard.components.help.help_topic import topic_help
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def layout(topic: str = "", **query: object) -> Component:
    """The help on the topic with this id; a friendly page where there is none."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    declared = desk.catalogue.topics.get(topic)
    if declared is not None:
        content = topic_help(desk, declared, selection)
    elif topic == ACCESS and statement(selection.language):
        content = statement_page(selection)
    else:
        content = not_found(desk, selection, "topic", topic)
    return screen(desk, f"{PAGE_PATH}/{topic}", selection, content, filters=False)


def title(topic: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    declared = desk.catalogue.topics.get(topic)
    text = word("help_access" if topic == ACCESS else "unknown_status", language)
    if declared:
        text = word("help_topic_of", language, topic=declared.title[language])
    return tab_title(desk, text, language)


register_page(__name__, path_template="/help/<topic>", title=title, layout=layout, order=21)
