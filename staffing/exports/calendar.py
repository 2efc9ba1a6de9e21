"""A plan as a calendar: ``plan.ics``, and one person's weeks.

Format: RFC 5545, iCalendar. Every allocation is an all-day event as long as its week, and busy nobody.

Calendars that hold an event already take another of the same UID in its place where its SEQUENCE is higher (RFC 5546,
2.1.5). Nobody remembers here what was sent before, so SEQUENCE counts the seconds until an event is written: whatever
is sent later is taken over, an unchanged event without any effect.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from staffing.console.numbers import count, number
from staffing.errors import InputError
from staffing.exports.text import MOST as MOST_OF_A_CELL
from staffing.exports.text import cell_text
from staffing.plan.matching import dated
from staffing.plan.names import Names
from staffing.plan.records import Allocation, BaselineTask, TaskResult
from staffing.plan.writing import write_whole
from staffing.scenario.amounts import MAX_COUNT
from staffing.scenario.findings import Speller, meant

if TYPE_CHECKING:
    from icalendar import Calendar, Event

    from staffing.plan.plan import Plan

PRODUCT = "-//staffing//plan//EN"
MOST = 250
"""Most characters of a name in a summary; descriptions have room for all of it."""
_COUNTED_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""From which SEQUENCE counts seconds; it has room for 68 years of them."""


def as_calendar(plan: Plan, person: str | None = None, now: dt.datetime | None = None) -> bytes:
    """Return a plan as an iCalendar file; the same plan and moment always give the same bytes.

    The UID of an event follows from the task, the person and the first day of the week, so that the calendar of a
    later plan takes the place of events that are still there and adds none twice. What the baseline may have had and
    the plan has not is sent as cancelled: every week between a task's first and last, for each of its owners, which
    changes nothing for those who never had such an event.

    Parameters
    ----------
    plan
        The plan.
    person
        The id of the only person whose weeks are given; None for everybody's, each event then naming its person.
    now
        The moment of writing, with its time zone; by default the present.
    """
    entries = [entry for entry in _merged(plan.assigned) if person in (None, entry.staff)]
    names, calendar = Names(plan), _calendar(plan, person)
    results = {result.task: result for result in plan.results}
    events = []
    for entry in entries:
        event = _event(uid(_lasting(plan, entry.task), entry.staff, entry.week_start), entry.week_start, "CONFIRMED")
        event.add("summary", _summary(names, entry, named=person is None))
        event.add("description", _description(plan, names, entry, results.get(entry.task)))
        event.add("categories", [entry.kind])
        events.append(event)
    events += _cancelled(plan, names, person)
    moment = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
    for event in events:
        event.add("dtstamp", moment)
        event.add("sequence", max(0, int((moment - _COUNTED_FROM).total_seconds())))
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def write_calendar(plan: Plan, path: Path, now: dt.datetime | None = None) -> None:
    """Write everybody's calendar as of now, whole or not at all.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    write_whole(path, as_calendar(plan, now=now))


def find_person(plan: Plan, asked: str) -> str:
    """Return the id of the person asked for by id or name; people of the baseline count too.

    Raises
    ------
    InputError
        In one sentence with the nearest, where the plan has nobody, or several people, of that name.
    """
    people = list(plan.context.people) if plan.context else []
    before = [owner for task in plan.baseline.tasks for owner in task.owners] if plan.baseline else []
    ids = dict.fromkeys([*(person.id for person in people), *(entry.staff for entry in plan.assigned), *before])
    if asked in ids:
        return asked
    found = [person.id for person in people if person.name.casefold() == asked.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f'"{cell_text(asked, MOST)}" is the name of several people: ask for one of {", ".join(found)}')
    nearest = Speller().nearest(asked, [*ids, *(person.name for person in people)])
    raise InputError(f'the plan has nobody of the id or name "{cell_text(asked, MOST)}"{meant(nearest)}')


def _calendar(plan: Plan, person: str | None) -> Calendar:
    from icalendar import Calendar

    name = plan.scenario if person is None else f"{Names(plan).person(person)}: {plan.scenario}"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", cell_text(name, MOST))
    return calendar


def _merged(entries: Iterable[Allocation]) -> Sequence[Allocation]:
    """Return allocations merged so that each task, person and week has one event."""
    found: dict[tuple[str, str, int], Allocation] = {}
    for entry in entries:
        key = (entry.task, entry.staff, entry.week)
        found[key] = replace(entry, hours=entry.hours + found[key].hours) if key in found else entry
    return list(found.values())


def _event(name: str, day: dt.date, status: str) -> Event:
    """Return the event of a week, without its texts."""
    from icalendar import Event

    event = Event()
    event.add("uid", name)
    event.add("dtstart", day)
    event.add("dtend", day + min(dt.timedelta(weeks=1), dt.date.max - day))
    event.add("status", status)
    event.add("transp", "TRANSPARENT")
    return event


def uid(task: str, staff: str, day: dt.date) -> str:
    """Return the id by which calendars recognise the event of a person's week on a task, whatever its hours.

    The name of the scenario is no part of it: it changes with the file, and a what-if is about the same weeks.
    """
    key = json.dumps([task, staff, day.isoformat()])
    return f"{hashlib.sha256(key.encode()).hexdigest()[:40]}@staffing"


def _lasting(plan: Plan, task: str) -> str:
    """Return an occurrence's id by its first day, for its number changes with the first week of the plan."""
    return dated(task, plan.start) if plan.context is not None or plan.assigned else task


def _cancelled(plan: Plan, names: Names, person: str | None) -> list[Event]:
    """Return cancellations of the events that the baseline may have had and the plan has not."""
    kept = {(entry.task, entry.staff, entry.week_start) for entry in plan.assigned}
    events = []
    for task in plan.baseline.tasks if plan.baseline else ():
        owners = [owner for owner in dict.fromkeys(task.owners) if person in (None, owner)]
        for staff, day in itertools.product(owners, _weeks(task)):
            if (task.task, staff, day) in kept:
                continue
            event = _event(uid(_lasting(plan, task.task), staff, day), day, "CANCELLED")
            who = f"{cell_text(names.person(staff), MOST)}: " if person is None else ""
            event.add("summary", f"cancelled: {who}{cell_text(names.task(task.task), MOST)}")
            events.append(event)
            kept.add((task.task, staff, day))  # a task that a file made by hand names twice
    return events


def _weeks(task: BaselineTask) -> list[dt.date]:
    """Return the first day of each week from a task's first week to its last."""
    if task.first_day is None or task.last_day is None:
        return []
    count = min((task.last_day - task.first_day).days // 7 + 1, MAX_COUNT)
    return [task.first_day + dt.timedelta(weeks=week) for week in range(count)]


def _summary(names: Names, entry: Allocation, *, named: bool) -> str:
    task, client, person = _names(names, entry, MOST)
    words = f"{number(entry.hours)} h {task} ({client})"
    return f"{person}: {words}" if named else words


def _names(names: Names, entry: Allocation, most: int = MOST_OF_A_CELL) -> tuple[str, str, str]:
    """Return the names of the task, the client and the person, each made safe and cut to `most` characters."""
    found = (names.task(entry.task), names.client(entry.client), names.person(entry.staff))
    task, client, person = (cell_text(name, most) for name in found)
    return task, client, person


def _description(plan: Plan, names: Names, entry: Allocation, result: TaskResult | None) -> str:
    """Return the lines of an event: who works how many hours on what, and what becomes of it."""
    task, client, person = _names(names, entry)
    lines = [
        f"{person}: {number(entry.hours)} hours in week {entry.week}",
        f"task: {task} ({cell_text(entry.task)}), {entry.kind}",
        f"client: {client}",
    ]
    if result is not None:
        late = f", {count(result.weeks_late, 'week')} after it was due" if result.weeks_late else ""
        lines.append(f"state: {result.state}{late}")
        lines += [f"owner: {cell_text(names.people(result.owners))}"] if result.owners else []
    if entry.fixed:
        lines.append("promised" if plan.is_promised(entry) else "worked before the re-plan")
    return "\n".join(lines)
