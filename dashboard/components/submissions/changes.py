"""Lists the changes that a sheet would make: how many figures, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import number, word
from dashboard.components.shell.figure_words import amount, named, period_words
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.intake.changes import FigureDifference
from dashboard.services.front_desk import FrontDesk

STATES = ("new", "revised", "unchanged", "missing")
SELDOM = ("marked",)  # counted where there are any
LISTED = ("revised", "missing", "new")  # what is listed, in this order
MOST = 200
COLUMNS = ("state", "indicator", "area", "period", "old", "new", "percent", "cell")
NUMBERS = {"old", "new", "percent"}


def counts_of(changes: Sequence[FigureDifference]) -> Counter[str]:
    """How many figures are in each state."""
    return Counter(change.state for change in changes)


def chips(counts: Counter[str], language: str) -> Component:
    """The four counts as tags; those of nothing are pale."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Strong(number(counts[state], 0, language)),
                    word(f"change_{state}", language),
                ],
                className=f"tag tag-{state}" + ("" if counts[state] else " is-none"),
            )
            for state in (*STATES, *(state for state in SELDOM if counts[state]))
        ],
        className="tags",
    )


def _row(desk: FrontDesk, change: FigureDifference, language: str) -> Row:
    which = named(desk, "kind", change, language)
    old = new = "—"
    if change.state != "new":
        old = amount(desk, change.indicator, change.old, change.old_status, language)
    if change.state != "missing":
        new = amount(desk, change.indicator, change.new, change.new_status, language)
    percent = ""
    if change.state == "revised" and change.percent is not None:
        percent = number(change.percent, 1, language, sign=True) + "%"
    return Row(
        [
            Cell(word(f"change_{change.state}", language), pill=f"tag tag-{change.state}"),
            Cell(named(desk, "indicator", change, language), scope="row", small=which),
            Cell(named(desk, "area", change, language)),
            Cell(period_words(desk, change.indicator, change.period, language)),
            Cell(old, kind="number"),
            Cell(new, kind="number strong" if change.state == "revised" else "number"),
            Cell(percent or "—", kind="number"),
            Cell(f"{change.column}{change.row or ''}" or "—", code=True),
        ]
    )


def change_table(
    desk: FrontDesk, changes: Sequence[FigureDifference], caption: str, language: str
) -> list[Component]:
    """Revised, missing and new figures, the first 200 of them; nothing where none is."""
    listed = sorted(
        (change for change in changes if change.state in LISTED),
        key=lambda change: LISTED.index(change.state),
    )
    if not listed:
        return []
    head = head_row("changes", COLUMNS, language, NUMBERS)
    rows = [_row(desk, change, language) for change in listed[:MOST]]
    table = real_table(caption, [head], rows, kind="changes", box="scroll-changes", quiet=True)
    left = len(listed) - MOST
    more = html.P(word("preview_more", language, count=left), className="muted")
    return [table, more] if left > 0 else [table]
