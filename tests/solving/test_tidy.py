"""No task of a finished plan can be moved alone into fewer pieces or earlier weeks: found by trying everything.

What is valid, and what a goal measures, is asked of the audit and of the facts of a plan, which know no solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from plan.worlds import Cells, omid, scenario, task

from solving.worlds import hours_of, searched
from staffing.auditing import audit, audit_draft
from staffing.auditing.allocations import read_allocations
from staffing.auditing.rules import CHECKS
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of, worse
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario
from staffing.solving.context import SearchContext
from staffing.solving.cp.extension import Door
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.cp.variables import Terms
from staffing.solving.lns.tidy import Tidying
from staffing.solving.solution import Solution, drafted, with_hires
from staffing.solving.solve import solve

Weeks = Mapping[tuple[str, int], Fraction]
"""Hours of one task by person and week."""


class Judge:
    """Says whether a plan stays valid, and all of its goals as good, once a task is moved.

    Parameters
    ----------
    expanded
        The scenario, with history if it is a re-plan.
    plan
        What was decided.
    baseline
        The plan that changes are counted against.
    """

    def __init__(self, expanded: Expanded, plan: Draft, baseline: Baseline | None = None) -> None:
        self.expanded = expanded
        self.hours = plan.hours
        self._hired = plan.hired
        self._baseline = baseline
        self._goals = [entry.goal for entry in goals_of(expanded.scenario, baseline is not None)]
        self._measured = self._measure(self._facts(self.hours))
        self._fixed = self._facts({}).fixed

    def _facts(self, hours: Mapping[tuple[str, str, int], Fraction]) -> Facts:
        return Facts(self.expanded, Draft(hours, self._hired), self._baseline)

    def _measure(self, facts: Facts) -> list[Fraction]:
        return [MEASURES[goal](facts) for goal in self._goals]

    def allows(self, name: str, weeks: Weeks) -> bool:
        """Whether a task may be done in these hours instead."""
        others = {cell: hours for cell, hours in self.hours.items() if cell[0] != name}
        facts = self._facts({**others, **{(name, *cell): hours for cell, hours in weeks.items()}})
        if any(next(check(facts), None) is not None for check in CHECKS.values()):
            return False
        return not any(map(worse, self._goals, self._measure(facts), self._measured))

    def untidy(self, name: str, weeks: Weeks) -> tuple[int, int, Fraction]:
        """How untidy a task is: weeks without hours, allocations, and how late its hours are."""
        cells = weeks.keys() | {(person, week) for one, person, week in self._fixed if one == name}
        worked = {week for _, week in cells}
        late = sum((hours * week for (_, week), hours in weeks.items()), Fraction(0))
        return max(worked) - min(worked) + 1 - len(worked), len(cells), late

    def tidier(self, name: str) -> Iterator[Weeks]:
        """Yield other hours of the same owners in which a task would be tidier, valid or not."""
        job, step = self.expanded.jobs[name], self.expanded.step
        now = {(person, week): hours for (one, person, week), hours in self.hours.items() if one == name}
        people = sorted({person for person, _ in now})
        window = range(max(job.earliest, self.expanded.from_week), job.deadline + 1)
        ways = [parts(int(sum(now[cell] for cell in now if cell[0] == one) / step), window) for one in people]
        for way in product(*ways):
            cells = {(one, week): step * way[at][week] for at, one in enumerate(people) for week in way[at]}
            if self.untidy(name, cells) < self.untidy(name, now):
                yield cells


def parts(steps: int, weeks: range) -> Iterator[dict[int, int]]:
    """Yield all ways to divide some steps among weeks."""
    if len(weeks) == 1:
        yield {weeks[0]: steps} if steps else {}
        return
    for here in range(steps, -1, -1):
        for rest in parts(steps - here, weeks[1:]):
            yield {weeks[0]: here, **rest} if here else rest


def movable(judge: Judge) -> dict[str, Weeks]:
    """Return the tasks that can be moved alone into fewer pieces or earlier weeks, and where to."""
    names = dict.fromkeys(name for name, _, _ in judge.hours)
    better = {name: next((way for way in judge.tidier(name) if judge.allows(name, way)), None) for name in names}
    return {name: way for name, way in better.items() if way is not None}


def movable_in(world: Scenario, plan: Plan) -> dict[str, Weeks]:
    """Return what can be moved in a finished plan."""
    expanded, draft, wrong = read_allocations(world, plan)
    assert not wrong
    return movable(Judge(expanded, draft, plan.baseline))


# plans in pieces


def drawn(seed: int) -> Scenario:
    """Draw a scenario that is small enough to try everything, and tight enough that much is in the way."""
    draw = Random(seed)
    staff = [
        omid(
            id=name,
            weekly_hours=draw.choice((6, 8, 10)),
            cost_rate=draw.choice((20, 30)),
            overtime=draw.choice((0, 0, 2)),
            time_off=[{"from": "2026-01-12", "to": "2026-01-18"}] if draw.random() < 0.3 else [],
            **({"max_clients_per_week": 2} if draw.random() < 0.3 else {}),
            **({"limits": {"tactical": 5}} if draw.random() < 0.2 else {}),
        )
        for name in ("omid", "kim", "ada")
    ]
    clients = [
        {"id": "nova", "budget": {"amount": 80 * draw.randint(20, 40), "per": draw.choice(("month", "horizon"))}},
        {
            "id": "zeta",
            **({"budget": {"amount": 80 * draw.randint(4, 9), "per": "week"}} if draw.random() < 0.5 else {}),
        },
        {"id": "iris"},
    ]
    tasks = [_task(draw, number) for number in range(draw.randint(8, 12))]
    bookings = [{"task": "t0", "staff": "omid", "week": draw.randint(1, 5), "hours": 1}] if draw.random() < 0.5 else []
    goals = draw.choice((None, ["net_value", "lateness"], ["value", "overtime", "contacts"], ["value", "balance"]))
    return scenario(
        staff=staff,
        clients=clients,
        tasks=tasks,
        bookings=bookings,
        weeks=5,
        step=1,
        switching=draw.choice((0, 0, 1)),
        budget_basis=draw.choice(("bill", "cost")),
        **({"goals": goals} if goals else {}),
    )


def _task(draw: Random, number: int) -> dict[str, Any]:
    """Draw a task."""
    first = draw.randint(1, 3)
    hours = draw.randint(2, 9)
    shared = draw.random() < 0.15
    return task(
        f"t{number}",
        client=draw.choice(("nova", "zeta", "iris")),
        hours=min(hours, 6) if shared else hours,
        value=100 * hours,
        earliest=first,
        **({"deadline": draw.randint(first + 1, 5)} if draw.random() < 0.3 else {}),
        **({"due": draw.randint(first, 5)} if draw.random() < 0.5 else {}),
        **({"weekly_max": draw.randint(2, 4)} if draw.random() < 0.3 else {}),
        **({"max_owners": 2} if shared else {}),
        **({"after": [f"t{draw.randrange(number)}"]} if number and draw.random() < 0.3 else {}),
        **({"estimates": {"kim": {"hours": hours, "price": 90}}} if not shared and draw.random() < 0.2 else {}),
    )


def in_pieces(world: Scenario, seed: int) -> tuple[SearchContext, Solution]:
    """Return the search for a plan, and a valid plan with most tasks delivered, its hours scattered at random."""
    search = searched(world)
    context = search.context
    draw, model = Random(seed), build_model(context.problem)
    scattered: Terms = [(var, -10_000) for var in model.delivered.values()]
    scattered += [(var, factor * draw.randint(0, 9)) for var, factor in model.hours.values()]
    found = run(model, scattered, None, context.limits, context.clock, 0.2, stop=context.stop)
    assert found.steps is not None
    return context, with_hires(context.problem, found.steps)


@pytest.mark.parametrize("seed", range(40))
def test_no_task_can_be_moved_alone(seed: int) -> None:
    world = drawn(seed)
    context, before = in_pieces(world, seed)
    after = Tidying(context, before, context.clock.within(100)).run()
    draft = drafted(context.problem, after)
    assert audit_draft(world.expanded, draft) == []
    assert movable(Judge(world.expanded, draft)) == {}
    for term in context.terms:
        assert context.objectives.of(term, after) <= context.objectives.of(term, before)


def test_there_is_much_to_tidy() -> None:
    """What is tried above begins with plans in which many tasks can be moved."""
    found = 0
    for seed in range(10):
        world = drawn(seed)
        context, before = in_pieces(world, seed)
        found += len(movable(Judge(world.expanded, drafted(context.problem, before))))
    assert found > 20


@pytest.mark.parametrize("seed", range(4))
def test_no_task_of_a_finished_plan_can_be_moved_alone_nor_of_a_replan(seed: int) -> None:
    """Omid is away in week 3; weeks before week 2 are history, and first and last weeks count as changes."""
    world = drawn(seed)
    plan = solve(world, deterministic=True, time_limit=2)
    assert movable_in(world, plan) == {}
    away = world.patch({"staff": [{"id": "omid", "time_off": [{"from": "2026-01-19", "to": "2026-01-25"}]}]})
    again = solve(away, baseline=plan, from_week=2, deterministic=True, time_limit=2)
    assert "changes" in [goal.goal for goal in again.goals]
    assert audit(away, again) == []
    assert movable_in(away, again) == {}


def tidied(world: Scenario, cells: Cells) -> dict[tuple[str, str, int], float]:
    """Return the hours of a plan once it is tidy."""
    search = searched(world)
    problem, clock = search.context.problem, search.context.clock
    jobs, people = [[one.id for one in table] for table in (problem.jobs, problem.people)]
    steps = {
        (jobs.index(job), people.index(person), week - 1): int(Fraction(hours) / problem.step)
        for (job, person, week), hours in cells.items()
    }
    after = Tidying(search.context, with_hires(problem, steps), clock.within(100)).run()
    return {cell: float(hours) for cell, hours in drafted(problem, after).hours.items()}


def test_what_lies_in_pieces_is_laid_in_one() -> None:
    """A brochure of 24 hours; Omid has 40 a week."""
    world = scenario(tasks=[task("brochure", hours=24)], staff=[omid()], weeks=10)
    scattered = {("brochure", "omid", week): 8.0 for week in (4, 8, 10)}
    assert tidied(world, scattered) == {("brochure", "omid", 1): 24}


def beside(work: Cells, taken: Mapping[int, float]) -> dict[int, float]:
    """Tidy a plan of 20 hours of `a` beside other work of Omid's, which fills hours of some weeks; return its weeks."""
    others = [task(f"b{week}", hours=hours, earliest=week, deadline=week) for week, hours in taken.items()]
    world = scenario(tasks=[task("a", hours=20), *others], staff=[omid()])
    after = tidied(world, {**work, **{(f"b{week}", "omid", week): hours for week, hours in taken.items()}})
    return {week: hours for (name, _, week), hours in after.items() if name == "a"}


def test_one_week_is_better_than_two_that_are_earlier() -> None:
    assert beside({("a", "omid", 1): 10, ("a", "omid", 4): 10}, {1: 30, 2: 30}) == {3: 20}


def test_more_weeks_without_a_gap_are_better_than_fewer_weeks() -> None:
    """Ten hours are left in weeks 1 and 4, and five in weeks 2 and 3."""
    work = {("a", "omid", 1): 10.0, ("a", "omid", 4): 10.0}
    assert beside(work, {1: 30, 2: 35, 3: 35, 4: 30}) == {1: 10, 2: 5, 3: 5}


def test_hours_lie_beside_those_that_are_promised() -> None:
    """Omid has promised 2 of 10 hours for week 3: the others there are no further allocation."""
    bookings = [{"task": "a", "staff": "omid", "week": 3, "hours": 2}]
    world = scenario(tasks=[task("a")], staff=[omid()], bookings=bookings)
    assert tidied(world, {("a", "omid", 1): 8.0}) == {("a", "omid", 3): 8}


def test_two_exchange_weeks_where_neither_can_be_moved_alone() -> None:
    """Weeks are full: `a` has weeks 1 and 3, `b` week 2, and `c` week 4, which is as early."""
    tasks = [task("a", hours=80), task("b", hours=40), task("c", hours=40, earliest=4)]
    scattered = {("a", "omid", 1): 40.0, ("a", "omid", 3): 40.0, ("b", "omid", 2): 40.0, ("c", "omid", 4): 40.0}
    after = tidied(scenario(tasks=tasks, staff=[omid()]), scattered)
    weeks = sorted(week for name, _, week in after if name == "a")
    assert weeks in ([1, 2], [2, 3])


def test_those_who_share_a_task_meet() -> None:
    """Nobody has room for 60 hours in a week; together they have, and cost the same in any week."""
    world = scenario(tasks=[task("a", hours=60, max_owners=2)], staff=[omid(), omid(id="kim")])
    scattered = {("a", "omid", 2): 20.0, ("a", "omid", 3): 10.0, ("a", "kim", 4): 30.0}
    assert {week for _, _, week in tidied(world, scattered)} == {1}


def test_no_goal_is_given_up_for_tidy_hours() -> None:
    """Eight hours of overtime would make one piece of two; nobody asks for them."""
    tasks = [task("a", hours=48, due=2)]
    world = scenario(tasks=tasks, staff=[omid(overtime=8)])
    assert tidied(world, {("a", "omid", 1): 40.0, ("a", "omid", 2): 8.0}) == {
        ("a", "omid", 1): 40,
        ("a", "omid", 2): 8,
    }


def test_what_a_script_asks_for_stays_when_hours_are_tidied() -> None:
    """Only the single model knows that nothing may be done in week 1."""

    def not_at_once(door: Door) -> None:
        door.cp.add(door.steps("a", "omid", 1) == 0)

    plan = solve(scenario(tasks=[task("a")], staff=[omid()]), deterministic=True, time_limit=5, extend=not_at_once)
    assert hours_of(plan) == {("a", "omid", 2): 10}
