"""The costs of all windows in one table, and the hours that stand behind them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.bound.components import Taken, Ties
from staffing.solving.bound.shared import Shared
from staffing.solving.bound.windows import WORK, Batch, Floats, Options, Whole, added, windows


class Tables:
    """One table for all windows: of each pair its windows, then of each job the least of all its pairs.

    Attributes
    ----------
    pair_slot, job_slot
        Where the windows of a pair, or of a job, begin in the table; its last place is infinite.
    shape_of
        By job: its windows. `shape_start` is where they begin in `begin`, `end` (weeks of the job), `latest_begin` and
        `soonest_end` (weeks of the horizon), which list all.
    work
        How many (owner, window, week) are priced in one go.
    """

    def __init__(self, problem: Problem, options: Options, ties: Ties, *, timed: bool) -> None:
        self.options = options
        self.weeks = problem.weeks
        before = {first for first, _ in ties.parent.values()}
        if timed:
            before |= {number for number, job in enumerate(problem.jobs) if job.due is not None and job.last > job.due}
        self._shapes(ties, before)
        self._lateness(problem)
        self._tables()

    def _shapes(self, ties: Ties, before: set[int]) -> None:
        """Set the windows of each job, with blocks of weeks as short as the work allows."""
        options = self.options
        pairs = np.diff(options.first_pair)
        keys = [
            (int(last - first + 1), job in ties.parent, job in before)
            for job, (first, last) in enumerate(zip(options.first, options.last, strict=True))
        ]
        blocks = max(self.weeks, 1)
        while True:
            made = {key: windows(key[0], after=key[1], before=key[2], blocks=blocks) for key in set(keys)}
            work = sum(int(pairs[job]) * key[0] * len(made[key].begin) for job, key in enumerate(keys))
            if work <= WORK or blocks <= 2:
                break
            blocks -= 1
        self.work = work
        self.shape_of = [made[key] for key in keys]
        self.keys = keys
        self.counts = np.array([len(shape.begin) for shape in self.shape_of], dtype=np.int64)
        self.shape_start = np.cumsum(self.counts) - self.counts
        none = np.zeros(0, dtype=np.int64)
        self.begin = np.concatenate([none, *(shape.begin for shape in self.shape_of)])
        self.end = np.concatenate([none, *(shape.end for shape in self.shape_of)])
        first = np.repeat(options.first, self.counts)
        self.latest_begin = np.concatenate([none, *(shape.latest_begin for shape in self.shape_of)]) + first
        self.soonest_end = np.concatenate([none, *(shape.soonest_end for shape in self.shape_of)]) + first

    def _lateness(self, problem: Problem) -> None:
        """Calculate weight × weeks late of all windows, by the soonest that they let a job end."""
        due = np.array([self.weeks if job.due is None else job.due for job in problem.jobs], dtype=np.int64)
        weight = np.array([job.weight for job in problem.jobs], dtype=np.int64)
        weeks = np.maximum(0, self.soonest_end - np.repeat(due, self.counts))
        self.late = (weeks * np.repeat(weight, self.counts)).astype(float)

    def _tables(self) -> None:
        """Lay out the table."""
        options = self.options
        by_key: dict[tuple[int, bool, bool], list[int]] = defaultdict(list)
        of_many: dict[tuple[int, bool, bool], list[int]] = defaultdict(list)
        for job, key in enumerate(self.keys):
            if options.first_pair[job] < options.first_pair[job + 1]:
                (of_many if options.is_shared[job] else by_key)[key].append(job)
        self.shared = [Shared(options, jobs, self.shape_of[jobs[0]]) for jobs in of_many.values()]
        self.shared_batch, self.shared_row = np.full((2, len(self.keys)), -1, dtype=np.int64)
        self.pair_slot = np.full(len(options.job), -1, dtype=np.int64)
        self.job_slot = np.full(len(self.keys), -1, dtype=np.int64)
        self.batches: list[tuple[Batch, Whole]] = []
        slots: list[Whole] = []
        size = 0
        for jobs in by_key.values():
            shape = self.shape_of[jobs[0]]
            count = len(shape.begin)
            listed = [np.arange(options.first_pair[job], options.first_pair[job + 1]) for job in jobs]
            pairs = np.concatenate(listed)
            starts = np.cumsum([0, *map(len, listed[:-1])])
            self.batches.append((Batch(options, pairs, shape), starts))
            self.pair_slot[pairs] = size + count * np.arange(len(pairs))
            size += count * len(pairs)
            self.job_slot[jobs] = size + count * np.arange(len(jobs))
            size += count * len(jobs)
            of_rows = np.concatenate([self.shape_start[options.job[pairs]], self.shape_start[jobs]])
            slots.append((of_rows[:, None] + np.arange(count)).ravel())
        for number, shared in enumerate(self.shared):
            count = len(shared.inside)
            self.shared_batch[shared.jobs] = number
            self.shared_row[shared.jobs] = np.arange(len(shared.jobs))
            self.job_slot[shared.jobs] = size + count * np.arange(len(shared.jobs))
            size += count * len(shared.jobs)
            slots.append((self.shape_start[shared.jobs][:, None] + np.arange(count)).ravel())
        self.size = size
        self.slot_late = self.late[np.concatenate([np.zeros(0, dtype=np.int64), *slots])]

    def table(self, cost: Floats, owning: Floats, late: float) -> Floats:
        """Return the costs of all windows, given the costs by cell, of owning by pair, and of being late."""
        parts = []
        for batch, starts in self.batches:
            costs = batch.costs(cost, owning)
            parts += [costs.ravel(), np.minimum.reduceat(costs, starts, axis=0).ravel()]
        parts += [shared.costs(cost, owning).ravel() for shared in self.shared]
        found: Floats = np.concatenate([*parts, [np.inf]])
        if late:
            found[:-1] += late * self.slot_late
        return found

    def regrets(self, table: Floats) -> Floats:
        """Return by pair how much more it costs than the cheapest of its job, in the window where that is least."""
        options, found = self.options, np.zeros(len(self.options.job))
        for pair, (job, slot) in enumerate(zip(options.job.tolist(), self.pair_slot.tolist(), strict=True)):
            if slot >= 0:
                at, count = int(self.job_slot[job]), int(self.counts[job])
                least = table[at : at + count]
                known = np.isfinite(least)
                found[pair] = (table[slot : slot + count][known] - least[known]).min(initial=np.inf)
        return found

    def lateness(self, taken: Taken) -> float:
        """Return weight × weeks late of what is delivered."""
        return float(self.late[self.shape_start[taken.job] + taken.window][taken.decided].sum())

    def hours(self, taken: Taken, cost: Floats, owning: Floats) -> tuple[Whole, Floats, Floats]:
        """Return a pair for each job delivered, the steps worked by cell, and those by cell of leading choices."""
        alone = np.flatnonzero(~self.options.is_shared[taken.job])
        row, cells, hours = self._alone(taken.pair[alone], taken.job[alone], taken.window[alone], cost)
        first = [taken.pair[alone[taken.decided[alone]]]]
        leading, decided = taken.leading[alone][row], taken.decided[alone][row]
        own = added(cells[leading], hours[leading], len(cost))
        all_cells, all_hours = [cells[decided]], [hours[decided]]
        batch = np.where(taken.decided, self.shared_batch[taken.job], -1)
        for number, shared in enumerate(self.shared):
            of_batch = np.flatnonzero(batch == number)
            if len(of_batch):
                rows = self.shared_row[taken.job[of_batch]]
                cells, hours = shared.hours(rows, taken.window[of_batch], cost)
                all_cells.append(cells.ravel())
                all_hours.append(hours.ravel())
                first.append(shared.owner(rows, owning))
        return np.concatenate(first), added(np.concatenate(all_cells), np.concatenate(all_hours), len(cost)), own

    def _alone(self, pairs: Whole, jobs: Whole, window: Whole, cost: Floats) -> tuple[Whole, Whole, Floats]:
        """Return the row, the cell and the steps of all hours of sole owners within their windows."""
        options = self.options
        at = self.shape_start[jobs] + window
        begin = self.begin[at]
        weeks = np.arange(int((self.end[at] - begin).max(initial=-1)) + 1)
        inside = weeks <= (self.end[at] - begin)[:, None]
        cells = np.where(inside, (options.start[pairs] + begin)[:, None] + weeks, 0)
        order = np.argsort(np.where(inside, cost[cells], np.inf), axis=1, kind="stable")
        cells = np.take_along_axis(cells, order, axis=1)
        most = np.where(np.take_along_axis(inside, order, axis=1), options.most[cells], 0)
        hours = np.minimum(options.need[pairs][:, None] - (np.cumsum(most, axis=1) - most), most)
        row, place = np.nonzero(hours > 0)
        return row, cells[row, place], hours[row, place].astype(float)

    def owner(self, jobs: Whole, given: Whole, window: Whole, table: Floats) -> Whole:
        """Return the pairs that deliver some jobs within windows: those given, or the cheapest where -1 is given."""
        options = self.options
        pair = given.copy()
        rows = np.flatnonzero(pair < 0)
        if len(rows):
            job = jobs[rows]
            pairs = options.first_pair[job][:, None] + np.arange(int(np.diff(options.first_pair).max()))
            valid = pairs < options.first_pair[job + 1][:, None]
            pairs = np.where(valid, pairs, 0)
            places = self.pair_slot[pairs] + window[rows][:, None]
            found = np.where(valid & (self.pair_slot[pairs] >= 0), table[places], np.inf)
            pair[rows] = pairs[np.arange(len(rows)), np.argmin(found, axis=1)]
        return pair
