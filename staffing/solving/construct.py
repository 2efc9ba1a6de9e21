"""A first plan at once: one task after the other, each given to whoever delivers it best.

Every rule holds at every moment; nothing placed is moved again. The search begins from the best of a few such plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from staffing.problem.problem import JobData, Pair, Problem
from staffing.solving.solution import Solution, with_hires
from staffing.solving.usage import Usage

NONE: Counter[int] = Counter()
Steps = dict[int, int]
"""Steps of one person on one job by week."""


class Construction:
    """Places tasks one by one.

    Parameters
    ----------
    problem
        What is planned.
    hiring
        Whether placeholders may be given work.
    """

    def __init__(self, problem: Problem, *, hiring: bool) -> None:
        self.problem = problem
        self.hiring = hiring
        self.usage = Usage(problem)
        self._tried: set[int] = set()

    def run(self, jobs: Iterable[int]) -> Solution:
        """Place jobs in this order, each after those that come before it."""
        for job in jobs:
            self._place(job)
        return with_hires(self.problem, self.usage.steps())

    def _place(self, job: int) -> bool:
        """Place a job, once; tell whether it is delivered."""
        stack = [job]
        while stack:
            top = stack[-1]
            open_ = [before for before, _ in self.problem.jobs[top].after if before not in self._tried]
            if open_:
                stack += open_
                continue
            stack.pop()
            if top not in self._tried:
                self._tried.add(top)
                self._place_alone(top)
        return job in self.usage.cells

    def _place_alone(self, job: int) -> None:
        data = self.problem.jobs[job]
        if any(before not in self.usage.cells for before, _ in data.after):
            return
        first = max((self.usage.over(before) + lag for before, lag in data.after), default=data.first)
        weeks = range(max(first, data.first), data.last + 1)
        pairs = [pair for pair in data.pairs if self._may(job, data, pair)]
        for overtime in (False, True):
            offers = [(pair, steps) for pair in pairs if (steps := self._offer(job, pair, weeks, overtime, pair.need))]
            whole = [(pair, steps) for pair, steps in offers if self._affordable(job, pair, steps)]
            if whole:
                pair, steps = min(whole, key=lambda offer: self._merit(job, *offer))
                self.usage.place(job, {(pair.person, week): hours for week, hours in steps.items()})
                return
        if data.max_owners > 1:
            self._share(job, pairs, weeks)

    def _may(self, job: int, data: JobData, pair: Pair) -> bool:
        person = self.problem.people[pair.person]
        clients = self.usage.clients_of.get(pair.person, NONE)
        return (
            (self.hiring or not person.hire)
            and all(
                not (owners := self.usage.group_owners.get(group)) or pair.person in owners
                for group in self.problem.groups_of.get(job, ())
            )
            and (person.max_clients is None or data.client in clients or len(clients) < person.max_clients)
        )

    def _offer(self, job: int, pair: Pair, weeks: range, overtime: bool, need: int, *, part: bool = False) -> Steps:
        """Give the earliest weeks in which a person has room for a job; nothing where it does not fit whole."""
        steps: Steps = {}
        missing = need
        for week in weeks:
            room = min(missing, self._room(job, pair, week, overtime, steps))
            if room > 0:
                steps[week] = room
                missing -= room
                if not missing:
                    return steps
        return steps if part else {}

    def _room(self, job: int, pair: Pair, week: int, overtime: bool, taken: Steps) -> int:
        data, person = self.problem.jobs[job], self.problem.people[pair.person]
        cell = (pair.person, week)
        most = person.capacity[week] + (person.overtime[week] if overtime else 0)
        room = most - self.usage.load(*cell)
        served = self.usage.clients.get(cell, NONE)
        if data.client not in served:
            if person.max_clients_per_week is not None and len(served) >= person.max_clients_per_week:
                return 0
            room -= self.problem.switching if served else 0
        if data.kind in person.limits:
            room = min(room, person.limits[data.kind][week] - self.usage.kind_hours.get((*cell, data.kind), 0))
        if data.pace is not None:
            room = min(room, data.pace)
        if person.burn and not (self.problem.price_burns and pair.price is not None):
            for number in self.problem.budgets_of.get(job, ()):
                period = self.problem.budgets[number]
                if week in period.weeks:
                    burned = self.usage.burned.get(number, 0) + person.burn * sum(
                        steps for other, steps in taken.items() if other in period.weeks
                    )
                    room = min(room, (period.left - burned) // person.burn)
        return room

    def _affordable(self, job: int, pair: Pair, steps: Steps) -> bool:
        """Whether a fixed price fits the budgets of the week of the last hours."""
        if not self.problem.price_burns or pair.price is None:
            return True
        return all(
            self.usage.burned.get(number, 0) + pair.price <= self.problem.budgets[number].left
            for number in self.problem.budgets_of.get(job, ())
            if max(steps) in self.problem.budgets[number].weeks
        )

    def _merit(self, job: int, pair: Pair, steps: Steps) -> tuple[int, int, int, int, int]:
        """Rank an offer: on time, by people who are there, at low cost, for a client they know, early."""
        data, person = self.problem.jobs[job], self.problem.people[pair.person]
        late = 0 if data.due is None else max(0, max(steps) - data.due)
        known = self.usage.clients_of.get(pair.person, NONE)
        idle = int(person.hire and not known)
        cost = pair.price if pair.price is not None else person.hour_cost * sum(steps.values())
        new = int(data.client not in known)
        return (late, idle, cost, new, max(steps))

    def _share(self, job: int, pairs: list[Pair], weeks: range) -> None:
        """Let the people with most room share a task, each working only what is needed."""
        data = self.problem.jobs[job]
        offers = [(pair, self._offer(job, pair, weeks, True, pair.need, part=True)) for pair in pairs]
        offers.sort(key=lambda offer: -offer[0].power * sum(offer[1].values()))
        taken: list[tuple[Pair, Steps]] = []
        covered = 0
        for pair, _ in offers[: data.max_owners]:
            if covered >= data.effort:
                break
            steps = self._offer(job, pair, weeks, True, -(-(data.effort - covered) // pair.power), part=True)
            steps = self._within_shared(job, steps, taken, pair)
            if steps:
                taken.append((pair, steps))
                covered += pair.power * sum(steps.values())
        if covered < data.effort:
            return
        for pair, steps in taken:
            while steps and covered - pair.power >= data.effort:
                last = max(steps)
                steps[last] -= 1
                covered -= pair.power
                if not steps[last]:
                    del steps[last]
        self.usage.place(job, {(pair.person, week): hours for pair, steps in taken for week, hours in steps.items()})

    def _within_shared(self, job: int, steps: Steps, taken: list[tuple[Pair, Steps]], pair: Pair) -> Steps:
        """Leave room for what the other owners of the same task take of its pace and budgets."""
        data = self.problem.jobs[job]
        rate = self.problem.people[pair.person].burn
        kept: Steps = {}
        for week, hours in steps.items():
            room = hours
            if data.pace is not None:
                room = min(room, data.pace - sum(other.get(week, 0) for _, other in taken))
            for number in self.problem.budgets_of.get(job, ()):
                period = self.problem.budgets[number]
                if rate and week in period.weeks:
                    burned = self.usage.burned.get(number, 0) + sum(
                        self.problem.people[owner.person].burn * other_hours
                        for owner, other in [*taken, (pair, kept)]
                        for other_week, other_hours in other.items()
                        if other_week in period.weeks
                    )
                    room = min(room, (period.left - burned) // rate)
            if room > 0:
                kept[week] = room
        return kept


def by_merit(problem: Problem, among: Collection[int]) -> list[int]:
    """Order jobs: `must` first, then by value for the hours they need, then by their window."""

    def merit(job: int) -> tuple[bool, float, int, int]:
        data = problem.jobs[job]
        return (not data.must, -data.value / min(pair.need for pair in data.pairs), data.last, data.first)

    return sorted(among, key=merit)


def first_plans(problem: Problem) -> list[Solution]:
    """Construct a few plans: with and without hires, only what must be done, and nothing."""
    ranked = by_merit(problem, range(len(problem.jobs)))
    musts = [job for job in ranked if problem.jobs[job].must]
    plans = [Solution({})]
    for hiring in sorted({False, any(person.hire for person in problem.people)}):
        plans.append(Construction(problem, hiring=hiring).run(ranked))
        if musts:
            plans.append(Construction(problem, hiring=hiring).run(musts))
    return plans
