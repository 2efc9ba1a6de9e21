"""What an audit finds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from staffing.plan.numbers import RATIO, rounded
from staffing.scenario.amounts import plain

RULES: dict[str, str] = {
    "window": "W",
    "effort": "E",
    "qualified": "Q",
    "capacity": "C",
    "kind_limits": "K",
    "clients": "N",
    "one_owner": "O",
    "budget": "B",
    "precedence": "P",
    "pace": "M",
    "hiring": "H",
    "bookings": "F",
}
"""Letter of each rule of a valid plan, by its word."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong with a plan.

    Attributes
    ----------
    rule
        Word of the rule it breaks (:data:`RULES`), or the part of the plan file that says something else than the
        scenario and the allocations do: ``allocations``, ``tasks``, ``overtime``, ``hired``, ``holidays``,
        ``metrics``, ``context``, ``goals`` or ``status``.
    message
        One sentence.
    task, staff, week
        What it is about; None where it is about no single one.
    """

    rule: str
    message: str
    task: str | None = None
    staff: str | None = None
    week: int | None = None

    def __str__(self) -> str:
        name = f"{RULES[self.rule]} {self.rule.replace('_', ' ')}" if self.rule in RULES else self.rule
        return f"{name}: {self.message}"


def show(amount: Fraction) -> str:
    """Return an amount as text for a message, with at most 4 decimals."""
    return plain(rounded(amount, RATIO))
