"""What waiting tasks lack most, as far as the plan's own figures say it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from staffing.plan.obstacles.records import Because, Obstacle
from staffing.plan.obstacles.words import likeness

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Lacked:
    """A budget that waiting tasks lack more than anything else.

    Attributes
    ----------
    of, owner, period
        Whose budget it is, and for when.
    more
        With so much more it would pay for these tasks.
    tasks
        How many they are.
    """

    of: Literal["client", "project"]
    owner: str
    period: str
    more: float
    tasks: int


def most_lacked(plan: Plan) -> Lacked | None:
    """Return the budget that waiting tasks of the most value lack; None where they lack more of something else.

    Tasks that the plan says wait for the same thing are weighed together. Of budgets it can be reckoned what would pay
    for them: what they burn less what is left. Of hours it cannot, for others may have some.
    """
    values = {result.task: result.value for result in plan.results if result.state == "waiting"}
    groups: defaultdict[tuple[object, ...], list[Because]] = defaultdict(list)
    for told in plan.context.because if plan.context is not None else ():
        if told.task in values:
            period = told.obstacle.period if told.obstacle is not None else None
            groups[*likeness(told), period].append(told)
    if not groups:
        return None
    most = max(groups.values(), key=lambda group: sum(values[told.task] for told in group))
    return _lacked(plan, [told.obstacle for told in most if told.obstacle is not None])


def _lacked(plan: Plan, obstacles: list[Obstacle]) -> Lacked | None:
    """Return what a budget lacks; None where it is none, or is not in the way whoever does the tasks."""
    first = obstacles[0] if obstacles else Obstacle("hours")
    if first.kind != "budget" or first.of is None or first.budget is None or first.period is None:
        return None
    if any(one.staff is not None or one.most is not None or one.needed is None for one in obstacles):
        return None
    left = _left(plan, first)
    if left is None:
        return None
    more = sum(one.needed or 0 for one in obstacles) - left
    return Lacked(first.of, first.budget, first.period, round(more, 2), len(obstacles)) if more > 0 else None


def _left(plan: Plan, obstacle: Obstacle) -> float | None:
    """Return what the plan leaves of a budget."""
    budgets: list[dict[str, Any]] = plan.metrics.get("budgets", [])
    for entry in budgets:
        if entry.get(str(obstacle.of)) == obstacle.budget and entry.get("period") == obstacle.period:
            left: float = entry["amount"] - entry["spent"] - entry["burn"]
            return left
    return None
