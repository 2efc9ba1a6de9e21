"""What a scenario means, worked out a second time from the contract and the written records.

Nothing here is shared with :mod:`staffing.scenario.expand`, except dates and public holidays as they stand in the
scenario; a test compares the two readings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from staffing.scenario.records import Booking, Budget, Client, Kind, Staff, Task, Worked
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
    room: list[Fraction]
    """The part of the capacity whose days are not over."""
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
    free: Fraction
    """What promised hours leave of it."""


@dataclass(frozen=True)
class Row:
    """One row of what was worked, or of what is promised."""

    number: int
    task: str
    job: str
    staff: str
    day: dt.date
    hours: Fraction


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
        self.open_week = 1 if scenario.as_of is None else max(1, self.week(scenario.as_of))
        self.rows = list(self._rows())
        self.past: dict[tuple[str, str, int], Fraction] = {}
        """Hours worked inside the horizon, by job, person and week."""
        self.past_price: dict[tuple[str, str], Fraction] = {}
        """Fixed prices of what was worked, by job and person; what is not paid inside the horizon is 0."""
        self.over: dict[str, int] = {}
        """Last week of the tasks that are done by what was worked."""
        self.done: set[str] = set()
        self.booked = list(self._booked())
        self.covered: dict[str, Job] = {}
        """Jobs of which promised hours leave nothing."""
        self.about: dict[str, tuple[str, Task]] = {}
        """Client and task of every job."""
        self.booked_price: dict[tuple[str, str], Fraction] = {}
        """Fixed prices that promised hours ask, by job and person."""
        self.jobs: dict[str, Job] = {}
        """Jobs to plan: those that are done already are left out."""
        for task in scenario.tasks:
            self._add_jobs(task)
        self._after_what_is_over()
        self._read_past()
        self.groups = self._groups()
        self.purses = list(self._purses())

    def past_overtime(self, person: Person, week: int) -> Fraction:
        """What was worked above the capacity of the days that are over; of the whole week where none is said to be."""
        worked = sum(hours for (_, who, at), hours in self.past.items() if (who, at) == (person.id, week))
        over = person.capacity[week - 1]
        if self.scenario.as_of is not None:
            over -= person.room[week - 1]
        return max(Fraction(0), worked - over)

    # what is promised

    def _booked(self) -> Iterator[Row]:
        """Bookings of days to come inside the horizon; one by week is of the days of that week that are left."""
        as_of = self.scenario.as_of
        for row in self._read(self.scenario.bookings):
            by_week = self.scenario.bookings[row.number].week is not None
            over = self.week(row.day) < self.open_week or (not by_week and as_of is not None and row.day < as_of)
            if not over and self.week(row.day) in self.weeks:
                yield row

    def promised(self, *, job: str | None = None, who: str | None = None, week: int | None = None) -> list[Row]:
        """Promised rows of a job, a person and a week, as far as these are named."""
        return [
            row
            for row in self.booked
            if job in (None, row.job) and who in (None, row.staff) and week in (None, self.week(row.day))
        ]

    def promisers(self, job: str) -> set[str]:
        return {row.staff for row in self.promised(job=job)}

    def promised_clients(self, who: str, week: int | None = None) -> set[str]:
        return {self.about[row.job][0] for row in self.promised(who=who, week=week)}

    def promised_load(self, who: str, week: int) -> Fraction:
        hours = sum((row.hours for row in self.promised(who=who, week=week)), Fraction(0))
        return hours + max(0, len(self.promised_clients(who, week)) - 1) * self.switching

    def promised_of_kind(self, who: str, week: int, kind: str) -> Fraction:
        rows = self.promised(who=who, week=week)
        return sum((row.hours for row in rows if self.about[row.job][1].kind == kind), Fraction(0))

    def promised_overtime(self, person: Person, week: int) -> Fraction:
        return max(Fraction(0), self.promised_load(person.id, week) - person.room[week - 1])

    def free(self, person: Person, week: int) -> Fraction:
        """Hours of the room that are left beside what is promised, on the grid."""
        return max(Fraction(0), self.down(person.room[week - 1] - self.promised_load(person.id, week)))

    def free_overtime(self, person: Person, week: int) -> Fraction:
        """Hours of overtime that are left beside what is promised, on the grid."""
        return max(Fraction(0), self.down(person.most_overtime[week - 1] - self.promised_overtime(person, week)))

    def hired_already(self) -> set[str]:
        """Placeholders who worked or have promised hours, and those that must be hired before them."""
        found: set[str] = set()
        for who in {row.staff for row in (*self.rows, *self.booked)}:
            name: str | None = who if self.people[who].placeholder else None
            while name is not None:
                found.add(name)
                name = self.people[name].earlier
        return found

    def up(self, hours: Fraction) -> Fraction:
        return -(-hours // self.step) * self.step

    def down(self, hours: Fraction) -> Fraction:
        return hours // self.step * self.step

    def days(self, week: int) -> Iterator[dt.date]:
        for number in range(7 * (week - 1), 7 * week):
            yield self.scenario.start + dt.timedelta(days=number)

    def week(self, point: int | dt.date) -> int:
        return point if isinstance(point, int) else (point - self.scenario.start).days // 7 + 1

    def month(self, day: dt.date) -> tuple[int, int]:
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
                capacity=[self.down(Fraction(entry.target_utilisation) * free) for _, free, _, _ in weeks],
                room=[self.down(Fraction(entry.target_utilisation) * still) for _, _, still, _ in weeks],
                most_overtime=[extra if available else Fraction(0) for *_, available in weeks],
                contract=[paid for paid, *_ in weeks],
                limits={
                    kind: self.down(Fraction(limit))  # type: ignore[misc]
                    for kind, limit in limits.items()
                    if limit is not None
                },
                earlier=earlier,
            )

    def _hours(self, entry: Staff, week: int) -> tuple[Fraction, Fraction, Fraction, int]:
        """Contract hours, hours of available days, of those of them that are not over, and how many those are."""
        calendar = self.scenario.calendar
        western = calendar.country != "IR" and calendar.system == "gregorian"
        names = entry.workdays or calendar.workdays or (DAY_NAMES[:5] if western else ("sat", "sun", *DAY_NAMES[:3]))
        contract = free = still = Fraction(0)
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
                if self.scenario.as_of is None or self.scenario.as_of <= day:
                    still += hours
                    available += 1
        return contract, free, still, available

    def _weekly_hours(self, entry: Staff, day: dt.date) -> Fraction:
        hours, since = Fraction(self.scenario.roles[entry.role].weekly_hours), dt.date.min
        if isinstance(entry.weekly_hours, tuple):
            for change in entry.weekly_hours:
                if since <= change.since <= day:
                    hours, since = Fraction(change.hours), change.since
        elif entry.weekly_hours is not None:
            hours = Fraction(entry.weekly_hours)
        return hours

    # what was worked

    def _rows(self) -> Iterator[Row]:
        return self._read(self.scenario.worked)

    def _read(self, rows: Sequence[Worked | Booking]) -> Iterator[Row]:
        tasks = {task.id: task for task in self.scenario.tasks}
        for place, row in enumerate(rows):
            name, _, number = row.task.partition("@")
            day = row.date if row.week is None else next(self.days(row.week))
            assert day is not None
            job = name
            if tasks[name].repeat is not None:
                job = f"{name}@{int(number) if number else self._occurrence_at(tasks[name], self.week(day))}"
            yield Row(place, name, job, row.staff, day, Fraction(row.hours))

    def _occurrence_at(self, task: Task, week: int) -> int:
        """First week of the occurrence a week's hours are for; the week itself where there is none."""
        windows = list(self._occurrences(task))
        for window in windows:
            if week in window:
                return window.start
        before = [window.start for window in windows if window.start < week]
        if before:
            return max(before)
        assert task.repeat is not None
        begins_here = task.repeat.since is not None and self.week(task.repeat.since) >= 1
        return windows[0].start if windows and week >= 1 and begins_here else week

    def _read_past(self) -> None:
        jobs = {*self.jobs, *self.covered, *self.done}
        for row in self.rows:
            week = self.week(row.day)
            if row.job in jobs and week in self.weeks:
                key = row.job, row.staff, week
                self.past[key] = self.past.get(key, Fraction(0)) + row.hours
        for (job, person), (price, day) in self._paid().items():
            if job in jobs:
                self.past_price[job, person] = price if self.week(day) in self.weeks else Fraction(0)

    def _paid(self) -> dict[tuple[str, str], tuple[Fraction, dt.date]]:
        """Fixed prices that whoever worked asks, and the day of the job's last hours."""
        found = {}
        for row in self.rows:
            task = next(task for task in self.scenario.tasks if task.id == row.task)
            for name, asked in task.estimates.items():
                if row.staff in self.copies[name] and asked.price is not None:
                    last = max(other.day for other in self.rows if other.job == row.job)
                    found[row.job, row.staff] = Fraction(asked.price), last
        return found

    def _after_what_is_over(self) -> None:
        """Move windows behind predecessors that were worked off; with `left` at 0 too, and not where cancelled."""
        for name, job in self.jobs.items():
            first = job.window.start
            for before in job.task.after:
                if before.task in self.over:
                    first = max(first, self.over[before.task] + before.lag)
                if before.task not in self.done:
                    promised = [self.week(row.day) for row in self.promised(job=before.task)]
                    first = max([first, *(week + before.lag for week in promised)])
            self.jobs[name] = replace(job, window=range(first, job.window.stop))

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
            for month in sorted({self.month(next(self.days(week))) for week in inside}):
                own = [week for week in inside if self.month(next(self.days(week))) == month]
                if own[0] <= until:
                    yield range(own[0], own[min(repeat.window or 156, len(own)) - 1] + 1)
            return
        for week in self.weeks:
            if first <= week <= until and (week - first) % repeat.every == 0:
                yield range(week, min(week + (repeat.window or 1), self.weeks.stop))

    def _add_job(self, name: str, task: Task, client: str, window: range, due: int | None) -> None:
        whole = Fraction(task.likely) - Fraction(task.done)
        asked = {copy: entry for entry_id, entry in task.estimates.items() for copy in self.copies[entry_id]}
        mine = [row for row in self.rows if row.job == name]
        effort = whole
        for row in mine:
            if row.staff in asked:
                effort -= row.hours / Fraction(asked[row.staff].hours) * max(whole, Fraction(0))
            else:
                effort -= row.hours * self.people[row.staff].able[task.kind]
        if task.left is not None:
            effort = Fraction(task.left)
        self.about[name] = client, task
        for row in self.promised(job=name):
            if row.staff in asked and asked[row.staff].price is not None:
                paid = any(other.staff == row.staff for other in mine)
                self.booked_price[name, row.staff] = Fraction(0 if paid else asked[row.staff].price or 0)
        if task.cancelled or effort <= 0:
            self.done.add(name)
            if mine and not task.cancelled:
                self.over[name] = max(self.week(row.day) for row in mine)
            return
        share = effort / whole if whole > 0 else Fraction(1)
        left = effort
        for row in self.promised(job=name):
            alone = Fraction(asked[row.staff].hours) * share if row.staff in asked else None
            left -= row.hours * (effort / alone if alone else self.people[row.staff].able[task.kind])
        share, effort = share * max(left, Fraction(0)) / effort, left
        first = max([window.start, self.open_week, *(self.week(row.day) for row in mine)])
        weight = {"low": 1, "normal": 2, "high": 4}[task.priority]
        need = {}
        for person in self.people.values():
            if self._may_own(task, client, person, person.id in asked):
                hours = (
                    Fraction(asked[person.id].hours) * share if person.id in asked else effort / person.able[task.kind]
                )
                need[person.id] = self.up(max(Fraction(0), hours))
        single = self._client(client).single_owner and task.owner is None
        one = single or (task.repeat is not None and task.repeat.same_owner)
        found = self.jobs if effort > 0 else self.covered
        found[name] = Job(
            id=name,
            task=task,
            client=client,
            effort=effort,
            window=range(first, window.stop),
            due=due,
            value=Fraction(task.value) if task.value is not None else weight * Fraction(task.likely),
            most_owners=1 if one or task.max_owners is None else task.max_owners,
            need=need,
            price={
                who: Fraction(0 if any(row.staff == who for row in (*mine, *self.promised(job=name))) else entry.price)
                for who, entry in asked.items()
                if entry.price is not None
            },
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
        if task.roles is not None and person.entry.role not in task.roles:
            return False
        if any(person.entry.skills.get(skill, 0) < level for skill, level in task.skills.items()):
            return False
        return asked or person.able[task.kind] > 0

    def _client(self, name: str) -> Client:
        return next(entry for entry in self.scenario.clients if entry.id == name)

    def _named(self, ids: Iterable[str]) -> set[str]:
        return {copy for name in ids for copy in self.copies[name]}

    def _groups(self) -> list[list[str]]:
        """Groups of jobs whose delivered members have one owner together."""
        groups: dict[tuple[str, str], list[str]] = {}
        for name, (client, task) in self.about.items():
            if self._client(client).single_owner and task.owner is None:
                groups.setdefault((client, task.kind), []).append(name)
            if task.repeat is not None and task.repeat.same_owner:
                groups.setdefault(("task", task.id), []).append(name)
        return list(groups.values())

    def may_finish(self, job: Job) -> dict[str, Fraction]:
        """Who may deliver what is left of a job, with the hours they need.

        A job with as many promised owners as may share it is left to them, and so is a group with any.
        """
        circles = [self.promisers(job.id)] if len(self.promisers(job.id)) >= job.most_owners else []
        for group in self.groups:
            circles += [{who for other in group for who in self.promisers(other)}] if job.id in group else []
        return {who: hours for who, hours in job.need.items() if all(who in circle for circle in circles if circle)}

    # money

    def _purses(self) -> Iterator[Purse]:
        billable = [job for job in self.jobs.values() if job.task.billable]
        for client in self.scenario.clients:
            if client.budget is not None:
                jobs = frozenset(job.id for job in billable if job.client == client.id)
                tasks = {task.id for task in self.scenario.tasks if self._client_of(task) == client.id}
                yield from self._split(
                    f"client {client.id}", client.budget, jobs, self._burned(tasks), self._booked_burn(tasks)
                )
        for project in self.scenario.projects:
            if project.budget is not None:
                jobs = frozenset(job.id for job in billable if job.task.project == project.id)
                tasks = {task.id for task in self.scenario.tasks if task.project == project.id}
                yield from self._split(
                    f"project {project.id}", project.budget, jobs, self._burned(tasks), self._booked_burn(tasks)
                )

    def _booked_burn(self, tasks: set[str]) -> list[tuple[int, Fraction]]:
        """What promised hours of some tasks burn, week by week; a price asked in the job's last promised week."""
        billable = {task.id for task in self.scenario.tasks if task.billable} & tasks
        rows = [row for row in self.booked if row.task in billable]
        if self.scenario.budget_basis == "bill":
            return [(self.week(row.day), row.hours * self.people[row.staff].bill_rate) for row in rows]
        found = [
            (self.week(row.day), row.hours * self.people[row.staff].cost_rate)
            for row in rows
            if (row.job, row.staff) not in self.booked_price
        ]
        for (job, _), price in self.booked_price.items():
            if self.about[job][1].id in billable:
                found.append((max(self.week(row.day) for row in self.promised(job=job)), price))
        return found

    def _client_of(self, task: Task) -> str | None:
        return next((entry.client for entry in self.scenario.projects if entry.id == task.project), task.client)

    def _burned(self, tasks: set[str]) -> list[tuple[dt.date, Fraction]]:
        """What was worked on some tasks burned, day by day."""
        billable = {task.id for task in self.scenario.tasks if task.billable} & tasks
        rows = [row for row in self.rows if row.task in billable]
        if self.scenario.budget_basis == "bill":
            return [(row.day, row.hours * self.people[row.staff].bill_rate) for row in rows]
        paid = self._paid()
        burned = [
            (row.day, row.hours * self.people[row.staff].cost_rate) for row in rows if (row.job, row.staff) not in paid
        ]
        jobs = {row.job for row in rows}
        return burned + [(day, price) for (job, _), (price, day) in paid.items() if job in jobs]

    def _split(
        self,
        name: str,
        budget: Budget,
        jobs: frozenset[str],
        burned: list[tuple[dt.date, Fraction]],
        booked: list[tuple[int, Fraction]],
    ) -> Iterator[Purse]:
        def period(day: dt.date) -> object:
            year, month = self.month(day)
            parts = {"week": self.week(day), "month": (year, month), "quarter": (year, (month - 1) // 3)}
            return 0 if budget.per == "horizon" else parts[budget.per]

        weeks: dict[object, set[int]] = {}
        for week in self.weeks:
            weeks.setdefault(period(next(self.days(week))), set()).add(week)
        for day, _ in sorted(burned):
            if day >= self.scenario.start:
                weeks.setdefault(period(day), set())
        spent = Fraction(budget.spent)
        for key, own in weeks.items():
            spent += sum((money for day, money in burned if period(day) == key), Fraction(0))
            promised = sum((money for week, money in booked if week in own), Fraction(0))
            left = max(Fraction(0), Fraction(budget.amount) - spent)
            yield Purse(f"{name} weeks {sorted(own)}", jobs, frozenset(own), left, max(Fraction(0), left - promised))
            spent = Fraction(0)
