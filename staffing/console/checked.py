"""What an audit looked at, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.numbers import count

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


def checked(plan: Plan) -> str:
    """Count what was recomputed."""
    return (
        ", ".join(
            (
                count(len(plan.assigned), "allocation"),
                count(len(plan.results), "task"),
                count(len(plan.goals), "goal"),
                count(len(plan.metrics), "metric"),
            )
        )
        + " checked"
    )
