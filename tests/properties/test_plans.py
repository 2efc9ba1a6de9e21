"""What holds of every plan of every scenario."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from second_engine.random_scenarios import random_scenario

from properties.scenarios import (
    QUICK,
    SEEDS,
    examples,
    first_month,
    first_plan_of,
    no_worse,
    optima,
    plan_of,
    renamed,
    scenario_of,
    turned_round,
)
from staffing.auditing import audit
from staffing.plan.numbers import exact
from staffing.plan.plan import Plan
from staffing.scenario.history import worked_facts
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

EXTRA = {"id": "extra", "role": "account_manager", "bill_rate": 1, "weekly_hours": 8, "skills": {"seo": 3, "copy": 3}}


@given(SEEDS)
@examples(50)
def test_every_plan_is_valid(seed: int) -> None:
    assert audit(scenario_of(seed), plan_of(seed)) == []


@given(SEEDS)
@examples(50)
def test_tiny_scenarios_are_solved_to_the_optimum(seed: int) -> None:
    plan = plan_of(seed)
    assert plan.status == "optimal"
    for goal in plan.goals:
        assert goal.proven
        assert goal.best == goal.bound
        assert no_worse(goal.goal, goal.value, goal.limit)


@given(SEEDS)
@examples(15)
def test_a_plan_cut_short_claims_no_more_than_it_has(seed: int) -> None:
    """However little time there is: the bound is at least as good as the best, and what is proven is the optimum."""
    scenario, full = scenario_of(seed), plan_of(seed)
    short = solve(scenario, deterministic=True, time_limit=0.001)
    assert audit(scenario, short) == []
    for first, (cut, true) in enumerate(zip(short.goals, full.goals, strict=True)):
        assert cut.bound is None or no_worse(cut.goal, cut.bound, cut.best)
        if all(goal.proven for goal in short.goals[:first]):
            assert cut.bound is None or no_worse(cut.goal, cut.bound, true.best)
            assert no_worse(cut.goal, true.best, cut.best)


@given(SEEDS)
@settings(examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plan_saved_and_loaded_is_the_same(tmp_path: Path, seed: int) -> None:
    path = tmp_path / f"{seed}.json"
    plan = plan_of(seed)
    plan.save(path)
    again = Plan.load(path)
    assert again == plan
    assert again.to_json() == plan.to_json()


def first_optimum(data: dict[str, Any], goal: str) -> float:
    """The optimum of `must`, or of `value` where nothing must be."""
    tasks = [{**entry, "must": entry.get("must", False) and goal == "must"} for entry in data["tasks"]]
    plan = solve(Scenario.model_validate({**data, "tasks": tasks, "goals": ["must", "value"]}), **QUICK)
    assert plan.status == "optimal"
    return float(next(entry.best for entry in plan.goals if entry.goal == goal))


@given(SEEDS)
@examples(15)
def test_more_people_never_hurt(seed: int) -> None:
    data = random_scenario(seed)
    more = {**data, "staff": [*data["staff"], EXTRA]}
    for goal in ("must", "value"):
        assert no_worse(goal, first_optimum(more, goal), first_optimum(data, goal))


@given(SEEDS)
@examples(15)
def test_longer_weeks_never_hurt(seed: int) -> None:
    data = random_scenario(seed)
    more = {**data, "staff": [{**entry, "overtime": 10} for entry in data["staff"]]}
    for goal in ("must", "value"):
        assert no_worse(goal, first_optimum(more, goal), first_optimum(data, goal))


@given(SEEDS)
@examples(15)
def test_names_mean_nothing(seed: int) -> None:
    again = solve(Scenario.model_validate(renamed(random_scenario(seed))), **QUICK)
    assert optima(again) == optima(plan_of(seed))


@given(SEEDS)
@examples(15)
def test_the_order_of_the_file_means_nothing(seed: int) -> None:
    again = solve(Scenario.model_validate(turned_round(random_scenario(seed))), **QUICK)
    assert optima(again) == optima(plan_of(seed))


@given(SEEDS)
@examples(15)
def test_replanning_keeps_history_and_is_valid(seed: int) -> None:
    scenario, before = Scenario.model_validate(first_month(random_scenario(seed))), first_plan_of(seed)
    assume(scenario.weeks > 1)
    plan = solve(scenario, baseline=before, from_week=2, **QUICK)
    assert audit(scenario, plan) == []
    assert plan.status == "optimal"
    over = [entry for entry in plan.assigned if entry.fixed and not plan.is_promised(entry)]
    kept = {(entry.task, entry.staff, entry.week, entry.hours) for entry in over}
    assert kept == {(entry.task, entry.staff, entry.week, entry.hours) for entry in before.assigned if entry.week < 2}
    assert all(entry.week >= 2 for entry in plan.assigned if not entry.fixed)


@given(SEEDS, st.sampled_from([2, 3, 6]), st.sampled_from(["bill", "cost"]))
@examples(15)
def test_a_plan_may_be_replanned_for_a_scenario_that_has_changed(seed: int, weekly_hours: int, basis: str) -> None:
    """Other contracts, another basis of budgets, nobody shares any more: history stays, and the plan is valid."""
    data, before = first_month(random_scenario(seed)), first_plan_of(seed)
    staff = [{**entry, "weekly_hours": weekly_hours} for entry in data["staff"]]
    tasks = [{key: entry[key] for key in entry if key not in ("max_owners", "owner")} for entry in data["tasks"]]
    changed = {"staff": staff, "tasks": tasks, "budget_basis": basis, "weeks": data["weeks"] + 1}
    scenario = Scenario.model_validate({**data, **changed})
    for from_week in (2, data["weeks"] + 1):
        plan = solve(scenario, baseline=before, from_week=from_week, **QUICK)
        assert audit(scenario, plan) == []
        assert plan.status == "optimal"


@given(SEEDS)
@examples(25)
def test_what_was_worked_is_all_the_history_there_is(seed: int) -> None:
    """Whatever a baseline had planned of the days that are over."""
    scenario = scenario_of(seed)
    plan = solve(scenario, baseline=first_plan_of(seed), **QUICK)
    assert audit(scenario, plan) == []
    assert plan.status == "optimal"
    inside = {job.id for job in scenario.expanded.jobs.values()}
    worked = [fact for fact in worked_facts(scenario.expanded) if fact.job in inside]
    hours = [fact.hours for fact in worked if 1 <= scenario.week(fact.day) <= scenario.weeks]
    promised = scenario.expanded.promises.hours.values()
    fixed = sum((exact(entry.hours) for entry in plan.assigned if entry.fixed), Fraction(0))
    assert fixed == sum([*hours, *promised], Fraction(0))
    first = scenario.first_open_week
    assert all(entry.week >= first for entry in plan.assigned if not entry.fixed)
    assert all(entry.week <= first or scenario.as_of is None for entry in plan.assigned if entry.fixed)


@given(SEEDS)
@examples(15)
def test_replanning_from_the_start_changes_nothing_when_that_comes_first(seed: int) -> None:
    before = plan_of(seed)
    data = random_scenario(seed)
    nothing_must = [{**entry, "must": False} for entry in data["tasks"]]
    scenario = Scenario.model_validate({**data, "tasks": nothing_must, "goals": ["changes", "value"]})
    plan = solve(scenario, baseline=before, **QUICK)
    assert audit(scenario, plan) == []
    assert [(goal.goal, goal.best) for goal in plan.goals][:2] == [("must", 0), ("changes", 0)]
