"""What a timesheet covers, and how its rows take the place of those that stand in ``worked`` for the same days.

From the day that is told on, or else from the first day on which it has hours, up to the day from which on is planned,
the timesheet has the whole truth: what stood there before goes. Other days stay as they are. So a timesheet may be
counted again, or a longer one after it, and nothing counts twice.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from staffing.errors import InputError
from staffing.scenario.amounts import plain
from staffing.scenario.dates import first_day, week_of, year_and_month
from staffing.scenario.records import Worked
from staffing.scenario.scenario import Scenario
from staffing.timesheets.count import Remark

_WEEK = dt.timedelta(days=6)
_STRAY = 4
"""How many times its own hours a few early days may not make go."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Days that a timesheet has the whole truth of, both ends included."""

    first: dt.date
    last: dt.date

    def has(self, row: Worked, start: dt.date) -> bool:
        """Return whether a row of ``worked`` lies on these days; a row of a week does if any of its days does."""
        first, last = _days(row, start)
        return first <= self.last and last >= self.first

    def has_whole(self, row: Worked, start: dt.date) -> bool:
        """Return whether all days of a row are among these."""
        first, last = _days(row, start)
        return self.first <= first and last <= self.last


def _days(row: Worked, start: dt.date) -> tuple[dt.date, dt.date]:
    if row.date is not None:
        return row.date, row.date
    begins = first_day(row.week or 1, start)
    return begins, begins + _WEEK


def covered_days(days: Sequence[dt.date], as_of: dt.date, since: dt.date | None) -> Covered | None:
    """Return the days that a timesheet covers, up to the one before `as_of`; None for one without hours.

    Parameters
    ----------
    days
        Those on which it has hours, in order.
    as_of
        The first day that is not counted.
    since
        The first day that is counted, if it is told; if not, the timesheet begins with its first hours.
    """
    if since is None and not days:
        return None
    return Covered(since or days[0], as_of - dt.timedelta(days=1))


def merged(old: Sequence[Worked], new: Sequence[Worked], covered: Covered | None, start: dt.date) -> list[Worked]:
    """Return the rows, those of the covered days replaced by new ones; rows that only change keep their place."""
    waiting = {(row.task, row.staff, row.date): row for row in new}
    rows: list[Worked] = []
    for row in old:
        if covered is None or not covered.has(row, start):
            rows.append(row)
        elif row.date is not None and (again := waiting.pop((row.task, row.staff, row.date), None)) is not None:
            rows.append(again)
    return [*rows, *waiting.values()]


def refuse_loss(scenario: Scenario, new: Sequence[Worked], days: Sequence[dt.date], covered: Covered) -> None:
    """Raise an error if it is unclear whether hours missing from a timesheet are deleted or outside its days.

    Raises
    ------
    InputError
        Where hours stand in months after its last day, or where a few hours long before the others would make many
        more go than they are.
    """
    gone = [(_days(row, scenario.start)[0], row) for row in scenario.worked if covered.has(row, scenario.start)]
    system = scenario.calendar.system
    after = [(day, row) for day, row in gone if year_and_month(day, system) > year_and_month(days[-1], system)]
    if after:
        end = days[-1] + dt.timedelta(days=1)
        _refuse(f"ends on {days[-1]}", after, f"--as-of {end}", covered)
    weeks = sorted({week_of(day, scenario.start) for day in days})
    for week, then in itertools.pairwise(weeks):
        gap = [(day, row) for day, row in gone if week < week_of(day, scenario.start) < then]
        before = [row for row in new if row.date is not None and week_of(row.date, scenario.start) <= week]
        if _sum(row for _, row in gap) > _STRAY * _sum(before):
            again = next(day for day in days if week_of(day, scenario.start) == then)
            _refuse(f"has only {_hours(before)} hours before {again}", gap, f"--since {again}", covered)


def _refuse(what: str, gone: Sequence[tuple[dt.date, Worked]], stays: str, covered: Covered) -> NoReturn:
    first, last = min(day for day, _ in gone), max(day for day, _ in gone)
    raise InputError(
        f"the timesheet {what}, and {_hours(row for _, row in gone)} hours stand in worked from {first} to {last}, of "
        f"which it has nothing: say {stays} if they stay, or --since {covered.first} if they are to go"
    )


def dropped(scenario: Scenario, new: Sequence[Worked], covered: Covered) -> Iterator[Remark]:
    """Yield a remark for people whose hours are removed with no others that week, and for weeks covered in part."""
    start = scenario.start
    gone = [row for row in scenario.worked if covered.has(row, start)]
    known = {(row.staff, week_of(row.date, start)) for row in new if row.date is not None}
    lost: dict[str, list[Worked]] = defaultdict(list)
    for row in gone:
        if (row.staff, week_of(_days(row, start)[0], start)) not in known:
            lost[row.staff].append(row)
    for staff, rows in lost.items():
        first, last = min(_days(row, start)[0] for row in rows), max(_days(row, start)[0] for row in rows)
        reason = (
            f"dropped: stood in worked from {first} to {last}, and the timesheet has nothing of {staff} in these "
            "weeks: put all timesheets of the same days into one"
        )
        yield Remark(staff, "", reason, (), _sum(rows))
    parts = [row for row in gone if not covered.has_whole(row, start)]
    for week in sorted({row.week or 1 for row in parts}):
        rows = [row for row in parts if row.week == week]
        reason = f"dropped: rows of the whole week {week} stood in worked, and only a part of it is counted now"
        yield Remark("", "", reason, (), _sum(rows))


def before_rows(scenario: Scenario, new: Sequence[Worked]) -> Iterator[Remark]:
    """Yield a remark, when rows are first written, on work and money the scenario already counts as done and spent."""
    if scenario.worked or not new:
        return
    first = min(row.date for row in new if row.date is not None)
    worked = {row.task for row in new}
    what = [f"done of {task.id}" for task in scenario.tasks if task.done and task.id in worked]
    budgets = {one.id: one.budget for one in scenario.clients} | {one.id: one.budget for one in scenario.projects}
    what += [f"spent of {id_}" for id_, budget in budgets.items() if budget and budget.spent]
    if what:
        reason = f"{', '.join(what)}: counts beside these rows, so it must be of days before {first}"
        yield Remark("", "", reason)


def _sum(rows: Iterable[Worked]) -> Fraction:
    return sum((Fraction(row.hours) for row in rows), Fraction(0))


def _hours(rows: Iterable[Worked]) -> str:
    return plain(_sum(rows))
