"""300 sentences drawn at random over the samples, worked out again from the raw observations.

Nothing of the program's arithmetic is used here: values are read as they were stored, subtracted
and divided in decimal numbers.
"""

import random
import re
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import product

import pytest
from chart_cases import DEMO

from dashboard.catalogue.concepts import Level
from dashboard.store.observations import read_figures
from dashboard.store.query import Query

pytestmark = pytest.mark.slow

SENTENCES, SEEDS = 340, (20261129, 7, 40427)
FACTORS = {"万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}
LABELS = {
    "zh": {"同比": 12, "环比": 1, "比上季度": 3, "比前半年": 6},
    "en": {
        "year on year": 12,
        "on the month before": 1,
        "on the quarter before": 3,
        "on the half-year before": 6,
    },
}
CHANGES = {
    "zh": re.compile(
        r"(?P<label>同比|环比|比上季度|比前半年)"
        r"(?:(?:[^、，；。（）]*、)?(?P<way>增长|下降|增幅|降幅|提高|降低)"
        r"(?P<size>[\d,.]+)(?P<unit>%|个百分点|个千分点)|(?P<same>持平))"
    ),
    "en": re.compile(
        r"(?:(?P<way>up|down) (?:[\d,.]+[^,]*?, or )?"
        r"(?P<size>[\d,.]+)(?P<unit>%| points| per mille points)"
        r"|(?P<same>unchanged)),? "
        r"(?P<label>year on year|on the month before|on the quarter before|on the half-year before)"
    ),
}
STEPS = {
    "zh": re.compile(r"，(?:(\d+)月当月|\d+年第(\d)季度|\d+年(上|下)半年)(?P<value>[\d,.]+\D*?)，"),
    "en": re.compile(r", (?P<value>[\d,.]+[^,]*?) in [^,]+, "),
}


class Raw:
    """The stored actual figures, and what follows from them by hand."""

    def __init__(self, desk):
        self.catalogue, self.areas, self.values = desk.catalogue, desk.areas(), {}
        self.held = defaultdict(set)
        for figure in read_figures(desk.context.engine, Query(kinds=["actual"])):
            plain = figure.value is not None and figure.since is None and figure.status != "D"
            if plain:
                key = (figure.indicator, figure.area, figure.period)
                self.values[key] = Decimal(repr(figure.value))
                self.held[figure.indicator, figure.area].add(figure.period)

    def is_street(self, area):
        """Whether it is a street."""
        place = self.areas.get(area)
        return place is not None and place.level is Level.STREET

    def stands(self, indicator, area, period):
        """The figure as it stands; a rate from its two counts."""
        meaning = self.catalogue.indicators[indicator]
        if not meaning.numerator:
            return self.values.get((indicator, area, period))
        top = self.values.get((meaning.numerator, area, period))
        bottom = self.values.get((meaning.denominator, area, period))
        if top is None or not bottom:
            return None
        months = period.month if meaning.per_month else 1
        return top / bottom * Decimal(repr(meaning.unit.multiplier)) / months

    def of_months(self, indicator, area, period, months):
        """What a running total grew by in the months that end with the period."""
        now = self.values.get((indicator, area, period))
        if now is None or period.month == months:
            return now
        before = self.values.get((indicator, area, period.plus(-months)))
        return None if before is None else now - before

    def drawn(self, chance, count):
        """So many (indicator, area, period) that are stored; most have a figure a year before."""
        keys = sorted(self.values, key=lambda key: (key[0], key[1], str(key[2])))
        by_indicator = defaultdict(list)
        for key in keys:
            accumulation = str(self.catalogue.indicators[key[0]].accumulation)
            if accumulation != "in_month":  # a chart of years shows what its months add up to
                by_indicator[key[0]].append(key)
        compared = {
            name: [key for key in own if (*key[:2], key[2].plus(-12)) in self.values]
            for name, own in by_indicator.items()
        }
        compared = {name: own for name, own in compared.items() if own}
        real = defaultdict(list)  # of streets that are not invented there are few figures
        for name, own in by_indicator.items():
            for key in own:
                if self.is_street(key[1]) and not key[1].startswith(DEMO):
                    real[name].append(key)
        for place in range(count):
            pool = by_indicator if place % 4 == 0 else compared
            pool = real if place % 10 == 5 else pool
            yield chance.choice(pool[chance.choice(sorted(pool))])


def amount(text):
    """A printed amount: its value, and what half of its last digit is worth."""
    match = re.match(r"([−-]?)([\d,]+(?:\.(\d+))?) ?(万|亿|thousand|million|billion)?", text)
    number = Decimal(match[2].replace(",", "")) * (-1 if match[1] else 1)
    factor = FACTORS.get(match[4], 1)
    half = Decimal(1).scaleb(-len(match[3] or "")) / 2 * factor
    return number * factor, half


def agrees(found, now, then, meaning):
    """Whether a printed change is that of the two values, to the half of its last digit."""
    if now is None or then is None:
        return False
    if not then and not meaning.is_rate:
        return bool(found["same"]) and not now
    exact = now - then if meaning.is_rate else (now - then) / abs(then) * 100
    printed = Decimal(0) if found["same"] else Decimal(found["size"].replace(",", ""))
    printed = -printed if found["way"] in ("下降", "降幅", "降低", "down") else printed
    return abs(printed - exact) <= Decimal("0.0500001")


def states(text, value):
    """Whether one of the amounts printed in a text is the value."""
    amounts = (amount(text[match.start() :]) for match in re.finditer(r"[−-]?\d[\d,]*", text))
    return any(abs(printed - value) <= half for printed, half in amounts)


class Sentence:
    """The sentence of a chart of years, and what it states in it."""

    def __init__(self, raw, desk, drawn, comparison, language):
        self.raw, self.language, self.comparison = raw, language, comparison
        self.indicator, self.area, self.period = drawn
        self.meaning = raw.catalogue.indicators[self.indicator]
        self.to_date = str(self.meaning.accumulation) == "year_to_date"
        asked = {"area": self.area, "period": str(self.period), "compare": comparison}
        view = desk.selections.of({**asked, "step": "year"}, language)
        chart = desk.figures.chart(f"indicator:{self.indicator}/trend", view)
        self.text, self.in_months = chart.sentence, chart.step == "month"
        self.changes = list(CHANGES[language].finditer(self.text))
        has_step = comparison == "pop" and self.to_date and not self.in_months
        self.step = STEPS[language].search(self.text) if has_step else None

    def is_of_step(self, found):
        """Whether a change is of the last month or quarter, not of the running total."""
        after = self.step is not None and found.start() >= self.step.end() - 1
        return after or (self.in_months and self.to_date)

    def sides(self, found, months):
        """Both values of a change, from the raw figures."""
        ends = (self.period, self.period.plus(-months))
        if not self.is_of_step(found):
            return [self.raw.stands(self.indicator, self.area, end) for end in ends]
        length = months if months < 12 else 1
        return [self.raw.of_months(self.indicator, self.area, end, length) for end in ends]

    def problems(self):
        """What is wrong with it."""
        wrong = [problem for found in self.changes for problem in self.of_change(found)]
        value = self.raw.stands(self.indicator, self.area, self.period)
        if not self.in_months and value is not None and not states(self.text, value):
            wrong.append(f"the value is {value}")
        return wrong

    def of_change(self, found):
        """What is wrong with one change: its label, its values, the value of its step."""
        months = LABELS[self.language][found["label"]]
        sides = self.sides(found, months)
        if self.comparison == "none":
            yield "a change where none is asked for"
        if self.to_date and months < 12 and not self.is_of_step(found):
            yield f"a running total is called {found['label']}"
        if not agrees(found, *sides, self.meaning):
            yield f"{found[0]} of {sides}"
        if self.step is not None and self.is_of_step(found):
            printed, half = amount(self.step["value"])
            if sides[0] is None or abs(printed - sides[0]) > half:
                yield f"the step {self.step['value']} is {sides[0]}"


@pytest.mark.parametrize("seed", SEEDS)
def test_random_sentences_are_those_of_the_raw_observations(samples_desk, seed):
    raw, chance = Raw(samples_desk), random.Random(seed)
    wrong, stated = [], Counter()
    for drawn in raw.drawn(chance, SENTENCES):
        comparison = chance.choice(["yoy", "yoy", "pop", "pop", "none"])
        language = chance.choice(["zh", "en"])
        said = Sentence(raw, samples_desk, drawn, comparison, language)
        stated[comparison] += bool(said.changes)
        stated["steps"] += said.step is not None
        stated["sentences"] += bool(said.text)
        stated[language, comparison] += 1
        place = "street" if raw.is_street(drawn[1]) else "above"
        stated["invented" if drawn[1].startswith(DEMO) else "real", place] += 1
        wrong += [(drawn, comparison, said.text, problem) for problem in said.problems()]
    assert wrong == [], "\n".join(map(str, wrong[:20]))
    assert stated["sentences"] == SENTENCES
    assert stated["yoy"] > 60 and stated["pop"] > 45 and not stated["none"], stated
    assert stated["steps"] > 20, stated
    turns = product(("zh", "en"), ("yoy", "pop", "none"))
    assert all(stated[turn] > 20 for turn in turns), stated
    kinds = product(("invented", "real"), ("street", "above"))
    assert all(stated[kind] > 5 for kind in kinds), stated
