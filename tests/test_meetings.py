"""Meetings: frozen figures, what changed since the last, questions followed up, PowerPoint."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pptx import Presentation
from screens import page_layout, written_in
from stores import BACKENDS, arrival, fresh_store, stated

from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.components.meetings.agenda_page import agenda_parts
from dashboard.components.meetings.stage_content import (
    slide_places,
    stage_of_agenda,
    stage_of_overview,
)
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports import receipts
from dashboard.services.reports.proposal import says_more
from dashboard.store.data_version import data_version
from dashboard.store.meetings import (
    Meeting,
    MeetingPage,
    add_page,
    change_meeting,
    freeze_meeting,
    make_meeting,
    move_page,
    note_page,
    read_meetings,
    read_pages,
    remove_page,
)
from dashboard.store.opening import StoreError
from dashboard.store.questions import (
    Question,
    close_question,
    note_question,
    open_question,
    read_questions,
)
from dashboard.store.receipts import last_change
from dashboard.store.record import record

pytestmark = pytest.mark.slow

DISTRICT, STREET = "370113", "370113001"
FIRST, SECOND = datetime(2024, 7, 5, 4, tzinfo=UTC), datetime(2024, 8, 5, 4, tzinfo=UTC)
CHART = "marriage/marriages_by_street"
NEW = Meeting(
    "", "七月例会", "2024-07-10", DISTRICT, "area=370113&period=2024-06&lang=zh", FIRST, FIRST, "王"
)


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def page_of(meeting, ref=CHART, kind="chart"):
    return MeetingPage(0, meeting, 0, kind, ref, "area=370113&period=2024-06&lang=zh", "")


def asked_at(meeting, text="为什么下降？", due="2024-07-31"):
    return Question(
        0, meeting, "chart", CHART, "", text, "社会事务科", due, FIRST, "", None, "", ""
    )


# ---- the store ----


def test_pages_are_moved_noted_on_and_removed(store):
    version = data_version(store)
    name = make_meeting(store, NEW)
    for ref in "abc":
        add_page(store, page_of(name, ref))
    first, second, third = (page.id for page in read_pages(store, name))
    move_page(store, third, -1)
    move_page(store, first, -1)  # it is the first already
    assert [page.ref for page in read_pages(store, name)] == ["a", "c", "b"]
    note_page(store, second, "请民政科说明")
    remove_page(store, first)
    assert [(page.ref, page.note) for page in read_pages(store, name)] == [
        ("c", ""),
        ("b", "请民政科说明"),
    ]
    assert data_version(store) == version, "an agenda is no new figure"


@pytest.mark.parametrize(("title", "held"), [("", "2024-07-10"), ("例会", "10.7."), ("例会", "")])
def test_a_meeting_without_a_title_or_day_is_refused(store, title, held):
    with pytest.raises(StoreError):
        make_meeting(store, NEW._replace(title=title, held=held))
    name = make_meeting(store, NEW)
    with pytest.raises(StoreError):
        change_meeting(store, name, title, held)
    assert read_meetings(store)[0].title == NEW.title


def test_questions_are_open_by_due_date_until_somebody_says_what_was_found(store):
    name = make_meeting(store, NEW)
    for text, due in (("无期限", ""), ("晚", "2024-09-01"), ("早", "2024-08-01")):
        note_question(store, asked_at(name, text, due))
    early, *_ = read_questions(store)
    assert [one.asked for one in read_questions(store)] == ["早", "晚", "无期限"]
    with pytest.raises(StoreError):
        close_question(store, early.id, "李", " ")
    close_question(store, early.id, "李", "系统升级漏报")
    assert [one.asked for one in read_questions(store, only_open=True)] == ["晚", "无期限"]
    last = read_questions(store)[-1]
    assert (last.asked, last.done_by, last.answer) == ("早", "李", "系统升级漏报")
    open_question(store, early.id)
    assert read_questions(store)[0].answer == "系统升级漏报"
    with pytest.raises(StoreError):
        note_question(store, asked_at(name, " "))


# ---- figures ----


def hand_in(desk, value, when):
    figures = [
        stated(value, area=STREET, period=(2024, 6)),
        stated(5.0, area="370113002", period=(2024, 6)),
    ]
    record(desk.context.engine, [arrival(*figures)], when)


@pytest.fixture
def desk(tmp_path):
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    hand_in(desk, 10.0, FIRST)
    return desk


def held(desk, day="2024-07-10", known=FIRST, *pages):
    made = known + timedelta(hours=1)
    name = make_meeting(desk.context.engine, NEW._replace(held=day, known=known, made=made))
    for page in pages or (page_of(name),):
        add_page(desk.context.engine, page._replace(meeting=name))
    return name


def value_of(slide):
    keys = slide.chart.keys
    return slide.chart.series[0].values[keys.index(STREET)]


def test_a_meeting_shows_the_figures_of_the_day_its_agenda_was_made(desk):
    name = held(desk)
    assert not desk.meetings.get(name).outdated
    hand_in(desk, 12.0, SECOND)
    found = desk.meetings.get(name)
    assert found.outdated and [value_of(slide) for slide in desk.meetings.slides(found)] == [10.0]
    _, stage = stage_of_agenda(desk, found, {})
    assert stage.newer == "后有新数"
    freeze_meeting(desk.context.engine, name, last_change(desk.context.engine))
    found = desk.meetings.get(name)
    assert not found.outdated and [value_of(slide) for slide in desk.meetings.slides(found)] == [
        12.0
    ]


def test_the_overview_is_presented_with_its_headline_figures_first(desk):
    selection = desk.selections.of({"area": DISTRICT, "period": "2024-06", "present": "1"}, "zh")
    shown, stage = stage_of_overview(desk, "/", DISTRICT, selection, {})
    (_, lines), *_ = shown[0].parts
    assert any(line.startswith("结婚登记对数 15对（2024年1—6月") for line in lines)
    assert [one.ref for one in shown[1:]] == ["indicator:marriages/streets"]
    assert stage.path.startswith("/?") and "present=1" in stage.path
    street, _ = stage_of_overview(desk, f"/street/{STREET}", STREET, selection, {})
    assert [one.chart.area for one in street[1:]] == [STREET]
    assert "结婚登记对数 10对" in street[0].parts[0][1][0]


def test_an_agenda_says_on_which_slides_its_pages_are(desk):
    found = desk.meetings.get(held(desk))
    (said,) = slide_places(desk, found).values()
    assert (said.number, said.words) == (2, "第 2 页，共 2 页")


def test_the_next_meeting_opens_with_what_came_of_the_last(desk):
    target = Target(
        "marriages", DISTRICT, Period(2024, 12), TargetKind.AT_LEAST, 16.0, source="计划"
    )
    desk.targets.set(target, "王", "年初计划")
    known = last_change(desk.context.engine)
    before = held(desk, "2024-07-10", known)
    assert desk.meetings.since_last(desk.meetings.get(before)) is None
    note_question(desk.context.engine, asked_at(before))
    hand_in(desk, 16.0, known + timedelta(minutes=1))
    later = held(desk, "2024-08-10", last_change(desk.context.engine))
    last = desk.meetings.since_last(desk.meetings.get(later))
    assert last.meeting.id == before
    assert {(one.figure.area, one.old, one.new) for one in last.changed} == {
        (STREET, "10", "16"),
        (DISTRICT, "15", "21"),
    }
    assert [one.asked for one in last.questions] == ["为什么下降？"]
    ((old, new),) = last.statuses
    assert old.target.id == new.target.id == target.id
    assert (old.status, new.status) == ("not_judged", "done")
    lines = dict(desk.meeting_slides.since_lines(last, "zh"))
    assert "为什么下降？ · 社会事务科 · 2024-07-31" in lines["未办结的问题（1）"]
    shown, _ = stage_of_agenda(desk, desk.meetings.get(later), {"page": "2"})
    assert len(shown) == 3 and "上次会议以来" in shown[1].title


def test_a_click_on_a_slide_draws_that_slide_of_the_street(desk):
    found = desk.meetings.get(held(desk))
    shown, _ = stage_of_agenda(desk, found, {"page": "2"})
    ways = {key: address for key, _, address in shown[1].doors}
    assert f"at={STREET}" in ways[STREET] and "page=2" in ways[STREET]
    deeper, _ = stage_of_agenda(desk, found, {"page": "2", "at": STREET})
    assert deeper[1].chart.chosen == STREET and deeper[1].up.endswith("page=2")


def test_the_agenda_leaves_as_slides_with_its_charts_and_a_receipt(desk):
    name = held(desk, "2024-07-10", FIRST, page_of(""), page_of("", "marriage", "topic"))
    report = desk.meeting_slides.report(desk.meetings.get(name, "en"))
    assert report.receipt and report.title == "七月例会"
    deck = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].render(report)))
    drawn = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    shown = desk.meetings.slides(desk.meetings.get(name, "en"))
    telling = [slide for slide in shown if slide.chart and says_more(slide.chart)]
    titles = [page.title for page in report.pages if page.chart]
    assert drawn and len(deck.slides) == len(report.pages) - 1  # an agenda of two lines is none
    assert all(slide.chart.headline in titles for slide in telling)
    texts = " ".join(
        s.text_frame.text for one in deck.slides for s in one.shapes if s.has_text_frame
    )
    assert "Figures as known on" in texts


# ---- HTTP and pages ----


def test_a_card_is_added_to_the_chosen_agenda_once(app):
    client = app.server.test_client()
    with app.server.test_request_context("/"):
        selection = app.desk.selections.of({"area": "990101001"}, "en")
        name = app.desk.meetings.make_today(selection)
        first, _ = app.desk.meetings.add("chart", CHART, selection, name)
        again, count = app.desk.meetings.add("topic", "marriage", selection, name)
        assert (again.id, count) == (first.id, 2)
        with pytest.raises(StoreError, match="number 1"):
            app.desk.meetings.add("chart", CHART, selection, name)
        found = app.desk.meetings.get(name)
        assert len(found.pages) == 2
        with pytest.raises(NotFound):
            app.desk.meetings.add("chart", "no/chart", selection, name)
        with pytest.raises(StoreError):
            app.desk.meetings.add("video", "marriage", selection, name)
    assert found.meeting.area == "990101", "a street's chart goes on its district's agenda"
    assert found.meeting.held == date.today().isoformat()
    assert "period=" in found.pages[0].query, "the period is fixed"
    deck = client.get(f"/api/meetings/{name}.pptx?lang=en")
    assert deck.status_code == 200 and deck.data[:2] == b"PK"
    assert client.get("/api/meetings/NOTHING.pptx").status_code == 404


def test_agendas_to_come_are_offered_first_and_days_in_the_past_are_allowed(desk):
    selection = desk.selections.of({"area": DISTRICT}, "zh")
    days = ("2020-01-07", "2999-02-01", "2999-01-01")
    names = {day: desk.meetings.make(selection, day, day) for day in days}
    offered = [meeting.id for meeting in desk.meetings.offered()]
    order = [names[day] for day in ("2999-01-01", "2999-02-01", "2020-01-07")]
    assert [name for name in offered if name in order] == order
    assert desk.meetings.get(names["2020-01-07"]).meeting.held == "2020-01-07"


def test_an_agenda_shows_each_page_small_with_the_way_to_it(desk):
    selection = desk.selections.of({"area": DISTRICT}, "zh")
    name = desk.meetings.make(selection, "例会", "2999-03-01")
    desk.meetings.add("chart", CHART, selection, name)
    parts = json.dumps(
        [part.to_plotly_json() for part in agenda_parts(desk, desk.meetings.get(name), selection)],
        default=lambda part: part.to_plotly_json(),
        ensure_ascii=False,
    )
    assert "data:image/svg+xml" in parts and "present=1&page=" in parts


@pytest.mark.parametrize("path", ["/meeting", "/meeting/questions", "/receipt"])
def test_pages_without_any_meeting_say_how_to_begin(app, path):
    for language in ("zh", "en"):
        assert len(written_in(page_layout(app, path, lang=language))) > 100


def test_an_unknown_meeting_is_not_found(desk):
    with pytest.raises(NotFound):
        desk.meetings.get("NOTHING1")


def test_a_view_keeps_its_language_in_the_query(desk):
    selection = replace(desk.selections.of({"area": DISTRICT}, "zh"), language="en")
    assert "lang=en" in receipts.query_for(selection)


def test_what_is_neither_chart_nor_topic_nor_target_is_refused(desk):
    with pytest.raises(StoreError) as refused:
        desk.meetings.refuse_unknown("zzz", "marriage")
    assert refused.value.text["zh"] == "“zzz”不能加入议程" and desk.meetings.all() == []
