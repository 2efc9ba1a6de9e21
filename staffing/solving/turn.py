"""One goal's turn: what the methods that pursue it share."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from staffing.scenario.records import Goal
from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.context import SearchContext
from staffing.solving.goals import GOALS, Term
from staffing.solving.limits import Deadline
from staffing.solving.lns.improve import NeighbourhoodSearch
from staffing.solving.ruin.destroy import CHANGED, WAITING
from staffing.solving.solution import Solution
from staffing.solving.state.incumbent import Incumbent
from staffing.solving.state.plan import Cells, PlanState, as_solution, by_job
from staffing.solving.tuning import TUNING


class GoalTurn:
    """The best plan of one goal and its bound so far, shared by threads.

    Parameters
    ----------
    context
        What is planned.
    term
        The goal.
    kept
        The goals before it, each with the most that its objective may be.
    start
        The plan to begin with.
    bound
        No plan has a smaller objective.
    deadline
        When the turn ends.
    """

    def __init__(
        self,
        context: SearchContext,
        term: Term,
        kept: Sequence[tuple[Goal, int]],
        start: Solution,
        bound: int,
        deadline: Deadline,
    ) -> None:
        self.context = context
        self.term = term
        self.kept = tuple(kept)
        self.bound = bound
        self.deadline = deadline
        self.guide: tuple[FloatArray, IntArray] | None = None
        """What a step of each person in each week is worth, and pairs not worth trying; None until there is news."""
        self.bound_by_pair: FloatArray | None = None
        """By pair of the jobs in order: a bound of the objective of plans in which it delivers; None where none is."""
        self.ended = threading.Event()
        """Set once the turn is over, for all threads."""
        self.incumbent = Incumbent(
            PlanState.of(context.problem, start, context.baseline),
            [GOALS[goal] for goal in (*(goal for goal, _ in kept), term.goal)],
            [limit for _, limit in kept],
            context.baseline,
        )
        self._told = self.incumbent.best
        """The objective of the best plan that the caller was told of, be it at hand or not."""
        self._telling = threading.Lock()
        self.neighbourhoods = NeighbourhoodSearch(
            self.incumbent, limits=context.limits, clock=context.clock, stop=self.ended
        )

    @property
    def settling(self) -> bool:
        """Whether the goal only settles who does what is delivered, and when."""
        return GOALS[self.term.goal].target not in (WAITING, CHANGED)

    @property
    def best(self) -> int:
        """The objective of the best plan so far."""
        return self.incumbent.best

    @property
    def over(self) -> bool:
        """Whether nothing more is to be sought: ended, stopped, out of time, or good enough."""
        return self.ended.is_set() or self.context.stop.is_set() or self.deadline.over or self._good_enough

    @property
    def _good_enough(self) -> bool:
        best = self.best
        return best <= self.bound or abs(best - self.bound) <= self.context.limits.gap * abs(best)

    def solution(self) -> Solution:
        """Return the best plan so far."""
        return as_solution(self.context.problem, self.incumbent.best_cells)

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Make another plan the one in work."""
        self.neighbourhoods.go_on_from(cells)

    def offer(self, plan: Solution) -> None:
        """Go on from a plan if it is better than the best."""
        if self.context.objectives.of(self.term, plan) < self.best:
            self.go_on_from(by_job(plan))

    def improve(self) -> bool:
        """Plan one neighbourhood anew; return whether there was one."""
        thorough = self.settling and self.context.problem.cells <= TUNING.single_model_cells
        seconds = TUNING.thorough_subproblem_seconds if thorough else TUNING.subproblem_seconds
        return self.neighbourhoods.round(min(seconds, self.deadline.left))

    def raise_bound(self, bound: int) -> None:
        """Take over a bound, unless a better one is known."""
        with self._telling:
            self.bound = max(self.bound, bound)

    def report(self, *, found: int | None = None, bound: int | None = None) -> None:
        """Report to the caller how the goal stands.

        Parameters
        ----------
        found
            The objective of a plan that is found, and still to come.
        bound
            A bound that is news.
        """
        with self._telling:  # what is told never becomes worse
            if bound is not None:
                self.bound = max(self.bound, bound)
            self._told = min(self._told, self.best, *([] if found is None else [found]))
            self.context.report.send(self.term, self.incumbent.plans, self._told, self.bound)
