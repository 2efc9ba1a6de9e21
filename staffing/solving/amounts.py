"""What a plan by index reaches of each goal, in the units of the goal's term.

The exact measures of :mod:`staffing.plan.goals` are fractions of words; these are the same in integers, quick enough
to choose between plans while one is sought.
"""

from __future__ import annotations

from collections.abc import Callable

from staffing.scenario.records import Goal
from staffing.solving.terms import Before, Earlier
from staffing.solving.usage import Usage, pair_of


def must(usage: Usage, _: Earlier) -> int:
    """Effort of `must` tasks delivered, taken off."""
    jobs = usage.problem.jobs
    return -sum(jobs[job].effort for job in usage.cells if jobs[job].must)


def value(usage: Usage, _: Earlier) -> int:
    """Value of delivered tasks."""
    return sum(usage.problem.jobs[job].value for job in usage.cells)


def net_value(usage: Usage, earlier: Earlier) -> int:
    """Value of delivered tasks less what the plan adds to the cost."""
    return value(usage, earlier) - cost(usage, earlier)


def lateness(usage: Usage, _: Earlier) -> int:
    """Weight × weeks late."""
    total = 0
    for job in usage.cells:
        data = usage.problem.jobs[job]
        if data.due is not None:
            total += data.weight * max(0, usage.over(job) - data.due)
    return total


def cost(usage: Usage, _: Earlier) -> int:
    """What the plan adds to the cost."""
    problem = usage.problem
    total = sum(problem.people[person].hired_cost for person in hired(usage))
    for job, cells in usage.cells.items():
        priced: set[int] = set()
        for (person, _week), steps in cells.items():
            price = pair_of(problem, job, person).price
            if price is None:
                total += steps * problem.people[person].hour_cost
            elif person not in priced:
                priced.add(person)
                total += price
    for person, week in usage.hours:
        data = problem.people[person]
        switches = max(0, len(usage.clients.get((person, week), ())) - 1)
        total += switches * problem.switching * data.hour_cost
        total += data.overtime_cost * max(0, usage.load(person, week) - data.capacity[week])
    return total


def hired(usage: Usage) -> set[int]:
    """Give the placeholders that work, and the copies hired before them."""
    found = set(usage.hired_idle)
    for person, jobs in usage.jobs_of.items():
        number: int | None = person if jobs else None
        while number is not None:
            if usage.problem.people[number].hire:
                found.add(number)
            number = usage.problem.people[number].earlier
    return found


def overtime(usage: Usage, _: Earlier) -> int:
    """Steps of overtime."""
    people = usage.problem.people
    return sum(max(0, usage.load(*cell) - people[cell[0]].capacity[cell[1]]) for cell in usage.hours)


def hours(usage: Usage, _: Earlier) -> int:
    """Steps planned."""
    return sum(usage.hours.values())


def contacts(usage: Usage, _: Earlier) -> int:
    """Owners of a client's tasks of a kind beyond the first."""
    return sum(max(0, len(owners) - 1) for owners in usage.owners.values())


def balance(usage: Usage, _: Earlier) -> int:
    """The highest planned utilisation of anyone, whole percent, rounded up."""
    planned = [person.past_hours for person in usage.problem.people]
    for (person, _week), steps in usage.hours.items():
        planned[person] += steps
    capacities = [person.total for person in usage.problem.people]
    return max((-(-100 * used // most) for used, most in zip(planned, capacities, strict=True) if most), default=0)


def changes(usage: Usage, earlier: Earlier) -> int:
    """Tasks that waited and are delivered, less those that are the same again."""
    total = 0
    for job, before in earlier.jobs.items():
        if job in usage.cells:
            total += 1 if before is None else -int(_same(usage, job, before))
    return total


def _same(usage: Usage, job: int, before: Before) -> bool:
    return (
        bool(before.owners)
        and {person for person, _ in usage.cells[job]} == before.owners
        and before.first in (None, usage.first(job))
        and before.last in (None, usage.over(job))
    )


AMOUNTS: dict[Goal, Callable[[Usage, Earlier], int]] = {
    "must": must,
    "value": value,
    "net_value": net_value,
    "lateness": lateness,
    "cost": cost,
    "overtime": overtime,
    "hours": hours,
    "contacts": contacts,
    "balance": balance,
    "changes": changes,
}
