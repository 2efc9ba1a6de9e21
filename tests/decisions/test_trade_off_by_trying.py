"""On small random re-plans the trade-off is what trying every plan finds."""

from __future__ import annotations

import pytest
from second_engine.brute_force import every_plan
from second_engine.world import World

import staffing
from decisions.replans import random_replan
from staffing.auditing import audit
from staffing.decisions.calm import lead
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of, reported
from staffing.plan.plan import Plan
from staffing.scenario.records import MAXIMISED, Goal
from staffing.scenario.scenario import Scenario

MOST = 250
"""Plans to try, at most."""
FEW, MANY = 45, 1_500
"""Seeds to draw, of which some are small enough to try every plan."""


def by_trying(scenario: Scenario, was: Plan) -> list[tuple[int, dict[Goal, float]]] | None:
    """Return the best plan's changes and goals for at most 0, 1, 2, ... changes, where more gain something."""
    plans = every_plan(World(scenario), MOST)
    if plans is None:
        return None
    goals = [entry.goal for entry in goals_of(scenario, True)]
    first = lead(goals)
    order = (*first, *(goal for goal in goals if goal not in (*first, "changes")))
    rows = []
    for reading in plans:
        facts = Facts(scenario.expanded, Draft(reading.plan.hours, reading.plan.hired), was.as_baseline())
        measured = {goal: MEASURES[goal](facts) for goal in goals}
        rows.append((int(measured["changes"]) if "changes" in measured else 0, measured))
    points: list[tuple[int, dict[Goal, float]]] = []
    best = None
    for most in sorted({changes for changes, _ in rows}):
        among = [measured for changes, measured in rows if changes <= most]
        top = min(among, key=lambda one: [-one[goal] if goal in MAXIMISED else one[goal] for goal in order])
        key = [top[goal] for goal in first]
        if key != best:
            points.append((most, {goal: float(reported(goal, top[goal])) for goal in order}))
            best = key
    return points


def check(seed: int) -> bool:
    """Hold the answer for a seed against all plans there are; return whether these were few enough."""
    drawn = random_replan(seed, poor=True)
    expected = None if drawn is None else by_trying(*drawn)
    if drawn is None or expected is None:
        return False
    now, was = drawn
    answer = staffing.trade_off(now, was, time_limit=60, deterministic=True)
    found = [
        (point.changes, {goal: float(value) for goal, value in point.goals.items() if goal != "changes"})
        for point in answer.points
    ]
    assert found == expected, seed
    assert all(point.proven for point in answer.points), seed
    assert answer.complete, seed
    assert all(audit(now, point.plan) == [] for point in answer.points), seed
    return True


def test_every_point_is_the_best_of_all_plans() -> None:
    assert sum(map(check, range(3000, 3000 + FEW))) >= 10


def test_every_point_is_the_best_of_all_plans_of_many(long: bool) -> None:
    assert not long or sum(map(check, range(4000, 4000 + MANY))) >= 100


@pytest.mark.parametrize("seed", [3001, 3002, 3004, 3005])
def test_however_little_time_there_is_points_are_plans(seed: int) -> None:
    drawn = random_replan(seed, poor=True)
    assert drawn is not None
    scenario, was = drawn
    answer = staffing.trade_off(scenario, was, time_limit=0.001, deterministic=True)
    assert all(audit(scenario, point.plan) == [] for point in answer.points)
    assert [point.changes for point in answer.points] == sorted({point.changes for point in answer.points})
