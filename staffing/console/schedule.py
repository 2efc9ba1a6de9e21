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
PROMISED = "="


def schedule_tables(plan: Plan, page: Page) -> list[Table]:
    """One table for each client: a row for each task and owner, a column for each week.

    The occurrences of a repeating task share a row: each has its weeks to itself.
    """
    names = Names(plan)
    rows: dict[str, dict[tuple[str, str], dict[int, float]]] = {}
    signs = {
        (task_of(entry.task), entry.staff, entry.week): PROMISED if plan.is_promised(entry) else FIXED
        for entry in plan.assigned
        if entry.fixed
    }
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
                    *(_cell(weeks, week, signs.get((task, staff, week), "")) for week in week_numbers(plan)),
                )
                for (task, staff), weeks in tasks.items()
            ),
            kept=3,
            note=_legend({sign for (task, staff, _), sign in signs.items() if (task, staff) in tasks}),
        )
        for client, tasks in rows.items()
    ]


def _cell(weeks: dict[int, float], week: int, sign: str) -> str:
    return f"{number(weeks[week])}{sign}" if week in weeks else ""


def _legend(signs: set[str]) -> str:
    """Say what the signs of a table mean."""
    meanings = ((FIXED, "worked before the re-plan"), (PROMISED, "promised"))
    return ", ".join(f"{sign} {meaning}" for sign, meaning in meanings if sign in signs)
