"""Neighbourhoods of a plan: which jobs to free together, and who may own them.

Adaptive large neighbourhood search: a neighbourhood that gains is selected more often, and its size follows how quickly
its subproblems are solved.

Source: S. Ropke, D. Pisinger, An adaptive large neighborhood search heuristic for the pickup and delivery problem with
time windows, Transportation Science 40 (2006).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from staffing.solving.state.plan import PlanState
from staffing.solving.tuning import TUNING

Choice = tuple[list[int], set[int]]
"""Jobs to free, and who may own them."""


@dataclass
class Neighbourhood:
    """A way to choose jobs, with its size and weight so far."""

    name: str
    choose: Callable[[float], Choice]
    size: float
    """Jobs it frees, about."""
    weight: float = 1.0
    """How often it is selected, relative to the others."""


class Neighbourhoods:
    """Selects neighbourhoods of a plan, and learns which ones gain.

    Parameters
    ----------
    plan
        The plan.
    random_
        Draws neighbourhoods and jobs.
    musts
        Whether only `must` tasks that wait are worth freeing work for.
    late
        Whether late tasks are what makes the goal worse.
    """

    def __init__(self, plan: PlanState, random_: random.Random, *, musts: bool = False, late: bool = False) -> None:
        self._musts = musts
        self._plan = plan
        self._problem = plan.problem
        self._random = random_
        self._eligible: dict[int, list[int]] = {}
        self._by_client: dict[int, list[int]] = {}
        for job, data in enumerate(self._problem.jobs):
            self._by_client.setdefault(data.client, []).append(job)
            for pair in data.pairs:
                self._eligible.setdefault(pair.person, []).append(job)
        self._able = sorted(self._eligible)
        self._clients_known = sorted(self._by_client)
        ways = {"people": self._people, "waiting": self._waiting}
        if self._problem.weeks > 2:
            ways["weeks"] = self._weeks
        if len(self._by_client) > 1:
            ways["clients"] = self._clients
        if late:
            ways["late"] = self._late
        self._all = [Neighbourhood(name, choose, TUNING.first_size) for name, choose in ways.items()]

    def select(self) -> tuple[Neighbourhood, list[int], set[int]]:
        """Draw a neighbourhood by weight (roulette wheel), and let it choose jobs and people."""
        factors = {"waiting": TUNING.must_factor} if self._musts else {}
        weights = [one.weight * factors.get(one.name, 1) for one in self._all]
        drawn = self._random.choices(self._all, weights)[0]
        return (drawn, *drawn.choose(drawn.size))

    def learn(self, used: Neighbourhood, *, gained: bool, quick: bool) -> None:
        """Adapt the size to what can be solved, and the weight to what gains."""
        size = used.size * (TUNING.growth_factor if quick else TUNING.shrink_factor)
        used.size = min(TUNING.most_size, max(TUNING.least_size, size))
        weight = TUNING.forget_factor * used.weight + (TUNING.gain_weight if gained else 0.0)
        used.weight = max(TUNING.least_weight, weight)

    # the neighbourhoods

    def _waiting(self, size: float) -> Choice:
        """Free what stands in the way of a waiting task: the work, in its weeks, of some who could do it."""
        jobs, plan = self._problem.jobs, self._plan
        waiting = [job for job, data in enumerate(jobs) if job not in plan.cells and data.pairs]
        worth = [job for job in waiting if jobs[job].must] if self._musts else waiting
        if not worth:
            return [], set()
        target = self._random.choices(worth, [1 + jobs[job].value for job in worth])[0]
        wanted = self._with_waiting([target], [], size)
        wanted += [job for job in waiting if jobs[job].family == jobs[target].family and job not in wanted]
        people = self._some_for_each(wanted)
        weeks = min(jobs[job].first for job in wanted), max(jobs[job].last for job in wanted)
        return self._with_near(wanted, people, weeks, size), people

    def _late(self, size: float) -> Choice:
        """Free what a late task and those before it could be done instead of, by their owners and a few others."""
        jobs, plan = self._problem.jobs, self._plan
        late = {job: plan.last(job) - due for job in plan.cells if (due := jobs[job].due) is not None}
        worst = {job: weeks * jobs[job].weight for job, weeks in late.items() if weeks > 0}
        if not worst:
            return [], set()
        target = self._random.choices(list(worst), list(worst.values()))[0]
        chain = [target, *(job for job in sorted(self._problem.predecessors[target]) if job in plan.cells)]
        chain = chain[: max(1, int(size) // 2)]
        people = self._some_for_each(chain) | {person for job in chain for person, _ in plan.cells[job]}
        weeks = min(jobs[job].first for job in chain), plan.last(target)
        return self._with_near(chain, people, weeks, size), people

    def _some_for_each(self, wanted: list[int]) -> set[int]:
        """Return a few people who could do some of these jobs, and somebody for each of them."""
        jobs = self._problem.jobs
        able = sorted({pair.person for job in wanted for pair in jobs[job].pairs})
        people = set(self._random.sample(able, min(len(able), TUNING.waiting_people)))
        for job in wanted:
            if not any(pair.person in people for pair in jobs[job].pairs):
                people.add(self._random.choice(jobs[job].pairs).person)
        return people

    def _people(self, size: float) -> Choice:
        """Free the work of a few people who could do each other's, and some waiting tasks they could do."""
        return self._around(size, lambda _: True)

    def _weeks(self, size: float) -> Choice:
        """Free the work of more people around a week."""
        middle = self._random.randrange(self._problem.weeks)
        reach = self._random.choice((0, 1, 2))

        def near(job: int) -> bool:
            first, last = self._span(job)
            return first <= middle + reach and last >= middle - reach

        return self._around(size, near)

    def _clients(self, size: float) -> Choice:
        """Free all work for some clients, for those who do it and a few who could."""
        plan = self._plan
        jobs: list[int] = []
        waiting: list[int] = []
        for client in self._random.sample(self._clients_known, len(self._clients_known)):
            for job in self._by_client[client]:
                (jobs if job in plan.cells else waiting).append(job)
            if len(jobs) + len(waiting) >= TUNING.filled_share * size:
                break
        jobs = self._at_most(jobs, size)
        people = {person for job in jobs for person, _ in plan.cells[job]}
        able = sorted({pair.person for job in [*jobs, *waiting] for pair in self._problem.jobs[job].pairs} - people)
        people |= set(self._random.sample(able, min(len(able), TUNING.client_people)))
        return self._with_waiting(jobs, waiting, size), people

    # what they share

    def _around(self, size: float, wanted: Callable[[int], bool]) -> Choice:
        """Free the wanted work of somebody, and of people who share tasks with those so far, up to a size."""
        people = {self._random.choice(self._able)}
        jobs = [job for job in self._owned_by(people) if wanted(job)]
        while len(jobs) < TUNING.filled_share * size and len(people) < TUNING.most_people:
            known = self._eligible[self._random.choice(sorted(people))]
            sample = self._random.sample(known, min(TUNING.sampled_jobs, len(known)))
            others = {pair.person for job in sample for pair in self._problem.jobs[job].pairs} - people
            if not others:
                break
            people.add(self._random.choice(sorted(others)))
            jobs = [job for job in self._owned_by(people) if wanted(job)]
        jobs = self._at_most(jobs, size)
        could = {job for person in people for job in self._eligible[person]}
        waiting = sorted(job for job in could if job not in self._plan.cells and wanted(job))
        return self._with_waiting(jobs, waiting, size), people

    def _with_near(self, wanted: list[int], people: set[int], weeks: tuple[int, int], size: float) -> list[int]:
        """Return jobs in order, some added that only these people do in some weeks, up to a size."""
        plan, (first, last) = self._plan, weeks
        near = [job for job in self._owned_by(people) if plan.first(job) <= last and plan.last(job) >= first]
        near = [job for job in near if job not in wanted]
        room = max(0, int(size) - len(wanted))
        return sorted({*wanted, *self._random.sample(near, min(len(near), room))})

    def _at_most(self, jobs: list[int], size: float) -> list[int]:
        return self._random.sample(jobs, int(size)) if len(jobs) > size else jobs

    def _span(self, job: int) -> tuple[int, int]:
        """Return the weeks of a job in the plan, or its window if it waits."""
        data, plan = self._problem.jobs[job], self._plan
        return (plan.first(job), plan.last(job)) if job in plan.cells else (data.first, data.last)

    def _owned_by(self, people: set[int]) -> list[int]:
        """Return the jobs that only these people own."""
        plan = self._plan
        return sorted(
            {
                job
                for person in people
                for job in plan.jobs_of(person)
                if all(owner in people for owner, _ in plan.cells[job])
            }
        )

    def _with_waiting(self, jobs: list[int], waiting: list[int], size: float) -> list[int]:
        """Return jobs in order, some waiting ones added with all that waits before them."""
        chosen = set(jobs)
        room = max(TUNING.least_waiting, int(TUNING.waiting_share * size))
        for job in self._random.sample(waiting, min(len(waiting), room)):
            open_ = [job]
            while open_:
                top = open_.pop()
                if top not in chosen:
                    chosen.add(top)
                    before = [number for number, _ in self._problem.jobs[top].after]
                    open_ += [number for number in before if number not in self._plan.cells]
        return sorted(chosen)
