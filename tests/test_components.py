"""The parts of a page: whole in both languages, with words for everything that is said."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import page_registry
from screens import (
    DISTRICT,
    PAGES,
    STREET,
    every,
    named,
    page_layout,
    selection_of,
    tables_of,
    text_of,
    written_in,
)

from callbacks.submissions import content_of
from dashboard.base.language import known_words
from dashboard.base.settings import ROOT
from dashboard.components.figures.cards import chart_card
from dashboard.components.panels import PANELS, page_of
from dashboard.components.reports.comparing import comparing_card
from dashboard.components.shell import ids
from dashboard.components.shell.address import ChartLinks
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.shell.sparks import Range, range_strip, sparkline
from dashboard.services.reports.receipts import Reopened
from dashboard.store.receipts import Receipt

pytestmark = pytest.mark.slow

TREND, BARS = "marriage/registrations", "marriage/marriages_by_street"
REFS = {
    "figures": "marriage",
    "chart": TREND,
    "tiles": "marriage",
    "topic_streets": "marriage",
    "scorecard": "990101001",
    "comparison-rows": STREET,
    "topic_links": "marriage",
    "topic_charts": "marriage",
    "contents_targets": "marriage",
    "definition": "marriages",
    "key_figure": "marriages",
    "coverage": "marriages",
    "indicator_targets": "elderly_beds",
}
SOURCES = [
    ROOT / "app.py",
    *(ROOT / "dashboard" / "components").glob("*.py"),
    *(ROOT / "pages").glob("*.py"),
    *(ROOT / "callbacks").glob("*.py"),
]


# ---- words ----


def test_every_word_that_is_used_is_known():
    known = known_words()
    unknown = []
    for file in SOURCES:
        text = file.read_text(encoding="utf-8")
        for key in re.findall(r'\b(?:word|in_both)\(\s*"([^"]+)"', text):
            if key not in known:
                unknown.append(f"{file.name}: {key}")
        for start in re.findall(r'\bword\(\s*f"([a-z_]+)\{', text):
            if not any(key.startswith(start) for key in known):
                unknown.append(f"{file.name}: {start}…")
    assert not unknown


# ---- panels ----


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", PANELS)
def test_every_panel_is_drawn_in_its_language(desk, kind, language):
    selection = selection_of(desk, lang=language)
    drawn = PANELS[kind](desk, REFS.get(kind, "/"), selection)
    said = written_in(drawn)
    if kind == "welcome":  # only in a store without figures
        assert not said.strip()
        return
    assert said.strip()
    letters = re.findall(r"[^\W\d_]", said)
    chinese = len(re.findall("[一-鿿]", said)) / len(letters)
    named = 0.5 if kind == "figures" else 0.2  # files keep the names they came with
    assert chinese > 0.5 if language == "zh" else chinese < named


def test_a_panel_knows_the_page_it_stands_on():
    assert page_of("marriage/registrations") == "/topic/marriage"
    assert page_of("indicator:marriages/trend") == "/indicators/marriages"
    assert page_of(f"indicator:marriages/trend@{STREET}") == f"/street/{STREET}"


def test_every_id_that_callbacks_speak_of_is_on_a_page(app):
    with app.server.test_request_context("/"):
        meeting = app.desk.meetings.make(selection_of(app.desk), "例会", "2026-01-05")
        agenda = page_registry["pages.meeting"]["layout"](meeting=meeting)
        day = datetime(2026, 1, 5, tzinfo=UTC)
        receipt = Receipt("ABC", "chart", TREND, "", day, 1, day, "")
        chosen = selection_of(app.desk)
        old = comparing_card(Reopened(receipt, chosen, (), ""), "zh")
        drawn = [app.layout, agenda, old]
    drawn += [page_layout(app, path) for path in PAGES]
    drawn += [
        page_layout(app, "/submissions", submission="1"),
        page_layout(app, "/targets", target="child_directors:990101:2026-12:exactly"),
        page_layout(app, "/topic/marriage", present="1"),
    ]
    ids_drawn = (getattr(part, "id", None) for part in every(drawn))
    shown = {name for name in ids_drawn if isinstance(name, str)}
    wanted = {value for name, value in vars(ids).items() if name.isupper()}
    assert wanted - shown == set()


# ---- the chart card ----


def test_a_chart_card_has_sentence_table_source_and_downloads(desk):
    selection = selection_of(desk, period="2025-12")
    chart = desk.figures.chart(BARS, selection)
    card = chart_card(
        chart, BARS, ChartLinks(selection, "/topic/marriage", desk.areas()), selection
    )
    said = text_of(card)
    assert chart.title in said and chart.sentence in said and chart.source in said

    (table,) = tables_of(card)
    assert table["caption"]
    assert {cell["scope"] for cell in table["head"][0]["cells"]} == {"col"}
    assert {row["cells"][0]["scope"] for row in table["body"]} == {"row"}
    assert len(table["body"]) == len(chart.table.rows)

    files = [urlsplit(a.href) for a in named(card, "A") if getattr(a, "download", None) == ""]
    assert [file.path for file in files] == [f"/export/{BARS}.csv", f"/export/{BARS}.xlsx"]
    assert parse_qs(files[0].query) == {"area": [DISTRICT], "period": ["2025-12"], "lang": ["zh"]}


def test_the_figure_is_described_by_the_sentence(desk):
    selection = selection_of(desk)
    door = ChartLinks(selection, "/topic/marriage", desk.areas())
    card = chart_card(desk.figures.chart(TREND, selection), TREND, door, selection)
    (figure,) = [part for part in every(card) if getattr(part, "role", "") == "img"]
    described = getattr(figure, "aria-describedby")
    assert [part for part in named(card, "P") if getattr(part, "id", "") == described]


def test_a_card_without_figures_says_why_and_offers_nothing(desk):
    selection = selection_of(desk)
    chart = replace(
        desk.figures.chart(TREND, selection), empty="没有数据,最近的是2022年。", series=()
    )
    card = chart_card(chart, TREND, ChartLinks(selection, "/", desk.areas()), selection)
    assert chart.empty in text_of(card) and chart.title in text_of(card)
    assert not named(card, "Graph") and not named(card, "A") and not tables_of(card)


def test_a_bar_and_its_table_row_lead_to_the_same_place(desk):
    selection = selection_of(desk)
    chart = desk.figures.chart(BARS, selection)
    door = ChartLinks(selection, "/topic/marriage", desk.areas())
    card = chart_card(chart, BARS, door, selection)
    doors = json.loads(getattr(named(card, "Article")[0], "data-doors"))
    assert urlsplit(doors[STREET]).path == f"/street/{STREET}"
    (table,) = tables_of(card)
    rows = {row["cells"][0].get("href") for row in table["body"]}
    assert set(doors.values()) <= rows


# ---- tables, drawings, uploads ----


def test_a_table_carries_its_cells_as_text_only():
    table = real_table(
        "标题", [Row([Cell("a", scope="col")])], [Row([Cell("<b>1</b>", meaning="x")])]
    )
    content = json.loads(getattr(table, "data-table"))
    assert content["body"][0]["cells"] == [{"text": "<b>1</b>", "meaning": "x"}]
    assert getattr(table, "aria-label") == "标题" and table.tabIndex == 0


def test_a_sparkline_leaves_gaps_open_and_needs_two_values():
    assert sparkline((None, 3.0, None), "") is None
    drawn = sparkline((1.0, 2.0, None, 3.0, 4.0), "近期走势")
    assert drawn is not None and drawn.alt == "近期走势"
    assert drawn.source.count("polyline") == 2


def test_a_range_strip_needs_neighbours_that_differ():
    assert range_strip(Range(1.0, 1.0, 1.0, 1.0), "") is None
    assert range_strip(Range(0.0, 1.0, 0.5, None), "") is None
    assert range_strip(Range(0.0, 1.0, 0.5, 0.25), "") is not None


def test_an_upload_is_read_and_a_broken_one_is_empty():
    assert content_of("data:text/csv;base64,YSxi") == b"a,b"
    assert content_of("data:text/csv;base64,%%%") == b""
    assert content_of("") == b""


def test_every_figure_of_a_topic_stands_with_its_kind_and_its_source(desk):
    selection = selection_of(desk, area="330683", period="2021-12", lang="en")
    said = written_in(PANELS["figures"](desk, "elderly", selection))
    for part in ("444 households", "target", "93 people", "plan", "Work report", "完成444户"):
        assert part in said


def test_a_figure_stated_with_two_values_is_listed_as_disputed(desk):
    selection = selection_of(desk, area="42-unnamed", period="2024-05", lang="en")
    said = written_in(PANELS["figures"](desk, "assistance", selection))
    assert "disputed" in said


def test_a_topics_page_opens_on_the_latest_period_that_the_topic_has(desk):
    assert str(desk.selections.of({"area": "000000"}, "zh", "marriage").period) == "2024-12"
    assert str(desk.selections.of({"area": "000000"}, "zh").period) == "2024-12"


def test_streets_are_called_unreported_only_where_most_have_reported(desk):
    some = written_in(PANELS["foot"](desk, "", selection_of(desk, area="370113", period="2023-12")))
    assert "10个街镇中4个" in some
    most = written_in(PANELS["foot"](desk, "", selection_of(desk, area="990101", period="2023-03")))
    assert "柳林镇" in most and "东湖街道" not in most
