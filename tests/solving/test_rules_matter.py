"""Without one of its rules the model gives plans that break it, and the audit says so: neither is idle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from ortools.sat.python import cp_model
from second_engine.random_scenarios import random_scenario

from staffing.auditing import audit_draft
from staffing.auditing.violation import RULES as WORDS
from staffing.problem.build import build
from staffing.problem.problem import JobData, Pair, Problem
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.rules import RULES, build_model
from staffing.solving.cp.variables import total
from staffing.solving.solution import Solution, drafted

SEEDS = range(300, 400)


TOGETHER = -1
"""Two may share a task of which one has promised hours, and two others could do the rest: seldom drawn."""


@cache
def world(seed: int) -> tuple[Expanded, Problem]:
    drawn = random_scenario(seed) if seed != TOGETHER else together()
    expanded = Scenario.model_validate(drawn).expanded
    return expanded, build(expanded)


def together() -> dict[str, Any]:
    able = {"omid": 1, "kim": 0.8, "nima": 0.8}
    people = [{"id": who, "role": "project_manager", "weekly_hours": 4, "tactical": able[who]} for who in able]
    task = {"id": "a", "kind": "tactical", "client": "nova", "hours": 7, "max_owners": 2, "billable": False}
    return {
        "start": "2026-01-05",
        "weeks": 1,
        "staff": people,
        "clients": [{"id": "nova"}],
        "tasks": [task],
        "bookings": [{"task": "a", "staff": "omid", "week": 1, "hours": 1}],
    }


def busiest(problem: Problem, seed: int) -> Solution:
    """Return a plan with the most hours that the rules in force allow."""
    model = build_model(problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = 0.2
    model.cp.maximize(total(list(model.hours.values())))
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Solution(model.solution(solver.value), model.hired_in(solver.value))


def broken(seed: int, change: Callable[[Problem], Problem] = lambda problem: problem) -> set[str]:
    """Words of the rules that the busiest plan of a scenario breaks."""
    expanded, problem = world(seed)
    solution = busiest(change(problem), seed)
    return {violation.rule for violation in audit_draft(expanded, drafted(problem, solution))}


def any_week(problem: Problem) -> Problem:
    """Open all weeks to all tasks."""
    return replace(problem, jobs=tuple(replace(job, first=0, last=problem.weeks - 1) for job in problem.jobs))


def anybody(problem: Problem) -> Problem:
    """Let everybody do all tasks, as well as those who may."""

    def opened(job: JobData) -> JobData:
        able = {pair.person for pair in job.pairs}
        like = job.pairs[0]
        others = [Pair(person, like.need, like.power, None) for person in range(len(problem.people))]
        return replace(job, pairs=(*job.pairs, *(pair for pair in others if pair.person not in able)))

    return replace(problem, jobs=tuple(map(opened, problem.jobs)))


WIDENED = {"W": any_week, "Q": anybody}
"""These two rules make the variables of the model; what they read is widened instead."""


@pytest.mark.parametrize(("word", "letter"), WORDS.items())
def test_without_a_rule_some_plan_breaks_it(word: str, letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if letter in WIDENED:
        assert any(word in broken(seed, WIDENED[letter]) for seed in SEEDS)
        return
    monkeypatch.delitem(RULES, letter)
    assert any(word in broken(seed) for seed in (TOGETHER, *SEEDS))


@pytest.mark.parametrize("seed", SEEDS[:30])
def test_with_all_rules_no_plan_breaks_any(seed: int) -> None:
    assert broken(seed) == set()
