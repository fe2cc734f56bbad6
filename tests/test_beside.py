"""A file is held against what the store knows before it is stored."""

import io

import pytest
import xlsxwriter
from sheets import areas, catalogue
from stores import WHEN, fresh_store, handing_in

from dashboard.intake import Handover, receive
from dashboard.store.observations import read_figures
from dashboard.store.query import Query

pytestmark = pytest.mark.slow

HEAD = "指标名称,单位,数量"


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


def hand_in(engine, title, *lines, head=HEAD, **said):
    text = "\n".join([title + ",,", head, *lines])
    desk = handing_in(engine, catalogue(), areas())
    (receipt,) = receive(desk, [("月报.csv", text.encode())], Handover(**said), WHEN)
    return receipt


def rules(receipt):
    found = [one for one in receipt.findings if one.rule != "note_needed"]
    return [(one.rule, f"{one.column}{one.row}") for one in found]


def stored(engine):
    return {(one.indicator, str(one.period)): one.value for one in read_figures(engine, Query())}


def test_a_month_that_falls_behind_the_stored_one_is_a_warning_with_its_arithmetic(store):
    hand_in(store, "长清区2024年8月民政统计月报", "结婚登记,对,900")
    receipt = hand_in(store, "长清区2024年9月民政统计月报", "结婚登记,对,850", note="冲减重复登记")
    assert rules(receipt) == [("to_date_falls", "C3")]
    assert "2024-09 850 < 2024-08 900" in receipt.findings[0].message.zh
    assert stored(store)["marriages", "2024-09"] == 850


def test_a_printed_change_is_recomputed_from_the_stored_figure_of_last_year(store):
    hand_in(store, "长清区2023年9月民政统计月报", "孤儿数,人,16")
    head = HEAD + ",同比(%)"
    receipt = hand_in(store, "长清区2024年9月民政统计月报", "孤儿数,人,20,25.0", head=head)
    assert rules(receipt) == []
    receipt = hand_in(store, "长清区2024年9月民政统计月报", "孤儿数,人,20,30.0", head=head)
    assert ("printed_growth", "D3") in rules(receipt)


def test_the_periods_own_change_is_told_where_the_store_knows_the_quarters_before(store):
    hand_in(store, "长清区2024年一季度民政统计季报", "城市低保支出,万元,1000")
    receipt = hand_in(
        store,
        "长清区2024年三季度民政统计季报",
        "城市低保支出,万元,3000,2000,50",
        head=HEAD + ",上季度,环比(%)",
    )
    (finding,) = [one for one in receipt.findings if one.rule == "growth_on_to_date"]
    assert "按当期 10,000,000 ÷ 10,000,000 − 1 = 0.0%" in finding.message.zh


def test_a_month_that_has_not_come_yet_is_refused_and_a_sample_of_it_is_not(store):
    receipt = hand_in(store, "长清区2024年11月民政统计月报", "结婚登记,对,900")
    assert rules(receipt) == [("future_period", "C3")]
    assert receipt.refused and receipt.id is None
    assert stored(store) == {}
    sample = hand_in(store, "长清区2024年11月民政统计月报", "结婚登记,对,900", is_sample=True)
    assert sample.id is not None


def test_the_sheets_of_one_file_are_held_against_each_other(store):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for month, value in ((1, 90), (2, 70), (3, 95)):
            page = book.add_worksheet(f"{month}月")
            page.write_row(0, 0, [f"长清区2024年{month}月民政统计月报"])
            page.write_row(1, 0, HEAD.split(","))
            page.write_row(2, 0, ["结婚登记", "对", value])
    desk = handing_in(store, catalogue(), areas())
    receipts = receive(desk, [("一季度.xlsx", stream.getvalue())], Handover(note="已核实"), WHEN)
    assert [rules(receipt) for receipt in receipts] == [[], [("to_date_falls", "C3")], []]
