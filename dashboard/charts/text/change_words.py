"""Writes changes as words: each is called by the label that its own two periods give it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dashboard.analysis.change import Change, Label
from dashboard.base.language import number, word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Aggregation, Indicator
from dashboard.charts.text import wording

DIRECTIONS = ("up", "down", "unchanged")


def label_name(change: Change, language: str) -> str:
    """同比, 环比, 比上季度 …; year on year, on the month before …."""
    return word(f"change_{change.label}", language)


def made(changes: Iterable[Change | None]) -> list[Change]:
    """The changes that have a value; of several labels those of the most frequent one."""
    known = [change for change in changes if change is not None and change.value is not None]
    label = _usual_label(known)
    return [change for change in known if change.label is label]


def _usual_label(changes: Iterable[Change]) -> Label | None:
    counted = Counter(change.label for change in changes)
    return counted.most_common(1)[0][0] if counted else None


def column_name(changes: Iterable[Change | None], language: str) -> str:
    """The heading of a column of changes: their label, 变化 where they have several."""
    labels = {change.label for change in changes if change is not None}
    if len(labels) == 1:
        return word(f"change_{labels.pop()}", language)
    return word("change_several", language)


def change_number(change: Change | None, indicator: Indicator, language: str) -> str:
    """A signed change: +5.6%, 约+5.6%, +1.2个百分点 between rates; "—" where there is none."""
    if change is None or change.value is None:
        return "—"
    return qualified(change, _signed(change, indicator, language), language)


def change_size(change: Change, indicator: Indicator, language: str) -> str:
    """A change without its sign, as it stands behind 增长 or 下降."""
    return qualified(change, _signed(change, indicator, language).lstrip("+−"), language)


def _signed(change: Change, indicator: Indicator, language: str) -> str:
    text = number(change.value, 1, language, sign=True)
    if change.kind == "points":
        key = "chart_permille_points" if indicator.unit.dimension == "permille" else "chart_points"
        return text + word(key, language)
    return text + "%"


def qualified(change: Change, text: str, language: str) -> str:
    """The text with 约 before it where one of the two figures was stated as approximate."""
    return word("change_about", language, amount=text) if change.is_approximate else text


def reason_words(change: Change, indicator: Indicator, language: str) -> str:
    """Why there is no comparison, with the difference where only the percentage is refused."""
    name = change.break_name[language] if change.break_name else ""
    key = f"reason_{change.reason}"
    key = f"{key}_{change.label}" if change.reason == "no_base" else key
    text = word(key, language, name=name)
    if change.absolute:
        scale = wording.scale_of(indicator, [change.absolute], language)
        size = wording.quantity(abs(change.absolute), scale, language)
        size = qualified(change, size, language)
        key = "chart_more_by" if change.absolute > 0 else "chart_less_by"
        text += word(key, language, amount=size)
    return text


def change_sentence(change: Change | None, indicator: Indicator, language: str) -> str:
    """同比下降5.6%, or why it is not said; "" where nothing is compared."""
    if change is None:
        return ""
    if change.value is None:
        return reason_words(change, indicator, language)
    return full_change(change, indicator, language)


def full_change(change: Change, indicator: Indicator, language: str) -> str:
    """同比减少392人、下降5.9%; of a rate 同比提高1.2个百分点; "" where nothing is compared."""
    if change.value is None:
        return ""
    fields = {
        "comparison": label_name(change, language),
        "difference": difference(change, indicator, language),
        "amount": change_size(change, indicator, language),
    }
    text = word(change_key(change, indicator), language, **fields)
    return qualified(change, text, language) if change.word == "unchanged" else text


def change_key(change: Change, indicator: Indicator) -> str:
    """The word that states a change: an amount rises and falls, a rate or a standard is raised."""
    if change.word == "unchanged":
        return "sentence_unchanged"
    if change.kind == "points":
        return f"narrative_points_{change.word}"
    is_level = indicator.aggregation is not Aggregation.SUM
    return f"narrative_{'level' if is_level else 'change'}_{change.word}"


def difference(change: Change, indicator: Indicator, language: str) -> str:
    """The absolute change with its unit, without a sign."""
    values = [change.now.value, change.then.value]
    scale = wording.scale_of(indicator, values, language)
    return qualified(
        change, wording.quantity(abs(change.absolute or 0.0), scale, language), language
    )


def change_tag(change: Change, indicator: Indicator, language: str) -> str:
    """The comparison as a tag: 同比 +5.6% 增长, or 同比 持平."""
    name = label_name(change, language)
    direction = word(f"chart_{change.word}", language)
    if change.word == "unchanged":
        same = qualified(change, direction, language)
        return word("chart_tag_unchanged", language, comparison=name, word=same)
    signed = change_number(change, indicator, language)
    return word("chart_tag", language, comparison=name, amount=signed, word=direction)


def step_name(change: Change, indicator: Indicator, language: str) -> str:
    """The period of a step as it stands before its own value: 10月当月, 2026年第三季度."""
    period = change.now.figure.period
    if language == "zh" and change.apart == 1:
        return word("change_step_month", language, month=periods.month_name(period.month, "zh"))
    return wording.step_name(period, change.apart, indicator, language)


def step_value(change: Change, indicator: Indicator, language: str) -> str:
    """10月当月206对, or 206 couples in Oct 2026: what the last step of a running total brought."""
    scale = wording.scale_of(indicator, [change.now.value], language)
    return word(
        "change_step",
        language,
        period=step_name(change, indicator, language),
        value=wording.quantity(change.now.value, scale, language),
    )


def step_sentence(change: Change | None, indicator: Indicator, language: str) -> str:
    """10月当月206对，环比增长24.1%; "" where there is no step to be compared."""
    if change is None:
        return ""
    pieces = (
        step_value(change, indicator, language),
        change_sentence(change, indicator, language),
    )
    return word("chart_comma", language).join(pieces)


def step_tag(change: Change | None, indicator: Indicator, language: str) -> str:
    """10月当月206对，环比 +24.1% 增长; "" where there is no step to be compared."""
    if change is None:
        return ""
    compared = (
        reason_words(change, indicator, language)
        if change.value is None
        else change_tag(change, indicator, language)
    )
    return word("chart_comma", language).join((step_value(change, indicator, language), compared))


def counted_directions(changes: Iterable[Change], language: str) -> list[str]:
    """7个增长, 2个下降: how many changed in each direction; none of a direction is not listed."""
    words = [change.word for change in changes]
    return [
        word(f"change_counted_{direction}", language, count=words.count(direction))
        for direction in DIRECTIONS
        if direction in words
    ]
