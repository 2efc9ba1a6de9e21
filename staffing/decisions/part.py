"""A part of a plan that is free while all else of it stays, and one run of the solver on a problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from staffing.decisions.given import Effort
from staffing.problem.problem import Problem
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.cp.variables import Terms
from staffing.solving.limits import Limits
from staffing.solving.lns.subproblem import Subproblem
from staffing.solving.solution import Solution, with_hires


@dataclass(frozen=True)
class Fit:
    """What was found of a plan sought.

    Attributes
    ----------
    solution
        A plan; None where none was found.
    refuted
        Whether it is proven that there is none.
    least
        The objective of the plan, where one was asked for.
    exact
        Whether it is proven that no plan has less.
    free
        The tasks that were free, where all others are as in the plan given; None where all were.
    """

    solution: Solution | None = None
    refuted: bool = False
    least: int | None = None
    exact: bool = False
    free: tuple[int, ...] | None = None


Objective = Callable[[Model], Terms]
"""What is to be least, as a sum over the model of a problem; it may hold the model to more than its rules.

Where the sum is empty, any plan does.
"""


@dataclass(frozen=True)
class Part:
    """Some tasks of a plan, free, and the plan that has all others."""

    problem: Problem
    plan: Solution
    sub: Subproblem

    def joined(self, found: Solution) -> Solution:
        """Return the whole plan, given that of the part."""
        free = set(self.sub.jobs)
        steps = {cell: count for cell, count in self.plan.steps.items() if cell[0] not in free}
        for job, cells in self.sub.by_job(found.steps).items():
            steps |= {(job, *cell): count for cell, count in cells.items()}
        return with_hires(self.problem, steps)


def run_model(problem: Problem, objective: Objective | None, hint: Solution, effort: Effort) -> Fit:
    """Seek any plan of a problem, or one whose objective is least, by CP-SAT."""
    model = build_model(problem)
    terms = [] if objective is None else objective(model)
    left = effort.clock.left
    found = run(model, terms, hint, Limits(seconds=left), effort.clock, left, stop=effort.stop)
    if found.steps is None:
        return Fit(refuted=found.infeasible)
    solution = with_hires(problem, found.steps)
    if not terms:
        return Fit(solution)
    least = model.evaluate(terms, solution)
    return Fit(solution, least=least, exact=found.bound == least)
