"""What each allocation costs and earns, so that all of them together are the cost and the revenue of the plan.

A person's cost is that of the hours on each task: cost rate × hours, or the fixed price. What belongs to no task is
spread over the person's hours: switching, overtime premiums, a cost of hiring, and all of a salary, idle hours
too. What somebody costs who has no hours is spread over everybody's. Source of the totals: :mod:`staffing.plan.facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from staffing.plan.facts import ZERO, Cell, Facts
from staffing.plan.numbers import number, shared_out
from staffing.plan.records import Number

Piece = tuple[Cell, Fraction]
"""Hours of one allocation: new and fixed ones of one cell stand apart."""


def costs(facts: Facts, pieces: Sequence[Piece]) -> tuple[Number, ...]:
    """Return what each allocation costs, to the cent: their sum is the cost of the plan, if there are any."""
    own = [_own(facts, *piece) for piece in pieces]
    mine: defaultdict[str, list[int]] = defaultdict(list)
    for index, ((_, person, _), _) in enumerate(pieces):
        mine[person].append(index)
    idle = ZERO
    for person, cost in facts.cost_by_person.items():
        if mine[person]:
            _spread(cost - sum((own[index] for index in mine[person]), ZERO), mine[person], own, pieces)
        else:
            idle += cost
    if idle:
        _spread(idle, range(len(pieces)), own, pieces)
    return _told(own)


def revenues(facts: Facts, pieces: Sequence[Piece]) -> tuple[Number, ...]:
    """Return what each allocation earns, to the cent: their sum is the revenue of the plan."""
    return _told(
        [
            hours * facts.expanded.people[person].bill_rate if facts.expanded.jobs[job].billable else ZERO
            for (job, person, _), hours in pieces
        ]
    )


def _own(facts: Facts, cell: Cell, hours: Fraction) -> Fraction:
    """Cost of the hours by themselves; of a salary nothing, for all of it is spread."""
    job, person, _ = cell
    if facts.expanded.people[person].salaried:
        return ZERO
    asked = facts.prices.get((job, person))
    if asked is not None:
        return asked * hours / facts.hours_on[job, person]
    return facts.expanded.people[person].cost_rate * hours


def _spread(amount: Fraction, indices: Sequence[int], own: list[Fraction], pieces: Sequence[Piece]) -> None:
    """Add an amount to some allocations, in proportion to their hours."""
    hours = sum((pieces[index][1] for index in indices), ZERO)
    for index in indices:
        own[index] += amount * pieces[index][1] / hours


def _told(amounts: Sequence[Fraction]) -> tuple[Number, ...]:
    return tuple(map(number, shared_out(amounts)))
