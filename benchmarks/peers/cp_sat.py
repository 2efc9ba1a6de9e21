"""CP-SAT with its default parameters on the explicit model."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.answers import Answer
from benchmarks.peers.program import Objective, Program
from benchmarks.peers.stages import Found, Means, in_stages
from staffing.scenario.scenario import Scenario

UNBOUNDED = 2**62


def plan(scenario: Scenario, means: Means) -> Answer:
    """Plan a scenario."""
    return in_stages("CP-SAT", _minimise, scenario, means, f"OR-Tools {version('ortools')}, default parameters")


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self) -> None:
        super().__init__()
        self.began = time.perf_counter()
        self.trace: list[tuple[float, float | None, float | None]] = []

    def on_solution_callback(self) -> None:
        at = time.perf_counter() - self.began
        self.trace.append((at, self.objective_value, self.best_objective_bound))


def _minimise(program: Program, objective: Objective, start: list[int] | None, means: Means) -> Found:
    cp = cp_model.CpModel()
    variables: list[Any] = [cp.new_int_var(low, high, "") for low, high in program.ranges]
    for row in program.rows:
        total = cp_model.LinearExpr.weighted_sum([variables[var] for var in row.variables], list(row.factors))
        low = -UNBOUNDED if row.low is None else row.low
        cp.add_linear_constraint(total, low, UNBOUNDED if row.high is None else row.high)
    factors = [objective.sign * factor for _, factor in objective.terms]
    cp.minimize(cp_model.LinearExpr.weighted_sum([variables[var] for var, _ in objective.terms], factors))
    for var, value in zip(variables, start or (), strict=False):
        cp.add_hint(var, value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = means.threads
    solver.parameters.random_seed = means.seed
    solver.parameters.max_time_in_seconds = max(0.01, means.seconds)
    watch = _Watch()
    status = solver.solve(cp, watch)
    seconds = time.perf_counter() - watch.began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(None, None, seconds)
    best = [solver.value(var) for var in variables]
    end = (seconds, solver.objective_value, solver.best_objective_bound)
    return Found(best, solver.best_objective_bound, seconds, (*watch.trace, end))
