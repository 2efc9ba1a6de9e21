"""Reasons and goals in plain words."""

from __future__ import annotations

from staffing.plan.records import Reason, Why
from staffing.scenario.records import Goal

REASONS: dict[Reason, str] = {
    "no_window": "there is no week in which it may be done",
    "no_eligible_staff": "nobody is allowed and able to do it",
    "after_waiting": "a task that must come first waits",
    "capacity": "the people who may do it lack the hours, even for it alone",
    "budget": "the budget does not cover it, even alone",
    "limits": "limits on clients, owners or order rule it out, even alone",
    "not_chosen": "other work is worth more",
    "not_proven": "no room found in the time given",
}

GOALS: dict[Goal, str] = {
    "must": "must work waiting, hours",
    "value": "value delivered",
    "net_value": "value less cost",
    "lateness": "weighted weeks late",
    "cost": "cost",
    "overtime": "overtime hours",
    "hours": "planned hours",
    "contacts": "extra points of contact",
    "balance": "highest utilisation, percent",
    "changes": "changes to the baseline",
}

NOT_BOUNDED = "not bounded"
"""Stands in place of a bound, where a search has none that says anything."""

WHY: dict[Why, str] = {
    "left": "{} is no longer there",
    "not_allowed": "{} may no longer do it",
    "week_over": "its week is over",
    "predecessor": "{} is over later",
    "predecessor_waits": "{} waits, and comes first",
    "window": "its window is another now",
    "away": "{} is away",
    "nobody": "nobody is allowed and able to do it",
    "capacity": "{} lacks the hours",
    "budget": "the budget does not cover it there",
    "limits": "limits on clients, owners or order rule it out",
    "not_hired": "{} is not hired",
    "new_work": "new work: {}",
    "makes_room": "makes room for {}",
    "successor": "{} begins earlier",
    "must": "must work",
    "needed": "{} must be done, and comes after it",
    "value": "gains value",
    "net_value": "gains value less cost",
    "lateness": "gains time: less late",
    "cost": "saves money",
    "overtime": "saves overtime",
    "hours": "saves hours",
    "contacts": "saves points of contact",
    "nothing": "no need for it was found: a longer search may leave it",
}
"""Why a task is not as in the baseline; {} is the person or task it speaks of."""

WHY_GAIN: dict[Why, str] = {
    "new_work": "new work: {}, worth {gain}",
    "makes_room": "makes room for {}, worth {gain}",
    "value": "is worth {gain}",
    "net_value": "gains {gain}",
    "lateness": "saves {gain} weighted weeks of lateness",
    "cost": "saves {gain}",
    "overtime": "saves {gain} hours of overtime",
    "hours": "saves {gain} hours",
    "contacts": "points of contact saved: {gain}",
}
"""The same with figures, where something is gained."""

WHY_OF_TASK: frozenset[Why] = frozenset(
    {"predecessor", "predecessor_waits", "new_work", "makes_room", "successor", "needed"}
)
"""The reasons that speak of a task; others speak of a person, or of nobody."""
