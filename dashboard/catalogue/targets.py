"""Defines a target as it is kept: what is to be reached, where, by when, how, and who said so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.periods import Period, months_counted


class TargetKind(StrEnum):
    """What a target asks for, and so how it is judged."""

    AT_LEAST = "at_least"  # 不少于
    AT_MOST = "at_most"  # 不超过
    EXACTLY = "exactly"  # 等于
    BY_DATE = "by_date"  # 限期完成: done or not by the date
    GROWTH = "growth"  # 增长: percent on the year before
    INCREASE = "increase"  # 增加: so many more than the base
    RATIO = "ratio"  # 定额: so much for each, a quota that holds in every area


class Path(StrEnum):
    """Along which way a target is to be reached: what is expected before it is due."""

    LINEAR = "linear"  # 按日历均衡推进
    HISTORICAL = "historical"  # 按历年同期进度
    AT_END = "at_end"  # 期末一次完成
    MILESTONES = "milestones"  # 按里程碑


class Milestone(NamedTuple):
    """What is to be reached by the end of a month, counted as the target's figure is."""

    period: Period
    value: float


@dataclass(frozen=True, slots=True)
class Target:
    """One target. Values are in base units; that of growth is in percent.

    ``period`` is the month by whose end it is due, ``since`` the first month that counts (January
    of that year where none is given). ``base`` is the figure, or ``base_period`` its month, from
    which growth and increase are counted. ``tolerance`` is a share of the value, 0.05 for 5 %.
    ``retired`` says why it counts no more. One read from a report's figures is not ``registered``,
    nor is one ``carried`` over from the targets of these areas that were merged, split or renamed.
    ``kind_unsaid``: neither its words nor the indicator's polarity say whether more is better.
    """

    indicator: str
    area: str
    period: Period
    kind: TargetKind
    value: float
    since: Period | None = None
    base: float | None = None
    base_period: Period | None = None
    source: str = ""
    owner: str = ""
    tolerance: float = 0.0
    path: Path = Path.LINEAR
    milestones: tuple[Milestone, ...] = ()
    split_from: str = ""  # the target of which this is a street's part
    retired: str = ""
    grade: Grade = Grade.MANAGEMENT
    is_sample: bool = False
    registered: bool = True
    carried: tuple[str, ...] = ()
    kind_unsaid: bool = False

    @property
    def id(self) -> str:
        """The stable key: marriages:370113:2024-12:at_least."""
        return f"{self.indicator}:{self.area}:{self.period}:{self.kind}"

    @property
    def start(self) -> Period:
        """The first month that counts."""
        return self.since or Period(self.period.year, 1)

    @property
    def months(self) -> int:
        """How many months there are from the first that counts to the one it is due in."""
        return months_counted(self.start, self.period)

    def covers(self, period: Period) -> bool:
        """Whether the target is one of this period's year."""
        return self.start.year <= period.year <= self.period.year
