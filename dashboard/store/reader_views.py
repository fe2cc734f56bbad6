"""Writes the views through which a reader sees the store where publication is on.

Each has the name of a table and stands before it in the reader's own connections, so that whatever
asks for figures, and whatever will, passes here: no query can forget it. Drafts are not there for
who may not see them, and are marked as drafts for who may. What a draft could be worked out from
goes with it: counts, findings, the rows of lists, a target's base, commentary, values that a later
submission replaced before they were published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Table

from dashboard.catalogue.concepts import FigureKind, FigureStatus
from dashboard.store.clock import NOW
from dashboard.store.register_tables import register_part, register_row
from dashboard.store.tables import (
    KEY,
    area_figures,
    finding,
    held,
    observation,
    reported,
    revision,
    store_version,
    submission,
)
from dashboard.store.target_tables import commentary, target, target_change

_DRAWN_UP = ", ".join(f"'{kind}'" for kind in (FigureKind.TARGET, FigureKind.PLAN))
_FIRM = ", ".join(f"'{status}'" for status in (FigureStatus.FINAL, FigureStatus.PROVISIONAL))
_OFFERED = f"o.value IS NOT NULL AND o.kind NOT IN ({_DRAWN_UP})"
# Of a submission: its file, and what people wrote of it.
_EMPTY_WHERE_DRAFT = ("sha256", "note", "title", "withdrawn_reason", "indicators")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose drafts somebody sees: those of these areas, None for all.

    Files that are handed in are compared with what is stored, so without the mark.
    Targets and plans are decisions and no figures of a period: everybody sees them.
    """

    drafts: frozenset[str] | None
    marked: bool = True  # whether drafts have the status of drafts, else the one they came with

    @property
    def sees_all(self) -> bool:
        """Whether all drafts are there, marked as such."""
        return self.drafts is None

    @property
    def name(self) -> str:
        """What tells what this reader sees from what others see; short, however many areas."""
        if self.sees_all:
            return "all"
        codes = "\n".join(sorted(self.drafts or ()))
        return f"own-{sha256(codes.encode()).hexdigest()[:24]}" if codes else "published"


EVERYTHING, PUBLISHED = Reader(None), Reader(frozenset())


def view_statements(reader: Reader, dialect: str, schema: str) -> list[str]:
    """The statements that make the views of a reader, over the tables of this schema."""
    views = _Views(reader, NOW[dialect], f"{schema}.")
    return [f"CREATE TEMP VIEW {name} AS {text}" for name, text in views.texts()]


def _columns(table: Table, alias: str, otherwise: Callable[[str], str | None]) -> str:
    """The columns of a table, those with another expression under their own names."""
    texts = []
    for column in table.columns:
        other = otherwise(column.name)
        texts.append(f"{alias}.{column.name}" if other is None else f"{other} AS {column.name}")
    return ", ".join(texts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class _Views:
    """The SQL of one reader's views; ``main`` is what stands before the names of tables."""

    reader: Reader
    now: str
    main: str

    def texts(self) -> Iterator[tuple[str, str]]:
        """Names and queries: of versions for everybody, of figures with their mark."""
        yield store_version.name, self._versions()
        yield observation.name, self._figures(observation, "o", self._seen("o"))
        if self.reader.sees_all:
            yield area_figures.name, self._areas(counted=False)
            yield revision.name, self._figures(revision, "r", "")
            return
        yield area_figures.name, self._areas(counted=True)
        yield revision.name, self._figures(revision, "r", self._seen_version("r"))
        yield held.name, self._held()
        yield reported.name, self._plain(reported, "e", self._reported())
        yield submission.name, self._submissions()
        # A rule compares with whatever is stored, so a finding may state a draft of another month.
        yield finding.name, self._plain(finding, "f", "1 = 0")
        for table in (register_row, register_part):
            yield table.name, self._plain(table, "f", f"NOT {self._has_drafts('f.submission')}")
        yield from self._of_targets()

    def _plain(self, table: Table, alias: str, condition: str) -> str:
        columns = _columns(table, alias, lambda _: None)
        return f"SELECT {columns} FROM {self.main}{table.name} {alias} WHERE {condition}"

    def _in_force(self, area: str, period: str) -> str:
        """Rows of ``published`` c and ``publication`` p by which a place is published now."""
        return (
            f"{self.main}published c JOIN {self.main}publication p ON p.id = c.publication"
            f" WHERE c.area = {area} AND c.period = {period}"
            f" AND c.withdrawn IS NULL AND p.effective <= {self.now}"
        )

    def _open(self, area: str, period: str) -> str:
        """Whether a place is published now, or its drafts are the reader's own."""
        published = f"EXISTS (SELECT 1 FROM {self._in_force(area, period)})"
        own = ", ".join(_quoted(code) for code in sorted(self.reader.drafts or ()))
        return f"({published} OR {area} IN ({own}))" if own else published

    def _is_sample(self, number: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM {self.main}submission g WHERE g.id = {number} AND g.is_sample)"
        )

    def _seen(self, row: str, *, has_kind: bool = True) -> str:
        """Whether a figure is there for the reader; "" where all are."""
        if self.reader.sees_all:
            return ""
        drawn_up = f"{row}.kind IN ({_DRAWN_UP}) OR " if has_kind else ""
        place = self._open(f"{row}.area", f"{row}.period")
        return f"({drawn_up}{place} OR {self._is_sample(f'{row}.submission')})"

    def _figures(self, table: Table, row: str, condition: str) -> str:
        """Figures of which those not published yet say so."""
        published = f"EXISTS (SELECT 1 FROM {self._in_force(f'{row}.area', f'{row}.period')})"
        status = (
            f"CASE WHEN {row}.status IN ({_FIRM}) AND {row}.kind NOT IN ({_DRAWN_UP})"
            f" AND NOT ({published} OR {self._is_sample(f'{row}.submission')})"
            f" THEN '{FigureStatus.DRAFT}' ELSE {row}.status END"
        )
        if self.reader.drafts == frozenset() or not self.reader.marked:
            status = f"{row}.status"
        columns = _columns(table, row, lambda name: status if name == "status" else None)
        where = f" WHERE {condition}" if condition else ""
        return f"SELECT {columns} FROM {self.main}{table.name} {row}{where}"

    def _seen_version(self, row: str) -> str:
        """Whether a revision is there: of what is published, none that was replaced before."""
        same = " AND ".join(f"n.{name} = {row}.{name}" for name in KEY)
        replaced = (
            f"EXISTS (SELECT 1 FROM {self.main}revision n"
            f" JOIN {self.main}submission h ON h.id = n.submission"
            f" WHERE {same} AND n.submission > {row}.submission"
            f" AND h.withdrawn IS NULL AND h.received <= p.effective)"
        )
        taken_back = (
            f"EXISTS (SELECT 1 FROM {self.main}submission t"
            f" WHERE t.id = {row}.submission AND t.withdrawn <= p.effective)"
        )
        own = ", ".join(_quoted(code) for code in sorted(self.reader.drafts or ()))
        published = (
            f"EXISTS (SELECT 1 FROM {self._in_force(f'{row}.area', f'{row}.period')}"
            f" AND NOT {replaced} AND NOT {taken_back})"
        )
        parts = [f"{row}.kind IN ({_DRAWN_UP})", published, self._is_sample(f"{row}.submission")]
        parts += [f"{row}.area IN ({own})"] if own else []
        return f"({' OR '.join(parts)})"

    def _reported(self) -> str:
        """Whether what a submission reports for a place is there for the reader."""
        figure = "v.submission = e.submission AND v.area = e.area AND v.period = e.period"
        return (
            f"{self._seen('e', has_kind=False)} AND EXISTS (SELECT 1 FROM {self.main}revision v"
            f" WHERE {figure} AND {self._seen_version('v')})"
        )

    def _has_drafts(self, number: str) -> str:
        """Whether a submission has a figure that is not there for the reader."""
        return (
            f"EXISTS (SELECT 1 FROM {self.main}revision d"
            f" WHERE d.submission = {number} AND NOT {self._seen_version('d')})"
        )

    def _submissions(self) -> str:
        """Submissions without figures, and with any that is there; the file only with all."""
        of_it = f"SELECT 1 FROM {self.main}revision v WHERE v.submission = s.id"
        there = f"(NOT EXISTS ({of_it}) OR EXISTS ({of_it} AND {self._seen_version('v')}))"

        def emptied(name: str) -> str | None:
            if name == "findings":
                return "0"
            if name not in _EMPTY_WHERE_DRAFT:
                return None
            return f"CASE WHEN {self._has_drafts('s.id')} THEN '' ELSE s.{name} END"

        columns = _columns(submission, "s", emptied)
        return f"SELECT {columns} FROM {self.main}submission s WHERE {there}"

    def _held(self) -> str:
        """What areas have of indicators, counted among the figures that are there."""
        of_it = (
            f"FROM {self.main}observation o WHERE o.indicator = k.indicator AND o.area = k.area"
            f" AND {self._seen('o')}"
        )
        counts = {
            "figures": f"(SELECT CAST(count(*) AS INTEGER) {of_it})",
            "offered": f"(SELECT CAST(count(*) AS INTEGER) {of_it} AND {_OFFERED})",
        }
        columns = _columns(held, "k", counts.get)
        return f"SELECT {columns} FROM {self.main}held k WHERE EXISTS (SELECT 1 {of_it})"

    def _begun(self) -> str:
        """How many publications have taken effect."""
        return f"(SELECT count(*) FROM {self.main}publication b WHERE b.effective <= {self.now})"

    def _areas(self, *, counted: bool) -> str:
        """The areas with their version; ``counted``: among the figures that are there."""
        changed = {"version": f"(a.version + {self._begun()})"}
        if counted:
            changed["offered"] = (
                f"(SELECT CAST(count(*) AS INTEGER) FROM {self.main}observation o"
                f" WHERE o.area = a.area AND {_OFFERED} AND {self._seen('o')})"
            )
        return f"SELECT {_columns(area_figures, 'a', changed.get)} FROM {self.main}area_figures a"

    def _versions(self) -> str:
        """The data version, which a scheduled publication changes when it takes effect."""
        changed = {name: f"(w.{name} + {self._begun()})" for name in ("number", "common")}
        columns = _columns(store_version, "w", changed.get)
        return f"SELECT {columns} FROM {self.main}store_version w"

    def _of_targets(self) -> Iterator[tuple[str, str]]:
        """Targets without a base that is a draft, and what is said of published months."""
        is_draft = (
            f"EXISTS (SELECT 1 FROM {self.main}observation o WHERE o.indicator = t.indicator"
            f" AND o.area = t.area AND o.period = t.base_period AND NOT {self._seen('o')})"
        )

        def without(name: str) -> str | None:
            if name not in ("base", "base_period"):
                return None
            return f"CASE WHEN NOT {is_draft} THEN t.{name} END"

        columns = _columns(target, "t", without)
        yield target.name, f"SELECT {columns} FROM {self.main}target t"
        of_target = f"SELECT 1 FROM {self.main}target t WHERE t.id ="
        hidden = f"EXISTS ({of_target} x.target AND {is_draft})"
        yield target_change.name, self._plain(target_change, "x", f"NOT {hidden}")
        month = self._open("t.area", "y.period")
        seen = f"EXISTS ({of_target} y.target AND (t.is_sample OR {month}))"
        yield commentary.name, self._plain(commentary, "y", seen)
