"""What the store already knows of a file that is handed in: whether it came before."""

from __future__ import annotations

from dashboard.catalogue.concepts import Finding
from dashboard.language import Text
from dashboard.store.opening import Engine
from dashboard.store.submissions import submissions_of_file


def same_file(engine: Engine, sha256: str, sheet: str) -> list[Finding]:
    """A note naming the latest submission of exactly this file, of the same sheet if there is one.

    Nothing where the file is new.
    """
    before = submissions_of_file(engine, sha256)
    if not before:
        return []
    row = next((row for row in reversed(before) if row.sheet == sheet), before[-1])
    day = f"{row.received.astimezone():%Y-%m-%d}"
    since = Text(",后已撤回", ", withdrawn since") if row.withdrawn else Text("")
    message = Text(
        f"这个文件已于 {day} 报送过({row.file},报送编号 {row.id}{since.zh}),内容完全相同",
        f"exactly this file was handed in on {day} ({row.file}, submission {row.id}{since.en})",
    )
    return [Finding("note", "same_file", message, sheet)]
