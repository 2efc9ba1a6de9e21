"""What a plan says: the record that its tables, its file and a re-plan are read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from staffing.plan.records import Allocation, Baseline, Context, GoalResult, OvertimeWeek, Status, TaskResult
from staffing.scenario.dates import first_day


@dataclass(frozen=True, repr=False)
class Answer:
    """The fields of a plan, explained at :class:`~staffing.plan.plan.Plan`, and what follows from them alone."""

    scenario: str
    fingerprint: str
    status: Status
    goals: tuple[GoalResult, ...]
    assigned: tuple[Allocation, ...]
    results: tuple[TaskResult, ...]
    extra_hours: tuple[OvertimeWeek, ...] = ()
    hired: tuple[str, ...] = ()
    holidays: tuple[dt.date, ...] = ()
    baseline: Baseline | None = None
    metrics: dict[str, Any] = field(default_factory=dict)
    solver: dict[str, Any] = field(default_factory=dict)
    context: Context | None = None

    @cached_property
    def _promised(self) -> frozenset[tuple[str, str, int]]:
        told = self.context.promised if self.context is not None else ()
        return frozenset((entry.task, entry.staff, entry.week) for entry in told)

    def is_promised(self, entry: Allocation) -> bool:
        """Whether an allocation is one of hours promised (bookings), in part at least."""
        return entry.fixed and (entry.task, entry.staff, entry.week) in self._promised

    @property
    def start(self) -> dt.date:
        """First day of week 1.

        Raises
        ------
        ValueError
            For a plan with neither a context nor an allocation to tell it by.
        """
        if self.context is not None:
            return self.context.start
        if not self.assigned:
            raise ValueError("the plan says nothing of its dates: it has neither a context nor an allocation")
        one = self.assigned[0]
        return first_day(2 - one.week, one.week_start)
