"""How many rounds and steps of prices one thread does in a second of CPU, and what compiling them takes."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.generator import SIZES, agency
from staffing.loading import from_mapping
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.bound.lagrangian import LagrangianDual
from staffing.solving.goals import GOALS
from staffing.solving.ruin.annealer import Annealer, prepare
from staffing.solving.state.filling import tables_of

ROUNDS, TIMES = 40_000, 3
"""Rounds that are timed, and how often; the quickest counts."""
STEPS = 40
"""Steps of prices that are timed."""
SOUGHT: tuple[Goal, ...] = ("net_value", "lateness")


def problem_of(size: str) -> Problem:
    """Return the problem of a made-up agency."""
    return build(from_mapping(agency(SIZES[size], seed=0)).expanded)


def compiling() -> float:
    """Compile all that works on a plan, or load it where that was kept; return the seconds of CPU."""
    state = tables_of(problem_of("XS"))
    began = time.process_time()
    prepare(state)
    return time.process_time() - began


def rounds_per_second(problem: Problem, goals: Sequence[Goal]) -> float:
    """Return how many rounds a second, from the empty plan on; the goals before the last have no limit."""
    kept = [10**9] * (len(goals) - 1)
    annealer = Annealer(problem, tables_of(problem), [GOALS[goal] for goal in goals], kept, seed=1)
    annealer.save_best()
    seconds = []
    for _ in range(TIMES):
        began = time.process_time()
        annealer.run(ROUNDS, 1.0, 0.0)
        seconds.append(time.process_time() - began)
    return ROUNDS / min(seconds)


def steps_per_second(problem: Problem, *, compiled: bool) -> float:
    """Return how many steps a second the prices of the bound on net value take, by compiled code or by numpy."""
    dual = LagrangianDual(problem, "net_value", [], must_all=False, compiled=compiled)
    began = time.process_time()
    dual.ascend(10**15, lambda steps: steps / STEPS)
    return STEPS / (time.process_time() - began)
