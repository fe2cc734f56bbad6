"""Saved reports, asked of the running program: kept, found again, renamed, removed."""

from __future__ import annotations

from dataclasses import replace

from dashboard.base.language import Text
from dashboard.charts.model.plan import Plan, PlanError, read_plan
from dashboard.services.context import Context
from dashboard.store import plans as stored
from dashboard.store.plans import PlanRow

LONGEST_NAME = 60


class ReportPlans(Context):
    """Answers for saved reports. Thread-safe."""

    def plans(self) -> list[PlanRow]:
        """The saved reports, by name."""
        return stored.read_plans(self.engine)

    def plan(self, name: str) -> Plan | None:
        """The saved report of this name, None where there is none; raises PlanError."""
        found = next((row for row in self.plans() if row.name == name), None)
        return replace(read_plan(found.content), name=name) if found else None

    def keep_plan(self, name: str, plan: Plan, by: str) -> int:
        """Saves a plan as the newest version under this name; raises PlanError."""
        name = _checked(name)
        return stored.keep_plan(self.engine, name, replace(plan, name=name).as_json(), by)

    def rename_plan(self, name: str, new: str, by: str) -> None:
        """Gives a saved report another name; raises PlanError and StoreError."""
        new, plan = _checked(new), self.plan(name)
        content = replace(plan or Plan(), name=new).as_json()
        stored.rename_plan(self.engine, name, new, content, by)

    def remove_plan(self, name: str, by: str) -> None:
        """Lists a saved report no more; raises StoreError."""
        stored.remove_plan(self.engine, name, by)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise PlanError(
            Text(
                f"请写模板名称，最多 {LONGEST_NAME} 个字",
                f"a name is needed, at most {LONGEST_NAME} characters",
            )
        )
    return name
