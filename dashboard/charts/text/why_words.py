"""Writes the sentence and the notes of a waterfall, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.decomposition import summed
from dashboard.analysis.explain_change import Explained
from dashboard.analysis.point import Point
from dashboard.base.language import Scale, number
from dashboard.base.rounding import half_up
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along
from dashboard.charts.model.frame import Frame
from dashboard.charts.text import wording

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class WhyWords:
    """Says a split change in one language, in the scale that is shown."""

    frame: Frame
    explained: Explained
    scale: Scale

    @property
    def by_part(self) -> bool:
        """Whether the parts are components, not areas."""
        return self.frame.spec.along is Along.COMPONENT and not self.explained.effects

    @property
    def ends(self) -> tuple[str, str]:
        """The earlier and the later figure with their units, 约 before an approximate one."""
        explained, language = self.explained, self.frame.language
        start = wording.quantity(explained.start, self.scale, language)
        end = wording.quantity(explained.end, self.scale, language)
        return self.about(start, explained.base), self.about(end, explained.used)

    @property
    def rest_name(self) -> str:
        """What no part accounts for, named for what it can be."""
        key = "why_rest_missing" if self.explained.left_out else "why_rest"
        return self.frame.word(key)

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
        points = frame.word("chart_permille_points" if per_mille else "chart_points")
        return wording.plain(abs(value), self.scale, frame.language) + points

    def about(self, text: str, made_of: Sequence[Point]) -> str:
        """An amount with 约 before it where one of the figures it is made of is approximate."""
        about = any(point.is_approximate for point in made_of)
        return self.frame.word("change_about", amount=text) if about else text

    def named(self, parts: Sequence[tuple[str, float]]) -> str:
        """Some parts with their changes, as a list."""
        every = [
            self.frame.word("why_named", name=self.part_name(code), change=self.signed(value))
            for code, value in parts
        ]
        return self.frame.word("chart_list_comma").join(every)


def effects_of(words: WhyWords) -> list[tuple[str, float]]:
    """The effects on a rate with their names; no mix where only the whole is known."""
    total, text_of = summed(words.explained.effects), words.frame.word
    effects = [
        (text_of("why_numerator"), total.numerator),
        (text_of("why_denominator"), total.denominator),
    ]
    if len(words.explained.effects) > 1:
        effects.append((text_of("why_mix"), total.mix))
    return effects


def refused(frame: Frame, change: Explained) -> str:
    """Why this change is not split."""
    name = change.break_name[frame.language] if change.break_name else ""
    first = wording.period_name(change.since, frame.main, frame.language)
    last = wording.period_name(change.until, frame.main, frame.language)
    of_parts = change.reason == "no_parts" and frame.spec.along is Along.COMPONENT
    key = "no_components" if of_parts else change.reason  # by area it may stand beside it, split
    reason = frame.word(f"why_refused_{key}", name=name)
    return frame.word("why_refused", first=first, last=last, reason=reason)


def _direction(words: WhyWords, value: float) -> str:
    """增加12对 or 减少12对; 持平 where the change is nothing in the unit shown."""
    both = (*words.explained.base, *words.explained.used)
    if half_up(value / words.scale.factor, words.scale.decimals) == 0:
        return words.about(words.frame.word("why_unchanged"), both)
    key = "why_more" if value > 0 else "why_less"
    return words.frame.word(key, amount=words.about(words.amount(value), both))


def sentence(words: WhyWords) -> str:
    """From where to where, by how much, and what did it."""
    frame, explained = words.frame, words.explained
    whole = frame.name(frame.area)
    if explained.only_common:
        whole = frame.word("why_common_of", area=whole, count=len(explained.pairs))
    start, end = words.ends
    first = frame.word(
        "why_sentence",
        since=words.period(explained.since),
        until=words.period(explained.until),
        area=whole,
        name=wording.in_sentence(frame.main.name[frame.language], frame.language),
        start=start,
        end=end,
        change=_direction(words, explained.end - explained.start),
    )
    return first + (
        _effects_text(words) if explained.effects else _parts_text(words.explained.parts, words)
    )


def _effects_text(words: WhyWords) -> str:
    frame = words.frame
    each = frame.word("chart_list_comma").join(
        frame.word("why_named", name=name, change=words.signed(value))
        for name, value in effects_of(words)
    )
    sentence_text = frame.word("why_sentence_effects", effects=each)
    by_area = {code: effect.total for code, effect in words.explained.effects.items() if code}
    return sentence_text + _parts_text(by_area, words) if len(by_area) > 1 else sentence_text


def _parts_text(parts: dict[str, float], words: WhyWords) -> str:
    """The parts that added and took away most."""
    places = words.scale.decimals
    shown = {c: v for c, v in parts.items() if half_up(v / words.scale.factor, places)}
    order = sorted(shown.items(), key=lambda pair: -pair[1])
    more = [pair for pair in order if pair[1] > 0][:MOST_NAMED]
    less = [pair for pair in reversed(order) if pair[1] < 0][:MOST_NAMED]
    text = ""
    if more:
        text += words.frame.word("why_sentence_more", parts=words.named(more))
    if less:
        text += words.frame.word("why_sentence_less", parts=words.named(less))
    return text


def notes(words: WhyWords) -> list[str]:
    """The method, who is missing, and that a total is incomplete."""
    frame, explained = words.frame, words.explained
    key = (
        "why_method_rate"
        if explained.effects
        else "why_method_rest"
        if explained.rest
        else "why_method_sum"
    )
    lines = [frame.word(key, rest=words.rest_name)]
    if explained.effects and "" in explained.effects and frame.areas.children(frame.area):
        lines.append(frame.word("why_no_mix"))
    if explained.left_out:
        comma = frame.word("chart_list_comma")
        key = "why_left_out_common" if explained.only_common else "why_left_out"
        lines.append(
            frame.word(
                key,
                names=comma.join(frame.name(code) for code in explained.left_out),
                count=len(explained.left_out),
                of=explained.of,
            )
        )
    return lines
