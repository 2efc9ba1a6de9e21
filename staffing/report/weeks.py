"""Everybody's weeks: what each person does, week by week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from staffing.plan.records import Allocation
from staffing.report.names import Someone, Told
from staffing.scenario.records import Kind

MOST_OPEN = 4
"""People whose weeks are open at once; beyond, each is folded."""


@dataclass(frozen=True, slots=True)
class Item:
    """Hours on a task."""

    task: Markup
    client: Markup
    kind: Kind
    hours: float
    fixed: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A week in which a person works."""

    number: int
    day: str
    hours: float
    capacity: float | None
    overtime: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A person's page."""

    person: Someone
    role: Markup
    hours: float
    weeks: tuple[Week, ...]


def pages(told: Told) -> tuple[Page, ...]:
    """Write a page for each person."""
    mine: defaultdict[str, defaultdict[int, list[Allocation]]] = defaultdict(lambda: defaultdict(list))
    for entry in told.plan.assigned:
        mine[entry.staff][entry.week].append(entry)
    overtime = {(entry.staff, entry.week): entry.hours for entry in told.plan.extra_hours}
    return tuple(
        Page(
            person,
            told.say.role(person.role),
            sum(entry.hours for entries in mine[person.id].values() for entry in entries),
            tuple(
                _week(told, person, week, mine[person.id][week], overtime.get((person.id, week), 0.0))
                for week in sorted(mine[person.id])
            ),
        )
        for person in told.people
    )


def _week(told: Told, person: Someone, week: int, entries: list[Allocation], overtime: float) -> Week:
    items = [
        Item(told.task(entry.task), told.client(entry.client), entry.kind, entry.hours, entry.fixed)
        for entry in sorted(entries, key=lambda entry: (entry.kind, -entry.hours))
    ]
    return Week(
        number=week,
        day=told.say.day_and_month(entries[0].week_start),
        hours=sum(item.hours for item in items),
        capacity=person.capacity.get(week),
        overtime=overtime,
        items=tuple(items),
    )
