"""What was worked, as far as it is legal but surely not meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from staffing.scenario.amounts import plain
from staffing.scenario.dates import week_of
from staffing.scenario.findings import Finding
from staffing.scenario.scenario import Scenario


def without_day(scenario: Scenario) -> Iterator[Finding]:
    """Rows of worked without the day from which on is planned; a day beyond the horizon."""
    if scenario.worked and scenario.as_of is None:
        message = "as_of is missing: without the day from which on is planned, new work may begin in week 1"
        yield Finding(("worked",), message)
    if scenario.as_of is not None and week_of(scenario.as_of, scenario.start) > scenario.weeks:
        yield Finding(("as_of",), "this is after the horizon: nothing can be planned any more")


def overrun(scenario: Scenario) -> Iterator[Finding]:
    """Tasks on which more was worked than they had, and nobody says what is left."""
    expanded = scenario.expanded
    numbers = {task.id: number for number, task in enumerate(scenario.tasks)}
    over: Counter[str] = Counter()
    hours: dict[str, Fraction] = {}
    for job in expanded.jobs.values():
        if job.effort < 0 and job.left is None and not job.cancelled and job.worked:
            over[job.task] += 1
            hours[job.task] = hours.get(job.task, Fraction(0)) - job.effort
    for task, times in over.items():
        which = f" ({times} occurrences)" if times > 1 else ""
        message = (
            f"{plain(round(hours[task], 4))} hours of effort more were worked than it has{which}, so it counts as "
            "done: say left if something is left of it"
        )
        yield Finding(("tasks", numbers[task], "hours"), message)
