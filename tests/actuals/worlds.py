"""A small agency in its third week, and timesheets of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from staffing.actuals.column_map import ColumnMap
from staffing.actuals.count import Actuals, count
from staffing.actuals.matching import Matcher
from staffing.actuals.timesheet import read_timesheet
from staffing.loading import from_mapping
from staffing.scenario.records import Client, Project

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
        {"id": "plan", "name": "Account plan", "client": "nova", "kind": "strategic", "hours": 12, "done": 1},
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
) -> Actuals:
    """Count a timesheet of the rows given."""
    path = folder / "hours.csv"
    path.write_text(head + rows, encoding="utf-8")
    scenario = from_mapping(world or WORLD)
    return count(scenario, read_timesheet(path, columns), Matcher(scenario, columns.names), AS_OF, since)


def done(actuals: Actuals, task: str) -> float:
    """What is done of a task."""
    return float(next(one.done for one in actuals.scenario.tasks if one.id == task))


def spent(actuals: Actuals, name: str) -> float:
    """What is spent of the budget of a client or project."""
    entries: list[Client | Project] = [*actuals.scenario.clients, *actuals.scenario.projects]
    return next(float(one.budget.spent) for one in entries if one.id == name and one.budget is not None)


def remarks(actuals: Actuals) -> list[str]:
    """Why something was not counted in full."""
    return [remark.reason for remark in actuals.remarks]
