"""Builds the stage of a meeting: one page a slide, moved by keys (60-meetings/presenting.js)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.layout import without_demo_mark
from dashboard.charts.plotly.theme import SCREEN
from dashboard.components.figures.cards import NO_FIGURE, graph_config
from dashboard.components.figures.tables import figures_table
from dashboard.components.shell import ids
from dashboard.components.shell.address import ChartLinks
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.marking import marking
from dashboard.components.shell.small_form import Field, outcome, small_form
from dashboard.components.shell.tags import badge

# A slide is wide and, at letters for the last row, low: names stand on one line, none over another.
ENLARGED = replace(SCREEN, trend=110, ends=190)
KEYS = (
    ("→ PageDown", "next"),
    ("← PageUp", "back"),
    ("Home / End", "ends"),
    ("G", "down"),
    ("U", "up"),
    ("F", "full"),
    ("B", "black"),
    ("L", "light"),
    ("D / C", "draw"),
    ("N", "ask"),
    ("T / R", "timer"),
    ("V", "speaker"),
    ("?", "keys"),
    ("Esc", "leave"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One slide as it is drawn: a chart, or a heading with lines below it.

    ``kind``, ``ref`` and ``query`` are kept with a question. ``doors`` lead deeper, each a key, a
    label and an address; ``up`` leads back out. ``note`` is for the speaker alone.
    """

    title: str
    kind: str = ""
    ref: str = ""
    query: str = ""
    chart: Chart | None = None
    door: ChartLinks | None = None
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    doors: tuple[tuple[str, str, str], ...] = ()  # key, label, address
    up: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands around the slides. ``leave`` is where Esc leads, ``meeting`` "" for a page's own.

    ``frozen`` says as of when the figures are, ``newer`` that later ones exist; ``marking``
    are the bureau's words for whoever may see them.
    """

    title: str
    language: str
    leave: str
    path: str
    start: int = 1
    meeting: str = ""
    frozen: str = ""
    newer: str = ""
    marking: str = ""


def _graph(chart: Chart, name: str) -> Component:
    # The slide carries the demo mark beside the unit, where it lies over nothing.
    drawn = without_demo_mark(figure(chart, ENLARGED))
    layout = drawn["layout"]
    layout.pop("height", None)
    layout["autosize"] = True
    graph = dcc.Graph(
        id=ids.graph(name),
        figure=drawn,
        config=graph_config(chart.language),
        responsive=True,
        className="stage-graph",
    )
    label = aria(label=chart.headline, describedby=f"{ids.slug(name)}-sentence")
    return html.Div(
        html.Div(graph, className="stage-scaled"), role="img", className="stage-figure", **label
    )


def _chart_body(shown: Shown, name: str) -> list[Component | None]:
    chart = shown.chart
    if chart is None:
        return []
    if chart.empty:
        return [html.P(chart.empty, className="stage-line")]
    tabled = chart.kind in NO_FIGURE and shown.door is not None
    door = shown.door or ChartLinks(Selection(""), "/", _Nowhere())
    body = figures_table(chart, door) if tabled else _graph(chart, name)
    return [
        html.P(
            [
                html.Span(chart.explained),
                badge(chart.grade, chart.is_demo, chart.language) if chart.grade else None,
            ],
            className="stage-subtitle",
        ),
        body,
        html.P(chart.sentence, id=f"{ids.slug(name)}-sentence", className="stage-sentence"),
        html.P(_below(chart, shown.source), className="stage-source"),
    ]


def _below(chart: Chart, source: str) -> str:
    """What must be known of the figures and where they come from, in one paragraph."""
    marks = [
        mark.words for mark in chart.marks if mark.mark is not FigureMark.DEMO
    ]  # it has a badge
    return ("" if chart.language == "zh" else " ").join([*marks, source])


class _Nowhere:
    """Knows no area, so that nothing leads anywhere."""

    def get(self, code: str) -> None:
        """None for every code."""


def _carried(shown: Shown, number: int, name: str) -> dict[str, str]:
    """What the browser needs to know of a slide: its name, where it leads, what a question asks."""
    doors = {key: address for key, _, address in shown.doors}
    return {
        "ref": name,
        "doors": json.dumps(doors, ensure_ascii=False),
        "number": str(number),
        "ways": json.dumps(
            [[label, address] for _, label, address in shown.doors], ensure_ascii=False
        ),
        "up": shown.up,
        "asks": json.dumps([shown.kind, shown.ref, shown.query]),
        "note": shown.note,
        "title": shown.title,
    }


def _parts(shown: Shown) -> list[Component]:
    """The lines of a slide below their headings."""
    parts: list[Component] = []
    for head, lines in shown.parts:
        parts.append(html.H2(head) if head else html.Span())
        parts.append(html.Ul([html.Li(line) for line in lines]))
    return parts


def _slide(shown: Shown, number: int, total: int, stage: Stage) -> Component:
    name = f"{number}:{shown.ref}"
    facts = [html.Div([html.Dt(head), html.Dd(text)]) for head, text in shown.facts]
    parts = _parts(shown)
    label = word("meeting_slide", stage.language, number=number, total=total)
    return html.Section(
        [
            html.H1(shown.title) if number == 1 else html.H2(shown.title, className="stage-title"),
            *_chart_body(shown, name),
            html.Dl(facts, className="stage-facts") if facts else None,
            html.Div(parts, className="stage-parts") if parts else None,
            html.P(shown.source, className="stage-source")
            if shown.source and not shown.chart
            else None,
        ],
        className="slide" + (" is-first" if number == 1 else ""),
        **aria(label=f"{label}: {shown.title}"),
        **data(**_carried(shown, number, name)),
    )


def _keys(stage: Stage) -> Component:
    language = stage.language
    pairs = [
        html.Div([html.Dt(keys), html.Dd(word(f"meeting_key_{name}", language))])
        for keys, name in KEYS
    ]
    inside = [html.H2(word("meeting_keys", language)), html.Dl(pairs)]
    return _dialog("keys", word("meeting_keys", language), inside)


def _dialog(name: str, label: str, inside: Sequence[Component]) -> Component:
    return html.Div(
        list(inside),
        className="stage-dialog",
        hidden=True,
        tabIndex=0,
        role="dialog",
        **aria(label=label),
        **data(dialog=name),
    )


def _asking(stage: Stage) -> Component:
    language = stage.language
    fields = [
        Field(ids.ASK_TEXT, "asked", word("meeting_question", language), "area", needed=True),
        Field(ids.ASK_OWNER, "owner", word("meeting_owner", language)),
        Field(ids.ASK_DUE, "due", word("meeting_due", language), "date"),
    ]
    form = small_form(ids.ASK, fields, word("meeting_keep", language), outcome(ids.ASK_MESSAGE))
    about = [dcc.Store(id=ids.ASK_ABOUT), dcc.Store(id=ids.ASK_MEETING, data=stage.meeting)]
    label = word("meeting_key_ask", language)
    return _dialog("ask", label, [html.H2(label), form, *about])


def stage_screen(slides: Sequence[Shown], stage: Stage) -> Component:
    """The slides one above the other, of which the browser shows one; and what belongs to them."""
    language, total = stage.language, len(slides)
    drawn = [_slide(slide, number, total, stage) for number, slide in enumerate(slides, start=1)]
    newer = html.Span(stage.newer, className="stage-newer") if stage.newer else None
    words = {name: word(f"meeting_{name}", language) for name in ("kept_dark", "ways")}
    bar = html.Div(
        [
            *marking(stage.marking),
            html.Span(stage.frozen),
            newer,
            html.Span(className="stage-number", **aria(live="polite")),
            html.Span("00:00", className="stage-timer", role="timer"),
            html.Span(word("meeting_hint", language), className="stage-hint"),
        ],
        className="stage-bar",
    )
    doors = _dialog("ways", words["ways"], [html.H2(words["ways"]), html.Ul()])
    return html.Main(
        [
            *drawn,
            bar,
            html.Div(className="stage-light", hidden=True),
            html.Div(
                className="stage-black", hidden=True, role="img", **aria(label=words["kept_dark"])
            ),
            _keys(stage),
            _asking(stage),
            doors,
        ],
        id="main",
        className="stage",
        tabIndex=-1,
        **data(
            start=str(min(max(stage.start, 1), total)),
            leave=stage.leave,
            speaker=json.dumps(_speaker_words(language), ensure_ascii=False),
        ),
    )


def _speaker_words(language: str) -> dict[str, str]:
    """The words of the speaker's own window."""
    names = ("window", "now", "next", "note", "no_note", "last", "refused")
    return {name: word(f"meeting_speaker_{name}", language) for name in names}


def chart_slides(
    charts: Sequence[tuple[str, Selection, Chart]], door: ChartLinks, first: int, path: str
) -> list[Shown]:
    """Charts as slides; ``here`` is the stage's address up to its page's number.

    A click on an area draws the same slide of that area; one on a period of that period.
    """
    result = []
    for number, (ref, drawn, chart) in enumerate(charts, start=first):
        address = f"{path}&page={number}"
        doors = tuple(
            (key, label, f"{address}&{_what(chart)}={key}")
            for key, label in zip(chart.keys, chart.categories, strict=True)
            if key and chart.key_kind in ("area", "period") and door.of(chart.key_kind, key)
        )
        result.append(
            Shown(chart.headline, "chart", ref, "", chart, _table_door(door, drawn), doors=doors)
        )
    return result


def _table_door(door: ChartLinks, drawn: Selection) -> ChartLinks:
    return replace(door, selection=drawn)


def _what(chart: Chart) -> str:
    return "at" if chart.key_kind == "area" else "on"
