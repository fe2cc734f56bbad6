"""Receipts: codes that notice a slip, the same view the same code, and what has changed since."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from screens import written_in
from stores import BACKENDS, arrival, fresh_store, stated

from callbacks import receipts as page_receipts
from dashboard.base.jobs import wait_for_jobs
from dashboard.base.settings import read_settings
from dashboard.charts.model.plan import Plan
from dashboard.charts.model.selection import from_query, to_query
from dashboard.components.reports.comparing import comparing_of
from dashboard.exports.formats import FORMATS
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports import receipts
from dashboard.services.reports.receipts import read_changed
from dashboard.store.data_version import data_version
from dashboard.store.meeting_tables import receipt as receipt_table
from dashboard.store.receipt_codes import ALPHABET, new_code, normal_code, printed_code
from dashboard.store.receipts import Basis, View, find_receipt, last_change, take_receipt
from dashboard.store.record import record
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

pytestmark = pytest.mark.slow

DISTRICT, STREET = "370113", "370113001"
FIRST, SECOND = datetime(2024, 7, 5, 4, tzinfo=UTC), datetime(2024, 8, 5, 4, tzinfo=UTC)
CHART = "marriage/marriages_by_street"


# ---- codes ----


@given(st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(place, sign):
    code = new_code()
    wrong = code[:place] + sign + code[place + 1 :]
    assert normal_code(wrong) == ("" if sign != code[place] else code)


@given(st.integers(0, 7), st.integers(0, 7))
def test_two_exchanged_signs_are_always_noticed(one, other):
    code = new_code()
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    wrong = "".join(signs)
    assert normal_code(wrong) == ("" if wrong != code else code)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_code(text):
    read = normal_code(text)
    assert read == "" or normal_code(printed_code(read)) == read


def test_a_code_is_read_as_people_write_it():
    code = next(code for code in iter(new_code, "") if "0" in code and "1" in code)
    written = printed_code(code).lower().replace("0", "o").replace("1", "l")
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in written)
    for text in (written, wide, f" {code[:2]} {code[2:]} "):
        assert normal_code(text) == code


# ---- the store ----


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def test_the_same_view_of_the_same_figures_has_the_same_code(store):
    view = View("chart", CHART, "area=370113&lang=zh")
    record(store, [arrival(stated(10.0))], FIRST)
    version = data_version(store)
    code = take_receipt(store, view).code
    assert take_receipt(store, view, "王").code == code
    assert data_version(store) == version, "a receipt is no new figure"
    assert take_receipt(store, view._replace(query="area=370113&lang=en")).code != code
    assert take_receipt(store, view, basis=Basis(FIRST)).code != code
    record(store, [arrival(stated(11.0))], SECOND)
    assert take_receipt(store, view).code != code
    found = find_receipt(store, printed_code(code).lower())
    assert found and (found.view, found.known) == (view, FIRST)


def test_a_withdrawal_is_a_change_too(store):
    assert last_change(store) > SECOND  # an empty store: now
    (number,) = record(store, [arrival(stated(10.0))], FIRST)
    assert last_change(store) == FIRST
    withdraw(store, number, Decision("王", SECOND, "mistake"))
    assert last_change(store) == SECOND


# ---- a view opened again ----


def hand_in(desk, value, when):
    figures = [
        stated(value, area=STREET, period=(2024, 6)),
        stated(5.0, area="370113002", period=(2024, 6)),
    ]
    return record(desk.context.engine, [arrival(*figures)], when)


@pytest.fixture
def desk(tmp_path):
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    hand_in(desk, 10.0, FIRST)
    return desk


def chosen(desk, **query):
    return desk.selections.of({"area": DISTRICT, "period": "2024-06"} | query, "zh")


def code_in(content):
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return next(row[1] for row in rows if row and row[0] == "# 查验码")


def test_an_exported_chart_is_opened_again_with_its_old_figure_and_the_change(desk):
    chart = desk.receipts.stamped_chart(CHART, chosen(desk))
    code = code_in(FORMATS["csv"].render(chart))
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].render(chart)))
    texts = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    assert any(code in text for text in texts)
    assert desk.receipts.changed(desk.receipts.reopen(code)) == []

    (number,) = hand_in(desk, 12.0, SECOND)
    found = desk.receipts.reopen(code)
    ((_, _, then),) = found.charts
    assert then.series[0].values == chart.series[0].values
    streets = {one.figure.area: one for one in desk.receipts.changed(found)}
    assert set(streets) == {STREET, DISTRICT}, "the other street is as it was"
    one = streets[STREET]
    assert (one.old, one.new, one.submission) == ("10", "12", number)
    assert one.change == pytest.approx(20.0)
    assert (streets[DISTRICT].new, streets[DISTRICT].submission) == ("17", 0), "it is computed"
    assert "known=2024-07-05T04" in found.address.replace("%3A", ":")
    assert desk.receipts.stamped_chart(CHART, chosen(desk)).receipt != code


def test_an_earlier_state_is_opened_again_as_that_state(desk):
    hand_in(desk, 12.0, SECOND)
    earlier = desk.receipts.stamped_chart(CHART, chosen(desk, known="2024-07-20"))
    found = desk.receipts.reopen(earlier.receipt)
    assert found.charts[0][2].series[0].values == earlier.series[0].values
    assert [one.old for one in desk.receipts.changed(found)] == ["10", "15"]


def test_a_figure_that_is_gone_is_told_as_gone(desk):
    code = desk.receipts.stamped_chart(CHART, chosen(desk)).receipt
    withdraw(desk.context.engine, 1, Decision("王", SECOND, "mistake"))
    found = desk.receipts.reopen(code)
    assert {(one.old, one.new, one.change) for one in desk.receipts.changed(found)} == {
        ("10", "—", None),
        ("5", "—", None),
        ("15", "—", None),
    }


def test_a_report_has_a_receipt_and_is_compared_as_a_whole(desk):
    plan = Plan(topics=("marriage",))
    report = desk.reports.compose(plan, chosen(desk), FIRST.date())
    assert report.receipt
    assert desk.reports.compose(plan, chosen(desk), SECOND.date()).receipt == report.receipt
    hand_in(desk, 12.0, SECOND)
    assert STREET in {
        one.figure.area for one in desk.receipts.changed(desk.receipts.reopen(report.receipt))
    }


@pytest.mark.parametrize("parts", [("charts",), ("scorecard",)])
def test_a_receipt_says_what_it_covers_and_is_compared_without_drawing(desk, monkeypatch, parts):
    plan = Plan(topics=("marriage",), areas=(STREET,), parts=parts)
    report = desk.reports.compose(plan, chosen(desk), FIRST.date())
    hand_in(desk, 12.0, SECOND)
    opened = desk.receipts.reopen(report.receipt)
    assert opened.receipt.covers and opened.charts == ()

    def draw(*asked):
        raise AssertionError("nothing is to be drawn")

    monkeypatch.setattr(type(desk.figures), "chart", draw)
    monkeypatch.setattr(type(desk.scorecards), "of", draw)
    assert STREET in {one.figure.area for one in desk.receipts.changed(opened)}


class Steps:
    """Keeps what the work says of itself."""

    def __init__(self):
        self.taken = []

    def step(self, what, done, total):
        self.taken.append((done, total))


def test_an_old_receipt_without_its_figures_is_compared_as_work_with_progress(desk):
    report = desk.reports.compose(Plan(topics=("marriage",)), chosen(desk), FIRST.date())
    with desk.context.engine.begin() as connection:
        connection.execute(receipt_table.update().values(covers=""))
    hand_in(desk, 12.0, SECOND)
    opened, steps = desk.receipts.reopen(report.receipt), Steps()
    rows = json.loads(json.dumps(desk.receipts.comparing(opened)(steps)))
    assert read_changed(rows) == desk.receipts.changed(opened) != []
    total = len(steps.taken)
    assert total > 3 and steps.taken == [(done, total) for done in range(total)]

    job = desk.jobs.start(desk.receipts.comparing(opened))
    wait_for_jobs(60)
    shown = comparing_of(desk, job, opened, 3, "zh")
    assert (shown.most_ticks, "12" in written_in(shown.content)) == (0, True)
    assert "没有完成" in written_in(comparing_of(desk, "none", opened, 0, "zh").content)


@pytest.mark.parametrize(
    ("path", "charts"),
    [
        ("/", True),
        ("/topic/marriage", True),
        (f"/street/{STREET}", True),
        ("/indicators/marriages", True),
        ("/submissions", False),
        ("/topic/nonsense", False),
    ],
)
def test_every_page_has_a_receipt_and_says_what_it_compares(desk, path, charts):
    view = receipts.of_page(path, "?present=1&known=2024-07-20", chosen(desk))
    assert "present" not in view.query and "known" not in view.query
    hand_in(desk, 12.0, SECOND)
    earlier = replace(chosen(desk), as_known=FIRST)
    found = desk.receipts.reopen(desk.receipts.take(view, earlier).code)
    assert bool(desk.receipts.changed(found)) == charts
    assert found.address.startswith(path + "?")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_a_moment_survives_the_address_to_its_microsecond(moment):
    selection = from_query({"area": "1", "known": moment.isoformat() + "Z"}, "", "zh")
    assert selection.as_known == moment.replace(tzinfo=UTC)
    query = dict(part.split("=") for part in to_query(selection).lstrip("?").split("&"))
    known = query["known"].replace("%3A", ":")
    assert from_query({"area": "1", "known": known}, "", "zh") == selection


def test_a_moment_to_come_is_no_state_of_knowledge(desk):
    ahead = (datetime.now(UTC) + timedelta(hours=1)).replace(tzinfo=None).isoformat() + "Z"
    assert chosen(desk, known=ahead).as_known is None


# ---- the pages, and HTTP ----


def shown(app, code, language):
    from dash import page_registry

    with app.server.test_request_context("/receipt/x"):
        return written_in(page_registry["pages.receipt_code"]["layout"](code=code, lang=language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_code_that_is_wrong_gets_a_helpful_sentence(app, language):
    code = new_code()
    swapped = code[:7] + ("A" if code[7] != "A" else "B")
    said = {text: shown(app, text, language) for text in (code, swapped, "K7Q2")}
    assert len(set(said.values())) == 3
    words = {"zh": ("没有查验码", "输错", "4"), "en": ("was ever given", "is wrong", "4")}[language]
    for text, word in zip(said.values(), words, strict=True):
        assert word in text


def test_codes_are_given_and_found_on_a_page(app):
    with app.server.test_request_context("/"):
        given = page_receipts.take(1, "/topic/marriage", "?area=990101&lang=en")
        code = given.children
        assert page_receipts.take(2, "/topic/marriage", "?area=990101&lang=en").children == code
        place = page_receipts.find(1, f" {code.lower()} ", "?lang=en")
        assert place == f"/receipt/{code.replace('-', '').lower()}?lang=en"
        found = app.desk.receipts.reopen(code)
    assert found and found.address.startswith("/topic/marriage?")


def test_a_picture_is_given_its_code_over_http(app):
    client = app.server.test_client()
    asked = {"ref": CHART, "query": "?area=990101&lang=en"}
    code = client.post("/api/receipts", json=asked).json["code"]
    assert client.post("/api/receipts", json=asked).json["code"] == code
    unknown = {"ref": "no/chart", "query": ""}
    assert client.post("/api/receipts", json=unknown).status_code == 404


def test_another_site_cannot_write_anything_down(app):
    client = app.server.test_client()
    asked = {"ref": CHART, "query": ""}
    foreign = client.post("/api/receipts", json=asked, headers={"Origin": "https://other.example"})
    as_form = client.post("/api/receipts", data=asked)
    assert (foreign.status_code, as_form.status_code) == (403, 400)
