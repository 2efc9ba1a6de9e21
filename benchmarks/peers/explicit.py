"""The scenario as an integer program: hours by task, person and week, with its goals."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil

from benchmarks.answers import Cell
from benchmarks.peers.program import Sum
from benchmarks.peers.rules import Rules
from staffing.plan.draft import price
from staffing.scenario.expand import Expanded
from staffing.scenario.records import Goal


class CannotSayError(Exception):
    """The scenario has a rule or goal that this engine has no words for."""


class Explicit(Rules):
    """The rules of a scenario, and the goals it has."""

    def __init__(self, expanded: Expanded) -> None:
        super().__init__(expanded)
        for entry in expanded.scenario.goals:
            self._goal(entry.goal)

    def _goal(self, goal: Goal) -> None:
        jobs = self.expanded.jobs
        waiting = sum((job.effort for job in jobs.values() if job.must and not job.done), Fraction(0))
        if goal == "must":
            terms: Sum = [(var, -jobs[id_].effort) for id_, var in self.delivered.items() if jobs[id_].must]
            self.program.objective(goal, terms, waiting)
        elif goal == "value":
            self.program.objective(goal, self._value(), Fraction(0))
        elif goal == "net_value":
            cost, constant = self._cost()
            self.program.objective(goal, [*self._value(), *((var, -factor) for var, factor in cost)], -constant)
        elif goal == "cost":
            self.program.objective(goal, *self._cost())
        elif goal == "lateness":
            self.program.objective(goal, self._lateness(), Fraction(0))
        elif goal == "contacts":
            self.program.objective(goal, self._contacts(), Fraction(0))
        elif goal == "hours":
            self.program.objective(goal, [(var, self.step) for var in self.hours.values()], Fraction(0))
        elif goal == "overtime":
            extra = [var for key, var in self.made.items() if key[0] == "overtime"]
            self.program.objective(goal, [(var, self.step) for var in extra], Fraction(0))
        elif goal == "balance":
            self.program.objective(goal, [(self._highest(), 1)], Fraction(0))
        else:
            raise CannotSayError(f"goal {goal}")

    def _highest(self) -> int:
        """Return a variable that no planned utilisation exceeds, in whole percent."""
        capacities = {id_: sum(person.capacity) for id_, person in self.expanded.people.items()}
        most = [
            100 * sum(hours + person.overtime for hours in person.capacity) / capacities[id_]
            for id_, person in self.expanded.people.items()
            if capacities[id_]
        ]
        highest = self.program.whole(ceil(max(most, default=Fraction(0))))
        planned: dict[str, Sum] = defaultdict(list)
        for (_, person_id, _), var in self.hours.items():
            planned[person_id].append((var, 100 * self.step))
        for person_id, terms in planned.items():
            if capacities[person_id]:
                self.program.row([*terms, (highest, -capacities[person_id])], None, 0)
        return highest

    def _value(self) -> Sum:
        return [(var, self.expanded.jobs[id_].value) for id_, var in self.delivered.items()]

    def _cost(self) -> tuple[Sum, Fraction]:
        people, jobs = self.expanded.people, self.expanded.jobs
        terms: Sum = []
        constant = Fraction(0)
        for (job_id, person_id), owner in self.owns.items():
            if (asked := price(jobs[job_id], people[person_id])) is not None:
                terms.append((owner, asked))
        for (job_id, person_id, _), var in self.hours.items():
            person = people[person_id]
            if not person.salaried and price(jobs[job_id], person) is None:
                terms.append((var, person.cost_rate * self.step))
        for key, var in self.made.items():
            if key[0] == "switches" and not people[key[1]].salaried:
                terms.append((var, people[key[1]].cost_rate * self.expanded.switching))
            if key[0] == "overtime":
                person = people[key[1]]
                terms.append((var, person.cost_rate * self.step * (person.premium - (0 if person.salaried else 1))))
        for person in people.values():
            contract = person.cost_rate * sum(person.contract) if person.salaried else Fraction(0)
            if person.placeholder:
                terms.append((self.hired[person.id], person.hire_cost + contract))
            else:
                constant += contract
        return terms, constant

    def _lateness(self) -> Sum:
        terms: Sum = []
        for id_, done in self.delivered.items():
            job = self.expanded.jobs[id_]
            if job.due is None or job.due >= job.deadline:
                continue
            weeks = range(max(job.due, job.earliest), job.deadline)
            terms.append((done, job.weight * (max(0, job.earliest - job.due) + len(weeks))))
            terms += [(self._over(job, week), -job.weight) for week in weeks]
        return terms

    def _contacts(self) -> Sum:
        groups: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for (job_id, person_id), owner in self.owns.items():
            job = self.expanded.jobs[job_id]
            groups[job.client, job.kind][person_id].append(owner)
        terms: Sum = []
        for people in groups.values():
            if len(people) > 1:
                extra = self.program.whole(len(people) - 1)
                self.program.row([*((self._any(flags), 1) for flags in people.values()), (extra, -1)], None, 1)
                terms.append((extra, 1))
        return terms

    # ------------------------------------------------------------------ reading back

    def plan(self, values: list[int]) -> tuple[dict[Cell, Fraction], frozenset[str]]:
        """Return the hours of a solution by cell, and the placeholders it hires."""
        hours = {cell: values[var] * self.step for cell, var in self.hours.items() if values[var]}
        return hours, frozenset(person for person, var in self.hired.items() if values[var])
