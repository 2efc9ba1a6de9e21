"""Who may own each job, and in which weeks, as numpy columns.

A *pair* is (job, person); pairs stand in the order of jobs. A *cell* is (job, person, week): each pair has one for
every week of its job's window; cells stand in the order of pairs.
"""

from __future__ import annotations

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import KINDS, Kind
from staffing.solving.arrays import FloatArray, IntArray

UNLIMITED = 2**62
"""Steps in a week where no pace limits them."""


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
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        jobs = problem.jobs
        self.first = np.array([job.first for job in jobs], dtype=np.int64)
        self.last = np.array([job.last for job in jobs], dtype=np.int64)
        self.kind = np.array([KINDS.index(job.kind) for job in jobs], dtype=np.int64)
        self.is_shared = np.array([job.max_owners > 1 for job in jobs], dtype=bool)
        found = [
            (number, pair.person, pair.need, pair.price or 0, int(pair.price is None), pair.power)
            for number, job in enumerate(jobs)
            for pair in job.pairs
        ]
        pairs = np.array(found, dtype=np.int64).reshape(-1, 6)
        self.job, self.person, self.need, self.price, self.by_hour, self.power = pairs.T
        self.first_pair = np.searchsorted(self.job, np.arange(len(jobs) + 1))
        self.span = self.last[self.job] - self.first[self.job] + 1
        self.start = np.cumsum(self.span) - self.span
        self.pair = np.repeat(np.arange(len(self.job)), self.span)
        self.week = np.arange(len(self.pair)) - self.start[self.pair] + self.first[self.job][self.pair]
        self.room = room_by_kind(problem)
        self.most = most_in_week(self)


def room_by_kind(problem: Problem) -> dict[Kind | None, IntArray]:
    """Return, by (person, week), the most steps of each kind of work, and under None of all work (rules C and K)."""
    size = (len(problem.people), problem.weeks)
    most = [[who.most(week) for week in range(problem.weeks)] for who in problem.people]
    room = np.array(most, dtype=np.int64).reshape(size)
    found: dict[Kind | None, IntArray] = {None: room, **{kind: room.copy() for kind in KINDS}}
    for number, who in enumerate(problem.people):
        for kind, limit in who.limits.items():
            found[kind][number] = np.minimum(room[number], limit)
    return found


def most_in_week(columns: PairColumns) -> IntArray:
    """Return, by cell, the most steps that a person can work on a job in a week, whatever else happens.

    The rules C, K, E and M are read as in the function of this name for one pair and week, here for all cells at once.
    """
    problem = columns.problem
    room = np.stack([columns.room[kind] for kind in KINDS])
    pace = np.full((len(problem.jobs), problem.weeks), UNLIMITED)
    for number, data in enumerate(problem.jobs):
        if data.pace is not None:
            pace[number, data.first : data.last + 1] = [data.pace_in(week) for week in data.weeks]
    job, week = columns.job[columns.pair], columns.week
    most = np.minimum(room[columns.kind[job], columns.person[columns.pair], week], pace[job, week])
    return np.asarray(np.maximum(0, np.minimum(most, columns.need[columns.pair])))
