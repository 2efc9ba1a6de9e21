"""The variables of the planning model.

Every variable comes from a question a rule or a goal asks, such as :meth:`Model.served`, and is made when it is first
asked for; the constraints that give it its meaning stand beside it. Variables that a goal or a rule only ever pushes
one way (served, begun, overtime, ...) are tied one way only.

With each variable goes a reading, which gives its value in a given solution. It completes hints, so that the solver
starts from a whole plan, and evaluates goals exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ortools.sat.python import cp_model

from staffing.problem.problem import JobData, Pair, Problem
from staffing.scenario.records import Kind
from staffing.solving.solution import Solution, View

Var = Any
"""A CP-SAT variable; its own class differs between versions."""
Terms = list[tuple[Var, int]]
"""A linear expression: variables with their coefficients."""
Reading = Callable[[View], int]


class Model:
    """A CP-SAT model of a problem; rules and goals add themselves to it.

    Attributes
    ----------
    problem
        What is modelled.
    cp
        The CP-SAT model, open to constraints of your own.
    owns
        By (job, person): whether the person owns the job.
    delivered
        By job: whether it is delivered.
    hours
        By (job, person, week): a variable and the steps of work that each unit of it stands for.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.owns: dict[tuple[int, int], Var] = {}
        self.delivered: dict[int, Var] = {}
        self.hours: dict[tuple[int, int, int], tuple[Var, int]] = {}
        self.pairs: dict[int, list[Pair]] = {}
        self.at: dict[tuple[int, int], list[int]] = defaultdict(list)
        """Jobs that a person may work on in a week."""
        self._tightened: set[int] = set()
        self._readings: list[tuple[Var, Reading]] = []
        self.made: dict[tuple[Any, ...], Var] = {}
        """Variables made so far, by the question they answer."""
        self._one = self.cp.new_constant(1)
        self._zero = self.cp.new_constant(0)

    # making variables

    def flag(self, name: str, reading: Callable[[View], bool]) -> Var:
        """Add a boolean variable and return it."""
        var = self.cp.new_bool_var(name)
        self._readings.append((var, lambda view: int(reading(view))))
        return var

    def integer(self, most: int, name: str, reading: Reading) -> Var:
        """Add an integer variable and return it."""
        var = self.cp.new_int_var(0, most, name)
        self._readings.append((var, reading))
        return var

    def at_most(self, terms: Iterable[tuple[Var, int]], most: int) -> Any:
        """Hold a sum at or below a number."""
        listed = list(terms)
        return self.cp.add(total(listed) <= most) if listed else None

    def hint(self, solution: Solution) -> None:
        """Start the solver from a whole solution."""
        view = View(self.problem, solution)
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for var, reading in self._readings:
            self.cp.add_hint(var, reading(view))

    def evaluate(self, terms: Terms, solution: Solution) -> int:
        """Return the value of a sum in a solution."""
        view = View(self.problem, solution)
        read = {var.index: reading for var, reading in self._readings}
        fixed = {self._one.index: 1, self._zero.index: 0}
        return sum(factor * (read[var.index](view) if var.index in read else fixed[var.index]) for var, factor in terms)

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

    def low(self, var: Var) -> int:
        """Return the least value of a variable."""
        return int(var.proto.domain[0])

    def high(self, var: Var) -> int:
        """Return the greatest value of a variable."""
        return int(list(var.proto.domain)[-1])

    # questions that rules and goals ask

    def used(self, job: int, person: int, week: int) -> Var:
        """Return a binary that has to be 1 if a person works on a job in a week."""
        var, _ = self.hours[job, person, week]
        if var is self.owns[job, person]:
            return var
        key = ("used", job, person, week)
        if key not in self.made:
            flag = self.flag(f"used {key}", lambda view: (job, person, week) in view.solution.steps)
            self.made[key] = flag
            self.at_most([(var, 1), (flag, -self.high(var))], 0)
        return self.made[key]

    def job_week(self, job: int, week: int) -> list[tuple[int, Terms]]:
        """Return for each person the variable of the steps worked on a job in a week."""
        return [
            (pair.person, [self.hours[job, pair.person, week]])
            for pair in self.pairs[job]
            if (job, pair.person, week) in self.hours
        ]

    def begun(self, job: int, week: int) -> Var:
        """Return a binary that has to be 1 if a job has hours in any week up to this one."""
        data = self.problem.jobs[job]
        if week < data.first:
            return self._zero
        if week >= data.last:
            return self.delivered[job]
        key = ("begun", job, week)
        if key not in self.made:
            var = self.flag(f"begun {data.id} {week}", lambda view: view.first.get(job, week + 1) <= week)
            self.made[key] = var
            self._cumulate(job, range(data.first, week + 1), [(var, 1)])
            self.cp.add_implication(var, self.delivered[job])
            self._order(data, week, lambda other: self.made.get(("begun", job, other)), var)
        return self.made[key]

    def over(self, job: int, week: int) -> Var:
        """Return a binary that can be 1 only if a job is delivered with no hours after this week."""
        data = self.problem.jobs[job]
        if week < data.first:
            return self._zero
        if week >= data.last:
            return self.delivered[job]
        key = ("over", job, week)
        if key not in self.made:
            var = self.flag(f"over {data.id} {week}", lambda view: view.last.get(job, week + 1) <= week)
            self.made[key] = var
            self._cumulate(job, range(week + 1, data.last + 1), [(self.delivered[job], 1), (var, -1)])
            self.cp.add_implication(var, self.delivered[job])
            self._order(data, week, lambda other: self.made.get(("over", job, other)), var)
        return self.made[key]

    def tighten(self) -> None:
        """Add what the flags of jobs imply together: this excludes no plan, and improves bounds.

        In a week, no more than a week's share is worked while the job is begun and not over: h ≤ most × (begun −
        over before). And what is over by a week has begun as many weeks before as it takes at least.
        """
        timed = {key[1] for key in self.made if key[0] in ("begun", "over")} - self._tightened
        self._tightened |= timed
        for job in sorted(timed):
            data = self.problem.jobs[job]
            for week in data.weeks:
                running = [(self.begun(job, week), -1), (self.over(job, week - 1), 1)]
                for pair in self.pairs[job]:
                    if (job, pair.person, week) in self.hours:
                        most = self._most(job, pair, week)
                        share = [(var, most * factor) for var, factor in running if var is not self._zero]
                        self.at_most([self.hours[job, pair.person, week], *share], 0)
            span = self._least_span(job)
            if span > 1:
                for week in data.weeks:
                    self.cp.add_implication(self.over(job, week), self.begun(job, week - span + 1))

    def _least_span(self, job: int) -> int:
        """Return the fewest weeks from a job's first hours to its last."""
        data = self.problem.jobs[job]
        if data.max_owners > 1:
            most = sum(max((self._most(job, pair, week) for week in data.weeks), default=0) for pair in self.pairs[job])
            most = min(most, data.pace or most)
            return -(-min(pair.need for pair in self.pairs[job]) // most) if most else 1
        spans = []
        for pair in self.pairs[job]:
            most = max((self._most(job, pair, week) for week in data.weeks), default=0)
            if most:
                spans.append(-(-pair.need // most))
        return min(spans, default=1)

    def _cumulate(self, job: int, weeks: range, open_: Terms) -> None:
        """Allow hours in these weeks only while a 0/1 sum is 1."""
        for pair in self.pairs[job]:
            cells = [self.hours[job, pair.person, week] for week in weeks if (job, pair.person, week) in self.hours]
            most = min(pair.need, sum(self._most(job, pair, week) for week in weeks))
            if cells:
                self.at_most([*cells, *((var, -most * factor) for var, factor in open_)], 0)

    def _most(self, job: int, pair: Pair, week: int) -> int:
        return most_in_week(self.problem, self.problem.jobs[job], pair, week)

    def _order(self, data: JobData, week: int, made: Callable[[int], Var | None], var: Var) -> None:
        """Tie a growing family of flags, made in any order, to its nearest neighbours."""
        earlier = next((other for w in range(week - 1, data.first - 1, -1) if (other := made(w)) is not None), None)
        later = next((other for w in range(week + 1, data.last) if (other := made(w)) is not None), None)
        if earlier is not None:
            self.cp.add_implication(earlier, var)
        if later is not None:
            self.cp.add_implication(var, later)

    def served(self, person: int, client: int, week: int) -> Var | None:
        """Return a binary that has to be 1 if a person works for a client in a week; None where that cannot be.

        Each job alone, and all jobs of the client together: h ≤ most × served, and Σ h ≤ most of the week × served.
        """
        key = ("served", person, client, week)
        if key not in self.made:
            jobs = [job for job in self.at[person, week] if self.problem.jobs[job].client == client]
            if not jobs:
                return None
            var = self.flag(f"served {key}", lambda view: client in view.clients.get((person, week), ()))
            self.made[key] = var
            most = 0
            for job in jobs:
                cell, factor = self.hours[job, person, week]
                if cell is self.owns[job, person]:
                    alone = factor
                    self.cp.add_implication(cell, var)
                else:
                    pair = next(pair for pair in self.pairs[job] if pair.person == person)
                    alone = min(pair.need, self._most(job, pair, week))
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

            def reading(view: View) -> int:
                served = view.clients.get((person, week), set())
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
            self.made[key] = self.integer(most, f"overtime {key}", lambda view: view.overtime(person, week))
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
            var = self.flag(f"touches {person}", lambda view: any(person in view.owners.get(job, ()) for job in jobs))
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
            self.made[key] = self.flag(name, lambda view: person in view.solution.hired)
        return self.made[key]

    def client_kinds(self) -> dict[tuple[int, Kind], list[int]]:
        """Return the jobs of each client and kind."""
        groups: dict[tuple[int, Kind], list[int]] = {}
        for job in self.delivered:
            data = self.problem.jobs[job]
            groups.setdefault((data.client, data.kind), []).append(job)
        return groups


def total(terms: Iterable[tuple[Var, int]]) -> Any:
    """Return a sum as an expression of CP-SAT."""
    listed = list(terms)
    return cp_model.LinearExpr.weighted_sum([var for var, _ in listed], [factor for _, factor in listed])


def most_in_week(problem: Problem, job: JobData, pair: Pair, week: int) -> int:
    """Return the most steps a person can work on a job in a week, whatever else happens."""
    person = problem.people[pair.person]
    most = min(person.most(week), pair.need)
    if job.kind in person.limits:
        most = min(most, person.limits[job.kind][week])
    pace = job.pace_in(week)
    return max(0, most if pace is None else min(most, pace))
