"""Says how a target stands: what is to be done, what was done, what is due by now, what next.

All of it is counted on one base, the target's task; gaps are amounts, of a rate percentage points.
Lists, pages, reports, files and the overview say the same of one target because they all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.forecast import REACHED
from dashboard.analysis.progress import Progress
from dashboard.analysis.reasons import amount, at_most, needed
from dashboard.analysis.target_status import Status
from dashboard.analysis.target_task import Manner
from dashboard.base.language import MOST_FIGURES, Scale, number, word
from dashboard.base.rounding import half_up
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import Path, Target, TargetKind
from dashboard.charts.text.wording import area_name, plain, quantity, scale_of, whole_scale

# In the order in which a reader looks at them: what needs attention comes first.
ORDER = (
    Status.BEHIND,
    Status.OVER_LIMIT,
    Status.OVERDUE,
    Status.NOT_JUDGED,
    Status.ON_PACE,
    Status.AHEAD,
    Status.DONE,
    Status.NOT_DUE,
)
# Colour never speaks alone: every status has its sign and its word too.
SIGNS = {
    Status.AHEAD: "▲",
    Status.ON_PACE: "●",
    Status.BEHIND: "▼",
    Status.DONE: "✓",
    Status.OVER_LIMIT: "✕",
    Status.OVERDUE: "✕",
    Status.NOT_DUE: "○",
    Status.NOT_JUDGED: "?",
}
# These are printed in other places than among the reasons.
CLOCK = ("history", "no_history", "one_year", "up_to", "from_base", "short")
LEVELS = (Manner.RISE, Manner.FALL)
LOW = (Manner.SPEND, Manner.LIMIT, Manner.FALL)  # less than what is due is good
FALLING = (Manner.REDUCE, Manner.LIMIT)
ROUNDED = 0.05  # points by which a gap of one place may differ from what it is rounded from
SETTLED = (Manner.KEEP, Manner.LIMIT)  # the whole is due at every time
NEEDS = {Manner.ADD: "add", Manner.RISE: "add"} | dict.fromkeys((*FALLING, Manner.FALL), "reduce")


def status_word(status: Status, language: str) -> str:
    """ahead, behind … in words."""
    return word(f"status_{status}", language)


def in_order(rows: list[Progress]) -> list[Progress]:
    """Furthest behind first; what has no gap last, in the order of its status."""
    return sorted(rows, key=place_in_order)


def place_in_order(row: Progress) -> tuple[bool, float, int, str]:
    """The place of a row among others: furthest behind first."""
    points = row.task_gap
    return points is None, points or 0.0, ORDER.index(row.status), row.target.id


class Form(StrEnum):
    """How the amounts of a task are printed."""

    SENTENCE = "sentence"  # with their shares
    TITLE = "title"  # without shares
    BARE = "bare"  # the same behind an amount that has stated the unit


@dataclass(frozen=True, slots=True)
class TargetWords:
    """Says one row in one language; ``brief`` for lists, with MOST_FIGURES significant figures."""

    row: Progress
    catalogue: Catalogue
    areas: Areas
    language: str
    brief: bool = False
    form: Form = Form.SENTENCE

    @property
    def target(self) -> Target:
        """The target that is spoken of."""
        return self.row.target

    @property
    def indicator(self) -> Indicator:
        """What it counts."""
        return self.catalogue.indicators[self.target.indicator]

    def word(self, key: str, **fields: object) -> str:
        """A word in the language."""
        return word(key, self.language, **fields)

    def amount(self, value: float | None, indicator: str = "") -> str:
        """A value with its unit; a dash for none."""
        if value is None:
            return "—"
        meaning = self.catalogue.indicators[indicator] if indicator else self.indicator
        scale = scale_of(meaning, [value], self.language)
        shorter = self._briefly(scale, value)
        if shorter != scale:
            return quantity(value, shorter, self.language)
        return amount(value, meaning, self.language)

    def _briefly(self, scale: Scale, largest: float) -> Scale:
        """The scale with as many decimals as MOST_FIGURES leave the largest value, where brief."""
        if not self.brief:
            return scale
        size = abs(half_up(largest / scale.factor, scale.decimals))
        places = max(0, min(scale.decimals, MOST_FIGURES - len(str(int(size)))))
        return replace(scale, decimals=places)

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.indicator.name[self.language]

    @property
    def place(self) -> str:
        """The name of the area that is judged."""
        return area_name(self.areas.get(self.row.area), self.row.area, self.language)

    @property
    def due(self) -> str:
        """By the end of which month."""
        return periods.name(self.target.period, self.language, "")

    @property
    def due_by(self) -> str:
        """2026年12月到期; of a limit until when it holds: 至2026年12月."""
        return self.word("due_until" if self.row.is_limit else "due_by", period=self.due)

    @property
    def asked(self) -> str:
        """What is asked for: 不少于 330户, 增长 2%（达到 907.38万元）."""
        growth = self.target.kind is TargetKind.GROWTH
        key = "growth_points" if growth and self.indicator.is_rate else str(self.target.kind)
        value = number(self.target.value, 1 if self.target.value % 1 else 0, self.language)
        text = self.word(f"asks_{key}", value=value if growth else self.amount(self.target.value))
        if self.target.kind in (TargetKind.GROWTH, TargetKind.INCREASE) and self.row.goal:
            text += self.word("asks_reaching", value=self.amount(self.row.goal))
        return text

    @property
    def to_do(self) -> str:
        """今年应增157张: all of the task; what is asked for where no task is known."""
        task = self.row.task
        if task is None:
            return self.word("task_asked", asked=self.asked)
        key = f"task_{task.manner}_total"
        if self._is_exact_level:
            key = "task_exact_total"
        if self._has_start:
            key += "_from"
        start = self.amount_text(task.start) if task.start is not None else ""
        return self.word(key, value=self.amount_text(task.total), start=start, span=self.span)

    @property
    def _is_exact_level(self) -> bool:
        """Whether a number that is there already is asked for, no more and no fewer."""
        task, kind = self.row.task, self.target.kind
        return task is not None and task.manner is Manner.KEEP and kind is TargetKind.EXACTLY

    @property
    def _scale(self) -> Scale:
        """The one scale of the task's amounts."""
        task = self.row.task
        sizes = [task.total, task.done, task.due] if task else [self.row.actual]
        scale = scale_of(self.indicator, sizes, self.language)
        return self._briefly(scale, max((abs(size) for size in sizes if size), default=0.0))

    def amount_text(self, value: float) -> str:
        """An amount of the task with its unit, in the scale of all of them: 7,800万元."""
        scale = self._scale if self.indicator.is_rate else whole_scale(self._scale, value)
        shown = plain if self.form is Form.BARE else quantity
        return shown(value, scale, self.language)

    @property
    def _has_start(self) -> bool:
        """Whether a rate or standard is to go from another level to the one asked for."""
        task = self.row.task
        if task is None or task.start is None or task.manner not in LEVELS:
            return False
        rises = task.start < task.total
        return rises if task.manner is Manner.RISE else task.start > task.total

    @property
    def span(self) -> str:
        """今年, or by when the target is due where it is not that of a calendar year."""
        target = self.target
        if (target.start.month, target.period.month, target.months) == (1, 12, 12):
            return self.word("task_this_year")
        return self.word("task_by", period=self.due)

    @property
    def done(self) -> str:
        """已增56张（36%）: what was done of the task, with its share; of a draft that it is one."""
        actual = self.row.actual
        return "" if actual is None else self._marked(self._done_text(actual))

    def _done_text(self, actual: float) -> str:
        task = self.row.task
        if task is None:
            return self.word("task_rise_done", value=self.amount(actual))
        if self.row.partial and self.row.gap is None:
            return self.word("task_partial_done", value=self.amount(actual))
        back = "_back" if task.done < 0 and task.manner in (Manner.ADD, Manner.REDUCE) else ""
        value = self._done_amount(abs(task.done) if back else task.done)
        return self.word(f"task_{task.manner}_done{back}", value=value) + self._share(
            self.row.completion
        )

    @property
    def actual(self) -> str:
        """The newest figure with its unit, of a draft with its mark; a dash for none."""
        return self._marked(self.amount(self.row.actual))

    def _marked(self, text: str) -> str:
        is_draft = FigureMark.DRAFT in self.row.marks
        return self.word("amount_of_draft", value=text) if is_draft else text

    @property
    def due_now(self) -> str:
        """此时应增124张（79%）: what is due by now; empty where nothing is, or before it can be."""
        task = self.row.task
        if task is None or task.due is None or self.row.gap is None or task.manner in SETTLED:
            return ""
        if self.row.months_left == 0:
            return ""  # all of it, which stands there already
        value = self._due_amount(task.due)
        share = self._share(self.row.expected_share)
        return self.word(f"task_{task.manner}_due", value=value) + share

    def _done_amount(self, done: float) -> str:
        """What was done; of a rate with a second place where the gap is not seen in the first."""
        gap, task = self.gap_value, self.row.task
        if self.indicator.is_rate and gap is not None and task is not None and task.due:
            seen = abs(half_up(done, self.indicator.decimals) - half_up(task.due, 2))
            if half_up(abs(seen - abs(gap)), 2) > ROUNDED:
                return quantity(done, replace(self._scale, decimals=2), self.language)
        return self.amount_text(done)

    def _due_amount(self, due: float) -> str:
        """What is due; of a rate with a second place where the first would round it."""
        meaning = self.indicator
        if meaning.is_rate and half_up(due, meaning.decimals) != half_up(due, 2):
            return quantity(due, replace(self._scale, decimals=2), self.language)
        return self.amount_text(due)

    def _share(self, share: float | None) -> str:
        if share is None or self.brief or self.form is not Form.SENTENCE:
            return ""
        # What is not all of it is not printed as 100 %.
        decimals = next((d for d in (0, 1) if not share < 100 <= half_up(share, d)), 2)
        return self.word("task_share", share=number(share, decimals, self.language))

    @property
    def gap(self) -> str:
        """少68张: how far from what is due, in the target's unit; empty where no gap is known."""
        task, gap = self.row.task, self.gap_value
        if task is None or gap is None:
            return ""
        key = "even" if gap == 0 else "behind" if gap < 0 else "ahead"
        shown = self._points(abs(gap)) if self.indicator.is_rate else self.amount_text(abs(gap))
        return self.word(f"task_{task.manner}_{key}", value=shown)

    @property
    def gap_value(self) -> float | None:
        """The gap as it is printed, base units: what is printed as done less what is as due."""
        task, gap = self.row.task, self.row.gap
        if task is None or gap is None or task.due is None:
            return None
        scale = self._scale
        if self.indicator.is_rate:
            return half_up(gap, 1)
        done, due = (half_up(side / scale.factor, scale.decimals) for side in (task.done, task.due))
        printed = half_up(due - done if task.manner in LOW else done - due, scale.decimals)
        return printed * scale.factor

    @property
    def base(self) -> str:
        """What the gap is counted from: what is due by now, else all of the task."""
        return self.due_now or self.to_do

    @property
    def against_base(self) -> str:
        """此时应增124张，少68张: the gap with what it is counted from; "" for no gap."""
        first = replace(self, form=Form.TITLE)
        gap = replace(self, form=Form.BARE).gap if self.language == "en" else first.gap
        return self._joined([first.base, gap]) if self.gap else ""

    def titled(self, *, whole: bool = True) -> str:
        """今年应增157张，此时应增124张，已增56张，少68张: the task for a title, without its shares.

        Without ``whole`` the part due by now alone. English states the unit once.
        """
        first = replace(self, form=Form.TITLE)
        bare = replace(self, form=Form.BARE) if self.language == "en" else first
        heads = [first.to_do, bare.due_now] if whole else [first.base]
        return self._joined([*heads, bare.done, bare.gap])

    def _joined(self, parts: list[str]) -> str:
        return self.word("chart_comma").join(dict.fromkeys(part for part in parts if part))

    def _points(self, value: float) -> str:
        return self.word("task_points", value=number(value, 1, self.language))

    @property
    def reasons(self) -> list[str]:
        """What must be known about the judgement, besides the clock and the amount missing."""
        return [
            reason.words[self.language] for reason in self.row.reasons if reason.key not in CLOCK
        ]

    @property
    def forecast(self) -> str:
        """What the task comes to if it goes on as before; a dash where nothing sensible follows."""
        row, task = self.row, self.row.task
        if row.forecast.value is None or row.forecast.method == REACHED or task is None:
            return "—"
        reached = task.at(row.forecast.value)
        too_much = self.indicator.unit.dimension == "percent" and reached > 100
        if reached < 0 or too_much:
            return "—"
        value = self.amount_text(reached)
        share = None if row.completion is None else task.share(reached)
        return self.word(f"task_{task.manner}_forecast", value=value) + self._share(share)

    @property
    def interval(self) -> str:
        """The range that earlier years' curves give; empty without any."""
        forecast, task = self.row.forecast, self.row.task
        if forecast.low is None or forecast.high is None or task is None or self.forecast == "—":
            return ""
        low, high = (self.amount_text(task.at(end)) for end in (forecast.low, forecast.high))
        return self.word("span_of_amounts", low=low, high=high)

    @property
    def needed(self) -> str:
        """What each of the months left must bring, rounded up; a dash where nothing is to be."""
        value = self.row.needed_per_month
        if value is None:
            return "—"
        if self.spare:
            return self.word("at_most_amount", value=at_most(value, self._counted, self.language))
        return needed(value, self._counted, self.language)

    @property
    def _counted(self) -> Indicator:
        """In what the remaining amount is counted: of a rate its numerator."""
        return self.catalogue.indicators[self.row.remaining_indicator or self.indicator.id]

    @property
    def is_hard(self) -> bool:
        """Whether more than the best month so far is needed each month."""
        row = self.row
        if row.needed_per_month is None or row.best_month is None or self.spare:
            return False
        return row.needed_per_month > row.best_month[1]

    @property
    def short(self) -> str:
        """还差 150家: what is missing in all, rounded up; empty where nothing is."""
        if self.row.remaining is None:
            return ""
        missing = needed(self.row.remaining, self._counted, self.language)
        return self.word("target_short", value=missing)

    @property
    def spare(self) -> bool:
        """Whether the amount is what may still be spent, not what is to be brought."""
        return self.row.is_limit and self.row.remaining is None

    @property
    def best(self) -> str:
        """The best month so far, beside which the need is to be seen; empty where unknown."""
        best, task = self.row.best_month, self.row.task
        if best is None or self.row.needed_per_month is None or self.spare:
            return ""
        value = amount(best[1], self._counted, self.language)
        key = "best_month_falls" if task and task.manner in FALLING else "best_month"
        return self.word(key, month=periods.name(best[0], self.language), value=value)

    @property
    def start(self) -> str:
        """起点按2025年12月末1,842张: the base that was found for a level; "" where none was."""
        row = self.row
        found = row.task is not None and row.task.start is not None and row.target.base is None
        if not found or row.base is None or row.base_period is None or is_flow(self.indicator):
            return ""
        period = periods.name(row.base_period, self.language, "end_of_period")
        return self.word("target_start", period=period, value=self.amount(row.base))

    @property
    def clock(self) -> str:
        """Which share of the time counts as over, by which clock, and from which base."""
        between = "" if self.language == "zh" else " "
        return between.join(filter(None, (self._clock, self.start)))

    @property
    def _clock(self) -> str:
        row, text_of = self.row, self.word
        if row.elapsed_calendar is None:
            return ""
        calendar = number(row.elapsed_calendar, 1, self.language)
        if self.target.path is Path.AT_END or self.target.path is Path.MILESTONES:
            return text_of(f"clock_{self.target.path}", calendar=calendar)
        if row.elapsed_historical is None:
            key = "clock_no_history" if self.target.path is Path.HISTORICAL else "clock_calendar"
            return text_of(key, calendar=calendar)
        key = "clock_used_history" if self.target.path is Path.HISTORICAL else "clock_elapsed"
        years = self.word("list_comma").join(str(year) for year in row.history_years)
        share = number(row.elapsed_historical, 1, self.language)
        return text_of(key, calendar=calendar, historical=share, years=years)

    @property
    def standing(self) -> str:
        """The sentence without the names of area and indicator, to stand behind them."""
        return self._standing_text(short=True)

    @property
    def sentence(self) -> str:
        """The whole in one sentence, for the overview, reports and pictures' text alternatives."""
        return self._standing_text(short=False)

    def _standing_text(self, *, short: bool) -> str:
        if self.row.actual is None:
            return self._not_judged(short=short)
        period = self.row.actual_period or self.row.period
        stands = self.word("task_when", period=periods.name(period, self.language))
        if not short:
            stands = self.word("task_of", area=self.place, name=self.name) + stands
        first, *others = self.parts
        return stands + self.word("chart_comma").join([first, *others]) + self.word("full_stop")

    @property
    def parts(self) -> list[str]:
        """The sentence in parts, all on one base: to do, done, due, gap, verdict, outlook, need."""
        status = status_word(self.row.status, self.language)
        parts = [self.to_do, self.done, self.due_now, self.gap]
        if self.row.status is Status.NOT_JUDGED:
            status = (
                self.word(
                    "task_why", status=status, why=self.word("list_semicolon").join(self.reasons)
                )
                if self.reasons
                else status
            )
        return list(filter(None, [*parts, status, self._outlook(), self.need]))

    def _not_judged(self, *, short: bool) -> str:
        """That there is no figure, and why."""
        reasons = self.word("chart_comma").join(self.reasons)
        why = reasons or status_word(self.row.status, self.language)
        if short:
            return why + self.word("full_stop")
        return self.word("target_not_judged", area=self.place, name=self.name, why=why)

    @property
    def outlook(self) -> str:
        """照此进度到期约增121张，今后每月需增250张。 "" where neither is known."""
        parts = [part for part in (self._outlook(), self.need) if part]
        if not parts:
            return ""
        text = self.word("chart_comma").join(parts) + self.word("full_stop")
        return text[:1].upper() + text[1:]

    def _outlook(self) -> str:
        """Where the target ends by the forecast; "" where that is known, or says nothing."""
        if self.row.status is Status.DONE or self.forecast == "—":
            return ""
        return self.word("task_outlook", value=self.forecast)

    @property
    def need(self) -> str:
        """今后每月需增34张（最好的一月增22张）; what is missing in all where no month is left."""
        if self.row.needed_per_month is None or self.row.status is Status.DONE:
            stated = self.row.remaining_indicator == self.indicator.id and self.gap
            return "" if self.row.status is Status.DONE or stated else self.short
        if self.spare:
            return self.word("target_may", value=self.needed)
        manner = self.row.task.manner if self.row.task else Manner.DO
        most = self.row.best_month
        best = amount(most[1], self._counted, self.language) if most else ""
        key = NEEDS.get(manner, "do")
        text = self.word(f"task_needs_{key}", value=self.needed)
        return text + (self.word(f"task_best_{key}", value=best) if best else "")
