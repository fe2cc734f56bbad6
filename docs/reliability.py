"""Writes docs/reliability.md from a run of the tests that try a fault: ``make reliability``.

A test that tries one has the mark ``fault(where, what, then)``. The run's report, as JUnit's XML,
has the mark of each; listed is what passed.

    python docs/reliability.py build/faults.xml
"""

from __future__ import annotations

import os
import platform
import sys
import xml.etree.ElementTree as Xml
from datetime import date
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).with_name("reliability.md")
WHERE = {
    "killed": "Something is killed",
    "database": "The database",
    "files": "Files",
    "computer": "The computer",
    "server": "The server",
}
SEPARATOR = " ¦ "  # between the parts of a mark in a report
HEAD = """# Reliability

What was tried to break it, and what happened then. `make reliability` tries all of it again and
writes this page; each line is a test that passed, and a test compares the lines with the tests. Run
on {day}: {system}, {cores} cores, load {load} from other work.

Times are not asserted closely, for the machine decides them. A file waits for its receipt and the
audit log at most two seconds each, a connection to PostgreSQL five, a hand-in 30 for another one.
"""
TAIL = """
Not tried: a power cut (SQLite runs with `synchronous=NORMAL`: what was handed in within the last
moments may be lost, the store stays whole), a disk that returns other bytes than were written
(`doctor` compares received files with their digests, and asks the database), a network share under
SQLite (`doctor` warns), Windows.
"""


class Tried(NamedTuple):
    """A fault, what happens then, and the test that tries it."""

    where: str
    what: str
    then: str
    test: str


def passed_in(report: Path) -> list[Tried]:
    """The faults of a report whose every test passed, in the order of the page."""
    outcomes = dict[Tried, bool]()
    for case in Xml.parse(report).iter("testcase"):
        mark = next(
            (p.get("value", "") for p in case.iter("property") if p.get("name") == "fault"), ""
        )
        if not mark:
            continue
        module = str(case.get("classname")).rpartition(".")[2]
        name = str(case.get("name")).partition("[")[0]
        tried = Tried(*mark.split(SEPARATOR), f"{module}.py::{name}")
        failed = any(case.find(outcome) is not None for outcome in ("failure", "error", "skipped"))
        outcomes[tried] = outcomes.get(tried, True) and not failed
    order = list(WHERE)
    return sorted(
        (tried for tried, passed in outcomes.items() if passed),
        key=lambda one: (order.index(one.where), one.what),
    )


def page(tried: list[Tried], machine: dict[str, str]) -> str:
    """The page in Markdown."""
    lines = [HEAD.format(**machine)]
    for where, title in WHERE.items():
        lines.append(f"## {title}\n\n| fault | what happens | tried by |\n|---|---|---|")
        for one in tried:
            if one.where == where:
                file, _, name = one.test.partition("::")
                words = name.removeprefix("test_").replace("_", " ")
                lines.append(f"| {one.what} | {one.then} | [{words}](../tests/{file}) |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n" + TAIL


def main(report: Path) -> None:
    """Write the page from this report."""
    machine = {
        "day": f"{date.today():%-d %B %Y}",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.0f}",
    }
    tried = passed_in(report)
    PAGE.write_text(page(tried, machine), encoding="utf-8")
    print(f"{PAGE}: {len(tried)} faults")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
