"""A plan's hours to come, as rows of bookings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from staffing.plan.baseline import began_from, promised_in
from staffing.plan.numbers import exact
from staffing.plan.plan import Plan
from staffing.scenario.amounts import plain
from staffing.writing.csv_folder import csv_table


def bookings_of(plan: Plan) -> list[dict[str, Any]]:
    """Return the hours that a plan has from its first open week on, as rows of ``bookings``.

    Each has the first day of its week, or in the week of ``as_of`` that day: so it stays the same where the horizon
    moves. What was worked is none of them; what is promised already is.
    """
    began, promised = began_from(plan), promised_in(plan)
    as_of = plan.context.as_of if plan.context is not None else None
    rows = []
    for entry in plan.assigned:
        cell = (entry.task, entry.staff, entry.week)
        hours = exact(entry.hours) if not entry.fixed else exact(promised.get(cell, 0.0))
        if entry.week >= began and hours > 0:
            day = entry.week_start if as_of is None else max(as_of, entry.week_start)
            number = Decimal(plain(hours))
            rows.append({"task": entry.task, "staff": entry.staff, "date": day.isoformat(), "hours": number})
    return rows


def bookings_csv(plan: Plan) -> bytes:
    """Return a plan's hours to come as the table ``bookings``, in UTF-8 with the byte order mark that Excel needs."""
    return csv_table("bookings", bookings_of(plan)).encode("utf-8-sig")
