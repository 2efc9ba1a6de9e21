"""Rebuilding: a few tasks are taken out of a plan and put back in another way, thousands of times a second.

What is taken out belongs together: the work of people around a week, of a client, of a one-owner group, what stands in
the way of a task that waits, or what makes a goal worse than it could be. It is put back in an order drawn anew, each
task by whoever does it best, with some noise (:mod:`staffing.solving.placing`). A worse plan is gone on from with a
chance that falls with the temperature.

Source: G. Schrimpf et al., Record breaking optimization results using the ruin and recreate principle, Journal of
Computational Physics 159 (2000); J. Christiaens, G. Vanden Berghe, Slack induction by string removals for vehicle
routing problems, Transportation Science 54 (2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.placing import Placing, Weights
from staffing.solving.ruin import Ruin, Ruined
from staffing.solving.standing import Standing
from staffing.solving.usage import Cells

NOISES = (0.0, 0.2, 0.5)
SHARING = 0.4
"""How often a job that may be shared is shared, though one person could do it."""


class Rebuilding:
    """Rebuilds parts of a plan for one goal, the goals before it kept within their limits.

    Parameters
    ----------
    standing
        The plan in work.
    random
        Draws what is taken out and how it is put back.
    """

    def __init__(self, standing: Standing, random: Random) -> None:
        self.standing = standing
        self.usage = standing.usage
        self.problem = standing.usage.problem
        self.random = random
        goals = standing.goals
        self._placing = Placing(self.usage, weights_for(self.problem, goals), random, barred=standing.claims.people)
        self._ruin = Ruin(standing, random)
        self._merit = [
            job.value / max(1, min((pair.need for pair in job.pairs), default=1)) for job in self.problem.jobs
        ]
        self._scale = _scale(self.problem, goals[-1])

    def round(self, temperature: float) -> bool:
        """Take some tasks out and put them back; go on from what comes of it, or from what was.

        Parameters
        ----------
        temperature
            How much worse a plan may be that is gone on from, at most: in units of what a task means to the goal.

        Returns
        -------
        bool
            Whether the plan is the best so far.
        """
        before = self.standing.amount
        ruined = self._ruin.draw()
        if ruined is None:
            return False
        touched = self._rebuild(ruined)
        worst = before + temperature * self._scale * self.random.random()
        if self.standing.amount <= worst and min(self.standing.slack, default=0) >= 0 and self._whole(ruined.removed):
            return self.standing.note()
        for job in touched:
            if job in self.usage.cells:
                self.usage.remove(job)
        for job, cells in ruined.removed.items():
            self.usage.place(job, cells)
        return False

    def _rebuild(self, ruined: Ruined) -> list[int]:
        """Put back what was taken out, and what waited; give all jobs that may have been placed."""
        random, placing, cells = self.random, self._placing, self.usage.cells
        removed, wanted, owners = ruined.removed, list(dict.fromkeys(ruined.wanted)), ruined.owners
        rest = [job for job in removed if job not in wanted]
        rest += self._ruin.waiting(removed, wanted)
        order = self._by_window(wanted) + rest if ruined.by_window else self._ordered(wanted, rest)
        if self.standing.claims.jobs:
            order = [job for job in order if not self.standing.claims.touch(self.usage, job)]
        noise = random.choice(NOISES)
        for job in order:
            if job in cells:
                continue
            if job in owners and placing.place(job, noise=noise, owner=owners[job]):
                continue
            if job not in owners or ruined.anybody:
                placing.place(job, noise=noise, sharing=SHARING)
        for job in order:  # those whose predecessors came later
            if job not in cells and any(before in order for before, _ in self.problem.jobs[job].after):
                placing.place(job, noise=noise)
        return order

    def _by_window(self, jobs: list[int]) -> list[int]:
        """Order jobs by the last week they may be in beside what is placed, with some noise."""

        def last(job: int) -> float:
            cells, followers = self.usage.cells, self.problem.followers.get(job, ())
            ends = [self.usage.first(later) - lag for later, lag in followers if later in cells]
            return min([self.problem.jobs[job].last, *ends]) + self.random.random()

        return sorted(jobs, key=last)

    def _ordered(self, wanted: list[int], rest: list[int]) -> list[int]:
        """Draw an order: what is wanted first or not; the rest by merit, by window or anyhow."""
        random, jobs = self.random, self.problem.jobs
        way = random.random()
        if way < 0.2:
            wanted, rest = [], wanted + rest
        if way < 0.55:
            rest.sort(key=lambda job: (not jobs[job].must, -self._merit[job] * (0.5 + random.random())))
        elif way < 0.75:
            rest.sort(key=lambda job: len(jobs[job].weeks) + 2 * random.random())
        else:
            random.shuffle(rest)
        return wanted + rest

    def _whole(self, removed: dict[int, Cells]) -> bool:
        """Whether nothing is delivered of which a predecessor is no more."""
        cells = self.usage.cells
        return all(
            job in cells or not any(later in cells for later, _ in self.problem.followers.get(job, ()))
            for job in removed
        )


def weights_for(problem: Problem, goals: Sequence[Goal]) -> Weights:
    """Give what counts when an owner is chosen: mostly the goal, hours for the sake of what else could be done."""
    goal = goals[-1]
    needs = sum(min((pair.need for pair in job.pairs), default=0) for job in problem.jobs)
    value = sum(job.value for job in problem.jobs) / max(1, needs)
    rate = sum(person.hour_cost for person in problem.people) / len(problem.people)
    if goal == "net_value":
        return Weights(cost=1.0, step=0.5 * value)
    if goal == "cost":
        return Weights(cost=1.0, step=0.05 * rate)
    money = 0.1 / max(1.0, rate)
    if goal == "lateness":
        return Weights(cost=money, step=1.0, late=1000.0)
    if goal == "contacts":
        return Weights(cost=money, step=1.0, contact=1000.0)
    return Weights(cost=money, step=1.0, contact=0.5, late=1.0)


def _scale(problem: Problem, goal: Goal) -> float:
    """Give about what one task means to a goal."""
    jobs = problem.jobs
    if not jobs:
        return 1.0
    needs = sum(min((pair.need for pair in job.pairs), default=0) for job in jobs) / len(jobs)
    if goal == "must":
        return max(job.effort for job in jobs)
    if goal in ("value", "net_value"):
        return sum(job.value for job in jobs) / len(jobs)
    if goal == "cost":
        return needs * sum(person.hour_cost for person in problem.people) / len(problem.people)
    return needs if goal in ("hours", "overtime") else 2.0
