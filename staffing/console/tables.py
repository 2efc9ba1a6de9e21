"""The tables of a plan, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.actuals import actuals_table, is_begun
from staffing.console.changes import changes_table
from staffing.console.clients import budget_table, burn_table
from staffing.console.page import Page, Table
from staffing.console.people import people_table
from staffing.console.schedule import Group, schedule_tables
from staffing.console.tasks import late_table, waiting_table

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


def tables(plan: Plan, page: Page, table: str | None = None, group: Group = "client") -> list[str | Table]:
    """Return the tables of a plan, or one of them; the schedule by client or by project."""
    drawn: dict[str, list[Table]] = {
        "schedule": schedule_tables(plan, page, group),
        "people": [people_table(plan, page)],
        "clients": [burn_table(plan, page), budget_table(plan, page)],
        "waiting": [late_table(plan, page), waiting_table(plan, page)],
        "changes": [changes_table(plan, page)] if plan.baseline is not None or table == "changes" else [],
        "actuals": [actuals_table(plan, page)] if table == "actuals" or is_begun(plan) else [],
    }
    asked = [entry for name, entries in drawn.items() if table in (None, name) for entry in entries]
    return [entry if entry.rows else f"{entry.title}." for entry in asked] or ["Nothing is planned."]
