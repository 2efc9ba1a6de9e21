"""The answer to whom to hire: the cheapest sets of people, and what each further one brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from staffing.decisions.answer import Answer
from staffing.decisions.price import Money
from staffing.plan.records import Number
from staffing.scenario.records import Goal

COLUMNS = (
    *("what", "number", "hires", "hours", "from_week", "delivered", "late", "waiting"),
    *("cost", "revenue", "margin", "proven", "goals", "text"),
)
"""The columns of the frame: a row for each set, with differences in money, and one for each step of the ladder."""


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody to hire.

    Attributes
    ----------
    id, name
        As the What-if has them.
    role
        Their role.
    weekly_hours
        Hours a week of the contract.
    from_week
        The week it begins in.
    """

    id: str
    name: str
    role: str
    weekly_hours: Number
    from_week: int

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "id": self.id,
            "role": self.role,
            "weekly_hours": self.weekly_hours,
            "from_week": self.from_week,
        }


@dataclass(frozen=True, slots=True)
class HireSet:
    """People with whom all that is asked for is delivered.

    Attributes
    ----------
    hires
        Whom to hire.
    price
        By goal, in the scenario's order: its value after less that before.
    money
        The same in money.
    beyond, beyond_money
        Both counted from the best plan known with nobody hired: without what planning anew gains by itself.
    late
        Tasks that are late all the same.
    proven
        Whether it is the cheapest that is not just more of those before it, and both prices exact.
    patch
        The What-if.
    text
        All of it in a sentence.
    """

    hires: tuple[Hire, ...]
    price: Mapping[Goal, Number]
    money: Money
    beyond: Mapping[Goal, Number]
    beyond_money: Money
    late: int
    proven: bool
    patch: Mapping[str, Any]
    text: str

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "hires": [hire.as_document() for hire in self.hires],
            "price": dict(self.price),
            "money": self.money.as_document(),
            "beyond": {"price": dict(self.beyond), "money": self.beyond_money.as_document()},
            "late": self.late,
            "proven": self.proven,
            "patch": dict(self.patch),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Rung:
    """The best plan with so many hires at most.

    Attributes
    ----------
    count
        How many.
    hires
        Whom the plan hires; they may be fewer.
    delivered, late, waiting
        Tasks, late ones among the delivered.
    goals
        By goal, in the scenario's order: its value.
    money
        What the plan costs and earns.
    proven
        Whether no plan with so many hires is better.
    at_best
        Where it is not: by goal, what the bound allows; None where nothing bounds it.
    patch
        The What-if.
    """

    count: int
    hires: tuple[Hire, ...]
    delivered: int
    late: int
    waiting: int
    goals: Mapping[Goal, Number]
    money: Money
    proven: bool
    at_best: Mapping[Goal, Number | None] | None
    patch: Mapping[str, Any] = field(default_factory=dict)

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "count": self.count,
            "hires": [hire.as_document() for hire in self.hires],
            "delivered": self.delivered,
            "late": self.late,
            "waiting": self.waiting,
            "goals": dict(self.goals),
            "money": self.money.as_document(),
            "proven": self.proven,
            "at_best": None if self.at_best is None else dict(self.at_best),
            "patch": dict(self.patch),
        }


@dataclass(frozen=True, kw_only=True)
class Hiring(Answer):
    """Whom to hire.

    Attributes
    ----------
    wanted
        What is to be delivered: ``all`` work, or all ``must`` work.
    text
        The answer in a sentence.
    sets
        The cheapest people with whom it is delivered, and the next best; none where none suffice.
    ladder
        What the best plan delivers with nobody hired, with one at most, and so on.
    short_of
        Where no set suffices: the most that can be delivered, and what stops the rest.
    assumed
        What is taken for people who do not stand in the scenario: rates, pay, skills.
    """

    wanted: str
    text: str
    sets: tuple[HireSet, ...]
    ladder: tuple[Rung, ...]
    short_of: str | None
    assumed: tuple[str, ...] = ()

    question: ClassVar[str] = "hire"
    columns: ClassVar[tuple[str, ...]] = COLUMNS

    @property
    def changes(self) -> tuple[Mapping[str, Any], ...]:
        """The What-ifs that can be written: those of the sets; where there are none, those of the ladder."""
        return tuple(entry.patch for entry in self.sets or self.ladder[1:])

    def rows(self) -> list[tuple[Any, ...]]:
        """Return a row for each set, with what it changes beyond hiring nobody, then one for each step."""
        sets = [
            (
                *("set", number, *_people(one.hires), None, one.late, None),
                *(*_money(one.beyond_money), one.proven, _goals(one.beyond), one.text),
            )
            for number, one in enumerate(self.sets, 1)
        ]
        rungs = [
            (
                *("ladder", one.count, *_people(one.hires), one.delivered, one.late, one.waiting),
                *(*_money(one.money), one.proven, _goals(one.goals), None),
            )
            for one in self.ladder
        ]
        return [*sets, *rungs]

    def body(self) -> dict[str, Any]:
        """Return the sentence, the sets, the ladder and what is short."""
        return {
            "for": self.wanted,
            "text": self.text,
            "sets": [entry.as_document() for entry in self.sets],
            "ladder": [rung.as_document() for rung in self.ladder],
            "short_of": self.short_of,
            "assumed": list(self.assumed),
        }

    def __repr__(self) -> str:
        """Return in one line what is answered."""
        return f"<Hiring for {self.scenario!r}: {self.text}>"


def _people(hires: tuple[Hire, ...]) -> tuple[Any, ...]:
    return (
        tuple(hire.id for hire in hires),
        tuple(hire.weekly_hours for hire in hires),
        tuple(hire.from_week for hire in hires),
    )


def _money(money: Money) -> tuple[Number, Number, Number]:
    return money.cost, money.revenue, money.margin


def _goals(goals: Mapping[Goal, Number]) -> tuple[str, ...]:
    return tuple(f"{goal} {amount}" for goal, amount in goals.items())
