"""A work report's figures are read, shown, stored as a submission, listed in order, withdrawn."""

import csv
import io
import json

import openpyxl
import pytest
from test_draft_screen import answered, pasted

from dashboard.components.shell import ids
from dashboard.intake.drafts.draft import narrow
from dashboard.intake.drafts.personal_names import cut, names, without_names

REPORT = """\
示例区民政局2024年前三季度工作总结
一、工作情况
截至9月底,全区共有低保对象7093人。1-9月,累计发放低保金3811.44万元,办理结婚登记1500余对。
自2024年1月1日起,城市低保标准由每人每月855元提高到890元。
幸福食堂负责人王慧慧被评为先进,新建幸福食堂12处,义诊35次。为50名孤儿参加医疗保险。
二、下一步打算
年底前养老机构达到40家。基地建成后将新增公办养老床位1000张。
"""


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "总结.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def read(desk, text=REPORT, area="990101"):
    return desk.report_figures.read("总结.txt", text.encode(), area)


def by_indicator(report):
    return {one.indicator: one for one in report.sure}


def test_slots_are_filled_with_kind_qualifier_deadline_and_month_in_force(samples_desk):
    read_report = read(samples_desk)
    sure = by_indicator(read_report)
    assert (sure["dibao_persons"].value, sure["dibao_persons"].period) == ("7093", "2024-09")
    assert (sure["dibao_spending"].value, sure["dibao_spending"].unit) == ("3811.44", "万元")
    assert sure["marriages"].mention.amount.qualifier == "余"
    standard = sure["urban_dibao_standard"]
    assert (standard.kind, standard.period, standard.value) == ("standard", "2024-01", "890")
    assert "2024-01" in standard.note
    target = sure["elderly_institutions"]
    assert (target.kind, target.period, target.note) == ("target", "2024-12", "期限：年底前")


def test_what_is_not_certain_is_left_with_its_reason(samples_desk):
    reasons = {one.mention.amount.written: one.why for one in read(samples_desk).unsure}
    assert reasons["855元"] == "earlier"
    assert reasons["50名"] == "some"
    assert reasons["35次"] == "unknown"
    assert reasons["1000张"] in {"no_deadline", "plan"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("幸福食堂负责人王慧慧被评为先进", ["王慧慧"]),
        ("区委肖辉书记专门做出批示", ["肖辉"]),
        ("习近平总书记作出重要指示", ["习近平"]),
        ("救助张某某、李四等3人", ["张某某、李四"]),
        ("联系人:赵小明,电话13800001111", ["赵小明", "13800001111"]),
        ("65名儿童督导员、2468名儿童主任", []),
        ("党支部书记、副主任参加培训", []),
        ("全区老人幸福感提升", []),
        ("村民委员会12个", []),
    ],
)
def test_names_of_persons_are_found_and_cut(text, named):
    assert [text[start:end] for start, end in names(narrow(text))] == named
    assert not any(name in cut(text) for name in named)


def test_a_phrase_keeps_what_stands_after_a_name():
    text = "负责人王慧慧被评为先进,新建食堂12处"
    start, end = without_names(text, text.index("12"), text.index("12") + 3)
    assert text[start:end] == "被评为先进,新建食堂12处"


def test_no_stored_phrase_or_title_names_a_person(samples_desk):
    name, content = read(samples_desk).file("zh")
    assert name == "总结（摘录数字）.csv"
    assert "王慧慧" not in content.decode("utf-8-sig")


def test_words_that_name_an_indicator_in_another_sense_lead_to_none(samples_desk):
    rows = list(csv.DictReader(io.StringIO(read(samples_desk).file("zh")[1].decode("utf-8-sig"))))
    catalogue = samples_desk.catalogue
    unsure = [row for row in rows if row["indicator"] not in catalogue.indicators]
    assert unsure and all(catalogue.find_indicator(row["indicator"]) is None for row in unsure)


@pytest.mark.slow
def test_the_command_shows_first_and_stores_on_request(command, report):
    code, out = command("read-report", report, "--area", "990101")
    assert code == 0 and "尚未保存" in out and "低保" in out
    code, out = command("read-report", report, "--area", "990101", "--json", "--lang", "en")
    figures = json.loads(out)["figures"]
    left = next(row["number"] for row in figures if row["indicator"] == "dibao_persons")
    words = next(row["words"] for row in figures if row["value"] == "35")
    arguments = ("--accept-all-sure", "--leave", left, "--map", f"{words}=meal_points")
    code, out = command("read-report", report, "--area", "990101", *arguments, "--note", "核对过")
    assert code == 0 and "已读入" in out
    _, out = command("observations", "--area", "990101", "--grade", "report", "--format", "json")
    rows = {row["indicator"]: row for row in json.loads(out)}
    assert rows["marriages"]["qualifier"] == "余" and "dibao_persons" not in rows
    assert rows["meal_points"]["value"] == 35


def test_the_table_is_written_to_be_corrected_by_hand(command, report, tmp_path):
    target = tmp_path / "figures.csv"
    code, _ = command("read-report", report, "--area", "990101", "--table", target)
    assert code == 0 and "dibao_persons,990101,2024-09,7093,人" in target.read_text("utf-8-sig")


def test_a_report_of_nobody_known_is_said(command, tmp_path):
    file = tmp_path / "x.txt"
    file.write_text("2024年工作总结\n结婚登记3人。", encoding="utf-8")
    assert command("read-report", file)[0] == 2
    file.write_bytes(b"")
    assert command("read-report", file, "--area", "990101")[0] == 1


@pytest.mark.slow
def test_tables_of_a_report_are_said_to_be_left_to_the_tables(samples_desk):
    import docx

    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph(REPORT.splitlines()[0])
    document.add_paragraph("截至9月底,全区共有低保对象7093人。")
    document.add_table(2, 2).cell(1, 1).text = "12"
    document.save(made)
    found = samples_desk.report_figures.read("总结.docx", made.getvalue(), "990101")
    assert len(found.sure) == 1 and "1 张表格" in found.notices[-1].zh


def test_the_draft_page_leads_to_the_preview_of_its_figures(app):
    response = pasted(app, REPORT)
    shown = json.dumps(response, ensure_ascii=False)
    token = response[ids.DRAFT_TOKEN]["data"]
    assert "含义确定" in shown and f"report={token}" in shown
    values = {
        (ids.UPLOAD_REPORT, "data"): {"report": token, "area": "990101"},
        (ids.URL, "search"): "?lang=zh&area=990101",
    }
    from calls import CALL, call, server_callbacks

    name, callback = next(
        (name, one)
        for name, one in server_callbacks(app).items()
        if any(given["id"] == ids.UPLOAD_REPORT for given in one["inputs"])
    )
    body = call(name, callback, lambda own, prop: values.get((own, prop)))
    answer = app.server.test_client().post(CALL, json=body)
    assert answer.status_code == 200, answer.text
    work = next(iter(answer.get_json()["response"].values()))["data"]
    assert work["act"] == "preview" and work["report"] == token and work["answers"]["skip"]


@pytest.mark.slow
def test_a_stored_report_is_listed_in_its_order_exported_and_withdrawn(own_home, commands, report):
    from flask import Flask

    from dashboard.base.settings import read_settings
    from dashboard.components.submissions.stated_report import stated_report
    from dashboard.services.front_desk import FrontDesk

    run = commands(own_home)
    _, out = run("read-report", report, "--area", "990101", "--accept-all-sure", "--note", "x")
    assert "报送编号" in out, out
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))
    desk.cache.init_app(Flask(__name__), config={"CACHE_TYPE": "SimpleCache"})
    number = desk.submissions.latest(1)[0].id
    stated = desk.submissions.stated(number)
    assert [one.indicator for one in stated][:3] == ["dibao_persons", "dibao_spending", "marriages"]
    selection = desk.selections.of({"area": "990101"}, "zh")
    shown = json.dumps(stated_report(desk, number, selection).to_plotly_json(), default=str)
    assert "report-cards" in shown
    code, _ = run("withdraw", number, "--reason", "试")
    assert code == 0
    assert desk.submissions.get(number).withdrawn


def test_the_figures_of_a_sample_report_are_exported(app, desk):
    number = next(row.id for row in desk.submissions.latest(400) if "changqing" in row.file)
    client = app.server.test_client()
    answer = client.get(f"/export/report-figures.xlsx?submission={number}&lang=zh")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert sheet.cell(1, 2).value == "指标" and sheet.max_row > 50
    lines = client.get(f"/export/report-figures.csv?submission={number}").get_data(as_text=True)
    assert "phrase" in lines.splitlines()[0]
    page = client.get(f"/submissions?submission={number}&lang=en").get_data(as_text=True)
    assert answer.status_code == 200 and page


__all__ = ["answered"]
