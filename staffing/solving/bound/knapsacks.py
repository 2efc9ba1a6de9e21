"""What it costs to deliver a job within a window of weeks: knapsacks that are filled from the cheapest cell on.

With c the cost of a step in a cell, and p the effort that it delivers, a sole owner takes

    min Σ c·h   subject to   Σ h = need,   0 ≤ h ≤ most,

and to fill the cheapest weeks first is exact. Several owners together take

    min Σ c·h   subject to   Σ p·h ≥ effort,   0 ≤ h ≤ most,   h whole.

This is bounded from below: cells are filled in the order of c ÷ p, and the last is rounded down. That is no more than
the continuous optimum, whoever the owners are and however many.

Source: G. B. Dantzig, Discrete-variable extremum problems, Operations Research 5 (1957).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.solving.arrays import BoolArray, FloatArray, IntArray
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.windows import JobWindows, Windows
from staffing.solving.state.pricing import Places, fill, fill_shared, fill_windows, share


def filled(most: FloatArray, amount: FloatArray) -> FloatArray:
    """Return how much is taken along the last axis until there is enough: min(most, max(0, amount − Σ most before))."""
    taken = np.cumsum(most, axis=-1)
    taken -= most
    np.subtract(amount, taken, out=taken)
    return np.clip(taken, 0, most, out=taken)


class SoleOwnerCosts:
    """The cost of some pairs in each window, for jobs of one shape; the pairs of each job begin at `starts`."""

    def __init__(self, columns: PairColumns, jobs: Sequence[int], windows: Windows) -> None:
        self.columns = columns
        ranges = [np.arange(columns.first_pair[job], columns.first_pair[job + 1]) for job in jobs]
        self.pairs, self.starts = np.concatenate(ranges), np.cumsum([0, *map(len, ranges[:-1])])
        weeks = np.arange(columns.span[self.pairs[0]])
        self.first, self.steps = columns.start[self.pairs], columns.need[self.pairs]
        self.cells = self.first[:, None] + weeks
        self.most = columns.most[self.cells].astype(float)
        self.need = self.steps.astype(float)[:, None]
        self.begin, self.end = np.ascontiguousarray(windows.begin), np.ascontiguousarray(windows.end)
        self.inside = windows.inside(weeks[:, None]).astype(float)
        self.short = self.most @ self.inside < self.need

    def costs(self, cost: FloatArray, owning: FloatArray) -> FloatArray:
        """Return the cost by pair and window, given that of a step by cell and of owning by pair; inf without room."""
        if self.columns.compiled:
            total = np.empty((len(self.cells), len(self.begin)))
            order = np.empty(self.cells.shape[1], dtype=np.int64)
            fill_windows(cost, self.first, self.columns.most, self.steps, self.begin, self.end, order, total)
        else:
            total = self._filled(cost)
            total[self.short] = np.inf
        total += owning[self.pairs][:, None]
        return total

    def _filled(self, cost: FloatArray) -> FloatArray:
        """Return the cost of hours by pair and window, also of those without room."""
        by_week = cost[self.cells]
        order = np.argsort(by_week, axis=1)
        rows = np.arange(len(order))[:, None]
        by_week, most = by_week[rows, order], self.most[rows, order]
        if self.inside.shape[1] == 1:
            return np.asarray(np.einsum("pw,pw->p", filled(most, self.need), by_week), dtype=float)[:, None]
        return self._by_window(by_week, most, order)

    def _by_window(self, by_week: FloatArray, most: FloatArray, order: IntArray) -> FloatArray:
        """Return the cost of hours by pair and window; all windows are filled at once, one week after the other."""
        left = np.repeat(self.need, self.inside.shape[1], axis=1)
        total = np.zeros_like(left)
        for place in range(order.shape[1]):
            hours = self.inside[order[:, place]]
            hours *= most[:, place, None]
            np.minimum(hours, left, out=hours)
            left -= hours
            hours *= by_week[:, place, None]
            total += hours
        return total


def sole_owner_hours(
    columns: PairColumns, windows: JobWindows, pairs: IntArray, window: IntArray, cost: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the cheapest hours of some pairs, each within one window of the list: row, cell and steps of each."""
    begin = windows.begin[window]
    length = windows.end[window] - begin
    if columns.compiled:
        first = columns.start[pairs] + begin
        steps = np.zeros((len(pairs), int(length.max(initial=-1)) + 1))
        order = np.empty(steps.shape[1], dtype=np.int64)
        fill(cost, first, columns.most, columns.need[pairs], length + 1, order, steps)
        row, week = np.nonzero(steps)
        return row, first[row] + week, steps[row, week]
    weeks = np.arange(int(length.max(initial=-1)) + 1)
    inside = weeks <= length[:, None]
    cells = np.where(inside, (columns.start[pairs] + begin)[:, None] + weeks, 0)
    order = np.argsort(np.where(inside, cost[cells], np.inf), axis=1, kind="stable")
    cells, inside = np.take_along_axis(cells, order, axis=1), np.take_along_axis(inside, order, axis=1)
    hours = filled(np.where(inside, columns.most[cells], 0.0), columns.need[pairs].astype(float)[:, None])
    row, place = np.nonzero(hours)
    return row, cells[row, place], hours[row, place]


class SharedCosts:
    """The cost of some jobs of one shape in each window, where several people may own each.

    Attributes
    ----------
    pairs, cells
        By job, padded with its first; padding covers nothing.
    """

    def __init__(self, columns: PairColumns, jobs: Sequence[int], windows: Windows) -> None:
        self.compiled = columns.compiled
        first, last = columns.first_pair[jobs], columns.first_pair[np.add(jobs, 1)] - 1
        self.pairs, self.padding = _ranges(first, last - first + 1)
        begin = columns.start[first]
        self.cells, padding = _ranges(begin, columns.start[last] + columns.span[last] - begin)
        self.week = columns.week[self.cells] - columns.first[jobs][:, None]
        self.power = columns.power[columns.pair[self.cells]].astype(float)
        self.covers = np.where(padding, 0.0, columns.most[self.cells] * self.power)
        self.effort = np.array([columns.problem.jobs[job].effort for job in jobs], dtype=float)[:, None]
        self.begin, self.end = np.ascontiguousarray(windows.begin), np.ascontiguousarray(windows.end)
        self.inside = windows.inside(np.arange(columns.span[first[0]])[:, None]).T
        order = np.tile(np.arange(self.cells.shape[1]), (len(jobs), 1))
        self.places = Places(self.cells, self.week, self.covers, self.power, self.effort[:, 0], order)
        self.short = self.effort > (self.inside[:, self.week] * self.covers).sum(axis=2).T

    def costs(self, cost: FloatArray, owning: FloatArray) -> FloatArray:
        """Return the cost by job and window, given that of a step by cell and of owning by pair; inf without room."""
        rows = np.arange(len(self.pairs))
        if self.compiled:
            by_window = np.empty((len(rows), len(self.begin)))
            fill_shared(cost, self.places, self.begin, self.end, by_window)
        else:
            order = self._order(rows, cost)
            by_cell = np.take_along_axis(cost[self.cells], order, axis=1)
            steps = self._steps(rows, order, self.inside[:, np.take_along_axis(self.week, order, axis=1)])
            by_window = np.einsum("wjc,jc->jw", steps, by_cell)
        found: FloatArray = by_window + owning[self.owner(rows, owning)][:, None]
        found[self.short] = np.inf
        return found

    def owner(self, rows: IntArray, owning: FloatArray) -> IntArray:
        """Return the pair of each job that costs least to own."""
        pairs = self.pairs[rows]
        cost = np.where(self.padding[rows], np.inf, owning[pairs])
        return np.asarray(pairs[np.arange(len(rows)), np.argmin(cost, axis=1)])

    def hours(self, rows: IntArray, window: IntArray, cost: FloatArray) -> tuple[IntArray, FloatArray]:
        """Return the cells of some jobs, and the cheapest steps in each, within a window of each job."""
        if self.compiled:
            steps = np.zeros((len(rows), self.cells.shape[1]))
            share(cost, self.places, rows, self.begin[window], self.end[window], steps)
            return self.cells[rows], steps
        order = self._order(rows, cost)
        week = np.take_along_axis(self.week[rows], order, axis=1)
        steps = self._steps(rows, order, self.inside[window[:, None], week])
        return np.take_along_axis(self.cells[rows], order, axis=1), steps

    def _order(self, rows: IntArray, cost: FloatArray) -> IntArray:
        """Return, by row, the order of cells by cost per effort delivered."""
        return np.argsort(cost[self.cells[rows]] / self.power[rows], axis=1, kind="stable")

    def _steps(self, rows: IntArray, order: IntArray, inside: BoolArray) -> FloatArray:
        """Return the steps worked in each cell, in order."""
        steps = filled(inside * np.take_along_axis(self.covers[rows], order, axis=1), self.effort[rows])
        steps /= np.take_along_axis(self.power[rows], order, axis=1)
        np.floor(steps, out=steps)
        return steps


def _ranges(first: IntArray, count: IntArray) -> tuple[IntArray, BoolArray]:
    """Return, by row, so many numbers from a first one on, padded with the first, and which of them are padding."""
    places = np.arange(int(count.max()))
    padding = places >= count[:, None]
    return np.where(padding, first[:, None], first[:, None] + places), padding
