"""Says who has handed in which forms of a period: the one answer for overview, bulletin, board.

That every street has reported is said of the forms that came, by name; forms that came before and
are not there yet are named too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dashboard.analysis.reporting import expected_below
from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.periods import Period
from dashboard.catalogue.rhythm import due_day
from dashboard.charts.text.wording import below_names
from dashboard.services.submissions.completeness import Completeness, Form, is_unasked

MOST_NAMED = 4
_A_YEAR = 12


class FormCoverage(NamedTuple):
    """Of how many areas below a form has come, of how many it is expected."""

    form: Form
    reported: int
    expected: int


class Coverage(NamedTuple):
    """The forms of streets in a period: those of which something came, and the others."""

    came: tuple[FormCoverage, ...] = ()
    not_due: tuple[Form, ...] = ()
    missing: tuple[Form, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all forms have come of all areas."""
        return not (self.not_due or self.missing) and all(
            one.reported == one.expected for one in self.came
        )


def coverage_of(
    board: Completeness, areas: Areas, period: Period, today: date, due_days: int
) -> Coverage:
    """What has come of the areas below in a period."""
    came, open_forms = list[FormCoverage](), list[Form]()
    below = len(expected_below(areas, board.area, period))
    for name, form in board.forms.items() if below else ():
        if is_unasked(name):
            continue
        standings = [one for one in board.of_period(name, period) if one.area != board.area]
        reported = sum(one.counts for one in standings)
        if reported:
            came.append(FormCoverage(form, reported, max(below, len(standings))))
        elif form.of_streets and (standings or _is_usual(board, form, period)):
            open_forms.append(form)
    is_due = today > due_day(period, due_days)
    missing = tuple(open_forms) if is_due else ()
    return Coverage(tuple(came), () if is_due else tuple(open_forms), missing)


def _is_usual(board: Completeness, form: Form, period: Period) -> bool:
    """Whether a form of which nothing is known in a period usually comes for such a one."""
    if not form.rhythm.fits(period):
        return False
    before = [p for p in board.periods(form.name) if period.plus(-_A_YEAR) <= p < period]
    return len(before) > 1 or period.plus(-form.rhythm) in before


def coverage_words(
    coverage: Coverage, areas: Areas, area: str, language: str, *, whole: bool = False
) -> str:
    """The sentence of it, form by form; empty where nothing came.

    Where all has come it is empty too, unless ``whole``.
    """
    if not coverage.came or (coverage.is_whole and not whole):
        return ""
    complete = [one for one in coverage.came if one.reported == one.expected]
    parts = []
    for count in dict.fromkeys(one.expected for one in complete):
        names = _names((one.form for one in complete if one.expected == count), language)
        parts.append(_said("all", areas, area, language, names, count, count))
    parts += [
        _said("some", areas, area, language, _names([form], language), reported, expected)
        for form, reported, expected in coverage.came
        if reported < expected
    ]
    for key, forms in (("not_due", coverage.not_due), ("missing", coverage.missing)):
        if forms:
            parts.append(word(f"coverage_{key}", language, forms=_names(forms, language)))
    return word("coverage_comma", language).join(parts)


def _said(
    key: str, areas: Areas, area: str, language: str, names: str, reported: int, expected: int
) -> str:
    below = below_names(areas, area, language)
    counts = {"reported": reported, "expected": expected}
    return word(f"coverage_{key}", language, forms=names, **counts, **below)


def _names(forms: Iterable[Form], language: str) -> str:
    listed = [form_label(form, language) for form in forms]
    more = len(listed) - MOST_NAMED
    text = word("list_comma", language).join(listed[:MOST_NAMED])
    if more <= 0:
        return text
    return word("coverage_more", language, forms=text, count=more, total=len(listed))


def form_label(form: Form, language: str, *, layout: bool = False) -> str:
    """What a form is called: by what it is of, else by its number or layout; both on the board."""
    text = word(f"form_{form.layout}", language)
    name = form.layout if text == f"form_{form.layout}" else text
    if not form.subject[language]:
        return name
    return f"{name} · {form.subject[language]}" if layout else form.subject[language]
