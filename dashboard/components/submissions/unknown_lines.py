"""The unknown lines of a sheet: what each may mean, or that it is left out."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.answers import LEAVE_OUT, line_control, written
from dashboard.components.submissions.choices import indicator_choices, search_list
from dashboard.intake.preview import UnknownLine
from dashboard.services.front_desk import FrontDesk

MOST = 40


def lines_table(
    desk: FrontDesk,
    lines: Sequence[tuple[int, UnknownLine]],
    chosen: dict[int, str],
    shown: dict[str, str],
    title: str,
    language: str,
) -> list[Component]:
    """One row a line, by its place in the preview; ``chosen`` are the answers so far.

    ``shown`` is told what each control shows.
    """
    rows = []
    for place, line in lines[:MOST]:
        control, value = line_control(place), chosen.get(place, "")
        shown[written(control)] = value
        choices = indicator_choices(desk, "", line.suggestions, value, language)
        # Without a search only what is suggested is offered, and leaving the line out.
        offered = [c for c in choices if c["value"] in {LEAVE_OUT, value, *line.suggestions}]
        hint = word("line_choose", language)
        about = " · ".join(safe(text, 40) for text in (line.code, line.heading) if text)
        rows.append(
            html.Tr(
                [
                    html.Th(
                        html.Label([html.Bdi(safe(line.name, 60))], htmlFor=written(control)),
                        scope="row",
                    ),
                    html.Td([html.Code(f"{line.column}{line.row or ''}"), html.Small(about)]),
                    html.Td(search_list(control, offered, value, hint, language)),
                ]
            )
        )
    head = [
        html.Th(word(f"line_{name}", language), scope="col") for name in ("name", "cell", "means")
    ]
    table = html.Table(
        [
            html.Caption(title, className="visually-hidden"),
            html.Thead(html.Tr(head)),
            html.Tbody(rows),
        ],
        className="recognised unknown-lines",
    )
    left = len(lines) - MOST
    more = html.P(word("preview_more", language, count=left), className="muted")
    return [table, more] if left > 0 else [table]
