"""What it costs a sole owner to deliver a job within a window.

With c(w) the cost of a step in week w, and most(w) the steps that the owner can work in it, the cost is

    min Σ c(w)·h(w)   subject to   Σ h(w) = need,   0 ≤ h(w) ≤ most(w),

over the weeks of the window. To fill the cheapest weeks first is exact (a continuous knapsack with whole bounds: G. B.
Dantzig, Discrete-variable extremum problems, Operations Research 5 (1957)).
"""

from __future__ import annotations

import numpy as np

from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.windows import JobWindows, Windows


class SoleOwnerCosts:
    """The cheapest cost of some pairs in each window; their jobs have the same windows.

    Attributes
    ----------
    starts
        Where each job's pairs begin.
    """

    def __init__(self, columns: PairColumns, pairs: IntArray, starts: IntArray, windows: Windows) -> None:
        span = int(columns.span[pairs[0]])
        self.pairs, self.starts = pairs, starts
        self.cells = columns.start[pairs][:, None] + np.arange(span)
        self.most = columns.most[self.cells].astype(float)
        self.need = columns.need[pairs].astype(float)[:, None]
        weeks = np.arange(span)[:, None]
        self.inside = ((weeks >= windows.begin) & (weeks <= windows.end)).astype(float)
        self.short = self.most @ self.inside < self.need

    def costs(self, cost: FloatArray, owning: FloatArray) -> FloatArray:
        """Return, by pair and window, the cost of owning and of the cheapest hours; infinite where they do not fit.

        Parameters
        ----------
        cost
            By cell: the cost of a step.
        owning
            By pair: the cost of owning.
        """
        by_week = cost[self.cells]
        order = np.argsort(by_week, axis=1)
        rows = np.arange(len(order))[:, None]
        by_week, most = by_week[rows, order], self.most[rows, order]
        if self.inside.shape[1] == 1:
            hours = np.cumsum(most, axis=1)
            hours -= most
            np.subtract(self.need, hours, out=hours)
            np.clip(hours, 0, most, out=hours)
            total = np.asarray(np.einsum("pw,pw->p", hours, by_week), dtype=float)[:, None]
        else:
            total = self._by_window(by_week, most, order)
        total += owning[self.pairs][:, None]
        total[self.short] = np.inf
        return total

    def _by_window(self, by_week: FloatArray, most: FloatArray, order: IntArray) -> FloatArray:
        """Return, by pair and window, the cost of the cheapest hours; all windows are filled at once, week by week."""
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
    weeks = np.arange(int(length.max(initial=-1)) + 1)
    inside = weeks <= length[:, None]
    cells = np.where(inside, (columns.start[pairs] + begin)[:, None] + weeks, 0)
    order = np.argsort(np.where(inside, cost[cells], np.inf), axis=1, kind="stable")
    cells = np.take_along_axis(cells, order, axis=1)
    most = np.where(np.take_along_axis(inside, order, axis=1), columns.most[cells], 0)
    hours = np.minimum(columns.need[pairs][:, None] - (np.cumsum(most, axis=1) - most), most)
    row, place = np.nonzero(hours > 0)
    return row, cells[row, place], hours[row, place].astype(float)
