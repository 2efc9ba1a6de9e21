"""One goal: a plan is rebuilt and improved part by part, prices bound it, and a proof of the whole is sought."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.solving.bound.lagrangian import LagrangianDual
from staffing.solving.bound.linear import LINEAR
from staffing.solving.cp.terms import Term
from staffing.solving.limits import Deadline, Limits
from staffing.solving.lns.improve import SECONDS, Improvement
from staffing.solving.ruin.parallel import Annealing
from staffing.solving.ruin.rebuild import TROUBLE, Rebuilding, scale_of
from staffing.solving.ruin.within import within
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.amounts import changes
from staffing.solving.state.arrays import Floats, Whole
from staffing.solving.state.standing import Standing
from staffing.solving.state.usage import placed, usage_of

if TYPE_CHECKING:
    from staffing.solving.lexicographic import Search

FIRST_CHUNK = 2.0
"""Seconds after which a proof begins anew from the best plan known by then; each try takes as long as all before."""
PROVABLE = 1_500
"""Most (job, person, week) for which a proof is sought from the start.

Of fewest changes it is sought wherever the whole is one model: almost every task stays, which leaves little to try."""
SMALL = 300
"""Fewest (job, person, week) for which it pays to rebuild: less is proven sooner."""
AT_ONCE = 0.5
"""Most seconds in which what is so small is to be proven at once, before prices are sought."""
UNDIVIDED = 100_000
"""Most (job, person, week) for which every thread rebuilds the whole; larger problems are divided among them."""
ANNEALING = {True: 0.7, False: 0.9}
"""Share of a goal's time in which plans are rebuilt, where the whole is one model and where it is not."""
SETTLED = 0.25
"""The same for goals that only settle who does what is delivered, and when: parts gain more there."""
SETTLING = TROUBLE.keys() - {"changes"}
"""Such goals."""
TOLD = 1.0
"""Seconds after which the best plan is told while plans are rebuilt."""
RELAX = 0.25
"""Most of a goal's time that is spent on a bound from prices."""
SOUGHT = (0.3, 1.0)
"""Shares of that time at which rebuilding learns what is known by then."""
FORGONE = 0.4
"""How much worse the bound is for owners of a group that are not tried, in units of what a task means to the goal."""
PRICE_SECONDS = 2e-8
"""Deterministic seconds that a step of prices counts for each unit of its work."""
NEARING = 0.1
"""Most of the time left that bringing an earlier plan within the limits takes."""
STUCK = 60
"""Parts without gain after which a proof is all that is left to seek."""


class Pursuit:
    """Optimises one goal.

    What is very small is mostly proven at once. Else first plans are rebuilt by all threads but one, which looks for a
    bound; then parts are improved. Where the whole is small, that thread seeks a proof from then on, anew from time to
    time from the best plan known; where it is one model, one thread does when parts gain nothing any more. With one
    thread it is one after the other.
    """

    def __init__(self, search: Search, term: Term, start: Solution, low: int, deadline: Deadline) -> None:
        self.search = search
        self.term = term
        self.bound = low
        self.deadline = deadline
        self.done = threading.Event()
        self.chunk = FIRST_CHUNK
        self.guide: tuple[Floats, Whole] | None = None
        """What a step of each person in each week is worth, and pairs that are not worth trying, once known."""
        limits = search.limits
        self.standing = Standing(
            usage_of(search.problem, start),
            [*(goal for goal, _ in search.kept), term.goal],
            [most for _, most in search.kept],
            search.earlier,
        )
        self.improvement = Improvement(
            self.standing, limits=limits, clock=search.clock, stop=self.done, seed=limits.seed
        )

    def _good_enough(self) -> bool:
        best = self.standing.best
        return best <= self.bound or abs(best - self.bound) <= self.search.limits.gap * abs(best)

    def _over(self) -> bool:
        return self.done.is_set() or self.search.stop.is_set() or self.deadline.over or self._good_enough()

    @property
    def _provable(self) -> bool:
        """Whether a proof is sought from the start."""
        return self.search.cells <= PROVABLE or (self.search.whole and self.term.goal == "changes")

    def _stuck(self) -> bool:
        """Whether parts have long gained nothing, so that only a proof is left to seek."""
        return self.search.whole and self.improvement.rounds - self.improvement.last_gain > STUCK

    def run(self) -> tuple[Solution, int]:
        """Pursue the goal until proven, told to stop, or out of time; return the plan and the bound."""
        search = self.search
        threads = 1 if search.limits.deterministic else search.limits.workers
        if search.cells < SMALL:
            self._try_to_prove(min(AT_ONCE, 0.1 * self.deadline.left), search.limits)
        if threads == 1:
            self._alone()
        else:
            self._together(threads)
        search.plans += self.standing.plans
        return self._solution(), self.bound

    def _solution(self) -> Solution:
        cells = self.standing.best_cells
        steps = {(job, *cell): count for job, placed in cells.items() for cell, count in placed.items()}
        return with_hires(self.search.problem, steps)

    def _alone(self) -> None:
        provable = self._provable
        self._relax()
        if provable:
            self._try_to_prove(min(FIRST_CHUNK, 0.2 * self.deadline.left), self.search.limits)
        self._anneal(None, lambda: 1)
        improving = self.search.clock.within((0.6 if provable else 1.0) * self.deadline.left)
        while not (self._over() or improving.over or self._stuck()):
            self._improve_a_part()
            self._tell()
        if self.search.whole and not self._over():
            self._try_to_prove(self.deadline.left, self.search.limits)

    def _together(self, threads: int) -> None:
        with ThreadPoolExecutor(threads - 1) as pool:
            try:
                bounding = pool.submit(self._bound)
                self._anneal(pool, lambda: threads - 1 + bounding.done())
                working = [bounding, *(pool.submit(self._improve) for _ in range(threads - 2 + bounding.done()))]
                while not self._over():
                    if not self._stuck() or not bounding.done():
                        self._improve_a_part()
                    else:
                        self._prove_for_a_while()
                    self._tell()
            finally:
                self.done.set()
            for one in working:
                one.result()

    def _bound(self) -> None:
        """Look for a bound; where the whole is small, then for a proof."""
        self._relax()
        while self._provable and not self._over():
            self._prove_for_a_while()

    def _prove_for_a_while(self) -> None:
        self._try_to_prove(min(self.chunk, self.deadline.left), replace(self.search.limits, workers=1))
        self.chunk *= 2

    def _improve(self) -> None:
        """Plan part after part anew."""
        while not self._over():
            if not self._improve_a_part():
                self.done.wait(0.02)

    def _improve_a_part(self) -> bool:
        """Plan one part anew; return whether there was one that nobody else works on."""
        return self.improvement.round(min(SECONDS, self.deadline.left))

    def _anneal(self, pool: Executor | None, free: Callable[[], int]) -> None:
        """Anneal for a share of the time that is left, with as many threads as are free."""
        search, standing = self.search, self.standing
        if search.cells < SMALL:
            return
        while search.preparing.is_alive() and not search.limits.deterministic and not self._over():
            self._improve_a_part()
            self._tell()
        if self._over():
            return
        search.preparing.join()
        if self.term.goal == "changes":
            self._begin_from_the_earlier_plan()
        annealing = Annealing(
            search.problem,
            search.arrays,
            standing.goals,
            standing.most,
            dict(standing.usage.cells),
            limits=search.limits,
            clock=search.clock,
            whole=search.cells <= UNDIVIDED,
        )
        cooling = search.clock.within(
            (SETTLED if self.term.goal in SETTLING else ANNEALING[search.whole]) * self.deadline.left
        )
        whole = told = cooling.left
        while not self._over() and (left := cooling.left) > 0:
            if self.guide is not None:
                annealing.guide(*self.guide)
                self.guide = None
            annealing.slice((left / whole) ** 2, free(), pool, left)
            if abs(told - left) > TOLD:
                told = left
                self._publish(annealing.best)
                self._tell()
        self._publish(annealing.best)

    def _begin_from_the_earlier_plan(self) -> None:
        """Go on from the earlier plan, brought within the limits, if it has fewer changes than the best plan."""
        search = self.search
        for plan in search.again:
            cells = within(
                search.problem,
                search.arrays,
                search.kept,
                usage_of(search.problem, plan).cells,
                seed=search.limits.seed,
                deadline=search.clock.within(NEARING * self.deadline.left),
            )
            if cells is not None and changes(placed(search.problem, cells), search.earlier) < self.standing.best:
                self.improvement.go_on_from(cells)

    def _publish(self, rebuilding: Rebuilding) -> None:
        if rebuilding.best < self.standing.best:
            self.improvement.go_on_from(rebuilding.best_cells)

    def _relax(self) -> None:
        """Seek a bound from prices."""
        search = self.search
        seconds = RELAX * self.deadline.left
        relaxing = search.clock.within(seconds)
        if self.term.goal not in LINEAR or self._over() or seconds < search.built:
            return
        musts = -sum(job.effort for job in search.problem.jobs if job.must)
        must_all = ("must", musts) in search.kept
        prices = LagrangianDual(search.problem, self.term.goal, search.kept, must_all=must_all)
        cost = prices.size * PRICE_SECONDS

        def spent(steps: int) -> float:
            search.clock.spent += cost
            if steps % 20 == 0:
                self._tell()
            return 1.0 if search.stop.is_set() else 1.0 - relaxing.left / seconds

        for until in SOUGHT:
            bound = prices.ascend(self.standing.best, spent, until)
            self.bound = self.bound if bound is None else max(self.bound, bound)
            self.guide = prices.by_week, self._forgone(prices)

    def _forgone(self, prices: LagrangianDual) -> Whole:
        """Return the pairs that are not worth trying: owners of groups with whom much less could be reached."""
        if self.term.goal not in ("value", "net_value") or not set(self.standing.goals[:-1]) <= {"must"}:
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(prices.reduced_costs() > FORGONE * scale_of(self.search.problem, self.term.goal))

    def _try_to_prove(self, seconds: float, limits: Limits) -> None:
        with self.standing.lock:
            start = self._solution()
        stop = _Either(self.search.stop, lambda: self.standing.best <= self.bound)
        deadline = self.search.clock.within(seconds)
        found, bound = self.search.prove(self.term, start, self.bound, deadline, limits, stop)
        self.bound = max(self.bound, bound)
        if self.search.amount(self.term, found) < self.standing.best:
            self.improvement.go_on_from(usage_of(self.search.problem, found).cells)

    def _tell(self) -> None:
        self.search.tell(self.term, self.standing.plans, self.standing.best, self.bound)


class _Either(threading.Event):
    """Set where another event is, or where something has come true."""

    def __init__(self, other: threading.Event, so: Callable[[], bool]) -> None:
        super().__init__()
        self._other = other
        self._so = so

    def is_set(self) -> bool:
        return self._other.is_set() or self._so()
