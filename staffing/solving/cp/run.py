"""Running CP-SAT: limits, one run, and what it gives back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from ortools.sat.python import cp_model

from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms, total
from staffing.solving.limits import Clock, Limits
from staffing.solving.solution import Solution

POLL = 0.05
"""Seconds between looks at the clock, the stop sign and the progress of a run."""
DETERMINISTIC_SECONDS = 1.0
"""Deterministic time units of CP-SAT that stand for a second."""
STRATEGIES = ("max_lp", "default_lp", "core", "no_lp", "quick_restart", "reduced_costs", "probing", "pseudo_costs")
"""What several workers do, most useful first; the rest of them improve plans."""


@dataclass(frozen=True, slots=True)
class SolverRun:
    """What one run of CP-SAT gave.

    Attributes
    ----------
    steps
        The best solution found, or None.
    hired
        Placeholders its variables say are hired.
    bound
        No solution has a smaller objective; None if the run proved nothing.
    infeasible
        Whether no solution exists.
    plans
        Solutions found.
    """

    steps: dict[tuple[int, int, int], int] | None
    hired: frozenset[int]
    bound: int | None
    infeasible: bool
    plans: int


class _Watch(cp_model.CpSolverSolutionCallback):
    """Counts solutions, remembers the best objective and bound, and stops where no solution can be better."""

    def __init__(self, low: int | None) -> None:
        super().__init__()
        self.low = low
        self.plans = 0
        self.best: int | None = None
        self.bound: float | None = None

    def on_solution_callback(self) -> None:
        """Take note of a solution."""
        self.plans += 1
        self.best = round(self.objective_value)
        if self.low is not None and self.best <= self.low:
            self.stop_search()

    def on_bound(self, bound: float) -> None:
        """Take note of a bound."""
        self.bound = bound


Report = Callable[[int, int | None, float | None], None]
"""Called with the number of plans found, the best objective and the bound."""


def run(
    model: Model,
    objective: Terms,
    hint: Solution | None,
    limits: Limits,
    clock: Clock,
    seconds: float,
    *,
    stop: threading.Event,
    low: int | None = None,
    quick: bool = False,
    tell: Report | None = None,
) -> SolverRun:
    """Minimise a sum over the model, for at most some seconds, until proven, down to `low`, or told to stop.

    Parameters
    ----------
    model, objective, hint
        What is minimised over which model, and a solution to start from; an empty objective asks for any solution.
    limits, clock
        Threads and seed; the clock counts the work done, where time is counted so.
    seconds
        Time limit of this run.
    stop
        Set, the run ends soon.
    low
        An objective that is good enough.
    quick
        For small parts of a plan: one worker, and neither presolve nor cuts, which would take longer than the search
        they help.
    tell
        Called again and again while the run lasts.
    """
    model.cp.minimize(total(objective)) if objective else model.cp.clear_objective()  # type: ignore[no-untyped-call]
    if hint is not None:
        model.hint(hint)
    solver, watch = _solver(limits, seconds, quick=quick), _Watch(low)
    solver.best_bound_callback = watch.on_bound
    status = _solve_apart(solver, model.cp, watch, stop, tell)
    clock.spent += solver.response_proto.deterministic_time / DETERMINISTIC_SECONDS
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(f"CP-SAT refuses the model: {model.cp.validate()}")
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return SolverRun(
        steps=model.solution(solver.value) if found else None,
        hired=model.hired_in(solver.value) if found else frozenset(),
        bound=rounded_up(solver.best_objective_bound) if objective and found else None,
        infeasible=status == cp_model.INFEASIBLE,
        plans=watch.plans,
    )


def rounded_up(bound: float) -> int:
    """Return the least integer objective that a bound in floating point allows.

    A whole number of up to 2⁵³ is exact; beyond, a few of its last digits are given up.
    """
    return ceil(bound - 1e-6 - abs(bound) * 2.0**-50)


def _solver(limits: Limits, seconds: float, *, quick: bool) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1 if limits.deterministic else limits.workers
    parameters.random_seed = limits.seed
    parameters.relative_gap_limit = limits.gap
    parameters.catch_sigint_signal = False
    parameters.linearization_level = 2
    if parameters.num_workers > 1:
        parameters.subsolvers.extend(STRATEGIES)
    if limits.deterministic:
        parameters.max_deterministic_time = max(0.001, seconds * DETERMINISTIC_SECONDS)
    else:
        parameters.max_time_in_seconds = max(0.01, seconds)
    if quick:
        parameters.num_workers = 1
        parameters.cp_model_presolve = False
        parameters.cut_level = 0
    return solver


def _solve_apart(
    solver: cp_model.CpSolver,
    cp: cp_model.CpModel,
    watch: _Watch,
    stop: threading.Event,
    tell: Report | None,
) -> Any:
    """Solve in a thread of its own, so that this one stays free for signals and progress."""
    failures: list[Exception] = []
    answers: list[Any] = []

    def work() -> None:
        try:
            answers.append(solver.solve(cp, watch))
        except Exception as failure:  # noqa: BLE001 - raised again in the calling thread
            failures.append(failure)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL)
        if tell is not None:
            tell(watch.plans, watch.best, watch.bound)
        if stop.is_set():
            solver.stop_search()
    if failures:
        raise failures[0]
    return answers[0]
