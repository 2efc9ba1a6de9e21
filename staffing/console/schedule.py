"""Who does what in which week."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from staffing.console.numbers import number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.weeks import week_columns, week_numbers
from staffing.plan.names import Names, task_of

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

FIXED = "*"
Group = Literal["client", "project"]
"""What the rows of a schedule are grouped by."""
PROMISED = "="


def schedule_tables(plan: Plan, page: Page, group: Group = "client") -> list[Table]:
    """One table for each client, or each project: a row for each task and owner, a column for each week.

    The occurrences of a repeating task share a row: each has its weeks to itself. Work of no project stands under its
    client.
    """
    names = Names(plan)
    rows: dict[tuple[str, str], dict[tuple[str, str], dict[int, float]]] = {}
    signs = {
        (task_of(entry.task), entry.staff, entry.week): PROMISED if plan.is_promised(entry) else FIXED
        for entry in plan.assigned
        if entry.fixed
    }
    for entry in plan.assigned:
        title = (entry.client, (names.about(entry.task).project or "") if group == "project" else "")
        weeks = rows.setdefault(title, {}).setdefault((task_of(entry.task), entry.staff), defaultdict(float))
        weeks[entry.week] += entry.hours
    any_name = {task_of(entry.task): names.work(entry.task) for entry in plan.assigned}
    columns = (Column("task"), Column("owner"), Column("all", right=True), *week_columns(plan))
    return [
        Table(
            _title(names, *title),
            columns,
            tuple(
                (
                    clip(any_name[task], page.name_width),
                    clip(names.person(staff), page.name_width // 2),
                    number(sum(weeks.values())),
                    *(_cell(weeks, week, signs.get((task, staff, week), "")) for week in week_numbers(plan)),
                )
                for (task, staff), weeks in tasks.items()
            ),
            kept=3,
            note=_legend({sign for (task, staff, _), sign in signs.items() if (task, staff) in tasks}),
        )
        for title, tasks in _in_order(rows, group)
    ]


def _in_order(
    rows: dict[tuple[str, str], dict[tuple[str, str], dict[int, float]]], group: Group
) -> list[tuple[tuple[str, str], dict[tuple[str, str], dict[int, float]]]]:
    """Order rows so that a client's projects are side by side, after what belongs to no project."""
    if group == "client":
        return list(rows.items())
    clients = list(dict.fromkeys(client for client, _ in rows))
    return sorted(rows.items(), key=lambda entry: (clients.index(entry[0][0]), entry[0][1] != ""))


def _title(names: Names, client: str, project: str) -> str:
    return f"{names.client(client)}: {names.project(project)}" if project else names.client(client)


def _cell(weeks: dict[int, float], week: int, sign: str) -> str:
    return f"{number(weeks[week])}{sign}" if week in weeks else ""


def _legend(signs: set[str]) -> str:
    """Return the meanings of the signs that a table uses."""
    meanings = ((FIXED, "worked before the re-plan"), (PROMISED, "promised"))
    return ", ".join(f"{sign} {meaning}" for sign, meaning in meanings if sign in signs)
