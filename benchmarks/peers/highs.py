"""HiGHS on the explicit model, through the MathOpt of OR-Tools."""

from __future__ import annotations

import datetime as dt
import importlib
import time
from importlib.metadata import version
from typing import Any

from benchmarks.answers import Answer
from benchmarks.peers.program import Objective, Program
from benchmarks.peers.stages import Found, Means, in_stages, rounded
from staffing.scenario.scenario import Scenario


def plan(scenario: Scenario, means: Means) -> Answer:
    """Plan a scenario; HiGHS tells nothing on the way, so that its trace has the ends of stages alone."""
    note = f"HiGHS in OR-Tools {version('ortools')}"
    return in_stages("HiGHS", _minimise, scenario, means, note)


def _minimise(program: Program, objective: Objective, start: list[int] | None, means: Means) -> Found:
    mathopt: Any = importlib.import_module("ortools.math_opt.python.mathopt")  # carries no types
    model = mathopt.Model()
    variables = [model.add_integer_variable(lb=low, ub=high) for low, high in program.ranges]
    for row in program.rows:
        model.add_linear_constraint(
            lb=float("-inf") if row.low is None else row.low,
            ub=float("inf") if row.high is None else row.high,
            expr=mathopt.fast_sum([f * variables[v] for v, f in zip(row.variables, row.factors, strict=True)]),
        )
    model.minimize(mathopt.fast_sum([objective.sign * factor * variables[var] for var, factor in objective.terms]))
    limit = dt.timedelta(seconds=max(0.01, means.seconds))
    parameters = mathopt.SolveParameters(
        time_limit=limit,
        random_seed=means.seed,
        relative_gap_tolerance=0,
        absolute_gap_tolerance=0,
    )
    parameters.highs.int_options["threads"] = means.threads
    hints = mathopt.ModelSolveParameters()
    if start is not None:
        values = dict(zip(variables, map(float, start), strict=True))
        hints.solution_hints.append(mathopt.SolutionHint(variable_values=values))
    began = time.perf_counter()
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters, model_params=hints)
    seconds = time.perf_counter() - began
    bound = result.termination.objective_bounds.dual_bound
    bound = bound if abs(bound) < 1e15 else None
    if not result.has_primal_feasible_solution():
        return Found(None, bound, seconds, ((seconds, None, bound),))
    values = result.variable_values()
    best = rounded(lambda number: values[variables[number]], program)
    return Found(best, bound, seconds, ((seconds, objective.amount(best), bound),))
