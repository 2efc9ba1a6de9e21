"""What a change costs, goal by goal, and in money; and which tasks it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from staffing.decisions.given import Given
from staffing.plan.describe import state_of
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, reported
from staffing.plan.numbers import exact, money
from staffing.plan.records import Number, State
from staffing.scenario.records import MAXIMISED, Goal

if TYPE_CHECKING:
    from staffing.decisions.trial import After


@dataclass(frozen=True, slots=True)
class Money:
    """Money of a plan, or differences in money, after less before."""

    cost: Number
    revenue: Number
    margin: Number

    @classmethod
    def of(cls, facts: Facts) -> Money:
        """Return what a plan costs and earns."""
        return cls(money(facts.cost), money(facts.revenue), money(facts.revenue - facts.cost))

    @classmethod
    def between(cls, before: Facts, after: Facts) -> Money:
        """Return what a plan costs and earns beyond another."""
        cost, revenue = after.cost - before.cost, after.revenue - before.revenue
        return cls(money(cost), money(revenue), money(revenue - cost))

    def as_document(self) -> dict[str, Number]:
        """Return it as plain values."""
        return {"cost": self.cost, "revenue": self.revenue, "margin": self.margin}


@dataclass(frozen=True, slots=True)
class Fared:
    """What becomes of a task in a plan: its state, owners and weeks."""

    state: State
    owners: tuple[str, ...]
    weeks: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Move:
    """A task that changes its state or its owners; None where a plan does not have it."""

    task: str
    before: Fared | None
    after: Fared | None


@dataclass(frozen=True)
class Price:
    """What a change costs.

    Attributes
    ----------
    goals
        By goal, in the scenario's order: its value after less that before.
    money
        The same in money.
    moves
        The tasks that change their state or their owners.
    proven
        Whether the plan after is the best one, so that the price is exact.
    at_best
        Where it is not: by goal, the difference that the bound allows; None where nothing bounds the goal.
    """

    goals: Mapping[Goal, Number]
    money: Money
    moves: tuple[Move, ...] = ()
    proven: bool = False
    at_best: Mapping[Goal, Number | None] | None = None

    @property
    def key(self) -> tuple[Number, ...]:
        """What orders prices, the cheapest first."""
        return tuple(-amount if goal in MAXIMISED else amount for goal, amount in self.goals.items())

    @property
    def in_words(self) -> tuple[str, ...]:
        """The differences by goal, for a cell of a table."""
        return tuple(f"{goal}={amount}" for goal, amount in self.goals.items())

    @property
    def gains(self) -> bool:
        """Whether the plan after is better than that before."""
        return self.key < (0,) * len(self.goals)

    def as_document(self) -> dict[str, Any]:
        """Return it as the keys of an answer."""
        return {
            "price": dict(self.goals),
            "money": self.money.as_document(),
            "moves": [move.task for move in self.moves],
            "proven": self.proven,
            "at_best": None if self.at_best is None else dict(self.at_best),
        }


def price_of(given: Given, after: After, *, proven: bool = True) -> Price:
    """Return the price of a plan.

    Parameters
    ----------
    given
        The plan before.
    after
        The plan after, as found.
    proven
        Whether all else that it rests on is proven.
    """
    before = {entry.goal: MEASURES[entry.goal](given.facts) for entry in given.goals}
    goals = {goal: reported(goal, MEASURES[goal](after.facts) - measure) for goal, measure in before.items()}
    exactly = proven and after.proven
    at_best = None
    if not exactly:
        bounds = {result.goal: result.bound for result in after.goals}
        at_best = {goal: _beyond(goal, bounds.get(goal), measure) for goal, measure in before.items()}
    return Price(goals, Money.between(given.facts, after.facts), moves(given.facts, after.facts), exactly, at_best)


def _beyond(goal: Goal, bound: Number | None, before: Fraction) -> Number | None:
    return None if bound is None else reported(goal, exact(bound) - before)


def moves(before: Facts, after: Facts) -> tuple[Move, ...]:
    """Return the tasks that change their state or their owners, in the order of the plan before."""
    one, other = fares(before), fares(after)
    found = []
    for task in dict.fromkeys([*one, *other]):
        was, now = one.get(task), other.get(task)
        if was is None or now is None or (was.state, set(was.owners)) != (now.state, set(now.owners)):
            found.append(Move(task, was, now))
    return tuple(found)


def fares(facts: Facts) -> dict[str, Fared]:
    """Return what becomes of each task."""
    return {
        id_: Fared(state_of(facts, job), tuple(facts.owners(id_)), facts.span(id_))
        for id_, job in facts.expanded.jobs.items()
    }
