"""Goals as linear functions of a plan. Everything is minimised.

A plan is described by who owns what, by steps of work and of overtime, and by weeks late. A few quantities are linear
in these, and each goal listed here is a sum of quantities with whole coefficients.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.arrays import FloatArray
from staffing.solving.bound.columns import PairColumns
from staffing.solving.goals import GOALS

PRICED = {"must", "value", "cost", "hired", "lateness", "overtime", "steps"}
"""What of :data:`staffing.solving.state.ledger.MEASURED` is linear in owners, hours, overtime and hires."""
LINEAR = frozenset(goal for goal, record in GOALS.items() if record.sums.keys() <= PRICED)
"""Goals that can be bounded, or kept, by prices."""


@dataclass(frozen=True)
class LinearFunction:
    """Σ owning(pair) + Σ step(pair) × steps + Σ overtime(person) × steps of overtime + late × lateness + hires.

    Lateness is weight × weeks late, beyond what is late by promised hours: that counts as `owning`. `hired` is what
    hiring each person costs, 0 for those who are there anyway.
    """

    owning: FloatArray
    step: FloatArray
    overtime: FloatArray
    hired: FloatArray
    late: float = 0.0


def weighted_sum(terms: Iterable[tuple[float, LinearFunction]]) -> LinearFunction:
    """Return the sum of coefficient × function."""
    parts = [
        (weight * one.owning, weight * one.step, weight * one.overtime, weight * one.hired, weight * one.late)
        for weight, one in terms
    ]
    return LinearFunction(*(reduce(add, column) for column in zip(*parts, strict=True)))


def linear_goal(problem: Problem, columns: PairColumns, goal: Goal) -> LinearFunction:
    """Return a goal of :data:`LINEAR` as a function of the plan."""
    quantities = _quantities(problem, columns)
    sums = GOALS[goal].sums.items()
    return weighted_sum((coefficient, quantities[name]) for name, coefficient in sums)


def _quantities(problem: Problem, columns: PairColumns) -> dict[str, LinearFunction]:
    jobs, people = problem.jobs, problem.people

    def by_pair(amounts: list[int]) -> FloatArray:
        return np.array(amounts, dtype=float)[columns.job]

    none, nobody = np.zeros(len(columns.job)), np.zeros(len(people))
    rate = np.array([person.hour_cost for person in people], dtype=float)[columns.person]
    overtime_cost = np.array([person.overtime_cost for person in people], dtype=float)
    hired_cost = np.array([person.hired_cost * person.hire for person in people], dtype=float)
    return {
        "must": LinearFunction(by_pair([job.effort * job.must for job in jobs]), none, nobody, nobody),
        "value": LinearFunction(by_pair([job.value for job in jobs]), none, nobody, nobody),
        "cost": LinearFunction(
            columns.price.astype(float), np.where(columns.by_hour, rate, 0.0), overtime_cost, nobody
        ),
        "hired": LinearFunction(np.zeros(len(columns.job)), none, nobody, hired_cost),
        "lateness": LinearFunction(by_pair([job.weight * job.late for job in jobs]), none, nobody, nobody, 1.0),
        "overtime": LinearFunction(none, none, nobody + 1, nobody),
        "steps": LinearFunction(none, none + 1, nobody, nobody),
    }
