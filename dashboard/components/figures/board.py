"""Builds the heat table of all streets: columns by topic, a word behind every colour."""

from __future__ import annotations

from itertools import groupby

from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.kinds.street_board import Board
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.tables import tone_class
from dashboard.components.shell.address import ChartLinks, figure_tail, link
from dashboard.components.shell.real_table import Cell, Row, real_table


def board_table(board: Board, door: ChartLinks, selection: Selection) -> Component:
    """Streets down, headline indicators across, grouped by topic."""
    language = selection.language
    topics = groupby(column.topic for column in board.columns)
    upper = [Cell(word("area_street", language), scope="col", down=2)]
    upper += [
        Cell(topic, scope="colgroup", across=len(list(columns)), kind="group")
        for topic, columns in topics
    ]
    lower = [
        Cell(
            column.title,
            scope="col",
            href=link(f"/indicators/{column.indicator}", selection),
            small=f"{column.unit} · {column.period}",
        )
        for column in board.columns
    ]
    body = [
        Row(
            [
                Cell(row.name, scope="row", href=door.of("area", row.area)),
                *(
                    Cell(
                        c.text, kind=tone_class(f"level-{c.level}"), meaning=c.word, figure=c.figure
                    )
                    for c in row.cells
                ),
            ]
        )
        for row in board.rows
    ]
    head = [Row(upper), Row(lower)]
    tail = figure_tail(door.path, selection)
    return real_table(board.caption, head, body, kind="board", box="scroll-board", tail=tail)
