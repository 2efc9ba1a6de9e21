"""The variables of a CP-SAT model, each with its reading: the value it has in a given solution.

Readings complete hints, so that the solver starts from a whole plan, and evaluate goals exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ortools.sat.python import cp_model

from staffing.problem.problem import Problem
from staffing.solving.solution import Readings, Solution

Var = Any
"""A CP-SAT variable; its own class differs between versions."""
Terms = list[tuple[Var, int]]
"""A linear expression: variables with their coefficients."""
Reading = Callable[[Readings], int]


class Variables:
    """A CP-SAT model, and how its variables are made, hinted and read.

    Attributes
    ----------
    problem
        What is modelled.
    cp
        The CP-SAT model, open to constraints of your own.
    made
        Variables made so far, by the question they answer.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.made: dict[tuple[Any, ...], Var] = {}
        self._readings: list[tuple[Var, Reading]] = []

    def flag(self, name: str, reading: Callable[[Readings], bool]) -> Var:
        """Add a boolean variable and return it."""
        var = self.cp.new_bool_var(name)
        self._readings.append((var, lambda read: int(reading(read))))
        return var

    def integer(self, most: int, name: str, reading: Reading) -> Var:
        """Add an integer variable and return it."""
        var = self.cp.new_int_var(0, most, name)
        self._readings.append((var, reading))
        return var

    def at_most(self, terms: Iterable[tuple[Var, int]], most: int) -> Any:
        """Hold a sum at or below a number."""
        listed = list(terms)
        return self.cp.add(total(listed) <= most) if listed else None

    def hint(self, solution: Solution) -> None:
        """Start the solver from a whole solution."""
        read = Readings(self.problem, solution)
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for var, reading in self._readings:
            self.cp.add_hint(var, reading(read))

    def evaluate(self, terms: Terms, solution: Solution) -> int:
        """Return the value of a sum in a solution."""
        read = Readings(self.problem, solution)
        readings: dict[int, Reading] = {var.index: reading for var, reading in self._readings}
        constants = {var.index: self.low(var) for var, _ in terms if var.index not in readings}
        return sum(
            factor * (readings[var.index](read) if var.index in readings else constants[var.index])
            for var, factor in terms
        )

    def low(self, var: Var) -> int:
        """Return the least value of a variable."""
        return int(var.proto.domain[0])

    def high(self, var: Var) -> int:
        """Return the greatest value of a variable."""
        return int(list(var.proto.domain)[-1])


def total(terms: Iterable[tuple[Var, int]]) -> Any:
    """Return a sum as an expression of CP-SAT."""
    listed = list(terms)
    return cp_model.LinearExpr.weighted_sum([var for var, _ in listed], [factor for _, factor in listed])
