"""Makes statements of a report's mentions: figures as they are to be stored, in the report's order.

A statement is one row of a tidy table. What is not understood has the words that name it in place
of an indicator, so that a person can say what they mean, or leave it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, FigureKind, Indicator
from dashboard.catalogue.periods import Period
from dashboard.intake.drafts.against_store import NO_AREA
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.draft import Draft, narrow
from dashboard.intake.drafts.meanings import (
    EARLIER,
    PLAN,
    UNKNOWN,
    YEAR,
    Meant,
    is_of_a_year,
)
from dashboard.intake.drafts.mention import CHANGE, STANDARD, TARGET, Mention
from dashboard.intake.drafts.personal_names import cut, without_names
from dashboard.intake.understanding.phrases import find_unit

NO_DEADLINE = "no_deadline"
BEFORE, AFTER, LEAST = 36, 24, 6  # characters of a phrase before and after its amount
LONGEST_NAME = 30
_CLAUSE = re.compile(r"[,:;。!?\n]")
_MONEY_RATES = {False: "元/月", True: "元/年"}
_SCALED = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of a report.

    ``indicator`` is the id of what it means, "" where ``why`` says what is missing; ``name`` are
    the words of the report that name it. ``value`` is as printed, in ``unit``. ``since`` is the
    first month of a span that no basis has, else "".
    """

    mention: Mention
    indicator: str
    name: str
    area: str
    period: str
    since: str
    value: str
    unit: str
    kind: FigureKind
    phrase: str
    note: str
    why: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether all of its slots are filled, so that it can be stored as it is."""
        return bool(self.indicator) and not self.why

    def row(self, title: str) -> dict[str, str]:
        """The statement as a row of a tidy table, by the table's English headings."""
        return {
            "indicator": self.indicator if self.is_sure else self.name,
            "area": self.area,
            "period": self.period,
            "value": self.value,
            "unit": self.unit,
            "kind": str(self.kind),
            "source": title,
            "phrase": self.phrase,
            "note": self.note,
            "since": self.since,
            "qualifier": self.mention.amount.qualifier,
        }


COLUMNS = "indicator,area,period,value,unit,kind,source,phrase,note,since,qualifier".split(",")


def statements(
    draft: Draft, meant: Iterable[Meant], places: Mapping[str, str], catalogue: Catalogue
) -> tuple[Statement, ...]:
    """The statements of a draft in its order; ``places`` leads names of areas to their codes.

    Changes, points and times say how figures differ and are no figures.
    """
    made = [_statement(one, draft, places, catalogue) for one in meant if _is_figure(one.mention)]
    return tuple(_named_apart(made, draft, catalogue))


def _is_figure(mention: Mention) -> bool:
    return mention.kind != CHANGE and mention.amount.dimension not in {POINTS, TIMES}


def _statement(
    meant: Meant, draft: Draft, places: Mapping[str, str], catalogue: Catalogue
) -> Statement:
    mention = meant.mention
    text = draft.passages[mention.passage].text
    area = places.get(mention.area, "")
    indicator, period, why = meant.indicator, meant.period or _end(mention), meant.why
    if why == PLAN and meant.named:
        indicator, why = meant.named, "" if period else NO_DEADLINE
    if indicator and not why and not area:
        why = NO_AREA
    of = catalogue.indicators[indicator] if indicator else None
    value, unit = _printed(mention, of, catalogue)
    return Statement(
        mention,
        indicator,
        _name(mention),
        area,
        str(period or ""),
        _since(mention, of),
        value,
        unit,
        _kind(mention, of),
        phrase_of(text, mention),
        "" if why == EARLIER else _note(mention),
        why if why or indicator else UNKNOWN,
    )


def _end(mention: Mention) -> Period | None:
    return mention.period.end if mention.period else None


def _since(mention: Mention, indicator: Indicator | None) -> str:
    """The first month of a span, for an indicator over spans."""
    span = mention.period
    if indicator is None or indicator.accumulation is not Accumulation.OVER_SPAN:
        return ""
    return str(span.since) if span and span.since and span.length > YEAR else ""


def _kind(mention: Mention, indicator: Indicator | None) -> FigureKind:
    if mention.kind == TARGET:
        return FigureKind.TARGET
    is_rate = indicator is not None and indicator.unit.dimension == "money_rate"
    return FigureKind.STANDARD if is_rate or mention.kind == STANDARD else FigureKind.ACTUAL


def _printed(
    mention: Mention, indicator: Indicator | None, catalogue: Catalogue
) -> tuple[str, str]:
    """Value and unit as a tidy table takes them: as printed, or in the base unit."""
    amount = mention.amount
    if indicator is not None and indicator.unit.dimension == "money_rate":
        return f"{amount.value:f}", _MONEY_RATES[is_of_a_year(mention, catalogue)]
    if amount.dimension == PERCENT:
        return f"{amount.value:f}", "%"
    scale = next((size for sign, size in _SCALED.items() if amount.unit.startswith(sign)), None)
    unit = find_unit(amount.unit, catalogue)
    if indicator is not None and (unit is None or unit.dimension != indicator.unit.dimension):
        return f"{amount.value:f}", indicator.unit.name.zh
    value = amount.value / scale if scale else amount.value
    return f"{value.normalize():f}" if scale else f"{value:f}", amount.unit


def _name(mention: Mention) -> str:
    """The words that name a quantity, without names of persons."""
    words = cut(mention.subject or mention.before or mention.after)
    return words[:LONGEST_NAME].strip() or mention.amount.dimension or "?"


def _note(mention: Mention) -> str:
    """Deadline, and the month from which a standard is in force."""
    parts = []
    if mention.kind == TARGET and mention.deadline:
        parts.append(f"期限：{mention.deadline}")
    if mention.in_force is not None:
        parts.append(f"{mention.in_force} 起执行")
    elif not mention.period_text:
        parts.append("原文未写时间")
    return "；".join(parts)


def phrase_of(text: str, mention: Mention) -> str:
    """The words around an amount, within its clause and without names of persons."""
    start, end = mention.amount.start, mention.amount.end
    plain = narrow(text)
    first, clause = max(mention.sentence[0], start - BEFORE), _CLAUSE.search(plain, end)
    last = min(clause.start() if clause else len(text), mention.sentence[1])
    last = last if last <= end + AFTER else end
    if first > mention.sentence[0]:
        comma = _CLAUSE.search(plain, first, start)
        first = comma.end() if comma and comma.end() < start - LEAST else first
    begun, ended = without_names(text[first:last], start - first, end - first)
    return text[first + begun : first + ended].strip(" ,，、(（；;。：:")


def _named_apart(
    made: Sequence[Statement], draft: Draft, catalogue: Catalogue
) -> Iterator[Statement]:
    """The statements, those not understood under names that lead to nothing by themselves.

    Words that name two of them, or an indicator whose slots the sentence does not fill for certain,
    are replaced by the phrase without its figure.
    """
    names = Counter(one.name for one in made if not one.is_sure)
    for one in made:
        is_plain = names[one.name] == 1 and catalogue.find_indicator(one.name) is None
        yield one if one.is_sure or is_plain else replace(one, name=_longer(one, draft))


def _longer(one: Statement, draft: Draft) -> str:
    amount = one.mention.amount
    text = draft.passages[one.mention.passage].text
    words = one.phrase.replace(text[amount.start : amount.end], "…", 1)
    return re.sub(r"\s+", "", words)[-2 * LONGEST_NAME :]


def table(made: Iterable[Statement], title: str) -> bytes:
    """Statements as a tidy table in CSV, which the intake reads like any other."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for one in made:
        writer.writerow(one.row(title))
    return text.getvalue().encode("utf-8-sig")
