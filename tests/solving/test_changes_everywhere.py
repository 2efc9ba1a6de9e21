"""What counts as a change is one thing: measured, in the model, in integers, in compiled code, and read by hand."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from plan.worlds import facts, omid, scenario, task
from plan.worlds import plan as described
from second_engine.random_scenarios import random_scenario

from solving.worlds import amount
from staffing.auditing import audit_draft
from staffing.plan.changes import counted, differences
from staffing.plan.earlier import EarlierPlan, read_earlier
from staffing.plan.facts import Facts
from staffing.plan.plan import Plan
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario
from staffing.solving.bound.changes import most_the_same
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.earlier import Earlier, earlier_of
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.limits import Clock, Limits
from staffing.solving.lns.subproblem import subproblem
from staffing.solving.ruin.annealer import Annealer
from staffing.solving.solution import Solution, drafted, with_hires
from staffing.solving.state.filling import tables_of
from staffing.solving.state.greedy import first_plans, repaired
from staffing.solving.state.plan import PlanState, as_solution, by_job

SEEDS = range(900, 920)


class World:
    """A random scenario with an earlier plan of it, which is not its best."""

    def __init__(self, seed: int) -> None:
        self.expanded: Expanded = Scenario.model_validate(random_scenario(seed)).expanded
        self.problem: Problem = build(self.expanded)
        self.first = first_plans(self.problem)[1]
        state = PlanState.of(self.problem, self.first)
        random = Random(seed)
        for job in sorted(state.cells):
            if random.random() < 0.2 and not self.problem.followers.get(job):
                state.remove(job)
        self.before = state.solution()
        self.plan: Plan = described(Facts(self.expanded, drafted(self.problem, self.before)))
        self.read: EarlierPlan = read_earlier(self.plan, self.expanded, 1)
        self.earlier: Earlier = earlier_of(self.problem, self.expanded, self.read)

    def facts(self, solution: Solution) -> Facts:
        return Facts(self.expanded, drafted(self.problem, solution), self.read.baseline)

    def measured(self, solution: Solution) -> int:
        return counted(differences(self.facts(solution)), self.expanded.jobs)

    def annealed(self, seed: int, rounds: int = 200) -> Annealer:
        """Anneal the first plan for fewest changes."""
        state = PlanState.of(self.problem, self.first, self.earlier)
        goals = [RECORDS["must"], RECORDS["changes"]]
        limits = [state.objective(goals[0].coefficients)]
        one = Annealer(self.problem, tables_of(self.problem, seed, self.earlier), goals, limits, seed=seed)
        one.go_on_from(state.cells)
        one.run(rounds, 1.0, 0.0)
        return one


def by_hand(before: Plan, after: Plan, repeats: Mapping[str, bool]) -> int:
    """Count changes from the records of two plans alone: `repeats` says of each task whether it has one owner."""
    count, others = 0, set()
    now = {result.task: result for result in after.results}
    for was in before.results:
        becomes = now[was.task]
        if "done" in (was.state, becomes.state):
            continue
        in_both = was.state != "waiting" and becomes.state != "waiting"
        moved = (was.first_week, was.last_week) != (becomes.first_week, becomes.last_week)
        family = was.task.partition("@")[0]
        if not repeats[family]:
            count += moved or was.owners != becomes.owners
            continue
        count += moved
        if in_both and was.owners != becomes.owners:
            others.add(family)
    return count + len(others)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_readings_agree(seed: int) -> None:
    world = World(seed)
    problem, earlier = world.problem, world.earlier
    nothing = world.measured(Solution({}))
    repeats = {job.task: job.same_owner for job in world.expanded.jobs.values()}
    model = build_model(problem)
    terms = RECORDS["changes"].term(model, earlier)
    one = world.annealed(seed)
    best = as_solution(problem, one.best_cells)
    for solution in (*first_plans(problem), world.before, best):
        changes = amount("changes", PlanState.of(problem, solution, earlier))
        assert nothing + changes == world.measured(solution)
        assert model.evaluate(terms, solution) == changes
        compiled = Annealer(problem, tables_of(problem, seed, earlier), [RECORDS["changes"]], [], seed=seed)
        compiled.go_on_from(by_job(solution))
        assert compiled.best == compiled.objective == changes
        assert by_hand(world.plan, described(world.facts(solution)), repeats) == world.measured(solution)
    assert world.measured(world.before) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_fewest_changes_are_found_again_and_every_plan_on_the_way_is_valid(seed: int) -> None:
    """What waited before stays delivered only where it must be: the first plan has every `must` that it can."""
    world = World(seed)
    one = world.annealed(seed)
    found = as_solution(world.problem, one.best_cells)
    assert audit_draft(world.expanded, drafted(world.problem, found)) == []
    assert world.measured(found) <= world.measured(world.first)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_earlier_plan_repaired_is_the_earlier_plan_where_nothing_keeps_it_from_it(seed: int) -> None:
    world = World(seed)
    kept, filled = repaired(world.problem, world.earlier) or (Solution({}), Solution({}))
    for plan in (kept, filled):
        assert audit_draft(world.expanded, drafted(world.problem, plan)) == []
    assert world.measured(kept) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_where_time_is_over_the_earlier_plan_is_kept_as_far_as_it_needs_no_search(seed: int) -> None:
    world = World(seed)
    for plan in repaired(world.problem, world.earlier, lambda: True):
        assert audit_draft(world.expanded, drafted(world.problem, plan)) == []
        assert by_job(plan).items() <= world.earlier.cells.items()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_part_counts_what_the_whole_counts(seed: int) -> None:
    """Some jobs are free, the rest is kept: the part's changes and those of the rest are all changes."""
    world = World(seed)
    state = PlanState.of(world.problem, world.first, world.earlier)
    free = sorted(Random(seed).sample(range(len(world.problem.jobs)), len(world.problem.jobs) // 2))
    whole = amount("changes", state)
    taken = {job: state.remove(job) for job in free if job in state.cells}
    numbers = {job: number for number, job in enumerate(free)}
    model = build_model(subproblem(state, free))
    terms = RECORDS["changes"].term(
        model, world.earlier.of_part(numbers, state.handed_over(world.earlier.family.values()))
    )
    inside = {(numbers[job], *cell): steps for job, cells in taken.items() for cell, steps in cells.items()}
    rest = amount("changes", state)
    assert model.evaluate(terms, with_hires(model.problem, inside)) == whole - rest


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_is_the_same_in_more_tasks_than_can_be(seed: int) -> None:
    """With somebody less capable: the whole model proves how many tasks stay, and no more can is what is counted."""
    world = World(seed)
    busiest = max(range(len(world.problem.people)), key=lambda person: sum(world.problem.people[person].capacity))
    people = [
        replace(person, capacity=tuple(steps // 2 for steps in person.capacity)) if number == busiest else person
        for number, person in enumerate(world.problem.people)
    ]
    problem = replace(world.problem, people=tuple(people))
    model = build_model(problem)
    terms = RECORDS["changes"].term(model, world.earlier)
    limits = Limits(seconds=5, deterministic=True)
    found = run(model, terms, Solution({}), limits, Clock(limits), 5, stop=threading.Event())
    least = found.bound if terms else 0
    assert least is not None
    assert -most_the_same(problem, world.earlier) <= least <= 0


def test_what_cannot_be_as_before_and_what_does_not_fit_any_more_is_counted() -> None:
    """Of 4 tasks of 10 hours in one week, 25 hours hold 2; e, of 30 hours, does not fit alone; f may not begin."""
    tasks = [task(name) for name in "abcd"] + [task("e", hours=30, earliest=2, deadline=2), task("f", earliest=3)]
    before = scenario(tasks=tasks, staff=[omid()])
    cells = {(name, "omid", 1): 10 for name in "abcd"} | {("e", "omid", 2): 30, ("f", "omid", 3): 10}
    earlier_plan = described(facts(before, cells))
    now = scenario(tasks=[*tasks[:5], task("f", earliest=4)], staff=[omid(weekly_hours=25)])
    problem = build(now.expanded)
    earlier = earlier_of(problem, now.expanded, read_earlier(earlier_plan, now.expanded, 1))
    assert most_the_same(problem, earlier) == 2


def test_giving_up_a_repeat_is_one_change() -> None:
    """Two calls of 20 hours and a task of 10 in two weeks of 20 hours: one change makes room, whichever it is."""
    tasks = [task("call", hours=20, repeat={"every": 1}), task("a")]
    before = scenario(tasks=tasks, staff=[omid()], weeks=2)
    cells = {("call@1", "omid", 1): 20, ("call@2", "omid", 2): 20, ("a", "omid", 1): 10}
    earlier_plan = described(facts(before, cells))
    now = scenario(tasks=tasks, staff=[omid(weekly_hours=20), omid(id="kim")], weeks=2)
    problem = build(now.expanded)
    earlier = earlier_of(problem, now.expanded, read_earlier(earlier_plan, now.expanded, 1))
    assert most_the_same(problem, earlier) == 2


def test_nothing_placed_changes_nothing() -> None:
    """Of the plan without new hours, all that the earlier one delivered is changed, but for what is promised wholly."""
    world = World(900)
    assert amount("changes", PlanState(world.problem, world.earlier)) == 0
    promised = world.facts(Solution({}))
    delivered = [task.task for task in world.read.baseline.tasks if task.state in ("delivered", "late")]
    assert world.measured(Solution({})) == sum(not promised.is_delivered(task) for task in delivered)
