"""Says how a target stands: what is asked, what was done, how far ahead or behind, what next.

Amounts are in the indicator's unit, gaps in percentage points. Lists, pages, reports and the
overview say the same of one target because they all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.forecast import REACHED
from dashboard.analysis.progress import Progress, Status
from dashboard.analysis.reasons import amount
from dashboard.base.language import number, word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import Path, Target, TargetKind
from dashboard.charts.text.wording import area_name

# In the order in which a reader looks at them: what needs attention comes first.
ORDER = (
    Status.BEHIND,
    Status.MISSED,
    Status.CANNOT_JUDGE,
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
    Status.MISSED: "✕",
    Status.NOT_DUE: "○",
    Status.CANNOT_JUDGE: "?",
}
CLOCK = ("history", "no_history", "up_to", "from_base", "short")  # told elsewhere than as a reason


def status_word(status: Status, language: str) -> str:
    """ahead, behind … in words."""
    return word(f"status_{status}", language)


def signed_points(gap: float | None, language: str) -> str:
    """+3.2 or −12.3; a dash where no gap is known."""
    return number(gap, 1, language, sign=True)


def in_order(rows: list[Progress]) -> list[Progress]:
    """Furthest behind first; what has no gap last, in the order of its status."""
    return sorted(
        rows,
        key=lambda row: (row.gap is None, row.gap or 0.0, ORDER.index(row.status), row.target.id),
    )


@dataclass(frozen=True, slots=True)
class TargetWords:
    """Says one row in one language."""

    row: Progress
    catalogue: Catalogue
    areas: Areas
    language: str

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
        return amount(value, meaning, self.language)

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
    def gap(self) -> str:
        """滞后 12.3 个百分点; empty where no gap is known."""
        if self.row.gap is None:
            return ""
        if self.row.status is Status.ON_PACE:
            return self.word("gap_near", points=signed_points(self.row.gap, self.language))
        key = "behind" if self.row.gap < -0.05 else "ahead" if self.row.gap > 0.05 else "even"
        return self.word(f"gap_{key}", points=number(abs(self.row.gap), 1, self.language))

    @property
    def reasons(self) -> list[str]:
        """What must be known about the judgement, besides the clock and the amount missing."""
        return [
            reason.words[self.language] for reason in self.row.reasons if reason.key not in CLOCK
        ]

    @property
    def forecast(self) -> str:
        """Where it ends if it goes on as before: 84.0万元（79.2万元—88.8万元）."""
        forecast = self.row.forecast
        if forecast.value is None or forecast.method == REACHED:
            return "—"
        return self.amount(forecast.value)

    @property
    def interval(self) -> str:
        """The range that earlier years' curves give; empty without any."""
        forecast = self.row.forecast
        if forecast.low is None or forecast.high is None or forecast.method == REACHED:
            return ""
        return self.word(
            "span_of_amounts", low=self.amount(forecast.low), high=self.amount(forecast.high)
        )

    @property
    def needed(self) -> str:
        """What each of the months left must bring; a dash where nothing is to be brought."""
        value = self.row.needed_per_month
        if value is None:
            return "—"
        shown = self.amount(value, self.row.remaining_indicator)
        return self.word("at_most_amount", value=shown) if self.spare else shown

    @property
    def short(self) -> str:
        """还差 150家: what is missing in all; empty where nothing is."""
        if self.row.remaining is None:
            return ""
        missing = self.amount(self.row.remaining, self.row.remaining_indicator)
        return self.word("target_short", value=missing)

    @property
    def spare(self) -> bool:
        """Whether the amount is what may still be spent, not what is to be brought."""
        return self.row.is_limit and self.row.remaining is None

    @property
    def best(self) -> str:
        """The best month so far, beside which the need is to be seen; empty where unknown."""
        best = self.row.best_month
        if best is None or self.row.needed_per_month is None or self.spare:
            return ""
        month = periods.name(best[0], self.language)
        value = self.amount(best[1], self.row.remaining_indicator)
        return self.word("best_month", month=month, value=value)

    @property
    def reach(self) -> float | None:
        """The forecast in percent of what is to be reached; None where that says nothing."""
        row = self.row
        if row.forecast.value is None or row.completion is None or not row.goal:
            return None
        if self.target.kind is TargetKind.INCREASE:
            added = self.target.value
            return (row.forecast.value - (row.base or 0.0)) / added * 100 if added else None
        return row.forecast.value / row.goal * 100 if row.goal > 0 else None

    @property
    def clock(self) -> str:
        """Which share of the time counts as over, and by which clock, with the years used."""
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
        fields = {
            "period": periods.name(self.row.actual_period, self.language)
            if self.row.actual_period
            else "",
            "actual": self.amount(self.row.actual),
            "asked": self.asked,
        }
        if short:
            stands = self.word("target_stands_short", **fields)
        else:
            stands = self.word("target_stands", area=self.place, name=self.name, **fields)
        parts = [stands, *self._verdict(), self._reach_words(), self._need_words()]
        return self.word("chart_comma").join(filter(None, parts)) + self.word("full_stop")

    def _not_judged(self, *, short: bool) -> str:
        """That there is no figure, and why."""
        reasons = self.word("chart_comma").join(self.reasons)
        why = reasons or status_word(self.row.status, self.language)
        if short:
            return why + self.word("full_stop")
        return self.word("target_not_judged", area=self.place, name=self.name, why=why)

    def _verdict(self) -> list[str]:
        """The gap, or the status with its reasons where none is known."""
        if self.row.gap is not None:
            return [self.gap or status_word(self.row.status, self.language)]
        return [status_word(self.row.status, self.language), *self.reasons]

    def _reach_words(self) -> str:
        """Where the target ends by the forecast; "" where that is known, or says nothing."""
        closed = self.row.status is Status.DONE or self.row.forecast.method == REACHED
        if self.reach is None or closed:
            return ""
        key = "target_forecast_limit" if self.row.is_limit else "target_forecast"
        return self.word(key, share=number(self.reach, 0, self.language))

    def _need_words(self) -> str:
        """What each month left must bring, or what is missing in all."""
        if self.row.needed_per_month is None or self.row.status is Status.DONE:
            return self.short
        return self.word("target_may" if self.spare else "target_needs", value=self.needed)
