"""What becomes of each task in several plans: matched by date, history counted on every side.

A task that is done was delivered, as the plan before said it would be: that is no difference. Occurrences of a
repeating task are the same where their first weeks begin on the same day, whatever week of its plan that is. What lies
outside the weeks of a plan is none of that plan's matters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from staffing.plan.records import TaskContext, TaskResult
from staffing.scenario.amounts import occurrence
from staffing.scenario.dates import first_day, week_of

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

DELIVERED = ("delivered", "late")
ABSENT, CANCELLED = "absent", "cancelled"
Point = int | dt.date
"""A week where all plans begin on one day, else the day it begins on."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a task in one plan.

    Attributes
    ----------
    result
        What the plan says; None where it does not have the task.
    outside
        Whether the task lies outside the weeks of the plan.
    cancelled
        Whether nothing more is planned of it.
    weeks
        First and last week.
    moved
        Whether plans differ in them.
    """

    result: TaskResult | None
    outside: bool = False
    cancelled: bool = False
    weeks: tuple[Point, Point] | None = None
    moved: bool = False

    @property
    def span(self) -> tuple[Point, Point] | None:
        """First and last week, where plans differ in them."""
        return self.weeks if self.moved else None

    @property
    def word(self) -> str:
        """The state in one word; empty for a task that lies outside the weeks of the plan."""
        if self.outside:
            return ""
        if self.result is None:
            return ABSENT
        return CANCELLED if self.cancelled else self.result.state

    @property
    def text(self) -> str:
        """State, owners and, where plans differ in them, weeks: ``delivered: sara, weeks 3 to 4``."""
        owners = self.result.owners if self.result is not None else ()
        told = ", ".join((*owners, *([when(self.span)] if self.span is not None else [])))
        return f"{self.word}: {told}" if told else self.word


def when(span: tuple[Point, Point]) -> str:
    """Return weeks as people say them.

    >>> when((3, 3)), when((3, 4)), when((dt.date(2026, 1, 5), dt.date(2026, 1, 5)))
    ('week 3', 'weeks 3 to 4', 'week from 2026-01-05')
    """
    first, last = span
    if isinstance(first, int):
        return f"week {first}" if first == last else f"weeks {first} to {last}"
    return f"week from {first}" if first == last else f"weeks from {first} to {last}"


@dataclass(frozen=True, slots=True)
class Side:
    """A plan among several, its tasks by the names they share with those of the others.

    Attributes
    ----------
    begun
        Of each occurrence, the day on which its first week begins.
    worked
        Of each task that history has hours of, the last week of them.
    """

    plan: Plan
    start: dt.date | None
    results: dict[str, TaskResult]
    about: dict[str, TaskContext]
    begun: dict[str, dt.date]
    worked: dict[str, int]

    def cancelled(self, task: str) -> bool:
        """Whether nothing more is planned of a task."""
        return task in self.about and self.about[task].cancelled

    def holds(self, day: dt.date | None) -> bool:
        """Whether a day lies in the weeks of the plan, as far as that can be known."""
        if self.start is None or self.plan.context is None or day is None:
            return True
        return self.start <= day < first_day(self.plan.context.weeks + 1, self.start)

    def last_day(self, task: str) -> dt.date | None:
        """First day of the last week of a task that is delivered."""
        week = self.results[task].last_week if task in self.results else None
        return first_day(week, self.start) if week is not None and self.start is not None else None


def sides(plans: Sequence[Plan]) -> tuple[Side, ...]:
    """Match the tasks of several plans: occurrences are named by the weeks of the first one."""
    starts = [_start(plan) for plan in plans]
    return tuple(_side(plan, start, starts[0]) for plan, start in zip(plans, starts, strict=True))


def _start(plan: Plan) -> dt.date | None:
    return plan.start if plan.context is not None or plan.assigned else None


def _side(plan: Plan, start: dt.date | None, first: dt.date | None) -> Side:
    begun: dict[str, dt.date] = {}
    worked: dict[str, int] = {}

    def shared(id_: str) -> str:
        task, week = occurrence(id_)
        if week is None or start is None or first is None:
            return id_
        day = first_day(week, start)
        name = f"{task}@{week_of(day, first)}"
        begun[name] = day
        return name

    for entry in plan.assigned:
        if entry.fixed and not plan.is_promised(entry):
            worked[entry.task] = max(entry.week, worked.get(entry.task, entry.week))
    about = {shared(task.id): task for task in plan.context.tasks} if plan.context is not None else {}
    return Side(plan, start, {shared(result.task): result for result in plan.results}, about, begun, worked)


def differing(found: Sequence[Side]) -> dict[str, tuple[Fate, ...]]:
    """Return the tasks whose state, owners or weeks are not the same in all plans."""
    every = dict.fromkeys(task for side in found for task in side.results)
    rows = {task: _fates(task, found) for task in every}
    return {task: fates for task, fates in rows.items() if differ(fates)}


def _fates(task: str, found: Sequence[Side]) -> tuple[Fate, ...]:
    by_week = len({side.start for side in found}) == 1
    spans = [_span(side, side.results.get(task), by_week) for side in found]
    moved = len({span for span in spans if span is not None}) > 1
    days = (side.begun.get(task) or side.last_day(task) for side in found)
    day = next((day for day in days if day is not None), None)
    fates = []
    for side, span in zip(found, spans, strict=True):
        result = side.results.get(task)
        cancelled = result is not None and result.state == "done" and side.cancelled(task)
        fates.append(Fate(result, result is None and not side.holds(day), cancelled, span, moved))
    return tuple(fates)


def _span(side: Side, result: TaskResult | None, by_week: bool) -> tuple[Point, Point] | None:
    if result is None or result.first_week is None or result.last_week is None:
        return None
    if by_week or side.start is None:
        return result.first_week, result.last_week
    return first_day(result.first_week, side.start), first_day(result.last_week, side.start)


def differ(fates: Sequence[Fate]) -> bool:
    """Whether plans differ; what is done differs neither from what is delivered nor from what is not there any more."""
    said = {fate.text for fate in fates if not fate.outside}
    if {fate.word for fate in fates if not fate.outside} <= {"delivered", "late", "done", ABSENT}:
        said.discard("done")
    return len(said) > 1


def families(fates: Mapping[str, tuple[Fate, ...]]) -> list[list[str]]:
    """Group the occurrences of each repeating task; any other task is alone."""
    found: dict[str, list[str]] = {}
    for task in fates:
        found.setdefault(occurrence(task)[0], []).append(task)
    return list(found.values())


def alike(fates: Sequence[Fate]) -> list[tuple[Fate, int]]:
    """Return what becomes of occurrences in one plan, those that fare alike as one, with how many they are.

    Their weeks are the first and the last of all; plans differ in them if they do in those of one.
    """
    found: dict[object, list[Fate]] = {}
    for fate in fates:
        result = fate.result
        how = (result.owners, result.reason) if result is not None else None
        found.setdefault((fate.word, how), []).append(fate)
    return [
        (replace(several[0], weeks=_whole(several), moved=any(fate.moved for fate in several)), len(several))
        for several in found.values()
    ]


def _whole(fates: Sequence[Fate]) -> tuple[Point, Point] | None:
    spans = [fate.weeks for fate in fates if fate.weeks is not None]
    if not spans:
        return None
    return min((first for first, _ in spans), key=_order), max((last for _, last in spans), key=_order)


def _order(point: Point) -> int:
    return point if isinstance(point, int) else point.toordinal()


@dataclass(frozen=True, slots=True)
class Done:
    """What history delivered of the tasks that a plan calls done."""

    tasks: int = 0
    value: float = 0
    late: int = 0
    weeks_late: int = 0
    lateness: int = 0
    """Weighted weeks late."""


def done(side: Side, found: Sequence[Side]) -> Done:
    """Return the sums over a plan's done tasks that were delivered."""
    total = Done()
    for task, result in done_tasks(side, found):
        weeks = _weeks_late(side, task, result)
        weight = (side.about[task].weight if task in side.about else None) or 0
        total = Done(
            total.tasks + 1,
            total.value + result.value,
            total.late + (weeks > 0),
            total.weeks_late + weeks,
            total.lateness + weight * weeks,
        )
    return total


def done_tasks(side: Side, found: Sequence[Side]) -> Iterator[tuple[str, TaskResult]]:
    """Yield a plan's done tasks that were delivered: in its own weeks, or by another of the plans."""
    delivered = {task for other in found for task, result in other.results.items() if result.state in DELIVERED}
    for task, result in side.results.items():
        if result.state == "done" and not side.cancelled(task) and (result.hours > 0 or task in delivered):
            yield task, result


def _weeks_late(side: Side, task: str, result: TaskResult) -> int:
    """Weeks from the due week of a task to the last week with hours of it in history."""
    due, last = side.about[task].due if task in side.about else None, side.worked.get(result.task)
    return max(0, last - due) if last is not None and due is not None else 0
