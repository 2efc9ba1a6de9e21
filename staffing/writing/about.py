"""What each column of a table is about, in the words of the records, and what may stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from staffing.files import tables_columns as columns
from staffing.files.tables_columns import COLUMNS
from staffing.scenario.records import KINDS, Booking, Client, Project, Record, Role, Settings, Staff, Task, Worked

_RECORDS: dict[str, type[Record]] = {
    "settings": Settings,
    "roles": Role,
    "staff": Staff,
    "clients": Client,
    "projects": Project,
    "tasks": Task,
    "worked": Worked,
    "bookings": Booking,
}
_OWN_WORDS = {
    ("roles", "id"): "Name of the role; account_manager and project_manager are built in.",
    ("settings", "extends"): "Path of another scenario that this one changes.",
    ("staff", "placeholder"): "Someone who could be hired: yes, or how many of them; the plan decides.",
    ("staff", "weekly_hours"): "Contract hours a week, or changes from dates on; the role's if not given.",
    ("staff", "overtime.hours"): "Most overtime hours in a week.",
    ("staff", "skills"): "Skills, each with its level; a bare name is level 1.",
    ("staff", "time_off"): "Whole days off, dates or spans from..to, both ends included.",
    ("tasks", "after"): "Tasks that come first, each with a lag in weeks if there is one.",
}
_OWN_EXAMPLES = {"workdays": "mon; tue; wed", "calendar.workdays": "mon; tue; wed", "calendar.holidays": "2026-02-17"}
_EXAMPLES = {
    columns.LEVELS: "seo:2; copy",
    columns.AFTER: "plan; brief+1",
    columns.DAYS_OFF: "2026-01-05..2026-01-09; 2026-02-02",
    columns.ESTIMATES: "omid=8; sara=6@500",
    columns.GOALS: "must; value~0.02; cost",
    columns.WEEKLY_HOURS: "40 or 2026-01-05=40; 2026-03-01=32",
    columns.DATE: "2026-01-05",
    columns.POINT: "3 or 2026-01-19",
}
_YES_NO = ("yes", "no")
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "priority": ("low", "normal", "high"),
    "budget.per": ("horizon", "month", "quarter", "week"),
    "pay": ("hourly", "salary"),
    "budget_basis": ("bill", "cost"),
    "calendar.system": ("gregorian", "jalali"),
    "step": ("0.25", "0.5", "1"),
}
"""The words that may stand in a column."""
REFERENCES = {
    "role": "roles",
    "client": "clients",
    "project": "projects",
    "owner": "staff",
    "owners.strategic": "staff",
    "owners.tactical": "staff",
    "task": "tasks",
    "staff": "staff",
}
"""The table whose ids may stand in a column."""


def choices(table: str, column: str) -> tuple[str, ...]:
    """Return the words that may stand in a column; none if other words may stand there too."""
    return _YES_NO if COLUMNS[table][column] is columns.FLAG else CHOICES.get(column, ())


def about(table: str, column: str) -> str:
    """Return in a few words what a column is about."""
    kind = COLUMNS[table][column]
    text = _OWN_WORDS.get((table, column)) or _description(_RECORDS[table], column.split("."))
    if column.startswith("remove."):
        text = "Ids of the extended scenario that this one is without."
    example = _OWN_EXAMPLES.get(column) or _EXAMPLES.get(kind, "a; b" if kind is columns.NAMES else "")
    return " ".join(text.replace("``", "").split()) + (f" Such as: {example}" if example else "")


def is_required(table: str, column: str) -> bool:
    """Return whether every entry must have the column."""
    info = _RECORDS[table].model_fields.get(column)
    return info is not None and info.is_required()


def _description(record: type[Record] | None, parts: list[str]) -> str:
    text = ""
    for part in parts:
        fields = {info.alias or name: info for name, info in record.model_fields.items()} if record else {}
        if part not in fields:
            return text
        text = fields[part].description or text
        record = next(_records(fields[part].annotation), None)
    return text


def _records(annotation: Any) -> Iterator[type[Record]]:
    """Yield the records that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records(part)
