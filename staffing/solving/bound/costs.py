"""The costs of all jobs in all windows, in one table; and the hours behind those that are delivered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from staffing.solving.arrays import BoolArray, FloatArray, IntArray
from staffing.solving.bound.columns import PairColumns, sums_by
from staffing.solving.bound.constraints import LagrangianCosts, RelaxedWork
from staffing.solving.bound.knapsacks import SharedCosts, SoleOwnerCosts, sole_owner_hours
from staffing.solving.bound.windows import JobWindows, Shape


class WindowCosts:
    """One table with a slot for each window of each pair, then of each job, where the cheapest of its pairs counts.

    Attributes
    ----------
    pair_slot, job_slot
        The slot of the first window of a pair, or of a job; the others follow. -1 for pairs of shared jobs.
    size
        How many slots there are; one more, at the end, is infinite.
    shared_batch, shared_row
        By shared job: its place in `shared`, the costs of shared jobs, and in there; -1 for other jobs.
    """

    def __init__(self, columns: PairColumns, windows: JobWindows) -> None:
        self.columns, self.windows = columns, windows
        self.size = 0
        self.pair_slot = np.full(len(columns.job), -1, dtype=np.int64)
        self.job_slot = np.full(len(columns.first), -1, dtype=np.int64)
        self.shared_batch, self.shared_row = np.full((2, len(columns.first)), -1, dtype=np.int64)
        self.shared: list[SharedCosts] = []
        self._sole: list[SoleOwnerCosts] = []
        self._window_of_slot = [np.zeros(0, dtype=np.int64)]
        deliverable = np.diff(columns.first_pair) > 0
        for shape, jobs in _by_shape(windows, deliverable & ~columns.is_shared):
            self._add_sole(jobs, shape)
        for shape, jobs in _by_shape(windows, deliverable & columns.is_shared):
            self._add_shared(jobs, shape)
        self.late = windows.late[np.concatenate(self._window_of_slot)]

    def _add_sole(self, jobs: Sequence[int], shape: Shape) -> None:
        self._sole.append(SoleOwnerCosts(self.columns, jobs, self.windows.of_shape[shape]))
        pairs = self._sole[-1].pairs
        self.pair_slot[pairs] = self._new_slots(self.columns.job[pairs])
        self.job_slot[jobs] = self._new_slots(np.array(jobs))

    def _add_shared(self, jobs: Sequence[int], shape: Shape) -> None:
        self.shared_batch[jobs], self.shared_row[jobs] = len(self.shared), np.arange(len(jobs))
        self.shared.append(SharedCosts(self.columns, jobs, self.windows.of_shape[shape]))
        self.job_slot[jobs] = self._new_slots(np.array(jobs))

    def _new_slots(self, jobs: IntArray) -> IntArray:
        """Add slots for the windows of jobs of one shape, job after job; return the first slot of each."""
        count = int(self.windows.count[jobs[0]])
        first = self.size + count * np.arange(len(jobs))
        self.size += count * len(jobs)
        self._window_of_slot.append((self.windows.start[jobs][:, None] + np.arange(count)).ravel())
        return first

    def table(self, at: LagrangianCosts) -> FloatArray:
        """Return the costs by slot."""
        parts = []
        for sole in self._sole:
            costs = sole.costs(at.step, at.owning)
            parts += [costs.ravel(), np.minimum.reduceat(costs, sole.starts, axis=0).ravel()]
        parts += [shared.costs(at.step, at.owning).ravel() for shared in self.shared]
        found: FloatArray = np.concatenate([*parts, [np.inf]])
        if at.late:
            found[:-1] += at.late * self.late
        return found

    def reduced_costs(self, table: FloatArray) -> FloatArray:
        """Return, by pair, min over windows of its cost − the cheapest cost of its job; 0 for pairs of shared jobs."""
        found = np.zeros(len(self.pair_slot))
        for pair, (job, slot) in enumerate(zip(self.columns.job.tolist(), self.pair_slot.tolist(), strict=True)):
            if slot >= 0:
                first, count = int(self.job_slot[job]), int(self.windows.count[job])
                cheapest = table[first : first + count]
                possible = np.isfinite(cheapest)
                found[pair] = (table[slot : slot + count][possible] - cheapest[possible]).min(initial=np.inf)
        return found

    def cheapest_pairs(self, jobs: IntArray, window: IntArray, table: FloatArray) -> IntArray:
        """Return the pair of each job that is cheapest in a window; of a shared job its first."""
        first_pair = self.columns.first_pair
        pairs = first_pair[jobs][:, None] + np.arange(int(np.diff(first_pair).max()))
        valid = pairs < first_pair[jobs + 1][:, None]
        pairs = np.where(valid, pairs, 0)
        slots = self.pair_slot[pairs] + window[:, None]
        costs = np.where(valid & (self.pair_slot[pairs] >= 0), table[slots], np.inf)
        return np.asarray(pairs[np.arange(len(pairs)), np.argmin(costs, axis=1)], dtype=np.int64)


def _by_shape(windows: JobWindows, chosen: BoolArray) -> Iterable[tuple[Shape, list[int]]]:
    """Return some jobs by the shape of their windows."""
    found: dict[Shape, list[int]] = defaultdict(list)
    for job in np.flatnonzero(chosen).tolist():
        found[windows.shape[job]].append(job)
    return found.items()


@dataclass(frozen=True)
class RelaxedSolution:
    """The minimum of the Lagrangian: the jobs delivered, each by one pair within one window."""

    job: IntArray
    pair: IntArray
    """Of a shared job, any."""
    window: IntArray
    """Numbered from 0 for each job."""
    chosen: BoolArray
    """Whether it is in the cheapest branch of its component; if not, only in that of some group owner."""
    leading: BoolArray
    """Whether its pair belongs to a group owner, and it is in the cheapest branch of that."""

    def work(self, costs: WindowCosts, at: LagrangianCosts) -> RelaxedWork:
        """Return the cheapest hours of what is delivered."""
        columns, windows, count = costs.columns, costs.windows, len(at.step)
        sole = np.flatnonzero(~columns.is_shared[self.job])
        window = windows.start[self.job] + self.window
        row, cell, steps = sole_owner_hours(columns, windows, self.pair[sole], window[sole], at.step)
        leading, chosen = self.leading[sole][row], self.chosen[sole][row]
        pairs, cells, hours = [self.pair[sole[self.chosen[sole]]]], [cell[chosen]], [steps[chosen]]
        batch = np.where(self.chosen, costs.shared_batch[self.job], -1)
        for number, shared in enumerate(costs.shared):
            of_batch = np.flatnonzero(batch == number)
            if len(of_batch):
                rows = costs.shared_row[self.job[of_batch]]
                of_cell, by_cell = shared.hours(rows, self.window[of_batch], at.step)
                pairs.append(shared.owner(rows, at.owning))
                cells.append(of_cell.ravel())
                hours.append(by_cell.ravel())
        return RelaxedWork(
            pairs=np.concatenate(pairs),
            hours=sums_by(np.concatenate(cells), np.concatenate(hours), count),
            group_hours=sums_by(cell[leading], steps[leading], count),
            late=float(windows.late[window][self.chosen].sum()),
        )
