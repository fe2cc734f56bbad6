"""Builds a topic's table of streets: its headline figures of one period, rates worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Aggregation, Indicator, Polarity
from dashboard.charts.kinds.street_board import Board, BoardCell, BoardRow
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording
from dashboard.components.figures.key_strip import shown_tiles
from dashboard.components.shell.address import ChartLinks, figure_tail
from dashboard.components.shell.more_rows import more_rows
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.services.front_desk import FrontDesk

FEWEST = 2  # streets that make a table


def has_streets(desk: FrontDesk, topic: str, selection: Selection) -> bool:
    """Whether the topic has a table of streets."""
    board = desk.figures.board(selection, desk.catalogue.topics[topic].headline)
    return sum(_has_any(row) for row in board.rows) >= FEWEST


def streets_panel(desk: FrontDesk, topic: str, selection: Selection) -> list[Component]:
    """The streets below the area, one row each, and the whole; nothing where none has figures."""
    board = desk.figures.board(selection, desk.catalogue.topics[topic].headline)
    language, path = selection.language, f"/topic/{topic}"
    wholes = {tile.indicator: tile for tile in shown_tiles(desk, topic, selection)}
    known = [desk.catalogue.indicators[column.indicator] for column in board.columns]
    door = ChartLinks(selection, path, desk.areas())
    rows = [row for row in _in_order(board, known) if _has_any(row)]
    without = [row.name for row in board.rows if not _has_any(row)]
    if len(rows) < FEWEST:
        return []
    body = [_row(row, known, wholes, door) for row in rows]
    if wholes and all(row.area != selection.area for row in rows):
        body.append(_whole(desk, known, wholes, selection))
    below = wording.below_name(desk.areas(), selection.area, language)
    when = _only_period(board)
    head = _head(board, below, is_one_period=bool(when))
    about = html.P(dotted(when, _order_words(known, language)), className="muted legend")
    tail = figure_tail(path, selection)
    table = real_table(board.caption, [head], body, kind="street-rows", quiet=True, tail=tail)
    title = html.H2(word("topic_streets_title", language, below=below))
    parts = [title, about, table, more_rows(len(rows), language)]
    if without:
        parts.append(_without_figures(without, language))
    return [html.Section(parts, className="panel-card street-table")]


def _only_period(board: Board) -> str:
    """The period that all columns have; "" where they differ."""
    spans = {column.period for column in board.columns}
    return spans.pop() if len(spans) == 1 else ""


def _head(board: Board, below: str, *, is_one_period: bool) -> Row:
    """The heading of each column with its unit, and with its period where these differ."""
    head = [Cell(below, scope="col", sort="text")]
    for column in board.columns:
        small = dotted(column.unit, "" if is_one_period else column.period)
        head.append(Cell(column.title, scope="col", kind="number", small=small))
    return Row(head)


def _without_figures(streets: Sequence[str], language: str) -> Component:
    """The line that names the streets without any figure."""
    names = word("list_comma", language).join(streets)
    return html.P(word("topic_streets_without", language, names=names), className="muted")


def _has_any(row: BoardRow) -> bool:
    return any(cell.value is not None for cell in row.cells)


def _rate(known: Sequence[Indicator]) -> int | None:
    """The column of the first rate with a good direction, by which the rows are sorted."""
    return next(
        (
            place
            for place, meaning in enumerate(known)
            if meaning.aggregation is Aggregation.RATIO and meaning.polarity is not Polarity.NEUTRAL
        ),
        None,
    )


def _order_words(known: Sequence[Indicator], language: str) -> str:
    """By what the rows are sorted, and what the colour says, where there is a rate."""
    place = _rate(known)
    if place is None:
        return ""
    return word("topic_streets_order", language, name=known[place].name[language])


def _in_order(board: Board, known: Sequence[Indicator]) -> list[BoardRow]:
    """Worst first by the first rate; without one the largest first by the first column."""
    place = _rate(known)
    at = place or 0
    low_first = place is not None and known[at].polarity is Polarity.HIGHER_BETTER

    def key(row: BoardRow) -> tuple[bool, float]:
        value = row.cells[at].value
        if value is None:
            return True, 0.0
        return False, value if low_first else -value

    return sorted(board.rows, key=key)


def _row(
    row: BoardRow, known: Sequence[Indicator], wholes: Mapping[str, Tile], door: ChartLinks
) -> Row:
    cells = [
        Cell(
            cell.text,
            kind="number is-worse" if _is_worse(cell, meaning, wholes) else "number",
            meaning=cell.word if cell.value is None else "",
            figure=cell.figure,
            key=cell.value,
        )
        for cell, meaning in zip(row.cells, known, strict=True)
    ]
    return Row([Cell(row.name, scope="row", href=door.of("area", row.area)), *cells])


def _is_worse(cell: BoardCell, meaning: Indicator, wholes: Mapping[str, Tile]) -> bool:
    """Whether a street's rate is on the bad side of the whole's rate of the same period."""
    whole = wholes.get(meaning.id)
    if meaning.aggregation is not Aggregation.RATIO or whole is None or whole.figure is None:
        return False
    middle = whole.years[-1] if whole.years else None
    if cell.value is None or middle is None or whole.figure.period != cell.figure.period:
        return False
    if cell.text == whole.exact:
        return False
    bad_side = {
        Polarity.HIGHER_BETTER: cell.value < middle,
        Polarity.LOWER_BETTER: cell.value > middle,
    }
    return bad_side.get(meaning.polarity, False)


def _whole(
    desk: FrontDesk, known: Sequence[Indicator], wholes: Mapping[str, Tile], selection: Selection
) -> Row:
    """The area's own figures, which stay below whatever the rows are sorted by."""
    area = desk.areas().get(selection.area)
    name = wording.whole_name(area, selection.area, selection.language)
    cells = []
    for meaning in known:
        tile = wholes.get(meaning.id)
        text = tile.exact or tile.value if tile else "—"
        cells.append(Cell(text, kind="number", figure=tile.figure if tile else None))
    return Row([Cell(name, scope="row"), *cells], kind="summary")
