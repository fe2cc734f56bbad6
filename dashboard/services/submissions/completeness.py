"""Judges who has handed in what: one state for each form, area and period, by written rules.

The rules stand in ``docs/completeness.md``. Pages that call a street unreported ask here too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from dashboard.analysis.reporting import expected_below, most_have
from dashboard.base.language import Text, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.rhythm import GIVEN_UP, Rhythm, declared_rhythm, due_day, rhythm_of
from dashboard.services.submissions.form_subjects import OF, with_subjects
from dashboard.store.opening import Engine
from dashboard.store.reports_received import (
    Corrections,
    Delivery,
    Place,
    read_corrections,
    read_deliveries,
)

# Lists of figures and yearbooks: handed in when somebody has them, expected of nobody.
UNASKED = frozenset({"tidy", "own_export", "year_table"})
REGISTER = "register_"  # lists of institutions: a street without a row has none, it is not late


class FormState(StrEnum):
    """What became of one form of one area and period."""

    MISSING = "missing"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    NOT_DUE = "not_due"
    CORRECTED = "corrected"
    REPORTED = "reported"


WORST_FIRST = tuple(FormState)


class ExpectedForm(NamedTuple):
    """The state of one form of one area and period.

    ``received`` is the day of the first hand-in that counts, None where there is none or where it
    is not known; ``submission`` the one the state speaks of; ``note`` the key of what else is to be
    said ("nothing", "undated", "late_first" or ""); ``counts`` whether figures of it count now.
    """

    form: str
    area: str
    period: Period
    state: FormState
    due: date
    received: date | None = None
    submission: int | None = None
    reason: str = ""
    note: str = ""
    counts: bool = False
    submissions: tuple[int, ...] = ()


class Form(NamedTuple):
    """A form as it was handed in below an area; ``of_streets`` where most streets once did."""

    name: str
    rhythm: Rhythm
    first: Period
    last: Period
    of_streets: bool
    of_itself: bool
    schedule: frozenset[Period]
    subject: Text = Text("", "")  # of a table without a number: what it is of

    @property
    def layout(self) -> str:
        """The form's number, or the layout of a table without one."""
        return self.name.partition(OF)[0]


def standing_note(standing: ExpectedForm, language: str) -> str:
    """What else is to be said of a state: the reason somebody gave, or where it follows from."""
    noted = word(f"completeness_note_{standing.note}", language) if standing.note else ""
    return standing.reason or noted


@dataclass(frozen=True)
class Completeness:
    """Everything that was ever handed in, or should have been, for an area and those below it."""

    area: str
    forms: dict[str, Form]
    standings: dict[tuple[str, str, Period], ExpectedForm]

    def of(self, area: str, period: Period, form: str = "") -> ExpectedForm | None:
        """The state of a form, or the worst of all forms; None where nothing is to be said."""
        names = [form] if form else self.forms
        standings = [s for name in names if (s := self.standings.get((name, area, period)))]
        return min(standings, key=lambda s: WORST_FIRST.index(s.state), default=None)

    def each(self, area: str, period: Period) -> list[ExpectedForm]:
        """The states of all forms."""
        matches = (self.standings.get((name, area, period)) for name in self.forms)
        return [standing for standing in matches if standing is not None]

    def of_period(self, form: str, period: Period) -> list[ExpectedForm]:
        """The states of one form in a period, of all areas."""
        return self._of_forms.get((form, period), [])

    def has_come(self, period: Period, form: str = "") -> bool:
        """Whether something that counts has come of a period."""
        forms = [form] if form else self.forms
        return any(one.counts for name in forms for one in self.of_period(name, period))

    @cached_property
    def _of_forms(self) -> dict[tuple[str, Period], list[ExpectedForm]]:
        """The states by form and period."""
        states: dict[tuple[str, Period], list[ExpectedForm]] = defaultdict(list)
        for (name, _, period), standing in self.standings.items():
            states[name, period].append(standing)
        return dict(states)

    def counts(self, areas: Iterable[str], period: Period, form: str = "") -> Counter[FormState]:
        """How many of these areas are in each state."""
        matches = (self.of(area, period, form) for area in areas)
        return Counter(standing.state for standing in matches if standing is not None)

    def absent(self, period: Period) -> tuple[str, ...]:
        """The areas below that should have handed in something and of which nothing counts.

        What pages call 缺报: one of several forms missing is not yet that.
        """
        without = (FormState.MISSING, FormState.RETURNED, FormState.WITHDRAWN)
        standings = [standing for standing in self.standings.values() if standing.period == period]
        counted = {standing.area for standing in standings if standing.counts} | {self.area}
        return tuple(
            sorted({standing.area for standing in standings if standing.state in without} - counted)
        )

    def periods(self, form: str = "") -> list[Period]:
        """The periods of which something is to be said, oldest first."""
        return sorted({p for name, _, p in self.standings if form in ("", name)})


class Judging(NamedTuple):
    """How hand-ins are judged: days after a period's end they may take, and on which day.

    With ``as_of`` only what had come by then, and what was taken back later still counts. Without
    ``corrections`` what was corrected passes as reported, and no figure is looked at.
    """

    due_days: int
    today: date
    as_of: datetime | None = None
    corrections: bool = True


def completeness_of(
    engine: Engine, areas: Areas, area: str, judging: Judging, catalogue: Catalogue | None = None
) -> Completeness:
    """Read what was handed in for the area and those directly below it, and judge it on a day.

    With ``catalogue`` tables without a number are forms by what they are of.
    """
    family = [area, *(child.code for child in areas.children(area))]
    deliveries = read_deliveries(engine, family, judging.as_of)
    subjects: Mapping[str, Text] = {}
    if catalogue is not None:
        deliveries, subjects = with_subjects(deliveries, catalogue)
    by_form: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        by_form[delivery.form].append(delivery)
    repeated = _repeated(deliveries) if judging.corrections else {}
    corrections = read_corrections(engine, repeated)
    forms = {
        name: _form(name, came, areas, area)._replace(subject=subjects.get(name, Text("", "")))
        for name, came in sorted(by_form.items())
    }
    standings: dict[tuple[str, str, Period], ExpectedForm] = {}
    for name, came in by_form.items():
        judge = _Judge(forms[name], areas, area, corrections, judging)
        for standing in judge.standings(came):
            standings[name, standing.area, standing.period] = standing
    return Completeness(area, forms, standings)


def _repeated(deliveries: Sequence[Delivery]) -> dict[Place, set[int]]:
    """What came more than once, with its submissions: only its values need a look."""
    places: dict[tuple[str, str, Period], set[int]] = defaultdict(set)
    for delivery in deliveries:
        places[delivery.form, delivery.area, delivery.period].add(delivery.submission)
    repeated: dict[Place, set[int]] = defaultdict(set)
    for (_, code, period), numbers in places.items():
        if len(numbers) > 1:
            repeated[code, period] |= numbers
    return repeated


def _form(name: str, came: Sequence[Delivery], areas: Areas, area: str) -> Form:
    runs = _runs(came)
    streets: dict[Period, set[str]] = defaultdict(set)
    for delivery in came:
        streets[delivery.period].add(delivery.area)
    most = any(
        most_have(expected_below(areas, area, period), there.__contains__)
        for period, there in streets.items()
        if expected_below(areas, area, period)
    )
    itself = any(area in there for there in streets.values())
    schedule = frozenset[Period]().union(*(_schedule(name, run) for run in runs))
    return Form(name, _rhythm(runs[-1]), min(streets), max(streets), most, itself, schedule)


def _rhythm(came: Iterable[Delivery]) -> Rhythm:
    listed = list(came)
    return rhythm_of({one.period for one in listed}, (one.file for one in listed))


def _runs(came: Sequence[Delivery]) -> list[list[Delivery]]:
    """The hand-ins of a form without long silences between them: a run has its own rhythm.

    A table of last year and the months from September on are no form that came each month.
    """
    longest = GIVEN_UP * _rhythm(came)
    runs: list[list[Delivery]] = []
    last: Period | None = None
    for period in sorted({one.period for one in came}):
        if last is None or months_between(last, period) > longest:
            runs.append([])
        runs[-1] += [one for one in came if one.period == period]
        last = period
    return [sorted(run, key=lambda one: one.submission) for run in runs]


def _schedule(name: str, came: Sequence[Delivery]) -> frozenset[Period]:
    """The periods a form is expected for, by one run of its hand-ins.

    One period of one's own shows no rhythm: it is expected where several handed it in, not where
    one table brought all that there is. Samples ask nothing of anybody after the last of them.
    """
    if is_unasked(name):
        return frozenset()
    own = [delivery for delivery in came if not delivery.is_sample]
    is_repeated = _is_repeated(own)
    counts = is_repeated or len(_first_hand_ins(own)) > 1
    periods = {delivery.period for delivery in came if counts or delivery.is_sample}
    if not periods:
        return frozenset()
    beyond = GIVEN_UP if is_repeated else 0
    return frozenset(_rhythm(came).schedule(min(periods), max(periods), beyond))


def is_unasked(name: str) -> bool:
    """Whether nobody is late with a form of this name."""
    return name in UNASKED or name.startswith(REGISTER)


def _is_repeated(own: Sequence[Delivery]) -> bool:
    """Whether hand-ins show a rhythm, or their files state one."""
    stated = any(declared_rhythm(delivery.file) for delivery in own)
    return stated or len({delivery.period for delivery in own}) > 1


def _first_hand_ins(own: Sequence[Delivery]) -> set[int]:
    """The submissions by which areas first handed in; later ones correct."""
    return set({delivery.area: delivery.submission for delivery in reversed(own)}.values())


class _Judge(NamedTuple):
    """Judges the hand-ins of one form below an area."""

    form: Form
    areas: Areas
    area: str
    corrections: Corrections
    judging: Judging

    def standings(self, came: Sequence[Delivery]) -> Iterable[ExpectedForm]:
        """The state of each area and period, of what came for it and of what did not."""
        at: dict[Period, dict[str, list[Delivery]]] = defaultdict(lambda: defaultdict(list))
        for delivery in came:
            at[delivery.period][delivery.area].append(delivery)
        for period in sorted({*at, *self.form.schedule}):
            of_areas, due = at[period], due_day(period, self.judging.due_days)
            expected = _asked(self.form, of_areas, self.areas, self.area, period)
            for code in dict.fromkeys([*expected, *of_areas]):
                empty = ExpectedForm(self.form.name, code, period, FormState.MISSING, due)
                if code in of_areas:
                    judged = _judged(empty, of_areas[code], self.corrections)
                    yield judged if period in self.form.schedule else _without_delay(judged)
                else:
                    is_due = self.judging.today > due
                    yield empty._replace(state=FormState.MISSING if is_due else FormState.NOT_DUE)


def _asked(
    form: Form, of_areas: Collection[str], areas: Areas, area: str, period: Period
) -> list[str]:
    """Of whom the form is expected in a period: by its rhythm, or as most neighbours have it."""
    if form.name.startswith(REGISTER):
        return []
    below: tuple[Area, ...] = expected_below(areas, area, period)
    expected = []
    if form.of_itself and not form.of_streets and period in form.schedule:
        expected.append(area)
    if (form.of_streets and period in form.schedule) or most_have(below, of_areas.__contains__):
        expected += [street.code for street in below]
    return expected


def _judged(
    empty: ExpectedForm, came: Sequence[Delivery], corrections: Corrections
) -> ExpectedForm:
    """The state of what came, oldest first."""
    numbers = tuple(delivery.submission for delivery in came)
    standing = [delivery for delivery in came if delivery.withdrawn is None]
    newest, latest = came[-1], (standing or came)[-1]
    counts = bool(standing and standing[-1].given)
    known = empty._replace(counts=counts, submissions=numbers, submission=latest.submission)
    gone = _withdrawn_state(newest, bool(standing))
    if gone is not None:
        return known._replace(state=gone, reason=newest.reason, submission=newest.submission)
    if not counts:
        return known._replace(state=FormState.MISSING, note="nothing")
    first = next(delivery for delivery in standing if delivery.given)
    return _dated(known, first, _changed(came, standing, corrections))


def _without_delay(standing: ExpectedForm) -> ExpectedForm:
    """The state where nobody awaited the form by a day: it cannot be late."""
    if standing.note == "late_first":
        return standing._replace(note="")
    is_late = standing.state is FormState.LATE
    return standing._replace(state=FormState.REPORTED) if is_late else standing


def _withdrawn_state(newest: Delivery, others_stand: bool) -> FormState | None:
    """How the newest delivery was taken away; None where it stands, or an older one does instead.

    One that was returned is awaited anew, whatever stands.
    """
    if newest.withdrawn is None:
        return None
    if newest.returned:
        return FormState.RETURNED
    return None if others_stand else FormState.WITHDRAWN


def _dated(known: ExpectedForm, first: Delivery, changed: bool) -> ExpectedForm:
    """The state of what counts, by the day of the first hand-in; samples have no day."""
    day = None if first.is_sample else first.received.astimezone().date()
    late = day is not None and day > known.due
    note = "undated" if first.is_sample else ""
    if changed:
        note = "late_first" if late else note
        return known._replace(state=FormState.CORRECTED, received=day, note=note)
    return known._replace(
        state=FormState.LATE if late else FormState.REPORTED, received=day, note=note
    )


def _changed(came: Sequence[Delivery], standing: Sequence[Delivery], known: Corrections) -> bool:
    """Whether one that counts says otherwise than an earlier one that had a value there.

    What comes later with other figures takes nothing of that away.
    """
    place = (came[-1].area, came[-1].period)
    return any(
        (earlier.submission, later.submission, *place) in known
        for later in standing
        for earlier in came
    )
