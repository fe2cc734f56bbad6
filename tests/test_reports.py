"""Whole reports: what a plan asks for stands in slides, documents and workbooks alike."""

import io
import os
import subprocess
import sys
from datetime import date

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from natives import merged
from pptx import Presentation

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.plan import PARTS, Plan, PlanError, checked, read_plan
from dashboard.charts.model.report import PageKind
from dashboard.exports.document_parts import bookmark_name
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.exports.running_text import printed, running
from dashboard.exports.slide_tables import TEXT_WIDTH
from dashboard.exports.table_shape import width_of
from dashboard.services.reports.proposal import says_more

pytestmark = pytest.mark.slow

DEMO = {"area": "990101", "period": "2024-09"}
FOUR = ("assistance", "elderly", "organisations", "marriage")
MADE = date(2024, 10, 8)


@pytest.fixture
def desk(samples_desk):
    return samples_desk


def report_of(desk, plan, language="zh", **query):
    selection = desk.selections.of({**DEMO, **query, "lang": language}, language)
    return desk.reports.compose(plan, selection, MADE)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_has_every_chart_with_figures(desk, language):
    report = report_of(desk, Plan(topics=FOUR), language)
    drawn = {page.chart.id for page in report.pages if page.chart}
    absent = 0
    for topic in FOUR:
        for spec in desk.catalogue.topics[topic].charts:
            ref = f"{topic}/{spec.id}"
            selection = desk.selections.of({**DEMO, "lang": language}, language)
            chart = desk.figures.chart(ref, selection)
            if chart.empty:
                absent += 1
            elif ref == "organisations/per_community_map":
                assert ref not in drawn  # the same bars stand in the topic: not twice
                assert "organisations/per_community" in drawn
            elif not says_more(chart):
                assert ref not in drawn  # a part that is nearly all needs no picture
            else:
                assert ref in drawn
    said = "".join(
        phrase.text
        for page in report.pages
        if page.kind is PageKind.TEXT
        for paragraph in page.paragraphs
        for phrase in paragraph
    )
    closing = word("report_charts_absent", language, count=absent)
    assert absent and closing not in said, "nobody chose them: nobody misses them"
    assert report.pages[-1].kind is not PageKind.TITLE
    assert report.demo_mark and report.language == language


def test_no_figure_in_a_report_is_without_its_source(desk):
    report = report_of(desk, Plan(topics=FOUR))
    pages = [page for page in report.pages if page.chart or page.table]
    assert len(pages) > 20 and all(page.source for page in pages)
    told = [
        page
        for page in report.pages
        if page.kind is PageKind.TEXT
        and any(phrase.trace for paragraph in page.paragraphs for phrase in paragraph)
    ]
    assert len(told) == len(FOUR) and all(page.source for page in told)
    document = Document(io.BytesIO(REPORT_FORMATS["docx"].render(report)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(printed(page.source, "zh") in text for page in told)


def test_every_figure_of_the_text_is_a_bookmark_in_the_document(desk):
    report = report_of(desk, Plan(topics=("marriage",), parts=("text",)))
    figures = [
        phrase
        for page in report.pages
        for paragraph in page.paragraphs
        for phrase in paragraph
        if phrase.trace
    ]
    document = Document(io.BytesIO(REPORT_FORMATS["docx"].render(report)))
    marks = document.element.body.findall(f".//{qn('w:bookmarkStart')}")
    assert len(marks) == len(figures) > 10  # what is said of streets goes where one is hidden
    for number, (mark, phrase) in enumerate(zip(marks, figures, strict=True), start=1):
        said = "".join(t.text for t in mark.getnext().iter(qn("w:t")))
        assert said == running(phrase.text, "zh")
        assert mark.get(qn("w:name")) == bookmark_name(number, phrase.trace.text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_text_goes_on_over_slides_and_none_of_it_is_lost(desk, language):
    report = report_of(desk, Plan(topics=FOUR, parts=("text",)), language)
    told = [
        printed("".join(phrase.text for phrase in paragraph), language)
        for page in report.pages
        for paragraph in page.paragraphs
    ]
    slides = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].render(report))).slides
    shown = [
        [
            paragraph.text
            for shape in slide.placeholders
            for paragraph in shape.text_frame.paragraphs
        ]
        for slide in slides
    ]
    assert [text for texts in shown for text in texts if text in told] == told
    for texts in shown:
        here = [text for text in texts if text in told]
        assert len(here) < 2 or width_of("".join(here)) <= TEXT_WIDTH


def test_text_is_left_out_where_the_plan_does_not_ask_for_it(desk):
    report = report_of(desk, Plan(topics=("marriage",), parts=("charts",)))
    assert not any(
        phrase.trace
        for page in report.pages
        if page.kind is PageKind.TEXT
        for paragraph in page.paragraphs
        for phrase in paragraph
    )


def test_small_counts_are_hidden_in_a_report_and_it_says_so(desk):
    report = report_of(desk, Plan(topics=("children",)))
    assert "5" in report.hidden
    (chart,) = [
        p.chart for p in report.pages if p.chart and p.chart.id == "children/left_behind_by_street"
    ]
    assert any("*" in cells for _, cells in chart.table.rows)
    slides = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].render(report))).slides
    texts = ["\n".join(shape.text_frame.text for shape in slide.placeholders) for slide in slides]
    assert report.hidden in texts[0]
    assert any(chart.title in text and report.hidden in text for text in texts[1:])
    cover = Document(io.BytesIO(REPORT_FORMATS["docx"].render(report)))
    assert report.hidden in [paragraph.text for paragraph in cover.paragraphs]


def test_charts_areas_and_parts_come_in_the_order_of_the_plan(desk):
    plan = Plan(
        charts=("marriage/registrations", "assistance/spending"),
        areas=("990101003", "990101001"),
        parts=("charts",),
        title="我的报告",
    )
    report = report_of(desk, plan)
    refs = [(page.chart.id, page.chart.area) for page in report.pages if page.chart]
    wanted = [(ref, area) for area in plan.areas for ref in plan.charts]
    assert refs == [pair for pair in wanted if pair in refs] and refs[0][1] == "990101003"
    assert report.title == "我的报告"
    assert all(page.kind is not PageKind.AGENDA for page in report.pages)


def test_every_format_carries_the_title_the_mark_and_the_figures(desk):
    report = report_of(desk, Plan(topics=("marriage",)))
    slides = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].render(report)))
    document = Document(io.BytesIO(REPORT_FORMATS["docx"].render(report)))
    book = openpyxl.load_workbook(io.BytesIO(REPORT_FORMATS["xlsx"].render(report)))
    charts = [p.chart for p in report.pages if p.kind is PageKind.CHART]
    native = [chart for chart in charts if chart.kind is not Kind.TABLE]
    drawn = [shape for slide in slides.slides for shape in slide.shapes if shape.has_chart]
    assert len(drawn) == len(native) > 5
    for frame, chart in zip(drawn, native, strict=True):
        got = merged((series.name, series.values) for series in frame.chart.plots[0].series)
        mine = merged((one.name, map(chart.shown, one.values)) for one in chart.series)
        assert got == {name: pytest.approx(values) for name, values in mine.items()}
    assert document.core_properties.title == report.title == slides.core_properties.title
    assert book.worksheets[0]["A1"].value == report.title
    cells = [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert report.demo_mark in cells
    assert sum(len(sheet._charts) for sheet in book.worksheets) == len(native)


def test_a_workbook_reads_back_as_the_tables_of_the_report(desk):
    report = report_of(desk, Plan(topics=("organisations",)))
    book = openpyxl.load_workbook(io.BytesIO(REPORT_FORMATS["xlsx"].render(report)))
    pages = [page for page in report.pages if page.table or page.chart]
    assert pages
    sheets = book.worksheets[2 : 2 + len(pages)]  # behind the cover and the notes
    for sheet, page in zip(sheets, pages, strict=True):
        rows = list(sheet.iter_rows(values_only=True))
        table = page.table or page.chart.table
        width = len(table.columns)
        head = next(i for i, row in enumerate(rows) if row[:width] == table.columns)
        for row, (_, cells), numbers in zip(
            rows[head + 1 :], table.rows, table.numbers, strict=False
        ):
            wanted = [
                cell if value is None else value for cell, value in zip(cells, numbers, strict=True)
            ]
            for got, value in zip(row[:width], wanted, strict=True):
                assert got == (pytest.approx(value) if isinstance(value, float) else value)
        assert sheet.freeze_panes and sheet.print_title_rows
        assert sheet.page_setup.paperSize == 9 and "&P" in sheet.oddFooter.center.text
    names = [sheet.title for sheet in sheets]
    assert len(set(names)) == len(names) and not any(name.startswith("表") for name in names)


def test_what_a_plan_may_not_say_is_refused_by_name(desk):
    for plan, named in [
        (Plan(topics=("none",)), "none"),
        (Plan(charts=("marriage/none",)), "marriage/none"),
        (Plan(areas=("1",)), "1"),
        (Plan(parts=("cover",)), "cover"),
    ]:
        with pytest.raises(PlanError) as refused:
            report_of(desk, plan)
        assert named in refused.value.message.zh and named in refused.value.message.en


NAMES = st.lists(st.text(min_size=1, max_size=8), max_size=4, unique=True).map(tuple)


@given(NAMES, NAMES, NAMES, st.sets(st.sampled_from(PARTS)), st.text(max_size=30))
def test_a_plan_reads_back_as_it_was_kept(topics, charts, areas, parts, title):
    plan = Plan(topics, charts, areas, tuple(sorted(parts)), title)
    assert read_plan(plan.as_json()) == plan


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
        ),
        max_leaves=6,
    ).map(repr)
    | st.text(max_size=30)
)
def test_a_plan_is_read_or_refused_and_nothing_else(text):
    try:
        plan = read_plan(text)
    except PlanError as error:
        assert error.message.zh and error.message.en
    else:
        assert isinstance(plan, Plan)


def test_an_empty_plan_asks_for_everything():
    assert checked(Plan(), {"marriage": {"kinds"}}, {"990101"}) == Plan()


@pytest.mark.parametrize("kind", list(REPORT_FORMATS))
def test_the_command_line_writes_the_file(samples, tmp_path, kind):
    out = tmp_path / f"报告.{kind}"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "dashboard",
            "export",
            "marriage",
            "--area",
            "示例区",
            "--period",
            "2024-09",
            "--format",
            kind,
            "--out",
            str(out),
            "--lang",
            "en",
        ],
        capture_output=True,
        text=True,
        check=False,
        # only printing needs another program
        env={"DASHBOARD_HOME": str(samples), "PATH": os.environ["PATH"] if kind == "pdf" else ""},
    )
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 10_000 and str(out) in done.stdout


def test_the_command_line_refuses_an_unknown_topic_in_a_sentence(samples, tmp_path):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "dashboard",
            "export",
            "nothing",
            "--format",
            "pptx",
            "--out",
            str(tmp_path / "x.pptx"),
        ],
        capture_output=True,
        text=True,
        env={"DASHBOARD_HOME": str(samples), "PATH": ""},
        check=False,
    )
    assert done.returncode == 1 and "nothing" in done.stdout and "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_command_line_writes_no_file_without_figures(samples, tmp_path, commands):
    out, run = tmp_path / "nothing", commands(samples)

    def refused(what, *more):
        code, said = run("export", what, *more, "--out", out)
        assert code == 1 and not out.exists()
        return said

    said = refused("marriage", "--area", "张夏街道", "--format", "docx", "--lang", "en")
    assert "no figures" in said and "Zhangxia" in said
    said = refused("marriage", "--area", "990101", "--period", "2031", "--format", "xlsx")
    assert "2031年12月" in said and "最近" in said
    said = refused("marriage/none", "--area", "990101", "--format", "csv")
    assert "registrations" in said
    said = refused("none/none", "--area", "990101", "--format", "csv")
    assert "marriage" in said
    assert "没有" in refused("marriage/registrations", "--area", "张夏街道", "--format", "svg")
