"""The answer to what more changes of a plan would gain: the trade-off between calm and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from staffing.decisions.answer import Answer
from staffing.decisions.price import Money
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.records import GOALS, Goal

MEASURED: tuple[Goal, ...] = tuple(goal for goal in GOALS if goal != "changes")


@dataclass(frozen=True)
class Point:
    """The best plan found with at most some changes.

    Attributes
    ----------
    changes
        How many it has.
    goals
        What its goals measure, in the scenario's order.
    money
        What it costs and earns.
    proven
        Whether no plan with at most as many changes is better.
    at_best
        Where that is not proven: by goal, what no such plan betters; None where nothing is known.
    plan
        The plan itself.
    """

    changes: int
    goals: Mapping[Goal, Number]
    money: Money
    proven: bool
    at_best: Mapping[Goal, Number | None] | None
    plan: Plan = field(repr=False, compare=False)

    def as_document(self) -> dict[str, Any]:
        """Return it as the keys of an answer."""
        return {
            "changes": self.changes,
            "goals": dict(self.goals),
            "money": self.money.as_document(),
            "proven": self.proven,
            "at_best": None if self.at_best is None else dict(self.at_best),
        }


@dataclass(frozen=True, kw_only=True)
class TradeOff(Answer):
    """The most that is reached with at most 0, 1, 2, ... changes to an earlier plan.

    Attributes
    ----------
    points
        From the fewest changes to those after which more gain nothing; a number of changes that gains nothing over a
        smaller one has no point.
    sought
        The goals that changes are made for, most important first: what is reached of them makes a point better.
    least, least_proven
        The fewest changes of any plan found, and whether no plan has fewer.
    enough, enough_proven
        The fewest changes with which the best plan was reached, and whether fewer, or more, are proven to be worse, or
        no better.
    complete
        Whether all numbers of changes between these two are settled.
    """

    points: tuple[Point, ...]
    sought: tuple[Goal, ...]
    least: int
    least_proven: bool
    enough: int
    enough_proven: bool
    complete: bool

    question: ClassVar[str] = "trade-off"
    columns: ClassVar[tuple[str, ...]] = ("changes", *MEASURED, "revenue", "margin", "proven")

    @property
    def text(self) -> str:
        """What the points say, in a few sentences."""
        return " ".join(self._sentences())

    def _sentences(self) -> list[str]:
        least, enough = _changes(self.least), _changes(self.enough)
        said = []
        if self.least and self.least_proven:
            said.append(f"{least[0].upper()}{least[1:]} cannot be avoided.")
        elif self.least:
            said.append(f"No plan with fewer than {least} was found.")
        if self.enough_proven:
            said.append(f"After {enough} more gain nothing.")
        else:
            said.append(f"More than {enough} gained nothing in the time given.")
        if not self.complete:
            said.append("A longer search may find better plans.")
        return said

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row for each point, blank at what is no goal of the scenario."""
        return [
            (
                point.changes,
                *(_measured(point, goal) for goal in MEASURED),
                *(point.money.revenue, point.money.margin, point.proven),
            )
            for point in self.points
        ]

    def body(self) -> dict[str, Any]:
        """Return the points and what they say."""
        return {
            "sought": list(self.sought),
            "least": self.least,
            "least_proven": self.least_proven,
            "enough": self.enough,
            "enough_proven": self.enough_proven,
            "complete": self.complete,
            "text": self.text,
            "points": [point.as_document() for point in self.points],
        }

    def __repr__(self) -> str:
        """Return in one line how many points there are, and where more changes no longer pay."""
        return f"<TradeOff of {self.scenario!r}: {len(self.points)} points, enough at {_changes(self.enough)}>"


def _changes(number: int) -> str:
    return f"{number} change{'' if number == 1 else 's'}"


def _measured(point: Point, goal: Goal) -> Number | None:
    return point.money.cost if goal == "cost" else point.goals.get(goal)
