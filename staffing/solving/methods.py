"""The methods of a portfolio beside large neighbourhood search: bound, anneal, prove.

Each works on one goal's turn until that is over or its own time is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np

from staffing.scenario.records import Goal
from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.bound.lagrangian import LagrangianDual
from staffing.solving.bound.linear import LINEAR
from staffing.solving.cp.run import rounded_up
from staffing.solving.goals import GOALS
from staffing.solving.limits import Limits
from staffing.solving.objectives import every_must
from staffing.solving.ruin.annealer import Annealer
from staffing.solving.ruin.parallel import Kernel, ParallelAnnealing
from staffing.solving.ruin.within import within
from staffing.solving.single_model import SingleModel
from staffing.solving.state.plan import as_solution, by_job
from staffing.solving.tuning import TUNING
from staffing.solving.turn import GoalTurn

BY_DELIVERY: frozenset[Goal] = frozenset({"must", "value", "net_value", "cost"})
"""Goals that mostly hang on what is delivered, and by whom."""
BY_OWNER: frozenset[Goal] = BY_DELIVERY - {"must"}
"""Goals whose prices tell promising owners from others."""


def relax(turn: GoalTurn, kernel: Kernel) -> None:
    """Raise the bound by the Lagrangian dual of the goal, and leave the prices reached as a guide for annealing."""
    context, goal = turn.context, turn.term.goal
    share = TUNING.relax_large_share if context.very_large else TUNING.relax_share
    if goal not in LINEAR or turn.over:
        return
    must_all = ("must", every_must(context.problem)) in turn.kept
    compiled = context.problem.cells >= TUNING.heuristic_cells and kernel.loaded(
        lambda: turn.over, wait=context.limits.deterministic
    )
    seconds = share * turn.deadline.left  # loading takes none of it
    if turn.over or seconds < context.build_seconds:
        return
    deadline = context.clock.within(seconds)
    dual = LagrangianDual(context.problem, goal, turn.kept, must_all=must_all, state=kernel.state, compiled=compiled)
    cost = dual.size * TUNING.price_work_seconds

    def share_spent(steps: int) -> float:
        context.clock.spent += cost
        if steps % TUNING.price_report_steps == 0:
            turn.report()
        return 1.0 if context.stop.is_set() else 1.0 - deadline.left / seconds

    for until in TUNING.guide_at_shares:
        bound = dual.ascend(turn.best, share_spent, until)
        if bound is not None:
            turn.raise_bound(bound)
        excluded = np.zeros(0, dtype=np.int64)
        if goal in BY_OWNER:
            reduced_costs = dual.reduced_costs()
            turn.bound_by_pair = dual.ascent.best + reduced_costs
            excluded = _excluded(turn, reduced_costs)
        turn.guide = dual.by_week, excluded


def _excluded(turn: GoalTurn, reduced_costs: FloatArray) -> IntArray:
    """Return the pairs to exclude by reduced cost: owners with whom much less could be reached."""
    goal = turn.term.goal
    if goal not in ("value", "net_value") or any(kept != "must" for kept, _ in turn.kept):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(reduced_costs > TUNING.fix_out_factor * GOALS[goal].scale(turn.context.problem))


class Annealing:
    """Anneals the plan of a turn: once from the hottest, then again from the best plan, heated a little.

    Parameters
    ----------
    turn, kernel
        The goal, and the problem for compiled code.
    threads, pool
        How many threads are free, asked for every slice; and those beside the calling one.
    """

    def __init__(self, turn: GoalTurn, kernel: Kernel, threads: Callable[[], int], pool: Executor | None) -> None:
        self._turn = turn
        self._kernel = kernel
        self._threads = threads
        self._pool = pool
        self._annealing: ParallelAnnealing | None = None
        """None until there has been a first time."""
        self._heat = TUNING.reheat_temperature
        self.calm = True
        """Whether nothing was gained, however much the best plan was heated."""

    def first(self, share: float) -> None:
        """Anneal for a share of the time left, once the code is compiled."""
        turn, kernel, context = self._turn, self._kernel, self._turn.context
        if context.problem.cells < TUNING.heuristic_cells:
            return
        while kernel.compiling.is_alive() and not context.limits.deterministic and not turn.over:
            turn.improve()
            turn.report()
        if turn.over:
            return
        turn.report()
        kernel.compiling.join()
        if turn.term.goal == "changes":
            _begin_from_the_baseline(turn, kernel)
        self._annealing = ParallelAnnealing(context, kernel.state, turn.incumbent)
        seconds = share * turn.deadline.left
        starts = max(1, int(seconds / (TUNING.start_square_seconds * len(context.problem.jobs) ** 2)))
        for _ in range(starts):
            self._cool(self._annealing, TUNING.start_temperature, seconds / starts)

    def again(self, seconds: float) -> None:
        """Heat the best plan a little, and anneal it for some seconds."""
        if self._annealing is None or self._turn.over:
            return
        before = self._turn.best
        self._annealing.go_on_from(self._turn.incumbent)
        self._cool(self._annealing, self._heat, seconds)
        gained = self._turn.best < before
        self.calm = not gained and self._heat >= TUNING.reheat_most_temperature
        self._heat = TUNING.reheat_temperature if gained or self.calm else self._heat * TUNING.hotter_factor

    def _cool(self, annealing: ParallelAnnealing, heat: float, seconds: float) -> None:
        turn = self._turn
        cooling = turn.context.clock.within(min(seconds, turn.deadline.left))
        full = reported = cooling.left
        while not turn.over and (left := cooling.left) > 0:
            if turn.guide is not None:
                annealing.guide(*turn.guide)
                turn.guide = None
            annealing.slice(heat * (left / full) ** 2, self._threads(), self._pool, left)
            if abs(reported - left) > TUNING.report_seconds:
                reported = left
                self._publish(annealing.best)
                turn.report()
        self._publish(annealing.best)

    def _publish(self, best: Annealer) -> None:
        if best.best < self._turn.best:
            self._turn.go_on_from(best.best_cells)


def _begin_from_the_baseline(turn: GoalTurn, kernel: Kernel) -> None:
    """Go on from the baseline, brought within the limits, if it has fewer changes than the best plan."""
    context = turn.context
    for plan in context.repaired:
        cells = within(
            context.problem,
            kernel.state,
            turn.kept,
            by_job(plan),
            seed=context.limits.seed,
            deadline=context.clock.within(TUNING.restore_share * turn.deadline.left),
        )
        if cells is not None:
            turn.offer(as_solution(context.problem, cells))


def decide_delivery(turn: GoalTurn, single_model: SingleModel, share: float = 1.0) -> None:
    """Raise the bound of a goal that hangs on what is delivered, by a program in which just that is decided.

    It takes a share of the time left, at most. HiGHS knows no deterministic time: a deterministic run does without.
    """
    goal = turn.term.goal
    if goal not in BY_DELIVERY or turn.context.limits.deterministic or turn.over:
        return
    seconds = min(TUNING.delivery_seconds, share * turn.deadline.left)
    found = single_model.bound_by_delivery(turn.term, seconds, lambda: turn.over)
    if found is not None:
        turn.raise_bound(found)


def prove(turn: GoalTurn, single_model: SingleModel, seconds: float, limits: Limits) -> None:
    """Seek a proof in the single model for some seconds, from the best plan so far."""
    with turn.incumbent.lock:
        start = turn.solution()
    stop = _Either(turn.context.stop, lambda: turn.best <= turn.bound)
    deadline = turn.context.clock.within(seconds)

    def tell(_plans: int, best: int | None, bound: float | None) -> None:
        turn.report(found=best, bound=None if bound is None else rounded_up(bound))

    found, bound = single_model.prove(turn.term, start, turn.bound, deadline, limits=limits, stop=stop, tell=tell)
    turn.raise_bound(bound)
    turn.offer(found)


class _Either(threading.Event):
    """Set where another event is, or where something has come true."""

    def __init__(self, other: threading.Event, so: Callable[[], bool]) -> None:
        super().__init__()
        self._other = other
        self._so = so

    def is_set(self) -> bool:
        return self._other.is_set() or self._so()
