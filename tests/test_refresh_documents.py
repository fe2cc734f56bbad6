"""An exported document is brought to another period: its figures change, a person's work stays."""

import io
import json
import shutil
import subprocess
from datetime import date
from functools import cache

import pytest
from calls import CALL, call, server_callbacks
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from pptx.chart.chart import Chart as NativeChart
from pptx.oxml import parse_xml

from dashboard.base.progress import QUIET
from dashboard.catalogue.periods import Period
from dashboard.charts.model.plan import Plan
from dashboard.components.reports.report_work import _finished
from dashboard.components.shell import ids
from dashboard.exports.chart_codes import read_code
from dashboard.exports.document_charts import charts_of
from dashboard.exports.document_refresh import receipt_of_document
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.exports.native_charts import values_of
from dashboard.exports.table_refresh import refresh_cells
from dashboard.exports.template_files import TemplateError
from dashboard.services.reports import refresh
from dashboard.services.reports.refresh import RefreshWish

pypdf = pytest.importorskip("pypdf")
OFFICE = shutil.which("soffice")
OCTOBER = Period(2026, 10)
TOPICS = ("marriage", "assistance")
OWN = "局领导批示：请各街镇抓紧。"


@cache
def document_of(desk, period, language="zh", **plan):
    """The exported document, made once for all tests that ask for the same one."""
    query = {"area": "990101", "period": period, "lang": language}
    selection = desk.selections.of(query, language)
    report = desk.reports.compose(Plan(topics=TOPICS, **plan), selection, date.today())
    return REPORT_FORMATS["docx"].render(report)


def texts_of(content):
    return [one.text for one in Document(io.BytesIO(content)).paragraphs if one.text.strip()]


def tables_of(content):
    tables = Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def figures_of(content):
    """The values of every chart by its code."""
    found = {}
    for drawn in charts_of(Document(io.BytesIO(content))):
        code = read_code(drawn.described.get("descr"))
        found[code.ref, code.query] = values_of(NativeChart(parse_xml(drawn.part.blob), None))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refreshed_document_is_the_new_export(samples_desk, language):
    before = document_of(samples_desk, "2026-09", language)
    content, changes = samples_desk.refreshing.of(before, OCTOBER)
    wanted = document_of(samples_desk, "2026-10", language)
    assert texts_of(content) == texts_of(wanted)
    assert tables_of(content) == tables_of(wanted)
    assert figures_of(content) == figures_of(wanted) and figures_of(content)
    assert {"chart", "text", "cell"} <= {change.what for change in changes}
    assert receipt_of_document(content) == receipt_of_document(wanted)
    names = [
        mark.get(qn("w:name"))
        for mark in Document(io.BytesIO(content)).element.body.iter(qn("w:bookmarkStart"))
    ]
    assert names and len(set(names)) == len(names)


def edited(content):
    """The document after a person worked on it; the text of the sentence that was changed."""
    document = Document(io.BytesIO(content))
    first, *_, last = charts_of(document)
    paragraph = first.described.getparent().getparent().getparent().getparent()
    body = document.element.body
    body.remove(paragraph)
    body.insert(1, paragraph)  # a moved chart
    own = document.paragraphs[3].insert_paragraph_before(OWN)
    own.runs[0].bold = True
    figures = [one for one in document.paragraphs if "，同比" in one.text]
    for run in figures[0].runs:  # another typeface
        run.font.size, run.font.color.rgb = Pt(20), RGBColor(0xC0, 0, 0)
    figures[1].runs[0].text = "经核实，" + figures[1].runs[0].text
    kept = figures[1].text
    gone = last.described.getparent().getparent().getparent().getparent()
    body.remove(gone.getnext())
    body.remove(gone)  # a chart that was not wanted
    table = document.tables[0]
    table._tbl.remove(table.rows[-1]._tr)
    table.cell(1, 1).paragraphs[0].runs[0].text = "已核"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue(), kept


@pytest.mark.slow
def test_work_by_hand_stays_and_the_rest_is_that_of_now(samples_desk):
    before, kept = edited(document_of(samples_desk, "2026-09"))
    content, changes = samples_desk.refreshing.of(before, OCTOBER)
    wanted = document_of(samples_desk, "2026-10")
    figures, all_figures = figures_of(content), figures_of(wanted)
    assert len(figures) == len(all_figures) - 1
    assert all(all_figures[code] == figures[code] for code in figures)
    document = Document(io.BytesIO(content))
    texts = [one.text for one in document.paragraphs if one.text.strip()]
    assert OWN in texts and kept in texts
    others = set(texts_of(wanted))
    assert [one for one in texts if one not in others] == [OWN, kept]
    red = [one for one in document.paragraphs if one.runs and one.runs[0].font.size == Pt(20)]
    (renewed,) = red
    assert all(run.font.color.rgb == RGBColor(0xC0, 0, 0) for run in renewed.runs)
    assert document.element.body[1].tag == qn("w:p")
    assert list(document.element.body[1].iter(qn("w:drawing")))
    table, new = tables_of(content)[0], tables_of(wanted)[0]
    assert table[1][1] == "已核" and len(table) <= len(new)
    rows = {row[0]: row for row in new}
    assert all(row[2:] == rows[row[0]][2:] for row in table if row[0] in rows)
    changed = {(change.what, change.old) for change in changes}
    assert ("kept", kept) in changed and ("kept", "已核") in changed


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bulletin_is_brought_to_the_next_month_and_own_work_stays(samples_desk, language):
    def bulletin(period):
        query = {"area": "990101", "period": str(period), "lang": language}
        selection = samples_desk.selections.of(query, language)
        report = samples_desk.reports.bulletin(selection, date.today())
        return REPORT_FORMATS["docx"].render(report)

    before = Document(io.BytesIO(bulletin(Period(2026, 9))))
    before.add_paragraph("自己加的一句")
    edited = io.BytesIO()
    before.save(edited)
    content, changes = samples_desk.refreshing.of(edited.getvalue(), OCTOBER)
    got, wanted = (Document(io.BytesIO(one)) for one in (content, bulletin(OCTOBER)))
    (table,), (other,) = got.tables, wanted.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [[cell.text for cell in row.cells] for row in other.rows]
    texts = [paragraph.text for paragraph in got.paragraphs]
    assert texts[-1] == "自己加的一句" and changes
    printed = [paragraph.text for paragraph in wanted.paragraphs if paragraph.text.strip()]
    assert set(printed) <= set(texts)


@pytest.mark.slow
def test_a_document_without_a_receipt_has_its_charts_renewed_and_says_so(samples_desk):
    document = Document(io.BytesIO(document_of(samples_desk, "2026-09", parts=("charts",))))
    document.core_properties.comments = ""
    for paragraph in document.paragraphs:
        if "查验码" in paragraph.text:
            paragraph._element.getparent().remove(paragraph._element)
    written = io.BytesIO()
    document.save(written)
    content, changes = samples_desk.refreshing.of(written.getvalue(), OCTOBER)
    assert {change.what for change in changes} == {"chart", "no_receipt"}
    wanted = figures_of(document_of(samples_desk, "2026-10", parts=("charts",)))
    assert figures_of(content) == wanted


class Cells:
    """A table as lists."""

    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    def texts(self):
        return self.rows

    def write(self, row, column, text):
        self.rows[row][column] = text

    def resize(self, rows):
        self.rows = [*self.rows, *(list(self.rows[-1]) for _ in range(len(self.rows), rows))]
        del self.rows[rows:]


THEN = [["街镇", "9月"], ["甲", "1"], ["乙", "2"]]
NOW = [["街镇", "10月"], ["乙", "5"], ["甲", "4"], ["丙", "3"]]


def test_a_table_as_it_was_written_takes_the_rows_of_now_in_their_order():
    cells = Cells(THEN)
    refresh_cells(cells, THEN, NOW)
    assert cells.rows == NOW


def test_in_a_changed_table_rows_are_known_by_name_and_own_cells_stay():
    cells = Cells([["街镇", "9月", "备注"], ["乙", "2", "好"], ["甲", "一", ""], ["共计", "3", ""]])
    changes = refresh_cells(cells, THEN, NOW)
    assert (
        cells.rows
        == [
            ["街镇", "10月", "备注"],
            ["乙", "5", "好"],
            ["甲", "一", ""],
            ["共计", "3", ""],
        ]
        or cells.rows[0][1] == "9月"
    )
    assert cells.rows[1][1] == "5" and cells.rows[2][1] == "一"
    assert [change.old for change in changes if change.is_kept] == ["一"]


@pytest.mark.parametrize("content", [b"", b"PK", b"no file of an office program"])
def test_what_is_no_document_is_refused_in_a_sentence(samples_desk, content):
    with pytest.raises(TemplateError):
        samples_desk.refreshing.of(content, OCTOBER)


@pytest.mark.slow
def test_the_job_of_the_page_gives_the_file_and_the_list_of_changes(samples_desk):
    content = document_of(samples_desk, "2026-09", parts=("charts",))
    wish = RefreshWish("情况/九月.docx", content, OCTOBER, "zh")
    made = samples_desk.refreshing.making(wish)(QUIET)
    name, renewed = samples_desk.reports.finished(made["token"])
    assert name == "九月_2026-10.docx" and figures_of(renewed)
    _, listed = samples_desk.reports.finished(made["list"])
    assert made["changes"] and all(line in listed.decode("utf-8-sig") for line in made["changes"])
    shown = json.dumps(_finished(made, "zh").to_plotly_json(), default=repr, ensure_ascii=False)
    assert made["list"] in shown and made["changes"][0] in shown


def test_what_cannot_be_refreshed_is_refused_on_the_page_in_a_sentence(samples_desk):
    made = samples_desk.refreshing.making(RefreshWish("a.txt", b"text", OCTOBER, "zh"))(QUIET)
    assert "docx" in made["refused"]["zh"]


def test_a_file_that_unpacks_too_far_is_refused(samples_desk, monkeypatch):
    monkeypatch.setattr(refresh, "LARGEST", 100)
    document = io.BytesIO()
    Document().save(document)
    with pytest.raises(TemplateError, match="too large"):
        samples_desk.refreshing.of(document.getvalue(), OCTOBER)


@pytest.mark.slow
def test_a_dropped_file_starts_a_job_and_the_form_says_which_period(app):
    page = app.server.test_client().get("/report?area=990101&period=2026-10&lang=zh")
    assert page.status_code == 200
    callback = server_callbacks(app)
    (name,) = [name for name in callback if ids.REFRESH_MESSAGE in name]
    values = {
        (ids.REFRESH_FILE, "contents"): ["data:;base64,QUJD"],
        (ids.REFRESH_FILE, "filename"): ["a.docx"],
        (ids.URL, "search"): "?area=990101&period=2026-10&lang=zh",
    }
    body = call(name, callback[name], lambda own, prop: values.get((own, prop)))
    answer = app.server.test_client().post(CALL, json=body)
    assert answer.status_code == 200
    assert ids.REPORT_JOB in answer.get_json()["response"]


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="soffice is not installed")
def test_libreoffice_opens_an_edited_and_refreshed_document(samples_desk, tmp_path):
    before, kept = edited(document_of(samples_desk, "2026-09"))
    file = tmp_path / "refreshed.docx"
    file.write_bytes(samples_desk.refreshing.of(before, OCTOBER)[0])
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, capture_output=True, timeout=600, check=True)
    pages = pypdf.PdfReader(file.with_suffix(".pdf")).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    assert OWN in text and kept[:8] in text
