"""Which task of a scenario is which of an earlier plan: by id, and an occurrence of a repeat by its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from staffing.scenario.dates import first_day, week_of, year_and_month
from staffing.scenario.expand import Expanded


def matched(ids: Iterable[str], start: dt.date, expanded: Expanded) -> dict[str, str]:
    """Return the scenario's id for each id of an earlier plan; an id that the scenario has no task for has no match.

    An occurrence is the scenario's whose first week holds the first day of its own; of a monthly repeat, where there
    is none, the scenario's of the same month. One without a match is named by the week of the scenario it would begin
    in, lest it be taken for another.

    Parameters
    ----------
    ids
        Of the earlier plan: ``ID``, or ``ID@WEEK`` for an occurrence that begins in a week of that plan.
    start
        First day of week 1 of the earlier plan.
    expanded
        The scenario.
    """
    found, days = {}, {}
    for id_ in ids:
        day = _first_day(id_, start)
        found[id_] = id_
        if day is not None:
            days[id_] = day
            found[id_] = f"{id_.partition('@')[0]}@{week_of(day, expanded.scenario.start)}"
    taken = set(found.values())
    months = _months(expanded)
    for id_, day in days.items():
        month = year_and_month(day, expanded.scenario.calendar.system)
        other = months.get((id_.partition("@")[0], month))
        if found[id_] not in expanded.jobs and other is not None and other not in taken:
            found[id_] = other
            taken.add(other)
    return found


def dated(id_: str, start: dt.date) -> str:
    """Return a name of a task that holds whatever week a plan begins in: an occurrence's says its first day.

    >>> dated("call@2", dt.date(2026, 1, 5)), dated("plan", dt.date(2026, 1, 5))
    ('call@2026-01-12', 'plan')
    """
    day = _first_day(id_, start)
    return id_ if day is None else f"{id_.partition('@')[0]}@{day}"


def _first_day(id_: str, start: dt.date) -> dt.date | None:
    """Return the first day of an occurrence; None for any other task."""
    _, _, week = id_.partition("@")
    return first_day(int(week), start) if week.removeprefix("-").isdecimal() and len(week) < 6 else None


def _months(expanded: Expanded) -> dict[tuple[str, tuple[int, int]], str]:
    """Return the occurrences of monthly repeats by task and month."""
    scenario = expanded.scenario
    monthly = {task.id for task in scenario.tasks if task.repeat is not None and task.repeat.every == "month"}
    return {
        (job.task, year_and_month(day, scenario.calendar.system)): job.id
        for job in expanded.jobs.values()
        if job.task in monthly and (day := _first_day(job.id, scenario.start)) is not None
    }
