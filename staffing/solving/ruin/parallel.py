"""Annealing: a plan is rebuilt by all free threads, ever cooler.

A problem is rebuilt whole by each thread, and the best plan counts. A very large one is divided among the threads,
differently each time.

Source: S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Optimization by simulated annealing, Science 220 (1983).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from random import Random

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.limits import Clock, Limits
from staffing.solving.ruin.partition import Sides
from staffing.solving.ruin.rebuild import Rebuilding
from staffing.solving.state.arrays import Floats, Whole
from staffing.solving.state.usage import Cells

HOT = 1.0
"""Temperature at the beginning, in units of what a task means to the goal; it falls to nothing."""
SLICES = {True: 0.1, False: 0.5}
"""Seconds after which threads meet, where all rebuild the whole and where each has a part."""
FIRST_ROUNDS = 500
"""Rounds of the first slice, and of all where the clock does not count."""
ROUND_SECONDS = 3e-5
"""Deterministic seconds that a round counts."""


class Annealing:
    """Anneals a plan for one goal, the goals before it kept within their limits.

    Parameters
    ----------
    problem, arrays
        What is planned, and the same in one array, of which this takes copies.
    goals, most
        The goals kept, and last the one sought; by goal kept the most that sign × its amount may be.
    cells
        The plan to begin with.
    limits, clock
        Threads, seed and time.
    whole
        Whether every thread rebuilds the whole.
    """

    def __init__(
        self,
        problem: Problem,
        arrays: Whole,
        goals: Sequence[Goal],
        most: Sequence[int],
        cells: dict[int, Cells],
        *,
        limits: Limits,
        clock: Clock,
        whole: bool,
    ) -> None:
        self.clock = clock
        self.whole = whole
        self.limits = limits
        self.rounds = FIRST_ROUNDS
        self.round_seconds = ROUND_SECONDS
        threads = 1 if limits.deterministic else limits.workers
        self.at_work = [
            Rebuilding(problem, arrays.copy(), goals, most, seed=limits.seed + number) for number in range(threads)
        ]
        self.main = self.at_work[0]
        self.main.go_on_from(cells)
        self._random = Random(limits.seed)
        self._sides = Sides(problem)
        self._joined = 1

    @property
    def best(self) -> Rebuilding:
        """Who has the best plan."""
        return min(self.at_work[: self._joined] if self.whole else [self.main], key=lambda one: one.best)

    def slice(self, heat: float, free: int, pool: Executor | None, left: float) -> None:
        """Rebuild for a while, with so many free threads, at a temperature from 1, the hottest, to 0.

        No longer than the seconds that are left, as far as earlier slices tell how long rounds take.
        """
        begun = time.monotonic()
        if not self.limits.deterministic:
            self.rounds = max(1, min(self.rounds, int(left / self.round_seconds)))
        hot = HOT * heat
        free = min(free, len(self.at_work))
        if free == 1 or pool is None:
            self.main.run(self.rounds, hot, hot)
        elif self.whole:
            self._apart(hot, free, pool)
        else:
            self._by_sides(hot, free, pool)
        self.clock.spent += self.rounds * ROUND_SECONDS
        if not self.limits.deterministic:
            used = max(time.monotonic() - begun, 1e-6)
            self.round_seconds = used / self.rounds
            self.rounds = max(1, int(self.rounds * min(4.0, max(0.25, SLICES[self.whole] / used))))

    def guide(self, prices: Floats, forgone: Whole) -> None:
        """Let hours have prices by person and week when owners are chosen, and forgo some pairs, by number."""
        for one in self.at_work:
            one.price(prices)
        for one in self.at_work[: self._joined]:
            one.forgo(forgone)

    def _apart(self, hot: float, free: int, pool: Executor) -> None:
        for one in self.at_work[self._joined : free]:
            self.main.share(one)
        self._joined = max(self._joined, free)
        _together([lambda one=one: one.run(self.rounds, hot, hot) for one in self.at_work[:free]], pool)  # type: ignore[misc]

    def _by_sides(self, hot: float, free: int, pool: Executor) -> None:
        lent = self._lent(free)
        _together([lambda one=one: one.run_lent(self.rounds, hot, hot, free) for one in lent], pool)  # type: ignore[misc]
        self.main.take_back(lent)

    def _lent(self, count: int) -> list[Rebuilding]:
        while len(self.at_work) <= count:
            self.at_work.append(self.main.another(self.limits.seed + len(self.at_work)))
        lent = self.at_work[1 : count + 1]
        for one, (people, jobs) in zip(lent, self._sides.draw(count, self._random), strict=True):
            self.main.lend(one, people, jobs)
        return lent


def _together(tasks: Sequence[Callable[[], None]], pool: Executor) -> None:
    """Do some things at once, one of them here."""
    running: list[Future[None]] = [pool.submit(task) for task in tasks[1:]]
    tasks[0]()
    for one in running:
        one.result()
