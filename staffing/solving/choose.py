"""Which parts of a plan to make free."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from staffing.solving.usage import Usage

FIRST_SIZE, LEAST, MOST = 30.0, 8.0, 150.0
"""Jobs in a part: at first, at least, at most."""
Choice = tuple[list[int], set[int] | None]
"""Jobs to free, and who may own them; everybody if None."""


@dataclass
class Kind:
    """A way to choose parts, and how it fares."""

    name: str
    choose: Callable[[float], Choice]
    size: float = FIRST_SIZE
    weight: float = 1.0


class Chooser:
    """Chooses parts of a plan, and learns which kinds gain."""

    def __init__(self, usage: Usage, random_: random.Random) -> None:
        self.usage = usage
        self.problem = usage.problem
        self.random = random_
        self._eligible: dict[int, list[int]] = {}
        self._by_client: dict[int, list[int]] = {}
        for job, data in enumerate(self.problem.jobs):
            self._by_client.setdefault(data.client, []).append(job)
            for pair in data.pairs:
                self._eligible.setdefault(pair.person, []).append(job)
        self.kinds = [Kind("people", self._people)]
        if self.problem.weeks > 2:
            self.kinds.append(Kind("weeks", self._weeks))
        if len(self._by_client) > 1:
            self.kinds.append(Kind("clients", self._clients))

    def choose(self) -> tuple[Kind, list[int], set[int] | None]:
        """Choose a part."""
        kind = self.random.choices(self.kinds, [kind.weight for kind in self.kinds])[0]
        return (kind, *kind.choose(kind.size))

    def learn(self, kind: Kind, gained: bool, quick: bool) -> None:
        """Choose kinds that gain more often, and parts as large as can be solved."""
        kind.size = min(MOST, max(LEAST, kind.size * (1.1 if quick else 0.92)))
        kind.weight = max(0.2, 0.9 * kind.weight + (0.3 if gained else 0.0))

    def _people(self, size: float) -> Choice:
        """Free a few people who could do each other's work, and some waiting tasks they could do."""
        seed = self.random.choice(list(self._eligible))
        people = {seed}
        jobs = self._own(people)
        while len(jobs) < 0.7 * size:
            sample = self.random.sample(self._eligible[seed], min(20, len(self._eligible[seed])))
            others = {pair.person for job in sample for pair in self.problem.jobs[job].pairs} - people
            if not others:
                break
            people.add(self.random.choice(sorted(others)))
            jobs = self._own(people)
        if len(jobs) > size:
            jobs = self.random.sample(jobs, int(size))
        waiting = [job for person in sorted(people) for job in self._eligible[person] if job not in self.usage.cells]
        return self._closed(jobs, waiting, size), people

    def _weeks(self, size: float) -> Choice:
        """Free the work around a week."""
        middle = self.random.randrange(self.problem.weeks)
        near = sorted(
            self.usage.cells,
            key=lambda job: (abs((self.usage.first(job) + self.usage.over(job)) / 2 - middle), self.random.random()),
        )
        waiting = [
            job
            for job, data in enumerate(self.problem.jobs)
            if job not in self.usage.cells and data.first <= middle <= data.last
        ]
        return self._closed(near[: max(1, int(0.7 * size))], waiting, size), None

    def _clients(self, size: float) -> Choice:
        """Free all work for some clients."""
        jobs: list[int] = []
        waiting: list[int] = []
        for client in self.random.sample(list(self._by_client), len(self._by_client)):
            for job in self._by_client[client]:
                (jobs if job in self.usage.cells else waiting).append(job)
            if len(jobs) + len(waiting) >= 0.7 * size:
                break
        if len(jobs) > size:
            jobs = self.random.sample(jobs, int(size))
        return self._closed(jobs, waiting, size), None

    def _own(self, people: set[int]) -> list[int]:
        """Give the jobs that only these people own."""
        return sorted(
            {
                job
                for person in people
                for job in self.usage.jobs_of.get(person, ())
                if all(owner in people for owner, _ in self.usage.cells[job])
            }
        )

    def _closed(self, jobs: list[int], waiting: list[int], size: float) -> list[int]:
        """Add waiting jobs, and what waits before them, up to a size; give all in order."""
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
