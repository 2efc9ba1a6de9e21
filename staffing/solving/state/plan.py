"""A plan in work for Python: its hours, what they add up to, and what they leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import KINDS, Kind
from staffing.solving.arrays import IntArray
from staffing.solving.earlier import NO_PLAN, Earlier
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.exchange import load
from staffing.solving.state.filling import tables_of
from staffing.solving.state.insertion import ANYBODY, insert
from staffing.solving.state.kernel import READY, now
from staffing.solving.state.ledger import evaluate, place, remove
from staffing.solving.state.restoring import insert_as_planned
from staffing.solving.state.tables import EITHER, Guide, State, as_objects
from staffing.solving.state.tidying import tidy

Cells = Mapping[tuple[int, int], int]
"""Steps of one job by (person, week)."""


class PlanState:
    """A plan in work: jobs are placed and taken away, and everything is added up meanwhile.

    Compiled code does it; until that is compiled, once after installing, the same code runs as plain Python.

    Parameters
    ----------
    problem, baseline
        What is planned, and the plan that changes are counted against.

    Attributes
    ----------
    cells
        By job placed: its steps by (person, week).
    """

    def __init__(self, problem: Problem, baseline: Earlier = NO_PLAN) -> None:
        self.problem = problem
        self.cells: dict[int, Cells] = {}
        self._compiled = ready = READY.is_set()  # asked once, as compiling may end in between
        tables = tables_of(problem, 0, baseline)
        self._state: State = tables if self._compiled else as_objects(tables)
        self._capacity = tables.weeks["free"].copy()
        self._place, self._remove, self._evaluate = now(place, ready), now(remove, ready), now(evaluate, ready)
        self._insert, self._insert_as_planned = now(insert, ready), now(insert_as_planned, ready)
        self._tidy = now(tidy, ready)
        self._rooms = np.zeros((problem.weeks, 2), dtype=np.int64)

    @classmethod
    def of(cls, problem: Problem, solution: Solution, baseline: Earlier = NO_PLAN) -> PlanState:
        """Return the state of a solution."""
        plan = cls(problem, baseline)
        plan.load(by_job(solution))
        return plan

    # changing it

    def place(self, job: int, cells: Cells) -> None:
        """Place a job that is not placed yet."""
        self.cells[job] = cells
        trial = int(self._state.sums[0].trial)
        if self._compiled:
            rows = [(*cell, steps) for cell, steps in cells.items()]
            cast(Any, self._state.hours)[trial : trial + len(rows)] = rows
        else:
            for number, ((person, week), steps) in enumerate(cells.items(), trial):
                row: Any = self._state.hours[number]
                row.person, row.week, row.steps = person, week, steps
        self._place(self._state, job, trial, len(cells))

    def remove(self, job: int) -> Cells:
        """Take a job away and return its cells."""
        self._remove(self._state, job)
        return self.cells.pop(job)

    def load(self, cells: Mapping[int, Cells]) -> None:
        """Make another plan the one in work."""
        if self._compiled:
            load(self._state, as_rows(cells))
            self.cells = dict(cells)
            return
        for job in [job for job, placed in self.cells.items() if cells.get(job) != placed]:
            self.remove(job)
        for job, placed in cells.items():
            if job not in self.cells:
                self.place(job, placed)

    def insert(self, job: int, guide: Guide) -> bool:
        """Place a job with whoever is best by a guide, if it fits."""
        return self._inserted(job, bool(self._insert(self._state, job, guide, 0.0, ANYBODY, 0.0)))

    def insert_as_planned(self, job: int) -> bool:
        """Place a job with the hours of the baseline, if they have room."""
        return self._inserted(job, bool(self._insert_as_planned(self._state, job)))

    def tidy(self, job: int, goals: IntArray) -> bool:
        """Move a job with one owner into fewer or earlier weeks, no goal becoming worse, if that can be.

        Parameters
        ----------
        job
            Its number.
        goals
            Coefficients by goal.
        """
        kept = np.zeros(len(goals), dtype=np.int64)
        return self._inserted(job, bool(self._tidy(self._state, job, goals, kept, self._rooms)))

    def _inserted(self, job: int, done: bool) -> bool:
        if done:
            this = self._state.jobs[job]
            rows = [self._state.hours[row] for row in range(this.hours_from, this.hours_from + this.count)]
            self.cells[job] = {(int(row.person), int(row.week)): int(row.steps) for row in rows}
        return done

    def bar(self, people: Collection[int], barred: bool = True) -> None:
        """Let some people get no more jobs, or get them again."""
        for person in people:
            row: Any = self._state.people[person]
            row.in_work = not barred

    # reading it

    def objective(self, coefficients: IntArray) -> int:
        """Return the objective of a goal, by its coefficients."""
        return int(self._evaluate(self._state, coefficients))

    def solution(self) -> Solution:
        """Return the plan."""
        return as_solution(self.problem, self.cells)

    def first(self, job: int) -> int:
        """First week of a job placed."""
        return int(self._state.jobs[job].begin)

    def last(self, job: int) -> int:
        """Last week of a job placed."""
        return int(self._state.jobs[job].end)

    def jobs_of(self, person: int) -> set[int]:
        """Jobs that a person owns."""
        who = self._state.people[person]
        return {int(self._state.links[row].owned) for row in range(who.jobs_from, who.jobs_from + who.owned)}

    def load_of(self, person: int, week: int) -> int:
        """Steps worked by a person in a week, switching included."""
        return int(self._capacity[person, week] - self._state.weeks[person, week].free)

    def kind_left(self, kind: Kind, person: int) -> tuple[int, ...]:
        """Steps of a kind of work that a person has left, by week."""
        return tuple(self._state.kind_left[KINDS.index(kind), person].tolist())

    def planned(self, person: int) -> int:
        """Steps planned of a person."""
        return int(self._state.people[person].planned)

    def clients_in(self, person: int, week: int) -> frozenset[int]:
        """Clients that a person serves in a week."""
        return frozenset(np.flatnonzero(self._state.served[person, :, week]).tolist())

    def clients_of(self, person: int) -> frozenset[int]:
        """Clients that a person serves."""
        return frozenset(np.flatnonzero(self._state.contacts[:, person, EITHER]).tolist())

    def owners_of(self, client: int, kind: Kind) -> frozenset[int]:
        """Owners of a client's kind of work."""
        return frozenset(np.flatnonzero(self._state.contacts[client, :, KINDS.index(kind)]).tolist())

    def group_owner(self, group: int) -> int | None:
        """Return the owner of a one-owner group; None while nobody is."""
        owner = int(self._state.groups[group].owner)
        return None if owner < 0 else owner

    def left(self, budget: int) -> int:
        """Money left of a budget period."""
        return int(self._state.budgets[budget].left)

    def hired(self) -> set[int]:
        """Placeholders that work, and the copies before them."""
        return {number for number in self.problem.placeholders if self._state.people[number].hired}

    def handed_over(self, families: Any) -> set[int]:
        """Return those of some `same_owner` repeats of which others own something than before."""
        return {family for family in families if family >= 0 and self._state.scratch[family].handed_over}


def by_job(solution: Solution) -> dict[int, dict[tuple[int, int], int]]:
    """Return the steps of a solution by job."""
    found: dict[int, dict[tuple[int, int], int]] = {}
    for (job, person, week), steps in solution.steps.items():
        found.setdefault(job, {})[person, week] = steps
    return found


def as_rows(cells: Mapping[int, Cells]) -> IntArray:
    """Return a plan by job as rows (job, person, week, steps), sorted by job."""
    rows = [(job, *cell, steps) for job, own in sorted(cells.items()) for cell, steps in own.items()]
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def as_solution(problem: Problem, cells: Mapping[int, Cells]) -> Solution:
    """Return a plan by job as a solution."""
    return with_hires(problem, {(job, *cell): steps for job, own in cells.items() for cell, steps in own.items()})
