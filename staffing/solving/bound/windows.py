"""Windows: the weeks within which a job is delivered.

Precedence and lateness ask when a job begins and ends, so a job that comes before or after another is priced for every
window [a, b] of its weeks; any other job for all its weeks at once. Where that makes too many windows, weeks are
grouped into blocks, and a plan belongs to the blocks its first and last hours lie in. A window is then as wide as its
blocks, and counts as begun as late, and ended as soon, as its blocks allow. So the relaxation stays valid.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.arrays import BoolArray, FloatArray, IntArray
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.components import Ties

MOST_WORK = 2.5e6
"""Most (pair, window, week) to price in one evaluation; blocks of weeks grow until there are no more."""

Shape = tuple[int, bool, bool]
"""What a job's windows depend on: its weeks, and whether it comes after, and before, other jobs."""


class Windows(NamedTuple):
    """The windows of a job, by week of its own; a plan in one begins and ends in its first and last block of weeks."""

    begin: IntArray
    end: IntArray
    latest_begin: IntArray
    """The end of the first block."""
    soonest_end: IntArray
    """The begin of the last block."""

    def inside(self, week: IntArray) -> BoolArray:
        """Return whether weeks lie in the windows."""
        return np.asarray((week >= self.begin) & (week <= self.end))


def windows(shape: Shape, blocks: int) -> Windows:
    """Return the windows of a job whose weeks are grouped into so many blocks at most."""
    span, after, before = shape
    count = min(span, blocks)
    starts = [number * span // count for number in range(count)]
    first, last = starts, [start - 1 for start in [*starts[1:], span]]
    chosen = [
        (first[i], last[j], last[i], first[j])
        for i in (range(count) if after else (0,))
        for j in (range(count) if before else (count - 1,))
        if i <= j
    ]
    return Windows(*np.array(chosen, dtype=np.int64).T)


class JobWindows:
    """The windows of all jobs, in one list.

    If lateness counts (`timed`), it also matters when a job ends that nothing comes after, if it can be late.

    Attributes
    ----------
    shape, start, count
        By job: its shape, where its windows begin in the list, and how many there are.
    of_shape
        The windows of each shape.
    begin, end, latest_begin, soonest_end, late
        By window: its weeks, by week of the job; when it begins and ends, by week of the horizon; and weight × weeks
        late, at least.
    work
        How many (pair, window, week) there are.
    """

    def __init__(self, problem: Problem, columns: PairColumns, ties: Ties, *, timed: bool) -> None:
        before = {first for first, _ in ties.parent.values()}
        if timed:
            before |= {job for job, data in enumerate(problem.jobs) if data.due is not None and data.last > data.due}
        self.shape: list[Shape] = [
            (data.last - data.first + 1, job in ties.parent, job in before) for job, data in enumerate(problem.jobs)
        ]
        self.work, self.of_shape = self._grouped(columns, max(problem.weeks, 1))
        listed = [self.of_shape[shape] for shape in self.shape]
        self.count = np.array([len(one.begin) for one in listed], dtype=np.int64)
        self.start = np.cumsum(self.count) - self.count
        none = Windows(*np.zeros((4, 0), dtype=np.int64))
        first = np.repeat(columns.first, self.count)
        self.begin, self.end, latest_begin, soonest_end = np.concatenate([none, *listed], axis=1)
        self.latest_begin, self.soonest_end = latest_begin + first, soonest_end + first
        self.late = self._lateness(problem)

    def _grouped(self, columns: PairColumns, blocks: int) -> tuple[int, dict[Shape, Windows]]:
        """Return the work and the windows by shape, with as many blocks of weeks as `MOST_WORK` allows."""
        pairs = np.diff(columns.first_pair)
        while True:
            made = {shape: windows(shape, blocks) for shape in set(self.shape)}
            work = sum(int(pairs[job]) * shape[0] * len(made[shape].begin) for job, shape in enumerate(self.shape))
            if work <= MOST_WORK or blocks <= 2:
                return work, made
            blocks -= 1

    def _lateness(self, problem: Problem) -> FloatArray:
        """Return, by window, weight × max(0, soonest end − due)."""
        due = np.array([problem.weeks if job.due is None else job.due for job in problem.jobs], dtype=np.int64)
        weight = np.array([job.weight for job in problem.jobs], dtype=np.int64)
        weeks = np.maximum(0, self.soonest_end - np.repeat(due, self.count))
        return np.asarray(weeks * np.repeat(weight, self.count), dtype=float)
