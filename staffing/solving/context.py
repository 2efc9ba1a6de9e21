"""What all parts of a search share: the problem, its goals, the time, and the way to report."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from staffing.plan.goals import reported
from staffing.problem.problem import Problem
from staffing.solving.earlier import Earlier
from staffing.solving.goals import Term
from staffing.solving.limits import Clock, Limits, Progress
from staffing.solving.objectives import Objectives
from staffing.solving.solution import Solution
from staffing.solving.tuning import TUNING


class ProgressReport:
    """Counts the plans found, and reports to the caller.

    Parameters
    ----------
    clock
        The time of the search.
    receiver
        Called with each report; None if nobody listens.
    """

    def __init__(self, clock: Clock, receiver: Callable[[Progress], None] | None) -> None:
        self.plans = 0
        """Plans found, those of the goal in work aside."""
        self.compiling = False
        """Whether compiled code is not at hand yet."""
        self._clock = clock
        self._receiver = receiver

    def send(self, term: Term, plans: int, best: int | None, bound: float) -> None:
        """Report how a goal stands, given the plans found for it, the best objective and its bound.

        A bound that says nothing is none, unless a plan reaches it.
        """
        if self._receiver is None:
            return
        value = None if best is None else term.measure(term.sign * best)
        limit = None
        if best is not None and term.bounded(best, round(bound)):
            limit = term.measure(term.sign * round(bound))
        gap = None
        if value is not None and limit is not None:
            gap = float(abs(value - limit) / max(abs(value), Fraction(1, 100)))
        self._receiver(
            Progress(
                term.goal,
                None if value is None else reported(term.goal, value),
                None if limit is None else reported(term.goal, limit),
                gap,
                self.plans + plans,
                self._clock.left,
                self.compiling,
            )
        )


@dataclass(frozen=True)
class SearchContext:
    """What every method of a search is given, and none replaces.

    Attributes
    ----------
    problem
        What is planned.
    terms
        Its goals, most important first.
    objectives
        Evaluates plans by them.
    baseline
        The plan that changes are counted against.
    repaired
        Plans that keep much of the baseline: where the search for fewest changes may begin.
    limits, clock
        Threads, seed and time.
    build_seconds
        What building the problem took: whatever else grows with the problem takes about as long.
    stop
        Set by the caller to end the search.
    report
        Reports progress to the caller.
    """

    problem: Problem
    terms: tuple[Term, ...]
    objectives: Objectives
    baseline: Earlier
    repaired: tuple[Solution, ...]
    limits: Limits
    clock: Clock
    build_seconds: float
    stop: threading.Event
    report: ProgressReport

    @property
    def threads(self) -> int:
        """Threads of the search."""
        return 1 if self.limits.deterministic else self.limits.workers

    @property
    def very_large(self) -> bool:
        """Whether rounds for each job are few in the time there is: threads then divide the plan."""
        return self.problem.cells > TUNING.undivided_cells
