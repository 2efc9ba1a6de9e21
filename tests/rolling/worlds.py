"""A small agency, and what it becomes from a later first week."""

from __future__ import annotations

from typing import Any

from staffing.loading import from_mapping
from staffing.rolling.roll import Rolled, roll_on
from staffing.scenario.records import Task
from staffing.scenario.scenario import Scenario

WORLD: dict[str, Any] = {
    "name": "Nova",
    "start": "2026-01-05",
    "weeks": 8,
    "as_of": "2026-02-02",
    "staff": [
        {"id": "sara", "role": "account_manager", "bill_rate": 100, "cost_rate": 40},
        {"id": "omid", "role": "project_manager", "bill_rate": 90, "cost_rate": 30},
    ],
    "clients": [{"id": "nova", "budget": 10000}],
}
"""Eight weeks from Monday, 5 January 2026; the first four of them are over."""
ROLLED = "2026-02-02"
"""The first day of week 5, which becomes week 1."""


def task(id_: str = "plan", /, **more: Any) -> dict[str, Any]:
    return {"id": id_, "kind": "tactical", "client": "nova", "hours": 10, **more}


def repeat(id_: str = "call", /, **more: Any) -> dict[str, Any]:
    """Make a repeating task of 2 hours."""
    return task(id_, hours=2, repeat={"every": 1, **more})


def worked(task_: str, day: str, hours: float, staff: str = "omid") -> dict[str, Any]:
    return {"task": task_, "staff": staff, "date": day, "hours": hours}


def world(*tasks: dict[str, Any], rows: list[dict[str, Any]] | None = None, **more: Any) -> Scenario:
    return from_mapping({**WORLD, "tasks": list(tasks), "worked": rows or [], **more})


def rolled(*tasks: dict[str, Any], rows: list[dict[str, Any]] | None = None, **more: Any) -> Rolled:
    return roll_on(world(*tasks, rows=rows, **more), ROLLED)


def tasks_of(found: Rolled) -> dict[str, Task]:
    return {entry.id: entry for entry in found.scenario.tasks}


def efforts(found: Rolled) -> dict[str, float]:
    """Return the open effort of each job."""
    jobs = found.scenario.expanded.jobs.values()
    return {job.id: float(job.effort) for job in jobs if not job.done}


def rows_of(found: Rolled) -> list[tuple[str, str, float]]:
    """Return the task, the day or week, and the hours of each row that stays in worked."""
    return [(row.task, str(row.date or row.week), float(row.hours)) for row in found.scenario.worked]


def told(found: Rolled) -> list[str]:
    return [str(remark) for remark in found.remarks]
