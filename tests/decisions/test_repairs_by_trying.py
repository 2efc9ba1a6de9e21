"""Repairs agree with all single changes, tried one after the other with an engine that shares no code with ours."""

from __future__ import annotations

from collections import Counter

import pytest
from second_engine.random_scenarios import random_scenario

import staffing
from staffing.auditing.audit import audit
from staffing.decisions.explanation import Explained
from staffing.decisions.given import Given
from staffing.plan.describe import state_of
from staffing.plan.goals import reported
from staffing.plan.numbers import number
from staffing.scenario.scenario import Scenario
from staffing.solving.tuning import varied

from .repairs_by_trying import KINDS, Case

SEEDS = (36, 52, 55, 69, 93, 125)
"""Between them every kind, late tasks, promised hours, repeats, and what can be delivered as things are."""
MANY = 100
"""Scenarios with ``--long``."""


def check(seed: int, seen: Counter[str]) -> None:
    scenario = Scenario.model_validate(random_scenario(seed))
    made = staffing.solve(scenario, time_limit=30, deterministic=True)
    given = Given.of(scenario, made)
    for job in given.facts.expanded.jobs.values():
        if state_of(given.facts, job) in ("waiting", "late"):
            (entry,) = staffing.explain(scenario, made, [job.id], time_limit=60).tasks
            _agrees(Case(scenario, given.facts, job), entry, seen)


def _agrees(case: Case, entry: Explained, seen: Counter[str]) -> None:
    assert (entry.as_it_is is not None) == case.does({}), case
    if entry.as_it_is is not None:
        seen["as it is"] += 1
        return
    expected = {kind: number(least) for kind in KINDS if (least := case.least(kind)) is not None}
    assert {repair.kind: repair.amount for repair in entry.repairs} == expected, case
    for repair in entry.repairs:
        assert repair.proven, repair
        seen[repair.kind] += 1
        changed = case.scenario.patch(repair.patch)
        assert audit(changed, repair.plan) == [], repair
        if not any(goal.tolerance for goal in case.scenario.goals):
            gone = [job.id for job in case.facts.delivered if job.id not in changed.expanded.jobs]
            best = [
                reported(goal.goal, value) for goal, value in zip(changed.goals, case.best(changed, gone), strict=True)
            ]
            assert [goal.value for goal in repair.plan.goals] == best, repair


def test_repairs_agree_with_all_single_changes(long: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in range(MANY) if long else SEEDS:
        check(seed, seen)
    assert {*seen} >= {*KINDS, "as it is"}


@pytest.mark.parametrize("seed", [36, 69])
def test_of_a_large_scenario_no_repair_is_less_than_the_least_nor_said_to_be_so_where_it_is_not(seed: int) -> None:
    scenario = Scenario.model_validate(random_scenario(seed))
    made = staffing.solve(scenario, time_limit=30, deterministic=True)
    given = Given.of(scenario, made)
    found = 0
    for job in given.facts.expanded.jobs.values():
        if state_of(given.facts, job) not in ("waiting", "late"):
            continue
        with varied(question_cells=1, question_jobs=(2, 3, 5)):
            (entry,) = staffing.explain(scenario, made, [job.id], time_limit=30).tasks
        case = Case(scenario, given.facts, job)
        for repair in entry.repairs:
            least = case.least(repair.kind)
            assert least is not None, repair
            assert repair.amount == number(least) or (repair.amount > least and not repair.least), repair
            assert audit(scenario.patch(repair.patch), repair.plan) == [], repair
            found += 1
    assert found
