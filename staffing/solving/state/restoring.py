"""Jobs placed as they were in the earlier plan; compiled."""

from __future__ import annotations

from staffing.solving.state.fitting import fill, may_own, offer, room_in, window
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.ledger import place, remove
from staffing.solving.state.reading import copy, pair_of
from staffing.solving.state.tables import SETTLED, State


@compiled
def insert_again(state: State, job: int, first: int, last: int) -> bool:
    """Place a job as it was in the earlier plan: with the same hours if they have room, else in the same weeks."""
    this, chosen = (state.jobs[job], state.sums[0].chosen)
    if this.was_to > this.was_from and _fits(state, job, first, last):
        return _place_if_paid(state, job, this.was_from, this.was_to - this.was_from)
    began, ended = (first if this.was_first == SETTLED else this.was_first, this.was_last)
    if ended < began or began < first or ended > last:
        return False
    pair = _pair_again(state, job)
    if pair < 0 or not may_own(state, pair):
        return False
    count, _, _ = offer(state, pair, began, ended, False, chosen)
    if not count or (this.was_first != SETTLED and state.hours[chosen].week != began):
        return False
    if state.hours[chosen + count - 1].week < ended:
        count = _stretched(state, pair, count, ended)
    return count > 0 and _place_if_paid(state, job, chosen, count)


@compiled
def insert_as_planned(state: State, job: int) -> bool:
    """Place a job with the hours of the earlier plan, if these have room."""
    this = state.jobs[job]
    first, last = window(state, job)
    if this.was_to == this.was_from or not _fits(state, job, first, last):
        return False
    return _place_if_paid(state, job, this.was_from, this.was_to - this.was_from)


@inlined
def _pair_again(state: State, job: int) -> int:
    """Return the pair to do a job as before: with the owner of the rest of its repeat, or its only one; -1 for none."""
    this = state.jobs[job]
    person = -1
    if this.family >= 0:
        for i in range(this.groups_from, this.groups_to):
            person = max(person, state.groups[state.links[i].to].owner)
    if person < 0 and this.was_owners_to - this.was_owners_from == 1:
        person = state.links[this.was_owners_from].to
    return -1 if person < 0 else pair_of(state, job, person)


@inlined
def _stretched(state: State, pair: int, count: int, week: int) -> int:
    """Move a step of the hours chosen to a later week; return how many rows there are then, 0 if it does not fit."""
    trial, chosen = (state.sums[0].trial, state.sums[0].chosen)
    found, _, _, _ = fill(state, pair, week, week, False, 1, True, trial)
    i = count - 1
    while i >= 0 and state.hours[chosen + i].steps < 2:
        i -= 1
    if not found or i < 0:
        return 0
    state.hours[chosen + i].steps -= 1
    copy(state, trial, chosen + count, 1)
    return count + 1


@inlined
def _fits(state: State, job: int, first: int, last: int) -> bool:
    """Return whether the hours of the earlier plan have room in a window, budgets aside."""
    for i in range(state.jobs[job].was_from, state.jobs[job].was_to):
        cell = state.hours[i]
        pair = pair_of(state, job, cell.person)
        if cell.week < first or cell.week > last or pair < 0 or not may_own(state, pair):
            return False
        room, _ = room_in(state, pair, cell.week, state.weeks[cell.person, cell.week].free)
        if cell.steps > room:
            return False
    return True


@inlined
def _place_if_paid(state: State, job: int, source: int, count: int) -> bool:
    """Place a job with some rows of hours, unless a budget of its weeks would be overdrawn."""
    place(state, job, source, count)
    this = state.jobs[job]
    for i in range(this.budgets_from, this.budgets_to):
        budget = state.budgets[state.links[i].to]
        if budget.left < 0 and this.begin <= budget.last and this.end >= budget.first:
            remove(state, job)
            return False
    return True
