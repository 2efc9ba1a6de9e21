"""A small plan made by hand, for tests of what is shown and written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from staffing.plan.plan import Plan
from staffing.plan.records import (
    Allocation,
    BudgetContext,
    Context,
    GoalResult,
    Named,
    OvertimeWeek,
    PersonContext,
    ProjectContext,
    TaskContext,
    TaskResult,
)
from staffing.scenario.records import Kind

MONDAY = dt.date(2026, 1, 5)
METRICS: dict[str, Any] = {
    "delivered_tasks": 3,
    "waiting_tasks": 1,
    "late_tasks": 1,
    "delivered_value": 40,
    "total_value": 56,
    "must_waiting_hours": 0.0,
    "weeks_late": 1,
    "planned_hours": 56.5,
    "overtime_hours": 2.5,
    "switching_hours": 0.0,
    "capacity_hours": 200.0,
    "utilisation": {"all": 0.2825, "by_role": {}, "by_person": {"sara": 0.15, "omid": 0.3708}},
    "hours_by_role_and_kind": {"account_manager": {"strategic": 12.0, "tactical": 0.0}},
    "strategic_waiting_hours": 8.0,
    "cost": 2015.5,
    "revenue": 5025,
    "margin": 3009.5,
    "contacts": 0,
    "budgets": [
        {"client": "nova", "period": "2026-01", "burn": 4500, "amount": 5000, "spent": 0},
        {"client": "nova", "period": "2026-02", "burn": 525, "amount": 5000, "spent": 0},
    ],
}


def hours(
    task: str, kind: Kind, staff: str, week: int, amount: float, *, client: str = "nova", fixed: bool = False
) -> Allocation:
    return Allocation(task, client, kind, staff, week, MONDAY + dt.timedelta(weeks=week - 1), amount, fixed)


def small() -> Plan:
    """Three weeks of one client: one task delivered, one late, one waiting; overtime, a name in Persian, a week off."""
    return Plan(
        scenario="Nova",
        fingerprint="0" * 64,
        status="feasible",
        goals=(GoalResult("must", 0, 0, 0, 0, True), GoalResult("value", 40, 40, 56, 40, False)),
        assigned=(
            hours("plan", "strategic", "sara", 1, 8.0, fixed=True),
            hours("plan", "strategic", "sara", 2, 4.0),
            hours("talk@1", "tactical", "omid", 1, 2.0),
            hours("talk@2", "tactical", "omid", 2, 42.5),
        ),
        results=(
            TaskResult("plan", "late", ("sara",), 1, 2, 1, 12.0, 24, None),
            TaskResult("talk@1", "delivered", ("omid",), 1, 1, 0, 2.0, 4, None),
            TaskResult("talk@2", "delivered", ("omid",), 2, 2, 0, 42.5, 12, None),
            TaskResult("idea", "waiting", (), None, None, 0, 0.0, 16, "not_proven"),
        ),
        extra_hours=(OvertimeWeek("omid", 2, 2.5),),
        metrics=METRICS,
        context=Context(
            start=MONDAY,
            weeks=3,
            currency="EUR",
            system="gregorian",
            people=(
                PersonContext("sara", "سارا", "account_manager", False, (40.0, 40.0, 0.0)),
                PersonContext("omid", "Omid", "project_manager", False, (40.0, 40.0, 40.0)),
                PersonContext("new", "New PM", "project_manager", True, (40.0, 40.0, 40.0)),
            ),
            clients=(Named("nova", "Nova Water"), Named("brio", "Brio Books")),
            tasks=(
                TaskContext("plan", "Account plan", "nova", None, "strategic", effort=12.0, due=1),
                TaskContext("talk@1", "Talk", "nova", None, "tactical", effort=2.0),
                TaskContext("talk@2", "Talk", "nova", None, "tactical", effort=2.0),
                TaskContext("idea", "An idea", "nova", "spring", "strategic", effort=8.0, due=3),
            ),
            budgets=(BudgetContext("nova", None, "2026-01", 800, 1, 4),),
            projects=(ProjectContext("spring", "Spring site", "nova"),),
        ),
    )
