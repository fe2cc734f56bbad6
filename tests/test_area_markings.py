"""Words mark the figures of an area and of months, or one report, wherever they are shown."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from test_access import done_form, open_server, sent_form, signed_in  # noqa: F401

from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.charts.model.plan import DIRECTOR, Plan, read_plan
from dashboard.exports.formats import FORMATS, REPORT_FORMATS
from dashboard.exports.print_html import report_page
from dashboard.services.access.person import Person, Role, acting
from dashboard.services.figures.register_files import RegisterFiles
from dashboard.services.figures.registers import RegisterFilters
from dashboard.services.finished_values import FinishedValues
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError

DISTRICT, STREET, OTHER = "990101", "990101001", "990101002"
DRAFT = "征求意见稿"
CHART = "marriage/registrations"
QUERY = "area=990101&period=2026-09&lang=zh"


@pytest.fixture
def desk(own_home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))


def words(desk, area, period, language="zh"):
    return desk.markings.words_of((area,), Period(*period), language)


def test_it_stands_at_its_area_and_all_below_in_its_months_and_at_what_contains_them(desk):
    desk.markings.mark(STREET, "2026-09", DRAFT, "李")
    assert words(desk, STREET, (2026, 9)) == DRAFT
    assert words(desk, STREET, (2026, 8)) == "" == words(desk, OTHER, (2026, 9))
    assert words(desk, STREET, (2026, 10)) == f"{DRAFT}（2026年9月）"
    assert words(desk, DISTRICT, (2026, 10)) == f"{DRAFT}（东湖街道 2026年9月）"
    assert "Donghu" in words(desk, DISTRICT, (2026, 9), "en")
    desk.markings.mark(DISTRICT, "2026Q3", "内部资料")
    assert words(desk, OTHER, (2026, 9)) == "内部资料"
    assert desk.audit.entries("marking")[0].what == "990101 2026-07..2026-09: 内部资料"


def test_it_is_ended_and_is_of_words_that_can_be_printed(desk):
    desk.markings.mark(STREET, "2026-09", DRAFT)
    version = desk.version()
    desk.markings.mark(STREET, "2026-09", "")
    assert words(desk, STREET, (2026, 9)) == "" and desk.version() > version
    for wrong in ("长" * 41, "a\x07", ""):
        with pytest.raises(StoreError):
            desk.markings.mark(STREET, "2026-09", wrong)


def test_more_than_three_are_counted_and_those_of_the_settings_come_first(desk, monkeypatch):
    settings = replace(desk.context.settings, marking="内部资料")
    monkeypatch.setattr(desk.context, "settings", settings)
    for at, name in enumerate("甲乙丙丁戊", start=1):
        desk.markings.mark(STREET, f"2026-0{at}", name)
    text = words(desk, STREET, (2026, 9))
    assert text.startswith("内部资料 · ") and text.endswith("另有 2 项标识")


@pytest.fixture
def marked(app):
    """A client of the app in which September of the district is marked."""
    app.desk.markings.mark(DISTRICT, "2026-09", DRAFT)
    yield app.server.test_client()
    app.desk.markings.mark(DISTRICT, "2026-09", "")


def texts_of(content):
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return "".join(package.read(name).decode() for name in names)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [*FORMATS])
def test_every_file_of_a_chart_and_its_name_carry_it(marked, ending):
    answer = marked.get(f"/export/{CHART}.{ending}?{QUERY}")
    assert answer.status_code == 200 and DRAFT in texts_of(answer.data)
    assert unquote(answer.headers["Content-Disposition"]).startswith(
        f"attachment; filename*=UTF-8''{DRAFT}_"
    )


@pytest.mark.slow
def test_screens_pictures_and_lists_carry_it_and_those_of_earlier_months_do_not(marked):
    for path in ("/plain/topic/marriage", "/plain/street/990101001", "/plain/targets"):
        assert f'<strong class="marking">{DRAFT}</strong>' in marked.get(f"{path}?{QUERY}").text
    figure = marked.get(f"/api/figure/{CHART}?{QUERY}").json
    assert figure["layout"]["meta"]["demo"].startswith(DRAFT)
    before = QUERY.replace("2026-09", "2026-08")
    assert DRAFT not in marked.get(f"/plain/topic/marriage?{before}").text
    assert DRAFT not in texts_of(marked.get(f"/export/{CHART}.csv?{before}").data)
    assert DRAFT in texts_of(marked.get(f"/export/figures/marriage.xlsx?{QUERY}").data)
    assert DRAFT in texts_of(marked.get(f"/export/targets.xlsx?{QUERY}").data)


@pytest.mark.slow
@pytest.mark.parametrize("ending", list(REPORT_FORMATS))
@pytest.mark.parametrize("deck", [DIRECTOR, "charts"])
def test_a_report_carries_it_and_words_of_its_own(app, marked, ending, deck):
    with app.server.test_request_context("/"):
        selection = app.desk.selections.of({"area": DISTRICT, "period": "2026-09"}, "zh")
        plan = Plan(deck=deck, charts=(CHART,), marking="送审稿")
        report = app.desk.reports.compose(plan, selection, date(2026, 10, 9))
        text = (
            report_page(report)
            if ending == "pdf"
            else texts_of(REPORT_FORMATS[ending].render(report))
        )
    assert f"送审稿 · {DRAFT}" in text and report.demo_mark.count(DRAFT) == 1
    assert read_plan(plan.as_json()) == plan and "marking" not in Plan().as_json()


def test_reader_and_time_stand_beside_it_where_the_setting_says_so(app, marked, monkeypatch):
    settings = replace(app.desk.context.settings, mark_reader=True)
    monkeypatch.setattr(app.desk.context, "settings", settings)
    today = f"{date.today():%Y-%m-%d}"
    with app.server.test_request_context("/"), acting(Person("王芳", Role.VIEWER)):
        selection = app.desk.selections.of({"area": DISTRICT, "period": "2026-09"}, "zh")
        chart = app.desk.release.chart(app.desk.figures.chart(CHART, selection))
        assert chart.demo_mark.startswith(f"{DRAFT} · 王芳 {today} ")
        assert app.desk.release.on_screen(DISTRICT, Period(2026, 9), "zh") == (
            f"{DRAFT} · 王芳 {today}"
        )
        assert app.desk.release.on_screen(DISTRICT, Period(2026, 8), "zh") == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_editors_mark_and_end_on_the_page(app, open_server, language):  # noqa: F811
    editor = signed_in(open_server, "editor")
    path = f"/markings?lang={language}"
    sent = {"area": STREET, "period": "2026-10", "words": "<b>送审</b>"}
    answer = done_form(editor, path, act="mark", **sent)
    assert word("marking_done", language) in answer.text
    assert answer.status_code == 200 and "&lt;b&gt;送审" in answer.text
    assert app.desk.markings.all()[-1].written_by == "editor"
    assert sent_form(editor, path, act="mark", **sent | {"words": ""}).status_code == 422
    assert sent_form(editor, path, act="mark", **sent | {"period": "x"}).status_code == 422
    assert sent_form(editor, path, act="mark").status_code == 400
    assert sent_form(editor, path, act="other", **sent).status_code == 400
    assert done_form(editor, path, act="end", **sent).status_code == 200
    assert "&lt;b&gt;送审" not in editor.get(path).text
    assert signed_in(open_server, "contributor").get(path).status_code == 403


@pytest.mark.slow
def test_the_commands_mark_list_and_end(command, tmp_path):
    assert "已标识" in command("mark", STREET, "2026-09", DRAFT)[1]
    code, text = command("markings", "--format", "json")
    assert code == 0 and DRAFT in text and '"2026-09"' in text
    out = tmp_path / "x.csv"
    asked = ("--area", STREET, "--period", "2026-09", "--format", "csv", "--out", out)
    assert command("export", CHART, *asked)[0] == 0 and DRAFT in out.read_text("utf-8-sig")
    assert command("mark", STREET, "2026-09")[0] == 0
    assert command("mark", STREET, "2026-09")[0] == 1
    assert command("mark", "nowhere", "2026-09", DRAFT)[0] == 2


@pytest.mark.parametrize("area", ["", "示例区"])
def test_a_list_of_institutions_carries_what_is_marked_in_its_areas(desk, area):
    desk.markings.mark(STREET, "2026-09", DRAFT)
    files = RegisterFiles(desk.context, desk.release)
    book = files.book([], RegisterFilters(area=area), "zh")
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        texts = package.read("xl/sharedStrings.xml").decode()
    assert DRAFT in texts


def test_work_within_a_work_makes_each_value_once():
    values, made = FinishedValues(None), []
    with values.remembering():
        with values.remembering():
            values.get("one", lambda: made.append(1))
        values.get("one", lambda: made.append(2))
    assert made == [1]
