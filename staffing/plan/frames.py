"""The tables of a plan, as pandas frames.

Dates are ``datetime64``, owners a tuple, and what is not known is missing (NaN, NA or None).
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from staffing.plan.numbers import exact, ratio, written
from staffing.plan.records import PersonContext
from staffing.scenario.dates import first_day
from staffing.scenario.records import KINDS

if TYPE_CHECKING:
    from pandas import DataFrame

    from staffing.plan.plan import Plan

ALLOCATION_COLUMNS = ("task", "client", "kind", "staff", "week", "week_start", "hours", "fixed")
TASK_COLUMNS = ("task", "state", "owners", "first_week", "last_week", "weeks_late", "hours", "value", "reason")
PEOPLE_COLUMNS = (
    "staff",
    "name",
    "role",
    "week",
    "week_start",
    "hours",
    "strategic",
    "tactical",
    "overtime",
    "capacity",
    "utilisation",
)
CHANGE_COLUMNS = (
    "task",
    "was",
    "now",
    "was_owners",
    "owners",
    "was_first_day",
    "was_last_day",
    "first_day",
    "last_day",
    "why",
    "about",
)
CLIENT_COLUMNS = ("client", "project", "period", "burn", "amount", "spent")


def allocations(plan: Plan) -> DataFrame:
    """One row per allocation."""
    rows = [tuple(getattr(entry, column) for column in ALLOCATION_COLUMNS) for entry in plan.assigned]
    types = {"week": "int64", "week_start": "datetime64[s]", "hours": "float64", "fixed": "bool"}
    return _frame(rows, ALLOCATION_COLUMNS, types)


def tasks(plan: Plan) -> DataFrame:
    """One row per task; weeks are missing for a task that is not delivered."""
    rows = [tuple(getattr(result, column) for column in TASK_COLUMNS) for result in plan.results]
    types = {"first_week": "Int64", "last_week": "Int64", "weeks_late": "int64", "hours": "float64", "value": "float64"}
    return _frame(rows, TASK_COLUMNS, types)


def people(plan: Plan) -> DataFrame:
    """One row per person and week, placeholders not hired aside.

    hours = strategic + tactical, without switching; utilisation = hours ÷ capacity, missing without capacity.
    Without a context there are rows for weeks with hours alone, and capacity is missing.
    """
    by_kind: dict[tuple[str, int], dict[str, Fraction]] = defaultdict(lambda: dict.fromkeys(KINDS, Fraction(0)))
    for entry in plan.assigned:
        by_kind[entry.staff, entry.week][entry.kind] += exact(entry.hours)
    overtime = {(entry.staff, entry.week): entry.hours for entry in plan.extra_hours}
    rows = []
    for person, week in _person_weeks(plan, list(by_kind)):
        kinds = by_kind.get((person.id, week), dict.fromkeys(KINDS, Fraction(0)))
        hours = kinds["strategic"] + kinds["tactical"]
        capacity = person.capacity[week - 1] if person.capacity else None
        rows.append(
            (
                person.id,
                person.name,
                person.role or None,
                week,
                first_day(week, plan.start),
                float(hours),
                float(kinds["strategic"]),
                float(kinds["tactical"]),
                overtime.get((person.id, week), 0.0),
                capacity,
                ratio(hours / written(capacity)) if capacity else None,
            )
        )
    floats = dict.fromkeys(("hours", "strategic", "tactical", "overtime", "capacity", "utilisation"), "float64")
    return _frame(rows, PEOPLE_COLUMNS, {"week": "int64", "week_start": "datetime64[s]", **floats})


def _person_weeks(plan: Plan, planned: list[tuple[str, int]]) -> list[tuple[PersonContext, int]]:
    if plan.context is None:
        return [(PersonContext(staff, staff, "", False, ()), week) for staff, week in planned]
    return [
        (person, week)
        for person in plan.context.people
        if not person.placeholder or person.id in plan.hired
        for week in range(1, plan.context.weeks + 1)
    ]


def clients(plan: Plan) -> DataFrame:
    """One row per budget and period; either client or project is missing."""
    budgets: list[dict[str, Any]] = plan.metrics.get("budgets", [])
    rows = [tuple(entry.get(column) for column in CLIENT_COLUMNS) for entry in budgets]
    return _frame(rows, CLIENT_COLUMNS, dict.fromkeys(("burn", "amount", "spent"), "float64"))


def changes(plan: Plan) -> DataFrame:
    """One row per task that is not as in the baseline; days are missing where it is not delivered."""
    told = plan.context.changes if plan.context is not None else ()
    rows = [tuple(getattr(change, column) for column in CHANGE_COLUMNS) for change in told]
    days = ("was_first_day", "was_last_day", "first_day", "last_day")
    return _frame(rows, CHANGE_COLUMNS, dict.fromkeys(days, "datetime64[s]"))


def _frame(rows: list[tuple[Any, ...]], columns: tuple[str, ...], types: dict[str, str]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns)).astype(types)
