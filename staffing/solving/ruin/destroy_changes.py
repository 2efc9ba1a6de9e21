"""The destroy operator for fewest changes: what is not as in the earlier plan, and what stands in its way; compiled."""

from __future__ import annotations

from staffing.solving.ruin.destroy import LEFT_OUT, LOOKS
from staffing.solving.ruin.removal import NOBODY, SEEN, clear, draw_owner, take, want
from staffing.solving.state.insertion import ANYBODY
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.reading import as_before, below, draw
from staffing.solving.state.tables import SETTLED, WAITED, State

OUT_AGAIN = 0.5
"""How often what waited before is left out, not only moved."""
WITH_TIED = 0.7
"""How often what is changed before and after a job is taken out with it."""
SOME_ELSE = 0.7
"""How often only a few of the owner's other jobs in its weeks make room, not all."""


@compiled
def destroy_changed(state: State) -> tuple[int, int]:
    """Want a changed job as it was, and make room for it: take out what lies there, or changed work tied to it."""
    target = _changed_job(state)
    if target < 0:
        return (NOBODY, NOBODY)
    this = state.jobs[target]
    if this.was == WAITED:  # what waited is in the way of others, or it is moved
        take(state, target)
        if this.mark:
            want(state, target, LEFT_OUT if draw(state) < OUT_AGAIN else ANYBODY)
        person = draw_owner(state, target)
        clear(state, person, this.first, this.last, below(state, 3))
        return (person, NOBODY)
    if draw(state) < WITH_TIED:
        _take_tied(state, target)
    else:
        take(state, target)
        want(state, target, ANYBODY)
    person = draw_owner(state, target)
    owners = this.was_owners_to - this.was_owners_from
    if owners > 0:
        person = state.links[this.was_owners_from + below(state, owners)].to
    _take_in_the_way(state, target, person, below(state, 4) if draw(state) < SOME_ELSE else len(state.jobs))
    return (person, NOBODY)


@inlined
def _changed_job(state: State) -> int:
    """Draw a job that is not as before; -1 where none is found."""
    for _ in range(LOOKS):
        job = state.scratch[below(state, state.sums[0].jobs_in_work)].job
        if not as_before(state, job):
            return job
    return -1


@inlined
def _take_in_the_way(state: State, target: int, person: int, most: int) -> None:
    """Take out work of a person in the weeks of a job in the earlier plan: of what is changed, all; else some."""
    first, last = (state.jobs[target].was_first, state.jobs[target].was_last)
    if first == SETTLED:
        first = state.jobs[target].first
    i = 0
    while i < state.people[person].owned:
        job = state.links[state.people[person].jobs_from + i].owned
        before = state.sums[0].removed
        if state.jobs[job].begin <= last and state.jobs[job].end >= first and not as_before(state, job):
            take(state, job)
        i = 0 if state.sums[0].removed > before else i + 1
    clear(state, person, first, last, most)


@inlined
def _take_tied(state: State, target: int) -> None:
    """Take out a job with all that is changed before and after it; want them in order of their weeks before."""
    state.scratch[0].key = target
    state.jobs[target].mark |= SEEN
    found, i = 1, 0
    while i < found:
        this = state.jobs[state.scratch[i].key]
        for k in range(this.before_from, this.before_to):
            found = _note_changed(state, state.links[k].to, found)
        for k in range(this.after_from, this.after_to):
            found = _note_changed(state, state.links[k].to, found)
        i += 1
    for i in range(found):
        state.jobs[state.scratch[i].key].mark &= ~SEEN
    for i in range(1, found):  # sorted by insertion: there are few
        job, k = (state.scratch[i].key, i - 1)
        while k >= 0 and _weeks_before(state, state.scratch[k].key) > _weeks_before(state, job):
            state.scratch[k + 1].key = state.scratch[k].key
            k -= 1
        state.scratch[k + 1].key = job
    for i in range(found):
        take(state, state.scratch[i].key)
    for i in range(found):
        want(state, state.scratch[i].key, ANYBODY)


@inlined
def _weeks_before(state: State, job: int) -> int:
    return state.jobs[job].was_first + state.jobs[job].was_last


@inlined
def _note_changed(state: State, job: int, found: int) -> int:
    if state.jobs[job].mark & SEEN or as_before(state, job):
        return found
    state.jobs[job].mark |= SEEN
    state.scratch[found].key = job
    return found + 1
