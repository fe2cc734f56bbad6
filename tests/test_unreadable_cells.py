"""A cell of a table that cannot be read is named: no figure is dropped without a word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import catalogue, read

from dashboard.intake.forms.layout import FormRefused
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.words import FILLER, normal

STREETS = ["文昌街道", "崮云湖街道", "平安街道", "五峰山街道", "归德街道", "张夏街道"]
FIGURES = [310, 325, 330, 340, 355, 360]
MONTHS = ["1月", "2月", "3月", "4月"]
MISTYPED = ["3,5", "510；", "12,5", "1.2.3", "12 5", "315；", "?", "1e400", "1,24", "NaN", "待核"]
QUALIFIED = [
    ("约500", 500, "约"),
    ("315左右", 315, "左右"),
    ("100余", 100, "余"),
    ("近200", 200, "近"),
    ("300多", 300, "多"),
    ("300以上", 300, "以上"),
    ("不少于300", 300, "不少于"),
    ("12万", 120000, ""),
    ("５百", 500, ""),
]


def by_street(cells, heading="人数"):
    rows = zip(STREETS, cells, strict=False)
    return [["长清区2026年10月低保人数", None], ["街道", heading], *map(list, rows)]


def by_two_columns(cells):
    rows = [[street, cell, 99] for street, cell in zip(STREETS, cells, strict=False)]
    title, heading = ["长清区2026年10月低保情况", None, None], ["街道", "户数", "人数"]
    return [title, heading, *[[street, other, cell] for street, cell, other in rows]]


def by_month(cells):
    """Streets by months."""
    head = ["街道", *MONTHS]
    rows = [[street, *[100 + at for at in range(4)]] for street in STREETS]
    for row, cell in zip(rows, cells, strict=False):
        row[2] = cell
    return [["长清区2026年低保人数", *[None] * 4], head, *rows]


def of_months(cells):
    """Months by one column."""
    labels = [f"{at}月" for at in range(1, 7)]
    rows = zip(labels, cells, strict=False)
    return [["长清区2026年城市低保人数", None], ["月份", "人数"], *map(list, rows)]


def of_categories(cells):
    names = ["城市低保", "农村低保", "城市特困", "农村特困", "孤儿", "临时救助"]
    rows = zip(names, cells, strict=False)
    return [["长清区2026年10月社会救助人数", None], ["类别", "人数"], *map(list, rows)]


TABLES = [by_street, by_two_columns, by_month, of_months, of_categories]


def outcome(rows):
    """The figures by their cell, and what findings and questions say."""
    try:
        tidied = read(rows)
    except FormRefused as refused:
        return {}, refused.findings
    values = {(o.source.row, o.source.column): o for o in tidied.observations}
    return values, tidied.findings


def column_of(rows, table):
    return {by_two_columns: "C", by_month: "C"}.get(table, "B")


def replaced(table, at, text):
    cells = list(FIGURES)
    cells[at] = text
    return table(cells)


def is_named(findings, row, column, text):
    shown = text.strip()
    return any(
        (one.row == row and one.column == column) or (shown and shown in one.message.zh)
        for one in findings
    )


@pytest.mark.parametrize("text", MISTYPED)
@pytest.mark.parametrize("at", range(len(FIGURES)))
def test_a_mistyped_figure_of_a_street_is_an_error_that_names_its_cell(text, at):
    values, findings = outcome(replaced(by_street, at, text))
    [finding] = [one for one in findings if one.severity == "error"]
    assert (finding.rule, finding.row, finding.column) == ("unreadable_number", at + 3, "B")
    assert finding.value == text and text in finding.message.zh
    assert len(values) == len(FIGURES) - 1


@pytest.mark.parametrize(("text", "value", "qualifier"), QUALIFIED)
@pytest.mark.parametrize("at", range(len(FIGURES)))
def test_an_approximate_figure_of_a_street_is_read_with_its_qualifier(text, value, qualifier, at):
    values, findings = outcome(replaced(by_street, at, text))
    assert not [one for one in findings if one.severity == "error"]
    read_at = values[at + 3, "B"]
    assert (read_at.value, read_at.qualifier) == (value, qualifier)
    assert len(values) == len(FIGURES)


def test_a_column_in_which_no_figure_can_be_read_names_each_cell():
    values, findings = outcome(by_street(MISTYPED[:6]))
    assert not values
    assert [one.row for one in findings if one.rule == "unreadable_number"] == list(range(3, 9))


def test_a_negative_number_and_two_that_are_none_stand_in_one_column():
    values, findings = outcome(by_street([-12, "1e400", "NaN", 5]))
    assert values[3, "B"].value == -12
    assert [one.row for one in findings if one.rule == "unreadable_number"] == [4, 5]


def test_years_as_figures_of_a_street_are_figures():
    rows = by_two_columns(FIGURES)
    rows[4][1:] = [1999, 2005]
    values, findings = outcome(rows)
    assert not findings and len(values) == 2 * len(FIGURES)


PIECES = st.sampled_from(
    "约 多 余 左右 以上 万 百 人 户 元 人数 低保 合计 街道 文昌街道 2026年 单位: 注: e".split()
    + list("0123456789.,;:?!-+%()（）/ ，。；：？年月日")
)
CELLS = st.one_of(
    st.text(max_size=8),
    st.lists(PIECES, max_size=5).map("".join),
    st.sampled_from(MISTYPED),
)
GRID = catalogue().grid


def heads_columns(text):
    """Whether a text holds a word that heads columns: below a heading it is one more of them."""
    tokens = lexicon_of(GRID).label(normal(text))
    return any(fact.slot != FILLER for one in tokens for sense in one.senses for fact in sense)


def is_mark_of_nothing(text):
    """Whether a text is one of the marks for no figure, or blank."""
    try:
        return read_value(text).value is None
    except UnreadableNumber:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=60)
@given(at=st.integers(0, len(FIGURES) - 1), text=CELLS)
def test_any_text_in_a_cell_is_read_or_named(table, at, text):
    rows = replaced(table, at, text)
    column = column_of(rows, table)
    values, findings = outcome(rows)
    row = at + 3
    if is_mark_of_nothing(text) or (table is of_categories and heads_columns(text)):
        return
    was_read = (row, column) in values and values[row, column].value is not None
    assert was_read or is_named(findings, row, column, text), (text, values, findings)
