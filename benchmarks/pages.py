"""How long a page's blocks take to draw, cold and from the cache, and how much travels.

``python -m benchmarks.pages [home]`` over a home folder with the samples in it (by default the
environment's). Prints medians of a few runs; the ratio cold to warm is measured in one process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

from app import create_app
from dashboard.base.settings import read_settings
from dashboard.charts.plotly.figures import figure
from dashboard.components.panels import PANELS

RUNS = 5
BLOCKS = (
    ("tiles", "assistance"),
    ("board", "/"),
    ("comparison-rows", "990101001"),
    ("figures", "assistance"),
    ("chart", "assistance/spending"),
    ("chart", "assistance/spending_by_year"),
    ("chart", "marriage/marriages_by_street"),
    ("chart", "marriage/marriage_season"),
    ("chart", "marriage/marriages_table"),
)


def seconds(task: Callable[[], object], before: Callable[[], object]) -> float:
    """The median time of a task, with ``before`` done first each time and not counted."""
    taken = []
    for _ in range(RUNS):
        before()
        start = time.perf_counter()
        task()
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> int:
    """Prints a row a block: milliseconds cold and warm, their ratio; then figure sizes."""
    home = {"DASHBOARD_HOME": sys.argv[1]} if len(sys.argv) > 1 else None
    app = create_app(read_settings(home))
    with app.server.test_request_context("/"):
        desk = app.desk
        selection = desk.selections.of({}, "zh")
        print(f"{'block':44} {'cold ms':>8} {'warm ms':>8} {'ratio':>6}")
        for kind, ref in BLOCKS:

            def draw(kind: str = kind, ref: str = ref) -> object:
                return PANELS[kind](desk, ref, selection)

            cold = seconds(draw, desk.cache.clear) * 1000
            warm = seconds(draw, lambda: None) * 1000
            print(f"{kind + ' ' + ref:44} {cold:8.1f} {warm:8.1f} {cold / warm:6.1f}")
        for kind, ref in BLOCKS:
            if kind == "chart":
                drawn = figure(desk.figures.chart(ref, selection))
                print(f"figure of {ref:34} {len(app.server.json.dumps(drawn)) / 1024:8.1f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
