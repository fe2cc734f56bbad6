"""Asks whether a vulnerability is known of what the locks name; says where nobody could be asked.

Ends with 1 where one is known, or where asking itself failed (a lock that cannot be read), else
with 0. The two services are on the internet: a machine that does not reach them has not been
answered, which is printed and is no finding.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

PYTHON = ("requirements.txt", "requirements-test.txt", "requirements-npm.txt")
_NOT_REACHED = re.compile(
    r"not found on PyPI|audit endpoint|ConnectionError|Max retries|timed? ?out|ProxyError"
    r"|ENOTFOUND|ECONN|EAI_AGAIN|ETIMEDOUT|No such file or directory: 'npm'",
    re.IGNORECASE,
)


class Answer(NamedTuple):
    """What a command printed: a JSON report, empty where there is none, and its messages."""

    report: dict[str, Any]
    messages: str


def run(command: list[str]) -> Answer:
    """Run a command that prints JSON."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer({}, str(error))
    try:
        return Answer(json.loads(done.stdout), done.stderr)
    except ValueError:
        return Answer({}, done.stdout + done.stderr)


def python_findings(report: dict[str, Any]) -> list[str] | None:
    """`package version: ids` of each package that has vulnerabilities; None: none was asked."""
    packages = [package for package in report.get("dependencies", []) if "vulns" in package]
    if not packages:
        return None
    return [
        f"{package['name']} {package['version']}: {', '.join(vuln['id'] for vuln in found)}"
        for package in packages
        if (found := package["vulns"])
    ]


def npm_findings(report: dict[str, Any]) -> list[str] | None:
    """`package: severity` of each package that has vulnerabilities; None: none was asked."""
    packages = report.get("vulnerabilities")
    if packages is None:
        return None
    return [f"{name}: {package['severity']}" for name, package in packages.items()]


def print_findings(lock: str, findings: list[str] | None, answer: Answer) -> bool:
    """Print what is known of a lock; whether that is a fault."""
    if findings is not None:
        print(f"{lock}: {'; '.join(findings) or 'no known vulnerability'}")
        return bool(findings)
    messages = f"{answer.messages} {json.dumps(answer.report)}"
    if _NOT_REACHED.search(messages):
        print(f"SKIPPED: {lock}, the service that knows is not reached", file=sys.stderr)
        return False
    print(f"{lock}: could not be asked about: {messages[:1000]}", file=sys.stderr)
    return True


def main(asked: Callable[[list[str]], Answer] = run) -> int:
    """Ask about every lock; 1 where a vulnerability is known or asking failed."""
    audit = [sys.executable, "-m", "pip_audit", "--format=json", "--disable-pip"]
    audit += ["--require-hashes", "--requirement"]
    faults = []
    for lock in PYTHON:
        answer = asked([*audit, lock])
        faults.append(print_findings(lock, python_findings(answer.report), answer))
    answer = asked(["npm", "audit", "--json"])
    faults.append(print_findings("package-lock.json", npm_findings(answer.report), answer))
    return int(any(faults))


if __name__ == "__main__":
    sys.exit(main())
