"""Names a target's chart: how its reference begins, and which step its points have."""

from __future__ import annotations

TARGET_CHART = "target:"  # the name of a target's chart begins with it
PATH = "path"  # the step of a target's chart; its axis need not begin at zero


def target_of(ref: str) -> str:
    """The id of the target whose chart a reference names."""
    return ref.removeprefix(TARGET_CHART).partition("/")[0]
