"""What the work placed so far uses up and reaches: kept up to date as jobs are placed and taken away."""

from __future__ import annotations

from collections.abc import Mapping

from staffing.problem.problem import Problem
from staffing.scenario.records import KINDS, Kind
from staffing.solving.solution import Solution

Cells = Mapping[tuple[int, int], int]
"""Steps of one job by (person, week)."""
NO_LIMIT = 2**60
"""Room for a kind of work where it has no limit."""


class Usage:
    """Loads, clients, owners and burn of the jobs placed, and what they add up to.

    What goes by person and week lies in one list, in which a person's weeks follow each other: week w of person p is
    at p × weeks + w.

    Attributes
    ----------
    cells
        By job placed: its steps by (person, week).
    free
        By person and week: steps of capacity and overtime that are left.
    kind_free
        By kind, person and week: steps of that kind that are left.
    served
        By person and week: jobs by client.
    clients_of, jobs_of, planned
        By person: jobs by client, jobs, steps.
    left
        By budget period: money left.
    owners
        By (client, kind): jobs by owner.
    group_owners
        By one-owner group: jobs by owner.
    must, value, cost, lateness, overtime, steps_worked, contacts
        What the jobs placed add to the goals, in the units of their terms; the cost of hires aside.
    hired_idle
        Placeholders hired whether or not they work.
    """

    def __init__(self, problem: Problem) -> None:
        people, weeks = problem.people, problem.weeks
        self.problem = problem
        self.cells: dict[int, Cells] = {}
        self.capacity = [steps for person in people for steps in person.capacity]
        self.extra = [steps for person in people for steps in person.overtime]
        self.free = [sum(both) for both in zip(self.capacity, self.extra, strict=True)]
        self.kind_free: dict[Kind, list[int]] = {
            kind: [steps for person in people for steps in person.limits.get(kind, [NO_LIMIT] * weeks)]
            for kind in KINDS
        }
        self.served: list[dict[int, int]] = [{} for _ in self.free]
        self.clients_of: list[dict[int, int]] = [{} for _ in people]
        self.jobs_of: list[set[int]] = [set() for _ in people]
        self.planned = [0] * len(people)
        self.left = [period.left for period in problem.budgets]
        self.owners: dict[tuple[int, Kind], dict[int, int]] = {(job.client, job.kind): {} for job in problem.jobs}
        self.group_owners: list[dict[int, int]] = [{} for _ in problem.one_owner]
        self._count_kept()
        self.must = self.value = self.cost = self.lateness = self.overtime = self.steps_worked = self.contacts = 0
        self.hired_idle: frozenset[int] = frozenset()

    def _count_kept(self) -> None:
        """Count the clients and owners of what the problem keeps, as if by a job that is never taken away."""
        kept = self.problem.kept
        for (person, week), clients in kept.served.items():
            self.served[person * self.problem.weeks + week] = dict.fromkeys(clients, 1)
        for person, clients in kept.clients.items():
            self.clients_of[person] = dict.fromkeys(clients, 1)
        for work, people in kept.owners.items():
            self.owners[work] = dict.fromkeys(people, 1)

    def place(self, job: int, cells: Cells) -> None:
        """Place a job that is not placed yet."""
        self.cells[job] = cells
        self._count(job, cells, 1)

    def remove(self, job: int) -> Cells:
        """Take a job away and return its cells."""
        cells = self.cells.pop(job)
        self._count(job, cells, -1)
        return cells

    def load(self, person: int, week: int) -> int:
        """Steps worked by a person in a week, switching included."""
        at = person * self.problem.weeks + week
        return self.capacity[at] + self.extra[at] - self.free[at]

    def clients(self, person: int, week: int) -> dict[int, int]:
        """Jobs by client, of a person in a week."""
        return self.served[person * self.problem.weeks + week]

    def over(self, job: int) -> int:
        """Last week of a job placed."""
        return max(week for _, week in self.cells[job])

    def first(self, job: int) -> int:
        """First week of a job placed."""
        return min(week for _, week in self.cells[job])

    def steps(self) -> dict[tuple[int, int, int], int]:
        """Return all work: the steps by (job, person, week)."""
        return {(job, *cell): steps for job, cells in self.cells.items() for cell, steps in cells.items()}

    def _count(self, job: int, cells: Cells, sign: int) -> None:
        data = self.problem.jobs[job]
        self._count_weeks(job, cells, sign)
        self._count_owners(job, {person for person, _ in cells}, sign)
        if job in self.problem.budgets_of:
            for number, money in burn_of(self.problem, job, cells).items():
                self.left[number] -= sign * money
        self.value += sign * data.value
        if data.must:
            self.must -= sign * data.effort
        if data.due is not None:
            late = data.late + max(0, max([week for _, week in cells]) - data.due)
            self.lateness += sign * data.weight * late

    def _count_owners(self, job: int, owners: set[int], sign: int) -> None:
        problem = self.problem
        data, pairs, groups = problem.jobs[job], problem.pairs_of[job], problem.groups_of.get(job, ())
        by_kind = self.owners[data.client, data.kind]
        before = len(by_kind)
        for person in owners:
            _tally(by_kind, person, sign)
            _tally(self.clients_of[person], data.client, sign)
            for group in groups:
                _tally(self.group_owners[group], person, sign)
            jobs = self.jobs_of[person]
            if sign > 0:
                jobs.add(job)
            else:
                jobs.remove(job)
            price = pairs[person].price
            if price is not None:
                self.cost += sign * price
        if len(by_kind) != before:
            self.contacts += max(0, len(by_kind) - 1) - max(0, before - 1)

    def _count_weeks(self, job: int, cells: Cells, sign: int) -> None:
        problem, free = self.problem, self.free
        weeks, people, switching = problem.weeks, problem.people, problem.switching
        data, pairs, client = problem.jobs[job], problem.pairs_of[job], problem.jobs[job].client
        kind_free = self.kind_free[data.kind]
        for (person, week), count in cells.items():
            at = person * weeks + week
            steps = load = sign * count
            served, worker = self.served[at], people[person]
            clients_before = len(served)
            jobs = served.get(client, 0) + sign
            if jobs:
                served[client] = jobs
            else:
                del served[client]
            if len(served) != clients_before and clients_before + len(served) > 1:
                load += sign * switching
            kind_free[at] -= steps
            self.planned[person] += steps
            self.steps_worked += steps
            self.cost += worker.hour_cost * (load if pairs[person].price is None else load - steps)
            if self.extra[at]:
                over = self.extra[at] - free[at]
                extra = max(0, over + load) - max(0, over)
                self.overtime += extra
                self.cost += extra * worker.overtime_cost
            free[at] -= load


def _tally(counter: dict[int, int], key: int, sign: int) -> None:
    """Count, and forget what is counted down to nothing."""
    count = counter.get(key, 0) + sign
    if count:
        counter[key] = count
    else:
        del counter[key]


def usage_of(problem: Problem, solution: Solution) -> Usage:
    """Return what a solution uses, added up."""
    jobs: dict[int, dict[tuple[int, int], int]] = {}
    for (job, person, week), steps in solution.steps.items():
        jobs.setdefault(job, {})[person, week] = steps
    return placed(problem, jobs)


def placed(problem: Problem, jobs: Mapping[int, Cells]) -> Usage:
    """Return what jobs use, added up, given their steps by (person, week)."""
    usage = Usage(problem)
    for job, cells in jobs.items():
        usage.place(job, cells)
    return usage


def burn_of(problem: Problem, job: int, cells: Cells) -> dict[int, int]:
    """Return what a job burns by budget period; a fixed price burns in the week of the last hours."""
    burn: dict[int, int] = {}
    numbers = problem.budgets_of.get(job, ())
    if not numbers:
        return burn
    last = max(week for _, week in cells)
    paid: set[int] = set()
    for (person, week), steps in cells.items():
        price = problem.pairs_of[job][person].price if problem.price_burns else None
        if price is not None:
            money, week = (0 if person in paid else price), last
            paid.add(person)
        else:
            money = problem.people[person].burn * steps
        for number in numbers:
            if week in problem.budgets[number].weeks:
                burn[number] = burn.get(number, 0) + money
    return burn
