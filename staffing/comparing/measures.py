"""The measures by which plans are compared, read off each plan."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from staffing.comparing.fates import Done
from staffing.plan.numbers import exact, money, number, written
from staffing.plan.records import Number

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

Measure = int | float | str | None

COUNTS = (
    "delivered_tasks",
    "late_tasks",
    "waiting_tasks",
    "weeks_late",
    "delivered_value",
    "total_value",
    "must_waiting_hours",
    "strategic_waiting_hours",
    "planned_hours",
    "overtime_hours",
    "switching_hours",
    "capacity_hours",
)
"""Metrics of a plan file that are a number each, in the order they are compared; money comes last."""

CROWDED_OUT, PER_HOUR = "strategic_hours_crowded_out", "cost_per_delivered_hour"
MONEY = ("cost", "revenue", "margin", PER_HOUR, "contacts")


def measures(plan: Plan, done: Done | None = None) -> dict[str, Measure]:
    """Return the measures of a plan: status, goals, tasks, hours, utilisation, money, points of contact.

    Returns
    -------
    dict
        By name. ``goal NAME`` is the value of a goal, ``ROLE KIND hours`` are planned hours, ``ROLE strategic share``
        is strategic over all planned hours of a role: what is left of an account manager's week for strategy.
        ``strategic_hours_crowded_out`` is strategic work that waits while those who could do it have tactical hours, as
        :func:`staffing.plan.crowding.crowded_out` defines it, ``cost_per_delivered_hour`` the cost over the effort
        hours delivered. What a plan does not know is missing. What history delivered (`done`) counts as delivered.
    """
    metrics, done = plan.metrics, done or Done()
    found: dict[str, Measure] = {"status": plan.status}
    goals = {"value": done.value, "net_value": done.value, "lateness": done.lateness}
    found |= {f"goal {result.goal}": _plus(result.value, goals.get(result.goal, 0)) for result in plan.goals}
    counts = {
        "delivered_tasks": done.tasks,
        "late_tasks": done.late,
        "weeks_late": done.weeks_late,
        "delivered_value": done.value,
        "total_value": done.value,
    }
    for name in COUNTS:
        found[name] = _plus(metrics.get(name), counts.get(name, 0))
        if name == "strategic_waiting_hours":
            found[CROWDED_OUT] = crowded_out(plan)
    found["utilisation"] = metrics.get("utilisation", {}).get("all")
    by_role = metrics.get("utilisation", {}).get("by_role", {})
    for role, hours in metrics.get("hours_by_role_and_kind", {}).items():
        found |= _of_role(role, hours) | {f"{role} utilisation": by_role.get(role)}
    return found | {name: _per_hour(plan) if name == PER_HOUR else metrics.get(name) for name in MONEY}


def crowded_out(plan: Plan, staff: str | None = None) -> Number | None:
    """Return the strategic hours crowded out, of everybody or of one person; None where the plan does not say it."""
    told = plan.context.crowded if plan.context is not None else None
    if told is None:
        return None
    return number(sum((exact(one.hours) for one in told if staff in (None, one.staff)), Fraction(0)))


def _per_hour(plan: Plan) -> Number | None:
    cost, effort = plan.metrics.get("cost"), plan.context.delivered_effort if plan.context is not None else None
    return money(written(cost) / written(effort)) if cost is not None and effort else None


def _plus(value: Number | None, more: Number) -> Number | None:
    """Return the exact sum of two amounts of money or counts; None if the first is not known."""
    return number(written(value) + written(more)) if value is not None and more else value


def _of_role(role: str, hours: dict[str, Any]) -> dict[str, Measure]:
    found: dict[str, Measure] = {f"{role} {kind} hours": value for kind, value in hours.items()}
    total = sum(hours.values())
    found[f"{role} strategic share"] = round(hours.get("strategic", 0) / total, 4) if total else None
    return found
