"""Jobs that are decided together, and the cheapest way to deliver some of them or none.

Rules P and O tie jobs to each other. A *bundle* is what is left tied when each job keeps at most one job before it,
and one-owner groups only as far as there are not too many ways to choose their owners; leaving out a tie can only
make a bound weaker. A *case* of a bundle says who owns each of its groups. In a case the jobs form trees, and with
G(a, b) the cost of a job within a window, its cheapest cost if it begins in week w or later is

    F(w) = min(0, min over a ≥ w, b of G(a, b) + Σ over the jobs after it of F'(b + lag)),

without the 0 for what must be delivered. A bundle costs the least of its cases, each the sum of F at its roots. Jobs
whose costs are the same in several cases are reckoned once.

Source: dynamic programming on trees; for the relaxation, see `bound`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.bound.windows import Flags, Options, Whole

CASES = 4000
"""Most (case, job) of a bundle; ties that would make more are left out."""


@dataclass
class Ties:
    """The ties that are kept."""

    parent: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By job: the job before it, and the lag."""
    group: dict[int, int] = field(default_factory=dict)
    """By job: its one-owner group."""
    bundle: dict[int, int] = field(default_factory=dict)
    """By job: the number of its bundle."""


def people_of(options: Options, jobs: Iterable[int]) -> list[int]:
    """Return the people who may own any of some jobs."""
    rows = [options.person[options.first_pair[job] : options.first_pair[job + 1]] for job in jobs]
    return sorted(set(np.concatenate(rows).tolist())) if rows else []


def tie(problem: Problem, options: Options) -> Ties:
    """Return the ties that are kept: the larger groups first, then arcs."""
    jobs = [job for job in range(len(problem.jobs)) if options.first_pair[job] < options.first_pair[job + 1]]
    ties = Ties()
    members: dict[int, list[int]] = {job: [job] for job in jobs}
    owners: dict[int, dict[int, int]] = {job: {} for job in jobs}
    """By bundle and group: how many may own it."""
    ties.bundle = {job: job for job in jobs}

    def join(one: int, other: int) -> bool:
        if one == other:
            return True
        ways = prod((owners[one] | owners[other]).values())
        if ways * (len(members[one]) + len(members[other])) > CASES and ways > 1:
            return False
        for job in members.pop(other):
            ties.bundle[job] = one
            members[one].append(job)
        owners[one] |= owners.pop(other)
        return True

    for number, group in sorted(enumerate(problem.one_owner), key=lambda item: -len(item[1].jobs)):
        free = [
            job for job in group.jobs if job in ties.bundle and job not in ties.group and not options.is_shared[job]
        ]
        people = people_of(options, free)
        if len(free) < 2 or len(people) < 2:
            continue
        owners[ties.bundle[free[0]]][number] = len(people)
        for job in free:
            if join(ties.bundle[free[0]], ties.bundle[job]):
                ties.group[job] = number
    for job in jobs:
        for before, lag in sorted(problem.jobs[job].after, key=lambda arc: -problem.jobs[arc[0]].last - arc[1]):
            if before in ties.bundle and join(ties.bundle[before], ties.bundle[job]):
                ties.parent[job] = (before, lag)
                break
    return ties


class Nodes:
    """The jobs of all bundles in all cases.

    Attributes
    ----------
    job, pair, parent, lag
        By node, parents first; `pair` is -1 where any owner will do, `parent` -1 at a root.
    levels
        Nodes by the number of jobs before them.
    root_of
        By node: the root of its tree.
    case, root
        The roots of each case, in order of cases.
    bundle
        By case, in order.
    choices
        Numbers of (group, person): that somebody owns a group.
    case_of_choice, choice
        Each case with its choices.
    choice_of_pair
        By pair: the choice it is part of, or -1.
    """

    def __init__(self, options: Options, ties: Ties) -> None:
        self.options = options
        self.ties = ties
        self.children: dict[int, list[int]] = defaultdict(list)
        for job, (before, _) in ties.parent.items():
            self.children[before].append(job)
        self._below: dict[int, tuple[int, ...]] = {}
        self._made: dict[tuple[int, int, tuple[int, ...]], int] = {}
        self._rows: list[tuple[int, int, int, int, int]] = []
        by_bundle: dict[int, list[int]] = defaultdict(list)
        for job, number in ties.bundle.items():
            by_bundle[number].append(job)
        self._pair_of = {
            (int(job), int(person)): number
            for number, (job, person) in enumerate(zip(options.job, options.person, strict=True))
        }
        self.choices: dict[tuple[int, int], int] = {}
        roots: list[tuple[int, int]] = []
        bundles: list[int] = []
        chosen: list[tuple[int, int]] = []
        for number, jobs in enumerate(by_bundle.values()):
            self._cases(number, jobs, roots, bundles, chosen)
        self.case, self.root = np.array(roots, dtype=np.int64).reshape(-1, 2).T
        self.bundle = np.array(bundles, dtype=np.int64)
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 5)
        self.job, self.pair, self.parent, self.lag, level = rows.T
        self.case_of_choice, self.choice = np.array(chosen, dtype=np.int64).reshape(-1, 2).T
        self.choice_of_pair = np.array(
            [
                self.choices.get((ties.group.get(int(job), -1), int(person)), -1)
                for job, person in zip(options.job, options.person, strict=True)
            ],
            dtype=np.int64,
        )
        self.root_of = np.arange(len(self.job))
        for node in np.flatnonzero(self.parent >= 0):
            self.root_of[node] = self.root_of[self.parent[node]]
        self.levels = [np.flatnonzero(level == number) for number in range(int(level.max(initial=-1)) + 1)]

    def _groups_below(self, job: int) -> tuple[int, ...]:
        """Return the groups of a job and of all jobs after it."""
        if job not in self._below:
            found = {self.ties.group[job]} if job in self.ties.group else set()
            for child in self.children.get(job, ()):
                found.update(self._groups_below(child))
            self._below[job] = tuple(sorted(found))
        return self._below[job]

    def _cases(
        self,
        number: int,
        jobs: Sequence[int],
        roots: list[tuple[int, int]],
        bundles: list[int],
        choices: list[tuple[int, int]],
    ) -> None:
        groups: dict[int, list[int]] = defaultdict(list)
        for job in jobs:
            if job in self.ties.group:
                groups[self.ties.group[job]].append(job)
        people = [people_of(self.options, members) for members in groups.values()]
        tops = [job for job in jobs if job not in self.ties.parent]
        for owners in product(*people):
            chosen = dict(zip(groups, owners, strict=True))
            roots += [(len(bundles), self._node(job, chosen, -1, 0, 0)) for job in tops]
            choices += [(len(bundles), self.choices.setdefault(choice, len(self.choices))) for choice in chosen.items()]
            bundles.append(number)

    def _node(self, job: int, chosen: dict[int, int], parent: int, lag: int, level: int) -> int:
        """Return the node of a job whose groups have some owners; its pair is -2 if it cannot be delivered."""
        key = (job, parent, tuple(chosen[group] for group in self._groups_below(job)))
        if key not in self._made:
            pair = -1
            if job in self.ties.group:
                pair = self._pair_of.get((job, chosen[self.ties.group[job]]), -2)
            number = self._made[key] = len(self._rows)
            self._rows.append((job, pair, parent, lag, level))
            for child in self.children.get(job, ()):
                self._node(child, chosen, number, self.ties.parent[child][1], level + 1)
        return self._made[key]


@dataclass(frozen=True)
class Taken:
    """What bundles do at some prices.

    Attributes
    ----------
    job, pair, window
        Of what is delivered; any pair stands for a shared job.
    decided
        Whether it is in the cheapest case of its bundle, and not only in the cheapest of some choice.
    leading
        Whether it is part of a choice, in the cheapest case of that choice.
    """

    job: Whole
    pair: Whole
    window: Whole
    decided: Flags
    leading: Flags
