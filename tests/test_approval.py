"""What contributors hand in waits for an editor where the setting says so."""

import re
import threading
from dataclasses import replace
from functools import cache
from importlib import import_module

import pytest
from hand_ins import workbook
from test_access import PASSWORD, done_form, open_server, sent_form, signed_in  # noqa: F401

from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.periods import Period
from dashboard.intake import Handover
from dashboard.intake.stored_handover import read_handover, written_handover
from dashboard.intake.submission_request import SheetAnswers
from dashboard.services.access.accounts import Wish
from dashboard.services.access.person import LOCAL, Person, Role, acting
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.approval import NotAllowed
from dashboard.services.submissions.waiting import holds_of
from dashboard.store.locks import Months
from dashboard.store.observations import read_figures
from dashboard.store.opening import StoreError
from dashboard.store.query import Query
from dashboard.store.waiting import AlreadyDecided, OlderFigures, WaitingState

STREET, DISTRICT = "990101001", "990101"
ZHANG = Person("张三", Role.CONTRIBUTOR, (STREET,))
EDITOR, OTHER = Person("editor", Role.EDITOR), Person("other", Role.EDITOR)
SAID = Handover(basis="in_month", area=DISTRICT)


@pytest.fixture
def desk(own_home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home), "DASHBOARD_APPROVAL": "1"}))


@cache
def rows(name, pairs=7, month=11):
    """A table of one month of the contributor's street."""
    return workbook(
        [[f"2026年{month}月当月婚姻登记"], ["街道", "结婚登记对数（对）"], [name, pairs]]
    )


def handed_in(desk, person=ZHANG, pairs=7, month=11, **said):
    with acting(person):
        return desk.submissions.receive(
            [("十一月.xlsx", rows(desk.areas().name_of(STREET, "zh"), pairs, month))],
            replace(SAID, **said),
        )


def figures(desk, month=11):
    query = Query(areas=[STREET], periods=[Period(2026, month)])
    return [(one.indicator, one.value) for one in read_figures(desk.context.engine, query)]


def waiting(desk):
    receipts = handed_in(desk)
    assert [receipt.findings for receipt in receipts if receipt.refused] == []
    (receipt,) = receipts
    assert receipt.id is None and receipt.waiting
    return receipt.waiting


def test_nothing_of_a_hand_in_that_waits_is_in_the_store_and_accepting_it_stores_it(desk):
    version, before = desk.version(), len(desk.submissions.latest(10_000))
    number = waiting(desk)
    assert figures(desk) == [] and desk.version() == version
    assert len(desk.submissions.latest(10_000)) == before
    with acting(EDITOR):
        (sheet,) = desk.approval.preview(number)
        assert sheet.count("new") == 1
        (receipt,) = desk.approval.accept(number)
    assert [value for _, value in figures(desk)] == [7.0]
    row = desk.submissions.waiting.get(number)
    assert [one["area"] for one in holds_of(row)] == [STREET]
    assert (row.state, row.decided_by, row.submissions) == ("accepted", "editor", (receipt.id,))
    assert desk.submissions.get(receipt.id).submitted_by == "张三"
    assert desk.submissions.file(receipt.id)[1] == desk.submissions.waiting.content(row)
    acts = [(one.who, one.act) for one in desk.audit.entries(limit=3)]
    assert acts == [
        ("editor", "hand_in_accepted"),
        ("editor", "hand_in"),
        ("张三", "hand_in_waits"),
    ]


def test_editors_and_the_user_of_this_computer_hand_in_at_once_and_so_does_everybody_without_it(
    desk, own_home
):
    assert handed_in(desk, EDITOR)[0].id
    assert handed_in(desk, LOCAL, pairs=8)[0].id
    without = FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))
    assert handed_in(without, pairs=9)[0].id


def test_what_the_store_refuses_now_or_waits_already_does_not_wait(desk):
    (foreign,) = handed_in(desk, Person("李四", Role.CONTRIBUTOR, ("990101002",)))
    assert foreign.refused and foreign.waiting is None
    number = waiting(desk)
    (again,) = handed_in(desk)
    assert [one.rule for one in again.findings if one.severity == "error"] == ["already_waits"]
    with acting(EDITOR):
        assert [row.id for row in desk.submissions.waiting.all()] == [number]


def test_it_is_returned_with_a_reason_that_its_sender_reads(desk):
    number = waiting(desk)
    with acting(EDITOR):
        with pytest.raises(StoreError, match="reason"):
            desk.approval.give_back(number, " ")
        desk.approval.give_back(number, "缺两个村")
    with acting(ZHANG):
        (row,) = desk.submissions.waiting.all()
        assert (row.state, row.reason, row.decided_by) == ("returned", "缺两个村", "editor")
    with acting(EDITOR), pytest.raises(AlreadyDecided):
        desk.approval.accept(number)
    assert figures(desk) == []
    assert handed_in(desk)[0].waiting == number + 1


def test_only_editors_decide_only_its_sender_withdraws_and_others_do_not_see_it(desk):
    number = waiting(desk)
    with acting(ZHANG):
        for act in (desk.approval.accept, lambda one: desk.approval.give_back(one, "x")):
            with pytest.raises(NotAllowed):
                act(number)
    with acting(EDITOR), pytest.raises(NotAllowed):
        desk.approval.take_back(number)
    with acting(Person("李四", Role.CONTRIBUTOR, (STREET,))):
        assert desk.submissions.waiting.all() == [] and desk.submissions.waiting.count() == 0
        for act in (desk.approval.preview, desk.approval.take_back):
            with pytest.raises(NotFound):
                act(number)
    with acting(ZHANG):
        desk.approval.take_back(number)
    with acting(EDITOR), pytest.raises(AlreadyDecided):
        desk.approval.accept(number)
    assert figures(desk) == []


def test_a_lock_between_refuses_it_and_it_goes_on_waiting(desk):
    number = waiting(desk)
    months = Months(DISTRICT, Period(2026, 11), Period(2026, 11))
    desk.locks.lock(DISTRICT, "2026-11", "李", "已上报")
    with acting(EDITOR):
        (receipt,) = desk.approval.accept(number)
        assert "locked" in [one.rule for one in receipt.findings]
        assert desk.submissions.waiting.get(number).state is WaitingState.WAITING
    desk.locks.unlock(str(months.area), "2026-11", "李", "补报")
    with acting(EDITOR):
        assert desk.approval.accept(number)[0].id


def test_of_two_editors_at_once_one_accepts_and_the_figures_are_stored_once(desk):
    number, ended = waiting(desk), []
    start = threading.Barrier(2)

    def accept(person):
        with acting(person):
            start.wait()
            try:
                (receipt,) = desk.approval.accept(number)
                ended.append(receipt.id)
            except AlreadyDecided:
                ended.append(None)

    threads = [threading.Thread(target=accept, args=(who,)) for who in (EDITOR, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in ended if one]) == 1 and len(ended) == 2
    assert [row.file for row in desk.submissions.latest(5)].count("十一月.xlsx") == 1
    assert figures(desk)[0][1] == 7.0


def test_a_withdrawal_while_it_is_accepted_leaves_either_and_never_both(desk, monkeypatch):
    number = waiting(desk)
    receive = import_module("dashboard.intake.hand_in")

    def late(*arguments, **named):
        with acting(ZHANG):
            desk.approval.take_back(number)
        return kept(*arguments, **named)

    kept = receive.record
    monkeypatch.setattr(receive, "record", late)
    with acting(EDITOR), pytest.raises(AlreadyDecided):
        desk.approval.accept(number)
    assert figures(desk) == []


def test_an_older_hand_in_puts_newer_figures_back_only_where_that_is_confirmed(desk):
    older = waiting(desk)
    newer = handed_in(desk, pairs=9)[0].waiting
    with acting(EDITOR):
        assert desk.approval.order_of(older, []).later == [newer]
        assert desk.approval.order_of(newer, []).later == []
        desk.approval.accept(newer)
        (change,) = desk.approval.order_of(older, desk.approval.preview(older)).older
        assert (change.old, change.new) == (9.0, 7.0)
        with pytest.raises(OlderFigures, match="1 figures"):
            desk.approval.accept(older)
        assert desk.submissions.waiting.get(older).state is WaitingState.WAITING
        assert figures(desk)[0][1] == 9.0
        with pytest.raises(OlderFigures):
            desk.approval.accept(older, puts_back=2)
        desk.approval.accept(older, puts_back=1)
    assert figures(desk)[0][1] == 7.0


def test_hand_ins_accepted_in_their_order_need_no_confirmation(desk):
    older = waiting(desk)
    newer = handed_in(desk, pairs=9)[0].waiting
    with acting(EDITOR):
        desk.approval.accept(older)
        assert desk.approval.order_of(newer, desk.approval.preview(newer)).older == []
        desk.approval.accept(newer)
    assert figures(desk)[0][1] == 9.0


def test_a_file_of_an_editor_stored_since_is_newer(desk):
    number = waiting(desk)
    assert handed_in(desk, EDITOR, pairs=8)[0].id
    with acting(EDITOR), pytest.raises(OlderFigures):
        desk.approval.accept(number)


def test_a_file_stored_while_it_is_accepted_is_newer_too(desk, monkeypatch):
    number, receive = waiting(desk), import_module("dashboard.intake.hand_in")
    kept, late = receive.record, []

    def record(*arguments, **named):
        if not late:
            late.append(named)
            assert handed_in(desk, LOCAL, pairs=8)[0].id
        return kept(*arguments, **named)

    monkeypatch.setattr(receive, "record", record)
    with acting(EDITOR), pytest.raises(OlderFigures):
        desk.approval.accept(number)
    assert late and figures(desk)[0][1] == 8.0
    assert desk.submissions.waiting.get(number).state is WaitingState.WAITING


def test_it_is_read_once_when_it_is_accepted_and_so_is_the_list_of_those_that_wait(
    desk, monkeypatch
):
    number = waiting(desk)
    assert handed_in(desk, EDITOR, pairs=8)[0].id
    receive = import_module("dashboard.intake.hand_in")
    order = import_module("dashboard.services.submissions.older_hand_ins")
    read, listed = [], []

    def counting(calls, kept):
        return lambda *arguments, **named: calls.append(1) or kept(*arguments, **named)

    monkeypatch.setattr(receive, "read", counting(read, receive.read))
    monkeypatch.setattr(order, "read_waiting", counting(listed, order.read_waiting))
    with acting(EDITOR):
        desk.approval.accept(number, puts_back=1)
    assert (len(read), len(listed)) == (1, 1)


def test_what_was_said_with_it_is_kept_whole():
    said = Handover(
        area="a",
        period="2024",
        grade=Grade.REPORT,
        note="n",
        mappings={("f", "行"): "marriages"},
        words={"词": "m"},
        sheets={("f", "s"): SheetAnswers(area="b", grade=Grade.OFFICIAL, streets={"x": "1"})},
        basis="in_month",
        corrections={"a": ""},
        unit="万元",
    )
    assert read_handover(written_handover(said)) == said


@pytest.mark.slow
def test_doctor_misses_the_file_of_one_that_waits(desk, own_home, command):
    number = waiting(desk)
    row = desk.submissions.waiting.get(number)
    path = own_home / "received" / row.sha256[:2] / f"{row.sha256}.bin"
    path.unlink()
    assert "十一月.xlsx" in command("doctor")[1]


# ---- the command line ----


@pytest.mark.slow
def test_the_command_lists_shows_returns_and_accepts(desk, command):
    first = waiting(desk)
    code, text = command("hand-ins", "--format", "json")
    assert code == 0 and '"state": "waiting"' in text and "张三" in text
    code, text = command("hand-ins", "show", first, "--lang", "en")
    assert code == 0 and "changes: 1 new" in text
    assert command("hand-ins", "show")[0] == 2
    assert command("hand-ins", "return", first)[0] == 1
    assert command("hand-ins", "return", first, "--reason", "页错了")[0] == 0
    code, text = command("hand-ins", "accept", first)
    assert code == 1 and "已由" in text
    code, text = command("hand-ins", "accept", waiting(desk), "--lang", "en")
    assert code == 0 and "accepted hand-in" in text
    older = handed_in(desk, pairs=8)[0].waiting
    assert handed_in(desk, EDITOR, pairs=9)[0].id
    code, text = command("hand-ins", "show", older, "--lang", "en")
    assert code == 0 and "put 1 figure handed in later back" in text
    assert command("hand-ins", "accept", older)[0] == 1
    assert command("hand-ins", "accept", older, "--put-back", "1")[0] == 0


# ---- the pages ----


@pytest.fixture
def office(app, open_server, monkeypatch):  # noqa: F811
    """A server on which hand-ins wait, with 张三 of a street."""
    settings = replace(app.desk.context.settings, approval=True)
    monkeypatch.setattr(app.desk.context, "settings", settings)
    if "张三" not in {one.name for one in app.desk.accounts.all()}:
        app.desk.accounts.add("张三", Wish("contributor", [STREET], password=PASSWORD))
    return open_server


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_editor_sees_what_it_changes_and_returns_it_and_its_sender_reads_why(
    app, office, language
):
    number = handed_in(app.desk, pairs=60 + (language == "en"))[0].waiting
    editor, zhang = signed_in(office, "editor"), signed_in(office, "张三")
    path = f"/hand-ins/{number}?lang={language}"
    page = editor.get(path).text
    assert ("结婚登记" if language == "zh" else "Marriages") in page
    assert re.search(r"<td[^>]*>\s*6[01]\D", page), "the new value"
    listed = editor.get(f"/hand-ins?lang={language}").text
    assert f"/hand-ins/{number}?lang={language}" in listed and "十一月.xlsx" in listed
    answer = done_form(editor, path, act="return", reason="<b>缺</b>")
    assert word("waiting_done_return", language) in answer.text
    assert (
        word("waiting_done_accept", language, count=1) not in editor.get(f"{path}&done=accept").text
    )
    assert answer.status_code == 200 and "&lt;b&gt;缺" in answer.text
    page = zhang.get(path).text
    assert "&lt;b&gt;缺" in page and "editor" in page
    assert editor.post(path, data={"act": "accept", "token": "x"}).status_code == 400


@pytest.mark.slow
def test_forms_of_others_and_second_decisions_are_refused_in_words(app, office):
    number = handed_in(app.desk, pairs=70)[0].waiting
    path = f"/hand-ins/{number}?lang=zh"
    zhang, editor = signed_in(office, "张三"), signed_in(office, "editor")
    assert 'value="accept"' not in zhang.get(path).text
    assert sent_form(zhang, path, act="accept", reason="").status_code == 403
    assert signed_in(office, "viewer").get(path).status_code == 403
    assert sent_form(editor, path, act="no", reason="").status_code == 400
    assert sent_form(editor, path, act="return", reason="").status_code == 422
    token = re.search(r'name="token" value="(\w+)"', editor.get(path).text)[1]
    assert done_form(zhang, path, act="withdraw").status_code == 200
    answer = editor.post(path, data={"token": token, "act": "accept", "reason": ""})
    assert answer.status_code == 409 and "处理" in answer.text
    assert editor.get("/hand-ins/999999").status_code == 404
    columns = editor.get("/api/hand-ins").json
    assert next(one for one in columns if one["id"] == number)["state"] == "withdrawn"
    assert "张三" not in str(signed_in(office, "contributor").get("/api/hand-ins").json)


@pytest.mark.slow
def test_the_page_says_what_is_newer_and_accepts_an_older_hand_in_only_confirmed(app, office):
    older = handed_in(app.desk, pairs=90, month=9, note="已核对")[0].waiting
    newer = handed_in(app.desk, pairs=91, month=9, note="已核对")[0].waiting
    editor = signed_in(office, "editor")
    path = f"/hand-ins/{older}?lang=zh"
    page = editor.get(path).text
    assert f"第 {newer} 号也在等待审核" in page and 'name="puts_back"' not in page
    sent_form(editor, f"/hand-ins/{newer}?lang=zh", act="accept", reason="补报")
    page = editor.get(path).text
    assert "改回较早的值" in page and 'name="puts_back"' in page
    answer = sent_form(editor, path, act="accept", reason="补报")
    assert answer.status_code == 422 and "早于已入库的数" in answer.text
    for wrong in ("2", "yes", "9" * 30):
        answer = sent_form(editor, path, act="accept", reason="补报", puts_back=wrong)
        assert answer.status_code == 422
    answer = done_form(editor, path, act="accept", reason="补报", puts_back="1")
    assert answer.status_code == 200 and "已接受" in answer.text


def test_the_page_of_submissions_leads_to_them(app, office):
    handed_in(app.desk, pairs=80)
    for name, words in (("editor", "份报送等待审核"), ("张三", "您有")):
        text = signed_in(office, name).get("/submissions?lang=zh").text
        assert words in text or words.encode("unicode_escape").decode() in text
