"""What the work placed so far uses up: kept up to date as jobs are placed and taken away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from staffing.problem.problem import Pair, Problem
from staffing.scenario.records import Kind
from staffing.solving.solution import Solution

Cells = Mapping[tuple[int, int], int]
"""Steps of one job by (person, week)."""


class Usage:
    """Loads, clients, owners and burn of the jobs placed.

    Attributes
    ----------
    cells
        By job placed: its steps by (person, week).
    hours, planned, kind_hours
        Steps by (person, week), by person, and by (person, week, kind).
    clients
        Jobs by client, by (person, week).
    clients_of
        Jobs by client, by person.
    burned
        Money by budget period.
    owners
        Jobs by owner, by (client, kind).
    group_owners
        Jobs by owner, by one-owner group.
    jobs_of
        Jobs by person.
    hired_idle
        Placeholders hired whether or not they work.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cells: dict[int, Cells] = {}
        self.hours: dict[tuple[int, int], int] = defaultdict(int)
        self.planned: dict[int, int] = defaultdict(int)
        self.kind_hours: dict[tuple[int, int, Kind], int] = defaultdict(int)
        self.clients: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
        self.clients_of: dict[int, Counter[int]] = defaultdict(Counter)
        self.burned: dict[int, int] = defaultdict(int)
        self.owners: dict[tuple[int, Kind], Counter[int]] = defaultdict(Counter)
        self.group_owners: dict[int, Counter[int]] = defaultdict(Counter)
        self.jobs_of: dict[int, set[int]] = defaultdict(set)
        self.hired_idle: frozenset[int] = frozenset()

    def place(self, job: int, cells: Cells) -> None:
        """Place a job that is not placed yet."""
        self.cells[job] = cells
        self._count(job, cells, 1)

    def remove(self, job: int) -> Cells:
        """Take a job away; give what it was."""
        cells = self.cells.pop(job)
        self._count(job, cells, -1)
        return cells

    def load(self, person: int, week: int) -> int:
        """Steps worked by a person in a week, switching included."""
        clients = self.clients.get((person, week))
        switches = max(0, len(clients) - 1) if clients else 0
        return self.hours.get((person, week), 0) + self.problem.switching * switches

    def over(self, job: int) -> int:
        """Last week of a job placed."""
        return max(week for _, week in self.cells[job])

    def first(self, job: int) -> int:
        """First week of a job placed."""
        return min(week for _, week in self.cells[job])

    def steps(self) -> dict[tuple[int, int, int], int]:
        """Give all work by (job, person, week)."""
        return {(job, *cell): steps for job, cells in self.cells.items() for cell, steps in cells.items()}

    def _count(self, job: int, cells: Cells, sign: int) -> None:
        data = self.problem.jobs[job]
        for cell, steps in cells.items():
            self.hours[cell] += sign * steps
            self.planned[cell[0]] += sign * steps
            self.kind_hours[(*cell, data.kind)] += sign * steps
            _tally(self.clients[cell], data.client, sign)
        for person in {person for person, _ in cells}:
            _tally(self.clients_of[person], data.client, sign)
            _tally(self.owners[data.client, data.kind], person, sign)
            for group in self.problem.groups_of.get(job, ()):
                _tally(self.group_owners[group], person, sign)
            (self.jobs_of[person].add if sign > 0 else self.jobs_of[person].discard)(job)
        for number, money in burn_of(self.problem, job, cells).items():
            self.burned[number] += sign * money


def _tally(counter: Counter[int], key: int, sign: int) -> None:
    """Count, and forget what is counted down to nothing."""
    counter[key] += sign
    if not counter[key]:
        del counter[key]


def usage_of(problem: Problem, solution: Solution) -> Usage:
    """Add up what a solution uses."""
    jobs: dict[int, dict[tuple[int, int], int]] = {}
    for (job, person, week), steps in solution.steps.items():
        jobs.setdefault(job, {})[person, week] = steps
    usage = Usage(problem)
    for job, cells in jobs.items():
        usage.place(job, cells)
    return usage


def pair_of(problem: Problem, job: int, person: int) -> Pair:
    """Give what a person needs for a job."""
    return next(pair for pair in problem.jobs[job].pairs if pair.person == person)


def burn_of(problem: Problem, job: int, cells: Cells) -> dict[int, int]:
    """Give what a job burns, by budget period; a fixed price burns in the week of the last hours."""
    burn: dict[int, int] = {}
    numbers = problem.budgets_of.get(job, ())
    if not numbers or not cells:
        return burn
    last = max(week for _, week in cells)
    paid: set[int] = set()
    for (person, week), steps in cells.items():
        pair = pair_of(problem, job, person) if problem.price_burns else None
        if pair is not None and pair.price is not None:
            money, week = (0 if person in paid else pair.price), last
            paid.add(person)
        else:
            money = problem.people[person].burn * steps
        for number in numbers:
            if week in problem.budgets[number].weeks:
                burn[number] = burn.get(number, 0) + money
    return burn
