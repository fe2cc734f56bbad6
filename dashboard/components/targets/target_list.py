"""Builds the list of targets: counts by status, and one row a target with its bullet bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import (
    ORDER,
    SIGNS,
    TargetWords,
    in_order,
    status_word,
)
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import ABSENT, Cell, Row, head_row, real_table
from dashboard.components.targets.bullets import bullet
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.services.front_desk import FrontDesk

NUMBERS = ("gap", "forecast", "needed")
MANY_UNITS = ("done", "forecast", "needed")  # a reader cannot sort by these
ALL_STATUSES = "all"  # in the class names of the count of all targets
COLUMNS = ("name", "done", "path", "gap", "status", "forecast", "needed")


def words_of(desk: FrontDesk, row: Progress, language: str, *, brief: bool = False) -> TargetWords:
    """What can be said of a row; ``brief`` with four significant figures at most."""
    return TargetWords(row, desk.catalogue, desk.areas(), language, brief)


def status_chips(rows: Sequence[Progress], choice: TargetChoice, selection: Selection) -> Component:
    """How many targets stand how; each count leads to those alone, the chosen one back to all."""
    language, counts = selection.language, Counter(row.status for row in rows)
    chips = [_chip(None, len(rows), choice, selection)]
    chips += [_chip(status, counts[status], choice, selection) for status in ORDER]
    return html.Ul(
        chips, className="status-chips", **aria(label=word("targets_by_status", language))
    )


def _chip(
    status: Status | None, count: int, choice: TargetChoice, selection: Selection
) -> Component:
    """One count; ``status`` is None for that of all targets."""
    own = str(status or "")
    is_chosen = choice.status == own
    kind = f"status-chip status-{own or ALL_STATUSES}" + (" is-on" if is_chosen else "")
    inside = _chip_words(status, count, selection.language)
    if not count and not is_chosen:
        return html.Li(html.Span(inside, className=kind + " is-none"))
    href = choice.address(selection, status="" if is_chosen else own, target="", at="")
    current = aria(current="true") if is_chosen else {}
    return html.Li(html.A(inside, href=href, className=kind, **current, **data(page="1")))


def _chip_words(status: Status | None, count: int, language: str) -> list[Component]:
    name = status_word(status, language) if status else word("targets_all", language)
    words = [
        html.Span(name, className="chip-name"),
        html.Strong(str(count), className="chip-count"),
    ]
    if status is None:
        return words
    return [html.Span(SIGNS[status], className="chip-sign", **aria(hidden="true")), *words]


def _cells(
    desk: FrontDesk, row: Progress, choice: TargetChoice, selection: Selection
) -> list[Cell]:
    language = selection.language
    words = words_of(desk, row, language)
    href = choice.address(selection, target=row.target.id, at=row.area)
    due = words.due_by
    about = dotted(
        words.place if choice.below else "", office_name(row.target.owner, language), due
    )
    drawing = bullet(row, is_flow(words.indicator), words.sentence)
    judged = row.actual_period
    other = periods.name(judged, language) if judged and str(judged) != choice.period else ""
    of = word("figures_of", language, period=other) if other and other not in words.to_do else ""
    stated = dotted(words.to_do, of)
    hard = " is-hard" if words.is_hard else ""
    why = word("chart_comma", language).join(words.reasons)
    return [
        Cell(
            words.name,
            scope="row",
            href=href,
            as_page=True,
            kind="target-name",
            small=about,
        ),
        Cell(words.done or "—", small=stated, kind="target-done"),
        Cell("" if drawing else "—", drawing=drawing, kind="target-way"),
        Cell(
            words.gap or "—",
            small=words.due_now,
            kind=f"number target-gap gap-{row.status}",
            key=ABSENT if row.task_gap is None else row.task_gap,
        ),
        Cell(
            status_word(row.status, language),
            arrow=SIGNS[row.status],
            small=why,
            pill=f"status-pill status-{row.status}",
            kind="target-status",
            key=str(ORDER.index(row.status)),
        ),
        Cell(words.forecast, small=words.interval, kind="number target-forecast"),
        Cell(words.needed, small=words.best or words.short, kind="number target-needed" + hard),
    ]


def target_table(
    desk: FrontDesk, rows: Sequence[Progress], choice: TargetChoice, selection: Selection
) -> Component:
    """One row a target, furthest behind first; cards where the screen is narrow."""
    language = selection.language
    head = head_row("targets_col", COLUMNS, language, NUMBERS, MANY_UNITS)
    body = [
        Row(_cells(desk, row, choice, selection), kind=f"row-{row.status}")
        for row in in_order(list(rows))
    ]
    caption = f"{area_name(desk, choice.area, language)} · {word('page_targets', language)}"
    return real_table(caption, [head], body, kind="targets as-cards", quiet=True)


def legend(language: str) -> Component:
    """What the marks of a bullet bar mean."""
    keys = ("bar", "goal", "expected", "time")
    marks = [
        html.Li(
            [
                html.Span(className=f"mark-{key}", **aria(hidden="true")),
                word(f"bullet_{key}", language),
            ]
        )
        for key in keys
    ]
    return html.Ul(marks, className="state-legend bullet-legend")


def list_card(
    desk: FrontDesk, rows: Sequence[Progress], choice: TargetChoice, selection: Selection
) -> list[Component]:
    """The chosen rows, or an honest sentence where there are none."""
    language = selection.language
    shown = [row for row in rows if choice.status in ("", str(row.status))]
    title = word("targets_list", language, count=len(shown))
    if not shown:
        key = "targets_none_chosen" if rows else "targets_none"
        empty = html.P(word(key, language), className="empty")
        return [
            card(word("page_targets", language), [empty, *_other_years(desk, choice, selection)])
        ]
    body = [legend(language), target_table(desk, shown, choice, selection)]
    return [card(title, [*body, *_other_years(desk, choice, selection)])]


def _other_years(desk: FrontDesk, choice: TargetChoice, selection: Selection) -> list[Component]:
    """Where the targets of other years are: a year of which nothing is reported has its own."""
    if choice.period == "all":
        return []
    language, year = selection.language, int(choice.period[:4])
    counts: Counter[int] = Counter(
        target.period.year
        for target in desk.targets.all()
        if target.area == choice.area
        and not target.retired
        and not target.start.year <= year <= target.period.year
    )
    if not counts:
        return []
    links = []
    for other, count in sorted(counts.items(), reverse=True):
        href = choice.address(selection, period=f"{other}-12", status="", target="", at="")
        text = word("targets_of_year", language, year=other, count=count)
        links.append(html.Li(html.A(text, href=href, **data(page="1"))))
    label = html.Span(word("targets_other_years", language), className="muted")
    return [html.Div([label, html.Ul(links, className="chips")], className="other-years")]


def register_links(selection: Selection, opener: Component) -> Component:
    """Adding a target, loading a table of them, the register, and every area's scorecard."""
    language = selection.language
    load = html.A(
        word("targets_load", language), href=link("/submissions", selection), className="tool"
    )
    address = f"/export/targets.xlsx?area={selection.area}&lang={language}"
    down = html.A(word("targets_download", language), href=address, download="", className="tool")
    cards = html.A(
        word("card_every", language),
        href=link("/scorecards", selection),
        className="tool",
        **data(reload="1"),
    )
    return html.Div([opener, load, down, cards], className="card-actions edit-mark")
