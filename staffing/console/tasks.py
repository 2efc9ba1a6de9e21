"""What waits and what is late; occurrences of a repeating task that fare alike share a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from staffing.console.families import listed_weeks, results_alike, times, weeks_of
from staffing.console.names import Names, task_of
from staffing.console.numbers import count, number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.words import REASONS
from staffing.plan.records import TaskResult

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

MOST_ROWS = 12
"""Rows of a table that is part of a summary."""
_WHO_AND_WHAT = (Column("client\nproject"), Column("task"))


def waiting_table(plan: Plan, page: Page, most: int | None = None) -> Table:
    """Tasks the plan does not deliver, the highest value first, each with its reason; at most so many rows."""
    names = Names(plan)
    waiting = waiting_alike(plan)
    rows = tuple(
        (
            *_who_and_what(names, results, page, short=most is not None),
            effort(names, results),
            due(names, results),
            number(sum(result.value for result in results)),
            REASONS[results[0].reason] if results[0].reason else "",
        )
        for results in waiting[:most]
    )
    columns = (*_WHO_AND_WHAT, *(Column(head, right=True) for head in ("hours", "due", "value")))
    return Table(
        f"Waiting: {sum(map(len, waiting))}",
        (*columns, Column("why it waits", prose=True)),
        rows,
        note=_more(len(waiting) - len(rows), "staffing show PLAN --table waiting"),
    )


def waiting_alike(plan: Plan) -> list[list[TaskResult]]:
    """Return what waits, the highest value first; occurrences that wait for the same reason are together."""
    waiting = results_alike((task for task in plan.results if task.state == "waiting"), lambda task: task.reason)
    return sorted(waiting, key=lambda results: -sum(result.value for result in results))


def late_table(plan: Plan, page: Page, most: int | None = None) -> Table:
    """Tasks delivered after they were due, the latest first; at most so many rows."""
    names = Names(plan)
    late = late_alike(plan)
    rows = tuple(
        (
            *_who_and_what(names, results, page, short=most is not None),
            clip(names.people(results[0].owners), page.name_width),
            due(names, results),
            listed_weeks(sorted({result.last_week for result in results if result.last_week is not None})),
            str(results[0].weeks_late),
        )
        for results in late[:most]
    )
    columns = (*_WHO_AND_WHAT, Column("owner"))
    return Table(
        f"Late: {sum(map(len, late))}",
        (*columns, *(Column(head, right=True) for head in ("due", "last\nweek", "weeks\nlate"))),
        rows,
        note=_more(len(late) - len(rows), "staffing show PLAN"),
    )


def late_alike(plan: Plan) -> list[list[TaskResult]]:
    """Return what is late, the latest first; occurrences with the same owners and lateness are together."""
    late = (task for task in plan.results if task.state == "late")
    return sorted(
        results_alike(late, lambda task: (task.owners, task.weeks_late)), key=lambda results: -results[0].weeks_late
    )


def done_before(plan: Plan) -> int:
    """Count the tasks that history has finished: neither delivered by the plan nor waiting."""
    names = Names(plan)
    return sum(
        task.state == "done" and task.hours > 0 and not names.about(task.task).cancelled for task in plan.results
    )


def effort(names: Names, results: Sequence[TaskResult]) -> str:
    """Return the hours left of tasks as text; "" where a plan does not know them."""
    hours = [about.effort for about in (names.about(result.task) for result in results) if about.effort is not None]
    return number(sum(hours)) if hours else ""


def due(names: Names, results: Sequence[TaskResult]) -> str:
    """Return the weeks in which tasks are due, else those that occurrences are of."""
    weeks = {week for result in results if (week := names.about(result.task).due) is not None}
    return listed_weeks(sorted(weeks) or weeks_of(result.task for result in results))


def _who_and_what(names: Names, results: Sequence[TaskResult], page: Page, *, short: bool) -> tuple[str, str]:
    """Return client and project, and the task with its id: one below the other, so that reasons have room."""
    client, project = names.whose(results[0].task)
    marks = times([result.task for result in results])
    name = clip(names.work(results[0].task), page.name_width - len(marks) - 1)
    called = [f"{name} {marks}".strip(), *([] if short else [clip(task_of(results[0].task), page.name_width)])]
    whose = [clip(text, page.name_width) for text in (client, project) if text]
    return "\n".join(whose), "\n".join(dict.fromkeys(called))


def _more(hidden: int, command: str) -> str:
    return f"and {count(hidden, 'more task')}: {command}" if hidden > 0 else ""
