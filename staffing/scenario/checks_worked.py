"""Do rows of hours fit the scenario, worked or promised: a day or a week, and occurrences that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from staffing.scenario.amounts import occurrence
from staffing.scenario.dates import first_day
from staffing.scenario.findings import Finding, listed
from staffing.scenario.occurrences import occurrences
from staffing.scenario.paths import Path, label
from staffing.scenario.records import Booking, Task, Worked
from staffing.scenario.view import View

_FEW = 6


def worked(view: View) -> Iterator[Finding]:
    """Each row of what was worked has a day or a week, and it is over."""
    yield from _rows(view, "worked", view.draft.worked)


def bookings(view: View) -> Iterator[Finding]:
    """Each booking has a day or a week."""
    yield from _rows(view, "bookings", view.draft.bookings)


def _rows(view: View, key: str, rows: Sequence[Worked | Booking]) -> Iterator[Finding]:
    first_weeks: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        at: Path = (key, number)
        if (row.date is None) == (row.week is None):
            what = "neither date nor week is given" if row.date is None else "date and week are both given"
            yield Finding(at, f"{what}: one of them is needed")
            continue
        if row.week is not None and row.week > view.draft.weeks:
            yield Finding((*at, "week"), f"week {row.week} is outside the horizon: 1 to {view.draft.weeks} are allowed")
        elif isinstance(row, Worked):
            yield from _over(view, at, row)
        name, week = occurrence(row.task)
        task = view.tasks.get(name)
        if task is None or (week is None and (task.repeat is None or isinstance(row, Worked))):
            continue
        if task.repeat is not None and name not in first_weeks:
            first_weeks[name] = [first for first, _ in occurrences(task, view.draft)]
        if week is None:
            yield from _begun(view, at, row, first_weeks[name])
        elif week not in first_weeks.get(name, ()):
            yield Finding((*at, "task"), _no_occurrence(task, week, first_weeks.get(name, [])))


def _over(view: View, at: Path, row: Worked) -> Iterator[Finding]:
    """Yield a finding for a row of a day that is not over."""
    as_of, start = view.draft.as_of, view.draft.start
    if as_of is None:
        return
    if row.date is not None and row.date >= as_of:
        message = f"{row.date} is not before as_of, {as_of}: only what was worked before it stands here"
        yield Finding((*at, "date"), message)
    if row.week is not None and first_day(row.week, start) >= as_of:
        message = f"week {row.week} does not begin before as_of, {as_of}: only what was worked before it stands here"
        yield Finding((*at, "week"), message)


def _begun(view: View, at: Path, row: Worked | Booking, first: list[int]) -> Iterator[Finding]:
    """Yield a finding for a booking that lies before every occurrence of its repeating task."""
    week = row.week if row.date is None else view.draft.week(row.date)
    if week is not None and 1 <= week <= view.draft.weeks and (not first or week < min(first)):
        there = f"the first begins in week {min(first)}" if first else "none begins inside the horizon"
        message = f"no occurrence of {label(row.task)} has begun by week {week}: {there}"
        yield Finding((*at, "task"), f"{message}; name one as {label(row.task)}@{min(first)}" if first else message)


def _no_occurrence(task: Task, week: int, first: list[int]) -> str:
    """Return a message that there is no such occurrence, with those that there are."""
    if task.repeat is None:
        return f"{label(task.id)} does not repeat: name it without @{week}"
    known = listed([f"@{since}" for since in first[:_FEW]]) + (" ..." if len(first) > _FEW else "")
    there = f"there are {known}, or name it with its date alone" if first else "none begins inside the horizon"
    return f"{label(task.id)} has no occurrence @{week}: {there}"
