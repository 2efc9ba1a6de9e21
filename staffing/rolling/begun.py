"""Occurrences that began before the new first week: which of them go on, and as what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from staffing.rolling.shift import Shift
from staffing.scenario.dates import first_day, show_date, year_and_month
from staffing.scenario.draft import Draft
from staffing.scenario.expand import Expanded, Job
from staffing.scenario.occurrences import occurrences
from staffing.scenario.records import Task


@dataclass(frozen=True, slots=True)
class Begun:
    """An occurrence that began before the new first week.

    Attributes
    ----------
    job
        The occurrence, as it was before.
    first, last
        Its weeks, counted from the old first one.
    becomes
        What it is in the new horizon: the occurrence of its month that a repeat has there by itself, or a task of its
        own, the rest of it. None if it is over.
    """

    job: Job
    first: int
    last: int
    becomes: str | None


def rest_id(task: str, day: dt.date, taken: Collection[str]) -> str:
    """Return the id for the rest of an occurrence: it contains the date of its first week.

    >>> rest_id("nova-call", dt.date(2026, 3, 23), ["nova-call"])
    'nova-call-2026-03-23'
    """
    name = f"{task}-{day.isoformat()}"
    while name in taken:
        name += "-rest"
    return name


def begun_before(before: Expanded, shift: Shift, late: Collection[str]) -> Iterator[Begun]:
    """Yield the occurrences that began before the new first week, in the order of the scenario.

    Parameters
    ----------
    before
        The scenario before, its horizon long enough.
    late
        Jobs with hours worked from the new first week on: they stay, finished or not.

    Notes
    -----
    An occurrence goes on while its weeks do and effort is left. The contract has it that a monthly repeat has an
    occurrence in what a horizon holds of its month; so what was worked on that of the old one is told of it, also where
    nothing is left of it, for else it would come again. Other repeats have none that began before the horizon: what is
    left of one becomes a task of its own.
    """
    taken = {task.id for task in before.scenario.tasks}
    for task in before.scenario.tasks:
        if task.repeat is None:
            continue
        for first, last in occurrences(task, before.scenario):
            if first > shift.by:
                break
            job = before.jobs[f"{task.id}@{first}"]
            here, open_ = job.id in late, not job.done and last > shift.by
            becomes = None
            if comes_again(task, first, before.scenario, shift) and (here or open_ or _finished(job)):
                becomes = f"{task.id}@1"
            elif here or open_:
                becomes = rest_id(task.id, first_day(first, shift.old), taken)
            yield Begun(job, first, last, becomes)


def _finished(job: Job) -> bool:
    return job.done and not job.cancelled


def comes_again(task: Task, first: int, before: Draft, shift: Shift) -> bool:
    """Whether a repeat has an occurrence in the new horizon that is of the month of one before it."""
    repeat = task.repeat
    if repeat is None or repeat.every != "month":
        return False
    until = before.weeks if repeat.until is None else before.week(repeat.until)
    return until > shift.by and _month(first, before) == _month(shift.by + 1, before)


def next_month(before: Draft, shift: Shift) -> dt.date:
    """Return the first day of the first week that begins after the month in which the new horizon does."""
    week = shift.by + 1
    while _month(week, before) == _month(shift.by + 1, before):
        week += 1
    return first_day(week, shift.old)


def _month(week: int, scenario: Draft) -> tuple[int, int]:
    return year_and_month(first_day(week, scenario.start), scenario.calendar.system)


def rest_of(task: Task, begun: Begun, before: Expanded, shift: Shift) -> Task:
    """Return the rest of an occurrence as a task of its own.

    It ends with the last week of the occurrence. A repeating task takes no dates from its project, so the rest says
    its own where that has some.
    """
    scenario = before.scenario
    data = task.model_dump(by_alias=True, exclude_unset=True, exclude={"id", "name", "repeat"})
    project = before.projects[task.project] if task.project is not None else None
    day = show_date(first_day(begun.first, shift.old), scenario.calendar.system)
    ends = shift.point(begun.last)
    data |= {"id": begun.becomes, "name": f"{task.name or task.id} {day}", "deadline": ends}
    if begun.job.same_owner:
        data.pop("max_owners", None)
    if project is not None and project.due is not None:
        data["due"] = ends
    if project is not None and project.earliest is not None:
        data["earliest"] = 1
    return Task.model_validate(data)
