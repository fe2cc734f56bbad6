"""市本级 is an area of its own once the list has it: totals agree, and nobody misses it."""

from datetime import UTC, datetime

import pytest

from dashboard import intake
from dashboard.analysis.reporting import expected_below, parts_below
from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period
from dashboard.store.observations import read_figures
from dashboard.store.opening import open_store
from dashboard.store.query import Query
from dashboard.store.received import ReceivedFiles

WHEN = datetime(2024, 11, 5, tzinfo=UTC)
CITY = [
    Area("981000", Text("临江市"), Level.CITY),
    Area("981101", Text("清河区"), Level.DISTRICT, "981000"),
    Area("981102", Text("云台区"), Level.DISTRICT, "981000"),
]
OWN = Area("981001", Text("临江市本级"), Level.DISTRICT, "981000")
CSV = """临江市2024年1-10月城市低保资金支出
地区,低保资金(万元)
市本级,1
清河区,20
云台区,30
合计,51
"""


def handed_in(tmp_path, areas):
    engine = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    store = intake.Store(engine, read_catalogue(), Areas(areas), ReceivedFiles(tmp_path / "files"))
    note = intake.Handover(note="x")
    (receipt,) = intake.receive(store, [("低保.csv", CSV.encode())], note, WHEN)
    assert not receipt.refused, receipt.findings
    return receipt, {one.area: one.value for one in read_figures(engine, Query())}


def test_the_own_level_is_read_where_the_list_has_it(tmp_path):
    _, found = handed_in(tmp_path, [*CITY, OWN])
    assert found == {"981001": 1e4, "981101": 2e5, "981102": 3e5, "981000": 5.1e5}


def test_without_it_the_row_is_left_out_with_a_note(tmp_path):
    receipt, found = handed_in(tmp_path, CITY)
    assert "981000" in found and len(found) == 3
    assert "row_left_out" in {one.rule for one in receipt.findings}


@pytest.mark.parametrize(("listed", "count"), [(CITY, 2), ([*CITY, OWN], 2)])
def test_nobody_misses_it(listed, count):
    areas, month = Areas(listed), Period(2024, 10)
    assert len(expected_below(areas, "981000", month)) == count
    assert len(parts_below(areas, "981000", month)) == len(listed) - 1
