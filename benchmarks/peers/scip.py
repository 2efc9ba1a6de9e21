"""SCIP on the explicit model."""

from __future__ import annotations

import importlib
import time
from typing import Any

from benchmarks.answers import Answer
from benchmarks.peers.program import Objective, Program
from benchmarks.peers.stages import Found, Means, in_stages, rounded
from staffing.scenario.scenario import Scenario


def plan(scenario: Scenario, means: Means) -> Answer:
    """Plan a scenario; SCIP searches with one thread."""
    try:
        scip: Any = importlib.import_module("pyscipopt")
    except ImportError:
        return Answer("SCIP", "not installed", note="pip install pyscipopt")
    note = f"SCIP {scip.Model().version()}, one thread: it searches with no more"
    return in_stages("SCIP", _minimise, scenario, means, note)


def _minimise(program: Program, objective: Objective, start: list[int] | None, means: Means) -> Found:
    scip: Any = importlib.import_module("pyscipopt")
    model = scip.Model()
    model.hideOutput()
    variables = [
        model.addVar(vtype="B" if (low, high) == (0, 1) else "I", lb=low, ub=high) for low, high in program.ranges
    ]
    for row in program.rows:
        total = scip.quicksum(f * variables[v] for v, f in zip(row.variables, row.factors, strict=True))
        model.addCons(scip.ExprCons(total, lhs=row.low, rhs=row.high))
    factors = [(objective.sign * factor, variables[var]) for var, factor in objective.terms]
    model.setObjective(scip.quicksum(factor * var for factor, var in factors), "minimize")
    model.setParam("limits/time", max(0.01, means.seconds))
    model.setParam("randomization/randomseedshift", means.seed)
    if start is not None:
        solution = model.createSol()
        for var, value in zip(variables, start, strict=True):
            model.setSolVal(solution, var, value)
        model.addSol(solution)
    trace: list[tuple[float, float | None, float | None]] = []
    began = time.perf_counter()

    def note(model: Any, _event: Any) -> None:
        trace.append((time.perf_counter() - began, model.getPrimalbound(), model.getDualbound()))

    model.attachEventHandlerCallback(note, [scip.SCIP_EVENTTYPE.BESTSOLFOUND])
    model.optimize()
    seconds = time.perf_counter() - began
    bound = model.getDualbound()
    bound = bound if abs(bound) < 1e15 else None
    if not model.getNSols():
        return Found(None, bound, seconds, ((seconds, None, bound),))
    found = model.getBestSol()
    best = rounded(lambda number: model.getSolVal(found, variables[number]), program)
    return Found(best, bound, seconds, (*trace, (seconds, objective.amount(best), bound)))
