"""Goals in their order for solvers that know one objective: solve, keep what was reached, solve for the next."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from benchmarks.answers import LOOSE, Answer, Bound, Point
from benchmarks.peers.explicit import CannotSayError, Explicit
from benchmarks.peers.program import Objective, Program
from staffing.plan.goals import worsened
from staffing.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Means:
    """What every engine is given alike."""

    seconds: float = 10.0
    threads: int = 2
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a solver gave for one objective: whole values, no objective below the bound, and what it found when."""

    values: list[int] | None
    bound: float | None
    seconds: float
    trace: tuple[tuple[float, float | None, float | None], ...] = ()
    """Seconds, best objective and bound."""


class Solver(Protocol):
    """Minimises one objective of a program."""

    def __call__(self, program: Program, objective: Objective, start: list[int] | None, means: Means) -> Found:
        """Minimise sign × the objective; begin from a solution if there is one."""


def in_stages(engine: str, solver: Solver, scenario: Scenario, means: Means, note: str = "") -> Answer:
    """Optimise the goals of a scenario one after the other on the explicit model.

    Each solver begins from the empty plan, and each goal from the plan before. The time limit counts the solver's own
    seconds; writing the model is the phase `build`. A goal may use 2 ÷ (goals left + 1) of what is left.
    """
    began = time.perf_counter()
    try:
        model = Explicit(scenario.expanded)
    except CannotSayError as cannot:
        return Answer(engine, "cannot say", note=str(cannot))
    phases = {"build": time.perf_counter() - began}
    program, left, spent = model.program, means.seconds, 0.0
    values = [0] * len(program.ranges)  # the empty plan, which breaks no rule
    bounds: list[Bound] = []
    trace: list[Point] = []
    for number, (entry, objective) in enumerate(zip(scenario.goals, program.objectives, strict=True)):
        share = left * 2 / (len(program.objectives) - number + 1)
        found = solver(program, objective, values, Means(share, means.threads, means.seed))
        trace += _points(objective, found, spent)
        left -= found.seconds
        spent += found.seconds
        if found.values is not None and objective.amount(found.values) <= objective.amount(values):
            values = found.values
        bound = None if found.bound is None else _whole(found.bound)
        best = objective.amount(values)
        limit = worsened(objective.goal, objective.measure(best), Fraction(entry.tolerance))
        if bound is not None and best < bound <= best + abs(best) * LOOSE:
            bound = best  # noise of floating point
        proven = None if bound is None else objective.measure(bound)
        bounds.append(Bound(objective.goal, limit, proven, objective.measure(best)))
        _keep(program, objective, limit)
        if left <= 0:
            break
    phases["search"] = spent
    hours, hired = model.plan(values)
    return Answer(engine, hours=hours, hired=hired, bounds=tuple(bounds), trace=tuple(trace), phases=phases, note=note)


def _whole(bound: float) -> int:
    """Return a bound on whole numbers, rounded up except for floating-point noise."""
    return ceil(bound - 1e-6 - abs(bound) * 1e-9)


def _points(objective: Objective, found: Found, spent: float) -> list[Point]:
    def shown(amount: float | None) -> float | None:
        if amount is None or abs(amount) > 1e15:
            return None
        return float(objective.constant) + float(objective.unit) * objective.sign * amount

    return [Point(spent + at, objective.goal, shown(best), shown(bound)) for at, best, bound in found.trace]


def _keep(program: Program, objective: Objective, limit: Fraction) -> None:
    amount = (limit - objective.constant) / objective.unit
    if objective.sign > 0:
        program.row(objective.terms, None, floor(amount))
    else:
        program.row(objective.terms, ceil(amount), None)


Peer = Callable[[Scenario, Means], Answer]


def rounded(read: Callable[[int], float], program: Program) -> list[int]:
    """Return the values of all variables, rounded to whole numbers within their ranges."""
    return [min(high, max(low, round(read(number)))) for number, (low, high) in enumerate(program.ranges)]
