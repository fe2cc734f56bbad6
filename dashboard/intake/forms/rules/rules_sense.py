"""Rules of plain sense, which need no earlier figures: shares as fractions, money of any people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Accumulation, Indicator, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.rule_figures import Figures, listed, shown, value_of
from dashboard.intake.forms.rules.rules import Disagreement, Rule

_BACK = 24  # months in which a share was already as small
_MOST_SHOWN = 4
_GROWTH = re.compile(r"增长|增幅|增减|提高|提标|growth|increase", re.IGNORECASE)
_PEOPLE = frozenset({"persons", "person_times", "households", "couples"})
# What a name is freed of, so that the programme is left: 农村低保支出 and 低保人数 are both 低保.
_WHERE = re.compile(r"^(?:城市|农村|城乡|全区|全市|本月|当月|其中)+")
_PAID = re.compile(
    r"(?:累计|本月|当月|实际)*(?:支出|资金|经费|发放|拨付|金额|补助|补贴额|金|额)+(?:\(.*\))?$"
)
_COUNTED = re.compile(
    r"(?:累计|本月|当月|享受|领取|在册|保障|发放|对象|家庭)*(?:人数|人次|户数|户次|对象数|对象)(?:\(.*\))?$"
)
# Money that is not paid out to people, and so says nothing divided by them.
_NOT_PAID_OUT = re.compile(
    r"investment|sales|donat|raised|value|relieved|wages|funds|administration"
)


def fraction(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Shares of a whole column that are all at most 1: mostly 0.75 where 75 % is meant.

    Nothing is said of shares that were as small before.
    """
    for column in _columns_of_shares(rule, figures):
        filled = [observation for observation in column if value_of(observation)]
        small = bool(filled) and all(0 < value_of(observation) <= 1 for observation in filled)
        if small and not any(_was_small(figures, observation) for observation in filled):
            yield Disagreement(filled[0], 100 * value_of(filled[0]), _examples(filled), decimals=2)


def _columns_of_shares(rule: Rule, figures: Figures) -> list[list[Observation]]:
    """The shares of each indicator, sheet and period; a rate of growth is none."""
    columns: dict[tuple[str, str, Period, str], list[Observation]] = {}
    for observation, indicator, _ in figures.covered(rule):
        if indicator.unit.dimension == "percent" and not _GROWTH.search(str(indicator.name)):
            column = (
                observation.indicator,
                observation.source.sheet,
                observation.period,
                str(observation.kind),
            )
            columns.setdefault(column, []).append(observation)
    return list(columns.values())


def _was_small(figures: Figures, observation: Observation) -> bool:
    before = figures.before(observation, _BACK)
    return bool(before) and 0 < before[-1].value <= 1


def _examples(column: list[Observation]) -> Text:
    more = "…" if len(column) > _MOST_SHOWN else ""
    texts = [
        between.join(shown(value_of(observation), language) for observation in column[:_MOST_SHOWN])
        + more
        for language, between in (("zh", "、"), ("en", ", "))
    ]
    return Text(*texts)


def per_head(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Money that is too much or too little for whatever people of its kind stand in the same row.

    Held against the largest and the smallest of their numbers, so that a wrong unit is seen
    without knowing who was paid.
    """
    low, high = rule.limits
    for observation, indicator, by_indicator in figures.covered(rule):
        if indicator.unit.dimension != "money" or _NOT_PAID_OUT.search(indicator.id):
            continue
        people = _people(indicator, by_indicator, figures)
        if not people or value_of(observation) <= 0:
            continue
        months = _months(observation, indicator)
        most, fewest = people[-1], people[0]
        if value_of(observation) / value_of(most) / months > high:
            yield _disagreement_of(observation, most, months, figures)
        elif value_of(observation) / value_of(fewest) < low:
            yield _disagreement_of(observation, fewest, 1, figures)


def _people(
    money: Indicator, by_indicator: dict[str, Observation], figures: Figures
) -> list[Observation]:
    """Everybody of the money's kind who is counted at its place, the fewest first."""
    known = figures.catalogue.indicators
    people = [
        other
        for name, other in by_indicator.items()
        if known[name].unit.dimension in _PEOPLE
        and value_of(other) > 0
        and _of_one_kind(money, known[name])
    ]
    return sorted(people, key=value_of)


def _of_one_kind(money: Indicator, people: Indicator) -> bool:
    """Whether the names are of one programme: 农村低保支出 and 低保人数."""
    paid, counted = _WHERE.sub("", money.name.zh), _WHERE.sub("", people.name.zh)
    stem = _PAID.sub("", paid)
    return bool(stem) and stem != paid and stem == _COUNTED.sub("", counted) != counted


def _months(observation: Observation, indicator: Indicator) -> int:
    return observation.period.month if indicator.accumulation is Accumulation.YEAR_TO_DATE else 1


def _disagreement_of(
    observation: Observation, people: Observation, months: int, figures: Figures
) -> Disagreement:
    unit = figures.catalogue.units.get("yuan_per_person_month")
    each = value_of(observation) / value_of(people) / months
    who = listed([people], figures.catalogue)
    words = Text(
        f"{shown(value_of(observation), 'zh')} ÷ {who.zh}" + (f" ÷ {months} 个月" * (months > 1)),
        f"{shown(value_of(observation), 'en')} ÷ {who['en']}"
        + (f" ÷ {months} months" * (months > 1)),
    )
    return Disagreement(observation, each, words, unit.name if unit else None, 2)
