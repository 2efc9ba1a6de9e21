"""The kernel uncompiled: as plain Python, the same code does to the last number what it does compiled."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

import numpy as np
import pytest
from plan.worlds import facts, omid, replanned, sara, scenario, task
from plan.worlds import plan as described
from second_engine.random_scenarios import random_scenario

from solving.test_changes_everywhere import World
from staffing.plan.earlier import read_earlier
from staffing.plan.facts import Facts
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.expand import Expanded
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.earlier import NO_PLAN, Earlier, earlier_of
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.ruin.anneal import anneal
from staffing.solving.ruin.annealer import excess_of, guide_for, prepare
from staffing.solving.solution import drafted
from staffing.solving.state.exchange import fix_out, load, merge, restore_best, restrict, save_best
from staffing.solving.state.filling import tables_of
from staffing.solving.state.greedy import first_plans, greedy_guide
from staffing.solving.state.insertion import ANYBODY, insert
from staffing.solving.state.kernel import READY, plain
from staffing.solving.state.ledger import evaluate
from staffing.solving.state.plan import PlanState
from staffing.solving.state.restoring import insert_as_planned
from staffing.solving.state.tables import ROWS, State, as_objects, copied
from staffing.solving.state.tidying import tidy

TARGETS: tuple[Goal, ...] = ("must", "value", "lateness", "contacts", "overtime", "balance", "cost", "changes")
"""Goals that together have every target of destroy operators."""
HOT = 2.0
ALL = 3
"""Of the first plans of a scenario with placeholders and `must` tasks: all that fits, with hires."""


class Twice:
    """A state twice: as record arrays, for compiled code, and as objects, for the same code as plain Python."""

    def __init__(self, problem: Problem, earlier: Earlier = NO_PLAN, seed: int = 1) -> None:
        self.problem = problem
        self.tables = tables_of(problem, seed, earlier)
        self.objects: State = as_objects(copied(self.tables))

    def do(self, function: Callable[..., Any], *rest: Any) -> Any:
        """Do something to both; what comes of it is the same, to the last number of every table."""
        compiled = function(self.tables, *rest)
        with np.errstate(over="ignore"):
            assert plain(function)(self.objects, *rest) == compiled
        assert told(self.objects) == told(as_objects(self.tables))
        return compiled

    def merge(self, other: Twice) -> None:
        """Take over what another has in work."""
        merge(self.tables, other.tables)
        plain(merge)(self.objects, other.objects)
        assert told(self.objects) == told(as_objects(self.tables))

    def load(self, solution: Any) -> None:
        rows = [(*cell, steps) for cell, steps in sorted(solution.steps.items())]
        self.do(load, np.array(rows, dtype=np.int64).reshape(-1, 4))

    def anneal(self, goal: Goal, rounds: int) -> None:
        """Anneal for a goal from hot to cold, with one kept."""
        kept: Goal = "value" if goal in ("cost", "changes", "lateness") else "must"
        goals = [RECORDS[kept], RECORDS[goal]]
        limits = [int(evaluate(self.tables, goals[0].coefficients))]
        self.do(save_best, int(evaluate(self.tables, goals[1].coefficients)))
        self.do(
            anneal,
            np.array([one.coefficients for one in goals]),
            np.array(limits),
            np.array([excess_of(self.problem, *goals)]),
            guide_for(self.problem, goals),
            goals[1].target,
            goal == "must",
            HOT * goals[1].scale(self.problem),
            0.0,
            rounds,
        )


def told(state: State) -> dict[str, Any]:
    """Return all that a state of objects holds."""
    return {
        name: [one.__dict__ for one in table] if name in ROWS else table.tolist()
        for name, table in state._asdict().items()
    }


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compile all at once, as the search does, and keep it for the next time."""
    prepare(tables_of(build(Scenario.model_validate(random_scenario(3)).expanded)))


@pytest.mark.parametrize("goal", TARGETS)
@pytest.mark.parametrize("seed", range(800, 806))
def test_annealed_plain_and_compiled_it_is_the_same_plan(seed: int, goal: Goal) -> None:
    problem = build(Scenario.model_validate(random_scenario(seed)).expanded)
    both = Twice(problem)
    both.load(first_plans(problem)[1])
    both.anneal(goal, 100)


@pytest.mark.parametrize("seed", range(900, 908))
def test_it_is_the_same_with_an_earlier_plan(seed: int) -> None:
    world = World(seed)
    both = Twice(world.problem, world.earlier)
    both.load(world.first)
    both.anneal("value", 50)
    both.anneal("changes", 100)


def month(**change: Any) -> Scenario:
    """Every rule at once: Sara and Omid work over, Kim and two more can be hired, and more waits than can be done.

    Nobody does `large` alone, `brisk` has a pace that counts promised hours, prices burn Nova's budget of each week,
    what is for Zeta has one owner, and so has the call of each week.
    """
    clients = [{"id": "nova", "budget": {"amount": 1700, "per": "week"}}, {"id": "zeta", "single_owner": True}]
    tasks = [
        task("large", hours=change.pop("large", 130), max_owners=3, weekly_max=70),
        task("call", hours=change.pop("call", 4), repeat={"every": 1, "same_owner": True}),
        task("priced", hours=20, estimates={"omid": {"hours": 20, "price": 900}, "kim": {"hours": 20, "price": 300}}),
        task("brisk", hours=16, weekly_max=5, value=3000),
        task("a", due=1, max_owners=2),
        task("b", after=["a"], hours=25, must=True),
        task("c", after=[{"task": "b", "lag": 1}], hours=12, deadline=4),
        *(task(f"plan{n}", hours=5 + n, kind="strategic", client="zeta", value=900) for n in range(4)),
        *(task(f"z{n}", client="zeta", hours=9, only=["omid", "kim", "kim-2", "kim-3"]) for n in range(3)),
    ]
    staff = [
        sara(overtime=4, limits={"tactical": 15}),
        omid(overtime=3, max_clients_per_week=1, weekly_hours=change.pop("omid", 40)),
        omid(id="kim", placeholder={"count": 3}, hire_cost=100, weekly_hours=25, max_clients=1),
    ]
    bookings = [{"task": "brisk", "staff": "omid", "week": 1, "hours": 3}]
    given = {"clients": clients, "tasks": tasks, "staff": staff, "bookings": bookings}
    return scenario(**given, switching=1, budget_basis="cost", **change)


def planned_before(before: Scenario, now: Expanded, from_week: int) -> Earlier:
    """Return the first plan of one scenario, hires and all, as the earlier plan of another."""
    problem = build(before.expanded)
    was = described(Facts(before.expanded, drafted(problem, first_plans(problem)[ALL])))
    return earlier_of(build(now), now, read_earlier(was, now, from_week))


@pytest.mark.parametrize("goal", TARGETS)
def test_it_is_the_same_under_every_rule(goal: Goal) -> None:
    """A call of an hour more, a smaller task, and half of Omid: some hours of the earlier plan stay, some weeks do."""
    now = month(omid=20, call=5, large=60).expanded
    problem = build(now)
    both = Twice(problem, planned_before(month(), now, 1))
    both.load(first_plans(problem)[ALL])
    both.anneal("value", 100)
    both.anneal(goal, 200)


def test_it_is_the_same_once_work_has_begun() -> None:
    """Sara has had 10 hours of the large task in week 1, as planned; the rest is planned anew."""
    before = month()
    now = replanned(before, {("large", "sara", 1): 10}, 2)
    problem = build(now)
    both = Twice(problem, planned_before(before, now, 2))
    both.load(first_plans(problem)[ALL])
    both.anneal("value", 100)
    both.anneal("changes", 300)


def test_whole_plans_are_the_same_wherever_they_come_from() -> None:
    """Loaded in place of another, remembered, restored; merged with what some made of half; owners given up."""
    problem = build(month().expanded)
    plans = first_plans(problem)
    both = Twice(problem)
    both.load(plans[ALL])
    both.load(plans[1])
    both.do(save_best, int(both.do(evaluate, RECORDS["net_value"].coefficients)))
    both.anneal("lateness", 100)
    both.do(restore_best)
    other = Twice(problem, seed=2)
    other.load(plans[1])
    half, last, nobody = [1, 0, 1, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]
    for people in (half, last, nobody):
        other.do(restrict, np.array(people), np.arange(len(problem.jobs)) % 2)
        other.anneal("value", 200)
        other.anneal("contacts", 200)
        both.merge(other)
    first_of_three = next(job for job, data in enumerate(problem.jobs) if data.id == "a")
    both.do(fix_out, np.flatnonzero(both.tables.pairs["job"] == first_of_three))
    both.anneal("must", 100)


def test_the_hours_of_the_earlier_plan_are_put_back_alike() -> None:
    """Each job has the hours it had, or gets none; and then those that can be as before in other hours."""
    now = month(omid=20, call=5, large=60).expanded
    problem = build(now)
    both = Twice(problem, planned_before(month(), now, 1))
    weights = greedy_guide(problem, again=1.0)
    jobs = list(problem.in_order(range(len(problem.jobs))))
    placed = [both.do(insert_as_planned, job) for job in jobs]
    assert 0 < sum(placed) < len(jobs)
    for job, done in zip(jobs, placed, strict=True):
        if not done:
            both.do(insert, job, weights, 0.0, ANYBODY, 0.0)


def test_tasks_are_moved_alike() -> None:
    """Each once, where value, cost and overtime may not become worse; some are, some are not."""
    problem = build(month().expanded)
    both = Twice(problem)
    both.load(first_plans(problem)[ALL])
    both.anneal("value", 300)
    goals = np.array([RECORDS[goal].coefficients for goal in ("value", "cost", "overtime")])
    kept, rooms = np.zeros(len(goals), dtype=np.int64), np.zeros((problem.weeks, 2), dtype=np.int64)
    alone = [job for job in range(len(problem.jobs)) if len({person for person, _ in hours_of(both.tables, job)}) == 1]
    moved = [both.do(tidy, job, goals, kept, rooms) for job in alone]
    assert 0 < sum(moved) < len(moved)


OFF = {"time_off": [{"from": "2026-01-12", "to": "2026-01-18"}]}
"""Week 2, as of Monday, 12 January."""


@pytest.mark.parametrize(
    ("weeks", "hours", "off", "expected"),
    [
        (2, 30, {}, {0: 119, 1: 1}),  # 120 steps fit in week 1; it ends in week 2, as it did, by one of them
        (3, 40.25, {}, {0: 159, 1: 1, 2: 1}),  # one step is left for week 2, where it stays
        (2, 30, OFF, {0: 120}),  # no room in week 2 any more
    ],
)
def test_a_task_of_fewer_hours_ends_when_it_did(
    weeks: int, hours: float, off: dict[str, Any], expected: dict[int, int]
) -> None:
    """Once Omid had 10 hours of it in each week; 40 hours a week are 160 steps. The other task has to change hands."""
    before = scenario(tasks=[task("a", hours=10 * weeks), task("b")], weeks=weeks)
    cells = {("a", "omid", week): 10.0 for week in range(1, weeks + 1)}
    was = described(facts(before, {**cells, ("b", "omid", 2): 10}))
    tasks = [task("a", hours=hours), task("b", **{"except": ["omid"]})]
    now = scenario(tasks=tasks, weeks=weeks, staff=[sara(), omid(**off)]).expanded
    problem = build(now)
    both = Twice(problem, earlier_of(problem, now, read_earlier(was, now, 1)))
    weights = greedy_guide(problem, again=1.0)
    assert [both.do(insert, job, weights, 0.0, ANYBODY, 0.0) for job in (0, 1)] == [True, True]
    assert hours_of(both.tables, 0) == {(1, week): steps for week, steps in expected.items()}
    assert {person for person, _ in hours_of(both.tables, 1)} == {0}


def test_two_share_what_has_as_many_steps_as_they_have() -> None:
    """Half an hour; Omid and Kim have a quarter each, which is one step."""
    staff = [omid(weekly_hours=0.25), omid(id="kim", weekly_hours=0.25)]
    problem = build(scenario(tasks=[task("a", hours=0.5, max_owners=2)], staff=staff, weeks=1).expanded)
    both = Twice(problem)
    both.anneal("value", 50)
    assert hours_of(both.tables, 0) == {(0, 0): 1, (1, 0): 1}


def hours_of(state: State, job: int) -> dict[tuple[int, int], int]:
    """Return the steps of a job by (person, week)."""
    this = state.jobs[job]
    rows = [state.hours[row] for row in range(this.hours_from, this.hours_from + this.count)]
    return {(int(row.person), int(row.week)): int(row.steps) for row in rows}


def test_a_plan_begun_before_all_is_compiled_stays_as_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling may end while a plan state is made: its tables and functions are of one kind all the same."""
    answers = chain([False], repeat(True))
    monkeypatch.setattr(READY, "is_set", lambda: next(answers))
    problem = build(month(omid=20, call=5, large=60).expanded)
    state = PlanState(problem)
    assert any(state.insert(job, guide_for(problem, [RECORDS["value"]])) for job in range(len(problem.jobs)))
