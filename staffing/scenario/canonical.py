"""The canonical form of a scenario: one text for all spellings of the same scenario.

Its SHA-256 is the fingerprint by which a plan knows the scenario it was made for.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from staffing.scenario.amounts import plain
from staffing.scenario.dates import WEEKDAYS
from staffing.scenario.draft import Draft
from staffing.scenario.records import WEIGHTS, Project, Staff, Task


def fingerprint(scenario: Draft) -> str:
    """Return the SHA-256 of the canonical form, as hexadecimal digits."""
    return hashlib.sha256(canonical(scenario).encode()).hexdigest()


def canonical(scenario: Draft) -> str:
    """Return a scenario in its canonical form.

    Defaults are filled and holidays listed; repeats and placeholder copies are not written out. The name and
    the description of the scenario are left out, since they change no plan.

    Parameters
    ----------
    scenario
        A scenario without errors.

    Returns
    -------
    str
        JSON with sorted keys and without spaces; numbers are decimals without trailing zeros, dates Gregorian.
    """
    data = scenario.model_dump(by_alias=True, exclude={"name", "description", "staff", "projects", "tasks"})
    data["worked"] = sorted(data["worked"], key=to_json)
    data["calendar"]["workdays"] = _in_order(scenario.workdays)
    data["calendar"]["holidays"] = sorted(scenario.holidays)
    data["clients"] = [_said({**client, "name": client["name"] or client["id"]}) for client in data["clients"]]
    projects = {project.id: project for project in scenario.projects}
    data["staff"] = [_staff(member, scenario) for member in scenario.staff]
    data["projects"] = [_named(project) for project in scenario.projects]
    data["tasks"] = [_task(task, projects.get(task.project or "")) for task in scenario.tasks]
    return to_json(data)


def _named(entry: Staff | Project | Task) -> dict[str, Any]:
    return _said({**entry.model_dump(by_alias=True), "name": entry.name or entry.id})


def _staff(member: Staff, scenario: Draft) -> dict[str, Any]:
    data = _named(member)
    role = scenario.roles[member.role]
    for field in ("weekly_hours", "cost_rate", "bill_rate", "strategic", "tactical"):
        if data[field] is None:
            data[field] = getattr(role, field)
    data["workdays"] = _in_order(member.workdays or scenario.workdays)
    return data


def _task(task: Task, project: Project | None) -> dict[str, Any]:
    data = _named(task)
    data["max_owners"] = task.max_owners or 1
    if task.value is None:
        data["value"] = WEIGHTS[task.priority] * task.likely
    if project is not None:
        inherited = ("client",) if task.repeat else ("client", "earliest", "due", "deadline")
        for field in inherited:
            if data[field] is None:
                data[field] = getattr(project, field)
    return data


def _in_order(workdays: tuple[str, ...]) -> list[str]:
    return sorted(workdays, key=WEEKDAYS.index)


_UNSAID = {"absence": Decimal(0), "probability": Decimal(1)}
"""What stands in the canonical form only where it is said: plans do not ask, and older ones know their scenario."""


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in entry.items() if field not in _UNSAID or value != _UNSAID[field]}


_LEAVES = json.JSONEncoder(ensure_ascii=False)


def to_json(value: object) -> str:
    """Return a value as JSON with sorted keys, exact numbers and no spaces.

    >>> to_json({"b": Decimal("1.50"), "a": [dt.date(2026, 1, 5), None, True]})
    '{"a":["2026-01-05",null,true],"b":1.5}'
    """
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{to_json(str(key))}:{to_json(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(to_json, value)) + "]"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dt.date):
        return f'"{value.isoformat()}"'
    return _LEAVES.encode(value)
