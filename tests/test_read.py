"""Reading files: what is read whole, and what is refused by name instead of half read."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import old_workbook

from dashboard.catalogue.concepts import FigureStatus
from dashboard.intake.forms.files.cells import FileRefused, Percent
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.numerals import UnreadableNumber, read_value


def workbook(write=lambda book, sheet: sheet.write(0, 0, "街道")) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    write(book, book.add_worksheet("一月"))
    book.close()
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The package with one part replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", 8) as new:
        for known in old.namelist():
            new.writestr(known, part if known == name else old.read(known))
    return changed.getvalue()


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read_sheets(name, content)
    assert caught.value.finding.severity == "error"
    assert caught.value.finding.message.zh.startswith(name)
    assert caught.value.finding.message.en.startswith(name)
    return caught.value.finding.message.en


def test_a_workbook_gives_its_cells_by_type_and_place_and_its_merged_ranges():
    def write(book, sheet):
        sheet.merge_range("B3:D4", "合并")
        sheet.write("E5", 12.5)
        sheet.write("E6", True)
        sheet.write_datetime("E7", date(2024, 9, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("E8", "  ")

    (sheet,) = read_sheets("表.xlsx", workbook(write))
    assert sheet.name == "一月"
    assert len(sheet.rows) == 7  # a row of spaces at the end is none
    assert {len(row) for row in sheet.rows} == {5}
    assert sheet.merged == ((2, 1, 3, 3),)
    assert sheet.cell(2, 1) == sheet.spread(3, 3) == "合并"
    assert sheet.cell(3, 3) is None
    column = [row[4] for row in sheet.rows]
    assert column == [None, None, None, None, 12.5, True, date(2024, 9, 1)]


def test_hidden_and_empty_sheets_are_skipped():
    def write(book, sheet):
        sheet.write(0, 0, 1)
        hidden = book.add_worksheet("藏")
        hidden.write(0, 0, 2)
        hidden.hide()
        book.add_worksheet("空")

    assert [sheet.name for sheet in read_sheets("a.xlsx", workbook(write))] == ["一月"]


def test_a_workbook_with_nothing_visible_is_refused():
    assert "no visible sheet" in refusal("a.xlsx", workbook(lambda book, sheet: None))


def test_a_formula_error_is_not_read_as_blank():
    def write(book, sheet):
        sheet.write(0, 0, "街道")
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")

    (sheet,) = read_sheets("a.xlsx", workbook(write))
    assert sheet.rows[1] == (None, None, "#DIV/0!")


def test_an_old_workbook_is_read_with_its_merged_ranges():
    content = old_workbook("表一", {(0, 0): "街道", (1, 0): "文昌", (1, 1): 12.5}, [(0, 0, 0, 2)])
    (sheet,) = read_sheets("旧表.xls", content)
    assert (sheet.name, sheet.merged) == ("表一", ((0, 0, 0, 2),))
    assert sheet.rows == (("街道", None), ("文昌", 12.5))


def test_an_old_workbook_that_crashes_its_reader_is_refused():
    content = bytearray(old_workbook("表一", {(0, 0): "街道"}))
    content[536] = 0xFF  # where the sheet begins: far outside the file
    content[537] = 0xFF
    assert "damaged" in refusal("旧表.xls", bytes(content))


def test_an_old_workbook_with_a_far_cell_does_not_take_the_process_down():
    assert refusal("旧表.xls", old_workbook("表一", {(0, 0): "a", (65535, 65535): 1.0}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_table_is_read_in_the_usual_encodings_and_delimiters(encoding, delimiter):
    lines = [["街道", "结婚登记"], ["文昌街道", '"1,245"'], ["平安街道", ""]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    (sheet,) = read_sheets("2024-09.csv", text.encode(encoding))
    assert sheet.name == "2024-09"
    assert sheet.rows == (("街道", "结婚登记"), ("文昌街道", "1,245"), ("平安街道", None))


def test_an_empty_file_is_refused():
    assert "empty" in refusal("空.csv", b" \n")


def test_a_file_of_another_kind_is_refused():
    assert ".xlsx" in refusal("图.xlsx", b"\x89PNG....")
    assert ".xlsx" in refusal(
        "包.xlsx", with_part(workbook(), "x", b"").replace(b"xl/work", b"yl/work")
    )
    assert ".xlsx" in refusal("表.csv", b"a,\0b")


def test_a_text_in_an_unknown_encoding_is_refused():
    assert "encoding" in refusal("表.csv", b"a,b\n\xff\xff,1")


def test_an_unclosed_quotation_mark_is_refused_with_its_line():
    assert "line 2" in refusal("表.csv", '街道,值\n文昌,"12\n'.encode())


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(share):
    content = workbook()
    assert "damaged" in refusal("表.xlsx", content[: int(len(content) * share)])


def test_an_encrypted_workbook_is_refused():
    locked = old_workbook("表一", {(0, 0): "EncryptedPackage"})
    assert "password" in refusal("表.xlsx", locked)


def test_two_cells_far_apart_are_refused_before_memory_is_asked_for():
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    cells += b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    content = with_part(workbook(), "xl/worksheets/sheet1.xml", sheet)
    assert "reaches beyond" in refusal("表.xlsx", content)


def test_cells_that_only_carry_a_format_may_stand_far_out():
    (sheet,) = read_sheets("表.xlsx", workbook(_with_far_format))
    assert sheet.rows == (("街道",),)


def _with_far_format(book, sheet):
    sheet.write(0, 0, "街道")
    sheet.write_blank(900_000, 5_000, None, book.add_format({"bold": True}))


def test_a_package_that_unpacks_to_more_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("dashboard.intake.forms.files.workbook_guard.MAX_UNPACKED", 100_000)
    content = with_part(workbook(), "xl/theme/theme1.xml", b" " * 200_000)
    assert "unpacks" in refusal("表.xlsx", content)


def test_more_than_two_hundred_sheets_are_refused():
    def write(book, sheet):
        for number in range(201):
            book.add_worksheet(f"{number}").write(0, 0, 1)

    assert "200" in refusal("表.xlsx", workbook(write))


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a"]))
def test_any_bytes_are_either_read_or_refused(content, name):
    try:
        assert all(sheet.rows for sheet in read_sheets(name, content))
    except FileRefused as refused:
        assert refused.finding.message.zh


@given(st.integers(-(10**12), 10**12), st.integers(0, 3), st.sampled_from(["", ",", "，", " "]))
def test_a_number_written_with_separators_is_read_back(whole, decimals, separator):
    value = whole / 10**decimals
    text = f"{value:,.{decimals}f}".replace(",", separator)
    assert read_value(text).value == pytest.approx(value, abs=1e-6)
    if value < 0:
        assert read_value(f"({text[1:]})").value == read_value(text).value


@given(st.text(alphabet="一二三万多约a.,-()0 １", max_size=8))
def test_any_text_is_a_number_nothing_or_refused(text):
    try:
        reading = read_value(text)
    except UnreadableNumber as refused:
        assert refused.message.zh
    else:
        assert (reading.value is None) == (reading.status is not FigureStatus.FINAL)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("１，２４５．０", 1245),
        ("1 245", 1245),
        ("（123）", -123),
        ("−5", -5),
        ("+7", 7),
        (".5", 0.5),
        ("　88 ", 88),
        (12, 12),
        (0.0, 0),
        ("0", 0),
    ],
)
def test_numbers_are_read_as_people_write_them(cell, value):
    assert read_value(cell).value == value


@pytest.mark.parametrize("text", ["12.5%", "１２．５％", "12.5 ‰"])
def test_a_percent_sign_is_kept_beside_the_number(text):
    reading = read_value(text)
    assert (reading.value, reading.sign) == (12.5, "‰" if "‰" in text else "%")


@pytest.mark.parametrize(
    "cell",
    [
        "3万多",
        "约30",
        "1,24",
        "12,34,567",
        "1.2.3",
        "1e5",
        "--5",
        "#REF!",
        True,
        False,
        date(2024, 1, 1),
        float("nan"),
        float("inf"),
        "9" * 400,
        "(-5)",
        "(5",
        "5)",
        "(15",
        "15)",
        "（1234",
        "（5",
        "(1,245",
        "1,245)",
        "((5))",
        "()",
        "+",
        ".",
        "%",
        "1e15",
        10**15,
        -(10**15),
        "未报送了",
        "#未计算",
        "NaN",
    ],
)
def test_what_is_no_plain_number_is_refused(cell):
    with pytest.raises(UnreadableNumber):
        read_value(cell)


@pytest.mark.parametrize("share", [0.125, 0.07, 0.285, -0.5])
def test_a_cell_formatted_as_a_percentage_is_read_as_it_is_shown(share):
    reading = read_value(Percent(share))
    assert (reading.value, reading.sign) == (round(share * 100, 6), "%")


def test_minus_nothing_is_nothing():
    assert str(read_value(-0.0).value) == str(read_value("-0").value) == "0.0"


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("#未计算", "never stored"),
        ("#REF!", "formula error"),
        (True, "logical"),
        (date(2024, 1, 1), "a date"),
        ("abc", "a number such as 1245"),
    ],
)
def test_a_refusal_says_what_is_there_instead_of_a_number(cell, says):
    with pytest.raises(UnreadableNumber, match=says) as refused:
        read_value(cell)
    assert str(refused.value) == refused.value.message.en and refused.value.message.zh


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        (None, "B"),
        ("", "B"),
        ("—", "B"),
        ("-", "B"),
        ("…", "B"),
        ("/", "B"),
        ("*", "S"),
        ("＊", "S"),
        ("****", "S"),
        ("......", "B"),
        ("~", "B"),
        ("空", "B"),
        ("  ", "B"),
        ("未报", "L"),
        ("缺报", "L"),
        ("未 报 送", "L"),
        ("Not reported", "L"),
    ],
)
def test_blank_suppressed_and_not_reported_differ(cell, status):
    assert (read_value(cell).value, read_value(cell).status) == (None, status)
