"""A change that would deliver a task, what it costs, and what is said of a task that needs none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from staffing.decisions.price import Price
from staffing.plan.draft import Draft
from staffing.plan.numbers import number
from staffing.plan.plan import Plan
from staffing.plan.records import Number

RepairKind = Literal["overtime", "contract", "time", "budget", "allow", "share", "clients", "order", "give_up", "hire"]
"""What is changed, in the order in which kinds of the same price are given."""
Unit = Literal["hours", "hours a week", "weeks", "money", "change", "owners", "clients", "value"]


@dataclass(frozen=True)
class Change:
    """A What-if, before its price is known.

    Attributes
    ----------
    kind, amount, unit
        What is changed, and by how much.
    patch
        The change, as `Scenario.patch` takes it.
    text
        It in a sentence.
    given_up
        Tasks that the plan delivers and that are taken out.
    draft
        Hours with which the task is delivered.
    extreme
        Whether nobody would do so: it is given only where it is proven that less does not do.
    """

    kind: RepairKind
    amount: Fraction
    unit: Unit
    patch: Mapping[str, Any]
    text: str
    given_up: frozenset[str] = frozenset()
    draft: Draft | None = None
    extreme: bool = False


@dataclass(frozen=True)
class Repair:
    """The least change of a kind with which a task is delivered, beside all that the plan delivers.

    Attributes
    ----------
    kind, amount, unit
        What is changed, and by how much.
    price
        What it costs.
    patch
        The change, as `Scenario.patch` takes it.
    least
        Whether it is proven that a unit less does not do.
    text
        It in a sentence.
    plan
        The best plan found of the changed scenario with which the task is delivered.
    """

    kind: RepairKind
    amount: Number
    unit: Unit
    price: Price
    patch: Mapping[str, Any]
    least: bool
    text: str
    plan: Plan = field(repr=False, compare=False)

    @classmethod
    def of(cls, change: Change, price: Price, plan: Plan, *, least: bool) -> Repair:
        """Return a change with its price."""
        return cls(change.kind, number(change.amount), change.unit, price, change.patch, least, change.text, plan)

    @property
    def proven(self) -> bool:
        """Whether amount and price are exact."""
        return self.least and self.price.proven

    def as_row(self) -> dict[str, Any]:
        """Return it as cells of a table."""
        return {
            "kind": "repair",
            "rule": (self.kind,),
            "amount": self.amount,
            "unit": self.unit,
            "text": self.text,
            "price": self.price.in_words,
            "proven": self.proven,
            "moves": tuple(move.task for move in self.price.moves),
        }

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "kind": self.kind,
            "amount": self.amount,
            "unit": self.unit,
            **self.price.as_document(),
            "patch": self.patch,
            "least": self.least,
            "proven": self.proven,
            "text": self.text,
        }


@dataclass(frozen=True)
class AsItIs:
    """How a task is delivered, beside all that the plan delivers, with nothing changed.

    Attributes
    ----------
    price
        What the best such plan has more than the plan given, or less.
    text
        It in a sentence.
    plan
        That plan.
    """

    price: Price
    text: str
    plan: Plan = field(repr=False, compare=False)

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**self.price.as_document(), "text": self.text}
