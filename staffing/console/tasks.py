"""What waits and what is late."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from staffing.console.names import Names, task_of
from staffing.console.numbers import count, number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.words import REASONS
from staffing.plan.records import Reason, TaskResult

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

MOST_ROWS = 12
"""Rows of a table that is part of a summary."""


def waiting_table(plan: Plan, page: Page) -> Table:
    """Tasks the plan does not deliver, dearest first, each with its reason."""
    names = Names(plan)
    waiting = sorted((task for task in plan.results if task.state == "waiting"), key=lambda task: -task.value)
    rows = tuple(
        (
            clip(task.task, page.name_width),
            clip(names.task(task.task), page.name_width),
            number(task.value),
            REASONS[task.reason] if task.reason else "",
        )
        for task in waiting
    )
    columns = (Column("task"), Column("name"), Column("value", right=True), Column("why it waits", prose=True))
    return Table(f"Waiting: {len(rows)}", columns, rows)


def waiting_in_short(plan: Plan, page: Page) -> Table:
    """Tasks the plan does not deliver, dearest first: occurrences together, and no more rows than one takes in."""
    names = Names(plan)
    alike: defaultdict[tuple[str, Reason | None], list[TaskResult]] = defaultdict(list)
    for result in plan.results:
        if result.state == "waiting":
            alike[task_of(result.task), result.reason].append(result)
    dearest_first = sorted(alike.items(), key=lambda entry: -sum(result.value for result in entry[1]))
    rows = tuple(
        (
            clip(task, page.name_width),
            clip(names.task(results[0].task), page.name_width),
            str(len(results)),
            number(sum(result.value for result in results)),
            REASONS[reason] if reason else "",
        )
        for (task, reason), results in dearest_first[:MOST_ROWS]
    )
    columns = (Column("task"), Column("name"), Column("times", right=True), Column("value", right=True))
    hidden = len(dearest_first) - len(rows)
    return Table(
        f"Waiting: {sum(map(len, alike.values()))}",
        (*columns, Column("why it waits", prose=True)),
        rows,
        note=f"and {count(hidden, 'more task')}: staffing show PLAN --table waiting" if hidden else "",
    )


def late_table(plan: Plan, page: Page, most: int | None = None) -> Table:
    """Tasks delivered after they were due, the latest first; at most so many."""
    names = Names(plan)
    late = sorted((task for task in plan.results if task.state == "late"), key=lambda task: -task.weeks_late)
    rows = tuple(
        (
            clip(task.task, page.name_width),
            clip(names.task(task.task), page.name_width),
            clip(names.people(task.owners), page.name_width),
            str(task.weeks_late),
            str(task.last_week),
        )
        for task in late[:most]
    )
    columns = (Column("task"), Column("name"), Column("owner"))
    return Table(
        f"Late: {len(late)}",
        (*columns, Column("weeks late", right=True), Column("last week", right=True)),
        rows,
        note=f"and {count(len(late) - len(rows), 'more task')}: staffing show PLAN" if len(late) > len(rows) else "",
    )
