"""Builds the notices of a page without figures: that there are none, why, and what to do next."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link, topic_of
from dashboard.components.shell.headings import area_name
from dashboard.services.front_desk import FrontDesk

LISTS = (
    "/indicators",
    "/submissions",
    "/drafts",
    "/unknown",
    "/meeting",
    "/receipt",
    "/help",
    "/figure",
)
OWN_PERIOD = ("/targets", "/completeness")  # their periods may be "all", or a span


def _notice(text: str, links: list[Component]) -> Component:
    steps: list[Component | str] = [text]
    for anchor in links:
        steps += [" ", anchor]
    return html.Div(html.P(steps), className="notice notice-absent", role="status")


def _is_list(path: str) -> bool:
    return path.startswith(LISTS) and not path.startswith("/indicators/")


def absence_notice(desk: FrontDesk, path: str, selection: Selection) -> Component | None:
    """Where neither the store, nor the area, nor the topic in it has a figure; None elsewhere."""
    language = selection.language
    if _is_list(path):
        return None
    hand_in = html.A(word("absent_hand_in", language), href=link("/submissions", selection))
    choices = desk.selections.area_choices(language)
    if not choices:
        # The overview has a card of its own for a first visit.
        return None if path == "/" else _notice(word("absent_store", language), [hand_in])
    place, known = area_name(desk, selection.area, language), selection.as_known
    if not desk.selections.periods(selection.area, known=known):
        first = choices[0]
        other = word("absent_other_area", language, area=first["label"])
        other_area = html.A(other, href=link("/", selection, area=first["value"], period=None))
        return _notice(word("absent_area", language, area=place), [other_area, hand_in])
    topic = desk.catalogue.topics.get(topic_of(path))
    if topic is not None and not desk.selections.periods(selection.area, topic.id, known):
        text = word("absent_topic", language, area=place, topic=topic.title[language])
        which = link("/indicators", selection) + f"&topic={topic.id}"
        overview = html.A(word("absent_overview", language, area=place), href=link("/", selection))
        return _notice(text, [html.A(word("absent_indicators", language), href=which), overview])
    return None


def unread_text(path: str, selection: Selection) -> str:
    """Names what the address says and nobody can read; "" where all of it was understood."""
    language = selection.language
    unread = [name for name in selection.unread if name != "period" or path not in OWN_PERIOD]
    names = word("list_comma", language).join(word(f"unread_{name}", language) for name in unread)
    return word("unread_notice", language, names=names) if unread else ""


def unread_notice(path: str, selection: Selection) -> Component | None:
    """The same as a notice; None where all of the address was understood."""
    text = unread_text(path, selection)
    return _notice(text, []) if text else None


def absence_notices(desk: FrontDesk, path: str, selection: Selection) -> list[Component]:
    """Both, as far as they apply."""
    both = (unread_notice(path, selection), absence_notice(desk, path, selection))
    return [notice for notice in both if notice is not None]
