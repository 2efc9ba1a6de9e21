"""The tables of a plan, as pandas frames.

Dates are ``datetime64``, owners a tuple, and what is not known is missing (NaN, NA or None).
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from staffing.plan.answer import Answer
from staffing.plan.numbers import exact, money, ratio, written
from staffing.plan.records import BudgetContext, Number, PersonContext, TaskContext
from staffing.scenario.dates import first_day
from staffing.scenario.records import KINDS

if TYPE_CHECKING:
    from pandas import DataFrame


ALLOCATION_COLUMNS = ("task", "client", "kind", "staff", "week", "week_start", "hours", "fixed")
"""The columns of the plan's CSV file; the frame has `MONEY_COLUMNS` too."""
MONEY_COLUMNS = ("cost", "revenue")
RESULT_COLUMNS = ("state", "owners", "first_week", "last_week", "weeks_late", "hours", "value", "reason")
ABOUT_COLUMNS = ("client", "project", "name", "kind", "roles", "effort", "due")
TASK_COLUMNS = ("task", *ABOUT_COLUMNS, *RESULT_COLUMNS)
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
BUDGET_COLUMNS = ("client", "project", "period", "burn", "amount", "spent")
CLIENT_COLUMNS = (*BUDGET_COLUMNS, "worked", "planned", "left", *MONEY_COLUMNS, "margin")
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
    "gain",
)


def allocations(plan: Answer) -> DataFrame:
    """One row per allocation; what they cost and earn adds up to the metrics, and is missing where it is not known."""
    rows = [
        (*(getattr(entry, column) for column in ALLOCATION_COLUMNS), cost, revenue)
        for entry, cost, revenue in zip(plan.assigned, *allocation_money(plan), strict=True)
    ]
    types = {"week": "int64", "week_start": "datetime64[s]", "hours": "float64", "fixed": "bool"}
    return _frame(rows, (*ALLOCATION_COLUMNS, *MONEY_COLUMNS), {**types, **dict.fromkeys(MONEY_COLUMNS, "float64")})


def allocation_money(plan: Answer) -> tuple[tuple[Number | None, ...], tuple[Number | None, ...]]:
    """Return the cost and the revenue of each allocation; None where the plan file does not say it."""
    unknown = (None,) * len(plan.assigned)
    if plan.context is None:
        return unknown, unknown
    costs, revenues = plan.context.costs, plan.context.revenues
    known = len(costs) == len(revenues) == len(plan.assigned)
    return (costs, revenues) if known else (unknown, unknown)


def tasks(plan: Answer) -> DataFrame:
    """One row per task; weeks are missing for a task that is not delivered."""
    about = {task.id: task for task in plan.context.tasks} if plan.context is not None else {}
    rows = []
    for result in plan.results:
        task = about.get(result.task, TaskContext(result.task, result.task))
        known = (getattr(task, column) for column in ABOUT_COLUMNS)
        rows.append((result.task, *known, *(getattr(result, column) for column in RESULT_COLUMNS)))
    whole = dict.fromkeys(("first_week", "last_week", "due"), "Int64")
    floats = dict.fromkeys(("effort", "hours", "value"), "float64")
    return _frame(rows, TASK_COLUMNS, {**whole, "weeks_late": "int64", **floats})


def people(plan: Answer) -> DataFrame:
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


def _person_weeks(plan: Answer, planned: list[tuple[str, int]]) -> list[tuple[PersonContext, int]]:
    if plan.context is None:
        return [(PersonContext(staff, staff, "", False, ()), week) for staff, week in planned]
    return [
        (person, week)
        for person in plan.context.people
        if not person.placeholder or person.id in plan.hired
        for week in range(1, plan.context.weeks + 1)
    ]


def clients(plan: Answer) -> DataFrame:
    """One row per budget and period, and one for each client without a budget.

    Either client or project is missing. burn = worked + planned, and left = amount - spent - burn. What a client's
    allocations of those weeks cost and earn stands beside the client's budget; a project's money is its client's, and
    so missing. So costs and revenues add up to the metrics.
    """
    about = _budgets_known(plan)
    money_in = _by_client_and_week(plan)
    rows = []
    for entry in plan.metrics.get("budgets", []):
        known = about.get((entry.get("client"), entry.get("project"), entry.get("period")))
        told = tuple(entry.get(column) for column in BUDGET_COLUMNS)
        rows.append((*told, *_parts(entry, known), *_earned(entry.get("client"), known, money_in)))
    with_budget = {entry.get("client") for entry in plan.metrics.get("budgets", [])}
    for client in plan.context.clients if plan.context is not None else ():
        if client.id not in with_budget:
            whole = BudgetContext(client.id, None, "horizon", 0, 1, plan.context.weeks if plan.context else 1)
            rows.append((client.id, None, "horizon", *(None,) * 6, *_earned(client.id, whole, money_in)))
    if not plan.assigned and (cost := plan.metrics.get("cost")):  # a salary, and nothing it could be spread over
        rows.append((None, None, "horizon", *(None,) * 6, cost, 0, money(-written(cost))))
    numbers = [column for column in CLIENT_COLUMNS if column not in ("client", "project", "period")]
    return _frame(rows, CLIENT_COLUMNS, dict.fromkeys(numbers, "float64"))


_Whose = tuple[str | None, str | None, str]
_ByWeek = dict[str, dict[int, tuple[Fraction, Fraction]]]


def _budgets_known(plan: Answer) -> dict[_Whose, BudgetContext]:
    budgets = plan.context.budgets if plan.context is not None else ()
    return {(budget.client, budget.project, budget.period): budget for budget in budgets}


def _by_client_and_week(plan: Answer) -> _ByWeek | None:
    """Return cost and revenue of each client's allocations by week; None where they are not known."""
    found: _ByWeek = defaultdict(lambda: defaultdict(lambda: (Fraction(0), Fraction(0))))
    for entry, cost, revenue in zip(plan.assigned, *allocation_money(plan), strict=True):
        if cost is None or revenue is None:
            return None
        before = found[entry.client][entry.week]
        found[entry.client][entry.week] = (before[0] + written(cost), before[1] + written(revenue))
    return found


def _parts(budget: dict[str, Any], known: BudgetContext | None) -> tuple[Number | None, ...]:
    """Return what is worked, planned and left of a budget, as far as the plan file says it."""
    told = {column: written(budget[column]) for column in ("burn", "amount", "spent") if column in budget}
    worked = written(known.worked) if known is not None else None
    planned = told["burn"] - worked if worked is not None and "burn" in told else None
    left = told["amount"] - told["spent"] - told["burn"] if len(told) == 3 else None
    return tuple(money(part) if part is not None else None for part in (worked, planned, left))


def _earned(client: str | None, known: BudgetContext | None, money_in: _ByWeek | None) -> tuple[Number | None, ...]:
    """Return cost, revenue and margin of a client in the weeks of a budget period."""
    if client is None or known is None or money_in is None:
        return None, None, None
    weeks = range(known.first_week or 1, (known.last_week or 0) + 1)
    found = [parts for week, parts in money_in.get(client, {}).items() if week in weeks]
    cost, revenue = (sum((parts[side] for parts in found), Fraction(0)) for side in (0, 1))
    return money(cost), money(revenue), money(revenue - cost)


def changes(plan: Answer) -> DataFrame:
    """One row per task that is not as in the baseline; days are missing where it is not delivered."""
    told = plan.context.changes if plan.context is not None else ()
    rows = [tuple(getattr(change, column) for column in CHANGE_COLUMNS) for change in told]
    days = ("was_first_day", "was_last_day", "first_day", "last_day")
    return _frame(rows, CHANGE_COLUMNS, dict.fromkeys(days, "datetime64[s]"))


def _frame(rows: list[tuple[Any, ...]], columns: tuple[str, ...], types: dict[str, str]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns)).astype(types)
