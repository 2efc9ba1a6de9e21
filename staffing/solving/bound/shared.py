"""What it costs owners to share tasks, at prices by person and week.

Owners who share a task cover its effort in the weeks that cost least for what they deliver, whoever and however many
they are, the last of them in part: the greedy answer to min Σ c·h, Σ p·h ≥ effort, 0 ≤ h ≤ most, for whole hours a
bound from below (Dantzig's, of the knapsack), so that it is never too dear.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.solving.bound.windows import Flags, Floats, Options, Whole, Windows


class Shared:
    """Jobs with the same windows that several may share, and the cheapest cost of each in each window.

    Attributes
    ----------
    pairs, cells
        By job, filled up with the first; those filled up cover nothing.
    """

    def __init__(self, options: Options, jobs: Sequence[int], shape: Windows) -> None:
        self.jobs = np.array(jobs, dtype=np.int64)
        first, last = options.first_pair[self.jobs], options.first_pair[self.jobs + 1] - 1
        self.pairs, self.spare = _spread(first, last - first + 1)
        begin = options.start[first]
        self.cells, spare = _spread(begin, options.start[last] + options.span[last] - begin)
        self.week = options.week[self.cells] - options.first[self.jobs][:, None]
        self.power = options.power[options.pair[self.cells]].astype(float)
        self.covers = np.where(spare, 0.0, options.most[self.cells] * self.power)
        self.effort = np.array([options.problem.jobs[job].effort for job in jobs], dtype=float)[:, None]
        weeks = np.arange(int(options.span[first[0]]))
        self.inside = (weeks >= shape.begin[:, None]) & (weeks <= shape.end[:, None])

    def _order(self, cost: Floats, rows: Whole) -> tuple[Whole, Floats]:
        """Return by row the order of cells by cost per effort delivered, and their costs in that order."""
        by_cell = cost[self.cells[rows]]
        order = np.argsort(by_cell / self.power[rows], axis=1, kind="stable")
        return order, np.take_along_axis(by_cell, order, axis=1)

    def _steps(self, rows: Whole, order: Whole, inside: Flags) -> tuple[Floats, Flags]:
        """Return the steps worked, the last of them no more than needed, and whether the effort falls short."""
        covers = inside * np.take_along_axis(self.covers[rows], order, axis=1)
        done = np.cumsum(covers, axis=-1)
        effort = self.effort[rows]
        short = done[..., -1] < effort[:, 0]
        done -= covers
        np.subtract(effort, done, out=done)
        np.clip(done, 0, covers, out=done)
        done /= np.take_along_axis(self.power[rows], order, axis=1)
        return np.floor(done, out=done), short

    def costs(self, cost: Floats, owning: Floats) -> Floats:
        """Return by job and window the cost of owning and of the cheapest steps; infinite where there is no room."""
        rows = np.arange(len(self.jobs))
        order, by_cell = self._order(cost, rows)
        week = np.take_along_axis(self.week, order, axis=1)
        steps, short = self._steps(rows, order, self.inside[:, week])
        found = (
            np.asarray(np.einsum("wjc,jc->jw", steps, by_cell), dtype=float) + owning[self.owner(rows, owning)][:, None]
        )
        found[short.T] = np.inf
        return found

    def owner(self, rows: Whole, owning: Floats) -> Whole:
        """Return the pair of each job that costs least to own."""
        pairs = self.pairs[rows]
        worst = np.where(self.spare[rows], np.inf, owning[pairs])
        return np.asarray(pairs[np.arange(len(rows)), np.argmin(worst, axis=1)])

    def hours(self, rows: Whole, windows: Whole, cost: Floats) -> tuple[Whole, Floats]:
        """Return the cells of some jobs, and the steps worked in each within windows."""
        order, _ = self._order(cost, rows)
        week = np.take_along_axis(self.week[rows], order, axis=1)
        steps, _ = self._steps(rows, order, self.inside[windows[:, None], week])
        return np.take_along_axis(self.cells[rows], order, axis=1), steps


def _spread(first: Whole, count: Whole) -> tuple[Whole, Flags]:
    """Return by row the numbers that follow a first one, padded with the first, and which of them are padding."""
    places = np.arange(int(count.max()))
    spare = places >= count[:, None]
    return np.where(spare, first[:, None], first[:, None] + places), spare
