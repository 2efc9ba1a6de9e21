"""A plan at a glance, for notebooks."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


def html(plan: Plan) -> str:
    """Sum a plan up as HTML: status, what becomes of the tasks, and the goals; all text is escaped."""
    states = Counter(result.state for result in plan.results)
    counts = ", ".join(f"{count} {state}" for state, count in states.items()) or "no tasks"
    rows = "".join(
        f"<tr><th>{escape(goal.goal)}</th><td>{goal.value}</td><td>{goal.bound}</td>"
        f"<td>{'proven' if goal.proven else 'not proven'}</td></tr>"
        for goal in plan.goals
    )
    return (
        f"<p><b>{escape(plan.scenario)}</b>: {escape(plan.status)}; {escape(counts)}</p>"
        f"<table><thead><tr><th>goal</th><th>value</th><th>bound</th><th></th></tr></thead><tbody>{rows}</tbody></table>"
    )
