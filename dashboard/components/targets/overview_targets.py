"""Builds the first block of the overview: its finding, the status bar, the targets off pace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.lagging_streets import By
from dashboard.base.language import number, word
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import headline
from dashboard.components.figures.topic_rows import common_marks
from dashboard.components.shell.address import link
from dashboard.components.shell.headings import area_name, title_block
from dashboard.components.shell.phrases import clauses, dotted
from dashboard.components.targets.digest import digest
from dashboard.components.targets.off_pace import off_pace_list
from dashboard.components.targets.status_bar import status_bar
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.components.targets.target_matrix import matrix_section
from dashboard.services.front_desk import FrontDesk
from dashboard.services.targets.target_overview import AreaTargets

YEAR = 12  # months
MOST_NEWER = 2


def lead_panel(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The page's heading, and how the targets stand where the area has any in the month's year."""
    targets = desk.target_overview.of(selection)
    language = selection.language
    if not targets.rows:
        place = area_name(desk, selection.area, language)
        when = periods.name(selection.period, language) if selection.period else ""
        newer = [html.P(line, className="where") for line in _newer(desk, selection)]
        return [*title_block(place, when), *newer]
    choice = TargetChoice(selection.area, str(selection.period))
    title = _title(desk, targets, language)
    where = html.P(_where(desk, targets, selection), className="where")
    newer = [html.P(line, className="where") for line in _newer(desk, selection)]
    head = html.Div(
        [
            html.Div([html.H1(clauses(title)), where, *newer], className="page-title"),
            status_bar(targets.rows, choice, selection) if len(targets.rows) > 1 else None,
        ],
        className="overview-head",
    )
    body: list[Component | None] = [head]
    if targets.in_sight:
        body.append(html.H2(word("off_title", language), className="visually-hidden"))
        body.append(off_pace_list(desk, targets, choice, selection))
    matrix = matrix_section(desk, targets, choice, selection)
    changes = digest(desk, choice, selection)
    pair = "overview-pair" if matrix is not None and changes is not None else ""
    body.append(html.Div([matrix, changes], className=pair))
    return [part for part in body if part is not None]


def _title(desk: FrontDesk, targets: AreaTargets, language: str) -> str:
    """The finding; of an only target that lacks also the street in which most of it does."""
    title = headline(targets.rows, desk.catalogue, desk.areas(), language)
    if len(targets.rows) > 1 or not targets.in_sight:
        return title
    holdbacks = targets.in_sight[0].holdbacks
    if holdbacks.by is not By.GAP or not holdbacks.streets or holdbacks.short != 1:
        return title
    street = area_name(desk, holdbacks.streets[0].area, language)
    return word("overview_gap_in", language, title=title, street=street)


def _where(desk: FrontDesk, targets: AreaTargets, selection: Selection) -> str:
    """Which area, up to which month, and how much of the year is over.

    Where the targets are judged by the figures of a month before, it is said with their marks.
    """
    language, period = selection.language, selection.period
    place = area_name(desk, selection.area, language)
    if period is None:
        return place
    judged = _judged_at(targets, period)
    fields = {"area": place, "period": periods.name(period, language)}
    fields["judged"] = periods.name(judged, language)
    share = number(judged.month / YEAR * 100, 0, language)
    key = "overview_where_judged" if judged != period else "overview_where"
    key = "overview_where_year" if judged.month == YEAR else key
    where = word(key, language, share=share, **fields)
    # That figures are made up stands in the notice above the heading.
    common = common_marks(desk, replace(selection, period=judged))
    marks = [mark for mark in common if mark != word("chart_demo", language)]
    return word("overview_marks", language, where=where, marks=dotted(*marks)) if marks else where


def _judged_at(targets: AreaTargets, period: Period) -> Period:
    """The month of the year by which most targets that are not due yet are judged."""
    known = Counter(
        row.actual_period
        for row in targets.rows
        if row.actual_period and row.target.period >= period
    )
    newest, count = known.most_common(1)[0] if known else (period, 0)
    return newest if newest.year == period.year and count * 2 > known.total() else period


def _newer(desk: FrontDesk, selection: Selection) -> Iterator[list[Component | str]]:
    """What has come of the months after the one the page opens on, each with the way to it."""
    language, shown, known = selection.language, selection.period, selection.as_known
    if shown is None or shown != desk.selections.default_period(selection.area, known=known):
        return
    there = desk.selections.periods(selection.area, known=known)
    later = [period for period in there if period > shown][:MOST_NEWER]
    for period in sorted(later):
        newer = replace(selection, period=period)
        text = desk.figures.coverage_words(newer, whole=True)
        if text:
            name = html.A(periods.name(period, language), href=link("/", newer))
            yield [name, word("overview_newer", language, text=text)]
