"""Compares what two checkouts export from the same figures.

``python -m benchmarks.compare_exports OLD`` names the other checkout.
Both checkouts write the same charts, topics and lists of the sample districts. Files are compared
byte for byte after receipt codes, moments and archive dates are put out of sight; a difference is
printed with the file, the archive member and the first line that differs. Exit code 1: some differ.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

AREAS = ("示例区", "长清区")
ALWAYS_DIFFERENT = (
    rb"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{1,4})?",  # receipt codes
    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.+:Z]*",  # moments
    rb"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?( UTC)?",
    rb"/CreationDate\s*\([^)]*\)|/ModDate\s*\([^)]*\)|/ID\s*\[[^\]]*\]",  # PDF
)


def commands(reports: bool) -> Iterator[tuple[str, list[str]]]:
    """File name and arguments of each export; whole reports only where asked."""
    for language in ("zh", "en"):
        yield f"list-{language}.csv", ["observations", "--children", "--lang", language]
        yield f"progress-{language}.csv", ["progress", "--children", "--lang", language]
        for area in AREAS:
            name = f"{'demo' if area == AREAS[0] else 'report'}-{language}"
            place = ["--area", area, "--lang", language]
            for kind in ("csv", "xlsx", "pptx", "docx"):
                if reports:
                    yield f"{name}.{kind}", ["export", "all", "--format", kind, *place]
            yield f"scorecards-{name}.pptx", ["export", "scorecards", "--format", "pptx", *place]


def run(checkout: Path, home: Path, folder: Path, reports: bool) -> None:
    """Write every export of a checkout into the folder."""
    for name, arguments in commands(reports):
        subprocess.run(
            [sys.executable, "-m", "dashboard", *arguments, "--out", str(folder / name)],
            cwd=checkout,
            env={"DASHBOARD_HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
            capture_output=True,
            check=False,
        )


def plain(content: bytes) -> bytes:
    """The content without what differs from run to run."""
    for pattern in ALWAYS_DIFFERENT:
        content = re.sub(pattern, b"~", content)
    return content


def parts(file: Path) -> dict[str, bytes]:
    """The members of an archive, workbooks within it opened too; of another file itself alone."""
    if not zipfile.is_zipfile(file):
        return {"": plain(file.read_bytes())}
    content: dict[str, bytes] = {}
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            member = archive.read(name)
            if name.endswith(".xlsx"):
                with tempfile.NamedTemporaryFile(suffix=".xlsx") as inner:
                    inner.write(member)
                    inner.flush()
                    content |= {f"{name}!{k}": v for k, v in parts(Path(inner.name)).items()}
            elif not name.startswith("docProps/"):
                content[name] = plain(member)
    return content


def first_difference(old: bytes, new: bytes) -> str:
    """The first pieces in which two contents differ."""
    for before, after in zip_longest(re.split(rb"[\n>]", old), re.split(rb"[\n>]", new)):
        if before != after:
            return f"{(before or b'')[:160]!r} -> {(after or b'')[:160]!r}"
    return ""


def differences(old: Path, new: Path) -> Iterator[str]:
    """What differs between two folders of exports, a line each."""
    names = sorted({file.name for folder in (old, new) for file in folder.iterdir()})
    for name in names:
        if not (old / name).exists() or not (new / name).exists():
            yield f"{name}: only in {'the new' if (new / name).exists() else 'the old'} checkout"
            continue
        before, after = parts(old / name), parts(new / name)
        for part in sorted(before.keys() | after.keys()):
            if before.get(part) != after.get(part):
                lines = first_difference(before.get(part, b""), after.get(part, b""))
                yield f"{name} {part}: {lines}"


def main() -> int:
    """Export from both checkouts and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path, help="another checkout of this project")
    parser.add_argument("--reports", action="store_true", help="whole reports of both areas too")
    options = parser.parse_args()
    here = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "dashboard", "samples", "--load"],
            cwd=options.old,
            env={"DASHBOARD_HOME": str(work / "home-old"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
        )
        shutil.copytree(work / "home-old", work / "home-new")
        for name, checkout in (("old", options.old), ("new", here)):
            (work / name).mkdir()
            run(checkout, work / f"home-{name}", work / name, options.reports)
        count = len(list((work / "old").iterdir()))
        found = list(differences(work / "old", work / "new"))
    print(*found, f"{count} files, {len(found)} differences", sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
