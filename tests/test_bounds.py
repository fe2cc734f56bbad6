"""A hostile workbook costs a second and little memory, and is refused in words."""

import io
import sys
import zipfile

import pytest
import xlsxwriter
from work import calls_made

from dashboard.base.packages import unpacked_size
from dashboard.intake.forms.files import bounded
from dashboard.intake.forms.files.bounded import read_within_bounds
from dashboard.intake.forms.files.cells import FileRefused


def workbook(*cells):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("表")
        for row, column, value in cells:
            sheet.write(row, column, value)
    return file.getvalue()


def with_sheet(rows):
    """A workbook whose sheet is this XML: some kilobytes that unpack to as much as one likes."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook((0, 0, 1)))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != "xl/worksheets/sheet1.xml":
                new.writestr(part, old.read(part))
        with new.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write(b"<worksheet><sheetData>")
            for row in rows:
                out.write(row)
            out.write(b"</sheetData></worksheet>")
    return file.getvalue()


def test_two_cells_far_apart_are_not_laid_out():
    content = workbook((0, 0, "街道"), (199_999, 500, 1))

    def refused():
        with pytest.raises(FileRefused, match="more than 1,000,000 cells"):
            read_within_bounds("a.xlsx", content)

    assert calls_made(refused) < 10_000  # of a hundred million cells


@pytest.mark.slow
def test_many_cells_in_a_small_file_are_refused_apart():
    row = b"<row>" + b"<c><v>7</v></c>" * 300 + b"</row>"
    content = with_sheet(row for _ in range(4_000))
    assert len(content) < 500_000 and unpacked_size(content) > bounded.LARGE
    with pytest.raises(FileRefused, match="cells"):
        read_within_bounds("a.xlsx", content)


@pytest.mark.slow
def test_what_is_read_apart_is_read_the_same(monkeypatch):
    content = workbook((0, 0, "街道"), (0, 1, "低保户数"), (1, 0, "甲"), (1, 1, 0.5))
    within = read_within_bounds("a.xlsx", content)
    monkeypatch.setattr(bounded, "LARGE", 0)
    assert read_within_bounds("a.xlsx", content) == within
    with pytest.raises(FileRefused, match=r"a\.csv: .*encoding"):
        read_within_bounds("a.csv", b"\xff\xff\xff")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the memory is bounded on Linux only")
def test_too_much_memory_is_refused_in_words(monkeypatch):
    row = b"<row>" + b"<c><v>7</v></c>" * 300 + b"</row>"
    monkeypatch.setattr(bounded, "LARGE", 0)
    monkeypatch.setattr(bounded, "MEGABYTES", 100)
    assert read_within_bounds("a.xlsx", workbook((0, 0, 1))), "a small file has enough"
    with pytest.raises(FileRefused, match="too much memory") as refused:
        read_within_bounds("表.xlsx", with_sheet(row for _ in range(3_300)))
    assert refused.value.finding.message.zh.startswith("表.xlsx：读取这个文件超过")


def test_too_much_time_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(bounded, "LARGE", 0)
    monkeypatch.setattr(bounded, "SECONDS", 0.01)
    with pytest.raises(FileRefused, match="took more than"):
        read_within_bounds("a.xlsx", workbook((0, 0, 1)))


@pytest.mark.slow
def test_the_process_apart_starts_where_the_program_does_not_stand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bounded, "LARGE", 0)
    assert read_within_bounds("a.xlsx", workbook((0, 0, 1)))[0].rows == ((1.0,),)
