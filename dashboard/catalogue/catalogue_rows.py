"""Reads the rows of the catalogue's CSV files, each with its place, and words what is wrong.

A bureau's own files may be in UTF-8 or GB18030, as its spreadsheet program saves them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from dashboard.base.language import Text

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Row = dict[str, str]


class CatalogueError(ValueError):
    """A catalogue file that cannot be used; says which file, line and column, and what is expected.

    ``text`` says it in both languages.
    """

    def __init__(self, message: Text) -> None:
        """As an exception's text the message is English."""
        super().__init__(message.en)
        self.text = message


class CellError(ValueError):
    """A cell that cannot be used; whoever reads its row knows file and line."""

    def __init__(self, column: str, message: Text) -> None:
        """Keeps the column, "" where the whole row is meant."""
        super().__init__(message.en)
        self.column, self.message = column, message


class FileRow(NamedTuple):
    """A row of a file: the file and its line, counted from 1."""

    file: Path
    line: int

    def refusal(self, message: Text, column: str = "") -> CatalogueError:
        """The error of this row, or of one of its columns."""
        zh = f"{self.file} 第 {self.line} 行" + (f"“{column}”列" if column else "")
        en = f"{self.file}, line {self.line}" + (f", {column}" if column else "")
        return CatalogueError(Text(f"{zh}：{message.zh}", f"{en}: {message.en}"))


Placed = tuple[FileRow, Row]


def rows_of(folders: Sequence[Path], name: str, key: str) -> Iterator[Placed]:
    """The rows of one file in several folders; a later folder's row of the same key wins.

    ``key`` are the columns, with commas between them, that tell rows apart. Raises CatalogueError.
    """
    rows: dict[str, Placed] = {}
    for folder in folders:
        if (folder / name).exists():
            rows |= _rows_of_file(folder / name, key)
    yield from rows.values()


def _rows_of_file(file: Path, key: str) -> dict[str, Placed]:
    """The rows of one file by their key, which each has once."""
    rows: dict[str, Placed] = {}
    for line, row in enumerate(_read_csv(file), start=2):
        place = FileRow(file, line)
        if None in row:
            raise place.refusal(
                Text("单元格比表头的列多", "more cells than the header has columns")
            )
        clean = {column: (value or "").strip() for column, value in row.items()}
        identity = "\t".join(clean.get(part, "") for part in key.split(","))
        if not identity.strip():
            raise place.refusal(Text("不能为空", f"{key} is missing"), key)
        if identity in rows:
            first = rows[identity][0].line
            raise place.refusal(
                Text(
                    f"“{identity}”在第 {first} 行已经有了",
                    f"{identity!r} already stands in line {first}",
                ),
                key,
            )
        rows[identity] = place, clean
    return rows


def text_of_file(file: Path) -> str:
    """A file's text in UTF-8 or GB18030; raises CatalogueError."""
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CatalogueError(
        Text(
            f"{file}：文字编码无法识别；请另存为 UTF-8 或 GB18030 编码",
            f"{file}: the text's encoding is not known; save it in UTF-8 or GB18030",
        )
    )


def _read_csv(file: Path) -> list[dict[str, str | None]]:
    try:
        return list(csv.DictReader(io.StringIO(text_of_file(file), newline="")))
    except csv.Error as error:
        raise CatalogueError(
            Text(f"{file}：不是 CSV 文件（{error}）", f"{file}: not a CSV file ({error})")
        ) from None


def read_row(place: FileRow, build: Callable[[], T]) -> T:
    """What ``build`` makes of a row; raises CatalogueError that names its place."""
    try:
        return build()
    except CellError as error:
        raise place.refusal(error.message, error.column) from None
    except KeyError as error:
        column = str(error.args[0])
        raise place.refusal(Text("缺少这一列", "the column is missing"), column) from None
    except ValueError as error:
        raise place.refusal(Text(f"这一行不能用（{error}）", str(error))) from None


def choice(kind: type[E], row: Row, column: str, usual: str = "") -> E:
    """The member of ``kind`` that a cell names; raises CellError with those there are."""
    text = row[column] if not usual else row.get(column, "")
    try:
        return kind(text or usual)
    except ValueError:
        allowed = list(kind)
        raise CellError(
            column,
            Text(
                f"“{text}”不能用；应为 {'、'.join(allowed)} 之一",
                f"{text!r}: one of {', '.join(allowed)} is needed",
            ),
        ) from None


def number_of(row: Row, column: str) -> float:
    """The number in a cell, 0 where it is empty; raises CellError."""
    text = row.get(column, "")
    try:
        return float(text or 0)
    except ValueError:
        raise CellError(column, Text(f"“{text}”不是数", f"{text!r} is not a number")) from None
