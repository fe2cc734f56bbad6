"""Writes a report as PDF: a print style for A4, text that can be selected, charts as vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart, Table
from dashboard.charts.model.chart_pages import chart_pages
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.charts.model.target_slide import Bullet, TargetSlide
from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.layout import LEGEND_FLOOR, Figure, without_demo_mark
from dashboard.charts.plotly.rows import ROW_HEIGHT
from dashboard.exports.chromium import printed
from dashboard.exports.page_remarks import page_remarks
from dashboard.exports.pdf_text import searchable
from dashboard.exports.pictures import as_literal, plotly_scripts, script
from dashboard.exports.print_style import SCREEN_CSS, print_css
from dashboard.exports.table_shape import TONES, with_word
from dashboard.exports.target_text import target_text

WIDTH = 642  # CSS pixels: 170 mm
_LOWERED = (Kind.LINE, Kind.COLUMN, Kind.STACKED)
_LESS = 56  # pixels, so that two charts with their texts stand on a page; not where lines are named
_BARS = 290  # pixels of a chart of bars, for the same reason
_MOST_BRIEF = 40  # pages of a report that begins under its title on the first sheet
_SHORT = 14  # rows of a table that stands on one sheet
_MAP = 340  # pixels
_LEAST_ROW = 20  # pixels of a bar and its gap
_DRAW = """
for (const [place, drawn] of Object.entries(FIGURES)) {
  const box = document.getElementById(place);
  window.Plotly.newPlot(box, drawn.data, drawn.layout, {CONFIG, locale: LOCALE});
}
"""


_LIVE = "displayModeBar: false, displaylogo: false, showSendToCloud: false, scrollZoom: false"
# Whatever is in the file, nothing is asked of another computer.
_ALONE = (
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:\">"
)


class _Printer:
    """One report while its pages are written; ``figures`` are plotly's, by element."""

    def __init__(self, report: Report, is_live: bool = False) -> None:
        self.report, self.is_live = report, is_live
        self.figures: dict[str, Figure] = {}

    @property
    def is_long(self) -> bool:
        """Whether the report has a cover of its own: it takes many pages, all on paper."""
        return len(self.report.pages) > _MOST_BRIEF and not self.is_live

    def word(self, key: str, **fields: object) -> str:
        return word(key, self.report.language, **fields)


def _tag(name: str, text: str, kind: str = "") -> str:
    """An element with a text, escaped; nothing where there is no text."""
    marked = f' class="{kind}"' if kind else ""
    return f"<{name}{marked}>{escape(text)}</{name}>" if text else ""


def _section(kind: str, *parts: str) -> str:
    return f'<section class="{kind}">{"".join(parts)}</section>'


def _table(table: Table, heading: str = "") -> str:
    """The table; its caption where the heading above does not say it, whole if it is short."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = []
    for (_, cells), tones, words in zip(table.rows, table.tones, table.words, strict=True):
        row = []
        for place, (cell, tone, sentence) in enumerate(zip(cells, tones, words, strict=True)):
            text = escape(with_word(cell, sentence, tone))
            shown = f' class="{tone}"' if tone in TONES else ""
            row.append(f"<td{shown}>{text}</td>" if place else f'<th scope="row">{text}</th>')
        rows.append(f"<tr>{''.join(row)}</tr>")
    caption = "" if table.caption in heading else _tag("caption", table.caption)
    kind = ' class="short"' if len(rows) <= _SHORT else ""
    return (
        f"<table{kind}>{caption}<thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _lower(layout: Figure) -> None:
    """Takes height away; a legend above the labels of events stays as many pixels above them."""
    margin, height = layout["margin"], layout["height"]
    inner = height - margin["t"] - margin["b"]
    layout["height"] = height - _LESS
    legend = layout.get("legend")
    if legend:
        legend["y"] = LEGEND_FLOOR + (legend["y"] - LEGEND_FLOOR) * inner / (inner - _LESS)


def _press(chart: Chart, layout: Figure) -> None:
    """Takes height away from bars, as far as each can still be read; not where names are folded."""
    count, margin = len(chart.categories), layout["margin"]
    edges = margin["t"] + margin["b"]
    if count and layout["height"] - edges <= ROW_HEIGHT * count:
        layout["height"] = min(layout["height"], max(_BARS, _LEAST_ROW * count + edges))


def _plot(printer: _Printer, chart: Chart) -> str:
    """The place of a chart; its figure waits for the script at the end of the page."""
    # The mark of demo figures stands at the head of the page.
    drawn = without_demo_mark(figure(chart))
    layout = drawn["layout"]
    layout |= {"width": WIDTH, "autosize": False}
    if chart.kind in _LOWERED and (layout["showlegend"] or len(chart.series) == 1):
        _lower(layout)
    elif chart.kind is Kind.BAR:
        _press(chart, layout)
    elif chart.kind is Kind.MAP:
        layout["height"] = min(layout["height"], _MAP)
    place = f"plot-{len(printer.figures)}"
    printer.figures[place] = drawn
    height = layout.get("height", 320)
    return f'<div class="plot" id="{place}" style="height:{int(height)}px"></div>'


def _paragraphs(page: ReportPage) -> str:
    return "".join(
        _tag("p", "".join(phrase.text for phrase in paragraph)) for paragraph in page.paragraphs
    )


def _chart_parts(printer: _Printer, page: ReportPage) -> Iterator[str]:
    chart = page.chart
    yield _tag("h3", page.message)
    if chart is None:
        return
    yield _tag("p", page.explained, "unit")
    yield _paragraphs(page) or _tag("p", chart.empty or chart.sentence)
    if page.target is not None:
        yield _target(printer, page.target)
    if not chart.empty and page.facts is None:
        yield _drawn(printer, chart)
    yield _notes(chart.notes)
    yield _tag("p", page.source or chart.source, "source")


def _drawn(printer: _Printer, chart: Chart) -> str:
    """The chart, on a page that is read on screen with its table folded below it."""
    if chart.kind is Kind.TABLE:
        return _table(chart.table)
    plot = _plot(printer, chart)
    if not printer.is_live:
        return plot
    summary = _tag("summary", printer.word("pack_table"))
    return f"{plot}<details>{summary}{_table(chart.table)}</details>"


def _target(printer: _Printer, target: TargetSlide) -> str:
    """The task as a bullet, the facts in the place of a path, the streets behind and why."""
    comma = printer.word("chart_comma")
    bullet = _bullet(target.bullet, comma) if target.bullet else ""
    facts = _table(target.facts, target.facts.caption) if target.facts else ""
    return bullet + _tag("p", target_text(target, printer.report.language)) + facts


def _bullet(bullet: Bullet, comma: str) -> str:
    """A bar that fills up, with a tick where it should be by now."""
    kind = "bullet bad" if bullet.is_bad else "bullet"
    filled = f'<i style="width:{bullet.done / bullet.reach:.1%}"></i>'
    is_due = bullet.due is not None and bool(bullet.due_text)
    tick = f'<b style="left:{bullet.due_share:.1%}"></b>' if is_due else ""
    line = comma.join(filter(None, (bullet.done_text, bullet.due_text)))
    texts = _tag("span", line) + _tag("span", bullet.total_text)
    return f'<div class="{kind}">{filled}{tick}</div><p class="ends">{texts}</p>'


def _notes(notes: Sequence[str]) -> str:
    listed = "".join(_tag("li", note) for note in notes)
    return f'<ul class="notes">{listed}</ul>' if listed else ""


def _title(printer: _Printer, page: ReportPage) -> str:
    report = printer.report
    receipt = printer.word("report_receipt", code=report.receipt) if report.receipt else ""
    lines = [*page.lines, report.demo_mark, report.hidden, receipt]
    return _section(
        "cover" if printer.is_long else "cover brief",
        _tag("h1", report.title),
        _tag("p", report.subtitle, "subtitle"),
        *(_tag("p", line) for line in lines),
    )


def _agenda(printer: _Printer, page: ReportPage) -> str:
    lines = "".join(_tag("li", line) for line in page.lines)
    kind = "agenda" if printer.is_long else "agenda brief"
    return _section(kind, _tag("h2", page.title), f"<ol>{lines}</ol>" if lines else "")


def _chapter(printer: _Printer, page: ReportPage) -> str:
    lines = "".join(_tag("p", line) for line in page.lines)
    return _section("chapter", _tag("h2", page.title), lines, _paragraphs(page))


def _text(printer: _Printer, page: ReportPage) -> str:
    source = _tag("p", page.source, "source")
    return _section("text", _tag("h3", page.title), _paragraphs(page), source)


def _chart(printer: _Printer, page: ReportPage) -> str:
    # A long table may go over several pages, a chart may not: one of many bars is parted.
    kind = "text" if page.chart and page.chart.kind is Kind.TABLE else "chart"
    parts = chart_pages(page.chart) if page.chart else (page.chart,)
    sections = []
    for number, part in enumerate(parts, start=1):
        shown = replace(page.part(number, len(parts)), chart=part)
        sections.append(_section(kind, *_chart_parts(printer, shown)))
    return "".join(sections)


def _tabled(printer: _Printer, page: ReportPage) -> str:
    table = page.shown_table
    unit = page.lines[0] if page.lines else page.chart.subtitle if page.chart else ""
    signed = ""
    if page.kind is PageKind.APPENDIX:
        keys = ("report_filled_by", "report_checked_by", "report_head")
        signed = f'<p class="signed">{"".join(_tag("span", printer.word(key)) for key in keys)}</p>'
    return _section(
        "appendix" if signed else page.kind.value,
        _tag("h3", page.title),
        _tag("p", unit, "unit"),
        _paragraphs(page),
        _table(table, page.title) if table else "",
        _notes(page_remarks(page, printer.report.language)),
        _tag("p", page.source, "source"),
        signed,
    )


_PRINT: dict[PageKind, Callable[[_Printer, ReportPage], str]] = {
    PageKind.TITLE: _title,
    PageKind.AGENDA: _agenda,
    PageKind.CHAPTER: _chapter,
    PageKind.TEXT: _text,
    PageKind.FINDINGS: _text,
    PageKind.CHART: _chart,
    PageKind.SCORECARD: _tabled,
    PageKind.TABLE: _tabled,
    PageKind.FIGURES: _tabled,
    PageKind.APPENDIX: _tabled,
}


def report_page(report: Report, is_live: bool = False) -> str:
    """The report as one HTML page that needs nothing from outside.

    The charts of a ``is_live`` one answer the pointer, and each has its figures as a table.
    """
    printer = _Printer(report, is_live)
    body = "".join(_PRINT[page.kind](printer, page) for page in report.pages)
    head = " · ".join(text for text in (report.demo_mark, report.receipt) if text)
    locale = "zh-CN" if report.language == "zh" else "en"
    style = print_css(head, f"{report.bureau}　{report.title}") + (SCREEN_CSS if is_live else "")
    config = _LIVE if is_live else "staticPlot: true"
    drawing = _DRAW.replace("CONFIG", config).replace("LOCALE", as_literal(locale))
    drawing = drawing.replace("FIGURES", as_literal(printer.figures))
    scripts = plotly_scripts() + script(drawing) if printer.figures else ""
    return (
        f'<!DOCTYPE html><html lang="{locale}"><head><meta charset="utf-8">{_ALONE}'
        f"<title>{escape(report.title)}</title><style>{style}</style></head>"
        f"<body>{body}{scripts}</body></html>"
    )


def offline_bytes(report: Report) -> bytes:
    """The report as one HTML file to be opened without a server; its charts answer the pointer."""
    return report_page(report, is_live=True).encode("utf-8")


def pdf_bytes(report: Report) -> bytes:
    """The report as PDF; raises PrintError where this machine cannot print it."""
    return searchable(printed(report_page(report)))
