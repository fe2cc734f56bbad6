"""Reads a file within bounds: a large one in a process of its own, with little memory and time.

A file of some kilobytes may unpack to gigabytes, or keep a reader busy for minutes. The readers of
pages must not wait for it, so what is large is read apart, where it can be stopped.
"""

from __future__ import annotations

from typing import Any

from dashboard.base.language import Text
from dashboard.base.packages import unpacked_size
from dashboard.base.separate_process import Bounds, TooMuch, run_apart
from dashboard.catalogue.concepts import Finding
from dashboard.intake.forms.files.cells import FileRefused, Sheet
from dashboard.intake.forms.files.geojson import Feature, read_features
from dashboard.intake.forms.files.read import read_sheets

LARGE = 16_000_000  # bytes, unpacked, from which a packed file is read apart
LARGE_TEXT = 1_000_000  # bytes of a file that is not packed
SECONDS, MEGABYTES = 60, 1024  # that reading one file may take
_STOPPED = Text(
    f"读取这个文件超过 {SECONDS} 秒或需要的内存太多；请删去无关的内容，或分成几个文件再报送",
    f"reading this file took more than {SECONDS} seconds or too much memory; remove what does not"
    " belong to the table, or split the file",
)


def read_within_bounds(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a file as ``read_sheets`` gives them; raises FileRefused, also for the bounds.

    On Windows only the time is bounded.
    """
    if not is_large(content):
        return read_sheets(name, content)
    sheets: list[Sheet] = _apart("read_or_find", name, content)
    return sheets


def features_within_bounds(name: str, content: bytes) -> tuple[list[Feature], list[Finding]]:
    """The features of a file as ``read_features`` gives them; raises FileRefused."""
    if not is_large(content):
        return read_features(name, content)
    read: tuple[list[Feature], list[Finding]] = _apart("features_or_find", name, content)
    return read


def _apart(function: str, name: str, content: bytes) -> Any:  # noqa: ANN401 - what is read
    try:
        answer = run_apart(f"{__name__}:{function}", (name, content), Bounds(SECONDS, MEGABYTES))
    except TooMuch:
        text = Text(f"{name}：{_STOPPED.zh}", f"{name}: {_STOPPED.en}")
        raise FileRefused(Finding("error", "unreadable_file", text)) from None
    if isinstance(answer, Finding):
        raise FileRefused(answer)
    return answer


def is_large(content: bytes) -> bool:
    """Whether a file is to be read in a process of its own."""
    size = unpacked_size(content)
    return size > LARGE if size is not None else len(content) > min(LARGE, LARGE_TEXT)


def read_or_find(name: str, content: bytes) -> list[Sheet] | Finding:
    """The sheets of a file, or the finding with which it is refused."""
    try:
        return read_sheets(name, content)
    except FileRefused as refusal:
        return refusal.finding


def features_or_find(name: str, content: bytes) -> tuple[list[Feature], list[Finding]] | Finding:
    """The features of a file of boundaries, or the finding with which it is refused."""
    try:
        return read_features(name, content)
    except FileRefused as refusal:
        return refusal.finding
