"""Whether two scenarios are the same work seen from two first weeks: open effort, budgets, hours of the new weeks.

It knows nothing of how one was made from the other.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from staffing.rolling.begun import rest_id
from staffing.rolling.shift import Shift, lengthened
from staffing.scenario.amounts import plain
from staffing.scenario.dates import first_day, year_and_month
from staffing.scenario.expand import Expanded, Job, Period
from staffing.scenario.history import worked_facts
from staffing.scenario.occurrences import occurrences
from staffing.scenario.scenario import Scenario


def differences(old: Scenario, new: Scenario) -> list[str]:
    """Return what is not the same in a scenario and in one that was made of it by rolling on, a sentence each."""
    shift = Shift(old.start, new.start, (new.start - old.start).days // 7, new.weeks)
    before, after = _within(lengthened(old, shift), shift).expanded, new.expanded
    return [*_work(before, after, shift), *_budgets(before, after, shift), *_hours(before, after, shift)]


def _within(old: Scenario, shift: Shift) -> Scenario:
    """Return a scenario without what is promised behind the later horizon, where nothing is planned yet."""
    end = shift.new + dt.timedelta(weeks=shift.weeks)
    rows = tuple(row for row in old.bookings if (row.date or first_day(row.week or 1, old.start)) < end)
    return old.model_copy(update={"bookings": rows})


def _work(before: Expanded, after: Expanded, shift: Shift) -> Iterator[str]:
    """Yield what is lost or new: a job with effort left, and time for it, is there once, the same in all."""
    firsts = {
        f"{task.id}@{first}": first
        for task in before.scenario.tasks
        if task.repeat is not None
        for first, _ in occurrences(task, before.scenario)
    }
    found: set[str] = set()
    for job in before.jobs.values():
        first = firsts.get(job.id)
        if job.done or (first is not None and first > shift.by + shift.weeks):
            continue
        name = job.id if first is None else _later(job, first, before, after, shift)
        other = after.jobs.get(name)
        if other is None:
            if first is None or job.deadline > shift.by:
                yield f"{plain(job.effort)} hours of effort of {job.id} are lost"
            continue
        found.add(name)
        begun = first is not None and first <= shift.by
        if differing := _differing(_seen_later(job, other, before, shift, begun=begun), other):
            yield f"{job.id} is another task as {name}: {', '.join(differing)}"
    for job in after.jobs.values():
        if not job.done and job.id not in found:
            yield f"{plain(job.effort)} hours of effort of {job.id} are new"


def _later(job: Job, first: int, before: Expanded, after: Expanded, shift: Shift) -> str:
    """Return what an occurrence is called later: it is known by the date of its first week, or by its month."""
    if first > shift.by:
        return f"{job.task}@{first - shift.by}"
    system, day = before.scenario.calendar.system, first_day(first, shift.old)
    tasks = {task.id: task for task in before.scenario.tasks}
    repeat, again = tasks[job.task].repeat, f"{job.task}@1"
    monthly = repeat is not None and repeat.every == "month"
    if monthly and again in after.jobs and year_and_month(day, system) == year_and_month(shift.new, system):
        return again
    return rest_id(job.task, day, tasks)


def _seen_later(job: Job, other: Job, before: Expanded, shift: Shift, *, begun: bool) -> Job:
    """Return a job with its weeks counted from the later first one, and what may differ as the other has it.

    The weeks of what is left of a month are counted from the later first one, where the repeat says how many. The rest
    of an occurrence that is a task of its own has a name of its own.
    """
    due = None if job.due is None or job.due - shift.by > shift.weeks else job.due - shift.by
    deadline = min(shift.weeks, job.deadline - shift.by)
    rest = begun and "@" not in other.id
    return replace(
        job,
        id=other.id,
        task=other.task,
        name=other.name if rest else job.name,
        earliest=max(1, job.earliest - shift.by),
        deadline=max(deadline, other.deadline) if begun and not rest else deadline,
        due=other.due if rest and other.due == deadline else due,
        after=tuple((task, lag) for task, lag in job.after if (task, lag) in other.after or not before.jobs[task].done),
        same_owner=job.same_owner and not rest,
    )


def _differing(one: Job, other: Job) -> list[str]:
    return [field for field in Job.__slots__ if getattr(one, field) != getattr(other, field)]


def _budgets(before: Expanded, after: Expanded, shift: Shift) -> Iterator[str]:
    """Yield the budget periods of the new horizon in which another amount has burned or may burn."""
    if before.budgets.keys() != after.budgets.keys():
        yield "there are other budgets"
        return
    for key, periods in after.budgets.items():
        for period in periods:
            if not period.weeks:
                continue
            was = next(old for old in before.budgets[key] if period.weeks[0] + shift.by in old.weeks)
            if _standing(was) != _standing(period):
                left = f"{plain(round(was.left, 4))} before, {plain(round(period.left, 4))} after"
                yield f"the budget of {' '.join(key)} has other money left in {period.name}: {left}"


def _standing(period: Period) -> tuple[Fraction, Fraction]:
    return period.amount, period.spent + period.burned


def _hours(before: Expanded, after: Expanded, shift: Shift) -> Iterator[str]:
    """Yield a difference if people worked other hours, or for other clients, from the new first week on."""
    if _worked(before, shift.new) != _worked(after, shift.new):
        yield f"other hours were worked from {shift.new} on"


def _worked(expanded: Expanded, since: dt.date) -> Mapping[tuple[str, str, str | None, dt.date], Fraction]:
    tasks = {task.id: task for task in expanded.scenario.tasks}
    total: Counter[tuple[str, str, str | None, dt.date]] = Counter()
    for fact in worked_facts(expanded):
        if fact.day >= since:
            task = tasks[fact.task]
            client = task.client or expanded.projects[task.project or ""].client
            total[fact.staff, client, task.project, fact.day] += fact.hours  # type: ignore[assignment]
    return total  # type: ignore[return-value]
