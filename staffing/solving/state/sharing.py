"""Jobs that nobody can do alone are shared; compiled."""

from __future__ import annotations

from staffing.solving.state.fitting import fill, may_own
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.ledger import place
from staffing.solving.state.reading import copy, draw, pair_of
from staffing.solving.state.tables import State

SHARER_NOISE = 0.4
"""Who shares a job is drawn by room × (this + a number from 0 to 1)."""
FIRST_PARTLY, PART_LEAST, PART_SPREAD = 0.7, 0.25, 0.65
"""How often the first who shares does but a part of what is needed, and how much: least, and up to so much more."""
SHARER_BACKWARD = 0.3
"""How often a sharer's last weeks are filled first."""


@compiled
def share(state: State, job: int, first: int, last: int, drawn: bool) -> bool:
    """Let some people share a job, by their room or drawn by it, none of them working a step more than is needed."""
    done = _share(state, job, first, last, drawn)
    for week in range(first, last + 1):
        state.scratch[week].other_steps = 0
    for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
        state.budgets[state.links[i].to].others = 0
    return done


@inlined
def _share(state: State, job: int, first: int, last: int, drawn: bool) -> bool:
    this, chosen, trial = (state.jobs[job], state.sums[0].chosen, state.sums[0].trial)
    able = _rooms(state, job, first, last, drawn)
    keys = len(state.jobs) + 1 - this.pairs_from
    covered, count = (0, 0)
    for number in range(min(this.max_owners, able)):
        pair = this.pairs_from
        for other in range(this.pairs_from, this.pairs_to):
            if state.scratch[keys + other].key > state.scratch[keys + pair].key:
                pair = other
        if state.scratch[keys + pair].key <= 0:
            return False
        state.scratch[keys + pair].key = 0
        power = state.pairs[pair].power
        need = -(-(this.effort - covered) // power)
        if drawn and number == 0 and able > 1 and draw(state) < FIRST_PARTLY:
            need = max(1, int(need * (PART_LEAST + PART_SPREAD * draw(state))))
        backward = drawn and draw(state) < SHARER_BACKWARD
        found, missing, _, _ = fill(state, pair, first, last, backward, need, True, trial)
        copy(state, trial, chosen + count, found)
        count += found
        for i in range(trial, trial + found):
            state.scratch[state.hours[i].week].other_steps += state.hours[i].steps
        for i in range(this.budgets_from, this.budgets_to):
            state.budgets[state.links[i].to].others += state.budgets[state.links[i].to].trial
        covered += power * (need - missing)
        if covered >= this.effort:
            place(state, job, chosen, _trimmed(state, job, count, covered - this.effort))
            return True
    return False


@inlined
def _rooms(state: State, job: int, first: int, last: int, drawn: bool) -> int:
    """Note as a key what each person could do of a job, blurred if drawn; return how many could do some."""
    this = state.jobs[job]
    able = 0
    for pair in range(this.pairs_from, this.pairs_to):
        key = 0
        if may_own(state, pair):
            need = state.pairs[pair].need
            _, missing, _, _ = fill(state, pair, first, last, False, need, True, state.sums[0].trial)
            room = state.pairs[pair].power * (need - missing)
            key = int(room * (SHARER_NOISE + draw(state))) if drawn else room
            able += room > 0
        state.scratch[len(state.jobs) + 1 + pair - this.pairs_from].key = key
    return able


@inlined
def _trimmed(state: State, job: int, count: int, spare: int) -> int:
    """Take the steps chosen that are not needed from owners, last rows first; return how many rows are left."""
    chosen = state.sums[0].chosen
    for i in range(chosen + count - 1, chosen - 1, -1):
        power = state.pairs[pair_of(state, job, state.hours[i].person)].power
        less = min(state.hours[i].steps, spare // power)
        state.hours[i].steps -= less
        spare -= less * power
    left = 0
    for i in range(chosen, chosen + count):
        if state.hours[i].steps:
            copy(state, i, chosen + left, 1)
            left += 1
    return left
