"""From a scenario to its problem by index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from math import ceil, floor, gcd, lcm

from staffing.problem.budgets import budget_periods, burning, left_of
from staffing.problem.overflow import refuse_overflow
from staffing.problem.precedence import closure
from staffing.problem.problem import BudgetPeriod, JobData, Kept, OneOwner, Pair, PersonData, Problem
from staffing.scenario.bookings import finishers, groups_of, room_left
from staffing.scenario.expand import Expanded, Job, Person
from staffing.scenario.records import Kind


def build(expanded: Expanded) -> Problem:
    """Return the planning problem of a scenario, by index.

    Raises
    ------
    ScenarioError
        Where the numbers, made whole, would not fit into 64 bits; it names what makes them so large.
    """
    plannable = plannable_jobs(expanded)
    index = _Index(
        expanded,
        money=_unit(_money_amounts(expanded)),
        effort=_unit(_efforts(plannable.values(), expanded)),
        jobs={id_: number for number, id_ in enumerate(plannable)},
        people={id_: number for number, id_ in enumerate(expanded.people)},
        clients={id_: number for number, id_ in enumerate(expanded.clients)},
    )
    past = defaultdict[str, Fraction](Fraction)
    for (_, staff, _), hours in (*expanded.history.items(), *expanded.promises.hours.items()):
        past[staff] += hours
    eligible = _eligible(plannable, expanded)
    problem = Problem(
        step=expanded.step,
        money_unit=index.money,
        effort_unit=index.effort,
        weeks=expanded.weeks,
        switching=_whole(expanded.switching, expanded.step),
        jobs=tuple(_job(job, index, eligible[id_]) for id_, job in plannable.items()),
        people=tuple(_person(person, index, past[person.id]) for person in expanded.people.values()),
        clients=tuple(expanded.clients),
        budgets=_budgets(index),
        one_owner=_one_owner(plannable, index),
        price_burns=expanded.scenario.budget_basis == "cost",
        kept=_promised(index),
    )
    refuse_overflow(problem)
    return problem


@dataclass(frozen=True)
class _Index:
    """A scenario, the units in which its amounts are whole, and the numbers of its jobs, people and clients."""

    expanded: Expanded
    money: Fraction
    effort: Fraction
    jobs: Mapping[str, int]
    people: Mapping[str, int]
    clients: Mapping[str, int]

    @cached_property
    def fixed(self) -> dict[str, set[tuple[int, int]]]:
        """The weeks of the horizon with fixed hours, and the people who have them, by job."""
        found: dict[str, set[tuple[int, int]]] = {}
        for name, person, week in (*self.expanded.history, *self.expanded.promises.hours):
            if 1 <= week <= self.expanded.weeks:
                found.setdefault(name, set()).add((week - 1, self.people[person]))
        return found

    @cached_property
    def last_promised(self) -> dict[str, int]:
        """The last week of promised hours by job."""
        found: dict[str, int] = {}
        for name, _, week in self.expanded.promises.hours:
            found[name] = max(week, found.get(name, week))
        return found


def plannable_jobs(expanded: Expanded) -> dict[str, Job]:
    """Return the jobs that could be delivered: others are done, delivered by promised hours, or sure to wait."""
    open_ = {id_: job for id_, job in expanded.jobs.items() if not (job.done or job.covered)}
    could = {id_: job for id_, job in open_.items() if job.earliest <= job.deadline}
    could = {id_: job for id_, job in could.items() if finishers(expanded, job)}
    followers: dict[str, list[str]] = {}
    for id_, job in open_.items():
        for task, _ in job.after:
            followers.setdefault(task, []).append(id_)
    lost = closure(open_.keys() - could.keys(), lambda id_: followers.get(id_, ()))
    return {id_: job for id_, job in could.items() if id_ not in lost}


def _job(job: Job, index: _Index, eligible: Iterable[Person]) -> JobData:
    """Return a job by index, with a pair for each person who may do it."""
    expanded, promised = index.expanded, index.expanded.promises
    effort = _whole(job.effort, index.effort) if _weighed(job) else ceil(job.effort / index.effort)
    last_promised = index.last_promised.get(job.id, 0)
    return JobData(
        id=job.id,
        family=job.task,
        kind=job.kind,
        client=index.clients[job.client],
        first=job.earliest - 1,
        last=job.deadline - 1,
        due=None if job.due is None else max(job.due, last_promised) - 1,
        weight=job.weight,
        must=job.must,
        value=_whole(job.value, index.money),
        effort=effort,
        pace=None if job.weekly_max is None else _whole(job.weekly_max, expanded.step),
        max_owners=job.max_owners,
        promised=frozenset(index.people[name] for name in promised.people.get(job.id, ())),
        late=0 if job.due is None else max(0, last_promised - job.due),
        paced=_paced(job, expanded),
        fixed=tuple(sorted(index.fixed.get(job.id, ()))),
        after=tuple((index.jobs[task], lag) for task, lag in job.after if task in index.jobs),
        pairs=tuple(_pair(job, person, index, effort) for person in eligible),
    )


def _pair(job: Job, person: Person, index: _Index, effort: int) -> Pair:
    """Return what a person needs alone: what they ask for it, or effort ÷ productivity; in steps, rounded up."""
    number, step = index.people[person.id], index.expanded.step
    if (asked := job.estimates.get(person.id)) is not None:
        price = None if asked.price is None else _whole(asked.price, index.money)
        return Pair(number, ceil(asked.hours / step), 0, price)
    power = _whole(person.productivity[job.kind] * step, index.effort)
    return Pair(number, -(-effort // power), power, None)


def _eligible(jobs: dict[str, Job], expanded: Expanded) -> dict[str, tuple[Person, ...]]:
    """Return who may do each job; jobs of a family share their answer, except those with promised hours."""
    known: dict[str, tuple[Person, ...]] = {}
    promised = expanded.promises.people
    names = {id_: id_ if id_ in promised else job.task for id_, job in jobs.items()}
    for id_, job in jobs.items():
        if names[id_] not in known:
            known[names[id_]] = finishers(expanded, job)
    return {id_: known[name] for id_, name in names.items()}


def _paced(job: Job, expanded: Expanded) -> tuple[tuple[int, int], ...]:
    """Return the steps of promised hours by week, rounded up, of a job with a weekly maximum."""
    if job.weekly_max is None:
        return ()
    by_week = expanded.promises.by_week
    weeks = (week for week in range(1, expanded.weeks + 1) if (job.id, week) in by_week)
    return tuple((week - 1, ceil(by_week[job.id, week] / expanded.step)) for week in weeks)


def _promised(index: _Index) -> Kept:
    """Return whom promised hours bind, besides their load: clients served by week, owners of client and kind."""
    promises, people, clients = index.expanded.promises, index.people, index.clients
    of_person: dict[int, frozenset[int]] = {}
    served = {
        (people[person], week - 1): frozenset(clients[name] for name in names)
        for (person, week), names in promises.served.items()
    }
    for (number, _), numbers in served.items():
        of_person[number] = of_person.get(number, frozenset()) | numbers
    return Kept(
        served=served,
        clients=of_person,
        owners={
            (clients[client], kind): frozenset(people[person] for person in names)
            for (client, kind), names in promises.contacts.items()
        },
    )


def _whole(amount: Fraction, unit: Fraction) -> int:
    quotient = amount / unit
    assert quotient.denominator == 1, "a unit divides every amount it was made of"
    return quotient.numerator


def _unit(amounts: Iterable[Fraction]) -> Fraction:
    """Return the largest unit of which every amount is a whole multiple."""
    listed = {amount for amount in amounts if amount}
    if not listed:
        return Fraction(1)
    common = reduce(lcm, (amount.denominator for amount in listed), 1)
    return Fraction(reduce(gcd, (int(amount * common) for amount in listed), 0), common)


def _money_amounts(expanded: Expanded) -> Iterable[Fraction]:
    for person in expanded.people.values():
        yield person.cost_rate * expanded.step
        yield person.bill_rate * expanded.step
        if person.overtime:
            yield person.cost_rate * person.premium * expanded.step
        if person.placeholder:
            yield person.hire_cost
            if person.salaried:
                yield person.cost_rate * sum(person.contract)
    for job in expanded.jobs.values():
        yield job.value
        for asked in job.estimates.values():
            if asked.price is not None:
                yield asked.price


def _weighed(job: Job) -> bool:
    """Return whether effort matters beyond the hours that each single owner needs, which are known.

    Any other effort need not be whole: history of tasks with estimates leaves fractions that no unit could hold.
    """
    return job.must or job.max_owners > 1


def _efforts(jobs: Iterable[Job], expanded: Expanded) -> Iterable[Fraction]:
    for job in jobs:
        if _weighed(job):
            yield job.effort
    for person in expanded.people.values():
        for productivity in person.productivity.values():
            yield productivity * expanded.step


def _person(person: Person, index: _Index, past_hours: Fraction) -> PersonData:
    expanded, step, money = index.expanded, index.expanded.step, index.money
    left = [room_left(expanded, person, week) for week in range(1, expanded.weeks + 1)]
    rate = person.cost_rate * step
    contract = person.cost_rate * sum(person.contract)
    basis = person.bill_rate if expanded.scenario.budget_basis == "bill" else person.cost_rate
    return PersonData(
        id=person.id,
        capacity=tuple(_whole(hours, step) for hours, _ in left),
        total=_whole(sum(person.capacity, Fraction(0)), step),
        overtime=tuple(_whole(extra, step) for _, extra in left),
        limits={kind: _limits(person, kind, expanded) for kind in person.limits},
        max_clients=person.max_clients,
        max_clients_per_week=person.max_clients_per_week,
        hire=person.placeholder and person.id not in expanded.hired,
        earlier=None if person.earlier_copy is None else index.people[person.earlier_copy],
        past_hours=past_hours / step,
        hour_cost=0 if person.salaried else _whole(rate, money),
        overtime_cost=_whole(rate * person.premium if person.salaried else rate * (person.premium - 1), money)
        if person.overtime
        else 0,
        hired_cost=_whole(person.hire_cost + (contract if person.salaried else 0), money) if person.placeholder else 0,
        bill=_whole(person.bill_rate * step, money),
        burn=_whole(basis * step, money),
    )


def _limits(person: Person, kind: Kind, expanded: Expanded) -> tuple[int, ...]:
    """Return the most steps of a kind that a person may work in each week, less the promised ones."""
    limit, promised = person.limits[kind], expanded.promises.by_kind
    left = (limit - promised.get((person.id, week, kind), Fraction(0)) for week in range(1, expanded.weeks + 1))
    return tuple(max(0, floor(hours / expanded.step)) for hours in left)


def _budgets(index: _Index) -> tuple[BudgetPeriod, ...]:
    """Return the budget periods."""
    expanded = index.expanded
    jobs = [expanded.jobs[id_] for id_ in index.jobs]
    burnt = burning(jobs)
    return tuple(
        BudgetPeriod(
            jobs=tuple(index.jobs[job.id] for job in burnt[budget]),
            weeks=frozenset(week - 1 for week in period.weeks),
            left=left_of(expanded, budget, period, index.money),
            budget=(*budget, period.name),
        )
        for budget, period in budget_periods(expanded, jobs)
    )


def _one_owner(jobs: dict[str, Job], index: _Index) -> tuple[OneOwner, ...]:
    """Return the one-owner groups, except those with promised hours: `may_finish` leaves these to their owners."""
    groups: dict[str, list[int]] = {}
    for job in jobs.values():
        for group in groups_of(job, index.expanded):
            if group not in index.expanded.promises.group_owners:
                groups.setdefault(group, []).append(index.jobs[job.id])
    return tuple(OneOwner(tuple(members)) for members in groups.values() if len(members) > 1)
