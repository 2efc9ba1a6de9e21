"""The waiting list as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.families import listed_weeks, weeks_of
from staffing.console.tasks import due, waiting_alike, why_it_waits
from staffing.exports.sheets import Row, Sheet, amount, table, text
from staffing.plan.names import Names, task_of
from staffing.plan.records import TaskResult

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = (
    *("client", "project", "task", "id", "times", "weeks", "hours", "due week", "value"),
    *("why it waits", "code", "hours done"),
)


def waiting_sheet(plan: Plan) -> Sheet:
    """Return a sheet of the tasks that the plan does not deliver, the highest value first, each with its reason.

    Occurrences of a repeating task that wait for the same thing share a row.
    """
    names = Names(plan)
    rows = [_row(names, results) for results in waiting_alike(plan)]
    return table("Waiting", TITLES, rows, empty="Nothing waits.", kept=3)


def _row(names: Names, results: list[TaskResult]) -> Row:
    first = results[0]
    client, project = names.whose(first.task)
    efforts = [about.effort for about in (names.about(result.task) for result in results) if about.effort is not None]
    return (
        text(client),
        text(project),
        text(names.work(first.task)),
        text(task_of(first.task)),
        amount(len(results)),
        text(listed_weeks(weeks_of(result.task for result in results))),
        amount(sum(efforts) if efforts else None),
        text(due(names, results)),
        amount(sum(result.value for result in results)),
        text(why_it_waits(names, results)),
        text(first.reason or ""),
        amount(sum(result.hours for result in results) or None),
    )
