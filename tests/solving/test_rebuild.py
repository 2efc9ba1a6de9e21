"""Rebuilding: whatever is taken out and put back, the plan is valid, and kept goals keep their limits."""

from __future__ import annotations

from random import Random

import pytest
from plan.worlds import omid, sara, scenario, task
from second_engine.random_scenarios import random_scenario

from solving.worlds import drafted
from staffing.auditing import audit_draft
from staffing.problem.build import build
from staffing.scenario.records import GOALS, MAXIMISED, Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.amounts import AMOUNTS
from staffing.solving.construct import first_plans
from staffing.solving.rebuild import Rebuilding
from staffing.solving.solution import with_hires
from staffing.solving.standing import Standing
from staffing.solving.terms import Before, Earlier
from staffing.solving.usage import Usage, usage_of

HOT = 2.0


def signed(goal: Goal, usage: Usage, earlier: Earlier) -> int:
    return AMOUNTS[goal](usage, earlier) * (-1 if goal in MAXIMISED else 1)


@pytest.mark.parametrize("seed", range(800, 824))
def test_every_plan_on_the_way_is_valid(seed: int) -> None:
    expanded = Scenario.model_validate(random_scenario(seed)).expanded
    problem = build(expanded)
    earlier = Earlier({job: Before(frozenset({0}), 0, 0) for job in range(0, len(problem.jobs), 2)})
    for goal in GOALS:
        usage = usage_of(problem, first_plans(problem)[1])
        kept: Goal = "value" if goal == "cost" else "must"
        most = signed(kept, usage, earlier)
        standing = Standing(usage, [kept, goal], [most], earlier)
        before = standing.best
        rebuilding = Rebuilding(standing, Random(seed))
        for number in range(60):
            rebuilding.round(HOT)
            if number % 20 == 0:
                assert audit_draft(expanded, drafted(problem, with_hires(problem, usage.steps()))) == []
                assert signed(kept, usage, earlier) <= most
        standing.go_on_from(standing.best_cells)
        again = usage_of(problem, with_hires(problem, usage.steps()))
        assert standing.best == standing.amount == signed(goal, again, earlier) <= before
        assert audit_draft(expanded, drafted(problem, with_hires(problem, again.steps()))) == []


def rebuilt(world: Scenario, goals: list[Goal], rounds: int = 400) -> Standing:
    """Rebuild from the empty plan, or for a later goal from the first plan."""
    problem = build(world.expanded)
    usage = Usage(problem) if len(goals) == 1 else usage_of(problem, first_plans(problem)[1])
    most = [signed(goal, usage, Earlier()) for goal in goals[:-1]]
    standing = Standing(usage, goals, most, Earlier())
    rebuilding = Rebuilding(standing, Random(0))
    for _ in range(rounds):
        rebuilding.round(0.0)
    return standing


def test_what_fits_is_found() -> None:
    """Four tasks of 10 hours for 40 hours; the fifth, of least value, waits."""
    tasks = [task(f"t{number}", hours=10, value=100 + number) for number in range(5)]
    standing = rebuilt(scenario(tasks=tasks, weeks=1, staff=[omid()]), ["value"])
    assert sorted(standing.best_cells) == [1, 2, 3, 4]


def test_a_late_task_moves_before_others() -> None:
    tasks = [task("a", hours=40, value=1000), task("b", hours=40, due=1)]
    standing = rebuilt(scenario(tasks=tasks, weeks=2, staff=[omid()]), ["value", "lateness"])
    assert standing.best == 0


def test_further_contacts_are_given_up() -> None:
    tasks = [task(f"t{number}", hours=4, only=["sara", "omid"]) for number in range(6)]
    world = scenario(tasks=tasks, weeks=4, staff=[sara(cost_rate=40), omid(cost_rate=40)])
    problem = build(world.expanded)
    usage = Usage(problem)
    for number, job in enumerate(problem.jobs):
        pair = job.pairs[number % 2]
        usage.place(number, {(pair.person, 0): pair.need})
    standing = Standing(usage, ["value", "contacts"], [-usage.value], Earlier())
    assert standing.best == 1
    rebuilding = Rebuilding(standing, Random(0))
    for _ in range(200):
        rebuilding.round(0.0)
    assert standing.best == 0


def test_what_is_claimed_stays() -> None:
    """Omid's work belongs to a part in work: nothing of it moves, and he is given nothing."""
    tasks = [task(f"t{number}", hours=10, client="nova" if number % 2 else "zeta") for number in range(8)]
    world = scenario(tasks=tasks, weeks=1, staff=[sara(), omid()])
    problem = build(world.expanded)
    usage = usage_of(problem, first_plans(problem)[1])
    person = [one.id for one in problem.people].index("omid")
    mine = {job: usage.cells[job] for job in usage.jobs_of[person]}
    standing = Standing(usage, ["value"], [], Earlier())
    standing.claims.people.add(person)
    standing.claims.jobs |= mine.keys()
    rebuilding = Rebuilding(standing, Random(0))
    for _ in range(100):
        rebuilding.round(HOT)
    assert {job: usage.cells[job] for job in usage.jobs_of[person]} == mine
