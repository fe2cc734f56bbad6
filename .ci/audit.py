"""Asks whether a vulnerability is known of what the locks name; says where nobody could be asked.

Ends with 1 where one is known, else with 0. The two services are on the internet: a machine that
does not reach them has not been answered, which is printed and is no finding.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

PYTHON = ("requirements.txt", "requirements-test.txt", "requirements-npm.txt")


def answer(command: list[str]) -> dict:
    """The JSON that a command prints; empty where it prints none or is not installed."""
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        return json.loads(asked.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}


def python_findings(report: dict) -> Iterator[str] | None:
    """`package version: ids` of each package that has vulnerabilities; None: none was asked."""
    packages = [one for one in report.get("dependencies", []) if "vulns" in one]
    if not packages:
        return None
    return (
        f"{one['name']} {one['version']}: {', '.join(vuln['id'] for vuln in one['vulns'])}"
        for one in packages
        if one["vulns"]
    )


def npm_findings(report: dict) -> Iterator[str] | None:
    """`package: severity` of each package that has vulnerabilities; None: none was asked."""
    packages = report.get("vulnerabilities")
    if packages is None:
        return None
    return (f"{name}: {one['severity']}" for name, one in packages.items())


def told(lock: str, found: Iterator[str] | None) -> bool:
    """Print what is known of a lock; whether something is."""
    if found is None:
        print(
            f"SKIPPED: {lock} could not be asked about, its service is not reached", file=sys.stderr
        )
        return False
    lines = list(found)
    print(f"{lock}: {'; '.join(lines) or 'no known vulnerability'}")
    return bool(lines)


def main(run: Callable[[list[str]], dict] = answer) -> int:
    """Ask about every lock; 1 where a vulnerability is known."""
    audit = [
        sys.executable,
        "-m",
        "pip_audit",
        "--format",
        "json",
        "--disable-pip",
        "--require-hashes",
    ]
    known = [told(lock, python_findings(run([*audit, "-r", lock]))) for lock in PYTHON]
    known.append(told("package-lock.json", npm_findings(run(["npm", "audit", "--json"]))))
    return int(any(known))


if __name__ == "__main__":
    sys.exit(main())
