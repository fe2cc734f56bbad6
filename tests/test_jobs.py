"""Work beside a page: told of from any process, cancelled between steps, never running for ever."""

import json
import multiprocessing
import os
import signal
import threading
import time

import pytest

from dashboard.base import jobs
from dashboard.base.language import Text
from dashboard.base.progress import Cancelled

pytestmark = pytest.mark.slow

READING = Text("读取", "reading")
FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else None


def when_over(home, number, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = jobs.state(home, number)
        if now.is_over:
            return now
        time.sleep(0.01)
    raise AssertionError(f"still {now}")


def running_until(step_count=10**6):
    """Work of many small steps; says in a list how far it came."""
    came = []

    def work(progress):
        for done in range(step_count):
            progress.step(READING, done, step_count)
            came.append(done)
            time.sleep(0.005)
        return "all"

    return work, came


def test_a_job_gives_its_result_once_it_is_done(tmp_path):
    number = jobs.start(tmp_path, lambda progress: {"sheets": 3, "名": ["一"]})
    over = when_over(tmp_path, number)
    assert (over.state, over.result) == (jobs.DONE, {"sheets": 3, "名": ["一"]})


def test_a_running_job_says_what_it_is_doing(tmp_path):
    see_other, begun = threading.Event(), threading.Event()

    def work(progress):
        progress.step(READING, 2, 5)
        begun.set()
        see_other.wait(5)

    number = jobs.start(tmp_path, work)
    begun.wait(5)
    time.sleep(jobs._OFTEN)
    now = jobs.state(tmp_path, number)
    assert now.state == jobs.RUNNING and not now.is_over
    see_other.set()
    over = when_over(tmp_path, number)
    assert (over.what, over.done, over.total) == (READING, 2, 5)


def test_a_cancelled_job_stops_at_its_next_step(tmp_path):
    work, came = running_until()
    number = jobs.start(tmp_path, work)
    while not came:
        time.sleep(0.001)
    jobs.cancel(tmp_path, number)
    over = when_over(tmp_path, number)
    assert (over.state, over.result) == (jobs.CANCELLED, None)
    stopped_at = len(came)
    time.sleep(0.05)
    assert len(came) == stopped_at


def test_cancelling_what_is_over_changes_nothing(tmp_path):
    number = jobs.start(tmp_path, lambda progress: 1)
    when_over(tmp_path, number)
    jobs.cancel(tmp_path, number)
    assert jobs.state(tmp_path, number).result == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("result", [object(), {1, 2}])
def test_a_job_that_fails_is_failed_and_says_at_which_step(tmp_path, result):
    def work(progress):
        progress.step(READING, 1, 2)
        return result  # which no file can hold

    over = when_over(tmp_path, jobs.start(tmp_path, work))
    assert (over.state, over.what, over.result) == (jobs.FAILED, READING, None)
    for thread in threading.enumerate():  # whose end is this test's and not the next one's
        if thread.name.startswith("job "):
            thread.join(10)


@pytest.mark.skipif(FORK is None, reason="needs fork")
def test_a_job_is_seen_and_cancelled_from_another_process(tmp_path):
    work, _ = running_until()
    number = jobs.start(tmp_path, work)

    def elsewhere():
        assert jobs.state(tmp_path, number).state == jobs.RUNNING
        jobs.cancel(tmp_path, number)

    other = FORK.Process(target=elsewhere)
    other.start()
    other.join()
    assert other.exitcode == 0
    assert when_over(tmp_path, number).state == jobs.CANCELLED


@pytest.mark.fault(
    "killed",
    "the server's process is killed while it makes a report",
    "the page says that the work failed",
)
@pytest.mark.skipif(FORK is None, reason="needs fork")
def test_a_job_whose_process_was_killed_is_failed(tmp_path):
    told = FORK.SimpleQueue()

    def server():
        told.put(jobs.start(tmp_path, running_until()[0]))
        time.sleep(60)

    process = FORK.Process(target=server)
    process.start()
    number = told.get()
    assert jobs.state(tmp_path, number).state == jobs.RUNNING
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert when_over(tmp_path, number, 8).state == jobs.FAILED


def test_a_job_that_gave_no_sign_of_life_for_long_is_failed(tmp_path):
    number = jobs.start(tmp_path, lambda progress: None)
    when_over(tmp_path, number)
    file = tmp_path / "jobs" / f"{number}.json"
    row = json.loads(file.read_text(encoding="utf-8")) | {"state": "running"}
    file.write_text(json.dumps(row), encoding="utf-8")
    assert jobs.state(tmp_path, number).state == jobs.RUNNING
    os.utime(file, (time.time() - 100, time.time() - 100))
    assert jobs.state(tmp_path, number).state == jobs.FAILED


@pytest.mark.parametrize("number", ["", "..", "../../etc/passwd", "x" * 22, "a/b", "a" * 21 + "\n"])
def test_a_number_that_is_none_is_refused_and_reads_no_file(tmp_path, number):
    (tmp_path / "jobs").mkdir()
    (tmp_path / "secret.json").write_text('{"state": "done"}')
    for ask in (jobs.state, jobs.cancel):
        with pytest.raises(jobs.JobGone):
            ask(tmp_path, number)


def test_the_end_of_a_job_is_forgotten_after_a_day(tmp_path):
    number = jobs.start(tmp_path, lambda progress: 1)
    when_over(tmp_path, number)
    old = time.time() - jobs.DAY - 5
    os.utime(tmp_path / "jobs" / f"{number}.json", (old, old))
    when_over(tmp_path, jobs.start(tmp_path, lambda progress: 2))
    with pytest.raises(jobs.JobGone):
        jobs.state(tmp_path, number)


def test_a_step_of_a_cancelled_job_raises_whatever_it_was_doing(tmp_path):
    seen = []

    def work(progress):
        jobs.cancel(tmp_path, number.get())
        try:
            progress.step(READING, 0, 1)
        except Cancelled:
            seen.append("cancelled")
            raise

    number = multiprocessing.SimpleQueue()
    started = jobs.start(tmp_path, work)
    number.put(started)
    assert when_over(tmp_path, started).state == jobs.CANCELLED
    assert seen == ["cancelled"]
