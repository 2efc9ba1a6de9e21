"""First plans, built task by task."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task
from second_engine.random_scenarios import random_scenario

from staffing.auditing import audit_draft
from staffing.problem.build import build
from staffing.scenario.scenario import Scenario
from staffing.solving.solution import drafted
from staffing.solving.state.greedy import by_density, constructed, first_plans


def built(world: Scenario, *, hiring: bool = True) -> dict[tuple[str, str, int], float]:
    """Hours of the plan built by density, which must be valid."""
    problem = build(world.expanded)
    plan = constructed(problem, by_density(problem, range(len(problem.jobs))), hiring=hiring)
    draft = drafted(problem, plan)
    assert audit_draft(world.expanded, draft) == []
    return {cell: float(hours) for cell, hours in draft.hours.items()}


@pytest.mark.parametrize("seed", range(60))
def test_every_first_plan_is_valid(seed: int) -> None:
    expanded = Scenario.model_validate(random_scenario(seed)).expanded
    problem = build(expanded)
    plans = first_plans(problem)
    assert any(not plan.steps for plan in plans)
    for plan in plans:
        assert audit_draft(expanded, drafted(problem, plan)) == []


@pytest.mark.parametrize("most", [0, 1, 5, 40])
def test_first_plans_that_run_out_of_time_have_what_must_be(most: int) -> None:
    tasks = [*(task(f"t{number}") for number in range(6)), *(task(f"m{number}", must=True) for number in range(6))]
    world = scenario(tasks=tasks, staff=[omid()], weeks=3)
    problem, asked = build(world.expanded), count()
    plans = first_plans(problem, lambda: next(asked) >= most)
    placed = [{problem.jobs[job].id[0] for job, _, _ in plan.steps} for plan in plans]
    sizes = [len({job for job, _, _ in plan.steps}) for plan in plans]
    assert sizes[:2] == [0, min(most, 12)]
    assert placed[1] <= {"m"} if most <= 5 else placed[1] == {"m", "t"}
    for plan in plans:
        assert audit_draft(world.expanded, drafted(problem, plan)) == []


def test_the_cheaper_of_two_in_the_earliest_week() -> None:
    assert built(scenario(tasks=[task("a")])) == {("a", "omid", 1): 10}


def test_what_must_be_comes_first() -> None:
    tasks = [task("a", hours=40, value=1000), task("b", hours=40, must=True)]
    assert built(scenario(tasks=tasks, weeks=1, staff=[omid()])) == {("b", "omid", 1): 40}


def test_what_comes_before_is_placed_before() -> None:
    """b is worth more an hour, and pulls a along."""
    tasks = [task("a", priority="low"), task("b", priority="high", after=[{"task": "a", "lag": 1}])]
    assert built(scenario(tasks=tasks, staff=[omid()])) == {("a", "omid", 1): 10, ("b", "omid", 2): 10}


def test_overtime_only_where_it_must_be() -> None:
    overworked: dict[str, Any] = {"staff": [omid(overtime=5)]}
    assert built(scenario(tasks=[task("a", hours=41)], weeks=2, **overworked)) == {
        ("a", "omid", 1): 40,
        ("a", "omid", 2): 1,
    }
    assert built(scenario(tasks=[task("a", hours=41)], weeks=1, **overworked)) == {("a", "omid", 1): 41}


def test_a_task_too_large_for_one_is_shared() -> None:
    """Omid 40 hours, and 10 of effort left for Sara: 12.5 hours."""
    world = scenario(tasks=[task("a", hours=50, max_owners=2)], weeks=1)
    assert built(world) == {("a", "omid", 1): 40, ("a", "sara", 1): 12.5}


def test_placeholders_are_hired_only_where_hiring_is_tried() -> None:
    world = scenario(tasks=[task("a")], staff=[omid(placeholder={"count": 2})])
    assert built(world, hiring=False) == {}
    assert built(world) == {("a", "omid", 1): 10}


def test_people_who_are_there_come_before_hires() -> None:
    world = scenario(tasks=[task("a")], staff=[sara(), omid(placeholder=True)])
    assert built(world) == {("a", "sara", 1): 12.5}


def test_long_chains_do_not_run_deep() -> None:
    tasks = [task(f"t{number}", hours=0.25, after=[f"t{number - 1}"] if number else []) for number in range(1200)]
    world = scenario(tasks=tasks[::-1], weeks=20)
    problem = build(world.expanded)
    plan = constructed(problem, range(len(problem.jobs)), hiring=False)
    assert len({job for job, _, _ in plan.steps}) == 1200
