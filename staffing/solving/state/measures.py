"""What the plan in work reaches of each goal; compiled.

A goal is a sum over :data:`MEASURED` with whole coefficients, and is minimised: a plan that delivers more `must` effort
has a smaller objective.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from staffing.solving.arrays import IntArray
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.tables import State

MEASURED = ("must", "value", "cost", "hired", "lateness", "overtime", "steps", "contacts", "changes", "busiest")
"""What a goal may add up: sums of the plan, and the utilisation of the busiest person."""
BUSIEST = MEASURED.index("busiest")


def coefficients(of: Mapping[str, int]) -> IntArray:
    """Return the coefficients of a goal in the order that compiled code knows."""
    assert of.keys() <= set(MEASURED)
    return np.array([of.get(name, 0) for name in MEASURED], dtype=np.int64)


@inlined
def objective(state: State, goal: IntArray) -> int:
    """Return the objective of a goal, given by its coefficients."""
    sums = state.sums[0]
    found = (
        goal[0] * sums.must
        + goal[1] * sums.value
        + goal[2] * sums.cost
        + goal[3] * sums.hired
        + goal[4] * sums.lateness
        + goal[5] * sums.overtime
        + goal[6] * sums.steps
        + goal[7] * sums.contacts
        + goal[8] * sums.changes
    )
    if goal[BUSIEST]:
        found += goal[BUSIEST] * busiest(state)
    return int(found)


@compiled
def evaluate(state: State, goal: IntArray) -> int:
    """Return the objective of a goal: for Python."""
    return objective(state, goal)


@inlined
def busiest(state: State) -> int:
    """Return the highest planned utilisation of anyone, whole percent, rounded up."""
    most = 0
    for person in range(len(state.people)):
        one = state.people[person]
        if one.total:
            used = 100 * (one.past + one.planned * one.past_unit)
            most = max(most, -(-used // (one.total * one.past_unit)))
    return most
