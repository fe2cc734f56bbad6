"""Builds the list of an area's figures in a topic, targets and plans too, with their sources."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.charts.provenance.figure_list import FigureLine
from dashboard.components.shell.address import figure_tail, link
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.services.front_desk import FrontDesk

FEW = 6  # figures that stand open
COLUMNS = ("indicator", "kind", "value", "period", "source")


def _row(line: FigureLine, selection: Selection) -> Row:
    text = word("figures_phrase", selection.language, phrase=line.phrase) if line.phrase else ""
    place = word("figures_place", selection.language, place=line.place) if line.place else ""
    grade = word(f"grade_{line.grade}", selection.language)
    return Row(
        [
            Cell(line.title, scope="row", href=link(f"/indicators/{line.indicator}", selection)),
            Cell(line.kind, kind=f"kind-{line.figure.kind}"),
            Cell(line.value, kind="number strong", small=line.status, figure=line.figure),
            Cell(line.period),
            Cell(
                f"{grade} · {line.source}",
                small=" · ".join(part for part in (text, place) if part),
                href=f"/api/submissions/{line.submission}/file",
                kind="source-cell",
            ),
        ]
    )


def figures_panel(desk: FrontDesk, topic: str, selection: Selection) -> list[Component]:
    """The table in a block that opens; nothing where the area itself has no figure."""
    lines = desk.figures.of_topic(topic, selection)
    if not lines:
        return []
    language = selection.language
    title = word(
        "figures_title", language, area=area_name(desk, selection.area, language), count=len(lines)
    )
    head = head_row("figures", COLUMNS, language, {"value"}, {"value"})
    rows, tail = (
        [_row(line, selection) for line in lines],
        figure_tail(f"/topic/{topic}", selection),
    )
    table = real_table(title, [head], rows, kind="topic-figures as-cards", quiet=True, tail=tail)
    note = html.P(word("figures_note", language), className="muted legend")
    parts = [html.Summary(html.H2(title)), note, _files(topic, selection), table]
    is_open = len(lines) <= FEW
    return [html.Details(parts, open=is_open, className="panel-card board-fold")]


def _files(topic: str, selection: Selection) -> Component:
    """The links to all figures of the topic, of the area and those below it, as files."""
    language = selection.language
    asked = link("", selection)
    links: list[Component | str] = [word("figures_all", language), " "]
    for suffix in ("xlsx", "csv"):
        href = f"/export/figures/{topic}.{suffix}{asked}"
        links += [html.A(suffix.upper(), href=href, download=""), " "]
    return html.P(links)
