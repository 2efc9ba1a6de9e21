"""What a caller is told while a plan is sought."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.plan.records import Number
from staffing.scenario.records import Goal


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands.

    Attributes
    ----------
    goal
        The goal in work.
    value, bound
        The best value found so far, and what no plan can better; None while there is none.
    gap
        Distance between the two, relative to the value; None while there is none.
    plans
        Plans found so far.
    seconds_left
        Of the time limit.
    """

    goal: Goal
    value: Number | None
    bound: Number | None
    gap: float | None
    plans: int
    seconds_left: float
