"""Tables as data: CSV that a spreadsheet cannot take for formulas, and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from staffing.plan.csv_text import csv_text as rows_as_csv
from staffing.plan.frames import ALLOCATION_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from staffing.plan.plan import Plan

TABLES = ("schedule", "people", "clients", "waiting", "changes", "actuals")
"""Names of a plan's tables."""


def frame(plan: Plan, table: str) -> pd.DataFrame:
    """Return one table of a plan as a DataFrame; the schedule has the columns of the plan's CSV file."""
    if table == "waiting":
        return plan.tasks[plan.tasks["state"] == "waiting"].reset_index(drop=True)
    if table == "schedule":
        return plan.allocations[list(ALLOCATION_COLUMNS)]
    if table == "changes":
        return plan.changes
    frames = {"people": plan.people, "clients": plan.clients, "actuals": plan.actuals}
    return frames[table]


def csv_text(data: pd.DataFrame) -> str:
    """Return a frame as CSV; a text that a spreadsheet would take for a formula gets a leading apostrophe."""
    return rows_as_csv([data.columns, *([_cell(value) for value in row] for row in data.itertuples(index=False))])


def _cell(value: Any) -> Any:
    """Return what stands in a cell; days are dates, and what is missing is None."""
    import pandas as pd

    if isinstance(value, list | tuple):
        return value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def json_text(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return frames as one JSON object of lists of rows; dates are ``YYYY-MM-DD``, what is not known is null."""
    rows = {name: json.loads(_dated(data).to_json(orient="records")) for name, data in tables.items()}
    return json.dumps(rows, indent=2, ensure_ascii=False)


def _dated(data: pd.DataFrame) -> pd.DataFrame:
    days = data.select_dtypes("datetime")
    return data.assign(**{name: days[name].dt.strftime("%Y-%m-%d") for name in days.columns})
