"""Builds the page of one figure: its value, its terms, its versions, and its cell in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.base.whole_numbers import whole_number
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.periods import parse
from dashboard.charts.model.selection import Selection
from dashboard.charts.provenance.figure_page import FigurePage, Listed
from dashboard.charts.provenance.figure_versions import VersionLine
from dashboard.components.figures.neighbourhood import cell_table
from dashboard.components.shell.address import (
    figure_link,
    figure_query,
    figure_tail,
    link,
    query_of,
)
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.components.shell.file_names import form_name
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import ABSENT, Cell, Row, head_row, real_table
from dashboard.components.shell.tags import badge
from dashboard.services.front_desk import FrontDesk

# A page of this house, and nothing that a browser could take for another address.
_INSIDE = re.compile(r"/(?:[A-Za-z0-9_:-][A-Za-z0-9_/:-]*)?(?:\?[^#\s\\]*)?")
VERSION_COLUMNS = ("value", "state", "received", "file", "cell", "form", "grade", "note")


@dataclass(frozen=True, slots=True)
class View:
    """Where the reader came from: the page's path and the selection there."""

    path: str
    selection: Selection

    @property
    def back(self) -> str:
        """The address to return to."""
        return link(self.path, self.selection)


SPANS = ("", "0", "1", "3", "6", "12")  # the months that an address may name


def figure_of(query: Mapping[str, str]) -> FigureKey | None:
    """The figure an address names: indicator, area, period, perhaps months and kind; else None."""
    try:
        period = parse(query.get("period", "")[:20]).end
    except ValueError:
        return None
    months, kind = query.get("months", ""), query.get("kind", "")
    if months not in SPANS or kind not in ("", *FigureKind):
        return None
    return FigureKey(
        query.get("indicator", ""),
        query.get("area", ""),
        period,
        int(months or 0),
        kind,
    )


def view_of(desk: FrontDesk, query: Mapping[str, str], language: str) -> View:
    """Where the reader came from; without a word of it, the topic of the indicator, there and then.

    Language and day of knowledge are those of the figure's own address.
    """
    text = query.get("from", "")
    path, _, chosen = text.partition("?") if _INSIDE.fullmatch(text) else ("", "", "")
    asked = query_of(chosen) if path else {key: query.get(key, "") for key in ("area", "period")}
    if not path:
        meaning = desk.catalogue.indicators.get(query.get("indicator", ""))
        path = f"/topic/{meaning.topic}" if meaning else "/"
    asked |= {"lang": language, "known": query.get("known", "")}
    return View(path, desk.selections.of(asked, language))


def own_path(figure: FigureKey, view: View) -> str:
    """The figure's own address without language and day, as the shell's links keep it."""
    return (
        "/figure?"
        + figure_query(figure)
        + "&from="
        + figure_tail(view.path, view.selection).rpartition("&from=")[2]
    )


def figure_heading(page: FigurePage, view: View) -> list[Component]:
    """Which figure, of where and when, and the way back."""
    language = view.selection.language
    where = " · ".join((page.area, page.period, page.kind))
    back = html.A(word("figure_back", language), href=view.back, className="figure-back")
    return [html.P(back), *title_block(page.title, where)]


def _exact_line(page: FigurePage, language: str) -> Component | None:
    """The value with all its places, where it is shown shorter above."""
    if not page.exact or page.exact.replace(" ", "") == page.value.replace(" ", ""):
        return None
    return html.P(word("figure_exact", language, value=page.exact))


def value_card(page: FigurePage, view: View) -> Component:
    """The value in words and in full, how firm it is, and what it means."""
    language = view.selection.language
    kinds = [
        html.Li(html.A(text, href=figure_link(key, view.path, view.selection)))
        for text, key in page.kinds
    ]
    lines: list[Component | None] = [
        html.P(
            [
                html.Span(page.value or page.status, className="tile-value"),
                badge(page.grade, page.grade == "demo", language) if page.grade else None,
            ],
            className="tile-figure",
        ),
        _exact_line(page, language),
        html.P(page.status, className="muted") if page.value and page.status else None,
        html.P(page.how) if page.how else None,
        *(html.P(remark) for remark in page.remarks),
        html.P(page.definition, className="muted"),
        html.Div([html.P(word("figure_kinds", language)), html.Ul(kinds, className="chips")])
        if kinds
        else None,
    ]
    return card(word("figure_value", language), lines)


def _listed(caption: str, lines: Sequence[Listed], view: View, sign: str = "") -> Component:
    """Figures as a table, each leading to its own page; ``sign`` heads a column of signs."""
    language = view.selection.language
    names = ([sign] if sign else []) + ["indicator", "area", "period", "value"]
    head = head_row("listed", names, language, {"value"})
    rows = [
        Row(
            [
                *([Cell(line.sign)] if sign else []),
                Cell(line.title, scope="row"),
                Cell(line.area),
                Cell(line.period),
                Cell(
                    line.value,
                    kind="number",
                    figure=line.figure,
                    meaning=word("status_no_figure", language) if line.value == ABSENT else "",
                ),
            ]
        )
        for line in lines
    ]
    tail = figure_tail(view.path, view.selection)
    return real_table(caption, [head], rows, kind="listed", quiet=True, tail=tail)


def made_of_card(page: FigurePage, view: View) -> Component | None:
    """The arithmetic and the figures in it; None for a figure that was stated as it stands."""
    if not page.terms:
        return None
    title = word("figure_made_of", view.selection.language)
    return card(
        title,
        [
            html.P(html.Code(page.sum), className="arithmetic"),
            _listed(title, page.terms, view, "sign"),
        ],
    )


def compared_card(page: FigurePage, view: View) -> Component | None:
    """Comparisons and share in words, and the figures they are made with."""
    if not page.comparisons:
        return None
    title = word("figure_compared", view.selection.language)
    pairs = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in page.comparisons]
    table = _listed(title, page.bases, view, "use") if page.bases else None
    return card(title, [html.Dl(pairs, className="facts"), table])


def absent_card(page: FigurePage, view: View) -> Component | None:
    """Where there is no figure: the nearest periods, and who has one for this period."""
    if page.number is not None or (page.figure.kind in ("target", "plan")):
        return None
    language, title = view.selection.language, word("figure_absent", view.selection.language)
    near = word("figure_nearest" if page.nearest else "figure_never", language)
    counts = {"count": len(page.neighbours), "of": page.siblings}
    return card(
        title,
        [
            html.P(near),
            _listed(near, page.nearest, view) if page.nearest else None,
            html.P(word("figure_neighbours", language, **counts)) if page.siblings else None,
            _listed(word("figure_neighbours", language, **counts), page.neighbours, view)
            if page.neighbours
            else None,
        ],
    )


def _version(line: VersionLine, page: FigurePage, view: View) -> Row:
    language = view.selection.language
    remark = dotted(line.note, line.phrase and f"“{line.phrase}”")
    return Row(
        [
            Cell(line.value, scope="row", kind="number strong", small=line.change),
            Cell(line.state_words, kind=f"version-{line.state}"),
            Cell(line.received, small=line.by),
            _file_cell(line, language),
            _place_cell(line, page, view),
            Cell(form_name(line.form, language) if line.form else ABSENT),
            Cell(word(f"grade_{line.grade}", language), pill=f"badge-grade grade-{line.grade}"),
            Cell(remark or ABSENT, kind="message"),
        ],
        "is-chosen" if line.state == "current" else "",
    )


def _file_cell(line: VersionLine, language: str) -> Cell:
    """The received file, to be downloaded where it is kept."""
    href = f"/api/submissions/{line.submission}/file" if line.has_file else ""
    return Cell(
        line.file, href=href, small=word("version_number", language, number=line.submission)
    )


def _place_cell(line: VersionLine, page: FigurePage, view: View) -> Cell:
    """Sheet and cell; the cell is shown among its neighbours where the file is kept."""
    place = f"{line.sheet} {line.cell}".strip()
    own = figure_link(page.figure, view.path, view.selection) + f"&version={line.submission}"
    return Cell(place or ABSENT, href=f"{own}#cell" if line.cell and line.has_file else "")


def versions_card(page: FigurePage, view: View) -> Component:
    """Every version, newest first, each with its file and cell and what came of it."""
    language = view.selection.language
    title = word("figure_versions", language, count=len(page.versions))
    if not page.versions:
        return card(title, [html.P(word("figure_no_versions", language), className="empty")])
    head = head_row("version", VERSION_COLUMNS, language, {"value"})
    rows = [_version(line, page, view) for line in page.versions]
    return card(title, [real_table(title, [head], rows, kind="versions", quiet=True)])


def cell_card(desk: FrontDesk, page: FigurePage, view: View, asked: str) -> Component | None:
    """The printed cell among its neighbours: of the version asked for, else of the one in force."""
    language = view.selection.language
    standing, wanted = page.source.submission if page.source else None, whole_number(asked)
    wanted = standing if wanted is None else wanted
    line = next((version for version in page.versions if version.submission == wanted), None)
    if line is None:
        return None
    title = word("figure_cell", language, file=line.file, number=line.submission)
    around = desk.submissions.cell_around(line.submission, line.sheet, line.row, line.column)
    drawn: Component = html.P(word("figure_cell_unread", language), className="empty")
    if around is not None:
        drawn = cell_table(
            around, word("figure_cell_caption", language, sheet=around.sheet, cell=line.cell)
        )
    download = html.A(
        word("figure_download", language),
        href=f"/api/submissions/{line.submission}/file",
        **data(reload="1"),
    )
    return card(title, [drawn, html.P(download) if line.has_file else None], "cell")
