"""Bounds that count hold for every plan, and are right where nothing but counting decides."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from random import Random

import pytest
from second_engine.random_scenarios import random_scenario

from solving.worlds import LIMITS
from staffing.errors import ScenarioError
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.counting import Counting
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.earlier import NO_PLAN
from staffing.solving.goals import GOALS
from staffing.solving.limits import Clock
from staffing.solving.presolve import presolve
from staffing.solving.solution import with_hires

COUNTED: tuple[Goal, ...] = ("must", "net_value", "lateness", "cost", "overtime", "hours", "contacts", "balance")
Kept = list[tuple[Goal, int]]


def least(problem: Problem, goal: Goal, kept: Sequence[tuple[Goal, int]]) -> int:
    """Return the least objective of a goal within limits, by a model that knows no such bounds."""
    model = build_model(problem)
    for name, most in kept:
        model.at_most(GOALS[name].objective(model, NO_PLAN), most)
    objective = GOALS[goal].objective(model, NO_PLAN)
    if not objective:
        return 0
    found = run(model, objective, None, LIMITS, Clock(LIMITS), 10, stop=threading.Event())
    assert found.steps is not None
    best = model.evaluate(objective, with_hires(problem, found.steps))
    assert found.bound == best, "not proven"
    return best


def counted(problem: Problem, goal: Goal, kept: Kept) -> int | None:
    return Counting(PairColumns(problem), kept).bound(goal)


def pressed(seed: int) -> Problem | None:
    """Draw a scenario, with more of what counting sees: much that must be done, placeholders, overtime, due dates."""
    chance = Random(seed)
    data = random_scenario(seed)
    share = chance.choice((0.3, 0.7, 1))
    for task in data["tasks"]:
        task["must"] = chance.random() < share
        if chance.random() < 0.4:
            task["hours"] = round(task["hours"] * chance.choice((0.25, 0.5, 2)) * 4) / 4 or 1
        if "repeat" not in task and chance.random() < 0.5:
            task.setdefault("due", 1)
    for person in data["staff"]:
        if chance.random() < 0.4:
            person["placeholder"], person["hire_cost"] = True, chance.choice((1, 50, 300))
    try:
        problem = build(Scenario.model_validate(data).expanded)
    except (ScenarioError, ValueError):
        return None
    return presolve(problem) if chance.random() < 0.7 else problem


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_no_plan_is_better_than_a_bound_that_counts(first: int) -> None:
    for seed in range(first, first + 20):
        problem = pressed(seed)
        if problem is None:
            continue
        for goal, kept in drawn(problem, Random(seed)):
            bound = counted(problem, goal, kept)
            if bound is not None:
                assert bound <= least(problem, goal, kept), (seed, goal, kept)


def drawn(problem: Problem, chance: Random) -> list[tuple[Goal, Kept]]:
    """Return goals, each with what is kept before it: as far as it was reached, or a little worse."""
    kept: Kept = []
    found: list[tuple[Goal, Kept]] = []
    some: list[Goal] = ["value", "net_value", "lateness", "cost", "overtime"]
    first: list[Goal] = ["must", *chance.sample(some, 2)]
    for goal in first:
        found.append((goal, list(kept)))
        best = least(problem, goal, kept)
        kept.append((goal, best + chance.choice((0, 0, abs(best) // 20, abs(best) // 5))))
    return found + [(goal, list(kept)) for goal in COUNTED if goal not in dict(kept)]
