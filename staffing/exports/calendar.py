"""A plan as a calendar: ``plan.ics``, and one person's weeks.

Format: RFC 5545, iCalendar. Every allocation is an all-day event as long as its week, and busy nobody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from staffing.console.names import Names
from staffing.console.numbers import count, number
from staffing.errors import InputError
from staffing.exports.text import MOST as MOST_OF_A_CELL
from staffing.exports.text import cell_text
from staffing.plan.records import Allocation, TaskResult
from staffing.plan.writing import write_whole
from staffing.scenario.findings import Speller, meant

if TYPE_CHECKING:
    from icalendar import Calendar, Event

    from staffing.plan.plan import Plan

PRODUCT = "-//staffing//plan//EN"
MOST = 250
"""Most characters of a name in a summary; descriptions have room for all of it."""


def as_calendar(plan: Plan, person: str | None = None) -> bytes:
    """Give a plan as a calendar, the same bytes for the same plan.

    The UID of an event follows from the scenario's name, the task, the person and the first day of the week, so that
    the calendar of a later plan takes the place of events that are still there and adds none twice. SEQUENCE and
    DTSTAMP grow with the week a re-plan begins from.

    Parameters
    ----------
    plan
        The plan.
    person
        The id of the only person whose weeks are given; None for everybody's, each event then naming its person.
    """
    stage = max((entry.week for entry in plan.assigned if entry.fixed), default=0)
    entries = [entry for entry in _merged(plan.assigned) if person in (None, entry.staff)]
    names, calendar = Names(plan), _calendar(plan, person)
    results = {result.task: result for result in plan.results}
    for entry in entries:
        event = _event(plan.scenario, entry)
        event.add("summary", _summary(names, entry, named=person is None))
        event.add("description", _description(names, entry, results.get(entry.task)))
        event.add("dtstamp", _stamp(plan, stage))
        event.add("sequence", stage)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def write_calendar(plan: Plan, path: Path) -> None:
    """Write everybody's calendar, whole or not at all.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    write_whole(path, as_calendar(plan))


def find_person(plan: Plan, asked: str) -> str:
    """Give the id of the person that somebody asks for by id or name.

    Raises
    ------
    InputError
        In one sentence with the nearest, where the plan has nobody, or several people, of that name.
    """
    people = list(plan.context.people) if plan.context else []
    ids = dict.fromkeys([*(person.id for person in people), *(entry.staff for entry in plan.assigned)])
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
    calendar.add("x-wr-calname", cell_text(name, MOST))
    return calendar


def _merged(entries: Iterable[Allocation]) -> Sequence[Allocation]:
    """Let a person have one event for a task and a week, even in a plan file that tells the hours in parts."""
    found: dict[tuple[str, str, int], Allocation] = {}
    for entry in entries:
        key = (entry.task, entry.staff, entry.week)
        found[key] = replace(entry, hours=entry.hours + found[key].hours) if key in found else entry
    return list(found.values())


def _event(scenario: str, entry: Allocation) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid(scenario, entry))
    event.add("dtstart", entry.week_start)
    event.add("dtend", entry.week_start + dt.timedelta(weeks=1))
    event.add("categories", [entry.kind])
    event.add("transp", "TRANSPARENT")
    return event


def uid(scenario: str, entry: Allocation) -> str:
    """Give the name by which calendars know an allocation again, whatever its hours."""
    key = json.dumps([scenario, entry.task, entry.staff, entry.week_start.isoformat()])
    return f"{hashlib.sha256(key.encode()).hexdigest()[:40]}@staffing"


def _stamp(plan: Plan, stage: int) -> dt.datetime:
    """Give the first moment of the first week that was planned, not history; it grows from re-plan to re-plan."""
    day = plan.start + dt.timedelta(weeks=stage)
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _summary(names: Names, entry: Allocation, *, named: bool) -> str:
    task, client, person = _names(names, entry, MOST)
    words = f"{number(entry.hours)} h {task} ({client})"
    return f"{person}: {words}" if named else words


def _names(names: Names, entry: Allocation, most: int = MOST_OF_A_CELL) -> tuple[str, str, str]:
    """Give the names of the task, the client and the person, each made safe and no longer than asked."""
    found = (names.task(entry.task), names.client(entry.client), names.person(entry.staff))
    task, client, person = (cell_text(name, most) for name in found)
    return task, client, person


def _description(names: Names, entry: Allocation, result: TaskResult | None) -> str:
    """Say, line by line, who works how long on what, and what becomes of it."""
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
    lines += ["worked before the re-plan"] if entry.fixed else []
    return "\n".join(lines)
