"""Hands small workbooks in to a real store, or previews them."""

import io

import xlsxwriter
from sheets import areas, catalogue
from stores import WHEN, handing_in

from dashboard.intake import Handover, preview, receive
from dashboard.intake.opened_file import (
    check_sheets,
    read,
    recognise_sheets,
    understand_sheets,
)


def workbook(*sheets, names=()):
    """A workbook of these sheets, each a list of rows."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for number, rows in enumerate(sheets):
            page = book.add_worksheet(names[number] if names else None)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return content.getvalue()


def table(period, *lines, headings=("结婚登记对数", "离婚登记对数")):
    """A table by street: (street, figure, figure …) below a title that names the period."""
    return [[f"长清区{period}民政统计表"], ["街道", *headings], *lines]


def form(period, *lines, code="JBZH0001", beside=()):
    """A statutory form of 长清区: (name, unit, figure, figures beside it …)."""
    return [
        [f"长清区{period}民政统计月报"],
        ["表号:", code],
        ["指标名称", "单位", "数量", *beside],
        *lines,
    ]


def stored(store, *sheets, name="表.xlsx", when=WHEN, names=(), **said):
    """Receipts of one workbook of these sheets."""
    place = handing_in(store, catalogue(), areas())
    return receive(
        place,
        [(name, workbook(*sheets, names=names))],
        Handover(**{"basis": "year_to_date", **said}),
        when,
    )


def looked_at(store, *sheets, name="表.xlsx", when=WHEN, names=(), **said):
    """Previews of one workbook of these sheets."""
    place = handing_in(store, catalogue(), areas())
    return preview(
        place,
        [(name, workbook(*sheets, names=names))],
        Handover(**{"basis": "year_to_date", **said}),
        when,
    )


def read_and_checked(name, content, known):
    """A file after the first four steps of a hand-in."""
    reading = read((name, content), known, Handover())
    recognise_sheets(reading)
    understand_sheets(reading)
    check_sheets(reading)
    return reading.file
