"""The columns of each table, and how the cells of a column are read and written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from staffing.files import tables_lists as lists
from staffing.files.tables_cells import Value
from staffing.scenario.amounts import Written

_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Kind:
    """How the cells of a column are read and written.

    Attributes
    ----------
    read
        Gives the value of a tree; whether ``0,5`` is a half is the second argument, None where nobody can tell.
        What cannot be read is given as it is, for the checks of the scenario to refuse.
    write
        Gives text, a number or a date.
    """

    read: Callable[[Value, bool | None], Any]
    write: Callable[[Any], Any] = lambda value: value


def _as_is(value: Value, _comma: bool | None) -> Any:
    return value


def _number(value: Value, comma: bool | None) -> Any:
    return lists.number(value, comma) if isinstance(value, str) else value


def _day(value: Value) -> Any:
    """Return a date as text; a date with a time of day is returned as it is, to be refused later."""
    return value.isoformat() if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else value


def _flag(value: Value, _comma: bool | None) -> Any:
    if isinstance(value, str):
        return _FLAGS.get(value.casefold(), value)
    return value == 1 if isinstance(value, Decimal) and value in (0, 1) else value


def _placeholder(value: Value, comma: bool | None) -> Any:
    """Read yes, no, or how many could be hired."""
    found = _flag(value, comma)
    count = _number(found, comma)
    return {"count": count} if isinstance(count, Written) else found


def _write_placeholder(value: Any) -> Any:
    return value["count"] if isinstance(value, Mapping) else FLAG.write(value)


def _list(read: Callable[[str, bool | None], Any], write: Callable[[Any], Any]) -> Kind:
    def read_cell(value: Value, comma: bool | None) -> Any:
        value = _day(value)
        if isinstance(value, Written):  # a number by itself, whatever the signs of texts
            return read(value.text, False)
        return read(value, comma) if isinstance(value, str) else value

    return Kind(read_cell, write)


TEXT = Kind(_as_is)
NUMBER = Kind(_number)
DATE = Kind(lambda value, _comma: _day(value))
POINT = Kind(lambda value, comma: _number(_day(value), comma))
FLAG = Kind(_flag, lambda value: "yes" if value else "no")
PLACEHOLDER = Kind(_placeholder, _write_placeholder)
NAMES = _list(lists.names, lists.write_names)
LEVELS = _list(lists.levels, lists.write_levels)
AFTER = _list(lists.after, lists.write_after)
GOALS = _list(lists.goals, lists.write_goals)
DAYS_OFF = _list(lists.days_off, lists.write_days_off)
ESTIMATES = _list(lists.estimates, lists.write_estimates)
WEEKLY_HOURS = _list(lists.weekly_hours, lists.write_weekly_hours)

_BUDGET = {"budget.amount": NUMBER, "budget.per": TEXT, "budget.spent": NUMBER}

_HOURS = {"task": TEXT, "staff": TEXT, "date": DATE, "week": NUMBER, "hours": NUMBER}

COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "settings": {
        "name": TEXT,
        "description": TEXT,
        "extends": TEXT,
        "start": DATE,
        "weeks": NUMBER,
        "currency": TEXT,
        "step": NUMBER,
        "calendar.workdays": NAMES,
        "calendar.country": TEXT,
        "calendar.subdivision": TEXT,
        "calendar.holidays": NAMES,
        "calendar.system": TEXT,
        "budget_basis": TEXT,
        "switching": NUMBER,
        "as_of": DATE,
        "goals": GOALS,
        "remove.staff": NAMES,
        "remove.clients": NAMES,
        "remove.projects": NAMES,
        "remove.tasks": NAMES,
    },
    "roles": {
        "id": TEXT,
        "strategic": NUMBER,
        "tactical": NUMBER,
        "weekly_hours": NUMBER,
        "cost_rate": NUMBER,
        "bill_rate": NUMBER,
    },
    "staff": {
        "id": TEXT,
        "name": TEXT,
        "role": TEXT,
        "weekly_hours": WEEKLY_HOURS,
        "workdays": NAMES,
        "target_utilisation": NUMBER,
        "cost_rate": NUMBER,
        "bill_rate": NUMBER,
        "strategic": NUMBER,
        "tactical": NUMBER,
        "overtime.hours": NUMBER,
        "overtime.premium": NUMBER,
        "skills": LEVELS,
        "time_off": DAYS_OFF,
        "start": DATE,
        "end": DATE,
        "limits.strategic": NUMBER,
        "limits.tactical": NUMBER,
        "max_clients": NUMBER,
        "max_clients_per_week": NUMBER,
        "pay": TEXT,
        "placeholder": PLACEHOLDER,
        "hire_cost": NUMBER,
        "absence": NUMBER,
    },
    "clients": {
        "id": TEXT,
        "name": TEXT,
        **_BUDGET,
        "single_owner": FLAG,
        "owners.strategic": TEXT,
        "owners.tactical": TEXT,
        "exclude": NAMES,
        "probability": NUMBER,
    },
    "projects": {
        "id": TEXT,
        "name": TEXT,
        "client": TEXT,
        **_BUDGET,
        "earliest": POINT,
        "due": POINT,
        "deadline": POINT,
        "probability": NUMBER,
    },
    "tasks": {
        "id": TEXT,
        "name": TEXT,
        "kind": TEXT,
        "client": TEXT,
        "project": TEXT,
        "hours": NUMBER,
        "hours.low": NUMBER,
        "hours.likely": NUMBER,
        "hours.high": NUMBER,
        "done": NUMBER,
        "left": NUMBER,
        "cancelled": FLAG,
        "earliest": POINT,
        "due": POINT,
        "deadline": POINT,
        "must": FLAG,
        "priority": TEXT,
        "value": NUMBER,
        "billable": FLAG,
        "after": AFTER,
        "skills": LEVELS,
        "owner": TEXT,
        "only": NAMES,
        "except": NAMES,
        "roles": NAMES,
        "max_owners": NUMBER,
        "weekly_max": NUMBER,
        "repeat.every": NUMBER,
        "repeat.from": POINT,
        "repeat.until": POINT,
        "repeat.window": NUMBER,
        "repeat.same_owner": FLAG,
        "estimates": ESTIMATES,
    },
    "worked": _HOURS,
    "bookings": _HOURS,
}
"""Tables in the order people fill them; in ``settings`` the keys, in the others the columns."""

ALSO: Mapping[str, Mapping[str, Kind]] = {
    "staff": {"overtime": NUMBER, "placeholder.count": NUMBER},
    "clients": {"budget": NUMBER},
    "projects": {"budget": NUMBER},
}
"""Columns that are read as well: other ways to say the same."""


def kind_of(table: str, column: str) -> Kind:
    """Return how a column is read; one that is not known is read as it stands, for the checks to refuse."""
    return COLUMNS[table].get(column) or ALSO.get(table, {}).get(column) or TEXT


def is_known(table: str, column: str) -> bool:
    """Return whether a table has a column, or columns whose names begin with it, such as ``repeat``."""
    return any(name == column or name.startswith(f"{column}.") for name in (*COLUMNS[table], *ALSO.get(table, ())))
