"""Builds the choice of area, month, topic, owner and status of targets, in address and controls."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.office_names import office_name
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.fields import selects
from dashboard.components.shell.filters import depth
from dashboard.components.shell.headings import area_name
from dashboard.services.front_desk import FrontDesk

PAGE_PATH = "/targets"
ALL = "all"  # of a control: an empty value would show as nothing
NOBODY = "-"  # the owner of targets for which no office answers
_MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """What is shown: an area with those ``below`` it, a month (ALL: each target in its latest).

    ``topic``, ``owner`` and ``status`` narrow the list, "" for none; ``target`` is the open one,
    judged in the area ``at``.
    """

    area: str
    period: str = ""
    topic: str = ""
    owner: str = ""
    status: str = ""
    below: bool = False
    target: str = ""
    at: str = ""

    def address(self, selection: Selection, **changes: object) -> str:
        """The address of the page like this, with changes made first."""
        chosen = replace(self, **changes)  # type: ignore[arg-type]
        address = link(PAGE_PATH, selection, area=chosen.area, period=None)
        own = {
            "period": chosen.period,
            "topic": chosen.topic,
            "owner": chosen.owner,
            "status": chosen.status,
            "children": "1" if chosen.below else "",
            "target": chosen.target,
            "at": chosen.at if chosen.at != chosen.area else "",
        }
        given = {name: value for name, value in own.items() if value}
        return f"{address}&{urlencode(given)}" if given else address


def target_choice(query: Mapping[str, str], selection: Selection) -> TargetChoice:
    """What an address asks for; without a month the latest with figures is meant."""
    asked = query.get("period", "")
    latest = str(selection.period) if selection.period else ALL
    month = asked if _MONTH.fullmatch(asked) or asked == ALL else latest
    status = query.get("status", "")
    return TargetChoice(
        selection.area,
        month,
        query.get("topic", ""),
        query.get("owner", ""),
        status if status in set(Status) else "",
        query.get("children", "") == "1",
        query.get("target", ""),
        query.get("at", ""),
    )


def rows_of(desk: FrontDesk, choice: TargetChoice, selection: Selection) -> list[Progress]:
    """All rows of the area in the month: those `progress` prints."""
    month = "" if choice.period == ALL else choice.period
    return desk.targets.progress(choice.area, month, choice.below, str(selection.as_known or ""))


def open_row(desk: FrontDesk, choice: TargetChoice, selection: Selection) -> Progress:
    """The open target in its area; raises LookupError."""
    month = "" if choice.period == ALL else choice.period
    return desk.targets.standing(choice.target, choice.at, month, str(selection.as_known or ""))


def narrowed(
    rows: Sequence[Progress], choice: TargetChoice, catalogue: Catalogue
) -> list[Progress]:
    """The rows of the chosen topic and owner, of whatever status."""
    return [
        row
        for row in rows
        if choice.topic in ("", catalogue.indicators[row.target.indicator].topic)
        and choice.owner in ("", row.target.owner or NOBODY)
    ]


def _months(desk: FrontDesk, choice: TargetChoice, language: str) -> list[dict[str, str]]:
    """All years at once, then the months of the targets' years that have figures, newest first."""
    targets = [
        target for target in desk.targets.all() if target.area == choice.area and not target.retired
    ]
    known = _months_known(set(desk.selections.periods(choice.area)), targets, choice)
    years = {
        year for target in targets for year in range(target.start.year, target.period.year + 1)
    }
    inside = [m for m in known if m.year in years or str(m) == choice.period]
    every = {"label": word("targets_every_year", language), "value": ALL}
    months = sorted(inside, reverse=True)
    return [
        every,
        *({"label": periods.name(month, language), "value": str(month)} for month in months),
    ]


def _months_known(
    months: set[Period], targets: Sequence[Target], choice: TargetChoice
) -> set[Period]:
    """The months with figures, the last one of a target's year without any, the chosen one."""
    years = {month.year for month in months}
    due = {target.period for target in targets if target.period.year not in years}
    chosen = set()
    if _MONTH.fullmatch(choice.period):
        chosen.add(Period(*map(int, choice.period.split("-"))))
    return months | due | chosen


def _areas(desk: FrontDesk, language: str) -> list[dict[str, str]]:
    choices = desk.selections.area_choices(language)
    listed = {str(c["value"]) for c in choices}
    result = [
        {"label": "　" * depth(c) + str(c["label"]), "value": str(c["value"])} for c in choices
    ]
    without = {target.area for target in desk.targets.all() if not target.retired} - listed
    return result + [{"label": area_name(desk, a, language), "value": a} for a in sorted(without)]


def _topics(
    catalogue: Catalogue, choice: TargetChoice, rows: Sequence[Progress], language: str
) -> list[dict[str, str]]:
    """All topics at once, then those that the targets are of."""
    there = {catalogue.indicators[row.target.indicator].topic for row in rows} | {choice.topic}
    shown = [topic for topic in catalogue.topic_order() if topic.id in there]
    every = {"label": word("indicators_every_topic", language), "value": ALL}
    return [every, *({"label": topic.title[language], "value": topic.id} for topic in shown)]


def _owners(choice: TargetChoice, rows: Sequence[Progress], language: str) -> list[dict[str, str]]:
    """All owners at once, then each; last the targets of none, where others have one."""
    named = sorted({row.target.owner for row in rows} | {choice.owner} - {NOBODY})
    result = [{"label": word("targets_every_owner", language), "value": ALL}]
    result += [{"label": office_name(owner, language), "value": owner} for owner in named if owner]
    if len(result) > 1 and any(not row.target.owner for row in rows):
        result.append({"label": word("targets_nobody", language), "value": NOBODY})
    return result


def controls(
    desk: FrontDesk, choice: TargetChoice, rows: Sequence[Progress], selection: Selection
) -> Component:
    """Area, month, topic and owner, and whether the streets' own targets are listed too."""
    language = selection.language
    topics, owners = (
        _topics(desk.catalogue, choice, rows, language),
        _owners(choice, rows, language),
    )
    fields = [
        ("filter_area", ids.TARGETS_AREA, _areas(desk, language), choice.area),
        ("filter_period", ids.TARGETS_PERIOD, _months(desk, choice, language), choice.period),
        ("targets_topic", ids.TARGETS_TOPIC, topics, choice.topic or ALL),
        ("targets_owner", ids.TARGETS_OWNER, owners, choice.owner or ALL),
    ]
    below = dbc.Checkbox(
        id=ids.TARGETS_BELOW, label=word("targets_below", language), value=choice.below
    )
    drawn = {
        "area": choice.area,
        "period": choice.period,
        "topic": choice.topic or ALL,
        "owner": choice.owner or ALL,
        "children": choice.below,
    }
    store = dcc.Store(id=ids.TARGETS_DRAWN, data=drawn)
    return html.Div(
        [*selects(fields, language), below, store], className="filter-bar targets-controls"
    )
