"""Documents: the form of official papers, native charts, and figures that know their origin."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from chart_cases import one_of_each_kind
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from natives import merged
from report_pages import chart_page, report

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.report import PageKind, Phrase, ReportPage, Trace
from dashboard.exports.chart_codes import read_code
from dashboard.exports.documents import chinese_number, document_bytes
from dashboard.exports.table_shape import width_of

BOTH = {language: one_of_each_kind(language) for language in ("zh", "en")}
CHARTS = BOTH["zh"]
SPACE = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def read_back(*pages, **changes):
    content = document_bytes(report(*pages, **changes))
    return Document(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(content))


def points_of(tree, path):
    """Values by place of a cached sequence; a gap has no point."""
    return {
        int(point.get("idx")): point.findtext("c:v", namespaces=SPACE)
        for point in tree.iterfind(f"{path}//c:pt", SPACE)
    }


def written(element):
    return "".join(text.text for text in element.iter(qn("w:t")))


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TABLE])
def test_the_chart_part_has_the_figures_of_the_screen(kind, language):
    shown = BOTH[language][kind]
    _, files = read_back(chart_page(shown))
    tree = etree.fromstring(files.read("word/charts/chart1.xml"))
    drawn = tree.findall(".//c:ser", SPACE)
    columns = []
    for element in drawn:
        (name,) = points_of(element, "c:tx").values()
        assert list(points_of(element, "c:cat").values()) == list(shown.categories)
        values = points_of(element, "c:val")
        there = {place: float(value) for place, value in values.items()}
        columns.append((name, [there.get(place) for place in range(len(shown.categories))]))
    expected = merged((one.name, map(shown.shown, one.values)) for one in shown.series)
    assert merged(columns) == {name: pytest.approx(got) for name, got in expected.items()}


def test_the_chart_can_be_edited_for_its_workbook_is_inside():
    _, files = read_back(chart_page(CHARTS[Kind.COLUMN]), chart_page(CHARTS[Kind.BAR]))
    names = set(files.namelist())
    assert {"word/embeddings/chart1.xlsx", "word/embeddings/chart2.xlsx"} <= names
    rows = list(
        openpyxl.load_workbook(
            io.BytesIO(files.read("word/embeddings/chart2.xlsx"))
        ).active.iter_rows(values_only=True)
    )
    assert [row[0] for row in rows[1:]] == list(CHARTS[Kind.BAR].categories)
    links = files.read("word/charts/_rels/chart2.xml.rels").decode()
    assert "chart2.xlsx" in links
    kinds = files.read("[Content_Types].xml").decode()
    assert "drawingml.chart+xml" in kinds and not any("media" in name for name in names)


def test_paper_margins_and_line_spacing_are_those_of_official_documents():
    document, _ = read_back(ReportPage(PageKind.TITLE, "题目"))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    body, title = document.styles["Report body"], document.styles["Report title"]
    assert body.paragraph_format.line_spacing.pt == 28 and body.font.size.pt == 16
    assert title.font.size.pt == 22
    assert title.element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_a_figure_in_the_text_leads_to_its_indicator_period_and_submission():
    trace = Trace("marriages", "990101", "2024-09", 12)
    text = (Phrase("全区办理结婚登记"), Phrase("1,580对", trace), Phrase("。"))
    document, _ = read_back(ReportPage(PageKind.TEXT, "婚姻登记", paragraphs=(text,)))
    body = document.element.body
    assert not list(body.iterfind(f".//{qn('w:sdt')}"))  # a click shows nothing of the program
    (mark,) = body.iterfind(f".//{qn('w:bookmarkStart')}")
    assert mark.get(qn("w:name")) == "_F0001_marriages_990101_2024_09_12"  # Word hides it
    assert written(mark.getnext()) == "1580对"
    assert written(mark.getparent()) == "全区办理结婚登记1580对。"


def test_long_origins_keep_apart_within_the_length_word_allows():
    traces = [Trace("x" * 70, "990101", f"2024-{month:02}", 1) for month in (1, 2)]
    text = tuple(Phrase("1", trace) for trace in traces)
    document, _ = read_back(ReportPage(PageKind.TEXT, "", paragraphs=(text,)))
    marks = document.element.body.iterfind(f".//{qn('w:bookmarkStart')}")
    names = [mark.get(qn("w:name")) for mark in marks]
    assert len(set(names)) == 2 and all(len(name) <= 40 for name in names)


def test_a_document_is_opened_signed_and_numbered_as_an_office_does():
    pages = [
        ReportPage(PageKind.TITLE, "报告", lines=("示例区民政局",)),
        ReportPage(PageKind.CHAPTER, "婚姻登记(结婚)"),
    ]
    document, _ = read_back(*pages)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any(text.startswith("现将") and text.endswith("报告如下：") for text in texts)
    assert "一、婚姻登记（结婚）" in texts  # no half-width brackets in Chinese
    assert texts[-2] == "示例区民政局" and re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", texts[-1])
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    sides = [section.footer, section.even_page_footer]
    assert [side.paragraphs[0].alignment for side in sides] == [
        WD_ALIGN_PARAGRAPH.RIGHT,
        WD_ALIGN_PARAGRAPH.LEFT,
    ]
    languages = list(document.styles.element.iter(qn("w:lang")))
    languages += document.settings.element.iter(qn("w:themeFontLang"))
    assert {one.get(qn("w:eastAsia")) for one in languages} == {"zh-CN"}
    # of Latin signs and digits: a number in Chinese as its language breaks between any two digits
    assert {one.get(qn("w:val")) for one in languages} == {"en-US"}
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by) == ("示例区民政局", "示例区民政局")


def test_without_chapters_sections_are_counted_from_one():
    document, _ = read_back(chart_page(CHARTS[Kind.LINE], title="支出"))
    assert "一、支出" in [paragraph.text for paragraph in document.paragraphs]


def test_chapters_and_sections_are_counted_as_official_documents_count():
    pages = [
        ReportPage(PageKind.CHAPTER, "社会救助", level=1),
        chart_page(CHARTS[Kind.LINE], title="支出"),
        chart_page(CHARTS[Kind.BAR], title="街镇"),
        ReportPage(PageKind.CHAPTER, "婚姻登记", level=1),
        chart_page(CHARTS[Kind.COLUMN], title="按月"),
        chart_page(CHARTS[Kind.SEASON], title="按季"),
    ]
    document, _ = read_back(*pages)
    texts = [paragraph.text for paragraph in document.paragraphs]
    for heading in ("一、社会救助", "（一）支出", "（二）街镇", "二、婚姻登记", "（二）按季"):
        assert heading in texts
    english = [p.text for p in read_back(*pages, language="en")[0].paragraphs]
    assert {"1 社会救助", "1.2 街镇", "2.1 按月"} <= set(english)


def test_a_section_alone_in_its_chapter_has_no_heading():
    pages = [
        ReportPage(PageKind.CHAPTER, "婚姻登记", level=1),
        chart_page(CHARTS[Kind.COLUMN], title="按月"),
        ReportPage(PageKind.CHAPTER, "社会救助", level=1),
    ]
    texts = [paragraph.text for paragraph in read_back(*pages)[0].paragraphs]
    assert "二、社会救助" in texts and not any(
        "按月" in text and "（一）" in text for text in texts
    )


def test_a_source_is_named_again_only_where_it_is_another():
    pages = [
        replace(chart_page(CHARTS[kind], title=kind.value), source=source)
        for kind, source in ((Kind.LINE, "来源甲"), (Kind.BAR, "来源甲"), (Kind.COLUMN, "来源乙"))
    ]
    text = "\n".join(paragraph.text for paragraph in read_back(*pages)[0].paragraphs)
    assert text.count("来源甲") == 1 and text.count("来源乙") == 1


def test_four_levels_are_counted_in_order_and_none_is_left_out():
    levels = (
        ("总", 2),
        ("甲区", 1),
        ("婚姻", 2),
        ("登记", 3),
        ("本地", 4),
        ("离婚", 3),
        ("乙区", 1),
    )
    pages = [ReportPage(PageKind.TEXT, title, level=level) for title, level in levels]
    document, _ = read_back(*pages)
    texts = [paragraph.text for paragraph in document.paragraphs]
    wanted = ["一、总", "二、甲区", "（一）婚姻", "1.登记", "（1）本地", "2.离婚", "三、乙区"]
    assert [text for text in texts if text in wanted] == wanted


def test_an_appendix_has_its_table_unit_source_and_lines_to_sign():
    table = CHARTS[Kind.TABLE].table
    page = ReportPage(PageKind.APPENDIX, "附表", table=table, lines=("单位：对",), source="来源")
    document, _ = read_back(page)
    (drawn,) = document.tables
    assert [cell.text for cell in drawn.rows[0].cells] == list(table.columns)
    for row, (_, cells) in zip(drawn.rows[1:], table.rows, strict=True):
        got = [cell.text for cell in row.cells]
        assert all(mine.startswith(theirs) for mine, theirs in zip(got, cells, strict=True))
    texts = " ".join(paragraph.text for paragraph in document.paragraphs)
    said = (
        "附表1",
        "填报单位：示例区民政局",
        "单位：对",
        "来源",
        "填表人：",
        "审核人：",
        "负责人：",
    )
    assert all(part in texts for part in said)


def test_names_and_figures_of_many_columns_stand_on_one_line_in_small_type():
    blank = ("",) * 10
    names = ("东湖街道", "西山街道", "全区")
    rows = tuple((None, (name, *("12,672",) * 8, "+4.9%")) for name in names)
    columns = ("街镇", *(f"{year}年" for year in range(2018, 2026)), "同比")
    table = replace(
        CHARTS[Kind.TABLE].table,
        columns=columns,
        rows=rows,
        tones=(blank,) * 3,
        words=((*("",) * 9, "增长"),) * 3,
        numbers=((None, *(12_672,) * 8, 4.9),) * 3,
    )
    document, _ = read_back(ReportPage(PageKind.APPENDIX, "附表", table=table))
    (drawn,) = document.tables
    for cell in (cell for row in drawn.rows[1:] for cell in row.cells):
        (paragraph,) = cell.paragraphs
        points = paragraph.style.font.size.pt
        words = cell.text.split()  # a word of the change may take the next line
        assert cell.width.pt > max(map(width_of, words)) * points / 2 + 4
    assert points == 9


def test_a_chart_with_its_texts_takes_half_a_page_where_it_can():
    shown = CHARTS[Kind.LINE]
    sentences = tuple(
        (Phrase("全区城乡低保人数比上年同期减少三百八十五人。" * count),) for count in (1, 4)
    )
    heights = []
    for sentence in sentences:
        _, files = read_back(chart_page(shown, paragraphs=(sentence,)))
        tree = etree.fromstring(files.read("word/document.xml"))
        heights.append(int(tree.find(f".//{qn('wp:extent')}").get("cy")))
    assert heights[0] > heights[1] >= Mm(40)


def test_curly_quotes_of_an_english_text_stand_in_its_latin_typeface():
    page = ReportPage(PageKind.TEXT, "Text", paragraphs=((Phrase("the “one” and Demo’s"),),))
    document, _ = read_back(page, language="en")
    runs = [run for run in document.element.body.iter(qn("w:r")) if "“" in written(run)]
    assert [written(run) for run in runs] == ["“"]
    fonts = runs[0].find(f".//{qn('w:rFonts')}")
    assert fonts.get(qn("w:eastAsia")) == "Times New Roman"
    assert fonts.get(qn("w:hint")) == "default"
    assert "the “one” and Demo’s" in [paragraph.text for paragraph in document.paragraphs]


def test_the_demo_mark_stands_at_the_head_of_every_page():
    document, _ = read_back(chart_page(CHARTS[Kind.LINE]), mark="演示数据")
    assert document.sections[0].header.paragraphs[0].text == "演示数据"
    assert "PAGE" in document.sections[0].footer._element.xml


def test_a_chart_says_in_words_what_it_shows():
    shown = CHARTS[Kind.LINE]
    document, _ = read_back(chart_page(shown))
    described = next(document.element.body.iter(qn("wp:docPr")))
    sentence, code = described.get("descr").split("\n")
    assert sentence == shown.sentence and described.get("title") == shown.title
    assert read_code(code).ref == shown.id


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_numbers_of_headings(number, text):
    assert chinese_number(number) == text
