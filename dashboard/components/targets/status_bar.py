"""Builds the status bar: how many targets are behind, well, or open, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import GROUPS
from dashboard.charts.text.target_words import status_word
from dashboard.components.shell.attributes import aria, data
from dashboard.components.targets.target_choice import TargetChoice

SEPARATOR = " · "
GROUP_SIGNS = {"behind": "▼", "well": "●", "open": "?"}


def status_bar(rows: Sequence[Progress], choice: TargetChoice, selection: Selection) -> Component:
    """One part a group, as wide as its count; every status leads to the list of its targets."""
    counts = Counter(row.status for row in rows)
    shown = {name: sum(counts[status] for status in group) for name, group in GROUPS.items()}
    parts = [
        _part(name, count, counts, choice, selection) for name, count in shown.items() if count
    ]
    return html.Ul(
        parts,
        className="status-bar",
        **aria(label=word("targets_by_status", selection.language)),
    )


def _part(
    name: str, count: int, counts: Counter[Status], choice: TargetChoice, selection: Selection
) -> Component:
    language = selection.language
    present = [status for status in GROUPS[name] if counts[status]]
    details: list[Component | str] = []
    for status in present:
        text = f"{status_word(status, language)} {counts[status]}"
        href = choice.address(selection, status=str(status))
        details += [SEPARATOR] if details else []
        details.append(html.A(text, href=href, **data(page="1")))
    title = f"{word(f'group_{name}', language)} {count}"
    sign = html.Span(GROUP_SIGNS[name], className="chip-sign", **aria(hidden="true"))
    return html.Li(
        [html.Strong([sign, " ", title]), html.Span(details, className="status-bar-details")],
        className=f"status-part group-{name}",
        style={"flexGrow": count},
    )
