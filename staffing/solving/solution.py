"""A plan by index, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain, takewhile

from staffing.plan.draft import Draft
from staffing.problem.problem import Problem


@dataclass(frozen=True)
class Solution:
    """Steps of work by (job, person, week), and the placeholders hired."""

    steps: Mapping[tuple[int, int, int], int]
    hired: frozenset[int] = field(default_factory=frozenset)


def with_hires(problem: Problem, steps: Mapping[tuple[int, int, int], int]) -> Solution:
    """Return a solution in which whoever works is hired, with the copies before them (rule H)."""
    people = problem.people
    working = {person for _, person, _ in steps}
    open_ = (takewhile(lambda copy: people[copy].hire, problem.hire_chain[person]) for person in working)
    return Solution(steps, frozenset(chain.from_iterable(open_)))


def drafted(problem: Problem, solution: Solution) -> Draft:
    """Return a solution in the words of the scenario."""
    return Draft(
        {
            (problem.jobs[job].id, problem.people[person].id, week + 1): problem.step * steps
            for (job, person, week), steps in solution.steps.items()
        },
        frozenset(problem.people[person].id for person in solution.hired),
    )


class Readings:
    """What a solution says of every variable a model may ask for."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self.solution = solution
        self.owners: dict[int, set[int]] = defaultdict(set)
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.clients: dict[tuple[int, int], set[int]] = defaultdict(set)
        """Clients served by (person, week)."""
        self.load: dict[tuple[int, int], int] = defaultdict(int)
        """Steps worked by (person, week), switching included."""
        for (job, person, week), steps in solution.steps.items():
            self.owners[job].add(person)
            self.first[job] = min(week, self.first.get(job, week))
            self.last[job] = max(week, self.last.get(job, week))
            self.clients[person, week].add(problem.jobs[job].client)
            self.load[person, week] += steps
        for cell, clients in self.clients.items():
            kept = problem.kept.served.get(cell, frozenset())
            self.load[cell] += problem.switching * (len(clients - kept) - (0 if kept else 1))

    @cached_property
    def planned(self) -> dict[int, Fraction]:
        """Steps planned by person, history included, switching aside."""
        total = {number: person.past_hours for number, person in enumerate(self.problem.people)}
        for (_, person, _), steps in self.solution.steps.items():
            total[person] += steps
        return total

    def delivered(self, job: int) -> bool:
        """Return whether a job is delivered."""
        return job in self.owners

    def overtime(self, person: int, week: int) -> int:
        """Return the steps of load beyond the capacity of a week."""
        return max(0, self.load.get((person, week), 0) - self.problem.people[person].capacity[week])
