"""Scenarios as tables: the same ones for a workbook and for a folder of CSV files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from staffing.files.tables_columns import COLUMNS
from staffing.scenario.records import BUILT_IN_ROLES

Table = list[dict[str, Any]]
"""Rows by column: text, numbers and days."""


def tables(data: Mapping[str, Any]) -> dict[str, Table]:
    """Return every table of a scenario as plain data, also those without a row.

    The built-in roles have their rows too, so that people can choose from the list and see what they are.
    """
    entries = dict(data)
    settings = {key: entries.pop(key) for key in data if key not in COLUMNS}
    roles = {name: {**BUILT_IN_ROLES.get(name, {}), **entries.get("roles", {}).get(name, {})} for name in _names(data)}
    entries["roles"] = [{"id": name, **role} for name, role in roles.items()]
    found = {
        name: [dict(_cells(name, entry)) for entry in entries.get(name, ())] for name in COLUMNS if name != "settings"
    }
    cells = dict(_cells("settings", settings))
    return {"settings": [{"key": key, "value": cells[key]} for key in COLUMNS["settings"] if key in cells], **found}


def _names(data: Mapping[str, Any]) -> Iterator[str]:
    yield from dict.fromkeys((*BUILT_IN_ROLES, *data.get("roles", {})))


def _cells(table: str, data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the cells of an entry by column."""
    columns = COLUMNS[table]
    for key, value in data.items():
        name = prefix + key
        inside = any(column.startswith(f"{name}.") for column in columns)
        if isinstance(value, Mapping) and inside:
            yield from _cells(table, value, f"{name}.")
        elif name in columns:
            yield name, columns[name].write(value)
        else:  # a short form, such as budget for budget.amount
            yield next(column for column in columns if column.startswith(f"{name}.")), value
