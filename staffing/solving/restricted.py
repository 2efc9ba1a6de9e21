"""The whole problem with few owners for each job: those who cost least by the bound, and who owns it now.

Where it is small, CP-SAT finds its best plan in seconds, which is often a good one of the whole. Then more owners are
let in, until all are there who could be part of a better plan: what is proven then holds for the whole.

Sources: E. Angelelli, R. Mansini, M. G. Speranza, Kernel search: a general heuristic for the multi-dimensional knapsack
problem, Computers & Operations Research 37 (2010); reduced-cost fixing: L. A. Wolsey, Integer Programming (1998).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.arrays import FloatArray
from staffing.solving.limits import Limits
from staffing.solving.single_model import SingleModel
from staffing.solving.solution import Solution
from staffing.solving.state.plan import as_solution
from staffing.solving.tuning import TUNING
from staffing.solving.turn import GoalTurn

SLACK = 1e-6
"""Relative: how far a bound by pair, a sum of floats, is distrusted."""


@dataclass(frozen=True)
class RestrictedProblem:
    """A problem with few owners for each job.

    Attributes
    ----------
    problem, start
        It, and a plan of it.
    complete
        Whether every better plan of the whole is one of it.
    """

    problem: Problem
    start: Solution
    complete: bool


class RestrictedSearch:
    """Improves the best plan of a turn by problems with few owners, ever more of them.

    Parameters
    ----------
    turn
        The goal.
    """

    def __init__(self, turn: GoalTurn) -> None:
        self._turn = turn
        self._owners = TUNING.restricted_owners
        """For each job, on average."""
        self._seconds = TUNING.restricted_seconds

    def improve(self, seconds: float, limits: Limits) -> bool:
        """Seek the best plan of the next problem for some seconds, the next time for longer if they were too few.

        Return whether there was one: whether prices are known, and it is small, and far smaller than the whole.
        """
        turn, context = self._turn, self._turn.context
        if turn.bound_by_pair is None:
            return False
        restricted = self._restricted(turn.bound_by_pair)
        if restricted.problem.cells > min(TUNING.provable_cells, TUNING.restricted_share * context.problem.cells):
            return False
        model = SingleModel(replace(context, problem=restricted.problem))
        for goal, most in turn.kept:
            model.keep(goal, most)
        deadline = context.clock.within(min(seconds, self._seconds))
        plan, bound = model.prove(
            turn.term, restricted.start, turn.bound, deadline, limits=limits, stop=turn.ended, tell=_nothing
        )
        turn.offer(plan)
        if restricted.complete:
            turn.raise_bound(bound)
        if bound >= context.objectives.of(turn.term, plan):
            self._owners *= TUNING.restricted_growth_factor
        else:
            self._seconds *= 2
        return True

    def _restricted(self, bound_by_pair: FloatArray) -> RestrictedProblem:
        """Return the whole problem with few owners for each job, and those that it has in the best plan."""
        turn, whole = self._turn, self._turn.context.problem
        with turn.incumbent.lock:
            best, cells = turn.incumbent.best, turn.incumbent.best_cells
        useful = np.flatnonzero(bound_by_pair <= best + SLACK * abs(best))
        cheapest = useful[np.argsort(bound_by_pair[useful], kind="stable")]
        count = int(self._owners * len(whole.jobs))
        few = set(cheapest[:count].tolist())
        jobs, number = [], itertools.count()
        for job, data in enumerate(whole.jobs):
            now = {person for person, _ in cells.get(job, ())}
            pairs = tuple(pair for pair in data.pairs if next(number) in few or pair.person in now)
            jobs.append(replace(data, pairs=pairs))
        problem = replace(whole, jobs=tuple(jobs))
        return RestrictedProblem(problem, as_solution(problem, cells), complete=count >= len(useful))


def _nothing(_plans: int, _best: int | None, _bound: float | None) -> None:
    """Tell nothing: a bound of few owners is none of the whole."""
