"""Dividing a plan in work among threads, so that what each makes of its block holds beside what others make."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.arrays import BoolArray, IntArray
from staffing.solving.blocks import grown, kinship
from staffing.solving.state.tables import State
from staffing.solving.tuning import TUNING

NO_BLOCK = -1
"""In place of a block: a job stays as it is."""


class Block(NamedTuple):
    """What one thread may change: arrays of 0 and 1."""

    people: IntArray
    jobs: IntArray
    budgets: IntArray
    """Budget periods of which it has what is left; of any other it has only what its own jobs set free."""


class Division:
    """Divides a plan into blocks, differently each time.

    People go to a block with others who could do the same jobs, or who work for the same clients. A job goes with its
    owners; one that waits, with the owner of its group or else with somebody who could do it. Of two jobs in different
    blocks, one before the other, one stays as it is; so do jobs that people of several blocks share. What is left of a
    client's budgets is for one block, likelier for one with more of its jobs.
    """

    def __init__(self, problem: Problem) -> None:
        jobs, people = problem.jobs, len(problem.people)
        self._able = np.array([pair.person for job in jobs for pair in job.pairs], dtype=np.int64)
        """People who could do a job, job after job."""
        self._pairs = np.array([len(job.pairs) for job in jobs], dtype=np.int64)
        self._first_pair = np.cumsum(self._pairs) - self._pairs
        could = np.zeros((len(jobs), people))
        could[np.repeat(np.arange(len(jobs)), self._pairs), self._able] = 1
        self._alike = kinship((could / np.maximum(1, could.sum(axis=1, keepdims=True))).T)
        """By two people: how much they could do the same jobs."""
        self._groups = [np.array(group.jobs, dtype=np.int64) for group in problem.one_owner]
        ties = [(number, before) for number, job in enumerate(jobs) for before, _ in job.after]
        self._ties = np.array(ties, dtype=np.int64).reshape(-1, 2)
        self._client = np.array([job.client for job in jobs], dtype=np.int64)
        self._clients = len(problem.clients)
        periods = [self._client[period.jobs[0]] if period.jobs else 0 for period in problem.budgets]
        self._client_of_period = np.array(periods, dtype=np.int64)
        self._first_copy = np.array([chain[-1] for chain in problem.hire_chain], dtype=np.int64)

    def draw(self, state: State, count: int, random: np.random.Generator) -> list[Block]:
        """Return some blocks of the plan in work."""
        job, owner = _owners(state)
        alike = self._alike
        if random.random() < TUNING.together_share:
            works_for = np.zeros((len(alike), self._clients))
            np.add.at(works_for, (owner, self._client[job]), 1)
            alike = kinship(works_for)
        people = grown(alike, np.ones(len(alike), dtype=np.int64), count, random)
        people = people[self._first_copy]  # copies are hired together
        jobs = self._jobs(state, people, job, owner, random)
        budgets = self._payers(jobs, count, random)[self._client_of_period]
        of_each = (people, jobs, budgets)
        return [Block(*(np.asarray(of == number, dtype=np.int64) for of in of_each)) for number in range(count)]

    def _jobs(
        self, state: State, people: IntArray, job: IntArray, owner: IntArray, random: np.random.Generator
    ) -> IntArray:
        """Return the block of each job, where `job` is owned by `owner`."""
        block = np.full(len(self._pairs), NO_BLOCK, dtype=np.int64)
        waits: BoolArray = state.jobs["count"] == 0
        drawn = np.flatnonzero(waits & (self._pairs > 0))
        block[drawn] = people[self._able[self._first_pair[drawn] + random.integers(self._pairs[drawn])]]
        for group, one in zip(self._groups, state.groups["owner"].tolist(), strict=True):
            members = group[waits[group]]
            block[members] = people[one] if one >= 0 else block[members[:1]]
        for group, one in zip(self._groups, state.groups["owner"].tolist(), strict=True):
            if one < 0 and len(np.unique(block[group])) > 1:  # some of it is in another group, too
                block[group] = NO_BLOCK
        block[job] = people[owner]
        block[job[people[owner] != block[job]]] = NO_BLOCK  # shared with another block
        ends = block[self._ties]
        for tie in random.permutation(self._ties[ends[:, 0] != ends[:, 1]]):
            if NO_BLOCK not in block[tie] and block[tie[0]] != block[tie[1]]:
                block[tie[random.integers(2)]] = NO_BLOCK
        return block

    def _payers(self, jobs: IntArray, count: int, random: np.random.Generator) -> IntArray:
        """Return, by client, the block that has what is left of its budgets."""
        there = jobs != NO_BLOCK
        work = np.zeros((self._clients, count))
        np.add.at(work, (self._client[there], jobs[there]), 1)
        up_to = np.cumsum(work, axis=1)
        return np.asarray((up_to <= up_to[:, -1:] * random.random((self._clients, 1))).sum(axis=1))


def _owners(state: State) -> tuple[IntArray, IntArray]:
    """Return who owns what in the plan in work, a pair (job, person) for each week with hours."""
    counts = state.jobs["count"].astype(np.int64)
    job = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(job)) - np.repeat(np.cumsum(counts) - counts, counts)
    return job, state.hours["person"][state.jobs["hours_from"][job] + within].astype(np.int64)
