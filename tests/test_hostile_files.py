"""Files made to do harm: each is refused in a sentence, or read at little cost."""

import io
import json
import math
import time
import zipfile

import pytest
from hand_ins import read_and_checked
from sheets import areas, catalogue
from work import calls_made

from dashboard.base.markup import without_declarations
from dashboard.base.separate_process import Bounds, TooMuch, run_apart
from dashboard.intake import boundaries
from dashboard.intake.drafts import check as draft_check
from dashboard.intake.drafts.draft import UnreadableDraft
from dashboard.intake.forms.files.cells import FileRefused
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.submission_request import Known
from dashboard.intake.understanding.lexicon import LONGEST_LABEL
from dashboard.services.drafts import Drafts

DEEP = 3_000  # more than Python's functions may call each other
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
LAUGHS = f'<!DOCTYPE a [<!ENTITY a0 "{"ha" * 9}">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATION}/{{}}" Target="{{}}"/>{{}}</Relationships>'
)
SHEET = (
    f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>街道</t></is></c>'
    "{}</row></sheetData>{}</worksheet>"
)
PLAIN = SHEET.format("", "")


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name) if name == "mimetype" else name, text)
    return file.getvalue()


def document(body, declared=""):
    text = f'{declared}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": text})


def open_sheet(body, declared=""):
    spaces = " ".join(f'xmlns:{n}="{OASIS}:{n}:1.0"' for n in ("office", "style", "table", "text"))
    text = (
        f"{declared}<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": text}
    )


def workbook(sheet, declared="", name="表", relation=""):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return packed(
        {
            "[Content_Types].xml": "<Types xmlns="
            '"http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": RELATIONS.format("officeDocument", "xl/workbook.xml", ""),
            "xl/workbook.xml": f'{declared}<workbook xmlns="{S}" xmlns:r="{RELATION}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                "worksheet", "worksheets/sheet1.xml", relation
            ),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def cell(text):
    return f"<w:tbl><w:tr><w:tc>{text}</w:tc></w:tr></w:tbl>"


def nested(tag, inner, times=DEEP):
    return f"<{tag}>" * times + inner + f"</{tag}>" * times


def row(inner):
    return f"<table:table-row>{inner}</table:table-row>"


def opened(inner):
    return row(f"<table:table-cell>{inner}</table:table-cell>")


PAGE = "<html><body><table>"
LINK = f'<Relationship Id="r9" Type="{RELATION}/externalLink" Target="http://127.0.0.1:9/" '
REFUSED = {
    "xlsx, laughs in its sheet": ("a.xlsx", lambda: workbook(LAUGHS + SHEET.format("", ""))),
    "xlsx, laughs in a name": ("a.xlsx", lambda: workbook(PLAIN, LAUGHS, "&a8;")),
    "xlsx, a file outside": ("a.xlsx", lambda: workbook(PLAIN, OUTSIDE, "&x;")),
    "xlsx, cut short": ("a.xlsx", lambda: workbook(PLAIN)[:-60]),
    "xlsx, a place that no sheet has": (
        "a.xlsx",
        lambda: workbook(SHEET.format('<c r="ZZZZZZZZ99999999999"><v>1e999</v></c>', "")),
    ),
    "xlsx, a text without end": (
        "a.xlsx",
        lambda: workbook(
            SHEET.format(f'<c r="B1" t="inlineStr"><is><t>{"区" * 40_000}</t></is></c>', "")
        ),
    ),
    "xls, garbage": ("a.xls", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 5_000),
    "ods, laughs": ("a.ods", lambda: open_sheet(opened("<text:p>&a8;</text:p>"), LAUGHS)),
    "ods, texts in texts": (
        "a.ods",
        lambda: open_sheet(opened(f"<text:p>{nested('text:span', 'x')}</text:p>")),
    ),
    "ods, cells without end": (
        "a.ods",
        lambda: open_sheet(
            '<table:table-row table:number-rows-repeated="9000">'
            '<table:table-cell table:number-columns-repeated="500"><text:p>1</text:p>'
            "</table:table-cell></table:table-row>"
        ),
    ),
    "docx, laughs": ("a.docx", lambda: document(cell("<w:p>&a8;</w:p>"), LAUGHS)),
    "docx, laughs in an attribute": (
        "a.docx",
        lambda: document(f'<w:p w:x="&a8;"/>{cell("<w:p/>")}', LAUGHS),
    ),
    "docx, runs in runs": ("a.docx", lambda: document(cell(f"<w:p>{nested('w:r', '')}</w:p>"))),
    "docx, frames in frames": ("a.docx", lambda: document(nested("w:sdt", cell("<w:p/>")))),
    "docx, no text": ("a.docx", lambda: packed({"x/word/document.xml": "x"})),
    "docx, wide rows without end": (
        "a.docx",
        lambda: document(
            "<w:tbl>"
            + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="500"/></w:tcPr><w:p/></w:tc></w:tr>' * 2_500
            + "</w:tbl>"
        ),
    ),
    "html, tables in tables": ("a.html", lambda: (PAGE + "<tr><td><table>" * DEEP).encode()),
    "html, comments": ("a.html", lambda: (PAGE + "<!--" * DEEP).encode()),
    "csv, one line": ("a.csv", lambda: ("街道," + "1," * 5_000).encode()),
    "csv, one text": ("a.csv", lambda: ("街道," + "区" * 50_000 + "\n东湖街道,1").encode()),
    "geojson, no number": ("a.geojson", lambda: ring([[float("nan"), 1]] * 5)),
    "geojson, no end of a number": ("a.geojson", lambda: ring([[1e308 * 10, 1]] * 5)),
    "geojson, nested": ("a.geojson", lambda: b"[" * 200_000),
}


def ring(points):
    geometry = {"type": "Polygon", "coordinates": [points]}
    feature = {"type": "Feature", "properties": {"code": "990101001"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def tangle(count):
    """A ring whose every side crosses most of the others."""
    turns = [n * 2.39996 for n in range(count)]
    points = [[117 + math.cos(turn), 36 + math.sin(turn)] for turn in turns]
    return ring([*points, points[0]])


def receipts(name, content):
    return read_and_checked(name, content, Known(catalogue(), areas())).receipts


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_made_to_do_harm_is_refused_in_a_sentence(case):
    name, make = REFUSED[case]
    (receipt,) = receipts(name, make())
    (finding,) = receipt.findings
    assert receipt.refused and finding.message.zh and finding.message.en
    assert "/etc" not in finding.message.en and "root:" not in finding.message.en


def test_a_workbook_that_names_other_files_and_hosts_opens_none():
    relation = LINK + 'TargetMode="External"/>'
    formula = '<c r="B1"><f>WEBSERVICE("http://127.0.0.1:9/")+[1]A!A1</f></c>'
    (sheet,) = read_sheets("a.xlsx", workbook(SHEET.format(formula, ""), relation=relation))
    assert sheet.rows[0][0] == "街道"


def test_merged_ranges_without_end_cost_no_more_than_they_say():
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 20_000
    merged += "".join(f'<mergeCell ref="A{row}:C{row}"/>' for row in range(2, 20_000))
    content = workbook(SHEET.format("", f"<mergeCells>{merged}</mergeCells>"))
    (sheet,) = read_sheets("a.xlsx", content)
    assert len(sheet.merged) == 1 and calls_made(lambda: sheet.merged_from) < 1_000


@pytest.mark.parametrize(
    "text",
    ["<!--", "<!a", "<?a", "<![", "<![a[", "<s>", "</b>", "<td a='", "<a ", "&#", "<h1>x</h2>"],
)
def test_what_a_page_repeats_costs_in_proportion(text):
    def effort(times):
        page = PAGE + "<tr><td>1</td></tr>" + text * times
        return calls_made(lambda: quietly(lambda text: read_sheets("a.html", text.encode()), page))

    assert effort(4_000) < 4.5 * effort(1_000) + 1_000


def quietly(read, *given):
    try:
        return read(*given)
    except FileRefused:
        return None


def test_a_page_is_kept_but_for_comments_and_declarations():
    page = "<!DOCTYPE html><p>a<!-- <b> --><![if x]>b<![endif]></p><i"
    assert without_declarations(page) == "<p>ab</p> i"


def test_lengthy_texts_are_no_labels():
    words = catalogue(), areas()
    long = "城市低保人数" * LONGEST_LABEL
    content = f"街道,{long}\n东湖街道,9".encode()
    assert calls_made(lambda: read_and_checked("a.csv", content, Known(*words))) < 2_000_000


def test_boundaries_that_cross_themselves_without_end_are_refused_in_time(monkeypatch):
    monkeypatch.setattr(boundaries, "BOUNDS", Bounds(3, 1024))
    began = time.monotonic()
    (receipt,) = receipts("a.geojson", tangle(4_000))
    assert receipt.refused and "cross themselves too often" in receipt.findings[-1].message.en
    assert time.monotonic() - began < 30


@pytest.mark.slow
def test_large_boundaries_are_read_apart_the_same(monkeypatch):
    here = receipts("a.geojson", tangle(20)), receipts("a.geojson", b"[")
    monkeypatch.setattr("dashboard.intake.forms.files.bounded.LARGE", 0)
    assert (receipts("a.geojson", tangle(20)), receipts("a.geojson", b"[")) == here


@pytest.mark.slow
def test_boundaries_that_cross_themselves_are_mended():
    (receipt,) = receipts("a.geojson", tangle(20))
    assert not receipt.refused and receipt.outlines == 1


def test_a_document_with_too_many_cells_is_refused_for_that():
    name, make = REFUSED["docx, wide rows without end"]
    assert "reaches beyond" in receipts(name, make())[0].findings[0].message.en


def test_drafts_are_refused_in_a_sentence_or_checked(tmp_path):
    desk = Drafts(tmp_path)
    for case, (name, make) in REFUSED.items():
        if name != "a.docx":
            continue
        try:
            judged = desk.check([(name, make())])
        except UnreadableDraft as unreadable:
            assert unreadable.text.zh, case
        else:
            assert desk.commented(judged, "zh") and desk.listed(judged, "zh"), case
    broken = cell('<w:tcPr><w:gridSpan w:val="x"/></w:tcPr><w:p><w:r><w:t>1人</w:t></w:r></w:p>')
    judged = desk.check([("a.docx", document(broken))])
    assert desk.commented(judged, "en")  # though python-docx cannot open it


def test_a_draft_that_takes_too_long_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(draft_check, "BOUNDS", Bounds(0.01, 1024))
    text = "城市低保人数 1 人，" * 40_000
    for name in ("a.txt", "a" + draft_check.PASTED):
        with pytest.raises(UnreadableDraft, match="took more than"):
            Drafts(tmp_path).check([(name, text.encode())])


@pytest.mark.slow
def test_a_large_draft_is_checked_apart_the_same(tmp_path, monkeypatch):
    text = "城市低保人数 120 人，其中男 70 人、女 60 人。".encode()
    here = Drafts(tmp_path).check([("a.txt", text)]).checked
    monkeypatch.setattr(draft_check, "LARGE", 0)
    assert Drafts(tmp_path).check([("a.txt", text)]).checked == here
    with pytest.raises(UnreadableDraft, match="empty"):
        Drafts(tmp_path).check([("a.txt", b"")])


def test_work_apart_returns_raises_and_is_stopped():
    bounds = Bounds(20, 512)
    assert run_apart("math:sqrt", (4,), bounds) == 2
    with pytest.raises(ValueError, match="math domain"):
        run_apart("math:sqrt", (-1,), bounds)
    with pytest.raises(TooMuch):
        run_apart("time:sleep", (5,), Bounds(0.2, 512))
