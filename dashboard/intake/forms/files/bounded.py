"""Reads a file within bounds: a large one in a process of its own, with little memory and time.

A file of some kilobytes may unpack to gigabytes, or keep a reader busy for minutes. The readers of
pages must not wait for it, so what is large is read apart, where it can be stopped.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import zipfile
from typing import Any

from dashboard.base.language import Text
from dashboard.base.settings import ROOT
from dashboard.catalogue.concepts import Finding
from dashboard.intake.forms.files.cells import FileRefused, Sheet
from dashboard.intake.forms.files.read import read_sheets

LARGE = 16_000_000  # bytes, unpacked, from which a file is read apart
SECONDS, MEGABYTES = 60, 1024  # that reading one file may take
_COMMAND = (sys.executable, "-m", "dashboard.intake.forms.files.bounded")
_STOPPED = Text(
    f"读取这个文件超过 {SECONDS} 秒或需要的内存太多；请删去无关的内容，或分成几个文件再报送",
    f"reading this file took more than {SECONDS} seconds or too much memory; remove what does not"
    " belong to the table, or split the file",
)


def read_within_bounds(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a file as ``read_sheets`` gives them; raises FileRefused, also for the bounds.

    On Windows only the time is bounded.
    """
    if unpacked_size(content) <= LARGE:
        return read_sheets(name, content)
    try:
        done = subprocess.run(
            _COMMAND,
            input=pickle.dumps((name, content, MEGABYTES, SECONDS)),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(_finding(name)) from None
    if done.returncode:
        raise FileRefused(_finding(name))
    answer = pickle.loads(done.stdout)  # of our own process
    if isinstance(answer, Finding):
        raise FileRefused(answer)
    sheets: list[Sheet] = answer
    return sheets


def unpacked_size(content: bytes) -> int:
    """How large a file says it is when unpacked, in bytes; of one that is not packed, its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return len(content)


def _finding(name: str) -> Finding:
    text = Text(f"{name}：{_STOPPED.zh}", f"{name}: {_STOPPED.en}")
    return Finding("error", "unreadable_file", text)


def _bound(megabytes: int, seconds: int) -> None:
    """Bound the memory and the processor time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _answer(name: str, content: bytes) -> Any:  # noqa: ANN401 - sheets, or a finding
    try:
        return read_sheets(name, content)
    except FileRefused as refusal:
        return refusal.finding


if __name__ == "__main__":
    name, content, megabytes, seconds = pickle.load(sys.stdin.buffer)
    _bound(megabytes, seconds)
    sys.stdout.buffer.write(pickle.dumps(_answer(name, content)))
