"""Does what was worked fit the scenario: days before as_of, and occurrences that there are."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.scenario.amounts import occurrence
from staffing.scenario.dates import first_day
from staffing.scenario.expand import occurrences
from staffing.scenario.findings import Finding, Path, label, listed
from staffing.scenario.records import Task, Worked
from staffing.scenario.view import View

_FEW = 6


def worked(view: View) -> Iterator[Finding]:
    """Each row has a day or a week, and it is over."""
    first_weeks: dict[str, list[int]] = {}
    for number, row in enumerate(view.draft.worked):
        at: Path = ("worked", number)
        if (row.date is None) == (row.week is None):
            what = "neither date nor week is given" if row.date is None else "date and week are both given"
            yield Finding(at, f"{what}: one of them is needed")
            continue
        if row.week is not None and row.week > view.draft.weeks:
            yield Finding((*at, "week"), f"week {row.week} is outside the horizon: 1 to {view.draft.weeks} are allowed")
        else:
            yield from _over(view, at, row)
        name, week = occurrence(row.task)
        task = view.tasks.get(name)
        if week is None or task is None:
            continue
        if task.repeat is not None and name not in first_weeks:
            first_weeks[name] = [first for first, _ in occurrences(task, view.draft)]
        if week not in first_weeks.get(name, ()):
            yield Finding((*at, "task"), _no_occurrence(task, week, first_weeks.get(name, [])))


def _over(view: View, at: Path, row: Worked) -> Iterator[Finding]:
    """Find a row of a day that is not over."""
    as_of, start = view.draft.as_of, view.draft.start
    if as_of is None:
        return
    if row.date is not None and row.date >= as_of:
        message = f"{row.date} is not before as_of, {as_of}: only what was worked before it stands here"
        yield Finding((*at, "date"), message)
    if row.week is not None and first_day(row.week, start) >= as_of:
        message = f"week {row.week} does not begin before as_of, {as_of}: only what was worked before it stands here"
        yield Finding((*at, "week"), message)


def _no_occurrence(task: Task, week: int, first: list[int]) -> str:
    """Say that there is no such occurrence, and which there are."""
    if task.repeat is None:
        return f"{label(task.id)} does not repeat: name it without @{week}"
    known = listed([f"@{since}" for since in first[:_FEW]]) + (" ..." if len(first) > _FEW else "")
    there = f"there are {known}, or name it with its date alone" if first else "none begins inside the horizon"
    return f"{label(task.id)} has no occurrence @{week}: {there}"
