"""What a plan says, record by record, in the words and the order of the plan file.

Hours are floats that stand for decimals: on the grid, or of history with at most 4 decimals, read back by
:func:`staffing.plan.numbers.exact`. Money is rounded to 0.01 and an int where it is whole; ratios are rounded to 4
decimals.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from staffing.plan.obstacles.records import Because
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
Why = Literal[
    "left",
    "not_allowed",
    "week_over",
    "predecessor",
    "predecessor_waits",
    "window",
    "away",
    "nobody",
    "capacity",
    "budget",
    "limits",
    "not_hired",
    "new_work",
    "makes_room",
    "successor",
    "must",
    "needed",
    "value",
    "net_value",
    "lateness",
    "cost",
    "overtime",
    "hours",
    "contacts",
    "nothing",
]
"""Why a task is not as in the baseline: what forced it, then what lies where it lay, then what is gained."""


@dataclass(frozen=True, slots=True)
class GoalResult:
    """How far a goal was reached, and how much further any plan could go."""

    goal: Goal
    value: Number
    """Of this plan; recomputable."""
    best: Number
    """Reached at its turn, or better later."""
    bound: Number | None
    """No plan that keeps all earlier goals within their limits does better; None (not bounded) where it is not proven
    and no more is known than anybody can tell (nothing late, all delivered, no cost but what is given anyway), unless
    the best is within a quarter of that."""
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
class Change:
    """How a task differs from the baseline, and why; days are the first ones of weeks."""

    task: str
    was: State
    now: State
    was_owners: tuple[str, ...]
    owners: tuple[str, ...]
    was_first_day: dt.date | None
    was_last_day: dt.date | None
    first_day: dt.date | None
    last_day: dt.date | None
    why: Why
    about: str | None = None
    """The person or task that the reason speaks of."""
    gain: Number | None = None
    """What is gained, in the unit of the goal that the reason names, or what the task that it speaks of is worth."""


@dataclass(frozen=True, slots=True)
class PersonContext:
    """A person as tables show one; capacity in hours, week by week from week 1."""

    id: str
    name: str
    role: str
    placeholder: bool
    capacity: tuple[float, ...]
    cost: Number | None = None
    """What the person costs the plan; None where a plan file does not say it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A client as tables show it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ProjectContext:
    """A project as tables show it, and its client."""

    id: str
    name: str
    client: str


@dataclass(frozen=True, slots=True)
class TaskContext:
    """A task as tables show it; what a plan file leaves out is not known."""

    id: str
    name: str
    client: str | None = None
    project: str | None = None
    kind: Kind | None = None
    roles: tuple[str, ...] = ()
    """Whom it asks for, where it says so."""
    effort: float | None = None
    """Hours at productivity 1 that were left when the plan was made."""
    done: float | None = None
    """Hours at productivity 1 that were done before, as the scenario said; what was worked aside."""
    due: int | None = None
    """The week after which it is late."""
    weight: int | None = None
    """What a week late of it counts."""
    cancelled: bool = False
    """Whether nothing more is planned of it."""


@dataclass(frozen=True, slots=True)
class BudgetContext:
    """What is worked of a budget in a period, and the weeks that begin in it; none where it is over already."""

    client: str | None
    project: str | None
    period: str
    worked: Number
    first_week: int | None = None
    last_week: int | None = None


@dataclass(frozen=True, slots=True)
class WorkContext:
    """Hours of one person on one task that is begun; a repeating task is one."""

    task: str
    client: str
    project: str | None
    name: str
    staff: str
    worked: float
    """Hours worked, those before the horizon too."""
    over: float
    """What of them goes beyond the hours of the task."""
    planned: float | None = None
    """Hours of the earlier plan; None without one."""


@dataclass(frozen=True, slots=True)
class Crowded:
    """Effort hours of waiting strategic work that a person's tactical work takes the place of."""

    staff: str
    hours: float


@dataclass(frozen=True, slots=True)
class Promise:
    """Hours of bookings, of one person on one task in one week."""

    task: str
    staff: str
    week: int
    hours: float


@dataclass(frozen=True, slots=True)
class Context:
    """What tables and pages need of the scenario beside the plan: names, capacities, the calendar, money."""

    start: dt.date
    weeks: int
    currency: str
    system: Literal["gregorian", "jalali"]
    people: tuple[PersonContext, ...]
    clients: tuple[Named, ...]
    tasks: tuple[TaskContext, ...]
    as_of: dt.date | None = None
    """The day from which on was planned, where the scenario says what was worked: that is fixed."""
    projects: tuple[ProjectContext, ...] = ()
    budgets: tuple[BudgetContext, ...] = ()
    """In the order of the budgets in metrics."""
    costs: tuple[Number, ...] = ()
    """What each allocation costs, to the cent, in the order of allocations; together they are the plan's cost."""
    revenues: tuple[Number, ...] = ()
    """What each allocation earns, likewise."""
    work: tuple[WorkContext, ...] = ()
    """What was worked, and planned before, on tasks that are begun."""
    changes: tuple[Change, ...] = ()
    """What a re-plan changed against its baseline."""
    promised: tuple[Promise, ...] = ()
    """Hours promised, fixed too: they stand in the allocations of their task, person and week."""
    because: tuple[Because, ...] = ()
    """Why each waiting task waits, in the order of tasks."""
    crowded: tuple[Crowded, ...] | None = None
    """What strategic work tactical work crowds out, by person; None where a plan file does not say it."""
    delivered_effort: float | None = None
    """Effort hours that the plan delivers, history in its weeks included; None likewise."""
