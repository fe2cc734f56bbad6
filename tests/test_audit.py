"""A known vulnerability of a locked package ends the audit; a service out of reach does not."""

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / ".ci" / "audit.py"
CLEAN = {"dependencies": [{"name": "dash", "version": "4.0", "vulns": []}]}
KNOWN = {"dependencies": [{"name": "dash", "version": "4.0", "vulns": [{"id": "CVE-1"}]}]}
UNASKED = {"dependencies": [{"name": "dash", "skip_reason": "not found"}]}
NPM_CLEAN = {"vulnerabilities": {}}
NPM_KNOWN = {"vulnerabilities": {"plotly.js": {"severity": "high"}}}


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("python", "npm", "code", "word"),
    [
        (CLEAN, NPM_CLEAN, 0, "no known vulnerability"),
        (KNOWN, NPM_CLEAN, 1, "dash 4.0: CVE-1"),
        (CLEAN, NPM_KNOWN, 1, "plotly.js: high"),
        (UNASKED, {"error": {}}, 0, "SKIPPED"),
        ({}, {}, 0, "SKIPPED"),
    ],
)
def test_what_is_known_ends_the_audit_and_what_was_not_asked_is_said(
    audit, capsys, python, npm, code, word
):
    assert audit.main(lambda command: npm if command[0] == "npm" else python) == code
    printed = capsys.readouterr()
    assert word in printed.out + printed.err


def test_a_command_that_is_not_there_answers_nothing(audit):
    assert audit.answer(["a-command-that-nobody-has"]) == {}
    assert audit.answer(["true"]) == {}
