"""Somebody who could own a task: what forbids it, or its price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from staffing.decisions.against import Forbidden
from staffing.decisions.price import Fared, Move, Price


@dataclass(frozen=True, slots=True)
class Allowing:
    """The change that lets somebody own a task whom rules forbid it.

    Attributes
    ----------
    amount
        How many rules it lifts.
    patch
        The What-if.
    price
        Of the plan with it; None where no plan with it was found.
    proven
        Whether price, or that there is no such plan, is proven.
    text
        All of it in a sentence.
    """

    amount: int
    patch: dict[str, Any]
    price: Price | None
    proven: bool
    text: str

    def as_document(self) -> dict[str, Any]:
        """Return it as a repair."""
        return {
            "kind": "allow",
            "amount": self.amount,
            "unit": "rule" if self.amount == 1 else "rules",
            **priced(self.price, self.proven),
            "patch": self.patch,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could own a task, or whom something forbids it.

    Attributes
    ----------
    staff
        Their id.
    owns
        Whether they own it in the plan given.
    forbidden
        What forbids them.
    price
        Of making them the owner; None where that is forbidden, or no such plan was found.
    proven
        Whether the price, or that there is no such plan, is proven.
    text
        All of it in a sentence.
    moved
        In an answer to "why not": the tasks that change state, owners or weeks.
    allowing
        In an answer to "why not": the change that lets them own it.
    """

    staff: str
    owns: bool
    forbidden: tuple[Forbidden, ...]
    price: Price | None
    proven: bool
    text: str
    moved: tuple[Move, ...] | None = None
    allowing: Allowing | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What orders candidates: the present owner, the cheapest, those for whom no plan was found, the forbidden."""
        rank = 0 if self.owns else 1 if self.price else 3 if self.forbidden else 2
        return rank, self.price.key if self.price is not None else ()

    def as_row(self) -> dict[str, Any]:
        """Return it as cells of a table."""
        price = self.price
        return {
            "kind": "candidate",
            "staff": self.staff,
            "text": self.text,
            "rule": tuple(one.rule for one in self.forbidden) or None,
            "price": None if price is None else price.in_words,
            "proven": self.proven,
            "moves": None if price is None else tuple(move.task for move in price.moves),
        }

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values; what moves, and what would allow it, only where that was asked."""
        found: dict[str, Any] = {
            "staff": self.staff,
            "forbidden": [one.as_document() for one in self.forbidden],
            **priced(self.price, self.proven),
            "text": self.text,
        }
        if self.moved is not None:
            found["moved"] = [_move(move) for move in self.moved]
            found["repairs"] = [self.allowing.as_document()] if self.allowing is not None else []
        return found


def priced(price: Price | None, proven: bool) -> dict[str, Any]:
    """Return a price as the keys of an answer, where there may be none."""
    if price is not None:
        return price.as_document()
    return {"price": None, "money": None, "moves": [], "proven": proven, "at_best": None}


def _move(move: Move) -> dict[str, Any]:
    return {"task": move.task, "before": _fared(move.before), "after": _fared(move.after)}


def _fared(fared: Fared | None) -> dict[str, Any] | None:
    if fared is None:
        return None
    return {
        "state": fared.state,
        "owners": list(fared.owners),
        "weeks": None if fared.weeks is None else list(fared.weeks),
    }
