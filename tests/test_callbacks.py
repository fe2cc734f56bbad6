"""Callbacks called as functions: what each returns for a click, an empty field, a refusal."""

import json
from types import SimpleNamespace

import pytest
from dash import no_update
from flask import Flask, current_app, g
from screens import DISTRICT, STREET, written_in

from callbacks import (
    charts,
    commentary,
    completeness,
    indicators,
    meetings,
    receipts,
    refreshing,
    reports,
    submissions,
    target_edit,
    target_plan,
    target_split,
    withdrawing,
)
from dashboard.base.language import word
from dashboard.base.settings import ROOT, read_settings
from dashboard.components.shell import ids
from dashboard.components.submissions import work
from dashboard.components.submissions.locks import NONE
from dashboard.services.front_desk import FrontDesk

ADDRESS = f"?area={DISTRICT}&period=2026-10"
IN_ENGLISH = ADDRESS + "&lang=en"
MARRIAGES = f"marriages:{DISTRICT}:2026-12:at_least"
EVENLY = {"method": "evenly", "basis": None}
OPEN_TARGET = f"{ADDRESS}&target={MARRIAGES}&at={DISTRICT}"


@pytest.fixture
def desk(own_home):
    """A front desk over a store of this test's own, as a callback finds it."""
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home), "DASHBOARD_CACHE": "0"}))
    server = Flask(__name__, root_path=str(ROOT))
    server.extensions["dashboard"] = desk
    with server.test_request_context("/"):
        yield desk


def signed(by, reason):
    return {"by": by, "reason": reason}


def typed(area, by, reason):
    return {"area": area, "period": "2026-03"} | signed(by, reason)


def saved(chosen, name):
    return {"chosen": chosen, "name": name, "by": "王"}


def test_every_callback_is_a_function_of_its_module():
    modules = [charts, commentary, completeness, indicators, reports, submissions]
    modules += [meetings, receipts, refreshing, target_edit, target_plan, target_split, withdrawing]
    wired = []

    def callback(*_outputs, **_options):
        return wired.append

    app = SimpleNamespace(callback=callback, clientside_callback=lambda *_args, **_options: None)
    for module in modules:
        module.register(app)
    assert len(wired) > 25
    assert all(one.__qualname__ == one.__name__ for one in wired), "none is made within register()"


def test_a_panel_is_drawn_for_the_chosen_area(desk, triggered):
    which = [{"id": ids.panel("heading", "/")}, {"id": ids.panel("filters", "/")}]
    triggered(ids.SELECTION, "data", outputs_list=[which, {"id": ids.PANELS_DRAWN}])
    chosen = {"query": {"area": DISTRICT, "lang": "en"}, "path": "/", "visit": 1}
    name = desk.areas().get(DISTRICT).name.en
    panels, drawn = charts.redraw(chosen, None)
    assert name in panels[0].text
    panels, again = charts.redraw(chosen, drawn)
    assert again == drawn
    assert panels[0] is no_update, "what looks as before is left out"
    assert panels[1] is not no_update, "the controls always come"
    assert charts.redraw(chosen | {"visit": 2}, drawn)[0][0] is not no_update


def test_a_panel_that_fails_leaves_the_others(desk, triggered, monkeypatch):
    def fails(*_arguments):
        raise ValueError("broken")

    said = {}
    monkeypatch.setattr(charts, "set_props", lambda name, props: said.update({name: props}))
    monkeypatch.setitem(charts.PANELS, "heading", fails)
    monkeypatch.setattr(desk_app(), "log_exception", lambda _error: setattr(g, "fault", "AB12"))
    which = [{"id": ids.panel("heading", "/")}, {"id": ids.panel("filters", "/")}]
    triggered(ids.SELECTION, "data", outputs_list=[which, {"id": ids.PANELS_DRAWN}])
    panels, drawn = charts.redraw({"query": {}, "path": "/"}, None)
    assert panels[0] is no_update
    assert panels[1] is not no_update
    assert "AB12" in written_in(said[ids.FAILURE]["children"])
    assert list(drawn["panels"]) == ["filters /"]


def desk_app():
    return current_app._get_current_object()


@pytest.mark.slow
def test_the_list_of_indicators_follows_the_search(desk):
    some = written_in(indicators.search("结婚", None, ADDRESS))
    assert desk.catalogue.indicators["marriages"].name.zh in some
    nothing = written_in(indicators.search("no such words", None, ADDRESS))
    assert desk.catalogue.indicators["marriages"].name.zh not in nothing


def test_a_period_is_locked_and_unlocked_by_name(desk):
    said, listed, choices = completeness.lock(1, typed(STREET, "王", "核对完毕"), ADDRESS)
    assert said == word("locks_locked", "zh", months=f"{STREET} 2026-03")
    assert "核对完毕" in written_in(listed)
    which = next(one["value"] for one in choices if one["value"] != NONE)
    said, _, _ = completeness.unlock(1, which, "王", "补报", ADDRESS)
    assert said == word("locks_unlocked", "zh", months=f"{STREET} 2026-03")


def test_an_unknown_area_is_not_locked(desk):
    said, listed, choices = completeness.lock(1, typed("nowhere", "Li", "why"), IN_ENGLISH)
    assert "nowhere" in said
    assert listed is no_update
    assert choices is no_update


def test_nothing_is_unlocked_before_a_lock_is_chosen(desk):
    said, _, _ = completeness.unlock(1, NONE, "Li", "why", IN_ENGLISH)
    assert said == word("locks_choose_first", "en")


def test_a_comment_needs_a_name_and_is_kept_with_one(desk, triggered):
    about = {"target": MARRIAGES, "month": "2026-10"}
    shown, said, *_ = commentary.keep_comment(1, about, " ", ADDRESS, "原因", "", "")
    assert (shown, said) == (no_update, word("commentary_needs_name", "zh"))
    shown, said, *hidden = commentary.keep_comment(1, about, "李", ADDRESS, "雨天", "", "")
    assert "雨天" in written_in(shown)
    assert said == word("commentary_saved", "zh", version=1)
    assert hidden == [True, False]
    triggered(ids.COMMENT_EDIT)
    assert commentary.show_form(1, None) == (False, True)


def test_files_that_do_not_come_start_no_work(desk):
    assert submissions.preview_files(None, None, None) == (no_update, no_update)
    started, said, text = submissions.preview_pasted(1, "  ", None, IN_ENGLISH, None)
    assert (started, said, text) == (no_update, word("paste_nothing", "en"), no_update)


def test_a_pasted_table_is_previewed_shown_and_discarded(desk, triggered):
    table = "街道\t结婚登记（对）\n甲\t12\n"
    started, _, _ = submissions.preview_pasted(1, table, None, ADDRESS, None)
    assert started["act"] == work.PREVIEW
    triggered(ids.UPLOAD_WORK, "data")
    shown = submissions.draw_work(started, 0, ADDRESS)
    for ticks in range(400):  # until the background job is over
        if shown.progress_hidden:
            break
        shown = submissions.draw_work(started, ticks, ADDRESS)
    assert shown.preview is not None
    assert submissions.discard(1, started).get("job", "") == ""


@pytest.mark.slow
def test_samples_go_only_after_the_question(desk):
    assert submissions.ask_to_remove(None) is False
    assert submissions.remove_samples(None, ADDRESS) == (no_update, no_update)
    said, _ = submissions.remove_samples(1, IN_ENGLISH)
    assert said.endswith(word("samples_removed", "en", count="").strip())
    assert not desk.submissions.has_samples()


def test_areas_and_indicators_are_searched_as_one_types(desk):
    areas = submissions.find_areas(STREET, "", ADDRESS)
    assert [one["value"] for one in areas] == [STREET]
    lines = submissions.find_indicators("结婚登记", "", [], ADDRESS)
    assert "marriages" in [one["value"] for one in lines]


def test_a_submission_is_withdrawn_for_a_reason_only(desk, triggered):
    triggered(ids.WITHDRAW)
    ask = withdrawing.ask_first(1, None, "", ADDRESS)
    assert ask == (False, False, word("withdrawing_needs_reason", "zh"))
    assert withdrawing.ask_first(1, None, "录错", ADDRESS) == (True, False, "")
    number = next(row.id for row in desk.submissions.latest() if row.figures)
    triggered(ids.WITHDRAW_CONFIRM, "submit_n_clicks")
    done = withdrawing.take_back(1, number, signed("王", "录错"), None, ADDRESS)
    assert f"{number}" in written_in(done.card) and "录错" in written_in(done.card)
    assert f"'{ids.WITHDRAW_MESSAGE}'" in str(done.card)
    assert f"'{ids.WITHDRAW}'" not in str(done.card)  # there is nothing left to withdraw
    assert word("submission_list", "zh") in written_in(done.submissions)
    triggered(ids.WITHDRAW_CONFIRM, "submit_n_clicks", None)
    nothing = withdrawing.take_back(None, number, signed("", ""), None, ADDRESS)
    assert set(nothing) == {no_update}


@pytest.mark.slow
def test_a_target_is_tried_before_it_is_kept(desk, triggered):
    triggered(ids.TARGET_OPEN)
    assert target_edit.open_dialog(1, None)
    cells = [desk.editing.cells(MARRIAGES, "zh").get(role) for role in target_edit.ROLES]
    shown, said = target_edit.try_typed(1, MARRIAGES, OPEN_TARGET, *cells)
    assert (bool(shown), said) == (True, "")
    wrong = [
        "no such thing" if role == "value" else cell
        for role, cell in zip(target_edit.ROLES, cells, strict=True)
    ]
    shown, said = target_edit.try_typed(1, MARRIAGES, OPEN_TARGET, *wrong)
    assert (shown, bool(said)) == ("", True)


def test_a_target_that_is_kept_unchanged_says_so(desk, triggered):
    triggered(ids.TARGET_SAVE)
    cells = [desk.editing.cells(MARRIAGES, "zh").get(role) for role in target_edit.ROLES]
    said, where = target_edit.keep_typed(1, signed("王", "复核"), MARRIAGES, OPEN_TARGET, cells)
    assert (said, where) == (word("target_unchanged", "zh"), no_update)
    said, where = target_edit.keep_typed(1, signed("", "复核"), MARRIAGES, OPEN_TARGET, cells)
    assert (said, where) == (word("commentary_needs_name", "zh"), no_update)


def test_a_target_is_retired_and_the_page_turns_to_it(desk, triggered):
    triggered(ids.TARGET_RETIRE)
    said, where = target_edit.keep_typed(1, signed("王", "任务取消"), MARRIAGES, OPEN_TARGET, ())
    assert said == ""
    assert "saved=" in where
    assert next(one for one in desk.targets.all() if one.id == MARRIAGES).retired


def test_a_plan_without_a_name_is_not_kept(desk):
    assert target_plan.keep_plan(None, "", "", {}, OPEN_TARGET) == (no_update, no_update)
    said, where = target_plan.keep_plan(1, "", "why", {DISTRICT: 1.0}, OPEN_TARGET)
    assert (said, where) == (word("commentary_needs_name", "zh"), no_update)


def test_the_parts_of_a_target_are_shown_before_they_are_kept(desk, triggered):
    shares = [{"id": ids.split_share(STREET), "value": ""}]
    triggered(ids.SPLIT_DIALOG, "is_open", True, inputs_list=[{}, {}, {}, shares])
    shown, wrong, *hidden = target_split.preview_parts(True, EVENLY, [], MARRIAGES, OPEN_TARGET)
    assert wrong == ""
    assert word("split_preview", "zh") in written_in(shown)
    assert hidden == [True, True]
    assert target_split.preview_parts(False, EVENLY, [], MARRIAGES, "")[0] is no_update
    options, first = target_split.offer_bases("indicator", None, MARRIAGES, OPEN_TARGET)
    assert first == options[0]["value"]
    triggered(ids.SPLIT_SAVE, states_list=[{}, {}, {}, {}, shares])
    signs = signed("王", "年度分解")
    said, where = target_split.keep_parts(1, signs, EVENLY, MARRIAGES, OPEN_TARGET)
    assert (said, "saved=" in where) == ("", True)


def test_charts_of_a_report_stay_in_their_order(desk):
    assert reports.order_charts([["b/1"], ["a/1"]], ["a/1"]) == ["a/1", "b/1"]
    assert reports.order_charts([["a/1"]], ["a/1"]) is no_update
    assert reports.uncheck_all(1, [{}, {}]) == ([[], []], [])


def test_a_report_is_saved_renamed_and_removed_by_name(desk, triggered):
    form = [[DISTRICT], "标题", [], ["marriage/trend"]]
    triggered(ids.REPORT_SAVE)
    said, options = reports.change_saved(1, saved(None, "月报"), form, ADDRESS)
    assert said == word("report_save_done", "zh", name="月报")
    assert "月报" in str(options)
    triggered(ids.REPORT_RENAME)
    reports.change_saved(1, saved("月报", "季报"), form, ADDRESS)
    assert [plan.name for plan in desk.plans.all()] == ["季报"]
    triggered(ids.REPORT_REMOVE)
    reports.change_saved(1, saved("季报", ""), form, ADDRESS)
    assert not desk.plans.all()


def test_a_report_without_a_chart_is_not_made(desk, triggered):
    triggered(ids.REPORT_NONE)
    job, said = reports.start_making([1], None, None, IN_ENGLISH, [DISTRICT], "", [], [])
    assert (job, said) == (no_update, word("report_choose", "en"))


# ---- meetings, questions, receipts ----


@pytest.mark.slow
def test_an_agenda_is_made_changed_and_its_pages_are_moved(desk, triggered):
    said, place = meetings.make_meeting(1, "例会", "2026-10-28", ADDRESS)
    name = place.removeprefix("/meeting/").partition("?")[0]
    assert (said, desk.meetings.get(name).meeting.title) == ("", "例会")
    selection = desk.selections.of({"area": DISTRICT, "period": "2026-10"}, "en")
    for ref in ("marriage", "elderly"):
        desk.meetings.add("topic", ref, selection, name)
    first, second = desk.meetings.get(name).pages

    def act(which, page=0, fields=(), values=()):
        own = {"type": "agenda-act", "act": which, "page": page}
        triggered(json.dumps(own))
        path = f"/meeting/{name}"
        return meetings.change_agenda([], [], list(values), list(fields), path, IN_ENGLISH)

    parts, said = act("later", first.id)
    assert said == "" and [page.ref for page in desk.meetings.get(name).pages] == [
        "elderly",
        "marriage",
    ]
    assert "例会" in written_in(parts)
    noted = [{"name": "note", "page": second.id}, {"name": "note", "page": first.id}]
    act("note", second.id, noted, ["先讲床位", "别的"])
    assert desk.meetings.get(name).pages[0].note == "先讲床位"
    act("remove", first.id)
    assert [page.ref for page in desk.meetings.get(name).pages] == ["elderly"]
    head = [{"name": "title", "page": 0}, {"name": "held", "page": 0}]
    assert act("change", 0, head, ["Review", "soon"])[0] is no_update
    act("change", 0, head, ["Review", "2026-11-02"])
    assert desk.meetings.get(name).meeting.held == "2026-11-02"
    act("freeze")
    assert not desk.meetings.get(name).outdated


def test_a_card_asks_which_agenda_and_is_put_there_or_refused(desk, triggered):
    before = len(desk.meetings.all())
    triggered(json.dumps(ids.agenda_add("topic", "marriage")))
    asked, *buttons = meetings.ask_which(1, IN_ENGLISH)
    assert asked.children == "To which meeting?" and buttons[-1].id["meeting"] == "new"
    assert len(desk.meetings.all()) == before, "no meeting is made before one is chosen"
    triggered(json.dumps(ids.agenda_to("topic", "marriage", "new")))
    told = meetings.add_page([1], "", IN_ENGLISH)
    assert told.href.startswith("/meeting/") and told.href.endswith("?lang=en")
    name = told.href.split("/")[-1].split("?")[0]
    triggered(json.dumps(ids.agenda_to("topic", "marriage", name)))
    assert "already" in meetings.add_page([1], "", IN_ENGLISH)
    triggered(json.dumps(ids.agenda_to("chart", "no/chart", name)))
    assert "no/chart" in meetings.add_page([1], f"?area={STREET}", IN_ENGLISH)
    triggered("x", value=None)
    assert meetings.add_page([None], "", IN_ENGLISH) is no_update
    assert meetings.ask_which(None, IN_ENGLISH) is no_update


def test_a_question_is_noted_answered_and_opened_again(desk, triggered):
    about = ["chart", "marriage/registrations", f"area={DISTRICT}"]
    said, *fields = meetings.ask(1, "为什么少？", "事务科", "", about, "", IN_ENGLISH)
    assert said == word("meeting_question_kept", "en") and fields == ["", "", ""]
    assert meetings.ask(1, " ", "", "", None, "", IN_ENGLISH)[1] is no_update
    (question,) = desk.questions.all()
    named = [ids.question_field("answer", question.id), ids.question_field("by", question.id)]

    def follow_up(own, values):
        triggered(json.dumps(own))
        return meetings.follow_up([], [], values, named, IN_ENGLISH)

    refused = follow_up(ids.question_form(question.id), ["", ""])
    assert refused[0] is no_update and refused[1]
    parts, said = follow_up(ids.question_form(question.id), ["学校放假", "王"])
    assert said == "" and "学校放假" in written_in(parts)
    follow_up(ids.question_reopen(question.id), ["", ""])
    assert desk.questions.all()[0].done is None
