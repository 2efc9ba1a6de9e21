"""What an hour, a percent and a week are worth, against the solver on each What-if: on random small scenarios."""

from __future__ import annotations

import pytest
from second_engine.seeds import scenario_of

import staffing
from staffing.decisions.worth import By
from staffing.decisions.worth_answer import BudgetWorth, Gained, HourWorth, Worth
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.records import MAXIMISED, Goal
from staffing.scenario.scenario import Scenario

FEW = (1, 18, 31)
MANY = range(100)
BY: tuple[By, ...] = ("person", "budget", "deadline")
NEAR = 1e-6


def differences(scenario: Scenario, before: Plan, entry: Gained) -> dict[Goal, Number] | None:
    """Return what a plan of the What-if gains by goal, solved from nothing; None where it is not proven."""
    assert entry.patch is not None
    after = staffing.solve(scenario.patch(entry.patch), time_limit=30)
    if after.status != "optimal":
        return None
    return {one.goal: one.best - other.best for one, other in zip(after.goals, before.goals, strict=True)}


def named(answer: Worth) -> dict[tuple[object, ...], Gained]:
    found: dict[tuple[object, ...], Gained] = {}
    for entry in answer.entries:
        if isinstance(entry, HourWorth):
            found[entry.kind, entry.staff, entry.week] = entry
        elif isinstance(entry, BudgetWorth):
            found[entry.kind, entry.of, entry.budget, entry.period] = entry
        else:
            found[entry.kind, entry.as_document()["task"]] = entry
    return found


def check(seed: int) -> int:
    """Check a scenario; return how much of it was compared."""
    scenario = scenario_of(seed)
    plan = staffing.solve(scenario, time_limit=30)
    if plan.status != "optimal":
        return 0
    solved = named(staffing.worth(scenario, plan, BY, 1000, 60))
    priced = named(staffing.worth(scenario, plan, BY, 0, 10))
    compared = 0
    for name, entry in solved.items():
        if entry.patch is None or not entry.proven or (gains := differences(scenario, plan, entry)) is None:
            continue
        compared += 1
        assert entry.gain is not None
        assert {goal: float(by) for goal, by in entry.gain.items()} == pytest.approx(gains, abs=NEAR), (seed, name)
        for goal, most in (priced[name].at_best or {}).items():
            sign = 1 if goal in MAXIMISED else -1
            assert sign * gains[goal] <= sign * most + NEAR, (seed, name, goal)
            if abs(gains[goal]) > NEAR:  # what follows may give something up
                break
    return compared


def test_proven_gains_are_those_of_the_what_if_and_never_more_than_the_bound_allows() -> None:
    assert sum(map(check, FEW)) > 20


def test_the_same_of_many(long: bool) -> None:
    if long:
        assert sum(map(check, MANY)) > 500
