"""Dividing a problem into parts to be planned elsewhere, so that little ties the work of one to that of another."""

from __future__ import annotations

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.blocks import grown, kinship


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
        self._alike = kinship(able)
        """By two clients: how much the same people could do the work of both."""

    def draw(self, count: int, random: np.random.Generator) -> list[tuple[IntArray, IntArray]]:
        """Return the people and jobs of each block as arrays of 0 and 1."""
        jobs = self._problem.jobs
        block = grown(self._alike, self._jobs, count, random)
        work = np.stack([self._able[block == number].sum(axis=0) for number in range(count)])
        first_copies = [chain[-1] for chain in self._problem.hire_chain]
        people = work.argmax(axis=0)[first_copies]  # copies are hired together
        of_job = np.array([block[job.client] for job in jobs], dtype=np.int64)
        for number, job in enumerate(jobs):
            for before, _ in job.after:
                if block[job.client] != block[jobs[before].client]:
                    of_job[[number, before]] = -1
        return [((people == number).astype(np.int64), (of_job == number).astype(np.int64)) for number in range(count)]
