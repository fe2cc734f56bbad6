"""Every mark of a figure is seen in every format: a chart, a table, a sentence, a tile, a file."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import openpyxl
import pytest
from chart_cases import AREAS, CATALOGUE, DEMO, SOURCES, chart, figure, marriages, spec
from docx import Document
from plotly.utils import PlotlyJSONEncoder
from pptx import Presentation

from dashboard.analysis.figure_marks import listed_marks, marks_of
from dashboard.analysis.points import Points
from dashboard.catalogue.area_changes import AreaChange, ChangeKind, ChangeRule
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.charts.build import build_chart
from dashboard.charts.kinds.comparison_rows import build_comparison_rows
from dashboard.charts.kinds.scorecard import StreetCard, card_table
from dashboard.charts.kinds.tiles import build_tile
from dashboard.charts.model.chart import Mark
from dashboard.charts.model.report import PageKind, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.signs import SIGNS, marks_at
from dashboard.charts.text.sentence_traces import traced_sentence
from dashboard.components.figures.cards import chart_card
from dashboard.components.meetings.presenting import Shown, _chart_body
from dashboard.components.shell.address import ChartLinks
from dashboard.components.wall_cards import figure_tile
from dashboard.disclosure.chart_guard import suppress_chart
from dashboard.exports.chart_csv import csv_text
from dashboard.exports.documents import _WRITE as document_writers
from dashboard.exports.documents import document_bytes
from dashboard.exports.formats import FORMATS, PICTURES, REPORT_FORMATS
from dashboard.exports.native_charts import native_categories
from dashboard.exports.page_remarks import chart_remarks
from dashboard.exports.pictures import picture_figure
from dashboard.exports.print_html import _PRINT as print_writers
from dashboard.exports.print_html import offline_bytes, report_page
from dashboard.exports.single_chart_slide import one_page
from dashboard.exports.slides import _DRAW as slides_writers
from dashboard.exports.slides import slides_bytes
from dashboard.exports.spreadsheet_books import book_bytes
from dashboard.exports.workbooks import workbook_bytes
from dashboard.services.meetings.minutes import minutes
from dashboard.services.targets.target_marks import marks_of_target
from dashboard.store.meetings import Meeting
from dashboard.web.files_api import _AGENDA

STREET = "990101004"
NOW = (2023, 12)
LINE = spec("line", "marriages")


def years(**changes):
    """Four years of one street; the last figure is as ``changes`` say."""
    every = [figure("marriages", STREET, (year, 12), 100.0 + year) for year in range(2020, 2024)]
    return [*every[:-1], every[-1]._replace(**changes)]


def of_streets(count, value=100.0):
    """One year of some of the district's streets, and nothing of itself."""
    codes = [area.code for area in AREAS.children(DEMO)][:count]
    return [figure("marriages", code, NOW, value) for code in codes]


def merged_areas():
    """The areas after one street joined another in July 2022."""
    month = Period(2022, 7)
    joined = [
        AreaChange(month, ChangeKind.MERGE, old, STREET, ChangeRule.ADD, 1.0)
        for old in (STREET, "990101010")
    ]
    return Areas(list(AREAS), joined)


class Case:
    """Figures of which the latest has a mark: the points, a chart of them, and where to look."""

    def __init__(self, figures, area=STREET, period=NOW, areas=AREAS):
        self.area, self.period, self.areas = area, Period(*period), areas
        self.points = Points(CATALOGUE, areas, figures, Period(2023, 12))
        self.selection = Selection(area, self.period, comparison="none")
        arguments = (self.selection, self.points, CATALOGUE, areas, SOURCES)
        self.chart = build_chart(LINE, *arguments)
        self.streets = build_chart(spec("table", "marriages"), *arguments)

    @property
    def point(self):
        return self.points.point("marriages", self.area, self.period)


def cases():
    old = [figure("marriages", code, (2021, 12), 9.0) for code in (STREET, "990101010")]
    marked = {FigureMark.FINDING: years(marks=frozenset({FigureMark.FINDING}))}
    return {
        FigureMark.PARTIAL: Case(of_streets(3), DEMO),
        FigureMark.DISPUTED: Case(years(status="D", others=(2086.0,))),
        FigureMark.APPROXIMATE: Case(years(qualifier="余")),
        FigureMark.PROVISIONAL: Case(years(status="P")),
        FigureMark.DRAFT: Case(years(status="T")),
        FigureMark.SECONDARY: Case(years(grade="secondary")),
        FigureMark.RESTATED: Case(old, STREET, (2021, 12), merged_areas()),
        **{mark: Case(figures) for mark, figures in marked.items()},
    }


CASES = cases()
WORDS = {
    FigureMark.PARTIAL: "12个街镇中3个有数据",
    FigureMark.DISPUTED: "另有数值2,086对",
    FigureMark.APPROXIMATE: "余",
    FigureMark.PROVISIONAL: "初步数",
    FigureMark.SECONDARY: "转引",
    FigureMark.RESTATED: "相加",
    FigureMark.DRAFT: "草稿",
    FigureMark.FINDING: "审核结果未答复",
    FigureMark.AFTER_BREAK: "不作比较",
    FigureMark.UNFINISHED: "未满一年",
    FigureMark.HIDDEN: "已隐去",
    FigureMark.DEMO: "演示数据",
}


def of_chart(mark):
    """A chart with one figure of this mark."""
    if mark in CASES:
        return CASES[mark].chart
    if mark is FigureMark.AFTER_BREAK:
        return chart(LINE, years(), STREET, NOW)
    if mark is FigureMark.UNFINISHED:
        months = {year: [9] * 12 for year in (2020, 2021, 2022)} | {2023: [9] * 5}
        return chart(LINE, marriages(months), DEMO, (2023, 5))
    if mark is FigureMark.DEMO:
        return chart(LINE, [one._replace(submission=3, grade="demo") for one in years()], STREET)
    return suppress_chart(chart(LINE, years(value=3.0), STREET, NOW), 5, CATALOGUE)


# ---- the page of a chart in every format ----


def slide_texts(content):
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    frames = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    cells = [c.text for s in shapes if s.has_table for row in s.table.rows for c in row.cells]
    return "\n".join([*frames, *cells])


def document_texts(content):
    document = Document(io.BytesIO(content))
    headers = [p.text for section in document.sections for p in section.header.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*headers, *(p.text for p in document.paragraphs), *cells])


def sheet_texts(content):
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell)


def element_texts(element):
    return json.dumps(element, cls=PlotlyJSONEncoder, ensure_ascii=False)


def on_screen(drawn):
    selection = Selection(drawn.area)
    return element_texts(chart_card(drawn, drawn.id, ChartLinks(selection, "/", AREAS), selection))


def in_meeting(drawn):
    body = _chart_body(Shown(drawn.title, "chart", chart=drawn, source=drawn.source), "chart")
    return element_texts(body) + drawn.demo_mark


def in_pdf(drawn):
    return report_page(one_page(drawn)).partition("<script")[0]


def on_meeting_slides(drawn):
    """A chart of an agenda, with the sentence that states its figures."""
    page = ReportPage(PageKind.CHART, drawn.headline, chart=drawn, source=drawn.source)
    return replace(one_page(drawn), pages=(replace(page, paragraphs=(traced_sentence(drawn),)),))


def in_pack(drawn):
    return offline_bytes(on_meeting_slides(drawn)).decode().partition("<script")[0]


def in_minutes(drawn):
    moment = datetime(2026, 11, 5, tzinfo=UTC)
    meeting = Meeting("1", "会议", "2026-11-05", DEMO, "", moment, moment, "")
    return minutes(on_meeting_slides(drawn), meeting, (), date(2026, 11, 5))


# Where a chart is seen: every renderer, and every file that one of them writes.
PAGES = {
    "screen": on_screen,
    "picture": lambda drawn: json.dumps(picture_figure(drawn), ensure_ascii=False),
    "slide": lambda drawn: slide_texts(slides_bytes(one_page(drawn))),
    "document": lambda drawn: document_texts(document_bytes(one_page(drawn))),
    "workbook": lambda drawn: sheet_texts(workbook_bytes(drawn)),
    "report workbook": lambda drawn: sheet_texts(book_bytes(one_page(drawn))),
    "pdf": in_pdf,
    "csv": csv_text,
    "meeting": in_meeting,
    "meeting slide": lambda drawn: slide_texts(slides_bytes(on_meeting_slides(drawn))),
    "meeting pack": in_pack,
    "minutes": lambda drawn: document_texts(document_bytes(in_minutes(drawn))),
}
# Which row of the table above holds a file: a new format fails until it has one.
FILES = {
    ("chart", "csv"): "csv",
    ("chart", "xlsx"): "workbook",
    ("chart", "pptx"): "slide",
    ("chart", "png"): "picture",
    ("chart", "svg"): "picture",
    ("report", "pptx"): "slide",
    ("report", "docx"): "document",
    ("report", "xlsx"): "report workbook",
    ("report", "pdf"): "pdf",
    ("meeting", "pptx"): "meeting slide",
    ("meeting", "pdf"): "meeting pack",  # the same page, printed
    ("meeting", "html"): "meeting pack",
}


def test_every_file_that_a_chart_leaves_in_is_in_the_table():
    made = {"chart": {**FORMATS, **PICTURES}, "report": REPORT_FORMATS, "meeting": _AGENDA}
    assert set(FILES) == {(door, suffix) for door, suffixes in made.items() for suffix in suffixes}
    assert set(FILES.values()) <= set(PAGES)


@pytest.mark.parametrize("written", [slides_writers, document_writers, print_writers])
def test_every_kind_of_page_has_its_writer_in_each_file(written):
    assert set(written) == set(PageKind)


@pytest.mark.slow
@pytest.mark.parametrize("mark", list(FigureMark))
@pytest.mark.parametrize("page", list(PAGES))
def test_a_mark_is_read_on_the_page_of_its_chart(page, mark):
    assert WORDS[mark] in PAGES[page](of_chart(mark))


@pytest.mark.parametrize("mark", list(FigureMark))
def test_a_chart_says_its_marks_once_and_no_others(mark):
    said = [remark.mark for remark in of_chart(mark).marks]
    assert said.count(mark) == 1
    always = {FigureMark.AFTER_BREAK}  # the street was divided within these years
    assert set(said) <= {mark, *always}


@pytest.mark.parametrize("mark", list(CASES))
def test_a_mark_stands_at_its_figure_in_a_table_of_streets(mark):
    case = CASES[mark]
    figures = [f for f in case.points._figures.values() if f.area != DEMO]
    if mark is FigureMark.RESTATED:
        return  # a table of one year shows streets as they were
    table = chart(spec("bar", "marriages"), figures, DEMO, NOW).table
    assert WORDS[mark] in " ".join(word for words in table.words for word in words)


# ---- figures without a chart ----

# Marks that a figure by itself has not, and why. All others are in every row of ALONE.
NOT_ALONE = {
    FigureMark.AFTER_BREAK: "no two figures stand beside each other; a change is refused",
    FigureMark.UNFINISHED: "the period beside it says 1—10月",
    FigureMark.HIDDEN: "it is left out, or its word stands in its place",
    FigureMark.DEMO: "the page says it once",
}


def on_wall(case):
    return element_texts(figure_tile(build_tile(case.points, "marriages", case.selection), "zh"))


def in_bulletin(case):
    target = Target("marriages", case.area, case.period, TargetKind.AT_LEAST, 9.0)
    row = SimpleNamespace(target=target, area=case.area, actual=1.0, actual_period=case.period)
    return marks_of_target(row, case.points, CATALOGUE, case.areas, "zh")


ALONE = {
    "sentence": lambda case: case.chart.sentence,
    "hover": lambda case: " ".join(case.chart.series[0].hover),
    "table": lambda case: " ".join(word for words in case.chart.table.words for word in words),
    "tile": lambda case: build_tile(case.points, "marriages", case.selection).note,
    "wall": on_wall,
    "bulletin": in_bulletin,
}


def test_every_mark_is_one_of_a_figure_alone_or_is_said_not_to_be():
    assert {*CASES, *NOT_ALONE} == set(FigureMark) and not {*CASES} & {*NOT_ALONE}


@pytest.mark.parametrize("mark", list(CASES))
@pytest.mark.parametrize("place", list(ALONE))
def test_a_mark_is_read_where_a_figure_stands_without_its_chart(place, mark):
    assert WORDS[mark] in ALONE[place](CASES[mark])


# What a list for programs says of a point, by the word of the mark.
@pytest.mark.parametrize("mark", list(CASES))
def test_a_program_is_told_the_mark_by_its_word(mark):
    assert listed_marks(CASES[mark].point) == str(mark)


@pytest.mark.slow
@pytest.mark.parametrize("mark", list(CASES))
@pytest.mark.parametrize("write", [slides_bytes, document_bytes, book_bytes, report_page])
def test_a_mark_is_read_under_the_scorecard(mark, write):
    case = CASES[mark]
    rows = build_comparison_rows(case.points, ["marriages"], case.selection)
    card = StreetCard(case.area, "街道", "区", "2023", (), (("婚姻", tuple(rows)),))
    table, _ = card_table(card, "zh", 9)
    page = ReportPage(PageKind.SCORECARD, "记分卡", table=table, source="来源")
    content = write(replace(one_page(case.chart), pages=(page,)))
    read = {slides_bytes: slide_texts, document_bytes: document_texts, book_bytes: sheet_texts}
    assert WORDS[mark] in read.get(write, str)(content)


@pytest.mark.parametrize("mark", list(CASES))
def test_a_mark_is_listed_with_the_figure(mark):
    assert marks_of(CASES[mark].point) == (mark,)


def test_what_is_made_of_a_marked_figure_is_marked_itself():
    figures = of_streets(12)
    figures[0] = figures[0]._replace(qualifier="约")
    figures[1] = figures[1]._replace(marks=frozenset({FigureMark.FINDING}))
    whole = Case(figures, DEMO)
    assert marks_of(whole.point) == (FigureMark.APPROXIMATE, FigureMark.FINDING)
    assert "由约数算得" in whole.chart.sentence


def test_every_mark_has_a_case_or_a_chart_and_its_words():
    assert set(WORDS) == set(FigureMark)


@pytest.mark.parametrize("mark", [mark for mark in CASES if mark in SIGNS])
def test_the_screen_draws_a_mark_with_the_sign_of_the_files(mark):
    drawn = CASES[mark].chart
    symbols = [s for trace in picture_figure(drawn)["data"] for s in _symbols(trace)]
    assert f"{SIGNS[mark]}-open" in symbols


def test_a_mark_that_all_values_of_a_series_have_is_said_and_not_drawn_at_each():
    figures = [figure("marriages", a.code, NOW, 9.0, status="P") for a in AREAS.children(DEMO)[:4]]
    drawn = chart(spec("bar", "marriages"), figures, DEMO, NOW)
    assert all(marks_at(drawn, drawn.series[0], place) == () for place in range(4))
    assert any("初步数" in note for note in drawn.notes)


def test_a_slide_prints_who_is_missing_and_numbered_events_but_not_twice_what_its_line_names():
    breaks = tuple(Mark(f"事件{n}", category=1, is_break=False) for n in range(1, 5))
    notes = ("缺报：甲街道。", *(f"({n}) 事件{n}。" for n in range(1, 5)))
    drawn = replace(CASES[FigureMark.APPROXIMATE].chart, breaks=breaks, notes=notes)
    assert set(notes) <= set(chart_remarks(drawn))
    spelt = replace(drawn, breaks=breaks[:3], notes=("缺报：甲街道。", "事件1。"))
    assert "缺报：甲街道。" in chart_remarks(spelt) and "事件1。" not in chart_remarks(spelt)
    text = slide_texts(slides_bytes(one_page(drawn)))
    assert all(note in text for note in notes)


def test_a_hidden_bar_is_named_with_its_sign_in_a_native_chart():
    counts = (3.0, 90.0, 80.0, 70.0, 60.0)
    streets = AREAS.children(DEMO)[:5]
    figures = [figure("marriages", a.code, NOW, v) for a, v in zip(streets, counts, strict=True)]
    drawn = suppress_chart(chart(spec("bar", "marriages"), figures, DEMO, NOW), 5, CATALOGUE)
    assert any(name.endswith(" *") for name in native_categories(drawn))


def _symbols(trace):
    symbol = trace.get("marker", {}).get("symbol", ())
    return [symbol] if isinstance(symbol, str) else symbol


def hidden_in(kind, *indicators):
    """A chart over three years of which one of the second is hidden."""
    whole = indicators[0]
    small = [(2021, 200.0), (2022, 3.0), (2023, 210.0)]
    figures = [figure(indicators[-1], DEMO, (year, 12), value) for year, value in small]
    if len(indicators) > 1:
        figures += [figure(indicators[1], DEMO, (year, 12), 300.0) for year, _ in small]
    drawn = chart(spec(kind, whole), figures, DEMO, NOW)
    return suppress_chart(drawn, 5, CATALOGUE)


STACK = ("dibao_persons", "rural_dibao_persons", "urban_dibao_persons")


@pytest.mark.parametrize(
    ("kind", "names"),
    [("line", ("orphans",)), ("column", ("orphans",)), ("stacked", STACK)],
)
def test_a_hidden_value_has_its_sign_where_it_would_stand(kind, names):
    """On screen and picture at the foot of the plot, in office files on the axis."""
    drawn = hidden_in(kind, *names)
    notes = picture_figure(drawn)["layout"]["annotations"]
    assert [note["x"] for note in notes if note["text"] == "*"] == [1]
    assert native_categories(drawn)[1].endswith(" *")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(drawn)))["series"]
    assert any(str(cell).endswith(" *") for row in sheet.values for cell in row)


def test_a_hidden_step_of_a_waterfall_reads_its_sign_in_every_renderer():
    counts = {2025: (30.0, 20.0, 60.0, 70.0), 2026: (40.0, 3.0, 90.0, 55.0)}
    figures = [
        figure("orphans", area.code, (year, 9), value)
        for year, values in counts.items()
        for area, value in zip(AREAS.children(DEMO), values, strict=False)
    ]
    whole = chart(spec("waterfall", "orphans"), figures, DEMO, (2026, 9))
    drawn = suppress_chart(whole, 5, CATALOGUE)
    hidden = [at for at, key in enumerate(drawn.keys) if key == AREAS.children(DEMO)[1].code]
    assert hidden
    notes = picture_figure(drawn)["layout"]["annotations"]
    assert sum(note["text"] == "*" for note in notes) >= len(hidden)
    assert all(native_categories(drawn)[at].endswith(" *") for at in hidden)
