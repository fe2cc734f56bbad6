"""Lists every version of a figure: its cell, who handed it in, whether it still counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.base.language import Scale, number, word
from dashboard.catalogue.concepts import FigureStatus, Indicator
from dashboard.charts.text import wording
from dashboard.store.submissions import SubmissionRow
from dashboard.store.versions import Version

CURRENT, SUPERSEDED, WITHDRAWN, LATER = "current", "superseded", "withdrawn", "later"
_ABSENT = {
    FigureStatus.NOT_REPORTED: "status_not_reported",
    FigureStatus.SUPPRESSED: "status_suppressed",
    FigureStatus.BLANK: "status_blank",
}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version as read. ``change`` is the difference to the submission before it.

    ``state`` is one of current, superseded, withdrawn and later; ``state_words`` the same in words.
    """

    submission: int
    value: str
    change: str
    received: str
    by: str
    file: str
    has_file: bool
    sheet: str
    row: int
    column: str
    form: str
    grade: str
    note: str
    phrase: str
    state: str
    state_words: str

    @property
    def cell(self) -> str:
        """The cell as a person names it; "" where the file has none."""
        return f"{self.column}{self.row}" if self.column and self.row else ""


def _withdrawn(version: Version, moment: datetime | None) -> bool:
    return version.withdrawn is not None and (moment is None or version.withdrawn <= moment)


def _counting(versions: Sequence[Version], moment: datetime | None) -> list[Version]:
    return [
        version
        for version in versions
        if (moment is None or version.received <= moment) and not _withdrawn(version, moment)
    ]


def standing_version(versions: Sequence[Version], moment: datetime | None) -> Version | None:
    """The version that stands, as known at ``moment``: the latest submission's first value."""
    counting = _counting(versions, moment)
    last = max((version.submission for version in counting), default=None)
    own = [version for version in counting if version.submission == last]
    return next((version for version in own if version.value is not None), own[0] if own else None)


def version_lines(
    versions: Sequence[Version],
    heads: Mapping[int, SubmissionRow],
    meaning: Indicator,
    moment: datetime | None,
    language: str,
) -> tuple[VersionLine, ...]:
    """All versions of one kind, newest first."""
    counting = sorted({version.submission for version in _counting(versions, moment)})
    lines = []
    # One unit for all of them: a version in 万 above one in 对 would not be compared at sight.
    scale = wording.scale_of(meaning, [version.value for version in versions], language)
    before: dict[int, float | None] = {}
    for version in versions:
        before.setdefault(version.submission, version.value)
    for version in versions:
        earlier = [before[n] for n in sorted(before) if n < version.submission]
        last = next((value for value in reversed(earlier) if value is not None), None)
        state, state_words = _state(version, counting, moment, language)
        head = heads.get(version.submission)
        lines.append(
            VersionLine(
                submission=version.submission,
                value=_value(version, scale, language),
                change=_difference((version.value, last), meaning, scale, language),
                received=f"{version.received.astimezone():%Y-%m-%d %H:%M}",
                by=version.submitted_by,
                file=version.file,
                has_file=bool(version.sha256),
                sheet=version.sheet,
                row=version.row,
                column=version.column,
                form=head.form if head else "",
                grade=version.grade,
                note=version.note,
                phrase=version.phrase,
                state=state,
                state_words=state_words,
            )
        )
    return tuple(reversed(lines))


def _value(version: Version, scale: Scale, language: str) -> str:
    if version.value is None:
        return word(_ABSENT.get(FigureStatus(version.status), "status_no_figure"), language)
    return wording.quantity(version.value, scale, language)


def _difference(
    pair: tuple[float | None, float | None], meaning: Indicator, scale: Scale, language: str
) -> str:
    """+12 (+1.5%) of a value and the one before, "" where there is nothing to compare.

    In the unit of the column, unless the difference would be nothing in it.
    """
    value, before = pair
    if value is None or before is None:
        return ""
    if value == before:
        return word("figure_same", language)
    if abs(value - before) < scale.factor:
        scale = wording.scale_of(meaning, [value - before], language)
    size = wording.quantity(abs(value - before), scale, language)
    text = ("+" if value > before else "−") + size
    if meaning.is_rate or not before:
        return text
    return f"{text} ({number((value - before) / abs(before) * 100, 1, language, sign=True)}%)"


def _state(
    version: Version, counting: Sequence[int], moment: datetime | None, language: str
) -> tuple[str, str]:
    if moment is not None and version.received > moment:
        return LATER, word("version_later", language)
    if _withdrawn(version, moment):
        return WITHDRAWN, _withdrawal(version, language)
    after = next((number for number in counting if number > version.submission), None)
    if after is None:
        return CURRENT, word("version_current", language)
    return SUPERSEDED, word("version_superseded", language, number=after)


def _withdrawal(version: Version, language: str) -> str:
    """When, by whom and why the version was withdrawn."""
    when = f"{version.withdrawn.astimezone():%Y-%m-%d}" if version.withdrawn else ""
    by, reason = version.withdrawn_by or "—", version.withdrawn_reason or "—"
    return word("version_withdrawn", language, date=when, by=by, reason=reason)
