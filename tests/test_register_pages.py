"""Institutions on the screen, over HTTP and from the command line: previewed, traced, exported."""

import csv
import io
import json
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest
from hand_ins import workbook
from screens import every, written_in

from dashboard.base.language import word
from dashboard.base.progress import QUIET
from dashboard.components.figures.counted_rows import sort_lines
from dashboard.components.submissions import answers as said
from dashboard.components.submissions.preview import draw_preview
from dashboard.components.submissions.work import begin
from dashboard.intake import Handover

DISTRICT = "370113"  # with streets that the samples know
ROWS = [
    ["长清区养老机构一览表（截至2019年3月）"],
    ["机构名称", "所属街道", "负责人", "床位数", "入住人数"],
    ["甲敬老院", "文昌街道", "张三", 120, 80],
    ["乙公寓", "崮云湖街道", "李四", 90, 2],
    ["丙院", "平安街道", "王五", 300, 10],
]
FIGURE = f"indicator=elderly_beds&area={DISTRICT}&period=2019-03"


@pytest.fixture(scope="module")
def listed(app):
    """The app's store with one list in it, withdrawn afterwards."""
    with app.server.test_request_context("/"):
        desk = app.desk
        handover = Handover(by="李", note="试")
        (receipt,) = desk.submissions.receive([("一览表.xlsx", workbook(ROWS))], handover)
        assert receipt.id, receipt.findings
        yield app
        desk.submissions.withdraw(receipt.id, "李", "test over")


def page_of(app, address):
    from dash import page_registry

    with app.server.test_request_context(address):
        page = page_registry["pages.figure"]
        return page["layout"](**dict(parse_qsl(urlsplit(address).query)))


def table_of(page, caption):
    for part in every(page):
        given = getattr(part, "data-table", None)
        if given and json.loads(given)["caption"] == caption:
            return json.loads(given)
    return None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_figure_lists_what_it_counts(listed, language):
    page = page_of(listed, f"/figure?{FIGURE}&lang={language}&sort=-beds")
    table = table_of(page, word("register_counted", language, count=3))
    assert [row["cells"][0]["text"] for row in table["body"]] == ["丙院", "甲敬老院", "乙公寓"]
    assert "王五" not in written_in(page)
    headings = {cell["text"]: cell for cell in table["head"][0]["cells"]}
    beds = headings[word("register_column_beds", language)]
    assert beds["arrow"] == "↓" and "sort=beds" in beds["href"]
    links = [str(getattr(part, "href", "")) for part in every(page)]
    assert any(link.startswith(f"/export/register.xlsx?{FIGURE}") for link in links)


def test_the_page_of_a_figure_from_elsewhere_lists_nothing(listed):
    page = page_of(listed, "/figure?indicator=marriages&area=370113&period=2024-12")
    links = [str(getattr(part, "href", "")) for part in every(page)]
    assert not any("register.xlsx" in link for link in links)


def test_lines_sort_by_any_column_with_the_blank_ones_last():
    lines = [{"name": "b", "beds": 9}, {"name": "a", "beds": None}, {"name": "c", "beds": 10}]
    assert [one["name"] for one in sort_lines(lines, "-beds")] == ["c", "b", "a"]
    assert [one["name"] for one in sort_lines(lines, "beds")] == ["b", "c", "a"]
    assert [one["name"] for one in sort_lines(lines, "name")] == ["a", "b", "c"]
    assert sort_lines(lines, "evil") == lines


def test_what_a_figure_counts_is_exported_with_its_marks(listed):
    client = listed.server.test_client()
    answer = client.get(f"/export/register.xlsx?{FIGURE}&lang=en")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any("2019-03" in text and "Internal" in text for text in texts)
    assert "甲敬老院" in texts and "*" in texts  # two residents could be told apart
    assert not {"80", "2"} & set(texts)
    text = client.get(f"/export/register.csv?{FIGURE}&lang=zh").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["beds"] for row in rows] == ["120", "90", "300"]
    assert {row["grade"] for row in rows} == {word("grade_management", "zh")}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/register?area=370113&type=养老机构", 200),
        ("/api/register?type=什么", 400),
        ("/api/register?format=doc", 400),
        ("/api/register?area=无此地", 400),
        ("/export/register.csv?indicator=marriages&area=370113&period=2019-03", 404),
        ("/export/register.xlsx?indicator=elderly_beds", 400),
    ],
)
def test_questions_over_http_are_answered_or_refused_in_words(listed, address, status):
    answer = listed.server.test_client().get(address)
    assert answer.status_code == status
    assert status == 200 or json.loads(answer.data)["error"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_preview_shows_types_streets_and_what_was_dropped(app, language):
    rows = [*ROWS, ["丁院", "无名街道", "赵六", 10, 5]]
    with app.server.test_request_context("/"):
        sheets = app.desk.submissions.preview([("表.xlsx", workbook(rows))], Handover(), QUIET)
        drawn = draw_preview(app.desk, sheets, said.no_answers(), language)
    shown = written_in(drawn.cards)
    assert word("preview_register_rows", language, count=3) in shown
    assert "负责人" in shown and "张三" not in shown
    assert word("sheet_ask", language) in shown
    asked = {
        part.id["what"]
        for part in every(drawn.cards)
        if isinstance(getattr(part, "id", None), dict) and part.id["type"] == "answer"
    }
    assert {"street-0", "covers"} <= asked


def test_answers_about_streets_and_coverage_reach_the_intake():
    given = said.no_answers()
    given["sheets"] = [
        ["表.xlsx", "Sheet1", "street-0", "370113001"],
        ["表.xlsx", "Sheet1", "covers", "all"],
    ]
    handover = said.handover_of(given).of_sheet("表.xlsx", "Sheet1")
    assert (handover.streets, handover.covers) == ({"0": "370113001"}, "all")


def test_files_wait_without_persons(app):
    with app.server.test_request_context("/"):
        desk = app.desk
        work = begin(desk, [("表.xlsx", workbook(ROWS))])
        for _ in range(600):
            if desk.jobs.state(work["job"]).result is not None:
                break
            import time

            time.sleep(0.05)
        ((_, content),) = desk.tray.take(work["token"])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "甲敬老院" in texts and "负责人" in texts and "张三" not in texts


@pytest.mark.slow
def test_the_command_line_says_the_same_and_lists_institutions(command, tmp_path):
    file = tmp_path / "一览表.xlsx"
    file.write_bytes(workbook(ROWS))
    code, text = command("load", file, "--dry-run", "--lang", "en")
    assert code == 0, text
    assert "List: 3 institutions" in text and "负责人" in text and "张三" not in text
    assert "--covers all" in text
    code, text = command("load", file, "--dry-run", "--json")
    assert json.loads(text)["submissions"][0]["register"]["dropped_columns"] == ["负责人"]
    assert command("load", file, "--covers", "all")[0] == 0
    code, text = command("register", "list", "--area", "长清区", "--type", "养老机构")
    assert code == 0 and "乙公寓" in text and ",2," in text
    out = tmp_path / "out.csv"
    asked = ("register", "list", "--indicator", "elderly_residents", "--area", "370113")
    assert command(*asked, "--period", "2019-03", "--out", out)[0] == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    assert {row["residents"] for row in rows} == {"*"} == {row["counts"] for row in rows}
    book = tmp_path / "out.xlsx"
    assert command("register", "list", "--out", book)[0] == 0
    assert openpyxl.load_workbook(book).active["A1"].value
    assert command("register", "list", "--type", "什么")[0] == 2


def test_a_street_is_answered_on_the_command_line(command, tmp_path):
    file = tmp_path / "一览表.xlsx"
    file.write_bytes(workbook([*ROWS, ["丁院", "无名街道", "赵六", 10, 5]]))
    code, text = command("load", file)
    assert code == 1 and "无名街道" in text
    assert command("load", file, "--dry-run", "--street", "无名街道=文昌街道")[0] == 0
    assert command("load", file, "--dry-run", "--street", "无名街道=-")[0] == 0
    assert command("load", file, "--street", "文昌街道")[0] == 2


@pytest.mark.slow
def test_the_example_of_the_demo_district_agrees_with_its_figures(command, tmp_path):
    assert command("samples", tmp_path / "out")[0] == 0
    example = tmp_path / "out" / "示例区养老机构一览表.xlsx"
    code, text = command("load", example, "--dry-run", "--covers", "all", "--json")
    (sheet,) = json.loads(text)["submissions"]
    assert code == 0 and sheet["register"]["dropped_columns"] == ["负责人", "联系电话"]
    assert sheet["counts"]["revised"] == sheet["counts"]["new"] == 0
    assert sheet["counts"]["unchanged"] == 4 * 12
    assert not sheet["register"]["unknown_streets"]


def test_the_example_is_offered_where_the_demo_district_is(app):
    answer = app.server.test_client().get("/export/register-example.xlsx")
    assert answer.status_code == 200
    assert openpyxl.load_workbook(io.BytesIO(answer.data)).active["B3"].value == "机构名称"
