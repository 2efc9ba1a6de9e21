"""Bounds that count hold for every plan, and are right where nothing but counting decides."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from random import Random
from typing import Any, cast

import pytest
from plan.worlds import omid, sara, scenario, task
from second_engine.random_scenarios import random_scenario

from solving.worlds import LIMITS, planned, proven_at, searched
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
from staffing.solving.hires import with_fewest_hires
from staffing.solving.limits import Clock
from staffing.solving.objectives import every_must
from staffing.solving.presolve import presolve
from staffing.solving.solution import Solution, with_hires

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
    for entry in data["tasks"]:
        entry["must"] = chance.random() < share
        if chance.random() < 0.4:
            likely = entry["hours"]["likely"] if isinstance(entry["hours"], dict) else entry["hours"]
            entry["hours"] = round(likely * chance.choice((0.25, 0.5, 2)) * 4) / 4 or 1
        if "repeat" not in entry and chance.random() < 0.5:
            entry.setdefault("due", 1)
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


# what nothing but counting decides


def amount(world: Scenario, goal: Goal, **kept: int) -> int:
    """Return what is counted, in steps, cents or weeks, for a goal after `must` is done as a whole."""
    problem = build(world.expanded)
    limits: Kept = [("must", every_must(problem)), *((cast(Goal, name), most) for name, most in kept.items())]
    bound = counted(problem, goal, [] if goal == "must" else limits)
    assert bound is not None
    assert bound <= least(problem, goal, [] if goal == "must" else limits)
    return bound


def pool(*costs: int, **change: Any) -> list[dict[str, Any]]:
    """Return placeholders, each with a cost of being hired and none of working."""
    free = {"role": "project_manager", "cost_rate": 0, "bill_rate": 80, "placeholder": True, **change}
    return [{**free, "id": f"pm{number}", "hire_cost": cost} for number, cost in enumerate(costs)]


def musts(*hours: float, **change: Any) -> list[dict[str, Any]]:
    return [task(f"t{number}", must=True, hours=amount, **change) for number, amount in enumerate(hours)]


def test_hours_of_a_week_are_divided_by_those_of_the_people() -> None:
    """90 hours in week 2, 40 for each who is hired, at 7: three of them, 21."""
    world = scenario(tasks=musts(30, 30, 30, earliest=2, deadline=2), staff=pool(7, 7, 7, 7), goals=["must", "cost"])
    assert amount(world, "cost") * build(world.expanded).money_unit == 21


def test_who_costs_more_may_be_worth_it() -> None:
    """60 hours: 40 for 100 and 20 for 60 are 160; two for 100 each, or three for 60 each, cost more."""
    staff = pool(100, 100) + [{**one, "id": f"half-{one['id']}", "weekly_hours": 20} for one in pool(60, 60, 60)]
    world = scenario(tasks=musts(20, 20, 20), weeks=1, staff=staff, goals=["must", "cost"])
    assert amount(world, "cost") * build(world.expanded).money_unit == 160


def test_nobody_has_room_for_two_large_tasks() -> None:
    """Three times 25 hours would fit into two people's 80, were they not whole: 3 hires at 5."""
    world = scenario(tasks=musts(25, 25, 25), weeks=1, staff=pool(5, 5, 5, 5), goals=["must", "cost"])
    assert amount(world, "cost") * build(world.expanded).money_unit == 15


def test_hours_outside_of_a_week_are_not_needed_in_it() -> None:
    """50 hours in two weeks, 10 of them at least in the second, beside 35 that must be there: one more is hired."""
    tasks = [*musts(50, deadline=2), task("b", must=True, hours=35, earliest=2, deadline=2)]
    assert amount(scenario(tasks=tasks, staff=pool(1, 1), goals=["must", "cost"]), "cost") == 2
    tasks[1]["hours"] = 30
    assert amount(scenario(tasks=tasks, staff=pool(1, 1), goals=["must", "cost"]), "cost") == 1


def test_hours_and_hires_add_up() -> None:
    """50 hours at 30, and one more at 100: 1600."""
    world = scenario(tasks=musts(25, 25), weeks=1, staff=[omid(), *pool(100, cost_rate=30)], goals=["must", "cost"])
    assert amount(world, "cost") * build(world.expanded).money_unit == 1600


def test_a_value_kept_as_a_whole_forces_what_is_no_must() -> None:
    """All 30 is worth 60 at the most, and with 60 kept both are delivered, 30 hours; with 40 kept, one may wait."""
    tasks = [task("a", hours=10), task("b", hours=20)]
    problem = build(scenario(tasks=tasks, goals=["value", "hours"]).expanded)
    whole = -sum(job.value for job in problem.jobs)
    assert counted(problem, "hours", [("value", whole)]) == 120
    assert counted(problem, "hours", [("value", whole * 2 // 3)]) == 80
    assert counted(problem, "hours", [("value", 0)]) is None


def test_what_may_not_be_late_is_needed_in_time() -> None:
    """80 hours in four weeks take one person, and two if they may not be late beyond week 1."""
    world = scenario(tasks=musts(40, 40, due=1), staff=pool(1, 1), goals=["must", "lateness", "cost"])
    assert amount(world, "cost") == 1
    assert amount(world, "cost", lateness=0) == 2


@pytest.mark.parametrize(
    ("owners", "extra"),
    [
        ([["omid"], ["kim"], ["sara"]], 2),
        ([["omid", "kim"], ["sara"], ["omid"]], 1),
        ([["omid", "kim"], ["kim", "sara"], ["sara", "omid"]], 1),
        ([["omid", "kim"], ["kim", "sara"], ["kim"]], 0),
    ],
)
def test_tasks_without_a_common_owner_need_several(owners: list[list[str]], extra: int) -> None:
    tasks = [task(f"t{number}", must=True, only=names) for number, names in enumerate(owners)]
    world = scenario(tasks=tasks, staff=[sara(), omid(), omid(id="kim")], goals=["must", "contacts"])
    assert amount(world, "contacts") == extra


def test_hours_that_one_person_has_not_need_several() -> None:
    """100 hours in week 1 take three people of 40; 20 of another client one."""
    tasks = [*musts(25, 25, 25, 25, deadline=1), task("z", must=True, hours=20, client="zeta")]
    staff = [omid(), *(omid(id=name) for name in ("kim", "lea", "max"))]
    assert amount(scenario(tasks=tasks, staff=staff, goals=["must", "contacts"]), "contacts") == 3


def test_whoever_has_promised_hours_is_an_owner_already() -> None:
    tasks = [*musts(10, 10, only=["kim"]), task("b", hours=20)]
    booked = [{"task": "b", "staff": "omid", "week": 1, "hours": 4}]
    world = scenario(tasks=tasks, staff=[omid(), omid(id="kim")], bookings=booked, goals=["must", "contacts"])
    assert amount(world, "contacts") == 1


def test_what_cannot_be_in_time_is_late() -> None:
    """Due in week 1: `a` begins in week 3; `b` takes two weeks at 10 hours a week; `c` comes after it, of weight 4."""
    tasks = [
        task("a", must=True, earliest=3, due=1),
        task("b", must=True, hours=20, weekly_max=10, due=1),
        task("c", must=True, after=["b"], due=1, priority="high"),
    ]
    problem = presolve(build(scenario(tasks=tasks, goals=["must", "lateness"]).expanded))
    assert counted(problem, "lateness", [("must", every_must(problem))]) == 2 * 2 + 2 * 1 + 4 * 1


def test_what_has_no_hours_until_it_is_due_is_late() -> None:
    """120 hours due in week 1, 40 a week: of three one is late by one week, one by two, at 2 a week."""
    world = scenario(tasks=musts(40, 40, 40, due=1), staff=[omid()], goals=["must", "lateness"])
    assert amount(world, "lateness") == 6


def test_must_work_beyond_all_hours_waits() -> None:
    """Three tasks of 15 hours in a week of 40 for two who may do them, 20 each: 5 hours lack, so 15 wait."""
    staff = [omid(weekly_hours=20), omid(id="kim", weekly_hours=20)]
    problem = build(scenario(tasks=musts(15, 15, 15), weeks=1, staff=staff, goals=["must"]).expanded)
    bound = counted(problem, "must", [])
    assert bound is not None
    assert (bound - every_must(problem)) * problem.effort_unit == 15


def test_hours_beyond_capacity_are_overtime() -> None:
    """In week 1 Omid has 5 hours of his own too many, Kim 2; in week 3 both together 6: 13 hours, in quarters."""
    tasks = [
        task("a", must=True, hours=45, deadline=1, only=["omid"]),
        task("b", must=True, hours=42, deadline=1, only=["kim"]),
        *({**one, "id": f"c{one['id']}"} for one in musts(22, 22, 21, 21, earliest=3, deadline=3)),
    ]
    staff = [omid(overtime=10), omid(id="kim", overtime=10)]
    assert amount(scenario(tasks=tasks, staff=staff, goals=["must", "overtime"]), "overtime") == 13 * 4


def test_the_busiest_has_a_fair_share_at_least() -> None:
    """90 of 160 hours are 57 % (56.25, rounded up); a task of 60 is 75 % of whoever does it."""
    staff = [omid(), omid(id="kim")]
    world = scenario(tasks=musts(*[10] * 9), weeks=2, staff=staff, goals=["must", "balance"])
    assert amount(world, "balance") == 57
    world = scenario(tasks=musts(60), weeks=2, staff=staff, goals=["must", "balance"])
    assert amount(world, "balance") == 75


def test_who_may_not_be_hired_has_no_share() -> None:
    """90 of 160 hours are 57 %; with money for one of two hires, at 100 each, they are 75 % of 120."""
    staff = [*pool(100, 100), omid(id="a", cost_rate=0), omid(id="b", cost_rate=0)]
    world = scenario(tasks=musts(*[10] * 9), weeks=1, staff=staff, goals=["must", "cost", "balance"])
    assert amount(world, "balance") == 57
    assert amount(world, "balance", cost=int(199 / build(world.expanded).money_unit)) == 75


# a plan with no more hires


def with_hires_of(world: Scenario) -> tuple[Solution, int]:
    """Seek fewest hires from a plan in which everybody works; return the plan and the bound."""
    search = searched(world)
    context = search.context
    problem, term = context.problem, next(term for term in context.terms if term.goal == "cost")
    counting = Counting(PairColumns(problem), [("must", every_must(problem))])
    bound = counting.bound("cost")
    assert bound is not None
    model = build_model(problem)
    model.at_most(GOALS["must"].objective(model, NO_PLAN), every_must(problem))
    for person in problem.placeholders:
        model.cp.add_at_least_one([owns for (_, owner), owns in model.owns.items() if owner == person])
    found = run(model, [], None, LIMITS, Clock(LIMITS), 10, stop=threading.Event())
    assert found.steps is not None
    start = with_hires(problem, found.steps)
    return with_fewest_hires(context, counting, term, start, bound, context.clock.within(10))


def test_full_weeks_of_as_few_as_can_be() -> None:
    """Made from the weeks of 8 people, each busy in each of 20; two more could be hired, and 8 are in every week."""
    chance = Random(5)
    tasks: list[dict[str, Any]] = []
    for person in range(8):
        week = 1
        while week <= 20:
            last = min(20, week + chance.randint(0, 4))
            others = chance.sample(range(10), 4)
            only = [f"pm{one}" for one in sorted({person, *others})]
            entry = {"earliest": week, "deadline": last, "only": only, "must": True}
            tasks.append(task(f"t{len(tasks)}", hours=40 * (last - week + 1), **entry))
            week = last + 1
    world = scenario(weeks=20, tasks=tasks, staff=pool(*[1] * 10), goals=["must", "cost"])
    plan, bound = with_hires_of(world)
    assert (len(plan.hired), bound) == (8, 8)


def test_where_no_plan_has_so_few_hires_the_bound_rises() -> None:
    """60 hours would fit into two people's 80; as each serves one client a week, three clients take three."""
    tasks = [{**one, "client": f"c{number % 3}"} for number, one in enumerate(musts(*[15] * 4))]
    clients = [{"id": f"c{number}"} for number in range(3)]
    staff = pool(1, 1, 1, 1, max_clients_per_week=1)
    world = scenario(tasks=tasks, clients=clients, weeks=1, staff=staff, goals=["must", "cost"])
    _, bound = with_hires_of(world)
    assert bound == 3
    assert proven_at(planned(world), "cost", 3)
