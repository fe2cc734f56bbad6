"""Radon's complexity of the shipped functions: none above 15, at most 3 % above 10.

    python tests/complexity.py          part of ``make lint``

Radon counts conditions within expressions and comprehensions too, which ruff's C901 does not.
"""

import sys
from pathlib import Path

from radon.complexity import cc_visit
from radon.visitors import Class

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("app.py", "dashboard", "pages", "callbacks")
MOST = 15  # of any function
MANY, SHARE = 10, 0.03  # the share of functions that may be above MANY


def files() -> list[Path]:
    """Every shipped Python file."""
    places = [ROOT / name for name in SHIPPED]
    return sorted(
        file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))
    )


def complexities() -> dict[str, int]:
    """The complexity of every function and method, by "file:line name"."""
    return {
        f"{file.relative_to(ROOT)}:{block.lineno} {block.name}": block.complexity
        for file in files()
        for block in cc_visit(file.read_text(encoding="utf-8"))
        if not isinstance(block, Class)  # its methods are in the list by themselves
    }


def main() -> int:
    """Print what is above the limits; returns the exit code."""
    measured = complexities()
    many = [name for name, complexity in measured.items() if complexity > MANY]
    above = [name for name in many if measured[name] > MOST]
    too_many = len(many) > SHARE * len(measured)
    for name in sorted(many if too_many else above, key=lambda name: -measured[name]):
        print(f"{measured[name]:3} {name}")
    if above or too_many:
        print(f"{len(above)} functions above {MOST}; {len(many)} of {len(measured)} above {MANY},")
        print(f"{len(many) / len(measured):.1%} where {SHARE:.0%} is the limit")
    return 1 if above or too_many else 0


if __name__ == "__main__":
    sys.exit(main())
