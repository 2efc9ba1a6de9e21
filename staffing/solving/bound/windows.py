"""What it costs each person to own each task within some of its weeks, at prices by person and week.

A task that comes after another, or before one, is priced for every window of weeks it may keep to; the others for all
their weeks at once. Within a window a sole owner works what they need in the weeks that cost least (the greedy answer
to min Σ c·h, Σ h = need, 0 ≤ h ≤ most, which is exact).

Long windows are told apart by blocks of weeks only: a window is wide enough for every plan whose first and last hours
lie in its blocks, so that a bound stays one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.problem.problem import Problem

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
WORK = 2.5e6
"""Most (owner, window, week) that are priced in one go; blocks of weeks grow until it is so."""


@dataclass(frozen=True)
class Windows:
    """The windows of a task, by week of its own; a plan falls into the one its first and last hours lie in."""

    begin: Whole
    end: Whole
    latest_begin: Whole
    """Last week in which hours can begin, of what falls into a window."""
    soonest_end: Whole
    """First week in which hours can end, of what falls into a window."""


def windows(span: int, *, after: bool, before: bool, blocks: int) -> Windows:
    """Return the windows of a task over some weeks that comes after, or before, others."""
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


def added(rows: Whole, amounts: Floats, count: int) -> Floats:
    """Return the sums of amounts by row."""
    return np.asarray(np.bincount(rows, amounts, count), dtype=float)


class Options:
    """Who may own each job and when, in arrays; pairs are (job, person) in the order of jobs, cells the weeks of each.

    Attributes
    ----------
    job, person, need, price, by_hour
        By pair; `by_hour` is 1 where hours are paid, 0 where a price stands in their place.
    start, span
        By pair: its first cell, and how many there are: one for each week of the job's window.
    pair, week, most
        By cell: most steps that the pair may work in the week.
    first_pair
        By job, and one more: its first pair. Jobs without pairs cannot be delivered.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        found = [
            (number, pair.person, pair.need, pair.price or 0, int(pair.price is None), pair.power)
            for number, job in enumerate(problem.jobs)
            for pair in job.pairs
        ]
        pairs = np.array(found, dtype=np.int64).reshape(-1, 6)
        jobs = problem.jobs
        self.first = np.array([job.first for job in jobs], dtype=np.int64)
        self.last = np.array([job.last for job in jobs], dtype=np.int64)
        self.is_shared = np.array([job.max_owners > 1 for job in jobs], dtype=bool)
        self.kind = np.array([job.kind == "tactical" for job in jobs], dtype=np.int64)
        self._lay_out(pairs)

    def _lay_out(self, pairs: Whole) -> None:
        problem = self.problem
        self.job, self.person, self.need, self.price, self.by_hour, self.power = pairs.T
        self.span = self.last[self.job] - self.first[self.job] + 1
        self.start = np.cumsum(self.span) - self.span
        self.pair = np.repeat(np.arange(len(self.job)), self.span)
        self.week = np.arange(len(self.pair)) - self.start[self.pair] + self.first[self.job][self.pair]
        self.first_pair = np.searchsorted(self.job, np.arange(len(problem.jobs) + 1))
        size = (len(problem.people), problem.weeks)
        room = np.array([[who.most(week) for week in range(problem.weeks)] for who in problem.people]).reshape(size)
        by_kind = np.stack([room, room])
        for number, who in enumerate(problem.people):
            for kind, limits in who.limits.items():
                by_kind[int(kind == "tactical"), number] = np.minimum(room[number], limits)
        most = by_kind[self.kind[self.job][self.pair], self.person[self.pair], self.week]
        pace = np.array([job.effort + 2**40 if job.pace is None else job.pace for job in problem.jobs], dtype=np.int64)
        ceiling = np.minimum(self.need, pace[self.job])
        self.most = np.maximum(0, np.minimum(most, ceiling[self.pair]))


class Batch:
    """Pairs of jobs with the same windows, and the cheapest cost of each pair in each window."""

    def __init__(self, options: Options, pairs: Whole, shape: Windows) -> None:
        span = int(options.span[pairs[0]])
        self.pairs = pairs
        self.cells = options.start[pairs][:, None] + np.arange(span)
        self.most = options.most[self.cells].astype(float)
        self.need = options.need[pairs].astype(float)[:, None]
        weeks = np.arange(span)[:, None]
        self.inside = ((weeks >= shape.begin) & (weeks <= shape.end)).astype(float)
        self.short = self.most @ self.inside < self.need

    def costs(self, cost: Floats, owning: Floats) -> Floats:
        """Return by pair and window the cost of owning and of the cheapest hours; infinite where there is no room."""
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

    def _by_window(self, by_week: Floats, most: Floats, order: Whole) -> Floats:
        """Return by pair and window the cost of the cheapest hours, taken from the cheapest week on."""
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
