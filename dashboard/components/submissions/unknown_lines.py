"""Lists the unknown lines of a sheet: what each may mean, or that it is left out."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.answers import line_control, written
from dashboard.components.submissions.asked_table import MOST, AskedRow, asked_table
from dashboard.components.submissions.choices import search_list, suggested_choices
from dashboard.components.submissions.drawing import Drawing
from dashboard.intake.unknown_line import UnknownLine

HEAD = ("line_name", "line_cell", "line_means")


def lines_table(
    drawing: Drawing,
    lines: Sequence[tuple[int, UnknownLine]],
    chosen: dict[int, str],
    title: str,
) -> list[Component]:
    """One row a line, by its place in the preview; ``chosen`` are the answers so far.

    What each control shows is added to the outline.
    """
    language, rows = drawing.language, []
    for place, line in lines[:MOST]:
        control, value = line_control(place), chosen.get(place, "")
        drawing.outline["shown"][written(control)] = value
        offered = suggested_choices(drawing.desk, line.suggestions, value, language)
        about = " · ".join(safe(text, 40) for text in (line.code, line.heading) if text)
        cell = [html.Code(f"{line.column}{line.row or ''}"), html.Small(about)]
        choice = search_list(control, offered, value, word("line_choose", language), language)
        rows.append(AskedRow(line.name, control, cell, choice))
    return asked_table(title, HEAD, rows, len(lines) - MOST, language)
