"""Small questions to the state, random numbers, and hours copied; compiled."""

from __future__ import annotations

import numpy as np

from staffing.solving.state.kernel import inlined
from staffing.solving.state.tables import SETTLED, UNKNOWN, WAITED, State


@inlined
def draw(state: State) -> float:
    """Draw a number from 0 up to 1 (xorshift64*, S. Vigna, 2016)."""
    x = np.uint64(state.sums[0].random)
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state.sums[0].random = np.int64(x)  # type: ignore[assignment]
    return (x * np.uint64(2685821657736338717) >> np.uint64(11)) / 9007199254740992.0


@inlined
def below(state: State, count: int) -> int:
    """Draw a whole number from 0 up to a count."""
    return int(draw(state) * count)


@inlined
def copy(state: State, source: int, target: int, count: int) -> None:
    """Copy rows of hours from one place to another."""
    for i in range(count):
        state.hours[target + i].person = state.hours[source + i].person
        state.hours[target + i].week = state.hours[source + i].week
        state.hours[target + i].steps = state.hours[source + i].steps


@inlined
def pair_of(state: State, job: int, person: int) -> int:
    """Return the pair of a job and a person; -1 where there is none."""
    for pair in range(state.jobs[job].pairs_from, state.jobs[job].pairs_to):
        if state.pairs[pair].person == person:
            return pair
    return -1


@inlined
def is_owner(state: State, begin: int, end: int, person: int) -> bool:
    """Return whether any of some rows of hours is a person's."""
    for i in range(begin, end):
        if state.hours[i].person == person:
            return True
    return False


@inlined
def was_owner(state: State, job: int, person: int) -> bool:
    """Return whether a person owned a job in the earlier plan."""
    for k in range(state.jobs[job].was_owners_from, state.jobs[job].was_owners_to):
        if state.links[k].to == person:
            return True
    return False


@inlined
def timed_as_before(state: State, job: int) -> bool:
    """Return whether a job placed begins and ends as in the earlier plan, promised hours counted."""
    this = state.jobs[job]
    first, last = (min(this.begin, this.promised_first), max(this.end, this.promised_last))
    return this.was_first in (SETTLED, first) and this.was_last in (SETTLED, last)


@inlined
def owned_as_before(state: State, job: int) -> bool:
    """Return whether a job placed has the owners of the earlier plan."""
    this = state.jobs[job]
    for i in range(this.hours_from, this.hours_from + this.count):
        if not was_owner(state, job, state.hours[i].person):
            return False
    for k in range(this.was_owners_from, this.was_owners_to):
        if not state.links[k].promised and not is_owner(
            state, this.hours_from, this.hours_from + this.count, state.links[k].to
        ):
            return False
    return this.was_owners_to > this.was_owners_from


@inlined
def as_before(state: State, job: int) -> bool:
    """Return whether a job fares as in the earlier plan, or that says nothing of it."""
    this = state.jobs[job]
    if this.was == UNKNOWN or (this.was == WAITED and not this.count):
        return True
    if this.was == WAITED or not this.count or not timed_as_before(state, job):
        return False
    return owned_as_before(state, job)
