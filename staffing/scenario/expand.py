"""The scenario as the rules see it: defaults filled, repeats and placeholders written out.

Both the planner and the audit work on this view. It holds definitions only (which weeks, which hours of
capacity, which effort); every rule that relates them is stated once for the solver and once for the audit.
Hours, money and productivities are :class:`fractions.Fraction`, so that nothing is rounded that the contract
does not round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from staffing.scenario.amounts import down, up
from staffing.scenario.availability import availability
from staffing.scenario.dates import period_of
from staffing.scenario.draft import Draft
from staffing.scenario.occurrences import occurrences
from staffing.scenario.promises import NOTHING, Promises
from staffing.scenario.records import KINDS, WEIGHTS, Budget, Client, Kind, Project, Staff, Task

Rule = Literal["owner", "only", "except", "exclude", "role", "kind", "skill"]
"""A part of rule Q: what may forbid a person to own a task."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be planned, week by week; a placeholder copy is a person of its own.

    Weeks are counted from 0 in tuples: ``capacity[0]`` is week 1.
    """

    id: str
    name: str
    role: str
    productivity: dict[Kind, Fraction]
    skills: dict[str, int]
    cost_rate: Fraction
    bill_rate: Fraction
    premium: Fraction
    overtime: Fraction
    """Most overtime hours in a week, on the grid."""
    capacity: tuple[Fraction, ...]
    """Hours that can be planned in each week, on the grid, those of days that are over included."""
    room: tuple[Fraction, ...]
    """The same without the days that are over: what new hours may take."""
    available_days: tuple[int, ...]
    """Days of each week on which this person works and that are not over."""
    contract: tuple[Fraction, ...]
    """Contract hours of each week: holidays and time off are paid, so they count."""
    limits: dict[Kind, Fraction]
    max_clients: int | None
    max_clients_per_week: int | None
    salaried: bool
    placeholder: bool
    earlier_copy: str | None
    """The copy that must be hired before this one."""
    hire_cost: Fraction


@dataclass(frozen=True, slots=True)
class Asked:
    """What one person asks for a task: own hours, and a fixed price or None."""

    hours: Fraction
    price: Fraction | None


@dataclass(frozen=True, slots=True)
class Job:
    """One task to plan: a task of the scenario, or one occurrence of a repeating one."""

    id: str
    task: str
    """The task of the scenario it comes from."""
    name: str
    kind: Kind
    client: str
    project: str | None
    hours: Fraction
    effort: Fraction
    """Hours less what is already delivered; 0 or less means the task is done."""
    left: Fraction | None
    """Effort left whatever was worked; None where hours tell."""
    cancelled: bool
    """Whether nothing more is planned of it."""
    worked: bool
    """Whether history has hours of it."""
    covered: bool
    """Whether hours promised are all that is left of it, so that they deliver it."""
    earliest: int
    """First week it may use, at least 1; may lie beyond the horizon, and then the task has no window."""
    deadline: int
    """Last week it may use, at most the last; may be before week 1, and then the task has no window."""
    due: int | None
    """Week after which it is late; None without a due date, or with one beyond the horizon."""
    must: bool
    weight: int
    value: Fraction
    billable: bool
    after: tuple[tuple[str, int], ...]
    """Tasks that come first, each with its lag in weeks."""
    skills: dict[str, int]
    owner: str | None
    only: frozenset[str] | None
    exclude: frozenset[str]
    roles: frozenset[str] | None
    max_owners: int
    weekly_max: Fraction | None
    estimates: dict[str, Asked]
    same_owner: bool
    """All delivered occurrences of `task` have one owner."""

    @property
    def done(self) -> bool:
        """Whether the effort delivered before covers the hours."""
        return self.effort <= 0 and not self.covered


@dataclass(frozen=True, slots=True)
class Period:
    """The weeks of one period of a budget, and what may burn in them."""

    name: str
    weeks: tuple[int, ...]
    amount: Fraction
    spent: Fraction
    burned: Fraction = Fraction(0)
    """What the history of a re-plan burned in it."""

    @property
    def left(self) -> Fraction:
        """What may still burn; never below 0."""
        return max(Fraction(0), self.amount - self.spent - self.burned)


@dataclass(frozen=True)
class Expanded:
    """A scenario with defaults filled, repeats and placeholder copies written out, in the scenario's order."""

    scenario: Draft
    people: dict[str, Person]
    jobs: dict[str, Job]
    clients: dict[str, Client]
    projects: dict[str, Project]
    copies: dict[str, tuple[str, ...]]
    """The people that each staff id of the scenario stands for."""
    history: Mapping[tuple[str, str, int], Fraction] = field(default_factory=dict)
    """Hours that are kept as they are, worked or of an earlier plan, by job, person and week."""
    from_week: int = 1
    """First week of new hours; all history lies before it, or in it on days that are over."""
    history_prices: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    """Fixed prices that history has paid inside the horizon (0 outside), by job and person: nothing more is asked."""
    history_burn: Mapping[tuple[str, str, str], Fraction] = field(default_factory=dict)
    """What history burned, by ("client" or "project"), id and name of the period."""
    closed_periods: Mapping[tuple[str, str], tuple[Period, ...]] = field(default_factory=dict)
    """Periods after the last in which history burned: they have days, and no first day of a week."""
    hired: frozenset[str] = frozenset()
    """Placeholders with history, within the horizon or before it, or bookings, and the copies hired before them."""
    finished: Mapping[str, int] = field(default_factory=dict)
    """Last week with hours of each job that history finished; may lie before the horizon."""
    promises: Promises = NOTHING
    """Hours of bookings, and what they take up."""

    @cached_property
    def step(self) -> Fraction:
        """The grid of hours."""
        return Fraction(self.scenario.step)

    @property
    def weeks(self) -> int:
        """Weeks of the horizon."""
        return self.scenario.weeks

    @cached_property
    def switching(self) -> Fraction:
        """Hours lost for every client after the first in a week, on the grid."""
        return up(Fraction(self.scenario.switching), self.step)

    @cached_property
    def budgets(self) -> dict[tuple[str, str], tuple[Period, ...]]:
        """Periods of each budget, by ("client" or "project", id)."""
        found: dict[tuple[str, str], tuple[Period, ...]] = {}
        for what, entries in (("client", self.clients), ("project", self.projects)):
            for entry in entries.values():
                if entry.budget is not None:
                    periods = _periods(entry.budget, self.scenario) + self.closed_periods.get((what, entry.id), ())
                    found[what, entry.id] = tuple(
                        replace(period, burned=self.history_burn.get((what, entry.id, period.name), Fraction(0)))
                        for period in periods
                    )
        return found

    def owner_for(self, job: Job) -> str | None:
        """Return the person fixed for a job: its own owner, else the client's for its kind; None without either."""
        if job.owner is not None:
            return job.owner
        fixed = getattr(self.clients[job.client].owners, job.kind)
        return self.copies[fixed][0] if fixed is not None else None

    def may_do(self, job: Job, person: Person) -> bool:
        """Rule Q: whether a person is allowed and able to own a job."""
        return next(self.forbidden(job, person), None) is None

    def forbidden(self, job: Job, person: Person) -> Iterator[Rule]:
        """Yield what forbids a person to own a job: each part of rule Q that does."""
        owner = self.owner_for(job)
        if owner is not None and owner != person.id:
            yield "owner"
        if job.only is not None and person.id not in job.only:
            yield "only"
        if person.id in job.exclude:
            yield "except"
        if person.id in self._excluded[job.client]:
            yield "exclude"
        if job.roles is not None and person.role not in job.roles:
            yield "role"
        elif not person.productivity[job.kind] and person.id not in job.estimates:
            yield "kind"
        if any(person.skills.get(skill, 0) < level for skill, level in job.skills.items()):
            yield "skill"

    def able(self, job: Job) -> tuple[Person, ...]:
        """Return who may own a job by rule Q, in the order of the staff; jobs that ask for the same share it."""
        asked = (job.client, job.kind, job.owner, job.only, job.exclude, job.roles)
        key = (*asked, frozenset(job.skills.items()), frozenset(job.estimates))
        if key not in self._able:
            self._able[key] = tuple(person for person in self.people.values() if self.may_do(job, person))
        return self._able[key]

    @cached_property
    def _able(self) -> dict[tuple[object, ...], tuple[Person, ...]]:
        return {}

    @cached_property
    def _excluded(self) -> dict[str, frozenset[str]]:
        return {client.id: frozenset(self._all(client.exclude)) for client in self.clients.values()}

    def _all(self, ids: tuple[str, ...]) -> list[str]:
        return [person for name in ids for person in self.copies[name]]


def expand(scenario: Draft) -> Expanded:
    """Return a scenario with repeats and placeholder copies written out, and defaults filled."""
    copies = {member.id: tuple(copy_ids(member)) for member in scenario.staff}
    copies |= {copy: (copy,) for ids in copies.values() for copy in ids if copy not in copies}
    people = {person.id: person for member in scenario.staff for person in _people(member, scenario)}
    clients = {client.id: client for client in scenario.clients}
    projects = {project.id: project for project in scenario.projects}
    jobs = {job.id: job for task in scenario.tasks for job in _jobs(task, scenario, copies, clients, projects)}
    return Expanded(
        scenario=scenario,
        people=people,
        jobs=jobs,
        clients=clients,
        projects=projects,
        copies=copies,
    )


def copy_ids(member: Staff) -> list[str]:
    """Return the ids of the people a staff entry stands for: its own, or those of a placeholder's copies."""
    count = member.placeholder.count if member.placeholder else 1
    return [member.id, *(f"{member.id}-{number}" for number in range(2, count + 1))]


def _people(member: Staff, scenario: Draft) -> list[Person]:
    role = scenario.roles[member.role]
    step = Fraction(scenario.step)
    ids = copy_ids(member)
    weeks = availability(member, scenario)

    def own(value: Decimal | None, fallback: Decimal) -> Fraction:
        return Fraction(value if value is not None else fallback)

    return [
        Person(
            id=id_,
            name=_copy_name(member, number),
            role=member.role,
            productivity={kind: own(getattr(member, kind), getattr(role, kind)) for kind in KINDS},
            skills=member.skills,
            cost_rate=own(member.cost_rate, role.cost_rate),
            bill_rate=own(member.bill_rate, role.bill_rate),
            premium=Fraction(member.overtime.premium),
            overtime=down(Fraction(member.overtime.hours), step),
            capacity=weeks.capacity,
            room=weeks.room,
            available_days=weeks.available_days,
            contract=weeks.contract,
            limits={
                kind: down(Fraction(limit), step)
                for kind in KINDS
                if (limit := getattr(member.limits, kind)) is not None
            },
            max_clients=member.max_clients,
            max_clients_per_week=member.max_clients_per_week,
            salaried=member.pay == "salary",
            placeholder=member.placeholder is not None,
            earlier_copy=ids[number - 1] if number else None,
            hire_cost=Fraction(member.hire_cost),
        )
        for number, id_ in enumerate(ids)
    ]


def _copy_name(member: Staff, number: int) -> str:
    name = member.name or member.id
    return f"{name} {number + 1}" if number and member.name else name if not number else f"{name}-{number + 1}"


def _periods(budget: Budget, scenario: Draft) -> tuple[Period, ...]:
    weeks: dict[str, list[int]] = {}
    for week in range(1, scenario.weeks + 1):
        name = period_of(week, scenario.start, budget.per, scenario.calendar.system)
        weeks.setdefault(name, []).append(week)
    return tuple(
        Period(name, tuple(inside), Fraction(budget.amount), Fraction(budget.spent) if not number else Fraction(0))
        for number, (name, inside) in enumerate(weeks.items())
    )


def _jobs(
    task: Task,
    scenario: Draft,
    copies: dict[str, tuple[str, ...]],
    clients: dict[str, Client],
    projects: dict[str, Project],
) -> list[Job]:
    project = projects[task.project] if task.project is not None else None
    client = task.client or (project.client if project else "")
    weight = WEIGHTS[task.priority]
    step = Fraction(scenario.step)
    one_owner = shares_with_nobody(task, clients[client])

    def job(id_: str, earliest: int, deadline: int, due: int | None) -> Job:
        return Job(
            id=id_,
            task=task.id,
            name=task.name or task.id,
            kind=task.kind,
            client=client,
            project=task.project,
            hours=Fraction(task.likely),
            effort=Fraction(task.likely) - Fraction(task.done),
            left=None if task.left is None else Fraction(task.left),
            cancelled=task.cancelled,
            worked=False,
            covered=False,
            earliest=earliest,
            deadline=deadline,
            due=due,
            must=task.must,
            weight=weight,
            value=Fraction(task.value if task.value is not None else weight * task.likely),
            billable=task.billable,
            after=tuple((after.task, after.lag) for after in task.after),
            skills=task.skills,
            owner=copies[task.owner][0] if task.owner is not None else None,
            only=None if task.only is None else frozenset(copy for name in task.only for copy in copies[name]),
            exclude=frozenset(copy for name in task.exclude for copy in copies[name]),
            roles=None if task.roles is None else frozenset(task.roles),
            max_owners=1 if one_owner else task.max_owners or 1,
            weekly_max=None if task.weekly_max is None else down(Fraction(task.weekly_max), step),
            estimates={
                copy: Asked(Fraction(asked.hours), None if asked.price is None else Fraction(asked.price))
                for name, asked in task.estimates.items()
                for copy in copies[name]
            },
            same_owner=task.repeat is not None and task.repeat.same_owner,
        )

    if task.repeat is not None:
        return [job(f"{task.id}@{first}", first, last, None) for first, last in occurrences(task, scenario)]

    def week(field: str) -> int | None:
        point = getattr(task, field)
        if point is None and project is not None:
            point = getattr(project, field)
        return None if point is None else scenario.week(point)

    earliest, due, deadline = week("earliest"), week("due"), week("deadline")
    return [
        job(
            task.id,
            earliest=1 if earliest is None else max(1, earliest),
            deadline=scenario.weeks if deadline is None else min(scenario.weeks, deadline),
            due=None if due is None or due > scenario.weeks else due,
        )
    ]


def shares_with_nobody(task: Task, client: Client) -> bool:
    """Whether a rule asks for one owner: a one-owner client (own owners aside), or a same-owner repeat."""
    return (client.single_owner and task.owner is None) or (task.repeat is not None and task.repeat.same_owner)
