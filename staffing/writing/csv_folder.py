"""A scenario as a folder of CSV files that spreadsheets open, and do not run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from staffing.files.tables_cells import guarded
from staffing.files.tables_columns import COLUMNS
from staffing.plan.csv_text import csv_text
from staffing.writing.tables import Table, tables


def csv_files(data: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the CSV files of a scenario by name, in UTF-8 with the mark that Excel knows it by.

    Every column is there, so that a planner sees what could be said.
    """
    return {f"{name}.csv": csv_table(name, rows).encode("utf-8-sig") for name, rows in tables(data).items()}


def csv_table(name: str, rows: Table) -> str:
    """Return one table as CSV, with every column."""
    head = ["key", "value"] if name == "settings" else list(COLUMNS[name])
    cells = ([row.get(column) for column in head] for row in rows)
    return csv_text([head, *cells], partial(guarded, formulas=True))
