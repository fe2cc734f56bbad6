"""A known vulnerability of a locked package ends the audit; a service out of reach does not."""

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / ".ci" / "audit.py"
CLEAN = {"dependencies": [{"name": "dash", "version": "4.0", "vulns": []}]}
KNOWN = {"dependencies": [{"name": "dash", "version": "4.0", "vulns": [{"id": "CVE-1"}]}]}
SKIPPED = {"dependencies": [{"name": "dash", "skip_reason": "Dependency not found on PyPI"}]}
NPM_CLEAN = {"vulnerabilities": {}}
NPM_KNOWN = {"vulnerabilities": {"plotly.js": {"severity": "high"}}}
NPM_OUT_OF_REACH = {"error": {"code": "ENOTFOUND"}}


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("python", "npm", "messages", "code", "word"),
    [
        (CLEAN, NPM_CLEAN, "", 0, "no known vulnerability"),
        (KNOWN, NPM_CLEAN, "", 1, "dash 4.0: CVE-1"),
        (CLEAN, NPM_KNOWN, "", 1, "plotly.js: high"),
        (SKIPPED, NPM_OUT_OF_REACH, "", 0, "SKIPPED"),
        ({}, NPM_CLEAN, "requests.exceptions.ConnectionError", 0, "SKIPPED"),
        ({}, NPM_CLEAN, "invalid requirement on line 3", 1, "line 3"),
        (CLEAN, {"error": {"code": "EUSAGE"}}, "", 1, "EUSAGE"),
    ],
)
def test_what_is_known_is_a_fault_and_a_service_out_of_reach_is_said(
    audit, capsys, python, npm, messages, code, word
):
    def asked(command):
        return audit.Answer(npm if command[0] == "npm" else python, messages)

    assert audit.main(asked) == code
    printed = capsys.readouterr()
    assert word in printed.out + printed.err


def test_a_command_that_is_not_there_or_prints_no_json_has_no_report(audit):
    assert audit.run(["a-command-that-nobody-has"]).report == {}
    assert audit.run(["true"]).report == {}
