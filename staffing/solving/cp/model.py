"""The questions that rules and goals ask, such as :meth:`Model.served`, each answered by a variable.

A variable is made when it is first asked for; the constraints that give it its meaning stand beside it. Variables that
a goal or a rule only ever pushes one way (served, begun, overtime, ...) are tied one way only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Literal

from staffing.problem.alone import fewest_weeks, most_in_week
from staffing.problem.problem import Pair, Problem
from staffing.scenario.records import Kind
from staffing.solving.cp.variables import Terms, Var, Variables
from staffing.solving.solution import Readings

Timed = Literal["begun", "over"]


class Model(Variables):
    """A CP-SAT model of a problem; rules and goals add themselves to it.

    Attributes
    ----------
    owns
        By (job, person): whether the person owns the job.
    delivered
        By job: whether it is delivered.
    hours
        By (job, person, week): a variable and the steps of work that each unit of it stands for.
    pairs
        By job: who may own it.
    at
        By (person, week): jobs that the person may work on.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.owns: dict[tuple[int, int], Var] = {}
        self.delivered: dict[int, Var] = {}
        self.hours: dict[tuple[int, int, int], tuple[Var, int]] = {}
        self.pairs: dict[int, list[Pair]] = {}
        self.at: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._tightened: set[int] = set()
        self._zero = self.cp.new_constant(0)

    # what the solver found

    def solution(self, value: Callable[[Var], int]) -> dict[tuple[int, int, int], int]:
        """Return the steps of work, read from the values of the variables."""
        found = {}
        for cell, (var, factor) in self.hours.items():
            if steps := factor * value(var):
                found[cell] = steps
        return found

    def hired_in(self, value: Callable[[Var], int]) -> frozenset[int]:
        """Return who is hired, read from the values of the variables."""
        flags = {key[1]: var for key, var in self.made.items() if key[0] == "hired"}
        return frozenset(person for person, var in flags.items() if value(var))

    # questions that rules and goals ask

    def used(self, job: int, person: int, week: int) -> Var:
        """Return a binary that has to be 1 if a person works on a job in a week."""
        var, _ = self.hours[job, person, week]
        if var is self.owns[job, person]:
            return var
        key = ("used", job, person, week)
        if key not in self.made:
            flag = self.flag(f"used {key}", lambda read: (job, person, week) in read.solution.steps)
            self.made[key] = flag
            self.at_most([(var, 1), (flag, -self.high(var))], 0)
        return self.made[key]

    def worked(self, job: int, week: int) -> Var | None:
        """Return a binary that can be 1 only if somebody works on a job in a week; None where nobody can."""
        cells = self.cells(job, self.pairs[job], [week])
        if not cells:
            return None
        key = ("worked", job, week)
        if key not in self.made:
            people = [pair.person for pair in self.pairs[job]]
            flag = self.flag(
                f"worked {key}", lambda read: any((job, person, week) in read.solution.steps for person in people)
            )
            self.made[key] = flag
            self.at_most([(flag, 1), *((var, -factor) for var, factor in cells)], 0)
        return self.made[key]

    def cells(self, job: int, pairs: Iterable[Pair], weeks: Iterable[int]) -> Terms:
        """Return the hours of some owners on a job in some weeks."""
        cells = product((pair.person for pair in pairs), weeks)
        return [self.hours[job, person, week] for person, week in cells if (job, person, week) in self.hours]

    def most(self, job: int, pair: Pair, week: int) -> int:
        """Return the most steps that an owner can work on a job in a week."""
        return most_in_week(self.problem, self.problem.jobs[job], pair, week)

    def served(self, person: int, client: int, week: int) -> Var | None:
        """Return a binary that has to be 1 if a person works for a client in a week; None where that cannot be.

        Each job alone, and all jobs of the client together: h ≤ most × served, and Σ h ≤ most of the week × served.
        """
        key = ("served", person, client, week)
        if key not in self.made:
            jobs = [job for job in self.at[person, week] if self.problem.jobs[job].client == client]
            if not jobs:
                return None
            var = self.flag(f"served {key}", lambda read: client in read.clients.get((person, week), ()))
            self.made[key] = var
            most = 0
            for job in jobs:
                cell, factor = self.hours[job, person, week]
                if cell is self.owns[job, person]:
                    alone = factor
                    self.cp.add_implication(cell, var)
                else:
                    pair = self.problem.pairs_of[job][person]
                    alone = min(pair.need, self.most(job, pair, week))
                    self.at_most([(cell, factor), (var, -alone)], 0)
                most += alone
            if len(jobs) > 1:
                together = [self.hours[job, person, week] for job in jobs]
                self.at_most([*together, (var, -min(most, self.problem.people[person].most(week)))], 0)
        return self.made[key]

    def clients_at(self, person: int, week: int) -> list[int]:
        """Return the clients a person may work for in a week, except those of work that is kept."""
        kept = self.problem.kept.served.get((person, week), frozenset())
        return sorted({self.problem.jobs[job].client for job in self.at.get((person, week), ())} - kept)

    def switches(self, person: int, week: int) -> Var | None:
        """Return a variable of at least the clients served in a week after the first; None where that is always 0.

        Where work is kept, its client is the first, and further ones are counted beyond those that are kept.
        """
        clients = self.clients_at(person, week)
        free = 0 if self.problem.kept.served.get((person, week)) else 1
        if len(clients) <= free:
            return None
        key = ("switches", person, week)
        if key not in self.made:

            def reading(read: Readings) -> int:
                served = read.clients.get((person, week), set())
                return max(0, sum(client in served for client in clients) - free)

            self.made[key] = self.integer(len(clients) - free, f"switches {key}", reading)
            served = [(self.served(person, client, week), 1) for client in clients]
            self.at_most([*served, (self.made[key], -1)], free)
        return self.made[key]

    def overtime(self, person: int, week: int) -> Var | None:
        """Return a variable of at least the steps beyond capacity in a week; None where none are allowed."""
        most = self.problem.people[person].overtime[week]
        if not most or (person, week) not in self.at:
            return None
        key = ("overtime", person, week)
        if key not in self.made:
            self.made[key] = self.integer(most, f"overtime {key}", lambda read: read.overtime(person, week))
        return self.made[key]

    def touches(self, group: Sequence[int], person: int) -> Var | None:
        """Return a binary that has to be 1 if a person owns any of some jobs; None where that cannot be."""
        jobs = [job for job in group if (job, person) in self.owns]
        if not jobs:
            return None
        if len(jobs) == 1:
            return self.owns[jobs[0], person]
        key = ("touches", tuple(jobs), person)
        if key not in self.made:
            var = self.flag(f"touches {person}", lambda read: any(person in read.owners.get(job, ()) for job in jobs))
            self.made[key] = var
            for job in jobs:
                self.cp.add_implication(self.owns[job, person], var)
        return self.made[key]

    def people_for(self, group: Iterable[int]) -> list[int]:
        """Return the people who may own any of some jobs."""
        return sorted({pair.person for job in group for pair in self.pairs[job]})

    def hired(self, person: int) -> Var | None:
        """Return a binary that has to be 1 if a placeholder works; None for people who are there anyway."""
        if not self.problem.people[person].hire:
            return None
        key = ("hired", person)
        if key not in self.made:
            name = f"hired {self.problem.people[person].id}"
            self.made[key] = self.flag(name, lambda read: person in read.solution.hired)
        return self.made[key]

    def client_kinds(self) -> dict[tuple[int, Kind], list[int]]:
        """Return the jobs of each client and kind."""
        groups: dict[tuple[int, Kind], list[int]] = {}
        for job in self.delivered:
            data = self.problem.jobs[job]
            groups.setdefault((data.client, data.kind), []).append(job)
        return groups

    # when jobs begin and end

    def begun(self, job: int, week: int) -> Var:
        """Return a binary that has to be 1 if a job has hours in any week up to this one."""
        return self._timed("begun", job, week)

    def over(self, job: int, week: int) -> Var:
        """Return a binary that can be 1 only if a job is delivered with no hours after this week."""
        return self._timed("over", job, week)

    def _timed(self, what: Timed, job: int, week: int) -> Var:
        """Return the flag of a job and week, tied to those of the nearest weeks that are made already."""
        data = self.problem.jobs[job]
        if week < data.first:
            return self._zero
        if week >= data.last:
            return self.delivered[job]
        key = (what, job, week)
        if key in self.made:
            return self.made[key]
        name = f"{what} {data.id} {week}"
        if what == "begun":
            var = self.flag(name, lambda read: read.first.get(job, week + 1) <= week)
            self._only_while(job, range(data.first, week + 1), [(var, 1)])
        else:
            var = self.flag(name, lambda read: read.last.get(job, week + 1) <= week)
            self._only_while(job, range(week + 1, data.last + 1), [(self.delivered[job], 1), (var, -1)])
        self.cp.add_implication(var, self.delivered[job])
        made = [other for other in data.weeks if (what, job, other) in self.made]
        for other in [other for other in made if other < week][-1:]:
            self.cp.add_implication(self.made[what, job, other], var)
        for other in [other for other in made if other > week][:1]:
            self.cp.add_implication(var, self.made[what, job, other])
        self.made[key] = var
        return var

    def _only_while(self, job: int, weeks: range, open_: Terms) -> None:
        """Allow hours in these weeks only while a 0/1 sum is 1."""
        for pair in self.pairs[job]:
            cells = self.cells(job, [pair], weeks)
            most = min(pair.need, sum(self.most(job, pair, week) for week in weeks))
            if cells:
                self.at_most([*cells, *((var, -most * factor) for var, factor in open_)], 0)

    def tighten(self) -> None:
        """Add what the flags of jobs imply together: this excludes no plan, and improves bounds.

        In a week, no more than a week's share is worked while the job is begun and not over: h ≤ most × (begun −
        over before). And a job over by week w has begun by week w − span + 1, where span is its fewest weeks.
        """
        timed = {key[1] for key in self.made if key[0] in ("begun", "over")} - self._tightened
        self._tightened |= timed
        for job in sorted(timed):
            data = self.problem.jobs[job]
            for week in data.weeks:
                running = [(self.begun(job, week), -1), (self.over(job, week - 1), 1)]
                for pair in self.pairs[job]:
                    if cell := self.cells(job, [pair], [week]):
                        most = self.most(job, pair, week)
                        share = [(var, most * factor) for var, factor in running if var is not self._zero]
                        self.at_most([*cell, *share], 0)
            span = fewest_weeks(self.problem, data, self.pairs[job])
            if span > 1:
                for week in data.weeks:
                    self.cp.add_implication(self.over(job, week), self.begun(job, week - span + 1))
