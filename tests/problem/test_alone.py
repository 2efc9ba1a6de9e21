"""What a job could have if it were alone in the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task
from second_engine.random_scenarios import random_scenario

from staffing.problem.alone import burn, fewest_weeks, least_burn, most_in_week, soonest_end, surely_not
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.scenario import Scenario
from staffing.solving.state.greedy import constructed


def alone(*staff: dict[str, Any], clients: list[dict[str, Any]] | None = None, **change: Any) -> Problem:
    more = {} if clients is None else {"clients": clients}
    return build(scenario(tasks=[task("a", **change)], weeks=4, staff=list(staff or [omid()]), **more).expanded)


def rooms(problem: Problem) -> list[float]:
    job = problem.jobs[0]
    return [float(most_in_week(problem, job, job.pairs[0], week) * problem.step) for week in job.weeks]


def ends(problem: Problem) -> int | None:
    return soonest_end(problem, problem.jobs[0], problem.jobs[0].pairs)


def test_room_is_what_capacity_overtime_limits_and_pace_leave_and_no_more_than_is_needed() -> None:
    assert rooms(alone(hours=100)) == [40, 40, 40, 40]
    assert rooms(alone(omid(overtime=5), hours=100)) == [45, 45, 45, 45]
    assert rooms(alone(omid(limits={"tactical": 12}), hours=30)) == [12, 12, 12, 12]
    assert rooms(alone(hours=30, weekly_max=8)) == [8, 8, 8, 8]
    assert rooms(alone(hours=10)) == [10, 10, 10, 10]


def test_the_soonest_end_fills_week_after_week() -> None:
    assert [ends(alone(hours=hours)) for hours in (40, 41, 160)] == [0, 1, 3]
    assert ends(alone(hours=100, weekly_max=20)) is None
    assert ends(alone(omid(), sara(tactical=1), hours=80, max_owners=2)) == 0


def test_the_fewest_weeks_are_those_at_full_room() -> None:
    spans = [alone(hours=hours, weekly_max=10) for hours in (10, 11, 40)]
    assert [fewest_weeks(problem, problem.jobs[0], problem.jobs[0].pairs) for problem in spans] == [1, 2, 4]


def test_the_least_that_burns_is_what_the_cheapest_owner_burns() -> None:
    problem = alone(omid(bill_rate=30), sara(bill_rate=50, tactical=1), hours=10)
    assert [burn(problem, pair) * problem.money_unit for pair in problem.jobs[0].pairs] == [300, 500]
    assert least_burn(problem, problem.jobs[0]) * problem.money_unit == 300


def test_months_pay_for_the_hours_in_them() -> None:
    """300 a month pays 10 hours at 30, and all four weeks lie in January."""
    for hours, not_paid in ((10, False), (15, True)):
        clients = [{"id": "nova", "budget": {"amount": 300, "per": "month"}}]
        assert surely_not(alone(omid(bill_rate=30), clients=clients, hours=hours), 0) == not_paid


@pytest.mark.parametrize("seed", range(40))
def test_who_surely_cannot_is_placed_by_no_insertion_and_every_other_sole_owner_is(seed: int) -> None:
    problem = build(Scenario.model_validate(random_scenario(seed)).expanded)
    for number, job in enumerate(problem.jobs):
        if job.max_owners > 1 or problem.kept.clients or (problem.price_burns and any(p.price for p in job.pairs)):
            continue
        free = tuple(replace(person, max_clients=None, max_clients_per_week=None) for person in problem.people)
        one = replace(problem, people=free, jobs=tuple(replace(other, after=()) for other in problem.jobs))
        assert surely_not(problem, number) == (not constructed(one, [number], hiring=True).steps), job.id
