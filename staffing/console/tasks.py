"""What waits and what is late; occurrences of a repeating task that fare alike share a row."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from staffing.console.families import listed_weeks, results_alike, times, weeks_of
from staffing.console.numbers import count, number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.words import REASONS
from staffing.plan.names import Names, task_of
from staffing.plan.obstacles.records import Because
from staffing.plan.obstacles.words import likeness, merged, why
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
            why_it_waits(names, results),
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
    """Return what waits, the highest value first; occurrences that wait for the same thing are together."""
    names = Names(plan)

    def how(result: TaskResult) -> Hashable:
        told = names.because(result.task)
        return result.reason, None if told is None else likeness(told)

    waiting = results_alike((task for task in plan.results if task.state == "waiting"), how)
    return sorted(waiting, key=lambda results: -sum(result.value for result in results))


def because(names: Names, results: Sequence[TaskResult]) -> Because | None:
    """Return what is in the way of tasks that wait for the same thing; None where the plan does not say it."""
    told = [one for one in (names.because(result.task) for result in results) if one is not None]
    return merged(told) if len(told) == len(results) else None


def word_of(names: Names, result: TaskResult) -> str | None:
    """Return the key of the word that tasks share which wait for the like; None where the plan gives no reason."""
    told = names.because(result.task)
    if told is not None:
        return f"hindrance_{told.obstacle.kind if told.obstacle is not None else 'nothing'}"
    return f"reason_{result.reason}" if result.reason is not None else None


def why_it_waits(names: Names, results: Sequence[TaskResult]) -> str:
    """Return why tasks wait that do so for the same thing: what is in the way, or else the reason of the plan."""
    told = because(names, results)
    if told is not None:
        return why(names, told, several=len(results) > 1)
    return REASONS[results[0].reason] if results[0].reason else ""


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
