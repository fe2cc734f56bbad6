"""Explains a change: a waterfall from an earlier period to this one, and its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard.analysis.explain_change import Explained, earlier_periods, explain, usual_since
from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Scale
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along
from dashboard.charts.kinds.waterfall import BASE, DOWN, TOTAL, UP, WaterfallStep, stacked_series
from dashboard.charts.model.chart import CellFact, CellRole, Table
from dashboard.charts.model.frame import ChartParts, Frame, Rows, TableCell, value_cell
from dashboard.charts.text import why_words, wording
from dashboard.charts.text.hover import hover_head
from dashboard.charts.text.why_words import WhyWords

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
    change, _ = explained(frame)
    if change is None:
        return frame.word("why_no_earlier", name=frame.main.name[frame.language])
    return why_words.refused(frame, change)


def _kind(words: WhyWords) -> str:
    """By what a change is split: by the parts of a rate, by components or by areas."""
    if words.explained.effects:
        return "rate"
    return "parts" if words.by_part else "areas"


def why(frame: Frame) -> ChartParts | None:
    """The draft of a waterfall; None where nothing can be split."""
    change, known = explained(frame)
    if change is None or change.reason:
        return None
    words = WhyWords(frame, change, _scale(frame, change))
    steps = _steps(words)
    names = {role: frame.word(f"why_series_{role}") for role in (BASE, TOTAL, UP, DOWN)}
    first, last = words.period(change.since), words.period(change.until)
    kind = _kind(words)
    below = wording.below_name(frame.areas, frame.area, frame.language)
    name = wording.in_sentence(frame.main.name[frame.language], frame.language)
    return ChartParts(
        title=frame.word(f"why_title_{kind}", name=name, below=below),
        span=frame.word("why_span", first=first, last=last),
        area=frame.area,
        scale=words.scale,
        categories=tuple(step.name for step in steps),
        keys=tuple(step.key for step in steps),
        key_kind="area" if any(step.key for step in steps) else "",
        series=stacked_series(steps, names),
        table=_table(words),
        sentence=why_words.sentence(words),
        used=change.used,
        bases=change.base,
        notes=tuple(why_words.notes(words)),
        earlier=tuple(str(period) for period in _offered(known, change)),
        since=str(change.since),
        ticks=tuple(step.name for step in steps),
        partial=(False,) * len(steps),
        unfinished=(False,) * len(steps),
    )


def _offered(known: list[Period], change: Explained) -> list[Period]:
    """The latest earlier periods, with the same month of the years before them, and the chosen."""
    offered = known[: MOST_EARLIER // 2]
    offered += [p for p in known[MOST_EARLIER // 2 :] if p.month in (change.until.month, 12)]
    offered = offered[:MOST_EARLIER]
    return sorted({*offered, change.since}, reverse=True)


def _scale(frame: Frame, change: Explained) -> Scale:
    scale = wording.scale_of(frame.main, [change.start, change.end], frame.language)
    if not change.effects:
        return scale
    return replace(scale, decimals=max(scale.decimals, 2))  # effects are small beside the rate


def _steps(words: WhyWords) -> list[WaterfallStep]:
    """What added, the largest first, then what took away, and all of it together.

    The columns begin at no change, not at the earlier figure: beside it they could not be seen.
    """
    frame, explained = words.frame, words.explained
    whole = _change(words, frame.word("why_whole"), explained.end - explained.start, "")
    steps = [_change(words, *change) for change in _changes(words)]
    return [*steps, whole._replace(is_total=True)]


def _changes(words: WhyWords) -> list[tuple[str, float, str]]:
    """Name, change and area ("" for none) of every column but the last."""
    explained = words.explained
    if explained.effects:
        return [(name, value, "") for name, value in why_words.effects_of(words)]
    order = list(explained.parts.items())  # the largest first
    most = MOST_STEPS if len(order) > MOST_STEPS + 1 else len(order)
    drawn = sorted(order[:most], key=lambda pair: (pair[1] < 0, -abs(pair[1])))
    listed = [(words.part_name(code), v, "" if words.by_part else code) for code, v in drawn]
    if order[most:]:
        name = words.frame.word("why_others", count=len(order) - most)
        listed.append((name, sum(value for _, value in order[most:]), ""))
    return [*listed, (words.rest_name, explained.rest, "")] if explained.rest else listed


def _change(words: WhyWords, name: str, value: float, key: str) -> WaterfallStep:
    span = words.frame.word(
        "why_span",
        first=words.period(words.explained.since),
        last=words.period(words.explained.until),
    )
    place = words.frame.name(words.frame.area)
    # A street's step is of that street, any other of a part of the area's change.
    what = (
        hover_head(words.frame, span, name) if key else hover_head(words.frame, span, place, name)
    )
    sign = "+" if value > 0 else "−" if value < 0 else ""
    text = f"{what} {sign}{words.amount(value)}"
    return WaterfallStep(name, value, False, words.signed(value), text, key)


def _table(words: WhyWords) -> Table:
    return _rate_table(words) if words.explained.effects else _sum_table(words)


def _changed(
    words: WhyWords, value: float, code: str | None = None, then: float | None = None
) -> TableCell:
    """A change as a cell; of the rest there is no ``code``, of the whole area it is empty."""
    key = None if code is None else _key(words, code, words.explained.until)
    fact = CellFact(CellRole.CHANGE, value, key, words.explained.since, then)
    return TableCell(words.signed(value), value / words.scale.factor, fact=fact)


def _key(words: WhyWords, code: str, period: Period) -> FigureKey:
    """The figure of a row: a component's or an area's; the whole's where there is no ``code``."""
    frame = words.frame
    if words.by_part:
        return FigureKey(code or frame.main.id, frame.area, period)
    return FigureKey(frame.main.id, code or frame.area, period)


def _rows(words: WhyWords, columns: Iterable[str]) -> Rows:
    """A table whose columns are all in the unit shown."""
    frame = words.frame
    names = [words.period(words.explained.since), words.period(words.explained.until), *columns]
    unit = [f"{name} ({words.scale.label})" for name in names]
    head = (
        frame.word("why_part")
        if words.by_part
        else wording.below_name(frame.areas, frame.area, frame.language)
    )
    name = frame.main.name[frame.language]
    return Rows(name, [head, *unit], [0, *(words.scale.decimals for _ in unit)])


def _both(words: WhyWords, code: str, values: tuple[float, float]) -> list[TableCell]:
    """The earlier and the later figure of a row, each leading to its page."""
    frame, explained = words.frame, words.explained
    return [
        value_cell(frame, value, words.scale, figure=_key(words, code, period))
        for value, period in zip(values, (explained.since, explained.until), strict=True)
    ]


def _whole_row(words: WhyWords, rows: Rows, cells: list[TableCell]) -> None:
    frame, explained = words.frame, words.explained
    name = wording.whole_name(frame.place(frame.area), frame.area, frame.language)
    if explained.only_common:
        name = frame.word("why_common", count=len(explained.pairs))
    ends = [
        replace(cell, figure=None) for cell in _both(words, "", (explained.start, explained.end))
    ]
    if explained.only_common:
        role = frame.remainder_role
        ends = [replace(cell, fact=CellFact(role, cell.fact.value)) for cell in ends]
    rows.add(frame.area, name, [*ends, *cells])


def _sum_table(words: WhyWords) -> Table:
    explained = words.explained
    rows = _rows(words, [words.frame.word("why_change")])
    for code, value in explained.parts.items():
        key = "" if words.by_part else code
        rows.add(
            key,
            words.part_name(code),
            [
                *_both(words, code, explained.pairs[code]),
                _changed(words, value, code, explained.pairs[code][0]),
            ],
        )
    if explained.rest:
        rows.add(
            "", words.rest_name, [TableCell("—"), TableCell("—"), _changed(words, explained.rest)]
        )
    whole = None if explained.only_common else ""
    _whole_row(
        words, rows, [_changed(words, explained.end - explained.start, whole, explained.start)]
    )
    return rows.table()


def _rate_table(words: WhyWords) -> Table:
    explained, text_of = words.explained, words.frame.word
    columns = [
        text_of("why_numerator"),
        text_of("why_denominator"),
        text_of("why_mix"),
        text_of("why_together"),
    ]
    rows = _rows(words, columns)
    for code, effect in explained.effects.items():
        if code:
            cells = [_changed(words, value, code) for value in (*effect, effect.total)]
            rows.add(
                code, words.frame.name(code), [*_both(words, code, explained.pairs[code]), *cells]
            )
    whole = [value for _, value in why_words.effects_of(words)]
    whole += [0.0] * (3 - len(whole))
    changes = [*whole, explained.end - explained.start]
    _whole_row(words, rows, [_changed(words, value, "") for value in changes])
    return rows.table()
