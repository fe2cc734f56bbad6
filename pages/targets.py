"""The page of targets: which are off pace, where, why, and what it would take."""

from collections.abc import Mapping, Sequence

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.screen import Content, panel, screen
from dashboard.components.shell import ids
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.role_parts import for_role
from dashboard.components.shell.shell import tab_title
from dashboard.components.targets.commentary import commentary_card
from dashboard.components.targets.target_choice import (
    PAGE_PATH,
    TargetChoice,
    controls,
    narrowed,
    open_row,
    rows_of,
    target_choice,
)
from dashboard.components.targets.target_edit import dialog, opener
from dashboard.components.targets.target_history import history_card
from dashboard.components.targets.target_list import list_card, register_links, status_chips
from dashboard.components.targets.target_page import chart_part, head_card, link_back
from dashboard.components.targets.target_parts import parts_card
from dashboard.components.targets.target_plan import plan_card
from dashboard.components.targets.target_split import split_dialog
from dashboard.services.access.person import Role
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk, front_desk


def layout(**query: object) -> Component:
    """The list, or the open target; the address says what of it is shown."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    if area_is_unknown(desk, asked):
        unknown = not_found(desk, selection, "area", asked["area"])
        return screen(desk, PAGE_PATH, selection, unknown, filters=False)
    choice = target_choice(asked, selection)
    if choice.target:
        content = _open(desk, choice, selection, asked)
        return screen(desk, PAGE_PATH, selection, content, filters=False)
    every = rows_of(desk, choice, selection)
    content = _list(desk, choice, selection, narrowed(every, choice, desk.catalogue))
    band = controls(desk, choice, every, selection)
    return screen(desk, PAGE_PATH, selection, content, filters=False, band=band)


def _list(
    desk: FrontDesk, choice: TargetChoice, selection: Selection, rows: Sequence[Progress]
) -> list[Content]:
    return [
        panel(desk, "heading", PAGE_PATH, selection),
        status_chips(rows, choice, selection) if rows or choice.status else None,
        html.Div(list_card(desk, rows, choice, selection)),
        register_links(selection, opener(selection.language, "target_add")),
        for_role(Role.EDITOR, dialog(desk, selection)),
    ]


def _open(
    desk: FrontDesk, choice: TargetChoice, selection: Selection, asked: Mapping[str, str]
) -> list[Content]:
    language = selection.language
    try:
        row = open_row(desk, choice, selection)
    except NotFound:
        return list(not_found(desk, selection, "target", choice.target))
    divides = not row.inherited and not selection.as_known and desk.division.lacks_parts(row.target)
    split = opener(language, "target_split", ids.SPLIT_OPEN) if divides else None
    saved = html.P(word("target_saved", language), role="status", className="notice edit-mark")
    return [
        panel(desk, "heading", PAGE_PATH, selection),
        link_back(choice, selection, split, opener(language, "target_edit")),
        saved if asked.get("saved") else None,
        head_card(desk, row, selection),
        html.Div(chart_part(desk, row, selection)),
        None if selection.as_known else parts_card(desk, row, selection),
        None if selection.as_known else plan_card(desk, row, selection),
        commentary_card(desk, row, str(row.period), selection),
        history_card(desk, row.target, selection),
        for_role(Role.EDITOR, dialog(desk, selection, row.target.id)),
        for_role(Role.EDITOR, split_dialog(desk, row.target, selection)) if divides else None,
    ]


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_targets", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=1)
