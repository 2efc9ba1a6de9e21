"""What is in the way of a task, and in short why it waits: records of the plan file and of answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from staffing.scenario.expand import Rule
from staffing.scenario.records import Kind

Hindrance = Literal[
    "no_window",
    "not_qualified",
    "predecessor",
    "budget",
    "pace",
    "one_owner",
    "clients",
    "kind_limit",
    "hours",
    "hired",
]
"""What is in the way; what is in it whoever does the task comes first."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A thing in the way of a task, with its figures.

    `needed` and `left` are money for budgets, week numbers for windows and predecessors, a level for skills, clients
    for a limit on clients over the horizon, and hours for all else.
    """

    kind: Hindrance
    staff: str | None = None
    """Who could do the task but for this; None where it is in the way whoever does it."""
    weeks: tuple[int, ...] = ()
    """The weeks it speaks of: those in which the task may lie."""
    budget: str | None = None
    """The client or project whose budget it is."""
    period: str | None = None
    """The period of the budget; None where several of them have weeks of the task."""
    task: str | None = None
    """The task that comes first."""
    needed: int | float | None = None
    left: int | float | None = None
    overtime: int | float = 0
    """Hours of overtime among those left."""
    of: Literal["client", "project"] | None = None
    """Whose budget it is, a client's or a project's."""
    rule: Rule | None = None
    """What forbids somebody to do the task."""
    work: Kind | None = None
    """The kind of work that a limit speaks of, or that somebody does not do."""
    skill: str | None = None
    """The skill that is missing; `needed` is its level, and `left` the one that is there."""
    owner: str | None = None
    """Who is to be the one owner, or the task's own."""
    most: int | float | None = None
    """The limit that is reached: clients, hours of a kind in a week, hours of the task in a week, people who share it.

    Of a budget the hours that it pays for, where it has money in other weeks than those in which there is time.
    """


@dataclass(frozen=True, slots=True)
class Because:
    """Why a task waits, in short: the most telling of all that is in its way."""

    task: str
    obstacle: Obstacle | None = None
    """None where nothing is in the way of somebody."""
    fits: str | None = None
    """Who that is."""
    weeks: tuple[int, ...] = ()
    """The weeks in which they have room for it."""
