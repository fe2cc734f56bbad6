"""A deck's pages become an official document: title, opening, chapters, sentences."""

import io
from datetime import date

from docx import Document

from dashboard.base.language import word
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.report import PageKind, Phrase, Report, ReportPage
from dashboard.charts.model.target_slide import StreetAmount, TargetSlide
from dashboard.exports.document_order import as_document
from dashboard.exports.documents import document_bytes

TABLE = plain_table("数据", ["指标", "数值"], [("结婚登记", "5,936对")])
TARGET = TargetSlide(None, (StreetAmount("东湖街道", 61.0),), "合占缺口38%（张）", 0, "均未增加。")


def paragraph(*texts):
    return tuple((Phrase(text),) for text in texts)


def report(*pages, place="长清区"):
    return Report(
        title="长清区民政工作情况",
        subtitle="2023年12月",
        bureau="长清区民政局",
        area="370113",
        period="2023-12",
        made=date(2024, 1, 5),
        language="zh",
        pages=pages,
        place=place,
    )


FIRST = ReportPage(
    PageKind.FINDINGS,
    "9 项目标中 1 项落后",
    level=0,
    paragraphs=paragraph("床位今年应增600张，少399张", "结婚登记5,936对"),
    source="没有数据：残疾人福利。",
)
DECK = (
    FIRST,
    ReportPage(
        PageKind.CHART, "床位少399张", paragraphs=paragraph("每月需增250张。"), target=TARGET
    ),
    ReportPage(PageKind.FIGURES, "结婚登记5,936对", table=TABLE, source="来源甲"),
    ReportPage(PageKind.FIGURES, "离婚登记379对", table=TABLE, source="来源甲"),
)


def lines_of(made):
    document = Document(io.BytesIO(document_bytes(made)))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def test_a_deck_becomes_a_document_with_title_opening_and_chapters():
    lines = lines_of(report(*DECK))
    assert (
        lines[0] == "长清区民政工作情况" and "现将2023年12月长清区民政工作情况报告如下：" in lines
    )
    headings = ["一、总体情况", "二、重点目标进展", "三、主要数据", "（一）结婚登记5936对"]
    assert [line for line in lines if line in headings] == headings
    assert lines[-3:] == ["没有数据：残疾人福利。", "长清区民政局", "2024年1月5日"]


def test_conclusions_are_sentences_and_how_the_targets_stand_comes_first():
    lines = lines_of(report(*DECK))
    at = lines.index("一、总体情况")
    assert lines[at + 1 : at + 4] == [
        "9项目标中1项落后。",
        "床位今年应增600张，少399张。",
        "结婚登记5936对。",
    ]


def test_a_section_alone_keeps_its_message_as_a_sentence():
    lines = lines_of(report(*DECK))
    at = lines.index("二、重点目标进展")
    assert lines[at + 1] == "床位少399张。"


def test_where_a_target_is_held_back_is_said_in_words():
    text = "\n".join(lines_of(report(*DECK)))
    assert "东湖街道61" in text and "均未增加。" in text


def test_the_area_is_named_once_and_what_is_missing_is_no_chapter():
    absent = word("report_without_figures_title", "zh")
    pages = (
        ReportPage(PageKind.TITLE, "长清区民政工作情况", level=0, lines=("长清区民政局",)),
        ReportPage(PageKind.CHAPTER, "婚姻登记", level=1),
        ReportPage(PageKind.TEXT, "婚姻登记基本情况", paragraphs=paragraph("一句话。")),
        ReportPage(PageKind.FIGURES, "长清区结婚登记", table=TABLE),
        ReportPage(PageKind.TEXT, absent, level=1, paragraphs=paragraph("没有数据：残疾人福利。")),
    )
    titles = [page.title for page in as_document(report(*pages)).pages]
    assert titles == ["长清区民政工作情况", "婚姻登记", "基本情况", "结婚登记", ""]


def test_the_chapters_words_are_left_out_as_whole_words_only():
    pages = (
        ReportPage(PageKind.TITLE, "Changqing", level=0, lines=("Bureau",)),
        ReportPage(PageKind.CHAPTER, "Marriage", level=1),
        ReportPage(PageKind.TEXT, "Marriage: in brief", paragraphs=paragraph("One.")),
        ReportPage(PageKind.FIGURES, "Marriages registered", table=TABLE),
    )
    titles = [page.title for page in as_document(report(*pages)).pages]
    assert titles == ["Changqing", "Marriage", "In brief", "Marriages registered"]
