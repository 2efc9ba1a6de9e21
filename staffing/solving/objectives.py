"""The goals as objectives: signed so that less is better, in a model and of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil

from staffing.problem.problem import Problem
from staffing.scenario.records import MAXIMISED, Goal
from staffing.solving.bound.changes import most_the_same
from staffing.solving.cp.model import Model
from staffing.solving.cp.terms import TERMS, Term, unit_of
from staffing.solving.cp.variables import Terms
from staffing.solving.earlier import Earlier
from staffing.solving.solution import Solution
from staffing.solving.state.amounts import AMOUNTS
from staffing.solving.state.usage import Usage, usage_of


def minimised(model: Model, goal: Goal, baseline: Earlier) -> Terms:
    """Return the linear objective of a goal in a model."""
    sign = -1 if goal in MAXIMISED else 1
    return [(var, sign * factor) for var, factor in TERMS[goal](model, baseline)]


def terms_of(
    problem: Problem, goals: Sequence[Goal], empty_plan: Mapping[Goal, Fraction], baseline: Earlier
) -> tuple[Term, ...]:
    """Return the goals in integers, given the exact measure of each in the empty plan."""
    nothing = Usage(problem)
    units = {goal: unit_of(problem, goal) for goal in goals}
    return tuple(
        Term(goal, units[goal], empty_plan[goal] - units[goal] * AMOUNTS[goal](nothing, baseline)) for goal in goals
    )


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
        self._problem = problem
        self._baseline = baseline
        self._hires_as_told = hires_as_told
        self._last: tuple[Solution, Usage] | None = None

    def of(self, term: Term, solution: Solution) -> int:
        """Return the objective of a plan."""
        last = self._last  # another thread may evaluate another plan meanwhile
        if last is None or last[0] is not solution:
            usage = usage_of(self._problem, solution)
            if self._hires_as_told:
                usage.hired_idle = solution.hired
            self._last = last = (solution, usage)
        return term.sign * AMOUNTS[term.goal](last[1], self._baseline)


def trivial_bound(problem: Problem, term: Term, baseline: Earlier) -> int:
    """Return a bound that takes no search: all delivered, at no cost, never late, unchanged where that can be."""
    if term.goal == "must":
        return every_must(problem)
    if term.goal in ("value", "net_value"):
        return -sum(job.value for job in problem.jobs)
    if term.goal == "changes":
        return -most_the_same(problem, baseline)
    if term.goal == "balance":
        return max(ceil(-term.constant / term.unit), AMOUNTS["balance"](Usage(problem), baseline))
    return 0


def every_must(problem: Problem) -> int:
    """Return the objective of `must` where all such tasks are delivered."""
    return -sum(job.effort for job in problem.jobs if job.must)
