"""The first sheet: what the plan does, how good it is, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from staffing.console.numbers import number
from staffing.console.page import Page
from staffing.console.summary import sentences, standing
from staffing.console.words import GOALS, NOT_BOUNDED
from staffing.exports.sheets import LEAD, NOTE, PLAIN, TITLE, Cell, Row, Sheet, amount, head, money, share, text
from staffing.plan.goals import MONEY_GOALS
from staffing.plan.names import Names
from staffing.plan.records import GoalResult, Number
from staffing.scenario.dates import first_day, show_date
from staffing.scenario.records import Goal

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

_MEASURES = {
    "delivered_tasks": "tasks delivered",
    "late_tasks": "of them late",
    "waiting_tasks": "tasks waiting",
    "delivered_value": "value delivered",
    "total_value": "value of all tasks not done",
    "must_waiting_hours": "must work waiting, hours",
    "strategic_waiting_hours": "strategic work waiting, hours",
    "weeks_late": "weeks late, all tasks together",
    "planned_hours": "hours planned",
    "capacity_hours": "hours of capacity",
    "overtime_hours": "overtime hours",
    "switching_hours": "hours lost by switching",
    "contacts": "extra points of contact",
    "cost": "cost",
    "revenue": "revenue",
    "margin": "margin",
}
_MONEY = {"cost", "revenue", "margin"}
"""What has a currency; value has none, for it may be weighted hours."""
_STEPS = (
    "Goals are reached one after another, the most important first; "
    "what is proven holds among plans that keep every goal above it within its limit."
)
_EMPTY: Row = ()


def summary_sheet(plan: Plan) -> Sheet:
    """Return the sheet that sums up the plan, and what is proven of it, in sentences and numbers."""
    blocks = [_headlines(plan), _goals(plan), _measures(plan), _roles(plan), _hired(plan), _origin(plan)]
    rows = [row for block in blocks if block for row in (*block, _EMPTY)]
    return Sheet("Summary", tuple(rows), widths=(34, 17, 17, 17, 17, 60), heights={0: 28}, pages_high=1)


def proven(result: GoalResult) -> str:
    """Return in words what is proven of a goal."""
    if result.bound is None:
        return f"not proven, {NOT_BOUNDED}: how much better a plan could be is not known"
    if not result.proven:
        return f"not proven: the best lies between {number(result.best)} and {number(result.bound)}"
    if result.value == result.best:
        return "proven: no plan does better"
    return "best is proven; within the limit some of it was given to later goals"


def _written(goal: Goal, value: Number) -> Cell | None:
    return money(value) if goal in MONEY_GOALS else amount(value)


def _headlines(plan: Plan) -> list[Row]:
    lines = [(text(f"{standing(plan).capitalize()}.", LEAD),), *((text(line),) for line in sentences(plan, Page()))]
    return [(text(plan.scenario, TITLE),), *_span(plan), *lines]


def _span(plan: Plan) -> list[Row]:
    if plan.context is None:
        return []
    start, weeks, system = plan.context.start, plan.context.weeks, plan.context.system
    days = " to ".join(show_date(first_day(week, start), system) for week in (1, weeks))
    return [(text(f"{weeks} weeks, the first days of which are {days}", NOTE),)]


def _goals(plan: Plan) -> list[Row]:
    heads = ("goal", "this plan", "best found", "no plan beats", "limit kept", "what is proven")
    rows: list[Row] = [
        (
            text(GOALS[result.goal]),
            *(_written(result.goal, value) for value in (result.value, result.best)),
            text(NOT_BOUNDED) if result.bound is None else _written(result.goal, result.bound),
            _written(result.goal, result.limit),
            text(proven(result)),
        )
        for result in plan.goals
    ]
    return [_heading("Goals"), head(heads, rows), *rows, (text(_STEPS, NOTE),)] if rows else []


def _measures(plan: Plan) -> list[Row]:
    currency = f", {plan.context.currency}" if plan.context and plan.context.currency else ""
    rows: list[Row] = [
        (text(words + currency), money(plan.metrics[name]))
        if name in _MONEY
        else (text(words), amount(plan.metrics[name]))
        for name, words in _MEASURES.items()
        if name in plan.metrics
    ]
    used = plan.metrics.get("utilisation", {}).get("all")
    if used is not None:
        rows.append((text("planned utilisation"), share(used)))
    return [_heading("Measures"), head(("measure", "this plan"), rows), *rows] if rows else []


def _roles(plan: Plan) -> list[Row]:
    by_role = plan.metrics.get("utilisation", {}).get("by_role", {})
    rows: list[Row] = [
        (text(role), amount(kinds.get("strategic")), amount(kinds.get("tactical")), share(by_role.get(role)))
        for role, kinds in plan.metrics.get("hours_by_role_and_kind", {}).items()
    ]
    heads = ("role", "strategic hours", "tactical hours", "utilisation")
    return [_heading("Roles"), head(heads, rows), *rows] if rows else []


def _hired(plan: Plan) -> list[Row]:
    names = Names(plan)
    rows: list[Row] = [(text(names.person(person)),) for person in plan.hired]
    return [_heading("Hired"), *rows] if rows else []


def _origin(plan: Plan) -> list[Row]:
    system = plan.context.system if plan.context else "gregorian"
    holidays = ", ".join(show_date(holiday, system) for holiday in plan.holidays) or "none"
    return [
        (text("holidays", NOTE), text(holidays, NOTE)),
        (text("fingerprint of the scenario", NOTE), text(plan.fingerprint, NOTE)),
    ]


def _heading(words: str) -> tuple[Cell, ...]:
    return (text(words, replace(PLAIN, bold=True, font_size=13, font_color=TITLE.font_color)),)
