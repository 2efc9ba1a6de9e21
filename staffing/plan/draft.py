"""What the planner decides: who works how much on what in which week, and who is hired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from staffing.scenario.amounts import up
from staffing.scenario.expand import Job, Person


@dataclass(frozen=True, slots=True)
class Draft:
    """New allocations and hired placeholders; history stands in the expanded scenario.

    Attributes
    ----------
    hours
        Hours above 0 by job, person and week (counted from 1).
    hired
        Placeholders the plan hires; those with history are hired anyway.
    promised
        Hours that a plan file marks as promised; None where they are those of the scenario's bookings.
    """

    hours: Mapping[tuple[str, str, int], Fraction]
    hired: frozenset[str] = frozenset()
    promised: Mapping[tuple[str, str, int], Fraction] | None = None


def need(job: Job, person: Person, step: Fraction) -> Fraction | None:
    """Hours with which one person delivers a job alone, on the grid: up(R ÷ p), or up(estimate).

    None for a person who has neither productivity nor an estimate.
    """
    asked = job.estimates.get(person.id)
    if asked is not None:
        return up(asked.hours, step)
    productivity = person.productivity[job.kind]
    return up(job.effort / productivity, step) if productivity else None


def price(job: Job, person: Person) -> Fraction | None:
    """Fixed price that a person asks for a job; None where it costs by the hour."""
    asked = job.estimates.get(person.id)
    return asked.price if asked is not None else None
