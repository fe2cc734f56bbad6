"""Defines the rules of plain sense, which need no earlier figures: shares as fractions, money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.printed_values import listed, shown, value_of
from dashboard.intake.forms.rules.rule_figures import RuleFigures
from dashboard.intake.forms.rules.rules import Disagreement, Rule

_BACK = 24  # months in which a share was already as small
_MOST_SHOWN = 4
_FEWEST_OTHERS = 2  # shares that show in what a column is printed
_LIKE = 1.5  # times smaller or larger than the others
_WHOLE = 100  # percent
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


def fraction(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Shares of a whole column that are all at most 1: mostly 0.75 where 75 % is meant.

    Nothing is said of shares that were as small before.
    """
    for column in _columns_of_shares(rule, figures):
        filled = [observation for observation in column if value_of(observation)]
        small = bool(filled) and all(0 < value_of(observation) <= 1 for observation in filled)
        if small and not any(_was_small(figures, observation) for observation in filled):
            yield Disagreement(filled[0], 100 * value_of(filled[0]), _examples(filled), decimals=2)


def fraction_among(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A share of at most 1 that would be like the others of its column if it were a hundredfold.

    0.55 among 56 % and 61 % is 55 % as a rule; two others at least must say so.
    """
    for column in _columns_of_shares(rule, figures):
        others = [one for one in column if value_of(one) > 1]
        if len(others) < _FEWEST_OTHERS:
            continue
        low, high = (limit(map(value_of, others)) for limit in (min, max))
        for observation in column:
            percent = 100 * value_of(observation)
            is_like = low / _LIKE <= percent <= high * _LIKE
            small = 0 < percent <= _WHOLE and value_of(observation) <= 1
            if small and is_like and not _was_small(figures, observation):
                yield Disagreement(observation, percent, _examples(others), decimals=2)


def _columns_of_shares(rule: Rule, figures: RuleFigures) -> list[list[Observation]]:
    """The shares of each indicator, sheet and period; a rate of growth is none."""
    columns: dict[tuple[str, str, Period, str], list[Observation]] = {}
    for indicator, placed in figures.of_indicators(rule):
        if indicator.unit.dimension != "percent" or _GROWTH.search(str(indicator.name)):
            continue
        for observation, _ in placed:
            column = (
                observation.indicator,
                observation.source.sheet,
                observation.period,
                str(observation.kind),
            )
            columns.setdefault(column, []).append(observation)
    return list(columns.values())


def _was_small(figures: RuleFigures, observation: Observation) -> bool:
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


def per_head(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Money that is too much or too little for whatever people of its kind stand in the same row.

    Held against the largest and the smallest of their numbers, so that a wrong unit is seen
    without knowing who was paid. An amount a person and month is held against the same limits.
    """
    low, high = rule.limits
    counted = _People(figures)
    for indicator, placed in figures.of_indicators(rule):
        if indicator.unit.dimension == "money_rate":
            yield from _senseless_rates([observation for observation, _ in placed], low, high)
        programme = _paid_programme(indicator.name.zh)
        paid_out = indicator.unit.dimension == "money" and not _NOT_PAID_OUT.search(indicator.id)
        for observation, _ in placed if paid_out and programme else ():
            people = counted.at_place(observation, programme)
            if not people or value_of(observation) <= 0:
                continue
            months = figures.months(observation)
            most, fewest = people[-1], people[0]
            if value_of(observation) / value_of(most) / months > high:
                yield _disagreement_of(observation, most, months, figures)
            elif value_of(observation) / value_of(fewest) < low:
                yield _disagreement_of(observation, fewest, 1, figures)


def _senseless_rates(
    observations: Sequence[Observation], low: float, high: float
) -> Iterator[Disagreement]:
    """Amounts a person and month that no person is paid; 0 says that nobody is."""
    each = Text("每人每月", "per person and month")
    for observation in observations:
        value = value_of(observation)
        if value and not low <= value <= high:
            yield Disagreement(observation, value, each, decimals=2)


class _People:
    """Who is counted at each place, by programme and the fewest first; sorted once a place."""

    def __init__(self, figures: RuleFigures) -> None:
        self._figures = figures
        self._places: dict[tuple[object, ...], dict[str, list[Observation]]] = {}

    def at_place(self, observation: Observation, programme: str) -> list[Observation]:
        """Everybody of the programme who is counted there: 低保人数 beside 农村低保支出."""
        place = observation.area, observation.period, observation.kind, observation.since
        if place not in self._places:
            self._places[place] = self._counted(self._figures.by_place[place])
        return self._places[place].get(programme, [])

    def _counted(self, here: Mapping[str, Observation]) -> dict[str, list[Observation]]:
        known = self._figures.catalogue.indicators
        people: dict[str, list[Observation]] = {}
        for name, observation in here.items():
            if known[name].unit.dimension in _PEOPLE and value_of(observation) > 0:
                programme = _counted_programme(known[name].name.zh)
                if programme:
                    people.setdefault(programme, []).append(observation)
        return {programme: sorted(them, key=value_of) for programme, them in people.items()}


@lru_cache(maxsize=4096)
def _paid_programme(name: str) -> str:
    """The programme that a name of money speaks of; empty where it is not paid for one."""
    paid = _WHERE.sub("", name)
    programme = _PAID.sub("", paid)
    return programme if programme != paid else ""


@lru_cache(maxsize=4096)
def _counted_programme(name: str) -> str:
    """The programme whose people a name counts; empty where it counts none."""
    counted = _WHERE.sub("", name)
    programme = _COUNTED.sub("", counted)
    return programme if programme != counted else ""


def _disagreement_of(
    observation: Observation, people: Observation, months: int, figures: RuleFigures
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
