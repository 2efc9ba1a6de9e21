"""History: what was worked, or what the weeks of an earlier plan that are over held, and what it leaves to do.

History is exempt from the rules of a valid plan. It counts as effort, burn, hours and cost, not as owners or clients.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from staffing.scenario.amounts import occurrence
from staffing.scenario.dates import first_day, period_at, week_of
from staffing.scenario.expand import Asked, Expanded, Job, Period, occurrences
from staffing.scenario.records import Budget, Task, Worked

Hours = Mapping[tuple[str, str, int], Fraction]


@dataclass(frozen=True, slots=True)
class Fact:
    """Hours of history.

    Attributes
    ----------
    job
        The job; an occurrence that the horizon does not have is named all the same, and has no effort.
    task
        The task of the scenario it belongs to.
    staff
        Who worked.
    day
        When: a day of the week for hours that are known by week only, its first.
    hours
        Above 0.
    """

    job: str
    task: str
    staff: str
    day: dt.date
    hours: Fraction


def replan(expanded: Expanded, history: Hours, from_week: int) -> Expanded:
    """Return the scenario as the rules see it once the weeks of an earlier plan before `from_week` are over.

    Parameters
    ----------
    expanded
        The scenario without history.
    history
        Hours by job, person and week, all of them known to the scenario and before `from_week`.
    from_week
        First week of new hours, at least 1.
    """
    start = expanded.scenario.start
    facts = [
        Fact(job, expanded.jobs[job].task, staff, first_day(week, start), hours)
        for (job, staff, week), hours in history.items()
    ]
    return with_history(expanded, facts, from_week)


def with_worked(expanded: Expanded) -> Expanded:
    """Return the scenario as the rules see it beside what its own rows of ``worked`` say, from ``as_of`` on."""
    scenario = expanded.scenario
    if not scenario.worked and scenario.as_of is None:
        return expanded
    return with_history(expanded, list(worked_facts(expanded)), scenario.first_open_week)


def worked_facts(expanded: Expanded) -> Iterator[Fact]:
    """Yield the rows of ``worked`` with the jobs they belong to."""
    scenario = expanded.scenario
    tasks = {task.id: task for task in scenario.tasks}
    spans = {task.id: occurrences(task, scenario) for task in scenario.tasks if task.repeat is not None}
    for row in scenario.worked:
        name, _ = occurrence(row.task)
        task = tasks[name]
        day = row.date if row.date is not None else first_day(row.week or 1, scenario.start)
        job = (
            row.task if task.repeat is None else _occurrence_of(row, task, spans[task.id], week_of(day, scenario.start))
        )
        yield Fact(job, task.id, row.staff, day, Fraction(row.hours))


def _occurrence_of(row: Worked, task: Task, spans: Sequence[tuple[int, int]], week: int) -> str:
    """Name the occurrence of a row: the one it names, whose weeks hold the day, or the last that began before it."""
    if occurrence(row.task)[1] is not None:
        return row.task
    begun = [first for first, _ in spans if first <= week]
    holding = [first for first, last in spans if first <= week <= last]
    found = holding or begun[-1:]
    return f"{task.id}@{found[0]}" if found else f"{task.id}@{week}"


def with_history(expanded: Expanded, facts: Sequence[Fact], from_week: int) -> Expanded:
    """Return the scenario as the rules see it beside its history.

    Parameters
    ----------
    expanded
        The scenario without history.
    facts
        What was worked, on days that may lie before the horizon.
    from_week
        First week of new hours, at least 1.

    Notes
    -----
    The effort left of a job is R' = R − Σ hours × productivity, at least 0; of somebody with an estimate for it,
    hours ÷ estimate × R. What the task says is ``left`` stands in its place. The estimates of what is left shrink with
    it, by R' ÷ R. A fixed price is asked once, so whoever has history on a job asks nothing more for it.
    """
    worked: dict[str, dict[str, Fraction]] = {}
    hours: dict[tuple[str, str, int], Fraction] = {}
    for fact in facts:
        by_person = worked.setdefault(fact.job, {})
        by_person[fact.staff] = by_person.get(fact.staff, Fraction(0)) + fact.hours
        cell = (fact.job, fact.staff, week_of(fact.day, expanded.scenario.start))
        if fact.job in expanded.jobs and 1 <= cell[2] <= expanded.weeks:
            hours[cell] = hours.get(cell, Fraction(0)) + fact.hours
    prices = {
        (job, person): price
        for job, people in worked.items()
        for person in people
        if job in expanded.jobs and (price := _price(expanded.jobs[job], person)) is not None
    }
    burned = _burn(expanded, facts, prices)
    return replace(
        expanded,
        jobs={id_: _left(job, worked.get(id_, {}), expanded, from_week) for id_, job in expanded.jobs.items()},
        history=hours,
        from_week=from_week,
        history_prices=prices,
        history_burn=burned,
        closed_periods=_closed(expanded, burned),
    )


def _price(job: Job, person: str) -> Fraction | None:
    return job.estimates[person].price if person in job.estimates else None


def _left(job: Job, worked: Mapping[str, Fraction], expanded: Expanded, from_week: int) -> Job:
    if not worked and job.left is None and not job.cancelled:
        return replace(job, earliest=max(job.earliest, from_week))
    left = job.effort
    for person, hours in worked.items():
        if person in job.estimates:
            left -= hours / job.estimates[person].hours * job.effort
        else:
            left -= hours * expanded.people[person].productivity[job.kind]
    left = Fraction(0) if job.cancelled else job.left if job.left is not None else left
    share = left / job.effort if job.effort > 0 else Fraction(1)
    return replace(
        job,
        effort=left,
        worked=bool(worked),
        earliest=max(job.earliest, from_week),
        estimates={
            person: Asked(
                asked.hours * share, Fraction(0) if person in worked and asked.price is not None else asked.price
            )
            for person, asked in job.estimates.items()
        },
    )


def _burn(
    expanded: Expanded, facts: Iterable[Fact], prices: Mapping[tuple[str, str], Fraction]
) -> dict[tuple[str, str, str], Fraction]:
    """Add up what history burned of each budget, in the periods its days lie in."""
    by_cost = expanded.scenario.budget_basis == "cost"
    tasks = {task.id: task for task in expanded.scenario.tasks}
    last: dict[str, dt.date] = {}
    burned: list[tuple[str, dt.date, Fraction]] = []
    task_of: dict[str, str] = {}
    for fact in facts:
        last[fact.job] = max(fact.day, last.get(fact.job, fact.day))
        task_of[fact.job] = fact.task
        person = expanded.people[fact.staff]
        if not (by_cost and (fact.job, fact.staff) in prices):
            burned.append((fact.task, fact.day, fact.hours * (person.cost_rate if by_cost else person.bill_rate)))
    if by_cost:
        burned += [(task_of[job], last[job], price) for (job, _), price in prices.items()]
    total: dict[tuple[str, str, str], Fraction] = {}
    for id_, day, money in burned:
        task = tasks[id_]
        if not task.billable:
            continue
        for what, owner, budget in _budgets(task, expanded):
            scenario = expanded.scenario
            name = period_at(day, scenario.start, budget.per, scenario.calendar.system)
            total[what, owner, name] = total.get((what, owner, name), Fraction(0)) + money
    return total


def _budgets(task: Task, expanded: Expanded) -> Iterator[tuple[str, str, Budget]]:
    """Yield the budgets that a task burns."""
    project = expanded.projects[task.project] if task.project is not None else None
    client = expanded.clients[task.client or (project.client if project else "")]
    if client.budget is not None:
        yield "client", client.id, client.budget
    if project is not None and project.budget is not None:
        yield "project", project.id, project.budget


def _closed(
    expanded: Expanded, burned: Mapping[tuple[str, str, str], Fraction]
) -> dict[tuple[str, str], tuple[Period, ...]]:
    """Return the periods in which history burned and no week begins, though they are not over before the horizon.

    A week belongs to the period of its first day; days at its end may lie in the next one.
    """
    found: dict[tuple[str, str], tuple[Period, ...]] = {}
    for what, owner, name in sorted(burned):
        periods = expanded.budgets[what, owner]
        if name > periods[-1].name and "-" in name:
            amount = periods[-1].amount
            found[what, owner] = (*found.get((what, owner), ()), Period(name, (), amount, Fraction(0)))
    return found
