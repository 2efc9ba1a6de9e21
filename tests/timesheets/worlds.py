"""A small agency in its third week, and timesheets of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from staffing.loading import from_mapping
from staffing.timesheets.actuals import Actuals, count
from staffing.timesheets.column_map import ColumnMap
from staffing.timesheets.matching import Matcher
from staffing.timesheets.timesheet import read_timesheet

WORLD: dict[str, Any] = {
    "name": "Nova",
    "start": "2026-01-05",
    "weeks": 8,
    "staff": [
        {"id": "sara", "name": "Sara Khan", "role": "account_manager", "bill_rate": 100, "cost_rate": 40},
        {"id": "omid", "name": "Omid Rad", "role": "project_manager", "bill_rate": 90, "cost_rate": 30},
    ],
    "clients": [{"id": "nova", "name": "Nova Water", "budget": 5000}, {"id": "brio", "name": "Brio Books"}],
    "projects": [{"id": "site", "name": "Web site", "client": "nova", "budget": {"amount": 2000, "per": "month"}}],
    "tasks": [
        {"id": "plan", "name": "Account plan", "client": "nova", "kind": "strategic", "hours": 12},
        {"id": "brief", "name": "Brief", "project": "site", "kind": "tactical", "hours": 8},
        {"id": "talk", "name": "Talk", "client": "nova", "kind": "tactical", "hours": 1, "repeat": {"every": 1}},
        {"id": "learn", "name": "Learning", "client": "brio", "kind": "tactical", "hours": 4, "billable": False},
    ],
}
COLUMNS = ColumnMap(
    staff=("Who",), date=("Day",), hours=("Hours",), client=("Client",), project=("Project",), task=("Task",)
)
HEAD = "Who,Day,Client,Project,Task,Hours\n"
AS_OF = dt.date(2026, 2, 9)


def counted(
    folder: Path,
    rows: str,
    world: dict[str, Any] | None = None,
    columns: ColumnMap = COLUMNS,
    head: str = HEAD,
    since: dt.date | None = None,
    as_of: dt.date = AS_OF,
) -> Actuals:
    """Count a timesheet of the rows given."""
    path = folder / "hours.csv"
    path.write_text(head + rows, encoding="utf-8")
    scenario = from_mapping(world or WORLD)
    return count(scenario, read_timesheet(path, columns), Matcher(scenario, columns.names), as_of, since)


def worked(*rows: str) -> dict[str, Any]:
    """The world with rows of ``worked``, each as ``task staff day-or-week hours``."""
    found: list[dict[str, Any]] = []
    for task, staff, when, hours in map(str.split, rows):
        at = {"week": int(when)} if when.isdecimal() else {"date": when}
        found.append({"task": task, "staff": staff, **at, "hours": float(hours)})
    return {**WORLD, "worked": found}


def rows(actuals: Actuals) -> list[str]:
    """Return all rows of ``worked``, in the same short form."""
    return [f"{row.task} {row.staff} {row.date or row.week} {row.hours}" for row in actuals.scenario.worked]


def remarks(actuals: Actuals) -> list[str]:
    """Why something was not counted as expected."""
    return [remark.reason for remark in actuals.remarks]
