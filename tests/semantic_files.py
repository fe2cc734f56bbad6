"""Small files on which right parts met wrongly, loaded into a store of their own.

A made-up district 990202 with five streets; two of them merge into 己新街道 (006) in July 2026. The
values that the tests expect were worked out by hand.
"""

import csv
from pathlib import Path

import pytest

from dashboard.base.settings import read_settings
from dashboard.services.front_desk import FrontDesk

FOLDER = Path(__file__).parent / "data" / "semantics"
DISTRICT, MERGED = "990202", "990202006"
FILES = ("areas", "changes", "marriages", "merged", "inmonth", "own", "beds", "rate", "orphans")


def load(home, *names, note="checked"):
    """What ``load`` prints for each file, by name; the files are handed in one by one."""
    from dashboard.__main__ import main

    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_HOME", str(home))
        for name in names:
            path = name if isinstance(name, Path) else FOLDER / f"{name}.csv"
            answer = ["--note", note] if note else []
            said[path.stem] = main(["load", str(path), "--lang", "en", *answer])
    return said


def desk_of(home):
    """The desk over a home folder; nothing is kept between two questions."""
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(home), "DASHBOARD_CACHE": "0"}))


def raw(*names):
    """The values of the files as they are written: (indicator, area, period) to number."""
    values = {}
    for name in names:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                values[row["indicator"], row["area"], row["period"]] = float(row["value"])
    return values
