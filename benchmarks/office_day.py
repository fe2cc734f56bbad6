"""Whether the server bears an office's day: readers, hand-ins, hostile files and exports at once.

``python -m benchmarks.office_day [readers] [seconds] [options of serve]`` starts a server over a
copy of the home folder (the environment's, with the samples) on a free port of this machine. At
most 400 readers click once a second for at most 600 seconds, while one person fills in forms of
streets and hands them in, one drops workbooks made to take time and memory, and one fetches files.
It prints what each did, the 95th percentile of a click in milliseconds, what went wrong, and the
memory of the server and its workers: after the first minute (a fifth of a shorter run), at its
highest, and at the end. Everything runs in a temporary folder and is removed.
"""

from __future__ import annotations

import base64
import http.client
import io
import json
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

import xlsxwriter

from benchmarks.clicks import HOST, MOST_CLIENTS, MOST_SECONDS, STREETS, Clients, copy_home, served
from dashboard.components.shell import ids

PATIENCE = 120  # seconds that a hand-in or an export waits for its answer
REST = 2.0  # seconds between two acts of one person
WARM = 60.0  # seconds after which memory is first looked at
CALLBACK = "/_dash-update-component"
EXPORTS = (
    "/export/marriage/registrations.csv?area=990101&period=2026-09",
    "/export/marriage/registrations.pptx?area=990101&period=2026-09",
    "/export/figures/elderly.xlsx?area=990101",
    "/export/targets.xlsx?area=990101",
    "/api/observations?area=990101&children=1&limit=2000",
)
_CELL = re.compile(r'name="(v\.[^"]+)"')
_HIDDEN = re.compile(r'type="hidden" name="(token|seen)" value="([^"]*)"')


class Person:
    """Somebody with a browser of his or her own: cookies, and one request after the other."""

    def __init__(self, port: int) -> None:
        """Work at the server at this port."""
        self._port, self._cookies = port, dict[str, str]()

    def ask(
        self, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """Status and bytes of an answer; raises OSError and HTTPException."""
        connection = http.client.HTTPConnection(HOST, self._port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, content


class Day:
    """What three people do beside the readers, until the end."""

    def __init__(self, port: int, seconds: float) -> None:
        """Work at the server at this port for so long."""
        self._port, self._end = port, time.monotonic() + seconds
        self.done: Counter[str] = Counter()
        self.troubles: Counter[str] = Counter()

    def begin(self) -> list[threading.Thread]:
        """Let them begin; returns their threads."""
        acts = {"hand-ins": self._hand_in, "hostile files": self._drop, "exports": self._export}
        threads = [threading.Thread(target=self._repeat, args=pair) for pair in acts.items()]
        for thread in threads:
            thread.start()
        return threads

    def _repeat(self, name: str, act: Callable[[Person, int], str]) -> None:
        """Act again and again; what went wrong is counted under its name."""
        person, number = Person(self._port), 0
        while time.monotonic() < self._end:
            try:
                trouble = act(person, number)
            except (OSError, http.client.HTTPException) as error:
                trouble = type(error).__name__
            self.done[name] += not trouble
            if trouble:
                self.troubles[f"{name}: {trouble}"] += 1
            number += 1
            time.sleep(REST)

    def _hand_in(self, person: Person, number: int) -> str:
        """Fill in the own table of a street for November and hand it in, as a correction too."""
        street = STREETS[number % len(STREETS)]
        _, chosen = person.ask(f"/hand-ins/form?area={street}&lang=zh")
        key = re.search(r'value="(table:\d+)"', chosen.decode())
        if key is None:
            return "no form"
        asked = {"area": street, "form": key[1], "period": "2026-10", "lang": "zh"}
        address = f"/hand-ins/form?{urlencode(asked)}"
        _, page = person.ask(address)
        if not _CELL.search(page.decode()):
            _, page = _send(person, address, page, act="correct")
        cells = dict.fromkeys(_CELL.findall(page.decode())[:12], str(100 + number))
        status, answer = _send(person, address, page, act="hand_in", note="测试", **cells)
        return "" if status == 200 and "已报送" in answer.decode() else str(status)

    def _drop(self, person: Person, number: int) -> str:
        """Drop a workbook made to take time and memory."""
        _, text = person.ask("/_dash-dependencies")
        upload = base64.b64encode(_hostile(number)).decode()
        values = {"contents": [f"data:;base64,{upload}"], "filename": ["大表.xlsx"]}
        declared = next(one for one in json.loads(text) if _is_upload(one))
        status, _ = person.ask(CALLBACK, json.dumps(_call(declared, values)).encode())
        return "" if status == 200 else str(status)

    @staticmethod
    def _export(person: Person, number: int) -> str:
        """Fetch a file."""
        status, _ = person.ask(EXPORTS[number % len(EXPORTS)])
        return "" if status == 200 else str(status)


def _send(person: Person, address: str, page: bytes, **fields: str) -> tuple[int, bytes]:
    """Send the form of a page with what is hidden in it."""
    hidden = dict(_HIDDEN.findall(page.decode()))
    body = urlencode(hidden | fields).encode()
    return person.ask(address, body, "application/x-www-form-urlencoded")


def _is_upload(declared: dict[str, Any]) -> bool:
    inputs = [(one["id"], one["property"]) for one in declared["inputs"]]
    return inputs == [(ids.UPLOAD, "contents")]


def _call(declared: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The body of a callback's request, as the browser's script sends it."""

    def given(kind: str) -> list[dict[str, Any]]:
        return [one | {"value": values[one["property"]]} for one in declared[kind]]

    outputs = [
        dict(zip(("id", "property"), one.rsplit(".", 1), strict=True))
        for one in declared["output"].strip(".").split("...")
    ]
    changed = [f"{one['id']}.{one['property']}" for one in declared["inputs"]]
    return {
        "output": declared["output"],
        "outputs": outputs,
        "inputs": given("inputs"),
        "state": given("state"),
        "changedPropIds": changed,
    }


def _hostile(number: int) -> bytes:
    """A small file that becomes large: many equal cells, or very many columns."""
    rows, columns = ((20_000, 40), (60, 12_000))[number % 2]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, ["结婚登记对数"] * columns)
    return content.getvalue()


def memory(process: int) -> float:
    """The resident memory in MB of a process and of those it started."""
    kilobytes, below = 0, [str(process)]
    while below:
        number = below.pop()
        try:
            status = Path(f"/proc/{number}/status").read_text()
            children = Path(f"/proc/{number}/task/{number}/children").read_text()
        except OSError:
            continue  # it has ended meanwhile
        resident = re.search(r"VmRSS:\s+(\d+)", status)
        kilobytes += int(resident[1]) if resident else 0
        below += children.split()
    return kilobytes / 1024


def watch(process: int, until: float, seen: list[tuple[float, float]]) -> None:
    """Note the moment and the memory every second."""
    while time.monotonic() < until:
        seen.append((time.monotonic(), memory(process)))
        time.sleep(1)


def main(arguments: list[str]) -> None:
    """Run and print; ends with 1 where anything went wrong."""
    readers = min(int(arguments[0]) if arguments else 50, MOST_CLIENTS)
    seconds = min(float(arguments[1]) if len(arguments) > 1 else 600, MOST_SECONDS)
    home, seen = Path(tempfile.mkdtemp(prefix="office-")), list[tuple[float, float]]()
    try:
        copy_home(home)
        with served(home, *arguments[2:]) as (port, process):
            start = time.monotonic()
            run, day = Clients(port, seconds), Day(port, seconds)
            watcher = threading.Thread(target=watch, args=(process, start + seconds, seen))
            watcher.start()
            threads = day.begin()
            run.run(readers)
            for thread in (*threads, watcher):
                thread.join()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    _print(readers, seconds, run, day)
    warm = start + min(WARM, seconds / 5)
    sizes = [size for moment, size in seen if moment >= warm] or [0.0]
    texts = (f"{sizes[0]:.0f} after warming", f"{max(sizes):.0f} at most", f"{sizes[-1]:.0f} last")
    print(f"memory in MB: {', '.join(texts)}")
    sys.exit(bool(run.troubles or day.troubles))


def _print(readers: int, seconds: float, run: Clients, day: Day) -> None:
    waits = run.waits if len(run.waits) > 1 else [0.0, 0.0]
    print(
        f"{readers} readers, {seconds:.0f} s: {len(run.waits)} clicks, median"
        f" {median(waits):.0f} ms, p95 {quantiles(waits, n=20)[-1]:.0f} ms, slowest"
        f" {max(waits):.0f} ms; {dict(day.done)}; failed: {dict(run.troubles)}"
        f" {dict(day.troubles)}; load of the machine {os.getloadavg()[0]:.1f}"
        f" on {os.cpu_count()} cores"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
