"""Tasks that cannot fit even alone: with everybody free, every placeholder hired, and nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import nlargest
from math import ceil

from staffing.scenario.amounts import plain
from staffing.scenario.bookings import finishers, room_left
from staffing.scenario.expand import Expanded, Job, Person
from staffing.scenario.findings import Finding, listed
from staffing.scenario.paths import label
from staffing.scenario.records import KINDS
from staffing.scenario.scenario import Scenario


def misfits(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each task that cannot fit even alone, once for all occurrences of a repeating one."""
    expanded = scenario.expanded
    fit = _Fit(expanded)
    reasons: dict[str, list[str | None]] = {}
    for job in expanded.jobs.values():
        reasons.setdefault(job.task, []).append(None if missed(job, expanded) else fit.reason(job))
    for number, task in enumerate(scenario.tasks):
        of_task = reasons.get(task.id, [])
        wrong = [reason for reason in of_task if reason is not None]
        if wrong:
            which = f" ({len(wrong)} of {len(of_task)} occurrences)" if task.repeat else ""
            yield Finding(("tasks", number), f"this will wait{which}: {wrong[0]}")


@dataclass(frozen=True)
class _Fit:
    """Tries tasks one by one. Hours are counted in whole grid steps, since there are many to add up.

    ``staffing.problem.alone`` asks the same of a problem by index. This one stands before there is such a problem: it
    warns where scenarios are loaded, names hours and money in its sentences, and looks at tasks that no problem has.
    """

    expanded: Expanded

    @cached_property
    def rooms(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """Most grid steps by week of each person on each kind: rules C and K."""
        found: dict[tuple[str, str], tuple[int, ...]] = {}
        for person in self.expanded.people.values():
            left = (room_left(self.expanded, person, week) for week in range(1, self.expanded.weeks + 1))
            weeks = [hours + overtime for hours, overtime in left]
            for kind in KINDS:
                limit = person.limits.get(kind)
                limited = (hours if limit is None else min(hours, limit) for hours in weeks)
                found[person.id, kind] = tuple(self.steps(hours) for hours in limited)
        return found

    def steps(self, hours: Fraction) -> int:
        """Return hours as a number of grid steps, rounded up."""
        return ceil(hours / self.expanded.step)

    def hours(self, steps: int) -> str:
        """Return grid steps as a text in hours."""
        return plain(steps * self.expanded.step)

    def reason(self, job: Job) -> str | None:
        """Return why a task cannot be delivered; None if it can, or if that takes a closer look."""
        if job.done or job.covered:
            return None
        if job.earliest > job.deadline:
            return _no_window(job, self.expanded)
        able = self.expanded.able(job)
        people = list(finishers(self.expanded, job))
        if able and not people:
            return "what is left of it is for whoever has promised hours, and they may not do it"
        if job.max_owners > 1:
            return self.reason_to_share(job, people)
        tried = []
        for person in people:
            if self.need(job, person) <= self.room(job, person) and self.unaffordable(job, [person]) is None:
                return None
            tried.append(person)
        if not tried:
            return _nobody(job, self.expanded)
        roomy = [person for person in tried if self.need(job, person) <= self.room(job, person)]
        return self.unaffordable(job, roomy) if roomy else self.too_long(job, tried)

    def room(self, job: Job, person: Person) -> int:
        """Most grid steps a person has for a task in its weeks: rules W, C, K and M."""
        weeks = self.rooms[person.id, job.kind][job.earliest - 1 : job.deadline]
        if job.weekly_max is None:
            return sum(weeks)
        most = self.steps(job.weekly_max)
        return sum(min(hours, most) for hours in weeks)

    def need(self, job: Job, person: Person) -> int:
        """Grid steps with which one person delivers a task: rule E."""
        asked = job.estimates.get(person.id)
        return self.steps(asked.hours if asked else job.effort / person.productivity[job.kind])

    def too_long(self, job: Job, people: list[Person]) -> str:
        """Return how many hours the person nearest to delivering a task needs, and how many that person has."""
        nearest = max(people, key=lambda person: Fraction(self.room(job, person), self.need(job, person)))
        needed, room = self.hours(self.need(job, nearest)), self.hours(self.room(job, nearest))
        return f"{label(nearest.id)} needs {needed} hours for it, and has {room} at most {_weeks(job)}"

    def reason_to_share(self, job: Job, people: list[Person]) -> str | None:
        """Return why several people cannot deliver a task together: rules E and M."""
        if not people:
            return _nobody(job, self.expanded)
        step = self.expanded.step
        efforts = [self.room(job, person) * step * person.productivity[job.kind] for person in people]
        most = sum(nlargest(job.max_owners, efforts), Fraction(0))
        if job.weekly_max is not None:
            best = max(person.productivity[job.kind] for person in people)
            most = min(most, job.weekly_max * (job.deadline - job.earliest + 1) * best)
        if most >= job.effort:
            return self.unaffordable(job, people)
        return f"{job.max_owners} people together deliver {_short(most)} hours of its effort at most {_weeks(job)}"

    def unaffordable(self, job: Job, people: list[Person]) -> str | None:
        """Return which budget is too small even for the cheapest person, in the periods of a task's weeks."""
        if not job.billable:
            return None
        for holder in (("client", job.client), ("project", job.project or "")):
            periods = self.expanded.budgets.get(holder, ())
            if not periods:
                continue
            cheapest = min(self.burn(job, person) for person in people)
            left = sum((period.left for period in periods if _overlap(job, period.weeks)), Fraction(0))
            if cheapest > left:
                return (
                    f"it burns {_short(cheapest)} at least, and the {holder[0]} has {_short(left)} left {_weeks(job)}"
                )
        return None

    def burn(self, job: Job, person: Person) -> Fraction:
        """Money that a task burns at least if this person does it, or one of those who share it: rule B."""
        basis = self.expanded.scenario.budget_basis
        asked = job.estimates.get(person.id)
        if basis == "cost" and asked is not None and asked.price is not None:
            return asked.price
        rate = person.cost_rate if basis == "cost" else person.bill_rate
        if job.max_owners > 1:
            return rate * job.effort / person.productivity[job.kind]
        return rate * self.need(job, person) * self.expanded.step


def missed(job: Job, expanded: Expanded) -> bool:
    """Whether an occurrence is over but was never finished; one finding reports all of these."""
    return not job.done and job.id != job.task and job.earliest == expanded.from_week > job.deadline


def _no_window(job: Job, expanded: Expanded) -> str:
    if job.earliest > expanded.weeks:
        return f"it cannot begin before week {job.earliest}, after the horizon"
    if job.deadline < 1:
        return "its deadline is before the horizon"
    if job.earliest == expanded.from_week > job.deadline:
        return f"its last week is {job.deadline}, which is over on {expanded.scenario.as_of}"
    return f"it cannot begin before week {job.earliest}, and its deadline is week {job.deadline}"


def _nobody(job: Job, expanded: Expanded) -> str:
    people = expanded.people.values()
    if not any(person.productivity[job.kind] or person.id in job.estimates for person in people):
        return f"nobody does {job.kind} tasks"
    if job.roles is not None and all(person.role not in job.roles for person in people):
        return f"nobody is {listed([label(role) for role in sorted(job.roles)], 'or') or 'of a role that is allowed'}"
    lacking = [
        f"{label(skill)} at level {level}"
        for skill, level in job.skills.items()
        if all(person.skills.get(skill, 0) < level for person in people)
    ]
    if lacking:
        return f"nobody has the skill {listed(lacking)}"
    return "nobody is both able and allowed to do it"


def _overlap(job: Job, weeks: tuple[int, ...]) -> bool:
    return bool(weeks) and weeks[0] <= job.deadline and job.earliest <= weeks[-1]


def _weeks(job: Job) -> str:
    return f"in week {job.earliest}" if job.earliest == job.deadline else f"in weeks {job.earliest} to {job.deadline}"


def _short(number: Fraction) -> str:
    return plain(round(number, 2))
