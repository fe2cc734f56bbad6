"""What a waterfall says in words: the sentence, its notes, and why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.decomposition import summed
from dashboard.analysis.explain_change import Explained
from dashboard.base.language import Scale, number
from dashboard.base.rounding import half_up
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import wording

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A split change with the scale in which it is told."""

    frame: Frame
    found: Explained
    scale: Scale

    @property
    def by_part(self) -> bool:
        """Whether the parts are components, not areas."""
        return self.frame.spec.along is Along.COMPONENT and not self.found.effects

    @property
    def rest_name(self) -> str:
        """What no part accounts for, named for what it can be."""
        key = "why_rest_missing" if self.found.left_out else "why_rest"
        return self.frame.say(key)

    def period(self, period: Period) -> str:
        """The period in the indicator's words."""
        return wording.period_name(period, self.frame.main, self.frame.language)

    def part_name(self, code: str) -> str:
        """The name of an area or component."""
        known = self.frame.catalogue.indicators
        return known[code].name[self.frame.language] if self.by_part else self.frame.name(code)

    def signed(self, value: float) -> str:
        """A change in the unit shown, with its sign."""
        return number(
            value / self.scale.factor, self.scale.decimals, self.frame.language, sign=True
        )

    def amount(self, value: float) -> str:
        """A change with its unit: 12对, 0.35个百分点."""
        frame = self.frame
        if not frame.main.is_rate:
            return wording.quantity(abs(value), self.scale, frame.language)
        per_mille = frame.main.unit.dimension == "permille"
        points = frame.say("chart_permille_points" if per_mille else "chart_points")
        return wording.plain(abs(value), self.scale, frame.language) + points

    def named(self, parts: Sequence[tuple[str, float]]) -> str:
        """Some parts with their changes, as a list."""
        every = [
            self.frame.say("why_named", name=self.part_name(code), change=self.signed(value))
            for code, value in parts
        ]
        return self.frame.say("chart_list_comma").join(every)


def effects_of(told: Told) -> list[tuple[str, float]]:
    """The effects on a rate with their names; no mix where only the whole is known."""
    total, say = summed(told.found.effects), told.frame.say
    found = [(say("why_numerator"), total.numerator), (say("why_denominator"), total.denominator)]
    if len(told.found.effects) > 1:
        found.append((say("why_mix"), total.mix))
    return found


def refused(frame: Frame, found: Explained) -> str:
    """Why this change is not split."""
    name = found.break_name[frame.language] if found.break_name else ""
    first = wording.period_name(found.since, frame.main, frame.language)
    last = wording.period_name(found.until, frame.main, frame.language)
    reason = frame.say(f"why_refused_{found.reason}", name=name)
    return frame.say("why_refused", first=first, last=last, reason=reason)


def _direction(told: Told, value: float) -> str:
    """增加12对 or 减少12对; 持平 where the change is nothing in the unit shown."""
    if half_up(value / told.scale.factor, told.scale.decimals) == 0:
        return told.frame.say("why_unchanged")
    key = "why_more" if value > 0 else "why_less"
    return told.frame.say(key, amount=told.amount(value))


def sentence(told: Told) -> str:
    """From where to where, by how much, and what did it."""
    frame, found = told.frame, told.found
    whole = frame.name(frame.area)
    if found.only_common:
        whole = frame.say("why_common_of", area=whole, count=len(found.pairs))
    start, end = (
        wording.quantity(value, told.scale, frame.language) for value in (found.start, found.end)
    )
    first = frame.say(
        "why_sentence",
        since=told.period(found.since),
        until=told.period(found.until),
        area=whole,
        name=wording.in_sentence(frame.main.name[frame.language], frame.language),
        start=start,
        end=end,
        change=_direction(told, found.end - found.start),
    )
    return first + (_effects_said(told) if found.effects else _parts_said(told.found.parts, told))


def _effects_said(told: Told) -> str:
    frame = told.frame
    each = frame.say("chart_list_comma").join(
        frame.say("why_named", name=name, change=told.signed(value))
        for name, value in effects_of(told)
    )
    said = frame.say("why_sentence_effects", effects=each)
    by_area = {code: one.total for code, one in told.found.effects.items() if code}
    return said + _parts_said(by_area, told) if len(by_area) > 1 else said


def _parts_said(parts: dict[str, float], told: Told) -> str:
    """The parts that added and took away most."""
    places = told.scale.decimals
    shown = {c: v for c, v in parts.items() if half_up(v / told.scale.factor, places)}
    order = sorted(shown.items(), key=lambda one: -one[1])
    more = [one for one in order if one[1] > 0][:MOST_NAMED]
    less = [one for one in reversed(order) if one[1] < 0][:MOST_NAMED]
    said = ""
    if more:
        said += told.frame.say("why_sentence_more", parts=told.named(more))
    if less:
        said += told.frame.say("why_sentence_less", parts=told.named(less))
    return said


def notes(told: Told) -> list[str]:
    """The method, who is missing, and that a total is incomplete."""
    frame, found = told.frame, told.found
    key = (
        "why_method_rate"
        if found.effects
        else "why_method_rest"
        if found.rest
        else "why_method_sum"
    )
    said = [frame.say(key, rest=told.rest_name)]
    if found.effects and "" in found.effects and frame.areas.children(frame.area):
        said.append(frame.say("why_no_mix"))
    if found.left_out:
        comma = frame.say("chart_list_comma")
        key = "why_left_out_common" if found.only_common else "why_left_out"
        said.append(
            frame.say(
                key,
                names=comma.join(frame.name(code) for code in found.left_out),
                count=len(found.left_out),
                of=found.of,
            )
        )
    return said
