"""Tables as data: CSV that a spreadsheet cannot take for formulas, and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from staffing.plan.plan import Plan

TABLES = ("schedule", "people", "clients", "waiting", "changes")
"""Names of a plan's tables."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def frame(plan: Plan, table: str) -> pd.DataFrame:
    """Give one table of a plan as data."""
    if table == "waiting":
        return plan.tasks[plan.tasks["state"] == "waiting"].reset_index(drop=True)
    if table == "changes":
        return plan.changes
    frames = {"schedule": plan.allocations, "people": plan.people, "clients": plan.clients}
    return frames[table]


def csv_text(data: pd.DataFrame) -> str:
    """Write a frame as CSV; a text that a spreadsheet would take for a formula gets a leading apostrophe."""
    return data.rename(columns=_inert).map(_inert).to_csv(index=False, lineterminator="\n")


def _inert(cell: Any) -> Any:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, list | tuple):
        cell = "; ".join(map(str, cell))
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def json_text(tables: Mapping[str, pd.DataFrame]) -> str:
    """Write frames as one JSON object of lists of rows; dates are ``YYYY-MM-DD``, what is not known is null."""
    rows = {name: json.loads(_dated(data).to_json(orient="records")) for name, data in tables.items()}
    return json.dumps(rows, indent=2, ensure_ascii=False)


def _dated(data: pd.DataFrame) -> pd.DataFrame:
    days = data.select_dtypes("datetime")
    return data.assign(**{name: days[name].dt.strftime("%Y-%m-%d") for name in days.columns})
