"""A small plan made by hand: history, a late task, overtime, a waiting task, a week without capacity."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from plan.small import small

from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult, PersonContext, WorkContext

METRICS: dict[str, Any] = {
    "delivered_tasks": 3,
    "waiting_tasks": 1,
    "late_tasks": 1,
    "delivered_value": 40,
    "total_value": 56,
    "planned_hours": 56.5,
    "capacity_hours": 200.0,
    "utilisation": {"all": 0.2825, "by_role": {"account_manager": 0.15}, "by_person": {"sara": 0.15, "omid": 0.3708}},
    "hours_by_role_and_kind": {"account_manager": {"strategic": 12.0, "tactical": 0.0}},
    "cost": 2015.5,
    "budgets": [
        {"client": "nova", "period": "2026-01", "burn": 4500, "amount": 5000, "spent": 250},
        {"project": "spring", "period": "horizon", "burn": 525.25, "amount": 5000, "spent": 0},
        {"project": "told-by-half", "period": "horizon"},
    ],
}


@pytest.fixture
def plan() -> Plan:
    plan = small()
    assert plan.context is not None
    idle = PersonContext("idle", "Not hired", "project_manager", True, (40.0, 40.0, 40.0))
    return replace(
        plan,
        goals=(*plan.goals, GoalResult("cost", 2015.5, 2000, 2000, 2100, True)),
        hired=("new",),
        holidays=(dt.date(2026, 1, 6),),
        metrics=METRICS,
        context=replace(
            plan.context,
            people=(*plan.context.people, idle),
            costs=(160, 80, 40, 180),
            revenues=(400, 200, 100, 450),
            work=(WorkContext("plan", "nova", None, "Account plan", "sara", 8.0, 2.0),),
        ),
    )
