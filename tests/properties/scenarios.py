"""Random scenarios and their plans, drawn by seed, and what may be changed in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from second_engine.random_scenarios import random_scenario

from staffing.plan.plan import Plan
from staffing.scenario.records import MAXIMISED
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

SEEDS = st.sampled_from(range(1000, 1050))
"""Few enough that one plan serves many tests."""
QUICK: dict[str, Any] = {"deterministic": True, "time_limit": 10}


def examples(count: int) -> settings:
    return settings(max_examples=count)


def scenario_of(seed: int) -> Scenario:
    return Scenario.model_validate(random_scenario(seed))


@cache
def plan_of(seed: int) -> Plan:
    return solve(scenario_of(seed), **QUICK)


def first_month(data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was worked: where it is known, no week of a baseline is history."""
    return {key: value for key, value in data.items() if key not in ("worked", "as_of")}


@cache
def first_plan_of(seed: int) -> Plan:
    return solve(Scenario.model_validate(first_month(random_scenario(seed))), **QUICK)


def optima(plan: Plan) -> list[tuple[str, float, float]]:
    """Goals, the best of each and what later ones had to keep: what an optimal plan shares with every other one."""
    assert plan.status == "optimal"
    return [(goal.goal, float(goal.best), float(goal.limit)) for goal in plan.goals]


def no_worse(goal: str, one: float, other: float) -> bool:
    """Whether `one` is at least as good as `other`."""
    return one >= other if goal in MAXIMISED else one <= other


def renamed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scenario whose ids are all others, so that their order is reversed."""
    names = {
        kind: {entry["id"]: f"{kind[0]}{99 - number}" for number, entry in enumerate(data.get(kind, []))}
        for kind in ("staff", "clients", "projects", "tasks")
    }
    staff, clients, projects, tasks = names.values()
    return {
        **data,
        "staff": [{**entry, "id": staff[entry["id"]]} for entry in data["staff"]],
        "clients": [_client(entry, staff, clients) for entry in data["clients"]],
        "projects": [
            {**entry, "id": projects[entry["id"]], "client": clients[entry["client"]]}
            for entry in data.get("projects", [])
        ],
        "tasks": [_task(entry, staff, clients, projects, tasks) for entry in data["tasks"]],
        **{key: [_row(entry, staff, tasks) for entry in data.get(key, [])] for key in ("worked", "bookings")},
    }


def _row(entry: Mapping[str, Any], staff: Mapping[str, str], tasks: Mapping[str, str]) -> dict[str, Any]:
    task, at, week = entry["task"].partition("@")
    person, dash, copy = entry["staff"].partition("-")
    return {**entry, "task": tasks[task] + at + week, "staff": staff[person] + dash + copy}


def _client(entry: Mapping[str, Any], staff: Mapping[str, str], clients: Mapping[str, str]) -> dict[str, Any]:
    new = {**entry, "id": clients[entry["id"]]}
    if "exclude" in new:
        new["exclude"] = [staff[name] for name in new["exclude"]]
    if "owners" in new:
        new["owners"] = {kind: staff[name] for kind, name in new["owners"].items()}
    return new


def _task(
    entry: Mapping[str, Any],
    staff: Mapping[str, str],
    clients: Mapping[str, str],
    projects: Mapping[str, str],
    tasks: Mapping[str, str],
) -> dict[str, Any]:
    new = {**entry, "id": tasks[entry["id"]]}
    for key, ids in (("client", clients), ("project", projects), ("owner", staff)):
        if key in new:
            new[key] = ids[new[key]]
    for key in ("only", "except"):
        if key in new:
            new[key] = [staff[name] for name in new[key]]
    if "estimates" in new:
        new["estimates"] = {staff[name]: asked for name, asked in new["estimates"].items()}
    if "after" in new:
        new["after"] = [
            tasks[before] if isinstance(before, str) else {**before, "task": tasks[before["task"]]}
            for before in new["after"]
        ]
    return new


def turned_round(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scenario whose lists of entries are all in the opposite order."""
    lists: dict[str, Sequence[Any]] = {
        kind: data[kind][::-1]
        for kind in ("staff", "clients", "projects", "tasks", "worked", "bookings")
        if kind in data
    }
    return {**data, **lists}
