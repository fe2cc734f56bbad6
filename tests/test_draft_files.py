"""Files of drafts: what is read of each kind, what is said of what cannot be read, and exports."""

import io
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard.exports.draft_comments import commented_document
from dashboard.exports.draft_list import findings_book
from dashboard.intake.drafts.check import check_draft
from dashboard.intake.drafts.draft import UnreadableDraft
from dashboard.intake.drafts.reading import read_draft

WRONG = "城市低保2001.62万元,农村低保1880.36万元,共3880.98万元。"


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def word_file(*paragraphs, more=""):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if more:
        document.element.body.insert(0, parse_xml(more))
    return saved(document)


def texts(content, name="draft.docx"):
    return [passage.text for passage in read_draft(name, content).passages]


def test_tracked_changes_are_read_as_accepted_and_named():
    more = (
        f"<w:p {nsdecls('w')}><w:r><w:t>床位</w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>90张</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>80张</w:t></w:r></w:ins></w:p>'
    )
    draft = read_draft("draft.docx", word_file(more=more))
    assert [passage.text for passage in draft.passages] == ["床位80张"]
    assert "修订痕迹" in draft.notices[0].zh


def test_text_boxes_and_tables_are_read_once_with_their_places():
    box = (
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r>"
        "<w:t>框内120人</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
        "<w:pict><w:txbxContent><w:p><w:r><w:t>框内120人</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    draft = read_draft("draft.docx", word_file("正文", more=box))
    assert [(passage.text, passage.kind) for passage in draft.passages] == [
        ("框内120人", "box"),
        ("正文", "paragraph"),
    ]


def test_a_tables_total_is_checked_against_its_rows():
    document = docx.Document()
    rows = (("街道", "人数"), ("甲街道", "10"), ("乙街道", "20"), ("合计", "31"))
    table = document.add_table(4, 2)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    (finding,) = check_draft(read_draft("draft.docx", saved(document))).findings
    assert finding.rule == "table_total" and "10 + 20 = 30" in finding.message.zh


def test_footnotes_are_read():
    content = word_file("正文")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>注:含40人</w:t></w:r>'
            "</w:p></w:footnote></w:footnotes>",
        )
    draft = read_draft("draft.docx", made.getvalue())
    assert [passage.kind for passage in draft.passages] == ["paragraph", "footnote"]


def test_web_pages_lose_scripts_and_keep_tables():
    page = (
        "<html><head><title>x</title></head><body><script>var a='5人'</script><p>共<b>12</b>人</p>"
        "<table><tr><td>甲</td><td>3</td></tr></table></body></html>"
    )
    draft = read_draft("draft.html", page.encode("gb18030"))
    assert [passage.text for passage in draft.passages] == ["共12人", "甲", "3"]
    assert [(passage.row, passage.column) for passage in draft.passages[1:]] == [(0, 0), (0, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_its_encoding(encoding):
    assert texts("第一段\n第二段".encode(encoding), "draft.txt") == ["第一段", "第二段"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.docx", b"PK\x03\x04broken", "已损坏"),
        ("draft.docx", b"no archive", "已损坏"),
        ("draft.docx", b"\xd0\xcf\x11\xe0" + bytes(64), "密码"),
        ("draft.pdf", b"%PDF-1.4 broken", "PDF"),
        ("draft.jpg", b"\xff\xd8", "不支持"),
        ("draft.txt", b"", "空"),
    ],
)
def test_what_cannot_be_read_is_said(name, content, said):
    with pytest.raises(UnreadableDraft) as refused:
        read_draft(name, content)
    assert said in refused.value.text.zh


def test_a_scanned_pdf_is_said_to_hold_no_text():
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(UnreadableDraft) as refused:
        read_draft("draft.pdf", made.getvalue())
    assert "扫描件" in refused.value.text.zh


def test_old_documents_are_refused_where_no_office_is_installed(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UnreadableDraft) as refused:
        read_draft("draft.wps", b"\xd0\xcf\x11\xe0")
    assert "LibreOffice" in refused.value.text.en


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", [".doc", ".wps"])
def test_old_documents_are_read_through_an_office_where_it_is_installed(ending, tmp_path):
    source = tmp_path / "draft.docx"
    source.write_bytes(word_file("2024年工作总结", WRONG))
    command = [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, capture_output=True, timeout=300, check=True)
    draft = read_draft(f"draft{ending}", (tmp_path / "draft.doc").read_bytes())
    assert [passage.text for passage in draft.passages] == ["2024年工作总结", WRONG]


@pytest.mark.parametrize(
    "text",
    [
        "城市低保２００１．６２万元，农村低保１８８０．３６万元，共３８８０．９８万元。",
        "城市低保2,001.62万元、农村低保1,880.36万元，共3,880.98万元。",
        "城市低保 2001.62 万元，农村低保 1880.36 万元,共 3880.98 万元。",
        "城市低保2001.62万元;农村低保1880.36万元;合计3880.98万元。".replace(";", "，"),
    ],
)
def test_mixed_punctuation_and_widths_are_read_alike(text):
    checked = check_draft(read_draft("draft.txt", text.encode()))
    assert [finding.rule for finding in checked.findings] == ["parts"]
    assert next(str(one.amount.value) for one in checked.read.mentions).startswith("20016200")


def comments_of(content):
    document = docx.Document(io.BytesIO(content))
    starts = document.element.findall(
        ".//{http://schemas.openxmlformats.org/wordprocessingml/2006/main}commentRangeStart"
    )
    return [comment.text for comment in document.comments], starts, document


def test_a_word_draft_gets_comments_at_the_figures_and_loses_nothing():
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run(WRONG[:14])
    paragraph.add_run(WRONG[14:]).bold = True
    content = saved(document)
    checked = check_draft(read_draft("draft.docx", content))
    (finding,) = checked.findings
    made = commented_document(checked, content, {checked.mark(finding): "核过"}, "zh")
    comments, starts, after = comments_of(made)
    assert len(comments) == len(starts) == 3 and "3881.98万元" in comments[0]
    assert "已接受：核过" in comments[0]
    assert after.paragraphs[0].text == WRONG
    marked = [start.getnext() for start in starts]
    assert [run.text for run in marked][1:] == ["1880.36万元", "3880.98万元"]


def test_a_finding_in_a_text_box_gets_one_comment_at_the_box():
    box = (
        f"<w:p {nsdecls('w')}><w:r><w:t>正文</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r>"
        f"<w:t>{WRONG}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    content = word_file("另一段", more=box)
    checked = check_draft(read_draft("draft.docx", content))
    comments, (start,), _ = comments_of(commented_document(checked, content, {}, "zh"))
    assert len(comments) == 1
    assert WRONG in "".join(start.getnext().itertext())


def test_other_drafts_are_written_as_a_document_with_comments():
    checked = check_draft(read_draft("draft.txt", f"标题\n{WRONG}".encode()))
    comments, _, after = comments_of(commented_document(checked, b"", {}, "en"))
    assert [paragraph.text for paragraph in after.paragraphs] == ["标题", WRONG]
    assert "do not add up" in comments[0]


def test_the_workbook_lists_findings_and_figures():
    checked = check_draft(read_draft("draft.txt", f"=1+1\n{WRONG}".encode()))
    book = openpyxl.load_workbook(io.BytesIO(findings_book(checked, {}, "zh")))
    findings, figures = book.worksheets
    assert findings["B2"].value.startswith("各部分之和") and figures.max_row == 4
    assert figures["C2"].value == 20016200


@pytest.mark.slow
def test_a_very_long_passage_is_divided():
    text = "全区享受低保的对象1500人,其中城市500人、农村1000人。" * 3_000
    draft = read_draft("draft.txt", text.encode())
    assert max(len(passage.text) for passage in draft.passages) <= 20_000
    assert not check_draft(draft).findings
