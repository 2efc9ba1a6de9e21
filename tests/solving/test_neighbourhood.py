"""Parts of a plan: what is free is planned as in the whole, and what is kept is not harmed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from ortools.sat.python import cp_model
from plan.worlds import omid, scenario, task
from second_engine.random_scenarios import random_scenario

from solving.worlds import amount
from staffing.auditing import audit_draft
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.expand import Expanded
from staffing.scenario.records import GOALS
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.variables import total
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.lns.subproblem import subproblem
from staffing.solving.solution import Solution, drafted, with_hires
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.plan import PlanState

SEEDS = range(700, 730)


def plans(seed: int) -> Iterator[tuple[Expanded, Problem, Solution]]:
    expanded = Scenario.model_validate(random_scenario(seed)).expanded
    problem = build(expanded)
    for plan in first_plans(problem):
        yield expanded, problem, plan


@pytest.mark.parametrize("seed", SEEDS)
def test_amounts_are_what_plans_measure(seed: int) -> None:
    """The difference to the empty plan is the same, in fractions."""
    for expanded, problem, plan in plans(seed):
        for goal in GOALS:
            reached = amount(goal, PlanState.of(problem, plan)) - amount(goal, PlanState(problem))
            measured = MEASURES[goal](Facts(expanded, drafted(problem, plan)))
            nothing = MEASURES[goal](Facts(expanded, Draft({})))
            assert RECORDS[goal].unit_in(problem) * reached == measured - nothing, goal


@pytest.mark.parametrize("seed", SEEDS)
def test_taking_away_undoes_placing(seed: int) -> None:
    for _, problem, plan in plans(seed):
        state = PlanState.of(problem, plan)
        order = sorted(state.cells)
        Random(seed).shuffle(order)
        for job in order:
            state.place(job, state.remove(job))
        assert state.solution().steps == dict(plan.steps)
        for goal in GOALS:
            assert amount(goal, state) == amount(goal, PlanState.of(problem, plan))
        for job in order:
            state.remove(job)
        for goal in GOALS:
            assert amount(goal, state) == amount(goal, PlanState(problem))


def parts(seed: int) -> Iterator[tuple[Expanded, Problem, Solution, list[int]]]:
    """Some jobs of each first plan, at random, made free."""
    random = Random(seed)
    for expanded, problem, plan in plans(seed):
        if problem.jobs:
            count = random.randint(1, len(problem.jobs))
            yield expanded, problem, plan, sorted(random.sample(range(len(problem.jobs)), count))


def inside(problem: Problem, plan: Solution, free: list[int]) -> Solution:
    """Return the work on the free jobs, which have their numbers in the part."""
    steps = {(free.index(job), *cell): count for (job, *cell), count in plan.steps.items() if job in free}
    return with_hires(problem, {(job, person, week): count for (job, person, week), count in steps.items()})


def freed(problem: Problem, plan: Solution, free: list[int]) -> PlanState:
    state = PlanState.of(problem, plan)
    for job in free:
        if job in state.cells:
            state.remove(job)
    return state


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_plan_has_fits_its_part(seed: int) -> None:
    for _, problem, plan, free in parts(seed):
        some = subproblem(freed(problem, plan, free), free)
        model = build_model(some)
        for record in RECORDS.values():
            record.term(model, Earlier())
        model.hint(inside(some, plan, free))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.fix_variables_to_their_hinted_value = True
        assert solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_done_in_a_part_the_whole_is_valid_and_goals_add_up(seed: int) -> None:
    """The busiest way to plan the part; a goal changes in the whole as it does in the part."""
    for expanded, problem, plan, free in parts(seed):
        state = freed(problem, plan, free)
        some = subproblem(state, free)
        model = build_model(some)
        terms = {goal: RECORDS[goal].term(model, Earlier()) for goal in GOALS if goal != "balance"}
        model.cp.maximize(total(list(model.hours.values())))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        found = with_hires(some, model.solution(solver.value))
        cells: dict[int, dict[tuple[int, int], int]] = {}
        for (job, person, week), count in found.steps.items():
            cells.setdefault(free[job], {})[person, week] = count
        for job, placed in cells.items():
            state.place(job, placed)
        whole = state.solution()
        assert audit_draft(expanded, drafted(problem, whole)) == []
        before = PlanState.of(problem, plan)
        for goal, term in terms.items():
            change = model.evaluate(term, found) - model.evaluate(term, inside(some, plan, free))
            assert change == amount(goal, state) - amount(goal, before), goal


@pytest.mark.parametrize("seed", SEEDS)
def test_balance_of_a_part_is_that_of_the_whole(seed: int) -> None:
    """The highest utilisation of anybody, by all they do: work that is kept counts as work in the part."""
    for _, problem, plan, free in parts(seed):
        some = subproblem(freed(problem, plan, free), free)
        terms = RECORDS["balance"].term(model := build_model(some), Earlier())
        assert model.evaluate(terms, inside(some, plan, free)) == amount("balance", PlanState.of(problem, plan))


def test_a_copy_that_works_on_kept_jobs_is_hired_already() -> None:
    """The first copy does `a`, which is kept: without `b` the part saves the hire of the second copy, and no more."""
    pool = omid(id="pool", placeholder={"count": 2}, hire_cost=100, weekly_hours=10)
    tasks = [task(name, hours=10, deadline=1) for name in "ab"]
    problem = build(scenario(tasks=tasks, staff=[pool], weeks=1, goals=["value", "cost"]).expanded)
    steps = int(10 / problem.step)
    plan = PlanState.of(problem, Solution({(0, 0, 0): steps, (1, 1, 0): steps}))
    before = amount("cost", plan)
    plan.remove(1)
    some = subproblem(plan, [1], {1})
    model = build_model(some)
    term = RECORDS["cost"].term(model, Earlier())
    by_second, nobody = (with_hires(some, cells) for cells in ({(0, 1, 0): steps}, {}))
    assert model.evaluate(term, by_second) - model.evaluate(term, nobody) == before - amount("cost", plan)
