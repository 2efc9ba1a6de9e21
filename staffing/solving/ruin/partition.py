"""Dividing a problem among several at work: people and jobs of each, so that nothing ties one's work to another's."""

from __future__ import annotations

from random import Random

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.state.arrays import Floats, Whole


class Sides:
    """Divides a problem, differently each time.

    Clients whose work the same people could do stay together, people go where most of their work is. A job belongs to
    the side of its client; what comes before or after a job of another side belongs to none.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        able = np.zeros((len(problem.clients), len(problem.people)))
        for job in problem.jobs:
            for pair in job.pairs:
                able[job.client, pair.person] += 1
        self.able: Floats = able
        self.size = np.bincount([job.client for job in problem.jobs], minlength=len(problem.clients))
        kinship = able @ able.T
        norm = np.sqrt(np.maximum(1e-9, np.diag(kinship)))
        self.kinship: Floats = kinship / norm[:, None] / norm
        self._families = _families(problem)

    def draw(self, count: int, random: Random) -> list[tuple[Whole, Whole]]:
        """Return the people and jobs of each side as arrays of 0 and 1."""
        side = self._clients(count, random)
        work = np.stack([self.able[side == number].sum(axis=0) for number in range(count)])
        people = work.argmax(axis=0)[self._families]
        of_job = np.array([side[job.client] for job in self.problem.jobs], dtype=np.int64)
        for number, job in enumerate(self.problem.jobs):
            for before, _ in job.after:
                if side[job.client] != side[self.problem.jobs[before].client]:
                    of_job[[number, before]] = -1
        return [((people == number).astype(np.int64), (of_job == number).astype(np.int64)) for number in range(count)]

    def _clients(self, count: int, random: Random) -> Whole:
        """Return a side for each client: sides grow from random clients, nearest first, to equal shares of jobs.

        Where there are fewer clients than sides, some sides have none.
        """
        side = np.full(len(self.size), -1, dtype=np.int64)
        for number in range(count - 1):
            near = np.zeros(len(side))
            left = [client for client in range(len(side)) if side[client] < 0]
            if not left:
                break
            goal = self.size[left].sum() / (count - number)
            client = random.choice(left)
            while self.size[side == number].sum() < goal:
                side[client] = number
                near += self.kinship[client]
                left = [one for one in left if one != client]
                if not left:
                    break
                client = max(left, key=lambda one: near[one])
        side[side < 0] = count - 1
        return side


def _families(problem: Problem) -> Whole:
    """Return each person's first copy: copies of a placeholder are hired together, and stay together."""
    return np.array([chain[-1] for chain in problem.hire_chain], dtype=np.int64)
