"""After a meeting: its minutes as a document, and its agenda for those who were not there."""

import io
import re
from datetime import date

import pytest
from docx import Document

from dashboard.services.meetings.minutes import minutes
from dashboard.store.questions import Question

pytestmark = pytest.mark.slow

CHART, TARGET = "marriage/registrations", "marriages:990101:2026-12:at_least"
ASKED = Question(
    id=0,
    meeting="",
    kind="chart",
    ref=CHART,
    query="",
    asked="为什么离婚登记减少？",
    owner="婚姻登记处",
    due="2026-12-01",
    raised=None,
    raised_by="",
    done=None,
    done_by="",
    answer="",
)


@pytest.fixture
def meeting(app):
    """An agenda with a chart and a target, and a question asked in it; its id."""
    with app.server.test_request_context("/"):
        query = {"area": "990101", "period": "2026-10", "lang": "zh"}
        selection = app.desk.selections.of(query, "zh")
        name = app.desk.meetings.make(selection, "十月例会", "2026-11-05")
        app.desk.meetings.add("chart", CHART, selection, name)
        app.desk.meetings.add("target", TARGET, selection, name)
        app.desk.questions.ask(ASKED._replace(meeting=name))
    return name


def fetched(app, address):
    answer = app.server.test_client().get(address)
    assert answer.status_code == 200, answer.text[:200]
    return answer.data


def test_minutes_say_what_was_shown_with_its_figures_and_who_answers_by_when(app, meeting):
    content = fetched(app, f"/api/meetings/{meeting}/minutes.docx?lang=zh")
    document = Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]
    assert texts[:2] == ["十月例会纪要", "2026年11月5日"]
    headings = [text for text in texts if re.match("[一二三四]、", text)]
    assert headings == [
        "一、会议情况",
        "二、展示的内容",
        "三、提出的问题和交办事项",
        "四、议定事项",
    ]
    assert any(text.startswith("主持人：＿") for text in texts)
    assert any("结婚登记1680对" in text for text in texts)
    assert any("查验码" in text for text in texts) and not any(": " in text for text in texts)
    assert "示例区民政局" in texts
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        ASKED.asked,
        ASKED.owner,
        ASKED.due,
        "未答复",
    ]


def test_minutes_without_a_question_say_so_in_both_languages(app, meeting):
    with app.server.test_request_context("/"):
        for language, none in (("zh", "没有记录问题"), ("en", "No question")):
            agenda = app.desk.meetings.get(meeting, language)
            slides = app.desk.meeting_slides.report(agenda)
            report = minutes(slides, agenda.meeting, (), date(2026, 11, 6))
            assert none in report.pages[-2].paragraphs[0][0].text
            assert report.receipt and not any(page.chart for page in report.pages)
            held = date.fromisoformat(agenda.meeting.held)
            assert report.made == max(held, date(2026, 11, 6))
            assert minutes(slides, agenda.meeting, (), date(2020, 1, 1)).made == held


def test_the_offline_page_asks_nothing_of_another_computer_and_has_figures_as_tables(app, meeting):
    page = fetched(app, f"/api/meetings/{meeting}.html?lang=zh").decode("utf-8")
    assert "default-src 'none'" in page and "staticPlot: true" not in page
    body = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.findall(r"(?:src|href|action)\s*=|url\(|@import", body)
    assert body.count("<details>") == body.count('class="plot"') > 0
    assert "查验码" in body and "十月例会" in body


def test_a_format_that_an_agenda_has_not_is_refused(app, meeting):
    answer = app.server.test_client().get(f"/api/meetings/{meeting}.exe")
    assert answer.status_code == 404
    assert app.server.test_client().get("/api/meetings/NOTHING/minutes.docx").status_code == 404


NOTE = "请科室说明"


def agenda_of(app, area, period, targets):
    """An agenda of targets alone; its report in Chinese, and its minutes."""
    with app.server.test_request_context("/"):
        query = {"area": area, "period": period, "lang": "zh"}
        selection = app.desk.selections.of(query, "zh")
        name = app.desk.meetings.make(selection, "例会", "2026-11-05")
        for target in targets:
            app.desk.meetings.add("target", target, selection, name)
        for page in app.desk.meetings.get(name, "zh").pages:
            app.desk.meetings.note(page.id, NOTE)
        agenda = app.desk.meetings.get(name, "zh")
        slides = app.desk.meeting_slides.report(agenda)
        return slides, minutes(slides, agenda.meeting, (), date(2026, 11, 6))


def test_a_target_on_an_agenda_has_its_task_as_a_bullet_and_its_path(app):
    slides, written = agenda_of(app, "990101", "2026-10", [TARGET])
    page = slides.pages[-1]
    assert page.target and page.target.bullet and page.chart and not page.chart.empty
    assert page.notes[0] == NOTE
    assert page.title.startswith("结婚登记今年应完成")
    (stands,) = [shown for shown in written.pages if shown.title == "结婚登记对数"]
    text = stands.paragraphs[0][0].text
    assert text.startswith("示例区结婚登记对数：截至2026年10月，") and "责任单位：" in text


def test_a_target_of_the_year_before_stands_as_it_ended(app):
    slides, _ = agenda_of(app, "990101", "2026-10", ["homes_adapted:990101:2025-12:at_least"])
    page = slides.pages[-1]
    assert page.chart and not page.chart.empty and "2025年12月" in page.subtitle
    assert "已完成" in page.title


def test_targets_without_a_figure_share_one_page(app):
    with app.server.test_request_context("/"):
        rows = app.desk.targets.progress("370305", "2022-06")
    without = [row.target.id for row in rows if row.actual is None]
    slides, written = agenda_of(app, "370305", "2022-06", without)
    tables = [page for page in slides.pages if page.table]
    assert len(without) > 1 and len(tables) == 1 and tables[0] in written.pages
    assert len(tables[0].table.rows) == len(without)
    assert tables[0].notes == (NOTE,) * len(without)
    assert all("不少于" in cells[1] for _, cells in tables[0].table.rows)
