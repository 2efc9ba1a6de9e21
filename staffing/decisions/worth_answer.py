"""The answer to what more of something is worth: an hour, a percent of a budget, a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from staffing.decisions.answer import Answer
from staffing.plan.records import Number
from staffing.scenario.records import GOALS, Goal

_WORTH = ("goal", "estimate", "proven")
COLUMNS = ("kind", "role", "staff", "week", "whose", "budget", "period", "task", *_WORTH, *GOALS, "text")
"""The columns of the frame; those with names of goals hold what is gained, after less before."""


@dataclass(frozen=True, kw_only=True)
class Gained:
    """What more of something is worth.

    Attributes
    ----------
    gain
        By goal, in the scenario's order: its value after less that before; None where that was not solved.
    goal
        The goal that the estimate is of: the first that more of it may better; None where none could be priced.
    estimate
        By how much that goal betters at the price; below 0 where a salaried hour costs more than it brings.
    at_best
        By goal that was bounded, the most that its value can change for the better, where `gain` is not proven.
    proven
        Whether `gain` is exact.
    patch
        The What-if that was solved.
    text
        All of it in a sentence.
    """

    gain: Mapping[Goal, Number] | None
    goal: Goal | None
    estimate: Number | None
    at_best: Mapping[Goal, Number] | None
    proven: bool
    patch: Mapping[str, Any] | None
    text: str

    own: ClassVar[tuple[str, ...]]
    """What tells one from another."""
    kind: ClassVar[str]

    def as_document(self) -> dict[str, Any]:
        """Return it as the keys of an answer."""
        rest = ("gain", "goal", "estimate", "at_best", "proven", "patch", "text")
        return {name: _plain(getattr(self, name)) for name in (*self.own, *rest)}


@dataclass(frozen=True, kw_only=True)
class HourWorth(Gained):
    """What one more hour in a week is worth.

    Attributes
    ----------
    role
        Whose role it is.
    staff
        Whose hour; None for anybody's of the role.
    week
        When.
    whose
        Whose hour it is best to be; None where nobody has a day in that week.
    """

    role: str
    staff: str | None
    week: int
    whose: str | None

    own: ClassVar[tuple[str, ...]] = ("role", "staff", "week", "whose")
    kind: ClassVar[str] = "hour"


@dataclass(frozen=True, kw_only=True)
class BudgetWorth(Gained):
    """What one more percent of a budget is worth.

    Attributes
    ----------
    budget
        Id of the client or project.
    of
        Which of them.
    period
        Which period grows; None for all of several.
    """

    budget: str
    of: str
    period: str | None

    own: ClassVar[tuple[str, ...]] = ("budget", "of", "period")
    kind: ClassVar[str] = "budget"


@dataclass(frozen=True, kw_only=True)
class DeadlineWorth(Gained):
    """What one more week for a task is worth."""

    task: str

    own: ClassVar[tuple[str, ...]] = ("task",)
    kind: ClassVar[str] = "deadline"


@dataclass(frozen=True, kw_only=True)
class Worth(Answer):
    """What one more hour, one more percent of a budget and one more week are worth to the goals, greatest first.

    Attributes
    ----------
    hours, budgets, deadlines
        What was asked for; what was solved comes first.
    goals
        The goals, most important first.
    """

    goals: tuple[Goal, ...]
    hours: tuple[HourWorth, ...] = ()
    budgets: tuple[BudgetWorth, ...] = ()
    deadlines: tuple[DeadlineWorth, ...] = ()

    question: ClassVar[str] = "worth"
    columns: ClassVar[tuple[str, ...]] = COLUMNS

    @property
    def entries(self) -> tuple[Gained, ...]:
        """All of them."""
        return (*self.hours, *self.budgets, *self.deadlines)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row for each hour, budget and deadline."""
        rows = []
        for entry in self.entries:
            cells: dict[str, Any] = {name: getattr(entry, name) for name in ("kind", *entry.own, *_WORTH, "text")}
            cells |= {str(goal): by for goal, by in (entry.gain or {}).items()}
            rows.append(tuple(cells.get(name) for name in COLUMNS))
        return rows

    def body(self) -> dict[str, Any]:
        """Return hours, budgets and deadlines."""
        return {
            "goals": list(self.goals),
            **{
                name: [entry.as_document() for entry in getattr(self, name)]
                for name in ("hours", "budgets", "deadlines")
            },
        }

    def __repr__(self) -> str:
        """Return in one line how much is priced, and how much of it was solved."""
        solved = sum(entry.gain is not None for entry in self.entries)
        return f"<Worth of {self.scenario!r}: {len(self.entries)} priced, {solved} solved>"


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
