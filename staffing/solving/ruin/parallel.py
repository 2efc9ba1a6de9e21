"""Simulated annealing by ruin and recreate, on all free threads.

Each thread anneals the whole plan, and the best plan counts. A very large one is divided among the threads, differently
each time. Threads meet after every slice of time, and the temperature falls from slice to slice.

Source: S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Optimization by simulated annealing, Science 220 (1983).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import cached_property

import numpy as np

from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.context import SearchContext
from staffing.solving.ruin.annealer import Annealer
from staffing.solving.ruin.compiling import compile_beside
from staffing.solving.ruin.division import Division
from staffing.solving.state.filling import tables_of
from staffing.solving.state.incumbent import Incumbent
from staffing.solving.state.kernel import READY
from staffing.solving.state.tables import State, copied
from staffing.solving.tuning import TUNING


class Kernel:
    """The problem as compiled code reads it, and compiling beside the search; each begins when it is asked for."""

    def __init__(self, context: SearchContext, *, whole: Kernel | None = None) -> None:
        self._context = context
        self._whole = whole

    def of(self, part: SearchContext) -> Kernel:
        """Return the same for a part of the problem; compiling is one."""
        return Kernel(part, whole=self)

    @cached_property
    def state(self) -> State:
        """The problem in tables."""
        return tables_of(self._context.problem, self._context.limits.seed, self._context.baseline)

    @cached_property
    def compiling(self) -> threading.Thread:
        """A thread that is alive until all is compiled: after installing that takes a minute, once."""
        return compile_beside(self.state, self._context.report) if self._whole is None else self._whole.compiling

    def loaded(self, over: Callable[[], bool], *, wait: bool) -> bool:
        """Return whether compiled code is at hand; what is kept is waited for, which is a blink, or even all of it."""
        while self.compiling.is_alive() and (wait or not (self._context.report.compiling or over())):
            self.compiling.join(TUNING.look_seconds)
        return READY.is_set()


class ParallelAnnealing:
    """Anneals a plan for one goal, the goals before it kept within their limits.

    Parameters
    ----------
    context
        What is planned, threads, seed and time.
    state
        The problem in tables, of which this takes copies.
    incumbent
        The plan to begin with, its goals and their limits; it is left as it is.
    """

    def __init__(self, context: SearchContext, state: State, incumbent: Incumbent) -> None:
        limits = context.limits
        self._clock = context.clock
        self._deterministic = limits.deterministic
        self._seed = limits.seed
        self._random = np.random.default_rng(limits.seed)
        self._undivided = not context.very_large
        self._slice_seconds = TUNING.slice_seconds if self._undivided else TUNING.divided_slice_seconds
        self._rounds = TUNING.first_slice_rounds
        self._round_seconds = TUNING.round_work_seconds
        self._at_work = [
            Annealer(context.problem, copied(state), incumbent.goals, incumbent.limits, seed=limits.seed + number)
            for number in range(context.threads)
        ]
        self._main = self._at_work[0]
        self._context = context
        self.go_on_from(incumbent)

    def go_on_from(self, incumbent: Incumbent) -> None:
        """Begin with a plan, all threads alike."""
        with incumbent.lock:  # a thread that seeks proofs may go on from another plan just now
            self._main.go_on_from(dict(incumbent.plan.cells))
        self._joined = 1
        """How many have begun, where each anneals the whole plan."""

    @property
    def best(self) -> Annealer:
        """Who has the best plan."""
        return min(self._at_work[: self._joined] if self._undivided else [self._main], key=lambda one: one.best)

    @cached_property
    def _division(self) -> Division:
        return Division(self._context.problem)

    def slice(self, heat: float, threads: int, pool: Executor | None, left: float) -> None:
        """Anneal until the threads meet again.

        Parameters
        ----------
        heat
            The temperature.
        threads
            How many are free.
        pool
            Runs all of them but the calling one.
        left
            Seconds that the slice may take, as far as earlier ones tell how long rounds take.
        """
        begun = time.monotonic()
        if not self._deterministic:
            self._rounds = max(1, min(self._rounds, int(left / self._round_seconds)))
        threads = min(threads, len(self._at_work))
        if threads == 1 or pool is None:
            self._main.run(self._rounds, heat, heat)
        elif self._undivided:
            self._run_undivided(heat, threads, pool)
        else:
            self._run_divided(heat, threads, pool)
        self._clock.spent += self._rounds * TUNING.round_work_seconds
        if not self._deterministic:
            self._learn(max(time.monotonic() - begun, 1e-6))

    def guide(self, prices: FloatArray, excluded: IntArray) -> None:
        """Guide insertion by the dual price of each (person, week), and exclude the given pairs."""
        for one in self._at_work:
            one.price(prices)
        for one in self._at_work[: self._joined]:
            one.fix_out(excluded)

    def _learn(self, used: float) -> None:
        """Make the next slice about as long as it should be, from the seconds that this one took."""
        self._round_seconds = used / self._rounds
        change = min(TUNING.slice_factor, max(1 / TUNING.slice_factor, self._slice_seconds / used))
        self._rounds = max(1, int(self._rounds * change))

    def _run_undivided(self, heat: float, threads: int, pool: Executor) -> None:
        for one in self._at_work[self._joined : threads]:
            self._main.share(one)
        self._joined = max(self._joined, threads)
        _run_together([lambda one=one: one.run(self._rounds, heat, heat) for one in self._at_work[:threads]], pool)  # type: ignore[misc]

    def _run_divided(self, heat: float, threads: int, pool: Executor) -> None:
        blocks = self._split(threads)
        _run_together([lambda one=one: one.run_lent(self._rounds, heat, heat, threads) for one in blocks], pool)  # type: ignore[misc]
        self._main.take_back(blocks)

    def _split(self, count: int) -> list[Annealer]:
        """Lend each thread a block of the plan; the main one keeps all of it."""
        while len(self._at_work) <= count:
            self._at_work.append(self._main.another(self._seed + len(self._at_work)))
        blocks = self._at_work[1 : count + 1]
        for one, block in zip(blocks, self._division.draw(self._main.state, count, self._random), strict=True):
            self._main.lend(one, block)
        return blocks


def _run_together(tasks: Sequence[Callable[[], None]], pool: Executor) -> None:
    """Run tasks at once, one of them in this thread."""
    running = [pool.submit(task) for task in tasks[1:]]
    tasks[0]()
    for one in running:
        one.result()
