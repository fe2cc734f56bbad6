"""Formulas, dates that lost their format, hidden rows and sheets: read rightly, or said."""

import io

import openpyxl
import pytest
import xlsxwriter
from sheets import areas, catalogue, of, read, rules, values

from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

TITLE, HEAD = ["长清区2024年9月"], ["街道", "结婚登记", "离婚登记"]


def workbook(write):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("表")
        for at, row in enumerate([TITLE, HEAD, ["文昌街道", 1, 2], ["平安街道", 3, 4]]):
            page.write_row(at, 0, row)
        write(book, page)
    return content.getvalue()


def tidied(content, name="表.xlsx"):
    sheet = read_sheets(name, content)[0]
    return tidy(
        sheet,
        recognise(sheet, catalogue(), areas(), Hints(basis="year_to_date")),
        catalogue(),
        areas(),
    )


def test_a_formula_is_its_stored_value():
    found = tidied(workbook(lambda book, page: page.write_formula("B3", "=6*7", None, 42)))
    assert values(found)["marriages", "370113001"] == 42


def test_a_formula_without_a_stored_value_is_refused_by_its_cell():
    book = openpyxl.Workbook()
    for row in (TITLE, HEAD, ["文昌街道", "=6*7", 2]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    (finding,) = tidied(content.getvalue()).findings
    assert (finding.severity, finding.rule) == ("error", "unreadable_number")
    assert (finding.row, finding.column) == (3, "B")
    assert "stored" in finding.message.en


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x.example","5")', "=1+2", "+1+2", "@SUM(A1)"])
def test_a_formula_as_text_is_no_figure(text):
    found = tidied(workbook(lambda book, page: page.write_string("B3", text)))
    assert rules(found) == ["unreadable_number"]
    quoted = text.replace('"', '""')
    table = f'长清区2024年9月,\n街道,结婚登记\n文昌街道,"{quoted}"'
    by_text = tidied(table.encode(), "表.csv")
    assert rules(by_text) == ["unreadable_number"]


def test_a_formula_as_text_is_a_name_like_any_other():
    text = '=HYPERLINK("http://x.example","文昌街道")'
    found = tidied(workbook(lambda book, page: page.write_string("A3", text)))
    assert rules(found) == ["unknown_area"]
    assert found.findings[0].value == text


@pytest.mark.parametrize("serial", [45536, 45565.0, "45536", "45550.0"])
def test_a_date_that_lost_its_format_is_the_month_of_a_period_column(serial):
    rows = [["长清区婚姻登记"], ["街道", "月份", "结婚登记"], ["文昌街道", serial, 45536]]
    (one,) = read(rows).observations
    assert (str(one.period), one.value) == ("2024-09", 45536)
    plain = [["indicator", "area", "period", "value"], ["marriages", "长清区", serial, 5]]
    assert [str(one.period) for one in read(plain).observations] == ["2024-09"]
    form = [["长清区"], ["报告期", serial], ["指标名称", "单位", "数量"], ["结婚登记", "对", 5]]
    assert [str(one.period) for one in read(form).observations] == ["2024-09"]


@pytest.mark.parametrize("serial", [17000, 99999, "4553", 45536.5])
def test_a_number_that_is_no_day_of_these_times_is_no_period(serial):
    plain = [["indicator", "area", "period", "value"], ["marriages", "长清区", serial, 5]]
    assert rules(read(plain)) == ["unknown_period"]


def test_hidden_rows_are_read_and_said():
    def hide(book, page):
        page.set_row(3, None, None, {"hidden": True})
        page.set_row(30, None, None, {"hidden": True})

    found = tidied(workbook(hide))
    assert values(found)["marriages", "370113003"] == 3
    (finding,) = found.findings
    assert (finding.severity, finding.rule) == ("note", "hidden")
    assert "row 4" in finding.message.en


def test_hidden_sheets_are_left_out_and_said():
    def hide(book, page):
        for name, cell in (("底稿", 1), ("空表", None)):
            other = book.add_worksheet(name)
            other.write(0, 0, cell)
            other.hide()
        very = book.add_worksheet("藏")
        very.write(0, 0, 1)
        very.very_hidden()

    (finding,) = tidied(workbook(hide)).findings
    assert (finding.severity, finding.rule) == ("note", "hidden")
    assert "底稿、藏" in finding.message.zh
    assert "空表" not in finding.message.zh


def test_a_sheet_that_hides_nothing_has_no_remark():
    assert of(read([TITLE, HEAD, ["文昌街道", 1, 2]])) == {"marriages": 1, "divorces": 2}
    assert tidied(workbook(lambda book, page: None)).findings == ()
