"""Jobs taken out of a plan for a round, and those it places first; compiled."""

from __future__ import annotations

from staffing.solving.state.insertion import ANYBODY
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.ledger import unplace
from staffing.solving.state.reading import below, copy, draw
from staffing.solving.state.tables import State

FOLLOWING = 0.7
"""How often what comes after a job is taken out with it."""
TAKEN, WANTED, TRIED, SEEN = (1, 2, 4, 8)
"""Marks of jobs in a round."""
NOBODY = -1
"""In place of somebody concerned by a round."""


@compiled
def take(state: State, job: int) -> None:
    """Take a job out, and mostly what comes after it."""
    sums = state.sums[0]
    i = sums.removed
    if state.jobs[job].count and movable(state, job):
        _list_removed(state, job)
    while i < sums.removed:
        this = state.jobs[state.scratch[i].removed]
        this.saved_count = this.count
        copy(state, this.hours_from, this.saved_from, this.count)
        unplace(state, state.scratch[i].removed)
        for k in range(this.after_from, this.after_to):
            after = state.jobs[state.links[k].to]
            if after.count and not after.mark & TAKEN and draw(state) < FOLLOWING and movable(state, state.links[k].to):
                _list_removed(state, state.links[k].to)
        i += 1


@inlined
def _list_removed(state: State, job: int) -> None:
    state.scratch[state.sums[0].removed].removed = job
    state.sums[0].removed += 1
    state.jobs[job].mark |= TAKEN


@inlined
def movable(state: State, job: int) -> bool:
    """Return whether a job and its owners are among those in work."""
    this = state.jobs[job]
    if not this.in_work:
        return False
    for i in range(this.hours_from, this.hours_from + this.count):
        if not state.people[state.hours[i].person].in_work:
            return False
    return True


@compiled
def clear(state: State, person: int, first: int, last: int, most: int) -> None:
    """Take out some of a person's jobs with hours in some weeks, and mostly what comes after these."""
    who, size = (state.people[person], state.people[person].owned)
    begin = below(state, max(1, size))
    end = state.sums[0].removed + most
    for i in range(size):
        if state.sums[0].removed >= end:
            break
        place = (begin + i) % size
        job = state.links[who.jobs_from + place].owned
        if place < who.owned and state.jobs[job].begin <= last and state.jobs[job].end >= first:
            take(state, job)


@inlined
def want(state: State, job: int, owner: int) -> None:
    """List a job that is out among those to place first, by an owner or by whoever is best."""
    this, sums = (state.jobs[job], state.sums[0])
    if this.mark & WANTED or not this.in_work or this.count:
        return
    this.mark |= WANTED
    this.prefer = owner
    state.scratch[sums.wanted].order = job
    sums.wanted += 1


@compiled
def want_chain(state: State, job: int) -> None:
    """Want a job that waits, after all that waits before it."""
    if state.jobs[job].mark & WANTED or state.jobs[job].count:
        return
    state.scratch[0].key = job
    found, i = 1, 0
    while i < found:
        this = state.jobs[state.scratch[i].key]
        for k in range(this.before_from, this.before_to):
            before = state.jobs[state.links[k].to]
            if not before.count and not before.mark & (WANTED | SEEN):
                before.mark |= SEEN
                state.scratch[found].key = state.links[k].to
                found += 1
        i += 1
    for i in range(found - 1, -1, -1):
        want(state, state.scratch[i].key, ANYBODY)


@inlined
def draw_owner(state: State, job: int) -> int:
    """Draw somebody who may own a job."""
    this = state.jobs[job]
    return state.pairs[this.pairs_from + below(state, this.pairs_to - this.pairs_from)].person


@inlined
def draw_job(state: State, person: int) -> int:
    """Draw a job that a person could do."""
    who = state.people[person]
    return state.links[who.jobs_from + below(state, who.jobs_to - who.jobs_from)].to


@inlined
def draw_person(state: State) -> int:
    """Draw a person in work."""
    return state.scratch[below(state, state.sums[0].people_in_work)].person


@inlined
def draw_week(state: State, job: int) -> int:
    """Draw a week of a job's window."""
    this = state.jobs[job]
    return int(this.first + below(state, this.last - this.first + 1))
