"""An integer program in whole numbers, for whichever solver is to solve it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from staffing.scenario.records import MAXIMISED, Goal

Number = int | Fraction
Sum = list[tuple[int, Number]]
"""Variables by number, with their coefficients."""


@dataclass(frozen=True, slots=True)
class Row:
    """low ≤ Σ factor × variable ≤ high, in whole numbers; None is no limit."""

    variables: tuple[int, ...]
    factors: tuple[int, ...]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Objective:
    """A goal: its measure is `constant` + `unit` × Σ factor × variable."""

    goal: Goal
    terms: tuple[tuple[int, int], ...]
    unit: Fraction
    constant: Fraction

    @property
    def sign(self) -> int:
        """1 for what is minimised, -1 for what is maximised."""
        return -1 if self.goal in MAXIMISED else 1

    def amount(self, values: list[int]) -> int:
        """Return sign × the sum, which a solver minimises."""
        return self.sign * sum(factor * values[var] for var, factor in self.terms)

    def measure(self, amount: int) -> Fraction:
        """Return the goal's measure of such an amount."""
        return self.constant + self.unit * self.sign * amount


@dataclass
class Program:
    """Whole variables, rows, and the goals in their order."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)

    def whole(self, high: int, low: int = 0) -> int:
        """Add a variable and return its number."""
        self.ranges.append((low, high))
        return len(self.ranges) - 1

    def row(self, terms: Iterable[tuple[int, Number]], low: Number | None = None, high: Number | None = None) -> None:
        """Add a row; fractions are made whole."""
        listed = [(var, factor) for var, factor in terms if factor]
        if not listed:
            assert (low or 0) <= 0 <= (0 if high is None else high), "an empty row cannot hold"
            return
        scale = lcm(*(Fraction(factor).denominator for _, factor in listed))
        factors = [int(factor * scale) for _, factor in listed]
        common = gcd(*factors)
        self.rows.append(
            Row(
                tuple(var for var, _ in listed),
                tuple(factor // common for factor in factors),
                None if low is None else ceil(Fraction(low) * scale / common),
                None if high is None else floor(Fraction(high) * scale / common),
            )
        )

    def objective(self, goal: Goal, terms: Sum, constant: Fraction) -> None:
        """Add a goal."""
        listed = [(var, Fraction(factor)) for var, factor in terms if factor]
        if not listed:
            self.objectives.append(Objective(goal, (), Fraction(1), constant))
            return
        scale = lcm(*(factor.denominator for _, factor in listed))
        common = gcd(*(int(factor * scale) for _, factor in listed))
        whole = tuple((var, int(factor * scale) // common) for var, factor in listed)
        self.objectives.append(Objective(goal, whole, Fraction(common, scale), constant))
