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
from staffing.scenario.draft import Draft
from staffing.scenario.expand import Asked, Expanded, Job, Period, Person
from staffing.scenario.occurrences import occurrences
from staffing.scenario.records import Booking, Budget, Task, Worked

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


@dataclass(frozen=True, slots=True)
class Burn:
    """Money that history burned of the budget of a client or project, on a day, in the period it lies in."""

    fact: Fact
    """The hours it was burned for; a fixed price, the first hours of whoever asked it."""
    what: str
    owner: str
    period: str
    day: dt.date
    money: Fraction


def replan(expanded: Expanded, history: Hours, from_week: int) -> Expanded:
    """Return the scenario as the rules see it once the weeks of an earlier plan before `from_week` are over.

    Parameters
    ----------
    expanded
        The scenario without history and bookings.
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
    """Return the scenario as the rules see it beside what its tasks and rows of ``worked`` say, from ``as_of`` on."""
    scenario = expanded.scenario
    if not scenario.tells_worked and all(task.left is None and not task.cancelled for task in scenario.tasks):
        return expanded
    return with_history(expanded, list(worked_facts(expanded)), scenario.first_open_week)


def worked_facts(expanded: Expanded) -> Iterator[Fact]:
    """Yield the rows of ``worked``, in their order, with the jobs they belong to."""
    return facts_of(expanded, expanded.scenario.worked)


def facts_of(expanded: Expanded, rows: Sequence[Worked | Booking]) -> Iterator[Fact]:
    """Yield rows of hours, in their order, with the jobs they belong to."""
    scenario = expanded.scenario
    tasks = {task.id: task for task in scenario.tasks}
    spans = {task.id: occurrences(task, scenario) for task in scenario.tasks if task.repeat is not None}
    for row in rows:
        name, number = occurrence(row.task)
        day = row.date if row.date is not None else first_day(row.week or 1, scenario.start)
        job = name
        if name in spans:
            week = week_of(day, scenario.start)
            job = f"{name}@{_first_week(tasks[name], spans[name], week, scenario) if number is None else number}"
        yield Fact(job, name, row.staff, day, Fraction(row.hours))


def _first_week(task: Task, spans: Sequence[tuple[int, int]], week: int, scenario: Draft) -> int:
    """Return the first week of the occurrence that hours of a week belong to.

    It is the one whose weeks hold them, else the last that began before. What is worked inside the horizon, before a
    repeat begins in it for the first time, prepares its first occurrence. Anything else belongs to an occurrence that
    the horizon does not have, and is named by its own week.
    """
    if holding := [first for first, last in spans if first <= week <= last]:
        return holding[0]
    if begun := [first for first, _ in spans if first <= week]:
        return begun[-1]
    since = task.repeat.since if task.repeat is not None else None
    prepares = spans and week >= 1 and since is not None and scenario.week(since) >= 1
    return spans[0][0] if prepares else week


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
    It burns on the last day of the job's history, and is cost of the plan where that day lies in the horizon. What
    comes after a job that history finished begins no earlier than the last week of its history + lag.
    """
    start, weeks = expanded.scenario.start, expanded.weeks
    worked: dict[str, dict[str, Fraction]] = {}
    hours: dict[tuple[str, str, int], Fraction] = {}
    last: dict[str, dt.date] = {}
    for fact in facts:
        by_person = worked.setdefault(fact.job, {})
        by_person[fact.staff] = by_person.get(fact.staff, Fraction(0)) + fact.hours
        last[fact.job] = max(fact.day, last.get(fact.job, fact.day))
        cell = (fact.job, fact.staff, week_of(fact.day, start))
        if fact.job in expanded.jobs and 1 <= cell[2] <= weeks:
            hours[cell] = hours.get(cell, Fraction(0)) + fact.hours
    prices = _prices(expanded, facts)
    burned = list(_burned(expanded, facts, prices, last))
    jobs = {id_: _left(job, worked.get(id_, {}), expanded, from_week) for id_, job in expanded.jobs.items()}
    finished = {id_: week_of(last[id_], start) for id_ in last if id_ in jobs and _is_finished(jobs[id_])}
    return replace(
        expanded,
        jobs={id_: _not_before(job, finished, last.get(id_), start) for id_, job in jobs.items()},
        history=hours,
        from_week=from_week,
        history_prices={
            (job, person): price if 1 <= week_of(last[job], start) <= weeks else Fraction(0)
            for (job, person), price in prices.items()
            if job in jobs
        },
        history_burn=_by_period(burned),
        closed_periods=_closed(expanded, burned),
        hired=with_copies(expanded, {fact.staff for fact in facts}),
        finished=finished,
    )


def with_copies(expanded: Expanded, staff: Iterable[str]) -> frozenset[str]:
    """Return the placeholders among some people, with the copies hired before them."""
    found: set[str] = set()
    for name in staff:
        member: str | None = name if expanded.people[name].placeholder else None
        while member is not None:
            found.add(member)
            member = expanded.people[member].earlier_copy
    return frozenset(found)


def _is_finished(job: Job) -> bool:
    return job.done and not job.cancelled


def _not_before(job: Job, finished: Mapping[str, int], last: dt.date | None, start: dt.date) -> Job:
    """Return a job whose new hours begin no earlier than its own history and finished predecessors allow (rule P)."""
    bounds = [finished[task] + lag for task, lag in job.after if task in finished]
    bounds += [] if last is None else [week_of(last, start)]
    return replace(job, earliest=max(job.earliest, *bounds)) if bounds else job


def _prices(expanded: Expanded, facts: Iterable[Fact]) -> dict[tuple[str, str], Fraction]:
    """Return the fixed prices that history owes, by job and person: once each."""
    tasks = {task.id: task for task in expanded.scenario.tasks}
    asked = {
        (task.id, copy): Fraction(estimate.price)
        for task in tasks.values()
        for name, estimate in task.estimates.items()
        for copy in expanded.copies[name]
        if estimate.price is not None
    }
    return {(fact.job, fact.staff): asked[fact.task, fact.staff] for fact in facts if (fact.task, fact.staff) in asked}


def _left(job: Job, worked: Mapping[str, Fraction], expanded: Expanded, from_week: int) -> Job:
    if not worked and job.left is None and not job.cancelled:
        return replace(job, earliest=max(job.earliest, from_week))
    left = job.effort - sum(hours * rate(job, expanded.people[person]) for person, hours in worked.items())
    left = Fraction(0) if job.cancelled else job.left if job.left is not None else left
    share = max(Fraction(0), left) / job.effort if job.effort > 0 else Fraction(1)
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


def rate(job: Job, person: Person) -> Fraction:
    """Return the effort that an hour of a person is worth on a job: productivity, or effort ÷ estimate."""
    asked = job.estimates.get(person.id)
    return person.productivity[job.kind] if asked is None else max(Fraction(0), job.effort) / asked.hours


def burns(expanded: Expanded, facts: Sequence[Fact]) -> Iterator[Burn]:
    """Yield what hours of history burn of each budget; the hours of a job are all among them."""
    last: dict[str, dt.date] = {}
    for fact in facts:
        last[fact.job] = max(fact.day, last.get(fact.job, fact.day))
    return _burned(expanded, facts, _prices(expanded, facts), last)


def _burned(
    expanded: Expanded, facts: Iterable[Fact], prices: Mapping[tuple[str, str], Fraction], last: Mapping[str, dt.date]
) -> Iterator[Burn]:
    """Yield what history burned of each budget; a fixed price on the last day of its job."""
    by_cost = expanded.scenario.budget_basis == "cost"
    budgets = {task.id: list(budgets_of(task, expanded)) for task in expanded.scenario.tasks if task.billable}
    burned: list[tuple[Fact, dt.date, Fraction]] = []
    paid: set[tuple[str, str]] = set()
    for fact in facts:
        person, priced = expanded.people[fact.staff], (fact.job, fact.staff)
        if not (by_cost and priced in prices):
            burned.append((fact, fact.day, fact.hours * (person.cost_rate if by_cost else person.bill_rate)))
        elif priced not in paid:
            paid.add(priced)
            burned.append((fact, last[fact.job], prices[priced]))
    system, start = expanded.scenario.calendar.system, expanded.scenario.start
    for fact, day, money in burned:
        for what, owner, budget in budgets.get(fact.task, ()):
            yield Burn(fact, what, owner, period_at(day, start, budget.per, system), day, money)


def budgets_of(task: Task, expanded: Expanded) -> Iterator[tuple[str, str, Budget]]:
    """Yield the budgets that a task burns."""
    project = expanded.projects[task.project] if task.project is not None else None
    client = expanded.clients[task.client or (project.client if project else "")]
    if client.budget is not None:
        yield "client", client.id, client.budget
    if project is not None and project.budget is not None:
        yield "project", project.id, project.budget


def _by_period(burned: Iterable[Burn]) -> dict[tuple[str, str, str], Fraction]:
    total: dict[tuple[str, str, str], Fraction] = {}
    for burn in burned:
        key = (burn.what, burn.owner, burn.period)
        total[key] = total.get(key, Fraction(0)) + burn.money
    return total


def _closed(expanded: Expanded, burned: Iterable[Burn]) -> dict[tuple[str, str], tuple[Period, ...]]:
    """Return the periods in which history burned and no week of the horizon begins, those before it aside.

    A week belongs to the period of its first day; days at its end may lie in the next one.
    """
    found: dict[tuple[str, str], tuple[Period, ...]] = {}
    for burn in sorted(burned, key=lambda burn: burn.day):
        known = (*expanded.budgets[burn.what, burn.owner], *found.get((burn.what, burn.owner), ()))
        if burn.day >= expanded.scenario.start and all(period.name != burn.period for period in known):
            closed = Period(burn.period, (), known[0].amount, Fraction(0))
            found[burn.what, burn.owner] = (*found.get((burn.what, burn.owner), ()), closed)
    return found
