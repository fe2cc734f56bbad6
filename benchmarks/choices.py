"""What a choice on a page costs the server: another street or period, first and again.

``python -m benchmarks.choices [HOME] [PATH] [profile]`` makes choices on a page over a copy of the
store of a home folder with the samples (the environment's by default), in this process. It prints
the processor time in milliseconds, the statements and rows of the store, and the bytes that travel:
of the page, of each choice when its values are made for the first time, and when they are there.
With ``profile`` the calls that take longest are printed instead of the statements.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from app import CivilAffairs, create_app
from benchmarks.clicks import copy_home
from benchmarks.counting import counted
from dashboard.base.collector import collect_rarely, hold_for_good
from dashboard.base.settings import read_settings
from dashboard.web import likely_calls
from dashboard.web.first_answers import CALLBACKS, page_call

AREA, PATH = "990101", "/topic/assistance"
CHOICES = (
    {"area": "990101001"},
    {"area": "990101002"},
    {"area": AREA, "period": "2026-07"},
    {"area": AREA, "period": "2026-06"},
    {"area": "990101003", "period": "2026-07"},
)
ROUNDS, LINES = 3, 45


def ask(app: CivilAffairs, call: dict[str, Any]) -> tuple[Any, int]:
    """The answer to a call, and how many bytes of it travel; raises where it is no success."""
    answer = app.server.test_client().post(CALLBACKS, json=call, headers={"Accept-Encoding": "br"})
    if answer.status_code != 200:
        raise SystemExit(f"{answer.status}: {answer.get_data(as_text=True)[:400]}")
    return answer, len(answer.get_data())


def forget(app: CivilAffairs) -> None:
    """Forget every finished value and answer."""
    app.desk.cache.clear()
    app.desk.kept.clear()


def panels_of(app: CivilAffairs, path: str) -> list[dict[str, str]]:
    """The ids of all panels of a page."""
    call = page_call(path, f"?area={AREA}")
    content = app.server.test_client().post(CALLBACKS, json=call).get_json()
    return list(likely_calls.panels_in(content))


def choice_call(app: CivilAffairs, path: str, query: dict[str, str]) -> dict[str, Any]:
    """The one call by which a page asks for its panels after a choice."""
    output = likely_calls.choice_output(app.callback_map)
    return likely_calls.choice_call(output, panels_of(app, path), path, query)


def measured(app: CivilAffairs, call: dict[str, Any]) -> tuple[float, int]:
    """The processor time in milliseconds of one answer, and its bytes."""
    start = time.process_time()
    size = ask(app, call)[1]
    return (time.process_time() - start) * 1000, size


def lines(app: CivilAffairs, path: str) -> Iterator[str]:
    """A line of the table for each choice."""
    page = page_call(path, f"?area={AREA}")
    calls = [("the page", page)]
    calls += [(_words(query), choice_call(app, path, query)) for query in CHOICES]
    first: dict[str, list[float]] = {name: [] for name, _ in calls}
    again: dict[str, list[float]] = {name: [] for name, _ in calls}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        forget(app)
        for name, call in calls:
            first[name].append(measured(app, call)[0])
        for name, call in calls:
            spent, sizes[name] = measured(app, call)
            again[name].append(spent)
    for name, call in calls:
        forget(app)
        with counted(app.desk.context.engine) as cold:
            ask(app, call)
        with counted(app.desk.context.engine) as warm:
            ask(app, call)
        yield (
            f"| {name} | {median(first[name]):.0f} | {median(again[name]):.0f}"
            f" | {cold.statements} / {cold.rows} | {warm.statements} | {sizes[name] / 1024:.0f} |"
        )


def _words(query: dict[str, str]) -> str:
    return " ".join(query.values())


def profiled(app: CivilAffairs, path: str) -> None:
    """Print what takes longest of the choices, made for the first time and again."""
    calls = [choice_call(app, path, query) for query in CHOICES]
    forget(app)
    for title in ("for the first time", "again"):
        profile = cProfile.Profile()
        for call in calls:
            profile.runcall(ask, app, call)
        print(f"{len(calls)} choices {title}")
        pstats.Stats(profile).sort_stats("cumulative").print_stats(LINES)
        pstats.Stats(profile).sort_stats("tottime").print_stats(LINES)


def main(arguments: list[str]) -> int:
    """Print the table, or the profiles."""
    if arguments:
        os.environ["DASHBOARD_HOME"] = arguments[0]
    path = arguments[1] if len(arguments) > 1 else PATH
    folder = Path(tempfile.mkdtemp(prefix="choices-"))
    try:
        copy_home(folder)
        made: Any = create_app(read_settings({"DASHBOARD_HOME": str(folder)}))
        app: CivilAffairs = made
        ask(app, page_call("/help", ""))  # what the first page of a process costs
        hold_for_good()  # as a server does
        collect_rarely()
        if "profile" in arguments:
            profiled(app, path)
            return 0
        print("| choice | ms, first | ms, again | statements / rows | again | KB |")
        for line in lines(app, path):
            print(line, flush=True)
        print(json.dumps({"load": os.getloadavg()[0], "path": path}))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
