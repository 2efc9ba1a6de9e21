"""One goal: a plan is rebuilt and improved part by part, prices bound it, and a proof of the whole is sought."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from staffing.solving.bound import Prices
from staffing.solving.engine import Limits
from staffing.solving.improve import SECONDS, Improvement
from staffing.solving.priced import LINEAR
from staffing.solving.rebuild import Rebuilding
from staffing.solving.solution import Solution, with_hires
from staffing.solving.standing import Standing
from staffing.solving.terms import Term
from staffing.solving.usage import usage_of

if TYPE_CHECKING:
    from staffing.solving.search import Search

FIRST_CHUNK = 2.0
"""Seconds after which a proof begins anew from the best plan known by then; each try takes as long as all before."""
REBUILDING = {True: 0.3, False: 0.6}
"""Share of a goal's time in which a thread rebuilds, where the whole is one model and where it is not."""
HOT = 0.3
"""Temperature at which rebuilding begins; it falls to nothing."""
TURN = 20
"""Times that a thread rebuilds before others have their turn."""
BREATH = 0.0002
"""Seconds of such a turn."""
ROUND_SECONDS = 3e-4
"""Deterministic seconds that rebuilding once counts."""
RELAX = 0.2
"""Most of a goal's time that is spent on a bound from prices."""
PRICE_SECONDS = 2e-8
"""Deterministic seconds that a step of prices counts for each unit of its work."""
STUCK = 60
"""Parts without gain after which one thread alone turns to the proof."""


class Pursuit:
    """Optimises one goal.

    With several threads, one rebuilds and then improves parts; another looks for a bound and, where the whole is one
    model, seeks a proof, anew from time to time from the best plan known by then; all others improve parts. With one
    thread it is one after the other.
    """

    def __init__(self, search: Search, term: Term, start: Solution, low: int, seconds: float) -> None:
        self.search = search
        self.term = term
        self.bound = low
        self.low = low
        self.seconds = seconds
        self.end = search.clock.left - seconds
        self.done = threading.Event()
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
        self.rebuilding = Rebuilding(self.standing, Random(limits.seed))

    @property
    def _left(self) -> float:
        return max(0.0, self.search.clock.left - self.end)

    def _good_enough(self) -> bool:
        best = self.standing.best
        return best <= self.bound or abs(best - self.bound) <= self.search.limits.gap * abs(best)

    def _over(self) -> bool:
        return self.done.is_set() or self.search.stop.is_set() or self._left <= 0 or self._good_enough()

    def _stuck(self) -> bool:
        """Whether parts have long gained nothing, so that only a proof is left to seek."""
        return self.search.whole and self.improvement.rounds - self.improvement.last_gain > STUCK

    def run(self) -> tuple[Solution, int]:
        """Pursue the goal until proven, told to stop, or out of time; give the plan and the bound."""
        threads = 1 if self.search.limits.deterministic else self.search.limits.workers
        if threads == 1:
            self._alone()
        else:
            self._together(threads)
        self.search.plans += self.standing.plans
        return self._solution(), self.bound

    def _solution(self) -> Solution:
        cells = self.standing.best_cells
        steps = {(job, *cell): count for job, placed in cells.items() for cell, count in placed.items()}
        return with_hires(self.search.problem, steps)

    def _alone(self) -> None:
        self._relax()
        if self.search.whole:
            self._try_to_prove(min(FIRST_CHUNK, 0.2 * self._left), self.search.limits)
        self._rebuild(REBUILDING[self.search.whole])
        until = self.end + (0.4 * self._left if self.search.whole else 0.0)
        while not self._over() and self.search.clock.left > until and not self._stuck():
            self.improvement.round(min(SECONDS, self._left))
            self._tell()
        if self.search.whole and not self._over():
            self._try_to_prove(self._left, self.search.limits)

    def _together(self, threads: int) -> None:
        improvers = [threading.Thread(target=self._improve, daemon=True) for _ in range(threads - 2)]
        improvers.append(threading.Thread(target=self._rebuild_and_improve, daemon=True))
        for thread in improvers:
            thread.start()
        chunk = FIRST_CHUNK
        try:
            self._relax()
            while not self._over():
                if self.search.whole:
                    self._try_to_prove(min(chunk, self._left), replace(self.search.limits, workers=1))
                    chunk *= 2
                else:
                    self.improvement.round(min(SECONDS, self._left))
                    self._tell()
        finally:
            self.done.set()
            for thread in improvers:
                thread.join()

    def _improve(self) -> None:
        """Plan part after part anew."""
        while not self._over():
            if not self.improvement.round(min(SECONDS, self._left)):
                self.done.wait(0.02)

    def _rebuild_and_improve(self) -> None:
        self._rebuild(REBUILDING[self.search.whole])
        self._improve()

    def _rebuild(self, share: float) -> None:
        """Rebuild for a share of the time that is left, ever cooler, and go on from the best."""
        whole = share * self._left
        until = self.search.clock.left - whole
        while not self._over() and (left := self.search.clock.left - until) > 0:
            with self.standing.lock:
                for _ in range(TURN):
                    self.rebuilding.round(HOT * (left / whole) ** 2)
            self.search.clock.spent += TURN * ROUND_SECONDS
            time.sleep(BREATH)
        if self.standing.amount > self.standing.best:
            self.improvement.go_on_from(self.standing.best_cells)

    def _relax(self) -> None:
        """Seek a bound from prices."""
        search = self.search
        if self.term.goal not in LINEAR or self._over():
            return
        musts = -sum(job.effort for job in search.problem.jobs if job.must)
        must_all = ("must", musts) in search.kept
        prices = Prices(search.problem, self.term.goal, search.kept, must_all=must_all)
        begin, seconds = search.clock.left, RELAX * self._left
        cost = prices.size * PRICE_SECONDS

        def spent(steps: int) -> float:
            search.clock.spent += cost
            if steps % 20 == 0:
                self._tell()
            return 1.0 if search.stop.is_set() else (begin - search.clock.left) / seconds

        bound = prices.seek(self.standing.best, spent)
        self.bound = self.bound if bound is None else max(self.bound, bound)

    def _try_to_prove(self, seconds: float, limits: Limits) -> None:
        with self.standing.lock:
            start = self._solution()
        stop = _Either(self.search.stop, lambda: self.standing.best <= self.bound)
        found, bound = self.search.prove(self.term, start, self.low, seconds, limits, stop)
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
