"""Large neighbourhood search: parts of a plan are made free and planned anew, again and again.

Each part is small enough for CP-SAT to finish or nearly so. Which parts: a few people with all their work and some
waiting tasks they could do; a span of weeks; a client. Kinds of parts that gain are chosen more often, and their size
follows how quickly they are solved.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from staffing.problem.problem import Problem
from staffing.scenario.records import MAXIMISED, Goal
from staffing.solving.engine import Clock, Limits, run
from staffing.solving.model import Model, Terms
from staffing.solving.neighbourhood import part
from staffing.solving.rules import RULES
from staffing.solving.solution import with_hires
from staffing.solving.terms import TERMS, Earlier
from staffing.solving.usage import Cells, Usage

SECONDS = 0.5
"""Time for one part."""
FIRST_SIZE, LEAST, MOST = 30.0, 8.0, 150.0
"""Jobs in a part: at first, at least, at most."""


@dataclass
class Kind:
    """A way to choose parts, and how it fares."""

    name: str
    choose: Callable[[], tuple[list[int], set[int] | None]]
    size: float = FIRST_SIZE
    weight: float = 1.0


class Improvement:
    """Improves one goal of a plan, the goals before it kept within their limits.

    Parameters
    ----------
    usage
        The plan; it is changed in place, to better or equal plans only.
    goals
        The goals kept, and last the one improved.
    slack
        By goal kept: how much worse it may become, in units of its term, at least 0. It is changed in place.
    """

    def __init__(
        self,
        usage: Usage,
        goals: Sequence[Goal],
        slack: list[int],
        *,
        earlier: Earlier,
        limits: Limits,
        clock: Clock,
        stop: threading.Event,
        random_: random.Random,
    ) -> None:
        self.usage = usage
        self.problem = usage.problem
        self.goals = goals
        self.slack = slack
        self.earlier = earlier
        self.limits = limits
        self.clock = clock
        self.stop = stop
        self.random = random_
        self.gained = 0
        self.plans = 0
        self.rounds = 0
        self._eligible: dict[int, list[int]] = {}
        for job, data in enumerate(self.problem.jobs):
            for pair in data.pairs:
                self._eligible.setdefault(pair.person, []).append(job)
        self._by_client: dict[int, list[int]] = {}
        for job, data in enumerate(self.problem.jobs):
            self._by_client.setdefault(data.client, []).append(job)
        self.kinds = [Kind("people", lambda: self._people(self.kinds[0].size))]
        if self.problem.weeks > 2:
            self.kinds.append(Kind("weeks", lambda: self._weeks(self.kinds[1].size)))
        if len(self._by_client) > 1:
            self.kinds.append(Kind("clients", lambda: self._clients(self.kinds[-1].size)))

    def round(self, seconds: float) -> int:
        """Plan one part anew; give by how much the goal improved, in units of its term."""
        kind = self.random.choices(self.kinds, [kind.weight for kind in self.kinds])[0]
        free, people = kind.choose()
        self.rounds += 1
        before = {job: self.usage.remove(job) for job in free if job in self.usage.cells}
        problem = part(self.usage, free, people)
        outcome = self._solve(problem, {job: number for number, job in enumerate(free)}, before, seconds)
        gain, after, quick = outcome
        for job, cells in (before if after is None else after).items():
            self.usage.place(job, cells)
        kind.size = min(MOST, max(LEAST, kind.size * (1.1 if quick else 0.92)))
        kind.weight = max(0.1, 0.9 * kind.weight + 0.1 * (1.0 + 4.0 * (gain > 0)) / 2)
        self.gained += gain
        return gain

    def _solve(
        self, problem: Problem, numbers: dict[int, int], before: dict[int, Cells], seconds: float
    ) -> tuple[int, dict[int, Cells] | None, bool]:
        model = Model(problem)
        for rule in RULES.values():
            rule(model)
        hint = with_hires(
            problem, {(numbers[job], *cell): steps for job, cells in before.items() for cell, steps in cells.items()}
        )
        earlier = Earlier({numbers[job]: was for job, was in self.earlier.jobs.items() if job in numbers})
        amounts: list[tuple[Terms, int]] = []
        for number, goal in enumerate(self.goals):
            sign = -1 if goal in MAXIMISED else 1
            terms = [(var, sign * factor) for var, factor in TERMS[goal](model, earlier)[0]]
            amount = model.evaluate(terms, hint)
            amounts.append((terms, amount))
            if number < len(self.slack) and terms:
                model.at_most(terms, amount + self.slack[number])
        objective, at_first = amounts[-1]
        if not objective:
            return 0, None, True
        clock_before = self.clock.left
        found = run(model, objective, hint, self.limits, self.clock, seconds, stop=self.stop, quick=True)
        quick = clock_before - self.clock.left < 0.5 * seconds
        if found.steps is None:
            return 0, None, quick
        after = with_hires(problem, found.steps)
        gain = at_first - model.evaluate(objective, after)
        if gain < 0:
            return 0, None, quick
        for number in range(len(self.slack)):
            terms, amount = amounts[number]
            self.slack[number] -= model.evaluate(terms, after) - amount
        self.plans += found.plans
        back = {number: job for job, number in numbers.items()}
        placed: dict[int, dict[tuple[int, int], int]] = {}
        for (number, person, week), steps in found.steps.items():
            placed.setdefault(back[number], {})[person, week] = steps
        return gain, dict(placed), quick

    # choosing parts

    def _people(self, size: float) -> tuple[list[int], set[int] | None]:
        """Free a few people who could do each other's work, and some waiting tasks they could do."""
        seed = self.random.choice(list(self._eligible))
        people = {seed}
        jobs = self._with_groups(self._own(people))
        while len(jobs) < 0.7 * size:
            others = {
                pair.person
                for job in self.random.sample(self._eligible[seed], min(20, len(self._eligible[seed])))
                for pair in self.problem.jobs[job].pairs
            } - people
            if not others:
                break
            people.add(self.random.choice(sorted(others)))
            jobs = self._with_groups(self._own(people))
        if len(jobs) > size:
            jobs = self.random.sample(jobs, int(size))
        waiting = [job for person in sorted(people) for job in self._eligible[person] if job not in self.usage.cells]
        return self._closed(jobs, waiting, size), people

    def _weeks(self, size: float) -> tuple[list[int], set[int] | None]:
        """Free the work around a week."""
        middle = self.random.randrange(self.problem.weeks)
        near = sorted(
            self.usage.cells,
            key=lambda job: (abs((self.usage.first(job) + self.usage.over(job)) / 2 - middle), self.random.random()),
        )
        seed = near[: max(1, int(0.7 * size))]
        waiting = [
            job
            for job, data in enumerate(self.problem.jobs)
            if job not in self.usage.cells and data.first <= middle <= data.last
        ]
        return self._closed(seed, waiting, size), None

    def _clients(self, size: float) -> tuple[list[int], set[int] | None]:
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
            job
            for person in people
            for job in self.usage.jobs_of.get(person, ())
            if all(owner in people for owner, _ in self.usage.cells[job])
        )

    def _with_groups(self, jobs: list[int]) -> list[int]:
        return sorted(set(jobs))

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
