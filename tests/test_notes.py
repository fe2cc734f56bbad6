"""Warnings are answered with a note: without one nothing is stored, with one it is kept."""

import pytest
from hand_ins import form, looked_at, stored, table
from sheets import catalogue
from stores import fresh_store

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.intake.notes import LEFT_ASIDE, unanswered
from dashboard.store.observations import read_figures
from dashboard.store.query import Query
from dashboard.store.submissions import read_findings, read_submissions

SEPTEMBER = form("2024年9月", ("结婚登记", "对", 805))
OCTOBER = form("2024年10月", ("结婚登记", "对", 900, 800), beside=["九月份"])  # 805 is stored


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


def errors(receipt):
    return [one.rule for one in receipt.findings if one.severity == "error"]


def test_a_sheet_with_warnings_is_refused_without_a_note_and_says_what_to_do(store):
    stored(store, SEPTEMBER)
    (receipt,) = stored(store, OCTOBER)
    assert (receipt.id, errors(receipt)) == (None, ["note_needed"])
    asked = receipt.findings[-1]
    assert (asked.row, asked.column) == (4, "D")  # at the first warning
    assert "--note" in asked.message.en and "说明" in asked.message.zh
    assert len(read_submissions(store)) == 1


@pytest.mark.parametrize("note", ["", "   ", "\n\t"])
def test_a_note_of_blanks_answers_nothing(store, note):
    stored(store, SEPTEMBER)
    (receipt,) = stored(store, OCTOBER, note=note)
    assert errors(receipt) == ["note_needed"]


def test_a_note_answers_the_warnings_and_is_kept_with_the_submission(store):
    stored(store, SEPTEMBER)
    (receipt,) = stored(store, OCTOBER, note="九月数为初步数，已核对")
    assert (receipt.id, errors(receipt)) == (2, [])
    newest = read_submissions(store)[0]
    assert newest.note == "九月数为初步数，已核对"
    assert [one.rule for one in read_findings(store, 2)] == ["compared_figure"]


def test_a_preview_says_that_a_note_is_needed_and_refuses_nothing(store):
    stored(store, SEPTEMBER)
    (sheet,) = looked_at(store, OCTOBER)
    assert (sheet.needs_note, sheet.receipt.refused) == (True, False)
    (sheet,) = looked_at(store, OCTOBER, note="已核对")
    assert not sheet.needs_note


def test_one_sheet_that_needs_a_note_holds_back_its_file(store):
    stored(store, SEPTEMBER)
    fine = table("2024年9月", ("文昌街道", 1, 1))
    first, second = stored(store, fine, OCTOBER)
    assert (first.id, errors(first), errors(second)) == (None, [], ["note_needed"])


def test_samples_need_no_note(store):
    stored(store, SEPTEMBER, is_sample=True)
    (receipt,) = stored(store, OCTOBER, is_sample=True)
    assert receipt.id == 2


def test_two_values_of_one_quantity_are_kept_and_need_no_note(store):
    rows = [
        ["indicator", "area", "period", "value", "phrase"],
        ["marriages", "370113", "2024-09", 5, "结婚5对"],
        ["marriages", "370113", "2024-09", 6, "结婚6对"],
    ]
    (receipt,) = stored(store, rows)
    assert [(one.severity, one.rule) for one in receipt.findings] == [("warning", "two_values")]
    assert receipt.id == 1
    assert [(one.status, one.others) for one in read_figures(store, Query())] == [("D", (6,))]


def test_a_comparison_that_could_not_be_read_needs_no_note(store):
    rows = form("2024年10月", ("结婚登记", "对", 900, "八百"), beside=["九月份"])
    (receipt,) = stored(store, rows)
    assert [(one.severity, one.rule) for one in receipt.findings] == [
        ("warning", "unreadable_number")
    ]
    assert receipt.id == 1


def found(severity, rule):
    return Finding(severity, rule, Text("甲", "a"))


def test_errors_and_notes_are_not_what_a_note_answers():
    findings = [found("error", "x"), found("note", "x"), found("warning", "x")]
    assert unanswered(findings, catalogue()) == findings[2:]


def test_every_rule_that_warns_needs_a_note_unless_its_row_says_no():
    for row in catalogue().rules:
        asked = bool(unanswered([found("warning", row["id"])], catalogue()))
        assert asked == (row["needs_note"] != "no"), row["id"]
        assert row["id"] not in LEFT_ASIDE
