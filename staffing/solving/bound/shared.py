"""What it costs several owners to deliver a job together within a window.

With c the cost of a step in a cell, and p the effort it delivers, the cost is

    min Σ c·h   subject to   Σ p·h ≥ effort,   0 ≤ h ≤ most,   h whole,

over all cells in the window. It is bounded from below: fill cells in the order of c ÷ p, and round the last down. That
is no more than the continuous optimum (G. B. Dantzig, Discrete-variable extremum problems, Operations Research 5
(1957)), whoever the owners are and however many.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.solving.arrays import BoolArray, FloatArray, IntArray
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.windows import Windows


class SharedCosts:
    """The cheapest cost, in each window, of some jobs that several may own; they have the same windows.

    Attributes
    ----------
    pairs, cells
        By job, padded with its first; padding covers nothing.
    """

    def __init__(self, columns: PairColumns, jobs: Sequence[int], windows: Windows) -> None:
        self.jobs = np.array(jobs, dtype=np.int64)
        first, last = columns.first_pair[self.jobs], columns.first_pair[self.jobs + 1] - 1
        self.pairs, self.padding = _ranges(first, last - first + 1)
        begin = columns.start[first]
        self.cells, padding = _ranges(begin, columns.start[last] + columns.span[last] - begin)
        self.week = columns.week[self.cells] - columns.first[self.jobs][:, None]
        self.power = columns.power[columns.pair[self.cells]].astype(float)
        self.covers = np.where(padding, 0.0, columns.most[self.cells] * self.power)
        self.effort = np.array([columns.problem.jobs[job].effort for job in jobs], dtype=float)[:, None]
        weeks = np.arange(int(columns.span[first[0]]))
        self.inside = (weeks >= windows.begin[:, None]) & (weeks <= windows.end[:, None])

    def costs(self, cost: FloatArray, owning: FloatArray) -> FloatArray:
        """Return, by job and window, the cost of owning and of the cheapest steps; infinite where they do not fit.

        Parameters
        ----------
        cost
            By cell: the cost of a step.
        owning
            By pair: the cost of owning; of a shared job the cheapest counts, once.
        """
        rows = np.arange(len(self.jobs))
        order = self._order(rows, cost)
        by_cell = np.take_along_axis(cost[self.cells], order, axis=1)
        week = np.take_along_axis(self.week, order, axis=1)
        steps, short = self._steps(rows, order, self.inside[:, week])
        by_window = np.asarray(np.einsum("wjc,jc->jw", steps, by_cell), dtype=float)
        found: FloatArray = by_window + owning[self.owner(rows, owning)][:, None]
        found[short.T] = np.inf
        return found

    def owner(self, rows: IntArray, owning: FloatArray) -> IntArray:
        """Return the pair of each job that costs least to own."""
        pairs = self.pairs[rows]
        cost = np.where(self.padding[rows], np.inf, owning[pairs])
        return np.asarray(pairs[np.arange(len(rows)), np.argmin(cost, axis=1)])

    def hours(self, rows: IntArray, window: IntArray, cost: FloatArray) -> tuple[IntArray, FloatArray]:
        """Return the cells of some jobs, each within a window, and the cheapest steps in each cell."""
        order = self._order(rows, cost)
        week = np.take_along_axis(self.week[rows], order, axis=1)
        steps, _ = self._steps(rows, order, self.inside[window[:, None], week])
        return np.take_along_axis(self.cells[rows], order, axis=1), steps

    def _order(self, rows: IntArray, cost: FloatArray) -> IntArray:
        """Return, by row, the order of cells by cost per effort delivered."""
        return np.argsort(cost[self.cells[rows]] / self.power[rows], axis=1, kind="stable")

    def _steps(self, rows: IntArray, order: IntArray, inside: BoolArray) -> tuple[FloatArray, BoolArray]:
        """Return the steps worked in each cell, and whether the effort is not covered even by all of them."""
        covers = inside * np.take_along_axis(self.covers[rows], order, axis=1)
        done = np.cumsum(covers, axis=-1)
        effort = self.effort[rows]
        short = done[..., -1] < effort[:, 0]
        done -= covers
        np.subtract(effort, done, out=done)
        np.clip(done, 0, covers, out=done)
        done /= np.take_along_axis(self.power[rows], order, axis=1)
        return np.floor(done, out=done), short


def _ranges(first: IntArray, count: IntArray) -> tuple[IntArray, BoolArray]:
    """Return, by row, so many numbers from a first one on, padded with the first, and which of them are padding."""
    places = np.arange(int(count.max()))
    padding = places >= count[:, None]
    return np.where(padding, first[:, None], first[:, None] + places), padding
