"""What no plan does is left out, and nothing else."""

from __future__ import annotations

import pytest
from plan.worlds import omid, sara, scenario, task
from second_engine.random_scenarios import random_scenario

from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.scenario import Scenario
from staffing.solving.presolve import presolve
from staffing.solving.state.greedy import first_plans


def narrow(world: Scenario) -> tuple[Problem, dict[str, int]]:
    problem = presolve(build(world.expanded))
    return problem, {job.id: number for number, job in enumerate(problem.jobs)}


def owners(world: Scenario, name: str) -> list[str]:
    problem, jobs = narrow(world)
    return sorted(problem.people[pair.person].id for pair in problem.jobs[jobs[name]].pairs) if name in jobs else []


@pytest.mark.parametrize("seed", range(80))
def test_plans_of_the_whole_problem_are_plans_of_the_narrow_one(seed: int) -> None:
    problem = build(Scenario.model_validate(random_scenario(seed)).expanded)
    jobs = {job.id: job for job in presolve(problem).jobs}
    for plan in first_plans(problem):
        for job, person, week in plan.steps:
            data = jobs[problem.jobs[job].id]
            assert data.first <= week <= data.last
            assert person in {pair.person for pair in data.pairs}


def test_a_task_begins_when_those_before_it_can_have_ended() -> None:
    """60 hours take two weeks; with a lag of 1, b begins in week 3; c of at most 5 hours a week ends in week 4."""
    tasks = [
        task("a", hours=60),
        task("b", after=[{"task": "a", "lag": 1}]),
        task("c", hours=10, weekly_max=5, after=["b"]),
        task("d", after=["c"]),
    ]
    problem, jobs = narrow(scenario(tasks=tasks, weeks=6, staff=[omid()]))
    assert [problem.jobs[jobs[name]].first + 1 for name in "abcd"] == [1, 3, 3, 4]


def test_nobody_delivers_in_weeks_that_are_too_few() -> None:
    """After a, one week is left: 40 hours, which is enough for 30 but not for 50, nor for what comes after that."""
    tasks = [
        task("a", hours=60),
        task("b", hours=30, after=[{"task": "a", "lag": 1}]),
        task("c", hours=50, after=[{"task": "a", "lag": 1}]),
        task("d", after=["c"]),
    ]
    world = scenario(tasks=tasks, weeks=3, staff=[omid()])
    assert [owners(world, name) for name in "abcd"] == [["omid"], ["omid"], [], []]


def test_nobody_delivers_what_no_budget_pays_beside_all_before_it() -> None:
    """1000 is left; a burns 600 at least, so that b, 300 by Omid and 500 by Sara, is his, and c nobody's."""
    tasks = [
        task("a", project="p", hours=20, owner="omid"),
        task("b", project="p", hours=10, after=["a"]),
        task("c", project="p", hours=15, after=["a"]),
        task("d", hours=15, after=["a"]),
    ]
    staff = [omid(bill_rate=30), sara(bill_rate=50)]
    world = scenario(tasks=tasks, staff=staff, projects=[{"id": "p", "client": "nova", "budget": 1000}])
    assert [owners(world, name) for name in "abcd"] == [["omid"], ["omid"], [], ["omid", "sara"]]


@pytest.mark.parametrize(("first", "able"), [(1, ["omid"]), (2, [])])
def test_months_count_by_the_weeks_of_what_they_pay(first: int, able: list[str]) -> None:
    """300 a month pays 10 hours at 30: of 15 hours, if two months share them."""
    tasks = [task("a", hours=15, earliest=4 if first == 1 else 1, deadline=5 if first == 1 else 2)]
    clients = [{"id": "nova", "budget": {"amount": 300, "per": "month"}}]
    world = scenario(tasks=tasks, weeks=8, staff=[omid(bill_rate=30)], clients=clients)
    assert owners(world, "a") == able
