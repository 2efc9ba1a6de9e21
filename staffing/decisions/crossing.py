"""The answer to where one scenario overtakes another: a bracket of two values, proven by the plans at both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from staffing.decisions.answer import Answer
from staffing.decisions.paths import Unit
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.records import Goal


@dataclass(frozen=True, slots=True)
class Point:
    """Both scenarios at one value of the number.

    Attributes
    ----------
    value
        Of the number.
    first, second
        What their plans reach of the goal.
    winner
        The better one; the first where both are equally good.
    proven
        Whether both plans are the best ones, up to the goal.
    decided
        Whether it is proven which is better, by the plans or by what no plan can beat.
    plans
        Both plans.
    """

    value: Number
    first: Number
    second: Number
    winner: str
    proven: bool
    decided: bool
    plans: tuple[Plan, Plan]

    @property
    def equal(self) -> bool:
        """Whether both are equally good."""
        return self.first == self.second

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        keys = ("value", "first", "second", "winner", "proven", "decided")
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True, kw_only=True)
class BreakEven(Answer):
    """Where one scenario overtakes another as a number changes.

    Attributes
    ----------
    path, goal
        The number, and what is compared.
    first, second
        Names of the scenarios.
    unit
        What the number is counted in; a ``factor`` multiplies the numbers of several entries.
    present
        The number as both scenarios have it; None where one does not.
    points
        All values looked at, with what both plans reach, the lowest first.
    low_point, high_point
        The ends of the bracket; where nothing turns, those of the range looked at.
    proven
        Whether the ends lie side by side, or nothing turns, and the plans at both are the best ones up to the goal.
    text
        The answer in a sentence.
    remarks
        What else to know: where the range ended early, or an earlier goal differs.
    """

    path: str
    goal: Goal
    first: str
    second: str
    unit: Unit
    present: tuple[Number | None, Number | None]
    points: tuple[Point, ...]
    low_point: Point
    high_point: Point
    proven: bool
    text: str
    remarks: tuple[str, ...] = ()

    question: ClassVar[str] = "break-even"
    columns: ClassVar[tuple[str, ...]] = ("value", "first", "second", "winner", "proven", "decided")

    @property
    def low(self) -> Number:
        """The highest value known at which the one is better."""
        return self.low_point.value

    @property
    def high(self) -> Number:
        """The lowest value known at which the other is better."""
        return self.high_point.value

    @property
    def winner_below(self) -> str:
        """The better scenario at `low`."""
        return self.low_point.winner

    @property
    def winner_above(self) -> str:
        """The better scenario at `high`; the same where nothing turns."""
        return self.high_point.winner

    @property
    def turns(self) -> bool:
        """Whether the answer turns within the range."""
        return self.winner_below != self.winner_above

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row for each value looked at."""
        return [tuple(point.as_document().values()) for point in self.points]

    def body(self) -> dict[str, Any]:
        """Return the bracket, and all values looked at."""
        return {
            **{key: getattr(self, key) for key in ("path", "goal", "first", "second", "low", "high")},
            **{key: getattr(self, key) for key in ("winner_below", "winner_above", "proven", "turns", "unit")},
            "at_low": {"first": self.low_point.first, "second": self.low_point.second},
            "at_high": {"first": self.high_point.first, "second": self.high_point.second},
            "present": {"first": self.present[0], "second": self.present[1]},
            "text": self.text,
            "remarks": list(self.remarks),
            "points": [point.as_document() for point in self.points],
        }

    def __repr__(self) -> str:
        """Return the answer in one line."""
        said = f"between {self.low} and {self.high}" if self.turns else f"nowhere from {self.low} to {self.high}"
        return f"<BreakEven of {self.path} in {self.goal}: {said}{'' if self.proven else ', not proven'}>"
