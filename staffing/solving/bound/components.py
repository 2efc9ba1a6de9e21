"""Components: jobs that are decided together, tied by precedence (P) and one-owner groups (O).

Components keep no more ties than can be solved exactly: each job keeps at most one predecessor, and groups are kept as
far as there are not too many ways to choose their owners. The other ties are left out, which makes the bound weaker,
never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.bound.columns import PairColumns

MOST_NODES = 4000
"""Most (branch, job) of a component: a tie that would make more is left out."""


def people_of(columns: PairColumns, jobs: Iterable[int]) -> list[int]:
    """Return the people who may own any of some jobs."""
    people = [columns.person[columns.first_pair[job] : columns.first_pair[job + 1]] for job in jobs]
    return sorted(set(np.concatenate(people).tolist())) if people else []


class Ties:
    """The ties that are kept, and the components they make: larger groups are tied first, then precedence.

    Attributes
    ----------
    parent
        By job: its predecessor, and the lag.
    group
        By job: its one-owner group.
    component
        By job that can be delivered: the number of its component.
    """

    def __init__(self, problem: Problem, columns: PairColumns) -> None:
        jobs = [job for job in range(len(problem.jobs)) if columns.first_pair[job] < columns.first_pair[job + 1]]
        self.parent: dict[int, tuple[int, int]] = {}
        self.group: dict[int, int] = {}
        self.component = {job: job for job in jobs}
        self._members = {job: [job] for job in jobs}
        self._owners: dict[int, dict[int, int]] = {job: {} for job in jobs}
        """By component and group: how many may own it."""
        self._tie_groups(problem, columns)
        self._tie_precedence(problem)

    def _tie_groups(self, problem: Problem, columns: PairColumns) -> None:
        for number, group in sorted(enumerate(problem.one_owner), key=lambda item: -len(item[1].jobs)):
            untied = [job for job in group.jobs if job in self.component and job not in self.group]
            untied = [job for job in untied if not columns.is_shared[job]]
            people = people_of(columns, untied)
            if len(untied) < 2 or len(people) < 2:
                continue
            self._owners[self.component[untied[0]]][number] = len(people)
            self.group |= {job: number for job in untied if self._join(untied[0], job)}

    def _tie_precedence(self, problem: Problem) -> None:
        """Keep one predecessor of each job: one that may end late is tried first."""
        for job in self.component:
            for before, lag in sorted(problem.jobs[job].after, key=lambda arc: -problem.jobs[arc[0]].last - arc[1]):
                if before in self.component and self._join(before, job):
                    self.parent[job] = (before, lag)
                    break

    def _join(self, first: int, second: int) -> bool:
        """Make one component of those of two jobs; return False where it would be too large."""
        one, other = self.component[first], self.component[second]
        if one == other:
            return True
        ways = prod((self._owners[one] | self._owners[other]).values())
        if ways > 1 and ways * (len(self._members[one]) + len(self._members[other])) > MOST_NODES:
            return False
        for job in self._members.pop(other):
            self.component[job] = one
            self._members[one].append(job)
        self._owners[one] |= self._owners.pop(other)
        return True
