"""Who has handed in what: every state, by the rules that are written down."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from sheets import areas, catalogue
from stores import BACKENDS, arrival, fresh_store, stated

from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.catalogue.rhythm import Rhythm, due_day, rhythm_of
from dashboard.components.completeness.completeness import span_of
from dashboard.services.submissions.completeness import FormState, Judging, completeness_of
from dashboard.services.submissions.coverage import coverage_of, coverage_words
from dashboard.store.observations import read_figures
from dashboard.store.query import Query
from dashboard.store.record import record
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import effect_of, withdraw

pytestmark = pytest.mark.slow

DISTRICT = "370113"
STREETS = [f"370113{number:03}" for number in range(1, 9)]
TODAY = date(2024, 10, 5)
AUGUST, SEPTEMBER = Period(2024, 8), Period(2024, 9)
MISTAKE = Decision("王", datetime(2024, 10, 4, tzinfo=UTC), "单位填错")


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def hand_in(store, streets=STREETS, period=AUGUST, day=5, value=10.0, *, status=None, **head):
    """One table covering these streets, handed in on this day of the month after; its number."""
    status = status or FigureStatus.FINAL
    figures = [stated(value, area=code, period=tuple(period), status=status) for code in streets]
    head = {"form": "JBZH0001", "period": period, "area": DISTRICT, "file": "表.xlsx"} | head
    after = period.plus(1)
    when = datetime(after.year, after.month, day, 4, tzinfo=UTC)
    (number,) = record(store, [arrival(*figures, **head)], when)
    return number


def board(store, today=TODAY, days=10):
    return completeness_of(store, areas(), DISTRICT, Judging(days, today))


def states(store, period=AUGUST, today=TODAY):
    found = board(store, today)
    return {code: str(one.state) for code in STREETS if (one := found.of(code, period))}


# ---- states ----


def test_every_state_occurs_where_its_rule_says(store):
    hand_in(store, period=Period(2024, 7))
    hand_in(store, STREETS[:4])
    hand_in(store, STREETS[4:5], day=11)
    hand_in(store, STREETS[1:2], day=6, value=12.0)
    returned, withdrawn = hand_in(store, STREETS[5:6]), hand_in(store, STREETS[6:7])
    withdraw(store, returned, MISTAKE, returned=True)
    withdraw(store, withdrawn, MISTAKE)
    assert list(states(store).values()) == [
        "reported",
        "corrected",
        "reported",
        "reported",
        "late",
        "returned",
        "withdrawn",
        "missing",
    ]
    assert set(states(store, SEPTEMBER).values()) == {"not_due"}
    assert set(states(store, SEPTEMBER, date(2024, 10, 11)).values()) == {"missing"}
    cell = board(store).of(STREETS[5], AUGUST)
    assert (cell.reason, cell.submission, cell.counts) == ("单位填错", returned, False)
    assert board(store).counts(STREETS, AUGUST)[FormState.REPORTED] == 3


def test_the_due_day_is_the_last_one_in_time(store):
    hand_in(store, STREETS[:7], day=10)
    hand_in(store, STREETS[7:], day=11)
    assert list(states(store).values()) == ["reported"] * 7 + ["late"]
    assert board(store, days=3).of(STREETS[0], AUGUST).state is FormState.LATE
    assert due_day(Period(2024, 2), 10) == date(2024, 3, 10)


@pytest.mark.parametrize("form", ["tidy", "year_table", "register_homes"])
def test_what_nobody_awaits_is_never_late(store, form):
    hand_in(store, day=5)
    hand_in(store, day=25, form=form)
    assert set(states(store).values()) == {"reported"}
    hand_in(store, day=26, form=form, value=11.0)
    corrected = board(store).of(STREETS[0], AUGUST, form)
    assert (corrected.state, corrected.note) == (FormState.CORRECTED, "")


def test_a_street_that_says_it_reports_nothing_is_missing_and_one_withholding_is_not(store):
    hand_in(store, STREETS[:6])
    hand_in(store, STREETS[6:7], value=None, status=FigureStatus.NOT_REPORTED)
    hand_in(store, STREETS[7:8], value=None, status=FigureStatus.SUPPRESSED)
    found = board(store)
    assert (found.of(STREETS[6], AUGUST).state, found.of(STREETS[6], AUGUST).note) == (
        "missing",
        "nothing",
    )
    assert found.of(STREETS[7], AUGUST).state == "reported"


def test_the_same_values_again_are_no_correction(store):
    hand_in(store)
    hand_in(store, day=6)
    assert set(states(store).values()) == {"reported"}


def test_a_returned_one_gives_earlier_values_back_and_stays_returned_until_handed_in_anew(store):
    hand_in(store, value=10.0)
    wrong = hand_in(store, STREETS[:1], day=6, value=99.0)
    effect = effect_of(store, wrong)
    assert (effect.figures, effect.current, effect.back, effect.gone) == (1, 1, 1, 0)
    assert [(one.now, one.then) for one in effect.returning] == [(99.0, 10.0)]
    withdraw(store, wrong, MISTAKE, returned=True)
    (figure,) = read_figures(store, Query(areas=STREETS[:1]))
    assert figure.value == 10.0
    cell = board(store).of(STREETS[0], AUGUST)
    assert (cell.state, cell.counts) == ("returned", True)
    hand_in(store, STREETS[:1], day=7, value=11.0)
    assert board(store).of(STREETS[0], AUGUST).state == "corrected"


def test_a_withdrawn_one_leaves_the_state_of_the_one_before(store):
    hand_in(store)
    withdraw(store, hand_in(store, value=3.0, day=6), MISTAKE)
    assert set(states(store).values()) == {"reported"}


@pytest.mark.parametrize("samples", [False, True])
def test_a_single_table_of_all_streets_is_late_for_nobody(store, samples):
    if samples:
        hand_in(store, period=Period(2024, 6), is_sample=True)
        hand_in(store, period=Period(2024, 7), is_sample=True)
    hand_in(store, day=25)
    assert set(states(store).values()) == {"reported"}
    assert states(store, SEPTEMBER, date(2025, 1, 1)) == {}
    hand_in(store, day=26, value=11.0)
    assert set(states(store).values()) == {"corrected"}


def test_samples_are_never_late_and_ask_nothing_of_later_periods(store):
    hand_in(store, day=25, is_sample=True)
    hand_in(store, period=Period(2024, 7), day=25, is_sample=True)
    found = board(store, date(2025, 6, 1))
    assert {found.of(code, AUGUST).state for code in STREETS} == {FormState.REPORTED}
    assert found.of(STREETS[0], AUGUST).received is None
    assert found.of(STREETS[0], AUGUST).note == "undated"
    assert found.periods()[-1] == AUGUST


# ---- what is expected ----


@pytest.mark.parametrize(
    ("months", "name", "rhythm"),
    [
        ([1, 2, 3], "表.xlsx", Rhythm.MONTH),
        ([3, 9], "表.xlsx", Rhythm.QUARTER),
        ([6, 12], "表.xlsx", Rhythm.HALF_YEAR),
        ([12], "表.xlsx", Rhythm.YEAR),
        ([12], "民政统计月报.xlsx", Rhythm.MONTH),
        ([12], "半年报.xlsx", Rhythm.HALF_YEAR),
        ([12], "民政季报.xlsx", Rhythm.QUARTER),
        ([12], "年报.xlsx", Rhythm.YEAR),
    ],
)
def test_the_rhythm_is_what_the_name_says_or_the_slowest_the_periods_fit(months, name, rhythm):
    assert rhythm_of([Period(2024, month) for month in months], [name]) is rhythm


def test_a_quarterly_form_is_missing_in_its_quarters_only_until_it_is_given_up(store):
    hand_in(store, period=Period(2023, 3))
    hand_in(store, period=Period(2023, 9))
    found = board(store, date(2026, 1, 1))
    assert [str(p) for p in found.periods()] == [
        "2023-03",
        "2023-06",
        "2023-09",
        "2023-12",
        "2024-03",
        "2024-06",
    ]
    assert found.of(STREETS[0], Period(2023, 6)).state is FormState.MISSING


def test_a_form_that_came_once_is_not_expected_again(store):
    hand_in(store)
    assert board(store, date(2026, 1, 1)).periods() == [AUGUST]


def test_a_few_streets_in_a_table_make_nobody_missing(store):
    for period in (Period(2024, 7), AUGUST):
        hand_in(store, STREETS[:3], period)
    assert board(store).counts(STREETS, AUGUST) == {FormState.REPORTED: 3}
    assert board(store).absent(AUGUST) == ()


def test_figures_printed_for_comparison_are_no_report(store):
    now = [stated(10.0, area=code, period=(2024, 8)) for code in STREETS]
    last_year = [stated(9.0, area=code, period=(2023, 8)) for code in STREETS]
    beside = [one._replace(secondary=True) for one in last_year]
    record(store, [arrival(*now, *beside, period=AUGUST)], datetime(2024, 9, 5, tzinfo=UTC))
    assert board(store).periods() == [AUGUST]


def test_a_street_that_did_not_exist_is_not_expected(app):
    with app.server.test_request_context("/"):
        found = app.desk.reporting.completeness("990101")
        (change,) = {
            new.code: when for when, new in app.desk.areas().boundary_changes("990101012")
        }.items()
    code, since = change
    assert found.of(code, since) is not None
    assert found.of(code, since.plus(-1)) is None


def test_all_forms_show_the_worst_state(store):
    hand_in(store)
    hand_in(store, STREETS[:7], form="救助表")
    found = board(store)
    assert found.of(STREETS[7], AUGUST, "JBZH0001").state is FormState.REPORTED
    assert found.of(STREETS[7], AUGUST).state is FormState.MISSING
    assert STREETS[7] not in found.absent(AUGUST), "it has figures, though not of every form"
    assert "370113108" in found.absent(AUGUST), "it has handed in nothing at all"


# ---- pages and board ----


def _without_value(desk, indicator, period):
    """The streets of the demo district without a value of the indicator."""
    points = desk.figures.points([indicator], "990101", period.plus(-12), period, below=True)
    below = [area.code for area in points.areas_below("990101", period)]
    return tuple(code for code in below if points.value(indicator, code, period) is None)


def test_board_pages_and_totals_name_the_same_streets(app):
    with app.server.test_request_context("/"):
        desk, seen = app.desk, 0
        found = desk.reporting.completeness("990101")
        for period in {*found.periods("street_table")[::7], Period(2023, 3), Period(2023, 4)}:
            chosen = desk.selections.of({"area": "990101", "period": str(period)}, "zh")
            absent = found.absent(period)
            listed = desk.figures.freshness(chosen).not_reported
            assert tuple(area.code for area, _ in listed) == absent
            for indicator in ("dibao_persons", "elderly_population", "marriages"):
                assert _without_value(desk, indicator, period) == absent, (indicator, period)
            seen += len(absent)
    assert seen == 2, "柳林镇 reported nothing in March and April 2023"


# ---- command line and HTTP ----


def test_the_command_lists_one_row_a_form_area_and_period(command):
    asked = ("completeness", "--area", "990101", "--period", "2023-03", "--lang", "en")
    code, text = command(*asked)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert code == 0
    assert list(rows[0]) == [
        "area",
        "area_name",
        "form",
        "period",
        "state",
        "received",
        "submission",
        "reason",
    ]
    missing = [row for row in rows if row["state"] == "missing"]
    assert [(row["area"], row["form"]) for row in missing] == [("990101009", "street_table")]
    assert "itself" in missing[0]["reason"]
    assert command("completeness", "--form", "nothing")[0] == 2
    assert '"state": "reported"' in command(*asked, "--form", "JZH01", "--format", "json")[1]


def test_the_logbook_is_listed_and_a_submission_is_returned(command):
    assert command("locks", "--lang", "en")[1].strip() == "No period is locked."
    command("lock", "990101", "2024", "--reason", "年鉴已印")
    assert "990101 2024-01..2024-12" in command("locks")[1]
    code, text = command("return", "222", "--reason", "x")
    assert code == 0 and "222" in text
    command("unlock", "990101", "2024", "--reason", "更正")
    assert "年鉴已印" not in command("locks")[1]
    assert len(command("locks", "--all")[1].splitlines()) == 2
    states = command("completeness", "--area", "清溪镇", "--period", "2026-08")[1]
    assert ",returned,," in states and states.strip().endswith(",222,x")


def test_the_same_rows_leave_over_http(app):
    client = app.server.test_client()
    rows = client.get("/api/completeness?area=990101&period=2023-03&form=street_table").json
    assert {row["state"] for row in rows} == {"reported", "missing"}
    answer = client.get("/api/completeness?area=990101&format=csv")
    assert answer.text.startswith(
        "\ufeffarea,area_name,form,period,state,received,submission,reason\n"
    )
    assert client.get("/api/completeness?area=nowhere").status_code == 400


def test_removing_the_samples_removes_their_files_but_not_those_of_others(command, own_home):
    kept = own_home / "received"
    assert len(list(kept.rglob("*.bin"))) > 10
    sample = next((own_home / "samples").glob("*更正.xlsx"), None)
    assert sample is None or command("load", str(sample))[0] == 0
    assert command("samples", "--remove")[0] == 0
    assert len(list(kept.rglob("*.bin"))) == (0 if sample is None else 1)


# ---- tables without a number: what they are of makes the form ----

DIBAO, MARRIAGES = "dibao_persons", "marriages"
STREET_TABLE = {"form": "street_table"}


def hand_in_of(store, indicator, period, streets=None, value=10.0, day=5):
    """One table of streets of one indicator; all streets of the district unless named."""
    codes = streets or [one.code for one in areas().children(DISTRICT, period)]
    figures = [stated(value, indicator, code, tuple(period)) for code in codes]
    after = period.plus(1)
    head = {"period": period, "area": DISTRICT, "file": "表.xlsx", **STREET_TABLE}
    when = datetime(after.year, after.month, day, 4, tzinfo=UTC)
    (number,) = record(store, [arrival(*figures, **head)], when)
    return number


def board_by_subject(store, today=TODAY):
    return completeness_of(store, areas(), DISTRICT, Judging(10, today), catalogue())


def covered(store, period=AUGUST, today=TODAY, language="zh", whole=True):
    found = coverage_of(board_by_subject(store, today), areas(), period, today, 10)
    return coverage_words(found, areas(), DISTRICT, language, whole=whole)


def test_a_table_of_a_year_makes_no_month_missing(store):
    hand_in_of(store, MARRIAGES, Period(2023, 12))
    for month in (Period(2024, 7), AUGUST):
        hand_in_of(store, DIBAO, month)
    found = board_by_subject(store)
    months = [Period(2024, month) for month in range(7, 12)]  # three beyond the last
    assert found.periods() == [Period(2023, 12), *months]
    assert found.forms["street_table:dibao"].rhythm is Rhythm.MONTH
    assert found.forms["street_table:marriages"].rhythm is Rhythm.YEAR
    hand_in_of(store, DIBAO, Period(2023, 12), day=6)  # of one subject too
    assert Period(2024, 1) not in board_by_subject(store).periods()


def test_a_later_table_of_others_takes_no_correction_away(store):
    hand_in(store, value=10.0)
    hand_in(store, day=6, value=12.0)
    figures = [stated(3.0, MARRIAGES, code, tuple(AUGUST)) for code in STREETS]
    head = {"form": "JBZH0001", "period": AUGUST, "area": DISTRICT, "file": "表.xlsx"}
    record(store, [arrival(*figures, **head)], datetime(2024, 9, 7, 4, tzinfo=UTC))
    assert set(states(store).values()) == {"corrected"}


def test_that_all_have_reported_is_said_of_the_forms_that_came(store):
    for month in (Period(2024, 6), Period(2024, 7)):
        hand_in_of(store, DIBAO, month)
        hand_in_of(store, MARRIAGES, month)
    assert covered(store, Period(2024, 7), whole=False) == ""
    whole = covered(store, Period(2024, 7))
    assert "低保、结婚登记：" in whole and whole.endswith("均已报送")
    hand_in_of(store, DIBAO, AUGUST)
    soon, late = date(2024, 9, 6), date(2024, 9, 30)
    assert covered(store, today=soon, whole=False).endswith("均已报送；结婚登记尚未到期")
    assert covered(store, today=late).endswith("均已报送；结婚登记没有报送")
    hand_in_of(store, MARRIAGES, AUGUST, STREETS[:3])
    assert "结婚登记：" in covered(store) and "中 3 个已报送" in covered(store)
    assert "marriage" in covered(store, language="en")


def test_a_month_that_is_not_over_is_shown_once_something_of_it_has_come(store):
    for month in (Period(2024, 7), AUGUST):
        hand_in_of(store, DIBAO, month)
    found = board_by_subject(store)
    assert span_of(found, "", "last", SEPTEMBER) == [Period(2024, 7), AUGUST]
    hand_in_of(store, DIBAO, SEPTEMBER)
    found = board_by_subject(store)
    assert span_of(found, "", "last", SEPTEMBER) == [Period(2024, 7), AUGUST, SEPTEMBER]
