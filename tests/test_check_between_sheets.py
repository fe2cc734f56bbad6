"""Two sheets of one file that give one figure two values want a note."""

import pytest
from sheets import areas, catalogue, read

from dashboard.intake.check_between_sheets import check_between_sheets

STREET, OTHER = "文昌街道", "崮云湖街道"


def _sheet(name, first, second, unit=""):
    heads = ["街道", "人数", f"本月资金{unit or '(元)'}"]
    rows = [[STREET, 50, first], [OTHER, 60, second]]
    return read([["长清区2024年9月城市低保情况"], heads, *rows], name=name).observations


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        (_sheet("明细", 30000, 40000), _sheet("汇总", 30000, 40000), 0),
        (_sheet("明细", 30000, 40000), _sheet("汇总", 30001, 40000), 1),
        (_sheet("明细", 30012, 40000), _sheet("汇总", 3.0, 4.0, "(万元)"), 0),
        (_sheet("明细", 30000, 40000), _sheet("汇总", 3.5, 4.6, "(万元)"), 2),
        (_sheet("明细", 30000, 40000), (), 0),
    ],
)
def test_sheets_that_differ_are_one_warning(first, second, differ):
    found = check_between_sheets([*first, *second], catalogue(), areas())
    assert [one.severity for one in found] == ["warning"] * bool(differ)
    assert all((one.sheet, one.row) == ("汇总", 3) for one in found)
    assert all(("2 个数" in one.message.zh) == (differ > 1) for one in found)
