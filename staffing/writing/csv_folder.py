"""A scenario as a folder of CSV files that spreadsheets open, and do not run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from staffing.files.tables_cells import guarded
from staffing.files.tables_columns import COLUMNS
from staffing.scenario.amounts import plain
from staffing.writing.tables import Table, tables

_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')


def csv_files(data: Mapping[str, Any]) -> dict[str, bytes]:
    """Give the CSV files of a scenario by name, in UTF-8 with the mark that Excel knows it by.

    Every column is there, so that a planner sees what could be said.
    """
    return {f"{name}.csv": csv_table(name, rows).encode("utf-8-sig") for name, rows in tables(data).items()}


def csv_table(name: str, rows: Table) -> str:
    """Write one table, every column of it."""
    head = ["key", "value"] if name == "settings" else list(COLUMNS[name])
    return "".join([_line(head), *(_line(row.get(column) for column in head) for row in rows)])


def _line(cells: Iterable[Any]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(value: Any) -> str:
    if isinstance(value, int | Decimal):
        return plain(value)
    text = "" if value is None else guarded(value, formulas=True)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
