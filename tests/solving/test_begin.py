"""A plan of much the same scenario as one more plan to begin from: what of it holds, and never what is good."""

from __future__ import annotations

import threading

import pytest
from plan.worlds import omid, scenario, task

import staffing
from staffing.errors import PlanError
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario


def knapsack(**change: object) -> Scenario:
    """One week of 40 hours. The densest work comes first, and then nothing fits: 22. Best is 20 + 20 hours: 41."""
    tasks = [
        task("dense", hours=21, value=22),
        task("left", hours=20, value=20.5),
        task("right", hours=20, value=20.5),
    ]
    return scenario(**{"weeks": 1, "staff": [omid()], "tasks": tasks, "goals": ["value"], **change})


def value(plan: Plan) -> float:
    return {goal.goal: goal.value for goal in plan.goals}["value"]


def stopped() -> threading.Event:
    """Return a stop that is set already, so that a search ends with the best of its first plans."""
    event = threading.Event()
    event.set()
    return event


@pytest.fixture(scope="module")
def best() -> Plan:
    return staffing.solve(knapsack(), workers=1)


def test_without_a_search_the_start_is_the_plan(best: Plan) -> None:
    assert (value(best), best.status) == (41, "optimal")
    assert value(staffing.solve(knapsack(), stop=stopped())) == 22
    begun = staffing.solve(knapsack(), stop=stopped(), begin=[best])
    assert (value(begun), staffing.audit(knapsack(), begun)) == (41, [])


def test_only_what_still_holds_of_it_is_offered(best: Plan) -> None:
    shorter = knapsack(staff=[omid(weekly_hours=30)])
    begun = staffing.solve(shorter, stop=stopped(), begin=[best])
    assert (value(begun), staffing.audit(shorter, begun)) == (22, []), "20.5 of it hold, and 22 is better"
    without = knapsack(tasks=[task("left", hours=20, value=20.5), task("new", hours=20, value=30)])
    begun = staffing.solve(without, stop=stopped(), begin=[best])
    assert (value(begun), staffing.audit(without, begun)) == (50.5, []), "what it does not know is added"


@pytest.mark.parametrize("deterministic", [False, True])
def test_a_bad_start_changes_nothing_of_what_is_best(deterministic: bool) -> None:
    poor = staffing.solve(knapsack(), stop=stopped())
    plan = staffing.solve(knapsack(), workers=1, deterministic=deterministic, begin=[poor])
    assert (value(plan), plan.status) == (41, "optimal")
    assert plan.baseline is None


def test_it_is_no_baseline_beside_one(best: Plan) -> None:
    """Changes count against the baseline alone, from whichever plan the search begins."""
    poor = staffing.solve(knapsack(), stop=stopped())
    plan = staffing.solve(knapsack(goals=["changes"]), workers=1, baseline=poor, begin=[best])
    assert {goal.goal: goal.value for goal in plan.goals}["changes"] == 0
    assert [one.task for one in plan.results if one.owners] == ["dense"]


def test_a_plan_of_something_else_is_refused(best: Plan) -> None:
    with pytest.raises(PlanError, match="none of its tasks"):
        staffing.solve(knapsack(tasks=[task("other")]), begin=[best])
