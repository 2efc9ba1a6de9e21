"""Which parts of a plan to make free."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from staffing.solving.state.usage import Usage

FIRST_SIZE, LEAST, MOST = 30.0, 8.0, 150.0
"""Jobs in a part: at first, at least, at most."""
Choice = tuple[list[int], set[int]]
"""Jobs to free, and who may own them."""


@dataclass
class Kind:
    """A way to choose parts, and how it fares."""

    name: str
    choose: Callable[[float], Choice]
    size: float = FIRST_SIZE
    weight: float = 1.0


class Chooser:
    """Chooses parts of a plan, and learns which kinds gain.

    Parameters
    ----------
    usage
        The plan.
    random_
        Draws the parts.
    musts
        Whether only `must` tasks that wait are worth a part.
    """

    def __init__(self, usage: Usage, random_: random.Random, *, musts: bool = False) -> None:
        self.musts = musts
        self.usage = usage
        self.problem = usage.problem
        self.random = random_
        self._eligible: dict[int, list[int]] = {}
        self._by_client: dict[int, list[int]] = {}
        for job, data in enumerate(self.problem.jobs):
            self._by_client.setdefault(data.client, []).append(job)
            for pair in data.pairs:
                self._eligible.setdefault(pair.person, []).append(job)
        self._able = sorted(self._eligible)
        self._clients_known = sorted(self._by_client)
        self.kinds = [Kind("people", self._people), Kind("waiting", self._waiting)]
        if self.problem.weeks > 2:
            self.kinds.append(Kind("weeks", self._weeks))
        if len(self._by_client) > 1:
            self.kinds.append(Kind("clients", self._clients))

    def choose(self) -> tuple[Kind, list[int], set[int]]:
        """Choose a part."""
        weights = [kind.weight * (20 if self.musts and kind.name == "waiting" else 1) for kind in self.kinds]
        kind = self.random.choices(self.kinds, weights)[0]
        return (kind, *kind.choose(kind.size))

    def learn(self, kind: Kind, gained: bool, quick: bool) -> None:
        """Choose kinds that gain more often, and parts as large as can be solved."""
        kind.size = min(MOST, max(LEAST, kind.size * (1.1 if quick else 0.92)))
        kind.weight = max(0.2, 0.9 * kind.weight + (0.3 if gained else 0.0))

    def _waiting(self, size: float) -> Choice:
        """Free what stands in the way of a task that waits: the work of some who could do it, in its weeks."""
        jobs = self.problem.jobs
        waiting = [job for job, data in enumerate(jobs) if job not in self.usage.cells and data.pairs]
        worth = [job for job in waiting if jobs[job].must] if self.musts else waiting
        if not worth:
            return [], set()
        target = self.random.choices(worth, [1 + jobs[job].value for job in worth])[0]
        wanted = self._closed([target], [], size)
        wanted += [job for job in waiting if jobs[job].family == jobs[target].family and job not in wanted]
        able = sorted({pair.person for job in wanted for pair in jobs[job].pairs})
        people = set(self.random.sample(able, min(len(able), 4)))
        for job in wanted:  # somebody for each of them
            if not any(pair.person in people for pair in jobs[job].pairs):
                people.add(self.random.choice(jobs[job].pairs).person)
        first, last = min(jobs[job].first for job in wanted), max(jobs[job].last for job in wanted)
        near = [job for job in self._own(people) if self.usage.first(job) <= last and self.usage.over(job) >= first]
        room = max(0, int(size) - len(wanted))
        return sorted({*wanted, *self.random.sample(near, min(len(near), room))}), people

    def _people(self, size: float) -> Choice:
        """Free the work of a few people who could do each other's work, and some waiting tasks they could do."""
        return self._around(size, lambda _: True)

    def _weeks(self, size: float) -> Choice:
        """Free the work of more people around a week."""
        middle = self.random.randrange(self.problem.weeks)
        reach = self.random.choice((0, 1, 2))

        def near(job: int) -> bool:
            first, last = self._span(job)
            return first <= middle + reach and last >= middle - reach

        return self._around(size, near)

    def _span(self, job: int) -> tuple[int, int]:
        data = self.problem.jobs[job]
        return (self.usage.first(job), self.usage.over(job)) if job in self.usage.cells else (data.first, data.last)

    def _around(self, size: float, wanted: Callable[[int], bool]) -> Choice:
        """Add people who share tasks with those chosen, until their work fills a part."""
        people = {self.random.choice(self._able)}
        jobs = [job for job in self._own(people) if wanted(job)]
        while len(jobs) < 0.7 * size and len(people) < 12:
            known = self._eligible[self.random.choice(sorted(people))]
            sample = self.random.sample(known, min(20, len(known)))
            others = {pair.person for job in sample for pair in self.problem.jobs[job].pairs} - people
            if not others:
                break
            people.add(self.random.choice(sorted(others)))
            jobs = [job for job in self._own(people) if wanted(job)]
        if len(jobs) > size:
            jobs = self.random.sample(jobs, int(size))
        waiting = {
            job for person in people for job in self._eligible[person] if job not in self.usage.cells and wanted(job)
        }
        return self._closed(jobs, sorted(waiting), size), people

    def _clients(self, size: float) -> Choice:
        """Free all work for some clients, for those who do it and a few who could."""
        jobs: list[int] = []
        waiting: list[int] = []
        for client in self.random.sample(self._clients_known, len(self._clients_known)):
            for job in self._by_client[client]:
                (jobs if job in self.usage.cells else waiting).append(job)
            if len(jobs) + len(waiting) >= 0.7 * size:
                break
        if len(jobs) > size:
            jobs = self.random.sample(jobs, int(size))
        people = {person for job in jobs for person, _ in self.usage.cells[job]}
        able = sorted({pair.person for job in [*jobs, *waiting] for pair in self.problem.jobs[job].pairs} - people)
        people |= set(self.random.sample(able, min(len(able), 3)))
        return self._closed(jobs, waiting, size), people

    def _own(self, people: set[int]) -> list[int]:
        """Return the jobs that only these people own."""
        return sorted(
            {
                job
                for person in people
                for job in self.usage.jobs_of[person]
                if all(owner in people for owner, _ in self.usage.cells[job])
            }
        )

    def _closed(self, jobs: list[int], waiting: list[int], size: float) -> list[int]:
        """Return jobs in order, with waiting ones added, and what waits before those, up to a size."""
        chosen = set(jobs)
        room = max(4, int(0.4 * size))
        for job in self.random.sample(waiting, min(len(waiting), room)):
            open_ = [job]
            while open_:
                top = open_.pop()
                if top not in chosen:
                    chosen.add(top)
                    open_ += [before for before, _ in self.problem.jobs[top].after if before not in self.usage.cells]
        return sorted(chosen)
