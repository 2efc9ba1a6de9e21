"""A bound by a mixed-integer program: what is delivered is decided, all else is shared out in parts.

The model of the problem is relaxed: only the flags `delivered` stay whole. HiGHS solves that by branch and bound, in
seconds where the problem is small. It closes some of what the Lagrangian dual leaves open where tasks compete for
hours.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

from staffing.solving.cp.model import Model
from staffing.solving.cp.run import POLL, rounded_up
from staffing.solving.cp.variables import Terms
from staffing.solving.process import start

SLACK = 1e-5
"""Relative: how far a bound in floating point is distrusted. Ten times what HiGHS may leave a row or a flag unmet."""
NO_LIMIT = 2**62
"""From here on a limit of a sum in CP-SAT means that there is none."""

STARTING = 1.0
"""Of these seconds: what the process has to begin and to end."""
_SOLVE = """
import datetime as dt
import sys
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
program = mathopt.Model.from_model_proto(model_pb2.ModelProto.FromString(sys.stdin.buffer.read()))
limit = mathopt.SolveParameters(time_limit=dt.timedelta(seconds=float(sys.argv[1])))
print()
print(mathopt.solve(program, mathopt.SolverType.HIGHS, params=limit).termination.objective_bounds.dual_bound)
"""

Row = tuple[float, list[tuple[int, int]], float]
"""Least, variables with their coefficients, and most of a sum; a variable −1 − i stands for 1 − variable i."""


@dataclass(frozen=True)
class _Relaxation:
    """A relaxed model: its variables, by their number in CP-SAT."""

    program: mathopt.Model
    variables: list[mathopt.Variable]

    def add(self, row: Row) -> None:
        """Add a row, in which negated literals are written out."""
        least, terms, most = row
        constant = sum(factor for number, factor in terms if number < 0)
        constraint = self.program.add_linear_constraint(lb=least - constant, ub=most - constant)
        sums: dict[int, int] = {}
        for number, factor in terms:
            index, sign = (number, 1) if number >= 0 else (-1 - number, -1)
            sums[index] = sums.get(index, 0) + sign * factor
        for index, factor in sums.items():
            constraint.set_coefficient(self.variables[index], factor)


def bound_by_delivery(model: Model, objective: Terms, seconds: float, over: Callable[[], bool]) -> int | None:
    """Return a bound of the least value of a sum, in which whole tasks are delivered or not; None for none in time.

    Parameters
    ----------
    model
        Of the problem, with the limits of goals kept.
    objective
        What is minimised.
    seconds
        Wall time, at most.
    over
        Asked again and again: whether to end without a bound.
    """
    relaxation = _relaxed(model)
    relaxation.program.minimize(sum(factor * relaxation.variables[var.index] for var, factor in objective))
    bound = _solved(relaxation.program, seconds, over)
    return None if bound is None or not isfinite(bound) else rounded_up(bound - abs(bound) * SLACK)


def _solved(program: mathopt.Model, seconds: float, over: Callable[[], bool]) -> float | None:
    """Return the bound of a program, solved in a process of its own: HiGHS now and then prints; None where it fails."""
    process = start(_SOLVE, str(max(0.01, seconds - STARTING)), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if process is None:
        return None
    until = time.monotonic() + seconds
    try:
        with process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(program.export_model().SerializeToString())
            process.stdin.close()
            while process.poll() is None:
                if over() or time.monotonic() > until:
                    process.kill()
                time.sleep(POLL)
            said = process.stdout.read().split()
    except OSError:  # it ended before it had heard all
        return None
    return float(said[-1]) if said and process.returncode == 0 else None


def _relaxed(model: Model) -> _Relaxation:
    whole = {var.index for var in model.delivered.values()}
    program = mathopt.Model()
    variables = [
        program.add_variable(lb=domain[0], ub=domain[-1], is_integer=number in whole)
        for number, domain in enumerate(list(one.domain) for one in model.cp.proto.variables)
    ]
    relaxation = _Relaxation(program, variables)
    for constraint in model.cp.proto.constraints:
        for row in _rows(constraint, variables):
            relaxation.add(row)
    return relaxation


def _rows(constraint: Any, variables: list[mathopt.Variable]) -> Iterator[Row]:
    """Yield rows that follow from a constraint of CP-SAT; what says no such thing is left out, as in any relaxation."""
    if_all = list(constraint.enforcement_literal)
    if constraint.has_linear():
        linear = constraint.linear
        domain = list(linear.domain)
        least, most = (one if abs(one) < NO_LIMIT else inf * one for one in (domain[0], domain[-1]))
        yield from _while(if_all, list(zip(linear.vars, linear.coeffs, strict=True)), least, most, variables)
    elif constraint.has_bool_or():
        yield 1 - len(if_all), [*_ones(constraint.bool_or.literals), *((one, -1) for one in if_all)], inf
    elif constraint.has_bool_and():
        for literal in constraint.bool_and.literals:
            yield 1 - len(if_all), [(literal, 1), *((one, -1) for one in if_all)], inf
    elif constraint.has_exactly_one():
        yield 1, _ones(constraint.exactly_one.literals), 1
    elif constraint.has_at_most_one():
        yield -inf, _ones(constraint.at_most_one.literals), 1


def _ones(literals: Iterable[int]) -> list[tuple[int, int]]:
    return [(literal, 1) for literal in literals]


def _while(
    literals: list[int], terms: list[tuple[int, int]], least: float, most: float, variables: list[mathopt.Variable]
) -> Iterator[Row]:
    """Yield a sum's limits, which hold while all literals are true, as rows that hold always (big M)."""
    ends = [
        sorted((factor * variables[number].lower_bound, factor * variables[number].upper_bound))
        for number, factor in terms
    ]
    low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
    if high > most:
        yield -inf, [*terms, *((one, int(high - most)) for one in literals)], most + (high - most) * len(literals)
    if low < least:
        yield least - (least - low) * len(literals), [*terms, *((one, int(low - least)) for one in literals)], inf
