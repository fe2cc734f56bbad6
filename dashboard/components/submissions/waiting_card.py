"""Builds the card that leads to the hand-ins which wait for an editor."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.services.access.person import Role, acting_person
from dashboard.services.front_desk import FrontDesk

PAGE = "/hand-ins"


def waiting_card(desk: FrontDesk, language: str) -> Component | None:
    """How many wait: of all for editors, of one's own for contributors; None for viewers.

    Nothing either where approval is off and nothing waits.
    """
    person, waiting = acting_person(), desk.submissions.waiting
    if person.role < Role.CONTRIBUTOR:
        return None
    count = waiting.count()
    if not (waiting.is_on or count):
        return None
    decides = person.role >= Role.EDITOR
    key = "waiting_card_editor" if decides else "waiting_card_own"
    address = f"{PAGE}?lang={language}"
    link = html.A(word(key, language, count=count), href=address, **data(reload="1"))
    rule = None if decides else html.P(word("waiting_card_rule", language), className="muted")
    return card(word("waiting_title", language), [html.P(link), rule])
