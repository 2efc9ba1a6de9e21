"""What an evaluation of the Lagrangian bound spends most of its time on; compiled.

Until it is compiled, :mod:`staffing.solving.bound` does the same with numpy, more slowly.
"""

from __future__ import annotations

import numpy as np

from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.state.kernel import compiled, inlined


@compiled
def accumulate(into: FloatArray, at: IntArray, values: FloatArray, of: IntArray, factor: FloatArray) -> None:
    """Add to into[at[i]] what values[of[i]] × factor[i] is, for all i."""
    for i in range(len(at)):
        into[at[i]] += values[of[i]] * factor[i]


@compiled
def fill_windows(
    cost: FloatArray,
    cells: IntArray,
    most: FloatArray,
    need: FloatArray,
    begin: IntArray,
    end: IntArray,
    order: IntArray,
    total: FloatArray,
) -> None:
    """Write, by (row, window), what it costs to fill the need of a row from its cheapest cells in the window on.

    Parameters
    ----------
    cost
        By cell: that of a step.
    cells, most
        By (row, week): the cell, and the most steps in it.
    need
        By row.
    begin, end
        By window: its weeks.
    order
        By week, to be written on.
    total
        By (row, window), to be filled; infinite where there is no room.
    """
    for row in range(cells.shape[0]):
        for week in range(cells.shape[1]):
            this, k = (cost[cells[row, week]], week)
            while k > 0 and cost[cells[row, order[k - 1]]] > this:
                order[k] = order[k - 1]
                k -= 1
            order[k] = week
        for window in range(len(begin)):
            left, paid = (need[row], 0.0)
            for k in range(cells.shape[1]):
                if left <= 0:
                    break
                week = order[k]
                if begin[window] <= week <= end[window]:
                    steps = min(most[row, week], left)
                    paid += steps * cost[cells[row, week]]
                    left -= steps
            total[row, window] = np.inf if left > 0 else paid


@compiled
def fill(
    cost: FloatArray,
    first: IntArray,
    count: IntArray,
    most: IntArray,
    need: IntArray,
    order: IntArray,
    steps: FloatArray,
) -> None:
    """Write, by (row, week), the steps that fill the need of a row from its cheapest cells on.

    Parameters
    ----------
    cost, most
        By cell: the cost of a step, and the most steps.
    first, count, need
        By row: its first cell, how many follow one another, and what they are to hold.
    order
        By week, to be written on.
    steps
        By (row, week), zeros to be filled.
    """
    for row in range(len(first)):
        for week in range(count[row]):
            this, k = (cost[first[row] + week], week)
            while k > 0 and cost[first[row] + order[k - 1]] > this:
                order[k] = order[k - 1]
                k -= 1
            order[k] = week
        left = need[row]
        for k in range(count[row]):
            found = min(most[first[row] + order[k]], left)
            steps[row, order[k]] = found
            left -= found


@inlined
def _arrange(order: IntArray, row: int, cost: FloatArray, cells: IntArray, power: FloatArray) -> None:
    """Sort a row of places by the cost of an effort, by insertion: from one evaluation to the next little changes."""
    for place in range(cells.shape[1]):
        this = order[row, place]
        key, k = (cost[cells[row, this]] / power[row, this], place)
        while k > 0:
            last = order[row, k - 1]
            if cost[cells[row, last]] / power[row, last] <= key:
                break
            order[row, k] = last
            k -= 1
        order[row, k] = this


@compiled
def fill_shared(
    cost: FloatArray,
    cells: IntArray,
    week: IntArray,
    covers: FloatArray,
    power: FloatArray,
    effort: FloatArray,
    begin: IntArray,
    end: IntArray,
    order: IntArray,
    total: FloatArray,
) -> None:
    """Write, by (job, window), the least that its effort costs in the window, whoever works on it.

    Parameters
    ----------
    cost
        By cell: that of a step.
    cells, week, covers, power
        By (job, place): a cell, its week, the effort it can deliver, and that of a step in it.
    effort
        By job.
    begin, end
        By window: its weeks.
    order
        By job: its places by the cost of an effort when this was last called, to be sorted again.
    total
        By (job, window), to be filled.
    """
    for row in range(cells.shape[0]):
        _arrange(order, row, cost, cells, power)
        for window in range(len(begin)):
            left, paid = (effort[row], 0.0)
            for k in range(cells.shape[1]):
                if left <= 0:
                    break
                place = order[row, k]
                if begin[window] <= week[row, place] <= end[window]:
                    found = min(covers[row, place], left)
                    paid += np.floor(found / power[row, place]) * cost[cells[row, place]]
                    left -= found
            total[row, window] = paid


@compiled
def share(
    cost: FloatArray,
    cells: IntArray,
    week: IntArray,
    covers: FloatArray,
    power: FloatArray,
    effort: FloatArray,
    rows: IntArray,
    begin: IntArray,
    end: IntArray,
    order: IntArray,
    steps: FloatArray,
) -> None:
    """Write the steps by place of some jobs, each within a window: those behind the costs of :func:`fill_shared`.

    Parameters
    ----------
    cost, cells, week, covers, power, effort, order
        As there.
    rows
        Numbers of jobs.
    begin, end
        Of each of these jobs: the weeks of its window.
    steps
        By these jobs, and place: zeros to be filled.
    """
    for number in range(len(rows)):
        row, left = (rows[number], effort[rows[number]])
        _arrange(order, row, cost, cells, power)
        for k in range(cells.shape[1]):
            if left <= 0:
                break
            place = order[row, k]
            if begin[number] <= week[row, place] <= end[number]:
                found = min(covers[row, place], left)
                steps[number, place] = np.floor(found / power[row, place])
                left -= found


def prepare() -> None:
    """Compile all of this module, or find it compiled."""
    rows, places = np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.int64)
    sums, table = np.zeros(0), np.zeros((0, 0))
    accumulate(sums, rows, sums, rows, sums)
    fill_windows(sums, places, table, sums, rows, rows, rows, table)
    fill(sums, rows, rows, rows, rows, rows, table)
    fill_shared(sums, places, places, table, table, sums, rows, rows, places, table)
    share(sums, places, places, table, table, sums, rows, rows, rows, places, table)
