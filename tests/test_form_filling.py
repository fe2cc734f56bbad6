"""Streets fill forms in on a page: kept as a draft, checked as any file, handed in once."""

import re
import threading
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from stores import WHEN, arrival, stated
from test_access import PASSWORD, open_server, signed_in  # noqa: F401

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Text
from dashboard.base.settings import read_settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Accumulation, Area, Finding, Level
from dashboard.catalogue.periods import Period
from dashboard.services.access.accounts import Wish
from dashboard.services.access.person import Person, Role, acting
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.finding_amounts import rights_of
from dashboard.services.submissions.form_filling import number_of
from dashboard.services.submissions.street_forms import StreetForm, StreetForms
from dashboard.store.form_drafts import FormPlace
from dashboard.store.observations import read_figures
from dashboard.store.opening import StoreError
from dashboard.store.query import Query
from dashboard.store.record import record
from dashboard.store.waiting import AlreadyDecided, WaitingState

STREET = "990101001"
ZHANG = Person("张三", Role.CONTRIBUTOR, (STREET,))
EDITOR = Person("editor", Role.EDITOR)
MONTH = Period(2026, 11)
NOTE = "补报"


@pytest.fixture
def desk(own_home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))


@pytest.fixture
def approving(own_home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home), "DASHBOARD_APPROVAL": "1"}))


def opened(desk, official=""):
    """The street's own table, or an official form, of November."""
    forms = desk.forms.forms(STREET)
    form = next(one for one in forms if one.official == official)
    return desk.forms.open(FormPlace(STREET, form.key, MONTH))


def replace_month(place):
    """The same form of the month after."""
    return place._replace(period=place.period.plus(1))


def own_table(page):
    """The key of the demo district's table in the choice of forms of a page."""
    return re.search(r'<option value="(table:\d+)"[^>]*>[^<]*示例区', page)[1]


def saved(desk, filling, **cells):
    return desk.forms.save(filling, cells, filling.seen)


def figures(desk, *indicators):
    query = Query(list(indicators), [STREET], periods=[MONTH])
    return {
        one.indicator: one.value
        for one in read_figures(desk.context.engine, query)
        if one.value is not None
    }


def test_a_streets_own_table_has_its_lines_with_the_last_months_values(desk):
    with acting(ZHANG):
        filling = opened(desk)
        lines = {line.indicator: line for line in filling.form.lines}
        assert len(lines) == 69 and filling.last == Period(2026, 10)
        assert (lines["dibao_spending"].unit.name.zh, filling.draft) == ("万元", None)
        october = Query(["dibao_spending"], [STREET], periods=[filling.last])
        (stored,) = read_figures(desk.context.engine, october)
        assert filling.before["dibao_spending"] == pytest.approx(stored.value / 10_000)
        officials = [form.official for form in desk.forms.forms(STREET)]
        assert officials == ["", "JBZH0001", "JZH01", "YZH"]


@pytest.mark.slow
def test_what_is_typed_is_kept_checked_and_handed_in_once_in_its_units(desk):
    with acting(ZHANG):
        filling = saved(desk, opened(desk), marriages="25", temporary_assistance_spending="7.5")
        assert filling.draft.cells["marriages"] == "25" and figures(desk, "marriages") == {}
        (sheet,) = desk.forms.check(filling, NOTE)
        assert not sheet.receipt.refused and figures(desk, "marriages") == {}
        (receipt,) = desk.forms.hand_in(filling, NOTE)
        assert receipt.id and not receipt.refused
        wanted = {"marriages": 25.0, "temporary_assistance_spending": 75_000.0}
        assert figures(desk, *wanted) == wanted
        with pytest.raises(StoreError, match="already"):
            desk.forms.hand_in(desk.forms.open(filling.place), NOTE)
        later = desk.forms.open(replace_month(filling.place))
        assert later.form.name == filling.form.name, "named by the office's own file"
        lines = [line.indicator for line in filling.form.lines]
        assert [line.indicator for line in later.form.lines] == lines
        again = desk.forms.correct(desk.forms.open(filling.place))
        assert again.is_open and again.stored["marriages"] == 25
        again = saved(desk, again, marriages="26")
        desk.forms.hand_in(again, NOTE)
        assert figures(desk, "marriages") == {"marriages": 26.0}
        assert desk.submissions.get(receipt.id).submitted_by == "张三"


@pytest.mark.slow
@pytest.mark.parametrize("number", ["JZH01", "JBZH0001", "YZH"])
def test_every_line_of_every_form_is_read_as_what_it_is(desk, number):
    with acting(EDITOR):
        for official in ("", number):
            filling = opened(desk, official)
            cells = {line.indicator: "12" for line in filling.form.lines}
            filling = desk.forms.save(filling, cells, filling.seen)
            (sheet,) = desk.forms.check(filling, NOTE)
            assert {cell.indicator for cell in sheet.understood} == set(cells)
            assert {cell.area for cell in sheet.understood} == {STREET}
            assert sheet.receipt.form == (official or "street_table")


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["二十五", "25对", "3，1", "12，5", "1,2345"])
def test_what_is_no_number_is_named_and_neither_checked_nor_handed_in(desk, typed):
    with acting(ZHANG):
        filling = saved(desk, opened(desk), marriages=typed, divorces="130")
        for act in (desk.forms.check, desk.forms.hand_in):
            with pytest.raises(StoreError, match="Marriages registered") as refused:
                act(filling, NOTE)
            assert f"“{typed}”" in refused.value.text["zh"]
        assert desk.forms.open(filling.place).is_open and figures(desk, "divorces") == {}
        with pytest.raises(StoreError, match="nothing"):
            desk.forms.check(saved(desk, filling))


def test_a_line_of_a_span_and_a_form_without_lines_are_not_offered(desk, monkeypatch):
    with acting(ZHANG):
        forms = desk.forms.forms(STREET)
        assert Accumulation.OVER_SPAN not in {
            line.accumulation for form in forms for line in form.lines
        }
        empty = StreetForm("form:X", Text("空", "none"), "X", ())
        monkeypatch.setattr(StreetForms, "_official_forms", lambda _: [empty])
        assert [form.key for form in desk.forms.forms(STREET)] == [forms[0].key]
        catalogue = desk.context.catalogue
        span = "temporary_assistance_times_over_span"
        assert catalogue.indicators[span].accumulation is Accumulation.OVER_SPAN
        lines = StreetForms(desk.context)._lines([span, "marriages"])
        assert [line.indicator for line in lines] == ["marriages"]


CITY, DISTRICT = "9901", "990101"
OF_STREET, OF_DISTRICT = ZHANG, Person("区", Role.CONTRIBUTOR, (DISTRICT,))
OF_CITY, READER = Person("市", Role.CONTRIBUTOR, (CITY,)), Person("读", Role.VIEWER)


@pytest.mark.parametrize(
    ("area", "seen_by"),
    [
        (CITY, [OF_CITY, EDITOR]),
        (DISTRICT, [OF_DISTRICT, OF_CITY, EDITOR]),
        ("", [EDITOR]),  # nobody knows of which area it is
    ],
)
def test_amounts_are_stated_to_whoever_hands_in_for_the_area_of_a_finding(desk, area, seen_by):
    told = Finding("warning", "streets_total", Text("5件，9件", "5, 9"), value="5", area=area)
    other = Finding("warning", "to_date_falls", Text("7", "7"), value="7", area=DISTRICT)
    city = Area(CITY, Text("示例市", "City"), Level.CITY)
    places = desk.areas()
    places = Areas([city, *(replace(p, parent=CITY) if p.code == DISTRICT else p for p in places)])
    for person in (READER, OF_STREET, OF_DISTRICT, OF_CITY, EDITOR):
        rights = rights_of(person, places, desk.context.catalogue)
        shown, same = rights.shown([told, other])
        assert same == other and shown.rule == told.rule
        assert (shown == told) == (person in seen_by)
        assert (told.rule in rights.hidden_of(area)) == (person not in seen_by)
        if person not in seen_by:
            said = shown.message["zh"] + shown.message["en"]
            assert shown.value == "*" and not any(digit in said for digit in "0123456789")


@pytest.mark.parametrize("kept", [DISTRICT, ""])
def test_a_finding_at_no_cell_is_shown_to_whoever_hands_in_for_its_area(desk, kept):
    told = Finding("warning", "streets_total", Text("5件，9件", "5, 9"), "表", area=kept)
    (number,) = record(desk.context.engine, [arrival(stated(1.0), findings=[told])], WHEN)
    for person, is_shown in ((OF_DISTRICT, bool(kept)), (OF_STREET, False), (EDITOR, True)):
        with acting(person):
            (shown,) = desk.submissions.findings(number)
        assert (shown.message == told.message) is is_shown


@pytest.mark.slow
def test_a_finding_about_the_districts_figure_stands_at_no_figure_of_a_street(desk):
    key = FigureKey("marriages", STREET, Period(2026, 9))
    with acting(ZHANG):
        place = opened(desk).place._replace(period=key.period)
        filling = saved(desk, desk.forms.open(place), marriages="9")
        (receipt,) = desk.forms.hand_in(filling, NOTE)
    selection = desk.selections.of({"area": STREET}, "zh")
    rules = {str(row["id"]) for row in desk.catalogue.rules if row["kind"] == "streets"}
    told = {}
    for person in (ZHANG, EDITOR, READER):
        with acting(person):
            found = desk.submissions.findings(receipt.id)
            (about,) = (finding for finding in found if finding.rule in rules)
            assert (about.row, about.column, about.area) == (0, "", DISTRICT) and about.sheet
            told[person.name] = about.message["zh"]
            assert not any("12/12" in text for text in desk.figures.page(key, selection).remarks)
    assert "12/12" in told["editor"]
    assert told["张三"] == told["读"] and "其他地区的数不在此显示" in told["读"]
    (shown,) = (finding for finding in receipt.findings if finding.rule in rules)
    assert shown.area == DISTRICT and "其他地区的数不在此显示" in shown.message["zh"]


@pytest.mark.slow
def test_a_streets_form_misses_nothing_of_other_streets(approving):
    with acting(ZHANG):
        filling = opened(approving)
        half = filling.form.lines[::2]  # a table of few lines is not held against the whole one
        filling = saved(approving, filling, **{line.indicator: "12" for line in half})
        (sheet,) = approving.forms.check(filling, NOTE)
        assert {change.area for change in sheet.changes} == {STREET}
        (receipt,) = approving.forms.hand_in(filling, NOTE)
        (sheet,) = approving.approval.preview(receipt.waiting)
        assert {change.area for change in sheet.changes} == {STREET}
    with acting(EDITOR):
        (sheet,) = approving.approval.preview(receipt.waiting)
        assert len({change.area for change in sheet.changes}) > 1, "nobody knows the sender"
        approving.accounts.add("张三", Wish("contributor", [STREET], password=PASSWORD))
        (sheet,) = approving.approval.preview(receipt.waiting)
        assert {change.area for change in sheet.changes} == {STREET}


def test_the_forms_of_an_area_are_listed_once_for_a_state_of_the_store(desk, monkeypatch):
    asked = []
    own_tables = StreetForms._own_tables
    monkeypatch.setattr(
        StreetForms, "_own_tables", lambda self, area: asked.append(area) or own_tables(self, area)
    )
    with acting(ZHANG), desk.context.remembering():
        filling = opened(desk)
        desk.forms.open(filling.place)
        assert len(asked) == 1
        saved(desk, filling, marriages="250")
        assert len(asked) == 1, "a draft changes no form"


def test_numbers_are_read_as_in_the_cells_of_files():
    read = {"1,234": 1234, "１，２３４．５": 1234.5, "-0.5": -0.5, " 12 ": 12, "1 234": 1234}
    assert {text: number_of(text) for text in read} == read
    for text in (
        *("3，1", "12，5", "1,2,3", "1,2345", "abc", "1e9", "--5", "1.2.3", "5%", "—", "*"),
        *("(5)", "1.1234567", "未报", "", "nan"),
    ):
        assert number_of(text) is None, text


@pytest.mark.slow
def test_the_same_checks_hold_as_for_a_file_and_name_the_line(desk):
    desk.locks.lock(STREET, "2026-11", "李", "已上报")
    with acting(ZHANG):
        filling = saved(desk, opened(desk), marriages="２5", divorces="130")
        (receipt,) = desk.forms.hand_in(filling, NOTE)
        rules = {finding.rule for finding in receipt.findings}
        assert {"locked", "to_date_falls"} <= rules and receipt.id is None
        falls = next(one for one in receipt.findings if one.rule == "to_date_falls")
        line = desk.forms.lines_by_cell(filling)[falls.sheet, falls.row, falls.column]
        assert line.indicator == "marriages" and desk.forms.open(filling.place).is_open


def test_nobody_fills_in_for_another_street_or_over_anothers_typing(desk):
    with acting(ZHANG):
        assert [area.code for area in desk.forms.areas()] == [STREET]
        with pytest.raises(NotFound):
            desk.forms.forms("990101002")
        with pytest.raises(NotFound):
            desk.forms.open(FormPlace(STREET, "table:999999", MONTH))
        filling = opened(desk)
        saved(desk, filling, marriages="1")
        with pytest.raises(StoreError, match="meanwhile"):
            saved(desk, filling, marriages="2")
        assert opened(desk).draft.cells["marriages"] == "1"


@pytest.mark.slow
def test_two_who_hand_in_the_same_form_at_once_store_it_once(desk):
    with acting(ZHANG):
        filling, ended = saved(desk, opened(desk), marriages="25"), []
    start = threading.Barrier(2)

    def hand_in():
        with acting(ZHANG):
            start.wait()
            (receipt,) = desk.forms.hand_in(filling, NOTE)
            ended.append(receipt.id)

    threads = [threading.Thread(target=hand_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == 2 and len([one for one in ended if one]) == 1


@pytest.mark.slow
def test_it_waits_for_an_editor_and_is_filled_in_again_where_it_is_returned(approving):
    desk = approving
    with acting(ZHANG):
        filling = saved(desk, opened(desk), marriages="25")
        (receipt,) = desk.forms.hand_in(filling, NOTE)
        assert receipt.waiting and figures(desk, "marriages") == {}
        assert not desk.forms.open(filling.place).is_open
    with acting(EDITOR):
        desk.approval.give_back(receipt.waiting, "请核对")
    with acting(ZHANG):
        filling = desk.forms.open(filling.place)
        assert filling.is_open and filling.draft.state == "returned"
        filling = saved(desk, filling, marriages="24")
        assert filling.draft.reason == "请核对", "it stands there until it is handed in anew"
        (receipt,) = desk.forms.hand_in(filling, NOTE)
    with acting(EDITOR):
        desk.approval.accept(receipt.waiting)
    assert figures(desk, "marriages") == {"marriages": 24.0}


@pytest.mark.slow
@pytest.mark.parametrize("corrector", [ZHANG, EDITOR])
def test_a_correction_supersedes_the_hand_in_of_the_same_form_that_waits(approving, corrector):
    desk = approving
    with acting(ZHANG):
        filling = saved(desk, opened(desk), marriages="29")
        first = desk.forms.hand_in(filling, NOTE)[0].waiting
    with acting(corrector):
        filling = saved(desk, desk.forms.correct(desk.forms.open(filling.place)), marriages="31")
        assert desk.submissions.waiting.get(first).state is WaitingState.WAITING, "a draft only"
        second = desk.forms.hand_in(filling, NOTE)[0].waiting
        row = desk.submissions.waiting.get(first)
    assert row.state is WaitingState.SUPERSEDED and row.decided_by == corrector.name
    assert row.reason == (f"#{second}" if second else "")
    with acting(EDITOR):
        if second:
            desk.approval.accept(second)
        with pytest.raises(AlreadyDecided, match="again"):
            desk.approval.accept(first)
    assert figures(desk, "marriages") == {"marriages": 31.0}


@pytest.mark.slow
def test_the_command_prints_a_form_keeps_lines_checks_and_hands_in(desk, command):
    code, text = command("form", STREET)
    assert code == 0 and "form:JZH01" in text and "table:" in text
    code, text = command("form", STREET, "2026-11", "--set", "marriages=250", "--lang", "en")
    assert code == 0 and "2026-10" in text and ",250" in text
    assert command("form", STREET, "2026-11", "--set", "nothing=1")[0] == 2
    code, text = command("form", STREET, "2026-11", "--set", "marriages=3，1", "--lang", "en")
    assert code == 2 and "marriages=3，1: this is no number" in text
    for period in ("2026H1", "2026"):
        assert command("form", STREET, period)[0] == 2
    code, text = command("form", STREET, "2026-11", "--act", "check", "--lang", "en")
    assert code == 0 and "can be handed in" in text
    code, text = command("form", STREET, "2026-11", "--act", "hand-in", "--lang", "en")
    assert code == 0 and "stored" in text and figures(desk, "marriages") == {"marriages": 250.0}
    assert command("form", STREET, "2026-11", "--act", "hand-in")[0] == 1


# ---- the page ----


@pytest.fixture
def office(app, open_server, monkeypatch):  # noqa: F811
    settings = replace(app.desk.context.settings, approval=True)
    monkeypatch.setattr(app.desk.context, "settings", settings)
    if "张三" not in {one.name for one in app.desk.accounts.all()}:
        app.desk.accounts.add("张三", Wish("contributor", [STREET], password=PASSWORD))
    return open_server


def sent(client, address, **fields):
    """Send the form of a page as a browser does: with all that stands in it."""
    text = client.get(address).text
    names = re.findall(r'<input (?:type="\w+" )?name="([^"]+)" value="([^"]*)"', text)
    return client.post(address, data=dict(names) | fields, follow_redirects=True)


TYPED = {"v.marriages": "25"}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "month"), [("zh", "2026-11"), ("en", "2026-10")])
def test_the_page_leads_from_the_choice_to_the_receipt(app, office, language, month):
    zhang = signed_in(office, "张三")
    page = zhang.get(f"/hand-ins/form?lang={language}").text
    key = own_table(page)
    asked = {"area": STREET, "form": key, "period": month, "lang": language}
    address = f"/hand-ins/form?{urlencode(asked)}"
    page = zhang.get(address).text
    assert page.count('inputmode="decimal"') == 69
    assert ("上期（2026年10月）" if language == "zh" else "Last (") in page
    page = sent(zhang, address, act="save", **{"v.marriages": "<25>"}).text
    assert 'name="v.marriages" value="&lt;25&gt;"' in page
    page = sent(zhang, address, act="check", **{"v.marriages": "x"}).text
    assert ("填的不是数" if language == "zh" else "no number was typed") in page
    page = sent(zhang, address, act="check", **{"v.marriages": "25"}).text
    assert ("有提醒" if language == "zh" else "There are warnings") in page
    answer = sent(zhang, address, act="hand_in", note=NOTE, **{"v.marriages": "25"})
    waits = "等待编辑审核" if language == "zh" else "Waits for an editor"
    assert answer.status_code == 200
    assert waits in answer.text
    assert 'inputmode="decimal"' not in answer.text
    assert month in zhang.get("/api/hand-ins").text


def test_a_browser_without_scripts_sends_the_forms_with_the_tokens_that_stand_in_them(app, office):
    zhang = signed_in(office, "张三")
    del zhang.environ_base["HTTP_X_CSRFTOKEN"]
    key = own_table(zhang.get("/hand-ins/form").text)
    asked = {"area": STREET, "form": key, "period": "2026-07", "lang": "zh"}
    address = f"/hand-ins/form?{urlencode(asked)}"
    assert sent(zhang, address, act="save", **{"v.marriages": "1"}).status_code == 200
    typed = {"v.marriages": "25", "v.divorces": "<13>"}
    for lost in ({"act": "save"}, {"act": "save", "token": "x"}):
        answer = zhang.post(address, data=lost | typed)
        assert answer.status_code == 400
        assert 'name="v.marriages" value="25"' in answer.text
        assert 'name="v.divorces" value="&lt;13&gt;"' in answer.text
    answer = sent(zhang, address, act="zzz", **typed)
    assert answer.status_code == 400 and 'name="v.marriages" value="25"' in answer.text
    assert 'name="v.marriages" value="1"' in zhang.get(address).text, "nothing of it was kept"


def test_what_was_typed_survives_the_end_of_a_session(app, office):
    zhang = signed_in(office, "张三")
    key = own_table(zhang.get("/hand-ins/form").text)
    asked = {"area": STREET, "form": key, "period": "2026-06", "lang": "zh"}
    address = f"/hand-ins/form?{urlencode(asked)}"
    zhang.delete_cookie("signed-in")
    typed = {"v.marriages": "25", "v.<b>": "<i>", "note": "补报", "act": "save", "token": "x"}
    answer = zhang.post(address, data=typed)
    assert answer.status_code == 401 and answer.mimetype == "text/html"
    page = answer.text
    assert 'name="v.marriages" value="25"' in page and "<td>25</td>" in page
    assert 'name="token"' not in page and 'name="act"' not in page
    assert "<b>" not in page and "<i>" not in page
    assert re.search(r'href="/sign-in\?lang=zh&amp;next=%2Fhand-ins%2Fform', page)
    back = re.search(r'<form method="post" action="([^"]+)"', page)[1].replace("&amp;", "&")
    kept = dict(re.findall(r'<input type="hidden" name="(v.marriages|note)" value="([^"]*)"', page))
    assert kept == {"v.marriages": "25", "note": "补报"}
    again = signed_in(office, "张三").post(back, data=kept)
    assert again.status_code == 400 and 'name="v.marriages" value="25"' in again.text
    assert zhang.post("/hand-ins/form", data={"act": "save"}).mimetype == "application/json"


def test_a_form_by_month_asks_for_a_month(app, office):
    zhang = signed_in(office, "张三")
    key = own_table(zhang.get("/hand-ins/form").text)
    for period in ("2026H1", "2026", "2026Q2", "2026-01..2026-03"):
        asked = {"area": STREET, "form": key, "period": period, "lang": "zh"}
        page = zhang.get(f"/hand-ins/form?{urlencode(asked)}").text
        assert "请选择一个月份" in page and 'inputmode="decimal"' not in page


@pytest.mark.slow
def test_the_page_refuses_foreign_forms_other_areas_and_stale_pages(app, office):
    zhang = signed_in(office, "张三")
    key = own_table(zhang.get("/hand-ins/form").text)
    asked = {"area": STREET, "form": key, "period": "2026-08", "lang": "zh"}
    address = f"/hand-ins/form?{urlencode(asked)}"
    assert zhang.post(address, data={"act": "save", "token": "x"}).status_code == 400
    assert sent(zhang, address, act="nonsense").status_code == 400
    other = address.replace(STREET, "990101002")
    assert zhang.get(other).status_code == 404
    assert signed_in(office, "viewer").get(address).status_code == 403
    sent(zhang, address, act="save", **{"v.marriages": "1"})
    answer = sent(zhang, address, act="save", seen="", **{"v.marriages": "2"})
    assert answer.status_code == 409 and 'name="v.marriages" value="2"' in answer.text
    assert 'name="v.marriages" value="1"' in zhang.get(address).text


def form_of(client, period):
    key = own_table(client.get("/hand-ins/form").text)
    asked = {"area": STREET, "form": key, "period": period, "lang": "zh"}
    return f"/hand-ins/form?{urlencode(asked)}"


def test_a_reload_sends_nothing_again(app, office):
    zhang = signed_in(office, "张三")
    address = form_of(zhang, "2026-05")
    for act, seen in (("save", "草稿已保存"), ("check", "有提醒"), ("hand_in", "等待编辑审核")):
        answer = sent(zhang, address, act=act, note=NOTE if act == "hand_in" else "", **TYPED)
        assert answer.history[-1].status_code == 303
        assert answer.request.method == "GET" and seen in answer.text
        assert seen in zhang.get(answer.request.full_path).text, "as a reload does"
    assert sent(zhang, address, act="correct").history[-1].status_code == 303
    # an address alone does not say what was not done
    assert "等待编辑审核（第" not in zhang.get(f"{address}&done=hand_in").text
    assert "草稿已保存" not in zhang.get(form_of(zhang, "2026-04") + "&done=save").text


def test_what_is_typed_into_a_form_closed_meanwhile_is_not_shown_as_handed_in(app, office):
    zhang = signed_in(office, "张三")
    address = form_of(zhang, "2026-03")
    page = zhang.get(address).text
    token = re.search(r'name="token" value="(\w+)"', page)[1]
    assert "等待编辑审核" in sent(zhang, address, act="hand_in", note=NOTE, **TYPED).text
    late = {"v.marriages": "77", "seen": ""}
    stale = zhang.post(address, data={"act": "save", "token": token} | late)
    foreign = zhang.post(address, data={"act": "save", "token": "x"} | late)
    assert (stale.status_code, foreign.status_code) == (409, 400)
    for answer in (stale, foreign):
        unsaved, lines = answer.text.split('class="form-lines"')
        assert "您填的这些数没有保存" in unsaved and "<td>77</td>" in unsaved
        assert "<td>25</td>" in lines and ">77<" not in lines
        assert 'type="hidden" name="v.marriages" value="77"' in lines
    answer = zhang.post(address, data={"act": "correct", "token": token, "v.marriages": "77"})
    assert answer.status_code == 200 and 'name="v.marriages" value="77"' in answer.text
