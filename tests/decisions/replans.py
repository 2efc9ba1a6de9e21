"""Small random re-plans: an earlier plan that is not the best, and what became of its scenario."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from plan.worlds import plan
from second_engine.random_scenarios import random_scenario

from staffing.errors import StaffingError
from staffing.plan.facts import Facts
from staffing.plan.plan import Plan
from staffing.problem.build import build
from staffing.scenario.scenario import Scenario
from staffing.solving.solution import drafted
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.plan import PlanState


def random_replan(seed: int, *, poor: bool = False) -> tuple[Scenario, Plan] | None:
    """Return a scenario and an earlier plan of what it was before, poor or fair; None where the seed has none."""
    data = random_scenario(seed)
    if data.get("as_of") or data.get("worked"):
        return None
    before = Scenario.model_validate(data)
    try:
        return _changed(before, seed), _earlier(before, seed, poor=poor)
    except StaffingError:
        return None


def _earlier(scenario: Scenario, seed: int, *, poor: bool) -> Plan:
    problem = build(scenario.expanded)
    state = PlanState.of(problem, first_plans(problem)[0 if poor else 1])
    chance = Random(seed)
    for job in sorted(state.cells):
        if chance.random() < 0.3 and not problem.followers.get(job):
            state.remove(job)
    return plan(Facts(scenario.expanded, drafted(problem, state.solution())))


def _changed(scenario: Scenario, seed: int) -> Scenario:
    """Return a scenario as it was, or with somebody who works less or is away, or a task that is another, or new."""
    person, task = scenario.staff[0].id, scenario.tasks[0]
    week = {"from": scenario.start.isoformat(), "to": (scenario.start + dt.timedelta(days=6)).isoformat()}
    changes: list[dict[str, Any]] = [
        {},
        {"staff": [{"id": person, "weekly_hours": 3}]},
        {"tasks": [{"id": task.id, "hours": 1, "value": 150}]},
        {"staff": [{"id": person, "time_off": [week]}]},
        {"tasks": [{"id": task.id, "except": [person]}]},
        {"tasks": [{"id": "new", "client": task.client or scenario.clients[0].id, "kind": task.kind, "hours": 2}]},
    ]
    change = changes[seed % len(changes)]
    return scenario.patch(change) if change else scenario
