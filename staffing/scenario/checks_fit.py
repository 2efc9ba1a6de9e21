"""Tasks that cannot fit even alone: with everybody free, every placeholder hired, and nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from heapq import nlargest

from staffing.scenario.amounts import plain
from staffing.scenario.expand import Expanded, Job, Person, up
from staffing.scenario.findings import Finding, label, listed
from staffing.scenario.scenario import Scenario


def misfits(scenario: Scenario) -> Iterator[Finding]:
    """Tell of each task that cannot fit even alone, once for all occurrences of a repeating one."""
    reasons: dict[str, list[str | None]] = {}
    for job in scenario.expanded.jobs.values():
        reasons.setdefault(job.task, []).append(_reason(job, scenario.expanded))
    for number, task in enumerate(scenario.tasks):
        of_task = reasons.get(task.id, [])
        wrong = [reason for reason in of_task if reason is not None]
        if wrong:
            which = f" ({len(wrong)} of {len(of_task)} occurrences)" if task.repeat else ""
            yield Finding(("tasks", number), f"this will wait{which}: {wrong[0]}")


def _reason(job: Job, expanded: Expanded) -> str | None:
    """Say why a task cannot be delivered; None if it can, or if that takes a closer look."""
    if job.done:
        return None
    if job.earliest > job.deadline:
        return _no_window(job, expanded)
    people = [person for person in expanded.people.values() if expanded.may_do(job, person)]
    if not people:
        return _nobody(job, expanded)
    able = _able_to_share(job, people) if job.max_owners > 1 else _able_alone(job, people, expanded)
    if isinstance(able, str):
        return able
    return _unaffordable(job, able, expanded)


def _no_window(job: Job, expanded: Expanded) -> str:
    if job.earliest > expanded.weeks:
        return f"it cannot begin before week {job.earliest}, after the horizon"
    if job.deadline < 1:
        return "its deadline is before the horizon"
    return f"it cannot begin before week {job.earliest}, and its deadline is week {job.deadline}"


def _nobody(job: Job, expanded: Expanded) -> str:
    people = expanded.people.values()
    if not any(person.productivity[job.kind] or person.id in job.estimates for person in people):
        return f"nobody does {job.kind} tasks"
    lacking = [
        f"{label(skill)} at level {level}"
        for skill, level in job.skills.items()
        if all(person.skills.get(skill, 0) < level for person in people)
    ]
    if lacking:
        return f"nobody has the skill {listed(lacking)}"
    return "nobody is both able and allowed to do it"


def _room(job: Job, person: Person) -> Fraction:
    """Most hours a person has for a task in its weeks: rules W, C, K and M."""
    caps = [cap for cap in (person.limits.get(job.kind), job.weekly_max) if cap is not None]
    return sum(
        (
            min([person.capacity[week] + (person.overtime if person.available_days[week] else 0), *caps])
            for week in range(job.earliest - 1, job.deadline)
        ),
        Fraction(0),
    )


def _need(job: Job, person: Person, expanded: Expanded) -> Fraction:
    """Hours with which one person delivers a task: rule E."""
    asked = job.estimates.get(person.id)
    return up(asked.hours if asked else job.effort / person.productivity[job.kind], expanded.step)


def _able_alone(job: Job, people: list[Person], expanded: Expanded) -> list[Person] | str:
    able = [person for person in people if _need(job, person, expanded) <= _room(job, person)]
    if able:
        return able
    nearest = max(people, key=lambda person: _room(job, person) / _need(job, person, expanded))
    needed, room = plain(_need(job, nearest, expanded)), plain(_room(job, nearest))
    return f"{label(nearest.id)} needs {needed} hours for it, and has {room} at most {_weeks(job)}"


def _able_to_share(job: Job, people: list[Person]) -> list[Person] | str:
    efforts = [_room(job, person) * person.productivity[job.kind] for person in people]
    most = sum(nlargest(job.max_owners, efforts), Fraction(0))
    if job.weekly_max is not None:
        best = max(person.productivity[job.kind] for person in people)
        most = min(most, job.weekly_max * (job.deadline - job.earliest + 1) * best)
    if most >= job.effort:
        return people
    return f"{job.max_owners} people together deliver {_short(most)} hours of its effort at most {_weeks(job)}"


def _unaffordable(job: Job, people: list[Person], expanded: Expanded) -> str | None:
    """Say which budget is too small for the cheapest of the people; periods outside the task's weeks do not help."""
    if not job.billable:
        return None
    cheapest = min(_burn(job, person, expanded) for person in people)
    for holder in (("client", job.client), ("project", job.project or "")):
        periods = expanded.budgets.get(holder, ())
        left = sum((period.left for period in periods if _overlap(job, period.weeks)), Fraction(0))
        if periods and cheapest > left:
            return f"it burns {_short(cheapest)} at least, and the {holder[0]} has {_short(left)} left {_weeks(job)}"
    return None


def _burn(job: Job, person: Person, expanded: Expanded) -> Fraction:
    """Money that a task burns at least if this person does it, or one of those who share it: rule B."""
    basis = expanded.scenario.budget_basis
    asked = job.estimates.get(person.id)
    if basis == "cost" and asked is not None and asked.price is not None:
        return asked.price
    rate = person.cost_rate if basis == "cost" else person.bill_rate
    if job.max_owners > 1:
        return rate * job.effort / person.productivity[job.kind]
    return rate * _need(job, person, expanded)


def _overlap(job: Job, weeks: tuple[int, ...]) -> bool:
    return any(job.earliest <= week <= job.deadline for week in weeks)


def _weeks(job: Job) -> str:
    return f"in week {job.earliest}" if job.earliest == job.deadline else f"in weeks {job.earliest} to {job.deadline}"


def _short(number: Fraction) -> str:
    return plain(round(number, 2))
