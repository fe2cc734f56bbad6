"""Builds the table of a street's page: each headline with the district and the neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.topics import Topic
from dashboard.charts.kinds.comparison_rows import ComparisonRow
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import figure_tail, link, row_anchor
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.components.shell.sparks import Drawing, Range, range_strip, sparkline
from dashboard.components.shell.tags import ARROWS
from dashboard.services.front_desk import FrontDesk


class Common(NamedTuple):
    """What holds of all rows: their remark, "" where it differs; the ``running`` totals."""

    remark: str
    running: frozenset[str]


def _common(desk: FrontDesk, rows: Sequence[ComparisonRow]) -> Common:
    remarks, known = {row.remark for row in rows}, desk.catalogue.indicators
    running = frozenset(
        row.indicator
        for row in rows
        if known[row.indicator].accumulation is Accumulation.YEAR_TO_DATE
    )
    return Common(remarks.pop() if len(remarks) == 1 else "", running)


COLUMNS = ("indicator", "value", "change", "rank", "district", "range", "trend")
NUMERIC = {"value", "change", "district", "rank"}
MANY_UNITS = {"value", "district"}  # a reader cannot sort by these


def _rank(row: ComparisonRow, language: str) -> str:
    return (
        word("comparison_rank_of", language, rank=row.rank[0], of=row.rank[1]) if row.rank else "—"
    )


def _ends(row: ComparisonRow, language: str) -> str:
    """The strip in words, its text alternative: the worst and best of the peers, the own rank."""
    return word(
        "comparison_range_alt",
        language,
        indicator=row.title,
        worst=row.worst or "—",
        best=row.best or "—",
        rank=_rank(row, language),
    )


def _place(row: ComparisonRow, language: str) -> Cell:
    """The rank among the streets that have a figure; "—" where rank is no performance."""
    if not row.rank:
        return Cell("—", kind="number")
    rank, of = row.rank
    text = word("comparison_place", language, rank=rank, of=of)
    return Cell(text, kind="number", meaning=_rank(row, language), key=rank)


def _drawing(drawing: Drawing | None) -> Cell:
    return Cell("—") if drawing is None else Cell(drawing=drawing)


def _about(row: ComparisonRow, common: Common, selection: Selection) -> str:
    """The unit, and what is not the same of all rows: an older period, a remark, a target."""
    language, figure = selection.language, row.figure
    older = figure is not None and figure.period != selection.period
    runs = row.indicator in common.running and not older
    target = word("comparison_target", language, target=row.target) if row.target else ""
    return dotted(
        row.unit,
        word("indicators_running", language) if runs else "",
        row.period if older else row.remark if row.remark != common.remark else "",
        target,
    )


def _row(row: ComparisonRow, common: Common, selection: Selection) -> Row:
    language = selection.language
    strip = range_strip(Range(row.lowest, row.highest, row.middle, row.mine), _ends(row, language))
    spark = sparkline(row.trend, word("spark_alt", language, indicator=row.title))
    pill = f"change tone-{row.tone or 'none'}" if row.change else ""
    return Row(
        [
            Cell(
                row.title,
                scope="row",
                href=link(f"/indicators/{row.indicator}", selection),
                small=_about(row, common, selection),
            ),
            Cell(row.value, kind="number strong", figure=row.figure, small=row.step),
            Cell(
                row.short or row.change or "—",
                kind="number",
                meaning=row.change if row.short else "",
                pill=pill,
                arrow=ARROWS.get(row.arrow, ""),
                figure=row.figure,
            ),
            _place(row, language),
            Cell(row.district, kind="number district", figure=row.whole, small=row.distance),
            _drawing(strip),
            _drawing(spark),
        ],
        anchor=row_anchor(row.indicator),
    )


def _topic(
    topic: Topic, rows: Sequence[ComparisonRow], common: Common, selection: Selection
) -> list[Row]:
    heading = Cell(
        topic.title[selection.language],
        scope="rowgroup",
        href=link(f"/topic/{topic.id}", selection),
        kind="group",
        across=len(COLUMNS),
    )
    return [Row([heading]), *(_row(row, common, selection) for row in rows)]


def _above(desk: FrontDesk, selection: Selection) -> Selection:
    """The selection of the area above the street, which the addresses of its page name."""
    area = desk.areas().get(selection.area)
    return replace(selection, area=area.parent) if area and area.parent else selection


def _nothing(desk: FrontDesk, place: str, selection: Selection) -> Component:
    """That the street has no figures in the period, and the way to the nearest that has some."""
    language, asked = selection.language, selection.period
    known = desk.selections.periods(selection.area, known=selection.as_known)
    text = word("comparison_nothing", language, area=place)
    if asked is None or not known:
        return html.P(text, className="empty")
    nearest = min(known, key=lambda period: abs(periods.months_between(asked, period)))
    way = html.A(
        word("comparison_nearest", language, period=periods.name(nearest, language)),
        href=link(f"/street/{selection.area}", _above(desk, selection), period=nearest),
    )
    return html.P([text, " ", way], className="empty")


def comparison_panel(desk: FrontDesk, selection: Selection) -> list[Component]:
    """One table, grouped by topic; a topic of which nothing is known here is left out."""
    language = selection.language
    place = area_name(desk, selection.area, language)
    shown = [(topic, rows) for topic, rows in desk.comparisons.of(selection) if rows]
    if not shown:
        return [_nothing(desk, place, selection)]
    caption = word("comparison_caption", language, area=place)
    head = head_row("comparison", COLUMNS, language, NUMERIC, MANY_UNITS)
    common = _common(desk, [row for _, rows in shown for row in rows])
    body = [line for topic, rows in shown for line in _topic(topic, rows, common, selection)]
    tail = figure_tail(f"/street/{selection.area}", _above(desk, selection))
    table = real_table(caption, [head], body, kind="comparison-rows", quiet=True, tail=tail)
    when = periods.name(selection.period, language) if selection.period else ""
    said = dotted(when, common.remark, word("comparison_legend", language))
    legend = html.P(said, className="muted legend")
    return [html.Div([legend, table], className="panel-card")]
