"""Builds the help page of a topic, from the catalogue: its indicators, its charts, its rules."""

from __future__ import annotations

from collections import defaultdict

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import known_words, word
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.topics import ChartSpec, Topic, Transform
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.indicators import basis
from dashboard.components.help.help import PAGE_PATH
from dashboard.components.help.help_rules import rules_card
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.services.front_desk import FrontDesk

COLUMNS = ("indicator", "definition", "covers", "adds_up", "direction", "source")


def indicators_of(desk: FrontDesk, topic: Topic) -> list[Indicator]:
    """Those of its tiles and charts first, then all others that belong to the topic."""
    known = desk.catalogue.indicators
    shown = [*topic.headline, *(name for chart in topic.charts for name in chart.indicators)]
    own = [meaning.id for meaning in known.values() if meaning.topic == topic.id]
    return [known[name] for name in dict.fromkeys([*shown, *own])]


def forms_of(desk: FrontDesk, indicator: Indicator, language: str) -> str:
    """The official forms and codes an indicator is read from: "JBZH0001 2022: JZH011111000"."""
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in desk.catalogue.codes_of(indicator.id):
        if line.code:
            codes[(line.form, line.edition)].append(line.code)
    comma = word("chart_semicolon", language)
    return comma.join(
        word("help_form_codes", language, form=form, edition=edition, codes=", ".join(numbers))
        for (form, edition), numbers in sorted(codes.items())
    )


def _adds_up(desk: FrontDesk, indicator: Indicator, language: str) -> str:
    if not indicator.numerator:
        return ""
    known = desk.catalogue.indicators
    above, below = known[indicator.numerator], known[indicator.denominator]
    return f"{above.name[language]} ÷ {below.name[language]}"


def _row(desk: FrontDesk, indicator: Indicator, selection: Selection) -> Row:
    language = selection.language
    return Row(
        [
            Cell(
                indicator.name[language],
                scope="row",
                small=indicator.unit.name[language],
                href=link(f"/indicators/{indicator.id}", selection),
            ),
            Cell(indicator.definition[language] or "—", kind="text"),
            Cell(word(f"accumulation_{indicator.accumulation}", language)),
            Cell(
                word(f"aggregation_{indicator.aggregation}", language),
                small=_adds_up(desk, indicator, language),
            ),
            Cell(word(f"polarity_{indicator.polarity}", language)),
            Cell(basis(indicator, language), small=forms_of(desk, indicator, language)),
        ]
    )


def _indicators(desk: FrontDesk, topic: Topic, selection: Selection) -> Component:
    language, shown = selection.language, indicators_of(desk, topic)
    title = word("help_indicators", language, count=len(shown))
    head = head_row("help_column", COLUMNS, language)
    rows = [_row(desk, indicator, selection) for indicator in shown]
    table = real_table(title, [head], rows, kind="help-indicators", quiet=True)
    return card(title, [table], "indicators")


def reading(chart: ChartSpec, language: str) -> str:
    """How a chart of this kind is read."""
    finer = (
        f"read_{chart.kind}_{chart.transform}" if chart.transform is not Transform.VALUE else "",
        f"read_{chart.kind}_{chart.step}",
        f"read_{chart.kind}",
    )
    key = next((key for key in finer if key in known_words()), "read_any")
    return word(key, language)


def _charts(desk: FrontDesk, topic: Topic, selection: Selection) -> Component:
    language, known = selection.language, desk.catalogue.indicators
    comma = word("list_comma", language)
    pairs = []
    for chart in topic.charts:
        title = desk.figures.chart(f"{topic.id}/{chart.id}", selection).title
        names = comma.join(known[name].name[language] for name in chart.indicators)
        about = html.Span(names, className="muted") if names not in title else None
        pairs.append(html.Div([html.Dt([title, " ", about]), html.Dd(reading(chart, language))]))
    lead = html.P(word("help_charts_lead", language))
    body = [lead, html.Dl(pairs, className="help-list")]
    return card(word("help_charts", language, count=len(topic.charts)), body, "charts")


def topic_help(desk: FrontDesk, topic: Topic, selection: Selection) -> list[Component]:
    """The whole page of one topic's help."""
    language, shown = selection.language, indicators_of(desk, topic)
    lead = word("help_topic_lead", language, indicators=len(shown), charts=len(topic.charts))
    title = word("help_topic_of", language, topic=topic.title[language])
    anchors = [
        html.A(
            word("help_to_topic", language, topic=topic.title[language]),
            href=link(f"/topic/{topic.id}", selection),
        ),
        html.A(word("help_all", language), href=link(PAGE_PATH, selection)),
    ]
    return [
        *title_block(title, "", lead),
        html.Ul([html.Li(anchor) for anchor in anchors], className="chips"),
        _charts(desk, topic, selection),
        _indicators(desk, topic, selection),
        rules_card(desk, shown, selection),
    ]
