"""Lists of area changes: read, judged as a whole, kept with their trace, superseded, withdrawn."""

import io
import json

import openpyxl
import pytest
from stores import WHEN, arrival, handing_in, stated

from dashboard.__main__ import main
from dashboard.base.language import Text
from dashboard.catalogue.area_changes import ChangeKind, ChangeRule
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period
from dashboard.exports import listing
from dashboard.intake import Handover, receive
from dashboard.store.area_changes import read_change_log, read_changes
from dashboard.store.locks import StoreChanged
from dashboard.store.opening import open_store
from dashboard.store.record import record
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

pytestmark = pytest.mark.slow

CATALOGUE = read_catalogue()
HEAD = "date,kind,from,to,share,rule,source\n"
CHINESE = "日期,类型,原地区,新地区,份额,规则,依据\n"
MERGER = (
    HEAD + "2022-07,merge,甲街道,丙街道,,add,Order 5\n2022-07,merge,乙街道,丙街道,,add,Order 5\n"
)


def street(code, name, **more):
    return Area(code, Text(name), Level.STREET, "1", **more)


AREAS = Areas(
    [
        Area("1", Text("测区"), Level.DISTRICT),
        Area("2", Text("邻区"), Level.DISTRICT),
        street("11", "甲街道"),
        street("12", "乙街道"),
        street("13", "丙街道"),
        street("14", "丁街道"),
        street("15", "新街道", valid_from=Period(2024, 1)),
        street("16", "旧街道", valid_to=Period(2020, 6)),
    ]
)


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield engine
    engine.dispose()


def hand_in(engine, text, name="changes.csv", **handover):
    content = text if isinstance(text, bytes) else text.encode()
    now_known = Areas([*AREAS], read_changes(engine))
    store = handing_in(engine, CATALOGUE, now_known)
    return receive(store, [(name, content)], Handover(by="李", **handover), WHEN)[0]


def cells(receipt):
    return [
        (finding.row, finding.column, finding.value)
        for finding in receipt.findings
        if finding.severity == "error"
    ]


def test_a_list_is_kept_with_who_when_and_which_file(engine):
    receipt = hand_in(engine, MERGER)
    assert (receipt.form, receipt.changes, receipt.refused) == ("area_changes", 2, False)
    rows = read_change_log(engine)
    assert [(row.change.old, row.change.new, row.row) for row in rows] == [
        ("11", "13", 2),
        ("12", "13", 3),
    ]
    first = rows[0]
    assert (first.submitted_by, first.received, first.file) == ("李", WHEN, "changes.csv")
    assert first.change.submission == receipt.id and first.sha256 and first.counts
    assert (first.change.period, first.change.source) == (Period(2022, 7), "Order 5")


def test_chinese_headings_words_percents_and_dates_of_a_workbook_are_understood(engine):
    import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(CHINESE.strip().split(","))
    sheet.append([datetime.date(2022, 7, 1), "拆分", "甲街道", "甲街道", 0.6, "分摊", "文件"])
    sheet.append(["2022年7月", "拆分", "11", "丁街道", "40%", "分摊", None])
    sheet.append(["2023-01-15", "更名", "乙街道", "丙街道", None, None, None])
    content = io.BytesIO()
    book.save(content)
    receipt = hand_in(engine, content.getvalue(), "区划调整.xlsx")
    assert receipt.findings == ()
    kept = read_changes(engine)
    assert [(c.old, c.new, c.share) for c in kept] == [
        ("11", "11", 0.6),
        ("11", "14", 0.4),
        ("12", "13", 1.0),
    ]
    assert [c.rule for c in kept] == [ChangeRule.APPORTION] * 2 + [ChangeRule.ADD]
    assert kept[2].kind is ChangeKind.RENAME and kept[2].period == Period(2023, 1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2022,merge,11,13,,add,", ("A", "2022")),
        ("soon,merge,11,13,,add,", ("A", "soon")),
        ("2022-07,swap,11,13,,add,", ("B", "swap")),
        ("2022-07,merge,戊街道,13,,add,", ("C", "戊街道")),
        ("2022-07,merge,11,,,add,", ("D", "")),
        ("2022-07,split,11,13,1.4,apportion,", ("E", "1.4")),
        ("2022-07,split,11,13,,apportion,", ("E", "")),
        ("2022-07,merge,11,13,,sum,", ("F", "sum")),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_by_row_column_and_value(engine, rows, expected):
    receipt = hand_in(engine, HEAD + "\n" + rows + "\n")
    assert cells(receipt) == [(3, *expected)]
    assert all(finding.message.zh and finding.message.en for finding in receipt.findings)
    assert read_change_log(engine) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # shares of one split
        (
            ["2022-07,split,11,11,0.6,apportion,", "2022-07,split,11,13,0.3,apportion,"],
            [(3, "E", "0.9")],
        ),
        # a pair twice
        (
            ["2022-07,merge,11,13,,add,", "2022-07,merge,12,13,,add,", "2022-07,merge,12,13,,add,"],
            [(4, "C", "12")],
        ),
        # one area in two ways in one month
        (
            ["2022-07,merge,11,13,,add,", "2022-07,merge,12,13,,add,", "2022-07,rename,12,14,,,"],
            [(4, "C", "12"), (4, "D", "14")],
        ),
        # a merger of one
        (["2022-07,merge,11,13,,add,"], [(2, "D", "13")]),
        # one becomes two without a split
        (["2022-07,rename,11,13,,,", "2022-07,rename,11,14,,,"], [(3, "D", "14")]),
        # a rule that does not belong to the kind
        (
            ["2022-07,split,11,11,,add,", "2022-07,split,11,13,,add,"],
            [(2, "F", "add"), (3, "F", "add")],
        ),
        # a share where nothing is apportioned
        (["2022-07,merge,11,13,0.5,add,", "2022-07,merge,12,13,,add,"], [(2, "E", "0.5")]),
        # renamed to itself
        (["2022-07,rename,11,11,,,"], [(2, "D", "11")]),
        # in a circle, at once and over time
        (["2022-07,rename,11,13,,,", "2022-07,rename,13,11,,,"], [(2, "D", "13"), (3, "D", "11")]),
        (["2020-07,rename,11,13,,,", "2022-07,rename,13,11,,,"], [(2, "D", "13"), (3, "D", "11")]),
        # not of one level
        (["2022-07,rename,11,2,,,"], [(2, "D", "2")]),
        # the old one ended before, or comes later
        (["2022-07,rename,16,13,,,"], [(2, "C", "16")]),
        (["2022-07,rename,15,13,,,"], [(2, "C", "15")]),
        # the new one begins in another month by its list
        (["2022-07,rename,11,15,,,"], [(2, "D", "15")]),
        # closed twice
        (["2020-07,rename,11,13,,,", "2022-07,rename,11,14,,,"], [(3, "C", "11")]),
        # a new one that was made before has to stand on both sides
        (["2020-07,rename,11,13,,,", "2022-07,rename,12,13,,,"], [(3, "D", "13")]),
    ],
)
def test_a_list_that_cannot_be_true_as_a_whole_is_refused(engine, rows, expected):
    receipt = hand_in(engine, HEAD + "\n".join(rows) + "\n")
    assert cells(receipt) == expected
    assert read_change_log(engine) == []


def test_a_street_that_goes_on_stands_on_both_sides(engine):
    text = HEAD + "2022-07,merge,11,11,,add,\n2022-07,merge,12,11,,add,\n"
    assert not hand_in(engine, text).refused
    known = Areas([*AREAS], read_changes(engine))
    assert (known.get("11").valid_from, known.get("11").valid_to) == (None, None)
    assert known.get("12").valid_to == Period(2022, 6)
    assert [area.code for area in known.children("1", Period(2022, 7))] == ["11", "13", "14"]


def test_what_a_list_contradicts_of_an_earlier_one_is_refused(engine):
    hand_in(engine, MERGER)
    receipt = hand_in(engine, HEAD + "2023-01,rename,11,14,,,\n")
    assert cells(receipt) == [(2, "C", "11")]
    earlier = hand_in(engine, HEAD + "2020-01,rename,12,14,,,\n")
    assert earlier.refused
    assert hand_in(engine, HEAD + "2023-01,rename,13,14,,,\n").id is not None


def test_a_later_list_replaces_what_was_said_of_an_area_in_a_month_and_both_stay(engine):
    shares = "2022-07,split,11,11,{},apportion,\n2022-07,split,11,13,{},apportion,\n"
    first = hand_in(engine, HEAD + shares.format(0.6, 0.4)).id
    second = hand_in(engine, HEAD + shares.format(0.7, 0.3)).id
    assert [change.share for change in read_changes(engine)] == [0.7, 0.3]
    assert [row.counts for row in read_change_log(engine)] == [False, False, True, True]
    withdraw(engine, second, Decision("王", WHEN, "wrong shares"))
    assert [change.share for change in read_changes(engine)] == [0.6, 0.4]
    withdraw(engine, first, Decision("王", WHEN, "wrong street"))
    assert read_changes(engine) == []
    assert all(row.withdrawn for row in read_change_log(engine))


def test_two_sheets_of_one_file_are_judged_together_and_taken_together(engine):
    book = openpyxl.Workbook()
    for place, rows in enumerate((["2022-07,rename,11,13,,,"], ["2022-07,rename,12,13,,,"])):
        sheet = book.create_sheet(f"表{place}")
        for row in (HEAD.strip(), *rows):
            sheet.append(row.split(","))
    del book["Sheet"]
    content = io.BytesIO()
    book.save(content)
    receive(
        handing_in(engine, CATALOGUE, AREAS), [("a.xlsx", content.getvalue())], Handover(), WHEN
    )
    assert read_change_log(engine) == []
    book["表1"]["D2"] = "14"
    content = io.BytesIO()
    book.save(content)
    receipts = receive(
        handing_in(engine, CATALOGUE, AREAS), [("b.xlsx", content.getvalue())], Handover(), WHEN
    )
    assert all(receipt.id for receipt in receipts)
    assert len(read_changes(engine)) == 2


def test_a_list_judged_before_another_came_in_is_not_kept_unjudged(engine):
    hand_in(engine, MERGER)
    (pair, *_) = read_changes(engine)
    from dashboard.catalogue.change_list import StatedChange
    from dashboard.store.record import NewSubmission

    late = NewSubmission(arrival().head, (), changes=(StatedChange(2, pair),), judged_by=())
    with pytest.raises(StoreChanged):
        record(engine, [late], WHEN)


def test_a_dry_run_stores_nothing_and_a_list_without_rows_is_refused(engine):
    assert hand_in(engine, MERGER, dry_run=True).id is None
    assert hand_in(engine, HEAD).refused
    assert read_change_log(engine) == []


def test_figures_of_an_area_after_its_end_are_taken_with_a_warning(engine):
    hand_in(engine, MERGER)
    text = "indicator,area,period,value,unit\norphans,甲街道,2022-12,5,人\n"
    receipt = hand_in(engine, text, "tidy.csv", note="年底补报")
    (finding,) = [f for f in receipt.findings if f.rule == "closed_area"]
    assert finding.severity == "warning" and "丙街道" in finding.message.zh
    assert receipt.id is not None
    before = hand_in(engine, text.replace("2022-12", "2022-06"), "june.csv")
    assert "closed_area" not in [f.rule for f in before.findings]


def test_a_carved_out_street_of_the_list_is_told_by_the_change_instead_of_a_break():
    from dashboard.catalogue.area_changes import AreaChange

    plain = all_areas(CATALOGUE)
    old = plain.get("990101012").predecessor
    pairs = [
        AreaChange(Period(2022, 1), ChangeKind.SPLIT, old, new, ChangeRule.APPORTION, share)
        for new, share in ((old, 0.6), ("990101012", 0.4))
    ]
    told = all_areas(CATALOGUE, (), pairs)
    for code in (old, "990101012"):
        assert plain.boundary_changes(code) and not told.boundary_changes(code)


# ---- on the command line ----


@pytest.fixture
def home(own_home, monkeypatch):
    monkeypatch.setenv("DASHBOARD_HOME", str(own_home))
    return own_home


def run(capsys, *arguments):
    code = main([*map(str, arguments)])
    return code, capsys.readouterr().out


def test_the_command_line_takes_lists_and_lists_changes_and_restated_figures(
    home, tmp_path, capsys
):
    shares = tmp_path / "区划调整.csv"
    shares.write_text(
        CHINESE + "2022-01,拆分,北桥街道,北桥街道,0.6,分摊,9号\n"
        "2022-01,拆分,北桥街道,新城街道,40%,分摊,9号\n",
        encoding="gb18030",
    )
    assert run(capsys, "load", shares, "--area", "990101")[0] == 0
    ask = ("observations", "--indicator", "marriages", "--area", "990101012", "--to", "2021-12")
    _, plain = run(capsys, *ask)
    code, out = run(capsys, *ask, "--restated")
    assert code == 0 and len(plain.splitlines()) == 1
    header, *rows = out.splitlines()
    assert header == plain.splitlines()[0] and header.split(",") == list(listing.COLUMNS)
    old = run(capsys, *ask[:4], "990101004", *ask[5:])[1].splitlines()[-1].split(",")
    last = rows[-1].split(",")
    assert float(last[7]) == pytest.approx(float(old[7]) * 0.4)
    assert last[9] == "E" and "9号" in rows[-1] and "北桥街道" in rows[-1]
    _, listed = run(capsys, "changes", "--json")
    assert [(row["from"], row["share"], row["counts"]) for row in json.loads(listed)] == [
        ("990101004", 0.6, 1),
        ("990101004", 0.4, 1),
    ]


def test_an_exported_list_of_changes_can_be_handed_in_again(home, tmp_path, capsys):
    again = tmp_path / "again.csv"
    first = tmp_path / "first.csv"
    first.write_text(
        HEAD + "2022-01,split,990101004,990101004,0.6,apportion,\n"
        "2022-01,split,990101004,990101012,0.4,apportion,\n"
    )
    run(capsys, "load", first)
    again.write_text(run(capsys, "changes")[1], encoding="utf-8")
    assert run(capsys, "load", again)[0] == 0


def test_restated_rows_that_come_back_are_refused(home, tmp_path, capsys):
    list_ = tmp_path / "split.csv"
    list_.write_text(
        HEAD + "2022-01,split,990101004,990101004,0.6,apportion,\n"
        "2022-01,split,990101004,990101012,0.4,apportion,\n"
    )
    run(capsys, "load", list_)
    ask = ("observations", "--indicator", "marriages", "--area", "990101012", "--to", "2021-12")
    back = tmp_path / "back.csv"
    back.write_text(run(capsys, *ask, "--restated")[1], encoding="utf-8")
    code, out = run(capsys, "load", back)
    assert code == 1 and "“E”看不懂" in out


def test_figures_stay_what_they_were(engine):
    record(engine, [arrival(stated(5.0, "orphans", "11"))], WHEN)
    hand_in(engine, MERGER)
    from dashboard.store.observations import read_figures, read_revisions
    from dashboard.store.query import Query

    assert [figure.value for figure in read_figures(engine, Query())] == [5.0]
    assert len(read_revisions(engine, Query())) == 1
