"""A part of a problem around a plan: some jobs are free again, all else is kept as it is.

The part is a problem like any other: what is kept has come off capacities, limits and budgets, and stands in
:class:`staffing.problem.problem.Kept`. The same model therefore serves the whole and every part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from staffing.problem.problem import BudgetPeriod, JobData, Kept, OneOwner, PersonData, Problem
from staffing.solving.state.usage import Usage


def part(usage: Usage, free: Collection[int], people: Collection[int] | None = None) -> Problem:
    """Return the problem of some free jobs.

    Parameters
    ----------
    usage
        The work that is kept: none of the free jobs is placed in it.
    free
        The jobs of the part, in order; those that cannot be delivered beside what is kept may be among them.
    people
        Who may own them; everybody if None.
    """
    problem = usage.problem
    numbers = {old: new for new, old in enumerate(free)}
    allowed = None if people is None else set(people)
    jobs = tuple(_job(usage, old, numbers, allowed) for old in free)
    relevant = {pair.person for job in jobs for pair in job.pairs}
    spans = [week for job in jobs for week in (job.first, job.last)]
    weeks = range(max(0, min(spans, default=0)), min(problem.weeks, max(spans, default=-1) + 1))
    hired = _hired(usage)
    return replace(
        problem,
        jobs=jobs,
        people=tuple(
            _person(usage, number, person, hired) if number in relevant else _elsewhere(usage, number, person)
            for number, person in enumerate(problem.people)
        ),
        budgets=tuple(_budgets(usage, numbers)),
        one_owner=tuple(_groups(problem, numbers)),
        kept=Kept(
            served={
                (person, week): frozenset(clients)
                for person in relevant
                for week in weeks
                if (clients := usage.clients(person, week))
            },
            clients={person: frozenset(usage.clients_of[person]) for person in relevant},
            owners={
                key: frozenset(owners)
                for key in {(job.client, job.kind) for job in jobs}
                if (owners := usage.owners[key])
            },
        ),
    )


def _job(usage: Usage, job: int, numbers: dict[int, int], allowed: set[int] | None) -> JobData:
    """Return a free job, its window and owners narrowed by what is kept."""
    problem = usage.problem
    data = problem.jobs[job]
    first, last = data.first, data.last
    possible = True
    for before, lag in data.after:
        if before in numbers:
            continue
        if before in usage.cells:
            first = max(first, usage.over(before) + lag)
        else:
            possible = False
    forced = False
    for later, lag in problem.followers.get(job, ()):
        if later not in numbers and later in usage.cells:
            forced = True
            last = min(last, usage.first(later) - lag)
    owners: set[int] | None = None
    for group in problem.groups_of.get(job, ()):
        if group_owners := usage.group_owners[group]:
            owners = set(group_owners) if owners is None else owners & set(group_owners)
    pairs = tuple(
        pair
        for pair in data.pairs
        if (allowed is None or pair.person in allowed) and (owners is None or pair.person in owners)
    )
    return replace(
        data,
        first=first,
        last=last,
        forced=forced,
        after=tuple((numbers[before], lag) for before, lag in data.after if before in numbers),
        pairs=pairs if possible and first <= last else (),
    )


def _person(usage: Usage, number: int, person: PersonData, hired: set[int]) -> PersonData:
    """Return a person with the room that is left."""
    weeks = usage.problem.weeks
    return replace(
        person,
        capacity=tuple(capacity - usage.load(number, week) for week, capacity in enumerate(person.capacity)),
        limits={kind: tuple(usage.kind_free[kind][number * weeks : (number + 1) * weeks]) for kind in person.limits},
        past_hours=_elsewhere(usage, number, person).past_hours,
        hire=person.hire and number not in hired,
    )


def _elsewhere(usage: Usage, number: int, person: PersonData) -> PersonData:
    """Return a person with the hours that are kept."""
    kept = usage.planned[number]
    return replace(person, past_hours=person.past_hours + kept) if kept else person


def _hired(usage: Usage) -> set[int]:
    """Return the placeholders that kept work hires, and the copies before them."""
    chain = usage.problem.hire_chain
    return {copy for number in usage.problem.placeholders if usage.jobs_of[number] for copy in chain[number]}


def _budgets(usage: Usage, numbers: dict[int, int]) -> Iterable[BudgetPeriod]:
    problem = usage.problem
    jobs: dict[int, list[int]] = {}
    for old, new in numbers.items():
        for number in problem.budgets_of.get(old, ()):
            jobs.setdefault(number, []).append(new)
    for number, members in jobs.items():
        period = problem.budgets[number]
        yield replace(period, jobs=tuple(members), left=usage.left[number])


def _groups(problem: Problem, numbers: dict[int, int]) -> Iterable[OneOwner]:
    members: dict[int, list[int]] = {}
    for old, new in numbers.items():
        for group in problem.groups_of.get(old, ()):
            members.setdefault(group, []).append(new)
    for group, jobs in members.items():
        if len(jobs) > 1:
            yield replace(problem.one_owner[group], jobs=tuple(jobs))
