"""The whole problem as one CP-SAT model: proofs of single goals, and tidying."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from staffing.scenario.records import Goal
from staffing.solving.context import SearchContext
from staffing.solving.cp.delivery import bound_by_delivery
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import Report, SolverRun, run
from staffing.solving.cp.variables import Terms
from staffing.solving.goals import GOALS, Term
from staffing.solving.limits import Deadline, Limits
from staffing.solving.lns.tidy import untidiness
from staffing.solving.solution import Solution, with_hires
from staffing.solving.tuning import TUNING


class SingleModel:
    """The model of the whole problem, in which the goals reached so far keep their limits.

    It is built when it is first needed: large problems do without.

    Parameters
    ----------
    context
        What is planned.
    extend
        Adds constraints of a script to the model.
    most_cells
        Up to this size the whole problem may be planned as one model, whatever else is known of it; by default as
        :data:`TUNING` says.
    """

    def __init__(
        self,
        context: SearchContext,
        extend: Callable[[Model], None] | None = None,
        *,
        most_cells: int | None = None,
    ) -> None:
        self._context = context
        self._extend = extend
        self._built: Model | None = None
        self._objectives: dict[Goal, Terms] = {}
        most_cells = TUNING.single_model_cells if most_cells is None else most_cells
        self.affordable = extend is not None or context.problem.cells <= most_cells
        """Whether the whole problem may be planned as one model."""
        self._limits: list[tuple[Goal, int]] = []
        """Limits that the model does not have yet."""

    def keep(self, goal: Goal, limit: int) -> None:
        """Hold the objective of a goal at or below a limit from now on."""
        self._limits.append((goal, limit))

    def any_plan(self) -> Solution | None:
        """Return some plan, or None if there is none or none is found in time."""
        context = self._context
        found = run(self._model, [], None, context.limits, context.clock, context.clock.left, stop=context.stop)
        return None if found.steps is None else self._solution(found)

    def prove(
        self,
        term: Term,
        start: Solution,
        bound: int,
        deadline: Deadline,
        *,
        limits: Limits,
        stop: threading.Event,
        tell: Report | None = None,
    ) -> tuple[Solution, int]:
        """Seek a plan better than one that is known; return the best and its bound, equal if it is proven optimal.

        With `tell`, that is called while it lasts; without, the caller of the search hears of it.
        """
        context = self._context
        model = self._model
        objective = self._objective(term.goal)
        model.tighten()
        bound = max(bound, _least(model, objective))
        known = context.objectives.of(term, start)
        if known <= bound or deadline.over:
            return start, bound

        def report(plans: int, best: int | None, proven: float | None) -> None:
            better = known if best is None else min(known, best)
            context.report.send(term, plans, better, bound if proven is None else max(bound, proven))

        clock = context.clock
        found = run(model, objective, start, limits, clock, deadline.left, stop=stop, low=bound, tell=tell or report)
        context.report.plans += found.plans
        if found.steps is not None:
            better = self._solution(found)
            if context.objectives.of(term, better) <= known:
                start = better
        return start, bound if found.bound is None else max(bound, found.bound)

    def bound_by_delivery(self, term: Term, seconds: float, over: Callable[[], bool]) -> int | None:
        """Return a bound by a program in which only what is delivered is whole; None where none is found in time."""
        model = self._model
        objective = self._objective(term.goal)
        model.tighten()
        return bound_by_delivery(model, objective, seconds, over)

    def tidied(self, solution: Solution, deadline: Deadline) -> Solution:
        """Return a plan with the same tasks delivered and no goal worse, its hours tidy."""
        context, model = self._context, self._model
        for term in context.terms:
            model.at_most(self._objective(term.goal), context.objectives.of(term, solution))
        delivered = {job for job, _, _ in solution.steps}
        for job, var in model.delivered.items():
            model.cp.add(var == int(job in delivered))
        limits = replace(context.limits, gap=0.0)
        found = run(model, untidiness(model), solution, limits, context.clock, deadline.left, stop=context.stop)
        return solution if found.steps is None else self._solution(found)

    @property
    def _model(self) -> Model:
        if self._built is None:
            self._built = build_model(self._context.problem)
            if self._extend is not None:
                self._extend(self._built)
        while self._limits:
            goal, limit = self._limits.pop(0)
            self._built.at_most(self._objective(goal), limit)
        return self._built

    def _objective(self, goal: Goal) -> Terms:
        """Return the objective of a goal in the model, whose variables are made once."""
        if goal not in self._objectives:
            assert self._built is not None
            self._objectives[goal] = GOALS[goal].objective(self._built, self._context.baseline)
        return self._objectives[goal]

    def _solution(self, found: SolverRun) -> Solution:
        assert found.steps is not None
        if self._extend is not None:
            return Solution(found.steps, found.hired)
        return with_hires(self._context.problem, found.steps)


def _least(model: Model, objective: Terms) -> int:
    """Return the least value of a sum that the domains of its variables allow."""
    return sum(factor * (model.low(var) if factor > 0 else model.high(var)) for var, factor in objective)
