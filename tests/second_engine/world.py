"""What a scenario means, worked out a second time from the contract and the written records.

Nothing here is shared with :mod:`staffing.scenario.expand`, except dates and public holidays as they stand in the
scenario; a test compares the two readings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from staffing.scenario.records import Budget, Client, Kind, Staff, Task
from staffing.scenario.scenario import Scenario

NOWRUZ = {
    1403: dt.date(2024, 3, 20),
    1404: dt.date(2025, 3, 21),
    1405: dt.date(2026, 3, 21),
    1406: dt.date(2027, 3, 21),
}
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Person:
    """A person or one copy of a placeholder; lists by week begin with week 1."""

    id: str
    entry: Staff
    able: dict[Kind, Fraction]
    cost_rate: Fraction
    bill_rate: Fraction
    capacity: list[Fraction]
    most_overtime: list[Fraction]
    contract: list[Fraction]
    limits: dict[Kind, Fraction]
    earlier: str | None

    @property
    def salaried(self) -> bool:
        return self.entry.pay == "salary"

    @property
    def placeholder(self) -> bool:
        return self.entry.placeholder is not None

    @property
    def premium(self) -> Fraction:
        return Fraction(self.entry.overtime.premium)


@dataclass(frozen=True)
class Job:
    """A task or an occurrence of one."""

    id: str
    task: Task
    client: str
    effort: Fraction
    window: range
    due: int | None
    value: Fraction
    most_owners: int
    need: dict[str, Fraction]
    """Hours of each person who may be its only owner."""
    price: dict[str, Fraction]
    weekly_max: Fraction | None

    @property
    def weight(self) -> int:
        return {"low": 1, "normal": 2, "high": 4}[self.task.priority]


@dataclass(frozen=True)
class Purse:
    """What may burn in some weeks on some jobs."""

    name: str
    jobs: frozenset[str]
    weeks: frozenset[int]
    left: Fraction


class World:
    """Everything the rules speak of, for one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.step = Fraction(scenario.step)
        self.weeks = range(1, scenario.weeks + 1)
        self.switching = self.up(Fraction(scenario.switching))
        self.copies: dict[str, list[str]] = {}
        self.people: dict[str, Person] = {}
        for entry in scenario.staff:
            self._add_person(entry)
        self.done: set[str] = set()
        self.jobs: dict[str, Job] = {}
        """Jobs to plan: those that are done already are left out."""
        for task in scenario.tasks:
            self._add_jobs(task)
        self.purses = list(self._purses())
        self.one_owner = self._one_owner()

    def up(self, hours: Fraction) -> Fraction:
        return -(-hours // self.step) * self.step

    def down(self, hours: Fraction) -> Fraction:
        return hours // self.step * self.step

    def days(self, week: int) -> Iterator[dt.date]:
        for number in range(7 * (week - 1), 7 * week):
            yield self.scenario.start + dt.timedelta(days=number)

    def week(self, point: int | dt.date) -> int:
        return point if isinstance(point, int) else (point - self.scenario.start).days // 7 + 1

    def month(self, week: int) -> tuple[int, int]:
        day = next(self.days(week))
        if self.scenario.calendar.system == "gregorian":
            return day.year, day.month
        year, first = max((year, first) for year, first in NOWRUZ.items() if first <= day)
        passed = (day - first).days
        return year, passed // 31 + 1 if passed < 186 else (passed - 186) // 30 + 7

    # people

    def _add_person(self, entry: Staff) -> None:
        role = self.scenario.roles[entry.role]
        weeks = [self._hours(entry, week) for week in self.weeks]
        limits = {"strategic": entry.limits.strategic, "tactical": entry.limits.tactical}
        extra = self.down(Fraction(entry.overtime.hours))
        names = [entry.id]
        if entry.placeholder is not None:
            names += [f"{entry.id}-{number + 1}" for number in range(1, entry.placeholder.count)]
        self.copies[entry.id] = names
        for earlier, name in zip([None, *names], names, strict=False):
            self.people[name] = Person(
                id=name,
                entry=entry,
                able={
                    "strategic": Fraction(role.strategic if entry.strategic is None else entry.strategic),
                    "tactical": Fraction(role.tactical if entry.tactical is None else entry.tactical),
                },
                cost_rate=Fraction(role.cost_rate if entry.cost_rate is None else entry.cost_rate),
                bill_rate=Fraction(role.bill_rate if entry.bill_rate is None else entry.bill_rate),
                capacity=[self.down(Fraction(entry.target_utilisation) * free) for _, free, _ in weeks],
                most_overtime=[extra if available else Fraction(0) for _, _, available in weeks],
                contract=[paid for paid, _, _ in weeks],
                limits={
                    kind: self.down(Fraction(limit))  # type: ignore[misc]
                    for kind, limit in limits.items()
                    if limit is not None
                },
                earlier=earlier,
            )

    def _hours(self, entry: Staff, week: int) -> tuple[Fraction, Fraction, int]:
        """Contract hours, hours of available days, and available days of a week."""
        calendar = self.scenario.calendar
        western = calendar.country != "IR" and calendar.system == "gregorian"
        names = entry.workdays or calendar.workdays or (DAY_NAMES[:5] if western else ("sat", "sun", *DAY_NAMES[:3]))
        contract = free = Fraction(0)
        available = 0
        for day in self.days(week):
            employed = (entry.start or day) <= day <= (entry.end or day)
            if DAY_NAMES[day.weekday()] not in names or not employed:
                continue
            hours = self._weekly_hours(entry, day) / len(set(names))
            contract += hours
            away = any(span.since <= day <= span.to for span in entry.time_off)
            if day not in self.scenario.holidays and not away:
                free += hours
                available += 1
        return contract, free, available

    def _weekly_hours(self, entry: Staff, day: dt.date) -> Fraction:
        hours, since = Fraction(self.scenario.roles[entry.role].weekly_hours), dt.date.min
        if isinstance(entry.weekly_hours, tuple):
            for change in entry.weekly_hours:
                if since <= change.since <= day:
                    hours, since = Fraction(change.hours), change.since
        elif entry.weekly_hours is not None:
            hours = Fraction(entry.weekly_hours)
        return hours

    # work

    def _add_jobs(self, task: Task) -> None:
        project = next((entry for entry in self.scenario.projects if entry.id == task.project), None)
        client = project.client if project is not None else task.client
        assert client is not None
        if task.repeat is not None:
            for window in self._occurrences(task):
                self._add_job(f"{task.id}@{window.start}", task, client, window, None)
            return
        points = {}
        for field in ("earliest", "due", "deadline"):
            own, project_s = getattr(task, field), getattr(project, field, None)
            points[field] = own if own is not None else project_s
        first = 1 if points["earliest"] is None else max(1, self.week(points["earliest"]))
        last = self.weeks[-1] if points["deadline"] is None else min(self.weeks[-1], self.week(points["deadline"]))
        due = None if points["due"] is None else self.week(points["due"])
        self._add_job(task.id, task, client, range(first, last + 1), due)

    def _occurrences(self, task: Task) -> Iterator[range]:
        repeat = task.repeat
        assert repeat is not None
        first = self.week(repeat.since) if repeat.since is not None else 1
        until = self.week(repeat.until) if repeat.until is not None else self.weeks[-1]
        if repeat.every == "month":
            inside = [week for week in self.weeks if week >= first]
            for month in sorted({self.month(week) for week in inside}):
                own = [week for week in inside if self.month(week) == month]
                if own[0] <= until:
                    yield range(own[0], own[min(repeat.window or 156, len(own)) - 1] + 1)
            return
        for week in self.weeks:
            if first <= week <= until and (week - first) % repeat.every == 0:
                yield range(week, min(week + (repeat.window or 1), self.weeks.stop))

    def _add_job(self, name: str, task: Task, client: str, window: range, due: int | None) -> None:
        effort = Fraction(task.hours) - Fraction(task.done)
        if effort <= 0:
            self.done.add(name)
            return
        weight = {"low": 1, "normal": 2, "high": 4}[task.priority]
        asked = {copy: entry for name, entry in task.estimates.items() for copy in self.copies[name]}
        need = {}
        for person in self.people.values():
            if self._may_own(task, client, person, person.id in asked):
                hours = Fraction(asked[person.id].hours) if person.id in asked else effort / person.able[task.kind]
                need[person.id] = self.up(hours)
        single = self._client(client).single_owner and task.owner is None
        one = single or (task.repeat is not None and task.repeat.same_owner)
        self.jobs[name] = Job(
            id=name,
            task=task,
            client=client,
            effort=effort,
            window=window,
            due=due,
            value=Fraction(task.value) if task.value is not None else weight * Fraction(task.hours),
            most_owners=1 if one or task.max_owners is None else task.max_owners,
            need=need,
            price={who: Fraction(entry.price) for who, entry in asked.items() if entry.price is not None},
            weekly_max=None if task.weekly_max is None else self.down(Fraction(task.weekly_max)),
        )

    def _may_own(self, task: Task, client_id: str, person: Person, asked: bool) -> bool:
        client = self._client(client_id)
        fixed = task.owner or (client.owners.strategic if task.kind == "strategic" else client.owners.tactical)
        if fixed is not None and person.id != self.copies[fixed][0]:
            return False
        if task.only is not None and person.id not in self._named(task.only):
            return False
        if person.id in self._named(task.exclude) or person.id in self._named(client.exclude):
            return False
        if any(person.entry.skills.get(skill, 0) < level for skill, level in task.skills.items()):
            return False
        return asked or person.able[task.kind] > 0

    def _client(self, name: str) -> Client:
        return next(entry for entry in self.scenario.clients if entry.id == name)

    def _named(self, ids: Iterable[str]) -> set[str]:
        return {copy for name in ids for copy in self.copies[name]}

    def _one_owner(self) -> list[list[str]]:
        """Groups of jobs whose delivered members have one owner together."""
        groups: dict[tuple[str, str], list[str]] = {}
        for job in self.jobs.values():
            if self._client(job.client).single_owner and job.task.owner is None:
                groups.setdefault((job.client, job.task.kind), []).append(job.id)
            if job.task.repeat is not None and job.task.repeat.same_owner:
                groups.setdefault(("task", job.task.id), []).append(job.id)
        return list(groups.values())

    # money

    def _purses(self) -> Iterator[Purse]:
        billable = [job for job in self.jobs.values() if job.task.billable]
        for client in self.scenario.clients:
            if client.budget is not None:
                jobs = frozenset(job.id for job in billable if job.client == client.id)
                yield from self._split(f"client {client.id}", client.budget, jobs)
        for project in self.scenario.projects:
            if project.budget is not None:
                jobs = frozenset(job.id for job in billable if job.task.project == project.id)
                yield from self._split(f"project {project.id}", project.budget, jobs)

    def _split(self, name: str, budget: Budget, jobs: frozenset[str]) -> Iterator[Purse]:
        weeks: dict[object, set[int]] = {}
        for week in self.weeks:
            year, month = self.month(week)
            key = {"horizon": 0, "week": week, "month": (year, month), "quarter": (year, (month - 1) // 3)}[budget.per]
            weeks.setdefault(key, set()).add(week)
        spent = Fraction(budget.spent)
        for own in weeks.values():
            yield Purse(
                f"{name} weeks {sorted(own)}", jobs, frozenset(own), max(Fraction(0), Fraction(budget.amount) - spent)
            )
            spent = Fraction(0)
