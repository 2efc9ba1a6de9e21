"""Allocations as a flat sheet, to pivot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.exports.sheets import Look, Row, Sheet, amount, day, money, table, text
from staffing.plan.frames import allocation_money
from staffing.plan.names import Names
from staffing.scenario.dates import show_date

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = (
    "task",
    "task name",
    "client",
    "client name",
    "project",
    "kind",
    "staff",
    "staff name",
    "role",
    "week",
    "week_start",
    "hours",
    "fixed",
    "cost",
    "revenue",
)
SOLAR_HIJRI = "week start, Solar Hijri"


def allocations_sheet(plan: Plan) -> Sheet:
    """Return a sheet with a row for each allocation: ids, names and real dates; no totals and no blanks.

    Where people reckon by the Solar Hijri calendar, its date stands beside the real one as text.
    """
    jalali = plan.context is not None and plan.context.system == "jalali"
    names, roles = Names(plan), {person.id: person.role for person in plan.context.people} if plan.context else {}
    rows: list[Row] = [
        (
            text(entry.task),
            text(names.task(entry.task)),
            text(entry.client),
            text(names.client(entry.client)),
            text(names.whose(entry.task)[1]),
            text(entry.kind),
            text(entry.staff),
            text(names.person(entry.staff)),
            text(roles.get(entry.staff, "")),
            amount(entry.week, Look(align="center")),
            day(entry.week_start),
            amount(entry.hours),
            text("yes" if entry.fixed else "no"),
            money(cost),
            money(revenue),
            *([text(show_date(entry.week_start, "jalali"))] if jalali else []),
        )
        for entry, cost, revenue in zip(plan.assigned, *allocation_money(plan), strict=True)
    ]
    titles = (*TITLES, SOLAR_HIJRI) if jalali else TITLES
    return table("Allocations", titles, rows, empty="Nothing is planned.", kept=2)
