"""Builds the scorecards of streets: sheets of exactly one A4 page."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.kinds.comparison_rows import ComparisonRow
from dashboard.charts.kinds.scorecard import (
    StreetCard,
    TargetLine,
    headline_first,
    rank_words,
    value_words,
)
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import data
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.components.shell.sparks import sparkline
from dashboard.components.shell.tags import ARROWS
from dashboard.exports.table_shape import width_of
from dashboard.services.front_desk import FrontDesk
from dashboard.services.release import Marked

TARGET_COLUMNS = ("target", "status", "asked", "actual", "expected", "gap", "needed")
SHEET_COLUMNS = ("indicator", "value", "change", "rank", "district", "trend")
NUMERIC = {"asked", "actual", "expected", "gap", "needed", "value", "rank", "district"}


class _Measures(NamedTuple):
    """Of a sheet, in millimetres: what an A4 page holds, its headings take, a row, a further line.

    ``letter`` is the width of a half-width sign; ``columns`` are those of indicator, value, change
    and district, within their edges.
    """

    page: float
    headings: float
    row: float
    line: float
    letter: float
    columns: tuple[float, float, float, float]


# English is set smaller, and its letters are narrower than half a Chinese sign.
MEASURES = {
    "zh": _Measures(272.0, 52.0, 5.0, 3.3, 1.42, (43.5, 23.5, 28.5, 42.5)),
    "en": _Measures(253.0, 48.0, 4.8, 3.2, 1.2, (36.5, 23.5, 35.5, 44.5)),
}


def _small(line: TargetLine, language: str) -> str:
    due = word("card_due", language, period=line.due)
    return " · ".join(text for text in (due, line.note) if text)


def _target_row(line: TargetLine, selection: Selection) -> Row:
    return Row(
        [
            Cell(
                line.name,
                scope="row",
                href=link(f"/indicators/{line.indicator}", selection),
                small=_small(line, selection.language),
            ),
            Cell(line.status_word, pill=f"change tone-{line.tone}", arrow=line.sign),
            Cell(line.asked, kind="number"),
            Cell(line.actual, kind="number strong", small=line.actual_period),
            Cell(line.expected, kind="number"),
            Cell(line.gap, kind="number"),
            Cell(line.needed, kind="number"),
        ]
    )


def _targets(card: StreetCard, selection: Selection) -> list[Component]:
    language = selection.language
    if not card.lines:
        return [html.P(word("card_no_targets", language), className="empty")]
    body = [_target_row(line, selection) for line in card.lines]
    caption = f"{card.title} {word('card_targets', language)}"
    head = [head_row("card", TARGET_COLUMNS, language, NUMERIC)]
    table = real_table(caption, head, body, kind="card-targets as-cards", quiet=True)
    return [html.P(card.counted(language), className="lead-text"), table]


def _district(row: ComparisonRow) -> str:
    return f"{row.district} · {row.distance}" if row.distance else row.district


def _indicator_row(row: ComparisonRow, language: str) -> Row:
    spark = sparkline(row.trend, word("spark_alt", language, indicator=row.title), 64, 16)
    pill = f"change tone-{row.tone or 'none'}" if row.change else ""
    return Row(
        [
            Cell(row.title, scope="row"),
            Cell(value_words(row, language), kind="number strong"),
            Cell(row.change or "—", pill=pill, arrow=ARROWS.get(row.arrow, ""), small=row.step),
            Cell(rank_words(row, language), kind="number"),
            Cell(_district(row), kind="number district"),
            Cell("—") if spark is None else Cell(drawing=spark),
        ]
    )


def _lines(text: str, column: float, letter: float) -> int:
    """How many lines a text takes in a column of so many millimetres."""
    return max(1, math.ceil(width_of(text) * letter / column))


def _height(row: ComparisonRow, language: str) -> float:
    """The millimetres a headline indicator takes."""
    of = MEASURES[language]
    texts = (row.title, value_words(row, language), row.change or "", _district(row))
    lines = [_lines(*pair, of.letter) for pair in zip(texts, of.columns, strict=True)]
    if row.step:  # below the change
        lines[2] += _lines(row.step, of.columns[2], of.letter)
    return of.row + (max(lines) - 1) * of.line


def _room(card: StreetCard, language: str) -> float:
    """The millimetres an A4 page holds for headline indicators below headings and targets."""
    of = MEASURES[language]
    lines = [
        sum(_lines(text, of.columns[0], of.letter) for text in (line.name, _small(line, "en")))
        for line in card.lines
    ]
    taken = of.headings + sum(of.row + of.line * (count - 1) for count in lines)
    return of.page - taken - of.row * len(card.topics)


def sheet(card: StreetCard, selection: Selection) -> Component:
    """One A4 page: targets, headline indicators by topic, and the demo mark where it applies."""
    language = selection.language
    fitting = headline_first(card, _room(card, language), lambda row: _height(row, language))
    fitting_ids = {row.indicator for row in fitting}
    body: list[Row] = []
    for title, rows in card.topics:
        shown = [row for row in rows if row.indicator in fitting_ids]
        if shown:
            heading = Cell(title, scope="rowgroup", kind="group", across=len(SHEET_COLUMNS))
            body += [Row([heading]), *(_indicator_row(row, language) for row in shown)]
    caption = f"{card.title} {word('card_indicators', language)}"
    head = [head_row("comparison", SHEET_COLUMNS, language, NUMERIC)]
    left = len(card.rows) - len(fitting_ids)
    texts = [word("card_source", language, day=card.received or "—")]
    texts += [word("card_left", language, count=left)] if left else []
    return html.Section(
        [
            html.Header(
                [
                    html.Div([html.H2(card.title), html.P(f"{card.above} · {card.period}")]),
                    html.Strong(card.mark, className="badge-grade grade-demo")
                    if card.mark
                    else None,
                ]
            ),
            html.H3(word("card_targets", language)),
            *_targets(card, selection),
            html.H3(word("card_indicators", language)),
            real_table(caption, head, body, kind="sheet-rows", quiet=True),
            html.Footer(" ".join(texts)),
        ],
        className="score-sheet",
    )


def _bar(back: str, language: str) -> Component:
    """The way back, and the button that prints."""
    button = html.Button(
        word("card_print_now", language), type="button", className="tool", **data(action="print")
    )
    return html.Div(
        [html.A(word("card_back", language), href=back, **data(reload="1")), button],
        className="sheet-bar",
    )


def sheets(desk: FrontDesk, selection: Selection, back: str, below: bool) -> Component:
    """The sheets alone, without what stands around other pages; ``back`` is the way back."""
    language = selection.language
    known = desk.selections.periods(selection.area, known=selection.as_known)
    found = desk.scorecards.of(selection, below) if known else []
    shown = Marked((selection.area,), selection.period, language)
    cards = [replace(card, mark=desk.release.marked(card.mark, shown)) for card in found]
    name = desk.areas().name_of(selection.area, language)
    text: Component | None = None
    if not cards:
        text = html.P(word("card_none" if known else "card_nothing", language), className="empty")
    elif below:
        text = html.P(word("card_every_text", language, area=name, count=len(cards)))
    else:
        name = cards[0].title
    period = cards[0].period if cards else ""
    title = word("card_every" if below else "card_title", language, area=name, period=period)
    top = html.Div([html.H1(title), text, _bar(back, language)], className="sheet-top")
    return html.Main(
        [top, *(sheet(card, selection) for card in cards)], id="main", className="score-sheets"
    )
