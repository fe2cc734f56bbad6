"""Admits a submission or not: a file that came before, a locked period, an area that has ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.catalogue.periods import Period
from dashboard.store.locks import LogEntry, locks_in_force, read_logbook
from dashboard.store.opening import Engine
from dashboard.store.submissions import submissions_of_file


def same_file(engine: Engine, sha256: str, sheet: str) -> list[Finding]:
    """A note naming the latest submission of exactly this file, of the same sheet if there is one.

    Nothing where the file is new.
    """
    before = submissions_of_file(engine, sha256)
    if not before:
        return []
    row = next((row for row in reversed(before) if row.sheet == sheet), before[-1])
    day = f"{row.received.astimezone():%Y-%m-%d}"
    since = Text("，后已撤回", ", withdrawn since") if row.withdrawn else Text("")
    message = Text(
        f"这个文件已于 {day} 报送过（{row.file}，报送编号 {row.id}{since.zh}），内容完全相同",
        f"exactly this file was handed in on {day} ({row.file}, submission {row.id}{since.en})",
    )
    return [Finding("note", "same_file", message, sheet)]


def not_existing(observations: Iterable[Observation], areas: Areas) -> list[Finding]:
    """One warning for each area with figures of months after its last, at the first such cell."""
    late: dict[str, list[Observation]] = {}
    for observation in observations:
        area = areas.get(observation.area)
        if area is not None and area.ended_before(observation.period):
            late.setdefault(observation.area, []).append(observation)
    return [_ended(areas, code, held) for code, held in late.items()]


def _ended(areas: Areas, code: str, held: Sequence[Observation]) -> Finding:
    at, area = held[0].source, areas.get(code)
    last = area.valid_to if area else None
    became = [pair.new for pair in areas.changes.from_old(code) if pair.new != code]
    zh = f"，由{'、'.join(areas.name_of(new, 'zh') for new in became)}接续" if became else ""
    en = f"; now {', '.join(areas.name_of(new, 'en') for new in became)}" if became else ""
    message = Text(
        f"{areas.name_of(code, 'zh')}止于 {last}{zh}；此后的 {len(held)} 个数不计入合计",
        f"{areas.name_of(code, 'en')} ended in {last}{en}: {len(held)} figures of later months"
        " are in no total",
    )
    return Finding("warning", "closed_area", message, at.sheet, at.row, at.column, code)


@dataclass(frozen=True, slots=True)
class LocksInForce:
    """The locks in force when one looked; ``seen`` is the newest entry of the logbook then."""

    entries: Sequence[LogEntry]
    areas: Areas
    seen: int

    @classmethod
    def now(cls, engine: Engine, areas: Areas) -> LocksInForce:
        """Look."""
        logbook = read_logbook(engine)
        return cls(locks_in_force(logbook), areas, logbook[-1].id if logbook else 0)

    def over(self, area: str, period: Period) -> LogEntry | None:
        """The lock that covers this area, or one above it, in this month."""
        for lock in self.entries:
            months = lock.months
            covered = area == months.area or self.areas.is_below(area, months.area)
            if covered and months.first <= period <= months.last:
                return lock
        return None

    def findings(self, observations: Iterable[Observation]) -> list[Finding]:
        """One error for each lock that covers a figure, at the first such figure's cell."""
        covering: dict[tuple[str, Period], LogEntry | None] = {}
        hit: dict[LogEntry, list[Observation]] = {}
        for observation in observations if self.entries else ():
            place = (observation.area, observation.period)
            if place not in covering:
                covering[place] = self.over(*place)
            lock = covering[place]
            if lock is not None:
                hit.setdefault(lock, []).append(observation)
        return [self._error(lock, held) for lock, held in hit.items()]

    def _error(self, lock: LogEntry, held: Sequence[Observation]) -> Finding:
        at, text = held[0].source, self.refusal_text(lock)
        message = Text(
            f"{text.zh}；本表有 {len(held)} 个数属于这一期，请先说明理由并解锁",
            f"{text.en}; {len(held)} figures of this sheet fall into it: unlock it with a reason",
        )
        shown = "" if held[0].value is None else f"{held[0].value:g}"
        return Finding("error", "locked", message, at.sheet, at.row, at.column, shown)

    def refusal_text(self, lock: LogEntry) -> Text:
        """Which months of which area are locked, since when, by whom and why."""
        area, day = self.areas.get(lock.months.area), f"{lock.written.astimezone():%Y-%m-%d}"
        months = str(lock.months).partition(" ")[2]
        zh, en = (area.name.zh, area.name.en) if area else (lock.months.area, lock.months.area)
        by_zh, by_en = (
            (f"由{lock.written_by}", f" by {lock.written_by}") if lock.written_by else ("", "")
        )
        return Text(
            f"{zh} {months} 已于 {day} {by_zh}锁定（{lock.reason}）",
            f"{en} {months} was locked on {day}{by_en} ({lock.reason})",
        )
