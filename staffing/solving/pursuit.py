"""One goal: parts of a plan are improved, prices bound it, and a proof of the whole is sought."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from staffing.solving.amounts import AMOUNTS
from staffing.solving.bound import Prices
from staffing.solving.engine import Limits
from staffing.solving.improve import Improvement
from staffing.solving.priced import LINEAR
from staffing.solving.solution import Solution, with_hires
from staffing.solving.terms import Term
from staffing.solving.usage import Usage, usage_of

if TYPE_CHECKING:
    from staffing.solving.search import Search

FIRST_CHUNK = 2.0
"""Seconds after which a proof begins anew from the best plan known by then; each try takes as long as all before."""
ALONE = 0.25
"""Share of a goal's time for which one thread alone improves parts, before it seeks a proof."""
RELAX = 0.2
"""Most of a goal's time that is spent on a bound from prices."""
PRICE_SECONDS = 2e-8
"""Deterministic seconds that a step of prices counts for each unit of its work."""
STUCK = 60
"""Parts without gain after which one thread alone turns to the proof."""


class Pursuit:
    """Optimises one goal: some threads improve parts of the plan, one seeks a proof for the whole.

    The proof begins anew from time to time, from the best plan known by then. With one thread, parts come first and the
    proof after them. Where the whole is too large for one model, all threads improve parts.
    """

    def __init__(self, search: Search, term: Term, start: Solution, low: int, seconds: float) -> None:
        self.search = search
        self.term = term
        self.bound = low
        self.low = low
        self.end = search.clock.left - seconds
        self.done = threading.Event()
        self.usage = usage_of(search.problem, start)
        limits = search.limits
        self.improvement = Improvement(
            self.usage,
            [*(goal for goal, _ in search.kept), term.goal],
            self._slack(self.usage),
            earlier=search.earlier,
            limits=limits,
            clock=search.clock,
            stop=self.done,
            seed=limits.seed,
        )

    def _slack(self, usage: Usage) -> list[int]:
        """Give how much worse each goal before may become."""
        signs = {term.goal: term.sign for term in self.search.terms}
        return [most - signs[goal] * AMOUNTS[goal](usage, self.search.earlier) for goal, most in self.search.kept]

    @property
    def _left(self) -> float:
        return max(0.0, self.search.clock.left - self.end)

    def _amount(self) -> int:
        with self.improvement.lock:
            return self.term.sign * AMOUNTS[self.term.goal](self.usage, self.search.earlier)

    def _good_enough(self) -> bool:
        amount = self._amount()
        return amount <= self.bound or abs(amount - self.bound) <= self.search.limits.gap * abs(amount)

    def _over(self) -> bool:
        return self.search.stop.is_set() or self._left <= 0 or self._good_enough()

    def _stuck(self) -> bool:
        """Whether parts have long gained nothing, so that only a proof is left to seek."""
        return self.search.whole and self.improvement.rounds - self.improvement.last_gain > STUCK

    def run(self) -> tuple[Solution, int]:
        """Pursue the goal until proven, told to stop, or out of time; give the plan and the bound."""
        threads = 1 if self.search.limits.deterministic else self.search.limits.workers
        if threads == 1:
            self._relax()
            self._alone()
        else:
            self._together(threads)
        self.search.plans += self.improvement.plans
        return with_hires(self.search.problem, self.usage.steps()), self.bound

    def _alone(self) -> None:
        if self.search.whole:
            self._try_to_prove(min(FIRST_CHUNK, ALONE * self._left), self.search.limits)
        share = 1 - ALONE if self.search.whole else 0.0
        until = self.end + share * self._left
        while not self._over() and self.search.clock.left > until and not self._stuck():
            self.improvement.round(min(0.4, self._left))
            self._tell()
        if self.search.whole and not self._over():
            self._try_to_prove(self._left, self.search.limits)

    def _together(self, threads: int) -> None:
        provers = 1 if self.search.whole else 0
        improvers = [threading.Thread(target=self.improvement.work, daemon=True) for _ in range(threads - provers)]
        for thread in improvers:
            thread.start()
        chunk = FIRST_CHUNK
        try:
            self._relax()
            while not self._over():
                if provers:
                    self._try_to_prove(min(chunk, self._left), replace(self.search.limits, workers=1))
                    chunk *= 2
                else:
                    self.done.wait(0.1)
                    self._tell()
        finally:
            self.done.set()
            for thread in improvers:
                thread.join()

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

        bound = prices.seek(self._amount(), spent)
        self.bound = self.bound if bound is None else max(self.bound, bound)

    def _try_to_prove(self, seconds: float, limits: Limits) -> None:
        with self.improvement.lock:
            start = with_hires(self.search.problem, self.usage.steps())
        stop = _Either(self.search.stop, lambda: self._amount() <= self.bound)
        found, bound = self.search.prove(self.term, start, self.low, seconds, limits, stop)
        self.bound = max(self.bound, bound)
        if self.search.amount(self.term, found) <= self._amount():
            better = usage_of(self.search.problem, found)
            self.improvement.replace(better, self._slack(better))

    def _tell(self) -> None:
        self.search.tell(self.term, self.improvement.plans, self._amount(), self.bound)


class _Either(threading.Event):
    """Set where another event is, or where something has come true."""

    def __init__(self, other: threading.Event, so: Callable[[], bool]) -> None:
        super().__init__()
        self._other = other
        self._so = so

    def is_set(self) -> bool:
        return self._other.is_set() or self._so()
