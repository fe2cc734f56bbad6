"""What is said of a target is written and read on the command line, version by version."""

import csv
import io

import pytest

from dashboard.base.settings import read_settings
from dashboard.services.front_desk import FrontDesk

TARGET = "marriages:370113:2024-12:at_least"


@pytest.fixture
def command(tmp_path, commands):
    FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    run = commands(tmp_path)
    made = (
        "--indicator",
        "marriages",
        "--area",
        "370113",
        "--period",
        "2024-12",
        "--kind",
        "at_least",
        "--value",
        "2000",
        "--reason",
        "年初责任书",
    )
    assert run("targets", "set", *made)[0] == 0
    return run


def versions(command):
    code, text = command("targets", "comment", TARGET)
    assert code == 0
    return list(csv.DictReader(io.StringIO(text)))


def test_a_text_that_is_not_named_stays_as_it_was_in_the_version_before(command):
    month = ("--period", "2024-06")
    code, said = command("targets", "comment", TARGET, *month, "--why", "责任书", "--how", "偏慢")
    assert code == 0 and "1" in said
    assert command("targets", "comment", TARGET, *month, "--how", "赶上了")[0] == 0
    first, second = versions(command)
    assert (first["version"], first["how_doing"]) == ("1", "偏慢")
    assert (second["version"], second["why_priority"], second["how_doing"]) == (
        "2",
        "责任书",
        "赶上了",
    )
    assert second["period"] == "2024-06" and second["written"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((TARGET, "--why", "责任书"), "--period"),
        ((TARGET, "--period", "2024-06", "--why", " "), "没有可保存的内容"),
        (("nothing:370113:2024-12:at_least", "--period", "2024-06", "--why", "a"), "nothing"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(command, words, message):
    code, said = command("targets", "comment", *words)
    assert code != 0 and message in said
    assert versions(command) == []
