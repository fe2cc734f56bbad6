"""Keeps saved reports: found again, renamed, removed."""

from __future__ import annotations

from dataclasses import replace

from dashboard.base.language import Text
from dashboard.charts.model.plan import Plan, PlanError, read_plan
from dashboard.services.access.person import signature
from dashboard.services.context import Context
from dashboard.store import plans as stored
from dashboard.store.plans import PlanRow

LONGEST_NAME = 60


class Plans:
    """The saved reports of one store. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep them in the store of this context."""
        self._engine = context.engine

    def all(self) -> list[PlanRow]:
        """The saved reports, by name."""
        return stored.read_plans(self._engine)

    def get(self, name: str) -> Plan | None:
        """The saved report of this name, None where there is none; raises PlanError."""
        plan_row = next((row for row in self.all() if row.name == name), None)
        return replace(read_plan(plan_row.content), name=name) if plan_row else None

    def keep(self, name: str, plan: Plan, by: str) -> int:
        """Saves a plan as the newest version under this name; raises PlanError."""
        name = _checked(name)
        return stored.keep_plan(
            self._engine, name, replace(plan, name=name).as_json(), signature(by)
        )

    def rename(self, name: str, new: str, by: str) -> None:
        """Gives a saved report another name; raises PlanError and StoreError."""
        new, plan = _checked(new), self.get(name)
        content = replace(plan or Plan(), name=new).as_json()
        stored.rename_plan(self._engine, name, new, content, signature(by))

    def remove(self, name: str, by: str) -> None:
        """Lists a saved report no more; raises StoreError."""
        stored.remove_plan(self._engine, name, signature(by))


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
