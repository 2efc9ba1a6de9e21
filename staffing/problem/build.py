"""From a scenario to its problem by index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from math import ceil, floor, gcd, lcm

from staffing.errors import ScenarioError
from staffing.problem.problem import BudgetPeriod, JobData, Kept, OneOwner, Pair, PersonData, Problem
from staffing.scenario.bookings import finishers, groups_of, room_left
from staffing.scenario.expand import Asked, Expanded, Job, Person
from staffing.scenario.records import Kind

LARGEST = 2**60
"""No sum of the model may exceed this, so that 64 bits hold every sum and its slack."""


def build(expanded: Expanded) -> Problem:
    """Return the planning problem of a scenario, by index.

    Raises
    ------
    ScenarioError
        Where the numbers, made whole, would not fit into 64 bits; it names what makes them so large.
    """
    money = _unit(_money_amounts(expanded))
    plannable = plannable_jobs(expanded)
    effort = _unit(_efforts(plannable.values(), expanded))
    past = defaultdict[str, Fraction](Fraction)
    for (_, staff, _), hours in (*expanded.history.items(), *expanded.promises.hours.items()):
        past[staff] += hours
    people = tuple(_person(person, expanded, money, past[person.id]) for person in expanded.people.values())
    numbers = {id_: number for number, id_ in enumerate(plannable)}
    person_numbers = {id_: number for number, id_ in enumerate(expanded.people)}
    client_numbers = {id_: number for number, id_ in enumerate(expanded.clients)}
    eligible = _eligible(plannable, expanded)
    efforts = {
        job.id: _whole(job.effort, effort) if _weighed(job) else ceil(job.effort / effort) for job in plannable.values()
    }
    rates = {
        person.id: {kind: _whole(each * expanded.step, effort) for kind, each in person.productivity.items()}
        for person in expanded.people.values()
    }
    promises = expanded.promises
    last_promised: dict[str, int] = {}
    for name, _, week in promises.hours:
        last_promised[name] = max(week, last_promised.get(name, week))
    jobs = tuple(
        JobData(
            id=job.id,
            family=job.task,
            kind=job.kind,
            client=client_numbers[job.client],
            first=job.earliest - 1,
            last=job.deadline - 1,
            due=None if job.due is None else max(job.due, last_promised.get(job.id, 0)) - 1,
            weight=job.weight,
            must=job.must,
            value=_whole(job.value, money),
            effort=efforts[job.id],
            pace=None if job.weekly_max is None else _whole(job.weekly_max, expanded.step),
            max_owners=job.max_owners,
            promised=frozenset(person_numbers[name] for name in promises.people.get(job.id, ())),
            late=0 if job.due is None else max(0, last_promised.get(job.id, 0) - job.due),
            paced=_paced(job, expanded),
            after=tuple((numbers[task], lag) for task, lag in job.after if task in numbers),
            pairs=tuple(
                _asked(job.estimates[person.id], person_numbers[person.id], expanded.step, money)
                if person.id in job.estimates
                else _pair(person_numbers[person.id], efforts[job.id], rates[person.id][job.kind])
                for person in eligible[job.id]
            ),
        )
        for job in plannable.values()
    )
    problem = Problem(
        step=expanded.step,
        money_unit=money,
        effort_unit=effort,
        weeks=expanded.weeks,
        switching=_whole(expanded.switching, expanded.step),
        jobs=jobs,
        people=people,
        clients=tuple(expanded.clients),
        budgets=_budgets(expanded, numbers, money),
        one_owner=_one_owner(plannable, expanded, numbers),
        price_burns=expanded.scenario.budget_basis == "cost",
        kept=_promised(expanded, person_numbers, client_numbers),
    )
    _refuse_overflow(problem)
    return problem


def plannable_jobs(expanded: Expanded) -> dict[str, Job]:
    """Return the jobs that could be delivered: others are done, delivered by promised hours, or sure to wait."""
    open_ = {id_: job for id_, job in expanded.jobs.items() if not (job.done or job.covered)}
    could = {id_: job for id_, job in open_.items() if job.earliest <= job.deadline}
    could = {id_: job for id_, job in could.items() if finishers(expanded, job)}
    while True:
        lost = [id_ for id_, job in could.items() if any(task in open_ and task not in could for task, _ in job.after)]
        if not lost:
            return could
        for id_ in lost:
            del could[id_]


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


def _promised(expanded: Expanded, people: dict[str, int], clients: dict[str, int]) -> Kept:
    """Return whom promised hours bind, besides their load: clients served by week, owners of client and kind."""
    promises = expanded.promises
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
    """Whether effort matters beyond the hours that each single owner needs, which are known.

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


def _person(person: Person, expanded: Expanded, money: Fraction, past_hours: Fraction) -> PersonData:
    step = expanded.step
    left = [room_left(expanded, person, week) for week in range(1, expanded.weeks + 1)]
    rate = person.cost_rate * step
    contract = person.cost_rate * sum(person.contract)
    basis = person.bill_rate if expanded.scenario.budget_basis == "bill" else person.cost_rate
    ids = list(expanded.people)
    return PersonData(
        id=person.id,
        capacity=tuple(_whole(hours, step) for hours, _ in left),
        total=_whole(sum(person.capacity, Fraction(0)), step),
        overtime=tuple(_whole(extra, step) for _, extra in left),
        limits={kind: _limits(person, kind, expanded) for kind in person.limits},
        max_clients=person.max_clients,
        max_clients_per_week=person.max_clients_per_week,
        hire=person.placeholder and person.id not in expanded.hired,
        earlier=None if person.earlier_copy is None else ids.index(person.earlier_copy),
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


def _asked(asked: Asked, number: int, step: Fraction, money: Fraction) -> Pair:
    return Pair(number, ceil(asked.hours / step), 0, None if asked.price is None else _whole(asked.price, money))


def _pair(number: int, effort: int, rate: int) -> Pair:
    """Return what a person needs alone: effort in whole units, divided by the units delivered in a step, rounded up."""
    return Pair(number, -(-effort // rate), rate, None)


def _budgets(expanded: Expanded, numbers: dict[str, int], money: Fraction) -> tuple[BudgetPeriod, ...]:
    """Return the budget periods; what is left is rounded down to the money unit, of which every burn is a multiple."""
    jobs: dict[tuple[str, str], list[int]] = {}
    promised = expanded.promises.burn
    for id_, number in numbers.items():
        job = expanded.jobs[id_]
        if job.billable:
            jobs.setdefault(("client", job.client), []).append(number)
            if job.project is not None:
                jobs.setdefault(("project", job.project), []).append(number)
    return tuple(
        BudgetPeriod(
            jobs=tuple(jobs.get((what, id_), ())),
            weeks=frozenset(week - 1 for week in period.weeks),
            left=max(0, floor((period.left - promised.get((what, id_, period.name), Fraction(0))) / money)),
        )
        for (what, id_), periods in expanded.budgets.items()
        for period in periods
        if (what, id_) in jobs and period.weeks
    )


def _one_owner(jobs: dict[str, Job], expanded: Expanded, numbers: dict[str, int]) -> tuple[OneOwner, ...]:
    """Return the one-owner groups, except those with promised hours: `may_finish` leaves these to their owners."""
    groups: dict[str, list[int]] = {}
    for job in jobs.values():
        for group in groups_of(job, expanded):
            if group not in expanded.promises.group_owners:
                groups.setdefault(group, []).append(numbers[job.id])
    return tuple(OneOwner(tuple(members)) for members in groups.values() if len(members) > 1)


def _refuse_overflow(problem: Problem) -> None:
    """Raise an error that names the numbers whose sums could exceed 64 bits."""
    people = problem.people
    rates = [max(person.hour_cost + person.overtime_cost, person.bill, person.burn) for person in people]
    worked = sum(
        min(pair.need, max(map(people[pair.person].most, job.weeks), default=0)) * len(job.weeks) * rates[pair.person]
        for job in problem.jobs
        for pair in job.pairs
    )
    extra = sum(
        rate * (sum(person.overtime) + problem.switching * len(problem.clients) * problem.weeks)
        for rate, person in zip(rates, people, strict=True)
    )
    prices = sum(pair.price or 0 for job in problem.jobs for pair in job.pairs)
    hires = sum(person.hired_cost for person in people)
    value = sum(job.value for job in problem.jobs)
    unit = f"in units of {float(problem.money_unit):g}"
    for what, size in (
        (f"rates × hours, {unit}", worked + extra),
        (f"fixed prices and hire costs, {unit}", prices + hires),
        (f"values of tasks, {unit}", value),
        (f"all money, {unit}", worked + extra + prices + hires + value),
        ("hours ÷ productivity", sum(job.effort for job in problem.jobs) * 2),
        ("hours that people need for tasks", 100 * sum(pair.need for job in problem.jobs for pair in job.pairs)),
    ):
        if size > LARGEST:
            raise ScenarioError(
                f"the numbers are too large to plan exactly: {what} add up to {size:.1e}, the most is "
                f"{float(LARGEST):.1e}; use fewer decimals or smaller amounts"
            )
