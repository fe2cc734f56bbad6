"""How long reports take: ``python -m benchmarks.reports``, on the store of DASHBOARD_HOME.

Two reports of the demo district, each in every format: four topics with all their charts, and one
chart a street of twelve streets. Prints seconds: composing from an empty cache, then writing.

With a folder, ``python -m benchmarks.reports DIR [--list]``, how well work reports in it are read.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.report_reading import measure
from dashboard.base.settings import read_settings
from dashboard.charts.model.plan import Plan
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.services.front_desk import FrontDesk

AREA, PERIOD = "990101", "2024-09"
FOUR = ("assistance", "elderly", "organisations", "marriage")
STREETS = tuple(f"{AREA}{number:03d}" for number in range(1, 13))
PLANS = {
    "four topics": Plan(topics=FOUR),
    "twelve streets": Plan(charts=("marriage/registrations",), areas=STREETS, parts=("charts",)),
}


def main() -> None:
    """Prints one line a report and format; with a folder, the scores of reading its reports."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]), listed="--list" in sys.argv)
        return
    for name, plan in PLANS.items():
        for kind, form in REPORT_FORMATS.items():
            desk = FrontDesk(read_settings())
            selection = desk.selections.of({"area": AREA, "period": PERIOD}, "zh")
            begun = time.perf_counter()
            report = desk.reports.compose(plan, selection, date.today())
            composed = time.perf_counter()
            size = len(form.render(report))
            written = time.perf_counter()
            sys.stdout.write(
                f"{name:15} {kind:5} {len(report.pages):3} pages  compose {composed - begun:5.2f} s"
                f"  write {written - composed:5.2f} s  {size / 1024:7,.0f} KB\n"
            )


if __name__ == "__main__":
    main()
