"""The facts of a conflict in plain English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from staffing.decisions.limiting import Limit
from staffing.plan.facts import ZERO
from staffing.plan.figures import in_weeks, number
from staffing.plan.names import Names
from staffing.plan.obstacles.words import period_name
from staffing.scenario.bookings import room_left
from staffing.scenario.expand import Expanded, Job
from staffing.scenario.findings import listed
from staffing.scenario.records import Client


def told(names: Names, expanded: Expanded, limit: Limit) -> str:
    """Return a fact in a sentence."""
    return _of_task(names, expanded, limit) or _of_others(names, expanded, limit)


def grouped(names: Names, expanded: Expanded, limits: Sequence[Limit]) -> Iterator[str]:
    """Yield facts in few lines: hours of one person in several weeks as one."""
    for (kind, staff), group in groupby(limits, key=lambda limit: (limit.kind, limit.staff)):
        several = list(group)
        if kind == "hours" and staff is not None and len(several) > 1:
            weeks = [limit.week for limit in several if limit.week is not None]
            hours = sum((_hours(expanded, staff, week) for week in weeks), ZERO)
            yield f"{names.person(staff)} has {_count(hours)} in {_weeks(weeks)}."
        else:
            yield from (told(names, expanded, limit) for limit in several)


def _weeks(weeks: Sequence[int]) -> str:
    """Return weeks as people say them, each one where some between are not meant."""
    if weeks[-1] - weeks[0] == len(weeks) - 1:
        return in_weeks(weeks)
    return f"weeks {listed([str(week) for week in weeks])}"


def _hours(expanded: Expanded, staff: str, week: int) -> Fraction:
    regular, overtime = room_left(expanded, expanded.people[staff], week)
    return regular + overtime


def _count(hours: Fraction) -> str:
    return "no hours" if not hours else f"{number(float(hours))} {'hour' if hours == 1 else 'hours'}"


def _of_task(names: Names, expanded: Expanded, limit: Limit) -> str | None:
    if limit.task is None or limit.kind == "one_owner":
        return None
    job = _job(expanded, limit.task)
    task = _whose(names, job, week=job.id == limit.task)
    if limit.kind == "must":
        return f"{task} must be delivered."
    if limit.kind == "window":
        if job.earliest > job.deadline:
            return f"{task} may not begin before week {job.earliest}, and its last week is {job.deadline}."
        return f"{task} lies in {in_weeks(range(job.earliest, job.deadline + 1))}."
    if limit.kind == "skill" and limit.skill is not None:
        level = job.skills[limit.skill]
        return f"{task} asks for the skill {limit.skill}{f' at level {level}' if level > 1 else ''}."
    if limit.kind == "predecessor" and limit.after is not None:
        return f"{task} comes after {_whose(names, expanded.jobs[limit.after])}."
    if limit.kind == "pace" and job.weekly_max is not None:
        return f"At most {_count(job.weekly_max)} a week go into {task}."
    return _of_rule(names, expanded, limit, job, task)


def _of_rule(names: Names, expanded: Expanded, limit: Limit, job: Job, task: str) -> str:
    if limit.rule == "owner" and job.owner is not None:
        return f"The owner of {task} is {names.person(job.owner)}."
    if limit.rule == "only":
        only = [names.person(id_) for id_ in expanded.people if id_ in (job.only or ())]
        return f"{task} is only for {listed(only) or 'people who are none of the staff'}."
    if limit.rule == "except":
        return f"{task} is not for {listed([names.person(id_) for id_ in expanded.people if id_ in job.exclude])}."
    if limit.rule == "role":
        roles = sorted(job.roles or ())
        return f"{task} is only for the {'role' if len(roles) == 1 else 'roles'} {listed(roles)}."
    able = [one for one in expanded.people.values() if one.productivity[job.kind] or one.id in job.estimates]
    who = f"of all people only {listed([names.person(one.id) for one in able])} can do" if able else "nobody does"
    return f"{task} is {job.kind} work, which {who}."


def _of_others(names: Names, expanded: Expanded, limit: Limit) -> str:
    staff = names.person(limit.staff) if limit.staff is not None else ""
    client = names.client(limit.client) if limit.client is not None else ""
    if limit.kind == "hours" and limit.staff is not None and limit.week is not None:
        return f"{staff} has {_count(_hours(expanded, limit.staff, limit.week))} in week {limit.week}."
    if limit.kind == "budget" and limit.budget is not None and limit.period is not None:
        owner = names.project(limit.budget) if limit.of == "project" else names.client(limit.budget)
        period = "" if limit.period == "horizon" else f"{period_name(limit.period)} "
        return f"{owner}'s {period}budget has {number(_left(expanded, limit))} left.".replace("s's ", "s' ")
    if limit.kind == "kind_limit" and limit.staff is not None and limit.work is not None:
        most = _count(expanded.people[limit.staff].limits[limit.work])
        return f"{staff} does at most {most} of {limit.work} work a week."
    if limit.kind == "clients" and limit.staff is not None:
        person, week = expanded.people[limit.staff], limit.rule == "week"
        clients = person.max_clients_per_week if week else person.max_clients
        return f"{staff} serves at most {clients} {'client' if clients == 1 else 'clients'}{' a week' if week else ''}."
    if limit.client is not None and limit.kind == "qualified":
        return _of_client(names, expanded, limit, expanded.clients[limit.client])
    if limit.client is not None:
        return f"All work of a kind for {client} has one owner."
    job = _job(expanded, limit.task or "")
    return f"All occurrences of {_whose(names, job, week=False)} have one owner."


def _of_client(names: Names, expanded: Expanded, limit: Limit, client: Client) -> str:
    if limit.rule == "exclude":
        excluded = [names.person(copy) for id_ in client.exclude for copy in expanded.copies[id_]]
        return f"{listed(excluded)} never {'works' if len(excluded) == 1 else 'work'} for {names.client(client.id)}."
    fixed = getattr(client.owners, limit.work or "strategic")
    return f"The owner of all {limit.work} work for {names.client(client.id)} is {names.person(fixed)}."


def _job(expanded: Expanded, task: str) -> Job:
    """Return a task, or the first occurrence of a repeating one."""
    return expanded.jobs.get(task) or next(job for job in expanded.jobs.values() if job.task == task)


def _left(expanded: Expanded, limit: Limit) -> float:
    key = (limit.of or "client", limit.budget or "")
    period = next(period for period in expanded.budgets[key] if period.name == limit.period)
    promised = expanded.promises.burn.get((*key, period.name), ZERO)
    return float(max(ZERO, period.left - promised))


def _whose(names: Names, job: Job, *, week: bool = True) -> str:
    """Return the name of a task with that of its client, and the week of an occurrence."""
    client, _ = names.whose(job.id)
    occurrence = job.id.partition("@")[2] if week else ""
    what = f"{client}'s {names.work(job.id)}".replace("s's ", "s' ") if client else names.task(job.id)
    return f"{what} of week {occurrence}" if occurrence else what
