"""Dividing a problem into parts to be planned elsewhere, so that little ties the work of one to that of another."""

from __future__ import annotations

from random import Random

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.arrays import FloatArray, IntArray


class Partition:
    """Divides a problem into blocks, differently each time.

    Clients whose work the same people could do stay together, and people go where most of their work is. A job belongs
    to the block of its client; one that comes before or after a job of another block belongs to none.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        able = np.zeros((len(problem.clients), len(problem.people)))
        for job in problem.jobs:
            for pair in job.pairs:
                able[job.client, pair.person] += 1
        self._able: FloatArray = able
        """Jobs by client and person who could do them."""
        self._jobs = np.bincount([job.client for job in problem.jobs], minlength=len(problem.clients))
        """Jobs by client."""
        common = able @ able.T
        norm = np.sqrt(np.maximum(1e-9, np.diag(common)))
        self._kinship: FloatArray = common / norm[:, None] / norm
        """By two clients: how much the same people could do the work of both (cosine similarity)."""

    def draw(self, count: int, random: Random) -> list[tuple[IntArray, IntArray]]:
        """Return the people and jobs of each block as arrays of 0 and 1."""
        jobs = self._problem.jobs
        block = self._clients(count, random)
        work = np.stack([self._able[block == number].sum(axis=0) for number in range(count)])
        first_copies = [chain[-1] for chain in self._problem.hire_chain]
        people = work.argmax(axis=0)[first_copies]  # copies are hired together
        of_job = np.array([block[job.client] for job in jobs], dtype=np.int64)
        for number, job in enumerate(jobs):
            for before, _ in job.after:
                if block[job.client] != block[jobs[before].client]:
                    of_job[[number, before]] = -1
        return [((people == number).astype(np.int64), (of_job == number).astype(np.int64)) for number in range(count)]

    def _clients(self, count: int, random: Random) -> IntArray:
        """Return a block for each client: blocks grow from random clients, nearest first, to equal shares of jobs.

        Where there are fewer clients than blocks, some blocks have none.
        """
        block = np.full(len(self._jobs), -1, dtype=np.int64)
        for number in range(count - 1):
            near = np.zeros(len(block))
            left = [client for client in range(len(block)) if block[client] < 0]
            if not left:
                break
            share = self._jobs[left].sum() / (count - number)
            client = random.choice(left)
            while self._jobs[block == number].sum() < share:
                block[client] = number
                near += self._kinship[client]
                left.remove(client)
                if not left:
                    break
                client = max(left, key=lambda one: near[one])
        block[block < 0] = count - 1
        return block
