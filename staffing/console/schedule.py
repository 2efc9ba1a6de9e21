"""Who does what in which week."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from staffing.console.names import Names, task_of
from staffing.console.numbers import number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.weeks import week_columns, week_numbers

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

FIXED = "*"


def schedule_tables(plan: Plan, page: Page) -> list[Table]:
    """One table for each client: a row for each task and owner, a column for each week.

    The occurrences of a repeating task share a row: each has its weeks to itself.
    """
    names = Names(plan)
    rows: dict[str, dict[tuple[str, str], dict[int, float]]] = {}
    fixed = {(task_of(entry.task), entry.staff, entry.week) for entry in plan.assigned if entry.fixed}
    for entry in plan.assigned:
        client = rows.setdefault(entry.client, {})
        weeks = client.setdefault((task_of(entry.task), entry.staff), defaultdict(float))
        weeks[entry.week] += entry.hours
    any_name = {task_of(entry.task): names.task(entry.task) for entry in plan.assigned}
    columns = (Column("task"), Column("owner"), Column("all", right=True), *week_columns(plan))
    return [
        Table(
            names.client(client),
            columns,
            tuple(
                (
                    clip(any_name[task] if any_name[task] != task else task, page.name_width),
                    clip(names.person(staff), page.name_width // 2),
                    number(sum(weeks.values())),
                    *(_cell(weeks, week, (task, staff, week) in fixed) for week in week_numbers(plan)),
                )
                for (task, staff), weeks in tasks.items()
            ),
            kept=3,
            note=f"{FIXED} worked before the re-plan"
            if any(task in {key[0] for key in tasks} for task, _, _ in fixed)
            else "",
        )
        for client, tasks in rows.items()
    ]


def _cell(weeks: dict[int, float], week: int, fixed: bool) -> str:
    return f"{number(weeks[week])}{FIXED if fixed else ''}" if week in weeks else ""
