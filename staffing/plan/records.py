"""What a plan says, record by record, in the words and the order of the plan file.

Hours are floats, exact because they lie on a grid of quarters; money is rounded to 0.01 and an int where
it is whole; ratios are rounded to 4 decimals.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from staffing.scenario.records import Goal, Kind

Number = int | float
State = Literal["delivered", "late", "waiting", "done"]
Reason = Literal[
    "no_window",
    "no_eligible_staff",
    "after_waiting",
    "capacity",
    "budget",
    "limits",
    "not_chosen",
    "not_proven",
]
Status = Literal["optimal", "feasible"]


@dataclass(frozen=True, slots=True)
class GoalResult:
    """How far a goal was reached, and how much further any plan could go."""

    goal: Goal
    value: Number
    """Of this plan; recomputable."""
    best: Number
    """Reached at its turn, or better later."""
    bound: Number
    """No plan that keeps all earlier goals within their limits does better."""
    limit: Number
    """What later goals had to keep: best at its turn, worsened by tolerance × abs(best)."""
    proven: bool
    """Whether best equals bound exactly."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Hours of one person on one task in one week."""

    task: str
    client: str
    kind: Kind
    staff: str
    week: int
    week_start: dt.date
    hours: float
    fixed: bool = False
    """Whether it is history, worked or of a baseline, or promised: the plan could not change it."""


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What becomes of a task."""

    task: str
    state: State
    owners: tuple[str, ...]
    first_week: int | None
    last_week: int | None
    weeks_late: int
    hours: float
    value: Number
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class OvertimeWeek:
    """Overtime hours of one person in one week."""

    staff: str
    week: int
    hours: float


@dataclass(frozen=True, slots=True)
class BaselineTask:
    """What an earlier plan said of a task."""

    task: str
    state: State
    owners: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The earlier plan that a re-plan disturbs as little as possible."""

    fingerprint: str
    tasks: tuple[BaselineTask, ...]


@dataclass(frozen=True, slots=True)
class PersonContext:
    """A person as tables show one; capacity in hours, week by week from week 1."""

    id: str
    name: str
    role: str
    placeholder: bool
    capacity: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A client or a task as tables show it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Hours of bookings, of one person on one task in one week."""

    task: str
    staff: str
    week: int
    hours: float


@dataclass(frozen=True, slots=True)
class Context:
    """What tables and pages need of the scenario beside the plan: names, capacities, the calendar."""

    start: dt.date
    weeks: int
    currency: str
    system: Literal["gregorian", "jalali"]
    people: tuple[PersonContext, ...]
    clients: tuple[Named, ...]
    tasks: tuple[Named, ...]
    as_of: dt.date | None = None
    """The day from which on was planned, where the scenario says what was worked: that is fixed."""
    promised: tuple[Promise, ...] = ()
    """Hours promised, fixed too: they stand in the allocations of their task, person and week."""
