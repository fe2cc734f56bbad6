"""Small files of a district in which two streets merge in July 2026, as somebody hands them in.

The values are invented; the right results stand in test_target_meaning.py, computed by hand.
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "targets"
NAMES = (  # in the order of handing in
    "areas",
    "changes",
    "homes",
    "dibao",
    "beds",
    "spending",
    "minutes",
    "marriages",
    "orphans",
    "targets",
)
FILES = {name: (FOLDER / f"{name}.csv").read_text(encoding="utf-8") for name in NAMES}
