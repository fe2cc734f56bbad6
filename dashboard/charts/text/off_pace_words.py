"""Says of the targets off pace which they are, where they lack, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.lagging_streets import By
from dashboard.analysis.off_pace import OFF_PACE, OffPace
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.analysis.target_task import Manner
from dashboard.base.language import Scale, number, word
from dashboard.base.rounding import half_up
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.text.target_words import Form, TargetWords, in_order
from dashboard.charts.text.wording import below_name, plain, scale_of

MOST_NAMED = 3
MOST_FACTS = 2
FIGURES = 3  # significant ones of a street's amount, where brief
# The three groups of statuses that a reader tells apart first.
GROUPS: dict[str, tuple[Status, ...]] = {
    "behind": OFF_PACE,
    "well": (Status.DONE, Status.AHEAD, Status.ON_PACE),
    "open": (Status.NOT_JUDGED, Status.NOT_DUE),
}


def headline(rows: Sequence[Progress], catalogue: Catalogue, areas: Areas, language: str) -> str:
    """The finding of an area's targets: how many are behind, and which lacks most."""
    behind = [row for row in in_order(list(rows)) if row.status in OFF_PACE]
    if behind:
        worst = TargetWords(behind[0], catalogue, areas, language)
        if len(rows) == 1 and worst.gap:
            text = worst.titled(whole=False)
            return word("overview_one_behind", language, name=worst.name, text=text)
        counts = {"count": len(rows), "behind": len(behind), "name": worst.name}
        return word("overview_behind", language, **counts)
    judged = any(row.status not in GROUPS["open"] for row in rows)
    key = "overview_none_behind" if judged else "overview_not_judged"
    if len(rows) == 1:
        words = TargetWords(rows[0], catalogue, areas, language)
        if not judged and words.row.actual is not None:
            fields = {"name": words.name, "value": words.actual, "asked": words.asked}
            return word("overview_value_one", language, **fields)
        return word(f"{key}_one", language, name=words.name)
    return word(key, language, count=len(rows))


def others_behind(
    rows: Sequence[Progress], shown: Collection[str], catalogue: Catalogue, language: str
) -> str:
    """另有 2 项落后：…: the targets that are counted as behind and not among those ``shown`` (ids).

    "" where all are shown: a count and its list always agree.
    """
    left = [
        catalogue.indicators[row.target.indicator].name[language]
        for row in in_order(list(rows))
        if row.status in OFF_PACE and row.target.id not in shown
    ]
    if not left:
        return ""
    names = word("list_comma", language).join(left)
    return word("off_others", language, count=len(left), names=names)


@dataclass(frozen=True, slots=True)
class OffPaceWords:
    """Says one target that is off pace in one language."""

    off: OffPace
    words: TargetWords

    @property
    def language(self) -> str:
        """The language of all texts."""
        return self.words.language

    def _word(self, key: str, **fields: object) -> str:
        return word(key, self.language, **fields)

    @property
    def _counted(self) -> Indicator:
        """In what the streets' amounts are counted: of a rate's gap its numerator."""
        row = self.off.row
        of_gap = row.remaining_indicator if self.off.holdbacks.by is By.GAP else ""
        return self.words.catalogue.indicators[of_gap or row.target.indicator]

    @property
    def scale(self) -> Scale:
        """The one scale of the streets' amounts."""
        values = [street.value for street in self.off.holdbacks.streets]
        scale = scale_of(self._counted, values, self.language)
        largest = max((abs(value) for value in values), default=0.0)
        size = abs(half_up(largest / scale.factor, scale.decimals))
        places = max(0, min(scale.decimals, FIGURES - len(str(int(size)))))
        return replace(scale, decimals=places) if self.words.brief else scale

    @property
    def since_due(self) -> str:
        """已过期4个月, else what is due by now."""
        months = self.off.months_overdue
        return self._word("off_overdue", months=months) if months else self.words.due_now

    @property
    def done_in_all(self) -> str:
        """已增101张，今年应增600张; in English the task first: 600 beds to be added, 101 added."""
        words = self.words
        parts = [words.done, words.to_do]
        if self.language == "en" and words.done and words.to_do:
            parts = [words.to_do, replace(words, form=Form.BARE).done]
        return self._word("chart_comma").join(filter(None, parts))

    def street_amount(self, value: float) -> str:
        """少 61: a street's amount in the sense of the target, without its unit."""
        by, task = self.off.holdbacks.by, self.off.row.task
        shown = plain(value, self.scale, self.language)
        if by is By.RISE:
            return self._word("off_rise", value=shown)
        manner = task.manner if task else "do"
        rate = by is By.GAP and self._counted.id != self.words.indicator.id
        return self._word("off_short" if rate else f"off_{by}_{manner}", value=shown)

    def where(self) -> str:
        """What the streets named mean together."""
        holdbacks = self.off.holdbacks
        if holdbacks.by is By.NONE:
            below = below_name(self.words.areas, self.off.row.area, self.language, many=True)
            return self._word("off_where_none", below=below)
        unit = self.scale.label
        if holdbacks.share is not None:
            share = number(holdbacks.share, 0, self.language)
            return self._word("off_where_share", share=share, unit=unit)
        return self._word(f"off_where_{holdbacks.by}", unit=unit)

    def where_in_short(self) -> str:
        """The same for a wall screen: the unit only where no other text has it."""
        holdbacks = self.off.holdbacks
        if holdbacks.by is By.NONE:
            return self.where()
        if holdbacks.share is not None:
            share = number(holdbacks.share, 0, self.language)
            return self._word("wall_where_share", share=share)
        return self._word(f"wall_where_{holdbacks.by}", unit=self.scale.label)

    def reason(self, with_need: bool = True) -> str:
        """The office's reason; without one, at most two facts; "" where nothing is known.

        ``with_need`` counts what it would take among the facts.
        """
        if self.off.comment:
            return self.off.comment
        left_out = "" if with_need else self._need()
        facts = [fact for fact in self._facts() if fact and fact != left_out][:MOST_FACTS]
        if not facts:
            return ""
        text = self._word("list_semicolon").join(facts) + self._word("full_stop")
        return text[:1].upper() + text[1:]

    def _facts(self) -> list[str]:
        known = [self._milestone(), self._streets(), self._limit(), self._need()]
        return [*known, *self.words.reasons] if self.off.row.status not in OFF_PACE else known

    def _milestone(self) -> str:
        missed = self.off.missed
        if missed is None:
            return ""
        due = missed.milestone.period
        month = periods.name(due, self.language)
        end = periods.month_name(due.month, self.language)
        levels, task = (missed.milestone.value, missed.actual), self.off.row.task
        if task is None or task.manner is not Manner.ADD or task.start is None:
            aim, actual = map(self.words.amount, levels)
            return self._word("off_milestone", month=month, end=end, aim=aim, actual=actual)
        aim, actual = (self.words.amount(task.at(level)) for level in levels)
        return self._word("off_milestone_add", month=month, end=end, aim=aim, actual=actual)

    def _streets(self) -> str:
        """How many streets are below what is due, and which have brought nothing."""
        holdbacks, areas = self.off.holdbacks, self.words.areas
        if holdbacks.by is not By.GAP:
            return ""
        below = below_name(areas, self.off.row.area, self.language, many=True)
        key = "off_all_short" if holdbacks.short == holdbacks.known else "off_some_short"
        text = self._word(key, short=holdbacks.short, known=holdbacks.known, below=below)
        if not holdbacks.idle:
            return text
        if len(holdbacks.idle) > MOST_NAMED:
            names = self._word("off_many", count=len(holdbacks.idle), below=below)
        else:
            names = self._listed([areas.name_of(code, self.language) for code in holdbacks.idle])
        task = self.off.row.task
        adds = task is not None and task.manner is Manner.ADD
        idle = self._word("off_idle_add" if adds else "off_idle_do", names=names)
        return self._word("off_streets", short=text, idle=idle)

    def _listed(self, names: Sequence[str]) -> str:
        """Names as a list, in English with "and" before the last."""
        comma = self._word("list_comma")
        if self.language == "zh" or len(names) < 2:
            return comma.join(names)
        return comma.join(names[:-1]) + self._word("chart_and") + names[-1]

    def _limit(self) -> str:
        """How a limit on spending stands against what was spent in the year before."""
        before, limit = self.off.year_before, self.off.row.goal
        if not before or limit is None:
            return ""
        change = half_up((limit - before) / before * 100, 0)
        key = "off_limit_lower" if change < 0 else "off_limit_higher" if change > 0 else ""
        if not key:
            return ""
        share = number(abs(change), 0, self.language)
        return self._word(key, before=self.words.amount(before), share=share)

    def _need(self) -> str:
        return "" if self.words.spare else self.words.need
