"""Why did it change: a waterfall from an earlier period to this one, with the split in a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.explain_change import Explained, earlier_periods, explain, usual_since
from dashboard.base.language import Scale
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along
from dashboard.charts.kinds.waterfall import BASE, DOWN, TOTAL, UP, WaterfallStep, stacked_series
from dashboard.charts.model.chart import Fact, Role, Table
from dashboard.charts.model.frame import Cell, Draft, Frame, Rows, value_cell
from dashboard.charts.text import why_words, wording
from dashboard.charts.text.hover import hover_head
from dashboard.charts.text.why_words import Told

MOST_STEPS = 12  # more than these are drawn as one
MOST_EARLIER = 12


def _ends(frame: Frame) -> tuple[Period | None, Period | None, list[Period]]:
    """The earlier and the later period, and all that may stand in for the earlier one."""
    until = frame.end([frame.area])
    if until is None:
        return None, None, []
    known = earlier_periods(frame.points, frame.main.id, frame.area, until)
    wish = frame.selection.since
    return (wish if wish in known else usual_since(known, until)), until, known


def explained(frame: Frame) -> tuple[Explained | None, list[Period]]:
    """What the chart is drawn from; None where there is no earlier figure."""
    since, until, known = _ends(frame)
    if since is None or until is None:
        return None, known
    by_area = frame.spec.along is not Along.COMPONENT
    return (
        explain(frame.points, frame.main.id, frame.area, since, until, by_area=by_area),
        known,
    )


def why_not(frame: Frame) -> str:
    """Why no change is split here."""
    found, _ = explained(frame)
    if found is None:
        return frame.say("why_no_earlier", name=frame.main.name[frame.language])
    return why_words.refused(frame, found)


def _kind(told: Told) -> str:
    """By what a change is split: by the parts of a rate, by components or by areas."""
    if told.found.effects:
        return "rate"
    return "parts" if told.by_part else "areas"


def why(frame: Frame) -> Draft | None:
    """The draft of a waterfall; None where nothing can be split."""
    found, known = explained(frame)
    if found is None or found.reason:
        return None
    told = Told(frame, found, _scale(frame, found))
    steps = _steps(told)
    names = {role: frame.say(f"why_series_{role}") for role in (BASE, TOTAL, UP, DOWN)}
    first, last = told.period(found.since), told.period(found.until)
    kind = _kind(told)
    below = wording.below_name(frame.areas, frame.area, frame.language)
    name = wording.in_sentence(frame.main.name[frame.language], frame.language)
    return Draft(
        title=frame.say(f"why_title_{kind}", name=name, below=below),
        span=frame.say("why_span", first=first, last=last),
        area=frame.area,
        scale=told.scale,
        categories=tuple(step.name for step in steps),
        keys=tuple(step.key for step in steps),
        key_kind="area" if any(step.key for step in steps) else "",
        series=stacked_series(steps, names),
        table=_table(told),
        sentence=why_words.sentence(told),
        used=found.used,
        beside=found.base,
        notes=tuple(why_words.notes(told)),
        earlier=tuple(str(period) for period in _offered(known, found)),
        since=str(found.since),
        ticks=tuple(step.name for step in steps),
        partial=(False,) * len(steps),
        unfinished=(False,) * len(steps),
    )


def _offered(known: list[Period], found: Explained) -> list[Period]:
    """The latest earlier periods, with the same month of the years before them, and the chosen."""
    kept = known[: MOST_EARLIER // 2]
    kept += [p for p in known[MOST_EARLIER // 2 :] if p.month in (found.until.month, 12)]
    kept = kept[:MOST_EARLIER]
    return sorted({*kept, found.since}, reverse=True)


def _scale(frame: Frame, found: Explained) -> Scale:
    scale = wording.scale_of(frame.main, [found.start, found.end], frame.language)
    if not found.effects:
        return scale
    return replace(scale, decimals=max(scale.decimals, 2))  # effects are small beside the rate


def _steps(told: Told) -> list[WaterfallStep]:
    """What added, the largest first, then what took away, and all of it together.

    The columns begin at no change, not at the earlier figure: beside it they could not be seen.
    """
    frame, found = told.frame, told.found
    whole = _change(told, frame.say("why_whole"), found.end - found.start, "")
    steps = [_change(told, *change) for change in _changes(told)]
    return [*steps, whole._replace(is_total=True)]


def _changes(told: Told) -> list[tuple[str, float, str]]:
    """Name, change and area ("" for none) of every column but the last."""
    found = told.found
    if found.effects:
        return [(name, value, "") for name, value in why_words.effects_of(told)]
    order = list(found.parts.items())  # the largest first
    most = MOST_STEPS if len(order) > MOST_STEPS + 1 else len(order)
    kept = sorted(order[:most], key=lambda one: (one[1] < 0, -abs(one[1])))
    listed = [(told.part_name(code), v, "" if told.by_part else code) for code, v in kept]
    if order[most:]:
        name = told.frame.say("why_others", count=len(order) - most)
        listed.append((name, sum(value for _, value in order[most:]), ""))
    return [*listed, (told.rest_name, found.rest, "")] if found.rest else listed


def _change(told: Told, name: str, value: float, key: str) -> WaterfallStep:
    span = told.frame.say(
        "why_span", first=told.period(told.found.since), last=told.period(told.found.until)
    )
    place = told.frame.name(told.frame.area)
    # A street's step is of that street, any other of a part of the area's change.
    what = hover_head(told.frame, span, name) if key else hover_head(told.frame, span, place, name)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    said = f"{what} {sign}{told.amount(value)}"
    return WaterfallStep(name, value, False, told.signed(value), said, key)


def _table(told: Told) -> Table:
    return _rate_table(told) if told.found.effects else _sum_table(told)


def _changed(told: Told, value: float, code: str | None = None, then: float | None = None) -> Cell:
    """A change as a cell; of the rest there is no ``code``, of the whole area it is empty."""
    key = None if code is None else _key(told, code, told.found.until)
    fact = Fact(Role.CHANGE, value, key, told.found.since, then)
    return Cell(told.signed(value), value / told.scale.factor, fact=fact)


def _key(told: Told, code: str, period: Period) -> FigureKey:
    """The figure of a row: a component's or an area's; the whole's where there is no ``code``."""
    frame = told.frame
    if told.by_part:
        return FigureKey(code or frame.main.id, frame.area, period)
    return FigureKey(frame.main.id, code or frame.area, period)


def _rows(told: Told, columns: Iterable[str]) -> Rows:
    """A table whose columns are all in the unit shown."""
    frame = told.frame
    names = [told.period(told.found.since), told.period(told.found.until), *columns]
    unit = [f"{name} ({told.scale.label})" for name in names]
    head = (
        frame.say("why_part")
        if told.by_part
        else wording.below_name(frame.areas, frame.area, frame.language)
    )
    name = frame.main.name[frame.language]
    return Rows(name, [head, *unit], [0, *(told.scale.decimals for _ in unit)])


def _both(told: Told, code: str, values: tuple[float, float]) -> list[Cell]:
    """The earlier and the later figure of a row, each leading to its page."""
    frame, found = told.frame, told.found
    return [
        value_cell(frame, value, told.scale, figure=_key(told, code, period))
        for value, period in zip(values, (found.since, found.until), strict=True)
    ]


def _whole_row(told: Told, rows: Rows, cells: list[Cell]) -> None:
    frame, found = told.frame, told.found
    name = wording.whole_name(frame.place(frame.area), frame.area, frame.language)
    if found.only_common:
        name = frame.say("why_common", count=len(found.pairs))
    ends = [replace(cell, figure=None) for cell in _both(told, "", (found.start, found.end))]
    if found.only_common:
        role = frame.remainder_role
        ends = [replace(cell, fact=Fact(role, cell.fact.value)) for cell in ends]
    rows.add(frame.area, name, [*ends, *cells])


def _sum_table(told: Told) -> Table:
    found = told.found
    rows = _rows(told, [told.frame.say("why_change")])
    for code, value in found.parts.items():
        key = "" if told.by_part else code
        rows.add(
            key,
            told.part_name(code),
            [
                *_both(told, code, found.pairs[code]),
                _changed(told, value, code, found.pairs[code][0]),
            ],
        )
    if found.rest:
        rows.add("", told.rest_name, [Cell("—"), Cell("—"), _changed(told, found.rest)])
    whole = None if found.only_common else ""
    _whole_row(told, rows, [_changed(told, found.end - found.start, whole, found.start)])
    return rows.table()


def _rate_table(told: Told) -> Table:
    found, say = told.found, told.frame.say
    columns = [say("why_numerator"), say("why_denominator"), say("why_mix"), say("why_together")]
    rows = _rows(told, columns)
    for code, effect in found.effects.items():
        if code:
            cells = [_changed(told, value, code) for value in (*effect, effect.total)]
            rows.add(code, told.frame.name(code), [*_both(told, code, found.pairs[code]), *cells])
    whole = [value for _, value in why_words.effects_of(told)]
    whole += [0.0] * (3 - len(whole))
    changes = [*whole, found.end - found.start]
    _whole_row(told, rows, [_changed(told, value, "") for value in changes])
    return rows.table()
