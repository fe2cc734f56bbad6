"""A hand-in before it is stored: where it was read, what it changes, what is missing since last."""

import threading

import pytest
from hand_ins import form, looked_at, stored, table, workbook
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import areas, catalogue
from stores import WHEN, fresh_store, handing_in

from dashboard.base.progress import Cancelled
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.periods import Period
from dashboard.intake import Handover, preview, receive
from dashboard.intake.changes import FigureDifference
from dashboard.store.data_version import data_version
from dashboard.store.observations import read_figures
from dashboard.store.query import Query
from dashboard.store.submissions import read_submissions
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


def street(name):
    (found,) = areas().find(name, "370113")
    return found.code


def states(sheet):
    """State, indicator, area and period of each change."""
    return {(one.state, one.indicator, one.area, str(one.period)) for one in sheet.changes}


def missing(sheet):
    return {(one.indicator, one.area) for one in sheet.changes if one.state == "missing"}


def where(sheet):
    """Value, origin, cell and printed text of each thing recognised."""
    return {
        one.what: (one.value, one.origin, f"{one.column}{one.row or ''}", one.printed)
        for one in sheet.evidence
    }


# ---- how it was recognised ----


def test_each_thing_recognised_names_the_cell_it_was_read_from(store):
    (sheet,) = looked_at(store, form("2024年9月", ("结婚登记", "对", 900)))
    assert where(sheet) == {
        "form": ("JBZH0001", "cell", "B2", "JBZH0001"),
        "area": ("370113", "cell", "A1", "长清区2024年9月民政统计月报"),
        "period": ("2024-09", "cell", "A1", "长清区2024年9月民政统计月报"),
        "grade": ("official", "usual", "", ""),
    }


def test_what_the_person_says_wins_and_is_told_as_given(store):
    rows = form("2024年9月", ("结婚登记", "对", 900))
    said = {"area": "文昌街道", "period": "2024-08", "grade": Grade.REPORT}
    (sheet,) = looked_at(store, rows, **said)
    found = where(sheet)
    assert found["area"] == (street("文昌街道"), "given", "", "文昌街道")
    assert found["period"] == ("2024-08", "given", "", "2024-08")
    assert found["grade"][:2] == ("report", "given")
    (cell,) = sheet.understood
    assert (cell.area, cell.period) == (street("文昌街道"), Period(2024, 8))


def test_a_sheet_name_and_a_file_name_are_told_as_such(store):
    rows = table("", ("文昌街道", 1, 2))
    (sheet,) = looked_at(store, rows, names=["2024年9月"])
    assert where(sheet)["period"] == ("2024-09", "sheet_name", "", "2024年9月")
    place = handing_in(store, catalogue(), areas())
    text = "街道,结婚登记对数\n文昌街道,3\n".encode()
    (sheet,) = preview(place, [("长清区2024年8月.csv", text)], Handover(), WHEN)
    assert where(sheet)["period"] == ("2024-08", "file_name", "", "长清区2024年8月")


def test_a_table_that_names_no_district_is_told_by_its_first_street(store):
    rows = [["2024年9月民政统计表"], ["街道", "结婚登记对数"], ["文昌街道", 1], ["归德街道", 2]]
    (sheet,) = looked_at(store, rows)
    assert where(sheet)["area"] == ("370113", "cell", "A3", "文昌街道")


def test_rows_and_columns_that_name_their_periods_are_their_evidence(store):
    tidy = [
        ["indicator", "area", "period", "value"],
        ["marriages", "文昌街道", "2023-12", 5],
        ["marriages", "文昌街道", "2024-09", 6],
    ]
    years = [["长清区民政统计"], ["指标", "2022年", "2023年"], ["结婚登记对数", 5, 6]]
    (sheet,) = looked_at(store, tidy)
    assert where(sheet)["period"] == ("2024-09", "cell", "C3", "2024-09")
    assert where(sheet)["area"] == (street("文昌街道"), "cell", "B2", "文昌街道")
    (sheet,) = looked_at(store, years)
    assert where(sheet)["period"] == ("2022-12..2023-12", "headings", "", "")


@pytest.mark.parametrize(
    ("title", "asks"),
    [
        ("民政统计表", ("area", "period")),
        ("长清区民政统计表", ("period",)),
        ("2024年9月民政统计表", ("area",)),
    ],
)
def test_what_cannot_be_read_is_asked_for_and_never_guessed(store, title, asks):
    rows = [[title], ["指标名称", "单位", "数量"], ["结婚登记", "对", 900]]
    (sheet,) = looked_at(store, rows)
    assert (sheet.asks, sheet.understood, sheet.receipt.refused) == (asks, (), True)
    assert {where(sheet)[what][:2] for what in asks} == {("", "")}
    answers = {"area": "370113", "period": "2024-09"}
    (sheet,) = looked_at(store, rows, **{what: answers[what] for what in asks})
    assert (sheet.asks, len(sheet.understood)) == ((), 1)


def test_two_periods_are_asked_about_while_the_area_is_told(store):
    rows = form("2024年9月", ("结婚登记", "对", 900))
    rows.insert(1, ["2024年10月"])
    (sheet,) = looked_at(store, rows)
    assert (sheet.asks, where(sheet)["area"][0]) == (("period",), "370113")


def test_a_hint_that_means_nothing_is_asked_for_again_beside_what_is_missing(store):
    (sheet,) = looked_at(store, form("", ("结婚登记", "对", 900)), area="无此地")
    assert sheet.asks == ("area", "period")


# ---- the table as understood ----


def test_every_figure_stands_beside_its_cell_as_printed(store):
    lines = [("结婚登记", "对", "1,245", "1,180"), ("孤儿", "人", "—", "")]
    rows = form("2024年10月", *lines, beside=["上月"])
    (sheet,) = looked_at(store, rows)
    found = {
        f"{c.column}{c.row}": (c.printed, c.indicator, c.value, c.secondary)
        for c in sheet.understood
    }
    assert found["C4"] == ("1,245", "marriages", 1245, False)
    assert found["D4"] == ("1,180", "marriages", 1180, True)
    assert found["C5"][0] == "—" and found["C5"][2] is None
    assert set(found) == {"C4", "D4", "C5"}


@settings(max_examples=20)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(0, 3))
def test_understood_cells_are_the_figures_that_would_be_stored(tmp_path_factory, figures, blank):
    streets = [area.name.zh for area in areas() if area.parent == "370113"][: len(figures)]
    lines = [(name, value, value // 2) for name, value in zip(streets, figures, strict=False)]
    rows = table("2024年9月", *lines)
    rows[1:1] = [[""]] * blank  # empty rows above the header move every cell
    (engine,) = [one for one in fresh_store("sqlite", tmp_path_factory.mktemp("s"))]
    (sheet,) = looked_at(engine, rows)
    stored(engine, rows)
    kept = {figure[:3]: figure.value for figure in read_figures(engine, Query())}
    assert {(c.indicator, c.area, c.period): c.value for c in sheet.understood} == kept
    for cell in sheet.understood:
        assert cell.printed == str(rows[cell.row - 1]["ABC".index(cell.column)])


# ---- what changes ----


def test_new_revised_and_unchanged_are_told_against_the_store(store):
    stored(store, table("2024年9月", ("文昌街道", 1000, 500), ("平安街道", 300, 200)))
    again = table("2024年9月", ("文昌街道", 1100, 500), ("平安街道", 300, 200), ("张夏街道", 9, 8))
    (sheet,) = looked_at(store, again)
    counts = {s: sheet.count(s) for s in ("new", "revised", "unchanged", "missing")}
    assert counts == {"new": 2, "revised": 1, "unchanged": 3, "missing": 0}
    (revised,) = [one for one in sheet.changes if one.state == "revised"]
    assert (revised.old, revised.new, revised.percent) == (1000, 1100, pytest.approx(10))
    assert (revised.column, revised.row, revised.submission) == ("B", 3, 1)


def test_a_preview_stores_nothing(store):
    before = data_version(store)
    looked_at(store, table("2024年9月", ("文昌街道", 10, 5)))
    assert data_version(store) == before
    assert read_submissions(store) == []


def test_what_a_preview_says_is_what_handing_in_does(store):
    stored(store, table("2024年9月", ("文昌街道", 10, 5)))
    rows = table("2024年9月", ("文昌街道", 12, 5), ("平安街道", 3, 4))
    (sheet,) = looked_at(store, rows)
    stored(store, rows)
    now = {figure[:4]: figure.value for figure in read_figures(store, Query())}
    for one in sheet.changes:
        assert now[one.indicator, one.area, one.period, str(one.kind)] == one.new
    (again,) = looked_at(store, rows)
    assert {one.state for one in again.changes} == {"unchanged"}


def test_what_becomes_blank_is_revised_and_what_becomes_provisional_is_only_marked(store):
    stored(store, table("2024年9月", ("文昌街道", 10, 5)))
    lines = [("文昌街道", 10, None), ("平安街道", 1, 1)]
    provisional = [["长清区2024年9月民政统计快报"], *table("", *lines)[1:]]
    (sheet,) = looked_at(store, provisional)
    found = {one.indicator: one for one in sheet.changes if one.state != "new"}
    firmness = (found["marriages"].state, found["marriages"].old_status)
    assert (*firmness, found["marriages"].new_status) == ("marked", "A", "P")
    assert sheet.count("revised") == 1
    assert (found["divorces"].state, found["divorces"].new) == ("revised", None)
    assert found["divorces"].percent is None


def test_of_two_sheets_of_one_file_the_second_is_held_against_the_first(store):
    one, other = table("2024年9月", ("文昌街道", 10, 5)), table("2024年9月", ("文昌街道", 11, 5))
    first, second = looked_at(store, one, other)
    assert (first.count("new"), second.count("new")) == (2, 0)
    (revised,) = [change for change in second.changes if change.state == "revised"]
    assert (revised.old, revised.new, revised.submission) == (10, 11, None)


@pytest.mark.parametrize(
    ("old", "new", "grows", "percent"),
    [
        (200, 250, True, 25),
        (200, 150, True, -25),
        (0, 5, True, None),
        (-3, 5, True, None),
        (None, 5, True, None),
        (5, None, True, None),
        (5, 6, False, None),
    ],
)
def test_a_percentage_is_given_only_where_it_says_something(old, new, grows, percent):
    kind = ("revised", "marriages", "370113", Period(2024, 9), "actual")
    change = FigureDifference(*kind, old, new, "A", "A", 3, "B", 1, grows)
    assert change.percent == percent


# ---- what is missing ----


def test_a_corrected_hand_in_is_held_against_the_last_of_the_same_period(store):
    stored(store, table("2024年8月", ("文昌街道", 1, 1), ("张夏街道", 1, 1)))
    stored(store, table("2024年9月", ("文昌街道", 10, 5), ("平安街道", 3, 4)))
    (sheet,) = looked_at(store, table("2024年9月", ("文昌街道", 10, 5)))
    assert missing(sheet) == {("marriages", street("平安街道")), ("divorces", street("平安街道"))}
    gone = [one for one in sheet.changes if one.state == "missing"]
    assert {(one.old, one.new, one.row, one.column) for one in gone} == {
        (3, None, 0, ""),
        (4, None, 0, ""),
    }
    assert {(str(one.period), one.submission) for one in gone} == {("2024-09", 2)}


def test_of_several_hand_ins_of_one_period_only_the_last_counts(store):
    stored(store, table("2024年9月", ("文昌街道", 10, 5), ("平安街道", 3, 4)))
    stored(store, table("2024年9月", ("文昌街道", 11, 5)))
    (sheet,) = looked_at(store, table("2024年9月", ("文昌街道", 12, 5)))
    assert missing(sheet) == set()


def test_a_new_period_is_held_against_the_nearest_earlier_one_by_line_and_street(store):
    stored(store, table("2024年7月", ("文昌街道", 1, 1), ("张夏街道", 1, 1)))
    stored(store, table("2024年8月", ("文昌街道", 10, 5), ("平安街道", 3, 4)))
    stored(store, table("2024年11月", ("文昌街道", 10, 5), ("归德街道", 3, 4)))
    only = table("2024年9月", ("文昌街道", 12), ("平安街道", 5), headings=["结婚登记对数"])
    (sheet,) = looked_at(store, only)
    assert missing(sheet) == {("divorces", street("文昌街道")), ("divorces", street("平安街道"))}
    assert {str(one.period) for one in sheet.changes if one.state == "missing"} == {"2024-08"}


def test_a_withdrawn_hand_in_is_not_what_a_new_one_is_held_against(store):
    stored(store, table("2024年9月", ("文昌街道", 10, 5)))
    stored(store, table("2024年9月", ("文昌街道", 10, 5), ("平安街道", 3, 4)))
    withdraw(store, 2, Decision("李", WHEN, "误报"), None)
    (sheet,) = looked_at(store, table("2024年9月", ("文昌街道", 12, 5)))
    assert missing(sheet) == set()


def test_another_table_of_the_same_layout_is_not_the_same_form(store):
    other = table("2024年9月", ("文昌街道", 3, 4), headings=["孤儿数", "收养登记件数"])
    stored(store, other)
    (sheet,) = looked_at(store, table("2024年9月", ("文昌街道", 12, 5)))
    assert missing(sheet) == set()


def test_a_form_over_two_sheets_is_held_against_its_own_sheet(store):
    one = form("2024年9月", ("结婚登记", "对", 900), ("离婚登记", "对", 90))
    other = form("2024年9月", ("孤儿", "人", 9), ("城市低保人数", "人", 800))
    stored(store, one, other)
    sheets = looked_at(store, one, other)
    assert [missing(sheet) for sheet in sheets] == [set(), set()]
    first, _ = looked_at(store, one[:-1], other)
    assert missing(first) == {("divorces", "370113")}


def test_a_line_that_came_blank_is_not_missing(store):
    stored(store, table("2024年9月", ("文昌街道", 10, 5)))
    (sheet,) = looked_at(store, table("2024年9月", ("文昌街道", 10, None), ("平安街道", 1, 1)))
    assert missing(sheet) == set()
    assert sheet.count("revised") == 1
    (sheet,) = looked_at(store, table("2024年9月", ("文昌街道", 10, None)))
    assert missing(sheet) == {("divorces", street("文昌街道"))}  # nothing at all was filled in


def test_the_same_file_again_lacks_nothing_though_its_comparison_is_known_by_now(store):
    rows = form("2024年10月", ("结婚登记", "对", 900, 800), beside=["九月份"])
    (sheet,) = looked_at(store, rows)
    assert sheet.count("new") == 2
    stored(store, rows)
    (sheet,) = looked_at(store, rows)
    assert (sheet.count("missing"), sheet.count("unchanged")) == (0, 1)
    assert len(sheet.understood) == 2  # the comparison was understood all the same


# ---- long work ----


class Steps:
    """Collects the steps; cancels at the one after ``most``."""

    def __init__(self, most=10**9):
        self.said, self.most = [], most

    def step(self, what, done, total):
        self.said.append((what.zh, done, total))
        if len(self.said) > self.most:
            raise Cancelled


def months(count=6):
    return [table(f"2024年{month}月", ("文昌街道", month, 1)) for month in range(1, count + 1)]


def test_progress_is_told_for_every_sheet(store):
    steps, place = Steps(), handing_in(store, catalogue(), areas())
    files = [("年.xlsx", workbook(*months()))]
    preview(place, files, Handover(), WHEN, steps)
    read = [(done, total) for said, done, total in steps.said if said.startswith("读取")]
    assert read == [(done, 18) for done in range(18)]  # recognise, understand, check


@pytest.mark.parametrize("most", range(21))
def test_a_hand_in_cancelled_at_any_step_stores_nothing_of_the_file(store, most):
    steps, place = Steps(most), handing_in(store, catalogue(), areas())
    files = [("年.xlsx", workbook(*months()))]
    before = data_version(store)
    if most < 20:  # opening, three steps of six sheets, storing
        with pytest.raises(Cancelled):
            receive(place, files, Handover(), WHEN, steps)
        assert (read_submissions(store), data_version(store)) == ([], before)
        assert not list(place.received.folder.rglob("*.bin"))
    else:
        receive(place, files, Handover(), WHEN, steps)
    assert len(receive(place, files, Handover(), WHEN)) == 6


def test_a_preview_goes_on_beside_a_hand_in(store):
    place = handing_in(store, catalogue(), areas())
    files, seen = [("年.xlsx", workbook(*months()))], []
    looking = threading.Thread(target=lambda: seen.append(preview(place, files, Handover(), WHEN)))
    looking.start()
    stored(store, table("2023年9月", ("文昌街道", 10, 5)))
    looking.join()
    assert len(seen[0]) == 6


def test_lists_of_areas_and_targets_are_shown_as_printed(store):
    lists = {
        "areas.csv": "code,name,level,parent\n370113901,东方街道,street,370113\n",
        "targets.csv": "指标,地区,期限,目标值,类型\n结婚登记对数,370113,2026-12,900,不少于\n",
    }
    for name, text in lists.items():
        place = handing_in(store, catalogue(), areas())
        (sheet,) = preview(place, [(name, text.encode())], Handover(), WHEN)
        assert sheet.receipt.areas or sheet.receipt.targets
        assert [list(row) for row in sheet.printed.rows] == [
            line.split(",") for line in text.splitlines()
        ]
