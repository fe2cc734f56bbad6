"""One figure in words: its value, what it was made from, how it compares, and all its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.analysis.derivation import (
    RATIO,
    Derivation,
    FigureKey,
    derivation,
    point_at,
    spanning,
)
from dashboard.analysis.points import STORED, Point, Points
from dashboard.analysis.transforms import Change, breaks_between, change, compare, share
from dashboard.base.language import word
from dashboard.catalogue.concepts import FigureKind, FigureStatus, Grade, Indicator
from dashboard.charts.model.selection import PERIOD_ON_PERIOD, YEAR_ON_YEAR, Selection
from dashboard.charts.provenance.figure_versions import (
    VersionLine,
    standing_version,
    version_lines,
)
from dashboard.charts.text import wording
from dashboard.store.submissions import SubmissionRow
from dashboard.store.versions import Version

MOST_WRITTEN_OUT = 12  # terms of a sum; more stand in the table only
COMPARED = (YEAR_ON_YEAR, PERIOD_ON_PERIOD)


@dataclass(frozen=True, slots=True)
class Listed:
    """Another figure that matters here: how it enters, what it is, its value, its key."""

    sign: str
    title: str
    area: str
    period: str
    value: str
    figure: FigureKey


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything about one figure in one language.

    ``value`` is as read and ``exact`` in base units, both "" where there is none; ``status`` says
    what must be known of it, ``how`` the sentence of where it comes from. ``sum`` is the
    arithmetic. ``remarks`` say what is not in it. ``nearest`` are periods that have a figure,
    ``neighbours`` areas beside it that have one in this period, of ``beside`` in all.
    """

    figure: FigureKey
    title: str
    definition: str
    area: str
    period: str
    kind: str
    value: str
    exact: str
    number: float | None
    status: str
    grade: str
    how: str
    rule: str
    terms: tuple[Listed, ...]
    sum: str
    remarks: tuple[str, ...]
    comparisons: tuple[tuple[str, str], ...]
    bases: tuple[Listed, ...]
    versions: tuple[VersionLine, ...]
    source: Version | None
    kinds: tuple[tuple[str, FigureKey], ...]
    nearest: tuple[Listed, ...] = ()
    neighbours: tuple[Listed, ...] = ()
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """What a figure's page is made from; ``heads`` are the submissions of the versions."""

    figure: FigureKey
    points: Points
    versions: Sequence[Version]
    heads: Mapping[int, SubmissionRow]
    moment: datetime | None = None


def exact_number(value: float) -> str:
    """A number in full, with separators, without needless zeros or an exponent."""
    text = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    return ("−" if value < 0 and text.strip("0,.") else "") + text


def listed(points: Points, figure: FigureKey, language: str, sign: str = "") -> Listed:
    """A figure as a line that leads to its page."""
    meaning, point = points.catalogue.indicators[figure.indicator], point_at(points, figure)
    value = point.value if point else None
    scale = wording.scale_of(meaning, [value], language)
    return Listed(
        sign=sign,
        title=meaning.name[language],
        value=wording.quantity(value, scale, language),
        area=wording.area_name(points.areas.get(figure.area), figure.area, language),
        period=period_words(figure, meaning, language),
        figure=figure,
    )


def period_words(figure: FigureKey, meaning: Indicator, language: str) -> str:
    """The period of a figure, or of the months that are asked for."""
    if figure.months in (1, 3, 6, 12):
        return wording.step_name(figure.period, figure.months, meaning, language)
    return wording.period_name(figure.period, meaning, language)


def _signs(found: Derivation) -> list[str]:
    if found.rule != RATIO:
        return [("−" if t.sign < 0 else "+") if i else "" for i, t in enumerate(found.terms)]
    return ["÷" if term.sign < 0 else "" for term in found.terms]


def _written_out(found: Derivation, terms: Sequence[Listed], value: str, language: str) -> str:
    """The arithmetic in one line; of many terms only how many there are."""
    if found.rule == RATIO:
        above = " + ".join(t.value for t in terms if t.sign != "÷")
        below = " + ".join(t.value for t in terms if t.sign == "÷")
        if len(terms) > 2:
            above, below = f"({above})", f"({below})"
        text = f"{above} ÷ {below}"
        text += word("figure_per_months", language, count=found.per) if found.per > 1 else ""
        text += f" × {found.multiplier:,.0f}" if found.multiplier != 1 else ""
    elif len(terms) > MOST_WRITTEN_OUT:
        text = word("figure_sum_of", language, count=len(terms))
    else:
        text = " ".join(f"{term.sign} {term.value}".strip() for term in terms)
    return f"{text} = {value}"


def _change(points: Points, figure: FigureKey, comparison: str) -> Change | None:
    """The comparison of the figure, of the same months where months are asked for."""
    if not figure.months:
        return change(comparison, points, figure.indicator, figure.area, figure.period)
    back = figure.months if comparison == PERIOD_ON_PERIOD else 12
    then = figure._replace(period=figure.period.plus(-back))
    meaning = points.catalogue.indicators[figure.indicator]
    then = spanning(meaning, then.area, then.period, figure.months)
    broken = breaks_between(
        points.catalogue, points.areas, figure.indicator, figure.area, then.period, figure.period
    )
    if broken:
        name = broken[-1].name
        return Change(None, base=then.period, reason="break_between", break_name=name)
    return compare(meaning, point_at(points, figure), point_at(points, then), then.period)


def _comparisons(
    trace: Trace, language: str
) -> tuple[tuple[tuple[str, str], ...], tuple[Listed, ...]]:
    """Each comparison and the share in words, and the figures they are made with."""
    points, figure = trace.points, trace.figure
    meaning = points.catalogue.indicators[figure.indicator]
    said: list[tuple[str, str]] = []
    bases: list[Listed] = []
    for comparison in COMPARED:
        found = _change(points, figure, comparison)
        if found is None:
            continue
        name = wording.comparison_name(comparison, language)
        if found.value is None:
            said.append((name, wording.reason_words(found, comparison, meaning, language)))
            continue
        text = wording.change_number(found, meaning, language)
        if found.base is not None:
            gap = (figure.period.year - found.base.year) * 12
            gap += figure.period.month - found.base.month
            months = figure.months or (gap if comparison == PERIOD_ON_PERIOD else 0)
            now = spanning(meaning, figure.area, figure.period, months) if months else figure
            base = figure._replace(period=found.base, months=0)
            base = spanning(meaning, figure.area, found.base, months) if months else base
            compared = [base] if now == figure else [now, base]
            bases += [listed(points, one, language, name) for one in compared]
        said.append((name, text))
    part = (
        share(points, figure.indicator, figure.area, figure.period) if not figure.months else None
    )
    if part is not None:
        said.append((word("chart_share", language), f"{part.value:,.1f}%"))
        whole = figure._replace(indicator=meaning.parent)
        bases.append(listed(points, whole, language, word("chart_share", language)))
    return tuple(said), tuple(bases)


def _status(trace: Trace, point: Point | None, language: str) -> str:
    figure = trace.figure
    meaning = trace.points.catalogue.indicators[figure.indicator]
    if point is None or point.value is None:
        area = trace.points.areas.get(figure.area)
        return wording.absent_word(point, area, figure.period, language)
    scale = wording.scale_of(meaning, [point.value], language)
    partial = wording.partial_words(point, trace.points.areas, figure.area, language)
    said = [partial, wording.status_words(point, scale, language)]
    said.append(word("status_final", language) if point.status == FigureStatus.FINAL else "")
    return word("chart_comma", language).join(part for part in said if part)


def kind_of(figure: FigureKey, versions: Sequence[Version]) -> str:
    """The kind that is shown: the one asked for, else the actual value, else the standard."""
    there = {version.kind for version in versions}
    shown = (FigureKind.ACTUAL, FigureKind.STANDARD)
    return figure.kind or str(next((kind for kind in shown if kind in there), shown[0]))


def build_figure_page(trace: Trace, selection: Selection) -> FigurePage:
    """The page of a figure in the selection's language."""
    say, points, figure = selection.language, trace.points, trace.figure
    meaning, kind = points.catalogue.indicators[figure.indicator], kind_of(figure, trace.versions)
    # What happened in some months is never stated itself: its inputs have the versions.
    own = [] if figure.months else [one for one in trace.versions if one.kind == kind]
    stands = standing_version(own, trace.moment)
    to_be = kind in (FigureKind.TARGET, FigureKind.PLAN)
    point = point_at(points, figure)
    if to_be:
        point = (
            Point(stands.value, stands.status, grades=frozenset({stands.grade})) if stands else None
        )
    value = point.value if point else None
    scale = wording.scale_of(meaning, [value], say)
    found = None if to_be else derivation(points, figure)
    signs = _signs(found) if found else []
    terms = tuple(
        listed(points, term.key, say, sign)
        for sign, term in zip(signs, found.terms if found else (), strict=True)
    )
    shown = wording.quantity(value, scale, say) if value is not None else ""
    rule = found.rule if found else "stored" if point and point.origin == STORED else "other"
    computed = rule != "stored" and value is not None
    remarks = []
    if found and found.missing:
        names = [wording.area_name(points.areas.get(code), code, say) for code in found.missing]
        remarks.append(word("figure_missing", say, names=word("list_comma", say).join(names)))
    if computed and stands is not None and not figure.months:
        remarks.append(word("figure_stated", say))
    said, bases = _comparisons(trace, say) if value is not None and not to_be else ((), ())
    grades = [str(grade) for grade in Grade if point and grade in point.grades]
    kinds = sorted({one.kind for one in trace.versions} - {kind}) if not figure.months else []
    return FigurePage(
        figure=figure,
        title=meaning.name[say],
        definition=meaning.definition[say],
        area=wording.area_name(points.areas.get(figure.area), figure.area, say),
        period=period_words(figure, meaning, say),
        kind=word(f"kind_{kind}", say),
        value=shown,
        exact=f"{exact_number(value)} {meaning.unit.name[say]}" if value is not None else "",
        number=value,
        status=_status(trace, point, say),
        grade=grades[-1] if grades else "",
        how=word(f"figure_rule_{rule}", say) if value is not None else "",
        rule=rule,
        terms=terms,
        sum=_written_out(found, terms, shown, say) if found else "",
        remarks=tuple(remarks),
        comparisons=said,
        bases=bases,
        versions=version_lines(own, trace.heads, meaning, trace.moment, say),
        source=stands,
        kinds=tuple((word(f"kind_{one}", say), figure._replace(kind=one)) for one in kinds),
    )
