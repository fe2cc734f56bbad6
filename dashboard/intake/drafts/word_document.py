"""Reads Word documents as drafts: paragraphs, tables, footnotes, text boxes, tracked changes.

Only the parts with text are read, by their XML; macros, links and pictures are never opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from dashboard.base.language import Text
from dashboard.base.packages import unpacked_size
from dashboard.intake.drafts.draft import Draft, Passage, UnreadableDraft

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MOST_BYTES = 200 * 1024 * 1024  # of a document when it is unpacked
MAIN = "word/document.xml"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_GONE = {f"{W}del", f"{W}moveFrom", _FALLBACK}
# What a damaged document raises: LookupError for a missing part, ValueError for a senseless number,
# RuntimeError for an encrypted part and for elements in elements without end.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    OSError,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
)
_BROKEN = Text(
    "文件已损坏，或不是 Word 文档（.docx）；请用 Word 或 WPS 打开后另存为 .docx 再试",
    "the file is broken or no Word document (.docx); open it in Word or WPS and save it anew",
)
_LOCKED = Text(
    "文件有密码保护，无法读取；请取消密码后再试",
    "the file is protected by a password; remove it and try again",
)
_TOO_LARGE = Text("文件展开后过大", "the file is too large when unpacked")


@dataclass(slots=True)
class _Reading:
    """What was read so far: passages, and what the notices count."""

    passages: list[Passage] = field(default_factory=list)
    tables: int = 0
    boxes: int = 0


def read_word(name: str, content: bytes) -> Draft:
    """The draft in a .docx file; raises UnreadableDraft for a broken or protected one."""
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableDraft(_LOCKED)
    try:
        return _read(name, content)
    except UnreadableDraft:
        raise
    except DAMAGE as error:
        raise UnreadableDraft(_BROKEN) from error


def _read(name: str, content: bytes) -> Draft:
    if (unpacked_size(content) or 0) > MOST_BYTES:
        raise UnreadableDraft(_TOO_LARGE)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = _part(parts, MAIN)
        notes = [(_part(parts, part), kind) for part, kind in _NOTES]
    if root is None:
        raise UnreadableDraft(_BROKEN)
    reading = _Reading()
    numbers = {paragraph: at for at, paragraph in enumerate(root.iter(f"{W}p"))}
    for body in root.iter(f"{W}body"):
        _blocks(body, numbers, reading)
    for part, kind in notes:
        if part is not None:
            places = _places_of_notes(root, kind, numbers)
            reading.passages += _of_notes(part, kind, places)
    return Draft(name, tuple(reading.passages), tuple(_notices(root, reading)))


def _part(parts: zipfile.ZipFile, name: str) -> Any:  # noqa: ANN401 - an element of lxml
    """The root of a part; None where the document has none."""
    if name not in parts.namelist():
        return None
    if parts.getinfo(name).file_size > MOST_BYTES:
        raise UnreadableDraft(_TOO_LARGE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(parts.read(name), parser)


def _blocks(body: Any, numbers: dict[Any, int], reading: _Reading) -> None:  # noqa: ANN401
    """The paragraphs and tables of a body or of what wraps them, in order."""
    for block in body:
        if block.tag == f"{W}p":
            _paragraph(block, numbers, reading, Passage(""))
        elif block.tag == f"{W}tbl":
            _table(block, numbers, reading)
        elif block.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo"}:
            _blocks(block, numbers, reading)


def _paragraph(
    paragraph: Any,  # noqa: ANN401
    numbers: dict[Any, int],
    reading: _Reading,
    like: Passage,
) -> None:
    text = text_of(paragraph)
    source = numbers[paragraph]
    if text.strip():
        place = (like.table, like.row, like.column)
        reading.passages.append(Passage(text, like.kind, *place, source))
    for box in _boxes(paragraph):
        reading.boxes += 1
        for inner in box.iter(f"{W}p"):
            inside = text_of(inner)
            if inside.strip():
                reading.passages.append(Passage(inside, "box", source=source))


def _boxes(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401
    """The text boxes anchored in a paragraph; their copies for older programs are left out."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _table(table: Any, numbers: dict[Any, int], reading: _Reading) -> None:  # noqa: ANN401
    number = reading.tables
    reading.tables += 1
    for row, line in enumerate(table.iterchildren(f"{W}tr")):
        column = 0
        for cell in line.iter(f"{W}tc"):
            if cell.getparent() is not line and next(cell.iterancestors(f"{W}tr")) is not line:
                continue  # of a table within the cell
            like = Passage("", "cell", number, row, column)
            for paragraph in cell.iter(f"{W}p"):
                if not any(above.tag == f"{W}txbxContent" for above in paragraph.iterancestors()):
                    _paragraph(paragraph, numbers, reading, like)
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            column += _width(span)


def _width(span: Any) -> int:  # noqa: ANN401
    """The columns that a cell takes; nonsense is 1."""
    text = span.get(f"{W}val", "1") if span is not None else "1"
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def text_of(paragraph: Any) -> str:  # noqa: ANN401
    """The text of a paragraph as it reads with tracked changes accepted, without its text boxes."""
    return "".join(piece for _, piece in pieces(paragraph))


def pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """The elements of a paragraph that hold text, each with its text, in order."""
    for element in paragraph:
        if element.tag in _GONE or element.tag == f"{W}txbxContent":
            continue
        if element.tag == f"{W}t":
            yield element, element.text or ""
        elif element.tag in _BREAKS:
            yield element, _BREAKS[element.tag]
        elif element.tag not in {f"{W}p", f"{W}pPr", f"{W}rPr"}:
            yield from pieces(element)


def _places_of_notes(root: Any, kind: str, numbers: dict[Any, int]) -> dict[str, int]:  # noqa: ANN401
    """The numbers of the paragraphs that refer to notes, by the id of the note."""
    return {
        reference.get(f"{W}id", ""): numbers[next(reference.iterancestors(f"{W}p"))]
        for reference in root.iter(f"{W}{kind}Reference")
    }


def _of_notes(part: Any, kind: str, places: dict[str, int]) -> Iterator[Passage]:  # noqa: ANN401
    for note in part:
        if note.get(f"{W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        for paragraph in note.iter(f"{W}p"):
            text = text_of(paragraph)
            if text.strip():
                yield Passage(text, kind, source=places.get(note.get(f"{W}id", ""), -1))


def _notices(root: Any, reading: _Reading) -> Iterator[Text]:  # noqa: ANN401
    """What was read in a particular way, or not at all."""
    added = sum(1 for _ in root.iter(f"{W}ins", f"{W}moveTo"))
    removed = sum(1 for _ in root.iter(f"{W}del", f"{W}moveFrom"))
    if added or removed:
        yield Text(
            f"文件有修订痕迹（插入 {added} 处、删除 {removed} 处），按接受修订后的文字检查",
            f"the file has tracked changes ({added} insertions, {removed} deletions); it is checked"
            " as if they were accepted",
        )
    if reading.boxes:
        yield Text(
            f"含文本框 {reading.boxes} 个，已一并检查",
            f"{reading.boxes} text boxes are checked too",
        )
    if not reading.passages:
        yield Text("文件里没有文字", "there is no text in the file")
