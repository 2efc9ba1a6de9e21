"""From one first week to a later one: where weeks, points in time and rows lie, seen from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from staffing.errors import InputError
from staffing.scenario.amounts import MAX_COUNT
from staffing.scenario.dates import first_day, show_date, week_of
from staffing.scenario.records import Booking, Project, Repeat, Task, Worked
from staffing.scenario.scenario import Scenario

Point = int | dt.date | None
_Row = TypeVar("_Row", Worked, Booking)


@dataclass(frozen=True, slots=True)
class Shift:
    """The way from a scenario to the same from a later first week.

    Attributes
    ----------
    old, new
        First day of week 1, before and after.
    by
        Whole weeks between them, at least 1.
    weeks
        Weeks of the new horizon.
    """

    old: dt.date
    new: dt.date
    by: int
    weeks: int

    def point(self, point: Point) -> Point:
        """Return what a point in time becomes: a week outside the new horizon the date it stood for."""
        if not isinstance(point, int):
            return point
        week = point - self.by
        return week if 1 <= week <= self.weeks else first_day(point, self.old)

    def points(self, entry: Project | Task) -> dict[str, Point]:
        """Return the points in time of a project or task that are written otherwise."""
        found = {field: self.point(getattr(entry, field)) for field in ("earliest", "due", "deadline")}
        return {field: point for field, point in found.items() if point != getattr(entry, field)}

    def repeat(self, repeat: Repeat) -> Repeat:
        """Return a repeat whose occurrences keep their dates."""
        since = self.point(repeat.since)
        if since is None and repeat.every != "month" and self.by % repeat.every:
            since = self.old  # without a date its phase would begin anew
        until = self.point(repeat.until)
        changed = {"since": since, "until": until}
        return repeat.model_copy(update={key: new for key, new in changed.items() if new != getattr(repeat, key)})

    def row(self, row: _Row, task: str) -> _Row:
        """Return a row of hours as one of a task; a week before the new horizon becomes its first day."""
        changed: dict[str, Any] = {} if task == row.task else {"task": task}
        if row.week is not None:
            inside = 1 <= row.week - self.by <= self.weeks
            changed["week"] = row.week - self.by if inside else None
            changed |= {} if inside else {"date": first_day(row.week, self.old)}
        return row.model_copy(update=changed) if changed else row


def shift_to(scenario: Scenario, to: dt.date, weeks: int | None) -> Shift:
    """Return the way to a later first week.

    Raises
    ------
    InputError
        Where it is no first day of a later week of the scenario, or days before it are not over.
    """
    start, system = scenario.start, scenario.calendar.system

    def shown(day: dt.date) -> str:
        return show_date(day, system)

    if weeks is not None and not 1 <= weeks <= MAX_COUNT:
        raise InputError(f"{weeks} weeks are out of range: at least 1, at most {MAX_COUNT}")
    first, end = first_day(2, start), first_day(scenario.weeks + 1, start)
    if to < first:
        raise InputError(
            f"{shown(to)} is not after week 1, which begins on {shown(start)}: {shown(first)} is the first"
        )
    if to > end:
        raise InputError(
            f"{shown(to)} is after the first day behind the horizon, {shown(end)}: weeks between them would be lost; "
            f"roll on to {shown(end)} first"
        )
    by, rest = divmod((to - start).days, 7)
    if rest:
        near = f"{shown(first_day(by + 1, start))} and {shown(first_day(by + 2, start))} are the nearest"
        raise InputError(f"{shown(to)} is no first day of a week of the scenario: {near}")
    _refuse_open(scenario, to)
    return Shift(start, to, by, weeks or scenario.weeks)


def _refuse_open(scenario: Scenario, to: dt.date) -> None:
    """Raise an error if days would be left behind for which nobody has said what was worked."""
    system = scenario.calendar.system
    told = "bring in what was worked until then (staffing actuals)"
    if scenario.as_of is None:
        if scenario.worked:
            raise InputError(
                f"as_of is missing, so it is not said that the days before {show_date(to, system)} are "
                f"over: {told}, or say as_of"
            )
        return
    if scenario.as_of < to:
        whole = week_of(scenario.as_of, scenario.start)
        sooner = f", or roll on to {show_date(first_day(whole, scenario.start), system)}" if whole > 1 else ""
        raise InputError(
            f"{show_date(to, system)} is after as_of, {show_date(scenario.as_of, system)}: the days between are not "
            f"over, and what is open in them would be lost; {told}{sooner}"
        )


def lengthened(scenario: Scenario, shift: Shift) -> Scenario:
    """Return a scenario as it is, its horizon as long as the new one reaches: both are seen in it, side by side.

    It is not checked again, and may be longer than a file allows.
    """
    weeks = max(scenario.weeks, shift.by + shift.weeks)
    return scenario.model_copy(update={"weeks": weeks, "as_of": scenario.as_of or shift.new})
