"""Proposes sets of areas to set side by side, each chosen with one click."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.base.language import word
from dashboard.catalogue.concepts import Area, Level
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import place_in_order
from dashboard.components.shell.attributes import data
from dashboard.services.figures.side_by_side import MOST
from dashboard.services.front_desk import FrontDesk

LEVELS = (Level.PROVINCE, Level.CITY, Level.DISTRICT)


class Proposal(NamedTuple):
    """A set of areas, and why these."""

    why: str
    areas: tuple[str, ...]


def proposals(
    desk: FrontDesk, streets: Sequence[Area], others: Sequence[str], selection: Selection
) -> list[Proposal]:
    """Streets with most targets behind, else the first ones; areas of one level; MOST each."""
    sets = [_of_streets(desk, streets, selection)] if streets else []
    sets += _of_one_level(desk, others, selection.language)
    shown: dict[tuple[str, ...], Proposal] = {}
    for proposal in sets:
        if len(proposal.areas) > 1:
            shown.setdefault(tuple(sorted(proposal.areas)), proposal)
    return list(shown.values())


def _of_streets(desk: FrontDesk, streets: Sequence[Area], selection: Selection) -> Proposal:
    """Of the areas below one, called by their level."""
    below = word(f"chart_below_{streets[0].level}", selection.language)
    codes = [street.code for street in streets]
    behind = _most_behind(desk, codes, selection)
    if len(behind) > 1:
        return Proposal(word("compare_most_behind", selection.language, below=below), behind)
    why = word("compare_first_streets", selection.language, below=below)
    return Proposal(why, tuple(codes[:MOST]))


def _most_behind(desk: FrontDesk, streets: Sequence[str], selection: Selection) -> tuple[str, ...]:
    """The streets with most targets off pace, those furthest behind first among equals."""
    behind = defaultdict(list)
    for row in desk.target_overview.of(selection).parts:
        if row.status in OFF_PACE and row.area in streets:
            behind[row.area].append(row)
    ordered = sorted(
        behind, key=lambda code: (-len(behind[code]), min(map(place_in_order, behind[code])))
    )
    return tuple(ordered[:MOST])


def _of_one_level(desk: FrontDesk, others: Sequence[str], language: str) -> list[Proposal]:
    by_level = defaultdict(list)
    for code in others:
        area = desk.areas().get(code)
        if area is not None:
            by_level[area.level].append(code)
    return [
        Proposal(word(f"compare_{level}", language), tuple(by_level[level][:MOST]))
        for level in LEVELS
    ]


def proposal_list(
    desk: FrontDesk, sets: Sequence[tuple[Proposal, str]], language: str
) -> Component:
    """The proposals with their addresses, as links that name the areas."""
    comma = word("list_comma", language)
    items = [
        html.Li(
            html.A(
                [
                    html.Strong(proposal.why),
                    html.Span(
                        comma.join(desk.areas().name_of(code, language) for code in proposal.areas)
                    ),
                ],
                href=href,
                **data(page="1"),
            )
        )
        for proposal, href in sets
    ]
    return html.Section(
        [html.H2(word("compare_propose", language)), html.Ul(items)], className="compare-proposals"
    )
