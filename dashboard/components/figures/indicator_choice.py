"""Narrows the list of indicators: a text, a topic, and which of them by how they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria
from dashboard.services.figures.indicators import IndicatorRow

EVERY = "every"  # the choice of all topics
SHOWS = ("targets", "worse", "older")

Targets = Mapping[str, Sequence[Progress]]


@dataclass(frozen=True, slots=True)
class ListChoice:
    """What the list is narrowed to: a ``text`` searched for, a ``topic``, and ``show``, which is
    one of SHOWS; each "" for all.
    """

    text: str = ""
    topic: str = ""
    show: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text.strip() or self.topic or self.show)

    def address(self, selection: Selection, show: str) -> str:
        """The list with the same text and topic, narrowed to ``show``."""
        own = {"q": self.text, "topic": self.topic, "show": show}
        query = urlencode({name: value for name, value in own.items() if value})
        address = link("/indicators", selection)
        return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def list_choice(asked: Mapping[str, str]) -> ListChoice:
    """What an address's query asks for; what it does not know is all."""
    topic, show = asked.get("topic", ""), asked.get("show", "")
    return ListChoice(
        asked.get("q", ""), "" if topic == EVERY else topic, show if show in SHOWS else ""
    )


def narrowed(
    rows: Sequence[IndicatorRow],
    tiles: Mapping[str, Tile],
    targets: Targets,
    show: str,
    selection: Selection,
) -> list[IndicatorRow]:
    """The rows that have a target, changed for the worse, or have no figure of the period."""
    if not show:
        return list(rows)
    return [
        row
        for row in rows
        if (tile := tiles.get(row.indicator.id)) is not None
        and _matches(tile, bool(targets.get(row.indicator.id)), show, selection)
    ]


def _matches(tile: Tile, has_target: bool, show: str, selection: Selection) -> bool:
    if show == "targets":
        return has_target
    if show == "worse":
        return tile.tone == "worse"
    return tile.figure is not None and tile.figure.period != selection.period


def chips(
    rows: Sequence[IndicatorRow],
    tiles: Mapping[str, Tile],
    targets: Targets,
    choice: ListChoice,
    selection: Selection,
) -> Component:
    """Links that narrow the list, each with how many it keeps; none of what keeps none."""
    language = selection.language
    entries = [_chip(word("indicators_all", language), "", choice, selection)]
    for show in SHOWS:
        count = len(narrowed(rows, tiles, targets, show, selection))
        if count or choice.show == show:
            text = word(f"indicators_show_{show}", language, count=count)
            entries.append(_chip(text, show, choice, selection))
    label = aria(label=word("indicators_shown", language))
    return html.Nav(html.Ul(entries), className="list-chips", **label)


def _chip(text: str, show: str, choice: ListChoice, selection: Selection) -> Component:
    is_on = choice.show == show
    current = aria(current="true") if is_on else {}
    kind = "list-chip is-on" if is_on else "list-chip"
    return html.Li(html.A(text, href=choice.address(selection, show), className=kind, **current))
