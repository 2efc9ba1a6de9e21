"""Everybody's weeks: what each person does, week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from staffing.plan.names import task_of
from staffing.plan.records import Allocation, TaskResult
from staffing.report.gantt import Bar, Frame, bar, frame
from staffing.report.heat import WIDEST, Cell, blocks
from staffing.report.names import Someone, Told
from staffing.scenario.records import Kind

MOST_OPEN = 4
"""People whose weeks are open at once; beyond, each is folded."""
MOST_ITEMS = 5000
"""Allocations that are listed week by week; charts of more take a third of the room."""


@dataclass(frozen=True, slots=True)
class Item:
    """Hours on a task."""

    task: Markup
    client: Markup
    kind: Kind
    hours: float
    fixed: bool
    promised: bool


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
class Sheet:
    """A quarter of a year of a person, as a chart: tasks by week, and below them the sum of each week."""

    frame: Frame
    bars: tuple[Bar, ...]
    sums: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A person's page: week by week, or where there is much to show, as charts of a quarter each."""

    person: Someone
    role: Markup
    hours: float
    weeks: tuple[Week, ...]
    sheets: tuple[Sheet, ...]


def pages(told: Told) -> tuple[Page, ...]:
    """Return a page for each person."""
    mine: defaultdict[str, list[Allocation]] = defaultdict(list)
    for entry in told.plan.assigned:
        mine[entry.staff].append(entry)
    overtime = {(entry.staff, entry.week): entry.hours for entry in told.plan.extra_hours}
    results = {result.task: result for result in told.plan.results}
    many = len(told.weeks) > WIDEST or len(told.plan.assigned) > MOST_ITEMS
    found = []
    for person in told.people:
        extra = {week: overtime.get((person.id, week), 0.0) for week in told.weeks}
        found.append(
            Page(
                person,
                told.say.role(person.role),
                sum(entry.hours for entry in mine[person.id]),
                () if many else tuple(_weeks(told, person, mine[person.id], extra)),
                tuple(_sheets(told, person, mine[person.id], extra, results)) if many else (),
            )
        )
    return tuple(found)


def _weeks(told: Told, person: Someone, entries: list[Allocation], extra: dict[int, float]) -> Iterator[Week]:
    by_week: defaultdict[int, list[Allocation]] = defaultdict(list)
    for entry in entries:
        by_week[entry.week].append(entry)
    for week in sorted(by_week):
        yield _week(told, person, week, by_week[week], extra.get(week, 0.0))


def _sheets(
    told: Told, person: Someone, entries: list[Allocation], extra: dict[int, float], results: dict[str, TaskResult]
) -> Iterator[Sheet]:
    """Yield the chart of each quarter in which a person works."""
    for weeks in blocks(list(told.weeks)):
        inside = frame(told, weeks)
        rows: defaultdict[str, list[Allocation]] = defaultdict(list)
        hours = dict.fromkeys(weeks, 0.0)
        for entry in entries:
            if entry.week in hours:
                rows[task_of(entry.task)].append(entry)
                hours[entry.week] += entry.hours
        if rows:
            bars = (bar(told, row, results, inside, told.client(row[0].client)) for row in rows.values())
            sums = (Cell(hours[week], extra[week], person.capacity.get(week)) for week in weeks)
            yield Sheet(inside, tuple(bars), tuple(sums))


def _week(told: Told, person: Someone, week: int, entries: list[Allocation], overtime: float) -> Week:
    items = [
        Item(
            told.work(entry.task),
            told.client(entry.client),
            entry.kind,
            entry.hours,
            entry.fixed,
            told.plan.is_promised(entry),
        )
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
