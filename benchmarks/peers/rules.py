"""The rules of a scenario as rows of an integer program, written down the straightforward way.

Read from the expanded scenario alone, rule by rule; it shares nothing with the planner's own model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

from benchmarks.answers import Cell
from benchmarks.peers.program import Program, Sum
from staffing.plan.draft import need, price
from staffing.scenario.expand import Expanded, Job, Person


class Rules:
    """Variables and rows of a scenario; hours and capacities are counted in steps of the grid.

    Attributes
    ----------
    program
        The integer program, without goals.
    hours
        By task, person and week (from 1): the variable of the steps worked.
    """

    def __init__(self, expanded: Expanded) -> None:
        self.expanded = expanded
        self.step = expanded.step
        self.program = Program()
        self.hours: dict[Cell, int] = {}
        self.owns: dict[tuple[str, str], int] = {}
        self.delivered: dict[str, int] = {}
        self.needs: dict[tuple[str, str], int] = {}
        self.hired: dict[str, int] = {}
        self.made: dict[tuple[Any, ...], int] = {}
        self.by_person: dict[tuple[str, int], list[Job]] = defaultdict(list)
        self.owners: dict[str, list[Person]] = {}
        for job in expanded.jobs.values():
            self._owners_and_hours(job)
        for job_id in self.delivered:
            self._effort(expanded.jobs[job_id])
            self._precedence(expanded.jobs[job_id])
        self._capacity()
        self._clients()
        self._one_owner()
        self._budgets()
        self._hiring()

    # ------------------------------------------------------------------ rules

    def _most(self, job: Job, person: Person, week: int) -> int:
        extra = person.overtime if person.available_days[week - 1] else Fraction(0)
        most = [person.capacity[week - 1] + extra, self.step * self.needs[job.id, person.id]]
        most += [limit for limit in (person.limits.get(job.kind), job.weekly_max) if limit is not None]
        return int(min(most) / self.step)

    def _owners_and_hours(self, job: Job) -> None:
        """W, Q: variables only for weeks in the window and for people who may do the task."""
        able = [person for person in self.expanded.people.values() if self.expanded.may_do(job, person)]
        for person in able:
            hours = need(job, person, self.step)
            assert hours is not None
            self.needs[job.id, person.id] = int(hours / self.step)
        if job.done or job.earliest > job.deadline or not able:
            return
        self.owners[job.id] = able
        self.delivered[job.id] = self.program.whole(1)
        for person in able:
            self.owns[job.id, person.id] = self.program.whole(1)
            for week in range(job.earliest, job.deadline + 1):
                if most := self._most(job, person, week):
                    self.hours[job.id, person.id, week] = self.program.whole(most)
                    self.by_person[person.id, week].append(job)

    def _cells(self, job: Job, weeks: Iterable[int], person: Person | None = None) -> list[int]:
        people = self.owners.get(job.id, []) if person is None else [person]
        cells = ((job.id, one.id, week) for week in weeks for one in people)
        return [self.hours[cell] for cell in cells if cell in self.hours]

    def _effort(self, job: Job) -> None:
        """E, M: the owner works what is needed; of several, none a step too much; within the pace of the task."""
        weeks, done = range(job.earliest, job.deadline + 1), self.delivered[job.id]
        owners = self.owners[job.id]
        flags = [(self.owns[job.id, person.id], 1) for person in owners]
        for person in owners:
            owner = self.owns[job.id, person.id]
            cells = [(var, 1) for var in self._cells(job, weeks, person)]
            needed = self.needs[job.id, person.id]
            if job.max_owners == 1:
                self.program.row([*cells, (owner, -needed)], 0, 0)
            else:
                self.program.row([*cells, (owner, -needed)], None, 0)
                self.program.row([*cells, (owner, -1)], 0, None)
        if job.max_owners == 1:
            self.program.row([*flags, (done, -1)], 0, 0)
        else:
            self._shared(job, owners, flags, weeks)
        if job.weekly_max is not None:
            for week in weeks:
                self.program.row([(var, 1) for var in self._cells(job, [week])], None, job.weekly_max / self.step)

    def _shared(self, job: Job, owners: list[Person], flags: list[tuple[int, int]], weeks: range) -> None:
        done = self.delivered[job.id]
        self.program.row([*flags, (done, -job.max_owners)], None, 0)
        rates = {person.id: person.productivity[job.kind] * self.step for person in owners}
        covered: Sum = [(var, rates[one.id]) for one in owners for var in self._cells(job, weeks, one)]
        self.program.row([*covered, (done, -job.effort)], 0, None)
        unit = Fraction(1, lcm(job.effort.denominator, *(rate.denominator for rate in rates.values())))
        for person in owners:
            rate = rates[person.id]
            # strictly less than effort + rate, of which all sums are multiples of the unit
            slack = sum((rates[one.id] * self.needs[job.id, one.id] for one in owners), Fraction(0))
            owner = self.owns[job.id, person.id]
            self.program.row([*covered, (owner, slack)], None, job.effort + rate - unit + slack)

    def _over(self, job: Job, week: int) -> int:
        """Return a binary that is 1 only for a delivered task without hours after the week."""
        key = ("over", job.id, week)
        if key not in self.made:
            self.made[key] = flag = self.program.whole(1)
            done = self.delivered[job.id]
            self.program.row([(flag, 1), (done, -1)], None, 0)
            later = range(max(week + 1, job.earliest), job.deadline + 1)
            most = max((self.needs[job.id, person.id] for person in self.owners[job.id]), default=0) * job.max_owners
            cells = [(var, 1) for var in self._cells(job, later)]
            self.program.row([*cells, (done, -most), (flag, most)], None, 0)
        return self.made[key]

    def _precedence(self, job: Job) -> None:
        """P: hours in a week only if what comes first is over by then, its lag included."""
        for before_id, lag in job.after:
            before = self.expanded.jobs[before_id]
            if before.done:
                continue
            if before_id not in self.delivered:
                self.program.row([(self.delivered[job.id], 1)], None, 0)
                continue
            self.program.row([(self.delivered[job.id], 1), (self.delivered[before_id], -1)], None, 0)
            for week in range(job.earliest, min(job.deadline, before.deadline + lag - 1) + 1):
                for person in self.owners[job.id]:
                    if (cell := self.hours.get((job.id, person.id, week))) is not None:
                        most = self._most(job, person, week)
                        open_ = [] if week - lag < before.earliest else [(self._over(before, week - lag), -most)]
                        self.program.row([(cell, 1), *open_], None, 0)

    def _capacity(self) -> None:
        """C, K: load within capacity and overtime, and hours of a kind within their limit."""
        for (person_id, week), jobs in self.by_person.items():
            person = self.expanded.people[person_id]
            load: Sum = [(self.hours[job.id, person_id, week], 1) for job in jobs]
            switches = self._switches(person_id, week)
            lost = int(self.expanded.switching / self.step)
            if switches is not None and lost:
                load.append((switches, lost))
            if (extra := self._overtime(person, week)) is not None:
                load.append((extra, -1))
            self.program.row(load, None, int(person.capacity[week - 1] / self.step))
            for kind, limit in person.limits.items():
                cells = [(self.hours[job.id, person_id, week], 1) for job in jobs if job.kind == kind]
                self.program.row(cells, None, limit / self.step)

    def _overtime(self, person: Person, week: int) -> int | None:
        most = int(person.overtime / self.step) if person.available_days[week - 1] else 0
        key = ("overtime", person.id, week)
        if most and key not in self.made:
            self.made[key] = self.program.whole(most)
        return self.made.get(key)

    def _served(self, person: str, client: str, week: int) -> int:
        key = ("served", person, client, week)
        if key not in self.made:
            self.made[key] = flag = self.program.whole(1)
            for job in self.by_person[person, week]:
                if job.client == client:
                    most = self._most(job, self.expanded.people[person], week)
                    self.program.row([(self.hours[job.id, person, week], 1), (flag, -most)], None, 0)
        return self.made[key]

    def _served_in(self, person: str, week: int) -> list[tuple[int, int]]:
        clients = sorted({job.client for job in self.by_person[person, week]})
        return [(self._served(person, client, week), 1) for client in clients]

    def _switches(self, person: str, week: int) -> int | None:
        key = ("switches", person, week)
        if key not in self.made and self.expanded.switching:
            served = self._served_in(person, week)
            if len(served) > 1:
                self.made[key] = self.program.whole(len(served) - 1)
                self.program.row([*served, (self.made[key], -1)], None, 1)
        return self.made.get(key)

    def _clients(self) -> None:
        """N: clients of a person, in a week and over the horizon."""
        for person_id, week in list(self.by_person):
            most = self.expanded.people[person_id].max_clients_per_week
            if most is not None:
                self.program.row(self._served_in(person_id, week), None, most)
        clients: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for (job_id, person_id), owner in self.owns.items():
            clients[person_id][self.expanded.jobs[job_id].client].append(owner)
        for person_id, groups in clients.items():
            most = self.expanded.people[person_id].max_clients
            if most is not None:
                self.program.row([(self._any(group), 1) for group in groups.values()], None, most)

    def _any(self, flags: list[int]) -> int:
        flag = self.program.whole(1)
        for one in flags:
            self.program.row([(one, 1), (flag, -1)], None, 0)
        return flag

    def _one_owner(self) -> None:
        """O: one owner of each kind for one-owner clients, and one for repeats that ask for it."""
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for job_id in self.delivered:
            job = self.expanded.jobs[job_id]
            if job.same_owner:
                groups["repeat", job.task].append(job_id)
            if self.expanded.clients[job.client].single_owner and job.owner is None:
                groups[job.client, job.kind].append(job_id)
        for jobs in groups.values():
            people: dict[str, list[int]] = defaultdict(list)
            for job_id in jobs:
                for person in self.owners[job_id]:
                    people[person.id].append(self.owns[job_id, person.id])
            self.program.row([(self._any(flags), 1) for flags in people.values()], None, 1)

    def _budgets(self) -> None:
        """B: what the hours of a period burn."""
        by_cost = self.expanded.scenario.budget_basis == "cost"
        weeks = {key: {week: p for p in periods for week in p.weeks} for key, periods in self.expanded.budgets.items()}
        burn: dict[tuple[tuple[str, str], str], Sum] = defaultdict(list)
        left: dict[tuple[tuple[str, str], str], Fraction] = {}
        for (job_id, person_id, week), var in self.hours.items():
            job, person = self.expanded.jobs[job_id], self.expanded.people[person_id]
            for key in (("client", job.client), ("project", job.project or "")):
                if not job.billable or key not in weeks:
                    continue
                if by_cost and price(job, person) is not None:
                    continue
                period = weeks[key][week]
                burn[key, period.name].append((var, self.step * (person.cost_rate if by_cost else person.bill_rate)))
                left[key, period.name] = period.left
        if by_cost:
            self._burn_prices(burn, left)
        for name, terms in burn.items():
            self.program.row(terms, None, left[name])

    def _burn_prices(
        self, burn: dict[tuple[tuple[str, str], str], Sum], left: dict[tuple[tuple[str, str], str], Fraction]
    ) -> None:
        """Let a fixed price burn in the period of the task's last hours."""
        for (job_id, person_id), owner in self.owns.items():
            job, person = self.expanded.jobs[job_id], self.expanded.people[person_id]
            asked = price(job, person)
            for key in (("client", job.client), ("project", job.project or "")):
                if asked is None or not job.billable or key not in self.expanded.budgets:
                    continue
                ends: Sum = []
                for period in self.expanded.budgets[key]:
                    if not (cells := self._cells(job, period.weeks, person)):
                        continue
                    ends.append((end := self.program.whole(1), 1))
                    self.program.row([(end, 1), *((var, -1) for var in cells)], None, 0)
                    self.program.row([(end, 1), (self._over(job, period.weeks[-1]), -1)], None, 0)
                    burn[key, period.name].append((end, asked))
                    left[key, period.name] = period.left
                self.program.row([*ends, (owner, -1)], 0, 0)

    def _hiring(self) -> None:
        """H: who works is hired, and copies in their order."""
        for person in self.expanded.people.values():
            if person.placeholder:
                self.hired[person.id] = self.program.whole(1)
                if person.earlier_copy is not None:
                    self.program.row([(self.hired[person.id], 1), (self.hired[person.earlier_copy], -1)], None, 0)
        for (_, person_id), owner in self.owns.items():
            if person_id in self.hired:
                self.program.row([(owner, 1), (self.hired[person_id], -1)], None, 0)
