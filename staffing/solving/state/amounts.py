"""What a plan by index reaches of each goal, in the units of the goal's term.

The exact measures of :mod:`staffing.plan.goals` are fractions of words; these are the same in integers, quick enough
to choose between plans while one is sought.
"""

from __future__ import annotations

from collections.abc import Callable

from staffing.scenario.records import Goal
from staffing.solving.earlier import Earlier
from staffing.solving.state.usage import Usage


def must(usage: Usage, _: Earlier) -> int:
    """Effort of `must` tasks delivered, taken off."""
    return usage.must


def value(usage: Usage, _: Earlier) -> int:
    """Value of delivered tasks."""
    return usage.value


def net_value(usage: Usage, earlier: Earlier) -> int:
    """Value of delivered tasks less what the plan adds to the cost."""
    return usage.value - cost(usage, earlier)


def lateness(usage: Usage, _: Earlier) -> int:
    """Weight × weeks late."""
    return usage.lateness


def cost(usage: Usage, _: Earlier) -> int:
    """What the plan adds to the cost."""
    people = usage.problem.people
    return usage.cost + sum(people[person].hired_cost for person in hired(usage))


def hired(usage: Usage) -> set[int]:
    """Return the placeholders that work, and the copies hired before them."""
    people = usage.problem.people
    found = set(usage.hired_idle)
    for person in usage.problem.placeholders:
        number: int | None = person if usage.jobs_of[person] else None
        while number is not None:
            if people[number].hire:
                found.add(number)
            number = people[number].earlier
    return found


def overtime(usage: Usage, _: Earlier) -> int:
    """Steps of overtime."""
    return usage.overtime


def hours(usage: Usage, _: Earlier) -> int:
    """Steps planned."""
    return usage.steps_worked


def contacts(usage: Usage, _: Earlier) -> int:
    """Owners of a client's tasks of a kind beyond the first."""
    return usage.contacts


def balance(usage: Usage, _: Earlier) -> int:
    """The highest planned utilisation of anyone, whole percent, rounded up."""
    return max(
        (
            -(-100 * (person.past_hours + planned) // person.total)
            for person, planned in zip(usage.problem.people, usage.planned, strict=True)
            if person.total
        ),
        default=0,
    )


def changes(usage: Usage, earlier: Earlier) -> int:
    """Tasks that waited and are delivered, less those that are the same again, and repeats that others own."""
    return sum(changed(usage, earlier, job) for job in earlier.jobs) + len(handed_over(usage, earlier))


def changed(usage: Usage, earlier: Earlier, job: int) -> int:
    """Return what one job adds to the changes, that others own its repeat aside."""
    if job not in usage.cells or job not in earlier.jobs:
        return 0
    return earlier.changed(job, {person for person, _ in usage.cells[job]}, usage.first(job), usage.over(job))


def handed_over(usage: Usage, earlier: Earlier) -> set[int]:
    """Return the `same_owner` repeats of which others own something than before."""
    return {
        family
        for job, family in earlier.family.items()
        if job in usage.cells and earlier.handed_over(job, {person for person, _ in usage.cells[job]})
    }


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
