"""On small random re-plans the trade-off is what trying every plan finds."""

from __future__ import annotations

from random import Random

import pytest
from plan.worlds import plan
from second_engine.brute_force import every_plan
from second_engine.random_scenarios import random_scenario
from second_engine.world import World

import staffing
from staffing.auditing import audit
from staffing.decisions.calm import lead
from staffing.errors import StaffingError
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of, reported
from staffing.plan.plan import Plan
from staffing.problem.build import build
from staffing.scenario.records import MAXIMISED, Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.solution import drafted
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.plan import PlanState

MOST = 250
"""Plans to try, at most."""
FEW, MANY = 45, 1_500
"""Seeds to draw, of which some are small enough to try every plan."""


def earlier(scenario: Scenario, seed: int) -> Plan:
    """Return a plan that is not the best."""
    problem = build(scenario.expanded)
    state = PlanState.of(problem, first_plans(problem)[0])
    chance = Random(seed)
    for job in sorted(state.cells):
        if chance.random() < 0.4 and not problem.followers.get(job):
            state.remove(job)
    return plan(Facts(scenario.expanded, drafted(problem, state.solution())))


def changed(scenario: Scenario, seed: int) -> Scenario:
    """Return what became of a scenario: nothing, or somebody works less, or a task takes longer."""
    what = seed % 3
    if what == 1:
        return scenario.patch({"staff": [{"id": scenario.staff[0].id, "weekly_hours": 3}]})
    if what == 2:
        return scenario.patch({"tasks": [{"id": scenario.tasks[0].id, "hours": 1, "value": 150}]})
    return scenario


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
    data = random_scenario(seed)
    if data.get("as_of") or data.get("worked"):
        return False
    scenario = Scenario.model_validate(data)
    was = earlier(scenario, seed)
    try:
        now = changed(scenario, seed)
        expected = by_trying(now, was)
    except StaffingError:
        return False
    if expected is None:
        return False
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


@pytest.mark.parametrize("seed", range(3000, 3004))
def test_however_little_time_there_is_points_are_plans(seed: int) -> None:
    scenario = Scenario.model_validate(random_scenario(seed))
    answer = staffing.trade_off(scenario, earlier(scenario, seed), time_limit=0.001, deterministic=True)
    assert all(audit(scenario, point.plan) == [] for point in answer.points)
    assert [point.changes for point in answer.points] == sorted({point.changes for point in answer.points})
