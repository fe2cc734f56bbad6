"""A reading is corrected by slot; the table is shown whole; what is wrong is noted."""

from datetime import UTC, datetime

import pytest

from dashboard import intake
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.intake.corrections import alternatives, columns_as_read, in_column
from dashboard.intake.submission_request import SheetAnswers
from dashboard.store.opening import open_store
from dashboard.store.received import ReceivedFiles

CSV = """示例区2026年三季度低保人数统计表
街道,7月,8月,9月
东湖街道,100,110,120
西山街道,50,51,52
"""
NAME = "低保.csv"
WHEN = datetime(2026, 10, 5, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    catalogue = read_catalogue()
    engine = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    return intake.Store(engine, catalogue, all_areas(catalogue), ReceivedFiles(tmp_path / "files"))


def previewed(store, text=CSV, **answers):
    key = (NAME, "低保")
    handover = intake.Handover(sheets={key: SheetAnswers(**answers)})
    (sheet,) = intake.preview(store, [(NAME, text.encode())], handover, WHEN)
    assert key == (sheet.receipt.file, sheet.receipt.sheet)
    return sheet


def test_every_slot_has_alternatives(store):
    found = alternatives("dibao_persons", store.catalogue)
    assert "urban_dibao_persons" in found["programme"]
    assert any("household" in one for one in found["measure"])


def test_what_was_read_is_corrected_for_all_its_columns_and_noted(store):
    before = previewed(store)
    (was,) = {cell.indicator for cell in before.understood}
    after = previewed(store, corrections={was: "urban_dibao_persons"})
    assert {cell.indicator for cell in after.understood} == {"urban_dibao_persons"}
    assert len(after.understood) == len(before.understood) == 6
    assert "corrected_indicator" in {finding.rule for finding in after.receipt.findings}
    out = previewed(store, corrections={was: ""})
    assert out.understood == ()


def test_the_table_is_shown_also_while_its_streets_are_unknown(store):
    empty = intake.Store(store.engine, store.catalogue, Areas([]), store.received)
    sheet = previewed(empty)
    assert sheet.receipt.refused and sheet.unlisted.names == ("东湖街道", "西山街道")
    assert sheet.printed.rows[1][:2] == ("街道", "7月")
    assert sheet.unlisted.title == "示例区"


def test_one_column_is_corrected_alone(store):
    (was,) = {cell.indicator for cell in previewed(store).understood}
    said = {in_column(was, "C"): "urban_dibao_persons"}
    after = previewed(store, corrections=said)
    shown = [(cell.indicator, cell.column) for cell in after.understood]
    assert {column for indicator, column in shown if indicator == "urban_dibao_persons"} == {"C"}
    assert {column for indicator, column in shown if indicator == was} == {"B", "D"}
    assert columns_as_read(shown, said)[was] == ["B", "C", "D"]


def test_what_is_said_of_a_column_wins(store):
    (was,) = {cell.indicator for cell in previewed(store).understood}
    said = {was: "urban_dibao_persons", in_column(was, "B"): "", in_column(was, "D"): was}
    after = previewed(store, corrections=said)
    shown = {cell.column: cell.indicator for cell in after.understood}
    assert shown == {"C": "urban_dibao_persons", "D": was}
    pairs = [(cell.indicator, cell.column) for cell in after.understood]
    assert set(columns_as_read(pairs, said)) == {was}
