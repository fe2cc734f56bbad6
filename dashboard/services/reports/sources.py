"""Bundles the services that reports, receipts and meetings call."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.topics import Topic
from dashboard.charts.model.plan import Plan
from dashboard.charts.model.selection import Selection
from dashboard.services.context import Context, NotFound
from dashboard.services.figures.figures import Figures
from dashboard.services.figures.scorecards import Scorecards
from dashboard.services.figures.topic_charts import TopicPages
from dashboard.services.release import Release
from dashboard.services.targets.target_overview import TargetOverview
from dashboard.services.targets.targets import Targets

Asked = list[tuple[str, Selection]]  # charts, each with the selection it is drawn with


@dataclass(frozen=True, slots=True)
class Sources:
    """The services a report asks for its pages."""

    context: Context
    figures: Figures
    topics: TopicPages
    scorecards: Scorecards
    targets: Targets
    release: Release
    overview: TargetOverview

    @property
    def catalogue(self) -> Catalogue:
        """What the figures mean."""
        return self.context.catalogue

    def areas(self) -> Areas:
        """All known areas."""
        return self.context.areas()

    def bureau_of(self, area: str, language: str) -> str:
        """Whose report it is: the bureau of the settings, else that of the area."""
        name = self.areas().name_of(area, language)
        return self.context.settings.bureau or word("report_bureau", language, area=name)

    def has_chart(self, ref: str) -> bool:
        """Whether this chart is declared."""
        try:
            self.figures.spec(ref)
        except NotFound:
            return False
        return True


def topics_of(catalogue: Catalogue, plan: Plan) -> list[Topic]:
    """The topics of a plan, else those of its charts, else all of them."""
    wanted = plan.topics or tuple(dict.fromkeys(ref.partition("/")[0] for ref in plan.charts))
    return [catalogue.topics[name] for name in wanted] or list(catalogue.topic_order())


def refs_of(plan: Plan, topic: Topic) -> list[str]:
    """The charts of a topic that a plan names; all of them where it names no chart at all."""
    if plan.charts:
        return [ref for ref in plan.charts if ref.startswith(f"{topic.id}/")]
    return [f"{topic.id}/{chart.id}" for chart in topic.charts]


def with_all_figures(sources: Sources, plan: Plan, selection: Selection) -> Plan:
    """The plan with the charts of all figures that its areas have of its topics."""
    areas = plan.areas or (selection.area,)
    refs = [
        ref
        for topic in topics_of(sources.catalogue, plan)
        for ref in dict.fromkeys(
            ref
            for area in areas
            for ref in sources.topics.refs(topic.id, replace(selection, area=area))
        )
    ]
    return replace(plan, charts=tuple(dict.fromkeys([*plan.charts, *refs])))


def charts_of(catalogue: Catalogue, plan: Plan, selection: Selection) -> Asked:
    """The charts of a plan, each with the selection it is drawn with, in the plan's order."""
    return [
        (ref, replace(selection, area=area))
        for area in plan.areas or (selection.area,)
        for topic in topics_of(catalogue, plan)
        for ref in refs_of(plan, topic)
    ]
