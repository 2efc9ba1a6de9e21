"""What an evaluation of the Lagrangian bound spends most of its time on; compiled.

Until it is compiled, :mod:`staffing.solving.bound` does the same with numpy, more slowly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.state.kernel import compiled, inlined


class Places(NamedTuple):
    """Where several may work on a job, by (job, place)."""

    cells: IntArray
    week: IntArray
    covers: FloatArray
    """The effort that can be delivered there."""
    power: FloatArray
    """That of a step."""
    effort: FloatArray
    """By job."""
    order: IntArray
    """By job: its places by the cost of an effort when they were last sorted."""


@compiled
def accumulate(into: FloatArray, at: IntArray, values: FloatArray, of: IntArray, factor: FloatArray) -> None:
    """Add to into[at[i]] what values[of[i]] × factor[i] is, for all i."""
    for i in range(len(at)):
        into[at[i]] += values[of[i]] * factor[i]


@inlined
def _sort_weeks(order: IntArray, cost: FloatArray, first: int, count: int) -> None:
    """Write the order of cells that follow one another by the cost of a step, by insertion: there are few."""
    for week in range(count):
        this, k = (cost[first + week], week)
        while k > 0 and cost[first + order[k - 1]] > this:
            order[k] = order[k - 1]
            k -= 1
        order[k] = week


@compiled
def fill_windows(
    cost: FloatArray,
    first: IntArray,
    most: IntArray,
    need: IntArray,
    begin: IntArray,
    end: IntArray,
    order: IntArray,
    total: FloatArray,
) -> None:
    """Write, by (row, window), what it costs to fill the need of a row from its cheapest cells in the window on.

    Parameters
    ----------
    cost, most
        By cell: the cost of a step, and the most steps.
    first, need
        By row: its first cell, and what its cells are to hold.
    begin, end
        By window: its weeks.
    order
        By week, as many as a row has cells, to be written on.
    total
        By (row, window), to be filled; infinite where there is no room.
    """
    for row in range(len(first)):
        _sort_weeks(order, cost, first[row], len(order))
        for window in range(len(begin)):
            left, paid = (need[row], 0.0)
            for k in range(len(order)):
                if left <= 0:
                    break
                week = order[k]
                if begin[window] <= week <= end[window]:
                    steps = min(most[first[row] + week], left)
                    paid += steps * cost[first[row] + week]
                    left -= steps
            total[row, window] = np.inf if left > 0 else paid


@compiled
def fill(
    cost: FloatArray,
    first: IntArray,
    most: IntArray,
    need: IntArray,
    count: IntArray,
    order: IntArray,
    steps: FloatArray,
) -> None:
    """Write, by (row, week), the steps that fill the need of a row from its cheapest cells on.

    Parameters
    ----------
    cost, first, most, need
        As for :func:`fill_windows`.
    count
        By row: how many cells it has.
    order
        By week, to be written on.
    steps
        By (row, week), zeros to be filled.
    """
    for row in range(len(first)):
        _sort_weeks(order, cost, first[row], count[row])
        left = need[row]
        for k in range(count[row]):
            found = min(most[first[row] + order[k]], left)
            steps[row, order[k]] = found
            left -= found


@inlined
def _arrange(places: Places, row: int, cost: FloatArray) -> None:
    """Sort the places of a job by the cost of an effort, by insertion: between two evaluations little changes."""
    for place in range(places.order.shape[1]):
        this = places.order[row, place]
        key, k = (cost[places.cells[row, this]] / places.power[row, this], place)
        while k > 0:
            last = places.order[row, k - 1]
            if cost[places.cells[row, last]] / places.power[row, last] <= key:
                break
            places.order[row, k] = last
            k -= 1
        places.order[row, k] = this


@compiled
def fill_shared(cost: FloatArray, places: Places, begin: IntArray, end: IntArray, total: FloatArray) -> None:
    """Write, by (job, window), the least that its effort costs in the window, whoever works on it.

    Parameters
    ----------
    cost
        By cell: that of a step.
    begin, end
        By window: its weeks.
    total
        By (job, window), to be filled.
    """
    for row in range(len(places.effort)):
        _arrange(places, row, cost)
        for window in range(len(begin)):
            left, paid = (places.effort[row], 0.0)
            for k in range(places.order.shape[1]):
                if left <= 0:
                    break
                place = places.order[row, k]
                if begin[window] <= places.week[row, place] <= end[window]:
                    found = min(places.covers[row, place], left)
                    paid += np.floor(found / places.power[row, place]) * cost[places.cells[row, place]]
                    left -= found
            total[row, window] = paid


@compiled
def share(cost: FloatArray, places: Places, rows: IntArray, begin: IntArray, end: IntArray, steps: FloatArray) -> None:
    """Write the steps by place of some jobs, each within a window: those behind the costs of :func:`fill_shared`.

    Parameters
    ----------
    cost
        As there.
    rows, begin, end
        Numbers of jobs, and the weeks of the window of each.
    steps
        By these jobs, and place: zeros to be filled.
    """
    for number in range(len(rows)):
        row, left = (rows[number], places.effort[rows[number]])
        _arrange(places, row, cost)
        for k in range(places.order.shape[1]):
            if left <= 0:
                break
            place = places.order[row, k]
            if begin[number] <= places.week[row, place] <= end[number]:
                found = min(places.covers[row, place], left)
                steps[number, place] = np.floor(found / places.power[row, place])
                left -= found


def prepare() -> None:
    """Compile all of this module, or find it compiled."""
    rows, table, sums = np.zeros(0, dtype=np.int64), np.zeros((0, 0)), np.zeros(0)
    numbers = np.zeros((0, 0), dtype=np.int64)
    places = Places(numbers, numbers, table, table, sums, numbers)
    accumulate(sums, rows, sums, rows, sums)
    fill_windows(sums, rows, rows, rows, rows, rows, rows, table)
    fill(sums, rows, rows, rows, rows, rows, table)
    fill_shared(sums, places, rows, rows, table)
    share(sums, places, rows, rows, rows, table)
