"""Bookings: hours promised and not to be moved, and what they leave to plan (rule F)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from staffing.scenario.amounts import down
from staffing.scenario.dates import week_of
from staffing.scenario.expand import Asked, Expanded, Job, Person
from staffing.scenario.history import Fact, budgets_of, facts_of, rate, with_copies
from staffing.scenario.promises import NOTHING, ZERO, Cell, Promises

if TYPE_CHECKING:
    from staffing.scenario.records import Booking

_Key = TypeVar("_Key")


def with_bookings(expanded: Expanded, kept: Mapping[Cell, Fraction] | None = None) -> Expanded:
    """Return the scenario as the rules see it once its bookings stand.

    Parameters
    ----------
    expanded
        The scenario with its history, and without bookings.
    kept
        Hours by job, person and week that are promised beside the bookings of the scenario.

    Notes
    -----
    The effort left of a job is R' = R − Σ hours × productivity, as for what was worked; where nothing is left, the job
    is delivered by what is promised. Whoever has promised hours asks a fixed price for them, and nothing more for the
    rest. What comes after a job begins no earlier than the last week of its promised hours + lag.
    """
    hours: dict[Cell, Fraction] = {}
    for cell, amount in (*_booked(expanded), *(kept or {}).items()):
        hours[cell] = hours.get(cell, ZERO) + amount
    if not hours:
        return expanded
    last: dict[str, int] = {}
    by_job: dict[str, dict[str, Fraction]] = {}
    for (job, person, week), amount in hours.items():
        last[job] = max(week, last.get(job, week))
        mine = by_job.setdefault(job, {})
        mine[person] = mine.get(person, ZERO) + amount
    jobs = {id_: _rest(job, by_job.get(id_, {}), expanded) for id_, job in expanded.jobs.items()}
    return replace(
        expanded,
        jobs={id_: _not_before(job, last, expanded) for id_, job in jobs.items()},
        promises=_promises(expanded, hours, last),
        hired=expanded.hired | with_copies(expanded, {person for _, person, _ in hours}),
    )


def is_kept(expanded: Expanded, names: Collection[str], job: str, person: str) -> bool:
    """Whether a person's hours on a job belong to one of the named tasks, people or clients."""
    if not names:
        return False
    of = expanded.jobs[job]
    return not {job, of.task, of.client, person, *_entries(expanded, person)}.isdisjoint(names)


def _entries(expanded: Expanded, person: str) -> Iterator[str]:
    """Yield the entries of the staff that a person is a copy of."""
    return (name for name, copies in expanded.copies.items() if person in copies)


def _booked(expanded: Expanded) -> Iterator[tuple[Cell, Fraction]]:
    """Yield the hours of bookings that no plan moves: those of days to come, inside the horizon."""
    for _, fact in open_bookings(expanded):
        yield (fact.job, fact.staff, week_of(fact.day, expanded.scenario.start)), fact.hours


def open_bookings(expanded: Expanded) -> Iterator[tuple[int, Fact]]:
    """Yield the bookings that count, each with its number: not those of days that are over, or beyond the horizon."""
    scenario = expanded.scenario
    for number, fact in enumerate(facts_of(expanded, scenario.bookings)):
        week = week_of(fact.day, scenario.start)
        over = is_over(scenario.bookings[number], scenario.start, expanded.from_week, scenario.as_of)
        if not over and week <= expanded.weeks and fact.job in expanded.jobs:
            yield number, fact


def is_over(row: Booking, start: dt.date, from_week: int, as_of: dt.date | None) -> bool:
    """Whether the day or week of a booking is over, so that it counts only if it was worked."""
    if row.date is None:
        return (row.week or 0) < from_week
    return week_of(row.date, start) < from_week or (as_of is not None and row.date < as_of)


def _rest(job: Job, promised: Mapping[str, Fraction], expanded: Expanded) -> Job:
    """Return what is left of a job beside hours promised by person."""
    if not promised or job.done:
        return job
    left = job.effort - sum((hours * rate(job, expanded.people[person]) for person, hours in promised.items()), ZERO)
    share = max(ZERO, left) / job.effort
    return replace(
        job,
        effort=left,
        covered=left <= 0,
        estimates={
            person: Asked(asked.hours * share, ZERO if person in promised and asked.price is not None else asked.price)
            for person, asked in job.estimates.items()
        },
    )


def _not_before(job: Job, last: Mapping[str, int], expanded: Expanded) -> Job:
    """Return a job whose new hours begin no earlier than promised hours of its predecessors allow (rule P)."""
    bounds = [last[task] + lag for task, lag in job.after if task in last and not expanded.jobs[task].done]
    return replace(job, earliest=max(job.earliest, *bounds)) if bounds else job


def _promises(expanded: Expanded, hours: Mapping[Cell, Fraction], last: Mapping[str, int]) -> Promises:
    prices = {
        (job, person): asked.price
        for job, person in {(job, person): None for job, person, _ in hours}
        if (asked := expanded.jobs[job].estimates.get(person)) is not None and asked.price is not None
    }
    of = expanded.jobs
    served = _sets(((person, week), of[job].client) for job, person, week in hours)
    worked = _sums(((person, week), amount) for (_, person, week), amount in hours.items())
    return Promises(
        hours=hours,
        prices=prices,
        burn=_burn(expanded, hours, prices, last),
        people=_sets((job, person) for job, person, _ in hours),
        group_owners=_sets((group, person) for job, person, _ in hours for group in groups_of(of[job], expanded)),
        contacts=_sets(((of[job].client, of[job].kind), person) for job, person, _ in hours),
        served=served,
        load={cell: amount + expanded.switching * (len(served[cell]) - 1) for cell, amount in worked.items()},
        by_kind=_sums(((person, week, of[job].kind), amount) for (job, person, week), amount in hours.items()),
        by_week=_sums(((job, week), amount) for (job, _, week), amount in hours.items()),
    )


def _sums(amounts: Iterable[tuple[_Key, Fraction]]) -> dict[_Key, Fraction]:
    found: dict[_Key, Fraction] = {}
    for key, amount in amounts:
        found[key] = found.get(key, ZERO) + amount
    return found


def _sets(entries: Iterable[tuple[_Key, str]]) -> dict[_Key, frozenset[str]]:
    found: dict[_Key, set[str]] = {}
    for key, entry in entries:
        found.setdefault(key, set()).add(entry)
    return {key: frozenset(entries_) for key, entries_ in found.items()}


def _burn(
    expanded: Expanded,
    hours: Mapping[Cell, Fraction],
    prices: Mapping[tuple[str, str], Fraction],
    last: Mapping[str, int],
) -> dict[tuple[str, str, str], Fraction]:
    """Return what promised hours burn; a fixed price, with budgets by cost, in their last week on the job."""
    by_cost = expanded.scenario.budget_basis == "cost"
    burning: dict[tuple[str, int], Fraction] = {}
    for (job, person, week), amount in hours.items():
        if not (by_cost and (job, person) in prices):
            one = expanded.people[person]
            money = amount * (one.cost_rate if by_cost else one.bill_rate)
            burning[job, week] = burning.get((job, week), ZERO) + money
    for (job, _), price in prices.items():
        if by_cost:
            burning[job, last[job]] = burning.get((job, last[job]), ZERO) + price
    tasks = {task.id: task for task in expanded.scenario.tasks}
    found: dict[tuple[str, str, str], Fraction] = {}
    for (job, week), money in burning.items():
        task = tasks[expanded.jobs[job].task]
        for what, owner, _ in budgets_of(task, expanded) if task.billable else ():
            period = next(period.name for period in expanded.budgets[what, owner] if week in period.weeks)
            found[what, owner, period] = found.get((what, owner, period), ZERO) + money
    return found


# what is left for new hours


def groups_of(job: Job, expanded: Expanded) -> Iterator[str]:
    """Yield the one-owner groups that a job is in, by name."""
    if job.same_owner:
        yield f"task {job.task}"
    if expanded.clients[job.client].single_owner and job.owner is None:
        yield f"client {job.client} {job.kind}"


def finishers(expanded: Expanded, job: Job) -> tuple[Person, ...]:
    """Return who may work on what is left of a job: rule Q, and whoever has promised hours is an owner already.

    Where those are as many as may share the job, the rest is theirs; so is all work of a one-owner group.
    """
    able, promises = expanded.able(job), expanded.promises
    if promises is NOTHING:
        return able
    owners = promises.people.get(job.id, frozenset())
    held = [promises.group_owners[group] for group in groups_of(job, expanded) if group in promises.group_owners]
    return tuple(
        person
        for person in able
        if (person.id in owners or len(owners) < job.max_owners) and all(person.id in group for group in held)
    )


def room_left(expanded: Expanded, person: Person, week: int) -> tuple[Fraction, Fraction]:
    """Return the hours of capacity and of overtime that a person has left of a week beside what is promised.

    Both lie on the grid, so that new hours use up no more than is left of hours promised off the grid.
    """
    left = person.room[week - 1] - expanded.promises.load.get((person.id, week), ZERO)
    most = person.overtime if person.available_days[week - 1] else ZERO
    return max(ZERO, down(left, expanded.step)), max(ZERO, down(min(most, most + left), expanded.step))
