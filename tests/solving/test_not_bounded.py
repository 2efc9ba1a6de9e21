"""A goal that is not proven has no bound where a search knows no more than anybody can tell."""

from __future__ import annotations

import threading
from typing import Any

from plan.worlds import omid, sara, scenario, task

from solving.worlds import QUICK, planned, result, searched
from staffing.auditing import audit
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario
from staffing.solving.context import ProgressReport
from staffing.solving.limits import Clock, Limits, Progress
from staffing.solving.solve import solve


def at_once(world: Scenario, **options: Any) -> Plan:
    """Return the first plan, for which nothing is sought."""
    stop = threading.Event()
    stop.set()
    plan = solve(world, stop=stop, **QUICK, **options)
    assert audit(world, plan) == []
    return plan


def bounds(plan: Plan) -> dict[str, float | None]:
    return {goal.goal: goal.bound for goal in plan.goals}


def crowded(goals: list[Any], **changes: Any) -> Scenario:
    """Twelve tasks of 7 hours in 80 hours: 11 fit in, 77 of 84 of value. All are late from the beginning."""
    tasks = [task(f"t{number}", hours=7, value=7, due="2026-01-01") for number in range(12)]
    return scenario(tasks=tasks, staff=[omid()], weeks=2, goals=goals, **changes)


def test_without_a_search_no_goal_has_a_bound_that_says_nothing() -> None:
    """The empty plan is never late, costs 0 and keeps nobody busy; all delivered is worth 84, which is near 77."""
    goals = ["must", "value", "lateness", "cost", "overtime", "hours", "balance"]
    plan = at_once(crowded(goals))
    assert [goal.goal for goal in plan.goals if goal.proven] == ["must", "overtime"]  # the plan has no such tasks
    told = {"must": 0, "overtime": 0, "value": 84}
    assert bounds(plan) == {goal: told.get(goal) for goal in goals}
    assert all(goal.best > 0 for goal in plan.goals if goal.bound is None)


def test_what_is_given_anyway_is_no_bound() -> None:
    """A salary of 80 hours × 40 is paid in every plan; the price of the task, 1,300, is what the plan adds."""
    staff = [sara(pay="salary", cost_rate=40), omid()]
    world = scenario(
        tasks=[task("a", estimates={"omid": {"hours": 5, "price": 1300}}, only=["omid"])],
        staff=staff,
        weeks=2,
        goals=["value", "cost"],
    )
    assert result(at_once(world), "cost").best == 4500
    assert bounds(at_once(world))["cost"] is None
    assert bounds(planned(world))["cost"] == 4500  # proven, as the task must be delivered


def test_must_work_that_nobody_can_do_bounds_the_must_work_that_waits() -> None:
    """Of 45 hours in a week of 40, and 9 that nobody may do, 14 wait at least; 9 are known without a search."""
    musts = [task("big", hours=36, must=True, deadline=1), task("small", hours=9, must=True, deadline=1)]
    nobody = task("nobody", hours=9, must=True, only=[])
    plan = at_once(scenario(tasks=[*musts, nobody], staff=[omid()], goals=["must"]))
    assert (result(plan, "must").best, bounds(plan)["must"]) == (18, 9)
    without = at_once(scenario(tasks=musts, staff=[omid()], goals=["must"]))
    assert (result(without, "must").best, bounds(without)["must"]) == (9, None)


def replanned(first: Scenario, then: Scenario) -> Plan:
    return at_once(then, baseline=solve(first, **QUICK))


def test_changes_that_cannot_be_avoided_are_a_bound_and_none_is_no_bound() -> None:
    """Omid did both tasks. Where he is gone both must change; where he is there nothing is known without a search."""
    goals = ["cost", "value", "changes"]
    tasks = [task("a", value=10), task("b", value=10)]
    first = scenario(tasks=tasks, staff=[omid()], goals=["value"])
    gone = scenario(tasks=tasks, staff=[sara()], goals=["value", "changes"])
    assert result(replanned(first, gone), "changes").bound == 2
    cheap = scenario(tasks=tasks, staff=[sara(), omid(cost_rate=10)], goals=goals)  # to do nothing is cheapest
    changes = result(replanned(first, cheap), "changes")
    assert (changes.best, changes.bound, changes.proven) == (2, None, False)


def test_progress_tells_no_bound_and_no_gap_where_none_is_known() -> None:
    world = crowded(["value"])
    told: list[Progress] = []
    (_, term) = searched(world).context.terms
    report = ProgressReport(Clock(Limits()), told.append)
    assert term.measure(-term.trivial) == 84
    unit = int(1 / term.unit)  # of a value of 1
    for best, bound in ((None, -84), (-60, -84), (-70, -77), (-70, -70), (-84, -84)):
        report.send(term, 1, None if best is None else best * unit, bound * unit)
    assert [(news.value, news.bound) for news in told] == [(None, None), (60, None), (70, 77), (70, 70), (84, 84)]
    assert [news.gap for news in told] == [None, None, 0.1, 0, 0]


def test_a_bound_of_what_is_made_small_says_nothing_beyond_half_of_the_best() -> None:
    """Of value, however far, a bound is what could be gained."""
    _, value, lateness = searched(crowded(["value", "lateness"])).context.terms
    told = {(4, 2): True, (5, 2): False, (89, 1): False, (0, 0): True}
    assert {pair: lateness.bounded(*pair) for pair in told} == told
    assert value.bounded(-1, value.trivial + 1)
    assert not value.bounded(-1, value.trivial)
