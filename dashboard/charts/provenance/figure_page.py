"""Builds the page of one figure: value, derivation, comparisons, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.analysis.change import Change
from dashboard.analysis.comparisons import COMPARISONS, flow_change, point_at, share
from dashboard.analysis.derivation import RATIO, Derivation, derivation
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import STORED, Point, value_of
from dashboard.analysis.points import Points
from dashboard.base.english import counted
from dashboard.base.language import Scale, as_written, number, word
from dashboard.catalogue.concepts import FigureKind, FigureStatus, Grade, Indicator
from dashboard.charts.model.selection import PERIOD_ON_PERIOD, YEAR_ON_YEAR, Selection
from dashboard.charts.provenance.figure_versions import (
    VersionLine,
    standing_version,
    version_lines,
)
from dashboard.charts.text import change_words, wording
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
    ``neighbours`` areas beside it that have one in this period, of ``siblings`` in all.
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
    siblings: int = 0


@dataclass(frozen=True, slots=True)
class FigurePageSources:
    """What a figure's page is made from; ``heads`` are the submissions of the versions."""

    figure: FigureKey
    points: Points
    versions: Sequence[Version]
    heads: Mapping[int, SubmissionRow]
    moment: datetime | None = None


EXACT_PLACES = 6  # of a value in full


def exact_number(value: float) -> str:
    """A number in full, with separators, without needless zeros or an exponent."""
    return as_written(value, EXACT_PLACES, "en")


def listed(
    points: Points, figure: FigureKey, language: str, sign: str = "", scale: Scale | None = None
) -> Listed:
    """A figure as a line that leads to its page; ``scale`` is that of its column."""
    meaning, point = points.catalogue.indicators[figure.indicator], point_at(points, figure)
    value = point.value if point else None
    scale = scale or wording.scale_of(meaning, [value], language)
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


def _signs(derived: Derivation) -> list[str]:
    if derived.rule != RATIO:
        return [("−" if t.sign < 0 else "+") if i else "" for i, t in enumerate(derived.terms)]
    return ["÷" if term.sign < 0 else "" for term in derived.terms]


def _written_out(derived: Derivation, terms: Sequence[Listed], value: str, language: str) -> str:
    """The arithmetic in one line; of many terms only how many there are."""
    if derived.rule == RATIO:
        text = _written_ratio(derived, terms, language)
    elif len(terms) > MOST_WRITTEN_OUT:
        text = word("figure_sum_of", language, count=len(terms))
    else:
        text = " ".join(f"{term.sign} {term.value}".strip() for term in terms)
    return f"{text} = {value}"


def _written_ratio(derived: Derivation, terms: Sequence[Listed], language: str) -> str:
    """Numerators ÷ denominators, by months and times the multiplier where these are not 1."""
    above = " + ".join(term.value for term in terms if term.sign != "÷")
    below = " + ".join(term.value for term in terms if term.sign == "÷")
    if len(terms) > 2:
        above, below = f"({above})", f"({below})"
    text = f"{above} ÷ {below}"
    text += word("figure_per_months", language, count=derived.per) if derived.per > 1 else ""
    return text + (f" × {exact_number(derived.multiplier)}" if derived.multiplier != 1 else "")


def _change(points: Points, figure: FigureKey, comparison: str) -> Change | None:
    """The comparison of the figure, of the same months where months are asked for."""
    if not figure.months:
        return COMPARISONS[comparison](points, figure.indicator, figure.area, figure.period)
    return flow_change(comparison, points, figure, figure.months)


def _comparisons(
    trace: FigurePageSources, language: str
) -> tuple[tuple[tuple[str, str], ...], tuple[Listed, ...]]:
    """Each comparison and the share in words, and the figures they are made with."""
    points, figure = trace.points, trace.figure
    meaning = points.catalogue.indicators[figure.indicator]
    rows: list[tuple[str, str]] = []
    bases: list[Listed] = []
    for comparison in COMPARED:
        compared = _change(points, figure, comparison)
        if compared is None:
            continue
        name = change_words.label_name(compared, language)
        if compared.value is None:
            rows.append((name, change_words.reason_words(compared, meaning, language)))
            continue
        rows.append((name, _compared_words(figure, compared, meaning, language)))
        keys = [side.figure for side in (compared.now, compared.then)]
        bases += [listed(points, key, language, name) for key in keys if key != figure]
    part = None
    if not figure.months:
        part = share(points, figure.indicator, figure.area, figure.period)
    if part is not None:
        name, whole = word("chart_share", language), figure._replace(indicator=meaning.parent)
        rows.append((name, f"{number(part.value, 1, language)}%"))
        bases.append(listed(points, whole, language, name))
    return tuple(rows), tuple(bases)


def _compared_words(figure: FigureKey, change: Change, meaning: Indicator, language: str) -> str:
    """The change; where it is of the last step of this figure, that step's own value first."""
    text = change_words.change_number(change, meaning, language)
    if change.now.figure == figure:
        return text
    value = change_words.step_value(change, meaning, language)
    return word("chart_comma", language).join((value, text))


def _exact(value: float, meaning: Indicator, language: str) -> str:
    text, unit = exact_number(value), meaning.unit.name[language]
    return f"{text} {unit if language == 'zh' else counted(text, unit)}"


def _status(trace: FigurePageSources, point: Point | None, language: str) -> str:
    figure = trace.figure
    meaning = trace.points.catalogue.indicators[figure.indicator]
    if point is None or point.value is None:
        area = trace.points.areas.get(figure.area)
        return wording.absent_word(point, area, figure.period, language)
    scale = wording.scale_of(meaning, [point.value], language)
    partial = wording.partial_words(point, trace.points.areas, figure.area, language)
    parts = [partial, wording.status_words(point, scale, language)]
    parts.append(word("status_final", language) if point.status == FigureStatus.FINAL else "")
    return word("chart_comma", language).join(part for part in parts if part)


def kind_of(figure: FigureKey, versions: Sequence[Version]) -> str:
    """The kind that is shown: the one asked for, else the actual value, else the standard."""
    stated = {version.kind for version in versions}
    shown = (FigureKind.ACTUAL, FigureKind.STANDARD)
    return figure.kind or str(next((kind for kind in shown if kind in stated), shown[0]))


@dataclass(frozen=True, slots=True)
class _Figure:
    """The figure as it stands: its point, the version that stands, and how it follows from others.

    ``own`` are the versions of its kind; ``to_be`` says that it is a target or a plan.
    """

    kind: str
    to_be: bool
    own: Sequence[Version]
    stands: Version | None
    point: Point | None
    derived: Derivation | None

    @property
    def value(self) -> float | None:
        """The value in base units."""
        return value_of(self.point)

    @property
    def rule(self) -> str:
        """How the figure came about."""
        if self.derived:
            return self.derived.rule
        return "stored" if self.point and self.point.origin == STORED else "other"

    @property
    def grade(self) -> str:
        """The least trustworthy grade of what the figure is made from."""
        grades = [str(grade) for grade in Grade if self.point and grade in self.point.grades]
        return grades[-1] if grades else ""


def _read_figure(trace: FigurePageSources) -> _Figure:
    points, figure, kind = trace.points, trace.figure, kind_of(trace.figure, trace.versions)
    # What happened in some months is never stated itself: its inputs have the versions.
    own = [] if figure.months else [version for version in trace.versions if version.kind == kind]
    stands = standing_version(own, trace.moment)
    if kind not in (FigureKind.TARGET, FigureKind.PLAN):
        derived = derivation(points, figure)
        return _Figure(kind, False, own, stands, point_at(points, figure), derived)
    point = None
    if stands:
        point = Point(stands.value, stands.status, grades=frozenset({stands.grade}))
    return _Figure(kind, True, own, stands, point, None)


def _terms(points: Points, derived: Derivation | None, language: str) -> tuple[Listed, ...]:
    """What went into the figure, each with its sign; those of an indicator in one unit."""
    if derived is None:
        return ()
    values: dict[str, list[float | None]] = {}
    for term in derived.terms:
        values.setdefault(term.key.indicator, []).append(value_of(point_at(points, term.key)))
    scales = {
        name: wording.scale_of(points.catalogue.indicators[name], sizes, language)
        for name, sizes in values.items()
    }
    return tuple(
        listed(points, term.key, language, sign, scales[term.key.indicator])
        for sign, term in zip(_signs(derived), derived.terms, strict=True)
    )


def _remarks(trace: FigurePageSources, stated: _Figure, language: str) -> list[str]:
    """Which areas are not in the figure, and that one was handed in besides the computed one."""
    remarks, areas, derived = [], trace.points.areas, stated.derived
    if derived and derived.missing:
        names = [wording.area_name(areas.get(code), code, language) for code in derived.missing]
        joined = word("list_comma", language).join(names)
        remarks.append(word("figure_missing", language, names=joined))
    computed = stated.rule != "stored" and stated.value is not None
    if computed and stated.stands is not None and not trace.figure.months:
        remarks.append(word("figure_stated", language))
    return remarks


def _kinds(
    trace: FigurePageSources, shown: str, language: str
) -> tuple[tuple[str, FigureKey], ...]:
    """The other kinds in which the figure is stated, and their keys."""
    if trace.figure.months:
        return ()
    others = sorted({version.kind for version in trace.versions} - {shown})
    return tuple((word(f"kind_{k}", language), trace.figure._replace(kind=k)) for k in others)


def build_figure_page(trace: FigurePageSources, selection: Selection) -> FigurePage:
    """The page of a figure in the selection's language."""
    language, points, figure = selection.language, trace.points, trace.figure
    meaning, stated = points.catalogue.indicators[figure.indicator], _read_figure(trace)
    value, is_known = stated.value, stated.value is not None
    scale = wording.scale_of(meaning, [value], language)
    shown = wording.quantity(value, scale, language) if is_known else ""
    terms = _terms(points, stated.derived, language)
    compared = is_known and not stated.to_be
    comparisons, bases = _comparisons(trace, language) if compared else ((), ())
    return FigurePage(
        figure=figure,
        title=meaning.name[language],
        definition=meaning.definition[language],
        area=wording.area_name(points.areas.get(figure.area), figure.area, language),
        period=period_words(figure, meaning, language),
        kind=word(f"kind_{stated.kind}", language),
        value=shown,
        exact="" if value is None else _exact(value, meaning, language),
        number=value,
        status=_status(trace, stated.point, language),
        grade=stated.grade,
        how=word(f"figure_rule_{stated.rule}", language) if is_known else "",
        rule=stated.rule,
        terms=terms,
        sum=_written_out(stated.derived, terms, shown, language) if stated.derived else "",
        remarks=tuple(_remarks(trace, stated, language)),
        comparisons=comparisons,
        bases=bases,
        versions=version_lines(stated.own, trace.heads, meaning, trace.moment, language),
        source=stated.stands,
        kinds=_kinds(trace, stated.kind, language),
    )
