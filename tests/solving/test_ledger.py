"""The ledger: whatever comes and goes, its sums are what plans measure, and what is left is what one counts."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest

from solving.test_changes_everywhere import World
from staffing.auditing import audit_draft
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES
from staffing.problem.problem import Problem
from staffing.scenario.records import GOALS, KINDS
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.solution import drafted
from staffing.solving.state.greedy import greedy_guide
from staffing.solving.state.plan import Cells, PlanState

STEPS, LOOKS = 60, 5
"""Jobs placed or taken away in a walk, and how many of them pass between two looks at the ledger."""

PRICED = (919, 938, 983, 1008, 1096, 1153, 1225, 1258, 1298)
"""Scenarios in which fixed prices burn budgets."""
LATE = (937, 973, 976, 990, 1112, 1148)
"""Scenarios in which promised hours make tasks late."""


@pytest.mark.parametrize("seed", [*range(940, 960), *PRICED, *LATE])
def test_a_walk_through_plans_keeps_the_ledger_right(seed: int) -> None:
    """Jobs come and go at random, as they fit or as they were; what is taken out lies there again now and then."""
    world, random = World(seed), Random(seed)
    problem = world.problem
    plan = PlanState(problem, world.earlier)
    weights = greedy_guide(problem)
    taken: dict[int, Cells] = {}
    for step in range(STEPS if problem.jobs else 0):
        job = random.randrange(len(problem.jobs))
        if job not in plan.cells:
            plan.insert_as_planned(job) if random.random() < 0.3 else plan.insert(job, weights)
        elif not any(after in plan.cells for after, _ in problem.followers.get(job, ())):
            taken[job] = plan.remove(job)
            if random.random() < 0.3:
                plan.place(job, taken[job])
        if step % LOOKS == LOOKS - 1:
            assert_measured_as_planned(world, plan)
            assert_left_as_counted(problem, plan)
    for job in list(plan.cells):
        plan.remove(job)
    assert_left_as_counted(problem, plan)
    assert {goal: plan.objective(RECORDS[goal].coefficients) for goal in GOALS} == {
        goal: PlanState(problem, world.earlier).objective(RECORDS[goal].coefficients) for goal in GOALS
    }


def assert_measured_as_planned(world: World, plan: PlanState) -> None:
    """Each goal differs from the empty plan by what the ledger says; and the plan is valid."""
    draft = drafted(world.problem, plan.solution())
    assert audit_draft(world.expanded, draft) == []
    found, empty = (Facts(world.expanded, one, world.read.baseline) for one in (draft, Draft({})))
    nothing = PlanState(world.problem, world.earlier)
    for goal in GOALS:
        record = RECORDS[goal]
        more = plan.objective(record.coefficients) - nothing.objective(record.coefficients)
        measured = MEASURES[goal](found) - MEASURES[goal](empty)
        assert record.unit_in(world.problem) * record.sign * more == measured, goal


def assert_left_as_counted(problem: Problem, plan: PlanState) -> None:
    """What is left of weeks, kinds of work and budgets, and who serves and owns what, counted from the hours alone."""
    kept = problem.kept
    rows = [(job, *cell, steps) for job, cells in plan.cells.items() for cell, steps in cells.items()]
    steps_in: dict[tuple[int, int], int] = defaultdict(int)
    of_kind: dict[tuple[str, int, int], int] = defaultdict(int)
    serves: dict[tuple[int, int], set[int]] = defaultdict(set)
    owners: dict[tuple[int, str], set[int]] = defaultdict(set)
    for job, person, week, steps in rows:
        data = problem.jobs[job]
        steps_in[person, week] += steps
        of_kind[data.kind, person, week] += steps
        serves[person, week].add(data.client)
        owners[data.client, data.kind].add(person)
    for number, one in enumerate(problem.people):
        for week in range(problem.weeks):
            before = kept.served.get((number, week), frozenset())
            clients = serves[number, week] | before
            lost = problem.switching * (max(0, len(clients) - 1) - max(0, len(before) - 1))
            assert plan.clients_in(number, week) == clients
            assert plan.load_of(number, week) == steps_in[number, week] + lost
        for kind in one.limits:
            left = [limit - of_kind[kind, number, week] for week, limit in enumerate(one.limits[kind])]
            assert list(plan.kind_left(kind, number)) == left
        mine = {job for job, owner, _, _ in rows if owner == number}
        assert plan.jobs_of(number) == mine
        known = {problem.jobs[job].client for job in mine}
        assert plan.clients_of(number) == kept.clients.get(number, frozenset()) | known
    for client in range(len(problem.clients)):
        for kind in KINDS:
            assert plan.owners_of(client, kind) == kept.owners.get((client, kind), frozenset()) | owners[client, kind]
    for number, group in enumerate(problem.one_owner):
        found = {owner for job, owner, _, _ in rows if job in group.jobs}
        assert (plan.group_owner(number),) == (tuple(found) or (None,))
    assert plan.hired() == plan.solution().hired
    for number, period in enumerate(problem.budgets):
        assert plan.left(number) == period.left - sum(burnt(problem, plan, job, period.weeks) for job in period.jobs)


def burnt(problem: Problem, plan: PlanState, job: int, weeks: frozenset[int]) -> int:
    """Return the money that a job burns in some weeks: steps × rate; a price that burns does so in its last week."""
    cells = plan.cells.get(job, {})
    prices = {person: problem.pairs_of[job][person].price if problem.price_burns else None for person, _ in cells}
    by_step = (
        steps * problem.people[person].burn
        for (person, week), steps in cells.items()
        if week in weeks and prices[person] is None
    )
    last = max((week for _, week in cells), default=-1)
    return sum(by_step) + sum(price or 0 for price in prices.values() if last in weeks)
