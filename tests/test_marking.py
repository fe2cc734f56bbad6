"""The bureau's own marking, such as 内部资料: on every screen and on whatever leaves."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from everywhere import PAGES, PLAIN, QUERY

from dashboard.base.settings import SettingsError, read_settings
from dashboard.charts.model.plan import CHARTS, DIRECTOR, Plan
from dashboard.exports.formats import FORMATS, REPORT_FORMATS
from dashboard.exports.print_html import report_page

MARKING = "内部资料 请勿外传"
CHART = "marriage/registrations"


@pytest.fixture
def marked(app, monkeypatch):
    """A client of the app with a marking."""
    settings = replace(app.desk.context.settings, marking=MARKING)
    monkeypatch.setattr(app.desk.context, "settings", settings)
    app.desk.cache.clear()
    yield app.server.test_client()
    app.desk.cache.clear()


def texts_of(content):
    """All texts of a file: of an office document those of its parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return "".join(package.read(name).decode() for name in names)


def file_of(answer):
    assert answer.status_code == 200, answer.text
    return unquote(answer.headers["Content-Disposition"]), texts_of(answer.data)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PAGES if name != "unknown"])
def test_every_page_shows_it(marked, name):
    path = PAGES[name]
    text = marked.get(f"{path}{'&' if '?' in path else '?'}{QUERY}").text
    assert MARKING in text or MARKING.encode("unicode_escape").decode() in text


@pytest.mark.slow
@pytest.mark.parametrize("path", [*PLAIN.values(), "/plain/help"])
def test_every_page_without_scripts_shows_it(marked, path):
    assert f'<strong class="marking">{MARKING}</strong>' in marked.get(path).text


@pytest.mark.slow
def test_a_presentation_shows_it(marked):
    text = marked.get(f"/topic/marriage?present=1&{QUERY}").text
    assert MARKING in text or MARKING.encode("unicode_escape").decode() in text


@pytest.mark.parametrize("ending", list(FORMATS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_file_of_a_chart_and_its_name_carry_it(marked, ending, language):
    name, text = file_of(marked.get(f"/export/{CHART}.{ending}?{QUERY}&lang={language}"))
    assert MARKING in text
    assert name.startswith("attachment; filename*=UTF-8''内部资料_请勿外传_")


def test_a_picture_carries_it(marked):
    figure = marked.get(f"/api/figure/{CHART}?{QUERY}").json
    assert figure["layout"]["meta"]["demo"].startswith(MARKING)
    assert any(MARKING in note.get("text", "") for note in figure["layout"]["annotations"])


@pytest.mark.slow
@pytest.mark.parametrize("kind", [CHARTS, DIRECTOR, "bulletin"])
@pytest.mark.parametrize("ending", list(REPORT_FORMATS))
def test_every_report_carries_it(app, marked, kind, ending):
    with app.server.test_request_context("/"):
        desk = app.desk
        selection = desk.selections.of({"area": "990101", "period": "2026-09"}, "zh")
        if kind == "bulletin":
            report = desk.reports.bulletin(selection, date(2026, 10, 9))
        else:
            plan = Plan(deck=kind, charts=(CHART,))
            report = desk.reports.compose(plan, selection, date(2026, 10, 9))
        # what Chromium prints as PDF is this page; its head stands on each sheet
        text = (
            report_page(report)
            if ending == "pdf"
            else texts_of(REPORT_FORMATS[ending].render(report))
        )
    assert MARKING in text and report.demo_mark.count(MARKING) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    ["/export/figures/marriage.csv", "/export/figures/marriage.xlsx", "/export/targets.xlsx"],
)
def test_lists_carry_it_in_their_name_and_workbooks_within(marked, address):
    name, text = file_of(marked.get(f"{address}?{QUERY}"))
    assert "''内部资料_请勿外传_" in name
    assert address.endswith(".csv") or MARKING in text


def test_a_register_of_targets_that_carries_it_can_be_handed_in_again(marked, tmp_path, command):
    file = tmp_path / "targets.xlsx"
    file.write_bytes(marked.get(f"/export/targets.xlsx?{QUERY}").data)
    code, text = command("load", file, "--dry-run")
    assert code == 0, text


def test_the_file_of_an_agenda_carries_it(app, marked):
    with app.server.test_request_context("/"):
        selection = app.desk.selections.of({"area": "990101"}, "zh")
        meeting = app.desk.meetings.make(selection, "局长办公会", "2026-10-28")
        app.desk.meetings.add("chart", CHART, selection, meeting)
    name, text = file_of(marked.get(f"/api/meetings/{meeting}.pptx"))
    assert MARKING in text and "''内部资料_请勿外传_" in name


@pytest.mark.slow
def test_without_one_nothing_is_added(app):
    client = app.server.test_client()
    answer = client.get(f"/export/{CHART}.csv?{QUERY}")
    assert "标识" not in answer.text and 'class="marking"' not in client.get("/plain/").text


def test_words_of_a_setting_are_text_and_few(app, monkeypatch):
    assert read_settings({"DASHBOARD_MARKING": "  征求 \n意见稿 "}).marking == "征求 意见稿"
    for words in ("长" * 41, "a\x07b", "a\ud800"):
        with pytest.raises(SettingsError, match="DASHBOARD_MARKING"):
            read_settings({"DASHBOARD_MARKING": words})
    script = '=1+1"<script>alert(1)</script>'
    settings = replace(app.desk.context.settings, marking=script)
    monkeypatch.setattr(app.desk.context, "settings", settings)
    client = app.server.test_client()
    assert "<script>alert" not in client.get("/plain/").text
    answer = client.get(f"/export/{CHART}.csv?{QUERY}")
    assert '"' not in answer.headers["Content-Disposition"]
    assert "\n=1+1" not in answer.text and "," + "=1+1" not in answer.text
