"""Parts of one plan searched at the same time: what one finds counts where it still holds, and is dropped elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from plan.worlds import omid, scenario, task
from second_engine.random_scenarios import random_scenario

from staffing.auditing import audit_draft
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.expand import Expanded
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.run import run
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.limits import Clock, Limits
from staffing.solving.lns.improve import NeighbourhoodSearch
from staffing.solving.lns.neighbourhoods import Choice, Neighbourhood, Neighbourhoods
from staffing.solving.solution import Solution, drafted
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.incumbent import Incumbent
from staffing.solving.state.plan import PlanState, as_solution

KEPT: Mapping[Goal, tuple[Goal, ...]] = {
    "value": (),
    "lateness": ("value",),
    "cost": ("value",),
    "contacts": ("value",),
}
"""Goals sought here, and those kept meanwhile."""


def incumbent_of(problem: Problem, plan: Solution, goal: Goal, slack: int = 0) -> Incumbent:
    """Return a plan in work for a goal; each goal kept may become worse by some slack."""
    state, baseline = PlanState.of(problem, plan), Earlier()
    goals = [RECORDS[name] for name in (*KEPT[goal], goal)]
    limits = [state.objective(record.coefficients) + slack for record in goals[:-1]]
    return Incumbent(state, goals, limits, baseline)


def rounds_inside_rounds(monkeypatch: pytest.MonkeyPatch, incumbent: Incumbent, rounds: int) -> list[int]:
    """Plan parts anew, each while another is in work, and tell the objective of the plan after each pair."""
    limits = Limits(seconds=60.0, workers=1, seed=1)
    search = NeighbourhoodSearch(incumbent, limits=limits, clock=Clock(limits), stop=threading.Event())
    inside = False

    def solve_beside_another(*args: Any, **options: Any) -> Any:
        nonlocal inside
        if not inside:
            inside = True
            search.round(5.0)
            inside = False
        return run(*args, **options)

    monkeypatch.setattr("staffing.solving.lns.improve.run", solve_beside_another)
    objectives = [incumbent.objective]
    for _ in range(rounds):
        search.round(5.0)
        objectives.append(incumbent.objective)
    return objectives


def draw_in_turn(monkeypatch: pytest.MonkeyPatch, *choices: Choice) -> None:
    """Let these jobs be freed for these people, one choice after the other."""
    coming = iter(choices)

    def select(_: Neighbourhoods) -> tuple[Neighbourhood, list[int], set[int]]:
        choice = next(coming)
        return (Neighbourhood("scripted", lambda _: choice, size=1.0), *choice)

    monkeypatch.setattr(Neighbourhoods, "select", select)


def assert_sound(expanded: Expanded, problem: Problem, incumbent: Incumbent) -> None:
    """Hold the plan in work against the rules and the goals kept."""
    assert audit_draft(expanded, drafted(problem, as_solution(problem, incumbent.plan.cells))) == []
    assert all(slack >= 0 for slack in incumbent.slack)


@pytest.mark.parametrize("goal", KEPT)
@pytest.mark.parametrize("seed", [800, 801, 802, 804, 806, 807])
def test_parts_in_work_at_once_leave_a_valid_plan_that_is_never_worse(
    seed: int, goal: Goal, monkeypatch: pytest.MonkeyPatch
) -> None:
    expanded = Scenario.model_validate(random_scenario(seed)).expanded
    problem = build(expanded)
    assert any(job.pairs for job in problem.jobs)
    incumbent = incumbent_of(problem, first_plans(problem)[0], goal, slack=2)
    objectives = rounds_inside_rounds(monkeypatch, incumbent, rounds=4)
    assert all(later <= earlier for earlier, later in pairwise(objectives))
    assert_sound(expanded, problem, incumbent)


def test_what_two_found_for_the_same_person_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parts are drawn from the empty plan, and each would fill the same ten hours with another task."""
    expanded = scenario(
        tasks=[task("first"), task("second")], staff=[omid(weekly_hours=10)], weeks=1, goals=["value"]
    ).expanded
    problem = build(expanded)
    incumbent = incumbent_of(problem, Solution({}), "value")
    draw_in_turn(monkeypatch, ([0], {0}), ([1], {0}))
    before, after = rounds_inside_rounds(monkeypatch, incumbent, rounds=1)
    assert after < before
    assert list(incumbent.plan.cells) == [1]
    assert_sound(expanded, problem, incumbent)


def test_what_a_goal_kept_can_give_is_not_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving one task saves its cost, and the value kept allows it once: who finds the second task later gives up."""
    people = [omid(id=name, weekly_hours=10) for name in ("mina", "nima")]
    expanded = scenario(
        tasks=[task("first", only=["mina"]), task("second", client="zeta", only=["nima"])],
        staff=people,
        weeks=1,
        goals=["value", "cost"],
    ).expanded
    problem = build(expanded)
    steps = int(10 / problem.step)
    both = Solution({(0, 0, 0): steps, (1, 1, 0): steps})
    state = PlanState.of(problem, both)
    value = state.objective(RECORDS["value"].coefficients)
    state.remove(0)
    worth = state.objective(RECORDS["value"].coefficients) - value
    incumbent = incumbent_of(problem, both, "cost", slack=worth)
    draw_in_turn(monkeypatch, ([0], {0}), ([1], {1}))
    before, after = rounds_inside_rounds(monkeypatch, incumbent, rounds=1)
    assert after < before
    assert list(incumbent.plan.cells) == [0]
    assert_sound(expanded, problem, incumbent)
