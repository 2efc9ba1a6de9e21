"""Branches: for each component, the ways to choose the owners of its one-owner groups.

A *branch* fixes who owns each group of a component. In it the jobs form trees of *nodes*. A *group owner* is a choice
(group, person); each branch has one for each of its groups. Jobs whose costs are the same in several branches, because
the same people own the groups of all that comes after them, are one node there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import numpy as np

from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.components import Ties, people_of

ANYBODY, NOBODY = -1, -2
"""In place of a pair: any owner will do; there is none, as the owner of the group may not own the job."""


class Branches:
    """The branches of all components, and their nodes.

    Attributes
    ----------
    job, pair, parent, lag
        By node, parents first; `pair` may be `ANYBODY` or `NOBODY`, `parent` is -1 at a root.
    levels
        The nodes at each depth, in the order of their parents.
    root_of
        By node: the root of its tree.
    branch_of_root, root
        The roots of each branch, in the order of branches.
    component
        By branch, in order: the number of its component.
    group_owners
        The number of each (group, person).
    branch_of_choice, choice
        The group owners chosen by each branch, in the order of branches.
    group_owner_of_pair
        By pair: the group owner it belongs to, or -1.
    """

    def __init__(self, columns: PairColumns, ties: Ties) -> None:
        self.columns, self.ties = columns, ties
        self.group_owners: dict[tuple[int, int], int] = {}
        pairs = zip(columns.job.tolist(), columns.person.tolist(), strict=True)
        self._pair_of = {pair: number for number, pair in enumerate(pairs)}
        self._children: dict[int, list[int]] = defaultdict(list)
        for job, (before, _) in ties.parent.items():
            self._children[before].append(job)
        self._groups_below: dict[int, tuple[int, ...]] = {}
        self._known: dict[tuple[int, int, tuple[int, ...]], int] = {}
        self._nodes: list[tuple[int, int, int, int, int]] = []
        self._roots: list[tuple[int, int]] = []
        self._choices: list[tuple[int, int]] = []
        self._components: list[int] = []
        jobs_of: dict[int, list[int]] = defaultdict(list)
        for job, component in ties.component.items():
            jobs_of[component].append(job)
        for number, jobs in enumerate(jobs_of.values()):
            self._branch(number, jobs)
        self._set_arrays()

    def _branch(self, component: int, jobs: Sequence[int]) -> None:
        """Add a branch for each way to choose the owners of a component's groups."""
        members: dict[int, list[int]] = defaultdict(list)
        for job in jobs:
            if job in self.ties.group:
                members[self.ties.group[job]].append(job)
        roots = [job for job in jobs if job not in self.ties.parent]
        for people in product(*(people_of(self.columns, of_group) for of_group in members.values())):
            number, owners = len(self._components), dict(zip(members, people, strict=True))
            self._components.append(component)
            self._roots += [(number, self._node(job, owners, -1, 0, 0)) for job in roots]
            self._choices += [
                (number, self.group_owners.setdefault(choice, len(self.group_owners))) for choice in owners.items()
            ]

    def _node(self, job: int, owners: dict[int, int], parent: int, lag: int, level: int) -> int:
        """Return the node of a job where groups have some owners; make it, and those below, where there is none yet."""
        key = (job, parent, tuple(owners[group] for group in self._groups(job)))
        if key not in self._known:
            number = self._known[key] = len(self._nodes)
            group = self.ties.group.get(job)
            pair = ANYBODY if group is None else self._pair_of.get((job, owners[group]), NOBODY)
            self._nodes.append((job, pair, parent, lag, level))
            for child in self._children.get(job, ()):
                self._node(child, owners, number, self.ties.parent[child][1], level + 1)
        return self._known[key]

    def _groups(self, job: int) -> tuple[int, ...]:
        """Return the groups of a job and of all jobs below it."""
        if job not in self._groups_below:
            found = {self.ties.group[job]} if job in self.ties.group else set()
            found.update(*map(self._groups, self._children.get(job, ())))
            self._groups_below[job] = tuple(sorted(found))
        return self._groups_below[job]

    def _set_arrays(self) -> None:
        nodes = np.array(self._nodes, dtype=np.int64).reshape(-1, 5)
        self.job, self.pair, self.parent, self.lag, level = nodes.T
        self.levels = [np.flatnonzero(level == depth) for depth in range(int(level.max(initial=-1)) + 1)]
        self.root_of = np.arange(len(self.job))
        for node in np.flatnonzero(self.parent >= 0):
            self.root_of[node] = self.root_of[self.parent[node]]
        self.branch_of_root, self.root = np.array(self._roots, dtype=np.int64).reshape(-1, 2).T
        self.branch_of_choice, self.choice = np.array(self._choices, dtype=np.int64).reshape(-1, 2).T
        self.component = np.array(self._components, dtype=np.int64)
        group, known = self.ties.group, self.group_owners
        found = [known.get((group.get(job, -1), person), -1) for job, person in self._pair_of]
        self.group_owner_of_pair = np.array(found, dtype=np.int64)
