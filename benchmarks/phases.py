"""The planner itself, phase by phase: load, build, first plan, search."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from benchmarks.answers import Answer, Bound, Point, headline
from benchmarks.peers.stages import Means
from staffing.auditing import audit
from staffing.loading import load
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, worsened
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.records import MAXIMISED, Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.rules import build_model
from staffing.solving.limits import Progress
from staffing.solving.ruin.annealer import load_kept
from staffing.solving.solution import drafted
from staffing.solving.solve import solve
from staffing.solving.state.greedy import first_plans

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Do something and return its result with the seconds it took."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def measure(path: Path, means: Means) -> Answer:
    """Run every phase on a scenario file.

    `load` is the file read and checked, `build` the problem and the model with its rules, `first` the first plan after
    building, `search` the whole call of ``solve`` (which builds once more, tidies, gives reasons and audits).
    """
    scenario, load_seconds = timed(lambda: load(path))
    problem, problem_seconds = timed(lambda: build(scenario.expanded))
    model_seconds = timed(lambda: build_model(problem))[1]
    (first, first_seconds) = timed(lambda: _first_plan(scenario, problem))
    phases = {
        "load": load_seconds,
        "problem": problem_seconds,
        "build": problem_seconds + model_seconds,
        "first": first_seconds,
        "first value": float(first),
    }
    return search(scenario, means, phases)


def search(scenario: Scenario, means: Means, phases: dict[str, float] | None = None) -> Answer:
    """Run the last phase alone, keeping what the search tells on the way."""
    trace: list[Point] = []
    began = time.perf_counter()

    def note(progress: Progress) -> None:
        at = time.perf_counter() - began
        value, bound = (None if one is None else float(one) for one in (progress.value, progress.bound))
        if not trace or (trace[-1].goal, trace[-1].value, trace[-1].bound) != (progress.goal, value, bound):
            trace.append(Point(at, progress.goal, value, bound))

    plan = solve(scenario, time_limit=means.seconds, workers=means.threads, seed=means.seed, progress=note)
    seconds = time.perf_counter() - began
    broken = [str(violation) for violation in audit(scenario, plan)]
    hours: dict[tuple[str, str, int], Fraction] = {
        (entry.task, entry.staff, entry.week): Fraction(str(entry.hours)) for entry in plan.assigned
    }
    return Answer(
        "staffing",
        "failed" if broken else "done",
        hours,
        frozenset(plan.hired),
        _bounds(scenario, plan, hours),
        _ended(trace, plan, seconds),
        {**(phases or {}), "search": seconds},
        note=broken[0] if broken else f"staffing {version('staffing')}, OR-Tools {version('ortools')}",
        exact=True,
    )


def _bounds(scenario: Scenario, plan: Plan, hours: dict[tuple[str, str, int], Fraction]) -> tuple[Bound, ...]:
    """Return limits and bounds as reported; those of a proven goal as measured, not rounded to cents."""
    facts = Facts(scenario.expanded, Draft(hours, frozenset(plan.hired)))
    found = []
    for entry, result in zip(scenario.goals, plan.goals, strict=True):
        bound, limit, best = _exactly(result.bound), Fraction(str(result.limit)), Fraction(str(result.best))
        value = MEASURES[entry.goal](facts)
        if result.proven and result.value == result.best:
            bound, limit, best = value, worsened(entry.goal, value, Fraction(entry.tolerance)), value
        found.append(Bound(entry.goal, limit, bound, best))
    return tuple(found)


def _exactly(amount: Number | None) -> Fraction | None:
    return None if amount is None else Fraction(str(amount))


def _ended(trace: list[Point], plan: Plan, seconds: float) -> tuple[Point, ...]:
    """Return the trace with a last point for each goal: what the plan says of it."""
    last = {point.goal: point.seconds for point in trace}
    bounds = [_exactly(one.bound) for one in plan.goals]
    ends = [
        Point(last.get(one.goal, seconds), one.goal, float(one.best), None if bound is None else float(bound))
        for one, bound in zip(plan.goals, bounds, strict=True)
    ]
    return tuple(sorted([*trace, *ends], key=lambda point: point.seconds))


def _first_plan(scenario: Scenario, problem: Problem) -> Fraction:
    """Construct the first plan as the search does and return its value in the goal that drawings show."""
    goals = [entry.goal for entry in scenario.goals]
    load_kept(problem)
    facts = [Facts(scenario.expanded, drafted(problem, plan)) for plan in first_plans(problem)]

    def rank(one: Facts) -> list[Fraction]:
        return [MEASURES[goal](one) * (-1 if goal in MAXIMISED else 1) for goal in goals]

    shown: Goal = headline(goals)
    return MEASURES[shown](min(facts, key=rank))
