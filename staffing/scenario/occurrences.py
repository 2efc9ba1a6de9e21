"""When each occurrence of a repeating task may be done."""

from __future__ import annotations

from staffing.scenario.dates import first_day, year_and_month
from staffing.scenario.draft import Draft
from staffing.scenario.records import Task


def occurrences(task: Task, scenario: Draft) -> list[tuple[int, int]]:
    """First and last week of each occurrence of a repeating task."""
    repeat = task.repeat
    assert repeat is not None
    since = 1 if repeat.since is None else scenario.week(repeat.since)
    until = scenario.weeks if repeat.until is None else scenario.week(repeat.until)
    if repeat.every == "month":
        months: dict[tuple[int, int], list[int]] = {}
        for week in range(max(1, since), scenario.weeks + 1):
            day = first_day(week, scenario.start)
            months.setdefault(year_and_month(day, scenario.calendar.system), []).append(week)
        spans = [(weeks[0], weeks[: repeat.window or len(weeks)][-1]) for weeks in months.values()]
    else:
        window = repeat.window or 1
        spans = [
            (week, min(week + window - 1, scenario.weeks))
            for week in range(since, scenario.weeks + 1, repeat.every)
            if week >= 1
        ]
    return [(first, last) for first, last in spans if first <= until]
