"""The way to a value of a scenario, and how it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pydantic import BaseModel

from staffing.scenario.amounts import Written

LISTS = ("staff", "clients", "projects", "tasks")
"""The lists whose entries have an id."""
ROWS = ("worked", "bookings")
"""The lists of hours, whose entries have none."""

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of mappings, and indices of lists counted from 0."""


def inside(data: object, part: str | int) -> object:
    """Return the value under a key or index; None if there is none."""
    if isinstance(data, Mapping):
        return data.get(part)
    if isinstance(part, int):
        return data[part] if isinstance(data, list | tuple) and part < len(data) else None
    return getattr(data, part, None) if isinstance(data, BaseModel) else None


def friendly(path: Path, data: object) -> str:
    """Return a path as a planner would say it.

    An entry of staff, clients, projects or tasks is called by its id; anything else in a list, by its number,
    counted from 1.

    >>> friendly(("tasks", 0, "due"), {"tasks": [{"id": "nova-plan"}]})
    'tasks[nova-plan].due'
    >>> friendly(("tasks", 3, "due"), {})
    'tasks[4].due'
    """
    text = ""
    for depth, part in enumerate(path):
        data = inside(data, part)
        if isinstance(part, str):
            text += f".{label(part)}" if text else label(part)
        else:
            name = id_of(data) if depth == 1 and path[0] in LISTS else None
            text += f"[{part + 1 if name is None else label(name)}]"
    return text


def id_of(entry: object) -> str | None:
    """Read the id of an entry as text; None if it has none. Digits are text in the way they are written."""
    return name_of(inside(entry, "id"))


def name_of(value: object) -> str | None:
    """Read a reference to an id as text; None if the value cannot be one."""
    if isinstance(value, Written):
        return value.text
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def label(text: str, most: int = 40) -> str:
    """Return a text from an input as one line of a message, short enough to read."""
    text = text if len(text) <= most else text[: most - 3] + "..."
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
