"""Keeps targets, and notes in the audit log which were changed."""

from __future__ import annotations

from dashboard.services.access.audit import Audit
from dashboard.store.opening import Engine
from dashboard.store.targets import NewTargets, save_targets


def keep_targets(engine: Engine, new: NewTargets) -> list[str]:
    """Keep the targets, whole or not at all; the ids of those that changed. Raises StoreError."""
    changed = save_targets(engine, new)
    if changed:
        Audit(engine).note("target", f"{new.decision.reason}: {' '.join(changed)}", new.decision.by)
    return changed
