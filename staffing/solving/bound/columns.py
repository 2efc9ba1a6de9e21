"""Who may own each job, and in which weeks: columns of the tables of a plan in work, and what follows from them.

A *pair* is (job, person); pairs stand in the order of jobs. A *cell* is (job, person, week): each pair has one for
every week of its job's window; cells stand in the order of pairs.
"""

from __future__ import annotations

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import KINDS, Kind
from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.state.filling import tables_of
from staffing.solving.state.pricing import accumulate
from staffing.solving.state.tables import State


def sums_by(rows: IntArray, amounts: FloatArray, count: int) -> FloatArray:
    """Return, for each of `count` rows, the sum of the amounts that belong to it."""
    return np.asarray(np.bincount(rows, amounts, count), dtype=float)


class PairColumns:
    """The pairs and cells of a problem.

    Attributes
    ----------
    first, last, kind, is_shared
        By job: its window, its kind of work as a place in `KINDS`, whether several may own it together.
    first_pair
        By job, and one more at the end: its first pair. A job without pairs cannot be delivered.
    job, person, need, price, by_hour, power
        By pair; `by_hour` is 1 where hours are paid, 0 where a price stands in their place.
    start, span
        By pair: its first cell, and how many it has.
    pair, week, most
        By cell; `most` is the most steps that the pair can work in the week.
    room
        By kind of work: the most steps by (person, week).
    compiled
        Whether the bound uses compiled code: all of it is at hand.
    """

    def __init__(self, problem: Problem, state: State | None = None, *, compiled: bool = False) -> None:
        self.problem = problem
        self.compiled = compiled
        state = tables_of(problem) if state is None else state
        jobs, pairs = state.jobs, state.pairs
        self.first, self.last, self.kind = jobs["first"], jobs["last"], _signed(jobs["kind"])
        self.is_shared = np.array([job.max_owners > 1 for job in problem.jobs], dtype=bool)
        self.first_pair = np.append(jobs["pairs_from"], len(pairs))
        self.job, self.need, self.power = pairs["job"], pairs["need"], pairs["power"]
        self.person = _signed(pairs["person"])
        self.price, self.by_hour = np.maximum(pairs["price"], 0), (pairs["price"] < 0).astype(np.int64)
        self.span = self.last[self.job] - self.first[self.job] + 1
        self.start = np.cumsum(self.span) - self.span
        self.pair = np.repeat(np.arange(len(self.job)), self.span)
        self.week = np.arange(len(self.pair)) - self.start[self.pair] + self.first[self.job][self.pair]
        room = state.weeks["free"]
        by_kind = np.minimum(room, state.kind_left)
        self.room: dict[Kind | None, IntArray] = {None: room, **dict(zip(KINDS, by_kind, strict=True))}
        self.most = _most_in_week(self, by_kind, _pace(state))

    def add_products(
        self, into: FloatArray, at: IntArray, values: FloatArray, of: IntArray, factor: FloatArray
    ) -> None:
        """Add to into[at[i]] what values[of[i]] × factor[i] is, for all i; several may be added in one place."""
        if self.compiled:
            accumulate(into, at, values, of, factor)
        else:
            into += sums_by(at, values[of] * factor, len(into))

    def before(self, pairs: IntArray, last: IntArray) -> IntArray:
        """Return, by (pair, week and one more), the most steps of a sole owner before the week, up to a week by job."""
        found = np.zeros((len(pairs), self.room[None].shape[1] + 1), dtype=np.int64)
        row = np.full(len(self.job), -1)
        row[pairs] = np.arange(len(pairs))
        cells = np.flatnonzero((row[self.pair] >= 0) & (self.week <= last[self.job[self.pair]]))
        found[row[self.pair[cells]], self.week[cells] + 1] = self.most[cells]
        return np.asarray(found.cumsum(axis=1))


def _signed(numbers: IntArray) -> IntArray:
    return numbers.astype(np.int64)


def _pace(state: State) -> IntArray:
    """Return, by job and week, the most steps of all owners together, promised ones taken off (M)."""
    pace = np.repeat(state.jobs["pace"][:, None], state.weeks.shape[1], axis=1)
    for job in np.flatnonzero(state.jobs["paced"] >= 0):
        begin = state.jobs["paced"][job]
        pace[job] -= state.hours["steps"][begin : begin + pace.shape[1]]
    return pace


def _most_in_week(columns: PairColumns, room: IntArray, pace: IntArray) -> IntArray:
    """Return, by cell, the most steps that a person can work on a job in a week, whatever else happens.

    The rules C, K, E and M are read as in :func:`staffing.problem.alone.most_in_week`, here for all cells at once.
    """
    job, week = columns.job[columns.pair], columns.week
    most = np.minimum(room[columns.kind[job], columns.person[columns.pair], week], pace[job, week])
    return np.asarray(np.maximum(0, np.minimum(most, columns.need[columns.pair])))
