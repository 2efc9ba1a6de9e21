"""The incumbent: the plan in work and the best so far, shared by all who improve it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from staffing.solving.earlier import Earlier
from staffing.solving.goals import GoalRecord
from staffing.solving.state.plan import Cells, PlanState


class Incumbent:
    """A plan in work for one goal, the goals before it kept within their limits.

    Whoever changes the plan holds the lock, and notes what came of it.

    Parameters
    ----------
    plan
        The plan; it is changed in place.
    goals
        The goals kept, and last the one improved.
    limits
        By goal kept: the most that its objective may be.
    baseline
        The plan that changes are counted against.

    Attributes
    ----------
    best
        The objective of the best plan so far.
    best_cells
        That plan: of each job placed, its steps by (person, week).
    """

    def __init__(self, plan: PlanState, goals: Sequence[GoalRecord], limits: Sequence[int], baseline: Earlier) -> None:
        self.plan = plan
        self.goals = goals
        self.limits = limits
        self.baseline = baseline
        self.lock = threading.Lock()
        self.plans = 0
        """Better plans found."""
        self.best = self.objective
        self.best_cells: dict[int, Cells] = dict(plan.cells)

    @property
    def objective(self) -> int:
        """The objective of the plan as it stands."""
        return self.plan.objective(self.goals[-1].coefficients)

    @property
    def slack(self) -> list[int]:
        """By goal kept: how much worse it may become."""
        return [
            limit - self.plan.objective(goal.coefficients) for limit, goal in zip(self.limits, self.goals, strict=False)
        ]

    def note(self) -> None:
        """Remember the plan if it is the best so far."""
        objective = self.objective
        if objective < self.best:
            self.best, self.best_cells = objective, dict(self.plan.cells)
            self.plans += 1

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Make another plan the one in work."""
        self.plan.load(cells)
        self.note()
