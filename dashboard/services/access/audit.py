"""Keeps the audit log: what was done, by whom, from where."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.services.access.person import acting_person, signature
from dashboard.store.audit import AuditEntry, read_audit, write_audit
from dashboard.store.opening import Engine

LONGEST = 500  # characters
ACTS = (  # each has a word, audit_<act>
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "hand_in",
    "hand_in_waits",
    "hand_in_accepted",
    "hand_in_returned",
    "hand_in_withdrawn",
    "marking",
    "withdraw",
    "return",
    "lock",
    "unlock",
    "publish",
    "publish_withdrawn",
    "publication_on",
    "publication_off",
    "target",
    "comment",
    "declare",
    "samples_removed",
    "export",
    "original",
    "user",
    "backup",
    "restore",
)
COLUMNS = ("id", "at", "who", "act", "what", "origin")


class Audit:
    """Writes and reads the audit log of one store. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        """Keep it in this store."""
        self._engine = engine

    def note(self, act: str, what: str, by: str = "") -> None:
        """Add a line about the person who acts; ``by`` is the typed name of one not signed in."""
        origin = acting_person().origin
        self.note_of(signature(by), act, what, origin)

    def note_of(self, who: str, act: str, what: str, origin: str) -> None:
        """Add a line about somebody, e.g. who tries to sign in."""
        texts = (one[:LONGEST] for one in (what, origin))
        write_audit(self._engine, AuditEntry(0, datetime.now(UTC), who[:LONGEST], act, *texts))

    def entries(self, act: str = "", who: str = "", limit: int | None = None) -> list[AuditEntry]:
        """Lines, newest first; of one act or person where named."""
        return read_audit(self._engine, act=act, who=who, limit=limit)


def audit_row(entry: AuditEntry) -> dict[str, object]:
    """A line as a row of a list; the moment in this computer's time."""
    at = entry.at.astimezone().isoformat(timespec="seconds")
    return dict(entry._asdict()) | {"at": at}
