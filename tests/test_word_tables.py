"""Tables of Word documents and of web pages with headings, as they are handed in."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from sheets import areas, catalogue, values

from dashboard.intake.forms.files.cells import FileRefused
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

STREETS = ("文昌街道", "崮云湖街道")


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_table(document, rows):
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = str(text)
    return table


def taken(sheet):
    hints = Hints(basis="in_month")
    return values(tidy(sheet, recognise(sheet, catalogue(), areas(), hints), catalogue(), areas()))


def test_each_table_of_a_document_has_the_paragraphs_above_it_as_captions():
    document = Document()
    document.add_paragraph("长清区2024年9月社会救助情况")
    document.add_paragraph("各街道要按时报送,做到应保尽保、应救尽救。")
    document.add_paragraph("一、城市低保")
    add_table(document, [["街道", "人数"], [STREETS[0], 3], [STREETS[1], 4]])
    document.add_paragraph("二、特困人员")
    add_table(document, [["街道", "人数"], [STREETS[0], 5], [STREETS[1], 6]])
    first, second = read_sheets("通报.docx", saved(document))
    assert {indicator for indicator, _ in taken(first)} == {"urban_dibao_persons"}
    assert taken(second) == {("tekun_persons", "370113001"): 5, ("tekun_persons", "370113002"): 6}


def test_merged_cells_of_a_document_span_their_columns_and_rows():
    document = Document()
    document.add_paragraph("长清区2024年9月低保情况表")
    rows = [["街道", "城市低保", "", "农村低保", ""], ["", "户数", "人数", "户数", "人数"]]
    table = add_table(document, [*rows, [STREETS[0], 1, 2, 3, 4]])
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))):
        table.cell(*first).merge(table.cell(*last))
    (sheet,) = read_sheets("低保.docx", saved(document))
    assert sorted(taken(sheet).values()) == [1, 2, 3, 4]
    assert ("rural_dibao_persons", "370113001") in taken(sheet)


def test_text_with_a_line_through_it_is_not_read_and_is_noted():
    document = Document()
    document.add_paragraph("长清区2024年9月低保人数")
    table = add_table(document, [["街道", "人数"], [STREETS[0], ""], [STREETS[1], 4]])
    run = table.cell(1, 1).paragraphs[0].add_run("30")
    run.font.strike = True
    table.cell(1, 1).paragraphs[0].add_run("31")
    (sheet,) = read_sheets("低保.docx", saved(document))
    assert taken(sheet)["dibao_persons", "370113001"] == 31
    assert [remark.rule for remark in sheet.remarks] == ["struck"]


def test_a_deleted_row_text_is_as_it_reads_when_changes_are_accepted():
    document = Document()
    document.add_paragraph("长清区2024年9月低保人数")
    table = add_table(document, [["街道", "人数"], [STREETS[0], ""], [STREETS[1], 4]])
    paragraph = table.cell(1, 1).paragraphs[0]
    run = paragraph.add_run("7")
    deleted = OxmlElement("w:del")
    deleted.append(paragraph.add_run("9")._element)
    paragraph._element.append(deleted)
    assert run.text == "7"
    (sheet,) = read_sheets("低保.docx", saved(document))
    assert taken(sheet)["dibao_persons", "370113001"] == 7


@pytest.mark.parametrize("cut", [False, True])
def test_a_document_without_tables_or_a_damaged_one_is_refused(cut):
    document = Document()
    document.add_paragraph("长清区2024年9月低保工作总结")
    content = saved(document)
    with pytest.raises(FileRefused) as refused:
        read_sheets("总结.docx", content[: len(content) // 2] if cut else content)
    assert ("没有表格" in refused.value.finding.message.zh) is not cut


def test_the_headings_of_a_page_stand_over_every_table_below_them():
    page = (
        "<html><h1>长清区2024年9月社会救助</h1><h2>一、城市低保</h2>"
        "<table><tr><td>街道</td><td>人数</td></tr><tr><td>文昌街道</td><td>3</td></tr></table>"
        "<h2>二、特困人员</h2>"
        "<table><tr><td>街道</td><td>人数</td></tr><tr><td>文昌街道</td><td>5</td></tr></table>"
    )
    first, second = read_sheets("a.html", page.encode())
    assert taken(first) == {("urban_dibao_persons", "370113001"): 3}
    assert taken(second) == {("tekun_persons", "370113001"): 5}
