"""The goals as objectives: signed so that less is better, in a model and of a plan."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.bound.changes import most_the_same
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS, Term
from staffing.solving.solution import Solution
from staffing.solving.state.plan import PlanState, by_job


def terms_of(
    problem: Problem, goals: Sequence[Goal], empty_plan: Mapping[Goal, Fraction], baseline: Earlier
) -> tuple[Term, ...]:
    """Return the goals in integers, given the exact measure of each in the empty plan."""
    nothing = PlanState(problem, baseline)

    def term(goal: Goal) -> Term:
        record = GOALS[goal]
        unit, given = record.unit_in(problem), nothing.objective(record.coefficients)
        constant = empty_plan[goal] - unit * record.sign * given
        return Term(goal, unit, constant, _trivial(problem, goal, floor(-constant / unit), given))

    return tuple(map(term, goals))


def _trivial(problem: Problem, goal: Goal, zero: int, given: int) -> int:
    """Return the objective that no plan betters, as anybody can tell.

    All work is delivered, or nothing waits or changes (the objective `zero`), or no more is spent, late, or held by
    more people than in the empty plan (the objective `given`).
    """
    if goal in ("must", "changes"):
        return zero
    if goal in ("value", "net_value"):
        return -sum(job.value for job in problem.jobs)
    return given


class Objectives:
    """Evaluates plans.

    The sums of the plan evaluated last are remembered, as one plan is mostly asked for several goals in a row.

    Parameters
    ----------
    problem, baseline
        What is planned, and the plan that changes are counted against.
    hires_as_told
        Whether people may be hired who do not work, as constraints of a script may ask.
    """

    def __init__(self, problem: Problem, baseline: Earlier, *, hires_as_told: bool) -> None:
        self._plan = PlanState(problem, baseline)
        self._hires_as_told = hires_as_told
        self._lock = threading.Lock()
        self._last: Solution | None = None

    def of(self, term: Term, solution: Solution) -> int:
        """Return the objective of a plan."""
        goal = GOALS[term.goal]
        with self._lock:
            if self._last is not solution:
                self._plan.load(by_job(solution))
                self._last = solution
            found = self._plan.objective(goal.coefficients)
            if self._hires_as_told:
                idle = solution.hired - self._plan.hired()
                found += goal.sums.get("hired", 0) * sum(self._plan.problem.people[one].hired_cost for one in idle)
        return found


def trivial_bound(problem: Problem, term: Term, baseline: Earlier) -> int:
    """Return a bound that takes no search: all delivered, at no cost, never late, unchanged where that can be."""
    if term.goal == "must":
        return every_must(problem)
    if term.goal in ("value", "net_value"):
        return -sum(job.value for job in problem.jobs)
    if term.goal == "changes":
        return -most_the_same(problem, baseline)
    if term.goal == "balance":
        empty = PlanState(problem).objective(GOALS["balance"].coefficients)
        return max(ceil(-term.constant / term.unit), empty)
    return 0


def every_must(problem: Problem) -> int:
    """Return the objective of `must` where all such tasks are delivered."""
    return -sum(job.effort for job in problem.jobs if job.must)
