"""Re-planning: what is over is history, what is left is planned, as little changed as may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from solving import worlds as world_of_solving
from solving.worlds import QUICK, delivered, hours_of, planned, proven_at, states
from staffing.auditing import audit
from staffing.errors import PlanError, StaffingError, StaffingWarning
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

BEFORE = scenario(tasks=[task("a", hours=60), task("b", hours=40, earliest=3)], staff=[omid()])
"""Omid: a in weeks 1 (40 hours) and 2 (20), b in week 3."""


def again(world: Scenario, before: Plan, from_week: int | None) -> Plan:
    """Re-plan to the optimum; the plan must pass its audit."""
    plan = planned(world, baseline=before, from_week=from_week)
    assert audit(world, plan) == []
    return plan


def fixed(plan: Plan) -> dict[tuple[str, str, int], float]:
    return {(entry.task, entry.staff, entry.week): float(entry.hours) for entry in plan.assigned if entry.fixed}


def test_history_stays_as_it_is() -> None:
    plan = again(BEFORE, planned(BEFORE), 2)
    assert fixed(plan) == {("a", "omid", 1): 40}
    assert hours_of(plan) == {("a", "omid", 1): 40, ("a", "omid", 2): 20, ("b", "omid", 3): 40}
    assert proven_at(plan, "changes", 0)


def test_history_stays_though_it_would_not_be_allowed_now() -> None:
    now = scenario(tasks=[task("a", hours=60, earliest=2), task("b", earliest=3)], staff=[omid(weekly_hours=30)])
    plan = again(now, planned(BEFORE), 2)
    assert fixed(plan) == {("a", "omid", 1): 40}
    assert ("a", "omid", 2) in hours_of(plan)


def test_what_is_left_goes_by_the_productivity_of_who_did_it() -> None:
    """Sara did 40 hours at 0.8, 32 of 60: 28 are left, for Omid 28 hours."""
    before = planned(scenario(tasks=[task("a", hours=60, owner="sara")]))
    assert hours_of(before)["a", "sara", 1] == 40
    plan = again(scenario(tasks=[task("a", hours=60, only=["omid"])]), before, 2)
    assert hours_of(plan) == {("a", "sara", 1): 40, ("a", "omid", 2): 28}
    entry = next(entry for entry in plan.results if entry.task == "a")
    assert (entry.owners, entry.hours) == (("omid",), 68)  # history's people are no owners, its hours count


def test_an_estimate_shrinks_with_what_is_left() -> None:
    """Omid estimated 80 hours and worked 40, so half is left: 40 of his own hours, or 30 of Kim's."""
    asked = {"omid": {"hours": 80}}
    before = planned(scenario(tasks=[task("a", hours=60, estimates=asked)], staff=[omid()]))
    now = scenario(tasks=[task("a", hours=60, estimates=asked)], staff=[omid()])
    assert hours_of(again(now, before, 2)) == {("a", "omid", 1): 40, ("a", "omid", 2): 40}
    kim = scenario(tasks=[task("a", hours=60, estimates=asked, only=["kim"])], staff=[omid(), omid(id="kim")])
    assert hours_of(again(kim, before, 2)) == {("a", "omid", 1): 40, ("a", "kim", 2): 30}


def test_estimates_that_history_shrank_by_odd_shares_are_planned_exactly() -> None:
    """Ten tasks with an hour of theirs worked: effort is left in 11ths, 13ths, 17ths ... of an hour."""
    estimates = (7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    tasks = [task(f"t{hours}", estimates={"omid": {"hours": hours + 0.3333}}, only=["omid"]) for hours in estimates]
    world = scenario(tasks=tasks, staff=[omid(weekly_hours=100)])
    before = planned(world)
    (first,) = [entry for entry in before.assigned if entry.week == 1][:1]
    worked = [replace(first, task=f"t{hours}", hours=1) for hours in estimates]
    with pytest.warns(StaffingWarning):
        plan = again(world, replace(before, assigned=tuple(worked)), 2)
    left: dict[str, float] = {}
    for entry in plan.assigned:
        if not entry.fixed:
            left[entry.task] = left.get(entry.task, 0) + float(entry.hours)
    assert left == {f"t{hours}": hours - 0.5 for hours in estimates}


def test_what_history_covers_is_done() -> None:
    now = scenario(tasks=[task("a", hours=40), task("b", hours=40, after=["a"])], staff=[omid()])
    plan = again(now, planned(BEFORE), 2)
    assert states(plan) == {"a": "done", "b": "delivered"}
    entry = next(entry for entry in plan.results if entry.task == "a")
    assert (entry.owners, entry.first_week, entry.hours) == ((), None, 40)


def test_the_lag_after_what_history_finished_still_holds() -> None:
    """a was finished in week 2, and b comes two weeks after it; c comes after something done otherwise."""
    tasks = [
        task("a", hours=60),
        task("z", done=10),
        task("b", hours=40, after=[{"task": "a", "lag": 2}]),
        task("c", after=[{"task": "z", "lag": 3}]),
    ]
    world = scenario(tasks=tasks, staff=[omid()], weeks=5)
    plan = again(world, planned(world), 3)
    assert states(plan)["a"] == "done"
    weeks = {task: week for task, _, week in hours_of(plan) if week > 2}
    assert weeks["b"] == 4
    assert min(week for task, _, week in hours_of(plan) if task == "c") < 4


def test_a_lag_that_leaves_no_week_leaves_no_window() -> None:
    tasks = [task("a", hours=60), task("b", hours=40, after=[{"task": "a", "lag": 2}])]
    world = scenario(tasks=tasks, staff=[omid()], weeks=3)
    plan = again(world, planned(world), 3)
    assert [entry.reason for entry in plan.results] == [None, "no_window"]


def test_history_has_burned_its_budget() -> None:
    """60 hours at 80 are 4800. Week 1 burned 3200; of 4799 there are 1599 left, and 20 hours burn 1600."""

    def nova(budget: int) -> Scenario:
        return scenario(tasks=[task("a", hours=60)], staff=[omid()], clients=[{"id": "nova", "budget": budget}])

    before = planned(nova(4800))
    assert states(again(nova(4800), before, 2)) == {"a": "delivered"}
    plan = again(nova(4799), before, 2)
    assert states(plan) == {"a": "waiting"}
    assert [entry.reason for entry in plan.results] == ["budget"]
    assert fixed(plan) == {("a", "omid", 1): 40}
    assert plan.metrics["budgets"][0]["burn"] == 3200


def test_history_may_have_burned_more_than_there_is() -> None:
    now = scenario(tasks=[task("a", hours=60)], staff=[omid()], clients=[{"id": "nova", "budget": 10}])
    assert states(again(now, planned(BEFORE), 2)) == {"a": "waiting"}


def test_a_fixed_price_is_paid_once() -> None:
    """500 for 60 hours: the second 20 hours cost nothing more."""
    asked = {"omid": {"hours": 60, "price": 500}}
    world = scenario(tasks=[task("a", hours=60, estimates=asked)], staff=[omid()])
    plan = again(world, planned(world), 2)
    assert proven_at(plan, "cost", 500)


def test_changes_stand_before_cost() -> None:
    """Omid became dear and Kim would be cheap, but what is as before comes first: b stays his."""
    now = scenario(
        tasks=[task("a", hours=60), task("b", hours=40, earliest=3)],
        staff=[omid(cost_rate=99), omid(id="kim", cost_rate=1)],
    )
    plan = again(now, planned(BEFORE), 2)
    assert [goal.goal for goal in plan.goals] == ["must", "value", "lateness", "changes", "cost", "contacts"]
    assert proven_at(plan, "changes", 0)
    assert hours_of(plan)["b", "omid", 3] == 40


def test_without_a_week_all_is_open() -> None:
    plan = again(BEFORE, planned(BEFORE), None)
    assert fixed(plan) == {}
    assert proven_at(plan, "changes", 0)


def test_in_the_last_week_almost_all_is_history() -> None:
    plan = again(BEFORE, planned(BEFORE), 4)
    assert states(plan) == {"a": "done", "b": "done"}
    assert len(fixed(plan)) == 3


def test_windows_that_are_over() -> None:
    now = scenario(tasks=[task("a", hours=60), task("c", deadline=1), task("r", repeat={"every": 2})], staff=[omid()])
    plan = again(now, planned(BEFORE), 2)
    told = {entry.task: entry.reason for entry in plan.results}
    assert told == {"a": None, "c": "no_window", "r@1": "no_window", "r@3": None}


def test_hired_once_is_hired() -> None:
    """The second copy worked, so both are hired; the hire is paid, and none is needed for what is left."""
    staff = [omid(placeholder={"count": 2}, hire_cost=7)]
    before = planned(scenario(tasks=[task("a", hours=60), task("b", hours=60)], weeks=2, staff=staff))
    assert before.hired == ("omid", "omid-2")
    now = scenario(tasks=[task("a", hours=60), task("b", hours=60, cancelled=True)], weeks=2, staff=staff)
    plan = again(now, before, 2)
    assert plan.hired == ("omid", "omid-2")
    assert proven_at(plan, "cost", 40 * 30 + 60 * 30 + 14)


def test_people_and_tasks_that_are_no_more_leave_no_history() -> None:
    before = planned(scenario(tasks=[task("a", owner="sara", hours=20), task("gone")], staff=[sara(), omid()]))
    with pytest.warns(StaffingWarning) as told:
        plan = again(scenario(tasks=[task("a", hours=20)], staff=[omid()]), before, 2)
    assert fixed(plan) == {}
    assert hours_of(plan) == {("a", "omid", 2): 20}
    assert [str(entry.message) for entry in told] == [
        "allocations: 10 hours of the baseline are left out, for they belong to no task of the scenario: gone; "
        "a task that was begun keeps its id.",
        "allocations: 25 hours of the baseline are left out, for they are of nobody in the scenario's staff: sara; "
        "whoever has left stays, with an end.",
    ]
    assert {entry.filename for entry in told} == {world_of_solving.__file__}


def test_a_horizon_that_begins_later_knows_history_by_its_dates() -> None:
    """From Monday of week 2: week 1 of before is over and outside; its 20 hours of week 2 are history of week 1."""
    later = scenario(tasks=[task("a", hours=60)], staff=[omid()], start="2026-01-12")
    with pytest.warns(StaffingWarning, match="40 hours of the baseline are left out, for they lie before"):
        plan = again(later, planned(BEFORE), 2)
    assert fixed(plan) == {("a", "omid", 1): 20}
    assert hours_of(plan)["a", "omid", 2] == 40


def test_history_weeks_bind_neither_capacity_nor_clients() -> None:
    before = planned(scenario(tasks=[task("a"), task("z", client="zeta", hours=30)], staff=[omid()], switching=0))
    now = scenario(
        tasks=[task("a", hours=20), task("z", client="zeta", hours=40)],
        staff=[omid(max_clients=1, weekly_hours=20)],
        switching=1,
    )
    plan = again(now, before, 2)
    assert len(delivered(plan)) == 1
    assert sum(fixed(plan).values()) == 40


@pytest.mark.parametrize("week", [0, 5, -1])
def test_a_week_outside_the_horizon_is_refused(week: int) -> None:
    with pytest.raises(StaffingError, match="no week of the scenario"):
        solve(BEFORE, baseline=planned(BEFORE), from_week=week, **QUICK)


def test_a_week_without_a_baseline_is_refused() -> None:
    with pytest.raises(StaffingError, match="baseline"):
        solve(BEFORE, from_week=2, **QUICK)


@pytest.mark.parametrize("from_week", [1, 2, 3, 4])
def test_replanning_a_replan(from_week: int) -> None:
    first = planned(BEFORE)
    second = again(BEFORE, first, from_week)
    third = again(BEFORE, second, from_week)
    document: dict[str, Any] = third.as_document()
    assert document["allocations"] == second.as_document()["allocations"]
    assert proven_at(third, "changes", 0)


def test_history_need_not_lie_on_a_coarser_grid() -> None:
    """10.25 hours were planned in quarters; from now on whole hours: 20 − 10.25 = 9.75 take 10."""
    before = planned(scenario(tasks=[task("a", hours=10.25)], staff=[omid()]))
    plan = again(scenario(tasks=[task("a", hours=20)], staff=[omid()], step=1), before, 2)
    assert hours_of(plan) == {("a", "omid", 1): 10.25, ("a", "omid", 2): 10}


@pytest.mark.parametrize(
    ("hours", "worked", "left"), [(12.3, 3.3, 9), (12.3, 0.1, 12.25), (1, 0.3333, 0.75), (1, 0.1 + 0.2, 0.75)]
)
def test_hours_worked_are_decimals(hours: float, worked: float, left: float) -> None:
    """3.3 of 12.3 leave 9, not the 9.25 that binary fractions leave; 12.2 take 12.25 on a grid of quarters."""
    world = scenario(tasks=[task("a", hours=hours)], staff=[omid()])
    before = planned(world)
    before = replace(before, assigned=(replace(before.assigned[0], hours=worked),))
    with pytest.warns(StaffingWarning, match="a is said to be"):
        plan = again(world, before, 2)
    assert hours_of(plan) == {("a", "omid", 1): round(worked, 4), ("a", "omid", 2): left}
    assert plan.metrics["planned_hours"] == float(Fraction(str(round(worked, 4))) + Fraction(left))


def test_a_piece_moved_by_hand_stays_where_it_was_moved() -> None:
    """b was Omid's in week 3 and is Kim's in week 4 by its hours alone."""
    world = BEFORE.replace(staff=[omid(), omid(id="kim")])
    before = planned(world)
    number = next(number for number, entry in enumerate(before.assigned) if entry.task == "b")
    entries = list(before.assigned)
    entries[number] = replace(entries[number], staff="kim", week=4, week_start=dt.date(2026, 1, 26))
    with pytest.warns(StaffingWarning, match=r"its hours say \"delivered, kim, week 4, 40 hours\""):
        plan = again(world, replace(before, assigned=tuple(entries)), 2)
    assert hours_of(plan)["b", "kim", 4] == 40
    assert proven_at(plan, "changes", 0)


def test_a_baseline_of_another_scenario_is_refused() -> None:
    with pytest.raises(PlanError, match="no baseline for the scenario"):
        solve(scenario(tasks=[task("x")]), baseline=planned(BEFORE), **QUICK)
