"""From a scenario to its problem by index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from math import ceil, floor, gcd, lcm

from staffing.errors import ScenarioError
from staffing.problem.problem import BudgetPeriod, JobData, OneOwner, Pair, PersonData, Problem
from staffing.scenario.expand import Expanded, Job, Person

LARGEST = 2**60
"""No sum of the model may exceed this, so that 64 bits hold every sum and its slack."""


def build(expanded: Expanded) -> Problem:
    """Write a scenario by index.

    Raises
    ------
    ScenarioError
        Where the numbers, made whole, would not fit into 64 bits; it names what makes them so large.
    """
    money = _unit(_money_amounts(expanded))
    plannable = plannable_jobs(expanded)
    effort = _unit(_efforts(plannable.values(), expanded))
    past = defaultdict[str, Fraction](Fraction)
    for (_, staff, _), hours in expanded.history.items():
        past[staff] += hours
    people = tuple(_person(person, expanded, money, past[person.id]) for person in expanded.people.values())
    numbers = {id_: number for number, id_ in enumerate(plannable)}
    person_numbers = {id_: number for number, id_ in enumerate(expanded.people)}
    client_numbers = {id_: number for number, id_ in enumerate(expanded.clients)}
    eligible = _eligible(plannable, expanded)
    jobs = tuple(
        JobData(
            id=job.id,
            family=job.task,
            kind=job.kind,
            client=client_numbers[job.client],
            first=job.earliest - 1,
            last=job.deadline - 1,
            due=None if job.due is None else job.due - 1,
            weight=job.weight,
            must=job.must,
            value=_whole(job.value, money),
            effort=_whole(job.effort, effort) if _weighed(job) else ceil(job.effort / effort),
            billable=job.billable,
            pace=None if job.weekly_max is None else _whole(job.weekly_max, expanded.step),
            max_owners=job.max_owners,
            after=tuple((numbers[task], lag) for task, lag in job.after if task in numbers),
            pairs=tuple(
                _pair(job, person, person_numbers[person.id], expanded, money, effort) for person in eligible[job.id]
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
    )
    _refuse_overflow(problem)
    return problem


def plannable_jobs(expanded: Expanded) -> dict[str, Job]:
    """Give the jobs that could be delivered: the others are done, or wait whatever the plan."""
    could = {id_: job for id_, job in expanded.jobs.items() if not job.done and job.earliest <= job.deadline}
    could = {id_: job for id_, job in could.items() if any(True for _ in _able(job, expanded))}
    while True:
        lost = [
            id_
            for id_, job in could.items()
            if any(task not in could and not expanded.jobs[task].done for task, _ in job.after)
        ]
        if not lost:
            return could
        for id_ in lost:
            del could[id_]


def _able(job: Job, expanded: Expanded) -> Iterable[Person]:
    owner = expanded.owner_for(job)
    people = expanded.people.values() if owner is None else [expanded.people[owner]]
    return (person for person in people if expanded.may_do(job, person))


def _eligible(jobs: dict[str, Job], expanded: Expanded) -> dict[str, list[Person]]:
    """Give who may do each job; jobs of one family share their answer."""
    known: dict[str, list[Person]] = {}
    for job in jobs.values():
        if job.task not in known:
            known[job.task] = list(_able(job, expanded))
    return {id_: known[job.task] for id_, job in jobs.items()}


def _whole(amount: Fraction, unit: Fraction) -> int:
    quotient = amount / unit
    assert quotient.denominator == 1, "a unit divides every amount it was made of"
    return quotient.numerator


def _unit(amounts: Iterable[Fraction]) -> Fraction:
    """Give the largest unit of which every amount is a whole multiple."""
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
    """Whether effort decides anything but what single owners need, which is known for each of them.

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
    capacity = tuple(_whole(hours, step) for hours in person.room)
    extra = _whole(person.overtime, step)
    rate = person.cost_rate * step
    contract = person.cost_rate * sum(person.contract)
    basis = person.bill_rate if expanded.scenario.budget_basis == "bill" else person.cost_rate
    ids = list(expanded.people)
    return PersonData(
        id=person.id,
        capacity=capacity,
        total=_whole(sum(person.capacity, Fraction(0)), step),
        overtime=tuple(extra if days else 0 for days in person.available_days),
        limits={kind: (_whole(hours, step),) * expanded.weeks for kind, hours in person.limits.items()},
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


def _pair(job: Job, person: Person, number: int, expanded: Expanded, money: Fraction, effort: Fraction) -> Pair:
    asked = job.estimates.get(person.id)
    if asked is not None:
        price = None if asked.price is None else _whole(asked.price, money)
        return Pair(number, ceil(asked.hours / expanded.step), 0, price)
    productivity = person.productivity[job.kind]
    return Pair(
        number, ceil(job.effort / productivity / expanded.step), _whole(productivity * expanded.step, effort), None
    )


def _budgets(expanded: Expanded, numbers: dict[str, int], money: Fraction) -> tuple[BudgetPeriod, ...]:
    """Number the periods; what is left is rounded down to the money unit, of which every burn is a multiple."""
    jobs: dict[tuple[str, str], list[int]] = {}
    for id_, number in numbers.items():
        job = expanded.jobs[id_]
        if job.billable:
            jobs.setdefault(("client", job.client), []).append(number)
            if job.project is not None:
                jobs.setdefault(("project", job.project), []).append(number)
    return tuple(
        BudgetPeriod(
            name=f"{what} {id_} {period.name}",
            jobs=tuple(jobs.get((what, id_), ())),
            weeks=frozenset(week - 1 for week in period.weeks),
            left=floor(period.left / money),
        )
        for (what, id_), periods in expanded.budgets.items()
        for period in periods
        if (what, id_) in jobs and period.weeks
    )


def _one_owner(jobs: dict[str, Job], expanded: Expanded, numbers: dict[str, int]) -> tuple[OneOwner, ...]:
    groups: dict[str, list[int]] = {}
    for job in jobs.values():
        if job.same_owner:
            groups.setdefault(f"task {job.task}", []).append(numbers[job.id])
        if expanded.clients[job.client].single_owner and job.owner is None:
            groups.setdefault(f"client {job.client} {job.kind}", []).append(numbers[job.id])
    return tuple(OneOwner(name, tuple(members)) for name, members in groups.items() if len(members) > 1)


def _refuse_overflow(problem: Problem) -> None:
    """Refuse numbers of which sums could pass 64 bits, and say which they are."""
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
