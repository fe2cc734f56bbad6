"""The page and the command that check a draft."""

import base64
import io
import json

import docx
import openpyxl
from calls import CALL, call, server_callbacks

from dashboard.components.shell import ids

WRONG = "城市低保2001.62万元,农村低保1880.36万元,共3880.98万元。"


def answered(app, output, values):
    """The answer of a callback whose outputs begin with this id."""
    name, callback = next(
        (name, one)
        for name, one in server_callbacks(app).items()
        if output in name and ("@" in name) == values.pop("again", False)
    )
    body = call(name, callback, lambda own, prop: values.get((own, prop)))
    if "fired" in values:
        body["changedPropIds"] = [values["fired"]]
    return app.server.test_client().post(CALL, json=body)


def pasted(app, text, language="zh"):
    values = {
        (ids.DRAFT_CHECK, "n_clicks"): 1,
        (ids.DRAFT_PASTE, "value"): text,
        (ids.URL, "search"): f"?lang={language}",
        "fired": f"{ids.DRAFT_CHECK}.n_clicks",
    }
    answer = answered(app, ids.DRAFT_RESULT, values)
    assert answer.status_code == 200, answer.text
    return answer.get_json()["response"]


def test_pasted_text_is_shown_with_its_marks_in_both_languages(app):
    for language, said in (("zh", "各部分之和"), ("en", "do not add up")):
        shown = json.dumps(pasted(app, WRONG, language), ensure_ascii=False)
        assert said in shown and "mark-error" in shown and "1880.36万元" in shown


def test_a_draft_that_does_not_say_whose_it_is_is_compared_with_the_area_chosen(app):
    values = {
        (ids.DRAFT_CHECK, "n_clicks"): 1,
        (ids.DRAFT_PASTE, "value"): "2026年1—10月，全区结婚登记1690对。",
        (ids.DRAFT_AREA, "value"): "990101",
        (ids.URL, "search"): "?lang=zh",
        "fired": f"{ids.DRAFT_CHECK}.n_clicks",
    }
    shown = json.dumps(answered(app, ids.DRAFT_RESULT, values).get_json(), ensure_ascii=False)
    assert "应为 1,680对" in shown
    values[ids.DRAFT_AREA, "value"] = "draft"
    shown = json.dumps(answered(app, ids.DRAFT_RESULT, values).get_json(), ensure_ascii=False)
    assert "请在上面选择地区" in shown


def test_a_dropped_file_is_checked(app):
    content = base64.b64encode(WRONG.encode()).decode()
    values = {
        (ids.DRAFT_UPLOAD, "contents"): [f"data:text/plain;base64,{content}"],
        (ids.DRAFT_UPLOAD, "filename"): ["总结.txt"],
        (ids.URL, "search"): "?lang=zh",
    }
    answer = answered(app, ids.DRAFT_RESULT, values)
    assert answer.status_code == 200 and "mark-error" in json.dumps(answer.get_json())


def test_the_report_before_is_compared_on_the_page(app):
    token = pasted(app, "2023年工作总结\n结婚登记3048对。")[ids.DRAFT_TOKEN]["data"]
    content = base64.b64encode("2022年工作总结\n结婚登记3121对。".encode()).decode()
    name, callback = next(
        (name, one)
        for name, one in server_callbacks(app).items()
        if f"{ids.DRAFT_PREVIOUS}.contents" in name
    )
    for held, said in ((token, "3121对"), (None, "请先选择")):
        values = {
            (ids.DRAFT_PREVIOUS, "contents"): [f"data:text/plain;base64,{content}"],
            (ids.DRAFT_PREVIOUS, "filename"): ["上年.txt"],
            (ids.DRAFT_TOKEN, "data"): held,
            (ids.URL, "search"): "?lang=zh",
        }
        body = call(name, callback, lambda own, prop, values=values: values.get((own, prop)))
        answer = app.server.test_client().post(CALL, json=body)
        assert answer.status_code == 200, answer.text
        assert said in json.dumps(answer.get_json(), ensure_ascii=False)


def test_nothing_pasted_is_said(app):
    response = pasted(app, "  ")
    assert "没有粘贴" in json.dumps(response, ensure_ascii=False)
    assert ids.DRAFT_RESULT not in response


def test_what_was_checked_is_downloaded_with_comments_and_as_a_list(app):
    token = pasted(app, WRONG)[ids.DRAFT_TOKEN]["data"]
    client = app.server.test_client()
    answer = client.get(f"/export/draft-comments.docx?draft={token}&lang=zh")
    assert len(list(docx.Document(io.BytesIO(answer.data)).comments)) == 3
    answer = client.get(f"/export/draft-findings.xlsx?draft={token}&lang=en")
    assert openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0].max_row == 2
    assert client.get("/export/draft-comments.docx?draft=none").status_code == 404


def test_a_finding_is_accepted_with_a_note_from_the_command_line(own_home, command, tmp_path):
    file = tmp_path / "draft.txt"
    file.write_text(WRONG, encoding="utf-8")
    code, out = command("check-report", str(file), "--json")
    (found,) = json.loads(out)["findings"]
    assert code == 1 and found["rule"] == "parts"
    code, out = command("check-report", str(file), "--accept", found["mark"], "--note", "四舍五入")
    assert code == 0 and "已接受：四舍五入" in out
    target = tmp_path / "out.docx"
    code, out = command(
        "check-report", str(file), "--accept", found["mark"], "--comments", str(target)
    )
    assert code == 1 and target.exists() and "已接受" not in out


def test_a_file_that_cannot_be_read_is_refused_in_words(own_home, command, tmp_path):
    file = tmp_path / "draft.docx"
    file.write_bytes(b"broken")
    code, complaint = command("check-report", str(file), "--lang", "en")
    assert code == 1 and "broken" in complaint
