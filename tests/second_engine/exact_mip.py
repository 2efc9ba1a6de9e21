"""A mixed-integer program in exact numbers, solved by HiGHS and believed only as far as it can be checked."""

from __future__ import annotations

import importlib
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any

mathopt: Any = importlib.import_module("ortools.math_opt.python.mathopt")  # carries no types

Sum = dict[int, Fraction]
"""Coefficients by variable number."""


class EngineError(AssertionError):
    """The second engine cannot vouch for an answer."""


class ExactMip:
    """Integer variables and rows in Fractions; every row reaches HiGHS with coprime whole numbers."""

    def __init__(self) -> None:
        self.model = mathopt.Model()
        self.vars: list[Any] = []
        self.rows: list[tuple[list[tuple[int, int]], int | None, int | None]] = []

    def whole(self, high: int, low: int = 0) -> int:
        """Add an integer variable and return its number."""
        self.vars.append(self.model.add_integer_variable(lb=low, ub=high))
        return len(self.vars) - 1

    def row(self, terms: Sum, low: Fraction | int | None = None, high: Fraction | int | None = None) -> None:
        """Keep low ≤ Σ terms ≤ high; on whole variables both sides are rounded to whole multiples."""
        scaled, factor = _whole_numbers(terms)
        if not scaled:
            if (low or 0) > 0 or (high or 0) < 0:
                raise EngineError(f"an empty row cannot hold: {low} ≤ 0 ≤ {high}")
            return
        least = None if low is None else ceil(low * factor)
        most = None if high is None else floor(high * factor)
        self.rows.append((scaled, least, most))
        self.model.add_linear_constraint(
            lb=float("-inf") if least is None else least,
            ub=float("inf") if most is None else most,
            expr=mathopt.fast_sum([number * self.vars[var] for var, number in scaled]),
        )

    def minimise(self, terms: Sum) -> tuple[list[int], Fraction]:
        """Return the values of all variables that minimise Σ terms, and the minimum.

        HiGHS is asked twice, with and without presolve, for it has been seen to call a poor solution of these programs
        optimal. Each solution is checked in whole numbers; the better one counts.

        Raises
        ------
        EngineError
            Where neither asking ends with a proven optimum that holds in whole numbers.
        """
        scaled, factor = _whole_numbers(terms)
        self.model.minimize(mathopt.fast_sum([number * self.vars[var] for var, number in scaled]))
        found: list[tuple[int, list[int]]] = []
        failed: list[EngineError] = []
        for presolve, tolerance in (("on", 1e-7), ("off", 1e-9)):
            try:
                found.append(self._ask(scaled, presolve, tolerance))
            except EngineError as error:
                failed.append(error)
        if not found:
            raise EngineError(f"HiGHS gives nothing that holds: {failed}")
        reached, values = min(found)
        return values, Fraction(reached) / factor

    def _ask(self, objective: list[tuple[int, int]], presolve: str, tolerance: float) -> tuple[int, list[int]]:
        parameters = mathopt.SolveParameters(random_seed=1, relative_gap_tolerance=0, absolute_gap_tolerance=0)
        parameters.highs.string_options["parallel"] = "off"
        parameters.highs.string_options["presolve"] = presolve
        parameters.highs.int_options["threads"] = 1
        for option in ("mip_feasibility_tolerance", "primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            parameters.highs.double_options[option] = tolerance
        result = mathopt.solve(self.model, mathopt.SolverType.HIGHS, params=parameters)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            raise EngineError(f"HiGHS ended with {result.termination}")
        raw = result.variable_values(self.vars)
        values = [round(value) for value in raw]
        for value, rounded in zip(raw, values, strict=True):
            if abs(value - rounded) > 1e-5:
                raise EngineError(f"HiGHS gives {value} for a whole number")
        for number, (row, low, high) in enumerate(self.rows):
            total = sum(coefficient * values[var] for var, coefficient in row)
            if (low is not None and total < low) or (high is not None and total > high):
                raise EngineError(f"row {number} does not hold in whole numbers: {low} ≤ {total} ≤ {high}")
        reached = sum(number * values[var] for var, number in objective)
        bound = result.termination.objective_bounds.dual_bound
        if abs(bound - reached) > 0.5:
            raise EngineError(f"HiGHS proves {bound}, the whole numbers give {reached}")
        return reached, values


def _whole_numbers(terms: Sum) -> tuple[list[tuple[int, int]], Fraction]:
    """Scale to coprime whole numbers; also give the factor."""
    kept = {var: Fraction(number) for var, number in terms.items() if number}
    if not kept:
        return [], Fraction(1)
    factor = Fraction(
        lcm(*(number.denominator for number in kept.values())), gcd(*(number.numerator for number in kept.values()))
    )
    scaled = {var: number * factor for var, number in kept.items()}
    divisor = gcd(*(number.numerator for number in scaled.values()))
    return [(var, number.numerator // divisor) for var, number in scaled.items()], factor / divisor
