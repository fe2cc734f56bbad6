"""Makes the page of a target: its task as a bullet, its path, the streets behind it and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.lagging_streets import By, Holdbacks
from dashboard.analysis.off_pace import OFF_PACE, OffPace
from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.charts.kinds.task_path import on_task
from dashboard.charts.model.chart import Chart, Table
from dashboard.charts.model.plain_table import plain_table
from dashboard.charts.model.report import PageKind, Phrase, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.target_slide import Bullet, StreetAmount, TargetSlide
from dashboard.charts.text.off_pace_words import OffPaceWords, headline, others_behind
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import TargetWords, status_word
from dashboard.charts.text.wording import scale_of, spoken_name
from dashboard.disclosure.joint_suppression import JointSuppression
from dashboard.disclosure.row_guard import suppressed_standings
from dashboard.services.filters import moment_of
from dashboard.services.reports.sources import Sources
from dashboard.services.targets.target_overview import AreaTargets

_FEWEST_POINTS = 2  # of which a path is drawn


def _points_of(chart: Chart) -> int:
    """How many values the line of what was done has."""
    return sum(value is not None for value in chart.series[0].values) if chart.series else 0


@dataclass(frozen=True, slots=True)
class TargetPages:
    """Writes the pages of targets of one area; ``suppressed`` is hidden in the file besides."""

    sources: Sources
    selection: Selection
    standing: AreaTargets
    suppressed: JointSuppression

    def words(self, row: Progress) -> TargetWords:
        """What is said of a target."""
        areas, language = self.sources.areas(), self.selection.language
        return TargetWords(row, self.sources.catalogue, areas, language)

    def may_leave(self, row: Progress) -> bool:
        """Whether nothing that is said of the target follows from a hidden figure."""
        guard = self.sources.release.guard(moment_of(self.selection.as_known))
        return not suppressed_standings(guard, [row], self.suppressed)[0]

    def lead(self, rows: Sequence[Progress]) -> str:
        """How many targets of an area are behind, of those of which anything may be said."""
        leaving = [row for row in rows if self.may_leave(row)]
        if not leaving:
            return word("status_small_count", self.selection.language)
        areas, language = self.sources.areas(), self.selection.language
        return headline(leaving, self.sources.catalogue, areas, language)

    def others(self, rows: Sequence[Progress], shown: Collection[str]) -> str:
        """Which targets are counted in the lead and are not among those shown, by their ids."""
        leaving = [row for row in rows if self.may_leave(row)]
        return others_behind(leaving, shown, self.sources.catalogue, self.selection.language)

    def title(self, row: Progress) -> str:
        """养老机构床位今年应增600张，此时应增500张，已增101张，少399张."""
        words = self.words(row)
        comma = word("chart_comma", self.selection.language)
        parts = [words.titled()]
        if row.status not in OFF_PACE or not words.gap:
            parts.append(status_word(row.status, self.selection.language))
        name = words.name
        if self.selection.language == "zh":
            name = spoken_name(words.indicator, "zh").removesuffix("为")
        return word(
            "deck_target_title",
            self.selection.language,
            name=name,
            text=comma.join(parts),
        )

    def page(self, off: OffPace, chart: Chart) -> ReportPage:
        """The page of a target whose figures may leave, with its path as released."""
        off = self.with_streets(off)
        row, language = off.row, self.selection.language
        off_words = OffPaceWords(off, self.words(row))
        status = status_word(row.status, language)
        chart = on_task(chart, off_words.words)
        label = f"{chart.title} · {chart.subtitle} · {status}"
        owner = office_name(row.target.owner, language)
        responsible = word("deck_owner", language, owner=owner) if owner else ""
        outlook = off_words.words.outlook or self._overdue(off, off_words)
        return ReportPage(
            PageKind.CHART,
            self.title(row),
            chart=chart,
            source=" · ".join(text for text in (row.target.source, chart.source) if text),
            paragraphs=((Phrase(outlook),),) if outlook else (),
            notes=(off_words.words.sentence, *chart.notes),
            subtitle=" · ".join(text for text in (label, responsible) if text),
            target=self._slide(off, off_words, chart),
        )

    def _slide(self, off: OffPace, off_words: OffPaceWords, chart: Chart) -> TargetSlide:
        is_least = off.holdbacks.by is By.LEAST  # names without a bar worth drawing
        return TargetSlide(
            self._bullet(off.row),
            () if is_least else self._streets(off, off_words),
            off_words.where() if off.holdbacks.streets and not is_least else "",
            off_words.scale.decimals,
            self._reason(off, off_words),
            self._facts(off.row) if _points_of(chart) < _FEWEST_POINTS else None,
            off_words.words.name,
            self._sentence(off.row),
        )

    def _sentence(self, row: Progress) -> str:
        """How the target stands, and who is responsible, for a text without the picture."""
        language, text = self.selection.language, self.words(row).sentence
        owner = office_name(row.target.owner, language)
        if not owner:
            return text
        responsible = word("deck_owner", language, owner=owner) + word("full_stop", language)
        return text + ("" if language == "zh" else " ") + responsible

    def _facts(self, row: Progress) -> Table:
        """What is known of a target whose path would be a single point, a label and a text each."""
        words, language = self.words(row), self.selection.language
        owner = office_name(row.target.owner, language)
        texts = {
            "goal": words.to_do,
            "actual": words.done,  # on the base of what was set, not the level
            "due": words.due_now,
            "needed": words.need,
            "until": words.due,
            "owner": owner,
        }
        rows = [(word(f"meeting_target_{key}", language), text) for key, text in texts.items()]
        names = ("deck_figure_name", "deck_figure_value")
        columns = [word(name, language) for name in names]
        return plain_table(words.name, columns, [row for row in rows if row[1] not in ("", "—")])

    def _bullet(self, row: Progress) -> Bullet | None:
        task, words = row.task, self.words(row)
        if task is None or task.total <= 0:
            return None
        scale = scale_of(words.indicator, [task.total, task.done, task.due], words.language)
        shown = [v and v / scale.factor for v in (max(task.done, 0.0), task.total, task.due)]
        return Bullet(
            shown[0] or 0.0,
            shown[1] or 0.0,
            shown[2] if words.due_now else None,
            words.done,
            words.due_now,
            words.amount_text(task.total),
            scale.decimals,
            row.status in OFF_PACE,
        )

    def with_streets(self, off: OffPace) -> OffPace:
        """The target without its streets where one of their figures is hidden."""
        guard, row = self.sources.release.guard(moment_of(self.selection.as_known)), off.row
        parts = [
            part
            for part in self.standing.parts
            if (part.target.indicator, part.target.period)
            == (row.target.indicator, row.target.period)
        ]
        gone = any(suppressed_standings(guard, parts, self.suppressed))
        at = row.actual_period or row.period
        months = [at, at.plus(-12), row.target.start.plus(-1)]
        indicators = {row.target.indicator, row.remaining_indicator or row.target.indicator}
        keys = [
            FigureKey(name, street.code, month)
            for name in sorted(indicators)
            for street in self.sources.areas().children(row.area, at)
            for month in months
        ]
        hidden = guard.suppressed_figures(keys, self.suppressed)
        if gone or any(map(hidden.hides, keys)):
            return replace(off, holdbacks=Holdbacks())
        return off

    def _overdue(self, off: OffPace, off_words: OffPaceWords) -> str:
        """已过期4个月，还差78家: of what should be done by now; "" of any other."""
        if not off.months_overdue:
            return ""
        language = self.selection.language
        parts = filter(None, (off_words.since_due, off_words.words.short))
        text = word("chart_comma", language).join(parts) + word("full_stop", language)
        return text[:1].upper() + text[1:]

    def _reason(self, off: OffPace, off_words: OffPaceWords) -> str:
        """The reason; of a target that is not divided also which streets have done least."""
        reason, language = off_words.reason(with_need=False), self.selection.language
        if off.holdbacks.by is not By.LEAST or not off.holdbacks.streets:
            return reason
        areas = self.sources.areas()
        names = [areas.name_of(street.area, language) for street in off.holdbacks.streets]
        least = word("deck_least", language, names=word("list_comma", language).join(names))
        return " ".join(filter(None, (reason, least))) if language == "en" else reason + least

    def _streets(self, off: OffPace, off_words: OffPaceWords) -> tuple[StreetAmount, ...]:
        areas, scale = self.sources.areas(), off_words.scale
        return tuple(
            StreetAmount(
                areas.name_of(street.area, self.selection.language), street.value / scale.factor
            )
            for street in off.holdbacks.streets
        )
