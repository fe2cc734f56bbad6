"""A deck has no slide that stands nearly empty, and no amount is broken over two lines."""

import io
from dataclasses import replace
from datetime import date

import pytest
from chart_cases import DEMO, chart, marriages, spec
from pptx import Presentation
from pptx.oxml.ns import qn
from test_marks import NOW, document_texts

from dashboard.charts.model.frame import Rows, TableCell
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage
from dashboard.charts.model.target_slide import Bullet, StreetAmount, TargetSlide
from dashboard.exports.deck_order import deck_pages
from dashboard.exports.documents import document_bytes
from dashboard.exports.print_html import report_page
from dashboard.exports.single_chart_slide import one_page
from dashboard.exports.slide_lines import broken
from dashboard.exports.slide_tables import pages_of
from dashboard.exports.slides import slides_bytes


def report(*pages):
    return Report("报告", "2026年10月", "民政局", DEMO, "2026-10", date(2026, 11, 1), "zh", pages)


def heading(title):
    return ReportPage(PageKind.CHAPTER, title, level=1)


def text(words, title="基本情况", source=""):
    return ReportPage(PageKind.TEXT, title, paragraphs=((Phrase(words),),), source=source)


def table(rows):
    drawn = plain_table("表", ["名称", "数值"], [[f"第{n}行", str(n)] for n in range(rows)])
    return ReportPage(PageKind.FIGURES, "数据", table=drawn)


def kinds(*pages):
    return [page.kind for _, page in deck_pages(report(*pages))]


def test_a_heading_of_few_slides_and_an_agenda_of_few_lines_take_none():
    agenda = ReportPage(PageKind.AGENDA, "目录", lines=("一", "二"))
    assert kinds(agenda, heading("一"), table(2), heading("二"), *[table(2)] * 3) == [
        PageKind.FIGURES,
        PageKind.CHAPTER,
        *[PageKind.FIGURES] * 3,
    ]
    assert kinds(replace(agenda, lines=("一", "二", "三"))) == [PageKind.AGENDA]


def test_a_short_text_stands_on_the_slide_of_its_heading_and_a_long_one_on_its_own():
    short, long = text("很短。", source="来源"), text("很长。" * 60)
    (_, joined), *_ = deck_pages(report(heading("低保"), short))
    assert (joined.title, joined.paragraphs, joined.source) == ("低保", short.paragraphs, "来源")
    assert kinds(heading("低保"), long, table(2), table(2)) == [
        PageKind.CHAPTER,
        PageKind.TEXT,
        *[PageKind.FIGURES] * 2,
    ]


def test_what_is_not_in_the_deck_is_the_last_line_of_the_last_slide():
    absent = text("没有数据：儿童福利。", "未列入的内容")
    ((_, only),) = deck_pages(report(table(2), absent))
    assert only.source == "没有数据：儿童福利。"


def test_a_long_table_is_split_evenly_and_no_part_of_it_becomes_cards():
    parts = list(pages_of(table(28 + 1)))
    assert [len(part.table.rows) for part in parts] == [10, 9, 10]
    assert {part.kind for part in parts} == {PageKind.TABLE}


@pytest.mark.parametrize(
    ("words", "room", "lines"),
    [
        ("应增600张，已增101张，少399张", 40, ["应增600张，已增101张，少399张"]),
        ("应增600张，已增101张，少399张", 24, ["应增600张，", "已增101张，少399张"]),
        ("一个没有停顿而且很长很长的标题", 12, ["一个没有停顿而且很长很长的标题"]),
        ("101 of 600 beds, 399 short", 18, ["101 of 600 beds,", "399 short"]),
    ],
)
def test_a_title_of_several_lines_is_broken_between_its_clauses(words, room, lines):
    assert broken(words, room).split("\v") == lines


def test_columns_of_dashes_are_taken_out_of_a_table():
    rows = Rows("表", ["名称", "数值", "位次", "状态"], [0, 0, 0, 0])
    rows.add("a", "甲", [TableCell("1"), TableCell("—"), TableCell("正常")])
    rows.add("b", "乙", [TableCell("—"), TableCell("—"), TableCell("—")])
    rows.drop_empty_columns(first=2)
    drawn = rows.table()
    assert drawn.columns == ("名称", "数值", "状态")
    assert [cells for _, cells in drawn.rows] == [("甲", "1", "正常"), ("乙", "—", "—")]
    assert {len(row) for row in (*drawn.facts, *drawn.numbers, *drawn.words)} == {3}


def of_two_years():
    months = {2022: [10] * 12, 2023: [12] * 5}
    return chart(spec("line", "marriages", step="cumulative"), marriages(months), DEMO, (2023, 5))


def test_how_far_this_year_is_from_last_year_is_drawn_and_named_in_a_native_chart():
    drawn = of_two_years()
    assert drawn.gap
    slide = Presentation(io.BytesIO(slides_bytes(one_page(drawn)))).slides[0]
    (native,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    bars = list(native._chartSpace.iter(qn("c:errBars")))
    lengths = [
        [float(value.text) for value in bars[0].find(qn(f"c:{side}")).iter(qn("c:v"))]
        for side in ("plus", "minus")
    ]
    assert lengths[0] == [0.0] * 12 and lengths[1][:6] == [2.0, 4.0, 6.0, 8.0, 10.0, 0.0]
    formats = [label.get("formatCode") for label in native._chartSpace.iter(qn("c:numFmt"))]
    assert any(drawn.gap in text for text in formats)


def test_a_target_has_its_bullet_streets_and_reason_on_paper_as_on_its_slide():
    bullet = Bullet(101, 600, 500, "已增101张", "此时应增500张", "600张", 0, True)
    streets = (StreetAmount("东湖街道", 61), StreetAmount("临河镇", 47))
    target = TargetSlide(bullet, streets, "合占缺口38%", why="石桥镇今年没有增加。")
    drawn = chart(spec("line", "marriages"), marriages({2022: [9] * 12, 2023: [9] * 12}), DEMO, NOW)
    page = ReportPage(PageKind.CHART, "床位少399张", chart=drawn, target=target)
    one = replace(one_page(drawn), pages=(page,))
    printed, written = report_page(one), document_texts(document_bytes(one))
    for words in ("东湖街道61", "石桥镇今年没有增加。"):
        assert words in printed and words in written
    assert 'class="bullet bad"' in printed and "此时应增500张" in printed


def test_breaking_a_title_ends_whatever_the_room():
    for words in ("a, b, c and d", "甲, 乙，丙；d", "101 of 600 beds, 399 short"):
        assert all(broken(words, room / 2).replace("\v", "") for room in range(1, 60))
