"""The first block of the overview: how many targets stand how, and the five furthest behind."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import in_order
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.components.targets.target_choice import TargetChoice, rows_of
from dashboard.components.targets.target_list import is_behind, status_chips, words_of
from dashboard.components.targets.target_page import status_tag
from dashboard.services.front_desk import FrontDesk

MOST = 5


def lead_panel(desk: FrontDesk, selection: Selection) -> list[Component]:
    """Nothing where the area has no targets in the month's year."""
    if selection.period is None:
        return []
    choice = TargetChoice(selection.area, str(selection.period))
    rows = rows_of(desk, choice, selection)
    if not rows:
        return []
    language = selection.language
    behind = [row for row in in_order(rows) if is_behind(row)]
    entries = []
    for row in behind[:MOST]:
        words = words_of(desk, row, language)
        href = choice.address(selection, target=row.target.id, at=row.area)
        entries.append(
            html.Li(
                [
                    status_tag(row, language),
                    html.Span(
                        [
                            html.A(words.name, href=href, className="strong", **data(page="1")),
                            word("colon", language),
                            words.standing,
                        ]
                    ),
                ]
            )
        )
    body: list[Component] = [status_chips(rows, choice, selection)]
    if entries:
        more = len(behind) - len(entries)
        body.append(html.Ol(entries, className="target-lead"))
        if more > 0:
            address = choice.address(selection)
            body.append(html.P(html.A(word("targets_more", language, count=more), href=address)))
    else:
        body.append(html.P(word("targets_none_behind", language), className="lead-text"))
    title = html.A(word("targets_lead", language), href=choice.address(selection), **data(page="1"))
    block = card("", body)
    block.children[0].children = title
    return [block]
