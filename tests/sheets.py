"""Makes small sheets for tests of intake and reads them; writes old workbooks byte by byte."""

import struct
from functools import cache

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, all_areas, read_catalogue
from dashboard.catalogue.concepts import Area, Level
from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import Tidied, tidy


@cache
def catalogue() -> Catalogue:
    return read_catalogue()


@cache
def areas() -> Areas:
    own = [Area("370114", Text("邻区"), Level.DISTRICT, "370100")]
    own += [Area("370114001", Text("平安街道"), Level.STREET, "370114")]
    return all_areas(catalogue(), own)


def sheet(rows, name="Sheet1", merged=()) -> Sheet:
    width = max(len(row) for row in rows)
    return Sheet(name, tuple(tuple([*row, *[None] * (width - len(row))]) for row in rows), merged)


def read(
    rows,
    name="Sheet1",
    merged=(),
    area="",
    period="",
    skip_unknown=False,
    basis="year_to_date",
    words=None,
) -> Tidied:
    one = sheet(rows, name, merged)
    hints = Hints(area, period, basis, words or {})
    recognition = recognise(one, catalogue(), areas(), hints)
    return tidy(one, recognition, catalogue(), areas(), skip_unknown=skip_unknown)


def values(tidied: Tidied) -> dict[tuple[str, str], float | None]:
    """Values by indicator and area, of a sheet without errors; not those printed beside them."""
    assert not tidied.refused, [finding.message.zh for finding in tidied.findings]
    own = [one for one in tidied.observations if not one.secondary]
    return {(one.indicator, one.area): one.value for one in own}


def beside(tidied: Tidied) -> dict[tuple[str, str], float | None]:
    """Values by indicator and period of what is printed beside the sheet's own figures."""
    assert not tidied.refused, [finding.message.zh for finding in tidied.findings]
    return {
        (one.indicator, str(one.period)): one.value for one in tidied.observations if one.secondary
    }


def of(tidied: Tidied) -> dict[str, float | None]:
    """Values by indicator, of a sheet of one area without errors."""
    return {indicator: value for (indicator, _), value in values(tidied).items()}


def rules(tidied: Tidied) -> list[str]:
    return [finding.rule for finding in tidied.findings]


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _old_sheet(cells, merged) -> bytes:
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for (row, column), value in cells.items():
        if isinstance(value, str):
            head = struct.pack("<HHHHB", row, column, 0, len(value), 1)
            body += _record(0x0204, head + value.encode("utf-16-le"))
        else:
            body += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    for top, left, bottom, right in merged:
        body += _record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))
    return body + _record(0x0A, b"")


def old_workbook(name: str, cells: dict[tuple[int, int], object], merged=()) -> bytes:
    """An .xls file of one sheet: a BIFF8 stream in a compound file."""
    printed = name.encode("utf-16-le")
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    start = len(head) + 12 + len(printed) + 4
    bound = struct.pack("<IBBBB", start, 0, 0, len(name), 1) + printed
    stream = head + _record(0x85, bound) + _record(0x0A, b"") + _old_sheet(cells, merged)
    return _compound(stream)


def _compound(stream: bytes) -> bytes:
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD]
    chain += [0xFFFFFFFF] * (128 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", sectors + 1, *[0xFFFFFFFF] * 108)
    directory = _directory("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    directory += _directory("Workbook", 2, 0xFFFFFFFF, 0, len(stream))
    directory += _directory("", 0, 0xFFFFFFFF, 0, 0) * 2
    return header + stream + directory + struct.pack("<128I", *chain)


def _directory(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    printed = name.encode("utf-16-le")
    length = len(printed) + 2 if name else 0
    head = struct.pack("<HBBIII36x", length, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return printed.ljust(64, b"\0") + head + struct.pack("<IQ", start, size)
