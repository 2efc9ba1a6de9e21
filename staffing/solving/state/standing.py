"""The plan in work, shared by all who improve it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from staffing.scenario.records import MAXIMISED, Goal
from staffing.solving.earlier import Earlier
from staffing.solving.state.amounts import AMOUNTS
from staffing.solving.state.usage import Cells, Usage


@dataclass
class Claims:
    """People, clients and jobs of the parts in work, which others leave alone."""

    people: set[int] = field(default_factory=set)
    clients: set[int] = field(default_factory=set)
    jobs: set[int] = field(default_factory=set)

    def touch(self, usage: Usage, job: int) -> bool:
        """Whether a job may not be moved: it, its client, an owner, what comes before or after it is claimed."""
        problem = usage.problem
        return (
            job in self.jobs
            or problem.jobs[job].client in self.clients
            or any(person in self.people for person, _ in usage.cells.get(job, ()))
            or any(before in self.jobs for before, _ in problem.jobs[job].after)
            or any(later in self.jobs for later, _ in problem.followers.get(job, ()))
        )


class Standing:
    """A plan in work for one goal, the goals before it kept within their limits.

    Whoever changes the plan holds the lock, leaves alone what others claim, and notes what came of it.

    Parameters
    ----------
    usage
        The plan; it is changed in place.
    goals
        The goals kept, and last the one improved.
    most
        By goal kept: the most that sign × its amount may be.
    earlier
        The plan that changes are counted against.

    Attributes
    ----------
    reserved
        By goal kept: how much of what is left of its limit belongs to parts in work.
    best
        Sign × the amount of the goal in the best plan so far.
    best_cells
        That plan: of each job placed, its steps by (person, week).
    """

    def __init__(self, usage: Usage, goals: Sequence[Goal], most: Sequence[int], earlier: Earlier) -> None:
        self.usage = usage
        self.goals = goals
        self.most = most
        self.earlier = earlier
        self.lock = threading.Lock()
        self.claims = Claims()
        self.reserved = [0] * len(most)
        self.plans = 0
        """Better plans found."""
        self._measures = [(-1 if goal in MAXIMISED else 1, AMOUNTS[goal]) for goal in goals]
        self.best = self.amount
        self.best_cells: dict[int, Cells] = dict(usage.cells)

    @property
    def amount(self) -> int:
        """Sign × the amount of the goal in the plan as it stands."""
        sign, measure = self._measures[-1]
        return sign * measure(self.usage, self.earlier)

    @property
    def slack(self) -> list[int]:
        """By goal kept: how much worse it may become, beside what is reserved."""
        return [
            most - kept - sign * measure(self.usage, self.earlier)
            for most, kept, (sign, measure) in zip(self.most, self.reserved, self._measures, strict=False)
        ]

    def note(self) -> bool:
        """Remember the plan if it is the best so far; return whether it is."""
        amount = self.amount
        if amount >= self.best:
            return False
        self.best, self.best_cells = amount, dict(self.usage.cells)
        self.plans += 1
        return True

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Make another plan the one in work."""
        usage = self.usage
        for job in [job for job, placed in usage.cells.items() if cells.get(job) != placed]:
            usage.remove(job)
        for job, placed in cells.items():
            if job not in usage.cells:
                usage.place(job, placed)
        self.note()
