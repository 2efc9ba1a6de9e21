"""What waits and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.names import Names
from staffing.console.numbers import number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.words import REASONS

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


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


def late_table(plan: Plan, page: Page) -> Table:
    """Tasks delivered after they were due, the latest first."""
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
        for task in late
    )
    columns = (Column("task"), Column("name"), Column("owner"))
    return Table(
        f"Late: {len(rows)}", (*columns, Column("weeks late", right=True), Column("last week", right=True)), rows
    )
