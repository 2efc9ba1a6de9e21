"""The weeks of a plan, as heads of columns, and what lies in them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from staffing.console.page import Column
from staffing.scenario.dates import first_day, show_date

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


def week_numbers(plan: Plan) -> list[int]:
    """Weeks of the horizon; without a context those in which somebody works."""
    if plan.context is not None:
        return list(range(1, plan.context.weeks + 1))
    return sorted({entry.week for entry in plan.assigned})


def week_columns(plan: Plan) -> tuple[Column, ...]:
    """One column for each week: its number over the month and day it begins on."""
    system = plan.context.system if plan.context else "gregorian"
    days = _first_days(plan)
    return tuple(Column(f"{week}\n{show_date(days[week], system)[5:]}", right=True) for week in week_numbers(plan))


def _first_days(plan: Plan) -> dict[int, dt.date]:
    if plan.context is not None:
        return {week: first_day(week, plan.context.start) for week in week_numbers(plan)}
    return {entry.week: entry.week_start for entry in plan.assigned}


def hours_by_person_and_week(plan: Plan) -> dict[tuple[str, int], float]:
    """Planned hours of each person in each week."""
    hours: defaultdict[tuple[str, int], float] = defaultdict(float)
    for entry in plan.assigned:
        hours[entry.staff, entry.week] += entry.hours
    return dict(hours)
