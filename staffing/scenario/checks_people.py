"""Do the settings and the people make sense by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from staffing.scenario.calendars import public_holidays
from staffing.scenario.findings import Finding
from staffing.scenario.paths import Path, label
from staffing.scenario.view import View, is_done

_LAST_YEAR = 9990
"""No calendar goes on for ever: the Solar Hijri one of the library ends in Gregorian 9998."""


def horizon(view: View) -> Iterator[Finding]:
    """The calendar reaches over the whole horizon."""
    if view.draft.start.year > _LAST_YEAR:
        yield Finding(("start",), f"the first day is after the year {_LAST_YEAR}: an earlier one is allowed")


def somebody(view: View) -> Iterator[Finding]:
    """There is at least one person."""
    if not view.draft.staff:
        yield Finding(("staff",), "nobody is on the staff: at least one person is needed")


def calendar(view: View) -> Iterator[Finding]:
    """Working days are named once; the country and its subdivision are known."""
    given = view.draft.calendar
    yield from _workdays(("calendar", "workdays"), given.workdays)
    if given.country is None:
        if given.subdivision is not None:
            yield Finding(("calendar", "subdivision"), "a subdivision is part of a country: country is missing")
        return
    if view.draft.start.year > _LAST_YEAR:
        return  # reported by `horizon`
    for subdivision in dict.fromkeys((None, given.subdivision)):
        try:
            public_holidays(given.country, subdivision, view.draft.start, view.draft.weeks)
        except ValueError as error:
            yield Finding(("calendar", "country" if subdivision is None else "subdivision"), str(error))
            return


def _workdays(path: Path, workdays: Sequence[str] | None) -> Iterator[Finding]:
    if workdays is not None and not workdays:
        yield Finding(path, "no day is a working day: at least one of mon to sun is needed")
    elif workdays is not None and len(set(workdays)) < len(workdays):
        twice = next(day for number, day in enumerate(workdays) if day in workdays[:number])
        yield Finding(path, f"{twice} is named twice: each working day once")


def people(view: View) -> Iterator[Finding]:
    """Days and spans of each person are in order."""
    for number, member in enumerate(view.draft.staff):
        at: Path = ("staff", number)
        yield from _workdays((*at, "workdays"), member.workdays)
        for place, span in enumerate(member.time_off):
            if span.since > span.to:
                message = f"time off ends on {span.to}, before it begins on {span.since}: from is the first day"
                yield Finding((*at, "time_off", place), message)
        if member.start and member.end and member.start > member.end:
            message = f"employment ends on {member.end}, before it starts on {member.start}: start is the first day"
            yield Finding((*at, "end"), message)
        changes = member.weekly_hours if isinstance(member.weekly_hours, tuple) else ()
        days: set[dt.date] = set()
        for place, change in enumerate(changes):
            if change.since in days:
                message = f"two changes begin on {change.since}: one for each day is allowed"
                yield Finding((*at, "weekly_hours", place), message)
            days.add(change.since)


def bill_rates(view: View) -> Iterator[Finding]:
    """Whoever may burn a bill budget has a bill rate, else the work would burn nothing."""
    if view.draft.budget_basis == "cost":
        return
    burning = [task for task in view.draft.tasks if task.billable and not is_done(task) and view.budgets(task)]
    for number, member in enumerate(view.draft.staff):
        if view.own(member, "bill_rate") != 0:
            continue
        task = next((task for task in burning if view.able(task, member) and view.allowed(task, member)), None)
        if task is not None:
            path: Path = ("staff", number) if member.bill_rate is None else ("staff", number, "bill_rate")
            message = f"a bill_rate above 0 is needed: {label(member.id)} may do {label(task.id)}, which burns a budget"
            yield Finding(path, message)
